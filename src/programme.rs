//! The programme once its tables are linked: people as numbered persons without a name, references
//! resolved to indices, every record with its origin. Made by [`crate::identity`], read by checks and
//! indicators. Nothing here can carry a person's name.

mod actors;
mod money;
mod records;
mod work;

pub use actors::{Organisation, Person, Territory, TerritorySet};
pub use money::{BudgetLine, Funding, Treasury};
pub use records::{Communication, Learning, PlannedAction, Target, Timesheet, Volunteering};
pub use work::{Activity, Cooperation, Declarant, Partnership, Presence, Project, Stage};

pub use crate::finding::Origin;
use crate::schema::TableId;
use std::collections::BTreeSet;

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
