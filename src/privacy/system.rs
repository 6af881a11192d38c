//! Everything published that counts the same people (or organisations), as one system: breakdowns by
//! scope and window, their headlines, and what any reader knows to hold between them.
//!
//! - The modalities of a breakdown add up to the headline; where one may have several (networks), to
//!   at least that.
//! - Whoever is counted in a territory is counted in the programme: each territory is at most the
//!   programme, and Σ territories − doubles + people outside any territory = programme, for each
//!   modality and, published, for all.
//! - Whoever is counted in a quarter is counted in the cumulative: for what does not change with time,
//!   each quarter is at most the cumulative.
//! - A modality that is only listed when somebody is in it counts one at least.

use super::attack::{Cell, Relation, Sense};
use super::counted;
use crate::indicators::{Measure, NOT_SAID, Scope, Value};
use crate::period::WindowKind;
use crate::settings::Thresholds;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Indicators whose breakdowns are tied, each with the indicator that gives their headline.
const TIED: [(&str, &str); 3] =
    [("repartition", PEOPLE), ("echelle", PEOPLE), (ORGANISATIONS, ORGANISATIONS)];

/// The headline that counts people.
pub(super) const PEOPLE: &str = "participants_uniques";
/// The headline that counts organisations.
pub(super) const ORGANISATIONS: &str = "structures_touchees";

/// Breakdowns in which one may be in several modalities.
const SEVERAL: [&str; 1] = ["reseau"];
/// Breakdowns that list only the modalities somebody is in.
const LISTED: [&str; 4] = ["commune", "statut", "type_structure", "reseau"];
/// Breakdowns whose modality may change with time: age, and how far one has come.
const CHANGING: [&str; 2] = ["tranche_age", "echelon"];
/// Breakdowns in which a person's modality is not the same in a territory and in the programme.
const LOCAL: [&str; 1] = ["echelon"];

/// First and last day: a quarter is the same whichever window shows it.
pub(super) type Days = (NaiveDate, NaiveDate);
/// A headline: what it counts, where and when.
pub(super) type Head = (&'static str, Scope, Days);
/// A breakdown of a headline.
type Breakdown = (&'static str, &'static str, Scope, Days);

/// The system, and what each of its cells is among the measures.
#[derive(Debug, Default)]
pub(super) struct System {
    pub(super) cells: Vec<Cell>,
    pub(super) relations: Vec<Relation>,
    /// Measures that show each cell; none for an unknown nobody publishes.
    pub(super) measures: Vec<Vec<usize>>,
    /// The headline each cell is, if it is one.
    pub(super) heads: BTreeMap<Head, usize>,
    /// Least value of each cell, taken off its value.
    floors: Vec<i64>,
    /// Cells by breakdown and modality.
    index: BTreeMap<Breakdown, BTreeMap<String, usize>>,
}

/// The headline of the breakdowns of an indicator, if they are tied.
pub(super) fn head_of(indicator: &str) -> Option<&'static str> {
    TIED.iter().find(|(tied, _)| *tied == indicator).map(|(_, head)| *head)
}

/// Whether the people of some scope are withheld over these days: their sum over territories, and the
/// doubles, are withheld with them.
pub(super) fn people_withheld(withheld: &BTreeSet<Head>, when: Days) -> bool {
    withheld.iter().any(|(head, _, days)| *head == PEOPLE && *days == when)
}

/// Headlines that count fewer than the threshold.
pub(super) fn small_headlines(measures: &[Measure], thresholds: &Thresholds) -> BTreeSet<Head> {
    let heads = headlines(measures, thresholds);
    heads.filter(|(_, value, least)| (1..*least).contains(value)).map(|(head, ..)| head).collect()
}

/// Each headline, what it counts, and how few are too few.
fn headlines<'a>(
    measures: &'a [Measure],
    thresholds: &'a Thresholds,
) -> impl Iterator<Item = (Head, u64, u64)> + 'a {
    measures.iter().filter(|m| m.reading.dimension.is_empty()).filter_map(|measure| {
        let (_, head) = TIED.iter().find(|(_, head)| *head == measure.indicator.id)?;
        let Value::Number(value) = measure.reading.value else { return None };
        let least = if *head == PEOPLE { thresholds.people } else { thresholds.organisations };
        Some(((*head, measure.scope, days(measure)), value as u64, least))
    })
}

