//! A typed table: one vector per column, an origin per row.
//!
//! Plain vectors rather than a dataframe library: the records behind them are read once, cell by cell,
//! by [`crate::identity`], and polars alone took 95 of the 399 seconds of processor time of a cold build.
//!
//! Columns are addressed by their schema id. Asking for an id the schema does not declare is a bug
//! and gives an empty column, which a test over [`crate::schema::TABLES`] would catch.

use super::Words;
use crate::finding::{Origin, Place, SheetPath};
use crate::schema::{Kind, TableSpec};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A column of values, all of one type; `None` = empty cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Column {
    /// Texts, codes and choices (canonical labels).
    Text(Words),
    /// Numbers.
    Number(Vec<Option<f64>>),
    /// Euros in cents.
    Money(Vec<Option<i64>>),
    /// Days.
    Date(Vec<Option<NaiveDate>>),
    /// First and last day.
    Span(Vec<Option<(NaiveDate, NaiveDate)>>),
    /// oui / non.
    Flag(Vec<Option<bool>>),
    /// Lists of texts; empty list = empty cell.
    List(Vec<Vec<Arc<str>>>),
}

impl Column {
    /// A column of empty cells.
    pub(super) fn empty(kind: Kind, rows: usize) -> Self {
        match kind {
            Kind::Text | Kind::Code | Kind::Commune | Kind::Siret | Kind::Rna | Kind::Choice(_) => {
                Self::Text(Words::empty(rows))
            }
            Kind::Number | Kind::Integer | Kind::Year => Self::Number(vec![None; rows]),
            Kind::Money => Self::Money(vec![None; rows]),
            Kind::Date => Self::Date(vec![None; rows]),
            Kind::Span => Self::Span(vec![None; rows]),
            Kind::Flag => Self::Flag(vec![None; rows]),
            Kind::List | Kind::Choices(_) => Self::List(vec![Vec::new(); rows]),
        }
    }

    /// Number of rows.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Text(v) => v.len(),
            Self::Number(v) => v.len(),
            Self::Money(v) => v.len(),
            Self::Date(v) => v.len(),
            Self::Span(v) => v.len(),
            Self::Flag(v) => v.len(),
            Self::List(v) => v.len(),
        }
    }

    /// Makes it as long as `rows`, with empty cells.
    pub(super) fn pad(&mut self, rows: usize) {
        match self {
            Self::Text(v) => v.pad(rows),
            Self::Number(v) => v.resize(rows, None),
            Self::Money(v) => v.resize(rows, None),
            Self::Date(v) => v.resize(rows, None),
            Self::Span(v) => v.resize(rows, None),
            Self::Flag(v) => v.resize(rows, None),
            Self::List(v) => v.resize(rows, Vec::new()),
        }
    }

    /// Adds the rows of the same column of another sheet.
    fn append(&mut self, other: Self) {
        match (self, other) {
            (Self::Text(v), Self::Text(o)) => v.append(&o),
            (Self::Number(v), Self::Number(o)) => v.extend(o),
            (Self::Money(v), Self::Money(o)) => v.extend(o),
            (Self::Date(v), Self::Date(o)) => v.extend(o),
            (Self::Span(v), Self::Span(o)) => v.extend(o),
            (Self::Flag(v), Self::Flag(o)) => v.extend(o),
            (Self::List(v), Self::List(o)) => v.extend(o),
            // Of one schema column, all sheets are of one kind.
            _ => {}
        }
    }

    /// Keeps the rows for which `keep` is true.
    fn retain(&mut self, keep: &[bool]) {
        fn kept<T>(values: &mut Vec<T>, keep: &[bool]) {
            let mut rows = keep.iter();
            values.retain(|_| rows.next().is_some_and(|keep| *keep));
        }
        match self {
            Self::Text(v) => v.retain(keep),
            Self::Number(v) => kept(v, keep),
            Self::Money(v) => kept(v, keep),
            Self::Date(v) => kept(v, keep),
            Self::Span(v) => kept(v, keep),
            Self::Flag(v) => kept(v, keep),
            Self::List(v) => kept(v, keep),
        }
    }
}

/// A sheet some rows of the frame come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The sheet.
    pub at: Arc<SheetPath>,
    /// Column of the sheet (from 0) of each schema column it has.
    pub columns: BTreeMap<&'static str, u32>,
}

