//! A typed table: one vector per column, an origin per row.
//!
//! Plain vectors rather than a dataframe library: the records behind them are read once, cell by cell,
//! by [`crate::identity`], and polars alone took 95 of the 399 seconds of processor time of a cold build.
//!
//! Columns are addressed by their schema id. Asking for an id the schema does not declare is a bug
//! and gives an empty column, which a test over [`crate::schema::TABLES`] would catch.

use crate::finding::{Origin, Place};
use crate::schema::TableSpec;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A column of values, all of one type; `None` = empty cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Column {
    /// Texts, codes and choices (canonical labels).
    Text(Vec<Option<Arc<str>>>),
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

/// A sheet some rows of the frame come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path below the inputs folder.
    pub file: Arc<str>,
    /// Sheet name; empty for delimited files.
    pub sheet: Arc<str>,
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

    /// Where a row was read.
    pub fn origin(&self, row: usize) -> Origin {
        let (source, number) = self.rows[row];
        let source = &self.sources[source as usize];
        Origin { file: source.file.clone(), sheet: source.sheet.clone(), row: number }
    }

    /// Where a cell was read.
    pub fn place(&self, row: usize, id: &str) -> Place {
        let (source, number) = self.rows[row];
        let source = &self.sources[source as usize];
        Place {
            file: source.file.clone(),
            sheet: source.sheet.clone(),
            row: Some(number),
            column: source.columns.get(id).copied(),
        }
    }

    /// A text, code or choice.
    pub fn text(&self, id: &str, row: usize) -> Option<&str> {
        match self.columns.get(id) {
            Some(Column::Text(values)) => values[row].as_deref(),
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
