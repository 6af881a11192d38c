//! Sheets of one table → one [`Frame`]; what is left out, and why.

use super::cell::{self, Parsed, Typed};
use super::group::grouped;
use super::{Column, Frame, Reading, Source, Tables, code, sensitive, total};
use crate::finding::{Finding, Place};
use crate::ingest::{Ingested, LeftOut, RawTable, Row, Value};
use crate::schema::{ColumnSpec, Kind, TableId};
use crate::settings::Settings;
use crate::texts::mask::mask;
use std::collections::{BTreeMap, BTreeSet};

/// Types every sheet read. Sheets of one table make one frame, in the order given.
pub fn build(ingested: &Ingested, _settings: &Settings) -> (Tables, Vec<Finding>) {
    let mut tables = Tables::default();
    let mut findings = Vec::new();
    let mut seen: BTreeMap<TableId, BTreeSet<String>> = BTreeMap::new();
    for raw in &ingested.tables {
        let told = ingested.findings.iter().any(|f| {
            f.code == "colonne-absente" && f.place.file == raw.file && f.place.sheet == raw.sheet
        });
        let frame = tables.remove(raw.table).unwrap_or_else(|| Frame::empty(raw.table.spec()));
        let first = frame.len();
        let mut sheet = SheetReader::new(raw, frame, seen.entry(raw.table).or_default());
        sheet.read_all(told);
        findings.append(&mut grouped(sheet.findings));
        findings.append(&mut sensitive::columns(raw, ingested));
        let total = total::from(&sheet.frame, first);
        tables.readings.push(Reading { total, ..reading(raw, &sheet.left_out) });
        tables.insert(sheet.frame);
    }
    (tables, findings)
}

fn reading(raw: &RawTable, left_out: &BTreeMap<&'static str, usize>) -> Reading {
    let mut reasons = left_out.clone();
    for (_, reason) in &raw.left_out {
        *reasons.entry(reason.code()).or_default() += 1;
    }
    Reading {
        file: raw.file.to_string(),
        sheet: raw.sheet.to_string(),
        table: raw.table,
        header_row: raw.header_row,
        read: raw.rows.len() + raw.left_out.len(),
        kept: raw.rows.len() - left_out.values().sum::<usize>(),
        left_out: reasons,
        columns: columns(raw),
        total: None,
    }
}

/// Columns of a sheet, each once: header as typed, header of the schema.
fn columns(raw: &RawTable) -> Vec<(String, &'static str)> {
    let known = |id: &str| raw.table.spec().column(id).map(|column| column.header);
    raw.columns.iter().filter_map(|c| Some((c.header.clone(), known(c.id)?))).collect()
}

/// A column of the sheet being read: where its cells are, and what fills the empty ones.
struct Feed {
    column: &'static ColumnSpec,
    indices: Vec<usize>,
    constant: Option<Value>,
}

impl Feed {
    fn value<'a>(&'a self, row: &'a Row) -> &'a Value {
        let mut cells = self.indices.iter().filter_map(|i| row.cells.get(*i));
        cells.find(|v| !is_blank(v)).or(self.constant.as_ref()).unwrap_or(&Value::Empty)
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Empty => true,
        Value::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}

struct SheetReader<'a> {
    raw: &'a RawTable,
    feeds: Vec<Feed>,
    frame: Frame,
    seen: &'a mut BTreeSet<String>,
    findings: Vec<Finding>,
    left_out: BTreeMap<&'static str, usize>,
    labels: BTreeMap<(&'static str, String), Parsed>,
}

impl<'a> SheetReader<'a> {
    fn new(raw: &'a RawTable, mut frame: Frame, seen: &'a mut BTreeSet<String>) -> Self {
        let spec = raw.table.spec();
        let mut feeds = Vec::new();
        let mut places = BTreeMap::new();
        for column in spec.columns {
            let indices: Vec<usize> = raw
                .columns
                .iter()
                .filter(|c| c.id == column.id)
                .map(|c| c.index as usize)
                .collect();
            let constant =
                raw.constants.get(column.id).map(|text| Value::Text(text.as_str().into()));
            if let Some(first) = raw.columns.iter().find(|c| c.id == column.id) {
                places.insert(column.id, first.index);
            }
            if !indices.is_empty() || constant.is_some() {
                let rows = frame.rows.len();
                frame.columns.entry(column.id).or_insert_with(|| empty(column.kind, rows));
                feeds.push(Feed { column, indices, constant });
            }
        }
        frame.sources.push(Source {
            file: raw.file.clone(),
            sheet: raw.sheet.clone(),
            columns: places,
        });
        Self {
            raw,
            feeds,
            frame,
            seen,
            findings: Vec::new(),
            left_out: BTreeMap::new(),
            labels: BTreeMap::new(),
        }
    }

