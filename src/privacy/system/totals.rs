//! What holds between counts of all who came: within some days, from one quarter to the next, between
//! territories and the programme.

use super::heads::Total;
use super::{Days, System, holding, is_quarter};
use crate::indicators::Scope;
use crate::period::Quarter;
use crate::privacy::attack::Sense;
use chrono::NaiveDate;
use std::collections::BTreeSet;

use Total::{
    Doubles, Kept, Loyal, New, NewOrganisations, Organisations, Outside, People, Places, Presences,
    Returned,
};

/// Totals of a part that are at most those of the whole: of a territory and the programme, of a quarter
/// and the cumulative.
const IN_PROGRAMME: [Total; 5] = [People, Returned, Kept, Loyal, Organisations];
const IN_CUMULATIVE: [Total; 3] = [People, Loyal, Organisations];

impl System {
    /// A relation between counts of one scope; none where nothing says one of them.
    fn tie(&mut self, scope: Scope, counts: &[(Total, Days, i64)], sense: Sense) {
        let terms: Option<Vec<_>> = counts
            .iter()
            .map(|(total, days, sign)| Some((self.head(*total, scope, *days)?, *sign)))
            .collect();
        if let Some(terms) = terms {
            self.relate(terms, sense, 0);
        }
    }

    pub(super) fn tie_heads(&mut self, start: NaiveDate) {
        let scopes: BTreeSet<Scope> = self.heads.keys().map(|(_, scope, _)| *scope).collect();
        let days: BTreeSet<Days> = self.heads.keys().map(|(.., days)| *days).collect();
        let ends: Vec<Days> = days.iter().filter(|days| days.0 == start).copied().collect();
        for scope in &scopes {
            for days in &days {
                self.tie_count(*scope, *days);
                if is_quarter(*days) {
                    self.tie_quarter_heads(*scope, *days, start, holding(&ends, *days));
                    // Whoever came back has come twice from then on.
                    for all in ends.iter().filter(|all| all.1 >= days.1 && *all != days) {
                        self.tie(*scope, &[(Returned, *days, 1), (Loyal, *all, -1)], Sense::AtMost);
                    }
                }
            }
            for (before, all) in ends.iter().zip(ends.iter().skip(1)) {
                for total in IN_CUMULATIVE {
                    self.tie(*scope, &[(total, *before, 1), (total, *all, -1)], Sense::AtMost);
                }
            }
            self.tie_first_times(*scope, start, &ends);
            self.tie_presences(*scope, &ends, &days);
        }
        for when in &days {
            self.tie_places(&scopes, *when);
            if is_quarter(*when) {
                self.tie_new_places(&scopes, *when, start, &ends);
            }
        }
    }

    /// Within one scope and days.
    fn tie_count(&mut self, scope: Scope, days: Days) {
        let at = |counts: &[(Total, i64)]| -> Vec<_> {
            counts.iter().map(|(total, sign)| (*total, days, *sign)).collect()
        };
        self.tie(scope, &at(&[(New, 1), (Returned, 1), (People, -1)]), Sense::Equal);
        self.tie(scope, &at(&[(New, 1), (People, -1)]), Sense::AtMost);
        self.tie(scope, &at(&[(NewOrganisations, 1), (Organisations, -1)]), Sense::AtMost);
        self.tie(scope, &at(&[(Kept, 1), (Returned, -1)]), Sense::AtMost);
        self.tie(scope, &at(&[(People, 1), (Presences, -1)]), Sense::AtMost);
        // Whoever came twice has two presences at least.
        self.tie(scope, &at(&[(People, 1), (Loyal, 1), (Presences, -1)]), Sense::AtMost);
        self.tie(scope, &at(&[(Loyal, 1), (People, -1)]), Sense::AtMost);
        // Nobody has more presences than there are activities, whose number is published.
        if let Some(activities) = self.activities.get(&(scope, days)).copied() {
            let more = activities.saturating_sub(1) as i64;
            self.tie(scope, &at(&[(Presences, 1), (People, -1), (Loyal, -more)]), Sense::AtMost);
        }
        let overlap = [(Places, 1), (Doubles, -1), (Outside, 1), (People, -1)];
        self.tie(scope, &at(&overlap), Sense::Equal);
    }

