//! Everything published that counts the same people (or organisations), as one system: breakdowns by
//! scope and window, how many came in all, and what any reader knows to hold between them.
//!
//! - [`heads`], [`totals`]: how many came, for the first time, again, twice; whatever is known of them.
//! - The modalities of a breakdown add up to how many came; where one may have several (networks), to
//!   at least that.
//! - [`territories`]: whoever is counted in a territory is counted in the programme.
//! - [`windows`]: whoever came was new once, and is counted from then on.
//! - [`crossings`]: territories and windows at once.
//! - [`organisations`]: what type and network of their organisation say together.
//! - [`rungs`]: what the ladder and the actions of the plan share with the other numbers.
//! - A modality that is only listed when somebody is in it counts one at least; organisations are at
//!   least those that the published tables name as organisers, at most those they list; each that did
//!   not organise had a member present.
//!
//! Numbers of other dates, which nobody publishes, are unknowns that tie the published ones; those that
//! earlier reports have told are known.

mod crossings;
mod heads;
mod organisations;
mod rungs;
mod territories;
mod totals;
mod windows;

pub(super) use heads::{Head, Total, of_n, small};

use super::attack::{Cell, Relation, Sense};
use super::published::{Published, Said};
use crate::indicators::{BOTH, KIND, Measure, NETWORK, NOT_SAID, Population, Reading, Scope};
use crate::period::{Quarter, WindowKind};
use crate::settings::Thresholds;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Indicators whose cells are tied, each with the count its modalities add up to, if any.
const TIED: [(&str, Option<Total>); 6] = [
    (BREAKDOWN, Some(Total::People)),
    (LADDER, Some(Total::People)),
    (ORGANISATIONS, Some(Total::Organisations)),
    (PROGRESS, None),
    (HOLDERS, None),
    (RELAYS, None),
];

/// Breakdowns of people.
const BREAKDOWN: &str = "repartition";
/// Breakdowns of organisations.
const ORGANISATIONS: &str = "structures_touchees";
/// What each action of the plan has done, counted in people.
pub(super) const PROGRESS: &str = "avancement_physique";
const LADDER: &str = "echelle";
const HOLDERS: &str = "porteurs_accompagnes";
const RELAYS: &str = "relais_formes";

/// Counts of which a zero hides nothing.
const SHOWN_EMPTY: [&str; 2] = [LADDER, HOLDERS];

/// Breakdowns in which one may be in several modalities.
const SEVERAL: [&str; 1] = [NETWORK];
/// Breakdowns of people by what their organisation is.
const OF_ORGANISATION: [&str; 2] = [KIND, NETWORK];
/// Breakdowns that list only the modalities somebody is in.
const LISTED: [&str; 4] = ["commune", "statut", KIND, NETWORK];
/// The breakdown by rung, which is not the same in a territory, nor in another window.
const RUNGS: &str = "echelon";

/// One person more for so many of the threshold: 13 for 11, and 17 on the ladder. More hides how many came,
/// and gives away other things.
const MARGINS: [u64; 2] = [7, 2];

/// First and last day: a quarter is the same whichever window shows it.
pub(super) type Days = (NaiveDate, NaiveDate);
/// A breakdown of an indicator.
type Breakdown = (&'static str, &'static str, Scope, Days);
/// Its cells by modality.
type Modalities = BTreeMap<String, usize>;

/// The system, and what each of its cells is among the measures.
#[derive(Debug, Default)]
pub(super) struct System {
    pub(super) cells: Vec<Cell>,
    pub(super) relations: Vec<Relation>,
    /// Measures that show each cell; none for what this report does not show.
    pub(super) measures: Vec<Vec<usize>>,
    /// Cells under the threshold that an earlier report has told.
    pub(super) told: BTreeSet<usize>,
    /// Counts of all who came.
    pub(super) heads: BTreeMap<Head, usize>,
    /// Least value of each cell, taken off its value.
    floors: Vec<i64>,
    /// Cells by breakdown and modality.
    index: BTreeMap<Breakdown, Modalities>,
    /// How many activities there were.
    activities: BTreeMap<(Scope, Days), u64>,
    /// Breakdowns that neither this report nor an earlier one shows.
    silent: BTreeSet<Breakdown>,
}

