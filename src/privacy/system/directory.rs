//! Organisations, for a reader who has the published tables too.
//!
//! These say which organisations there are, of which type and networks, and which organised what; each of
//! the others had a member present. With the figures, that bounds how many of a type or of a network took
//! part: nobody may know it, be it only to one more or less. How wide such a count stays is not asked here,
//! where organisations are named one by one, nor of what is hidden for its sake; it is of small counts
//! where only the figures are read.

use super::{
    BREAKDOWN, Breakdown, Days, Head, Keep, OF_ORGANISATION, ORGANISATIONS, Published, System,
};
use crate::indicators::{BOTH, Measure, Population, Scope, parts};
use crate::period::WindowKind;
use crate::privacy::attack::Sense;
use crate::settings::Thresholds;
use std::collections::{BTreeMap, BTreeSet};

/// A modality of a breakdown, somewhere some time.
type Place<'a> = (&'static str, &'a str, Scope, Days);

fn place(measure: &Measure) -> Place<'_> {
    let reading = &measure.reading;
    (reading.dimension, &reading.modality, measure.scope, measure.window.days())
}

impl System {
    /// The system of organisations. `hidden`: measures withheld already.
    pub(in crate::privacy) fn of_directory(
        measures: &[Measure],
        published: &Published,
        thresholds: &Thresholds,
        small: &BTreeSet<Head>,
        hidden: &BTreeSet<usize>,
    ) -> Self {
        let mut system = Self { with_directory: true, ..Self::default() };
        system.add(measures, published, thresholds, small);
        system.bound(measures, hidden);
        system.tie_directory();
        system.tie_all(measures);
        for (cell, shown) in system.cells.iter_mut().zip(&system.measures) {
            cell.threshold = 0;
            let already = shown.iter().any(|at| hidden.contains(at));
            cell.sensitive |= already && cell.keep != Keep::Open;
        }
        system
    }

    /// At most those listed, and those who sent somebody or organised.
    fn bound(&mut self, measures: &[Measure], hidden: &BTreeSet<usize>) {
        let listed = |measure: &Measure| {
            let published = measure.window.kind != WindowKind::Unpublished;
            let dimension = measure.reading.dimension;
            measure.indicator.id == BREAKDOWN && published && dimension != BOTH
        };
        let people: BTreeMap<Place<'_>, Option<u64>> = measures
            .iter()
            .enumerate()
            .filter(|(_, measure)| listed(measure))
            .filter_map(|(at, measure)| match measure.reading.population {
                Population::People(count) => {
                    Some((place(measure), Some(count).filter(|_| !hidden.contains(&at))))
                }
                _ => None,
            })
            .collect();
        for measure in measures.iter().filter(|m| m.indicator.id == ORGANISATIONS) {
            let Population::Organisations { count, named, listed } = measure.reading.population
            else {
                continue;
            };
            let (dimension, modality, scope, days) = place(measure);
            let key = (ORGANISATIONS, dimension, scope, days);
            let cell = self.index.get(&key).and_then(|all| all.get(modality)).copied();
            let Some(cell) = cell else { continue };
            // Nobody is in what is not listed.
            let shown = OF_ORGANISATION.contains(&dimension)
                && measure.window.kind != WindowKind::Unpublished;
            let sent = people.get(&place(measure)).copied().unwrap_or(shown.then_some(0));
            let sent = sent.map(|people| people + named);
            for most in [listed, sent].into_iter().flatten() {
                self.relate(vec![(cell, 1)], Sense::AtMost, most.max(count) as i64);
            }
        }
    }

    /// Organisations of each type and networks against those of each type and of each network: whatever is
    /// not listed counts none.
    fn tie_directory(&mut self) {
        let both = |key: &&Breakdown| key.0 == ORGANISATIONS && key.1 == BOTH;
        for key in self.index.keys().filter(both).copied().collect::<Vec<_>>() {
            let kinds = self.of(&key);
            for dimension in OF_ORGANISATION {
                let mut sums: BTreeMap<String, Vec<(usize, i64)>> = BTreeMap::new();
                for (kind, cell) in &kinds {
                    for part in parts(kind, dimension) {
                        sums.entry(part.to_owned()).or_default().push((*cell, 1));
                    }
                }
                for (modality, cell) in self.of(&(ORGANISATIONS, dimension, key.2, key.3)) {
                    sums.entry(modality).or_default().push((cell, -1));
                }
                for terms in sums.into_values() {
                    self.relate(terms, Sense::Equal, 0);
                }
            }
        }
    }
}