    /// A quarter against the one before, those before, and the cumulative.
    fn tie_quarter_heads(&mut self, scope: Scope, days: Days, start: NaiveDate, all: Option<Days>) {
        let last = Quarter::of(days.1).previous();
        let last = (last.start(), last.end());
        self.tie(scope, &[(Kept, days, 1), (People, last, -1)], Sense::AtMost);
        if let Some(all) = all {
            for total in IN_CUMULATIVE {
                self.tie(scope, &[(total, days, 1), (total, all, -1)], Sense::AtMost);
            }
            let two = [(People, days, 1), (People, last, 1), (Kept, days, -1), (People, all, -1)];
            self.tie(scope, &two, Sense::AtMost);
        }
        let quarters = Quarter::of(last.1).since(Quarter::of(start)).into_iter();
        let before: Vec<(Total, Days, i64)> =
            quarters.map(|quarter| (New, (quarter.start(), quarter.end()), -1)).collect();
        if before.len() == 1 {
            // Whoever came before came in the quarter before.
            self.tie(scope, &[(Kept, days, 1), (Returned, days, -1)], Sense::Equal);
        }
        for (total, when) in [(Returned, days), (People, last)] {
            let counts = [vec![(total, when, 1)], before.clone()].concat();
            self.tie(scope, &counts, Sense::AtMost);
        }
    }

    /// What was counted before, and the first times since: what is counted now.
    fn tie_first_times(&mut self, scope: Scope, start: NaiveDate, ends: &[Days]) {
        for (new, total) in [(New, People), (NewOrganisations, Organisations)] {
            let mut before: Option<Days> = None;
            for end in ends.iter().copied() {
                if self.head(total, scope, end).is_none() {
                    continue;
                }
                let first = before.map_or(start, |days| days.1.succ_opt().unwrap_or(days.1));
                let since = Quarter::of(end.1).since(Quarter::of(first));
                let firsts = since.iter().map(|q| (new, (q.start(), q.end()), 1));
                let known = before.map(|days| (total, days, 1));
                let counts: Vec<_> = firsts.chain(known).chain([(total, end, -1)]).collect();
                self.tie(scope, &counts, Sense::Equal);
                before = Some(end);
            }
        }
    }

    /// First times in the territories against those in the programme. Whoever is new in one and not in
    /// the other was seen in another territory before, hence is a double: where no activity is outside
    /// any territory, which the published ones say.
    fn tie_new_places(
        &mut self,
        scopes: &BTreeSet<Scope>,
        days: Days,
        start: NaiveDate,
        ends: &[Days],
    ) {
        let places: Vec<Scope> =
            scopes.iter().filter(|scope| **scope != Scope::Programme).copied().collect();
        let of = |system: &Self, total, days| -> Vec<Option<usize>> {
            places.iter().map(|scope| system.head(total, *scope, days)).collect()
        };
        let everywhere = |all: &Days| {
            let parts = of(self, Presences, *all).into_iter().flatten();
            let sum: i64 = parts.map(|part| self.value(part)).sum();
            self.head(Presences, Scope::Programme, *all).is_some_and(|p| self.value(p) == sum)
        };
        let new = self.head(New, Scope::Programme, days);
        let Some(new) = new.filter(|_| ends.last().is_some_and(everywhere)) else { return };
        // Whoever came twice did so in one territory, or in two.
        let loyal = self.head(Loyal, Scope::Programme, days);
        let doubles = self.head(Doubles, Scope::Programme, days);
        if let (Some(loyal), Some(doubles)) = (loyal, doubles) {
            let parts: Vec<_> =
                of(self, Loyal, days).into_iter().flatten().map(|c| (c, -1)).collect();
            let terms = [parts, vec![(doubles, -1), (loyal, 1)]].concat();
            self.relate(terms, Sense::AtMost, 0);
        }
        for total in [People, New] {
            let parts = of(self, total, days).into_iter().flatten().map(|cell| (cell, -1));
            let terms: Vec<_> = parts.collect();
            if let Some(whole) = self.head(total, Scope::Programme, days) {
                self.relate([terms, vec![(whole, 1)]].concat(), Sense::AtMost, 0);
            }
        }
        let here = of(self, New, days);
        for all in ends.iter().filter(|all| all.1 >= days.1) {
            if let Some(doubles) = self.head(Doubles, Scope::Programme, *all) {
                let terms = here.iter().flatten().map(|cell| (*cell, 1));
                self.relate(terms.chain([(new, -1), (doubles, -1)]).collect(), Sense::AtMost, 0);
            }
        }
        let last = Quarter::of(days.1).previous();
        let before: Option<Vec<Vec<usize>>> = last
            .since(Quarter::of(start))
            .iter()
            .map(|quarter| of(self, New, (quarter.start(), quarter.end())).into_iter().collect())
            .collect();
        let Some(before) = before else { return };
        for (at, cell) in here.iter().enumerate() {
            let Some(cell) = cell else { continue };
            let others = before.iter().flat_map(|quarter| {
                quarter
                    .iter()
                    .enumerate()
                    .filter(|(place, _)| *place != at)
                    .map(|(_, cell)| (*cell, -1))
            });
            let terms = others.chain([(*cell, 1), (new, -1)]).collect();
            self.relate(terms, Sense::AtMost, 0);
        }
    }

