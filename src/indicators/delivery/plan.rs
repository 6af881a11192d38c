//! Physical progress: what each line of the action plan has done, counted in its own unit from the
//! activities that name it, unless *réalisé* is typed.

use crate::indicators::tally::{distinct, total};
use crate::indicators::{Base, Cell, Evidence, Horizon, Query, Reading, Value};
use crate::period::WindowKind;
use crate::programme::{Activity, PlannedAction, TerritorySet};
use crate::texts::fold;
use std::collections::BTreeMap;

/// What an action is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Count {
    Activities,
    Hours,
    People,
    Organisations,
    Projects,
    /// Documents, euros…: only what is typed counts.
    Nothing,
}

/// Words of a unit, folded, and what they count. No unit: activities.
const UNITS: [(&str, Count); 28] = [
    ("heure", Count::Hours),
    ("h", Count::Hours),
    ("participant", Count::People),
    ("personne", Count::People),
    ("habitant", Count::People),
    ("citoyen", Count::People),
    ("porteur", Count::People),
    ("structure", Count::Organisations),
    ("association", Count::Organisations),
    ("organisation", Count::Organisations),
    ("projet", Count::Projects),
    ("atelier", Count::Activities),
    ("activite", Count::Activities),
    ("action", Count::Activities),
    ("seance", Count::Activities),
    ("reunion", Count::Activities),
    ("rencontre", Count::Activities),
    ("comite", Count::Activities),
    ("formation", Count::Activities),
    ("conference", Count::Activities),
    ("evenement", Count::Activities),
    ("animation", Count::Activities),
    ("stand", Count::Activities),
    ("chantier", Count::Activities),
    ("contact", Count::Activities),
    ("concertation", Count::Activities),
    ("accompagnement", Count::Activities),
    ("rendez", Count::Activities),
];

fn counted(action: &PlannedAction) -> Count {
    let Some(unit) = action.unit.as_deref() else { return Count::Activities };
    let unit = fold(unit);
    let known = |word: &str| UNITS.iter().find(|(unit, _)| *unit == word).map(|(_, count)| *count);
    unit.split(' ').find_map(known).unwrap_or(Count::Nothing)
}

/// Work done for actions (subject: action, other: what is counted once, amount: 1 or hours).
pub(super) static WORK: Query =
    Query { name: "realise", horizon: Horizon::Within, rows: |base| work(base).into() };

fn work(base: &Base<'_>) -> Vec<Evidence> {
    let programme = base.programme;
    let actions: BTreeMap<&str, (usize, Count)> = programme
        .actions
        .iter()
        .enumerate()
        .map(|(index, action)| (action.id.as_str(), (index, counted(action))))
        .collect();
    let action_of = |activity: &Activity| actions.get(activity.action.as_deref()?).copied();
    let mut rows = Vec::new();
    for (index, activity) in programme.activities.iter().enumerate() {
        let Some((action, count)) = action_of(activity) else { continue };
        let others: Vec<(usize, f64)> = match count {
            Count::Activities => vec![(index, 1.0)],
            Count::Hours => activity.hours.map(|hours| (index, hours)).into_iter().collect(),
            Count::Organisations => activity.organisers.iter().map(|ix| (*ix, 1.0)).collect(),
            Count::Projects => activity.project.map(|ix| (ix, 1.0)).into_iter().collect(),
            Count::People | Count::Nothing => Vec::new(),
        };
        rows.extend(others.into_iter().map(|(other, amount)| row(activity, action, other, amount)));
    }
    for presence in &programme.attendance {
        let activity = &programme.activities[presence.activity];
        let other = match action_of(activity) {
            Some((action, Count::People)) => Some((action, presence.person)),
            Some((action, Count::Organisations)) => programme.people[presence.person]
                .organisation
                .map(|organisation| (action, organisation)),
            _ => None,
        };
        rows.extend(other.map(|(action, other)| Evidence {
            origin: presence.origin.clone(),
            ..row(activity, action, other, 1.0)
        }));
    }
    rows
}

fn row(activity: &Activity, subject: usize, other: usize, amount: f64) -> Evidence {
    Evidence {
        origin: activity.origin.clone(),
        territories: TerritorySet::one(activity.territory),
        date: Some(activity.date),
        subject,
        other,
        amount,
        local: false,
    }
}

/// Done over planned by action; headline: their mean, each action counting for at most 100 %.
pub(super) fn progress(cell: &Cell<'_>) -> Vec<Reading> {
    let mut rows: BTreeMap<usize, Vec<&Evidence>> = BTreeMap::new();
    for row in &cell.rows {
        rows.entry(row.subject).or_default().push(row);
    }
    let none = Vec::new();
    let by_action: Vec<Reading> = cell
        .programme
        .actions
        .iter()
        .enumerate()
        .map(|(index, action)| {
            let rows = rows.get(&index).unwrap_or(&none);
            let reading = of_action(action, rows, cell.window.kind);
            // What is typed is published with the plan.
            let people = action.done.is_none() && counted(action) == Count::People;
            let reading = match reading.numerator {
                Some(done) if people => reading.people(done as usize),
                _ => reading,
            };
            reading.by("action", action.id.as_str())
        })
        .collect();
    let shares: Vec<f64> =
        by_action.iter().filter_map(|r| r.value.get()).map(|share| share.min(1.0)).collect();
    let total = total(shares.iter().copied());
    let mean = Value::ratio(total, shares.len() as f64, "aucune-action-mesuree");
    [Reading::of(mean).with_n(shares.len())].into_iter().chain(by_action).collect()
}

fn of_action(action: &PlannedAction, rows: &[&Evidence], kind: WindowKind) -> Reading {
    let count = counted(action);
    let done = match (action.done, count) {
        (Some(done), _) if kind == WindowKind::Cumulative => done,
        (Some(_), _) => return Reading::of(Value::Undefined("saisi-sans-date")),
        (None, Count::Nothing) => return Reading::of(Value::Undefined("unite-non-comptee")),
        (None, Count::Activities | Count::Hours) => total(rows.iter().map(|row| row.amount)),
        (None, _) => distinct(rows.iter().map(|row| row.other)) as f64,
    };
    match action.quantity {
        Some(planned) => Reading::rate(done, planned, "prevu-nul"),
        None => Reading {
            numerator: Some(done),
            ..Reading::of(Value::Missing(crate::schema::TableId::ActionPlan.spec().sheet))
        },
    }
}
