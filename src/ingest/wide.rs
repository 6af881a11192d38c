//! Attendance kept as a cross table: people in rows, activities in columns, a mark where they meet.

use super::bind::{Draft, full_name};
use super::body;
use super::header::Header;
use super::rule::constants;
use super::{RawColumn, RawTable, Row, Sheet, Value};
use crate::schema::vocabulary::{self, squash};
use crate::schema::{Choice, Kind, TableId};
use crate::settings::SourceRule;
use crate::texts::fold;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

/// Rows searched for the row of activities.
const SEARCHED: usize = 30;

/// Longer texts are no marks.
const LONGEST: usize = 24;

/// Marks that say present, without a role. `✓` and the like fold to nothing and are listed apart.
const PRESENT: &[&str] = &["x", "1", "oui", "ok", "vrai", "present", "presente", "v"];
const TICKS: &[char] = &['✓', '✔', '☑', '×', '✗', '●', '•'];

/// Marks that say absent.
const ABSENT: &[&str] =
    &["0", "non", "absent", "absente", "ab", "abs", "faux", "excuse", "excusee", "n"];

/// Headers of a column that holds whole names.
const WHOLE_NAMES: &[&str] =
    &["nomprenom", "nometprenom", "prenomnom", "prenometnom", "nomcomplet"];

/// A cross table found in a sheet.
#[derive(Debug)]
pub(super) struct Wide {
    /// Place of the header among the rows of the sheet.
    pub at: usize,
    /// Columns that belong to nothing.
    pub unknown: Vec<(u32, String)>,
    texts: Vec<String>,
    person: Person,
    activities: Vec<u32>,
}

impl Wide {
    /// The column is an activity.
    pub(super) fn has(&self, column: u32) -> bool {
        self.activities.contains(&column)
    }
}

/// Where the people are.
#[derive(Debug, Clone, Copy)]
struct Person {
    column: u32,
    /// First names, when in a column of their own.
    first: Option<u32>,
}

impl Person {
    fn of(self, row: &Row) -> Value {
        match self.first {
            Some(first) => full_name(row.cell(self.column), row.cell(first)),
            None => row.cell(self.column).clone(),
        }
    }
}

/// What a cell of the cross says.
#[derive(Debug, PartialEq)]
enum Mark {
    Absent,
    /// Present, with the role if the mark tells it.
    Present(Value),
    /// Something else.
    Other,
}

fn mark(cell: &Value) -> Mark {
    let text = match cell {
        Value::Empty => return Mark::Absent,
        Value::Flag(present) => {
            return if *present { Mark::Present(Value::Empty) } else { Mark::Absent };
        }
        Value::Text(text) => text.trim(),
        Value::Number(_) => "",
        Value::Date(_) | Value::Error(_) => return Mark::Other,
    };
    let shown = cell.shown();
    if matches!(text, "-" | "–" | "—" | "/") || (cell.is_blank()) {
        return Mark::Absent;
    }
    if text.chars().next().is_some_and(|c| TICKS.contains(&c)) {
        return Mark::Present(Value::Empty);
    }
    if shown.len() > LONGEST {
        return Mark::Other;
    }
    let folded = fold(&shown);
    if ABSENT.contains(&folded.as_str()) {
        Mark::Absent
    } else if PRESENT.contains(&folded.as_str()) {
        Mark::Present(Value::Empty)
    } else if ROLES.contains(&folded) {
        Mark::Present(cell.clone())
    } else {
        Mark::Other
    }
}

/// Roles of the schema, whole or as their letter, folded.
static ROLES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let Some(Kind::Choice(roles)) = TableId::Attendance.spec().column("role").map(|c| c.kind)
    else {
        return BTreeSet::new();
    };
    let names =
        |role: &'static Choice| std::iter::once(role.label).chain(role.aliases.iter().copied());
    roles.iter().flat_map(names).map(fold).collect()
});

/// Finds a cross table. `named`: the sheet is called so, which asks for less proof.
pub(super) fn detect(sheet: &Sheet, named: bool, header_row: Option<u32>) -> Option<Wide> {
    let mut best: Option<Wide> = None;
    for (at, row) in sheet.rows.iter().enumerate().take(SEARCHED) {
        if header_row.is_some_and(|wanted| wanted != row.number) {
            continue;
        }
        let Some(found) = try_row(sheet, at, row) else { continue };
        if best.as_ref().is_none_or(|best| found.activities.len() > best.activities.len()) {
            best = Some(found);
        }
    }
    best.filter(|wide| wide.activities.len() >= if named { 2 } else { 3 })
}

