//! Counts of all who came to some scope over some days, whatever is known of them: which measures say
//! them, and what holds between them.

use super::{Days, Number, Published, Said, Sense, System};
use crate::indicators::{Measure, Scope, Value};
use crate::period::{Quarter, WindowKind};
use crate::settings::Thresholds;
use std::collections::{BTreeMap, BTreeSet};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::privacy) enum Total {
    /// People.
    People,
    /// Those who came for the first time.
    New,
    /// The others.
    Returned,
    /// Those who came in the quarter before too.
    Kept,
    /// Those who came twice or more.
    Loyal,
    /// Their presences.
    Presences,
    /// Σ territories of the people of each.
    Places,
    /// How many times somebody is counted in one territory more.
    Doubles,
    /// People seen in no territory.
    Outside,
    /// Organisations.
    Organisations,
    /// Those that took part for the first time.
    NewOrganisations,
}

use Total::{
    Doubles, Kept, Loyal, New, NewOrganisations, Organisations, Outside, People, Places, Presences,
    Returned,
};

/// A count: of what, where and when.
pub(in crate::privacy) type Head = (Total, Scope, Days);

/// Totals of a part that are at most those of the whole: of a territory and the programme, of a quarter
/// and the cumulative.
const IN_PROGRAMME: [Total; 5] = [People, Returned, Kept, Loyal, Organisations];
const IN_CUMULATIVE: [Total; 3] = [People, Loyal, Organisations];

impl Total {
    fn counts_organisations(self) -> bool {
        matches!(self, Organisations | NewOrganisations)
    }

    /// Smallest publishable count.
    fn least(self, thresholds: &Thresholds) -> u64 {
        if self.counts_organisations() { thresholds.organisations } else { thresholds.people }
    }

    /// Width it must keep when it is hidden. Those only said through a rate are not counts of the report:
    /// that they are not known exactly is enough.
    fn width(self, thresholds: &Thresholds) -> u64 {
        if matches!(self, Kept | Loyal) { 0 } else { self.least(thresholds) }
    }
}

/// The counts a measure says, each with its value where the measure alone gives it.
fn said(measure: &Measure) -> Vec<(Total, Days, Option<u64>)> {
    let (reading, days) = (&measure.reading, measure.window.days());
    let number = |value: Option<f64>| value.map(|value| value as u64);
    let value = match reading.value {
        Value::Number(value) => Some(value as u64),
        _ => None,
    };
    let last = Quarter::of(days.1).previous();
    let last = (last.start(), last.end());
    let cumulative = measure.window.kind == WindowKind::Cumulative;
    match (measure.indicator.id, reading.dimension, reading.modality.as_str()) {
        ("participants_uniques" | "echelle", "", _) => vec![(People, days, value)],
        // The highest bound is people and anonymous counts, which are published.
        ("participants_uniques", "borne", _) => vec![(People, days, None)],
        ("nouveaux", "", _) if cumulative => vec![(People, days, value)],
        ("nouveaux", "", _) => vec![(New, days, value)],
        ("de_retour", "", _) => vec![(Returned, days, value), (People, days, reading.n)],
        ("retention", "", _) => {
            vec![
                (Kept, days, number(reading.numerator)),
                (People, last, number(reading.denominator)),
            ]
        }
        ("fidelisation", "", _) => {
            vec![
                (Loyal, days, number(reading.numerator)),
                (People, days, number(reading.denominator)),
            ]
        }
        ("penetration", "", _) => vec![(People, days, number(reading.numerator))],
        ("cout_par_participant", "", _) => vec![(People, days, number(reading.denominator))],
        // Anonymous counts are published by activity: the rest are named presences.
        ("participations", "comptage", "nommees") => vec![(Presences, days, value)],
        ("participations", "", _) => vec![(Presences, days, None)],
        ("taux_identification", "", _) => vec![(Presences, days, number(reading.numerator))],
        ("chevauchement", _, "somme_territoires") => vec![(Places, days, value)],
        ("chevauchement", _, "" | "doubles") => vec![(Doubles, days, value)],
        ("chevauchement", _, "hors_territoire") => vec![(Outside, days, value)],
        ("chevauchement", _, "programme") => vec![(People, days, value)],
        ("structures_touchees", "", _) => vec![(Organisations, days, value)],
        ("structures_nouvelles", "", _) if cumulative => vec![(Organisations, days, value)],
        ("structures_nouvelles", "", _) => vec![(NewOrganisations, days, value)],
        _ => Vec::new(),
    }
}

/// Scopes and days of fewer people, or organisations, than the threshold: nothing is said of them.
pub(in crate::privacy) fn small(measures: &[Measure], thresholds: &Thresholds) -> BTreeSet<Head> {
    let shown = measures.iter().filter(|m| m.window.kind != WindowKind::Unpublished);
    let all = shown.flat_map(|measure| {
        said(measure).into_iter().map(|(total, days, value)| (total, measure.scope, days, value))
    });
    all.filter(|(total, .., value)| {
        let few = value.is_some_and(|value| (1..total.least(thresholds)).contains(&value));
        few && matches!(total, People | Organisations)
    })
    .map(|(total, scope, days, _)| (total, scope, days))
    .collect()
}

