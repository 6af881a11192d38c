//! Stage 6: small cells withheld before anything is published.
//!
//! A cell of a breakdown that counts fewer people (or organisations) than the threshold is withheld,
//! with its numerator, denominator and n. A single withheld cell could be found again by subtraction
//! from the total: the next smallest cell of the breakdown is then withheld too.
//!
//! What is *not* there yet: protection of linked tables, where a cell is found again from several
//! breakdowns, territories or windows at once. Headline counts are left open.

use crate::indicators::{Measure, Measures, Population, Scope, Value};
use crate::period::Window;
use crate::settings::{Settings, Thresholds};
use std::collections::BTreeMap;

/// One breakdown of one indicator in one cell.
type Breakdown = (&'static str, Scope, Window, &'static str);

/// Withholds what would say too much of too few.
pub fn protect(mut measures: Measures, settings: &Settings) -> Measures {
    let mut breakdowns: BTreeMap<Breakdown, Vec<usize>> = BTreeMap::new();
    for (index, measure) in measures.all.iter().enumerate() {
        let dimension = measure.reading.dimension;
        if !dimension.is_empty() && people(measure).is_some() {
            let key = (measure.indicator.id, measure.scope, measure.window, dimension);
            breakdowns.entry(key).or_default().push(index);
        }
    }
    for cells in breakdowns.into_values() {
        protect_breakdown(&mut measures.all, &cells, &settings.thresholds);
    }
    measures
}

fn protect_breakdown(all: &mut [Measure], cells: &[usize], thresholds: &Thresholds) {
    let (small, rest): (Vec<usize>, Vec<usize>) =
        cells.iter().partition(|index| is_small(&all[**index], thresholds));
    if let [_] = small[..] {
        // Zeros last: they hide a small cell only when there is nothing else.
        let companion = rest.iter().min_by_key(|index| {
            let count = people(&all[**index]).unwrap_or(0);
            (count == 0, count, **index)
        });
        if let Some(companion) = companion {
            withhold(&mut all[*companion], "secret-complementaire");
        }
    }
    for index in small {
        withhold(&mut all[index], "petit-effectif");
    }
}

fn people(measure: &Measure) -> Option<u64> {
    match measure.reading.population {
        Population::Open => None,
        Population::People(count) | Population::Organisations(count) => Some(count),
    }
}

fn is_small(measure: &Measure, thresholds: &Thresholds) -> bool {
    match measure.reading.population {
        Population::Open => false,
        Population::People(count) => 0 < count && count < thresholds.people,
        Population::Organisations(count) => 0 < count && count < thresholds.organisations,
    }
}

fn withhold(measure: &mut Measure, reason: &'static str) {
    let reading = &mut measure.reading;
    reading.value = Value::Secret(reason);
    reading.numerator = None;
    reading.denominator = None;
    reading.n = None;
    reading.population = Population::Open;
    measure.objective = None;
}

#[cfg(test)]
mod tests;