fn try_row(sheet: &Sheet, at: usize, row: &Row) -> Option<Wide> {
    let texts: Vec<String> = row.cells.iter().map(|cell| cell.shown().into_owned()).collect();
    let person = find_person(&texts)?;
    let people = TableId::Participants.spec();
    let rows: Vec<&Row> = sheet
        .rows
        .iter()
        .skip(at + 1)
        .filter(|row| !person.of(row).is_blank() && !body::is_total(row, 0))
        .collect();
    let (mut activities, mut unknown, mut marked) = (Vec::new(), Vec::new(), 0);
    for (text, column) in texts.iter().zip(0_u32..).filter(|(text, _)| !text.is_empty()) {
        let is_person = column == person.column || Some(column) == person.first;
        if is_person || vocabulary::column(people, text).is_some() {
            continue;
        }
        let is_sum =
            fold(text).split(' ').next().is_some_and(|w| matches!(w, "total" | "nb" | "nombre"));
        let (mut present, mut other) = (0_usize, 0_usize);
        for row in &rows {
            match mark(row.cell(column)) {
                Mark::Absent => {}
                Mark::Present(_) => present += 1,
                Mark::Other => other += 1,
            }
        }
        // An activity nobody came to is a column of blanks: kept beside others that have marks.
        if is_sum || other * 5 > present {
            unknown.push((column, text.clone()));
        } else {
            marked += usize::from(present > 0);
            activities.push(column);
        }
    }
    (marked >= 2).then_some(Wide { at, unknown, texts, person, activities })
}

/// The column of people: whole names or identifiers first, else `Nom` with `Prénom`.
fn find_person(texts: &[String]) -> Option<Person> {
    let find = |table: TableId, id: &str| {
        texts.iter().zip(0_u32..).find_map(|(text, column)| {
            let named = vocabulary::column(table.spec(), text).is_some_and(|(c, _)| c.id == id);
            named.then_some(column)
        })
    };
    let whole = texts
        .iter()
        .zip(0_u32..)
        .find_map(|(text, column)| WHOLE_NAMES.contains(&squash(text).as_str()).then_some(column));
    if let Some(column) = whole
        .or_else(|| find(TableId::Attendance, "participant"))
        .or_else(|| find(TableId::Participants, "id"))
    {
        return Some(Person { column, first: None });
    }
    let column = find(TableId::Participants, "last_name")?;
    Some(Person { column, first: find(TableId::Participants, "first_name") })
}

/// One row per mark: the participant, the activity of the column's header, the role of the mark.
/// The participant keeps its cell; activity and role are given the first columns of the cross.
pub(super) fn unpivot(mut sheet: Sheet, wide: Wide, rule: Option<&SourceRule>) -> Draft {
    let number = sheet.rows.get(wide.at).map_or(1, |row| row.number);
    let header = |column: u32| wide.texts.get(column as usize).cloned().unwrap_or_default();
    let activity = wide.activities.first().copied().unwrap_or_default();
    let role = wide.activities.get(1).copied().unwrap_or(activity + 1);
    let columns = vec![
        RawColumn {
            id: "participant",
            header: header(wide.person.column),
            index: wide.person.column,
        },
        RawColumn { id: "activity", header: header(activity), index: activity },
        RawColumn { id: "role", header: header(role), index: role },
    ];
    let shape = Header {
        table: TableId::Attendance,
        at: wide.at,
        upper: None,
        texts: wide.texts.clone(),
        columns: vec![],
        near: vec![],
        unknown: vec![],
        missing: vec![],
        named: true,
        score: 0,
    };
    let body = body::sort(std::mem::take(&mut sheet.rows), &shape, !sheet.name.is_empty());
    let mut left_out = body.left_out;
    let mut rows = Vec::new();
    let mut met = false;
    for row in &body.rows {
        let person = wide.person.of(row);
        // Rows above the first person say more about the activities: their date, their place.
        met |= !person.is_blank();
        if !met {
            left_out.push((row.number, super::LeftOut::Instruction));
            continue;
        }
        for column in &wide.activities {
            let said = match mark(row.cell(*column)) {
                Mark::Absent => continue,
                Mark::Present(role) => role,
                // Kept: the reading of values says that it is not understood.
                Mark::Other if !person.is_blank() => row.cell(*column).clone(),
                Mark::Other => continue,
            };
            let mut one = Row { number: row.number, cells: Vec::new() };
            one.put(wide.person.column, person.clone());
            one.put(activity, Value::Text(header(*column).into()));
            one.put(role, said);
            rows.push(one);
        }
    }
    left_out.sort_unstable();
    let raw = RawTable {
        table: TableId::Attendance,
        file: Arc::clone(&sheet.file),
        sheet: Arc::clone(&sheet.name),
        header_row: number,
        columns,
        constants: constants(TableId::Attendance, rule, |id| {
            matches!(id, "participant" | "activity" | "role")
        }),
        rows,
        left_out,
    };
    Draft { raw, derived: false }
}

