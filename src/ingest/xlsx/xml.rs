//! XML cut into tags and texts, whatever the prefixes its writer chose.
//!
//! A sheet of a million cells is five million pieces, and cutting them is most of the time of reading:
//! a general reader takes four times as long (`tests/bench`). Parts were refused before if they declare
//! entities, so that nothing here ever expands.

use crate::ingest::file::Refusal;
use memchr::memmem;
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

/// A tag that opens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag<'t> {
    /// Its name without prefix.
    pub name: &'t str,
    /// Closed at once: nothing is inside.
    pub empty: bool,
    attributes: &'t str,
}

impl<'t> Tag<'t> {
    /// Raw values by local name.
    pub(super) fn attributes(self) -> impl Iterator<Item = (&'t str, &'t str)> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            let (key, after) = rest.split_once('=')?;
            let after = after.trim_ascii_start();
            let quote = *after.as_bytes().first().filter(|c| matches!(c, b'"' | b'\''))?;
            let value = &after[1..];
            let end = value.bytes().position(|byte| byte == quote)?;
            rest = &value[end + 1..];
            Some((local(key.trim_ascii()), &value[..end]))
        })
    }

    /// The raw value of an attribute, by its local name.
    pub(super) fn attribute(self, name: &str) -> Option<&'t str> {
        self.attributes().find(|(local, _)| *local == name).map(|(_, value)| value)
    }

    /// An attribute as text, its entities resolved.
    pub(super) fn words(self, name: &str) -> Option<String> {
        let raw = self.attribute(name)?;
        let mut text = String::new();
        push_text(&mut text, raw);
        Some(unescape(&text).into_owned())
    }

    /// An attribute that says yes.
    pub(super) fn says(self, name: &str) -> bool {
        self.attribute(name).is_some_and(|value| matches!(value, "1" | "true" | "on"))
    }
}