    fn read_all(&mut self, absence_told: bool) {
        let absent: Vec<_> = self
            .frame
            .spec
            .columns
            .iter()
            .filter(|c| c.required && !self.feeds.iter().any(|f| f.column.id == c.id))
            .collect();
        if !absent.is_empty() {
            if !absence_told {
                let place = Place::sheet(self.raw.file.clone(), self.raw.sheet.clone());
                let headers: Vec<_> = absent.iter().map(|column| column.header).collect();
                self.findings.push(
                    Finding::new("colonne-absente", place, "")
                        .with("colonnes", headers.join(", "))
                        .with("table", self.frame.spec.sheet)
                        .with("source", ""),
                );
            }
            *self.left_out.entry(LeftOut::Blocking.code()).or_default() += self.raw.rows.len();
            return;
        }
        for row in &self.raw.rows {
            if let Err(reason) = self.read_row(row) {
                *self.left_out.entry(reason.code()).or_default() += 1;
            }
        }
        // Columns that only other sheets have.
        let rows = self.frame.rows.len();
        for column in self.frame.columns.values_mut() {
            pad(column, rows);
        }
    }

    fn read_row(&mut self, row: &Row) -> Result<(), LeftOut> {
        let feeds = std::mem::take(&mut self.feeds);
        let result = self.type_row(&feeds, row);
        let result = result.and_then(|values| self.keep(&feeds, row, values));
        self.feeds = feeds;
        result
    }

    fn type_row(&mut self, feeds: &[Feed], row: &Row) -> Result<Vec<Option<Typed>>, LeftOut> {
        let mut values = Vec::with_capacity(feeds.len());
        let mut blocked = false;
        for feed in feeds {
            let value = feed.value(row);
            let (typed, code) = match self.parse(feed.column, value) {
                Parsed::Empty => (None, feed.column.required.then_some("valeur-requise")),
                Parsed::Value(typed) => (Some(typed), None),
                Parsed::Odd(typed, code) => (Some(typed), Some(code)),
                Parsed::Bad(code) => (None, Some(unusable(feed.column, code))),
            };
            if let Some(code) = code {
                self.findings.push(self.finding(code, feed, row.number, value));
            }
            blocked |= typed.is_none() && feed.column.required;
            values.push(typed);
        }
        if blocked { Err(LeftOut::Blocking) } else { Ok(values) }
    }

    /// Labels repeat down a column: each spelling is looked up once.
    fn parse(&mut self, column: &'static ColumnSpec, value: &Value) -> Parsed {
        if !matches!(column.kind, Kind::Choice(_) | Kind::Choices(_)) {
            return cell::read(column, value);
        }
        let key = (column.id, format!("{value:?}"));
        self.labels.entry(key).or_insert_with(|| cell::read(column, value)).clone()
    }

