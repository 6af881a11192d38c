//! Evidence of presence: who was at which activity, and organisations through their members.

use crate::hashing::NumberSet;
use crate::indicators::tally::firsts;
use crate::indicators::{Base, Evidence, Horizon, Query, Rows};
use crate::programme::{Activity, TerritorySet};

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
    rows: |base| firsts(base.presences()).into(),
};

/// Organisations present through a member, or organising (subject: organisation, other: activity).
pub(super) static ORGANISATIONS: Query = Query {
    name: "structures_presentes",
    horizon: Horizon::Within,
    rows: |base| organisations(base).into(),
};

/// First time of each organisation in the programme, and in each territory.
pub(super) static FIRST_ORGANISATIONS: Query = Query {
    name: "premieres_structures",
    horizon: Horizon::Within,
    rows: |base| firsts(&organisations(base)).into(),
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

fn presences<'a>(base: &'a Base<'_>) -> Rows<'a> {
    let activities = &base.programme.activities;
    let anonymous = activities.iter().enumerate().filter_map(|(index, activity)| {
        let count = activity.anonymous?;
        Some(Evidence { subject: NOBODY, other: index, amount: f64::from(count), ..at(activity) })
    });
    Rows { shared: base.presences(), own: anonymous.collect() }
}

fn organisations(base: &Base<'_>) -> Vec<Evidence> {
    let programme = base.programme;
    let mut seen = NumberSet::default();
    let mut all = Vec::new();
    for row in base.presences() {
        let organisation = programme.people[row.subject].organisation;
        if let Some(subject) = organisation.filter(|subject| seen.insert((*subject, row.other))) {
            all.push(Evidence { subject, ..row.clone() });
        }
    }
    for (other, activity) in programme.activities.iter().enumerate() {
        for subject in &activity.organisers {
            if seen.insert((*subject, other)) {
                all.push(Evidence { subject: *subject, other, ..at(activity) });
            }
        }
    }
    all
}
