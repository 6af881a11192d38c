//! Typing, on real files when `BILAN_REAL_DATA` names their folder: totals exact to the cent, and
//! findings few enough to be read.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests")]

use bilan::finding::Finding;
use bilan::ingest::read_folder;
use bilan::schema::TableId;
use bilan::settings::{Settings, SourceRule};
use bilan::tables::{self, Frame, Tables};
use std::collections::BTreeMap;
use std::path::PathBuf;

fn typed(folder: &str, sources: Vec<SourceRule>) -> Option<(Tables, Vec<Finding>)> {
    let Some(root) = std::env::var_os("BILAN_REAL_DATA").map(PathBuf::from) else {
        println!("skipped, no real data");
        return None;
    };
    let today = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
    let settings = Settings { sources, ..Settings::new(root.join(folder), today) };
    Some(tables::build(&read_folder(&settings).unwrap(), &settings))
}

fn rule(file: &str, columns: &[(&'static str, &str)], funder: &str) -> SourceRule {
    SourceRule {
        file: file.into(),
        table: Some(TableId::Funding),
        columns: columns.iter().map(|(id, header)| (*id, (*header).to_owned())).collect(),
        constants: [("funder", funder.to_owned())].into(),
        ..SourceRule::default()
    }
}

/// Amounts granted by file: how many, and their sum in cents.
fn totals(frame: &Frame) -> BTreeMap<String, (usize, i64)> {
    let mut totals: BTreeMap<String, (usize, i64)> = BTreeMap::new();
    for row in 0..frame.len() {
        if let Some(cents) = frame.cents("granted", row) {
            let total = totals.entry(frame.file(row).to_string()).or_default();
            *total = (total.0 + 1, total.1 + cents);
        }
    }
    totals
}

fn read_is_kept_and_left_out(tables: &Tables) {
    for reading in &tables.readings {
        let left_out: usize = reading.left_out.values().sum();
        assert_eq!(reading.read, reading.kept + left_out, "{}", reading.file);
    }
}

#[test]
fn grants_of_departements_to_the_cent() {
    let rules = vec![
        rule(
            "cd49_associations.csv",
            &[
                ("beneficiary", "Raison Sociale"),
                ("granted", "Mandaté"),
                ("beneficiary_siret", "SIRET ou NIR"),
            ],
            "Département de Maine-et-Loire",
        ),
        rule(
            "cd72_201*",
            &[("granted", "Montant de la subvention de fonctionnement (1)")],
            "Département de la Sarthe",
        ),
        rule("cd72_progos_2018.xls", &[], "Département de la Sarthe"),
    ];
    let Some((tables, findings)) = typed("grants/loire", rules) else { return };
    read_is_kept_and_left_out(&tables);
    let frame = tables.get(TableId::Funding).unwrap();
    let totals = totals(frame);
    assert_eq!(totals["cd44_associations.csv"], (18_116, 50_691_423_663));
    assert_eq!(totals["cd49_conventions.csv"], (75, 832_736_488));
    assert_eq!(totals["cd53_2018.xlsx"].1, 3_037_217_302);
    assert_eq!(totals["cd53_2019.xlsx"].1, 812_791_500);
    assert_eq!(totals["cd72_progos_2018.xls"], (24, 177_812_500));
    // One destroyed column, one line, in each of the four files Excel went through.
    let destroyed: BTreeMap<_, _> = findings
        .iter()
        .filter(|f| f.code == "siret-detruit")
        .map(|f| (&*f.place.file, f.details.iter().find(|d| d.0 == "nombre").unwrap().1.as_str()))
        .collect();
    assert_eq!(destroyed.len(), 4, "{destroyed:?}");
    assert_eq!(destroyed["cd49_associations.csv"], "11495");
    for finding in &findings {
        println!("{} {:?} {}", finding.code, finding.place, finding.read);
    }
    assert!(findings.len() < 120, "{}", findings.len());
    // The SIRET of the funder, written `224 900 019 000 15'`.
    let row = (0..frame.len()).find(|r| &**frame.file(*r) == "cd49_conventions.csv").unwrap();
    assert_eq!(frame.text("funder_siret", row), Some("22490001900015"));
}

#[test]
fn grants_of_deputies_and_of_ademe_to_the_cent() {
    let deputies = SourceRule {
        columns: [("funder", "nom".to_owned()), ("purpose", "descriptif".to_owned())].into(),
        table: Some(TableId::Funding),
        file: "*".into(),
        ..SourceRule::default()
    };
    if let Some((tables, _)) = typed("grants/reserve", vec![deputies]) {
        read_is_kept_and_left_out(&tables);
        let totals = totals(tables.get(TableId::Funding).unwrap());
        assert_eq!(totals.values().map(|t| t.1).sum::<i64>(), 8_007_155_800);
    }
    if let Some((tables, findings)) = typed("grants/ademe", vec![]) {
        let frame = tables.get(TableId::Funding).unwrap();
        assert_eq!(totals(frame).values().next(), Some(&(500, 6_958_618_093)));
        assert_eq!(frame.text("beneficiary_siret", 0), Some("34112493100039"));
        assert!((0..frame.len()).all(|row| frame.span("covers", row).is_some()), "{findings:?}");
    }
}

#[test]
fn montpellier_without_its_totals() {
    let told = SourceRule {
        sheet: Some("Subventions".into()),
        ..rule("*", &[("beneficiary", "Structure")], "Ville de Montpellier")
    };
    let Some((tables, _)) = typed("grants/montpellier", vec![told]) else { return };
    let frame = tables.get(TableId::Funding).unwrap();
    let cents: Vec<i64> = (0..frame.len())
        .filter(|row| frame.text("beneficiary", *row).is_some())
        .filter(|row| !frame.origin(*row).sheet().contains("TCD"))
        .filter(|row| &**frame.origin(*row).sheet() == "Subventions")
        .filter_map(|row| frame.cents("granted", row))
        .collect();
    assert_eq!((cents.len(), cents.iter().sum::<i64>()), (1180, 462_710_400));
}

/// Nothing in the other real files makes typing fail or flood.
#[test]
fn every_other_real_file_is_typed() {
    for folder in ["scdl", "plans", "networks", "grants/360giving"] {
        let Some((tables, findings)) = typed(folder, vec![]) else { return };
        read_is_kept_and_left_out(&tables);
        for finding in &findings {
            println!("{folder}: {} {:?} {}", finding.code, finding.place, finding.read);
        }
        assert!(findings.len() < 400, "{folder}: {}", findings.len());
    }
}
