//! Dates as people type them. A text stands for a period (a day, a month, a quarter, a year); where
//! one day is wanted it is the first.

use crate::period::Quarter;
use crate::texts::mend;
use chrono::{Days, NaiveDate};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Years believed; outside them a date is a slip of the keyboard.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// First and last day of what a text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    /// First day.
    pub(super) first: NaiveDate,
    /// Last day.
    pub(super) last: NaiveDate,
}

impl Period {
    /// Whether it is a whole year or more: as a date, only its first day is known to be wrong.
    pub(super) fn is_year(self) -> bool {
        (self.last - self.first).num_days() >= 364
    }

    fn day(date: NaiveDate) -> Self {
        Self { first: date, last: date }
    }
}

/// Why a text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateProblem {
    /// Written as a date, but the calendar has no such day.
    Impossible,
    /// Not written as a date.
    Unreadable,
}

use DateProblem::{Impossible, Unreadable};

/// A number in a date column: a year, `20260312`, or days since 1899-12-30.
///
/// # Errors
/// The problem when it is none of them.
pub(super) fn from_number(value: f64) -> Result<Period, DateProblem> {
    if !(1.0..=99_999_999.0).contains(&value) {
        return Err(Unreadable);
    }
    // In range: the cast keeps the whole part, the fraction is the time of day.
    let whole = value.trunc() as u32;
    match whole {
        1900..=2100 => year(whole as i32),
        // From 1906 to 2173: below, a count or an age more likely than a day.
        2101..=100_000 => NaiveDate::from_ymd_opt(1899, 12, 30)
            .and_then(|epoch| epoch.checked_add_days(Days::new(u64::from(whole))))
            .map(Period::day)
            .ok_or(Impossible),
        10_000_000.. => compact(whole),
        _ => Err(Unreadable),
    }
}

fn compact(digits: u32) -> Result<Period, DateProblem> {
    let leading = (digits / 10_000) as i32;
    if YEARS.contains(&leading) {
        day(leading, digits / 100 % 100, digits % 100)
    } else {
        day((digits % 10_000) as i32, digits / 10_000 % 100, digits / 1_000_000)
    }
}

fn day(year: i32, month: u32, day: u32) -> Result<Period, DateProblem> {
    if !YEARS.contains(&year) {
        return Err(Impossible);
    }
    NaiveDate::from_ymd_opt(year, month, day).map(Period::day).ok_or(Impossible)
}

fn month(year: i32, month: u32) -> Result<Period, DateProblem> {
    let first = day(year, month, 1)?.first;
    let last = first
        .checked_add_months(chrono::Months::new(1))
        .and_then(|next| next.pred_opt())
        .ok_or(Impossible)?;
    Ok(Period { first, last })
}

fn months(year: i32, first: u32, last: u32) -> Result<Period, DateProblem> {
    Ok(Period { first: month(year, first)?.first, last: month(year, last)?.last })
}

fn year(year: i32) -> Result<Period, DateProblem> {
    Ok(Period { first: day(year, 1, 1)?.first, last: day(year, 12, 31)?.last })
}

/// A word or number of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    /// Value and number of digits.
    Digits(u32, usize),
    /// Month by name.
    Month(u32),
    /// *trimestre*.
    Quarter,
    /// `t3`, `q3`.
    QuarterNumber(u32),
    /// *semestre*.
    Half,
    /// `s1`.
    HalfNumber(u32),
}

/// Starts of month names, French then English; longer starts first where one hides another.
const MONTHS: &[(&str, u32)] = &[
    ("janv", 1),
    ("jan", 1),
    ("fevr", 2),
    ("fev", 2),
    ("feb", 2),
    ("mars", 3),
    ("march", 3),
    ("mar", 3),
    ("avr", 4),
    ("apr", 4),
    ("mai", 5),
    ("may", 5),
    ("juin", 6),
    ("june", 6),
    ("jun", 6),
    ("juil", 7),
    ("july", 7),
    ("jul", 7),
    ("aout", 8),
    ("aug", 8),
    ("sept", 9),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];
