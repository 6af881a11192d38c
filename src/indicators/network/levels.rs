//! Dated levels of cooperation, side by side.
//!
//! A level is attested by a statement in *Coopérations* or by a fact: two organisations in one project
//! that is at least in co-construction do projects together (level 3), from the latest of their two
//! entries and of the day the project reached that stage. An organisation speaks for its own side; the
//! *chargé de mission* and facts speak for both. On each side the latest word stands until another
//! replaces it; of two on the same day, the organisation's own is kept, then the higher level.

use crate::programme::{Declarant, OrganisationIx, Origin, Partnership, Programme, Stage};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Two organisations, the lower index first.
pub type Pair = (OrganisationIx, OrganisationIx);

/// The pair of two organisations.
pub fn pair(a: OrganisationIx, b: OrganisationIx) -> Pair {
    (a.min(b), a.max(b))
}

/// Level of those who do projects together.
const TOGETHER: u8 = 3;

/// Which level to keep when the two sides differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SideReading {
    /// The higher; a silent side says nothing.
    Inclusive,
    /// The lower; a side that is silent when the other speaks stands at 0.
    Strict,
}

/// A level attested on a day. Ordered so that the last one of a list is the one that stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attestation {
    /// Day.
    pub date: NaiveDate,
    /// Said by the organisation itself, rather than by the *chargé de mission* or a fact.
    pub own: bool,
    /// 0 to 3.
    pub level: u8,
    /// Row it rests on.
    pub origin: Origin,
}

/// A change of the level of a pair, in the inclusive reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The pair.
    pub pair: Pair,
    /// Day of the change.
    pub date: NaiveDate,
    /// Level until the day before.
    pub from: u8,
    /// Level from that day.
    pub to: u8,
    /// Row that made the change.
    pub origin: Origin,
}

/// Every attested level, by pair and side, in order of date.
#[derive(Debug, Clone, Default)]
pub struct LevelHistory {
    pairs: BTreeMap<Pair, [Vec<Attestation>; 2]>,
}

impl LevelHistory {
    /// Everything attested in a programme.
    pub fn of(programme: &Programme) -> Self {
        let mut history = Self::default();
        for said in &programme.cooperations {
            let attested = |own| Attestation {
                date: said.date,
                own,
                level: said.level.min(TOGETHER),
                origin: said.origin.clone(),
            };
            match said.declarant {
                Declarant::A => history.add(said.a, said.b, &attested(true)),
                Declarant::B => history.add(said.b, said.a, &attested(true)),
                Declarant::Facilitator => {
                    history.add(said.a, said.b, &attested(false));
                    history.add(said.b, said.a, &attested(false));
                }
            }
        }
        history.add_facts(programme);
        for side in history.pairs.values_mut().flatten() {
            side.sort();
        }
        history
    }

    /// Adds a level on the side of `speaker`.
    fn add(&mut self, speaker: OrganisationIx, other: OrganisationIx, attested: &Attestation) {
        if speaker != other {
            let side = usize::from(speaker > other);
            self.pairs.entry(pair(speaker, other)).or_default()[side].push(attested.clone());
        }
    }

    fn add_facts(&mut self, programme: &Programme) {
        let mut by_project: BTreeMap<usize, Vec<&Partnership>> = BTreeMap::new();
        for partnership in &programme.partnerships {
            by_project.entry(partnership.project).or_default().push(partnership);
        }
        for (project, partners) in by_project {
            let Some(started) = programme.projects[project].reached(Stage::CoDesign) else {
                continue; // without a date there is no dated fact
            };
            for (index, a) in partners.iter().enumerate() {
                for b in &partners[index + 1..] {
                    if let Some(fact) = fact(a, b, started) {
                        self.add(a.organisation, b.organisation, &fact);
                        self.add(b.organisation, a.organisation, &fact);
                    }
                }
            }
        }
    }

    /// Every pair of which something is attested, in order.
    pub fn pairs(&self) -> impl Iterator<Item = Pair> {
        self.pairs.keys().copied()
    }

    /// The word that stands on each side at the end of a day.
    pub fn standing(&self, pair: Pair, date: NaiveDate) -> [Option<&Attestation>; 2] {
        match self.pairs.get(&pair) {
            Some([a, b]) => [last(a, date), last(b, date)],
            None => [None, None],
        }
    }

    /// The level on each side at the end of a day, `None` = silent.
    pub fn sides(&self, pair: Pair, date: NaiveDate) -> [Option<u8>; 2] {
        self.standing(pair, date).map(|word| word.map(|w| w.level))
    }

    /// The level of a pair at the end of a day.
    pub fn level(&self, pair: Pair, date: NaiveDate, reading: SideReading) -> u8 {
        let [a, b] = self.sides(pair, date).map(|side| side.unwrap_or(0));
        match reading {
            SideReading::Inclusive => a.max(b),
            SideReading::Strict => a.min(b),
        }
    }

    /// What the organisations say of themselves: pair, day and row, in order of pair and date.
    pub fn own_words(&self) -> impl Iterator<Item = (Pair, usize, &Attestation)> {
        self.pairs.iter().flat_map(|(pair, sides)| {
            sides.iter().enumerate().flat_map(move |(side, words)| {
                words.iter().filter(|word| word.own).map(move |word| (*pair, side, word))
            })
        })
    }

    /// Every change of level, in order of pair and date, at most one a day and pair.
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for (pair, sides) in &self.pairs {
            let mut words: Vec<&Attestation> = sides.iter().flatten().collect();
            words.sort();
            let mut from = 0;
            for day in words.chunk_by(|a, b| a.date == b.date) {
                let date = day[0].date;
                let to = self.level(*pair, date, SideReading::Inclusive);
                if to != from {
                    // The row that says the new level, else the one that took the old one back.
                    let row = day.iter().rfind(|w| w.level == to).unwrap_or(&day[day.len() - 1]);
                    steps.push(Step { pair: *pair, date, from, to, origin: row.origin.clone() });
                    from = to;
                }
            }
        }
        steps
    }
}

fn last(words: &[Attestation], date: NaiveDate) -> Option<&Attestation> {
    words[..words.partition_point(|word| word.date <= date)].last()
}

/// Two organisations in one project that reached co-construction on the day `started`; `None` if one
/// had left before the three conditions met.
fn fact(a: &Partnership, b: &Partnership, started: NaiveDate) -> Option<Attestation> {
    let date = a.from.max(b.from).max(Some(started))?;
    let there = |p: &Partnership| p.to.is_none_or(|to| to >= date);
    let origin = (a.from, &a.origin).max((b.from, &b.origin)).1.clone();
    (there(a) && there(b)).then_some(Attestation { date, own: false, level: TOGETHER, origin })
}
