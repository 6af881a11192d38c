//! Funding, budget and treasury: funder spellings unified, our rows told from open data.

use super::form::normal_form;
use super::registry::Registry;
use super::spellings::most_used;
use crate::programme::{BudgetLine, Funding, Programme, Treasury};
use crate::schema::TableId;
use crate::tables::{Frame, Tables};
use std::collections::BTreeMap;

/// Reads Financements, Budget, Trésorerie.
pub(super) fn money(tables: &Tables, registry: &mut Registry, programme: &mut Programme) {
    if let Some(frame) = tables.get(TableId::Funding) {
        let names = spellings(frame);
        programme.funding =
            (0..frame.len()).filter_map(|row| funding(frame, row, &names, registry)).collect();
    }
    if let Some(frame) = tables.get(TableId::Budget) {
        programme.budget = (0..frame.len()).filter_map(|row| budget(frame, row)).collect();
    }
    if let Some(frame) = tables.get(TableId::Treasury) {
        programme.treasury = (0..frame.len()).filter_map(|row| treasury(frame, row)).collect();
    }
}

/// The spelling of each funder most used; the first in order on a tie.
fn spellings(frame: &Frame) -> BTreeMap<String, String> {
    let mut counts: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for row in 0..frame.len() {
        if let Some(name) = frame.text("funder", row) {
            *counts.entry(normal_form(name)).or_default().entry(name).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .filter_map(|(form, names)| Some((form, (*most_used(&names)?).to_string())))
        .collect()
}

fn funding(
    frame: &Frame,
    row: usize,
    names: &BTreeMap<String, String>,
    registry: &mut Registry,
) -> Option<Funding> {
    let funder = names.get(&normal_form(frame.text("funder", row)?))?.clone();
    let text = |id: &str| frame.text(id, row).map(str::to_string);
    let beneficiary = text("beneficiary");
    let ours = is_ours(&beneficiary, frame.text("beneficiary_siret", row), registry);
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
fn is_ours(beneficiary: &Option<String>, siret: Option<&str>, registry: &Registry) -> bool {
    let same_siret = match (siret, &registry.beneficiary_siret) {
        (Some(row), Some(own)) => row == own,
        _ => false,
    };
    match (beneficiary, &registry.beneficiary) {
        (None, _) | (_, None) => true,
        (Some(name), Some(own)) => same_siret || normal_form(name) == *own,
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
