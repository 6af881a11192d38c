use super::*;
use crate::ingest::{RawColumn, Row, Value};

fn table(id: TableId, file: &str, ids: &[&'static str], rows: &[&[&str]]) -> RawTable {
    let column = |(index, id): (u32, &&'static str)| RawColumn { id, header: "h".into(), index };
    let row = |(number, cells): (u32, &&[&str])| Row {
        number,
        cells: cells.iter().map(|cell| Value::Text((*cell).into())).collect(),
    };
    RawTable {
        table: id,
        file: file.into(),
        sheet: "".into(),
        header_row: 1,
        columns: (0_u32..).zip(ids).map(column).collect(),
        constants: BTreeMap::new(),
        rows: (2_u32..).zip(rows).map(row).collect(),
        left_out: Vec::new(),
    }
}

/// Volunteering has no key: `n` lines from `start`, all different.
fn hours(file: &str, lines: impl Iterator<Item = usize>) -> RawTable {
    let days: Vec<String> =
        lines.map(|i| format!("2026-{:02}-{:02}", 1 + i / 28, 1 + i % 28)).collect();
    let rows: Vec<Vec<&str>> = days.iter().map(|day| vec![&**day, "3", "accueil"]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    table(TableId::Volunteering, file, &["date", "hours", "category"], &rows)
}

/// Codes said, and rows kept in each table; every row is kept or left out.
fn counted(mut tables: Vec<RawTable>) -> (Vec<&'static str>, Vec<usize>) {
    let before: Vec<usize> = tables.iter().map(|t| t.rows.len()).collect();
    let mut findings = Vec::new();
    count_once(&mut tables, &mut findings);
    for (table, before) in tables.iter().zip(before) {
        assert_eq!(table.rows.len() + table.left_out.len(), before, "{}", table.file);
        assert!(table.left_out.iter().all(|(_, reason)| *reason == LeftOut::Duplicate));
    }
    (findings.iter().map(|f| f.code).collect(), tables.iter().map(|t| t.rows.len()).collect())
}

#[test]
fn copies_of_copies_count_once() {
    let tables = ["a.csv", "b.csv", "c.csv"].map(|file| hours(file, 0..4)).into();
    assert_eq!(counted(tables), (vec!["feuille-double"; 2], vec![4, 0, 0]));
    let many = (0..12).map(|i| hours(&format!("{i}.csv"), 0..30)).collect();
    let (codes, kept) = counted(many);
    assert_eq!((codes.len(), kept.iter().sum::<usize>()), (11, 30));
}

#[test]
fn a_later_version_gives_only_what_it_adds() {
    let tables = vec![hours("juin.csv", 0..20), hours("juillet.csv", 0..30)];
    assert_eq!(counted(tables), (vec!["lignes-deja-lues"], vec![20, 10]));
    // Whatever their order, and whatever each alone has.
    let tables = vec![hours("b.csv", 2..30), hours("a.csv", 0..20)];
    assert_eq!(counted(tables), (vec!["lignes-deja-lues"], vec![28, 2]));
    let three = vec![hours("1.csv", 0..10), hours("2.csv", 0..20), hours("3.csv", 0..30)];
    assert_eq!(counted(three).1, [10, 10, 10]);
}

#[test]
fn equal_rows_of_one_sheet_are_two_and_chance_is_not_a_copy() {
    let twice = || hours("a.csv", (0..6).chain(0..6));
    assert_eq!(counted(vec![twice()]), (vec![], vec![12]));
    // The copy has one of them once more: it is kept.
    let tables = vec![twice(), hours("b.csv", (0..6).chain(0..6).chain(0..1))];
    assert_eq!(counted(tables), (vec!["lignes-deja-lues"], vec![12, 1]));
    // Half of the rows are equal: two files of two people.
    let tables = vec![hours("a.csv", 0..20), hours("b.csv", 10..30)];
    assert_eq!(counted(tables), (vec![], vec![20, 20]));
    assert_eq!(counted(vec![hours("a.csv", 0..1), hours("b.csv", 0..1)]).1, [1, 1]);
}

#[test]
fn equal_rows_of_two_territories_are_two() {
    let of = |file: &str, territory: Option<&str>| {
        let mut table = hours(file, 0..10);
        table.constants.extend(territory.map(|name| ("territory", name.to_owned())));
        table
    };
    assert_eq!(counted(vec![of("a", Some("Sucy")), of("b", Some("Paris"))]).1, [10, 10]);
    // A copy that lost its folder gives way to the one that names its territory.
    assert_eq!(counted(vec![of("a", None), of("b", Some("Paris"))]).1, [0, 10]);
}

#[test]
fn local_identifiers_alone_do_not_make_a_copy() {
    let rows: Vec<[String; 2]> =
        (0..12).map(|i| [format!("A{}", i / 6), format!("P{}", i % 6)]).collect();
    let rows: Vec<Vec<&str>> =
        rows.iter().map(|r| r.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let presences = |file| table(TableId::Attendance, file, &["activity", "participant"], &rows);
    let tables = vec![presences("sucy.xlsx"), presences("paris.xlsx")];
    assert_eq!(counted(tables).1, [12, 12]);
    // But with the same people by their names, the files are two versions of one.
    let people: &[&[&str]] = &[
        &["P0", "Martin", "Zoé", "1990"],
        &["P1", "Durand", "Ali", "1984"],
        &["P2", "Lefèvre", "Anne", "1971"],
    ];
    let list = |file| {
        table(TableId::Participants, file, &["id", "last_name", "first_name", "birth_year"], people)
    };
    let tables = vec![presences("a.xlsx"), list("a.xlsx"), presences("b.xlsx"), list("b.xlsx")];
    assert_eq!(counted(tables).1, [12, 3, 0, 0]);
    // Then even a sheet of one row is.
    let tables = vec![
        hours("a.xlsx", 0..1),
        list("a.xlsx"),
        hours("b.xlsx", 0..1),
        list("b.xlsx"),
        hours("c.xlsx", 0..1),
    ];
    assert_eq!(counted(tables).1, [1, 3, 0, 0, 1]);
}

#[test]
fn edited_versions_are_said_and_both_read() {
    let version = |file, word: &str| {
        let rows: Vec<[String; 3]> = (0..8)
            .map(|i| [format!("A{i}"), format!("2026-03-{:02}", i + 1), format!("{word} {i}")])
            .collect();
        let rows: Vec<Vec<&str>> =
            rows.iter().map(|r| r.iter().map(String::as_str).collect()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        table(TableId::Activities, file, &["id", "date", "title"], &rows)
    };
    let tables = vec![version("a.csv", "Atelier"), version("b.csv", "Stand")];
    assert_eq!(counted(tables), (vec!["table-en-double"], vec![8, 8]));
}

#[test]
fn monthly_exports_that_each_hold_the_one_before_count_once() {
    let exports: Vec<RawTable> =
        (1..=12).map(|i| hours(&format!("{i:02}.csv"), 0..10 * i)).collect();
    let (_, kept) = counted(exports);
    assert_eq!(kept.iter().sum::<usize>(), 120, "{kept:?}");
}
