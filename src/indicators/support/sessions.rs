//! Support sessions: an *accompagnement*, a *médiation*, a *conseil*, or any activity that names the
//! project it supports. Our convention, printed in the report.

use crate::indicators::tally::{distinct, tally, total};
use crate::indicators::{Base, Cell, Evidence, Horizon, Query, Reading, Value};
use crate::programme::{Activity, Person, Programme, TerritorySet};
use crate::schema::TableId;
use std::collections::{BTreeMap, BTreeSet};

/// Types of activity that are support in themselves.
const KINDS: [&str; 3] = ["accompagnement", "médiation", "conseil"];
const TRAINING: &str = "formation";
const HOLDER: &str = "porteur de projet";
/// Statuses of those who pass on what they learn.
const RELAY_STATUSES: [&str; 4] = ["bénévole", "élu", "agent", "salarié"];
/// Roles at the training that say the same.
const RELAY_ROLES: [&str; 2] = ["bénévole", "organisateur"];
/// Role of those who give the training.
const TRAINER: &str = "intervenant";
/// Posture of a session with organisations of several postures.
const SEVERAL: &str = "plusieurs";

/// Sessions (subject: activity, other: index in [`POSTURES`] or past its end, amount: hours, 0 if unknown).
pub(in crate::indicators) static SESSIONS: Query =
    Query { name: "seances", horizon: Horizon::Within, rows: |base| session_rows(base).into() };

/// Project holders and the sessions that supported them (subject: person, other: activity).
pub(super) static HOLDERS: Query = Query {
    name: "porteurs",
    horizon: Horizon::Within,
    rows: |base| holders_supported(base.programme).into(),
};

/// Relays trained (subject: person, other: activity).
pub(super) static RELAYS: Query =
    Query { name: "relais", horizon: Horizon::Within, rows: |base| relays(base.programme).into() };

/// Postures of organisations, then what stands for several.
const POSTURES: [&str; 4] = ["contre", "avec", "à côté", SEVERAL];

fn is_session(activity: &Activity) -> bool {
    activity.project.is_some() || activity.kind.as_deref().is_some_and(|k| KINDS.contains(&k))
}

/// A holder says so, or says nothing and is linked to a project.
fn is_holder(person: &Person) -> bool {
    match person.status.as_deref() {
        Some(status) => status == HOLDER,
        None => !person.projects.is_empty(),
    }
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

/// One row per holder and session: holders present, and holders of the project supported.
pub(in crate::indicators) fn holders_supported(programme: &Programme) -> Vec<Evidence> {
    let mut holders_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, person) in programme.people.iter().enumerate().filter(|(_, p)| is_holder(p)) {
        for project in &person.projects {
            holders_of.entry(*project).or_default().push(index);
        }
    }
    let present = programme.attendance.iter().filter_map(|presence| {
        let activity = &programme.activities[presence.activity];
        let counts = is_session(activity) && is_holder(&programme.people[presence.person]);
        counts.then_some((presence.person, presence.activity))
    });
    let linked = programme.activities.iter().enumerate().flat_map(|(index, activity)| {
        let holders = activity.project.and_then(|project| holders_of.get(&project));
        holders.into_iter().flatten().map(move |person| (*person, index))
    });
    let pairs: BTreeSet<(usize, usize)> = present.chain(linked).collect();
    pairs
        .into_iter()
        .map(|(person, index)| row(&programme.activities[index], person, index, 1.0))
        .collect()
}

fn relays(programme: &Programme) -> Vec<Evidence> {
    let pairs: BTreeSet<(usize, usize)> = programme
        .attendance
        .iter()
        .filter(|presence| {
            let person = &programme.people[presence.person];
            let role = presence.role.as_deref();
            let passes_on = person.organisation.is_some()
                || person.status.as_deref().is_some_and(|s| RELAY_STATUSES.contains(&s))
                || role.is_some_and(|r| RELAY_ROLES.contains(&r));
            let training = programme.activities[presence.activity].kind.as_deref();
            training == Some(TRAINING) && role != Some(TRAINER) && passes_on
        })
        .map(|presence| (presence.person, presence.activity))
        .collect();
    pairs
        .into_iter()
        .map(|(person, index)| row(&programme.activities[index], person, index, 1.0))
        .collect()
}

