//! Funding, budget and treasury: funder spellings unified, our rows told from open data.

use super::form::normal_form;
use super::registry::Registry;
use super::spellings::most_used;
use crate::programme::{BudgetLine, Funding, Programme, Treasury};
use crate::schema::TableId;
use crate::tables::{Frame, Tables};
use std::collections::{BTreeMap, BTreeSet};

/// Reads Financements, Budget, Trésorerie.
pub(super) fn money(tables: &Tables, registry: &mut Registry, programme: &mut Programme) {
    if let Some(frame) = tables.get(TableId::Funding) {
        // Normal forms once per name, not per row.
        let (funders, own) = (spellings(frame), own_names(frame, registry));
        let rows = 0..frame.len();
        programme.funding =
            rows.filter_map(|row| funding(frame, row, &funders, &own, registry)).collect();
    }
    if let Some(frame) = tables.get(TableId::Budget) {
        programme.budget = (0..frame.len()).filter_map(|row| budget(frame, row)).collect();
    }
    if let Some(frame) = tables.get(TableId::Treasury) {
        programme.treasury = (0..frame.len()).filter_map(|row| treasury(frame, row)).collect();
    }
}

/// By the name of a funder as typed, the spelling most used of its normal form; the first in order on a
/// tie.
fn spellings(frame: &Frame) -> BTreeMap<&str, &str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in (0..frame.len()).filter_map(|row| frame.text("funder", row)) {
        *counts.entry(name).or_default() += 1;
    }
    let mut of_form: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for (name, count) in counts {
        of_form.entry(normal_form(name)).or_default().insert(name, count);
    }
    let mut spellings = BTreeMap::new();
    for names in of_form.values() {
        let Some(best) = most_used(names) else { continue };
        spellings.extend(names.keys().map(|name| (*name, *best)));
    }
    spellings
}

/// The names of beneficiaries, as typed, that are the programme's own.
fn own_names<'a>(frame: &'a Frame, registry: &Registry) -> BTreeSet<&'a str> {
    let Some(own) = &registry.beneficiary else { return BTreeSet::new() };
    let typed = (0..frame.len()).filter_map(|row| frame.text("beneficiary", row));
    let mut names: BTreeSet<&str> = typed.collect();
    names.retain(|name| normal_form(name) == *own);
    names
}

/// `funders`: what each is written as. `own`: the names of our own beneficiary.
fn funding(
    frame: &Frame,
    row: usize,
    funders: &BTreeMap<&str, &str>,
    own: &BTreeSet<&str>,
    registry: &mut Registry,
) -> Option<Funding> {
    let funder = (*funders.get(frame.text("funder", row)?)?).to_owned();
    let text = |id: &str| frame.text(id, row).map(str::to_string);
    let beneficiary = text("beneficiary");
    let ours = is_ours(beneficiary.as_deref(), frame.text("beneficiary_siret", row), own, registry);
    Some(Funding {
        funder,
        category: text("category"),
        asked: frame.cents("asked", row),
        granted: frame.cents("granted", row),
        received: frame.cents("received", row),
        status: text("status"),
        filed: frame.date("filed", row),
        decided: frame.date("decided", row),
        signed: frame.date("signed", row),
        year: frame.number("year", row).map(|y| y as i32),
        covers: frame.span("covers", row),
        reference: text("reference"),
        purpose: text("purpose"),
        in_kind: frame.text("nature", row) == Some("nature"),
        earmarked: frame.flag("earmarked", row),
        funder_siret: text("funder_siret"),
        beneficiary,
        ours,
        territory: registry.territory(frame.text("territory", row)),
        origin: frame.origin(row),
    })
}

/// Whether the row funds the programme: nobody named, or its own beneficiary by SIRET or by name.
/// Without a configured beneficiary every row counts.
fn is_ours(
    beneficiary: Option<&str>,
    siret: Option<&str>,
    own: &BTreeSet<&str>,
    registry: &Registry,
) -> bool {
    let same_siret = match (siret, &registry.beneficiary_siret) {
        (Some(theirs), Some(ours)) => theirs == ours,
        _ => false,
    };
    match (beneficiary, &registry.beneficiary) {
        (None, _) | (_, None) => true,
        (Some(name), Some(_)) => same_siret || own.contains(name),
    }
}

fn budget(frame: &Frame, row: usize) -> Option<BudgetLine> {
    Some(BudgetLine {
        year: frame.number("year", row)? as i32,
        account: frame.text("account", row)?.to_string(),
        label: frame.text("label", row).map(str::to_string),
        action: frame.text("action", row).map(str::to_string),
        planned: frame.cents("planned", row),
        actual: frame.cents("actual", row),
        eligible: frame.flag("eligible", row),
        origin: frame.origin(row),
    })
}

fn treasury(frame: &Frame, row: usize) -> Option<Treasury> {
    Some(Treasury {
        date: frame.date("date", row)?,
        available: frame.cents("available", row)?,
        dedicated: frame.cents("dedicated", row),
        debts: frame.cents("debts", row),
        origin: frame.origin(row),
    })
}
