//! People counted: participations, unique people, new and returning, overlap between territories.

use super::evidence::NOBODY;
use super::{named, people_of};
use crate::indicators::tally::{distinct, sorted_unique, total};
use crate::indicators::{Cell, Evidence, Horizon, Query, Reading, Scope, Value};
use crate::period::{Window, WindowKind};
use crate::programme::{Programme, TerritoryIx};
use crate::schema::{TableId, cerfa};
use crate::settings::Settings;
use crate::stats::inequality::gini;
use chrono::NaiveDate;
use std::collections::BTreeMap;

const NO_PARTICIPANT: &str = "aucun-participant";

/// Presences and eligible expenses (subject: budget line, other: [`NOBODY`], amount: euros).
pub(super) static COST: Query = Query { name: "cout", horizon: Horizon::UpTo, rows: cost_rows };

/// Named and anonymous participations of a cell.
fn totals(cell: &Cell<'_>) -> (f64, f64) {
    cell.rows.iter().fold((0.0, 0.0), |(named, anonymous), row| {
        if row.subject == NOBODY {
            (named, anonymous + row.amount)
        } else {
            (named + row.amount, anonymous)
        }
    })
}

/// Without Présences, only counts without a name can speak.
fn nothing_counted(cell: &Cell<'_>) -> Option<Vec<Reading>> {
    let silent = !cell.programme.given.contains(&TableId::Attendance)
        && !cell.programme.activities.iter().any(|a| a.anonymous.is_some());
    silent.then(|| vec![Reading::of(Value::Missing(TableId::Attendance.spec().sheet))])
}

pub(super) fn participations(cell: &Cell<'_>) -> Vec<Reading> {
    if let Some(missing) = nothing_counted(cell) {
        return missing;
    }
    let (named, anonymous) = totals(cell);
    vec![
        Reading::of(Value::number(named + anonymous)),
        Reading::of(Value::number(named)).by("comptage", "nommees"),
        Reading::of(Value::number(anonymous)).by("comptage", "anonymes"),
    ]
}

pub(super) fn identified(cell: &Cell<'_>) -> Vec<Reading> {
    if let Some(missing) = nothing_counted(cell) {
        return missing;
    }
    let (named, anonymous) = totals(cell);
    vec![Reading::rate(named, named + anonymous, "aucune-participation")]
}

/// Attendance of each activity of the cell, with or without names.
fn attendance(cell: &Cell<'_>) -> Vec<f64> {
    let mut by_activity: BTreeMap<usize, f64> = BTreeMap::new();
    for row in &cell.rows {
        *by_activity.entry(row.other).or_default() += row.amount;
    }
    by_activity.into_values().collect()
}

pub(super) fn unique(cell: &Cell<'_>) -> Vec<Reading> {
    let named = people_of(cell).len();
    let (_, anonymous) = totals(cell);
    let mut readings = vec![Reading::count(named)];
    if anonymous > 0.0 {
        let largest = attendance(cell).into_iter().fold(0.0, f64::max);
        let low = largest.max(named as f64);
        readings.push(Reading::of(Value::number(low)).by("borne", "basse"));
        readings.push(Reading::of(Value::number(named as f64 + anonymous)).by("borne", "haute"));
    }
    readings
}

pub(super) fn new(cell: &Cell<'_>) -> Vec<Reading> {
    vec![Reading::count(cell.rows.len())]
}

/// People of past presences that fall in a window, in order.
fn seen_in(cell: &Cell<'_>, window: Window) -> Vec<usize> {
    sorted_unique(
        cell.rows
            .iter()
            .filter(|row| row.date.is_some_and(|date| window.contains(date)))
            .map(|row| row.subject),
    )
}

/// Counts of `people` (in order) that also are in `others` (in order).
fn common(people: &[usize], others: &[usize]) -> usize {
    people.iter().filter(|person| others.binary_search(person).is_ok()).count()
}

pub(super) fn returning(cell: &Cell<'_>) -> Vec<Reading> {
    if cell.window.kind == WindowKind::Cumulative {
        return vec![Reading::of(Value::Undefined("trimestre-seulement"))];
    }
    let before = |date: NaiveDate| date < cell.window.start;
    let known = cell.rows.iter().filter(|row| row.date.is_some_and(before)).map(|row| row.subject);
    let known = sorted_unique(known);
    let now = seen_in(cell, cell.window);
    vec![Reading::count(common(&now, &known)).with_n(now.len())]
}

