//! Organisations that took part, through a member present or by organising.

use crate::indicators::tally::{self, BOTH, KIND, NETWORK, sorted_unique};
use crate::indicators::{Cell, Evidence, NOT_SAID, Reading, Value};
use crate::period::WindowKind;
use std::collections::BTreeMap;

pub(super) fn reached(cell: &Cell<'_>) -> Vec<Reading> {
    let found = sorted_unique(cell.rows.iter().map(|row| row.subject));
    let mut readings = vec![Reading::count(found.len())];
    if cell.window.kind == WindowKind::History {
        return readings;
    }
    // `donnees/` says who organised what, and which organisations there are.
    let organises =
        |row: &&&Evidence| cell.programme.activities[row.other].organisers.contains(&row.subject);
    let organising = sorted_unique(cell.rows.iter().filter(organises).map(|row| row.subject));
    for dimension in [KIND, NETWORK] {
        let count = |some: &[usize]| {
            tally::organisations(
                some.iter().map(|ix| &cell.programme.organisations[*ix]),
                dimension,
            )
        };
        let named: BTreeMap<&str, usize> = count(&organising).into_iter().collect();
        readings.extend(count(&found).into_iter().map(|(modality, count)| {
            let named = named.get(modality).copied().unwrap_or(0);
            // Those named by other tables only are of no known type or network.
            let listed = cell.base.listed(dimension, modality).filter(|_| modality != NOT_SAID);
            Reading::count(count).by(dimension, modality).with_n(found.len()).organisations(
                count as u64,
                named as u64,
                listed.map(|listed| listed as u64),
            )
        }));
    }
    readings.extend(by_both(cell, &found, &organising));
    readings
}

/// By type and networks at once, with those of the directory of which nobody came.
fn by_both(cell: &Cell<'_>, found: &[usize], organising: &[usize]) -> Vec<Reading> {
    let kinds = cell.base.kinds();
    let mut counts = vec![(0, 0); kinds.names.len()];
    found.iter().for_each(|organisation| counts[kinds.of[*organisation]].0 += 1);
    organising.iter().for_each(|organisation| counts[kinds.of[*organisation]].1 += 1);
    let all = kinds.names.iter().zip(&kinds.listed).zip(counts);
    all.map(|((name, listed), (count, named))| {
        Reading::of(Value::Number(count as f64)).by(BOTH, name).organisations(count, named, *listed)
    })
    .collect()
}

pub(super) fn new(cell: &Cell<'_>) -> Vec<Reading> {
    vec![Reading::count(cell.rows.len())]
}
