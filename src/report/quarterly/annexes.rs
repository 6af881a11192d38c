//! Annexes: definitions and formulas of what is shown, method, data quality, suppression, provenance.

use super::register;
use crate::finding::Severity;
use crate::indicators;
use crate::report::compose::Material;
use crate::report::{Block, Cell, Format, Section, Table, Tone};
use crate::tables::{Count, Reading};
use crate::texts::without_slots;
use std::collections::BTreeMap;

/// The annexes of a document.
pub(in crate::report) fn annexes(m: &Material<'_>) -> Vec<Section> {
    [
        ("definitions", definitions(m)),
        ("methode", method(m)),
        ("qualite", quality(m)),
        ("registre", register::register(m)),
        ("provenance", provenance(m)),
    ]
    .map(|(id, blocks)| Section {
        id,
        title: m.t(&format!("annexe.{id}.titre")),
        annex: true,
        blocks,
    })
    .into()
}

/// How many findings leave something out.
pub(super) fn blocking(m: &Material<'_>) -> u64 {
    m.findings.iter().filter(|f| f.severity() == Severity::Blocking).count() as u64
}

fn definitions(m: &Material<'_>) -> Vec<Block> {
    let mut table = Table::new(
        "definitions",
        m.t("annexe.definitions.tableau"),
        [
            (m.t("colonne.indicateur"), Format::Text, 1.8),
            (m.t("colonne.identifiant"), Format::Text, 2.5),
            (m.t("colonne.definition"), Format::Text, 3.7),
            (m.t("colonne.formule"), Format::Text, 2.3),
        ],
    );
    for indicator in indicators::all() {
        let text = |part: &str| m.t(&format!("indicateur.{}.{part}", indicator.id));
        table.push(vec![
            Cell::text(text("nom")),
            Cell::text(indicator.id),
            Cell::text(text("definition")),
            Cell::text(text("formule")),
        ]);
    }
    table.whole = true;
    vec![Block::Table(table)]
}

fn method(m: &Material<'_>) -> Vec<Block> {
    let thresholds = &m.settings.thresholds;
    let count = |count: usize| crate::locale::integer(m.texts.lang, count as f64);
    let slots = [
        ("personnes", thresholds.people.to_string()),
        ("structures", thresholds.organisations.to_string()),
        ("heures", crate::report::wording::plain_number(thresholds.fte_hours, m.texts.lang)),
        ("secrets", count(m.measures.withheld.secret)),
    ];
    let paragraphs = ["fenetres", "personnes", "synergies", "financement", "secret"];
    let mut texts: Vec<String> =
        paragraphs.map(|key| m.fill(&format!("annexe.methode.{key}"), &slots)).into();
    if !m.measures.withheld.earlier.is_empty() {
        let quarters: Vec<String> =
            m.measures.withheld.earlier.iter().map(|quarter| m.quarter_text(*quarter)).collect();
        let slots = [("trimestres", quarters.join(", "))];
        texts.push(m.fill("annexe.methode.anterieurs", &slots));
    }
    if m.measures.withheld.told > 0 {
        texts.push(m.texts.plural("annexe.methode.vains", m.measures.withheld.told as u64));
    }
    texts.into_iter().map(|text| Block::Paragraph { text }).collect()
}

