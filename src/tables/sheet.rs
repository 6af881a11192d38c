//! One sheet → its rows, typed: what is left out, and why. Nothing here looks at another sheet, so
//! sheets are typed side by side.

use super::cell::{self, Parsed, Typed};
use super::memo::{self, Memo};
use super::{Column, Frame, Source, Words, code};
use crate::finding::{Finding, Place, SheetPath};
use crate::hashing::{hash_of, row_hash};
use crate::ingest::{LeftOut, RawTable, Row, Value};
use crate::schema::{ColumnSpec, Kind};
use crate::texts::mask::mask;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A sheet once typed.
pub(super) struct Sheet {
    /// Its rows.
    pub(super) frame: Frame,
    /// What each row says, as a number to find the same row elsewhere; empty when rows of the table may
    /// say the same.
    pub(super) rows: Vec<u128>,
    /// Findings, not yet grouped.
    pub(super) findings: Vec<Finding>,
    /// Rows left out, by reason code.
    pub(super) left_out: BTreeMap<&'static str, usize>,
}

/// What a cell gave: a value, and perhaps something to say of it.
#[derive(Clone)]
struct Answer {
    slot: Slot,
    finding: Option<&'static str>,
}

/// A typed value; a text is the code of a word.
#[derive(Clone)]
enum Slot {
    Empty,
    Word(u32),
    Other(Typed),
}

/// A column of the sheet being read: where its cells are, what fills the empty ones, what was read.
struct Feed {
    column: &'static ColumnSpec,
    indices: Vec<usize>,
    constant: Option<Value>,
    memo: Memo<Answer>,
    words: Words,
    /// Hash of each word, by code.
    hashes: Vec<u64>,
    values: Column,
}

impl Feed {
    fn value<'a>(&'a self, row: &'a Row) -> &'a Value {
        let mut cells = self.indices.iter().filter_map(|i| row.cells.get(*i));
        cells.find(|v| !v.is_blank()).or(self.constant.as_ref()).unwrap_or(&Value::Empty)
    }

    /// Reads the cell of a row. A text or number met before is not read again.
    fn read(&mut self, row: &Row) -> Answer {
        let value = self.value(row);
        let key = memo::key(value);
        if let Some(answer) = key.and_then(|key| self.memo.get(key)) {
            return answer.clone();
        }
        let parsed = cell::read(self.column, value);
        let answer = self.answer(parsed);
        if let Some(key) = key {
            self.memo.insert(key, answer.clone());
        }
        answer
    }

    fn answer(&mut self, parsed: Parsed) -> Answer {
        let required = self.column.required;
        let (typed, finding) = match parsed {
            Parsed::Empty => (None, required.then_some("valeur-requise")),
            Parsed::Value(typed) => (Some(typed), None),
            Parsed::Odd(typed, code) => (Some(typed), Some(code)),
            Parsed::Bad(code) => (None, Some(unusable(self.column, code))),
        };
        let slot = match typed {
            None => Slot::Empty,
            Some(Typed::Text(text)) => {
                self.hashes.push(hash_of(&*text));
                Slot::Word(self.words.learn(text))
            }
            Some(other) => Slot::Other(other),
        };
        Answer { slot, finding }
    }

    /// What a value says, whatever the sheet: its column and itself.
    fn hash(&self, slot: &Slot) -> u64 {
        match slot {
            Slot::Empty => 0,
            Slot::Word(code) => {
                self.hashes.get((*code as usize).wrapping_sub(1)).copied().unwrap_or(0)
            }
            Slot::Other(Typed::Number(number)) => hash_of(&number.to_bits()),
            Slot::Other(Typed::Money(cents)) => hash_of(cents),
            Slot::Other(Typed::Date(day)) => hash_of(day),
            Slot::Other(Typed::Span(from, to)) => hash_of(&(from, to)),
            Slot::Other(Typed::Flag(flag)) => hash_of(flag),
            Slot::Other(Typed::List(texts)) => hash_of(texts),
            Slot::Other(Typed::Text(text)) => hash_of(&**text),
        }
    }

    fn push(&mut self, slot: Slot) {
        match (&mut self.values, slot) {
            (Column::Text(_), Slot::Word(code)) => self.words.push(code),
            (Column::Text(_), _) => self.words.push(0),
            (Column::Number(v), Slot::Other(Typed::Number(x))) => v.push(Some(x)),
            (Column::Money(v), Slot::Other(Typed::Money(x))) => v.push(Some(x)),
            (Column::Date(v), Slot::Other(Typed::Date(x))) => v.push(Some(x)),
            (Column::Span(v), Slot::Other(Typed::Span(a, b))) => v.push(Some((a, b))),
            (Column::Flag(v), Slot::Other(Typed::Flag(x))) => v.push(Some(x)),
            (Column::List(v), Slot::Other(Typed::List(x))) => v.push(x),
            (column, _) => {
                let rows = column.len() + 1;
                column.pad(rows);
            }
        }
    }
}

