//! Texts of a workbook, each held once.

use super::xml::{Piece, Scanner, Tag, cut_short, unescape};
use crate::ingest::file::Refusal;
use std::sync::Arc;

/// Reads the part of shared texts.
pub(super) fn read(text: &str) -> Result<Vec<Arc<str>>, Refusal> {
    let mut scanner = Scanner::new(text);
    let mut strings = Vec::new();
    let mut one = String::new();
    while let Some(piece) = scanner.next()? {
        if let Piece::Open(tag) = piece
            && tag.name == "si"
        {
            item(&mut scanner, tag, &mut one)?;
            strings.push(Arc::from(one.as_str()));
        }
    }
    Ok(strings)
}

/// The text of an item that was just opened: of all its runs, without its phonetic notes.
pub(super) fn item(
    scanner: &mut Scanner<'_>,
    tag: Tag<'_>,
    one: &mut String,
) -> Result<(), Refusal> {
    one.clear();
    // Depth below the item, and that of the phonetic note one is in.
    let (mut depth, mut phonetic) = (usize::from(!tag.empty), None);
    let mut run = String::new();
    while depth > 0 {
        match scanner.next()?.ok_or_else(cut_short)? {
            Piece::Open(tag) if tag.name == "t" && phonetic.is_none() => {
                run.clear();
                scanner.text_of(tag, &mut run)?;
                let kept = tag.attribute("space") == Some("preserve");
                let spaces: &[char] = if kept { &[] } else { &[' ', '\t', '\r', '\n'] };
                one.push_str(&unescape(run.trim_matches(spaces)));
            }
            Piece::Open(tag) if !tag.empty => {
                if tag.name == "rPh" {
                    phonetic.get_or_insert(depth);
                }
                depth += 1;
            }
            Piece::Close(_) => {
                depth -= 1;
                phonetic = phonetic.filter(|start| *start < depth);
            }
            _ => {}
        }
    }
    Ok(())
}
