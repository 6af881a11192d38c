//! Modern Excel workbooks (xlsx, xlsm) → [`super::Sheet`]s, straight from the XML of their parts.
//!
//! The other formats go through calamine. This one is read here for three reasons: each part is
//! inflated once and in bounds ([`Archive`]); a text that repeats is held once, its cells pointing to it;
//! and hidden rows are seen, which calamine passes over. A test reads every workbook both ways.

mod cells;
mod package;
mod strings;
mod styles;
mod xml;

use super::archive::Archive;
use super::file::{Bounds, Contents, Refusal};
use super::workbook::Builder;
use crate::parallel;
use package::Package;
use std::sync::Arc;

/// What the cells of every sheet refer to.
pub(super) struct Book {
    strings: Vec<Arc<str>>,
    formats: Vec<styles::Format>,
    /// Dates are counted from 1904.
    epoch_1904: bool,
}

/// Reads every worksheet of a workbook.
///
/// # Errors
/// A [`Refusal`] when it is damaged, or larger than the bounds.
pub(super) fn read(
    path: &Arc<str>,
    archive: &Archive<'_>,
    bounds: &Bounds,
) -> Result<Contents, Refusal> {
    let package = Package::open(archive)?;
    let text = |part: &Option<String>| match part {
        Some(name) => archive.part(name)?.map(xml::decode).transpose(),
        None => Ok(None),
    };
    let book = Book {
        strings: text(&package.strings)?.as_deref().map_or(Ok(Vec::new()), strings::read)?,
        formats: text(&package.styles)?.as_deref().map_or(Ok(Vec::new()), styles::read)?,
        epoch_1904: package.epoch_1904,
    };
    let weight = |sheet: &package::SheetPart| archive.size(&sheet.part);
    let sheets = parallel::map(super::file::THREAD, &package.sheets, weight, |sheet| {
        let Some(bytes) = archive.part(&sheet.part)? else {
            return Err(Refusal::Unreadable(format!("{} manque", sheet.part)));
        };
        let mut builder = Builder::new(bounds);
        let hidden_rows = cells::read(&xml::decode(bytes)?, &book, &mut builder)?;
        let mut read = builder.sheet(path, &sheet.name);
        let shown = |row: &u32| read.rows.binary_search_by_key(row, |held| held.number).is_ok();
        read.hidden_rows = hidden_rows.into_iter().filter(shown).collect();
        Ok(read)
    });
    let mut contents = Contents::default();
    for (part, sheet) in package.sheets.iter().zip(sheets) {
        contents.push(sheet?, part.hidden);
    }
    Ok(contents)
}

#[cfg(test)]
mod tests;