/// Types a sheet. `absence_told`: reading has already said that it lacks a required column.
pub(super) fn read(raw: &RawTable, absence_told: bool) -> Sheet {
    let mut feeds = feeds(raw);
    let mut sheet = Sheet {
        frame: frame(raw),
        rows: Vec::new(),
        findings: Vec::new(),
        left_out: BTreeMap::new(),
    };
    if let Some(absent) = absent(raw, &feeds) {
        if !absence_told {
            sheet.findings.push(absent);
        }
        *sheet.left_out.entry(LeftOut::Blocking.code()).or_default() += raw.rows.len();
    } else {
        let mut answers = Vec::with_capacity(feeds.len());
        for row in &raw.rows {
            read_row(raw, row, &mut feeds, &mut answers, &mut sheet);
        }
    }
    for feed in feeds {
        let values = match feed.values {
            Column::Text(_) => Column::Text(feed.words),
            values => values,
        };
        sheet.frame.columns.insert(feed.column.id, values);
    }
    sheet
}

fn frame(raw: &RawTable) -> Frame {
    let spec = raw.table.spec();
    let first = |column: &ColumnSpec| {
        let place = raw.columns.iter().find(|c| c.id == column.id)?;
        Some((spec.column(column.id)?.id, place.index))
    };
    let mut frame = Frame::empty(spec);
    frame.sources.push(Source {
        at: Arc::new(SheetPath { file: raw.file.clone(), sheet: raw.sheet.clone() }),
        columns: spec.columns.iter().filter_map(first).collect(),
    });
    frame
}

/// The columns that the sheet has, or that a constant gives it.
fn feeds(raw: &RawTable) -> Vec<Feed> {
    let columns = raw.table.spec().columns.iter();
    let feeds = columns.map(|column| Feed {
        column,
        indices: raw
            .columns
            .iter()
            .filter(|c| c.id == column.id)
            .map(|c| c.index as usize)
            .collect(),
        constant: raw.constants.get(column.id).map(|text| Value::Text(text.as_str().into())),
        memo: Memo::default(),
        words: Words::default(),
        hashes: Vec::new(),
        values: Column::empty(column.kind, 0),
    });
    feeds.filter(|feed| !feed.indices.is_empty() || feed.constant.is_some()).collect()
}

/// The finding for required columns that the sheet lacks.
fn absent(raw: &RawTable, feeds: &[Feed]) -> Option<Finding> {
    let spec = raw.table.spec();
    let has = |column: &ColumnSpec| feeds.iter().any(|feed| feed.column.id == column.id);
    let absent: Vec<_> = spec.columns.iter().filter(|c| c.required && !has(c)).collect();
    let headers: Vec<_> = absent.iter().map(|column| column.header).collect();
    let place = Place::sheet(raw.file.clone(), raw.sheet.clone());
    (!absent.is_empty()).then(|| {
        Finding::new("colonne-absente", place, "")
            .with("colonnes", headers.join(", "))
            .with("table", spec.sheet)
            .with("source", "")
    })
}

fn read_row(
    raw: &RawTable,
    row: &Row,
    feeds: &mut [Feed],
    answers: &mut Vec<Answer>,
    sheet: &mut Sheet,
) {
    answers.clear();
    let mut blocked = false;
    for feed in &mut *feeds {
        let answer = feed.read(row);
        if let Some(code) = answer.finding {
            sheet.findings.push(finding(raw, code, feed, row));
        }
        blocked |= feed.column.required && matches!(answer.slot, Slot::Empty);
        answers.push(answer);
    }
    if blocked {
        *sheet.left_out.entry(LeftOut::Blocking.code()).or_default() += 1;
        return;
    }
    let spec = sheet.frame.spec;
    if !spec.key.is_empty() {
        // The id or the name of a person means somebody else in another file.
        let file = if spec.people { &*raw.file } else { "" };
        let said = feeds.iter().zip(&*answers).filter(|(_, a)| !matches!(a.slot, Slot::Empty));
        let cells = said.map(|(feed, answer)| (feed.column.id, feed.hash(&answer.slot)));
        sheet.rows.push(row_hash(file, cells));
    }
    for (feed, answer) in feeds.iter_mut().zip(answers.drain(..)) {
        feed.push(answer.slot);
    }
    sheet.frame.rows.push((0, row.number));
}

fn finding(raw: &RawTable, code: &'static str, feed: &Feed, row: &Row) -> Finding {
    let place = Place {
        file: raw.file.clone(),
        sheet: raw.sheet.clone(),
        row: Some(row.number),
        column: feed.indices.first().and_then(|i| u32::try_from(*i).ok()),
    };
    let read = match feed.value(row) {
        Value::Empty => String::new(),
        // Whatever is typed in a table about people may be a name, or worse.
        _ if feed.column.personal || raw.table.spec().people => "•••".to_string(),
        // Masked before it is cut: half a number still tells.
        value => shortened(mask(code::text(value).into_owned())),
    };
    let finding = Finding::new(code, place, read).with("colonne", feed.column.header);
    match feed.column.kind {
        Kind::Choice(choices) | Kind::Choices(choices) => {
            let labels: Vec<_> = choices.iter().map(|c| c.label).collect();
            finding.with("valeurs", labels.join(", "))
        }
        Kind::Flag => finding.with("valeurs", "oui, non"),
        _ => finding,
    }
}

/// Longest text quoted in a finding, in characters.
const QUOTED: usize = 120;

fn shortened(text: String) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}

/// A cell of which nothing can be made leaves its row out when the column is required, and only
/// itself when it is not: the code says which.
fn unusable(column: &ColumnSpec, code: &'static str) -> &'static str {
    match code {
        "date-impossible" | "date-illisible" if column.required => code,
        "date-impossible" | "date-illisible" => "date-ignoree",
        "valeur-inconnue" if column.required => "valeur-hors-liste",
        _ if column.required => "valeur-requise",
        code => code,
    }
}
