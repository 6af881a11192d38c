//! Bytes → text: UTF-8, UTF-16, Windows-1252 and, seldom, the old encoding of the Macintosh.

use crate::ingest::file::Refusal;
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes looked at to recognise UTF-16 without a mark.
const SAMPLE: usize = 4096;

/// Text decoded from bytes.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    /// Lines that are not UTF-8 though others with accents are: (how many, first line).
    pub(super) mixed: Option<(usize, u32)>,
    /// Name of an encoding that nothing but the look of the text tells.
    pub(super) guessed: Option<&'static str>,
}

/// UTF-8 (with or without mark), UTF-16, else line by line UTF-8 or the western encoding that the
/// accents of the file look like.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, Refusal> {
    let whole = |encoding: &'static Encoding, body, guessed| {
        let (text, _) = encoding.decode_without_bom_handling(body);
        Ok(Decoded { text: text.into_owned(), mixed: None, guessed })
    };
    match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => {
            let body = bytes.get(mark..).unwrap_or_default();
            if encoding == UTF_8 { lines(body) } else { whole(encoding, body, None) }
        }
        None => match unmarked_utf16(bytes) {
            Some(encoding) => whole(encoding, bytes, Some("UTF-16")),
            None => lines(bytes),
        },
    }
}

/// UTF-16 without a mark: in a text of western letters, every other byte is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(SAMPLE)).unwrap_or_default();
    let zeros = |start: usize| sample.iter().skip(start).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), sample.len() / 2);
    if pairs < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    match (even * 10 >= pairs * 8, odd * 10 >= pairs * 8) {
        (false, true) if even == 0 => Some(UTF_16LE),
        (true, false) if odd == 0 => Some(UTF_16BE),
        _ => None,
    }
}

fn lines(bytes: &[u8]) -> Result<Decoded, Refusal> {
    if bytes.contains(&0) {
        return Err(Refusal::Unreadable("octets nuls".into()));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.to_owned(), mixed: None, guessed: None });
    }
    let old = looks_old(bytes);
    let encoding = if old { MACINTOSH } else { WINDOWS_1252 };
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    let (mut accented, mut western, mut first) = (0_usize, 0_usize, 0_u32);
    for (line, part) in (1_u32..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
        if let Ok(part) = std::str::from_utf8(part) {
            accented += usize::from(!part.is_ascii());
            text.push_str(part);
        } else {
            western += 1;
            first = if western == 1 { line } else { first };
            text.push_str(&encoding.decode_without_bom_handling(part).0);
        }
    }
    let mixed = (accented > 0 && western > 0).then_some((western, first));
    Ok(Decoded { text, mixed, guessed: old.then_some("Mac OS Roman") })
}

/// Whether the bytes beside plain letters are accents of French by the Macintosh rather than by
/// Windows: the two sets have no byte in common.
fn looks_old(bytes: &[u8]) -> bool {
    let counted = |accents: &[u8]| {
        let beside = |pair: &[u8]| {
            accents.contains(&pair[1]) && pair[0].is_ascii_alphabetic()
                || accents.contains(&pair[0]) && pair[1].is_ascii_alphabetic()
        };
        bytes.windows(2).filter(|pair| beside(pair)).count()
    };
    let old = counted(&[0x83, 0x88, 0x89, 0x8D, 0x8E, 0x8F, 0x90, 0x94, 0x95, 0x99, 0x9D, 0x9E]);
    let usual = counted(&[
        0xC0, 0xC7, 0xC9, 0xCA, 0xE0, 0xE2, 0xE7, 0xE8, 0xE9, 0xEA, 0xEB, 0xEE, 0xEF, 0xF4, 0xF9,
        0xFB,
    ]);
    old > usual * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, Option<&'static str>) {
        let decoded = decode(bytes).unwrap();
        (decoded.text, decoded.guessed)
    }

    #[test]
    fn utf16_with_and_without_its_mark() {
        let le =
            |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        let be =
            |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_be_bytes).collect() };
        let expected = "Intitulé;Durée\nFête;2\n".to_string();
        let marked = format!("\u{feff}{expected}");
        assert_eq!(text(&le(&marked)), (expected.clone(), None));
        assert_eq!(text(&be(&marked)), (expected.clone(), None));
        assert_eq!(text(&le(&expected)), (expected.clone(), Some("UTF-16")));
        assert_eq!(text(&be(&expected)), (expected.clone(), Some("UTF-16")));
        assert!(decode(b"a\0b").is_err());
        assert!(decode(b"a\0\0\0\0\0b\0\0\0").is_err());
    }

    #[test]
    fn the_old_macintosh_is_told_from_windows() {
        let expected = "Intitulé;Fête à Sucy;déjà reçu\n";
        let (mac, windows) = (MACINTOSH.encode(expected).0, WINDOWS_1252.encode(expected).0);
        assert_eq!(text(&mac), (expected.to_string(), Some("Mac OS Roman")));
        assert_eq!(text(&windows), (expected.to_string(), None));
        let marks = "l’été « à 10 € » – cœur…\n";
        assert_eq!(text(&WINDOWS_1252.encode(marks).0), (marks.to_string(), None));
    }
}
