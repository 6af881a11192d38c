//! The programme once its tables are linked: people as numbered persons without a name, references
//! resolved to indices, every record with its origin. Made by [`crate::identity`], read by checks and
//! indicators. Nothing here can carry a person's name.

use crate::finding::Place;
use crate::schema::TableId;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Where a record was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Origin {
    /// Path below the inputs folder.
    pub file: Arc<str>,
    /// Sheet name; empty for delimited files.
    pub sheet: Arc<str>,
    /// Row as the spreadsheet numbers it, from 1.
    pub row: u32,
}

impl Origin {
    /// The place of the whole row.
    pub fn place(&self) -> Place {
        Place {
            file: self.file.clone(),
            sheet: self.sheet.clone(),
            row: Some(self.row),
            column: None,
        }
    }
}

/// Index into [`Programme::territories`].
pub type TerritoryIx = usize;
/// Index into [`Programme::organisations`].
pub type OrganisationIx = usize;
/// Index into [`Programme::projects`].
pub type ProjectIx = usize;
/// Index into [`Programme::activities`].
pub type ActivityIx = usize;
/// Index into [`Programme::people`].
pub type PersonIx = usize;

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
    pub role: Option<String>,
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

/// A line of funding. Amounts in cents.
#[derive(Debug, Clone, Default)]
pub struct Funding {
    /// Funder as typed, spelling unified.
    pub funder: String,
    /// Category: a Cerfa line label such as `Autres établissements publics`.
    pub category: Option<String>,
    /// Amount asked, cents.
    pub asked: Option<i64>,
    /// Amount granted (signed), cents.
    pub granted: Option<i64>,
    /// Amount received, cents.
    pub received: Option<i64>,
    /// Canonical status: identifié, en préparation, déposé, voté, conventionné, refusé, soldé.
    pub status: Option<String>,
    /// Filing date.
    pub filed: Option<NaiveDate>,
    /// Decision date.
    pub decided: Option<NaiveDate>,
    /// Convention date.
    pub signed: Option<NaiveDate>,
    /// Budget year.
    pub year: Option<i32>,
    /// Period covered by the grant.
    pub covers: Option<(NaiveDate, NaiveDate)>,
    /// Decision reference.
    pub reference: Option<String>,
    /// Purpose.
    pub purpose: Option<String>,
    /// In kind (87), never mixed with cash.
    pub in_kind: bool,
    /// Earmarked.
    pub earmarked: Option<bool>,
    /// SIRET of the funder.
    pub funder_siret: Option<String>,
    /// Beneficiary as typed; `None` = the programme.
    pub beneficiary: Option<String>,
    /// Whether the row is ours: no beneficiary named, or the programme's own.
    pub ours: bool,
    /// Territory, when the source says one.
    pub territory: Option<TerritoryIx>,
    /// Where it was read.
    pub origin: Origin,
}

/// A line of the Cerfa budget. Amounts in cents.
#[derive(Debug, Clone, Default)]
pub struct BudgetLine {
    /// Budget year.
    pub year: i32,
    /// Cerfa account as typed (`64`, `641`, `74etp`…).
    pub account: String,
    /// Label.
    pub label: Option<String>,
    /// Line of the action plan: its id.
    pub action: Option<String>,
    /// Planned, cents.
    pub planned: Option<i64>,
    /// Spent or received, cents.
    pub actual: Option<i64>,
    /// Eligible for ADEME aid.
    pub eligible: Option<bool>,
    /// Where it was read.
    pub origin: Origin,
}

/// A line of the action plan. Amounts in cents.
#[derive(Debug, Clone, Default)]
pub struct PlannedAction {
    /// Identifier as typed.
    pub id: String,
    /// Title.
    pub title: String,
    /// Planned quantity.
    pub quantity: Option<f64>,
    /// Unit of the quantity.
    pub unit: Option<String>,
    /// Planned spending, cents.
    pub spending: Option<i64>,
    /// Due date.
    pub due: Option<NaiveDate>,
    /// Done, when typed rather than counted from activities.
    pub done: Option<f64>,
    /// Lead.
    pub lead: Option<String>,
    /// Partners.
    pub partners: Vec<OrganisationIx>,
    /// Where it was read.
    pub origin: Origin,
}

