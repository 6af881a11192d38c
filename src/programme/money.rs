//! Funding, budget, treasury.

use super::{Origin, TerritoryIx};
use chrono::NaiveDate;

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
