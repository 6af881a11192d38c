//! The action plan and what is recorded along the way.

use super::{OrganisationIx, Origin, ProjectIx, TerritoryIx};
use chrono::NaiveDate;

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
