//! Codes that must stay text: identifiers, SIRET, RNA, communes; and free text, cleaned of stray
//! spaces.

use crate::ingest::Value;
use crate::tables::number::Decimal;
use std::borrow::Cow;
use std::sync::Arc;

/// Single ordinary spaces, no line breaks, nothing at the ends.
pub(super) fn tidy(text: &str) -> Cow<'_, str> {
    if is_tidy(text) {
        return Cow::Borrowed(text);
    }
    let words: Vec<&str> = text.split(is_space).filter(|word| !word.is_empty()).collect();
    Cow::Owned(words.join(" "))
}

/// Spaces of every width, and the marks that some exports leave around values.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}')
}

fn is_tidy(text: &str) -> bool {
    let mut after_space = true;
    for c in text.chars() {
        let space = is_space(c);
        if space && (after_space || c != ' ') {
            return false;
        }
        after_space = space;
    }
    !after_space || text.is_empty()
}

/// A cell as text: whole numbers without decimals, dates as `2026-03-12`.
pub(super) fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Empty => Cow::Borrowed(""),
        Value::Text(text) | Value::Error(text) => tidy(text),
        Value::Number(number) => Cow::Owned(number.to_string()),
        Value::Flag(true) => Cow::Borrowed("oui"),
        Value::Flag(false) => Cow::Borrowed("non"),
        Value::Date(date) => Cow::Owned(date.format("%Y-%m-%d").to_string()),
    }
}

/// A short identifier: `12`, `12.0` and `12,0` are the same.
pub(super) fn identifier(value: &Value) -> Cow<'_, str> {
    match text(value) {
        Cow::Borrowed(text) => Cow::Borrowed(whole(text).unwrap_or(text)),
        Cow::Owned(text) => Cow::Owned(whole(&text).map(str::to_string).unwrap_or(text)),
    }
}

/// A text read from a cell, without a copy when it is the cell's own.
pub(super) fn shared(value: &Value, read: &str) -> Arc<str> {
    match value {
        Value::Text(own) if **own == *read => Arc::clone(own),
        _ => read.into(),
    }
}

/// The digits of `12.0` or `12,00`.
fn whole(text: &str) -> Option<&str> {
    let (whole, zeros) = text.split_once(['.', ','])?;
    let all = |part: &str, keep: fn(u8) -> bool| !part.is_empty() && part.bytes().all(keep);
    (all(whole, |b| b.is_ascii_digit()) && all(zeros, |b| b == b'0')).then_some(whole)
}

/// An INSEE code (leading zero given back) or the name of a commune.
pub(super) fn commune(value: &Value) -> Cow<'_, str> {
    let text = identifier(value);
    let digit = |c: char| c.is_ascii_digit();
    // `94 071`, and `1 004` where a spreadsheet put the zero away and a space in.
    if text.contains(' ') && text.chars().all(|c| digit(c) || c == ' ') {
        let digits = text.replace(' ', "");
        return Cow::Owned(if digits.len() == 4 { format!("0{digits}") } else { digits });
    }
    match text.len() {
        4 if text.chars().all(digit) => Cow::Owned(format!("0{text}")),
        5 if is_corsican(&text) => Cow::Owned(text.to_uppercase()),
        _ => text,
    }
}

fn is_corsican(text: &str) -> bool {
    let commune = text.strip_prefix(['2']).and_then(|rest| rest.strip_prefix(['a', 'A', 'b', 'B']));
    commune.is_some_and(|commune| commune.bytes().all(|b| b.is_ascii_digit()))
}

/// A SIRET once read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Siret {
    /// Digits (14, or 9 for a SIREN), or the text as typed when it is neither.
    Read(String),
    /// A spreadsheet rounded it to a number: its last five digits are gone.
    Destroyed,
}

/// A SIRET whatever a spreadsheet made of it: spaces, quotes, points, `….0`,
/// `1.2345678900012E+13`.
pub(super) fn siret(value: &Value) -> Siret {
    let text = text(value);
    let kept = |c: &char| !is_space(*c) && !matches!(c, '\'' | '\u{2019}' | '"' | '`' | '\u{2018}');
    let compact: String = text.chars().filter(kept).collect();
    let (digits, lost) = match scientific(&compact) {
        Some(scientific) => scientific,
        None => (digits_only(&compact).unwrap_or(compact), 0),
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Siret::Read(text.into_owned());
    }
    // No establishment is numbered 00000; and powers of ten hide the digits they stand for.
    let rounded = digits.len() >= 13 && digits.ends_with("00000");
    if rounded || lost >= if digits.len() >= 13 { 4 } else { 3 } {
        return Siret::Destroyed;
    }
    // A number has lost its leading zero.
    match digits.len() {
        13 | 8 if matches!(value, Value::Number(_)) => Siret::Read(format!("0{digits}")),
        _ => Siret::Read(digits),
    }
}

