//! A whole set of reports: every file is there, the manifest tells the truth about each, and a second
//! run gives the same bytes.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use bilan::finding::{Finding, Place};
use bilan::indicators::Measures;
use bilan::ingest::InputFile;
use bilan::period::Quarter;
use bilan::programme::Programme;
use bilan::publish::{Publication, Staging, publish};
use bilan::report::{Block, Document, Report, Section};
use bilan::schema::TableId;
use bilan::settings::Settings;
use bilan::tables::{Frame, Reading, Tables};
use bilan::texts::{Lang, Texts};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::path::Path;

fn settings(out: &Path) -> Settings {
    Settings {
        out: out.to_path_buf(),
        templates: out.join("templates"),
        key_file: out.join("key"),
        period: Some(Quarter { year: 2026, number: 3 }),
        ..Settings::new(out.join("inputs"), NaiveDate::from_ymd_opt(2026, 10, 12).unwrap())
    }
}

fn report(texts: &Texts) -> Report {
    let words = bilan::report::WORDS
        .iter()
        .map(|word| ((*word).to_string(), texts.get(&format!("mot.{word}"))))
        .collect();
    let section = Section {
        id: "synthese",
        title: "Synthèse".into(),
        annex: false,
        blocks: vec![Block::Paragraph { text: "Rien à signaler.".into() }],
    };
    Report {
        lang: "fr",
        programme: "Cit'ergie".into(),
        period: "2026-T3".into(),
        period_words: "3e trimestre 2026".into(),
        date: "2026-09-30".into(),
        words,
        generator: "bilan 0.1.0".into(),
        fictional: true,
        documents: vec![Document {
            stem: "rapport-trimestriel",
            title: "Rapport trimestriel".into(),
            subtitle: String::new(),
            cover: Vec::new(),
            sections: vec![section],
        }],
    }
}

fn findings() -> Vec<Finding> {
    let place =
        Place { row: Some(12), column: Some(2), ..Place::sheet("2026/suivi.xlsx", "Aides") };
    vec![
        Finding::new("date-impossible", place.clone(), "31/02/2026"),
        Finding::new("nombre-illisible", place, "=douze"),
    ]
}

fn run(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let texts = Texts::new(Lang::Fr);
    let mut tables = Tables::default();
    tables.insert(Frame::empty(TableId::Funding.spec()));
    tables.insert(Frame::empty(TableId::Participants.spec()));
    tables.readings.push(Reading {
        file: "2026/suivi.xlsx".into(),
        sheet: "Aides".into(),
        table: TableId::Funding,
        header_row: 4,
        read: 0,
        kept: 0,
        left_out: BTreeMap::from([("total", 1)]),
        columns: Vec::new(),
        total: None,
    });
    let files = [InputFile { path: "2026/suivi.xlsx".into(), size: 12, sha256: "0".repeat(64) }];
    let publication = Publication {
        report: &report(&texts),
        measures: &Measures::default(),
        tables: &tables,
        programme: &Programme::default(),
        findings: &findings(),
        suggestions: &[],
        files: &files,
        settings: &settings(out),
        texts: &texts,
        drawings: &BTreeMap::from([("reseau", "<svg/>".to_string())]),
        pictures: &BTreeMap::from([("reseau", vec![1, 2, 3])]),
    };
    let staging = Staging::begin(out, "2026-T3").unwrap();
    let written = publish(&publication, staging).unwrap();
    written
        .into_iter()
        .map(|file| {
            let bytes = bilan::files::read(&out.join("2026-T3").join(&file.path)).unwrap();
            assert_eq!(file.size, bytes.len() as u64, "{}", file.path);
            (file.path, bytes)
        })
        .collect()
}

#[test]
fn a_set_is_complete_described_and_the_same_twice() {
    let out = tempfile::tempdir().unwrap();
    let files = run(out.path());
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "anomalies.xlsx",
            "donnees/anomalies.csv",
            "donnees/indicateurs.csv",
            "donnees/indicateurs.json",
            "donnees/lecture.csv",
            "donnees/tables/financements.csv",
            "graphiques/reseau.png",
            "graphiques/reseau.svg",
            "manifeste.json",
            "rapport-trimestriel.pdf",
            "rapport-trimestriel.xlsx",
            "subventions_scdl.csv",
        ]
    );
    let manifest: serde_json::Value = serde_json::from_slice(&files["manifeste.json"]).unwrap();
    assert_eq!(manifest["entrees"][0]["chemin"], "2026/suivi.xlsx");
    let outputs = manifest["sorties"].as_array().unwrap();
    assert_eq!(outputs.len(), files.len() - 1, "all but the manifest itself");
    for output in outputs {
        let bytes = &files[output["chemin"].as_str().unwrap()];
        assert_eq!(output["sha256"], bilan::files::sha256(bytes), "{output}");
        assert_eq!(output["taille"], bytes.len(), "{output}");
    }
    if let Ok(path) = std::env::var("BILAN_SAMPLE_XLSX") {
        bilan::files::write(path.as_ref(), &files["anomalies.xlsx"]).unwrap();
    }
    assert!(files == run(out.path()), "the same bytes");
}
