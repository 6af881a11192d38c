//! Texts of a workbook, each held once.

use super::xml::{attribute, broken, cut_short, reader, text_of, unescape};
use crate::ingest::file::Refusal;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::sync::Arc;

/// Reads the part of shared texts.
pub(super) fn read(text: &str) -> Result<Vec<Arc<str>>, Refusal> {
    let mut reader = reader(text);
    let mut strings = Vec::new();
    let mut one = String::new();
    loop {
        match reader.read_event().map_err(broken)? {
            Event::Start(tag) if tag.local_name().as_ref() == "si" => {
                item(&mut reader, &mut one)?;
                strings.push(Arc::from(one.as_str()));
            }
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => strings.push("".into()),
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// The text of an item that was just begun: of all its runs, without its phonetic notes.
pub(super) fn item(reader: &mut Reader<&[u8]>, one: &mut String) -> Result<(), Refusal> {
    one.clear();
    let (mut depth, mut phonetic) = (0_usize, None);
    let mut run = String::new();
    loop {
        match reader.read_event().map_err(broken)? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "t" if phonetic.is_none() => {
                    run.clear();
                    let kept = attribute(&tag, "space") == Some("preserve");
                    text_of(reader, &mut run)?;
                    let spaces: &[char] = if kept { &[] } else { &[' ', '\t', '\r', '\n'] };
                    one.push_str(&unescape(run.trim_matches(spaces)));
                }
                name => {
                    if name == "rPh" {
                        phonetic.get_or_insert(depth);
                    }
                    depth += 1;
                }
            },
            Event::End(_) if depth == 0 => return Ok(()),
            Event::End(_) => {
                depth -= 1;
                phonetic = phonetic.filter(|start| *start < depth);
            }
            Event::Eof => return Err(cut_short()),
            _ => {}
        }
    }
}
