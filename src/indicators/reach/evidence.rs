//! Evidence of presence: who was at which activity, and organisations through their members.

use crate::hashing::NumberSet;
use crate::indicators::tally::firsts;
use crate::indicators::{Base, Evidence, Horizon, Query};
use crate::programme::{Activity, TerritorySet};
use std::borrow::Cow;

/// Subject of a row that counts people without a name.
pub(super) const NOBODY: usize = usize::MAX;

/// Named presences (subject: person, other: activity, amount 1; once per person and activity), then
/// anonymous counts (subject: [`NOBODY`], other: activity, amount: people).
pub(super) static PRESENCES: Query =
    Query { name: "presences", horizon: Horizon::Within, rows: presences };

/// Named presences up to the end of the window, to look at the quarter before.
pub(super) static PAST_PRESENCES: Query = Query {
    name: "presences_passees",
    horizon: Horizon::UpTo,
    rows: |base| base.presences().into(),
};

/// First presence of each person in the programme, and in each territory.
pub(super) static FIRST_PRESENCES: Query = Query {
    name: "premieres_presences",
    horizon: Horizon::Within,
    rows: |base| firsts(base.presences().to_vec()).into(),
};

/// Organisations present through a member, or organising (subject: organisation, other: activity).
pub(super) static ORGANISATIONS: Query =
    Query { name: "structures_presentes", horizon: Horizon::Within, rows: organisations };

/// First time of each organisation in the programme, and in each territory.
pub(super) static FIRST_ORGANISATIONS: Query = Query {
    name: "premieres_structures",
    horizon: Horizon::Within,
    rows: |base| firsts(organisations(base).into_owned()).into(),
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

fn presences<'a>(base: &'a Base<'_>) -> Cow<'a, [Evidence]> {
    let activities = &base.programme.activities;
    let anonymous = activities.iter().enumerate().filter_map(|(index, activity)| {
        let count = activity.anonymous?;
        Some(Evidence { subject: NOBODY, other: index, amount: f64::from(count), ..at(activity) })
    });
    base.presences().iter().cloned().chain(anonymous).collect()
}

fn organisations<'a>(base: &'a Base<'_>) -> Cow<'a, [Evidence]> {
    let programme = base.programme;
    let members = base.presences().iter().filter_map(|row| {
        let organisation = programme.people[row.subject].organisation?;
        Some(Evidence { subject: organisation, ..row.clone() })
    });
    let organisers = programme.activities.iter().enumerate().flat_map(|(index, activity)| {
        activity.organisers.iter().map(move |organisation| Evidence {
            subject: *organisation,
            other: index,
            ..at(activity)
        })
    });
    let mut seen = NumberSet::default();
    members.chain(organisers).filter(|row| seen.insert((row.subject, row.other))).collect()
}
