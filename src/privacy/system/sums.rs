//! What the modalities of a breakdown add up to.

use super::{Breakdown, SEVERAL, System, TIED};
use crate::indicators::NOT_SAID;
use crate::privacy::attack::Sense;

impl System {
    /// Σ modalities = all who came, or at least that.
    pub(super) fn add_sums(&mut self) {
        let mut relations = Vec::new();
        for ((indicator, dimension, scope, days), cells) in &self.index {
            let total =
                TIED.iter().find(|(tied, _)| tied == indicator).and_then(|(_, total)| *total);
            let Some(head) = total.and_then(|total| self.head(total, *scope, *days)) else {
                continue;
            };
            let terms = |sign: i64| {
                let all = cells.values().map(move |cell| (*cell, sign));
                all.chain([(head, -sign)]).collect::<Vec<_>>()
            };
            if SEVERAL.contains(dimension) {
                relations.push((terms(-1), Sense::AtMost));
                // Whoever is in one is not among those of whom nothing is said.
                let (rest, said): (Vec<_>, Vec<_>) =
                    cells.iter().partition(|(modality, _)| *modality == NOT_SAID);
                let rest = || rest.iter().map(|(_, cell)| (**cell, 1)).chain([(head, -1)]);
                relations.push((rest().collect(), Sense::AtMost));
                relations.extend(
                    said.into_iter()
                        .map(|(_, cell)| (rest().chain([(*cell, 1)]).collect(), Sense::AtMost)),
                );
            } else {
                relations.push((terms(1), Sense::Equal));
            }
        }
        for (terms, sense) in relations {
            self.relate(terms, sense, 0);
        }
    }

    /// Those of whom something is said, where one may be in several modalities: all but the others.
    pub(super) fn said(&self, key: &Breakdown, sign: i64) -> Option<Vec<(usize, i64)>> {
        let (indicator, dimension, scope, days) = *key;
        let total = TIED.iter().find(|(tied, _)| *tied == indicator)?.1?;
        let all = self.head(total, scope, days).filter(|_| SEVERAL.contains(&dimension))?;
        let others = self.index.get(key)?.get(NOT_SAID)?;
        Some(vec![(all, sign), (*others, -sign)])
    }
}
