//! Titles of blocks inside the data: a lone text over the rows it is about. They are left out and
//! said; when they can only be one column that the sheet lacks, they become that column.
//!
//! They are that column when the table lacks one required column of those written once per block, or
//! lacks no required column and just one such column of text: no other reading is then possible. Two
//! levels of titles, or rows before the first title, and they stay titles.

use super::body::Body;
use super::header::Header;
use super::{RawColumn, Value};
use crate::schema::{ColumnSpec, Kind};
use std::sync::Arc;

/// The title of a block.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Section {
    /// Its row.
    pub number: u32,
    /// What it says.
    pub text: Arc<str>,
}

/// Gives the titles of the blocks to the column they stand for. `given`: columns that have a
/// constant.
pub(super) fn adopt(
    header: &mut Header,
    body: &mut Body,
    given: impl Fn(&str) -> bool,
) -> Option<&'static ColumnSpec> {
    let column = stands_for(header, &given)?;
    let first = body.rows.first()?.number;
    if body.sections.first()?.number > first || has_two_levels(body) {
        return None;
    }
    let widest = body.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let index = u32::try_from(header.texts.len().max(widest)).unwrap_or(u32::MAX);
    let mut sections = body.sections.iter().peekable();
    let mut text = Value::Empty;
    for row in &mut body.rows {
        while let Some(section) = sections.next_if(|section| section.number < row.number) {
            text = Value::Text(Arc::clone(&section.text));
        }
        row.put(index, text.clone());
    }
    header.columns.push(RawColumn { id: column.id, header: String::new(), index });
    header.missing.retain(|missing| missing.id != column.id);
    Some(column)
}

/// The only column the titles can stand for.
fn stands_for(header: &Header, given: &impl Fn(&str) -> bool) -> Option<&'static ColumnSpec> {
    let lacking: Vec<&'static ColumnSpec> = header
        .table
        .spec()
        .columns
        .iter()
        .filter(|column| column.once && matches!(column.kind, Kind::Text | Kind::Code))
        .filter(|column| header.index(column.id).is_none() && !given(column.id))
        .collect();
    let (required, others): (Vec<_>, Vec<_>) =
        lacking.into_iter().partition(|column| column.required);
    match (required.as_slice(), others.as_slice()) {
        ([only], _) | ([], [only]) => Some(only),
        _ => None,
    }
}

/// A title directly under another, without a row between.
fn has_two_levels(body: &Body) -> bool {
    body.sections.windows(2).any(|pair| {
        let after = body.rows.partition_point(|row| row.number < pair[0].number);
        body.rows.get(after).is_none_or(|row| row.number > pair[1].number)
    })
}
