//! Stage 6: small cells withheld before anything is published.
//!
//! What counts fewer people (or organisations) than the threshold is withheld, with its numerator,
//! denominator and n. Others go with it until nobody can work out, from all that leaves the program at
//! once (breakdowns, headlines, territories, windows), what a withheld cell counts, nor bound it more
//! tightly than the threshold: see `system` for what ties the numbers, [`suppression`] for which cells
//! go, [`attack`] for what a reader can bound. Every withheld cell gives the same reason: none says
//! which one is small. Earlier reports are not looked at.
//!
//! A headline under its threshold is withheld with all that would give it away. Other headlines stay.

pub mod attack;
mod breakdown;
mod program;
mod simplex;
pub mod suppression;
mod system;

pub(crate) use breakdown::hidden;

use crate::indicators::measure::Withheld;
use crate::indicators::{Family, Measure, Measures, Population, Scope, Value};
use crate::period::Window;
use crate::settings::{Settings, Thresholds};
use std::collections::{BTreeMap, BTreeSet};
use suppression::protect as choose;
use system::{
    Head, ORGANISATIONS, PEOPLE, System, days, head_of, people_withheld, small_headlines,
};

/// One breakdown of one indicator in one cell, and the threshold it is under.
type Breakdown = (&'static str, Scope, Window, &'static str, u64);

/// The one reason of every withheld cell.
const REASON: &str = "petit-effectif";

/// Times the system is solved again with more headlines withheld.
const ROUNDS: usize = 4;

/// Indicators that count no people of their own scope and window, and stay when these are few.
const UNRELATED: [&str; 4] =
    ["concentration", ORGANISATIONS, "structures_nouvelles", "chevauchement"];

/// Withholds what would say too much of too few.
pub fn protect(mut measures: Measures, settings: &Settings) -> Measures {
    lone_breakdowns(&mut measures, &settings.thresholds);
    let mut withheld = small_headlines(&measures.all, &settings.thresholds);
    let (mut system, mut protection) = solved(&measures.all, settings, &withheld);
    for _ in 0..ROUNDS {
        // Too tight for lack of people to hide among: the headline itself gives the cell away.
        let before = withheld.len();
        for cell in &protection.unprotected {
            withheld.extend(headline(&system, &measures.all, *cell));
        }
        if withheld.len() == before {
            break;
        }
        (system, protection) = solved(&measures.all, settings, &withheld);
    }
    measures.withheld = Withheld {
        cells: system.cells.iter().filter(|cell| cell.published).count(),
        primary: protection.primary,
        complementary: protection.complementary,
    };
    for (cell, hide) in protection.hidden.iter().enumerate() {
        if *hide {
            system.measures[cell].iter().for_each(|at| withhold(&mut measures.all[*at]));
        }
    }
    with_headlines(&mut measures.all, &withheld);
    measures
}

fn solved(
    measures: &[Measure],
    settings: &Settings,
    withheld: &BTreeSet<Head>,
) -> (System, suppression::Protection) {
    let system = System::new(measures, &settings.thresholds, withheld);
    let protection = choose(&system.cells, &system.relations);
    (system, protection)
}

/// The headline of the breakdown a cell belongs to.
fn headline(system: &System, measures: &[Measure], cell: usize) -> Option<Head> {
    let measure = measures.get(*system.measures[cell].first()?)?;
    Some((head_of(measure.indicator.id)?, measure.scope, days(measure)))
}

/// Withholds all that would give withheld headlines away.
fn with_headlines(measures: &mut [Measure], withheld: &BTreeSet<Head>) {
    for measure in measures {
        let id = measure.indicator.id;
        let here = |head: &'static str| withheld.contains(&(head, measure.scope, days(measure)));
        let people = measure.indicator.family == Family::Reach && !UNRELATED.contains(&id);
        // Its denominator is the quarter before.
        let before = id == "retention"
            && withheld.iter().any(|(head, scope, (_, end))| {
                *head == PEOPLE
                    && *scope == measure.scope
                    && end.succ_opt() == Some(measure.window.start)
            });
        // Σ territories and doubles would give the one withheld territory.
        let sums = id == "chevauchement"
            && matches!(measure.reading.modality.as_str(), "" | "somme_territoires" | "doubles")
            && people_withheld(withheld, days(measure));
        let organisations =
            [ORGANISATIONS, "structures_nouvelles"].contains(&id) && here(ORGANISATIONS);
        let counted = matches!(measure.reading.value, Value::Number(_));
        if counted && ((people && here(PEOPLE)) || before || sums || organisations) {
            withhold(measure);
        }
    }
}

/// Breakdowns tied to no other: blocks of a network, actions of a plan.
fn lone_breakdowns(measures: &mut Measures, thresholds: &Thresholds) {
    let mut breakdowns: BTreeMap<Breakdown, Vec<(usize, u64)>> = BTreeMap::new();
    for (index, measure) in measures.all.iter().enumerate() {
        let (id, dimension) = (measure.indicator.id, measure.reading.dimension);
        let tied = head_of(id).is_some();
        if let (false, false, Some((count, threshold))) =
            (dimension.is_empty(), tied, counted(measure, thresholds))
        {
            let key = (id, measure.scope, measure.window, dimension, threshold);
            breakdowns.entry(key).or_default().push((index, count));
        }
    }
    for ((.., threshold), cells) in breakdowns {
        let counts: Vec<u64> = cells.iter().map(|(_, count)| *count).collect();
        for ((index, _), hide) in cells.iter().zip(hidden(&counts, threshold)) {
            if hide {
                withhold(&mut measures.all[*index]);
            }
        }
    }
}

/// The count a measure reveals and the threshold it is under; `None` when it reveals nobody.
fn counted(measure: &Measure, thresholds: &Thresholds) -> Option<(u64, u64)> {
    match measure.reading.population {
        Population::Open => None,
        Population::People(count) => Some((count, thresholds.people)),
        Population::Organisations(count) => Some((count, thresholds.organisations)),
    }
}

fn withhold(measure: &mut Measure) {
    let reading = &mut measure.reading;
    reading.value = Value::Secret(REASON);
    reading.numerator = None;
    reading.denominator = None;
    reading.n = None;
    reading.population = Population::Open;
    measure.objective = None;
}

#[cfg(test)]
mod tests;
