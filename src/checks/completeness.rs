//! What is missing for a figure to be computed.

use super::{Context, Rule, Sink, rule};
use crate::programme::{Activity, Stage};
use crate::schema::TableId;
use crate::tables::Frame;
use crate::texts::fold;
use std::collections::BTreeSet;

pub(super) const RULES: &[Rule] = &[
    rule("activite-sans-territoire", |context, sink| {
        if !context.programme.territories.is_empty() {
            activities_without(context, sink, "territory", |a| a.territory.is_none());
        }
    }),
    rule("activite-sans-type", |context, sink| {
        activities_without(context, sink, "kind", |a| a.kind.is_none());
    }),
    rule("activite-sans-duree", |context, sink| {
        activities_without(context, sink, "hours", |a| a.hours.is_none());
    }),
    rule("activite-sans-public", activity_without_public),
    rule("projet-sans-date", project_without_date),
    rule("projet-sans-partenaire", launched_without_partner),
    rule("structure-sans-type", organisation_without_kind),
    rule("territoire-sans-population", territory_without_population),
    rule("territoire-non-declare", territory_not_declared),
    rule("financement-sans-categorie", funding_without_category),
    rule("financement-sans-montant", funding_without_amount),
    rule("action-prevu-nul", action_planned_zero),
    rule("valorisation-sans-ademe", communication_without_ademe),
];

fn activities_without(
    context: &Context<'_>,
    sink: &mut Sink<'_>,
    column: &str,
    lacks: fn(&Activity) -> bool,
) {
    if !context.given(TableId::Activities) {
        return;
    }
    for activity in context.programme.activities.iter().filter(|a| lacks(a)) {
        let place = context.place(TableId::Activities, &activity.origin, column);
        sink.put(place, "", vec![("activite", activity.title.clone())]);
    }
}

/// A past activity nobody was counted at, where presences are kept.
fn activity_without_public(context: &Context<'_>, sink: &mut Sink<'_>) {
    if !context.given(TableId::Attendance) || !context.given(TableId::Activities) {
        return;
    }
    let attended: BTreeSet<_> = context.programme.attendance.iter().map(|p| p.activity).collect();
    for (ix, activity) in context.programme.activities.iter().enumerate() {
        let counted =
            attended.contains(&ix) || activity.anonymous.is_some() || activity.reached.is_some();
        if !counted && activity.date <= context.settings.today {
            let place = context.place(TableId::Activities, &activity.origin, "anonymous");
            sink.put(place, "", vec![("activite", activity.title.clone())]);
        }
    }
}

fn project_without_date(context: &Context<'_>, sink: &mut Sink<'_>) {
    for project in context.programme.projects.iter().filter(|p| p.stages.is_empty()) {
        let place = context.place(TableId::Projects, &project.origin, "stage");
        let read = project.declared.map_or("", Stage::label);
        sink.put(place, read, vec![("projet", project.name.clone())]);
    }
}

fn launched_without_partner(context: &Context<'_>, sink: &mut Sink<'_>) {
    if !context.given(TableId::Partnerships) {
        return;
    }
    let partnered: BTreeSet<_> = context.programme.partnerships.iter().map(|p| p.project).collect();
    for (ix, project) in context.programme.projects.iter().enumerate() {
        let launched = match project.reached(Stage::Launched) {
            Some(date) => date <= context.settings.today,
            None => project.declared == Some(Stage::Launched),
        };
        if launched && !partnered.contains(&ix) {
            let place = context.place(TableId::Projects, &project.origin, "name");
            sink.put(place, project.name.clone(), vec![("projet", project.name.clone())]);
        }
    }
}

fn organisation_without_kind(context: &Context<'_>, sink: &mut Sink<'_>) {
    for organisation in context.programme.organisations.iter().filter(|o| o.kind.is_none()) {
        if let Some(origin) = &organisation.origin {
            let place = context.place(TableId::Organisations, origin, "kind");
            sink.put(place, "", vec![("structure", organisation.name.clone())]);
        }
    }
}

fn territory_without_population(context: &Context<'_>, sink: &mut Sink<'_>) {
    for territory in &context.programme.territories {
        if let (Some(origin), None) = (&territory.origin, territory.population) {
            let place = context.place(TableId::Territories, origin, "population");
            sink.put(place, "", vec![("territoire", territory.name.clone())]);
        }
    }
}

/// A territory other sheets name and *Territoires* lacks: once, where it is first read.
fn territory_not_declared(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(declared) = context.tables.get(TableId::Territories) else { return };
    let mut known: BTreeSet<String> =
        (0..declared.len()).filter_map(|row| declared.text("name", row).map(fold)).collect();
    // Targets write the whole programme as a territory.
    known.extend(["programme", "tous", "ensemble"].map(fold));
    for frame in context.tables.iter().filter(|f| f.spec.id != TableId::Territories) {
        for row in 0..frame.len() {
            for name in territories_of(frame, row) {
                if known.insert(fold(name)) {
                    sink.put(frame.place(row, "territory"), name, Vec::new());
                }
            }
        }
    }
}

fn territories_of(frame: &Frame, row: usize) -> impl Iterator<Item = &str> {
    let one = frame.text("territory", row);
    one.into_iter().chain(frame.list("territory", row).iter().map(|name| &**name))
}

fn funding_without_category(context: &Context<'_>, sink: &mut Sink<'_>) {
    for funding in context.programme.funding.iter().filter(|f| f.ours && f.category.is_none()) {
        let place = context.place(TableId::Funding, &funding.origin, "category");
        sink.put(place, "", vec![]);
    }
}

fn funding_without_amount(context: &Context<'_>, sink: &mut Sink<'_>) {
    for funding in context.programme.funding.iter().filter(|f| f.ours) {
        let none = funding.asked.or(funding.granted).or(funding.received).is_none();
        if none && funding.status.as_deref() != Some("identifié") {
            let place = context.place(TableId::Funding, &funding.origin, "granted");
            sink.put(place, "", vec![]);
        }
    }
}

fn action_planned_zero(context: &Context<'_>, sink: &mut Sink<'_>) {
    for action in &context.programme.actions {
        if action.quantity.is_some_and(|quantity| quantity.abs() < f64::EPSILON) {
            let place = context.place(TableId::ActionPlan, &action.origin, "quantity");
            sink.put(place, "0", vec![("action", action.title.clone())]);
        }
    }
}

fn communication_without_ademe(context: &Context<'_>, sink: &mut Sink<'_>) {
    for item in &context.programme.communication {
        if item.mentions_ademe == Some(false) {
            let place = context.place(TableId::Communication, &item.origin, "mentions_ademe");
            sink.put(place, "non", vec![("support", item.medium.clone())]);
        }
    }
}
