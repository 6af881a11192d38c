//! Workbooks as Excel writes them: texts are shared strings, dates are numbers with a format.

use anyhow::{Context as _, Error, Result};
use chrono::{Datelike as _, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::path::Path;

/// What writing gives.
pub(super) type Written = std::result::Result<(), XlsxError>;

/// Writes a workbook, always the same bytes for the same cells.
pub(super) fn save(path: &Path, fill: impl FnOnce(&mut Workbook) -> Written) -> Result<()> {
    let made = || -> std::result::Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let created = ExcelDateTime::from_ymd(2026, 10, 1)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&created));
        fill(&mut book)?;
        book.save_to_buffer()
    };
    let bytes = made().with_context(|| format!("{} ne s’écrit pas", path.display()))?;
    bilan::files::write(path, &bytes).map_err(Error::msg)
}

/// A cell.
pub(super) enum Cell<'a> {
    /// Nothing typed.
    Empty,
    /// A text.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A date.
    Day(NaiveDate),
}

/// A sheet being written, row after row.
pub(super) struct Page<'a> {
    sheet: &'a mut Worksheet,
    day: Format,
    next: u32,
}

impl<'a> Page<'a> {
    /// A new sheet and its headers.
    pub(super) fn new(
        book: &'a mut Workbook,
        name: &str,
        headers: &[&str],
    ) -> std::result::Result<Self, XlsxError> {
        let day = Format::new().set_num_format("dd/mm/yyyy");
        let mut page = Self { sheet: book.add_worksheet().set_name(name)?, day, next: 0 };
        let headers: Vec<Cell<'_>> = headers.iter().map(|header| Cell::Text(header)).collect();
        page.row(&headers)?;
        Ok(page)
    }

    /// The next row.
    pub(super) fn row(&mut self, cells: &[Cell<'_>]) -> Written {
        for (column, cell) in (0_u16..).zip(cells) {
            let (sheet, row) = (&mut *self.sheet, self.next);
            match cell {
                Cell::Empty => sheet,
                Cell::Text(text) => sheet.write_string(row, column, *text)?,
                Cell::Number(number) => sheet.write_number(row, column, *number)?,
                Cell::Day(day) => {
                    let year = u16::try_from(day.year()).unwrap_or_default();
                    let day = ExcelDateTime::from_ymd(year, day.month() as u8, day.day() as u8)?;
                    sheet.write_date_with_format(row, column, &day, &self.day)?
                }
            };
        }
        self.next += 1;
        Ok(())
    }
}
