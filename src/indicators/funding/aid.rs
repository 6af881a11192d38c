//! The aid of ADEME: its rate, what is earned of it, what is left to justify.

use super::grants::{self, is_sure};
use super::{euros, funder};
use crate::indicators::tally::total;
use crate::indicators::{Base, Cell, Evidence, Horizon, Query, Reading, Value};
use crate::period::WindowKind;
use crate::programme::BudgetLine;
use crate::schema::TableId;
use crate::schema::cerfa;
use chrono::NaiveDate;

/// What a row of evidence is, in its `other`.
const PLANNED: usize = 0;
const SPENT: usize = 1;
const HOURS: usize = 2;
const GRANTED: usize = 3;

/// Eligible charges planned (euros, undated: the base is that of all years) and spent (euros, from the
/// first day of their year), hours worked, amounts ADEME granted (euros). Subject: the record; other:
/// which of the four.
pub(super) static AID: Query =
    Query { name: "aide_ademe", horizon: Horizon::UpTo, rows: |base| aid(base).into() };

fn aid(base: &Base<'_>) -> Vec<Evidence> {
    let programme = base.programme;
    let mut rows = Vec::new();
    for (subject, line) in programme.budget.iter().enumerate().filter(|(_, l)| is_eligible(l)) {
        let of = |other, date, cents| Evidence {
            origin: line.origin.clone(),
            date,
            subject,
            other,
            amount: euros(cents),
            ..Evidence::default()
        };
        rows.extend(line.planned.map(|cents| of(PLANNED, None, cents)));
        let year = NaiveDate::from_ymd_opt(line.year, 1, 1);
        rows.extend(line.actual.map(|cents| of(SPENT, year, cents)));
    }
    rows.extend(programme.timesheets.iter().enumerate().map(|(subject, sheet)| Evidence {
        origin: sheet.origin.clone(),
        date: Some(sheet.date),
        subject,
        other: HOURS,
        amount: sheet.hours,
        ..Evidence::default()
    }));
    let grants = programme.funding.iter().enumerate().filter(|(_, f)| {
        f.ours && !f.in_kind && f.granted.is_some() && is_sure(f) && funder::is_ademe(&f.funder)
    });
    rows.extend(grants.filter_map(|(subject, funding)| {
        Some(Evidence {
            origin: funding.origin.clone(),
            date: funding.signed.or(funding.decided),
            subject,
            other: GRANTED,
            amount: euros(funding.granted?),
            ..Evidence::default()
        })
    }));
    rows
}

/// A charge ADEME retains; income and contributions in kind are not charges.
fn is_eligible(line: &BudgetLine) -> bool {
    line.eligible == Some(true) && cerfa::counts_as_charge(&line.account)
}

/// Cents of one kind of row; `None` when there is no such row.
fn cents(cell: &Cell<'_>, kind: usize) -> Option<i64> {
    let rows = cell.rows.iter().filter(|row| row.other == kind);
    rows.map(|row| grants::cents(row)).reduce(|a, b| a + b)
}

/// The most the aid can be: as set, else what ADEME granted.
fn maximum(cell: &Cell<'_>) -> Option<i64> {
    cell.settings.aid.maximum.or_else(|| cents(cell, GRANTED))
}

/// Aid over eligible base, as set, else the eligible charges planned.
pub(super) fn rate(cell: &Cell<'_>) -> Vec<Reading> {
    let base = cell.settings.aid.eligible_base.or_else(|| cents(cell, PLANNED));
    let reading = match (maximum(cell), base) {
        (None, _) => Reading::of(Value::Undefined("aide-inconnue")),
        (_, None) => Reading::of(no_budget(cell, "assiette-inconnue")),
        (Some(aid), Some(base)) => Reading::rate(euros(aid), euros(base), "assiette-nulle"),
    };
    vec![reading]
}

/// *non renseigné* without a budget, else *non défini* for a reason.
fn no_budget(cell: &Cell<'_>, reason: &'static str) -> Value {
    if cell.programme.given.contains(&TableId::Budget) {
        Value::Undefined(reason)
    } else {
        Value::Missing(TableId::Budget.spec().sheet)
    }
}

/// Cents earned: `min(maximum, rate × retained spend)`, or the flat rate × ETPT worked (hours over the
/// hours of a full-time year, so that years are counted in it), to the same maximum.
fn earned_cents(cell: &Cell<'_>) -> Result<i64, Value> {
    if cell.window.kind != WindowKind::Cumulative {
        return Err(Value::Undefined("cumul-seulement"));
    }
    let settings = &cell.settings.aid;
    let earned = match (settings.rate, settings.per_fte) {
        (Some(rate), _) => {
            let spent = cents(cell, SPENT).ok_or_else(|| no_budget(cell, "depenses-inconnues"))?;
            rate * spent as f64
        }
        (None, Some(flat)) => {
            let hours: Vec<f64> =
                cell.rows.iter().filter(|r| r.other == HOURS).map(|r| r.amount).collect();
            if hours.is_empty() {
                return Err(Value::Missing(TableId::Timesheets.spec().sheet));
            }
            flat as f64 * total(hours.into_iter()) / cell.settings.thresholds.fte_hours
        }
        (None, None) => return Err(Value::Undefined("aide-non-reglee")),
    };
    let earned = earned.round() as i64;
    Ok(maximum(cell).map_or(earned, |most| earned.min(most)))
}

/// Aid earned so far.
pub(super) fn earned(cell: &Cell<'_>) -> Vec<Reading> {
    vec![Reading::of(match earned_cents(cell) {
        Ok(cents) => Value::number(euros(cents)),
        Err(reason) => reason,
    })]
}

/// What is left of the aid once the part earned is taken out.
pub(super) fn left(cell: &Cell<'_>) -> Vec<Reading> {
    let value = match (earned_cents(cell), maximum(cell)) {
        (Err(reason), _) => reason,
        (Ok(_), None) => Value::Undefined("aide-inconnue"),
        (Ok(earned), Some(most)) => Value::number(euros(most - earned)),
    };
    vec![Reading::of(value)]
}
