//! Numbers as people type them, read exactly: decimal digits, never a float on the way.
//!
//! A text has one reading or none. `1.234` (one dot, three digits) could be a thousand or a unit: it
//! is refused as ambiguous rather than guessed.

/// A decimal number: `mantissa / 10^scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    mantissa: i128,
    scale: u32,
}

/// Why a text is not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberProblem {
    /// Not a number at all.
    Unreadable,
    /// Could be read two ways.
    Ambiguous,
}

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

/// Longest mantissa read: past it nobody typed a quantity.
const MAX_DIGITS: usize = 30;

impl Decimal {
    /// The shortest decimal that a float cell stands for; `None` for NaN and infinities.
    pub(super) fn from_f64(value: f64) -> Option<Self> {
        if !value.is_finite() || value.abs() >= 1e18 {
            return None;
        }
        let text = format!("{value}");
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.as_str()),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let fraction = &fraction[..fraction.len().min(18)];
        Self::from_parts(negative, whole, fraction)
    }

    fn from_parts(negative: bool, whole: &str, fraction: &str) -> Option<Self> {
        if whole.len() + fraction.len() > MAX_DIGITS + 10 {
            return None;
        }
        let mantissa: i128 = format!("0{whole}{fraction}").parse().ok()?;
        let scale = u32::try_from(fraction.len()).ok()?;
        Some(Self { mantissa: if negative { -mantissa } else { mantissa }, scale })
    }

    fn negated(self) -> Self {
        Self { mantissa: -self.mantissa, ..self }
    }

    /// Multiplies by a power of ten.
    #[must_use]
    pub(super) fn shifted(self, power: i32) -> Option<Self> {
        let scale = i64::from(self.scale) - i64::from(power);
        if scale >= 0 {
            return Some(Self { scale: u32::try_from(scale).ok()?, ..self });
        }
        let factor = 10i128.checked_pow(u32::try_from(-scale).ok()?)?;
        Some(Self { mantissa: self.mantissa.checked_mul(factor)?, scale: 0 })
    }

    /// The nearest float.
    pub(super) fn to_f64(self) -> f64 {
        format!("{}e-{}", self.mantissa, self.scale).parse().unwrap_or(0.0)
    }

    /// Cents, rounded half away from zero; `None` when it does not fit.
    pub(super) fn to_cents(self) -> Option<i64> {
        let shifted = self.shifted(2)?;
        let unit = 10i128.checked_pow(shifted.scale)?;
        let (whole, rest) = (shifted.mantissa / unit, shifted.mantissa % unit);
        let away = if rest.abs() * 2 >= unit { shifted.mantissa.signum() } else { 0 };
        i64::try_from(whole + away).ok()
    }

    /// The whole number it is, if it is one.
    pub(super) fn to_whole(self) -> Option<i64> {
        let unit = 10i128.checked_pow(self.scale)?;
        if self.mantissa % unit == 0 { i64::try_from(self.mantissa / unit).ok() } else { None }
    }

    /// Whether it is below zero.
    pub(super) fn is_negative(self) -> bool {
        self.mantissa < 0
    }
}

/// Units written after a number: (lower case, power of ten, percent).
const UNITS: &[(&str, i32, bool)] = &[
    ("€ ht", 0, false),
    ("€ ttc", 0, false),
    ("k€", 3, false),
    ("k euros", 3, false),
    ("m€", 6, false),
    ("€", 0, false),
    ("euros", 0, false),
    ("euro", 0, false),
    ("eur", 0, false),
    ("k", 3, false),
    ("%", 0, true),
];

