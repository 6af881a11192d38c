//! Stage 5: the closed list of indicators; [`compute`] → [`Measures`].
//!
//! An indicator is evidence plus a fold. A [`Query`] yields evidence rows (each with territories,
//! date, origin); a fold turns the rows of one cell (scope × window) into readings. Reports print the
//! fold, `bilan explain` prints the evidence: they cannot disagree. Every row is put once into the
//! cells it belongs to, so cost follows rows, not rows × territories.

pub mod measure;

mod base;
mod delivery;
mod funding;
mod learning;
pub mod network;
mod reach;
mod support;
mod synergies;
mod tally;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod wording;

pub use base::Base;
pub use measure::{Family, Measure, Measures, Population, Reading, Scope, Unit, Value, Withheld};
pub(crate) use tally::{BOTH, KIND, NETWORK, NOT_SAID, parts};

use crate::parallel;
use crate::period::{Window, WindowKind};
use crate::programme::{Origin, Programme, TerritorySet};
use crate::schema::TableId;
use crate::settings::Settings;
use chrono::NaiveDate;

/// One row of evidence.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Evidence {
    /// Row of the inputs it rests on.
    pub origin: Origin,
    /// Territories it counts in; the programme counts every row.
    pub territories: TerritorySet,
    /// Day it counts on; `None` counts in every window.
    pub date: Option<NaiveDate>,
    /// What is counted: index of a person, an organisation, a project… as the query says.
    pub subject: usize,
    /// A second index, as the query says.
    pub other: usize,
    /// Amount, as the query says (1 for a plain count).
    pub amount: f64,
    /// Counts in its territories but not in the programme: the first time in a territory of somebody
    /// already seen in another.
    pub local: bool,
}

/// Which rows a cell gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Horizon {
    /// Rows dated inside the window.
    Within,
    /// All rows dated up to the end of the window: for states, first times, comparisons.
    UpTo,
    /// Rows dated inside the window; the cumulative one has no beginning, and it alone gets the rows
    /// without a date. For money: an aid may be signed before the programme starts.
    Flow,
}

/// How evidence is gathered. One query may serve several indicators; it is run once.
#[derive(Debug)]
pub struct Query {
    /// Name, unique; used to share the rows between indicators.
    pub name: &'static str,
    /// Which rows a cell gets.
    pub horizon: Horizon,
    /// Gathers the rows.
    pub rows: for<'a> fn(&'a Base<'_>) -> Rows<'a>,
}

/// The rows of a query: some that the base holds for several queries, then its own.
#[derive(Debug, Default)]
pub struct Rows<'a> {
    /// Rows of the base.
    pub shared: &'a [Evidence],
    /// Rows of this query alone.
    pub own: Vec<Evidence>,
}

impl Rows<'_> {
    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Evidence> {
        self.shared.iter().chain(&self.own)
    }
}

impl From<Vec<Evidence>> for Rows<'_> {
    fn from(own: Vec<Evidence>) -> Self {
        Self { own, ..Self::default() }
    }
}

impl<'a> From<&'a [Evidence]> for Rows<'a> {
    fn from(shared: &'a [Evidence]) -> Self {
        Self { shared, ..Self::default() }
    }
}

/// An indicator of the closed list. Its name, definition and formula are the texts
/// `indicateur.<id>.nom`, `.definition`, `.formule`.
#[derive(Debug)]
pub struct Indicator {
    /// Stable id, as in `donnees/indicateurs.csv`.
    pub id: &'static str,
    /// Family.
    pub family: Family,
    /// Unit of the value.
    pub unit: Unit,
    /// Tables without which it is *non renseigné*.
    pub needs: &'static [TableId],
    /// Whether it is computed by territory as well as for the programme.
    pub by_territory: bool,
    /// Whether a chart shows it over past quarters.
    pub over_time: bool,
    /// Whether it counts people or organisations that [`crate::privacy`] follows from window to
    /// window: it is measured over unpublished windows too.
    pub followed: bool,
    /// Where its evidence comes from.
    pub query: &'static Query,
    /// Turns the rows of a cell into readings: one with an empty dimension, or several with one.
    pub fold: fn(&Cell<'_>) -> Vec<Reading>,
}

/// The indicator, measured over past quarters too.
const fn over_time(mut indicator: Indicator) -> Indicator {
    indicator.over_time = true;
    indicator
}

/// The indicator, measured over unpublished windows too.
const fn followed(mut indicator: Indicator) -> Indicator {
    indicator.followed = true;
    indicator
}

/// One cell to be folded: a scope, a window and its rows.
#[derive(Debug)]
pub struct Cell<'a> {
    /// The programme.
    pub programme: &'a Programme,
    /// Settings.
    pub settings: &'a Settings,
    /// What several folds look up.
    pub base: &'a Base<'a>,
    /// Territory or programme.
    pub scope: Scope,
    /// Window.
    pub window: Window,
    /// Rows, in the order of the query.
    pub rows: Vec<&'a Evidence>,
}

/// Every indicator, in the order of the report.
pub fn all() -> impl Iterator<Item = &'static Indicator> {
    [
        reach::INDICATORS,
        support::INDICATORS,
        synergies::INDICATORS,
        funding::INDICATORS,
        delivery::INDICATORS,
        learning::INDICATORS,
    ]
    .into_iter()
    .flatten()
}

