//! What evidence is gathered from: the programme, and what several queries look up in it, worked out
//! once for all of them.

use super::Evidence;
use super::network::{LevelHistory, Perimeter};
use super::tally::{self, KIND, NETWORK};
use crate::hashing::NumberSet;
use crate::programme::{Presence, Programme, TerritorySet};
use crate::settings::Settings;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The programme, its settings, and what is derived from them when first asked for.
#[derive(Debug)]
pub struct Base<'a> {
    /// The programme.
    pub programme: &'a Programme,
    /// Settings.
    pub settings: &'a Settings,
    history: OnceLock<LevelHistory>,
    perimeter: OnceLock<Perimeter>,
    presences: OnceLock<Vec<Evidence>>,
    acted: OnceLock<NumberSet<(usize, usize)>>,
    listed: OnceLock<BTreeMap<&'static str, BTreeMap<String, usize>>>,
    kinds: OnceLock<Kinds>,
}

/// Organisations by type and networks at once.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    /// Modalities of [`tally::BOTH`].
    pub(super) names: Vec<String>,
    /// How many organisations of each the table of organisations lists; none where other tables may
    /// name more.
    pub(super) listed: Vec<Option<u64>>,
    /// The modality of each organisation, in [`Kinds::names`].
    pub(super) of: Vec<usize>,
}

impl<'a> Base<'a> {
    /// The base of a programme.
    pub fn new(programme: &'a Programme, settings: &'a Settings) -> Self {
        Self {
            programme,
            settings,
            history: OnceLock::new(),
            perimeter: OnceLock::new(),
            presences: OnceLock::new(),
            acted: OnceLock::new(),
            listed: OnceLock::new(),
            kinds: OnceLock::new(),
        }
    }

    /// Every attested level of cooperation.
    pub fn history(&self) -> &LevelHistory {
        self.history.get_or_init(|| LevelHistory::of(self.programme))
    }

    /// Who is in the perimeter, and since when.
    pub fn perimeter(&self) -> &Perimeter {
        self.perimeter.get_or_init(|| Perimeter::of(self.programme))
    }

    /// Named presences (subject: person, other: activity, amount 1), once per person and activity, in
    /// order of person then activity.
    pub fn presences(&self) -> &[Evidence] {
        self.presences.get_or_init(|| presences(self.programme))
    }

    /// Whether a person (first) was at an activity (second) as volunteer or organiser.
    pub fn acted(&self, person: usize, activity: usize) -> bool {
        let acted = self.acted.get_or_init(|| {
            let active =
                |p: &&Presence| p.role.as_deref().is_some_and(|r| ACTIVE_ROLES.contains(&r));
            let all = self.programme.attendance.iter().filter(active);
            all.map(|p| (p.person, p.activity)).collect()
        });
        !acted.is_empty() && acted.contains(&(person, activity))
    }

    /// Organisations by type and networks at once.
    pub(super) fn kinds(&self) -> &Kinds {
        self.kinds.get_or_init(|| {
            let all = &self.programme.organisations;
            let modalities: Vec<String> = all.iter().map(tally::both).collect();
            let names = tally::sorted_unique(modalities.iter().cloned());
            let at = |name: &String| names.partition_point(|other| other < name);
            let of: Vec<usize> = modalities.iter().map(at).collect();
            let mut listed = vec![Some(0); names.len()];
            for (organisation, kind) in all.iter().zip(&of) {
                listed[*kind] = listed[*kind]
                    .filter(|_| organisation.origin.is_some())
                    .map(|listed| listed + 1);
            }
            Kinds { names, listed, of }
        })
    }

    /// How many organisations of a type or a network the table of organisations lists.
    pub fn listed(&self, dimension: &str, modality: &str) -> Option<usize> {
        let listed = self.listed.get_or_init(|| {
            let of = |dimension: &'static str| {
                let all = self.programme.organisations.iter().filter(|o| o.origin.is_some());
                let counts = tally::organisations(all, dimension);
                (dimension, counts.into_iter().map(|(m, count)| (m.to_owned(), count)).collect())
            };
            [KIND, NETWORK].map(of).into()
        });
        listed.get(dimension)?.get(modality).copied()
    }
}

/// Roles at an activity that make somebody *mobilisé*.
const ACTIVE_ROLES: [&str; 2] = ["bénévole", "organisateur"];

fn presences(programme: &Programme) -> Vec<Evidence> {
    let all = &programme.attendance;
    // Sorted through small keys: the rows themselves are long to move.
    let mut order: Vec<(usize, usize, usize)> =
        all.iter().enumerate().map(|(row, p)| (p.person, p.activity, row)).collect();
    order.sort_unstable_by(|a, b| {
        (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| all[a.2].origin.cmp(&all[b.2].origin))
    });
    order.dedup_by_key(|(person, activity, _)| (*person, *activity));
    let evidence = order.into_iter().map(|(person, activity, row)| {
        let place = &programme.activities[activity];
        Evidence {
            origin: all[row].origin.clone(),
            territories: TerritorySet::one(place.territory),
            date: Some(place.date),
            subject: person,
            other: activity,
            amount: 1.0,
            local: false,
        }
    });
    evidence.collect()
}
