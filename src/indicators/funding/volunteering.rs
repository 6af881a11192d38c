//! Hours of volunteering, valued at the rate of their day and category.

use super::euros;
use crate::indicators::{Base, Cell, Evidence, Horizon, Query, Reading, Value};
use crate::programme::Volunteering;
use crate::settings::VolunteerRate;
use crate::texts::fold;
use std::collections::BTreeMap;

/// Hours given (subject: record, amount: hours).
pub(super) static HOURS: Query =
    Query { name: "heures_benevoles", horizon: Horizon::Within, rows: |base| hours(base).into() };

fn hours(base: &Base<'_>) -> Vec<Evidence> {
    let programme = base.programme;
    let rows = programme.volunteering.iter().enumerate();
    rows.map(|(subject, given)| Evidence {
        origin: given.origin.clone(),
        date: Some(given.date),
        subject,
        amount: given.hours,
        ..Evidence::default()
    })
    .collect()
}

/// Modality of hours without a category.
const NO_CATEGORY: &str = "non renseigné";

/// Cents per hour: the latest rate in force that day for the category, else for all others.
fn rate(rates: &[VolunteerRate], given: &Volunteering) -> Option<i64> {
    let in_force = |category: Option<&str>| {
        rates
            .iter()
            .filter(|r| r.from <= given.date)
            .filter(|r| r.category.as_deref().map(fold) == category.map(fold))
            .max_by_key(|r| r.from)
            .map(|r| r.rate)
    };
    given.category.as_deref().and_then(|c| in_force(Some(c))).or_else(|| in_force(None))
}

/// Σ hours × rate, each record to the cent; by category. Hours without a rate leave the value undefined
/// rather than too low.
pub(super) fn value(cell: &Cell<'_>) -> Vec<Reading> {
    let mut sums: BTreeMap<&str, Option<i64>> = BTreeMap::new();
    for row in &cell.rows {
        let given = &cell.programme.volunteering[row.subject];
        let cents = rate(&cell.settings.volunteer_rates, given)
            .map(|rate| (given.hours * rate as f64).round() as i64);
        let category = given.category.as_deref().unwrap_or(NO_CATEGORY);
        let sum = sums.entry(category).or_insert(Some(0));
        *sum = sum.zip(cents).map(|(sum, cents)| sum + cents);
    }
    let value = |sum: Option<i64>| {
        sum.map_or(Value::Undefined("taux-benevolat-absent"), |cents| Value::number(euros(cents)))
    };
    let total: Option<i64> = sums.values().copied().sum();
    let headline = Reading::of(value(total)).with_n(cell.rows.len());
    let by_category =
        sums.into_iter().map(|(category, sum)| Reading::of(value(sum)).by("categorie", category));
    std::iter::once(headline).chain(by_category).collect()
}
