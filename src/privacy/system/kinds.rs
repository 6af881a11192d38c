//! What the breakdowns of people by type and by network of their organisation give away together: the
//! published directory says which organisations are both. The people of each kind of organisation are
//! unknowns; a few of them are as much a secret as a few in a modality.

use super::{
    BREAKDOWN, Days, Head, Modalities, OF_ORGANISATION, ORGANISATIONS, System, Total, number,
};
use crate::indicators::{BOTH, Measure, Population, Scope, parts};
use crate::privacy::attack::Sense;
use crate::settings::Thresholds;
use std::collections::{BTreeMap, BTreeSet};

impl System {
    pub(super) fn tie_kinds(
        &mut self,
        measures: &[Measure],
        thresholds: &Thresholds,
        small: &BTreeSet<Head>,
    ) {
        let mut all: BTreeMap<(Scope, Days), Modalities> = BTreeMap::new();
        let of_people = |m: &&Measure| m.indicator.id == BREAKDOWN && m.reading.dimension == BOTH;
        for measure in measures.iter().filter(of_people) {
            let (scope, days, reading) = (measure.scope, measure.window.days(), &measure.reading);
            let Some(number) = number(measure.indicator.id, reading, thresholds, false) else {
                continue;
            };
            let cell = self.unknown(number.value as i64);
            let few = number.small || small.contains(&(Total::People, scope, days));
            if few && number.value > 0 {
                let few = &mut self.cells[cell];
                (few.published, few.sensitive, few.threshold) = (true, true, number.threshold);
            }
            all.entry((scope, days)).or_default().insert(reading.modality.clone(), cell);
        }
        for ((scope, days), kinds) in all {
            for dimension in OF_ORGANISATION {
                for (modality, cell) in self.of(&(BREAKDOWN, dimension, scope, days)) {
                    let within = |kind: &str| parts(kind, dimension).contains(&modality.as_str());
                    let terms = kinds.iter().filter(|(kind, _)| within(kind)).map(|(_, c)| (*c, 1));
                    self.relate(terms.chain([(cell, -1)]).collect(), Sense::Equal, 0);
                }
            }
        }
    }

    /// Each organisation that took part without organising, which the published activities say, sent
    /// somebody.
    pub(super) fn tie_senders(&mut self, measures: &[Measure]) {
        for measure in measures.iter().filter(|m| m.indicator.id == ORGANISATIONS) {
            let (reading, days) = (&measure.reading, measure.window.days());
            let cell = |indicator| {
                let key = (indicator, reading.dimension, measure.scope, days);
                self.index.get(&key)?.get(&reading.modality).copied()
            };
            if let Population::Organisations { named, .. } = reading.population
                && let (Some(sent), Some(people)) = (cell(ORGANISATIONS), cell(BREAKDOWN))
            {
                self.relate(vec![(sent, 1), (people, -1)], Sense::AtMost, named as i64);
            }
        }
    }
}