/// Looks an indicator up by id.
pub fn find(id: &str) -> Option<&'static Indicator> {
    all().find(|i| i.id == id)
}

/// Measures every indicator over every scope and window.
pub fn compute(programme: &Programme, settings: &Settings, windows: &[Window]) -> Measures {
    let base = Base::new(programme, settings);
    let mut queries: Vec<Vec<&'static Indicator>> = Vec::new();
    for indicator in all() {
        match queries.iter_mut().find(|q| q[0].query.name == indicator.query.name) {
            Some(sharing) => sharing.push(indicator),
            None => queries.push(vec![indicator]),
        }
    }
    let weight = |sharing: &Vec<&Indicator>| sharing.len() as u64;
    let measured = parallel::map("indicateurs", &queries, weight, |sharing| {
        measure_query(sharing, &base, windows)
    });
    let mut measures = Measures::default();
    measured.into_iter().for_each(|some| measures.extend(some));
    measures.finish(settings, programme);
    measures
}

/// Measures the indicators that share a query, whose rows are gathered once.
fn measure_query(
    sharing: &[&'static Indicator],
    base: &Base<'_>,
    windows: &[Window],
) -> Vec<Measure> {
    let query = sharing[0].query;
    let opening = windows.iter().find(|w| w.kind == WindowKind::Cumulative).map(|w| w.start);
    let rows = (query.rows)(base);
    let mut measures = Vec::new();
    for window in windows {
        let is_wanted = |i: &&&'static Indicator| match window.kind {
            WindowKind::History => i.over_time,
            WindowKind::Unpublished => i.followed,
            _ => true,
        };
        let wanted: Vec<_> = sharing.iter().filter(is_wanted).collect();
        if wanted.is_empty() {
            continue;
        }
        let by_territory = wanted.iter().any(|i| i.by_territory);
        for cell in &cells(&rows, query.horizon, base, *window, by_territory) {
            for indicator in &wanted {
                if indicator.by_territory || cell.scope == Scope::Programme {
                    measures.extend(measure_cell(indicator, cell, opening));
                }
            }
        }
    }
    measures
}

/// The rows one cell of one indicator is folded from, for `bilan explain`.
pub fn evidence(
    indicator: &Indicator,
    programme: &Programme,
    settings: &Settings,
    scope: Scope,
    window: Window,
) -> Vec<Evidence> {
    (indicator.query.rows)(&Base::new(programme, settings))
        .iter()
        .filter(|row| belongs(row, indicator.query.horizon, scope, window))
        .cloned()
        .collect()
}

fn belongs(row: &Evidence, horizon: Horizon, scope: Scope, window: Window) -> bool {
    let in_scope = match scope {
        Scope::Programme => !row.local,
        Scope::Territory(territory) => row.territories.contains(territory),
    };
    in_scope && in_window(row, horizon, window)
}

fn in_window(row: &Evidence, horizon: Horizon, window: Window) -> bool {
    let cumulative = window.kind == WindowKind::Cumulative;
    match (horizon, row.date) {
        (Horizon::Flow, None) => cumulative,
        (_, None) => true,
        (Horizon::Flow, Some(date)) if cumulative => date <= window.end,
        (Horizon::Within | Horizon::Flow, Some(date)) => window.contains(date),
        (Horizon::UpTo, Some(date)) => date <= window.end,
    }
}

/// The cells of one window, the programme first. Each row goes straight to the cells it is in.
fn cells<'a>(
    rows: &'a Rows<'_>,
    horizon: Horizon,
    base: &'a Base<'a>,
    window: Window,
    by_territory: bool,
) -> Vec<Cell<'a>> {
    let (programme, settings) = (base.programme, base.settings);
    let territories = if by_territory { programme.territories.len() } else { 0 };
    let mut cells: Vec<Cell<'a>> = std::iter::once(Scope::Programme)
        .chain((0..territories).map(Scope::Territory))
        .map(|scope| Cell { programme, settings, base, scope, window, rows: Vec::new() })
        .collect();
    for row in rows.iter().filter(|row| in_window(row, horizon, window)) {
        if !row.local {
            cells[0].rows.push(row);
        }
        for territory in row.territories.iter() {
            if let Some(cell) = cells.get_mut(territory + 1) {
                cell.rows.push(row);
            }
        }
    }
    cells
}

/// Readings of an indicator in a cell. `opening` is the first day of the programme: a window that
/// ends before it has no value, rather than 0.
fn measure_cell(
    indicator: &'static Indicator,
    cell: &Cell<'_>,
    opening: Option<NaiveDate>,
) -> Vec<Measure> {
    let missing = indicator.needs.iter().copied().find(|t| !cell.programme.given.contains(t));
    let readings = match missing {
        Some(table) => vec![Reading::of(Value::Missing(table.spec().sheet))],
        None if opening.is_some_and(|first| cell.window.end < first) => {
            vec![Reading::of(Value::Undefined("avant-le-debut"))]
        }
        None => (indicator.fold)(cell),
    };
    readings
        .into_iter()
        .map(|reading| Measure {
            indicator,
            scope: cell.scope,
            window: cell.window,
            reading,
            objective: None,
        })
        .collect()
}