/// The digits of `12345678900012.0`, or of `123.456.789-00012` when they make a SIRET or a SIREN.
fn digits_only(compact: &str) -> Option<String> {
    whole(compact).map(str::to_string).or_else(|| {
        let digits: String = compact.chars().filter(|c| !matches!(c, '.' | '-' | '/')).collect();
        (matches!(digits.len(), 9 | 14) && digits.bytes().all(|b| b.is_ascii_digit()))
            .then_some(digits)
    })
}

/// The number a power of ten stands for, and how many of its digits are not written.
fn scientific(text: &str) -> Option<(String, usize)> {
    let (mantissa, power) = text.split_once(['e', 'E'])?;
    let power: usize = power.strip_prefix('+').unwrap_or(power).parse().ok()?;
    let (whole, decimals) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let value: f64 = format!("{whole}.{decimals}0e{power}").parse().ok()?;
    let digits = Decimal::from_f64(value)?.to_whole().filter(|v| *v > 0)?;
    Some((digits.to_string(), power.saturating_sub(decimals.len())))
}

/// An RNA: capitals, no spaces.
pub(super) fn rna(value: &Value) -> String {
    let kept = |c: &char| !is_space(*c) && !matches!(c, '.' | '-');
    text(value).chars().filter(kept).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn t(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[test]
    fn codes_stay_text() {
        assert_eq!(identifier(&Value::Number(12.0)), "12");
        assert_eq!(identifier(&t("12,0")), "12");
        assert_eq!(identifier(&t("007")), "007");
        assert_eq!(identifier(&Value::Number(1.1)), "1.1");
        assert_eq!(identifier(&t("A-12.0")), "A-12.0");
        assert_eq!(commune(&Value::Number(1004.0)), "01004");
        assert_eq!(commune(&t("2a004")), "2A004");
        assert_eq!(commune(&t("Sucy-en-\u{a0}Brie")), "Sucy-en- Brie");
        assert_eq!(commune(&t("2B033")), "2B033");
        assert_eq!(commune(&t("1 004")), "01004");
        assert_eq!(commune(&t("94\u{202f}071")), "94071");
        assert_eq!(commune(&t("1004.0")), "01004");
        assert_eq!(rna(&t("w 941 000 123")), "W941000123");
    }

    #[test]
    fn a_tidy_text_is_not_copied() {
        let own: Arc<str> = "Fête du sol".into();
        let value = Value::Text(Arc::clone(&own));
        assert!(Arc::ptr_eq(&shared(&value, &text(&value)), &own));
        for untidy in [" a", "a ", "a  b", "a\nb", "a\u{a0}b", "\u{feff}a", " "] {
            assert!(matches!(tidy(untidy), Cow::Owned(_)), "{untidy:?}");
        }
        assert!(matches!(tidy(""), Cow::Borrowed("")));
    }

    #[test]
    fn a_siret_survives_spreadsheets() {
        let read = |value| match siret(&value) {
            Siret::Read(text) => text,
            Siret::Destroyed => "détruit".to_string(),
        };
        assert_eq!(read(Value::Number(12_345_678_900_012.0)), "12345678900012");
        assert_eq!(read(t("1.2345678900012E+13")), "12345678900012");
        assert_eq!(read(t("12345678900012.0")), "12345678900012");
        assert_eq!(read(t("224 900 019 000 15'")), "22490001900015");
        assert_eq!(read(t("452474562")), "452474562");
        assert_eq!(read(Value::Number(5_520_242_000_034.0)), "05520242000034");
        assert_eq!(read(t("35181600000000")), "détruit");
        for rounded in ["3,51816E+13", "1,23457E+13", "1,23456789E+13", "1.23457e+08"] {
            assert_eq!(read(t(rounded)), "détruit", "{rounded}");
        }
        for rounded in [12_345_678_900_000.0, 12_345_700_000_000.0] {
            assert_eq!(read(Value::Number(rounded)), "détruit", "{rounded}");
        }
        assert_eq!(read(t("1,2345678900012E13")), "12345678900012");
        assert_eq!(read(t("123.456.789.00012")), "12345678900012");
        assert_eq!(read(t("123-456-789")), "123456789");
        assert_eq!(read(t("12345678900012\u{a0}")), "12345678900012");
        assert_eq!(read(t("2026.5")), "2026.5");
        assert_eq!(read(t("en cours")), "en cours");
    }
}
