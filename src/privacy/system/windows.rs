//! Quarters against the cumulative at their ends.
//!
//! Whoever came in a quarter is counted in the cumulative at its end; whoever that counts and the one
//! before it does not came for the first time in between, hence in the quarter, and how many did is
//! published. Of those of two quarters running, how many are in both is published too. Only for what
//! does not change from one window to the other: an age may, a rung does.

use super::{Days, Head, Modalities, Number, ORGANISATIONS, PEOPLE, RUNGS, SEVERAL, System, least};
use crate::indicators::{Measure, Scope};
use crate::period::{Quarter, WindowKind};
use crate::privacy::attack::Sense;
use crate::settings::Thresholds;
use chrono::Datelike;
use std::collections::{BTreeMap, BTreeSet};

/// Indicators of first times, and the headline they add to.
const FIRSTS: [(&str, &str); 2] = [("nouveaux", PEOPLE), ("structures_nouvelles", ORGANISATIONS)];

/// A breakdown whatever its window.
type Line = (&'static str, &'static str, Scope);

/// Whether whoever is in a modality in one window is in it in another.
fn lasts(dimension: &str, one: Days, other: Days) -> bool {
    match dimension {
        RUNGS => false,
        // The age reached in the year the window ends in.
        "tranche_age" => one.1.year() == other.1.year(),
        _ => true,
    }
}

impl System {
    /// First times in each quarter. Known, unless one of the same scope must be hidden.
    pub(super) fn add_firsts(
        &mut self,
        measures: &[Measure],
        thresholds: &Thresholds,
        withheld: &BTreeSet<Head>,
    ) {
        let scopes: BTreeSet<_> = withheld.iter().map(|(head, scope, _)| (*head, *scope)).collect();
        for (at, measure) in measures.iter().enumerate() {
            let id = measure.indicator.id;
            let first = FIRSTS.iter().find(|(firsts, _)| *firsts == id);
            // Those who returned are the others: both go, or none.
            let head = if id == "de_retour" { Some(PEOPLE) } else { first.map(|(_, head)| *head) };
            let (Some(head), Some(value)) = (head, measure.reading.value.get()) else { continue };
            let key = (head, measure.scope, measure.window.days());
            if measure.window.kind == WindowKind::Cumulative {
                continue;
            }
            if first.is_some() && !self.firsts.contains_key(&key) {
                let number = Number {
                    value: value as u64,
                    floor: 0,
                    threshold: least(head, thresholds),
                    small: withheld.contains(&key),
                };
                let known = !scopes.contains(&(head, measure.scope));
                let cell = self.push(&number, known);
                self.firsts.insert(key, cell);
            }
            if let Some(cell) = self.firsts.get(&key) {
                self.measures[*cell].push(at);
            }
        }
    }

    pub(super) fn tie_windows(&mut self, measures: &[Measure], withheld: &BTreeSet<Head>) {
        let cumulative = measures.iter().find(|m| m.window.kind == WindowKind::Cumulative);
        let Some(start) = cumulative.map(|m| m.window.start) else { return };
        let is_quarter = |days: &Days| {
            let quarter = Quarter::of(days.1);
            (quarter.start(), quarter.end()) == *days
        };
        self.tie_heads(start, is_quarter);
        let mut lines: BTreeMap<Line, BTreeSet<Days>> = BTreeMap::new();
        for (indicator, dimension, scope, days) in self.index.keys() {
            lines.entry((*indicator, *dimension, *scope)).or_default().insert(*days);
        }
        let kept = kept(measures, withheld);
        for (line, days) in lines {
            let mut ends: Vec<Days> = days.iter().filter(|d| d.0 == start).copied().collect();
            ends.sort_by_key(|days| days.1);
            for pair in ends.windows(2).filter(|pair| lasts(line.1, pair[0], pair[1])) {
                let (before, after) = (self.at(line, pair[0]), self.at(line, pair[1]));
                for (modality, cell) in &before {
                    if let Some(whole) = after.get(modality) {
                        self.at_most(*cell, *whole);
                    }
                }
            }
            for quarter in days.iter().filter(|d| is_quarter(d)) {
                self.tie_quarter(line, *quarter, &ends, kept.get(&(line.2, *quarter)).copied());
            }
        }
    }

    fn at(&self, (indicator, dimension, scope): Line, days: Days) -> Modalities {
        self.of(&(indicator, dimension, scope, days))
    }

    /// A quarter against the cumulatives at its end and just before it, and the quarter before.
    fn tie_quarter(&mut self, line: Line, quarter: Days, ends: &[Days], kept: Option<u64>) {
        let all = ends.iter().find(|days| days.1 >= quarter.1 && **days != quarter);
        let Some(all) = all.filter(|all| lasts(line.1, quarter, **all)).copied() else { return };
        let (here, whole) = (self.at(line, quarter), self.at(line, all));
        for (modality, cell) in &here {
            if let Some(whole) = whole.get(modality) {
                self.at_most(*cell, *whole);
            }
        }
        if all.1 != quarter.1 {
            return;
        }
        let before = ends.iter().find(|days| days.1.succ_opt() == Some(quarter.0)).copied();
        if before.is_none() && all.0 < quarter.0
            || before.is_some_and(|before| !lasts(line.1, before, all))
        {
            return;
        }
        let before = before.map(|days| self.at(line, days)).unwrap_or_default();
        for (modality, whole) in &whole {
            let terms = [(Some(whole), 1), (before.get(modality), -1), (here.get(modality), -1)];
            let terms = terms.into_iter().filter_map(|(cell, sign)| Some((*cell?, sign)));
            self.relate(terms.collect(), Sense::AtMost, 0);
        }
        let last = Quarter::of(quarter.1).previous();
        let last = self.at(line, (last.start(), last.end()));
        if let Some(kept) = kept.filter(|_| line.0 == "repartition" && !last.is_empty()) {
            self.tie_kept(line.1, &[last, here, before, whole], kept);
        }
    }