    fn finding(&self, code: &'static str, feed: &Feed, row: u32, value: &Value) -> Finding {
        let place = Place {
            file: self.raw.file.clone(),
            sheet: self.raw.sheet.clone(),
            row: Some(row),
            column: feed.indices.first().and_then(|i| u32::try_from(*i).ok()),
        };
        let read = match value {
            Value::Empty => String::new(),
            // Whatever is typed in a table about people may be a name, or worse.
            _ if feed.column.personal || self.frame.spec.people => "•••".to_string(),
            // Masked before it is cut: half a number still tells.
            value => shortened(mask(code::text(value))),
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

    fn keep(
        &mut self,
        feeds: &[Feed],
        row: &Row,
        values: Vec<Option<Typed>>,
    ) -> Result<(), LeftOut> {
        if !self.frame.spec.key.is_empty() {
            // The id or the name of a person means somebody else in another file.
            let file = if self.frame.spec.people { &*self.raw.file } else { "" };
            let cells: String = feeds
                .iter()
                .zip(&values)
                .filter_map(|(f, v)| v.as_ref().map(|v| format!("{}={v:?}\u{1f}", f.column.id)))
                .collect();
            if !self.seen.insert(format!("{file}\u{1e}{cells}")) {
                let place = Place {
                    file: self.raw.file.clone(),
                    sheet: self.raw.sheet.clone(),
                    row: Some(row.number),
                    column: None,
                };
                self.findings.push(Finding::new("ligne-double", place, ""));
                return Err(LeftOut::Duplicate);
            }
        }
        for (feed, value) in feeds.iter().zip(values) {
            if let Some(column) = self.frame.columns.get_mut(feed.column.id) {
                push(column, value);
            }
        }
        let source = u32::try_from(self.frame.sources.len() - 1).unwrap_or(u32::MAX);
        self.frame.rows.push((source, row.number));
        Ok(())
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
        _ if column.required => "valeur-requise",
        code => code,
    }
}

fn empty(kind: Kind, rows: usize) -> Column {
    match kind {
        Kind::Text | Kind::Code | Kind::Commune | Kind::Siret | Kind::Rna | Kind::Choice(_) => {
            Column::Text(vec![None; rows])
        }
        Kind::Number | Kind::Integer | Kind::Year => Column::Number(vec![None; rows]),
        Kind::Money => Column::Money(vec![None; rows]),
        Kind::Date => Column::Date(vec![None; rows]),
        Kind::Span => Column::Span(vec![None; rows]),
        Kind::Flag => Column::Flag(vec![None; rows]),
        Kind::List | Kind::Choices(_) => Column::List(vec![Vec::new(); rows]),
    }
}

fn pad(column: &mut Column, rows: usize) {
    match column {
        Column::Text(v) => v.resize(rows, None),
        Column::Number(v) => v.resize(rows, None),
        Column::Money(v) => v.resize(rows, None),
        Column::Date(v) => v.resize(rows, None),
        Column::Span(v) => v.resize(rows, None),
        Column::Flag(v) => v.resize(rows, None),
        Column::List(v) => v.resize(rows, Vec::new()),
    }
}

fn push(column: &mut Column, value: Option<Typed>) {
    match (column, value) {
        (Column::Text(v), Some(Typed::Text(x))) => v.push(Some(x)),
        (Column::Number(v), Some(Typed::Number(x))) => v.push(Some(x)),
        (Column::Money(v), Some(Typed::Money(x))) => v.push(Some(x)),
        (Column::Date(v), Some(Typed::Date(x))) => v.push(Some(x)),
        (Column::Span(v), Some(Typed::Span(a, b))) => v.push(Some((a, b))),
        (Column::Flag(v), Some(Typed::Flag(x))) => v.push(Some(x)),
        (Column::List(v), Some(Typed::List(x))) => v.push(x),
        (column, _) => {
            let rows = length(column) + 1;
            pad(column, rows);
        }
    }
}

fn length(column: &Column) -> usize {
    match column {
        Column::Text(v) => v.len(),
        Column::Number(v) => v.len(),
        Column::Money(v) => v.len(),
        Column::Date(v) => v.len(),
        Column::Span(v) => v.len(),
        Column::Flag(v) => v.len(),
        Column::List(v) => v.len(),
    }
}

#[cfg(test)]
mod tests;
