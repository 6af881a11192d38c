//! *Financement*: how much, from whom, how concentrated. Amounts granted and signed, in cash, ours; an
//! aid over several months is spread over them ([`spread`]). Money is counted in whole cents; only
//! published values are euros.

mod aid;
mod concentration;
mod funder;
mod grants;
mod mix;
mod spread;
mod volunteering;

use super::{Cell, Family, Indicator, Query, Reading, Scope, Unit, Value, over_time};
use crate::schema::TableId;

const fn money(
    id: &'static str,
    unit: Unit,
    query: &'static Query,
    fold: fn(&Cell<'_>) -> Vec<Reading>,
) -> Indicator {
    const NEEDS: &[TableId] = &[TableId::Funding];
    Indicator {
        id,
        family: Family::Funding,
        unit,
        needs: NEEDS,
        by_territory: true,
        over_time: false,
        followed: false,
        query,
        fold,
    }
}

const fn of_programme(
    id: &'static str,
    unit: Unit,
    needs: &'static [TableId],
    query: &'static Query,
    fold: fn(&Cell<'_>) -> Vec<Reading>,
) -> Indicator {
    Indicator {
        id,
        family: Family::Funding,
        unit,
        needs,
        by_territory: false,
        over_time: false,
        followed: false,
        query,
        fold,
    }
}

pub(super) const INDICATORS: &[Indicator] = &[
    over_time(money("montant_accorde", Unit::Euro, &grants::GRANTED, grants::granted)),
    money("montant_demande", Unit::Euro, &grants::ASKED, grants::asked),
    money("montant_encaisse", Unit::Euro, &grants::RECEIVED, grants::received),
    money("hhi", Unit::Index, &grants::GRANTED, concentration::hhi),
    money("financeurs_effectifs", Unit::Index, &grants::GRANTED, concentration::effective),
    money("hhi_normalise", Unit::Index, &grants::GRANTED, concentration::normalised),
    money("diversification", Unit::Index, &grants::GRANTED, concentration::diversification),
    money("dependance", Unit::Share, &grants::GRANTED, mix::dependence),
    over_time(money("parts", Unit::Share, &grants::GRANTED, mix::parts)),
    money("levier", Unit::Index, &grants::GRANTED, mix::leverage),
    money("cumul_public", Unit::Share, &grants::GRANTED, mix::public_share),
    of_programme("taux_aide", Unit::Share, &[], &aid::AID, aid::rate),
    of_programme("aide_acquise", Unit::Euro, &[], &aid::AID, aid::earned),
    of_programme("reste_a_justifier", Unit::Euro, &[], &aid::AID, aid::left),
    of_programme(
        "benevolat",
        Unit::Euro,
        &[TableId::Volunteering],
        &volunteering::HOURS,
        volunteering::value,
    ),
];

/// The readings, unless the cell is a territory that no funding line names.
fn funded(cell: &Cell<'_>, readings: impl FnOnce() -> Vec<Reading>) -> Vec<Reading> {
    let Scope::Territory(territory) = cell.scope else { return readings() };
    let named = |f: &crate::programme::Funding| f.ours && f.territory == Some(territory);
    if cell.programme.funding.iter().any(named) {
        readings()
    } else {
        vec![Reading::of(Value::Undefined("financement-sans-territoire"))]
    }
}

/// Euros of whole cents.
fn euros(cents: i64) -> f64 {
    cents as f64 / 100.0
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
