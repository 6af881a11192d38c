//! OpenDocument spreadsheets, read event by event: a cell or a row repeated a million times is taken
//! as it is written, so that nothing is allocated for what holds nothing, and what holds something is
//! counted as it comes.

use super::archive::Archive;
use super::file::{Bounds, Contents, Refusal};
use super::workbook::{Builder, from_owned};
use super::{Row, Value};
use calamine::Data;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::collections::BTreeMap;
use std::str::FromStr as _;
use std::sync::Arc;

/// Spaces that one mark may stand for: a person types a few.
const MAX_SPACES: usize = 1000;

/// Reads every sheet.
///
/// # Errors
/// A [`Refusal`] when it is not a spreadsheet, encrypted, damaged, or larger than the bounds.
pub(super) fn read(
    path: &Arc<str>,
    archive: &Archive<'_>,
    bounds: &Bounds,
) -> Result<Contents, Refusal> {
    let manifest = archive.part("META-INF/manifest.xml")?.unwrap_or_default();
    if memchr::memmem::find(&manifest, b":encryption-data").is_some() {
        return Err(Refusal::Encrypted);
    }
    let kind = archive.part("mimetype")?.unwrap_or_default();
    if !kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") {
        return Err(Refusal::Unreadable("mimetype".to_owned()));
    }
    let content = archive
        .part("content.xml")?
        .ok_or_else(|| Refusal::Unreadable("content.xml".to_owned()))?;
    let text = String::from_utf8(content).map_err(unreadable)?;
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    let mut walk = Walk { reader, bounds };
    let mut contents = Contents::default();
    let mut style = String::new();
    let mut hidden = BTreeMap::new();
    loop {
        match walk.next()? {
            Event::Start(e) => match e.name().as_ref() {
                "style:style" => style = attribute(&e, "style:name")?.unwrap_or_default(),
                "style:table-properties" => {
                    let shown = attribute(&e, "table:display")?;
                    hidden.insert(style.clone(), shown.as_deref() == Some("false"));
                }
                "table:table" => {
                    let Some(name) = attribute(&e, "table:name")? else { continue };
                    let style = attribute(&e, "table:style-name")?.unwrap_or_default();
                    let sheet = walk.table()?.sheet(path, &name);
                    contents.push(sheet, hidden.get(&style).copied().unwrap_or(false));
                }
                _ => {}
            },
            Event::Eof => return Ok(contents),
            _ => {}
        }
    }
}

fn unreadable(cause: impl std::fmt::Display) -> Refusal {
    Refusal::Unreadable(cause.to_string())
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, Refusal> {
    let found = element.try_get_attribute(name).map_err(unreadable)?;
    let value = found.map(|a| a.normalized_value(XmlVersion::Implicit1_0)).transpose();
    Ok(value.map_err(unreadable)?.map(std::borrow::Cow::into_owned))
}

/// How many times a cell or a row is repeated.
fn repeats(element: &BytesStart<'_>, name: &str) -> Result<u32, Refusal> {
    let times = attribute(element, name)?;
    Ok(times.and_then(|times| times.trim().parse().ok()).unwrap_or(1))
}

/// The reader, inside a document.
struct Walk<'t> {
    reader: Reader<&'t [u8]>,
    bounds: &'t Bounds,
}

