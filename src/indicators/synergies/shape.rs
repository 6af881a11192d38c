//! The shape of the network at the end of a window.

use super::attested;
use crate::indicators::network::{SideReading, Ties, pair};
use crate::indicators::{Cell, Reading, Value};
use crate::stats::network::{components, isolates as without_tie, pairs};

/// Reason for what needs two organisations.
pub(super) const TOO_SMALL: &str = "moins-de-deux-structures";
/// Reason for what needs an organisation.
const NOBODY: &str = "aucune-structure";

/// The network of a cell at the end of its window.
pub(super) fn at_end(cell: &Cell<'_>) -> Ties {
    Ties::from_rows(&cell.rows, cell.window.end)
}

/// Levels of the breakdown: code and lowest level.
pub(super) const LEVELS: [(&str, u8); 3] = [("1+", 1), ("2+", 2), ("3", 3)];

/// Pairs at level 1 or more; by level; at level 3 in both readings of the two sides.
pub(super) fn ties(cell: &Cell<'_>) -> Vec<Reading> {
    attested(cell, || {
        let ties = at_end(cell);
        let n = ties.members().len();
        if n < 2 {
            return vec![Reading::of(Value::Undefined(TOO_SMALL))];
        }
        let by_level =
            LEVELS.map(|(code, level)| Reading::count(ties.count(level)).by("niveau", code));
        let history = cell.base.history();
        let members = ties.members();
        let strict = ties
            .ties()
            .into_iter()
            .filter(|(a, b, _)| {
                history.level(pair(*a, *b), cell.window.end, SideReading::Strict) == 3
            })
            .count();
        let by_reading = [("inclusif", ties.count(3)), ("strict", strict)]
            .map(|(code, count)| Reading::count(count).by("lecture", code));
        std::iter::once(Reading::count(ties.count(1)))
            .chain(by_level)
            .chain(by_reading)
            .map(|reading| reading.with_n(members.len()))
            .collect()
    })
}

/// Density at levels 1 and more, 2 and more, 3; weighted by level.
pub(super) fn density(cell: &Cell<'_>) -> Vec<Reading> {
    attested(cell, || {
        let ties = at_end(cell);
        let n = ties.members().len();
        let rate = |sum: f64, of: f64| Reading::rate(sum, of, TOO_SMALL).with_n(n);
        let at_least = |level| rate(ties.count(level) as f64, pairs(n));
        let sum: f64 = ties.ties().iter().map(|(_, _, level)| f64::from(*level)).sum();
        std::iter::once(at_least(1))
            .chain(LEVELS.map(|(code, level)| at_least(level).by("niveau", code)))
            .chain([rate(sum, 3.0 * pairs(n)).by("niveau", "ponderee")])
            .collect()
    })
}

/// Ties of an organisation on average, `2m/n`.
pub(super) fn average_degree(cell: &Cell<'_>) -> Vec<Reading> {
    attested(cell, || {
        let ties = at_end(cell);
        let n = ties.members().len();
        let of = |level| Reading::rate(2.0 * ties.count(level) as f64, n as f64, NOBODY).with_n(n);
        std::iter::once(of(1))
            .chain(LEVELS.map(|(code, level)| of(level).by("niveau", code)))
            .collect()
    })
}

/// Organisations without a tie.
pub(super) fn isolates(cell: &Cell<'_>) -> Vec<Reading> {
    count_of(cell, isolated)
}

/// Share of organisations without a tie.
pub(super) fn share_isolated(cell: &Cell<'_>) -> Vec<Reading> {
    share_of(cell, isolated)
}

/// Organisations of the largest connected component.
pub(super) fn largest_component(cell: &Cell<'_>) -> Vec<Reading> {
    count_of(cell, largest)
}

/// Share of the organisations that are in the largest connected component.
pub(super) fn share_largest_component(cell: &Cell<'_>) -> Vec<Reading> {
    share_of(cell, largest)
}

fn isolated(ties: &Ties) -> usize {
    without_tie(ties.members().len(), &ties.positions(1)).len()
}

fn largest(ties: &Ties) -> usize {
    components(ties.members().len(), &ties.positions(1)).first().copied().unwrap_or(0)
}

fn count_of(cell: &Cell<'_>, measure: fn(&Ties) -> usize) -> Vec<Reading> {
    attested(cell, || {
        let ties = at_end(cell);
        let n = ties.members().len();
        if n == 0 {
            return vec![Reading::of(Value::Undefined(NOBODY))];
        }
        vec![Reading::count(measure(&ties)).with_n(n)]
    })
}

fn share_of(cell: &Cell<'_>, measure: fn(&Ties) -> usize) -> Vec<Reading> {
    attested(cell, || {
        let ties = at_end(cell);
        let n = ties.members().len();
        vec![Reading::rate(measure(&ties) as f64, n as f64, NOBODY).with_n(n)]
    })
}
