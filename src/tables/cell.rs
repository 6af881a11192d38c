//! One cell → one typed value, or the reason why not.

use super::number::{self, Decimal, NumberProblem};
use super::{choice, code, date};
use crate::ingest::Value;
use crate::schema::{Choice, ColumnSpec, Kind};
use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use std::borrow::Cow;
use std::sync::Arc;

/// A value of a typed column.
#[derive(Debug, Clone, PartialEq)]
pub enum Typed {
    /// Text, code or label.
    Text(Arc<str>),
    /// Number.
    Number(f64),
    /// Cents.
    Money(i64),
    /// Day.
    Date(NaiveDate),
    /// First and last day.
    Span(NaiveDate, NaiveDate),
    /// oui / non.
    Flag(bool),
    /// Several texts.
    List(Vec<Arc<str>>),
}

/// What a cell gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Parsed {
    /// Nothing was written.
    Empty,
    /// A value.
    Value(Typed),
    /// A value, and a finding code: it is kept, but someone should look.
    Odd(Typed, &'static str),
    /// No value can be made of it: a finding code.
    Bad(&'static str),
}

/// A text read from a cell, which lends its own when nothing changed.
fn text(value: &Value, text: &str) -> Parsed {
    if text.is_empty() {
        Parsed::Empty
    } else {
        Parsed::Value(Typed::Text(code::shared(value, text)))
    }
}

/// Reads a cell of a column of the schema: [`parse`], plus what depends on the column (hours written
/// `1h30`, unit repeated after the number, labels whose meaning drives figures).
pub fn read(column: &ColumnSpec, value: &Value) -> Parsed {
    let hours = column.unit == "h" && column.kind == Kind::Number;
    let retried = match value {
        Value::Text(text) if hours => number::hours(text).map(Value::Number),
        Value::Date(time) if hours => clock(*time).map(Value::Number),
        Value::Text(text) => without_unit(column, text),
        _ => None,
    };
    match parse(column.kind, retried.as_ref().unwrap_or(value)) {
        Parsed::Odd(_, "valeur-inconnue") if choice::is_closed(column) => {
            Parsed::Bad("valeur-inconnue")
        }
        Parsed::Value(Typed::Number(n)) if n < 0.0 && !column.unit.is_empty() => {
            Parsed::Odd(Typed::Number(n), "valeur-negative")
        }
        parsed => parsed,
    }
}

/// The text before the unit of its column: `12 personnes`.
fn without_unit(column: &ColumnSpec, text: &str) -> Option<Value> {
    let bare = text.trim_end_matches(char::is_alphabetic);
    if bare.len() == text.len() || column.unit.is_empty() {
        return None;
    }
    let unit = crate::texts::fold(column.unit);
    let same = unit.len() > 1 && crate::texts::fold(&text[bare.len()..]) == unit;
    same.then(|| Value::Text(bare.into()))
}

/// A duration that a spreadsheet shows as a time: days since its day zero, in hours.
fn clock(time: NaiveDateTime) -> Option<f64> {
    let zero = NaiveDate::from_ymd_opt(1899, 12, 31)?;
    let days = (time.date() - zero).num_days();
    let minutes = f64::from(time.hour() * 60 + time.minute());
    (0..31).contains(&days).then(|| days as f64 * 24.0 + minutes / 60.0)
}

/// Reads a cell by kind alone.
pub fn parse(kind: Kind, value: &Value) -> Parsed {
    match value {
        Value::Empty => return Parsed::Empty,
        Value::Error(error) if choice::says_nothing(error) => return Parsed::Empty,
        Value::Error(_) => return Parsed::Bad("cellule-en-erreur"),
        Value::Number(number) if !number.is_finite() => return Parsed::Bad("nombre-illisible"),
        Value::Text(text) if choice::says_nothing(text) => return Parsed::Empty,
        Value::Text(text) if choice::is_absent(kind, text) => return Parsed::Empty,
        Value::Text(text) if is_error(text) => return Parsed::Bad("cellule-en-erreur"),
        _ => {}
    }
    match kind {
        Kind::Text => text(value, &code::text(value)),
        Kind::Code => text(value, &code::identifier(value)),
        Kind::Commune => text(value, &code::commune(value)),
        Kind::Rna => text(value, &code::rna(value)),
        Kind::Siret => match code::siret(value) {
            code::Siret::Read(digits) => text(value, &digits),
            code::Siret::Destroyed => Parsed::Bad("siret-detruit"),
        },
        Kind::Date => date(value),
        Kind::Span => span(value),
        Kind::Year => year(value),
        Kind::Number | Kind::Integer | Kind::Money => quantity(kind, value),
        Kind::Flag => flag(value),
        Kind::List => list(value),
        Kind::Choice(choices) => one_of(choices, &code::identifier(value)),
        Kind::Choices(choices) => several_of(choices, value),
    }
}

/// Errors of spreadsheets, exported as text in French or English; `###` is a number that a column was
/// too narrow to show.
fn is_error(text: &str) -> bool {
    const ERRORS: &[&str] = &[
        "#REF!", "#NAME?", "#NOM?", "#VALUE!", "#VALEUR!", "#DIV/0!", "#NUM!", "#NOMBRE!",
        "#NULL!", "#NUL!", "#SPILL!", "#CALC!",
    ];
    let text = text.trim();
    text.starts_with('#')
        && (text.len() > 2 && text.bytes().all(|b| b == b'#')
            || ERRORS
                .contains(&text.replace([' ', '\u{a0}', '\u{202f}'], "").to_uppercase().as_str()))
}

fn quantity(kind: Kind, value: &Value) -> Parsed {
    let (decimal, three_decimals) = match value {
        Value::Number(float) => match Decimal::from_f64(*float) {
            Some(decimal) => (decimal, false),
            None => return Parsed::Bad("nombre-illisible"),
        },
        Value::Text(text) => match number::read(text) {
            Ok(written) if written.percent && kind == Kind::Number => {
                match written.value.shifted(-2) {
                    Some(decimal) => (decimal, false),
                    None => return Parsed::Bad("nombre-illisible"),
                }
            }
            Ok(written) if written.percent => return Parsed::Bad("nombre-illisible"),
            Ok(written) => (written.value, written.three_decimals),
            Err(NumberProblem::Ambiguous) => return Parsed::Bad("nombre-ambigu"),
            Err(NumberProblem::Unreadable) => return Parsed::Bad("nombre-illisible"),
        },
        _ => return Parsed::Bad("nombre-illisible"),
    };
    match kind {
        Kind::Money if three_decimals => Parsed::Bad("nombre-ambigu"),
        Kind::Money => decimal
            .to_cents()
            .map_or(Parsed::Bad("nombre-illisible"), |cents| Parsed::Value(Typed::Money(cents))),
        Kind::Integer if decimal.is_negative() => Parsed::Bad("valeur-negative"),
        // Counts past what a float holds exactly are not counts.
        Kind::Integer => match decimal.to_whole().filter(|n| *n < 1 << 32) {
            Some(whole) => Parsed::Value(Typed::Number(whole as f64)),
            None => Parsed::Bad("nombre-illisible"),
        },
        _ => Parsed::Value(Typed::Number(decimal.to_f64())),
    }
}

fn date(value: &Value) -> Parsed {
    match period(value, date::period) {
        Ok(period) if period.is_year() => Parsed::Odd(Typed::Date(period.first), "date-imprecise"),
        Ok(period) => Parsed::Value(Typed::Date(period.first)),
        Err(code) => Parsed::Bad(code),
    }
}

fn span(value: &Value) -> Parsed {
    match period(value, date::span) {
        Ok(period) => Parsed::Value(Typed::Span(period.first, period.last)),
        Err(code) => Parsed::Bad(code),
    }
}

fn period(
    value: &Value,
    read: fn(&str) -> Result<date::Period, date::DateProblem>,
) -> Result<date::Period, &'static str> {
    let period = match value {
        Value::Date(time) if (1900..=2100).contains(&time.year()) => {
            return Ok(date::Period { first: time.date(), last: time.date() });
        }
        Value::Date(_) => Err(date::DateProblem::Impossible),
        Value::Number(number) => date::from_number(*number),
        Value::Text(text) => {
            let bare = text.trim();
            read(bare.strip_suffix(".0").unwrap_or(bare))
        }
        _ => Err(date::DateProblem::Unreadable),
    };
    period.map_err(|problem| match problem {
        date::DateProblem::Impossible => "date-impossible",
        date::DateProblem::Unreadable => "date-illisible",
    })
}

