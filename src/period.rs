//! Quarters, the windows indicators are measured over, and how both are written.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use std::fmt;
use std::str::FromStr;

/// A calendar quarter, written `2026-T3`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    /// Calendar year.
    pub year: i32,
    /// 1 to 4.
    pub number: u32,
}

impl Quarter {
    /// The quarter a date falls in.
    pub fn of(date: NaiveDate) -> Self {
        Self { year: date.year(), number: date.month0() / 3 + 1 }
    }

    /// First day of the quarter.
    pub fn start(self) -> NaiveDate {
        first_of_month(self.year, self.number * 3 - 2)
    }

    /// Last day of the quarter.
    pub fn end(self) -> NaiveDate {
        self.next().start().pred_opt().unwrap_or(NaiveDate::MAX)
    }

    /// The quarter after this one.
    pub fn next(self) -> Self {
        if self.number == 4 {
            Self { year: self.year + 1, number: 1 }
        } else {
            Self { year: self.year, number: self.number + 1 }
        }
    }

    /// The quarter before this one.
    pub fn previous(self) -> Self {
        if self.number == 1 {
            Self { year: self.year - 1, number: 4 }
        } else {
            Self { year: self.year, number: self.number - 1 }
        }
    }

    /// The same quarter one year before.
    pub fn year_before(self) -> Self {
        Self { year: self.year - 1, number: self.number }
    }

    /// Every quarter from `first` to `self`, both included; empty when `first` is later.
    pub fn since(self, first: Self) -> Vec<Self> {
        let mut quarters = Vec::new();
        let mut quarter = first;
        while quarter <= self {
            quarters.push(quarter);
            quarter = quarter.next();
        }
        quarters
    }
}

fn first_of_month(year: i32, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(NaiveDate::MIN)
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-T{}", self.year, self.number)
    }
}

impl FromStr for Quarter {
    type Err = ();

    /// Reads `2026-T3`, `2026T3`, `T3 2026`, `2026-Q3` (any case).
    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim().to_uppercase().replace('Q', "T");
        let parts: Vec<&str> = text.split(['-', ' ', '\u{a0}']).filter(|p| !p.is_empty()).collect();
        let (year, number) = match parts.as_slice() {
            [one] => one.split_once('T').ok_or(())?,
            [a, b] if a.starts_with('T') => (*b, &a[1..]),
            [a, b] if b.starts_with('T') => (*a, &b[1..]),
            _ => return Err(()),
        };
        let year: i32 = year.parse().map_err(|_| ())?;
        let number: u32 = number.parse().map_err(|_| ())?;
        if (1..=4).contains(&number) && (1900..=2200).contains(&year) {
            Ok(Self { year, number })
        } else {
            Err(())
        }
    }
}

impl Serialize for Quarter {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Which of the published windows a measure covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WindowKind {
    /// The quarter of the report.
    Quarter,
    /// From the start of the programme to the end of the quarter.
    Cumulative,
    /// The quarter before.
    Previous,
    /// The same quarter a year before.
    YearBefore,
    /// A past quarter computed for a chart over time; not published in `donnees/`.
    History,
    /// Measured for what it says of the published windows (see `privacy`), never published itself.
    Unpublished,
}

impl WindowKind {
    /// The stable name in `donnees/indicateurs.csv`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Quarter => "trimestre",
            Self::Cumulative => "cumul",
            Self::Previous => "precedent",
            Self::YearBefore => "an_passe",
            Self::History => "historique",
            Self::Unpublished => "non_publie",
        }
    }
}

/// A span of days, both ends included, and the quarter it ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    /// Which published window this is.
    pub kind: WindowKind,
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: NaiveDate,
}

impl Window {
    /// The window of one quarter.
    pub fn quarter(kind: WindowKind, quarter: Quarter) -> Self {
        Self { kind, start: quarter.start(), end: quarter.end() }
    }

    /// From the start of the programme to a day.
    pub fn until(kind: WindowKind, start: NaiveDate, end: NaiveDate) -> Self {
        Self { kind, start, end }
    }

    /// First and last day.
    pub fn days(&self) -> (NaiveDate, NaiveDate) {
        (self.start, self.end)
    }

    /// The quarter the window ends in.
    pub fn last_quarter(&self) -> Quarter {
        Quarter::of(self.end)
    }

    /// Whether a date lies inside.
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.start <= date && date <= self.end
    }

    /// The windows of a report: the four published ones, then one per past quarter since `start`.
    pub fn of_report(period: Quarter, start: NaiveDate) -> Vec<Self> {
        let mut windows = vec![
            Self::quarter(WindowKind::Quarter, period),
            Self::until(WindowKind::Cumulative, start, period.end()),
            Self::quarter(WindowKind::Previous, period.previous()),
            Self::quarter(WindowKind::YearBefore, period.year_before()),
        ];
        windows.extend(
            period
                .since(Quarter::of(start))
                .into_iter()
                .map(|q| Self::quarter(WindowKind::History, q)),
        );
        windows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_are_read_in_every_usual_spelling() {
        for text in ["2026-T3", "T3 2026", "2026T3", "2026-q3", "t3\u{a0}2026"] {
            assert_eq!(text.parse(), Ok(Quarter { year: 2026, number: 3 }), "{text}");
        }
        for text in ["2026-T5", "T3", "", "2026"] {
            assert!(text.parse::<Quarter>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_year_of_quarters_has_no_gap() {
        let first = Quarter { year: 2025, number: 3 };
        let all = Quarter { year: 2026, number: 2 }.since(first);
        assert_eq!(all.len(), 4);
        for pair in all.windows(2) {
            assert_eq!(pair[0].end().succ_opt(), Some(pair[1].start()));
            assert_eq!(pair[1].previous(), pair[0]);
        }
    }
}