fn session_rows(base: &Base<'_>) -> Vec<Evidence> {
    let programme = base.programme;
    let postures = session_postures(programme);
    programme
        .activities
        .iter()
        .enumerate()
        .filter(|(_, activity)| is_session(activity))
        .map(|(index, activity)| {
            let posture = postures.get(&index).copied().unwrap_or(POSTURES.len());
            row(activity, index, posture, activity.hours.unwrap_or(0.0))
        })
        .collect()
}

/// Index in [`POSTURES`] of each session's posture: that of the organisation that carries the project
/// supported, else those of the organisations of the people present.
fn session_postures(programme: &Programme) -> BTreeMap<usize, usize> {
    let code = |organisation: usize| {
        let posture = programme.organisations[organisation].posture.as_deref()?;
        POSTURES.iter().position(|p| *p == posture)
    };
    let mut postures: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, activity) in programme.activities.iter().enumerate() {
        let holder = activity.project.and_then(|project| programme.projects[project].holder);
        if let Some(posture) = holder.and_then(code) {
            postures.insert(index, posture);
        }
    }
    let carried: BTreeSet<usize> = postures.keys().copied().collect();
    for presence in &programme.attendance {
        let organisation = programme.people[presence.person].organisation;
        let Some(posture) = organisation.and_then(code) else { continue };
        if !carried.contains(&presence.activity) {
            postures
                .entry(presence.activity)
                .and_modify(|known| {
                    if *known != posture {
                        *known = POSTURES.len() - 1;
                    }
                })
                .or_insert(posture);
        }
    }
    postures
}

/// Different people of the rows.
pub(super) fn people(cell: &Cell<'_>) -> Vec<Reading> {
    let count = distinct(cell.rows.iter().map(|row| row.subject));
    vec![Reading::count(count).people(count)]
}

pub(super) fn count(cell: &Cell<'_>) -> Vec<Reading> {
    let mut readings = vec![Reading::count(cell.rows.len())];
    readings.extend(by_role_and_posture(cell, |_| 1.0));
    readings
}

/// Hours of the sessions whose duration is known; n says how many those are.
pub(super) fn hours(cell: &Cell<'_>) -> Vec<Reading> {
    let timed = |row: &Evidence| cell.programme.activities[row.subject].hours.is_some();
    let n = cell.rows.iter().filter(|row| timed(row)).count();
    if n == 0 && !cell.rows.is_empty() {
        return vec![Reading::of(Value::Missing(TableId::Activities.spec().sheet))];
    }
    let total = total(cell.rows.iter().map(|row| row.amount));
    let mut readings = vec![Reading::of(Value::number(total)).with_n(n)];
    readings.extend(by_role_and_posture(cell, |row| row.amount));
    readings
}

fn by_role_and_posture(cell: &Cell<'_>, amount: impl Fn(&Evidence) -> f64) -> Vec<Reading> {
    let role = |row: &Evidence| cell.programme.activities[row.subject].role.as_deref();
    let posture = |row: &Evidence| POSTURES.get(row.other).copied();
    let roles = tally(&[], cell.rows.iter().map(|row| (role(row), amount(row))));
    let postures = tally(&[], cell.rows.iter().map(|row| (posture(row), amount(row))));
    [("role", roles), ("posture", postures)]
        .into_iter()
        .flat_map(|(dimension, modalities)| {
            modalities.into_iter().map(move |(modality, amount)| {
                Reading::of(Value::number(amount)).by(dimension, modality)
            })
        })
        .collect()
}
