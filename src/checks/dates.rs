//! Dates that cannot be, or not in that order.

use super::{Context, Rule, Sink, rule};
use crate::programme::{Origin, Stage};
use crate::schema::TableId;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

pub(super) const RULES: &[Rule] = &[
    rule("date-future", date_in_the_future),
    rule("presence-future", presence_in_the_future),
    rule("date-avant-programme", before_the_programme),
    rule("stades-en-desordre", stages_out_of_order),
    rule("decision-avant-depot", |context, sink| {
        out_of_order(context, sink, |f| (f.filed, f.decided), "decided");
    }),
    rule("convention-avant-decision", |context, sink| {
        out_of_order(context, sink, |f| (f.decided, f.signed), "signed");
    }),
    rule("sortie-avant-entree", exit_before_entry),
    rule("tresorerie-date-double", treasury_twice),
    rule("naissance-invraisemblable", birth_beyond_belief),
];

/// Oldest age believed.
const OLDEST: i32 = 110;

/// Records of things done, dated after today. Activities may be planned: see `presence-future`.
fn date_in_the_future(context: &Context<'_>, sink: &mut Sink<'_>) {
    let p = context.programme;
    let mut look = |table: TableId, dates: &mut dyn Iterator<Item = (NaiveDate, &Origin)>| {
        for (date, origin) in dates.filter(|(date, _)| *date > context.settings.today) {
            sink.put(context.place(table, origin, "date"), context.date(date), Vec::new());
        }
    };
    look(TableId::Timesheets, &mut p.timesheets.iter().map(|r| (r.date, &r.origin)));
    look(TableId::Volunteering, &mut p.volunteering.iter().map(|r| (r.date, &r.origin)));
    look(TableId::Treasury, &mut p.treasury.iter().map(|r| (r.date, &r.origin)));
    look(TableId::Learning, &mut p.learning.iter().map(|r| (r.date, &r.origin)));
    look(TableId::Communication, &mut p.communication.iter().map(|r| (r.date, &r.origin)));
    look(TableId::Cooperations, &mut p.cooperations.iter().map(|r| (r.date, &r.origin)));
}

/// Somebody was at an activity that has not taken place: once per activity.
fn presence_in_the_future(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut first: BTreeMap<usize, (&Origin, usize)> = BTreeMap::new();
    for presence in &context.programme.attendance {
        first.entry(presence.activity).or_insert((&presence.origin, 0)).1 += 1;
    }
    for (ix, (origin, count)) in first {
        let activity = &context.programme.activities[ix];
        if activity.date > context.settings.today {
            let place = context.place(TableId::Attendance, origin, "activity");
            let details = vec![
                ("activite", activity.title.clone()),
                ("date", context.date(activity.date)),
                ("n", count.to_string()),
            ];
            sink.put(place, activity.id.clone(), details);
        }
    }
}

fn before_the_programme(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(start) = context.settings.programme.start else { return };
    for activity in context.programme.activities.iter().filter(|a| a.date < start) {
        let place = context.place(TableId::Activities, &activity.origin, "date");
        sink.put(place, context.date(activity.date), vec![("debut", context.date(start))]);
    }
}

fn stages_out_of_order(context: &Context<'_>, sink: &mut Sink<'_>) {
    for project in &context.programme.projects {
        for pair in project.stages.windows(2) {
            let ((before, first), (after, second)) = (pair[0], pair[1]);
            if second < first {
                let place = context.place(TableId::Projects, &project.origin, column(after));
                let details = vec![
                    ("projet", project.name.clone()),
                    ("stade", after.label().to_string()),
                    ("avant", before.label().to_string()),
                    ("date", context.date(first)),
                ];
                sink.put(place, context.date(second), details);
            }
        }
    }
}

fn column(stage: Stage) -> &'static str {
    match stage {
        Stage::Idea => "idea",
        Stage::Emergence => "emergence",
        Stage::CoDesign => "co_design",
        Stage::Launched => "launched",
        Stage::Autonomous => "autonomous",
        Stage::Closed => "closed",
        Stage::Abandoned => "abandoned",
    }
}

type Pair = (Option<NaiveDate>, Option<NaiveDate>);

fn out_of_order(
    context: &Context<'_>,
    sink: &mut Sink<'_>,
    dates: fn(&crate::programme::Funding) -> Pair,
    column: &str,
) {
    for funding in context.programme.funding.iter().filter(|f| f.ours) {
        if let (Some(first), Some(second)) = dates(funding)
            && second < first
        {
            let place = context.place(TableId::Funding, &funding.origin, column);
            sink.put(place, context.date(second), vec![("date", context.date(first))]);
        }
    }
}

fn exit_before_entry(context: &Context<'_>, sink: &mut Sink<'_>) {
    for partnership in &context.programme.partnerships {
        if let (Some(from), Some(to)) = (partnership.from, partnership.to)
            && to < from
        {
            let place = context.place(TableId::Partnerships, &partnership.origin, "to");
            sink.put(place, context.date(to), vec![("date", context.date(from))]);
        }
    }
}

fn treasury_twice(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut seen: BTreeMap<NaiveDate, i64> = BTreeMap::new();
    for treasury in &context.programme.treasury {
        if let Some(first) = seen.insert(treasury.date, treasury.available) {
            let place = context.place(TableId::Treasury, &treasury.origin, "date");
            let details =
                vec![("un", context.euros(first)), ("deux", context.euros(treasury.available))];
            sink.put(place, context.date(treasury.date), details);
        }
    }
}

/// The year of birth itself is personal: it is not repeated.
fn birth_beyond_belief(context: &Context<'_>, sink: &mut Sink<'_>) {
    let today = context.settings.today.year();
    for person in &context.programme.people {
        if let (Some(year), Some(origin)) = (person.birth_year, &person.origin)
            && !(today - OLDEST..=today).contains(&year)
        {
            sink.put(origin.place(), "•••", Vec::new());
        }
    }
}
