//! Annex on people: what was brought together on what, and the register of the personal data that is
//! processed (article 30 of the GDPR): what, where, why, for how long.

use crate::report::compose::Material;
use crate::report::{Block, Cell, Format, Table};
use crate::schema::TableId;
use crate::tables::Reading;
use std::collections::BTreeSet;

/// Columns of a table that speak of people.
type Columns = (TableId, &'static [&'static str]);

/// Every column that speaks of people, by why it is kept: `registre.<kind>.pourquoi`. Each is said in
/// the words of `registre.colonne.<column>`. A test holds that no personal column is forgotten.
const KEPT: [(&str, &[Columns]); 9] = [
    (
        "identite",
        &[
            (TableId::Participants, &["id", "last_name", "first_name", "email"]),
            (TableId::Attendance, &["participant"]),
        ],
    ),
    ("naissance", &[(TableId::Participants, &["birth_date", "birth_year", "age_band"])]),
    ("genre", &[(TableId::Participants, &["gender"])]),
    ("residence", &[(TableId::Participants, &["commune", "qpv"])]),
    (
        "engagement",
        &[
            (TableId::Participants, &["status", "organisation", "projects"]),
            (TableId::Attendance, &["role"]),
        ],
    ),
    ("presence", &[(TableId::Attendance, &["activity", "date"])]),
    ("temps", &[(TableId::Timesheets, &["worker", "hours"])]),
    ("pilotage", &[(TableId::ActionPlan, &["lead"])]),
    ("reponses", &[(TableId::Decisions, &["by"])]),
];

/// A kind of personal data that the spreadsheets hold.
#[derive(Debug, PartialEq, Eq)]
struct Held {
    kind: &'static str,
    columns: Vec<&'static str>,
    sheets: Vec<&'static str>,
}

/// What the sheets read really hold, in the order of [`KEPT`].
fn held(readings: &[Reading]) -> Vec<Held> {
    let read: BTreeSet<(TableId, &str)> = readings
        .iter()
        .flat_map(|reading| reading.columns.iter().map(|(_, header)| (reading.table, *header)))
        .collect();
    let is_read = |table: TableId, id: &str| {
        table.spec().column(id).is_some_and(|column| read.contains(&(table, column.header)))
    };
    let kinds = KEPT.iter().map(|(kind, tables)| {
        let mut held = Held { kind, columns: Vec::new(), sheets: Vec::new() };
        for (table, columns) in *tables {
            let given: Vec<_> = columns.iter().copied().filter(|id| is_read(*table, id)).collect();
            if !given.is_empty() {
                held.sheets.push(table.spec().sheet);
                held.columns.extend(given);
            }
        }
        held
    });
    kinds.filter(|held| !held.columns.is_empty()).collect()
}

/// How many rows were brought together, on what, and what is left to decide.
pub(super) fn merges(m: &Material<'_>) -> Block {
    let mut table = Table::new(
        "rapprochements",
        m.t("annexe.rapprochements.tableau"),
        [
            (m.t("annexe.rapprochements.motif"), Format::Text, 4.0),
            (m.t("annexe.rapprochements.personnes"), Format::Integer, 1.2),
            (m.t("annexe.rapprochements.structures"), Format::Integer, 1.2),
        ],
    );
    let open = |table| m.suggestions.iter().filter(|s| s.table == table).count();
    let merges = m.merges;
    let rows = [
        ("numero", Some(merges.people_by_id), Some(merges.organisations_by_number)),
        ("mail", Some(merges.people_by_mail), None),
        ("naissance", Some(merges.people_by_birth), None),
        ("nom", Some(merges.people_by_name), Some(merges.organisations_by_form)),
        ("decision", Some(merges.people_by_decision), Some(merges.organisations_by_decision)),
        ("attente", Some(open(TableId::Participants)), Some(open(TableId::Organisations))),
    ];
    for (key, people, organisations) in rows {
        let count = |count: Option<usize>| {
            count.map_or_else(Cell::none, |n| Cell::number(n as f64, Format::Integer, m.texts))
        };
        let motive = Cell::text(m.t(&format!("rapprochement.{key}")));
        table.push(vec![motive, count(people), count(organisations)]);
    }
    table.notes.push(m.t("annexe.rapprochements.note"));
    Block::Table(table)
}

