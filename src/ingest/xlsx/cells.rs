//! Cells of a worksheet, one by one: a sheet that claims a billion cells costs what it holds.

use super::styles::Format;
use super::xml::{
    attribute, attributes, broken, cut_short, push_entity, reader, says, text_of, unescape,
};
use super::{Book, strings};
use crate::ingest::Value;
use crate::ingest::file::Refusal;
use crate::ingest::workbook::{Builder, from_iso, from_serial};
use calamine::{Data, DataType as _, ExcelDateTime, ExcelDateTimeType};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Gives the cells of a worksheet to the builder; returns the numbers of its hidden rows, as the
/// spreadsheet shows them.
pub(super) fn read(text: &str, book: &Book, builder: &mut Builder) -> Result<Vec<u32>, Refusal> {
    let mut reader = reader(text);
    let mut hidden = Vec::new();
    // Places of the next row and cell, for files that do not number them.
    let (mut row, mut column) = (0_u32, 0_u32);
    let mut cells = CellReader { book, text: String::new() };
    loop {
        match reader.read_event().map_err(broken)? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "c" => {
                    let said = Said::of(&tag);
                    let place = said.place(row, column)?;
                    column = place.1.saturating_add(1);
                    let value = cells.value(&mut reader, said)?;
                    builder.push(place, value)?;
                }
                "row" => {
                    if let Some(number) = attribute(&tag, "r").and_then(|r| r.parse::<u32>().ok()) {
                        row = number.saturating_sub(1);
                    }
                    column = 0;
                    if says(&tag, "hidden") {
                        hidden.push(row.saturating_add(1));
                    }
                }
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "c" => column = Said::of(&tag).place(row, column)?.1.saturating_add(1),
                "row" => {
                    let number = attribute(&tag, "r").and_then(|r| r.parse::<u32>().ok());
                    row = number.unwrap_or(row.saturating_add(1));
                }
                "sheetData" => return Ok(hidden),
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "row" => row = row.saturating_add(1),
                "sheetData" => return Ok(hidden),
                _ => {}
            },
            Event::Eof => return Err(cut_short()),
            _ => {}
        }
    }
}

/// What the tag of a cell says.
#[derive(Clone, Copy)]
struct Said<'t> {
    reference: Option<&'t str>,
    kind: &'t str,
    style: Option<&'t str>,
}

impl<'t> Said<'t> {
    fn of(tag: &'t BytesStart<'_>) -> Self {
        let mut said = Self { reference: None, kind: "n", style: None };
        for (name, value) in attributes(tag) {
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
    /// The value of a cell that was just begun, up to its end.
    fn value(&mut self, reader: &mut Reader<&[u8]>, said: Said<'_>) -> Result<Value, Refusal> {
        let mut value = Value::Empty;
        loop {
            match reader.read_event().map_err(broken)? {
                Event::Start(inner) => match inner.local_name().as_ref() {
                    "v" if said.kind != "inlineStr" => {
                        self.content(reader)?;
                        value = self.typed(said)?;
                    }
                    "is" => {
                        strings::item(reader, &mut self.text)?;
                        value = text(&self.text);
                    }
                    // A formula, or what an extension adds.
                    _ => {
                        let mut passed = String::new();
                        text_of(reader, &mut passed)?;
                    }
                },
                Event::End(_) => return Ok(value),
                Event::Eof => return Err(cut_short()),
                _ => {}
            }
        }
    }

    /// What stands in `<v>`, as a rule one text and nothing else.
    fn content(&mut self, reader: &mut Reader<&[u8]>) -> Result<(), Refusal> {
        self.text.clear();
        loop {
            match reader.read_event().map_err(broken)? {
                Event::Text(t) => self.text.push_str(&t.xml10_content()),
                Event::CData(t) => self.text.push_str(&t.xml10_content()),
                Event::GeneralRef(entity) => push_entity(&mut self.text, &entity),
                Event::End(_) => return Ok(()),
                Event::Eof => return Err(cut_short()),
                _ => {}
            }
        }
    }

    fn typed(&self, said: Said<'_>) -> Result<Value, Refusal> {
        let written = self.text.as_str();
        Ok(match said.kind {
            _ if written.is_empty() => Value::Empty,
            "s" => {
                let shared =
                    written.trim().parse().ok().and_then(|at: usize| self.book.strings.get(at));
                // A text that is not there: the table of texts is not the one of these cells.
                let shared = shared.ok_or_else(|| broken(format!("texte {written} absent")))?;
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

fn text(text: &str) -> Value {
    if text.is_empty() { Value::Empty } else { Value::Text(text.into()) }
}
