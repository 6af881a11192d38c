//! Stage 2: [`crate::ingest::RawTable`] → typed [`Frame`]s; every row keeps its origin.

mod build;
pub mod cell;
mod choice;
mod code;
mod date;
pub mod frame;
mod group;
mod memo;
mod number;
mod sensitive;
mod sheet;
mod total;
mod words;

pub use build::build;
pub use frame::{Column, Frame, Source};
pub(crate) use group::grouped;
pub use words::Words;

use crate::finding::SheetPath;
use crate::schema::{ColumnSpec, TableId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The day a text says, if it says one.
pub(crate) fn day(text: &str) -> Option<chrono::NaiveDate> {
    let period = date::period(text).ok()?;
    (period.first == period.last).then_some(period.first)
}

/// How one sheet was read, for `donnees/lecture.csv` and the report's annex.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Path below the inputs folder.
    pub file: String,
    /// Sheet name.
    pub sheet: String,
    /// Table it feeds.
    pub table: TableId,
    /// Row number of the header.
    pub header_row: u32,
    /// Data rows met under the header.
    pub read: usize,
    /// Rows kept.
    pub kept: usize,
    /// Rows left out, by reason code.
    pub left_out: BTreeMap<&'static str, usize>,
    /// Columns read, in sheet order: header as typed, header of the schema.
    pub columns: Vec<(String, &'static str)>,
    /// Header and sum in cents of the main amount, in tables of money.
    pub total: Option<(&'static str, i64)>,
}

/// A number of rows as it may be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// As it is.
    Exact(usize),
    /// Less than this many, and not none.
    Under(u64),
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Exact(n) => write!(f, "{n}"),
            Self::Under(least) => write!(f, "<{least}"),
        }
    }
}

impl Reading {
    /// Whether it holds rows about people, fewer than the threshold: how many is then secret.
    pub fn is_small(&self, least: u64) -> bool {
        let few = |rows: usize| (1..least).contains(&(rows as u64));
        self.table.spec().people && (few(self.read) || few(self.kept))
    }

    /// A number of its rows, under the threshold of people.
    pub fn count(&self, rows: usize, least: u64) -> Count {
        let few = self.is_small(least) && (1..least).contains(&(rows as u64));
        if few { Count::Under(least) } else { Count::Exact(rows) }
    }

    /// How many rows were left out; `None` when that would give away how many there are.
    pub fn count_left_out(&self, least: u64) -> Option<usize> {
        (!self.is_small(least)).then(|| self.left_out.values().sum())
    }
}

/// Every table given, typed.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    frames: BTreeMap<TableId, Frame>,
    /// How each sheet was read, in file and sheet order.
    pub readings: Vec<Reading>,
}

impl Tables {
    /// The frame of a table; `None` when no sheet gives it.
    pub fn get(&self, table: TableId) -> Option<&Frame> {
        self.frames.get(&table)
    }

    /// Every frame given, in table order.
    pub fn iter(&self) -> impl Iterator<Item = &Frame> {
        self.frames.values()
    }

    /// Adds or replaces a frame.
    pub fn insert(&mut self, frame: Frame) {
        self.frames.insert(frame.spec.id, frame);
    }

    /// Takes a frame out.
    pub fn remove(&mut self, table: TableId) -> Option<Frame> {
        self.frames.remove(&table)
    }

    /// Which tables are given.
    pub fn given(&self) -> BTreeSet<TableId> {
        self.frames.keys().copied().collect()
    }

    /// Every column of every frame, with what the schema says of it.
    pub(crate) fn columns_mut(
        &mut self,
    ) -> impl Iterator<Item = (&'static ColumnSpec, &mut Column)> {
        self.frames.values_mut().flat_map(|frame| {
            let specs = frame.spec.columns;
            frame.columns.iter_mut().filter_map(move |(id, column)| {
                Some((specs.iter().find(|spec| spec.id == *id)?, column))
            })
        })
    }

    /// Gives another name to the files and sheets of rows, where `new` has one.
    pub fn rename_sources(&mut self, new: impl Fn(&str) -> Option<String>) {
        let renamed = |name: &Arc<str>| new(name).map_or_else(|| Arc::clone(name), Arc::from);
        for source in self.frames.values_mut().flat_map(|frame| &mut frame.sources) {
            let SheetPath { file, sheet } = &*source.at;
            source.at = Arc::new(SheetPath { file: renamed(file), sheet: renamed(sheet) });
        }
    }

    /// Drops the columns for which `keep` is false.
    pub fn retain_columns(&mut self, keep: impl Fn(&ColumnSpec) -> bool) {
        for frame in self.frames.values_mut() {
            let spec = frame.spec;
            frame.columns.retain(|id, _| spec.column(id).is_some_and(&keep));
        }
    }
}

/// Default settings on 30 September 2026.
#[cfg(test)]
pub(crate) fn test_settings() -> crate::settings::Settings {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 9, 30).unwrap();
    crate::settings::Settings::new("inputs".into(), today)
}
