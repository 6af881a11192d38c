//! Stage 6: small cells withheld before anything is published.
//!
//! A cell of a breakdown that counts fewer people (or organisations) than the threshold is withheld,
//! with its numerator, denominator and n. The smallest of the other cells go with it until the sum of
//! what is hidden, known by subtraction from the headline, leaves each hidden cell at least a
//! threshold of possible values apart; when nothing less will do, the whole breakdown is withheld.
//! Every hidden cell gives the same reason: none says which one is small.
//!
//! What is *not* there yet: protection of linked tables, where a cell is found again from several
//! breakdowns, territories or windows at once. Headline counts are left open.

use crate::indicators::{Measure, Measures, Population, Scope, Value};
use crate::period::Window;
use crate::settings::{Settings, Thresholds};
use std::collections::BTreeMap;

/// One breakdown of one indicator in one cell, and the threshold it is under.
type Breakdown = (&'static str, Scope, Window, &'static str, u64);

/// The one reason of every withheld cell.
const REASON: &str = "petit-effectif";

/// Withholds what would say too much of too few.
pub fn protect(mut measures: Measures, settings: &Settings) -> Measures {
    let mut breakdowns: BTreeMap<Breakdown, Vec<(usize, u64)>> = BTreeMap::new();
    for (index, measure) in measures.all.iter().enumerate() {
        let dimension = measure.reading.dimension;
        if dimension.is_empty() {
            continue;
        }
        if let Some((count, threshold)) = counted(measure, &settings.thresholds) {
            let key = (measure.indicator.id, measure.scope, measure.window, dimension, threshold);
            breakdowns.entry(key).or_default().push((index, count));
        }
    }
    for ((.., threshold), cells) in breakdowns {
        let counts: Vec<u64> = cells.iter().map(|(_, count)| *count).collect();
        for ((index, _), hide) in cells.iter().zip(hidden(&counts, threshold)) {
            if hide {
                withhold(&mut measures.all[*index]);
            }
        }
    }
    measures
}

/// Which cells of a breakdown are to be withheld, in the order of `counts`.
pub(crate) fn hidden(counts: &[u64], threshold: u64) -> Vec<bool> {
    let small = counts.iter().filter(|count| (1..threshold).contains(*count)).count();
    if small == 0 {
        return vec![false; counts.len()];
    }
    // Zeros last: they hide nothing until everything is hidden.
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|index| (counts[*index] == 0, counts[*index], *index));
    let sorted: Vec<u64> = order.iter().map(|index| counts[*index]).collect();
    let taken = (small..sorted.len())
        .find(|taken| is_safe(&sorted, *taken, threshold))
        .unwrap_or(sorted.len());
    let mut hide = vec![false; counts.len()];
    for index in &order[..taken] {
        hide[*index] = true;
    }
    hide
}

/// True when hiding the first `taken` cells tells of none of them a range narrower than the threshold,
/// to a reader who knows their sum and that each is at most the smallest cell left visible.
fn is_safe(sorted: &[u64], taken: usize, threshold: u64) -> bool {
    let sum: u64 = sorted[..taken].iter().sum();
    let cells = taken as u64;
    let most = sorted[taken..].iter().copied().find(|count| *count > 0).unwrap_or(sum).min(sum);
    let least = sum.saturating_sub(most.saturating_mul(cells - 1));
    cells >= 2 && sum >= threshold + cells && most - least >= threshold
}

/// The count a measure reveals and the threshold it is under; `None` when it reveals nobody.
fn counted(measure: &Measure, thresholds: &Thresholds) -> Option<(u64, u64)> {
    match measure.reading.population {
        Population::Open => None,
        Population::People(count) => Some((count, thresholds.people)),
        Population::Organisations(count) => Some((count, thresholds.organisations)),
    }
}

fn withhold(measure: &mut Measure) {
    let reading = &mut measure.reading;
    reading.value = Value::Secret(REASON);
    reading.numerator = None;
    reading.denominator = None;
    reading.n = None;
    reading.population = Population::Open;
    measure.objective = None;
}

#[cfg(test)]
mod tests;
