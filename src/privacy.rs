//! Stage 6: small cells withheld before anything is published.
//!
//! What counts fewer people (or organisations) than the threshold is withheld, with its numerator,
//! denominator and n. Others go with it until nobody can work out, from all that leaves the program at
//! once (breakdowns, headlines, territories, windows) and from what earlier reports have told
//! ([`Published`]), what a withheld cell counts, nor bound it more tightly than the threshold: see
//! `system` for what ties the numbers, [`suppression`] for which cells go, [`attack`] for what a reader
//! can bound. Every withheld cell gives the same reason: none says which one is small.
//!
//! How many came, and when, says nothing of anybody in particular: it is published, unless fewer people
//! than the threshold came (then nothing is said of them) or nothing else could protect a small cell. So
//! is how many organisations took part, which is the last to be withheld. Of organisations, the published
//! tables say much besides, and which types and networks are listed too; for whoever has these, a
//! withheld count may be narrow, but no figure gives it away. Ties between organisations are those of the table of cooperations, which is published
//! whole: their blocks hide nothing.

pub mod attack;
mod program;
mod published;
mod simplex;
pub mod suppression;
mod system;

pub use published::Published;

use crate::indicators::measure::Withheld;
use crate::indicators::{BOTH, Family, Measure, Measures, Population, Scope, Value};
use crate::period::{Quarter, Window, WindowKind};
use crate::settings::{Settings, Thresholds};
use attack::Keep;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use suppression::{Protection, protect as choose};
use system::{Days, Head, PROGRESS, System, Total, of_n, small};

/// The one reason of every withheld cell.
const REASON: &str = "petit-effectif";

/// Indicators of reach that say nothing of the people of their own scope and window.
const UNRELATED: [&str; 3] = ["structures_touchees", "structures_nouvelles", "chevauchement"];

/// Activities from which on their inequality says nothing of any one of them.
const ACTIVITIES: u64 = 10;

/// The windows to measure: those of the report, then those of the earlier reports, which a reader has,
/// and the cumulatives before this quarter and before the last: nobody publishes them, but with them the
/// first times and the returns of a modality are differences of counts. Those of the year before are not
/// measured: what is shown of that quarter is tied to the cumulative only.
pub fn windows(period: Quarter, start: NaiveDate, published: &Published) -> Vec<Window> {
    let mut windows = Window::of_report(period, start);
    let is_told = |window: &&Window| window.kind != WindowKind::History && window.end >= start;
    let own: BTreeSet<Days> = windows.iter().filter(is_told).map(Window::days).collect();
    let earlier: Vec<Window> =
        published.quarters().flat_map(|quarter| Window::of_report(quarter, start)).collect();
    let mut other: BTreeSet<Days> = earlier.iter().filter(is_told).map(Window::days).collect();
    let before =
        [period.previous(), period.previous().previous()].map(|quarter| (start, quarter.end()));
    other.extend(before.into_iter().filter(|(start, end)| start <= end));
    let more = other.difference(&own);
    windows.extend(more.map(|(start, end)| Window::until(WindowKind::Unpublished, *start, *end)));
    windows
}

/// Withholds what would say too much of too few, and drops what was measured to know it.
pub fn protect(mut measures: Measures, published: &Published, settings: &Settings) -> Measures {
    let small = small(&measures.all, &settings.thresholds);
    let thresholds = &settings.thresholds;
    let system = System::new(&measures.all, published, thresholds, &small);
    let mut protection = choose(&system.cells, &system.relations);
    // Organisations once more, for whoever has the published tables too.
    let hidden = system.shown(|cell| protection.hidden[cell]);
    let directory = System::of_directory(&measures.all, published, thresholds, &small, &hidden);
    let further = choose(&directory.cells, &directory.relations);
    let hidden = directory.shown(|cell| further.hidden[cell]);
    for (cell, shown) in system.measures.iter().enumerate() {
        protection.hidden[cell] |= shown.iter().any(|at| hidden.contains(at));
    }
    measures.withheld = withheld_of(&system, &protection, &measures.all, published, thresholds);
    for at in system.shown(|cell| protection.hidden[cell] || system.told.contains(&cell)) {
        withhold(&mut measures.all[at]);
    }
    for measure in &mut measures.all {
        let cell = of_n(measure).and_then(|head| system.heads.get(&head));
        if cell.is_some_and(|cell| protection.hidden[*cell] || system.told.contains(cell)) {
            measure.reading.n = None;
        }
    }
    // Nothing is small where one is enough.
    if settings.thresholds.people > 1 {
        with_few_activities(&mut measures.all);
    }
    with_few(&mut measures.all, &small);
    with_actions(&mut measures.all);
    measures.all.retain(|measure| {
        measure.window.kind != WindowKind::Unpublished && measure.reading.dimension != BOTH
    });
    // As they are read: past quarters are only in charts.
    let secret = |measure: &&Measure| {
        matches!(measure.reading.value, Value::Secret(_))
            && measure.window.kind != WindowKind::History
    };
    measures.withheld.secret = measures.all.iter().filter(secret).count();
    measures
}

