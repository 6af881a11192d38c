//! *Exécution et gouvernance*: what was done against what was planned, and by which bodies.

mod governance;
mod plan;
mod spending;

#[cfg(test)]
mod tests;

use super::{Cell, Family, Indicator, Query, Reading, Unit};
use crate::schema::TableId;

const PLAN: &[TableId] = &[TableId::ActionPlan];
const PLAN_AND_BUDGET: &[TableId] = &[TableId::ActionPlan, TableId::Budget];
const BUDGET: &[TableId] = &[TableId::Budget];
const HOURS: &[TableId] = &[TableId::Timesheets];
const ACTIVITIES: &[TableId] = &[TableId::Activities];

const fn delivery(
    id: &'static str,
    unit: Unit,
    needs: &'static [TableId],
    query: &'static Query,
    fold: fn(&Cell<'_>) -> Vec<Reading>,
) -> Indicator {
    Indicator {
        id,
        family: Family::Delivery,
        unit,
        needs,
        by_territory: false,
        over_time: false,
        followed: false,
        query,
        fold,
    }
}

const fn by_territory(mut indicator: Indicator) -> Indicator {
    indicator.by_territory = true;
    indicator
}

const fn meetings(
    id: &'static str,
    query: &'static Query,
    fold: fn(&Cell<'_>) -> Vec<Reading>,
) -> Indicator {
    by_territory(delivery(id, Unit::Count, ACTIVITIES, query, fold))
}

pub(super) const INDICATORS: &[Indicator] = &[
    delivery("avancement_physique", Unit::Share, PLAN, &plan::WORK, plan::progress),
    delivery(
        "avancement_financier",
        Unit::Share,
        PLAN_AND_BUDGET,
        &spending::CHARGES,
        spending::by_action,
    ),
    delivery("consommation", Unit::Share, BUDGET, &spending::CHARGES, spending::consumption),
    by_territory(delivery("etpt", Unit::Fte, HOURS, &governance::HOURS, governance::fte)),
    meetings("comites_coordination", &governance::COORDINATION, governance::monthly),
    meetings("comites_suivi", &governance::FOLLOW_UP, governance::monthly),
    meetings("rencontres_elus", &governance::ELECTED, governance::held),
    meetings("contacts_financeurs", &governance::FUNDERS, governance::held),
    meetings("concertations", &governance::CONSULTATIONS, governance::thrice_a_year),
];
