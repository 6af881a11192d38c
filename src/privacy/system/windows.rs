//! Quarters against the cumulative at their ends.
//!
//! Whoever came in a quarter is counted in the cumulative at its end; whoever that counts and the one
//! before it does not came for the first time in between, hence in the quarter, and how many did is
//! published. Of those of two quarters running, how many are in both is published too. Only for what
//! does not change from one window to the other: an age may, a rung does.

use super::{
    BREAKDOWN, Days, HOLDERS, Modalities, RELAYS, RUNGS, SEVERAL, System, Total, holding,
    is_quarter, just_before,
};
use crate::indicators::Scope;
use crate::period::Quarter;
use crate::privacy::attack::Sense;
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// A breakdown whatever its window.
type Line = (&'static str, &'static str, Scope);

/// Whether whoever is in a modality in one window is in it in another.
pub(super) fn lasts(dimension: &str, one: Days, other: Days) -> bool {
    match dimension {
        RUNGS => false,
        // The age reached in the year the window ends in.
        "tranche_age" => one.1.year() == other.1.year(),
        _ => true,
    }
}

impl System {
    pub(super) fn tie_windows(&mut self, start: NaiveDate) {
        let mut lines: BTreeMap<Line, BTreeSet<Days>> = BTreeMap::new();
        for (indicator, dimension, scope, days) in self.index.keys() {
            lines.entry((*indicator, *dimension, *scope)).or_default().insert(*days);
        }
        for (line, days) in lines {
            let mut ends: Vec<Days> = days.iter().filter(|d| d.0 == start).copied().collect();
            ends.sort_by_key(|days| days.1);
            for pair in ends.windows(2).filter(|pair| lasts(line.1, pair[0], pair[1])) {
                self.tie_said(line, pair[0], pair[1]);
                let (before, after) = (self.at(line, pair[0]), self.at(line, pair[1]));
                for (modality, cell) in &before {
                    if let Some(whole) = after.get(modality) {
                        self.at_most(*cell, *whole);
                    }
                }
            }
            for quarter in days.iter().filter(|days| is_quarter(**days)) {
                self.tie_quarter(line, *quarter, &ends);
            }
        }
    }

    fn at(&self, (indicator, dimension, scope): Line, days: Days) -> Modalities {
        self.of(&(indicator, dimension, scope, days))
    }

    /// Whoever something is said of in a window is among those of a longer one.
    fn tie_said(&mut self, (indicator, dimension, scope): Line, part: Days, whole: Days) {
        let said = |days, sign| self.said(&(indicator, dimension, scope, days), sign);
        if let (Some(part), Some(whole)) = (said(part, 1), said(whole, -1)) {
            self.relate([part, whole].concat(), Sense::AtMost, 0);
        }
    }

    /// A quarter against the cumulatives at its end and just before it, and the quarter before.
    fn tie_quarter(&mut self, line: Line, quarter: Days, ends: &[Days]) {
        let all = holding(ends, quarter).filter(|all| lasts(line.1, quarter, *all));
        let Some(all) = all else { return };
        self.tie_said(line, quarter, all);
        let (here, whole) = (self.at(line, quarter), self.at(line, all));
        let several = SEVERAL.contains(&line.1);
        for (modality, cell) in &here {
            if let Some(whole) = whole.get(modality) {
                self.at_most(*cell, *whole);
            }
        }
        let heads = [quarter, all].map(|days| self.head(Total::People, line.2, days));
        if let (BREAKDOWN, true, [Some(few), Some(many)]) = (line.0, several, heads) {
            // Whoever is in two modalities is so in the cumulative too.
            let part = here.values().map(|cell| (*cell, 1)).chain([(few, -1)]);
            let terms = part.chain(whole.values().map(|cell| (*cell, -1))).chain([(many, 1)]);
            self.relate(terms.collect(), Sense::AtMost, 0);
        }
        if all.1 != quarter.1 {
            return;
        }
        let before = just_before(ends, quarter);
        if before.is_none() && all.0 < quarter.0
            || before.is_some_and(|before| !lasts(line.1, before, all))
        {
            return;
        }
        let earlier = before;
        let before = before.map(|days| self.at(line, days)).unwrap_or_default();
        for (modality, whole) in &whole {
            let terms = [(Some(whole), 1), (before.get(modality), -1), (here.get(modality), -1)];
            let terms = terms.into_iter().filter_map(|(cell, sign)| Some((*cell?, sign)));
            self.relate(terms.collect(), Sense::AtMost, 0);
        }
        let said = |days, sign| self.said(&(line.0, line.1, line.2, days), sign);
        let known = earlier.map_or(Some(Vec::new()), |days| said(days, -1));
        if let (Some(known), Some(new), Some(all)) = (known, said(quarter, -1), said(all, 1)) {
            self.relate([known, new, all].concat(), Sense::AtMost, 0);
        }
        if let (HOLDERS | RELAYS, Some(returned)) =
            (line.0, self.head(Total::Returned, line.2, quarter))
        {
            // Whoever was counted before and is again has come back, unless supported from afar.
            for (modality, whole) in &whole {
                let again = [(before.get(modality), 1), (here.get(modality), 1)];
                let again = again.into_iter().filter_map(|(cell, sign)| Some((*cell?, sign)));
                self.relate_if_true(again.chain([(*whole, -1), (returned, -1)]).collect());
            }
        }
        let last = Quarter::of(quarter.1).previous();
        let last = self.at(line, (last.start(), last.end()));
        let kept = self.head(Total::Kept, line.2, quarter);
        if let Some(kept) = kept.filter(|_| line.0 == BREAKDOWN && !last.is_empty()) {
            self.tie_kept(line.1, &[last, here, before, whole], kept);
        }
    }

    /// Those of two quarters running, by modality: nobody publishes them, all of them are published.
    fn tie_kept(&mut self, dimension: &str, windows: &[Modalities; 4], kept: usize) {
        let [last, here, before, whole] = windows;
        let mut left = self.value(kept);
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
        let sign = if several { -1 } else { 1 };
        let terms = sum.into_iter().map(|cell| (cell, sign)).chain([(kept, -sign)]).collect();
        if several {
            self.relate(terms, Sense::AtMost, 0);
        } else if left == 0 {
            self.relate(terms, Sense::Equal, 0);
        }
    }
}
