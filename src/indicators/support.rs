//! *Soutien*: project holders supported, and what became of their projects.

mod projects;
pub(super) mod sessions;

#[cfg(test)]
mod tests;

use super::{Cell, Family, Indicator, Query, Reading, Unit};
use crate::schema::TableId;

const SESSIONS: &[TableId] = &[TableId::Activities];
const PRESENT: &[TableId] = &[TableId::Activities, TableId::Attendance];
const PROJECTS: &[TableId] = &[TableId::Projects];

const fn support(
    id: &'static str,
    unit: Unit,
    needs: &'static [TableId],
    query: &'static Query,
    fold: fn(&Cell<'_>) -> Vec<Reading>,
) -> Indicator {
    Indicator {
        id,
        family: Family::Support,
        unit,
        needs,
        by_territory: true,
        over_time: false,
        followed: false,
        query,
        fold,
    }
}

pub(super) const INDICATORS: &[Indicator] = &[
    support("porteurs_accompagnes", Unit::Count, SESSIONS, &sessions::HOLDERS, sessions::people),
    support("seances", Unit::Count, SESSIONS, &sessions::SESSIONS, sessions::count),
    support("heures_soutien", Unit::Hours, SESSIONS, &sessions::SESSIONS, sessions::hours),
    support("projets_par_stade", Unit::Count, PROJECTS, &projects::PROJECTS, projects::by_stage),
    support("conversion", Unit::Share, PROJECTS, &projects::PROJECTS, projects::conversion),
    support("delai_idee_lancement", Unit::Months, PROJECTS, &projects::LAUNCHES, projects::delay),
    support("survie_12_mois", Unit::Share, PROJECTS, &projects::PROJECTS, projects::survival),
    support(
        "projets_avec_gouvernance",
        Unit::Count,
        PROJECTS,
        &projects::PROJECTS,
        projects::governed,
    ),
    support("relais_formes", Unit::Count, PRESENT, &sessions::RELAYS, sessions::people),
];
