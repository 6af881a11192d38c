//! Territories against the programme.
//!
//! Each territory is at most the programme. The programme is at most what all territories count and,
//! where nobody can tell those seen in none, at most that and them. For each modality of people,
//! Σ territories − doubles + people outside any territory = programme, the doubles and the outsiders
//! of all modalities being published.

use super::{
    Breakdown, Days, Head, Modalities, ORGANISATIONS, PROGRESS, Published, RUNGS, SEVERAL, Said,
    System, people_withheld,
};
use crate::indicators::{Measure, Scope};
use crate::period::WindowKind;
use crate::privacy::attack::Sense;
use std::collections::{BTreeMap, BTreeSet};

/// What the published row of doubles says of some days.
#[derive(Debug, Clone, Copy, Default)]
struct Overlap {
    doubles: Option<u64>,
    outside: Option<u64>,
}

impl System {
    pub(super) fn tie_territories(
        &mut self,
        measures: &[Measure],
        published: &Published,
        withheld: &BTreeSet<Head>,
    ) {
        let mut places: BTreeMap<_, Vec<Modalities>> = BTreeMap::new();
        for ((indicator, dimension, scope, days), cells) in &self.index {
            if *scope != Scope::Programme {
                places.entry((*indicator, *dimension, *days)).or_default().push(cells.clone());
            }
        }
        let overlaps = overlaps(measures, published, withheld);
        let programme = |key: &&Breakdown| key.2 == Scope::Programme && key.1 != RUNGS;
        for key in self.index.keys().filter(programme).copied().collect::<Vec<_>>() {
            let (indicator, dimension, _, days) = key;
            let Some(places) = places.get(&(indicator, dimension, days)) else { continue };
            let parts: Vec<(usize, Vec<usize>)> = self.index[&key]
                .iter()
                .map(|(modality, whole)| {
                    (*whole, places.iter().filter_map(|all| all.get(modality).copied()).collect())
                })
                .collect();
            for (whole, parts) in &parts {
                parts.iter().for_each(|part| self.at_most(*part, *whole));
            }
            let overlap = overlaps.get(&days).copied().unwrap_or_default();
            match (indicator, overlap.doubles, overlap.outside) {
                ("repartition", Some(doubles), Some(outside)) if !SEVERAL.contains(&dimension) => {
                    self.tie_overlap(&parts, doubles, outside);
                }
                // Nobody is in several modalities of one territory more than once: what is counted
                // twice is counted twice in all.
                ("repartition" | PROGRESS, Some(doubles), Some(outside)) => {
                    for (whole, parts) in &parts {
                        self.bounded(*whole, parts, outside);
                        let terms = parts.iter().map(|part| (*part, 1)).chain([(*whole, -1)]);
                        self.relate(terms.collect(), Sense::AtMost, doubles as i64);
                    }
                }
                // Which activities are outside any territory, the published tables say.
                (ORGANISATIONS, ..) if !self.hidden.contains(&days) => {
                    parts.iter().for_each(|(whole, parts)| self.bounded(*whole, parts, 0));
                }
                _ => {}
            }
        }
    }

    /// The programme counts at most what the territories count, and those outside.
    fn bounded(&mut self, whole: usize, parts: &[usize], outside: u64) {
        let terms = parts.iter().map(|part| (*part, -1)).chain([(whole, 1)]);
        self.relate(terms.collect(), Sense::AtMost, outside as i64);
    }

    fn tie_overlap(&mut self, parts: &[(usize, Vec<usize>)], doubles: u64, outside: u64) {
        let gaps: Vec<i64> = parts
            .iter()
            .map(|(whole, parts)| {
                parts.iter().map(|part| self.value(*part)).sum::<i64>() - self.value(*whole)
            })
            .collect();
        // Some split of doubles and outsiders that agrees: the reader knows none.
        let mut rest =
            i64::try_from(outside).unwrap_or(0) - gaps.iter().map(|g| (-g).max(0)).sum::<i64>();
        if rest < 0 || gaps.iter().sum::<i64>() != doubles as i64 - outside as i64 {
            return;
        }
        let (mut all_doubles, mut all_outside) = (Vec::new(), Vec::new());
        for ((whole, parts), gap) in parts.iter().zip(gaps) {
            let out = (-gap).max(0) + std::mem::take(&mut rest);
            let double = self.unknown(gap + out);
            let alone = self.unknown(out);
            let terms = parts.iter().map(|part| (*part, 1));
            let terms = terms.chain([(double, -1), (alone, 1), (*whole, -1)]).collect();
            self.relate(terms, Sense::Equal, 0);
            all_doubles.push((double, 1));
            all_outside.push((alone, 1));
        }
        self.relate(all_doubles, Sense::Equal, doubles as i64);
        self.relate(all_outside, Sense::Equal, outside as i64);
    }
}

/// Doubles and people outside any territory, where this report or an earlier one shows them.
fn overlaps(
    measures: &[Measure],
    published: &Published,
    withheld: &BTreeSet<Head>,
) -> BTreeMap<Days, Overlap> {
    let mut all: BTreeMap<Days, Overlap> = BTreeMap::new();
    for measure in measures {
        let (reading, days) = (&measure.reading, measure.window.days());
        let row = (measure.indicator.id, reading.dimension) == ("chevauchement", "chevauchement");
        let Some(value) = reading.value.get().filter(|_| row) else { continue };
        let shown = if measure.window.kind == WindowKind::Unpublished {
            let key = ("chevauchement", Scope::Programme, days);
            published.of(key, ("chevauchement", &reading.modality), value)
                == Said::Told { same: true }
        } else {
            !people_withheld(withheld, days)
        };
        if shown {
            let overlap = all.entry(days).or_default();
            match reading.modality.as_str() {
                "doubles" => overlap.doubles = Some(value as u64),
                "hors_territoire" => overlap.outside = Some(value as u64),
                _ => {}
            }
        }
    }
    all
}