/// The days of a measure.
pub(super) fn days(measure: &Measure) -> Days {
    (measure.window.start, measure.window.end)
}

impl System {
    /// The system of some measures. `withheld`: headlines hidden with all that depends on them.
    pub(super) fn new(
        measures: &[Measure],
        thresholds: &Thresholds,
        withheld: &BTreeSet<Head>,
    ) -> Self {
        let mut system = Self::default();
        system.add_heads(measures, thresholds, withheld);
        system.add_cells(measures, thresholds, withheld);
        system.add_sums();
        system.tie_territories(measures, withheld);
        system.tie_windows(measures);
        system
    }

    fn push(&mut self, value: u64, floor: u64, threshold: u64) -> usize {
        self.cells.push(Cell {
            value: value - floor,
            threshold,
            sensitive: (1..threshold).contains(&value),
            open: false,
            published: true,
        });
        self.floors.push(i64::try_from(floor).unwrap_or(0));
        self.measures.push(Vec::new());
        self.cells.len() - 1
    }

    fn add_heads(
        &mut self,
        measures: &[Measure],
        thresholds: &Thresholds,
        withheld: &BTreeSet<Head>,
    ) {
        for (head, value, threshold) in headlines(measures, thresholds) {
            if !self.heads.contains_key(&head) {
                let cell = self.push(value, 0, threshold);
                self.cells[cell].sensitive |= withheld.contains(&head);
                self.cells[cell].open = !self.cells[cell].sensitive;
                self.heads.insert(head, cell);
            }
        }
    }

