//! Numbers as people type them, read exactly: decimal digits, never a float nor a copy of the text on
//! the way.
//!
//! A text has one reading or none. `1.234` (one dot, three digits) could be a thousand or a unit: it
//! is refused as ambiguous rather than guessed.

mod decimal;

pub(super) use decimal::Decimal;

/// Why a text is not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberProblem {
    /// Not a number at all.
    Unreadable,
    /// Could be read two ways.
    Ambiguous,
}

use NumberProblem::{Ambiguous, Unreadable};

/// A number and how it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written {
    /// The number, its multiplier applied (`1,5 k€` is 1500) and its percent sign not.
    pub(super) value: Decimal,
    /// Followed by `%`.
    pub(super) percent: bool,
    /// One comma followed by three digits: fine for a quantity, ambiguous for money.
    pub(super) three_decimals: bool,
}

/// Most digits read: past them nobody typed a quantity.
const MAX_DIGITS: usize = 30;

/// Units written after a number, in lower case without spaces: (unit, power of ten, percent).
const UNITS: &[(&str, i32, bool)] = &[
    ("€", 0, false),
    ("%", 0, true),
    ("k€", 3, false),
    ("m€", 6, false),
    ("md€", 9, false),
    ("€ht", 0, false),
    ("€ttc", 0, false),
    ("k€ht", 3, false),
    ("k€ttc", 3, false),
    ("euros", 0, false),
    ("euro", 0, false),
    ("eurosht", 0, false),
    ("eurosttc", 0, false),
    ("eur", 0, false),
    ("keur", 3, false),
    ("keuros", 3, false),
    ("k", 3, false),
];

/// Spaces of every width, and the marks that some exports leave around values.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}')
}

/// A number and the unit after it; the unit holds no digit, point or parenthesis.
fn split_unit(text: &str) -> Result<(&str, Option<(i32, bool)>), NumberProblem> {
    let inside = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '(' | ')');
    let bare = text.trim_end_matches(|c| !inside(c));
    let tail = text[bare.len()..].trim_matches(is_space);
    if tail.is_empty() {
        return Ok((bare, None));
    }
    let same = |unit: &str| {
        let letters = tail.chars().filter(|c| !is_space(*c)).flat_map(char::to_lowercase);
        letters.eq(unit.chars())
    };
    let found = UNITS.iter().find(|(unit, ..)| same(unit)).ok_or(Unreadable)?;
    Ok((bare, Some((found.1, found.2))))
}

/// Reads a number: `1 234,56 €`, `1.234,56`, `1'234.50`, `(12)`, `12 %`, `1,5 k€`.
///
/// # Errors
/// The problem when the text is not one number.
pub(super) fn read(text: &str) -> Result<Written, NumberProblem> {
    let text = text.trim_matches(is_space);
    // An apostrophe before a number is how a spreadsheet is told to keep it as text.
    let text = text.strip_prefix('\'').unwrap_or(text);
    let (mut body, mut unit) = split_unit(text)?;
    let inner = body.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let mut negative = inner.is_some();
    if let Some(inner) = inner {
        // A unit can stand inside or outside the parentheses of a negative amount, not both.
        let (bare, within) = split_unit(inner.trim_matches(is_space))?;
        if unit.is_some() && within.is_some() {
            return Err(Unreadable);
        }
        (body, unit) = (bare, unit.or(within));
    }
    if unit.is_none()
        && let Some(rest) = body.strip_prefix('€')
    {
        body = rest.trim_start_matches(is_space);
    }
    if let Some(rest) = body.strip_prefix(['-', '\u{2212}', '\u{2013}', '\u{2011}']) {
        if negative {
            return Err(Unreadable);
        }
        negative = true;
        body = rest.trim_start_matches(is_space);
    } else if let Some(rest) = body.strip_prefix('+') {
        body = rest.trim_start_matches(is_space);
    }
    let (value, three_decimals) = digits(body)?;
    let (power, percent) = unit.unwrap_or_default();
    let value = value.shifted(power).ok_or(Unreadable)?;
    let value = if negative { value.negated() } else { value };
    Ok(Written { value, percent, three_decimals })
}

