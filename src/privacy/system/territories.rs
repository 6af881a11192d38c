//! Territories against the programme.
//!
//! Each territory is at most the programme. The programme is at most what all territories count and,
//! where nobody can tell those seen in none, at most that and them. For each modality of people,
//! Σ territories − doubles + people outside any territory = programme, the doubles and the outsiders
//! of all modalities being published.

use super::{
    BREAKDOWN, Breakdown, Days, HOLDERS, Modalities, ORGANISATIONS, PROGRESS, RELAYS, RUNGS,
    SEVERAL, System, Total,
};
use crate::indicators::{BOTH, Scope};
use crate::privacy::attack::Sense;
use std::collections::{BTreeMap, BTreeSet};

impl System {
    pub(super) fn tie_territories(&mut self) {
        let mut places: BTreeMap<_, Vec<Modalities>> = BTreeMap::new();
        for ((indicator, dimension, scope, days), cells) in &self.index {
            if *scope != Scope::Programme {
                places.entry((*indicator, *dimension, *days)).or_default().push(cells.clone());
            }
        }
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
            self.tie_said_in(&key);
            let overlap = [Total::Doubles, Total::Outside]
                .map(|total| self.head(total, Scope::Programme, days));
            match (indicator, overlap) {
                (BREAKDOWN, [Some(doubles), Some(outside)]) if !SEVERAL.contains(&dimension) => {
                    self.tie_overlap(&parts, doubles, outside);
                }
                // Nobody is in several modalities of one territory more than once: what is counted
                // twice is counted twice in all.
                (BREAKDOWN | PROGRESS | HOLDERS | RELAYS, [Some(doubles), Some(outside)]) => {
                    for (whole, parts) in &parts {
                        self.bounded(*whole, parts, Some(outside));
                        let terms = parts.iter().map(|part| (*part, 1));
                        let terms = terms.chain([(*whole, -1), (doubles, -1)]);
                        // A holder may be supported without having come.
                        self.relate_if_true(terms.collect());
                    }
                }
                (ORGANISATIONS, _) if dimension == BOTH || !self.silent.contains(&key) => {
                    if !self.in_territories(days) {
                        continue;
                    }
                    parts.iter().for_each(|(whole, parts)| self.bounded(*whole, parts, None));
                }
                _ => {}
            }
        }
    }

    /// Whether every activity was in a territory, which the published tables say.
    pub(super) fn in_territories(&self, days: Days) -> bool {
        let held = self.activities.iter().filter(|((_, when), _)| *when == days);
        let (all, parts): (Vec<_>, Vec<_>) =
            held.partition(|((scope, _), _)| *scope == Scope::Programme);
        let sum = |held: Vec<(_, &u64)>| held.into_iter().map(|(_, n)| n).sum::<u64>();
        sum(all) == sum(parts)
    }

    /// Whoever something is said of in a territory is among those of the programme.
    fn tie_said_in(&mut self, key: &Breakdown) {
        let (indicator, dimension, _, days) = *key;
        let scopes: BTreeSet<Scope> = self.index.keys().map(|key| key.2).collect();
        let places = scopes.iter().filter(|scope| **scope != Scope::Programme);
        let parts: Vec<_> = places
            .filter_map(|scope| self.said(&(indicator, dimension, *scope, days), 1))
            .collect();
        let Some(whole) = self.said(key, -1) else { return };
        for part in &parts {
            self.relate([part.clone(), whole.clone()].concat(), Sense::AtMost, 0);
        }
        if indicator == ORGANISATIONS && self.in_territories(days) {
            let terms = parts.into_iter().chain([whole]).flatten();
            self.relate_if_true(terms.map(|(cell, sign)| (cell, -sign)).collect());
        }
    }

    /// The programme counts at most what the territories count, and those outside. Not where that is
    /// not so: somebody seen in a territory may be counted elsewhere for what was done outside.
    pub(super) fn bounded(&mut self, whole: usize, parts: &[usize], outside: Option<usize>) {
        let terms = parts.iter().chain(&outside).map(|part| (*part, -1)).chain([(whole, 1)]);
        self.relate_if_true(terms.collect());
    }

    fn tie_overlap(&mut self, parts: &[(usize, Vec<usize>)], doubles: usize, outside: usize) {
        let gaps: Vec<i64> = parts
            .iter()
            .map(|(whole, parts)| {
                parts.iter().map(|part| self.value(*part)).sum::<i64>() - self.value(*whole)
            })
            .collect();
        let alone = |gap: i64| (-gap).max(0);
        let mut rest = self.value(outside) - gaps.iter().map(|gap| alone(*gap)).sum::<i64>();
        let sum = gaps.iter().sum::<i64>();
        if rest < 0 || sum != self.value(doubles) - self.value(outside) {
            return;
        }
        let (mut all_doubles, mut all_outside) = (vec![(doubles, -1)], vec![(outside, -1)]);
        for ((whole, parts), gap) in parts.iter().zip(gaps) {
            // Some split of doubles and outsiders that agrees: the reader knows none.
            let largest = parts.iter().map(|part| self.value(*part)).max().unwrap_or(0);
            let room = self.value(*whole) - largest - alone(gap);
            let more = rest.clamp(0, room.max(0));
            rest -= more;
            let out = alone(gap) + more;
            let double = self.unknown(gap + out);
            let alone = self.unknown(out);
            for part in parts {
                self.relate(vec![(*part, 1), (alone, 1), (*whole, -1)], Sense::AtMost, 0);
            }
            let terms = parts.iter().map(|part| (*part, 1));
            let terms = terms.chain([(double, -1), (alone, 1), (*whole, -1)]).collect();
            self.relate(terms, Sense::Equal, 0);
            all_doubles.push((double, 1));
            all_outside.push((alone, 1));
        }
        self.relate(all_doubles, Sense::Equal, 0);
        self.relate(all_outside, Sense::Equal, 0);
    }
}
