//! Rows that look like one thing written twice.

use super::{Context, Rule, Sink, rule};
use crate::schema::TableId;
use crate::texts::fold;
use std::collections::BTreeMap;

pub(super) const RULES: &[Rule] = &[
    rule("identifiant-double", same_id),
    rule("activite-proche", near_activity),
    rule("objectif-double", same_target),
];

/// Rows of one sheet that share an id but not their content (whole double rows were left out). Two
/// files may number their own rows from 1.
fn same_id(context: &Context<'_>, sink: &mut Sink<'_>) {
    for table in [TableId::Activities, TableId::Projects, TableId::ActionPlan] {
        let Some(frame) = context.tables.get(table) else { continue };
        let mut seen = BTreeMap::new();
        for row in 0..frame.len() {
            let Some(id) = frame.text("id", row) else { continue };
            let (source, number) = frame.rows[row];
            if let Some(first) = seen.insert((source, fold(id)), number) {
                let details = vec![("ligne", first.to_string())];
                sink.put(frame.place(row, "id"), id, details);
            }
        }
    }
}

/// Same day, same title, same territory, two ids.
fn near_activity(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut seen = BTreeMap::new();
    for activity in &context.programme.activities {
        let key = (activity.date, fold(&activity.title), activity.territory);
        let first = *seen.entry(key).or_insert(&activity.id);
        if fold(first) != fold(&activity.id) {
            let place = context.place(TableId::Activities, &activity.origin, "title");
            let details = vec![
                ("un", first.clone()),
                ("deux", activity.id.clone()),
                ("date", context.date(activity.date)),
            ];
            sink.put(place, activity.title.clone(), details);
        }
    }
}

/// One indicator, territory and period with two targets.
fn same_target(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut seen = BTreeMap::new();
    for target in &context.programme.targets {
        let period = target.period.as_deref().map(fold);
        let key = (fold(&target.indicator), target.territory, period);
        let first = *seen.entry(key).or_insert(target.target);
        if (first - target.target).abs() > 1e-9 {
            let place = context.place(TableId::Targets, &target.origin, "target");
            let details = vec![
                ("indicateur", target.indicator.clone()),
                ("un", context.number(first)),
                ("deux", context.number(target.target)),
            ];
            sink.put(place, context.number(target.target), details);
        }
    }
}
