//! The Cerfa budget: accounts, balance, overruns.

use super::{Context, Rule, Sink, rule};
use crate::finding::Place;
use crate::programme::BudgetLine;
use crate::schema::TableId;
use crate::schema::cerfa;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const RULES: &[Rule] = &[
    rule("compte-inconnu", unknown_account),
    rule("compte-et-sous-compte", heading_and_detail),
    rule("budget-desequilibre", |context, sink| unbalanced(context, sink, false)),
    rule("contributions-desequilibrees", |context, sink| unbalanced(context, sink, true)),
    rule("depassement-budget", overrun),
    rule("eligible-hors-charges", eligible_income),
];

fn unknown_account(context: &Context<'_>, sink: &mut Sink<'_>) {
    for line in &context.programme.budget {
        if cerfa::line(&line.account).is_none() {
            let place = context.place(TableId::Budget, &line.origin, "account");
            sink.put(place, line.account.clone(), Vec::new());
        }
    }
}

/// A heading and one of its accounts both filled for the same year and action: counted twice.
fn heading_and_detail(context: &Context<'_>, sink: &mut Sink<'_>) {
    let filled = |line: &&BudgetLine| line.planned.is_some_and(|cents| cents != 0);
    let headings: BTreeSet<_> = context
        .programme
        .budget
        .iter()
        .filter(filled)
        .map(|line| (line.year, line.action.as_deref(), line.account.to_lowercase()))
        .collect();
    let mut told = BTreeSet::new();
    for line in context.programme.budget.iter().filter(filled) {
        let Some(known) = cerfa::line(&line.account) else { continue };
        let heading = known.heading.to_lowercase();
        let detail = line.account.to_lowercase() != heading;
        let key = (line.year, line.action.as_deref(), heading);
        if detail && headings.contains(&key) && told.insert(key) {
            let place = context.place(TableId::Budget, &line.origin, "account");
            let details =
                vec![("compte", known.heading.to_string()), ("annee", line.year.to_string())];
            sink.put(place, line.account.clone(), details);
        }
    }
}

/// Planned charges against planned income of a year: the body of the form, or contributions in kind
/// (86 against 87). A year with one side only is a budget being written: it is passed over.
fn unbalanced(context: &Context<'_>, sink: &mut Sink<'_>, outside: bool) {
    let mut years: BTreeMap<i32, (i64, i64, Place)> = BTreeMap::new();
    for line in &context.programme.budget {
        let Some(known) = cerfa::line(&line.account).filter(|l| l.outside == outside) else {
            continue;
        };
        let (file, sheet) = (line.origin.file().clone(), line.origin.sheet().clone());
        let sums = years.entry(line.year).or_insert_with(|| (0, 0, Place::sheet(file, sheet)));
        let side = if cerfa::is_charge(known) { &mut sums.0 } else { &mut sums.1 };
        *side += line.planned.unwrap_or(0);
    }
    for (year, (charges, income, place)) in years {
        if charges != 0 && income != 0 && charges != income {
            let details = vec![
                ("annee", year.to_string()),
                ("charges", context.euros(charges)),
                ("produits", context.euros(income)),
            ];
            sink.put(place, context.euros(charges - income), details);
        }
    }
}

fn overrun(context: &Context<'_>, sink: &mut Sink<'_>) {
    let gap = context.settings.thresholds.gap;
    for line in &context.programme.budget {
        let charge = cerfa::line(&line.account).is_some_and(cerfa::is_charge);
        if let (true, Some(planned), Some(actual)) = (charge, line.planned, line.actual)
            && planned > 0
            && (actual - planned) as f64 > gap * planned as f64
        {
            let place = context.place(TableId::Budget, &line.origin, "actual");
            let ratio = (actual - planned) as f64 / planned as f64;
            let details = vec![
                ("compte", line.account.clone()),
                ("prevu", context.euros(planned)),
                ("ecart", crate::locale::percent(context.settings.lang, ratio)),
            ];
            sink.put(place, context.euros(actual), details);
        }
    }
}

fn eligible_income(context: &Context<'_>, sink: &mut Sink<'_>) {
    for line in context.programme.budget.iter().filter(|l| l.eligible == Some(true)) {
        let Some(known) = cerfa::line(&line.account) else { continue };
        if known.outside || !cerfa::is_charge(known) {
            let place = context.place(TableId::Budget, &line.origin, "eligible");
            sink.put(place, "oui", vec![("compte", line.account.clone())]);
        }
    }
}
