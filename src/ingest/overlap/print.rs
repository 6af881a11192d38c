//! One hash per row: what the row says, whatever the format of its file and the order of its columns.

use crate::ingest::{RawTable, Row, Value};
use chrono::{NaiveDate, NaiveTime};
use std::hash::{DefaultHasher, Hasher as _};

/// The hashes of a sheet, one per row in its order. 64 bits: among a million rows, two that differ
/// are taken for one with a chance of one in thirty million.
#[derive(Debug, Default)]
pub(super) struct Print {
    pub(super) hashes: Vec<u64>,
    bytes: usize,
}

impl Print {
    pub(super) fn rows(&self) -> usize {
        self.hashes.len()
    }

    /// Whether its rows hold that many bytes on average.
    pub(super) fn tells(&self, bytes: usize) -> bool {
        self.bytes >= bytes * self.hashes.len()
    }
}

/// What the rows say in the columns that the schema knows.
pub(super) fn rows(table: &RawTable) -> Print {
    let place = |id: &str| table.table.spec().columns.iter().position(|column| column.id == id);
    let columns: Vec<(usize, u32)> =
        table.columns.iter().filter_map(|c| Some((place(c.id)?, c.index))).collect();
    of(table, columns)
}

/// The identifiers of the rows; none where the sheet lacks one of their columns.
pub(super) fn keys(table: &RawTable) -> Print {
    let find = |id: &str| table.columns.iter().find(|c| c.id == id && !c.header.is_empty());
    let key = table.table.spec().key;
    let columns: Option<Vec<(usize, u32)>> =
        key.iter().enumerate().map(|(i, id)| Some((i, find(id)?.index))).collect();
    match columns {
        Some(columns) if !columns.is_empty() => of(table, columns),
        _ => Print::default(),
    }
}

fn of(table: &RawTable, mut columns: Vec<(usize, u32)>) -> Print {
    columns.sort_unstable();
    let mut print = Print { hashes: Vec::with_capacity(table.rows.len()), bytes: 0 };
    for row in &table.rows {
        let (hash, bytes) = row_hash(row, &columns);
        print.hashes.push(hash);
        print.bytes += bytes;
    }
    print
}

fn row_hash(row: &Row, columns: &[(usize, u32)]) -> (u64, usize) {
    let mut hasher = DefaultHasher::new();
    let mut bytes = 0;
    for (place, index) in columns {
        let value = row.cell(*index);
        if !value.is_blank() {
            hasher.write_usize(*place);
            bytes += write(&mut hasher, value);
        }
    }
    (hasher.finish(), bytes)
}

/// Gives a cell to the hasher, and how many bytes it says.
fn write(hasher: &mut DefaultHasher, value: &Value) -> usize {
    match value {
        Value::Empty => 0,
        Value::Text(text) | Value::Error(text) => {
            let text = text.trim();
            if let Some(number) = plain_number(text) {
                write_number(hasher, number);
            } else if let Some(day) = plain_day(text) {
                write_date(hasher, day.and_time(NaiveTime::MIN));
            } else {
                hasher.write_u8(0);
                hasher.write(text.as_bytes());
                hasher.write_u8(0xFF);
            }
            text.len()
        }
        Value::Number(number) => write_number(hasher, *number),
        Value::Flag(flag) => {
            hasher.write_u8(2 + u8::from(*flag));
            1
        }
        Value::Date(date) => write_date(hasher, *date),
    }
}

fn write_number(hasher: &mut DefaultHasher, number: f64) -> usize {
    hasher.write_u8(1);
    // Zero has two signs.
    hasher.write_u64((number + 0.0).to_bits());
    if number.fract().abs() > 0.0 || number.abs() >= 1e4 { 8 } else { 2 }
}

fn write_date(hasher: &mut DefaultHasher, date: chrono::NaiveDateTime) -> usize {
    hasher.write_u8(4);
    hasher.write_i64(date.and_utc().timestamp());
    10
}

/// `1 234,5`, which another format of the same file holds as a number; not `007`, which is a code.
fn plain_number(text: &str) -> Option<f64> {
    const LONGEST: usize = 24;
    let bytes = text.as_bytes();
    let digits = bytes.strip_prefix(b"-").unwrap_or(bytes);
    let code = digits.len() > 1 && digits[0] == b'0' && digits[1].is_ascii_digit();
    if !digits.first()?.is_ascii_digit() || code || text.len() > LONGEST {
        return None;
    }
    let mut plain = [0_u8; LONGEST];
    let mut length = 0;
    for c in text.chars() {
        plain[length] = match c {
            '0'..='9' | '.' | '-' => c as u8,
            ',' => b'.',
            ' ' | '\u{a0}' | '\u{202f}' => continue,
            _ => return None,
        };
        length += 1;
    }
    std::str::from_utf8(&plain[..length]).ok()?.parse().ok()
}

/// `31/12/2026` or `2026-12-31`, which a workbook holds as a date.
fn plain_day(text: &str) -> Option<NaiveDate> {
    let number = |range: std::ops::Range<usize>| {
        let part = text.get(range)?;
        part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<u32>().ok())?
    };
    match text.as_bytes() {
        [_, _, b'/', _, _, b'/', _, _, _, _] => NaiveDate::from_ymd_opt(
            i32::try_from(number(6..10)?).ok()?,
            number(3..5)?,
            number(0..2)?,
        ),
        [_, _, _, _, b'-', _, _, b'-', _, _] => NaiveDate::from_ymd_opt(
            i32::try_from(number(0..4)?).ok()?,
            number(5..7)?,
            number(8..10)?,
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_one_value_are_one() {
        let hash = |value: &Value| {
            let mut hasher = DefaultHasher::new();
            write(&mut hasher, value);
            hasher.finish()
        };
        let day = NaiveDate::from_ymd_opt(2026, 3, 12).unwrap();
        for (text, value) in [
            ("1 234,5", Value::Number(1234.5)),
            ("-3", Value::Number(-3.0)),
            ("0", Value::Number(-0.0)),
            ("12/03/2026", Value::Date(day.and_time(NaiveTime::MIN))),
            ("2026-03-12", Value::Date(day.and_time(NaiveTime::MIN))),
        ] {
            assert_eq!(hash(&Value::Text(text.into())), hash(&value), "{text}");
        }
        for (text, value) in [
            ("007", Value::Number(7.0)),
            ("12/03/2026", Value::Date(day.and_hms_opt(9, 0, 0).unwrap())),
            ("12", Value::Flag(true)),
        ] {
            assert_ne!(hash(&Value::Text(text.into())), hash(&value), "{text}");
        }
        for text in
            ["1-2", "1.2.3", "12 rue", "31/02/2026", "é", "", "-", "99999999999999999999999999"]
        {
            assert_eq!((plain_number(text), plain_day(text)), (None, None), "{text}");
        }
    }
}
