//! Cells of a worksheet, one by one: a sheet that claims a billion cells costs what it holds.

use super::styles::Format;
use super::xml::{Piece, Scanner, Tag, broken, cut_short, push_text, unescape};
use super::{Book, strings};
use crate::ingest::Value;
use crate::ingest::file::Refusal;
use crate::ingest::workbook::{Builder, from_iso, from_serial};
use calamine::{Data, DataType as _, ExcelDateTime, ExcelDateTimeType};

/// Gives the cells of a worksheet to the builder; returns the numbers of its hidden rows, as the
/// spreadsheet shows them.
pub(super) fn read(text: &str, book: &Book, builder: &mut Builder) -> Result<Vec<u32>, Refusal> {
    let mut scanner = Scanner::new(text);
    let mut hidden = Vec::new();
    // Places of the next row and cell, for files that do not number them.
    let (mut row, mut column) = (0_u32, 0_u32);
    let mut cells = CellReader { book, text: String::new() };
    while let Some(piece) = scanner.next()? {
        match piece {
            Piece::Open(tag) if tag.name == "c" => {
                let said = Said::of(tag);
                let place = said.place(row, column)?;
                column = place.1.saturating_add(1);
                if !tag.empty {
                    let value = cells.value(&mut scanner, said)?;
                    builder.push(place, value)?;
                }
            }
            Piece::Open(tag) if tag.name == "row" => {
                if let Some(number) = tag.attribute("r").and_then(|r| r.parse::<u32>().ok()) {
                    row = number.saturating_sub(1);
                }
                column = 0;
                if tag.says("hidden") {
                    hidden.push(row.saturating_add(1));
                }
                row = row.saturating_add(u32::from(tag.empty));
            }
            Piece::Close("row") => row = row.saturating_add(1),
            Piece::Open(Tag { name: "sheetData", empty: true, .. }) | Piece::Close("sheetData") => {
                return Ok(hidden);
            }
            _ => {}
        }
    }
    Err(cut_short())
}

/// What the tag of a cell says.
#[derive(Clone, Copy)]
struct Said<'t> {
    reference: Option<&'t str>,
    kind: &'t str,
    style: Option<&'t str>,
}

impl<'t> Said<'t> {
    fn of(tag: Tag<'t>) -> Self {
        let mut said = Self { reference: None, kind: "n", style: None };
        for (name, value) in tag.attributes() {
            match name {
                "r" => said.reference = Some(value),
                "t" => said.kind = value,
                "s" => said.style = Some(value),
                _ => {}
            }
        }
        said
    }

    /// Row and column of the cell, from 0: its `r="B12"`, else the next place.
    fn place(self, row: u32, column: u32) -> Result<(u32, u32), Refusal> {
        let Some(reference) = self.reference else { return Ok((row, column)) };
        let (mut column, mut row) = (0_u32, 0_u32);
        for byte in reference.bytes() {
            match byte.to_ascii_uppercase() {
                letter @ b'A'..=b'Z' if row == 0 => {
                    let digit = u32::from(letter - b'A') + 1;
                    column = column.saturating_mul(26).saturating_add(digit);
                }
                digit @ b'0'..=b'9' => {
                    row = row.saturating_mul(10).saturating_add(u32::from(digit - b'0'));
                }
                _ => return Err(broken(format!("r=\"{reference}\""))),
            }
        }
        if row == 0 || column == 0 {
            return Err(broken(format!("r=\"{reference}\"")));
        }
        Ok((row - 1, column - 1))
    }
}

struct CellReader<'b> {
    book: &'b Book,
    /// Text of the cell, its room used again for the next.
    text: String,
}

impl CellReader<'_> {
    /// The value of a cell that was just opened, up to its end.
    fn value(&mut self, scanner: &mut Scanner<'_>, said: Said<'_>) -> Result<Value, Refusal> {
        let mut value = Value::Empty;
        loop {
            match scanner.next()?.ok_or_else(cut_short)? {
                Piece::Open(tag) if tag.name == "v" && said.kind != "inlineStr" => {
                    if !tag.empty {
                        value = self.content(scanner, said)?;
                    }
                }
                Piece::Open(tag) if tag.name == "is" => {
                    strings::item(scanner, tag, &mut self.text)?;
                    value = text(&self.text);
                }
                // A formula, or what an extension adds.
                Piece::Open(tag) => {
                    self.text.clear();
                    scanner.text_of(tag, &mut self.text)?;
                }
                Piece::Close(_) => return Ok(value),
                Piece::Text(_) | Piece::Verbatim(_) => {}
            }
        }
    }

    /// What stands in `<v>`: as a rule one text without entities, which is not copied.
    fn content(&mut self, scanner: &mut Scanner<'_>, said: Said<'_>) -> Result<Value, Refusal> {
        let mut only = None;
        self.text.clear();
        loop {
            let piece = scanner.next()?.ok_or_else(cut_short)?;
            match (piece, only.take()) {
                (Piece::Close(_), Some(raw)) => return self.typed(raw, said),
                (Piece::Close(_), None) => return self.typed(&self.text, said),
                (Piece::Text(raw), None) if self.text.is_empty() && is_plain(raw) => {
                    only = Some(raw);
                }
                (piece, before) => {
                    self.text.push_str(before.unwrap_or_default());
                    match piece {
                        Piece::Text(raw) => push_text(&mut self.text, raw),
                        Piece::Verbatim(raw) => self.text.push_str(raw),
                        Piece::Open(tag) => scanner.text_of(tag, &mut self.text)?,
                        Piece::Close(_) => {}
                    }
                }
            }
        }
    }

    fn typed(&self, written: &str, said: Said<'_>) -> Result<Value, Refusal> {
        Ok(match said.kind {
            _ if written.is_empty() => Value::Empty,
            "s" => {
                let shared =
                    written.trim().parse().ok().and_then(|at: usize| self.book.strings.get(at));
                // A text that is not there: the table of texts is not the one of these cells.
                let shared = shared.ok_or_else(|| broken("texte partagé absent"))?;
                Value::Text(shared.clone())
            }
            "b" => Value::Flag(matches!(written.trim(), "1" | "true")),
            "e" => Value::Error(written.trim().into()),
            "d" => {
                let iso = Data::DateTimeIso(written.trim().to_owned());
                from_iso(iso.as_datetime(), written)
            }
            "str" => text(&unescape(written)),
            _ => match written.trim().parse::<f64>() {
                Ok(number) => self.number(number, said),
                Err(_) => text(written),
            },
        })
    }

    fn number(&self, number: f64, said: Said<'_>) -> Value {
        let style = said.style.and_then(|style| style.parse::<usize>().ok());
        let serial = |kind| from_serial(ExcelDateTime::new(number, kind, self.book.epoch_1904));
        match style.and_then(|style| self.book.formats.get(style)) {
            Some(Format::Date) => serial(ExcelDateTimeType::DateTime),
            Some(Format::Duration) => serial(ExcelDateTimeType::TimeDelta),
            _ => Value::Number(number),
        }
    }
}

/// A raw text that says what it says.
fn is_plain(raw: &str) -> bool {
    !raw.contains(['&', '\r'])
}

fn text(text: &str) -> Value {
    if text.is_empty() { Value::Empty } else { Value::Text(text.into()) }
}
