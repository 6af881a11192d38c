//! What the ladder shares with other numbers. Whoever stands on a rung or above in a territory does so
//! in the programme; in a quarter, in the cumulative that ends with it. Those who came twice stand on
//! the second rung at least, and those who came once did so in one territory, in one quarter. Those on
//! the rung of holders supported are holders supported. And what the actions of the plan count in people
//! are people who came.

use super::{
    Breakdown, Days, HOLDERS, LADDER, PROGRESS, RUNGS, System, Total, holding, just_before,
};
use crate::indicators::Scope;
use crate::period::Quarter;
use crate::privacy::attack::Sense;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The rungs of supported holders, and of those whose project is launched.
const SUPPORTED: &str = "accompagnes";
const ENGAGED: &str = "engages";
/// The first rung: came once.
const ONCE: &str = "sensibilises";
/// Rungs above the first, lowest first.
const ABOVE: [&str; 3] = ["mobilises", SUPPORTED, ENGAGED];

/// Cells and their coefficients.
type Terms = Vec<(usize, i64)>;

impl System {
    pub(super) fn tie_rungs(&mut self, start: NaiveDate) {
        let ladders: Vec<Breakdown> = self.index.keys().filter(|k| k.1 == RUNGS).copied().collect();
        let mut ends: Vec<Days> =
            ladders.iter().map(|key| key.3).filter(|days| days.0 == start).collect();
        ends.sort_unstable();
        ends.dedup();
        self.tie_ladders(&ladders, &ends, start);
        for key in ladders {
            let (_, _, scope, days) = key;
            if scope != Scope::Programme {
                self.stand_in(&key, &(LADDER, RUNGS, Scope::Programme, days));
            }
            if let Some(all) = holding(&ends, days) {
                self.stand_in(&key, &(LADDER, RUNGS, scope, all));
            }
            let holders = self.of(&(HOLDERS, "", scope, days)).get("").copied();
            if let (Some(rung), Some(holders)) = (self.of(&key).get(SUPPORTED), holders) {
                self.at_most(*rung, holders);
                // Those who came stand there or above.
                let above = [(*rung, -1)]
                    .into_iter()
                    .chain(self.of(&key).get(ENGAGED).map(|cell| (*cell, -1)));
                self.relate_if_true(above.chain([(holders, 1)]).collect());
            }
            if let Some(loyal) = self.head(Total::Loyal, scope, days) {
                let rungs = self.of(&key);
                let above = ABOVE.iter().filter_map(|rung| rungs.get(*rung));
                let terms = above.map(|cell| (*cell, -1)).chain([(loyal, 1)]).collect();
                self.relate(terms, Sense::AtMost, 0);
                // The others there had a role, which may be known.
                let twice = rungs.get(ABOVE[0]).map(|cell| (*cell, 1)).into_iter();
                self.relate_if_true(twice.chain([(loyal, -1)]).collect());
            }
        }
        let actions: Vec<Breakdown> =
            self.index.keys().filter(|k| k.0 == PROGRESS).copied().collect();
        actions.iter().for_each(|key| self.tie_actions(key));
    }

    /// The ladders of the territories against that of the programme, and those of a quarter and of all
    /// that came before against that of all.
    fn tie_ladders(&mut self, ladders: &[Breakdown], ends: &[Days], start: NaiveDate) {
        let of = |scope: Scope, days: Days| {
            ladders.iter().copied().find(|key| (key.2, key.3) == (scope, days))
        };
        let (mut by_place, mut by_time) = (BTreeMap::new(), BTreeMap::new());
        for whole in ladders {
            let (_, _, scope, days) = *whole;
            if scope == Scope::Programme {
                let here = |key: &&Breakdown| key.2 != scope && key.3 == days;
                let parts: Vec<Breakdown> = ladders.iter().filter(here).copied().collect();
                let [doubles, outside] = [Total::Doubles, Total::Outside]
                    .map(|total| self.head(total, Scope::Programme, days));
                self.stand_apart(&parts, whole, doubles, outside);
                by_place.extend(self.higher(&parts, whole, doubles).map(|terms| (days, terms)));
            }
            // A cumulative is its last quarter, and the cumulative before it if there is one.
            let quarter = Quarter::of(days.1);
            let quarter = (quarter.start(), quarter.end());
            let now = of(scope, quarter).filter(|_| quarter != days && days.0 == start);
            let before = just_before(ends, quarter);
            match (now, before.map(|before| of(scope, before))) {
                (Some(now), None) => self.stand_apart(&[now], whole, None, None),
                (Some(now), Some(Some(before))) => {
                    let returned = self.head(Total::Returned, scope, quarter);
                    self.stand_apart(&[before, now], whole, returned, None);
                    let higher = self.higher(&[before, now], whole, returned);
                    by_time.extend(higher.map(|terms| ((days, scope), terms)));
                }
                _ => {}
            }
        }
        // What `higher` counts of somebody never falls from a quarter to the cumulative, nor from a territory
        // to the programme; but those seen outside any territory may come to one later.
        let less = |part: &Terms, whole: &Terms| -> Terms {
            let whole = whole.iter().map(|(cell, sign)| (*cell, -sign));
            part.iter().copied().chain(whole).collect()
        };
        for (days, part) in &by_place {
            if let Some(whole) = holding(ends, *days).and_then(|all| by_place.get(&all)) {
                let bare = less(part, whole);
                if let Some(outside) = self.head(Total::Outside, Scope::Programme, *days) {
                    self.relate_if_true(bare.iter().copied().chain([(outside, -2)]).collect());
                }
                self.relate_if_true(bare);
            }
        }
        let places = by_time.iter().filter(|((_, scope), _)| *scope != Scope::Programme);
        for ((days, _), part) in places {
            if let Some(whole) = by_time.get(&(*days, Scope::Programme)) {
                self.relate_if_true(less(part, whole));
            }
        }
    }

