//! Concentration of the money over funders, and over categories of funders: the two differ, so both are
//! given (Chikoto et al. 2016).

use super::{euros, funded, funder, grants};
use crate::indicators::{Cell, Reading, Value};
use crate::stats::diversity;

const NOTHING: &str = "aucun-montant";
const UNKNOWN_CATEGORY: &str = "categorie-non-renseignee";

/// Euros by funder.
fn by_funder(cell: &Cell<'_>) -> Vec<f64> {
    grants::by_funder(cell).into_values().map(euros).collect()
}

/// Euros by category; the reason when money has none: a blank is not a category.
fn by_category(cell: &Cell<'_>) -> Result<Vec<f64>, &'static str> {
    let mut sums = grants::by(cell, funder::line);
    sums.retain(|_, cents| *cents > 0);
    if sums.contains_key(&None) {
        return Err(UNKNOWN_CATEGORY);
    }
    Ok(sums.into_values().map(euros).collect())
}

fn value(number: Option<f64>, reason: &'static str) -> Value {
    number.map_or(Value::Undefined(reason), Value::number)
}

/// Headline by funder, then both bases.
fn both_bases(
    cell: &Cell<'_>,
    index: fn(&[f64]) -> Option<f64>,
    reason: fn(&[f64]) -> &'static str,
) -> Vec<Reading> {
    funded(cell, || {
        let of = |amounts: &[f64]| {
            Reading::of(value(index(amounts), reason(amounts)))
                .with_n(amounts.iter().filter(|a| **a > 0.0).count())
        };
        let funders = of(&by_funder(cell));
        let categories = by_category(cell)
            .map_or_else(|reason| Reading::of(Value::Undefined(reason)), |amounts| of(&amounts));
        vec![funders.clone(), funders.by("base", "financeur"), categories.by("base", "categorie")]
    })
}

/// Herfindahl–Hirschman index.
pub(super) fn hhi(cell: &Cell<'_>) -> Vec<Reading> {
    both_bases(cell, diversity::hhi, |_| NOTHING)
}

/// The same, 0 when all are equal whatever their number.
pub(super) fn normalised(cell: &Cell<'_>) -> Vec<Reading> {
    both_bases(cell, diversity::normalised_hhi, |amounts| {
        if amounts.is_empty() { NOTHING } else { "un-seul-financeur" }
    })
}

/// Effective number of funders, order 2; by order 0, 1, 2.
pub(super) fn effective(cell: &Cell<'_>) -> Vec<Reading> {
    funded(cell, || {
        let amounts = by_funder(cell);
        let of = |order| {
            Reading::of(value(diversity::hill(&amounts, order), NOTHING)).with_n(amounts.len())
        };
        let orders = [(0, "0"), (1, "1"), (2, "2")];
        std::iter::once(of(2)).chain(orders.map(|(q, code)| of(q).by("ordre", code))).collect()
    })
}

/// Chang & Tuckman's diversification over the fixed number of categories of the settings.
pub(super) fn diversification(cell: &Cell<'_>) -> Vec<Reading> {
    funded(cell, || {
        let n = cell.settings.categories;
        let reading = match by_category(cell) {
            Err(reason) => Reading::of(Value::Undefined(reason)),
            Ok(_) if n < 2 => Reading::of(Value::Undefined("moins-de-deux-categories")),
            Ok(amounts) => {
                let number = diversity::diversification(&amounts, n);
                Reading::of(value(number, NOTHING)).with_n(amounts.len())
            }
        };
        vec![reading]
    })
}
