//! Projects, activities, presences, partnerships, cooperation.

use super::{ActivityIx, OrganisationIx, Origin, PersonIx, ProjectIx, TerritoryIx};
use chrono::NaiveDate;
use std::sync::Arc;

/// Stages of a project, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// *idée*
    Idea,
    /// *émergence*
    Emergence,
    /// *co-construction*
    CoDesign,
    /// *lancé*
    Launched,
    /// *autonome*
    Autonomous,
    /// *clos*
    Closed,
    /// *abandonné*
    Abandoned,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 7] = [
        Self::Idea,
        Self::Emergence,
        Self::CoDesign,
        Self::Launched,
        Self::Autonomous,
        Self::Closed,
        Self::Abandoned,
    ];

    /// The French label users type and read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Idea => "idée",
            Self::Emergence => "émergence",
            Self::CoDesign => "co-construction",
            Self::Launched => "lancé",
            Self::Autonomous => "autonome",
            Self::Closed => "clos",
            Self::Abandoned => "abandonné",
        }
    }

    /// The stage of a label.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.label() == label)
    }
}

/// A project.
#[derive(Debug, Clone)]
pub struct Project {
    /// Identifier as typed.
    pub id: String,
    /// Name.
    pub name: String,
    /// Theme.
    pub theme: Option<String>,
    /// Territory.
    pub territory: Option<TerritoryIx>,
    /// Dates at which stages were reached, in stage order; stages without a date are absent.
    pub stages: Vec<(Stage, NaiveDate)>,
    /// Stage declared in the *stade* column, undated.
    pub declared: Option<Stage>,
    /// Organisation that carries it.
    pub holder: Option<OrganisationIx>,
    /// Has its own steering committee.
    pub steering: Option<bool>,
    /// Has its own follow-up committee.
    pub follow_up: Option<bool>,
    /// Where it was read.
    pub origin: Origin,
}

impl Project {
    /// The date a stage was reached, if dated.
    pub fn date_of(&self, stage: Stage) -> Option<NaiveDate> {
        self.stages.iter().find(|(s, _)| *s == stage).map(|(_, d)| *d)
    }

    /// The latest stage reached at `date`, from dated stages; when none is dated, the declared one.
    pub fn stage_at(&self, date: NaiveDate) -> Option<Stage> {
        if self.stages.is_empty() {
            return self.declared;
        }
        self.stages
            .iter()
            .filter(|(_, d)| *d <= date)
            .max_by_key(|(s, d)| (*d, *s))
            .map(|(s, _)| *s)
    }

    /// The first date at which the project was at `stage` or at a later one short of abandonment.
    pub fn reached(&self, stage: Stage) -> Option<NaiveDate> {
        self.stages
            .iter()
            .filter(|(s, _)| *s >= stage && *s < Stage::Abandoned)
            .map(|(_, d)| *d)
            .min()
    }
}

/// An activity.
#[derive(Debug, Clone)]
pub struct Activity {
    /// Identifier as typed.
    pub id: String,
    /// Day.
    pub date: NaiveDate,
    /// Title.
    pub title: String,
    /// Canonical type, e.g. `comité de suivi`.
    pub kind: Option<String>,
    /// Role of the chargé de mission.
    pub role: Option<String>,
    /// Territory.
    pub territory: Option<TerritoryIx>,
    /// Commune.
    pub commune: Option<String>,
    /// Line of the action plan: its id.
    pub action: Option<String>,
    /// Project supported.
    pub project: Option<ProjectIx>,
    /// Duration in hours.
    pub hours: Option<f64>,
    /// People counted without a name.
    pub anonymous: Option<u32>,
    /// Estimated audience, never added to attendance.
    pub reached: Option<u32>,
    /// Organising organisations.
    pub organisers: Vec<OrganisationIx>,
    /// Where it was read.
    pub origin: Origin,
}

/// One person at one activity.
#[derive(Debug, Clone)]
pub struct Presence {
    /// Activity.
    pub activity: ActivityIx,
    /// Person.
    pub person: PersonIx,
    /// Canonical role: participant, bénévole, organisateur, intervenant.
    pub role: Option<Arc<str>>,
    /// Where it was read.
    pub origin: Origin,
}

/// An organisation in a project.
#[derive(Debug, Clone)]
pub struct Partnership {
    /// Project.
    pub project: ProjectIx,
    /// Organisation.
    pub organisation: OrganisationIx,
    /// Canonical role: porteur, partenaire, financeur, soutien.
    pub role: Option<String>,
    /// Entry date.
    pub from: Option<NaiveDate>,
    /// Exit date.
    pub to: Option<NaiveDate>,
    /// Where it was read.
    pub origin: Origin,
}

/// Who declared a cooperation level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Declarant {
    /// The first organisation of the row.
    A,
    /// The second organisation of the row.
    B,
    /// The *chargé de mission*, or not said.
    Facilitator,
}

/// A dated statement of a cooperation level between two organisations.
#[derive(Debug, Clone)]
pub struct Cooperation {
    /// First organisation as written on the row.
    pub a: OrganisationIx,
    /// Second organisation as written on the row.
    pub b: OrganisationIx,
    /// 0 to 3.
    pub level: u8,
    /// Date of the statement.
    pub date: NaiveDate,
    /// Who says so.
    pub declarant: Declarant,
    /// Where it was read.
    pub origin: Origin,
}