/// What a cell is before it joins the system.
struct Number {
    value: u64,
    /// Nobody can think that there are fewer.
    floor: u64,
    /// Width it must keep when it is hidden.
    threshold: u64,
    small: bool,
}

/// How wide a hidden count of people must stay: a little more than the threshold, more still on the ladder,
/// since whoever counts people by all their comings at once knows a little more than the relations say.
/// Chosen by what the reader of `tests/protection` finds in 200 random programmes, not proved: that reader
/// has no ages, networks, year before, nor third territory.
fn wide(threshold: u64, indicator: &str) -> u64 {
    threshold + threshold.div_ceil(MARGINS[usize::from(SHOWN_EMPTY.contains(&indicator))])
}

/// The first cumulative that holds some days, other than themselves. `ends`: cumulatives, in order.
fn holding(ends: &[Days], days: Days) -> Option<Days> {
    ends.iter().copied().find(|all| all.1 >= days.1 && *all != days)
}

/// The cumulative that ends the day before.
fn just_before(ends: &[Days], days: Days) -> Option<Days> {
    ends.iter().copied().find(|all| all.1.succ_opt() == Some(days.0))
}

/// Whether these days are those of a quarter.
fn is_quarter(days: Days) -> bool {
    let quarter = Quarter::of(days.1);
    (quarter.start(), quarter.end()) == days
}

/// What counts people or organisations in a reading; `None` when it reveals nobody.
fn number(indicator: &str, reading: &Reading, thresholds: &Thresholds) -> Option<Number> {
    let listed = LISTED.contains(&reading.dimension) && reading.modality != NOT_SAID;
    match reading.population {
        Population::Open => None,
        Population::People(value) => Some(Number {
            value,
            floor: u64::from(listed && value > 0),
            threshold: wide(thresholds.people, indicator),
            small: (1..thresholds.people).contains(&value),
        }),
        Population::Organisations { count, named, .. } => {
            let floor = named.max(u64::from(listed && count > 0)).min(count);
            Some(Number {
                value: count,
                floor,
                threshold: thresholds.organisations,
                small: (1..thresholds.organisations).contains(&count) && named < count,
            })
        }
    }
}

impl System {
    /// The system of some measures. `small`: counts hidden with all that depends on them.
    pub(super) fn new(
        measures: &[Measure],
        published: &Published,
        thresholds: &Thresholds,
        small: &BTreeSet<Head>,
    ) -> Self {
        let activities = measures.iter().filter(|m| m.indicator.id == "concentration");
        let activities =
            activities.filter_map(|m| Some(((m.scope, m.window.days()), m.reading.n?))).collect();
        let mut system = Self { activities, ..Self::default() };
        system.add_heads(measures, published, thresholds, small);
        system.add_cells(measures, published, thresholds, small);
        system.add_absent();
        system.bound_organisations(measures);
        system.add_sums();
        system.tie_kinds(measures, thresholds, small);
        system.tie_territories();
        let cumulative = measures.iter().find(|m| m.window.kind == WindowKind::Cumulative);
        if let Some(days) = cumulative.map(|m| m.window.days()) {
            system.tie_heads(days.0);
            system.tie_windows(days.0);
            system.tie_crossings(days.0);
            system.tie_rungs(days.0);
        }
        system
    }

    fn push(&mut self, number: &Number, open: bool) -> usize {
        self.cells.push(Cell {
            value: number.value - number.floor,
            threshold: number.threshold,
            sensitive: number.small && !open,
            open,
            published: true,
            dear: false,
        });
        self.floors.push(i64::try_from(number.floor).unwrap_or(0));
        self.measures.push(Vec::new());
        self.cells.len() - 1
    }

