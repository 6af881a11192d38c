//! Days and quarters of the example: 2024-T4 is quarter 0, 2026-T3 quarter 7.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A day.
pub(crate) type Date = NaiveDate;

/// Quarters of the example.
pub(crate) const QUARTERS: usize = 8;

pub(crate) fn day(year: i32, month: u32, day: u32) -> Date {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

pub(crate) fn after(date: Date, days: i64) -> Date {
    date.checked_add_days(Days::new(days.unsigned_abs())).expect("a near day")
}

pub(crate) fn quarter_start(quarter: usize) -> Date {
    let months = 9 + 3 * quarter as u32;
    day(2024 + (months / 12) as i32, months % 12 + 1, 1)
}

pub(crate) fn quarter_of(date: Date) -> usize {
    let months = (date.year() - 2024) * 12 + date.month0() as i32 - 9;
    usize::try_from(months / 3).unwrap_or(0)
}

/// `T1 2025`.
pub(crate) fn quarter_name(quarter: usize) -> String {
    let start = quarter_start(quarter);
    format!("T{} {}", start.month0() / 3 + 1, start.year())
}

/// First day of the month, months counted from October 2024.
pub(crate) fn month_start(month: u32) -> Date {
    let months = 9 + month;
    day(2024 + (months / 12) as i32, months % 12 + 1, 1)
}

/// The same day, moved off Sunday, 1 May, 11 November, 25 December and the like.
pub(crate) fn working(date: Date) -> Date {
    let off = |d: Date| {
        d.weekday() == Weekday::Sun
            || matches!(
                (d.month(), d.day()),
                (1, 1) | (5, 1) | (7, 14) | (8, 15) | (11, 1 | 11) | (12, 25)
            )
    };
    let mut date = date;
    while off(date) {
        date = after(date, 1);
    }
    date
}

/// `14/03/2025`.
pub(crate) fn french(date: Date) -> String {
    date.format("%d/%m/%Y").to_string()
}
