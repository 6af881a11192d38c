//! What points to something that is not there.

use super::{Context, Rule, Sink, rule};
use crate::period::Quarter;
use crate::programme::Target;
use crate::schema::TableId;
use crate::texts::{self, Lang, fold, snake};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const RULES: &[Rule] = &[
    rule("action-inconnue", unknown_action),
    rule("capitalisation-projet-inconnu", unknown_project),
    rule("indicateur-inconnu", unknown_indicator),
    rule("cible-egale-limite", target_is_limit),
    rule("cible-periode-illisible", unreadable_period),
];

/// Lines of the plan named by other sheets, when there is a plan: each unknown id once per sheet.
fn unknown_action(context: &Context<'_>, sink: &mut Sink<'_>) {
    if !context.given(TableId::ActionPlan) {
        return;
    }
    let known: BTreeSet<String> =
        context.programme.actions.iter().flat_map(|a| [fold(&a.id), fold(&a.title)]).collect();
    let mut told = BTreeSet::new();
    for frame in context.tables.iter().filter(|f| f.has("action")) {
        for row in 0..frame.len() {
            let Some(action) = frame.text("action", row) else { continue };
            let sheet = frame.place(row, "action");
            let key = (sheet.file.clone(), sheet.sheet.clone(), fold(action));
            if !known.contains(&fold(action)) && told.insert(key) {
                sink.put(sheet, action, Vec::new());
            }
        }
    }
}

fn unknown_project(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(frame) = context.tables.get(TableId::Learning) else { return };
    if !context.given(TableId::Projects) {
        return;
    }
    let known: BTreeSet<String> =
        context.programme.projects.iter().flat_map(|p| [fold(&p.id), fold(&p.name)]).collect();
    for row in 0..frame.len() {
        if let Some(project) = frame.text("project", row)
            && !known.contains(&fold(project))
        {
            sink.put(frame.place(row, "project"), project, Vec::new());
        }
    }
}

/// Ids of the indicators, from the texts that name them.
fn indicators() -> BTreeMap<String, &'static str> {
    crate::assets::locale(Lang::Fr)
        .iter()
        .flat_map(|(_, content)| texts::entries(content))
        .filter_map(|(key, _)| key.strip_prefix("indicateur.")?.strip_suffix(".nom"))
        .map(|id| (snake(id), id))
        .collect()
}

fn unknown_indicator(context: &Context<'_>, sink: &mut Sink<'_>) {
    if context.programme.targets.is_empty() {
        return;
    }
    let known = indicators();
    for target in &context.programme.targets {
        let typed = snake(&target.indicator);
        if known.contains_key(&typed) {
            continue;
        }
        let near = known
            .iter()
            .map(|(folded, id)| (strsim::levenshtein(&typed, folded), *id))
            .min()
            .map_or("", |(_, id)| id);
        let place = context.place(TableId::Targets, &target.origin, "indicator");
        sink.put(place, target.indicator.clone(), vec![("proche", near.to_string())]);
    }
}

fn each_target<'a>(context: &Context<'a>, wrong: fn(&Target) -> bool) -> Vec<&'a Target> {
    context.programme.targets.iter().filter(|t| wrong(t)).collect()
}

/// The score is (value − limit) / (target − limit): undefined when both are one.
fn target_is_limit(context: &Context<'_>, sink: &mut Sink<'_>) {
    let same = |t: &Target| t.limit.is_some_and(|limit| (limit - t.target).abs() < 1e-9);
    for target in each_target(context, same) {
        let place = context.place(TableId::Targets, &target.origin, "target");
        let details = vec![("indicateur", target.indicator.clone())];
        sink.put(place, context.number(target.target), details);
    }
}

fn unreadable_period(context: &Context<'_>, sink: &mut Sink<'_>) {
    let unreadable = |t: &Target| {
        t.period.as_deref().is_some_and(|text| {
            let year = text.trim().parse::<i32>().is_ok_and(|y| (1900..=2200).contains(&y));
            !year && text.parse::<Quarter>().is_err()
        })
    };
    for target in each_target(context, unreadable) {
        let place = context.place(TableId::Targets, &target.origin, "period");
        sink.put(place, target.period.clone().unwrap_or_default(), Vec::new());
    }
}
