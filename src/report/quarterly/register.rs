//! Annex on people: what was brought together on what, and the register of the personal data that is
//! processed (article 30 of the GDPR): what, why, for how long.

use crate::report::compose::Material;
use crate::report::{Block, Cell, Format, Table};
use crate::schema::TableId;
use std::collections::BTreeSet;

/// Columns of people's tables by what they say, and the text that says why they are kept:
/// `registre.<name>` and `registre.<name>.pourquoi`.
const KEPT: [(&str, &[&str]); 6] = [
    ("identite", &["id", "last_name", "first_name", "email", "participant"]),
    ("naissance", &["birth_date", "birth_year", "age_band"]),
    ("genre", &["gender"]),
    ("residence", &["commune", "qpv"]),
    ("engagement", &["status", "organisation", "projects", "role"]),
    ("presence", &["activity", "date"]),
];

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
    let read: BTreeSet<&str> = m
        .tables
        .readings
        .iter()
        .filter(|reading| matches!(reading.table, TableId::Participants | TableId::Attendance))
        .flat_map(|reading| {
            let named = |header: &str| {
                reading.table.spec().columns.iter().find(|column| column.header == header)
            };
            reading.columns.iter().filter_map(move |(_, header)| Some(named(header)?.id))
        })
        .collect();
    let mut table = Table::new(
        "registre",
        m.t("annexe.registre.tableau"),
        [
            (m.t("annexe.registre.donnee"), Format::Text, 2.0),
            (m.t("annexe.registre.pourquoi"), Format::Text, 3.4),
            (m.t("annexe.registre.sortie"), Format::Text, 3.0),
            (m.t("annexe.registre.duree"), Format::Text, 1.8),
        ],
    );
    let kept = m.settings.register.retention.clone();
    for (name, columns) in KEPT {
        if columns.iter().any(|column| read.contains(column)) {
            table.push(vec![
                Cell::text(m.t(&format!("registre.{name}"))),
                Cell::text(m.t(&format!("registre.{name}.pourquoi"))),
                Cell::text(m.t(&format!("registre.{name}.sortie"))),
                Cell::text(kept.clone().unwrap_or_else(|| m.t("annexe.registre.duree_absente"))),
            ]);
        }
    }
    let said =
        |value: &Option<String>| value.clone().unwrap_or_else(|| m.t("statut.non_renseigne"));
    let register = &m.settings.register;
    let slots = [
        ("responsable", said(&register.controller)),
        ("base", said(&register.basis)),
        ("contact", said(&register.contact)),
    ];
    vec![Block::Paragraph { text: m.fill("annexe.registre.texte", &slots) }, Block::Table(table)]
}
