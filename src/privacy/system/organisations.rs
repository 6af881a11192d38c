//! What the breakdowns of people by type and by network of their organisation give away together: the
//! published directory says which organisations are both. The people of each kind of organisation are
//! unknowns; a few of them are as much a secret as a few in a modality.

use super::{BREAKDOWN, Breakdown, System};
use crate::indicators::{BOTH, KIND, NETWORK, NOT_SAID, is_both};
use crate::privacy::attack::Sense;

impl System {
    pub(super) fn tie_kinds(&mut self) {
        let keys: Vec<Breakdown> = self.index.keys().filter(|k| k.1 == BOTH).copied().collect();
        for (_, _, scope, days) in keys {
            let kinds = self.of(&(BREAKDOWN, BOTH, scope, days));
            for dimension in [KIND, NETWORK] {
                for (modality, cell) in self.of(&(BREAKDOWN, dimension, scope, days)) {
                    let within = |kind: &str| match kind {
                        NOT_SAID => modality == NOT_SAID,
                        kind => is_both(kind, dimension, &modality),
                    };
                    let terms = kinds.iter().filter(|(kind, _)| within(kind)).map(|(_, c)| (*c, 1));
                    self.relate(terms.chain([(cell, -1)]).collect(), Sense::Equal, 0);
                }
            }
        }
    }
}
