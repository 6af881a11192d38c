//! Sheets bound one by one.

use super::super::header::test_sheet;
use super::*;

fn bound(name: &str, rows: &[&[&str]]) -> Bound {
    sheet(test_sheet(name, rows), false, false, &[])
}

fn codes(bound: &Bound) -> Vec<&str> {
    bound.findings.iter().map(|f| f.code).collect()
}

#[test]
fn a_missing_required_column_blocks_the_sheet_and_says_so() {
    let bound = bound("Activités", &[&["Id", "Intitulé", "Lieu"], &["A1", "Atelier", "Sucy"]]);
    assert!(bound.tables.is_empty());
    assert_eq!(codes(&bound), ["colonne-absente"]);
    assert!(bound.findings[0].details.contains(&("colonnes", "Date".into())));
}

#[test]
fn unknown_and_near_columns_are_said_once() {
    let rows: &[&[&str]] = &[
        &["Id", "Date", "Intitullé", "Météo", "Humeur"],
        &["A1", "01/02/2026", "Atelier", "beau", "bonne"],
    ];
    let bound = bound("Activités", rows);
    assert_eq!(codes(&bound), ["colonne-inconnue", "colonne-proche"]);
    assert_eq!(bound.findings[0].read, "Météo ; Humeur");
    assert_eq!(bound.findings[1].place.cell(), "C1");
    assert_eq!(bound.tables[0].raw.rows.len(), 1);
}

#[test]
fn headers_that_may_be_names_are_not_quoted() {
    let rows: &[&[&str]] =
        &[&["Id", "Commune", "Religion", "Marie Dupont"], &["P1", "Sucy", "x", "oui"]];
    let unknown = bound("Participants", rows);
    assert_eq!(codes(&unknown), ["colonne-inconnue"]);
    assert_eq!(unknown.findings[0].read, "Religion ; D");
    let rows: &[&[&str]] = &[&["Activité", "Marie Dupont", "Statut"], &["A1", "là", "oui"]];
    let absent = bound("Présences", rows);
    let said = absent.findings.iter().find(|f| f.code == "colonne-absente").unwrap();
    assert_eq!(said.read, "Activité ; B ; Statut");
    assert!(absent.findings.iter().all(|f| !format!("{f:?}").contains("Dupont")));
}

#[test]
fn registrations_feed_people_and_presences() {
    let rows: &[&[&str]] =
        &[&["Nom", "Prénom", "Email", "Campagne"], &["Martin", "Zoé", "zoe@example.org", "A1"]];
    let bound = bound("export", rows);
    let tables: Vec<_> = bound.tables.iter().map(|d| d.raw.table).collect();
    assert_eq!(tables, [TableId::Attendance, TableId::Participants]);
    let raw = &bound.tables[0].raw;
    let participant = raw.columns.iter().find(|c| c.id == "participant").unwrap();
    assert_eq!(raw.rows[0].cell(participant.index).shown(), "Martin Zoé");
    let people = &bound.tables[1].raw;
    assert_eq!(people.rows[0].cell(0).shown(), "Martin");
}

#[test]
fn a_sheet_nobody_wants_gets_a_proposal() {
    let bound = bound("Divers", &[&["Recette", "Montant"], &["Gâteau", "12"]]);
    assert_eq!(codes(&bound), ["feuille-sans-table"]);
    let source = bound.findings[0].details.iter().find(|(k, _)| *k == "source").unwrap();
    assert!(source.1.starts_with("[[source]]\nfichier = \"f.xlsx\"\nfeuille = \"Divers\""));
}

#[test]
fn rules_ignore_and_bind() {
    let rule = |ignore, table| SourceRule {
        file: "*.xlsx".into(),
        ignore,
        table,
        ..SourceRule::default()
    };
    let rows: &[&[&str]] = &[&["actor", "event"], &["a", "1"]];
    let ignored = sheet(test_sheet("x", rows), false, false, &[rule(true, None)]);
    assert!(ignored.tables.is_empty() && ignored.findings.is_empty());
    let told =
        sheet(test_sheet("x", rows), false, false, &[rule(false, Some(TableId::Attendance))]);
    assert_eq!((told.tables.len(), told.rules), (1, vec![0]));
}

#[test]
fn hidden_rows_are_read_and_said() {
    let rows: &[&[&str]] = &[
        &["Id", "Date", "Intitulé"],
        &["A1", "01/02/2026", "Atelier"],
        &["A2", "02/02/2026", "Stand"],
    ];
    let hidden = Sheet { hidden_rows: vec![3], ..test_sheet("Activités", rows) };
    let bound = sheet(hidden, false, false, &[]);
    assert_eq!(codes(&bound), ["lignes-masquees"]);
    assert_eq!(bound.findings[0].place.cell(), "3");
    assert!(bound.findings[0].details.contains(&("n", "1".into())));
    assert_eq!(bound.tables[0].raw.rows.len(), 2);
}

#[test]
fn people_in_the_columns_of_activities_are_not_quoted() {
    let rows: &[&[&str]] = &[
        &["Id", "Date", "Intitulé", "Marie Dupont", "Publié"],
        &["A1", "01/02/2026", "Atelier", "x", "oui"],
        &["A2", "02/02/2026", "Stand", "", "non"],
    ];
    let bound = bound("Activités", rows);
    let said = format!("{:?}", bound.findings);
    assert!(!said.contains("Dupont") && said.contains("D ; Publié"), "{said}");
}