/// Reads a number: `1 234,56 €`, `1.234,56`, `(12)`, `12 %`, `1,5 k€`.
///
/// # Errors
/// The problem when the text is not one number.
pub(super) fn read(text: &str) -> Result<Written, NumberProblem> {
    let mut text: String = text
        .trim()
        .to_lowercase()
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    let mut percent = false;
    let mut power = 0;
    let mut negative = false;
    let mut united = false;
    // A unit can stand inside or outside the parentheses of a negative amount.
    for _ in 0..2 {
        let unit = UNITS.iter().find(|(unit, ..)| !united && text.ends_with(unit));
        if let Some((unit, unit_power, is_percent)) = unit {
            text.truncate(text.len() - unit.len());
            (power, percent, united) = (*unit_power, *is_percent, true);
        }
        text = text.trim().to_string();
        let inner = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
        if let Some(inner) = inner {
            if negative {
                return Err(NumberProblem::Unreadable);
            }
            negative = true;
            text = inner.trim().to_string();
        }
    }
    let mut body = text.as_str();
    if !united && let Some(rest) = body.strip_prefix('€') {
        body = rest.trim_start();
    }
    if let Some(rest) = body.strip_prefix(['-', '\u{2212}', '\u{2013}']) {
        if negative {
            return Err(NumberProblem::Unreadable);
        }
        negative = true;
        body = rest.trim_start();
    } else if let Some(rest) = body.strip_prefix('+') {
        body = rest.trim_start();
    }
    let (value, three_decimals) = digits(body)?;
    let value = value.shifted(power).ok_or(NumberProblem::Unreadable)?;
    let value = if negative { value.negated() } else { value };
    Ok(Written { value, percent, three_decimals })
}

/// Unsigned digits with their separators, and whether the last three follow a lone comma.
fn digits(body: &str) -> Result<(Decimal, bool), NumberProblem> {
    const BAD: NumberProblem = NumberProblem::Unreadable;
    let (body, exponent) = match body.split_once('e') {
        Some((left, right)) => {
            let exponent: i32 = right.parse().map_err(|_| BAD)?;
            (left, if exponent.abs() <= 30 { exponent } else { return Err(BAD) })
        }
        None => (body, 0),
    };
    if body.is_empty() || body.chars().filter(char::is_ascii_digit).count() > MAX_DIGITS {
        return Err(BAD);
    }
    let (dots, commas) = (body.matches('.').count(), body.matches(',').count());
    let point = match (dots, commas) {
        (0, 0) => None,
        (1, 0) => Some('.'),
        (0, 1) => Some(','),
        (_, 1) if body.rfind(',') > body.rfind('.') => Some(','),
        (1, _) if body.rfind('.') > body.rfind(',') => Some('.'),
        (0, _) | (_, 0) => None,
        _ => return Err(BAD),
    };
    let (whole, fraction) = match point {
        Some(point) => body.split_once(point).ok_or(BAD)?,
        None => (body, ""),
    };
    if point.is_some() && (fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit())) {
        return Err(BAD);
    }
    let groups: Vec<&str> = whole.split([' ', '.', ',', '\'', '\u{2019}']).collect();
    let separators: Vec<char> = whole.chars().filter(|c| !c.is_ascii_digit()).collect();
    let grouped = groups.len() > 1;
    let well_grouped = (1..=3).contains(&groups[0].len())
        && groups[1..].iter().all(|g| g.len() == 3)
        && separators.windows(2).all(|pair| pair[0] == pair[1]);
    let all_digits = groups.iter().all(|g| g.bytes().all(|b| b.is_ascii_digit()));
    let empty = whole.is_empty() && fraction.is_empty();
    if empty || !all_digits || (grouped && (!well_grouped || exponent != 0)) {
        return Err(BAD);
    }
    let three = !grouped
        && exponent == 0
        && fraction.len() == 3
        && (1..=3).contains(&whole.len())
        && !whole.starts_with('0');
    if three && point == Some('.') {
        return Err(NumberProblem::Ambiguous);
    }
    let value = Decimal::from_parts(false, &groups.concat(), fraction)
        .and_then(|v| v.shifted(exponent))
        .ok_or(BAD)?;
    Ok((value, three))
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