    /// A number that nobody publishes.
    fn unknown(&mut self, value: i64) -> usize {
        let value = u64::try_from(value).unwrap_or(0);
        let cell = self.push(&Number { value, floor: 0, threshold: 0, small: false }, false);
        self.cells[cell].published = false;
        cell
    }

    /// A cell of a measure, as this report or earlier ones show it; whether any does.
    fn join(&mut self, measure: &Measure, number: &Number, published: &Published) -> (usize, bool) {
        let (id, days) = (measure.indicator.id, measure.window.days());
        let (dimension, modality) = (measure.reading.dimension, &*measure.reading.modality);
        let value = number.value as f64;
        let said = published.of((id, measure.scope, days), (dimension, modality), value);
        // That nobody stands on a rung shows in what is not broken down: no project is launched, no session
        // supports anybody, nobody came twice where there was one activity.
        let shown = SHOWN_EMPTY.contains(&id) && number.value == 0 && said != Said::Withheld;
        match (measure.window.kind, said) {
            (WindowKind::Unpublished, Said::Nothing) => (self.unknown(number.value as i64), false),
            // A figure mended since: the reader is taken to know it as it is.
            (WindowKind::Unpublished, Said::Told { .. }) => (self.push(number, true), true),
            (WindowKind::Unpublished, Said::Withheld) => {
                let cell = self.push(number, false);
                self.cells[cell].sensitive = true;
                (cell, true)
            }
            (_, Said::Told { same: true }) => {
                let cell = self.push(number, true);
                if number.small {
                    self.told.insert(cell);
                }
                (cell, true)
            }
            _ => (self.push(number, shown), true),
        }
    }

    fn add_cells(
        &mut self,
        measures: &[Measure],
        published: &Published,
        thresholds: &Thresholds,
        small: &BTreeSet<Head>,
    ) {
        let mut shown = BTreeSet::new();
        let shared = measures.iter().enumerate().filter(|(_, m)| m.reading.dimension != BOTH);
        for (at, measure) in shared {
            let (indicator, reading) = (measure.indicator.id, &measure.reading);
            let tied = TIED.iter().find(|(tied, _)| *tied == indicator);
            let (Some((_, total)), Some(mut number)) =
                (tied, number(indicator, reading, thresholds))
            else {
                continue;
            };
            let days = measure.window.days();
            let key = (indicator, reading.dimension, measure.scope, days);
            let known = self.index.get(&key).and_then(|all| all.get(&reading.modality)).copied();
            number.small |=
                total.is_some_and(|total| small.contains(&(total, measure.scope, days)));
            let cell = known.unwrap_or_else(|| {
                let (cell, said) = self.join(measure, &number, published);
                if said {
                    shown.insert(key);
                }
                self.index.entry(key).or_default().insert(reading.modality.clone(), cell);
                cell
            });
            if measure.window.kind != WindowKind::Unpublished {
                self.measures[cell].push(at);
            }
        }
        self.silent = self.index.keys().filter(|key| !shown.contains(*key)).copied().collect();
    }

    /// Modalities nobody is in, where nobody publishes which are listed.
    fn add_absent(&mut self) {
        let mut all: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
        for ((indicator, dimension, scope, _), cells) in &self.index {
            all.entry((*indicator, *dimension, *scope)).or_default().extend(cells.keys().cloned());
        }
        for key in self.silent.iter().copied().collect::<Vec<_>>() {
            let (indicator, dimension, scope, _) = key;
            for modality in all.get(&(indicator, dimension, scope)).into_iter().flatten() {
                if !self.index[&key].contains_key(modality) {
                    let cell = self.unknown(0);
                    self.index.entry(key).or_default().insert(modality.clone(), cell);
                }
            }
        }
    }