/// A typed table.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Its declaration.
    pub spec: &'static TableSpec,
    /// Columns by schema id; a column no sheet has is absent.
    pub columns: BTreeMap<&'static str, Column>,
    /// Where rows come from.
    pub sources: Vec<Source>,
    /// Per row: index into `sources`, row number in the sheet.
    pub rows: Vec<(u32, u32)>,
}

impl Frame {
    /// A frame without rows.
    pub fn empty(spec: &'static TableSpec) -> Self {
        Self { spec, columns: BTreeMap::new(), sources: Vec::new(), rows: Vec::new() }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether any sheet has the column.
    pub fn has(&self, id: &str) -> bool {
        self.columns.contains_key(id)
    }

    /// Adds the rows of another frame of the same table.
    pub(super) fn append(&mut self, other: Self) {
        let before = self.rows.len();
        let sheets = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        self.rows.extend(other.rows.iter().map(|(sheet, row)| (sheet + sheets, *row)));
        self.sources.extend(other.sources);
        for (id, theirs) in other.columns {
            match self.columns.get_mut(id) {
                Some(ours) => ours.append(theirs),
                None => {
                    let kind = self.spec.column(id).map_or(Kind::Text, |column| column.kind);
                    let mut ours = Column::empty(kind, before);
                    ours.append(theirs);
                    self.columns.insert(id, ours);
                }
            }
        }
        // Columns that only other sheets have.
        let rows = self.rows.len();
        self.columns.values_mut().for_each(|column| column.pad(rows));
    }

    /// Keeps the rows for which `keep` is true.
    pub(super) fn retain(&mut self, keep: &[bool]) {
        self.columns.values_mut().for_each(|column| column.retain(keep));
        let mut rows = keep.iter();
        self.rows.retain(|_| rows.next().is_some_and(|keep| *keep));
    }

    /// The sheet a row was read from.
    fn source(&self, row: usize) -> &Source {
        &self.sources[self.rows[row].0 as usize]
    }

    /// Path of the file a row was read from.
    pub fn file(&self, row: usize) -> &Arc<str> {
        &self.source(row).at.file
    }

    /// Where a row was read.
    pub fn origin(&self, row: usize) -> Origin {
        Origin { at: self.source(row).at.clone(), row: self.rows[row].1 }
    }

    /// Where a cell was read.
    pub fn place(&self, row: usize, id: &str) -> Place {
        let column = self.source(row).columns.get(id).copied();
        Place { column, ..self.origin(row).place() }
    }

    /// A column of texts.
    pub fn words(&self, id: &str) -> Option<&Words> {
        match self.columns.get(id) {
            Some(Column::Text(words)) => Some(words),
            _ => None,
        }
    }

    /// A text, code or choice.
    pub fn text(&self, id: &str, row: usize) -> Option<&str> {
        match self.columns.get(id) {
            Some(Column::Text(words)) => words.get(row).map(|text| &**text),
            _ => None,
        }
    }

    /// A number.
    pub fn number(&self, id: &str, row: usize) -> Option<f64> {
        match self.columns.get(id) {
            Some(Column::Number(values)) => values[row],
            _ => None,
        }
    }

    /// An amount in cents.
    pub fn cents(&self, id: &str, row: usize) -> Option<i64> {
        match self.columns.get(id) {
            Some(Column::Money(values)) => values[row],
            _ => None,
        }
    }

    /// A day.
    pub fn date(&self, id: &str, row: usize) -> Option<NaiveDate> {
        match self.columns.get(id) {
            Some(Column::Date(values)) => values[row],
            _ => None,
        }
    }

    /// A span of days.
    pub fn span(&self, id: &str, row: usize) -> Option<(NaiveDate, NaiveDate)> {
        match self.columns.get(id) {
            Some(Column::Span(values)) => values[row],
            _ => None,
        }
    }

    /// A yes or no.
    pub fn flag(&self, id: &str, row: usize) -> Option<bool> {
        match self.columns.get(id) {
            Some(Column::Flag(values)) => values[row],
            _ => None,
        }
    }

    /// A list; empty when the cell is.
    pub fn list(&self, id: &str, row: usize) -> &[Arc<str>] {
        match self.columns.get(id) {
            Some(Column::List(values)) => &values[row],
            _ => &[],
        }
    }
}
