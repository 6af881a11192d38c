//! Numbers, money, shares, dates in words: the one place that formats. Rounding is half away from
//! zero, at the precision printed.

use crate::period::Quarter;
use crate::texts::Lang;
use chrono::{Datelike, NaiveDate};
use icu_collator::CollatorBorrowed;
use icu_collator::options::CollatorOptions;
use std::cmp::Ordering;
use std::sync::OnceLock;

/// Narrow no-break space: French thousands.
const NARROW: char = '\u{202f}';
/// No-break space: before `%` and `€`.
const NO_BREAK: char = '\u{a0}';

/// French alphabetical order (accents after letters, case last); equal texts only when identical.
pub fn compare(left: &str, right: &str) -> Ordering {
    static COLLATOR: OnceLock<Option<CollatorBorrowed<'static>>> = OnceLock::new();
    let collator = COLLATOR.get_or_init(|| {
        CollatorBorrowed::try_new(icu_locale_core::locale!("fr").into(), CollatorOptions::default())
            .ok()
    });
    let order = collator.as_ref().map_or(Ordering::Equal, |c| c.compare(left, right));
    order.then_with(|| left.cmp(right))
}

/// `12 345` · `12,345`.
pub fn integer(lang: Lang, value: f64) -> String {
    decimal(lang, value, 0)
}

/// `12 345,68` with `places` decimals.
pub fn decimal(lang: Lang, value: f64, places: usize) -> String {
    let scale = 10f64.powi(i32::try_from(places).unwrap_or(0));
    // Half away from zero, on a value first cleared of binary dust (2.675 prints 2,68).
    let rounded = (value * scale * (1.0 + f64::EPSILON)).round() / scale;
    let text = format!("{:.places$}", rounded.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let (separator, point) = match lang {
        Lang::Fr => (NARROW, ','),
        Lang::En => (',', '.'),
    };
    let mut out = String::new();
    if rounded < 0.0 && text.chars().any(|c| ('1'..='9').contains(&c)) {
        out.push(if lang == Lang::Fr { '\u{2212}' } else { '-' });
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(separator);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

/// A share of 1 in percent with one decimal: `12,3 %` · `12.3%`.
pub fn percent(lang: Lang, share: f64) -> String {
    let number = decimal(lang, share * 100.0, 1);
    match lang {
        Lang::Fr => format!("{number}{NO_BREAK}%"),
        Lang::En => format!("{number}%"),
    }
}

/// Euros, with cents only when there are some: `1 250 €` · `€1,250`.
pub fn euros(lang: Lang, value: f64) -> String {
    let places = if ((value * 100.0).round() / 100.0).fract().abs() < 0.005 { 0 } else { 2 };
    let number = decimal(lang, value, places);
    match lang {
        Lang::Fr => format!("{number}{NO_BREAK}€"),
        Lang::En => format!("€{number}"),
    }
}

const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `1er octobre 2026` · `1 October 2026`.
pub fn date(lang: Lang, date: NaiveDate) -> String {
    let month = date.month0() as usize;
    match lang {
        Lang::Fr => {
            let day = if date.day() == 1 { "1er".to_string() } else { date.day().to_string() };
            format!("{day}{NO_BREAK}{} {}", MONTHS_FR[month], date.year())
        }
        Lang::En => format!("{} {} {}", date.day(), MONTHS_EN[month], date.year()),
    }
}

/// `T3 2026` · `Q3 2026`.
pub fn quarter(lang: Lang, quarter: Quarter) -> String {
    let letter = if lang == Lang::Fr { 'T' } else { 'Q' };
    format!("{letter}{}{NO_BREAK}{}", quarter.number, quarter.year)
}

/// `3e trimestre 2026` · `third quarter of 2026`.
pub fn quarter_words(lang: Lang, quarter: Quarter) -> String {
    match lang {
        Lang::Fr => {
            let rank = if quarter.number == 1 {
                "1er".to_string()
            } else {
                format!("{}e", quarter.number)
            };
            format!("{rank}{NO_BREAK}trimestre{NO_BREAK}{}", quarter.year)
        }
        Lang::En => {
            let rank = ["first", "second", "third", "fourth"][(quarter.number as usize - 1).min(3)];
            format!("{rank} quarter of {}", quarter.year)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_as_a_french_reader_expects() {
        let mut names = ["Zèbre", "Émaüs", "école", "Ecole", "Alfortville", "à côté"];
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(names, ["à côté", "Alfortville", "Ecole", "école", "Émaüs", "Zèbre"]);
    }

    #[test]
    fn numbers_are_written_the_french_way() {
        assert_eq!(decimal(Lang::Fr, 1_234_567.891, 2), "1\u{202f}234\u{202f}567,89");
        assert_eq!(decimal(Lang::Fr, 2.675, 2), "2,68");
        assert_eq!(decimal(Lang::Fr, -0.004, 2), "0,00");
        assert_eq!(percent(Lang::Fr, 0.1234), "12,3\u{a0}%");
        assert_eq!(euros(Lang::Fr, 1250.0), "1\u{202f}250\u{a0}€");
        assert_eq!(euros(Lang::Fr, 1250.5), "1\u{202f}250,50\u{a0}€");
        assert_eq!(euros(Lang::En, -1250.0), "€-1,250");
    }
}