/// What was read, kept and left out, sheet by sheet; findings by kind.
fn quality(m: &Material<'_>) -> Vec<Block> {
    let mut table = Table::new(
        "lecture",
        m.t("annexe.qualite.lecture"),
        [
            (m.t("colonne.fichier"), Format::Text, 2.6),
            (m.t("colonne.feuille"), Format::Text, 1.8),
            (m.t("colonne.table"), Format::Text, 1.6),
            (m.t("colonne.lues"), Format::Integer, 0.9),
            (m.t("colonne.retenues"), Format::Integer, 1.0),
            (m.t("colonne.ecartees"), Format::Text, 2.2),
        ],
    );
    let least = m.settings.thresholds.people;
    for reading in &m.tables.readings {
        let left_out: Vec<String> = reading
            .left_out
            .iter()
            .map(|(reason, count)| m.texts.plural(&format!("ecart.{reason}"), *count as u64))
            .collect();
        let left_out = match reading.is_small(least) {
            true => m.t("statut.secret"),
            false => left_out.join(", "),
        };
        let rows = |rows: usize| match reading.count(rows, least) {
            Count::Exact(rows) => Cell::number(rows as f64, Format::Integer, m.texts),
            few @ Count::Under(_) => Cell::text(few.to_string()),
        };
        table.push(vec![
            Cell::text(reading.file.clone()),
            Cell::text(reading.sheet.clone()),
            Cell::text(reading.table.spec().sheet),
            rows(reading.read),
            rows(reading.kept),
            Cell::text(left_out),
        ]);
    }
    if m.tables.readings.iter().any(|reading| reading.is_small(least)) {
        table.notes.push(m.fill("annexe.qualite.petites", &[("personnes", least.to_string())]));
    }
    let mut counts: BTreeMap<(Severity, &str), u64> = BTreeMap::new();
    for finding in m.findings {
        *counts.entry((finding.severity(), finding.code)).or_default() += 1;
    }
    let mut findings = Table::new(
        "anomalies",
        m.t("annexe.qualite.anomalies"),
        [
            (m.t("colonne.gravite"), Format::Text, 1.3),
            (m.t("colonne.code"), Format::Text, 2.0),
            (m.t("colonne.nombre"), Format::Integer, 0.8),
            (m.t("colonne.explication"), Format::Text, 5.0),
        ],
    );
    for ((severity, code), count) in counts {
        findings.push(vec![
            Cell::text(m.t(&format!("gravite.{}", severity.code()))),
            Cell::text(code),
            Cell::number(count as f64, Format::Integer, m.texts),
            Cell::text(without_slots(&m.t(&format!("anomalie.{code}.explication")))),
        ]);
    }
    let mut blocks = vec![quality_notice(m)];
    for table in [table, findings] {
        if !table.rows.is_empty() {
            blocks.push(Block::Table(table));
        }
    }
    blocks.push(register::merges(m));
    blocks
}

/// In one notice: how many rows were read and kept, how many findings of each severity.
pub(in crate::report) fn quality_notice(m: &Material<'_>) -> Block {
    // The total would give away the one number that is secret.
    let least = m.settings.thresholds.people;
    let told = || m.tables.readings.iter().filter(|reading| !reading.is_small(least));
    let sum = |count: fn(&Reading) -> usize| told().map(count).sum::<usize>() as f64;
    let count = |severity| m.findings.iter().filter(|f| f.severity() == severity).count() as u64;
    let lang = m.texts.lang;
    Block::Notice {
        tone: if count(Severity::Blocking) > 0 { Tone::Watch } else { Tone::Info },
        title: m.t("annexe.qualite.titre"),
        text: m.fill(
            "annexe.qualite.texte",
            &[
                ("lues", crate::locale::integer(lang, sum(|r| r.read))),
                ("retenues", crate::locale::integer(lang, sum(|r| r.kept))),
                ("bloquantes", m.texts.plural("bilan.bloquant", count(Severity::Blocking))),
                ("a_verifier", m.texts.plural("bilan.a_verifier", count(Severity::Review))),
                ("informations", m.texts.plural("bilan.information", count(Severity::Information))),
            ],
        ),
    }
}

fn provenance(m: &Material<'_>) -> Vec<Block> {
    let mut table = Table::new(
        "provenance",
        m.t("annexe.provenance.tableau"),
        [
            (m.t("colonne.fichier"), Format::Text, 2.6),
            (m.t("colonne.octets"), Format::Integer, 0.9),
            (m.t("colonne.sha256"), Format::Text, 4.6),
        ],
    );
    for file in m.files {
        // In groups of eight, so that it breaks over lines and can be compared by eye.
        let groups: Vec<&str> = (0..file.sha256.len())
            .step_by(8)
            .filter_map(|at| file.sha256.get(at..at + 8))
            .collect();
        table.push(vec![
            Cell::text(&*file.path),
            Cell::number(file.size as f64, Format::Integer, m.texts),
            Cell::text(groups.join(" ")),
        ]);
    }
    vec![
        Block::Paragraph {
            text: m.fill("annexe.provenance.texte", &[("version", crate::report::generator())]),
        },
        Block::Table(table),
    ]
}
