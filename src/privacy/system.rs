//! Everything published that counts the same people (or organisations), as one system: breakdowns by
//! scope and window, their headlines, and what any reader knows to hold between them.
//!
//! - The modalities of a breakdown add up to the headline; where one may have several (networks), to
//!   at least that.
//! - [`territories`]: whoever is counted in a territory is counted in the programme.
//! - [`windows`]: whoever came was new once, and is counted from then on.
//! - [`rungs`]: what the ladder shares with the other numbers.
//! - A modality that is only listed when somebody is in it counts one at least; organisations are at
//!   least those that the published tables name as organisers, at most those they list.
//!
//! Numbers of other dates, which nobody publishes, are unknowns that tie the published ones; those that
//! earlier reports have told are known.

mod rungs;
mod territories;
mod windows;

use super::attack::{Cell, Relation, Sense};
use super::published::{Published, Said};
use crate::indicators::{Measure, NOT_SAID, Population, Reading, Scope, Value};
use crate::period::WindowKind;
use crate::settings::Thresholds;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Indicators whose cells are tied, each with the headline its modalities add up to, if any.
const TIED: [(&str, Option<&str>); 6] = [
    ("repartition", Some(PEOPLE)),
    (LADDER, Some(PEOPLE)),
    (ORGANISATIONS, Some(ORGANISATIONS)),
    (PROGRESS, None),
    (HOLDERS, None),
    ("relais_formes", None),
];

/// The headline that counts people.
pub(super) const PEOPLE: &str = "participants_uniques";
/// The headline that counts organisations.
pub(super) const ORGANISATIONS: &str = "structures_touchees";
/// What each action of the plan has done, counted in people.
pub(super) const PROGRESS: &str = "avancement_physique";
const LADDER: &str = "echelle";
const HOLDERS: &str = "porteurs_accompagnes";

/// Breakdowns in which one may be in several modalities.
const SEVERAL: [&str; 1] = ["reseau"];
/// Breakdowns that list only the modalities somebody is in.
const LISTED: [&str; 4] = ["commune", "statut", "type_structure", "reseau"];
/// The breakdown by rung, which is not the same in a territory, nor in another window.
const RUNGS: &str = "echelon";

/// First and last day: a quarter is the same whichever window shows it.
pub(super) type Days = (NaiveDate, NaiveDate);
/// A headline: what it counts, where and when.
pub(super) type Head = (&'static str, Scope, Days);
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
    /// The headline each cell is, if it is one.
    heads: BTreeMap<Head, usize>,
    /// First times in a quarter, by the headline they add to.
    firsts: BTreeMap<Head, usize>,
    /// Least value of each cell, taken off its value.
    floors: Vec<i64>,
    /// Cells by breakdown and modality.
    index: BTreeMap<Breakdown, Modalities>,
    /// Windows that neither this report nor an earlier one shows.
    hidden: BTreeSet<Days>,
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

/// The headline of the breakdowns of an indicator, if they have one.
pub(super) fn head_of(indicator: &str) -> Option<&'static str> {
    TIED.iter().find(|(tied, _)| *tied == indicator).and_then(|(_, head)| *head)
}

/// Whether the people of some scope are withheld over these days: their sum over territories, and the
/// doubles, are withheld with them.
pub(super) fn people_withheld(withheld: &BTreeSet<Head>, when: Days) -> bool {
    withheld.iter().any(|(head, _, days)| *head == PEOPLE && *days == when)
}

/// Headlines that count fewer than the threshold.
pub(super) fn small_headlines(measures: &[Measure], thresholds: &Thresholds) -> BTreeSet<Head> {
    let shown = measures.iter().filter(|m| m.window.kind != WindowKind::Unpublished);
    shown
        .filter_map(|measure| {
            let (head, value) = headline(measure)?;
            let small = (1..least(head, thresholds)).contains(&value);
            small.then_some((head, measure.scope, measure.window.days()))
        })
        .collect()
}

/// What a measure says of a headline: the headline itself, or those who returned among how many.
fn headline(measure: &Measure) -> Option<(&'static str, u64)> {
    let Value::Number(value) = measure.reading.value else { return None };
    match (measure.indicator.id, measure.reading.dimension) {
        (PEOPLE, "") => Some((PEOPLE, value as u64)),
        (ORGANISATIONS, "") => Some((ORGANISATIONS, value as u64)),
        ("de_retour", "") => Some((PEOPLE, measure.reading.n?)),
        _ => None,
    }
}

/// Smallest publishable count.
fn least(head: &str, thresholds: &Thresholds) -> u64 {
    if head == ORGANISATIONS { thresholds.organisations } else { thresholds.people }
}

/// What counts people or organisations in a reading; `None` when it reveals nobody.
fn number(reading: &Reading, thresholds: &Thresholds) -> Option<Number> {
    let listed = LISTED.contains(&reading.dimension) && reading.modality != NOT_SAID;
    match reading.population {
        Population::Open => None,
        Population::People(value) => Some(Number {
            value,
            floor: u64::from(listed && value > 0),
            threshold: thresholds.people,
            small: (1..thresholds.people).contains(&value),
        }),
        Population::Organisations { count, named, listed: most } => {
            let floor = named.max(u64::from(listed && count > 0)).min(count);
            // What the register bounds by itself cannot be hidden any better.
            let most = most.map_or(u64::MAX, |most| most.max(count));
            Some(Number {
                value: count,
                floor,
                threshold: thresholds.organisations.min(most - floor),
                small: (1..thresholds.organisations).contains(&count) && named < count,
            })
        }
    }
}

