//! Organisations that took part, through a member present or by organising.

use crate::indicators::tally::{sorted_unique, tally};
use crate::indicators::{Cell, Reading};
use crate::period::WindowKind;

pub(super) fn reached(cell: &Cell<'_>) -> Vec<Reading> {
    let found = sorted_unique(cell.rows.iter().map(|row| row.subject));
    let mut readings = vec![Reading::count(found.len())];
    if cell.window.kind == WindowKind::History {
        return readings;
    }
    let organisations: Vec<_> = found.iter().map(|ix| &cell.programme.organisations[*ix]).collect();
    let kinds = tally(&[], organisations.iter().map(|o| (o.kind.as_deref(), 1.0)));
    let networks = tally(
        &[],
        organisations.iter().flat_map(|o| {
            let none = o.networks.is_empty().then_some((None, 1.0));
            o.networks.iter().map(|network| (Some(network.as_str()), 1.0)).chain(none)
        }),
    );
    for (dimension, modalities) in [("type_structure", kinds), ("reseau", networks)] {
        readings.extend(modalities.into_iter().map(|(modality, count)| {
            let count = count as usize;
            Reading::count(count).by(dimension, modality).with_n(found.len()).organisations(count)
        }));
    }
    readings
}

pub(super) fn new(cell: &Cell<'_>) -> Vec<Reading> {
    vec![Reading::count(cell.rows.len())]
}