impl<'t> Walk<'t> {
    fn next(&mut self) -> Result<Event<'t>, Refusal> {
        self.reader.read_event().map_err(unreadable)
    }

    /// The next event inside an element, which must end.
    fn inside(&mut self) -> Result<Event<'t>, Refusal> {
        match self.next()? {
            Event::Eof => Err(Refusal::Unreadable("content.xml".to_owned())),
            event => Ok(event),
        }
    }

    fn table(&mut self) -> Result<Builder, Refusal> {
        let mut builder = Builder::new(self.bounds);
        let mut next = 0_u32;
        loop {
            match self.inside()? {
                Event::Start(e) if e.name().as_ref() == "table:table-row" => {
                    let times = repeats(&e, "table:number-rows-repeated")?;
                    let row = self.row(next)?;
                    if !row.is_blank() {
                        builder.afford(u64::from(times).saturating_mul(row.cells.len() as u64))?;
                        for number in next..next.saturating_add(times) {
                            for (column, value) in row.filled() {
                                builder.push((number, column), value.clone())?;
                            }
                        }
                    }
                    next = next.saturating_add(times);
                }
                Event::End(e) if e.name().as_ref() == "table:table" => return Ok(builder),
                _ => {}
            }
        }
    }

    fn row(&mut self, number: u32) -> Result<Row, Refusal> {
        let mut builder = Builder::new(self.bounds);
        let mut next = 0_u32;
        loop {
            match self.inside()? {
                Event::Start(e)
                    if matches!(
                        e.name().as_ref(),
                        "table:table-cell" | "table:covered-table-cell"
                    ) =>
                {
                    let times = repeats(&e, "table:number-columns-repeated")?;
                    let value = self.cell(&e)?;
                    if !value.is_blank() {
                        for column in next..next.saturating_add(times) {
                            builder.push((number, column), value.clone())?;
                        }
                    }
                    next = next.saturating_add(times);
                }
                Event::End(e) if e.name().as_ref() == "table:table-row" => {
                    return Ok(builder.rows().pop().unwrap_or(Row { number, cells: Vec::new() }));
                }
                _ => {}
            }
        }
    }

    /// The value of a cell: that of its attributes, else its paragraphs.
    fn cell(&mut self, element: &BytesStart<'_>) -> Result<Value, Refusal> {
        let shown = self.paragraphs()?;
        let (mut found, mut is_text, mut is_error) = (None, false, false);
        for attribute in element.attributes() {
            let attribute = attribute.map_err(unreadable)?;
            match attribute.key.into_inner() {
                "calcext:value-type" => is_error = attribute.value == "error",
                "office:value-type" => is_text = attribute.value == "string",
                name @ ("office:value"
                | "office:date-value"
                | "office:time-value"
                | "office:boolean-value"
                | "office:string-value") => {
                    let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                    found = Some((name, value.map_err(unreadable)?.into_owned()));
                }
                _ => {}
            }
        }
        let value = match found {
            Some(("office:value", text)) => Value::Number(text.trim().parse().map_err(unreadable)?),
            Some(("office:date-value", text)) => {
                let midnight = chrono::NaiveDate::from_str(&text).ok().map(|day| day.into());
                midnight.map_or_else(|| from_owned(&Data::DateTimeIso(text)), Value::Date)
            }
            Some(("office:time-value", text)) => from_owned(&Data::DurationIso(text)),
            Some(("office:boolean-value", text)) => Value::Flag(text.eq_ignore_ascii_case("true")),
            Some((_, text)) if !(is_error && text.is_empty()) => Value::Text(text.into()),
            Some(_) => Value::Text(shown.into()),
            None if is_text => Value::Text(shown.into()),
            None => Value::Empty,
        };
        Ok(value)
    }

    /// Paragraphs of a cell, one a line, its notes apart.
    fn paragraphs(&mut self) -> Result<String, Refusal> {
        let (mut text, mut first, mut note) = (String::new(), true, 0_u32);
        loop {
            match self.inside()? {
                Event::Start(e) => match e.name().as_ref() {
                    "office:annotation" => note += 1,
                    _ if note > 0 => {}
                    "text:p" if first => first = false,
                    "text:p" | "text:line-break" => text.push('\n'),
                    "text:tab" => text.push('\t'),
                    "text:s" => {
                        let count = attribute(&e, "text:c")?.and_then(|c| c.parse().ok());
                        let count = count.unwrap_or(1_usize).min(MAX_SPACES);
                        text.extend(std::iter::repeat_n(' ', count));
                    }
                    _ => {}
                },
                Event::End(e) => match e.name().as_ref() {
                    "office:annotation" => note = note.saturating_sub(1),
                    "table:table-cell" | "table:covered-table-cell" => return Ok(text),
                    _ => {}
                },
                Event::Text(part) if note == 0 => text.push_str(&part.xml10_content()),
                Event::CData(part) if note == 0 => text.push_str(&part.xml10_content()),
                Event::GeneralRef(entity) if note == 0 => text.push(character(&entity)?),
                _ => {}
            }
        }
    }
}

/// The character an entity stands for: the five of XML, or a number.
fn character(entity: &BytesRef<'_>) -> Result<char, Refusal> {
    match entity.as_ref() {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "apos" => Ok('\''),
        "quot" => Ok('"'),
        name => match entity.resolve_char_ref() {
            Ok(Some(character)) => Ok(character),
            _ => Err(Refusal::Unreadable(format!("&{name};"))),
        },
    }
}

#[cfg(test)]
mod tests;
