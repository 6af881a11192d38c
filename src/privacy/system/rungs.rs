//! What the ladder shares with other numbers. Whoever stands on a rung or above in a territory does so
//! in the programme; in a quarter, in the cumulative that ends with it. Those who came twice stand on
//! the second rung at least. Those on the rung of holders supported are holders supported.

use super::{Breakdown, HOLDERS, Head, LADDER, PEOPLE, RUNGS, System};
use crate::indicators::{Measure, Scope};
use crate::period::WindowKind;
use crate::privacy::attack::Sense;
use std::collections::BTreeSet;

/// Rungs above the first, lowest first.
const ABOVE: [&str; 3] = ["mobilises", "accompagnes", "engages"];

impl System {
    pub(super) fn tie_rungs(&mut self, measures: &[Measure], withheld: &BTreeSet<Head>) {
        let cumulative = measures.iter().find(|m| m.window.kind == WindowKind::Cumulative);
        let cumulative = cumulative.map(|m| m.window.days());
        let ladders: Vec<Breakdown> = self.index.keys().filter(|k| k.1 == RUNGS).copied().collect();
        for key in ladders {
            let (_, _, scope, days) = key;
            if scope != Scope::Programme {
                self.stand_in(&key, &(LADDER, RUNGS, Scope::Programme, days));
            }
            if let Some(all) = cumulative.filter(|all| *all != days && all.1 == days.1) {
                self.stand_in(&key, &(LADDER, RUNGS, scope, all));
            }
            let holders = self.of(&(HOLDERS, "", scope, days)).get("").copied();
            if let (Some(rung), Some(holders)) = (self.of(&key).get("accompagnes"), holders) {
                self.at_most(*rung, holders);
            }
        }
        for measure in measures.iter().filter(|m| m.indicator.id == "fidelisation") {
            let (scope, days) = (measure.scope, measure.window.days());
            let Some(loyal) = measure.reading.numerator else { continue };
            if !withheld.contains(&(PEOPLE, scope, days)) {
                let rungs = self.of(&(LADDER, RUNGS, scope, days));
                let above = ABOVE.iter().filter_map(|rung| rungs.get(*rung));
                self.relate(above.map(|c| (*c, -1)).collect(), Sense::AtMost, -(loyal as i64));
            }
        }
    }

    /// From each rung up, some are at most others.
    fn stand_in(&mut self, part: &Breakdown, whole: &Breakdown) {
        let (part, whole) = (self.of(part), self.of(whole));
        for lowest in 0..ABOVE.len() {
            let cells = |of: &super::Modalities, sign: i64| {
                let above = ABOVE[lowest..].iter().filter_map(|rung| of.get(*rung));
                above.map(|cell| (*cell, sign)).collect::<Vec<_>>()
            };
            let terms = [cells(&part, 1), cells(&whole, -1)].concat();
            if !whole.is_empty() {
                self.relate(terms, Sense::AtMost, 0);
            }
        }
    }
}
