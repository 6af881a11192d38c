//! Everything published that counts the same people (or organisations), as one system: breakdowns by
//! scope and window, how many came in all, and what any reader knows to hold between them.
//!
//! - [`heads`], [`totals`]: how many came, for the first time, again, twice; whatever is known of them.
//! - [`sums`]: the modalities of a breakdown add up to how many came; where one may have several
//!   (networks), to at least that.
//! - [`territories`]: whoever is counted in a territory is counted in the programme.
//! - [`windows`]: whoever came was new once, and is counted from then on.
//! - [`crossings`]: territories and windows at once.
//! - [`kinds`]: what type and network of the organisation of people say together.
//! - [`rungs`]: what the ladder and the actions of the plan share with the other numbers.
//! - A modality that is only listed when somebody is in it counts one at least.
//!
//! Organisations are then taken by themselves once more, by a reader who has the published tables too: see
//! [`directory`].
//!
//! Numbers of other dates, which nobody publishes, are unknowns that tie the published ones; those that
//! earlier reports have told are known.

mod crossings;
mod directory;
mod heads;
mod kinds;
mod rungs;
mod sums;
mod territories;
mod totals;
mod windows;

pub(super) use heads::{Head, Total, of_n, small};

use super::attack::{Cell, Keep, Relation, Sense};
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
/// Organisations that took part for the first time.
const NEW_ORGANISATIONS: &str = "structures_nouvelles";
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
    /// The system of organisations alone, for a reader who knows which there are and which organised.
    with_directory: bool,
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

/// What counts people or organisations in a reading; `None` when it reveals nobody. `with_named`: the reader
/// knows which organisations organised.
fn number(
    indicator: &str,
    reading: &Reading,
    thresholds: &Thresholds,
    with_named: bool,
) -> Option<Number> {
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
            let named_at_least = if with_named { named } else { 0 };
            let floor = named_at_least.max(u64::from(listed && count > 0)).min(count);
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
        let mut system = Self::default();
        system.add(measures, published, thresholds, small);
        system.tie_kinds(measures, thresholds, small);
        system.tie_senders(measures);
        system.tie_all(measures);
        system
    }

    /// The counts, and what they add up to.
    fn add(
        &mut self,
        measures: &[Measure],
        published: &Published,
        thresholds: &Thresholds,
        small: &BTreeSet<Head>,
    ) {
        let activities = measures.iter().filter(|m| m.indicator.id == "concentration");
        let activities =
            activities.filter_map(|m| Some(((m.scope, m.window.days()), m.reading.n?)));
        self.activities = activities.collect();
        self.add_heads(measures, published, thresholds, small);
        self.add_cells(measures, published, thresholds, small);
        self.add_absent();
        self.add_sums();
    }

    /// Scopes and windows.
    fn tie_all(&mut self, measures: &[Measure]) {
        self.tie_territories();
        let cumulative = measures.iter().find(|m| m.window.kind == WindowKind::Cumulative);
        if let Some(days) = cumulative.map(|m| m.window.days()) {
            self.tie_heads(days.0);
            self.tie_windows(days.0);
            self.tie_crossings(days.0);
            self.tie_rungs(days.0);
        }
    }

    /// Whether this system is about a measure. What is only measured to know what other breakdowns give away
    /// together joins later for people, and for organisations is of the reader with the directory.
    fn counts(&self, measure: &Measure) -> bool {
        match measure.indicator.id {
            ORGANISATIONS | NEW_ORGANISATIONS if self.with_directory => true,
            _ => !self.with_directory && measure.reading.dimension != BOTH,
        }
    }

    /// Measures of this report that show some of the cells.
    pub(super) fn shown(&self, of: impl Fn(usize) -> bool) -> BTreeSet<usize> {
        let cells = (0..self.cells.len()).filter(|cell| of(*cell));
        cells.flat_map(|cell| self.measures[cell].iter().copied()).collect()
    }

    fn push(&mut self, number: &Number, open: bool) -> usize {
        self.cells.push(Cell {
            value: number.value - number.floor,
            threshold: number.threshold,
            sensitive: number.small && !open,
            published: true,
            keep: if open { Keep::Open } else { Keep::Plain },
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
        if measure.reading.dimension == BOTH {
            let cell = self.push(number, false);
            (self.cells[cell].published, self.cells[cell].sensitive) = (false, false);
            return (cell, false);
        }
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
        for (at, measure) in measures.iter().enumerate() {
            if !self.counts(measure) {
                continue;
            }
            let (indicator, reading) = (measure.indicator.id, &measure.reading);
            let tied = TIED.iter().find(|(tied, _)| *tied == indicator);
            let (Some((_, total)), Some(mut number)) =
                (tied, number(indicator, reading, thresholds, self.with_directory))
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
            if measure.window.kind != WindowKind::Unpublished && self.cells[cell].published {
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
