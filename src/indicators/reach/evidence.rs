//! Evidence of presence: who was at which activity, and organisations through their members.

use crate::indicators::tally::firsts;
use crate::indicators::{Evidence, Horizon, Query};
use crate::programme::{Activity, Programme, TerritorySet};
use crate::settings::Settings;
use std::collections::BTreeSet;

/// Subject of a row that counts people without a name.
pub(super) const NOBODY: usize = usize::MAX;

/// Named presences (subject: person, other: activity, amount 1; once per person and activity), then
/// anonymous counts (subject: [`NOBODY`], other: activity, amount: people).
pub(super) static PRESENCES: Query =
    Query { name: "presences", horizon: Horizon::Within, rows: presences };

/// Named presences up to the end of the window, to look at the quarter before.
pub(super) static PAST_PRESENCES: Query =
    Query { name: "presences_passees", horizon: Horizon::UpTo, rows: named };

/// First presence of each person in the programme, and in each territory.
pub(super) static FIRST_PRESENCES: Query = Query {
    name: "premieres_presences",
    horizon: Horizon::Within,
    rows: |p, s| firsts(named(p, s)),
};

/// Organisations present through a member, or organising (subject: organisation, other: activity).
pub(super) static ORGANISATIONS: Query =
    Query { name: "structures_presentes", horizon: Horizon::Within, rows: organisations };

/// First time of each organisation in the programme, and in each territory.
pub(super) static FIRST_ORGANISATIONS: Query = Query {
    name: "premieres_structures",
    horizon: Horizon::Within,
    rows: |p, s| firsts(organisations(p, s)),
};

/// A row that counts where and when an activity took place.
pub(super) fn at(activity: &Activity) -> Evidence {
    Evidence {
        origin: activity.origin.clone(),
        territories: TerritorySet::one(activity.territory),
        date: Some(activity.date),
        amount: 1.0,
        ..Evidence::default()
    }
}

/// Named presences, once per person and activity, in order of person then activity.
pub(super) fn named(programme: &Programme, _settings: &Settings) -> Vec<Evidence> {
    let mut rows: Vec<Evidence> = programme
        .attendance
        .iter()
        .map(|presence| Evidence {
            origin: presence.origin.clone(),
            subject: presence.person,
            other: presence.activity,
            ..at(&programme.activities[presence.activity])
        })
        .collect();
    rows.sort_by(|a, b| (a.subject, a.other, &a.origin).cmp(&(b.subject, b.other, &b.origin)));
    rows.dedup_by_key(|row| (row.subject, row.other));
    rows
}

fn presences(programme: &Programme, settings: &Settings) -> Vec<Evidence> {
    let anonymous = programme.activities.iter().enumerate().filter_map(|(index, activity)| {
        let count = activity.anonymous?;
        Some(Evidence { subject: NOBODY, other: index, amount: f64::from(count), ..at(activity) })
    });
    named(programme, settings).into_iter().chain(anonymous).collect()
}

fn organisations(programme: &Programme, settings: &Settings) -> Vec<Evidence> {
    let members = named(programme, settings).into_iter().filter_map(|row| {
        let organisation = programme.people[row.subject].organisation?;
        Some(Evidence { subject: organisation, ..row })
    });
    let organisers = programme.activities.iter().enumerate().flat_map(|(index, activity)| {
        activity.organisers.iter().map(move |organisation| Evidence {
            subject: *organisation,
            other: index,
            ..at(activity)
        })
    });
    let mut seen = BTreeSet::new();
    members.chain(organisers).filter(|row| seen.insert((row.subject, row.other))).collect()
}