    /// 2 doubles − Σ first rungs of the parts + first rung of the whole: for somebody in two parts, in how
    /// many of them they stand higher. None with fewer parts. `doubles`: how many times somebody is in one
    /// part more.
    fn higher(
        &self,
        parts: &[Breakdown],
        whole: &Breakdown,
        doubles: Option<usize>,
    ) -> Option<Terms> {
        let doubles = doubles.filter(|_| parts.len() > 1)?;
        let once = |ladder: &Breakdown| self.of(ladder).get(ONCE).copied();
        let parts = parts.iter().filter_map(once).map(|cell| (cell, -1));
        Some(parts.chain(once(whole).map(|cell| (cell, 1))).chain([(doubles, 2)]).collect())
    }

    /// What holds between a ladder and those of its parts. `doubles`: how many times somebody of the whole
    /// is in one part more. `outside`: those in no part. Not all of it can be relied upon (a role, a project
    /// may put one higher in the whole): it is made where it is true.
    fn stand_apart(
        &mut self,
        parts: &[Breakdown],
        whole: &Breakdown,
        doubles: Option<usize>,
        outside: Option<usize>,
    ) {
        let all: Vec<super::Modalities> = parts.iter().map(|part| self.of(part)).collect();
        let whole = self.of(whole);
        if all.is_empty() || whole.is_empty() {
            return;
        }
        let sum = |rungs: &[&str], of: &super::Modalities, sign: i64| {
            let cells = rungs.iter().filter_map(|rung| of.get(*rung));
            cells.map(|cell| (*cell, sign)).collect::<Vec<_>>()
        };
        // Σ parts − whole.
        let more = |rungs: &[&str], sign: i64| {
            let parts = all.iter().flat_map(|part| sum(rungs, part, sign));
            parts.chain(sum(rungs, &whole, -sign)).collect::<Vec<_>>()
        };
        let outside: Vec<_> = outside.map(|cell| (cell, -1)).into_iter().collect();
        let mut relations = Vec::new();
        // Whoever is in two parts came twice, and is counted twice.
        if doubles.is_some() || all.len() == 1 {
            let twice = |sign: i64| doubles.map(|cell| (cell, sign)).into_iter();
            for lowest in 0..ABOVE.len() {
                relations.push(more(&ABOVE[lowest..], 1).into_iter().chain(twice(-1)).collect());
            }
            let several = all.len() as i64 - 1;
            relations.push(twice(1).chain(sum(&ABOVE, &whole, -several)).collect());
            let other = twice(-1).chain(outside.clone());
            relations.push(more(&ABOVE, -1).into_iter().chain(other).collect());
        }
        // Whoever came once did so in one part, or outside; so were those supported.
        relations.push([more(&[ONCE], -1), outside.clone()].concat());
        for lowest in 1..ABOVE.len() {
            relations.push([more(&ABOVE[lowest..], -1), outside.clone()].concat());
        }
        // Whoever is on such a rung in the whole and in no part is on the first in two parts at least, hence
        // in one other than any given one; or came outside.
        for lowest in 1..=ABOVE.len() {
            let twice = outside.iter().map(|(cell, sign)| (*cell, 2 * sign)).collect();
            relations.push([more(&ABOVE[..lowest], -2), more(&[ONCE], -1), twice].concat());
            if all.len() > 1 {
                for omitted in 0..all.len() {
                    let others = all.iter().enumerate().filter(|(at, _)| *at != omitted);
                    let once = others.flat_map(|(_, part)| sum(&[ONCE], part, -1)).collect();
                    let terms = [more(&ABOVE[..lowest], -1), once, outside.clone()].concat();
                    relations.push(terms);
                }
            }
        }
        for terms in relations {
            self.relate_if_true(terms);
        }
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
            if !whole.is_empty() {
                self.relate_if_true([cells(&part, 1), cells(&whole, -1)].concat());
            }
        }
    }
}