const MONTH_NAMES: &[&str] = &[
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: &[&str] =
    &["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const SHORT_WEEKDAYS: &[&str] = &["lun", "mar", "mer", "jeu", "ven", "sam", "dim", "le"];

fn token(word: &str, first: bool) -> Result<Option<Token>, DateProblem> {
    if word.bytes().all(|b| b.is_ascii_digit()) {
        let value = word.parse().map_err(|_| Unreadable)?;
        return Ok(Some(Token::Digits(value, word.len())));
    }
    if WEEKDAYS.contains(&word) || (first && SHORT_WEEKDAYS.contains(&word)) {
        return Ok(None);
    }
    let by_name = MONTH_NAMES.iter().position(|name| *name == word).or_else(|| lossy_month(word));
    let by_start = MONTHS.iter().find(|(start, _)| *start == word).map(|(_, month)| *month);
    if let Some(month) = by_name.and_then(|i| u32::try_from(i % 12 + 1).ok()).or(by_start) {
        return Ok(Some(Token::Month(month)));
    }
    match word.as_bytes() {
        b"trimestre" | b"trim" | b"quarter" => return Ok(Some(Token::Quarter)),
        b"semestre" | b"half" => return Ok(Some(Token::Half)),
        [b't' | b'q', number @ b'1'..=b'4'] => {
            return Ok(Some(Token::QuarterNumber(u32::from(number - b'0'))));
        }
        [b's' | b'h', number @ b'1'..=b'2'] => {
            return Ok(Some(Token::HalfNumber(u32::from(number - b'0'))));
        }
        _ => {}
    }
    let ordinal =
        ["er", "eme", "e", "st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
    match ordinal.map(str::parse) {
        Some(Ok(value)) => Ok(Some(Token::Digits(value, 1))),
        _ => Err(Unreadable),
    }
}

/// The month of a name that lost its accents, when it is the only one.
fn lossy_month(word: &str) -> Option<usize> {
    const ACCENTED: &[(&str, usize)] = &[("février", 1), ("août", 7), ("décembre", 11)];
    ACCENTED.iter().find(|(name, _)| mend::could_be(word, name)).map(|(_, place)| *place)
}

/// Lower case, without accents, without the time of day.
fn plain(text: &str) -> String {
    let lower: String = text
        .trim()
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    let bytes = lower.as_bytes();
    let iso = bytes.len() > 11
        && bytes[4] == b'-'
        && bytes[7] == b'-'
        && bytes[10] == b't'
        && bytes[11].is_ascii_digit();
    if iso {
        return lower[..10].to_string();
    }
    let words: Vec<&str> = lower.split_whitespace().collect();
    let start = words.iter().position(|w| *w == "a" || is_time(w)).unwrap_or(words.len());
    // Only a time of day is passed over: other words after it make the text unreadable.
    let (date, rest) = words.split_at(start);
    let time = rest.iter().skip_while(|w| **w == "a");
    let all_time = time.clone().all(|w| is_time(w) || w.len() <= 2 || *w == "min");
    let starts_with_digit =
        time.clone().next().is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    if rest.is_empty() || (all_time && starts_with_digit) {
        date.join(" ")
    } else {
        words.join(" ")
    }
}

/// `10:30`, `14h`, `14h30`, `14h-16h`, `10:00:00z`.
fn is_time(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.contains([':', 'h'])
        && word
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ':' | 'h' | '-' | '.' | '+' | 'z'))
}

/// What a text names: `31/12/2026`, `31.12.26`, `12 mars 2026`, `2026-03-12`, `T3 2026`,
/// `mars 2026`, `2014`, a raw serial.
///
/// # Errors
/// The problem when it is not a date.
pub(super) fn period(text: &str) -> Result<Period, DateProblem> {
    usual(text.trim()).unwrap_or_else(|| in_words(text))
}

/// `31/12/2026`, `31.12.2026` or `2026-12-31`, as nearly all days are written: read without a copy.
fn usual(text: &str) -> Option<Result<Period, DateProblem>> {
    let number = |range: std::ops::Range<usize>| {
        let part = text.get(range)?;
        part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<u32>().ok())?
    };
    match text.as_bytes() {
        [_, _, a @ (b'/' | b'.' | b'-'), _, _, b, _, _, _, _] if a == b => {
            Some(day(number(6..10)? as i32, number(3..5)?, number(0..2)?))
        }
        [_, _, _, _, b'-', _, _, b'-', _, _] => {
            Some(day(number(0..4)? as i32, number(5..7)?, number(8..10)?))
        }
        _ => None,
    }
}

