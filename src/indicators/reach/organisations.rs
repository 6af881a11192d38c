//! Organisations that took part, through a member present or by organising.

use crate::indicators::tally::{counts, sorted_unique};
use crate::indicators::{Cell, Evidence, NOT_SAID, Reading};
use crate::period::WindowKind;
use crate::programme::Organisation;
use std::collections::BTreeMap;

/// A breakdown of organisations; none of its modalities = not said.
type Dimension = (&'static str, for<'a> fn(&'a Organisation) -> Vec<&'a str>);

const DIMENSIONS: [Dimension; 2] = [
    ("type_structure", |o| o.kind.as_deref().into_iter().collect()),
    ("reseau", |o| o.networks.iter().map(String::as_str).collect()),
];

pub(super) fn reached(cell: &Cell<'_>) -> Vec<Reading> {
    let organisations = &cell.programme.organisations;
    let found = sorted_unique(cell.rows.iter().map(|row| row.subject));
    let mut readings = vec![Reading::count(found.len())];
    if cell.window.kind == WindowKind::History {
        return readings;
    }
    // `donnees/` says who organised what, and which organisations there are.
    let organises =
        |row: &&&Evidence| cell.programme.activities[row.other].organisers.contains(&row.subject);
    let organising = sorted_unique(cell.rows.iter().filter(organises).map(|row| row.subject));
    for (dimension, of) in DIMENSIONS {
        let count = |some: &[usize]| tallied(some.iter().map(|ix| &organisations[*ix]), of);
        let named: BTreeMap<&str, usize> = count(&organising).into_iter().collect();
        let listed: BTreeMap<&str, usize> =
            tallied(organisations.iter().filter(|o| o.origin.is_some()), of).into_iter().collect();
        readings.extend(count(&found).into_iter().map(|(modality, count)| {
            let named = named.get(modality).copied().unwrap_or(0);
            // Those named by other tables only are of no known type or network.
            let listed = listed.get(modality).filter(|_| modality != NOT_SAID);
            Reading::count(count).by(dimension, modality).with_n(found.len()).organisations(
                count as u64,
                named as u64,
                listed.map(|listed| *listed as u64),
            )
        }));
    }
    readings
}

/// Organisations by modality.
fn tallied<'a>(
    some: impl Iterator<Item = &'a Organisation>,
    of: for<'b> fn(&'b Organisation) -> Vec<&'b str>,
) -> Vec<(&'a str, usize)> {
    let modalities = some.flat_map(|organisation| {
        let found = of(organisation);
        let none = found.is_empty().then_some(None);
        found.into_iter().map(Some).chain(none)
    });
    counts(&[], modalities)
}

pub(super) fn new(cell: &Cell<'_>) -> Vec<Reading> {
    vec![Reading::count(cell.rows.len())]
}
