use super::*;
use crate::ingest::{RawColumn, Row, Value};
use std::sync::Arc;

fn raw(table: TableId, ids: &[&'static str], rows: &[&[&str]]) -> RawTable {
    RawTable {
        table,
        file: "a.csv".into(),
        sheet: "".into(),
        header_row: 1,
        columns: ids
            .iter()
            .enumerate()
            .map(|(i, id)| RawColumn { id, header: (*id).to_string(), index: i as u32 })
            .collect(),
        constants: BTreeMap::new(),
        rows: rows
            .iter()
            .enumerate()
            .map(|(i, cells)| Row {
                number: i as u32 + 2,
                cells: cells.iter().map(|c| Value::Text(Arc::from(*c))).collect(),
            })
            .collect(),
        left_out: vec![(99, LeftOut::Total)],
    }
}

fn run(tables: Vec<RawTable>) -> (Tables, Vec<Finding>) {
    build(&Ingested { tables, ..Ingested::default() }, &crate::tables::test_settings())
}

fn codes(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|f| f.code).collect()
}

#[test]
fn rows_without_what_they_need_are_left_out_and_counted() {
    let (tables, findings) = run(vec![raw(
        TableId::Activities,
        &["id", "date", "title", "hours"],
        &[
            &["1", "12/03/2026", "Atelier", "2"],
            &["2", "31/02/2026", "Stand", "2"],
            &["3", "13/03/2026", "", "x"],
            &["1", "12/03/2026", "Atelier", "2,0"],
        ],
    )]);
    let frame = tables.get(TableId::Activities).unwrap();
    assert_eq!(frame.len(), 1);
    assert_eq!(frame.number("hours", 0), Some(2.0));
    assert_eq!(
        codes(&findings),
        ["date-impossible", "valeur-requise", "nombre-illisible", "ligne-double"]
    );
    assert_eq!(findings[0].place.cell(), "B3");
    let reading = &tables.readings[0];
    assert_eq!((reading.read, reading.kept), (5, 1));
    assert_eq!(reading.left_out["anomalie_bloquante"], 2);
    assert_eq!(reading.left_out["doublon"], 1);
    assert_eq!(reading.left_out["total"], 1);
    assert_eq!(reading.read, reading.kept + reading.left_out.values().sum::<usize>());
}

#[test]
fn sheets_of_one_table_make_one_frame() {
    let mut second =
        raw(TableId::Activities, &["id", "title", "date"], &[&["2", "B", "2026-01-02"]]);
    second.constants.insert("territory", "Dunes".to_string());
    let first = raw(
        TableId::Activities,
        &["id", "date", "title", "hours"],
        &[&["1", "2026-01-01", "A", "3"]],
    );
    let (tables, findings) = run(vec![first, second]);
    assert!(findings.is_empty(), "{findings:?}");
    let frame = tables.get(TableId::Activities).unwrap();
    assert_eq!(frame.len(), 2);
    assert_eq!((frame.number("hours", 0), frame.number("hours", 1)), (Some(3.0), None));
    assert_eq!((frame.text("territory", 0), frame.text("territory", 1)), (None, Some("Dunes")));
    assert_eq!(frame.place(1, "date").cell(), "C2");
    for column in frame.columns.values() {
        assert_eq!(column.len(), 2);
    }
}

#[test]
fn a_destroyed_column_is_told_once() {
    let rows: Vec<Vec<String>> =
        (0..50).map(|i| vec![format!("N{i}"), "35181600000000".into(), "bientôt".into()]).collect();
    let rows: Vec<Vec<&str>> =
        rows.iter().map(|r| r.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let (tables, findings) =
        run(vec![raw(TableId::Organisations, &["name", "siret", "joined"], &rows)]);
    assert_eq!(codes(&findings), ["siret-detruit", "date-ignoree"]);
    assert!(findings.iter().all(|f| f.details.contains(&("nombre", "50".to_string()))));
    assert_eq!(findings[0].read, "35181600000000 × 50");
    assert_eq!(tables.get(TableId::Organisations).map(Frame::len), Some(50));
}

#[test]
fn what_is_personal_is_masked() {
    let (_, findings) =
        run(vec![raw(TableId::Participants, &["id", "birth_date"], &[&["P1", "31/02/1990"]])]);
    assert_eq!(findings[0].read, "•••");
    let remark = &["A1", "P1", "hospitalisée"];
    let (_, findings) =
        run(vec![raw(TableId::Attendance, &["activity", "participant", "role"], &[remark])]);
    assert_eq!((codes(&findings), &*findings[0].read), (vec!["valeur-inconnue"], "•••"));
    let told = &["A1", "12/03/2026", "Atelier", "voir au 06 12 34 56 78"];
    let (_, findings) =
        run(vec![raw(TableId::Activities, &["id", "date", "title", "hours"], &[told])]);
    assert_eq!(findings[0].read, "voir au […]");
}

#[test]
fn a_sheet_without_a_required_column_gives_no_row() {
    let (tables, findings) = run(vec![raw(TableId::Activities, &["id"], &[&["1"]])]);
    assert_eq!(codes(&findings), ["colonne-absente"]);
    assert!(tables.get(TableId::Activities).is_some_and(Frame::is_empty));
    assert_eq!(tables.readings[0].kept, 0);
}

#[test]
fn nothing_read_is_nothing_kept() {
    let (tables, findings) = run(Vec::new());
    assert_eq!((tables.iter().count(), findings.len()), (0, 0));
    let (tables, _) = run(vec![raw(TableId::Budget, &["year", "account", "planned"], &[])]);
    assert!(tables.get(TableId::Budget).is_some_and(|f| f.is_empty() && f.has("planned")));
}
