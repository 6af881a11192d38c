//! A few questions asked of XML, whatever the prefixes its writer chose.

use crate::ingest::file::Refusal;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::borrow::Cow;

/// Why an XML part is not read.
pub(super) fn broken(cause: impl std::fmt::Display) -> Refusal {
    Refusal::Unreadable(cause.to_string())
}

/// A part that ends too soon.
pub(super) fn cut_short() -> Refusal {
    Refusal::Unreadable("XML incomplet".into())
}

/// The text of a part: UTF-8, or what its byte order mark says.
pub(super) fn decode(bytes: Vec<u8>) -> Result<String, Refusal> {
    match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, _)) => Ok(encoding.decode_with_bom_removal(&bytes).0.into_owned()),
        None => String::from_utf8(bytes).map_err(broken),
    }
}

/// A reader of a part.
pub(super) fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    // Parts are read for what they hold, not checked.
    reader.config_mut().check_end_names = false;
    reader
}

/// Attributes of a tag, raw, by their local names.
pub(super) fn attributes<'t>(tag: &'t BytesStart<'_>) -> impl Iterator<Item = (&'t str, &'t str)> {
    let mut rest = tag.attributes_raw();
    std::iter::from_fn(move || {
        let equals = memchr::memchr(b'=', rest.as_bytes())?;
        let key = rest[..equals].trim_ascii();
        let after = rest[equals + 1..].trim_ascii_start();
        let quote = *after.as_bytes().first().filter(|c| matches!(c, b'"' | b'\''))?;
        let value = &after[1..];
        let end = memchr::memchr(quote, value.as_bytes())?;
        rest = &value[end + 1..];
        let local = memchr::memrchr(b':', key.as_bytes()).map_or(key, |colon| &key[colon + 1..]);
        Some((local, &value[..end]))
    })
}

/// The raw value of an attribute, by its local name.
pub(super) fn attribute<'t>(tag: &'t BytesStart<'_>, name: &str) -> Option<&'t str> {
    attributes(tag).find(|(local, _)| *local == name).map(|(_, value)| value)
}

/// An attribute that says yes.
pub(super) fn says(tag: &BytesStart<'_>, name: &str) -> bool {
    attribute(tag, name).is_some_and(|value| matches!(value, "1" | "true" | "on"))
}

/// An attribute as text, its entities resolved.
pub(super) fn words(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let raw = attribute(tag, name)?;
    let text = quick_xml::escape::unescape(raw).unwrap_or(Cow::Borrowed(raw));
    Some(unescape(&text).into_owned())
}

/// Adds what an entity stands for; one that XML does not define stands for nothing.
pub(super) fn push_entity(text: &mut String, entity: &BytesRef<'_>) {
    match entity.resolve_char_ref() {
        Ok(Some(c)) => text.push(c),
        _ => text.push_str(quick_xml::escape::resolve_predefined_entity(entity).unwrap_or("")),
    }
}

/// The text up to the end of the element that was just begun, whatever is inside it.
pub(super) fn text_of(reader: &mut Reader<&[u8]>, text: &mut String) -> Result<(), Refusal> {
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(broken)? {
            Event::Text(t) => text.push_str(&t.xml10_content()),
            Event::CData(t) => text.push_str(&t.xml10_content()),
            Event::GeneralRef(entity) => push_entity(text, &entity),
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 0 => return Ok(()),
            Event::End(_) => depth -= 1,
            Event::Eof => return Err(cut_short()),
            _ => {}
        }
    }
}

/// Characters that Excel writes `_x000D_`, because XML cannot hold them, or to hold the letters of such
/// an escape.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let unit = |at: usize| {
        let hex = text.get(at..at + 7)?.strip_prefix("_x")?.strip_suffix('_')?;
        hex.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u16::from_str_radix(hex, 16).ok())?
    };
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    while at < text.len() {
        let mut units = Vec::new();
        while let Some(found) = unit(at) {
            units.push(found);
            at += 7;
        }
        if units.is_empty() {
            let c = text[at..].chars().next().unwrap_or_default();
            out.push(c);
            at += c.len_utf8();
        } else {
            out.push_str(&String::from_utf16_lossy(&units));
        }
    }
    Cow::Owned(out)
}
