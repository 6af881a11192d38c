//! Counts of all who came to some scope over some days, whatever is known of them, and which measures
//! say them.

use super::{BREAKDOWN, Days, Keep, Number, Published, Said, System, wide};
use crate::indicators::{Measure, Scope, Value};
use crate::period::{Quarter, WindowKind};
use crate::settings::Thresholds;
use std::collections::{BTreeMap, BTreeSet};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::privacy) enum Total {
    /// People.
    People,
    /// Those who came for the first time.
    New,
    /// The others.
    Returned,
    /// Those who came in the quarter before too.
    Kept,
    /// Those who came twice or more.
    Loyal,
    /// Their presences.
    Presences,
    /// Σ territories of the people of each.
    Places,
    /// How many times somebody is counted in one territory more.
    Doubles,
    /// People seen in no territory.
    Outside,
    /// Organisations.
    Organisations,
    /// Those that took part for the first time.
    NewOrganisations,
}

use Total::{
    Doubles, Kept, Loyal, New, NewOrganisations, Organisations, Outside, People, Places, Presences,
    Returned,
};

/// A count: of what, where and when.
pub(in crate::privacy) type Head = (Total, Scope, Days);

impl Total {
    fn counts_organisations(self) -> bool {
        matches!(self, Organisations | NewOrganisations)
    }

    /// Smallest publishable count.
    fn least(self, thresholds: &Thresholds) -> u64 {
        if self.counts_organisations() { thresholds.organisations } else { thresholds.people }
    }

    /// Width it must keep when it is hidden. Those only said through a rate are not counts of the report:
    /// that they are not known exactly is enough.
    fn width(self, thresholds: &Thresholds) -> u64 {
        match self {
            Kept | Loyal => 0,
            _ if self.counts_organisations() => self.least(thresholds),
            _ => wide(thresholds.people, BREAKDOWN),
        }
    }
}

/// The counts a measure says, each with its value where the measure alone gives it.
fn said(measure: &Measure) -> Vec<(Total, Days, Option<u64>)> {
    let (reading, days) = (&measure.reading, measure.window.days());
    let number = |value: Option<f64>| value.map(|value| value as u64);
    let value = match reading.value {
        Value::Number(value) => Some(value as u64),
        _ => None,
    };
    let last = Quarter::of(days.1).previous();
    let last = (last.start(), last.end());
    let cumulative = measure.window.kind == WindowKind::Cumulative;
    match (measure.indicator.id, reading.dimension, reading.modality.as_str()) {
        ("participants_uniques" | "echelle", "", _) => vec![(People, days, value)],
        // The highest bound is people and anonymous counts, which are published; the lowest may be the
        // attendance of the largest activity.
        ("participants_uniques", "borne", _) => {
            vec![(People, days, None), (Presences, days, None)]
        }
        ("nouveaux", "", _) if cumulative => vec![(People, days, value)],
        ("nouveaux", "", _) => vec![(New, days, value)],
        // Its n may be hidden alone: see [`of_n`].
        ("de_retour", "", _) => vec![(Returned, days, value)],
        ("retention", "", _) => {
            vec![
                (Kept, days, number(reading.numerator)),
                (People, last, number(reading.denominator)),
            ]
        }
        ("fidelisation", "", _) => {
            vec![
                (Loyal, days, number(reading.numerator)),
                (People, days, number(reading.denominator)),
            ]
        }
        ("penetration", "", _) => vec![(People, days, number(reading.numerator))],
        ("cout_par_participant", "", _) => vec![(People, days, number(reading.denominator))],
        // Anonymous counts are published by activity: the rest are named presences.
        ("participations", "comptage", "nommees") => vec![(Presences, days, value)],
        // How unequal the activities are gives their attendance away where the sum is known.
        ("participations" | "concentration", "", _) => vec![(Presences, days, None)],
        ("taux_identification", "", _) => vec![(Presences, days, number(reading.numerator))],
        ("chevauchement", _, "somme_territoires") => vec![(Places, days, value)],
        ("chevauchement", _, "" | "doubles") => vec![(Doubles, days, value)],
        ("chevauchement", _, "hors_territoire") => vec![(Outside, days, value)],
        ("chevauchement", _, "programme") => vec![(People, days, value)],
        ("structures_touchees", "", _) => vec![(Organisations, days, value)],
        ("structures_nouvelles", "", _) if cumulative => vec![(Organisations, days, value)],
        ("structures_nouvelles", "", _) => vec![(NewOrganisations, days, value)],
        _ => Vec::new(),
    }
}

