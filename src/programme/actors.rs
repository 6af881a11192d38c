//! Territories, organisations, people.

use super::{OrganisationIx, Origin, ProjectIx, TerritoryIx};
use chrono::NaiveDate;

/// A set of territories, as bits; a programme has at most 128.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct TerritorySet(u128);

impl TerritorySet {
    /// The set of one territory, or none.
    pub fn one(territory: Option<TerritoryIx>) -> Self {
        let mut set = Self::default();
        if let Some(territory) = territory {
            set.insert(territory);
        }
        set
    }

    /// Adds a territory; those past the 128th are counted in the programme only.
    pub fn insert(&mut self, territory: TerritoryIx) {
        if territory < 128 {
            self.0 |= 1 << territory;
        }
    }

    /// Whether the territory is in the set.
    pub fn contains(self, territory: TerritoryIx) -> bool {
        territory < 128 && self.0 >> territory & 1 == 1
    }

    /// Territories in both sets.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The territories, in order.
    pub fn iter(self) -> impl Iterator<Item = TerritoryIx> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let next = (left != 0).then(|| left.trailing_zeros() as usize);
            left &= left.wrapping_sub(1);
            next
        })
    }

    /// How many.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether it is empty.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<TerritoryIx> for TerritorySet {
    fn from_iter<I: IntoIterator<Item = TerritoryIx>>(territories: I) -> Self {
        let mut set = Self::default();
        territories.into_iter().for_each(|territory| set.insert(territory));
        set
    }
}

/// A territory of the programme.
#[derive(Debug, Clone, Default)]
pub struct Territory {
    /// Name as first typed.
    pub name: String,
    /// INSEE codes of its communes.
    pub codes: Vec<String>,
    /// Inhabitants.
    pub population: Option<f64>,
    /// Year of the population figure.
    pub vintage: Option<String>,
    /// Organisation that carries the programme there.
    pub host: Option<String>,
    /// First day of presence.
    pub start: Option<NaiveDate>,
    /// Full-time-equivalent working there.
    pub fte: Option<f64>,
    /// `None` when only other tables name it.
    pub origin: Option<Origin>,
}

/// An organisation (*structure*).
#[derive(Debug, Clone, Default)]
pub struct Organisation {
    /// Name as first typed in Structures, else where it is first named.
    pub name: String,
    /// Canonical label of its type, e.g. `collectivité`.
    pub kind: Option<String>,
    /// Networks it belongs to; empty = none or not said.
    pub networks: Vec<String>,
    /// `contre`, `avec` or `à côté`.
    pub posture: Option<String>,
    /// Territories it acts on.
    pub territories: TerritorySet,
    /// SIRET, 14 digits.
    pub siret: Option<String>,
    /// RNA number of an association, W and nine digits.
    pub rna: Option<String>,
    /// INSEE code or name of its commune.
    pub commune: Option<String>,
    /// First day in the perimeter.
    pub joined: Option<NaiveDate>,
    /// `None` when it is only named by other tables.
    pub origin: Option<Origin>,
}

/// A person, without a name.
#[derive(Debug, Clone, Default)]
pub struct Person {
    /// Keyed hash of the identity; stable for one key, never published.
    pub key: [u8; 16],
    /// Organisation they belong to.
    pub organisation: Option<OrganisationIx>,
    /// Projects they are linked to.
    pub projects: Vec<ProjectIx>,
    /// Canonical label: citoyen, porteur de projet, bénévole, élu, agent, salarié.
    pub status: Option<String>,
    /// `F`, `H`, `autre`.
    pub gender: Option<String>,
    /// Year of birth.
    pub birth_year: Option<i32>,
    /// Age band as typed, one of `<18`, `18–25`, `26–64`, `65+`; wins over the year.
    pub age_band: Option<String>,
    /// INSEE code or name of the commune of residence.
    pub commune: Option<String>,
    /// Lives in a priority neighbourhood (QPV).
    pub qpv: Option<bool>,
    /// Row of Participants; `None` when only attendance names them.
    pub origin: Option<Origin>,
}
