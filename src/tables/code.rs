//! Codes that must stay text: identifiers, SIRET, RNA, communes; and free text, cleaned of stray
//! spaces.

use crate::ingest::Value;
use crate::tables::number::Decimal;

/// Single ordinary spaces, no line breaks, nothing at the ends.
pub(super) fn tidy(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A cell as text: whole numbers without decimals, dates as `2026-03-12`.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) | Value::Error(text) => tidy(text),
        Value::Number(number) => format!("{number}"),
        Value::Flag(true) => "oui".to_string(),
        Value::Flag(false) => "non".to_string(),
        Value::Date(date) => date.format("%Y-%m-%d").to_string(),
    }
}

/// A short identifier: `12`, `12.0` and `12,0` are the same.
pub(super) fn identifier(value: &Value) -> String {
    let text = text(value);
    whole(&text).map(str::to_string).unwrap_or(text)
}

/// The digits of `12.0` or `12,00`.
fn whole(text: &str) -> Option<&str> {
    let (whole, zeros) = text.split_once(['.', ','])?;
    let all = |part: &str, keep: fn(u8) -> bool| !part.is_empty() && part.bytes().all(keep);
    (all(whole, |b| b.is_ascii_digit()) && all(zeros, |b| b == b'0')).then_some(whole)
}

/// An INSEE code (leading zero given back) or the name of a commune.
pub(super) fn commune(value: &Value) -> String {
    let text = identifier(value);
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    match text.len() {
        4 if digits => format!("0{text}"),
        5 if text.starts_with(['2']) && !digits && is_corsican(&text) => text.to_uppercase(),
        _ => text,
    }
}

fn is_corsican(text: &str) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes[1], b'a' | b'A' | b'b' | b'B') && bytes[2..].iter().all(u8::is_ascii_digit)
}

/// A SIRET once read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Siret {
    /// Digits (14, or 9 for a SIREN), or the text as typed when it is neither.
    Read(String),
    /// A spreadsheet rounded it to a number: its last five digits are gone.
    Destroyed,
}

/// A SIRET whatever a spreadsheet made of it: spaces, quotes, `….0`, `1.2345678900012E+13`.
pub(super) fn siret(value: &Value) -> Siret {
    let text = text(value);
    let compact: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '\u{2019}' | '"' | '`' | '\u{2018}'))
        .collect();
    let digits = whole(&compact).map(str::to_string).unwrap_or_else(|| compact.clone());
    let number = matches!(value, Value::Number(_));
    let digits = scientific(&compact).unwrap_or(digits);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Siret::Read(text);
    }
    if digits.len() >= 13 && digits.ends_with("00000") {
        return Siret::Destroyed;
    }
    // A number has lost its leading zero.
    match digits.len() {
        13 | 8 if number => Siret::Read(format!("0{digits}")),
        _ => Siret::Read(digits),
    }
}

fn scientific(text: &str) -> Option<String> {
    let text = text.to_lowercase().replace(',', ".");
    if !text.contains("e+") {
        return None;
    }
    let value: f64 = text.parse().ok()?;
    Decimal::from_f64(value)?.to_whole().filter(|v| *v > 0).map(|v| v.to_string())
}

/// An RNA: capitals, no spaces.
pub(super) fn rna(value: &Value) -> String {
    text(value).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
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
        assert_eq!(rna(&t("w 941 000 123")), "W941000123");
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
        assert_eq!(read(t("3,51816E+13")), "détruit");
        assert_eq!(read(t("en cours")), "en cours");
    }
}
