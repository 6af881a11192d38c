//! Identifiers that have a known form: SIRET, RNA, INSEE codes, ADEME decision numbers.

use super::{Context, Rule, rule};
use crate::finding::Place;
use crate::schema::Kind;
use crate::tables::Frame;

pub(super) const RULES: &[Rule] = &[
    rule("siret-invalide", |context, sink| {
        each_text(context, Kind::Siret, |frame, row, column, text| {
            if !is_siret(text) && !is_siren(text) {
                sink.put(frame.place(row, column), text, Vec::new());
            }
        });
        if let Some(siret) = &context.settings.programme.siret
            && !is_siret(&digits(siret))
        {
            sink.put(Place::file("bilan.toml"), siret.clone(), Vec::new());
        }
    }),
    rule("siren-pour-siret", |context, sink| {
        each_text(context, Kind::Siret, |frame, row, column, text| {
            if is_siren(text) {
                sink.put(frame.place(row, column), text, Vec::new());
            }
        });
    }),
    rule("rna-invalide", |context, sink| {
        each_text(context, Kind::Rna, |frame, row, column, text| {
            if !is_rna(text) {
                sink.put(frame.place(row, column), text, Vec::new());
            }
        });
    }),
    rule("commune-invalide", |context, sink| {
        each_text(context, Kind::Commune, |frame, row, column, text| {
            // A name may hold a number: `Paris 18e`. What starts with one is meant as a code.
            if text.starts_with(|c: char| c.is_ascii_digit()) && !is_insee(text) {
                sink.put(frame.place(row, column), text, Vec::new());
            }
        });
    }),
    rule("decision-ademe-invalide", |context, sink| {
        if let Some(decision) = &context.settings.programme.decision
            && !is_decision(decision)
        {
            sink.put(Place::file("bilan.toml"), decision.clone(), Vec::new());
        }
    }),
];

/// Calls `look` for each text of each column of a kind. People's own identifiers are not here.
fn each_text(
    context: &Context<'_>,
    kind: Kind,
    mut look: impl FnMut(&Frame, usize, &'static str, &str),
) {
    for frame in context.tables.iter() {
        let columns = frame.spec.columns.iter().filter(|c| c.kind == kind && !c.personal);
        for column in columns.filter(|c| frame.has(c.id)) {
            for row in 0..frame.len() {
                if let Some(text) = frame.text(column.id, row) {
                    look(frame, row, column.id, text);
                }
            }
        }
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Sum of the Luhn algorithm.
fn luhn(text: &str) -> u32 {
    text.bytes()
        .rev()
        .enumerate()
        .map(|(index, byte)| {
            let digit = u32::from(byte - b'0') * if index % 2 == 1 { 2 } else { 1 };
            if digit > 9 { digit - 9 } else { digit }
        })
        .sum()
}

fn all_digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| b.is_ascii_digit())
}

/// La Poste's establishments outgrew the key: the sum of their digits is a multiple of 5 instead.
fn is_siret(text: &str) -> bool {
    all_digits(text, 14)
        && (luhn(text).is_multiple_of(10)
            || (text.starts_with("356000000")
                && text.bytes().map(|b| u32::from(b - b'0')).sum::<u32>().is_multiple_of(5)))
}

fn is_siren(text: &str) -> bool {
    all_digits(text, 9) && luhn(text).is_multiple_of(10)
}

fn is_rna(text: &str) -> bool {
    text.strip_prefix('W').is_some_and(|rest| all_digits(rest, 9))
}

/// Two digits of a département (2A and 2B for Corsica, 97 and 98 overseas) and three of a commune.
fn is_insee(text: &str) -> bool {
    let Some((department, commune)) = text.split_at_checked(2) else { return false };
    let known = matches!(department, "2A" | "2B")
        || department.parse::<u32>().is_ok_and(|d| (1..=98).contains(&d) && d != 20 && d != 96);
    known && all_digits(commune, 3)
}

/// `20IFC0161`: year, direction, number.
fn is_decision(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 9
        && bytes[..2].iter().all(u8::is_ascii_digit)
        && bytes[2..5].iter().all(u8::is_ascii_uppercase)
        && bytes[5..].iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_identifiers_are_told_from_slips() {
        for siret in ["38529030900454", "35600000000048", "35600000009075"] {
            assert!(is_siret(siret), "{siret}");
        }
        for siret in ["38529030900455", "3852903090045", "385290309004541", ""] {
            assert!(!is_siret(siret), "{siret}");
        }
        assert!(is_siren("385290309") && !is_siren("385290308"));
        assert!(is_rna("W941000123") && !is_rna("941000123") && !is_rna("W94100012"));
        for code in ["94071", "01004", "2A004", "97411"] {
            assert!(is_insee(code), "{code}");
        }
        for code in ["99999", "20004", "2C004", "9407", "940710", "é4071"] {
            assert!(!is_insee(code), "{code}");
        }
        assert!(is_decision("20IFC0161") && !is_decision("20-IFC-0161"));
    }
}
