//! *Synergies*: how the cooperation network grows, and whom it brings together.

mod groups;
mod movement;
mod projects;
mod shape;
mod words;

use super::network::STATE;
use super::{Cell, Family, Indicator, Query, Reading, Unit, Value};
use crate::schema::TableId;

/// A cooperation indicator. Levels come from *Coopérations* or from *Partenariats*: neither alone is
/// needed, each fold asks for one of them ([`attested`]).
const fn synergy(
    id: &'static str,
    unit: Unit,
    query: &'static Query,
    fold: fn(&Cell<'_>) -> Vec<Reading>,
) -> Indicator {
    Indicator {
        id,
        family: Family::Synergies,
        unit,
        needs: &[],
        by_territory: true,
        over_time: false,
        followed: false,
        query,
        fold,
    }
}

pub(super) const INDICATORS: &[Indicator] = &[
    synergy("nouvelles_synergies", Unit::Count, &movement::REACHED, movement::new_synergies),
    synergy("synergies_inter_reseaux", Unit::Count, &movement::REACHED, movement::across_networks),
    synergy("synergies_inter_types", Unit::Count, &movement::REACHED, movement::across_types),
    synergy("transitions", Unit::Count, &STATE, movement::transitions),
    synergy("perimetre", Unit::Count, &STATE, movement::perimeter),
    synergy("liens", Unit::Count, &STATE, shape::ties),
    synergy("densite", Unit::Index, &STATE, shape::density),
    synergy("degre_moyen", Unit::Index, &STATE, shape::average_degree),
    synergy("isoles", Unit::Count, &STATE, shape::isolates),
    synergy("part_isoles", Unit::Share, &STATE, shape::share_isolated),
    synergy("plus_grande_composante", Unit::Count, &STATE, shape::largest_component),
    synergy("part_plus_grande_composante", Unit::Share, &STATE, shape::share_largest_component),
    synergy("matrice_blocs", Unit::Index, &STATE, groups::by_network),
    synergy("matrice_blocs_types", Unit::Index, &STATE, groups::by_type),
    synergy("ei", Unit::Index, &STATE, groups::ei),
    synergy("ei_attendu", Unit::Index, &STATE, groups::expected_ei),
    synergy("rapport_liens_pont", Unit::Index, &STATE, groups::bridging_ratio),
    Indicator {
        id: "projets_multi_acteurs",
        family: Family::Synergies,
        unit: Unit::Count,
        needs: &[TableId::Partnerships],
        by_territory: true,
        over_time: false,
        followed: false,
        query: &projects::MEMBERS,
        fold: projects::several_kinds,
    },
    Indicator {
        id: "accord_declarants",
        family: Family::Synergies,
        unit: Unit::Share,
        needs: &[TableId::Cooperations],
        by_territory: true,
        over_time: false,
        followed: false,
        query: &words::OWN_WORDS,
        fold: words::agreement,
    },
    Indicator {
        id: "co_presences",
        family: Family::Synergies,
        unit: Unit::Count,
        needs: &[TableId::Attendance],
        by_territory: false,
        over_time: false,
        followed: false,
        query: &words::PRESENCES,
        fold: words::co_presence,
    },
];

/// The readings, when there is a table that may attest a level; else *non renseigné*.
fn attested(cell: &Cell<'_>, readings: impl FnOnce() -> Vec<Reading>) -> Vec<Reading> {
    let sources = [TableId::Cooperations, TableId::Partnerships];
    if sources.iter().any(|table| cell.programme.given.contains(table)) {
        readings()
    } else {
        vec![Reading::of(Value::Missing(TableId::Cooperations.spec().sheet))]
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
