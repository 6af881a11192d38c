//! Attendance kept as a cross table: people in rows, activities in columns, a mark where they meet.

use super::bind::Draft;
use super::header::Header;
use super::mark::{Mark, mark};
use super::people::full_name;
use super::rule::constants;
use super::{RawColumn, RawTable, Row, Sheet, Value, body, line, totals};
use crate::schema::TableId;
use crate::schema::vocabulary::{self, squash};
use crate::settings::SourceRule;
use crate::texts::fold;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Rows searched for the row of activities.
const SEARCHED: usize = 30;

/// Rows under the header that may hold the dates of the activities.
const UNDER: usize = 4;

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
    /// The activities of a form are the answers to one question, `activites/A1`, `activites/A2`: the
    /// one with most answers. The other columns of marks are other questions.
    fn keep_one_question(&mut self) {
        let question =
            |column: &u32| self.texts.get(*column as usize).and_then(|text| text.rsplit_once('/'));
        let mut answers: BTreeMap<&str, usize> = BTreeMap::new();
        for (question, _) in self.activities.iter().filter_map(question) {
            *answers.entry(question).or_default() += 1;
        }
        let Some(most) = answers.values().copied().max().filter(|most| *most >= 2) else { return };
        let Some(asked) = answers.into_iter().find(|(_, n)| *n == most).map(|(q, _)| q) else {
            return;
        };
        let (kept, other): (Vec<u32>, Vec<u32>) =
            self.activities.iter().partition(|c| question(c).is_some_and(|(q, _)| q == asked));
        let others = other.iter().map(|c| (*c, self.header(*c).to_owned()));
        let others: Vec<_> = others.collect();
        let answers = kept.iter().map(|c| (*c, line::field(self.header(*c)).to_owned()));
        let answers: Vec<_> = answers.collect();
        for (column, answer) in answers {
            if let Some(text) = self.texts.get_mut(column as usize) {
                *text = answer;
            }
        }
        self.unknown.extend(others);
        self.unknown.sort_unstable();
        self.activities = kept;
    }

    fn header(&self, column: u32) -> &str {
        self.texts.get(column as usize).map_or("", String::as_str)
    }

    /// Days of the activities, from a row of dates just above the header or under it.
    fn dates(&self, sheet: &Sheet) -> BTreeMap<u32, Value> {
        let above = self.at.checked_sub(1).and_then(|at| sheet.rows.get(at));
        let under = sheet.rows.iter().skip(self.at + 1);
        let under = under.take_while(|row| self.person.of(row).is_blank()).take(UNDER);
        let mut rows = above.into_iter().chain(under).map(|row| -> BTreeMap<u32, Value> {
            let cells = self.activities.iter().map(|column| (*column, row.cell(*column)));
            cells.filter(|(_, cell)| is_day(cell)).map(|(c, cell)| (c, cell.clone())).collect()
        });
        rows.find(|days| days.len() * 2 >= self.activities.len()).unwrap_or_default()
    }

    /// The column is an activity.
    pub(super) fn has(&self, column: u32) -> bool {
        self.activities.contains(&column)
    }
}

/// A date, or a text of three numbers: `12/01` says no year and is no day.
fn is_day(cell: &Value) -> bool {
    match cell {
        Value::Date(_) => true,
        Value::Text(text) => {
            let parts: Vec<&str> = text.trim().split(['/', '-', '.']).collect();
            parts.len() == 3 && parts.iter().all(|part| part.parse::<u16>().is_ok())
        }
        _ => false,
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
    let form = line::is_form(&texts);
    let names: Vec<&str> =
        texts.iter().map(|text| if form { line::field(text) } else { text }).collect();
    let person = find_person(&names)?;
    let people = TableId::Participants.spec();
    let rows: Vec<&Row> = sheet
        .rows
        .iter()
        .skip(at + 1)
        .filter(|row| !person.of(row).is_blank() && !totals::is_total(row, 0))
        .collect();
    let (mut activities, mut unknown, mut marked) = (Vec::new(), Vec::new(), 0);
    for (text, column) in texts.iter().zip(0_u32..).filter(|(text, _)| !text.is_empty()) {
        let is_person = column == person.column || Some(column) == person.first;
        let name = names.get(column as usize).copied().unwrap_or_default();
        if is_person || vocabulary::column(people, name).is_some() {
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
    let mut wide = Wide { at, unknown, texts, person, activities };
    if form {
        wide.keep_one_question();
    }
    (marked >= 2).then_some(wide)
}

/// The column of people: whole names or identifiers first, else `Nom` with `Prénom`.
fn find_person(texts: &[&str]) -> Option<Person> {
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
    let header = |column: u32| wide.header(column).to_owned();
    let dates = wide.dates(&sheet);
    let activity = wide.activities.first().copied().unwrap_or_default();
    let role = wide.activities.get(1).copied().unwrap_or(activity + 1);
    let date = wide.activities.get(2).copied().unwrap_or(role + 1);
    let mut columns = vec![
        RawColumn {
            id: "participant",
            header: header(wide.person.column),
            index: wide.person.column,
        },
        RawColumn { id: "activity", header: header(activity), index: activity },
        RawColumn { id: "role", header: header(role), index: role },
    ];
    if !dates.is_empty() {
        columns.push(RawColumn { id: "date", header: header(date), index: date });
    }
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
            if let Some(day) = dates.get(column) {
                one.put(date, day.clone());
            }
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
            matches!(id, "participant" | "activity" | "role") || (id == "date" && !dates.is_empty())
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