    /// What the published tables say of organisations by themselves: the directory bounds each count
    /// from above, and there are no more to hide than those that organised nothing.
    fn bound_organisations(&mut self, measures: &[Measure]) {
        let of = |key: &&Breakdown| key.0 == ORGANISATIONS && key.1 == OF_ORGANISATION[0];
        let unnamed: BTreeMap<(Scope, Days), u64> = self
            .index
            .iter()
            .filter(|(key, _)| of(key))
            .map(|((.., scope, days), cells)| {
                ((*scope, *days), cells.values().map(|cell| self.cells[*cell].value).sum())
            })
            .collect();
        for measure in measures {
            let (reading, days) = (&measure.reading, measure.window.days());
            let Population::Organisations { count, listed, .. } = reading.population else {
                continue;
            };
            let key = (ORGANISATIONS, reading.dimension, measure.scope, days);
            let Some(cell) =
                self.index.get(&key).and_then(|all| all.get(&reading.modality)).copied()
            else {
                continue;
            };
            let most = unnamed.get(&(measure.scope, days)).copied().unwrap_or(u64::MAX);
            let room = listed.map_or(u64::MAX, |listed| {
                listed.max(count).saturating_sub(u64::try_from(self.floors[cell]).unwrap_or(0))
            });
            let threshold = self.cells[cell].threshold.min(most).min(room);
            self.cells[cell].threshold = threshold;
            if let Some(listed) = listed {
                self.relate(vec![(cell, 1)], Sense::AtMost, listed.max(count) as i64);
            }
            let people = (BREAKDOWN, reading.dimension, measure.scope, days);
            let people = self.index.get(&people).and_then(|all| all.get(&reading.modality));
            if let Some(people) = people.copied() {
                // Above the floor of the one, the other whole: each unnamed one sent somebody.
                let constant = self.floors[people];
                let terms = vec![(cell, 1), (people, -1)];
                self.relations.push(Relation { terms, sense: Sense::AtMost, constant });
            }
        }
    }

    /// Σ modalities = all who came, or at least that.
    fn add_sums(&mut self) {
        let mut relations = Vec::new();
        for ((indicator, dimension, scope, days), cells) in &self.index {
            let total =
                TIED.iter().find(|(tied, _)| tied == indicator).and_then(|(_, total)| *total);
            let Some(head) = total.and_then(|total| self.head(total, *scope, *days)) else {
                continue;
            };
            let terms = |sign: i64| {
                let all = cells.values().map(move |cell| (*cell, sign));
                all.chain([(head, -sign)]).collect::<Vec<_>>()
            };
            if SEVERAL.contains(dimension) {
                relations.push((terms(-1), Sense::AtMost));
                relations.extend(
                    cells.values().map(|cell| (vec![(*cell, 1), (head, -1)], Sense::AtMost)),
                );
            } else {
                relations.push((terms(1), Sense::Equal));
            }
        }
        for (terms, sense) in relations {
            self.relate(terms, sense, 0);
        }
    }

    /// One is at most the other.
    fn at_most(&mut self, part: usize, whole: usize) {
        self.relate(vec![(part, 1), (whole, -1)], Sense::AtMost, 0);
    }

    /// A relation between values; cells hold what is above their floors.
    fn relate(&mut self, terms: Vec<(usize, i64)>, sense: Sense, constant: i64) {
        let floors: i64 = terms.iter().map(|(cell, sign)| sign * self.floors[*cell]).sum();
        self.relations.push(Relation { terms, sense, constant: constant - floors });
    }

    /// A sum that is none or less, unless the truth says otherwise.
    fn relate_if_true(&mut self, terms: Vec<(usize, i64)>) {
        if terms.iter().map(|(cell, sign)| sign * self.value(*cell)).sum::<i64>() <= 0 {
            self.relate(terms, Sense::AtMost, 0);
        }
    }

    /// The true value of a cell.
    fn value(&self, cell: usize) -> i64 {
        i64::try_from(self.cells[cell].value).unwrap_or(0) + self.floors[cell]
    }

    /// The cells of a breakdown.
    fn of(&self, key: &Breakdown) -> Modalities {
        self.index.get(key).cloned().unwrap_or_default()
    }
}