    /// Presences of quarters add up in the cumulative that ends with them.
    fn tie_presences(&mut self, scope: Scope, ends: &[Days], days: &BTreeSet<Days>) {
        for end in ends {
            let within = |days: &&Days| {
                is_quarter(**days) && Quarter::of(days.0) >= Quarter::of(end.0) && days.1 <= end.1
            };
            let quarters = days.iter().filter(within);
            let parts: Vec<usize> =
                quarters.filter_map(|days| self.head(Presences, scope, *days)).collect();
            if let Some(whole) = self.head(Presences, scope, *end).filter(|w| !parts.contains(w)) {
                self.parts_of(&parts, whole);
            }
        }
    }

    /// Territories against the programme.
    fn tie_places(&mut self, scopes: &BTreeSet<Scope>, days: Days) {
        let territories = || scopes.iter().filter(|scope| **scope != Scope::Programme);
        let of = |system: &Self, total| {
            territories().filter_map(|scope| system.head(total, *scope, days)).collect::<Vec<_>>()
        };
        for total in IN_PROGRAMME {
            if let Some(whole) = self.head(total, Scope::Programme, days) {
                of(self, total).into_iter().for_each(|part| self.at_most(part, whole));
            }
        }
        for total in [Organisations, NewOrganisations] {
            let whole = self.head(total, Scope::Programme, days);
            if let Some(whole) = whole.filter(|_| self.in_territories(days)) {
                let parts = of(self, total);
                self.bounded(whole, &parts, None);
            }
        }
        let sum = |parts: Vec<usize>, sign: i64| parts.into_iter().map(move |part| (part, sign));
        let people = of(self, People);
        if let Some(doubles) = self.head(Doubles, Scope::Programme, days) {
            let loyal = self.head(Loyal, Scope::Programme, days);
            if let (Some(loyal), Some(more)) = (loyal, people.len().checked_sub(1)) {
                self.relate(vec![(doubles, 1), (loyal, -(more as i64))], Sense::AtMost, 0);
            }
            // Whoever is counted again is so in a territory other than any one.
            for one in &people {
                let others = people.iter().filter(|other| *other != one).map(|other| (*other, -1));
                self.relate(others.chain([(doubles, 1)]).collect(), Sense::AtMost, 0);
            }
        }
        if let Some(places) = self.head(Places, Scope::Programme, days) {
            self.relate(sum(people, 1).chain([(places, -1)]).collect(), Sense::Equal, 0);
        }
        // Whoever is new in the programme is new wherever they were seen.
        let outside = self.head(Outside, Scope::Programme, days);
        if let (Some(new), Some(outside)) = (self.head(New, Scope::Programme, days), outside) {
            let places = sum(of(self, New), -1);
            self.relate(places.chain([(outside, -1), (new, 1)]).collect(), Sense::AtMost, 0);
        }
        if let Some(whole) = self.head(Presences, Scope::Programme, days) {
            self.parts_of(&of(self, Presences), whole);
        }
    }

    /// Parts that add up to the whole, or to less where something is in none; which, the published
    /// activities say.
    fn parts_of(&mut self, parts: &[usize], whole: usize) {
        if parts.is_empty() {
            return;
        }
        let sum: i64 = parts.iter().map(|part| self.value(*part)).sum();
        let sense = if sum == self.value(whole) { Sense::Equal } else { Sense::AtMost };
        let terms = parts.iter().map(|part| (*part, 1)).chain([(whole, -1)]);
        self.relate(terms.collect(), sense, 0);
    }
}