#[cfg(test)]
mod tests {
    use super::super::bind;
    use super::super::header::test_sheet;
    use super::*;

    #[test]
    fn marks() {
        let text = |t: &str| mark(&Value::Text(t.into()));
        for present in ["x", "X", "✓", "oui", " x ", "1"] {
            assert_eq!(text(present), Mark::Present(Value::Empty), "{present}");
        }
        for absent in ["", "non", "-", "Excusée", "0"] {
            assert_eq!(text(absent), Mark::Absent, "{absent}");
        }
        assert_eq!(text("B"), Mark::Present(Value::Text("B".into())));
        assert_eq!(text("peut-être"), Mark::Other);
        assert_eq!(mark(&Value::Number(1.0)), Mark::Present(Value::Empty));
        assert_eq!(mark(&Value::Number(7.0)), Mark::Other);
    }

    #[test]
    fn people_in_rows_activities_in_columns() {
        let rows: &[&[&str]] = &[
            &["Présences 2026"],
            &["Nom", "Prénom", "A1", "A2", "A3", "Total"],
            &["", "", "12/01", "13/01", "14/01", ""],
            &["Martin", "Zoé", "x", "", "o", "2"],
            &["Durand", "Léo", "x", "1", "", "2"],
            &["Total", "", "2", "1", "1", "4"],
        ];
        let bound = bind::sheet(test_sheet("Présences", rows), false, false, &[]);
        let raw = &bound.tables[0].raw;
        assert_eq!((bound.tables.len(), raw.table), (1, TableId::Attendance));
        let index = |id: &str| raw.columns.iter().find(|c| c.id == id).unwrap().index;
        let told: Vec<_> = raw
            .rows
            .iter()
            .map(|row| {
                let cell = |id| row.cell(index(id)).shown().into_owned();
                (row.number, cell("participant"), cell("activity"), cell("role"))
            })
            .collect();
        let row = |n, who: &str, what: &str, role: &str| (n, who.into(), what.into(), role.into());
        assert_eq!(
            told,
            [
                row(4, "Martin Zoé", "A1", ""),
                row(4, "Martin Zoé", "A3", "o"),
                row(5, "Durand Léo", "A1", ""),
                row(5, "Durand Léo", "A2", ""),
            ]
        );
        use super::super::LeftOut::{Instruction, Title, Total};
        assert_eq!(raw.left_out, [(1, Title), (3, Instruction), (6, Total)]);
    }

    #[test]
    fn a_described_cross_table_feeds_the_people_too() {
        let rows: &[&[&str]] = &[
            &["Id", "Commune", "Genre", "A1", "A2", "A3"],
            &["P1", "Sucy", "F", "x", "", "x"],
            &["P2", "Sucy", "H", "x", "x", "x"],
        ];
        let bound = bind::sheet(test_sheet("Feuil1", rows), false, false, &[]);
        let tables: Vec<_> = bound.tables.iter().map(|d| (d.raw.table, d.raw.rows.len())).collect();
        assert_eq!(tables, [(TableId::Participants, 2), (TableId::Attendance, 5)]);
        assert!(bound.findings.is_empty());
    }
}