/// The register: a line per kind of personal data that the spreadsheets hold.
pub(super) fn register(m: &Material<'_>) -> Vec<Block> {
    let mut table = Table::new(
        "registre",
        m.t("annexe.registre.tableau"),
        [
            (m.t("annexe.registre.donnee"), Format::Text, 2.2),
            (m.t("annexe.registre.feuilles"), Format::Text, 1.4),
            (m.t("annexe.registre.pourquoi"), Format::Text, 2.8),
            (m.t("annexe.registre.sortie"), Format::Text, 2.6),
            (m.t("annexe.registre.duree"), Format::Text, 1.7),
        ],
    );
    let said = |value: &Option<String>, key: &str| {
        let missing = || m.fill("annexe.registre.absent", &[("cle", key.to_owned())]);
        value.clone().unwrap_or_else(missing)
    };
    let register = &m.settings.register;
    let retention = said(&register.retention, "conservation");
    for Held { kind, columns, sheets } in held(&m.tables.readings) {
        let words: Vec<String> =
            columns.iter().map(|id| m.t(&format!("registre.colonne.{id}"))).collect();
        table.push(vec![
            Cell::text(sentence(&words.join(", "))),
            Cell::text(sheets.join(", ")),
            Cell::text(m.t(&format!("registre.{kind}.pourquoi"))),
            Cell::text(m.t(&format!("registre.{kind}.sortie"))),
            Cell::text(retention.clone()),
        ]);
    }
    let slots = [
        ("responsable", said(&register.controller, "responsable")),
        ("base", said(&register.basis, "base_legale")),
        ("destinataires", said(&register.recipients, "destinataires")),
        ("contact", said(&register.contact, "contact")),
    ];
    vec![Block::Paragraph { text: m.fill("annexe.registre.texte", &slots) }, Block::Table(table)]
}

/// The text with a capital first letter.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::TABLES;
    use std::collections::BTreeMap;

    fn reading(table: TableId, columns: &[&str]) -> Reading {
        let header = |id: &&str| table.spec().column(id).expect("a column").header;
        Reading {
            file: "a.csv".into(),
            sheet: String::new(),
            table,
            header_row: 1,
            read: 0,
            kept: 0,
            left_out: BTreeMap::new(),
            columns: columns.iter().map(|id| (String::new(), header(id))).collect(),
            total: None,
        }
    }

    #[test]
    fn every_personal_column_is_in_the_register_and_every_column_of_it_exists() {
        let kept: BTreeSet<(TableId, &str)> = KEPT
            .iter()
            .flat_map(|(_, tables)| *tables)
            .flat_map(|(table, columns)| columns.iter().map(|id| (*table, *id)))
            .collect();
        for table in TABLES {
            for column in table.columns.iter().filter(|column| column.personal) {
                let said = kept.contains(&(table.id, column.id));
                assert!(said, "{} › {} is not in the register", table.sheet, column.header);
            }
        }
        for (table, id) in kept {
            assert!(table.spec().column(id).is_some(), "{table:?} has no column {id}");
        }
    }

    #[test]
    fn the_register_says_what_is_held_and_no_more() {
        let only = |kind, columns: &[&'static str], sheets: &[&'static str]| Held {
            kind,
            columns: columns.to_vec(),
            sheets: sheets.to_vec(),
        };
        let ids = reading(TableId::Participants, &["id"]);
        assert_eq!(held(&[ids]), [only("identite", &["id"], &["Participants"])]);
        let sheets = [
            reading(TableId::Timesheets, &["date", "worker", "hours"]),
            reading(TableId::ActionPlan, &["id", "lead"]),
            reading(TableId::Decisions, &["left", "right", "by"]),
            reading(TableId::Organisations, &["name", "commune"]),
        ];
        let expected = [
            only("temps", &["worker", "hours"], &["Temps"]),
            only("pilotage", &["lead"], &["Plan d'actions"]),
            only("reponses", &["by"], &["Décisions"]),
        ];
        assert_eq!(held(&sheets), expected);
        assert_eq!(held(&[]), []);
    }

    #[test]
    fn a_sentence_starts_with_a_capital() {
        assert_eq!((sentence("âge, genre"), sentence("")), ("Âge, genre".into(), String::new()));
    }
}
