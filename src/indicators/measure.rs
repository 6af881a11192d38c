//! A number never travels alone: value or the reason why there is none, numerator, denominator, n,
//! scope, window.

use super::Indicator;
use crate::period::{Quarter, Window, WindowKind};
use crate::programme::{Programme, TerritoryIx};
use crate::settings::Settings;
use crate::texts::Texts;
use chrono::Datelike;
use std::collections::BTreeMap;

/// Family of indicators, a section of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// *Portée*
    Reach,
    /// *Soutien*
    Support,
    /// *Synergies*
    Synergies,
    /// *Financement*
    Funding,
    /// *Exécution et gouvernance*
    Delivery,
    /// *Capitalisation et valorisation*
    Learning,
}

impl Family {
    /// Every family, in the order of the report.
    pub const ALL: [Self; 6] = [
        Self::Reach,
        Self::Support,
        Self::Synergies,
        Self::Funding,
        Self::Delivery,
        Self::Learning,
    ];

    /// Stable name in `donnees/indicateurs.csv`; its wording is the text `famille.<code>`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reach => "portee",
            Self::Support => "soutien",
            Self::Synergies => "synergies",
            Self::Funding => "financement",
            Self::Delivery => "execution",
            Self::Learning => "capitalisation",
        }
    }
}

/// Unit of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A count of people, activities, pairs…
    Count,
    /// A share, 0 to 1, shown in percent.
    Share,
    /// A plain ratio or index without unit (HHI, EI, Gini, density…).
    Index,
    /// Euros (not cents).
    Euro,
    /// Hours.
    Hours,
    /// Months.
    Months,
    /// Full-time equivalents.
    Fte,
    /// Per 1 000 inhabitants.
    PerThousand,
}

impl Unit {
    /// Stable name in `donnees/indicateurs.csv`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Count => "nombre",
            Self::Share => "part",
            Self::Index => "indice",
            Self::Euro => "euro",
            Self::Hours => "heure",
            Self::Months => "mois",
            Self::Fte => "etpt",
            Self::PerThousand => "pour_mille_habitants",
        }
    }
}

/// Whom a measure is about: the programme, or one of its territories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// The whole programme.
    Programme,
    /// One territory.
    Territory(TerritoryIx),
}

impl Scope {
    /// `programme` or the territory's name, as in `donnees/indicateurs.csv`.
    pub fn name(self, programme: &Programme) -> &str {
        match self {
            Self::Programme => "programme",
            Self::Territory(ix) => &programme.territories[ix].name,
        }
    }
}

/// A value, or why there is none. Reasons are keys of texts `motif.<key>`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// A number, finite.
    Number(f64),
    /// *non renseigné*: the named sheet (or setting) is missing.
    Missing(&'static str),
    /// *non défini*: 0/0, a single funder… with the reason's text key.
    Undefined(&'static str),
    /// *secret*: withheld by [`crate::privacy`], with the reason's text key.
    Secret(&'static str),
}

impl Value {
    /// A number, or *non défini* when it is not finite.
    pub fn number(value: f64) -> Self {
        if value.is_finite() { Self::Number(value) } else { Self::Undefined("division-par-zero") }
    }

    /// `numerator / denominator`, *non défini* for the reason given when the denominator is 0.
    pub fn ratio(numerator: f64, denominator: f64, reason: &'static str) -> Self {
        if denominator.abs() > 0.0 {
            Self::number(numerator / denominator)
        } else {
            Self::Undefined(reason)
        }
    }

    /// The number, if there is one.
    pub fn get(self) -> Option<f64> {
        match self {
            Self::Number(value) => Some(value),
            _ => None,
        }
    }

    /// Stable name of the state in `donnees/indicateurs.csv`.
    pub fn status(self) -> &'static str {
        match self {
            Self::Number(_) => "valeur",
            Self::Missing(_) => "non_renseigne",
            Self::Undefined(_) => "non_defini",
            Self::Secret(_) => "secret",
        }
    }
}

/// What a small cell would reveal, for [`crate::privacy`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Population {
    /// Nothing personal: never withheld.
    #[default]
    Open,
    /// A breakdown of people: withheld under the people threshold; the number is the count of people.
    People(u64),
    /// A breakdown of organisations: withheld under the organisation threshold.
    Organisations {
        /// How many.
        count: u64,
        /// Those that the published tables name as organisers: nobody can think there were fewer.
        named: u64,
        /// All that the published tables list, when no other can be counted here.
        listed: Option<u64>,
    },
}