/// What is known of a count before it joins the system.
#[derive(Default)]
struct Known {
    value: Option<u64>,
    /// Measures of this report that say it.
    shown: Vec<usize>,
    /// An earlier report has told it.
    told: bool,
    /// An earlier report withheld it.
    withheld: bool,
}

impl System {
    /// The counts that measures say. A small one is hidden with all that is of it.
    pub(super) fn add_heads(
        &mut self,
        measures: &[Measure],
        published: &Published,
        thresholds: &Thresholds,
        small: &BTreeSet<Head>,
    ) {
        let mut all: BTreeMap<Head, Known> = BTreeMap::new();
        for (at, measure) in measures.iter().enumerate() {
            let reading = &measure.reading;
            let told = reading.value.get().map(|value| {
                let what = (measure.indicator.id, measure.scope, measure.window.days());
                published.of(what, (reading.dimension, &reading.modality), value)
            });
            for (total, days, value) in said(measure) {
                let known = all.entry((total, measure.scope, days)).or_default();
                known.value = known.value.or(value);
                known.told |= told == Some(Said::Told { same: true });
                known.withheld |=
                    told == Some(Said::Withheld) && matches!(total, People | Organisations);
                if measure.window.kind != WindowKind::Unpublished {
                    known.shown.push(at);
                }
            }
        }
        for (key, known) in all {
            let Some(value) = known.value else { continue };
            let (total, scope, days) = key;
            let of = if total.counts_organisations() { Organisations } else { People };
            let number = Number {
                value,
                floor: 0,
                threshold: total.width(thresholds),
                small: small.contains(&(of, scope, days)) || known.withheld,
            };
            let cell = if known.shown.is_empty() && !known.told && !known.withheld {
                self.unknown(value as i64)
            } else {
                // How many organisations is never hidden for the sake of their breakdowns; and that
                // nobody came shows in what is not broken down.
                let open = of == Organisations && !number.small || total == People && value == 0;
                self.push(&number, known.told || open)
            };
            self.cells[cell].dear = true;
            if known.told && number.small && !known.shown.is_empty() {
                self.told.insert(cell);
            }
            self.measures[cell] = known.shown;
            self.heads.insert(key, cell);
        }
    }

    /// A count, if anything says it.
    pub(super) fn head(&self, total: Total, scope: Scope, days: Days) -> Option<usize> {
        self.heads.get(&(total, scope, days)).copied()
    }

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

    pub(super) fn tie_heads(&mut self, measures: &[Measure]) {
        let cumulative = measures.iter().find(|m| m.window.kind == WindowKind::Cumulative);
        let Some(start) = cumulative.map(|m| m.window.start) else { return };
        let scopes: BTreeSet<Scope> = self.heads.keys().map(|(_, scope, _)| *scope).collect();
        let days: BTreeSet<Days> = self.heads.keys().map(|(.., days)| *days).collect();
        let ends: Vec<Days> = days.iter().filter(|days| days.0 == start).copied().collect();
        for scope in &scopes {
            for days in &days {
                self.tie_count(*scope, *days);
                if super::is_quarter(*days) {
                    let all = ends.iter().find(|all| all.1 >= days.1 && *all != days);
                    self.tie_quarter_heads(*scope, *days, start, all.copied());
                }
            }
            self.tie_first_times(*scope, start, &ends);
            self.tie_presences(*scope, &ends, &days);
        }
        for days in &days {
            self.tie_places(&scopes, *days);
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
        let overlap = [(Places, 1), (Doubles, -1), (Outside, 1), (People, -1)];
        self.tie(scope, &at(&overlap), Sense::Equal);
    }

    /// A quarter against the one before, those before, and the cumulative.
    fn tie_quarter_heads(
        &mut self,
        scope: Scope,
        days: Days,
        start: chrono::NaiveDate,
        all: Option<Days>,
    ) {
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
        for (total, when) in [(Returned, days), (People, last)] {
            let counts = [vec![(total, when, 1)], before.clone()].concat();
            self.tie(scope, &counts, Sense::AtMost);
        }
    }

    /// What was counted before, and the first times since: what is counted now.
    fn tie_first_times(&mut self, scope: Scope, start: chrono::NaiveDate, ends: &[Days]) {
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

    /// Presences of quarters add up in the cumulative that ends with them.
    fn tie_presences(&mut self, scope: Scope, ends: &[Days], days: &BTreeSet<Days>) {
        for end in ends {
            let within = |days: &&Days| {
                super::is_quarter(**days)
                    && Quarter::of(days.0) >= Quarter::of(end.0)
                    && days.1 <= end.1
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
        let sum = |parts: Vec<usize>, sign: i64| parts.into_iter().map(move |part| (part, sign));
        let people = of(self, People);
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