/// How much of what this report shows is withheld.
fn withheld_of(
    system: &System,
    protection: &Protection,
    measures: &[Measure],
    published: &Published,
    thresholds: &Thresholds,
) -> Withheld {
    let counts_people = |cell: &usize| {
        let shown = system.measures[*cell].iter().map(|at| measures[*at].reading.population);
        shown.into_iter().all(|population| matches!(population, Population::People(_)))
            && !system.measures[*cell].is_empty()
    };
    // Without earlier reports, all that stays narrow is that nobody can have come.
    let narrow = protection.unprotected.iter().filter(|(_, width)| *width < thresholds.people);
    let narrow = narrow.filter(|(cell, _)| counts_people(cell)).count();
    let in_vain = if published.quarters().next().is_some() { narrow } else { 0 };
    let mut withheld = Withheld {
        told: system.told.len() + in_vain,
        earlier: published.quarters().collect(),
        ..Withheld::default()
    };
    for (at, cell) in system.cells.iter().enumerate() {
        let told = system.told.contains(&at);
        if system.measures[at].is_empty() {
            continue;
        }
        withheld.counts += 1;
        if told || cell.keep != Keep::Open {
            let hidden = protection.hidden[at];
            withheld.primary += usize::from(told || hidden && cell.sensitive);
            withheld.complementary += usize::from(hidden && !cell.sensitive);
        }
    }
    withheld
}

/// Withholds the mean of actions of which some are withheld: it would give them away.
fn with_actions(measures: &mut [Measure]) {
    let progress = |m: &&mut Measure| m.indicator.id == PROGRESS;
    let secret: BTreeSet<(Scope, Window)> = measures
        .iter()
        .filter(|m| m.indicator.id == PROGRESS && matches!(m.reading.value, Value::Secret(_)))
        .map(|m| (m.scope, m.window))
        .collect();
    for measure in measures.iter_mut().filter(progress) {
        let mean = measure.reading.dimension.is_empty() && measure.reading.value.get().is_some();
        if mean && secret.contains(&(measure.scope, measure.window)) {
            withhold(measure);
        }
    }
}

/// Withholds how unequal few activities are: with their sum, it gives the attendance of each.
fn with_few_activities(measures: &mut [Measure]) {
    let concentration = measures.iter_mut().filter(|m| m.indicator.id == "concentration");
    let few = concentration.filter(|m| m.reading.n.is_some_and(|n| n < ACTIVITIES));
    few.filter(|m| matches!(m.reading.value, Value::Number(_))).for_each(withhold);
}

/// Withholds all that is said of few people, or of few organisations.
fn with_few(measures: &mut [Measure], small: &BTreeSet<Head>) {
    for measure in measures {
        let id = measure.indicator.id;
        let few = |total: Total| small.contains(&(total, measure.scope, measure.window.days()));
        let people = measure.indicator.family == Family::Reach && !UNRELATED.contains(&id);
        let organisations = UNRELATED[..2].contains(&id);
        let counted = matches!(measure.reading.value, Value::Number(_));
        if counted && (people && few(Total::People) || organisations && few(Total::Organisations)) {
            withhold(measure);
        }
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