pub(super) fn retention(cell: &Cell<'_>) -> Vec<Reading> {
    if cell.window.kind == WindowKind::Cumulative {
        return vec![Reading::of(Value::Undefined("trimestre-seulement"))];
    }
    let quarter = cell.window.last_quarter().previous();
    let before = seen_in(cell, Window::quarter(WindowKind::Previous, quarter));
    let now = seen_in(cell, cell.window);
    let kept = common(&now, &before) as f64;
    vec![Reading::rate(kept, before.len() as f64, "personne-au-trimestre-precedent")]
}

pub(super) fn loyal(cell: &Cell<'_>) -> Vec<Reading> {
    let mut activities: BTreeMap<usize, usize> = BTreeMap::new();
    for row in cell.rows.iter().filter(|row| row.subject != NOBODY) {
        *activities.entry(row.subject).or_default() += 1;
    }
    let loyal = activities.values().filter(|count| **count >= 2).count();
    vec![Reading::rate(loyal as f64, activities.len() as f64, NO_PARTICIPANT)]
}

/// Σ territories − doubles + people seen outside any territory = programme. Not marked as people: every
/// row follows from headline counts.
pub(super) fn overlap(cell: &Cell<'_>) -> Vec<Reading> {
    let people = people_of(cell).len();
    let places: Vec<(usize, TerritoryIx)> = sorted_unique(
        cell.rows
            .iter()
            .filter(|row| row.subject != NOBODY)
            .flat_map(|row| row.territories.iter().map(|territory| (row.subject, territory))),
    );
    let placed = distinct(places.iter().map(|(person, _)| *person));
    let doubles = places.len() - placed;
    [
        ("somme_territoires", places.len()),
        ("doubles", doubles),
        ("hors_territoire", people - placed),
        ("programme", people),
    ]
    .into_iter()
    .map(|(modality, count)| Reading::count(count).by("chevauchement", modality))
    .chain([Reading::count(doubles)])
    .collect()
}

pub(super) fn penetration(cell: &Cell<'_>) -> Vec<Reading> {
    let territories = &cell.programme.territories;
    let inhabitants: Option<f64> = match cell.scope {
        Scope::Territory(territory) => territories[territory].population,
        Scope::Programme if territories.is_empty() => None,
        Scope::Programme => territories.iter().map(|t| t.population).sum(),
    };
    let Some(inhabitants) = inhabitants else {
        return vec![Reading::of(Value::Missing(TableId::Territories.spec().sheet))];
    };
    let people = people_of(cell).len() as f64;
    vec![Reading {
        value: Value::ratio(1000.0 * people, inhabitants, "aucun-habitant"),
        ..Reading::rate(people, inhabitants, "aucun-habitant")
    }]
}

pub(super) fn concentration(cell: &Cell<'_>) -> Vec<Reading> {
    if let Some(missing) = nothing_counted(cell) {
        return missing;
    }
    let attendance = attendance(cell);
    let value = match gini(&attendance) {
        Some(gini) => Value::number(gini),
        None if attendance.len() < 2 => Value::Undefined("moins-de-deux-activites"),
        None => Value::Undefined("aucune-participation"),
    };
    vec![Reading::of(value).with_n(attendance.len())]
}

fn cost_rows(programme: &Programme, settings: &Settings) -> Vec<Evidence> {
    let expenses = programme.budget.iter().enumerate().filter_map(|(index, line)| {
        // Spending on activities: the lines that name an action of the plan.
        let eligible = line.eligible == Some(true)
            && line.action.is_some()
            && cerfa::counts_as_charge(&line.account);
        let cents = line.actual.filter(|_| eligible)?;
        Some(Evidence {
            origin: line.origin.clone(),
            date: NaiveDate::from_ymd_opt(line.year, 1, 1),
            subject: index,
            other: NOBODY,
            amount: cents as f64 / 100.0,
            ..Evidence::default()
        })
    });
    named(programme, settings).into_iter().chain(expenses).collect()
}

/// The budget is kept by year: only the cumulative window has a cost.
pub(super) fn cost(cell: &Cell<'_>) -> Vec<Reading> {
    if cell.window.kind != WindowKind::Cumulative {
        return vec![Reading::of(Value::Undefined("cumul-seulement"))];
    }
    let (expenses, presences): (Vec<&Evidence>, Vec<&Evidence>) =
        cell.rows.iter().partition(|row| row.other == NOBODY);
    if expenses.is_empty() {
        return vec![Reading::of(Value::Missing(TableId::Budget.spec().sheet))];
    }
    let spent = total(expenses.iter().map(|row| row.amount));
    let in_window = |row: &&&Evidence| row.date.is_some_and(|date| cell.window.contains(date));
    let people = distinct(presences.iter().filter(in_window).map(|row| row.subject));
    vec![Reading::rate(spent, people as f64, NO_PARTICIPANT)]
}