/// The count that the n of a measure says, when its value does not.
pub(in crate::privacy) fn of_n(measure: &Measure) -> Option<Head> {
    let breaks_down = ["de_retour", BREAKDOWN, "structures_touchees"];
    let total = match measure.indicator.id {
        "structures_touchees" => Organisations,
        _ => People,
    };
    let said = breaks_down.contains(&measure.indicator.id) && measure.reading.n.is_some();
    said.then_some((total, measure.scope, measure.window.days()))
}

/// Scopes and days of fewer people, or organisations, than the threshold: nothing is said of them.
pub(in crate::privacy) fn small(measures: &[Measure], thresholds: &Thresholds) -> BTreeSet<Head> {
    let shown = measures.iter().filter(|m| m.window.kind != WindowKind::Unpublished);
    let all = shown.flat_map(|measure| {
        said(measure).into_iter().map(|(total, days, value)| (total, measure.scope, days, value))
    });
    all.filter(|(total, .., value)| {
        let few = value.is_some_and(|value| (1..total.least(thresholds)).contains(&value));
        few && matches!(total, People | Organisations)
    })
    .map(|(total, scope, days, _)| (total, scope, days))
    .collect()
}

/// What is known of a count before it joins the system.
#[derive(Default)]
struct Known {
    value: Option<u64>,
    /// Measures of this report that say it.
    shown: Vec<usize>,
    /// An earlier report has told it.
    told: bool,
    /// An earlier report withheld it.
    withheld: bool,
}

impl System {
    /// The counts that measures say. A small one is hidden with all that is of it.
    pub(super) fn add_heads(
        &mut self,
        measures: &[Measure],
        published: &Published,
        thresholds: &Thresholds,
        small: &BTreeSet<Head>,
    ) {
        let mut all: BTreeMap<Head, Known> = BTreeMap::new();
        for (at, measure) in measures.iter().enumerate() {
            if !self.counts(measure) {
                continue;
            }
            let reading = &measure.reading;
            let told = reading.value.get().map(|value| {
                let what = (measure.indicator.id, measure.scope, measure.window.days());
                published.of(what, (reading.dimension, &reading.modality), value)
            });
            for (total, days, value) in said(measure) {
                let known = all.entry((total, measure.scope, days)).or_default();
                known.value = known.value.or(value);
                known.told |= told == Some(Said::Told { same: true });
                known.withheld |=
                    told == Some(Said::Withheld) && matches!(total, People | Organisations);
                if measure.window.kind != WindowKind::Unpublished {
                    known.shown.push(at);
                }
            }
        }
        // Territories where somebody came: nobody came to two where there are not two.
        let mut territories: BTreeMap<Days, usize> = BTreeMap::new();
        for ((total, scope, days), known) in &all {
            if *total == People && *scope != Scope::Programme && known.value > Some(0) {
                *territories.entry(*days).or_default() += 1;
            }
        }
        for (key, known) in all {
            let Some(value) = known.value else { continue };
            let (total, scope, days) = key;
            let of = if total.counts_organisations() { Organisations } else { People };
            let number = Number {
                value,
                floor: 0,
                threshold: total.width(thresholds),
                small: small.contains(&(of, scope, days)) || known.withheld,
            };
            let cell = if known.shown.is_empty() && !known.told && !known.withheld {
                self.unknown(value as i64)
            } else {
                // That nobody came shows in what is not broken down, and that nobody can have come outside
                // any territory in the published activities; that none of few came back, or came elsewhere
                // too, in what is known of other days.
                let open = of == Organisations && value == 0
                    || matches!(total, Returned | Doubles) && value == 0 && number.small
                    || matches!(total, People | Outside | Places) && value == 0
                    || total == Doubles
                        && value == 0
                        && territories.get(&days).is_none_or(|n| *n < 2);
                self.push(&number, known.told || open)
            };
            if self.cells[cell].keep != Keep::Open {
                // The breakdowns of organisations do without the total that a reader looks for first.
                self.cells[cell].keep = if of == Organisations { Keep::Last } else { Keep::Dear };
            }
            if known.told && number.small && !known.shown.is_empty() {
                self.told.insert(cell);
            }
            self.measures[cell] = known.shown;
            self.heads.insert(key, cell);
        }
    }

    /// A count, if anything says it.
    pub(super) fn head(&self, total: Total, scope: Scope, days: Days) -> Option<usize> {
        self.heads.get(&(total, scope, days)).copied()
    }
}
