//! Who brings which part.

use super::funder::{self, Source};
use super::{euros, funded, grants};
use crate::indicators::{Cell, Reading, Value};

const NOTHING: &str = "aucun-montant";
/// Line of money without a category.
const NO_CATEGORY: &str = "non renseigné";

/// Cents of ADEME, and of all, among funders above 0.
fn ademe_and_total(cell: &Cell<'_>) -> (i64, i64) {
    let funders = grants::by_funder(cell);
    let ademe = funders.iter().filter(|(name, _)| funder::is_ademe(name)).map(|(_, c)| c).sum();
    (ademe, funders.values().sum())
}

/// Share of the largest funder; share of ADEME.
pub(super) fn dependence(cell: &Cell<'_>) -> Vec<Reading> {
    funded(cell, || {
        let funders = grants::by_funder(cell);
        let largest = funders.values().copied().max().unwrap_or(0);
        let (ademe, total) = ademe_and_total(cell);
        let share = |part| Reading::rate(euros(part), euros(total), NOTHING).with_n(funders.len());
        vec![share(largest), share(ademe).by("financeur", "ADEME")]
    })
}

/// Shares by origin (public, private, own), by line of the Cerfa and by funder, with amounts.
pub(super) fn parts(cell: &Cell<'_>) -> Vec<Reading> {
    funded(cell, || {
        let funders = grants::by_funder(cell);
        let total: i64 = funders.values().sum();
        if total == 0 {
            return vec![Reading::of(Value::Undefined(NOTHING))];
        }
        let share = |cents: i64| Reading::rate(euros(cents), euros(total), NOTHING);
        // Lines of funders without a share have none either: every breakdown adds up to the total.
        let counted = |name: &str| funders.contains_key(name);
        let origins = grants::by(cell, |name, category| {
            counted(name).then(|| funder::source(name, category))
        });
        let lines = grants::by(cell, |name, category| {
            counted(name).then(|| funder::line(name, category).unwrap_or(NO_CATEGORY))
        });
        let origin = |source: Source| origins.get(&Some(source)).copied().unwrap_or(0);
        let mut readings: Vec<Reading> = Source::ALL
            .into_iter()
            .map(|source| share(origin(source)).by("origine", source.code()))
            .collect();
        readings.extend(
            lines
                .into_iter()
                .filter_map(|(line, cents)| Some(share(cents).by("ligne_cerfa", line?))),
        );
        readings
            .extend(funders.into_iter().map(|(name, cents)| share(cents).by("financeur", name)));
        readings
    })
}

/// Euros from others for one euro of ADEME.
pub(super) fn leverage(cell: &Cell<'_>) -> Vec<Reading> {
    funded(cell, || {
        let (ademe, total) = ademe_and_total(cell);
        let reason = if total == 0 { NOTHING } else { "sans-ademe" };
        vec![Reading::rate(euros(total - ademe), euros(ademe), reason)]
    })
}

/// Public money over all that is granted.
pub(super) fn public_share(cell: &Cell<'_>) -> Vec<Reading> {
    funded(cell, || {
        let sources = grants::by(cell, funder::source);
        let of = |source| sources.get(&source).copied().unwrap_or(0);
        if of(Source::Unknown) > 0 {
            return vec![Reading::of(Value::Undefined("categorie-non-renseignee"))];
        }
        let total = sources.values().sum();
        vec![Reading::rate(euros(of(Source::Public)), euros(total), NOTHING)]
    })
}
