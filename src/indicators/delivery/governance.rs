//! Meetings held against those expected, and work in full-time equivalents.

use crate::indicators::tally::total;
use crate::indicators::{Base, Cell, Evidence, Horizon, Query, Reading, Rows, Scope, Value};
use crate::period::WindowKind;
use crate::programme::{Programme, TerritorySet};
use chrono::Datelike;

/// Consultations expected a year (TETE 6.5.1.2).
const CONSULTATIONS_A_YEAR: f64 = 3.0;

/// How the rows of a query are gathered.
type Gather = for<'a> fn(&'a Base<'_>) -> Rows<'a>;

/// Activities of one type (subject: activity).
const fn of_kind(name: &'static str, rows: Gather) -> Query {
    Query { name, horizon: Horizon::Within, rows }
}

pub(super) static COORDINATION: Query = of_kind("comites_coordination", |base| {
    activities(base.programme, "comité de coordination").into()
});
pub(super) static FOLLOW_UP: Query =
    of_kind("comites_suivi", |base| activities(base.programme, "comité de suivi").into());
pub(super) static ELECTED: Query =
    of_kind("rencontres_elus", |base| activities(base.programme, "rencontre élus").into());
pub(super) static FUNDERS: Query =
    of_kind("contacts_financeurs", |base| activities(base.programme, "contact financeur").into());
pub(super) static CONSULTATIONS: Query =
    of_kind("concertations", |base| activities(base.programme, "concertation").into());

/// Hours of the chargés de mission (subject: line, amount: hours).
pub(super) static HOURS: Query =
    Query { name: "temps", horizon: Horizon::Within, rows: |base| hours(base).into() };

fn activities(programme: &Programme, kind: &str) -> Vec<Evidence> {
    let activities = programme.activities.iter().enumerate();
    activities
        .filter(|(_, activity)| activity.kind.as_deref() == Some(kind))
        .map(|(subject, activity)| Evidence {
            origin: activity.origin.clone(),
            territories: TerritorySet::one(activity.territory),
            date: Some(activity.date),
            subject,
            amount: 1.0,
            ..Evidence::default()
        })
        .collect()
}

fn hours(base: &Base<'_>) -> Vec<Evidence> {
    let programme = base.programme;
    let lines = programme.timesheets.iter().enumerate();
    lines
        .map(|(subject, line)| Evidence {
            origin: line.origin.clone(),
            territories: TerritorySet::one(line.territory),
            date: Some(line.date),
            subject,
            amount: line.hours,
            ..Evidence::default()
        })
        .collect()
}

/// Hours worked over those of a full-time year: a full quarter of one person is about 0.25.
pub(super) fn fte(cell: &Cell<'_>) -> Vec<Reading> {
    let hours = total(cell.rows.iter().map(|row| row.amount));
    let year = cell.settings.thresholds.fte_hours;
    vec![Reading::rate(hours, year, "temps-plein-nul").with_n(cell.rows.len())]
}

pub(super) fn held(cell: &Cell<'_>) -> Vec<Reading> {
    vec![Reading::count(cell.rows.len())]
}

/// Held, against one a month of the programme. What is expected is not shared out between territories.
pub(super) fn monthly(cell: &Cell<'_>) -> Vec<Reading> {
    vec![against(cell, f64::from(months(cell)))]
}

/// Held, against three a year; a quarter alone has nothing to be held to.
pub(super) fn thrice_a_year(cell: &Cell<'_>) -> Vec<Reading> {
    if cell.window.kind != WindowKind::Cumulative {
        return held(cell);
    }
    vec![against(cell, CONSULTATIONS_A_YEAR * f64::from(months(cell)) / 12.0)]
}

fn against(cell: &Cell<'_>, expected: f64) -> Reading {
    let held = cell.rows.len() as f64;
    let expects = cell.scope == Scope::Programme;
    Reading {
        numerator: Some(held),
        denominator: expects.then_some(expected),
        ..Reading::of(Value::number(held))
    }
}

/// Calendar months the window touches, from the start of the programme.
fn months(cell: &Cell<'_>) -> i32 {
    let window = cell.window;
    let start = cell.settings.programme.start.map_or(window.start, |day| day.max(window.start));
    let index = |day: chrono::NaiveDate| day.year() * 12 + day.month0() as i32;
    (index(window.end) - index(start) + 1).max(0)
}
