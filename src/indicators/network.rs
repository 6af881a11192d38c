//! The cooperation network at a date: who is in the perimeter, and at which level each pair stands.
//!
//! The perimeter V_t is the organisations present at t (`perimeter`); the level of a pair is the
//! latest one attested by each of its two sides (`levels`). A pair can be in the network of a
//! territory only if both organisations act there, so territories do not add up to the programme.

mod levels;
mod perimeter;

pub use levels::{Attestation, LevelHistory, Pair, SideReading, Step, pair};
pub use perimeter::{Entry, Perimeter};

use super::{Base, Evidence, Horizon, Query};
use crate::programme::{OrganisationIx, Programme, TerritoryIx};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Entries into the perimeter (subject = other: organisation, amount 0), then changes of level (subject,
/// other: the pair; amount: the new level), in order of pair and date.
pub(super) static STATE: Query = Query {
    name: "niveaux_de_cooperation",
    horizon: Horizon::UpTo,
    rows: |base| state(base).into(),
};

fn state(base: &Base<'_>) -> Vec<Evidence> {
    let perimeter = base.perimeter();
    let entries = perimeter.entries().map(|(organisation, entry)| Evidence {
        origin: entry.origin.clone(),
        territories: perimeter.territories(organisation),
        date: entry.date,
        subject: organisation,
        other: organisation,
        ..Evidence::default()
    });
    let steps = base.history().steps().into_iter().map(|step| Evidence {
        territories: perimeter.territories(step.pair.0).and(perimeter.territories(step.pair.1)),
        date: Some(step.date),
        subject: step.pair.0,
        other: step.pair.1,
        amount: f64::from(step.to),
        origin: step.origin,
        ..Evidence::default()
    });
    entries.chain(steps).collect()
}

/// Organisations and the ties among them at a date, in the inclusive reading.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ties {
    members: Vec<OrganisationIx>,
    levels: BTreeMap<Pair, u8>,
}

impl Ties {
    /// The state at the end of a day, from rows of the `niveaux_de_cooperation` query.
    pub(super) fn from_rows(rows: &[&Evidence], date: NaiveDate) -> Self {
        let mut ties = Self::default();
        for row in rows.iter().filter(|row| row.date.is_none_or(|d| d <= date)) {
            if row.subject == row.other {
                ties.members.push(row.subject);
            } else {
                ties.levels.insert((row.subject, row.other), row.amount as u8);
            }
        }
        ties.members.sort_unstable();
        ties.levels.retain(|_, level| *level > 0);
        ties
    }

    /// Organisations of the perimeter, in order.
    pub fn members(&self) -> &[OrganisationIx] {
        &self.members
    }

    /// Level of a pair, 0 when nothing is attested.
    pub fn level(&self, pair: Pair) -> u8 {
        self.levels.get(&pair).copied().unwrap_or(0)
    }

    /// Pairs at level 1 or more, in order: lower index, higher index, level.
    pub fn ties(&self) -> Vec<(OrganisationIx, OrganisationIx, u8)> {
        self.levels.iter().map(|((a, b), level)| (*a, *b, *level)).collect()
    }

    /// Number of pairs at a level or above.
    pub fn count(&self, at_least: u8) -> usize {
        self.levels.values().filter(|level| **level >= at_least).count()
    }

    /// Pairs at a level or above, as positions in [`Self::members`].
    pub fn positions(&self, at_least: u8) -> Vec<(usize, usize)> {
        let position = |o: &OrganisationIx| self.members.binary_search(o).ok();
        self.levels
            .iter()
            .filter(|(_, level)| **level >= at_least)
            .filter_map(|((a, b), _)| Some((position(a)?, position(b)?)))
            .collect()
    }

    /// The part of the network among the organisations kept.
    #[must_use]
    pub fn among(mut self, keep: impl Fn(OrganisationIx) -> bool) -> Self {
        self.members.retain(|o| keep(*o));
        self.levels.retain(|(a, b), _| keep(*a) && keep(*b));
        self
    }
}

/// Two sides that declare different levels of the same pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disagreement {
    /// First organisation.
    pub a: OrganisationIx,
    /// Second organisation.
    pub b: OrganisationIx,
    /// Level by the side of the first.
    pub says_a: u8,
    /// Level by the side of the second.
    pub says_b: u8,
}

/// The network at a date, with what its two sides do not agree on: for drawings and lists.
#[derive(Debug, Clone, Default)]
pub struct Network {
    ties: Ties,
    disagreements: Vec<Disagreement>,
}

impl Network {
    /// The network at the end of a day, in the inclusive reading.
    pub fn at(programme: &Programme, date: NaiveDate) -> Self {
        Self::read(programme, date, SideReading::Inclusive)
    }

    /// The network at the end of a day, in a reading.
    pub fn read(programme: &Programme, date: NaiveDate, reading: SideReading) -> Self {
        let history = LevelHistory::of(programme);
        let levels = history
            .pairs()
            .map(|pair| (pair, history.level(pair, date, reading)))
            .filter(|(_, level)| *level > 0)
            .collect();
        let disagreements = history
            .pairs()
            .filter_map(|pair| match history.sides(pair, date) {
                [Some(says_a), Some(says_b)] if says_a != says_b => {
                    Some(Disagreement { a: pair.0, b: pair.1, says_a, says_b })
                }
                _ => None,
            })
            .collect();
        let members = Perimeter::of(programme).at(date);
        Self { ties: Ties { members, levels }, disagreements }
    }

    /// The part of the network in a territory: organisations that act there and ties among them.
    #[must_use]
    pub fn in_territory(mut self, programme: &Programme, territory: TerritoryIx) -> Self {
        let perimeter = Perimeter::of(programme);
        let inside = |o: OrganisationIx| perimeter.territories(o).contains(territory);
        self.ties = self.ties.among(inside);
        self.disagreements.retain(|d| inside(d.a) && inside(d.b));
        self
    }

    /// Organisations of the perimeter, in order.
    pub fn members(&self) -> &[OrganisationIx] {
        self.ties.members()
    }

    /// Pairs at level 1 or more, in order: lower index, higher index, level.
    pub fn ties(&self) -> Vec<(OrganisationIx, OrganisationIx, u8)> {
        self.ties.ties()
    }

    /// Pairs whose two sides both speak and do not say the same, in order.
    pub fn disagreements(&self) -> &[Disagreement] {
        &self.disagreements
    }
}

#[cfg(test)]
mod tests;
