//! A workbook before it has a format.

use super::days::Date;

/// First line of every sheet of every file.
pub(crate) const NOTICE: &str = "DONNÉES FICTIVES — programme d'exemple";

/// A cell.
#[derive(Clone)]
pub(crate) enum Cell {
    Empty,
    Text(String),
    Number(f64),
    /// Cents.
    Euro(i64),
    Day(Date),
}

pub(crate) fn text(text: impl Into<String>) -> Cell {
    let text = text.into();
    if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
}

pub(crate) fn number(value: impl Into<f64>) -> Cell {
    Cell::Number(value.into())
}

/// A whole number, or nothing.
pub(crate) fn count(value: Option<i64>) -> Cell {
    value.map_or(Cell::Empty, |n| Cell::Number(n as f64))
}

/// Half hours, in hours.
pub(crate) fn hours(half_hours: i64) -> Cell {
    Cell::Number(half_hours as f64 / 2.0)
}

pub(crate) fn when(date: Option<Date>) -> Cell {
    date.map_or(Cell::Empty, Cell::Day)
}

pub(crate) fn yes(flag: bool) -> Cell {
    text(if flag { "oui" } else { "non" })
}

/// What a row is for, which decides its looks.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Look {
    Notice,
    Title,
    Banner,
    Header,
    Body,
    Total,
}

/// A row.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) look: Look,
    pub(crate) cells: Vec<Cell>,
}

/// A sheet.
#[derive(Clone)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    /// Width of each column, in characters.
    pub(crate) widths: Vec<f64>,
    pub(crate) rows: Vec<Row>,
}

impl Sheet {
    /// A sheet that opens with the notice.
    pub(crate) fn new(name: &str) -> Self {
        let mut sheet = Self { name: name.to_owned(), widths: Vec::new(), rows: Vec::new() };
        sheet.line(Look::Notice, NOTICE);
        sheet
    }

    /// A row of one text.
    pub(crate) fn line(&mut self, look: Look, content: &str) {
        self.rows.push(Row { look, cells: vec![text(content)] });
    }

    pub(crate) fn blank(&mut self) {
        self.rows.push(Row { look: Look::Body, cells: Vec::new() });
    }

    /// The header; a width follows each name.
    pub(crate) fn header(&mut self, columns: &[(&str, f64)]) {
        self.widths = columns.iter().map(|(_, width)| *width).collect();
        let cells = columns.iter().map(|(name, _)| text(*name)).collect();
        self.rows.push(Row { look: Look::Header, cells });
    }

    pub(crate) fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(Row { look: Look::Body, cells });
    }

    pub(crate) fn total(&mut self, cells: Vec<Cell>) {
        self.rows.push(Row { look: Look::Total, cells });
    }

    /// Place of the first header.
    pub(crate) fn header_at(&self) -> usize {
        self.rows.iter().position(|row| row.look == Look::Header).unwrap_or(0)
    }
}
