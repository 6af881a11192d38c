//! *Portée*: who was reached, how often, where.

mod breakdown;
mod evidence;
mod ladder;
mod organisations;
mod people;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use super::{Cell, Family, Indicator, Query, Reading, Unit, followed, over_time};
use crate::schema::TableId;
use evidence::{FIRST_ORGANISATIONS, FIRST_PRESENCES, ORGANISATIONS, PAST_PRESENCES, PRESENCES};

const ACTIVITIES: &[TableId] = &[TableId::Activities];
const PRESENT: &[TableId] = &[TableId::Activities, TableId::Attendance];
const POPULATION: &[TableId] = &[TableId::Activities, TableId::Attendance, TableId::Territories];
const COST: &[TableId] = &[TableId::Activities, TableId::Attendance, TableId::Budget];

const fn reach(
    id: &'static str,
    unit: Unit,
    needs: &'static [TableId],
    query: &'static Query,
    fold: fn(&Cell<'_>) -> Vec<Reading>,
) -> Indicator {
    Indicator {
        id,
        family: Family::Reach,
        unit,
        needs,
        by_territory: true,
        over_time: false,
        followed: false,
        query,
        fold,
    }
}

const fn programme_only(mut indicator: Indicator) -> Indicator {
    indicator.by_territory = false;
    indicator
}

pub(super) const INDICATORS: &[Indicator] = &[
    reach("participations", Unit::Count, ACTIVITIES, &PRESENCES, people::participations),
    followed(reach("participants_uniques", Unit::Count, PRESENT, &PRESENCES, people::unique)),
    reach("taux_identification", Unit::Share, ACTIVITIES, &PRESENCES, people::identified),
    over_time(reach("nouveaux", Unit::Count, PRESENT, &FIRST_PRESENCES, people::new)),
    over_time(reach("de_retour", Unit::Count, PRESENT, &PAST_PRESENCES, people::returning)),
    reach("retention", Unit::Share, PRESENT, &PAST_PRESENCES, people::retention),
    reach("fidelisation", Unit::Share, PRESENT, &PRESENCES, people::loyal),
    followed(programme_only(reach(
        "chevauchement",
        Unit::Count,
        PRESENT,
        &PRESENCES,
        people::overlap,
    ))),
    reach("echelle", Unit::Count, PRESENT, &ladder::QUERY, ladder::ladder),
    reach("penetration", Unit::PerThousand, POPULATION, &PRESENCES, people::penetration),
    followed(reach("repartition", Unit::Count, PRESENT, &PRESENCES, breakdown::breakdowns)),
    followed(reach(
        "structures_touchees",
        Unit::Count,
        ACTIVITIES,
        &ORGANISATIONS,
        organisations::reached,
    )),
    reach(
        "structures_nouvelles",
        Unit::Count,
        ACTIVITIES,
        &FIRST_ORGANISATIONS,
        organisations::new,
    ),
    reach("concentration", Unit::Index, ACTIVITIES, &PRESENCES, people::concentration),
    programme_only(reach("cout_par_participant", Unit::Euro, COST, &people::COST, people::cost)),
];

/// People seen in a cell of [`PRESENCES`], in order.
fn people_of(cell: &Cell<'_>) -> Vec<usize> {
    super::tally::sorted_unique(
        cell.rows.iter().map(|row| row.subject).filter(|person| *person != evidence::NOBODY),
    )
}