/// What a fold says of a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Breakdown (`genre`, `tranche_age`, `financeur`…); empty for the headline value.
    pub dimension: &'static str,
    /// Modality within the dimension (`F`, `26–64`, `ADEME`, `non renseigné`).
    pub modality: String,
    /// The value.
    pub value: Value,
    /// Numerator of a rate.
    pub numerator: Option<f64>,
    /// Denominator of a rate.
    pub denominator: Option<f64>,
    /// Number of units the value rests on.
    pub n: Option<u64>,
    /// What a small cell would reveal.
    pub population: Population,
}

impl Reading {
    /// A headline value.
    pub fn of(value: Value) -> Self {
        Self {
            dimension: "",
            modality: String::new(),
            value,
            numerator: None,
            denominator: None,
            n: None,
            population: Population::Open,
        }
    }

    /// A headline count.
    pub fn count(count: usize) -> Self {
        Self::of(Value::Number(count as f64))
    }

    /// A rate with its numerator and denominator; *non défini* for `reason` when the denominator is 0.
    pub fn rate(numerator: f64, denominator: f64, reason: &'static str) -> Self {
        Self {
            numerator: Some(numerator),
            denominator: Some(denominator),
            ..Self::of(Value::ratio(numerator, denominator, reason))
        }
    }

    /// Puts the reading in a breakdown.
    #[must_use]
    pub fn by(mut self, dimension: &'static str, modality: impl Into<String>) -> Self {
        self.dimension = dimension;
        self.modality = modality.into();
        self
    }

    /// The modality in words: the text `modalite.<dimension>.<modality>`, else `modalite.<modality>`,
    /// else the modality as users typed it.
    pub fn label(&self, texts: &Texts) -> String {
        let (dimension, modality) = (self.dimension, self.modality.as_str());
        texts
            .find(&format!("modalite.{dimension}.{modality}"))
            .or_else(|| texts.find(&format!("modalite.{modality}")))
            .unwrap_or(modality)
            .to_string()
    }

    /// Sets the number of units it rests on.
    #[must_use]
    pub fn with_n(mut self, n: usize) -> Self {
        self.n = Some(n as u64);
        self
    }

    /// Marks it as a count of people, withheld when small.
    #[must_use]
    pub fn people(mut self, count: usize) -> Self {
        self.population = Population::People(count as u64);
        self
    }

    /// Marks it as a count of organisations, withheld when small; see [`Population::Organisations`].
    #[must_use]
    pub fn organisations(mut self, count: u64, named: u64, listed: Option<u64>) -> Self {
        self.population = Population::Organisations { count, named, listed };
        self
    }
}

/// Target of a measure, with its ADEME score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Objective {
    /// Value that scores 0.
    pub limit: Option<f64>,
    /// Value that scores 1.
    pub target: f64,
    /// `clamp((value − limit)/(target − limit), 0, 1)`; `None` without a value or when limit = target.
    pub score: Option<f64>,
}

/// One cell of one indicator.
#[derive(Debug, Clone)]
pub struct Measure {
    /// The indicator.
    pub indicator: &'static Indicator,
    /// Territory or programme.
    pub scope: Scope,
    /// Window.
    pub window: Window,
    /// What the fold says.
    pub reading: Reading,
    /// Target and score, where the Objectifs table has one.
    pub objective: Option<Objective>,
}

