//! Small questions asked of cells and rows before they are typed.

use super::{Row, Value};
use std::borrow::Cow;

impl Value {
    /// Nothing, or only spaces.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.chars().all(char::is_whitespace),
            _ => false,
        }
    }

    /// The cell as a person would read it aloud; dates in ISO, whole numbers without decimals.
    pub fn shown(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text.trim()),
            Self::Error(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Flag(true) => Cow::Borrowed("VRAI"),
            Self::Flag(false) => Cow::Borrowed("FAUX"),
            Self::Date(date) => Cow::Owned(date.format("%Y-%m-%d").to_string()),
        }
    }

    /// Text that is not blank.
    pub(super) fn words(&self) -> Option<&str> {
        match self {
            Self::Text(text) if !text.trim().is_empty() => Some(text.trim()),
            _ => None,
        }
    }
}

impl Row {
    /// The cell of a column; empty past the end of the row.
    pub fn cell(&self, column: u32) -> &Value {
        static EMPTY: Value = Value::Empty;
        self.cells.get(column as usize).unwrap_or(&EMPTY)
    }

    /// Cells that hold something, with their column.
    pub(super) fn filled(&self) -> impl Iterator<Item = (u32, &Value)> {
        self.cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.is_blank())
            .map(|(i, cell)| (u32::try_from(i).unwrap_or(u32::MAX), cell))
    }

    /// How many cells hold something.
    pub(super) fn filled_count(&self) -> usize {
        self.filled().count()
    }

    /// Nothing in it.
    pub(super) fn is_blank(&self) -> bool {
        self.cells.iter().all(Value::is_blank)
    }

    /// Puts a value in a column, growing the row.
    pub(super) fn put(&mut self, column: u32, value: Value) {
        let column = column as usize;
        if self.cells.len() <= column {
            self.cells.resize(column + 1, Value::Empty);
        }
        self.cells[column] = value;
    }
}
