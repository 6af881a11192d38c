//! Territories and windows at once: whoever came back to a territory came back to the programme, whoever
//! is new in the programme is new in a territory, and whoever is counted twice over some days is so over
//! more days.

use super::windows::lasts;
use super::{BREAKDOWN, Days, System, Total, holding, is_quarter, just_before};
use crate::indicators::Scope;
use crate::privacy::attack::Sense;
use chrono::NaiveDate;
use std::collections::BTreeSet;

impl System {
    pub(super) fn tie_crossings(&mut self, start: NaiveDate) {
        let mut breakdowns: BTreeSet<(&'static str, Days)> = BTreeSet::new();
        let mut places: BTreeSet<Scope> = BTreeSet::new();
        for (_, dimension, scope, days) in self.index.keys().filter(|key| key.0 == BREAKDOWN) {
            breakdowns.insert((*dimension, *days));
            places.insert(*scope);
        }
        places.remove(&Scope::Programme);
        let places: Vec<Scope> = places.into_iter().collect();
        for (dimension, part) in &breakdowns {
            let same = breakdowns.iter().filter(|(other, _)| other == dimension);
            let ends: Vec<Days> = same.map(|(_, days)| *days).filter(|d| d.0 == start).collect();
            let whole = holding(&ends, *part).filter(|all| lasts(dimension, *part, *all));
            let (true, Some(whole)) = (is_quarter(*part) || part.0 == start, whole) else {
                continue;
            };
            self.tie_doubles(dimension, *part, whole, &places);
            if let Some(before) =
                just_before(&ends, *part).filter(|before| lasts(dimension, *before, whole))
                && is_quarter(*part)
                && whole.1 == part.1
            {
                self.tie_returns(dimension, [*part, whole, before], &places);
            }
        }
    }

    /// Modalities of a breakdown over some days.
    fn modalities(&self, dimension: &'static str, days: Days) -> Vec<String> {
        self.of(&(BREAKDOWN, dimension, Scope::Programme, days)).into_keys().collect()
    }

    /// People of a modality over some days; none where it is not listed: nobody came.
    fn people(
        &self,
        (dimension, modality): (&'static str, &str),
        of: (Scope, Days),
    ) -> Option<usize> {
        self.index.get(&(BREAKDOWN, dimension, of.0, of.1))?.get(modality).copied()
    }

    /// Whether everybody was seen in some territory.
    fn all_inside(&self, days: Days) -> bool {
        let outside = self.head(Total::Outside, Scope::Programme, days);
        outside.is_some_and(|outside| self.value(outside) == 0)
    }

    /// Σ territories − programme over some days is at most that over more days; not where it is not so:
    /// something dated before the programme is in its first quarter and in no cumulative. Where some are
    /// outside any territory, their share in each modality is not known, and nothing is said.
    fn tie_doubles(&mut self, dimension: &'static str, part: Days, whole: Days, places: &[Scope]) {
        if !(self.all_inside(part) && self.all_inside(whole)) {
            return;
        }
        for modality in self.modalities(dimension, whole) {
            let all = places.iter().map(|place| (*place, 1)).chain([(Scope::Programme, -1)]);
            let counts = all.flat_map(|(scope, sign)| [(scope, part, sign), (scope, whole, -sign)]);
            let terms = counts.filter_map(|(scope, days, sign)| {
                Some((self.people((dimension, &modality), (scope, days))?, sign))
            });
            self.relate_if_true(terms.collect());
        }
    }

    /// In a quarter, between two cumulatives: those who came back to a territory, and those who are new.
    fn tie_returns(&mut self, dimension: &'static str, windows: [Days; 3], places: &[Scope]) {
        let [quarter, whole, before] = windows;
        for modality in self.modalities(dimension, whole) {
            let new = |scope: Scope, sign: i64| {
                let cells = [(whole, sign), (before, -sign)].map(|(days, sign)| {
                    Some((self.people((dimension, &modality), (scope, days))?, sign))
                });
                cells.into_iter().flatten().collect::<Vec<_>>()
            };
            let returned = |scope: Scope, sign: i64| {
                let here = self.people((dimension, &modality), (scope, quarter));
                let here = here.map(|cell| (cell, sign));
                here.into_iter().chain(new(scope, -sign)).collect::<Vec<_>>()
            };
            let back =
                |place: &Scope| [returned(*place, 1), returned(Scope::Programme, -1)].concat();
            let mut relations: Vec<_> = places.iter().map(back).collect();
            if self.all_inside(quarter) {
                let parts = places.iter().flat_map(|place| new(*place, -1));
                relations.push(new(Scope::Programme, 1).into_iter().chain(parts).collect());
            }
            for terms in relations {
                self.relate(terms, Sense::AtMost, 0);
            }
        }
    }
}
