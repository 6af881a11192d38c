//! Which quarter a report is about, and when the programme started.

use super::Known;
use crate::period::Quarter;
use crate::programme::Programme;
use crate::settings::Settings;
use chrono::{Datelike, NaiveDate};

/// Settles the period when the user gave none: the latest quarter with data, not after today; the
/// last full quarter when nothing is dated.
pub(super) fn settle(mut settings: Settings, programme: &Programme) -> Settings {
    if settings.period.is_none() {
        let past = |d: &NaiveDate| *d <= settings.today;
        // Activities say which quarter is over; money may be dated ahead of them.
        let active = programme.activities.iter().map(|a| a.date).filter(past).max();
        let latest = active.or_else(|| dates(programme).filter(past).max());
        let quarter = latest.map_or_else(|| Quarter::of(settings.today).previous(), Quarter::of);
        settings.period = Some(quarter);
    }
    settings
}

/// First day of the programme: the earliest of the day set and of what happened, so that nobody met
/// before the official start is lost from the cumulative; never after the start of the period.
pub(super) fn start(known: &Known) -> NaiveDate {
    let period = known.settings.quarter();
    let set = known.settings.programme.start;
    let plausible = |d: &NaiveDate| d.year() >= period.year - OLDEST;
    let first = match set {
        Some(_) => known.programme.activities.iter().map(|a| a.date).filter(plausible).min(),
        None => dates(&known.programme).filter(plausible).min(),
    };
    set.into_iter().chain(first).chain([period.start()]).min().unwrap_or_else(|| period.start())
}

/// Years before the period past which a date is a slip of the keyboard (1926 for 2026), not a start.
const OLDEST: i32 = 20;

/// The dates at which something happened.
fn dates(programme: &Programme) -> impl Iterator<Item = NaiveDate> {
    let activities = programme.activities.iter().map(|a| a.date);
    let cooperations = programme.cooperations.iter().map(|c| c.date);
    let funding = programme
        .funding
        .iter()
        // An aid only hoped for has not happened.
        .filter(|f| f.granted.is_some())
        .filter_map(|f| f.signed.or(f.decided).or(f.covers.map(|c| c.0)).or(year_start(f.year)));
    let hours = programme.timesheets.iter().map(|t| t.date);
    activities.chain(cooperations).chain(funding).chain(hours)
}

fn year_start(year: Option<i32>) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year?, 1, 1)
}