fn in_words(text: &str) -> Result<Period, DateProblem> {
    if let Ok(quarter) = text.parse::<Quarter>() {
        return months(quarter.year, quarter.number * 3 - 2, quarter.number * 3);
    }
    let text = plain(text);
    if text.contains(['+', '(']) || text.starts_with('-') {
        return Err(Unreadable);
    }
    let mut tokens = Vec::new();
    for (index, word) in text.split([' ', '/', '.', '-', ',']).filter(|w| !w.is_empty()).enumerate()
    {
        tokens.extend(token(word, index == 0)?);
    }
    use Token::{Digits, Half, HalfNumber, Month, QuarterNumber};
    match tokens.as_slice() {
        [Digits(value, 4)] => year(i32::try_from(*value).map_err(|_| Unreadable)?),
        // A serial typed or exported as text: 1954 to 2119.
        [Digits(value @ 20_000..=80_000, 5)] => from_number(f64::from(*value)),
        [Digits(value, 8)] => compact(*value),
        [Digits(y, 4), Digits(m, 1 | 2)] | [Digits(m, 1 | 2), Digits(y, 4)] => month(*y as i32, *m),
        [Digits(y, 4), Digits(m, 1 | 2), Digits(d, 1 | 2)] => day(*y as i32, *m, *d),
        [Digits(d, 1 | 2), Digits(m, 1 | 2), Digits(y, n @ (2 | 4))] => day(full(*y, *n), *m, *d),
        [Digits(d, 1 | 2), Month(m), Digits(y, n @ (2 | 4))] => day(full(*y, *n), *m, *d),
        [Month(m), Digits(d, 1 | 2), Digits(y, 4)] => day(*y as i32, *m, *d),
        [Month(m), Digits(y, 4)] => month(*y as i32, *m),
        [Digits(q @ 1..=4, 1), Token::Quarter, Digits(y, 4)]
        | [Token::Quarter, Digits(q @ 1..=4, 1), Digits(y, 4)]
        | [QuarterNumber(q), Digits(y, 4)]
        | [Digits(y, 4), QuarterNumber(q)] => months(*y as i32, q * 3 - 2, q * 3),
        [Digits(h @ 1..=2, 1), Half, Digits(y, 4)]
        | [Half, Digits(h @ 1..=2, 1), Digits(y, 4)]
        | [HalfNumber(h), Digits(y, 4)]
        | [Digits(y, 4), HalfNumber(h)] => months(*y as i32, h * 6 - 5, h * 6),
        _ => Err(Unreadable),
    }
}

/// Two-digit years: 00–49 are 2000s, 50–99 are 1900s, as spreadsheets (nearly) do.
fn full(year: u32, digits: usize) -> i32 {
    let year = i32::try_from(year).unwrap_or(0);
    match (digits, year) {
        (2, 0..=49) => 2000 + year,
        (2, _) => 1900 + year,
        _ => year,
    }
}

/// First and last day: two dates with something between them, or one period.
///
/// # Errors
/// The problem when neither; [`DateProblem::Impossible`] when the end is before the start.
pub(super) fn span(text: &str) -> Result<Period, DateProblem> {
    let whole = period(text);
    if whole.is_ok() {
        return whole;
    }
    let lower = text.trim().to_lowercase();
    let lower = lower.strip_prefix("du ").or_else(|| lower.strip_prefix("de ")).unwrap_or(&lower);
    for separator in [" au ", " à ", " to ", "_", " / ", " - ", " – ", "–", "→", "/", "-"] {
        for (at, found) in lower.match_indices(separator) {
            let (left, right) = (&lower[..at], &lower[at + found.len()..]);
            if let (Ok(left), Ok(right)) = (period(left), period(right)) {
                let span = Period { first: left.first, last: right.last };
                return if span.first <= span.last { Ok(span) } else { Err(Impossible) };
            }
        }
    }
    whole
}

#[cfg(test)]
mod tests;