/// Where the decimals start: the last of two kinds of separators, or the only separator there is.
fn decimal_point(body: &str) -> Result<Option<char>, NumberProblem> {
    let (dots, commas) = (body.matches('.').count(), body.matches(',').count());
    match (dots, commas) {
        (0, 0) => Ok(None),
        (1, 0) => Ok(Some('.')),
        (0, 1) => Ok(Some(',')),
        (_, 1) if body.rfind(',') > body.rfind('.') => Ok(Some(',')),
        (1, _) if body.rfind('.') > body.rfind(',') => Ok(Some('.')),
        (0, _) | (_, 0) => Ok(None),
        _ => Err(Unreadable),
    }
}

/// Unsigned digits with their separators, and whether the last three follow a lone comma.
fn digits(body: &str) -> Result<(Decimal, bool), NumberProblem> {
    let (body, exponent) = match body.split_once(['e', 'E']) {
        Some((left, right)) => {
            let exponent: i32 = right.parse().map_err(|_| Unreadable)?;
            (left, if exponent.abs() <= 30 { exponent } else { return Err(Unreadable) })
        }
        None => (body, 0),
    };
    if body.bytes().filter(u8::is_ascii_digit).count() > MAX_DIGITS {
        return Err(Unreadable);
    }
    let point = decimal_point(body)?;
    let (whole, fraction) = match point {
        Some(point) => body.split_once(point).ok_or(Unreadable)?,
        None => (body, ""),
    };
    if fraction.is_empty() && (point.is_some() || whole.is_empty()) {
        return Err(Unreadable);
    }
    let (mut mantissa, grouped) = thousands(whole)?;
    if grouped && exponent != 0 {
        return Err(Unreadable);
    }
    for byte in fraction.bytes() {
        mantissa = mantissa * 10 + digit(char::from(byte)).ok_or(Unreadable)?;
    }
    let three = !grouped
        && exponent == 0
        && fraction.len() == 3
        && (1..=3).contains(&whole.len())
        && !whole.starts_with('0');
    if three && point == Some('.') {
        return Err(Ambiguous);
    }
    let scale = u32::try_from(fraction.len()).map_err(|_| Unreadable)?;
    let value = Decimal::new(mantissa, scale).shifted(exponent).ok_or(Unreadable)?;
    Ok((value, three))
}

fn digit(c: char) -> Option<i128> {
    c.to_digit(10).map(i128::from)
}

/// Digits in one run, or in groups of three after the first, all separated alike.
fn thousands(whole: &str) -> Result<(i128, bool), NumberProblem> {
    let (mut mantissa, mut run, mut separator) = (0, 0_usize, None);
    for c in whole.chars() {
        if let Some(digit) = digit(c) {
            mantissa = mantissa * 10 + digit;
            run += 1;
            continue;
        }
        let this = match c {
            '.' | ',' | '\'' => c,
            '\u{2019}' => '\'',
            c if is_space(c) => ' ',
            _ => return Err(Unreadable),
        };
        let first = separator.is_none();
        let well = if first { (1..=3).contains(&run) } else { run == 3 };
        if !well || separator.is_some_and(|separator| separator != this) {
            return Err(Unreadable);
        }
        (separator, run) = (Some(this), 0);
    }
    if separator.is_some() && run != 3 {
        return Err(Unreadable);
    }
    Ok((mantissa, separator.is_some()))
}

/// Hours: `1h30`, `1 h 30`, `2 heures`, `1:30`, `90 min`; `None` when not written that way.
pub(super) fn hours(text: &str) -> Option<f64> {
    let text: String = text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let minutes = ["minutes", "minute", "min", "mn"];
    let (whole, rest) = if let Some((whole, rest)) = text.split_once('h') {
        (whole, rest.strip_prefix("eures").or_else(|| rest.strip_prefix("eure")).unwrap_or(rest))
    } else if let Some((whole, rest)) = text.split_once(':') {
        (whole, rest.split_once(':').map_or(rest, |(minutes, _)| minutes))
    } else if minutes.iter().any(|unit| text.ends_with(unit)) {
        ("0", text.as_str())
    } else {
        return None;
    };
    let whole = read(whole).ok().filter(|w| !w.percent)?.value.to_f64();
    let rest = minutes.iter().find_map(|unit| rest.strip_suffix(unit)).unwrap_or(rest);
    if rest.is_empty() {
        return Some(whole);
    }
    let extra: u32 = rest.parse().ok()?;
    let lone = text.starts_with(rest);
    (lone || (extra < 60 && whole.fract() == 0.0)).then(|| whole + f64::from(extra) / 60.0)
}

#[cfg(test)]
mod tests;
