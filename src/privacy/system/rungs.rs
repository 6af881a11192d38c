//! What the ladder shares with other numbers. Whoever stands on a rung or above in a territory does so
//! in the programme; in a quarter, in the cumulative that ends with it. Those who came twice stand on
//! the second rung at least. Those on the rung of holders supported are holders supported. And what the
//! actions of the plan count in people are people who came.

use super::{Breakdown, Days, HOLDERS, LADDER, PROGRESS, RUNGS, System, Total};
use crate::indicators::Scope;
use crate::privacy::attack::Sense;

/// Rungs above the first, lowest first.
const ABOVE: [&str; 3] = ["mobilises", "accompagnes", "engages"];

impl System {
    pub(super) fn tie_rungs(&mut self, cumulative: Days) {
        let ladders: Vec<Breakdown> = self.index.keys().filter(|k| k.1 == RUNGS).copied().collect();
        for key in ladders {
            let (_, _, scope, days) = key;
            if scope != Scope::Programme {
                self.stand_in(&key, &(LADDER, RUNGS, Scope::Programme, days));
            }
            if cumulative != days && cumulative.1 == days.1 {
                self.stand_in(&key, &(LADDER, RUNGS, scope, cumulative));
            }
            let holders = self.of(&(HOLDERS, "", scope, days)).get("").copied();
            if let (Some(rung), Some(holders)) = (self.of(&key).get("accompagnes"), holders) {
                self.at_most(*rung, holders);
            }
            if let Some(loyal) = self.head(Total::Loyal, scope, days) {
                let rungs = self.of(&key);
                let above = ABOVE.iter().filter_map(|rung| rungs.get(*rung));
                let terms = above.map(|cell| (*cell, -1)).chain([(loyal, 1)]).collect();
                self.relate(terms, Sense::AtMost, 0);
            }
        }
        let actions: Vec<Breakdown> =
            self.index.keys().filter(|k| k.0 == PROGRESS).copied().collect();
        actions.iter().for_each(|key| self.tie_actions(key));
    }

    /// An activity belongs to one action at most: their people are no more than the presences, and all
    /// those who came where every activity has an action that counts people.
    fn tie_actions(&mut self, key: &Breakdown) {
        let (_, _, scope, days) = *key;
        let actions: Vec<usize> = self.of(key).into_values().collect();
        let sum: i64 = actions.iter().map(|cell| self.value(*cell)).sum();
        let terms = |sign: i64, all: usize| {
            let actions = actions.iter().map(|cell| (*cell, sign));
            actions.chain([(all, -sign)]).collect::<Vec<_>>()
        };
        if let Some(people) = self.head(Total::People, scope, days) {
            actions.iter().for_each(|action| self.at_most(*action, people));
            // The published activities say whether it is so.
            if sum >= self.value(people) {
                self.relate(terms(-1, people), Sense::AtMost, 0);
            }
        }
        if let Some(presences) = self.head(Total::Presences, scope, days)
            && sum <= self.value(presences)
        {
            self.relate(terms(1, presences), Sense::AtMost, 0);
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
