//! Values that are each possible but not together.

use super::{Context, Rule, Sink, rule};
use crate::programme::{Origin, Stage};
use crate::schema::TableId;
use chrono::NaiveDate;
use std::collections::BTreeMap;

pub(super) const RULES: &[Rule] = &[
    rule("temps-journee-longue", long_day),
    rule("benevolat-journee-longue", long_gift),
    rule("duree-invraisemblable", unlikely_duration),
    rule("touches-inferieurs-presents", reached_below_present),
    rule("realise-superieur-prevu", done_above_planned),
    rule("stade-contradictoire", stage_against_dates),
    rule("commune-hors-territoire", commune_elsewhere),
];

/// Longest working day not asked about, in hours (the legal maximum is 10, exceptionally 12).
const LONG_DAY: f64 = 12.0;
const DAY: f64 = 24.0;

/// Hours of each day and person, and the last row they come from.
type Days<'a> = BTreeMap<(NaiveDate, usize), (f64, &'a Origin)>;

/// Hours of one person on one day. A sheet where most days are that long counts weeks or months: it
/// is passed over.
fn long_day(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut sheets: BTreeMap<_, Days<'_>> = BTreeMap::new();
    for row in &context.programme.timesheets {
        let days = sheets.entry((row.origin.file(), row.origin.sheet())).or_default();
        let day = days.entry((row.date, row.worker)).or_insert((0.0, &row.origin));
        *day = (day.0 + row.hours, &row.origin);
    }
    for days in sheets.values() {
        let long: Vec<_> = days.iter().filter(|(_, (hours, _))| *hours > LONG_DAY).collect();
        if long.len() * 2 > days.len() {
            continue;
        }
        for ((date, _), (hours, origin)) in long {
            let place = context.place(TableId::Timesheets, origin, "hours");
            sink.put(place, context.number(*hours), vec![("date", context.date(*date))]);
        }
    }
}

fn long_gift(context: &Context<'_>, sink: &mut Sink<'_>) {
    for gift in context.programme.volunteering.iter().filter(|v| v.hours > DAY) {
        let place = context.place(TableId::Volunteering, &gift.origin, "hours");
        sink.put(place, context.number(gift.hours), vec![("date", context.date(gift.date))]);
    }
}

fn unlikely_duration(context: &Context<'_>, sink: &mut Sink<'_>) {
    for activity in &context.programme.activities {
        if let Some(hours) = activity.hours.filter(|h| *h <= 0.0 || *h > DAY) {
            let place = context.place(TableId::Activities, &activity.origin, "hours");
            sink.put(place, context.number(hours), vec![("activite", activity.title.clone())]);
        }
    }
}

fn reached_below_present(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut named: BTreeMap<usize, u32> = BTreeMap::new();
    for presence in &context.programme.attendance {
        *named.entry(presence.activity).or_default() += 1;
    }
    for (ix, activity) in context.programme.activities.iter().enumerate() {
        let present = named.get(&ix).unwrap_or(&0) + activity.anonymous.unwrap_or(0);
        if let Some(reached) = activity.reached.filter(|reached| *reached < present) {
            let place = context.place(TableId::Activities, &activity.origin, "reached");
            let details =
                vec![("activite", activity.title.clone()), ("presents", present.to_string())];
            sink.put(place, reached.to_string(), details);
        }
    }
}

fn done_above_planned(context: &Context<'_>, sink: &mut Sink<'_>) {
    let gap = context.settings.thresholds.gap;
    for action in &context.programme.actions {
        if let (Some(planned), Some(done)) = (action.quantity, action.done)
            && planned > 0.0
            && done > planned * (1.0 + gap)
        {
            let place = context.place(TableId::ActionPlan, &action.origin, "done");
            let details =
                vec![("action", action.title.clone()), ("prevu", context.number(planned))];
            sink.put(place, context.number(done), details);
        }
    }
}

/// The stage declared against the latest dated one, as of today.
fn stage_against_dates(context: &Context<'_>, sink: &mut Sink<'_>) {
    for project in context.programme.projects.iter().filter(|p| !p.stages.is_empty()) {
        if let (Some(declared), Some(dated)) =
            (project.declared, project.stage_at(context.settings.today))
            && declared != dated
        {
            let place = context.place(TableId::Projects, &project.origin, "stage");
            let details =
                vec![("projet", project.name.clone()), ("stade", Stage::label(dated).to_string())];
            sink.put(place, declared.label(), details);
        }
    }
}

/// A commune by its INSEE code, in a territory that lists its codes and not this one.
fn commune_elsewhere(context: &Context<'_>, sink: &mut Sink<'_>) {
    for activity in &context.programme.activities {
        let (Some(territory), Some(commune)) = (activity.territory, activity.commune.as_ref())
        else {
            continue;
        };
        let territory = &context.programme.territories[territory];
        let is_code = commune.len() == 5 && commune.bytes().skip(1).any(|b| b.is_ascii_digit());
        if is_code && !territory.codes.is_empty() && !territory.codes.contains(commune) {
            let place = context.place(TableId::Activities, &activity.origin, "commune");
            sink.put(place, commune.clone(), vec![("territoire", territory.name.clone())]);
        }
    }
}
