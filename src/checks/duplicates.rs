//! Rows that look like one thing written twice.

use super::{Context, Rule, Sink, rule};
use crate::programme::Organisation;
use crate::schema::TableId;
use crate::texts::fold;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const RULES: &[Rule] = &[
    rule("identifiant-double", same_id),
    rule("activite-proche", near_activity),
    rule("structure-proche", near_organisation),
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

/// Shortest folded name compared: in short names one letter is another word.
const LONG_NAME: usize = 8;

/// Organisations whose names differ by one letter and that nobody has told apart in *Décisions*.
fn near_organisation(context: &Context<'_>, sink: &mut Sink<'_>) {
    let decided = decided(context);
    let organisations = &context.programme.organisations;
    let names: Vec<String> = organisations.iter().map(|o| fold(&o.name)).collect();
    // Two names one letter apart share the name itself or one with a letter left out: cost follows
    // the number of names, not of pairs.
    let mut shared: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (ix, name) in names.iter().enumerate() {
        let letters: Vec<char> = name.chars().collect();
        if letters.len() < LONG_NAME {
            continue;
        }
        let shortened: BTreeSet<String> = (0..letters.len())
            .map(|left| letters[..left].iter().chain(&letters[left + 1..]).collect())
            .chain([name.clone()])
            .collect();
        for key in shortened {
            shared.entry(key).or_default().push(ix);
        }
    }
    let pairs: BTreeSet<(usize, usize)> = shared
        .values()
        .flat_map(|group| {
            group.iter().enumerate().flat_map(|(at, a)| group[at + 1..].iter().map(|b| (*a, *b)))
        })
        .filter(|(a, b)| strsim::levenshtein(&names[*a], &names[*b]) == 1)
        .filter(|(a, b)| !only_a_number_differs(&names[*a], &names[*b]))
        .collect();
    for (a, b) in pairs {
        if decided.contains(&(names[a].clone(), names[b].clone())) {
            continue;
        }
        let (place, name, other) = spotted(context, &organisations[a], &organisations[b]);
        sink.put(place, name, vec![("autre", other)]);
    }
}

/// `Tiers-lieu 1` and `Tiers-lieu 2` are meant to differ.
fn only_a_number_differs(a: &str, b: &str) -> bool {
    let letters = |t: &str| t.chars().filter(|c| !c.is_numeric()).collect::<String>();
    letters(a).trim() == letters(b).trim()
}

fn decided(context: &Context<'_>) -> BTreeSet<(String, String)> {
    let Some(frame) = context.tables.get(TableId::Decisions) else { return BTreeSet::new() };
    (0..frame.len())
        .filter_map(|row| Some((fold(frame.text("left", row)?), fold(frame.text("right", row)?))))
        .flat_map(|(left, right)| [(left.clone(), right.clone()), (right, left)])
        .collect()
}

/// Where the pair can be seen: in Structures if one of them is there, else wherever its name is.
fn spotted(
    context: &Context<'_>,
    a: &Organisation,
    b: &Organisation,
) -> (crate::finding::Place, String, String) {
    for (one, other) in [(b, a), (a, b)] {
        if let Some(origin) = &one.origin {
            let place = context.place(TableId::Organisations, origin, "name");
            return (place, one.name.clone(), other.name.clone());
        }
    }
    let named = context.tables.iter().find_map(|frame| {
        ["organisation", "a", "b", "holder"].into_iter().find_map(|column| {
            let row = (0..frame.len()).find(|row| frame.text(column, *row) == Some(&b.name))?;
            Some(frame.place(row, column))
        })
    });
    (named.unwrap_or_default(), b.name.clone(), a.name.clone())
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