    fn add_cells(
        &mut self,
        measures: &[Measure],
        thresholds: &Thresholds,
        withheld: &BTreeSet<Head>,
    ) {
        for (at, measure) in measures.iter().enumerate() {
            let (indicator, reading) = (measure.indicator.id, &measure.reading);
            let (Some(head), Some((count, threshold))) =
                (head_of(indicator), counted(measure, thresholds))
            else {
                continue;
            };
            let key = (indicator, reading.dimension, measure.scope, days(measure));
            if let Some(cell) = self.index.get(&key).and_then(|all| all.get(&reading.modality)) {
                self.measures[*cell].push(at);
                continue;
            }
            let listed = LISTED.contains(&reading.dimension) && reading.modality != NOT_SAID;
            let floor = u64::from(listed && count > 0);
            let cell = self.push(count, floor, threshold);
            self.cells[cell].sensitive |= withheld.contains(&(head, measure.scope, days(measure)));
            self.measures[cell].push(at);
            self.index.entry(key).or_default().insert(reading.modality.clone(), cell);
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

    /// Territories against the programme, modality by modality.
    fn tie_territories(&mut self, measures: &[Measure], withheld: &BTreeSet<Head>) {
        let programme: Vec<_> = self
            .index
            .iter()
            .filter(|((_, dimension, scope, _), _)| {
                *scope == Scope::Programme && !LOCAL.contains(dimension)
            })
            .map(|((indicator, dimension, _, days), cells)| {
                (*indicator, *dimension, *days, cells.clone())
            })
            .collect();
        for (indicator, dimension, days, cells) in programme {
            let places: Vec<&BTreeMap<String, usize>> = self
                .index
                .iter()
                .filter(|((i, d, scope, when), _)| {
                    *i == indicator
                        && *d == dimension
                        && *when == days
                        && *scope != Scope::Programme
                })
                .map(|(_, cells)| cells)
                .collect();
            let parts: Vec<(usize, Vec<usize>)> = cells
                .iter()
                .map(|(modality, whole)| {
                    let parts = places.iter().filter_map(|cells| cells.get(modality).copied());
                    (*whole, parts.collect())
                })
                .collect();
            for (whole, parts) in &parts {
                for part in parts {
                    self.relate(vec![(*part, 1), (*whole, -1)], Sense::AtMost, 0);
                }
            }
            let told = overlap(measures, days).filter(|_| {
                indicator == "repartition"
                    && !SEVERAL.contains(&dimension)
                    && !people_withheld(withheld, days)
            });
            if let Some((doubles, outside)) = told {
                self.tie_overlap(&parts, doubles, outside);
            }
        }
    }

    /// Σ territories − doubles + outside = programme for each modality, the doubles and the outsiders of
    /// all modalities being published.
    fn tie_overlap(&mut self, parts: &[(usize, Vec<usize>)], doubles: u64, outside: u64) {
        let value =
            |system: &Self, cell: usize| system.cells[cell].value as i64 + system.floors[cell];
        let gaps: Vec<i64> = parts
            .iter()
            .map(|(whole, parts)| {
                parts.iter().map(|part| value(self, *part)).sum::<i64>() - value(self, *whole)
            })
            .collect();
        // Some split of doubles and outsiders that agrees: the reader knows none.
        let mut rest =
            i64::try_from(outside).unwrap_or(0) - gaps.iter().map(|g| (-g).max(0)).sum::<i64>();
        if rest < 0 || gaps.iter().sum::<i64>() != doubles as i64 - outside as i64 {
            return;
        }
        let (mut all_doubles, mut all_outside) = (Vec::new(), Vec::new());
        for ((whole, parts), gap) in parts.iter().zip(gaps) {
            let out = (-gap).max(0) + std::mem::take(&mut rest);
            let double = self.unknown(gap + out);
            let alone = self.unknown(out);
            let terms = parts.iter().map(|part| (*part, 1));
            let terms = terms.chain([(double, -1), (alone, 1), (*whole, -1)]).collect();
            self.relate(terms, Sense::Equal, 0);
            all_doubles.push((double, 1));
            all_outside.push((alone, 1));
        }
        self.relate(all_doubles, Sense::Equal, doubles as i64);
        self.relate(all_outside, Sense::Equal, outside as i64);
    }

    fn unknown(&mut self, value: i64) -> usize {
        let cell = self.push(u64::try_from(value).unwrap_or(0), 0, 0);
        self.cells[cell].published = false;
        cell
    }

    /// Each quarter is at most the cumulative.
    fn tie_windows(&mut self, measures: &[Measure]) {
        let cumulative = measures.iter().find(|m| m.window.kind == WindowKind::Cumulative);
        let Some(all) = cumulative.map(days) else { return };
        let inside = |days: &Days| *days != all && days.0 >= all.0 && days.1 <= all.1;
        let mut pairs = Vec::new();
        for ((indicator, dimension, scope, days), cells) in &self.index {
            if !inside(days) || CHANGING.contains(dimension) {
                continue;
            }
            let Some(whole) = self.index.get(&(*indicator, *dimension, *scope, all)) else {
                continue;
            };
            pairs.extend(
                cells.iter().filter_map(|(modality, cell)| Some((*cell, *whole.get(modality)?))),
            );
        }
        for (part, whole) in pairs {
            self.relate(vec![(part, 1), (whole, -1)], Sense::AtMost, 0);
        }
    }

    /// A relation between values; cells hold what is above their floors.
    fn relate(&mut self, terms: Vec<(usize, i64)>, sense: Sense, constant: i64) {
        let floors: i64 = terms.iter().map(|(cell, sign)| sign * self.floors[*cell]).sum();
        self.relations.push(Relation { terms, sense, constant: constant - floors });
    }
}

/// Doubles and people outside any territory, as the report prints them for a window.
fn overlap(measures: &[Measure], when: Days) -> Option<(u64, u64)> {
    let of = |modality: &str| {
        let found = measures.iter().find(|m| {
            m.indicator.id == "chevauchement"
                && days(m) == when
                && m.reading.dimension == "chevauchement"
                && m.reading.modality == modality
        });
        found.and_then(|m| m.reading.value.get()).map(|value| value as u64)
    };
    Some((of("doubles")?, of("hors_territoire")?))
}