/// Hours worked on the programme by a chargé de mission (numbered, not named).
#[derive(Debug, Clone)]
pub struct Timesheet {
    /// Day.
    pub date: NaiveDate,
    /// Number of the chargé de mission, in order of first appearance.
    pub worker: usize,
    /// Hours.
    pub hours: f64,
    /// Line of the action plan.
    pub action: Option<String>,
    /// Territory.
    pub territory: Option<TerritoryIx>,
    /// Role.
    pub role: Option<String>,
    /// Where it was read.
    pub origin: Origin,
}

/// Hours of volunteering.
#[derive(Debug, Clone)]
pub struct Volunteering {
    /// Day.
    pub date: NaiveDate,
    /// Hours.
    pub hours: f64,
    /// Line of the action plan.
    pub action: Option<String>,
    /// Category, which sets the rate.
    pub category: Option<String>,
    /// Where it was read.
    pub origin: Origin,
}

/// A target for an indicator.
#[derive(Debug, Clone)]
pub struct Target {
    /// Indicator id.
    pub indicator: String,
    /// Territory; `None` = programme.
    pub territory: Option<TerritoryIx>,
    /// Period as typed: a quarter (`2026-T3`), a year, or empty = always (cumulative).
    pub period: Option<String>,
    /// Limit value (score 0).
    pub limit: Option<f64>,
    /// Target value (score 1).
    pub target: f64,
    /// Where it was read.
    pub origin: Origin,
}

/// Cash at a date. Amounts in cents.
#[derive(Debug, Clone)]
pub struct Treasury {
    /// Day.
    pub date: NaiveDate,
    /// Available cash.
    pub available: i64,
    /// Dedicated funds.
    pub dedicated: Option<i64>,
    /// Debts due within a year.
    pub debts: Option<i64>,
    /// Where it was read.
    pub origin: Origin,
}

/// A difficulty, change of course, lesson, success or testimony.
#[derive(Debug, Clone)]
pub struct Learning {
    /// Day.
    pub date: NaiveDate,
    /// Canonical type.
    pub kind: String,
    /// Text.
    pub text: String,
    /// Territory.
    pub territory: Option<TerritoryIx>,
    /// Project.
    pub project: Option<ProjectIx>,
    /// Where it was read.
    pub origin: Origin,
}

/// A communication.
#[derive(Debug, Clone)]
pub struct Communication {
    /// Day.
    pub date: NaiveDate,
    /// Medium.
    pub medium: String,
    /// Mentions ADEME.
    pub mentions_ademe: Option<bool>,
    /// Estimated audience.
    pub audience: Option<f64>,
    /// Link.
    pub link: Option<String>,
    /// Where it was read.
    pub origin: Origin,
}

/// Everything known of a programme, linked and nameless.
#[derive(Debug, Clone, Default)]
pub struct Programme {
    /// Territories, in French alphabetical order.
    pub territories: Vec<Territory>,
    /// Organisations, in French alphabetical order of name.
    pub organisations: Vec<Organisation>,
    /// People, in order of first appearance.
    pub people: Vec<Person>,
    /// Projects.
    pub projects: Vec<Project>,
    /// Activities.
    pub activities: Vec<Activity>,
    /// Presences.
    pub attendance: Vec<Presence>,
    /// Partnerships.
    pub partnerships: Vec<Partnership>,
    /// Cooperation statements.
    pub cooperations: Vec<Cooperation>,
    /// Funding lines.
    pub funding: Vec<Funding>,
    /// Budget lines.
    pub budget: Vec<BudgetLine>,
    /// Action plan.
    pub actions: Vec<PlannedAction>,
    /// Timesheets.
    pub timesheets: Vec<Timesheet>,
    /// Volunteering.
    pub volunteering: Vec<Volunteering>,
    /// Targets.
    pub targets: Vec<Target>,
    /// Treasury.
    pub treasury: Vec<Treasury>,
    /// Learning.
    pub learning: Vec<Learning>,
    /// Communications.
    pub communication: Vec<Communication>,
    /// Tables that were given, even empty.
    pub given: BTreeSet<TableId>,
}
