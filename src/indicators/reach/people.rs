//! People counted: participations, unique people, new and returning, overlap between territories.

use super::evidence::NOBODY;
use super::people_of;
use crate::indicators::tally::{distinct, sorted_unique, total};
use crate::indicators::{Base, Cell, Evidence, Horizon, Query, Reading, Rows, Scope, Value};
use crate::period::{Window, WindowKind};
use crate::programme::TerritoryIx;
use crate::schema::{TableId, cerfa};
use crate::stats::inequality::gini;
use chrono::NaiveDate;

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
    let mut by_activity: Vec<Option<f64>> = vec![None; cell.programme.activities.len()];
    for row in &cell.rows {
        *by_activity[row.other].get_or_insert(0.0) += row.amount;
    }
    by_activity.into_iter().flatten().collect()
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

/// People seen on days of one kind, on days of another, and on both. Past presences come in order of
/// person: one look at each is enough.
fn seen(
    cell: &Cell<'_>,
    first: impl Fn(NaiveDate) -> bool,
    second: impl Fn(NaiveDate) -> bool,
) -> [usize; 3] {
    let mut counts = [0; 3];
    for person in cell.rows.chunk_by(|a, b| a.subject == b.subject) {
        let on = |days: &dyn Fn(NaiveDate) -> bool| person.iter().any(|r| r.date.is_some_and(days));
        let (first, second) = (on(&first), on(&second));
        for (count, is) in counts.iter_mut().zip([first, second, first && second]) {
            *count += usize::from(is);
        }
    }
    counts
}

pub(super) fn returning(cell: &Cell<'_>) -> Vec<Reading> {
    if cell.window.kind == WindowKind::Cumulative {
        return vec![Reading::of(Value::Undefined("trimestre-seulement"))];
    }
    let before = |date: NaiveDate| date < cell.window.start;
    let [_, now, returned] = seen(cell, before, |date| cell.window.contains(date));
    vec![Reading::count(returned).with_n(now)]
}

pub(super) fn retention(cell: &Cell<'_>) -> Vec<Reading> {
    if cell.window.kind == WindowKind::Cumulative {
        return vec![Reading::of(Value::Undefined("trimestre-seulement"))];
    }
    let quarter = cell.window.last_quarter().previous();
    let before = Window::quarter(WindowKind::Previous, quarter);
    let [before, _, kept] =
        seen(cell, |date| before.contains(date), |date| cell.window.contains(date));
    vec![Reading::rate(kept as f64, before as f64, "personne-au-trimestre-precedent")]
}

pub(super) fn loyal(cell: &Cell<'_>) -> Vec<Reading> {
    // Named presences come in order of person, and once per activity.
    let people = cell.rows.chunk_by(|a, b| a.subject == b.subject);
    let (mut all, mut loyal) = (0_usize, 0_usize);
    for presences in people.filter(|rows| rows[0].subject != NOBODY) {
        all += 1;
        loyal += usize::from(presences.len() >= 2);
    }
    vec![Reading::rate(loyal as f64, all as f64, NO_PARTICIPANT)]
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

fn cost_rows<'a>(base: &'a Base<'_>) -> Rows<'a> {
    let programme = base.programme;
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
    Rows { shared: base.presences(), own: expenses.collect() }
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