fn year(value: &Value) -> Parsed {
    let year = match value {
        Value::Date(time) => Some(i64::from(time.year())),
        Value::Number(number) => Decimal::from_f64(*number).and_then(Decimal::to_whole),
        _ => {
            let text = code::identifier(value);
            let digits = text.rsplit(' ').next().unwrap_or(&text);
            let day = || date::period(&text).ok().map(|p| i64::from(p.first.year()));
            digits.parse().ok().or_else(day)
        }
    };
    match year {
        Some(year) if (1900..=2100).contains(&year) => Parsed::Value(Typed::Number(year as f64)),
        _ => Parsed::Bad("nombre-illisible"),
    }
}

fn flag(value: &Value) -> Parsed {
    let flag = match value {
        Value::Flag(flag) => Some(*flag),
        other => choice::flag(&code::identifier(other)),
    };
    flag.map_or(Parsed::Bad("valeur-inconnue"), |flag| Parsed::Value(Typed::Flag(flag)))
}

/// The parts of a list: split at `;` and line breaks, and at `,` and `/` when there are none.
fn parts(value: &Value) -> Vec<String> {
    let Value::Text(text) = value else {
        return vec![code::identifier(value).into_owned()];
    };
    let strong = [';', '\n', '\r', '|'];
    let pieces: Vec<&str> = if text.contains(strong) {
        text.split(strong).collect()
    } else {
        text.split([',', '/']).collect()
    };
    let said = |part: &str| !choice::says_nothing(part) && !choice::is_absent(Kind::Code, part);
    pieces.into_iter().map(code::tidy).filter(|part| said(part)).map(Cow::into_owned).collect()
}

fn list(value: &Value) -> Parsed {
    let mut kept: Vec<Arc<str>> = Vec::new();
    for part in parts(value) {
        if !kept.iter().any(|k| **k == *part) {
            kept.push(part.into());
        }
    }
    if kept.is_empty() { Parsed::Empty } else { Parsed::Value(Typed::List(kept)) }
}

fn one_of(choices: &'static [Choice], typed: &str) -> Parsed {
    match choice::label(choices, typed) {
        Some(label) => Parsed::Value(Typed::Text(label.into())),
        None => Parsed::Odd(Typed::Text(typed.into()), "valeur-inconnue"),
    }
}

fn several_of(choices: &'static [Choice], value: &Value) -> Parsed {
    let parts = parts(value);
    let labels: Vec<_> = parts.iter().map(|part| choice::label(choices, part)).collect();
    if parts.is_empty() {
        return Parsed::Empty;
    }
    let known = labels.iter().all(Option::is_some);
    let kept = parts.iter().zip(labels).map(|(part, label)| label.unwrap_or(part).into()).collect();
    if known {
        Parsed::Value(Typed::List(kept))
    } else {
        Parsed::Odd(Typed::List(kept), "valeur-inconnue")
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