impl System {
    /// The system of some measures. `withheld`: headlines hidden with all that depends on them.
    pub(super) fn new(
        measures: &[Measure],
        published: &Published,
        thresholds: &Thresholds,
        withheld: &BTreeSet<Head>,
    ) -> Self {
        let mut system = Self::default();
        system.add_heads(measures, published, thresholds, withheld);
        system.add_firsts(measures, thresholds, withheld);
        system.add_cells(measures, published, thresholds, withheld);
        system.add_absent();
        system.add_sums();
        system.tie_territories(measures, published, withheld);
        system.tie_windows(measures, withheld);
        system.tie_rungs(measures, withheld);
        system
    }

    fn push(&mut self, number: &Number, open: bool) -> usize {
        self.cells.push(Cell {
            value: number.value - number.floor,
            threshold: number.threshold,
            sensitive: number.small && !open,
            open,
            published: true,
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

    /// A cell of a measure, as this report or earlier ones show it.
    fn join(&mut self, measure: &Measure, number: &Number, published: &Published) -> usize {
        let (id, days) = (measure.indicator.id, measure.window.days());
        let (dimension, modality) = (measure.reading.dimension, &*measure.reading.modality);
        let value = number.value as f64;
        let said = published.of((id, measure.scope, days), (dimension, modality), value);
        match (measure.window.kind, said) {
            (WindowKind::Unpublished, Said::Nothing) => {
                self.hidden.insert(days);
                self.unknown(number.value as i64)
            }
            // A figure mended since: the reader is taken to know it as it is.
            (WindowKind::Unpublished, Said::Told { .. }) => self.push(number, true),
            (WindowKind::Unpublished, Said::Withheld) => {
                let cell = self.push(number, false);
                self.cells[cell].sensitive = true;
                cell
            }
            (_, Said::Told { same: true }) => {
                let cell = self.push(number, true);
                if number.small {
                    self.told.insert(cell);
                }
                cell
            }
            _ => self.push(number, false),
        }
    }

    fn add_heads(
        &mut self,
        measures: &[Measure],
        published: &Published,
        thresholds: &Thresholds,
        withheld: &BTreeSet<Head>,
    ) {
        for measure in measures.iter().filter(|m| m.indicator.id != "de_retour") {
            let Some((head, value)) = headline(measure) else { continue };
            let key = (head, measure.scope, measure.window.days());
            if self.heads.contains_key(&key) {
                continue;
            }
            let threshold = least(head, thresholds);
            let small = withheld.contains(&key);
            let cell = self.join(measure, &Number { value, floor: 0, threshold, small }, published);
            if measure.window.kind != WindowKind::Unpublished {
                self.cells[cell].open |= !small;
            }
            self.heads.insert(key, cell);
        }
    }

    fn add_cells(
        &mut self,
        measures: &[Measure],
        published: &Published,
        thresholds: &Thresholds,
        withheld: &BTreeSet<Head>,
    ) {
        for (at, measure) in measures.iter().enumerate() {
            let (indicator, reading) = (measure.indicator.id, &measure.reading);
            let tied = TIED.iter().find(|(tied, _)| *tied == indicator);
            let (Some((_, head)), Some(mut number)) = (tied, number(reading, thresholds)) else {
                continue;
            };
            let days = measure.window.days();
            let key = (indicator, reading.dimension, measure.scope, days);
            let known = self.index.get(&key).and_then(|all| all.get(&reading.modality)).copied();
            number.small |=
                head.is_some_and(|head| withheld.contains(&(head, measure.scope, days)));
            let cell = known.unwrap_or_else(|| {
                let cell = self.join(measure, &number, published);
                self.index.entry(key).or_default().insert(reading.modality.clone(), cell);
                cell
            });
            if measure.window.kind != WindowKind::Unpublished {
                self.measures[cell].push(at);
            }
        }
    }

    /// Modalities nobody is in, where nobody publishes which are listed.
    fn add_absent(&mut self) {
        let mut all: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
        for ((indicator, dimension, scope, _), cells) in &self.index {
            all.entry((*indicator, *dimension, *scope)).or_default().extend(cells.keys().cloned());
        }
        let hidden = self.index.keys().filter(|(.., days)| self.hidden.contains(days)).copied();
        for key in hidden.collect::<Vec<_>>() {
            let (indicator, dimension, scope, _) = key;
            for modality in all.get(&(indicator, dimension, scope)).into_iter().flatten() {
                if !self.index[&key].contains_key(modality) {
                    let cell = self.unknown(0);
                    self.index.entry(key).or_default().insert(modality.clone(), cell);
                }
            }
        }
    }

    /// Σ modalities = headline, or at least it.
    fn add_sums(&mut self) {
        let mut relations = Vec::new();
        for ((indicator, dimension, scope, days), cells) in &self.index {
            let head = head_of(indicator).and_then(|head| self.heads.get(&(head, *scope, *days)));
            let Some(head) = head.copied() else { continue };
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

    /// The true value of a cell.
    fn value(&self, cell: usize) -> i64 {
        i64::try_from(self.cells[cell].value).unwrap_or(0) + self.floors[cell]
    }

    /// The cells of a breakdown.
    fn of(&self, key: &Breakdown) -> Modalities {
        self.index.get(key).cloned().unwrap_or_default()
    }
}