/// Every measure of a run, in the order of indicators, scopes, windows and modalities.
#[derive(Debug, Clone, Default)]
pub struct Measures {
    /// The measures.
    pub all: Vec<Measure>,
    /// How much of them was withheld; set by [`crate::privacy::protect`].
    pub withheld: Withheld,
}

/// How many numbers that count people or organisations were withheld.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Withheld {
    /// Numbers withheld in all; how many of them are small is nobody's business.
    pub secret: usize,
    /// Counts of people or organisations this report shows, withheld or not; one shown twice counts once.
    pub counts: usize,
    /// Withheld for being small.
    pub primary: usize,
    /// Withheld so that these cannot be worked out.
    pub complementary: usize,
    /// Withheld in vain: earlier reports have told them, or enough to work them out.
    pub told: usize,
    /// Quarters of the earlier reports taken into account.
    pub earlier: Vec<Quarter>,
}

impl Measures {
    /// Adds measures.
    pub fn extend(&mut self, measures: impl IntoIterator<Item = Measure>) {
        self.all.extend(measures);
    }

    /// The headline measure of an indicator in a cell.
    pub fn get(&self, id: &str, scope: Scope, kind: WindowKind) -> Option<&Measure> {
        self.all.iter().find(|m| {
            m.indicator.id == id
                && m.scope == scope
                && m.window.kind == kind
                && m.reading.dimension.is_empty()
        })
    }

    /// The measures of one breakdown of an indicator in a cell, in order.
    pub fn breakdown<'a>(
        &'a self,
        id: &'a str,
        scope: Scope,
        kind: WindowKind,
        dimension: &'a str,
    ) -> impl Iterator<Item = &'a Measure> {
        self.all.iter().filter(move |m| {
            m.indicator.id == id
                && m.scope == scope
                && m.window.kind == kind
                && m.reading.dimension == dimension
        })
    }

    /// The headline measures of an indicator over past quarters, oldest first.
    pub fn history<'a>(&'a self, id: &'a str, scope: Scope) -> impl Iterator<Item = &'a Measure> {
        self.breakdown(id, scope, WindowKind::History, "")
    }

    /// Puts measures in their published order and attaches targets and scores.
    pub(super) fn finish(&mut self, settings: &Settings, programme: &Programme) {
        let ranks: BTreeMap<&str, usize> = super::all().map(|i| i.id).zip(0..).collect();
        let rank = |id: &str| ranks.get(id).copied().unwrap_or(ranks.len());
        self.all
            .sort_by_cached_key(|m| (rank(m.indicator.id), m.scope, m.window.kind, m.window.start));
        for measure in &mut self.all {
            measure.objective = objective(measure, settings, programme);
        }
    }
}

fn objective(measure: &Measure, _settings: &Settings, programme: &Programme) -> Option<Objective> {
    if !measure.reading.dimension.is_empty() {
        return None;
    }
    let quarter = measure.window.last_quarter();
    let target = programme.targets.iter().find(|t| {
        let scope = t.territory.map_or(Scope::Programme, Scope::Territory);
        let period = t.period.as_deref();
        crate::texts::snake(&t.indicator) == measure.indicator.id
            && scope == measure.scope
            && match measure.window.kind {
                WindowKind::Quarter => period.and_then(|p| p.parse().ok()) == Some(quarter),
                // A target for a year is scored only where the cumulative is that year's.
                WindowKind::Cumulative => period.is_none_or(|p| {
                    p.trim() == quarter.year.to_string()
                        && measure.window.start.year() == quarter.year
                }),
                _ => false,
            }
    })?;
    let score = measure.reading.value.get().and_then(|value| {
        let limit = target.limit.unwrap_or(0.0);
        let span = target.target - limit;
        (span.abs() > 0.0).then(|| ((value - limit) / span).clamp(0.0, 1.0))
    });
    Some(Objective { limit: target.limit, target: target.target, score })
}