/// A piece of XML.
#[derive(Debug, Clone, Copy)]
pub(super) enum Piece<'t> {
    /// A tag that opens, or stands alone.
    Open(Tag<'t>),
    /// A tag that closes, by its local name.
    Close(&'t str),
    /// Text, its entities unresolved.
    Text(&'t str),
    /// Text as it is.
    Verbatim(&'t str),
}

/// Cuts XML into pieces.
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The next piece; `None` at the end. Comments and instructions are passed over.
    pub(super) fn next(&mut self) -> Result<Option<Piece<'t>>, Refusal> {
        let bytes = self.text.as_bytes();
        loop {
            let (start, text) = (self.at, self.text);
            match bytes.get(start) {
                None => return Ok(None),
                Some(b'<') => {}
                Some(_) => {
                    self.at =
                        memchr::memchr(b'<', &bytes[start..]).map_or(bytes.len(), |n| start + n);
                    return Ok(Some(Piece::Text(&text[start..self.at])));
                }
            }
            match bytes.get(start + 1) {
                Some(b'/') => {
                    let end = memchr::memchr(b'>', &bytes[start..]).ok_or_else(cut_short)? + start;
                    self.at = end + 1;
                    return Ok(Some(Piece::Close(local(text[start + 2..end].trim_ascii_end()))));
                }
                Some(b'?') => self.pass(start, "?>")?,
                Some(b'!') if text[start..].starts_with("<!--") => self.pass(start + 4, "-->")?,
                Some(b'!') if text[start..].starts_with("<![CDATA[") => {
                    self.pass(start, "]]>")?;
                    return Ok(Some(Piece::Verbatim(&text[start + 9..self.at - 3])));
                }
                Some(b'!') => self.pass(start, ">")?,
                _ => return self.open(start).map(Some),
            }
        }
    }

    /// Goes past the next mark.
    fn pass(&mut self, from: usize, mark: &str) -> Result<(), Refusal> {
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        let found = memmem::find(rest, mark.as_bytes()).ok_or_else(cut_short)?;
        self.at = from + found + mark.len();
        Ok(())
    }

    fn open(&mut self, start: usize) -> Result<Piece<'t>, Refusal> {
        let mut quote = None;
        let inside = &self.text.as_bytes()[start + 1..];
        let length = inside.iter().position(|byte| match (quote, byte) {
            (None, b'>') => true,
            (None, b'"' | b'\'') => {
                quote = Some(*byte);
                false
            }
            (Some(open), close) => {
                if open == *close {
                    quote = None;
                }
                false
            }
            _ => false,
        });
        let length = length.ok_or_else(cut_short)?;
        self.at = start + 1 + length + 1;
        let whole = &self.text[start + 1..start + 1 + length];
        let (whole, empty) = whole.strip_suffix('/').map_or((whole, false), |whole| (whole, true));
        let end = whole.bytes().position(|b| b.is_ascii_whitespace()).unwrap_or(whole.len());
        let (name, attributes) = whole.split_at(end);
        Ok(Piece::Open(Tag { name: local(name), empty, attributes }))
    }

    /// The text up to the end of the element that was just opened, whatever is inside it.
    pub(super) fn text_of(&mut self, tag: Tag<'_>, text: &mut String) -> Result<(), Refusal> {
        let mut depth = usize::from(!tag.empty);
        while depth > 0 {
            match self.next()?.ok_or_else(cut_short)? {
                Piece::Text(raw) => push_text(text, raw),
                Piece::Verbatim(raw) => text.push_str(raw),
                Piece::Open(tag) => depth += usize::from(!tag.empty),
                Piece::Close(_) => depth -= 1,
            }
        }
        Ok(())
    }

    /// Calls `see` for each tag that opens, to the end.
    pub(super) fn each_tag(&mut self, mut see: impl FnMut(Tag<'t>)) -> Result<(), Refusal> {
        while let Some(piece) = self.next()? {
            if let Piece::Open(tag) = piece {
                see(tag);
            }
        }
        Ok(())
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.bytes().position(|byte| byte == b':').map_or(name, |colon| &name[colon + 1..])
}

/// Adds a raw text: entities resolved (one that XML does not define stands for nothing), ends of lines
/// as XML wants them.
pub(super) fn push_text(text: &mut String, raw: &str) {
    let raw =
        if raw.contains('\r') { raw.replace("\r\n", "\n").into() } else { Cow::Borrowed(raw) };
    let mut rest = &*raw;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        // The longest entity, `&#x10FFFF;`, ends within twelve bytes: no further look is worth it.
        let near = &rest.as_bytes()[at + 1..rest.len().min(at + 12)];
        let Some(length) = memchr::memchr(b';', near) else {
            text.push('&');
            rest = &rest[at + 1..];
            continue;
        };
        let (name, after) = (&rest[at + 1..at + 1 + length], &rest[at + 2 + length..]);
        let code = name.strip_prefix('#').and_then(|code| match code.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => code.parse().ok(),
        });
        match code.and_then(char::from_u32) {
            Some(c) => text.push(c),
            None => {
                text.push_str(quick_xml::escape::resolve_predefined_entity(name).unwrap_or(""));
            }
        }
        rest = after;
    }
    text.push_str(rest);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Result<Vec<String>, Refusal> {
        let mut scanner = Scanner::new(text);
        let mut found = Vec::new();
        while let Some(piece) = scanner.next()? {
            found.push(match piece {
                Piece::Open(tag) => {
                    let told: Vec<_> =
                        tag.attributes().map(|(key, value)| format!(" {key}={value}")).collect();
                    format!("<{}{}{}", tag.name, told.concat(), if tag.empty { "/" } else { "" })
                }
                Piece::Close(name) => format!("/{name}"),
                Piece::Text(text) => format!("t:{text}"),
                Piece::Verbatim(text) => format!("v:{text}"),
            });
        }
        Ok(found)
    }

    #[test]
    fn tags_texts_and_what_is_passed_over() {
        let text = "<?xml version='1.0'?><!DOCTYPE a><x:a b = \"1>2\" y:c='\"'><!-- <z> --><d/>é&amp;<![CDATA[<&>]]></x:a >";
        let expected = ["<a b=1>2 c=\"", "<d/", "t:é&amp;", "v:<&>", "/a"];
        assert_eq!(pieces(text).unwrap(), expected);
        for cut in ["<a", "<a b=\"", "</a", "<!-- ", "<![CDATA[ ]]", "<?xml"] {
            assert!(pieces(cut).is_err(), "{cut}");
        }
        assert!(pieces("").unwrap().is_empty());
    }

    #[test]
    fn entities_and_escapes() {
        let mut text = String::new();
        push_text(&mut text, "a&lt;b&#233;&#xE9;&inconnu;&amp;c & d\r\ne");
        assert_eq!(text, "a<béé&c & d\ne");
        // A million of these once took minutes.
        text.clear();
        push_text(&mut text, &"&".repeat(1 << 20));
        assert_eq!(text.len(), 1 << 20);
        for (escaped, plain) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDE00_", "😀"),
            ("_x00", "_x00"),
            ("é_x000G_", "é_x000G_"),
        ] {
            assert_eq!(unescape(escaped), plain);
        }
    }
}