    /// Those of two quarters running, by modality: nobody publishes them, all of them are published.
    fn tie_kept(&mut self, dimension: &str, windows: &[Modalities; 4], kept: u64) {
        let [last, here, before, whole] = windows;
        let mut left = i64::try_from(kept).unwrap_or(0);
        let mut ranges = Vec::new();
        for (modality, all) in whole {
            let cell = |of: &Modalities| of.get(modality).copied();
            let value = |cell: Option<usize>| cell.map_or(0, |cell| self.value(cell));
            let (l, h, b) = (cell(last), cell(here), cell(before));
            let new = self.value(*all) - value(b);
            let least = (value(l) + value(h) - self.value(*all)).max(0);
            let most = value(l).min(value(h) - new);
            ranges.push((*all, [l, h, b], least, most));
            left -= least;
        }
        let several = SEVERAL.contains(&dimension);
        let mut sum = Vec::new();
        for (all, [l, h, b], least, most) in ranges {
            // Some split that agrees: the reader knows none.
            let more = if several { most - least } else { left.clamp(0, (most - least).max(0)) };
            left -= more;
            let both = self.unknown(least + more);
            let mut relate = |terms: &[(Option<usize>, i64)]| {
                let terms = terms.iter().filter_map(|(cell, sign)| Some(((*cell)?, *sign)));
                self.relate(terms.collect(), Sense::AtMost, 0);
            };
            relate(&[(Some(both), 1), (l, -1)]);
            relate(&[(Some(both), 1), (h, -1), (Some(all), 1), (b, -1)]);
            relate(&[(l, 1), (h, 1), (Some(both), -1), (Some(all), -1)]);
            sum.push(both);
        }
        let kept = i64::try_from(kept).unwrap_or(0);
        if several {
            self.relate(sum.into_iter().map(|cell| (cell, -1)).collect(), Sense::AtMost, -kept);
        } else if left == 0 {
            self.relate(sum.into_iter().map(|cell| (cell, 1)).collect(), Sense::Equal, kept);
        }
    }

    /// What was counted before, and the first times since: what is counted now.
    fn tie_heads(&mut self, start: chrono::NaiveDate, is_quarter: impl Fn(&Days) -> bool) {
        let mut lines: BTreeMap<(&'static str, Scope), Vec<Days>> = BTreeMap::new();
        for (head, scope, days) in self.heads.keys() {
            lines.entry((*head, *scope)).or_default().push(*days);
        }
        for ((head, scope), days) in lines {
            let of = |system: &Self, days: Days| system.heads.get(&(head, scope, days)).copied();
            let mut ends: Vec<Days> = days.iter().filter(|d| d.0 == start).copied().collect();
            ends.sort_by_key(|days| days.1);
            let mut before: Option<Days> = None;
            for end in ends {
                let first = before.map_or(start, |days| days.1.succ_opt().unwrap_or(days.1));
                let quarters = Quarter::of(end.1).since(Quarter::of(first));
                let firsts: Option<Vec<usize>> = quarters
                    .iter()
                    .map(|q| self.firsts.get(&(head, scope, (q.start(), q.end()))).copied())
                    .collect();
                if let (Some(firsts), Some(whole)) = (firsts, of(self, end)) {
                    let known = before.and_then(|days| of(self, days));
                    let terms = firsts.into_iter().map(|cell| (cell, 1)).chain([(whole, -1)]);
                    let terms = terms.chain(known.map(|cell| (cell, 1))).collect();
                    self.relate(terms, Sense::Equal, 0);
                }
                before = Some(end);
            }
            for quarter in days.iter().filter(|d| is_quarter(d)) {
                let firsts = self.firsts.get(&(head, scope, *quarter)).copied();
                if let (Some(firsts), Some(all)) = (firsts, of(self, *quarter)) {
                    self.at_most(firsts, all);
                }
            }
        }
    }
}

/// People of the quarter before who came again, where the report shows them.
fn kept(measures: &[Measure], withheld: &BTreeSet<Head>) -> BTreeMap<(Scope, Days), u64> {
    let retention = measures.iter().filter(|m| m.indicator.id == "retention");
    let shown = retention.filter_map(|measure| {
        let days = measure.window.days();
        let last = Quarter::of(days.1).previous();
        let hidden = [days, (last.start(), last.end())]
            .iter()
            .any(|days| withheld.contains(&(PEOPLE, measure.scope, *days)));
        let kept = measure.reading.numerator.filter(|_| !hidden)?;
        Some(((measure.scope, days), kept as u64))
    });
    shown.collect()
}
