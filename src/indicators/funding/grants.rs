//! Amounts asked, granted, received: three things, never added.

use super::{euros, funded, spread};
use crate::indicators::{Base, Cell, Evidence, Horizon, Query, Reading, Value};
use crate::programme::{Funding, Programme, TerritorySet};
use crate::schema::SIGNED_STATUSES;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Granted amounts by month covered (subject: funding line, amount: euros). Months gone by when it is
/// signed fall on that day: nothing counts before it is signed, and quarters add up to the cumulative.
pub(super) static GRANTED: Query = Query {
    name: "montants_accordes",
    horizon: Horizon::Flow,
    rows: |base| granted_rows(base).into(),
};

/// Amounts asked, on the filing date (subject: funding line, amount: euros).
pub(super) static ASKED: Query = Query {
    name: "montants_demandes",
    horizon: Horizon::Flow,
    rows: |base| asked_rows(base).into(),
};

/// Amounts received (subject: funding line, amount: euros).
pub(super) static RECEIVED: Query = Query {
    name: "montants_encaisses",
    horizon: Horizon::Flow,
    rows: |base| received_rows(base).into(),
};

/// Our cash lines, numbered.
fn lines(programme: &Programme) -> impl Iterator<Item = (usize, &Funding)> {
    programme.funding.iter().enumerate().filter(|(_, f)| f.ours && !f.in_kind)
}

/// Whether the money granted is sure.
pub(super) fn is_sure(funding: &Funding) -> bool {
    funding.status.as_deref().is_none_or(|status| SIGNED_STATUSES.contains(&status))
}

/// The day a grant is known, else the first of its year.
fn known_on(funding: &Funding) -> Option<NaiveDate> {
    let first_of = |year| NaiveDate::from_ymd_opt(year, 1, 1);
    funding.signed.or(funding.decided).or_else(|| funding.year.and_then(first_of))
}

fn row(subject: usize, funding: &Funding, date: Option<NaiveDate>, cents: i64) -> Evidence {
    Evidence {
        origin: funding.origin.clone(),
        territories: TerritorySet::one(funding.territory),
        date,
        subject,
        amount: euros(cents),
        ..Evidence::default()
    }
}

fn granted_rows(base: &Base<'_>) -> Vec<Evidence> {
    let programme = base.programme;
    let mut rows = Vec::new();
    for (subject, funding) in lines(programme).filter(|(_, f)| is_sure(f)) {
        let Some(cents) = funding.granted else { continue };
        let months = funding.covers.map(|span| spread::by_month(cents, span)).unwrap_or_default();
        if months.is_empty() {
            rows.push(row(subject, funding, known_on(funding), cents));
            continue;
        }
        let mut days: BTreeMap<NaiveDate, i64> = BTreeMap::new();
        for (month, part) in months {
            let day = funding.signed.or(funding.decided).map_or(month, |known| known.max(month));
            *days.entry(day).or_default() += part;
        }
        rows.extend(days.into_iter().map(|(day, part)| row(subject, funding, Some(day), part)));
    }
    rows
}

fn asked_rows(base: &Base<'_>) -> Vec<Evidence> {
    let programme = base.programme;
    let dated = |f: &Funding| f.filed.or_else(|| known_on(f));
    lines(programme).filter_map(|(i, f)| Some(row(i, f, dated(f), f.asked?))).collect()
}

fn received_rows(base: &Base<'_>) -> Vec<Evidence> {
    let programme = base.programme;
    lines(programme).filter_map(|(i, f)| Some(row(i, f, known_on(f), f.received?))).collect()
}

/// Whole cents of a row.
pub(super) fn cents(row: &Evidence) -> i64 {
    (row.amount * 100.0).round() as i64
}

/// Sum granted.
pub(super) fn granted(cell: &Cell<'_>) -> Vec<Reading> {
    sum(cell, |f| f.granted, "aucun-montant-accorde")
}

/// Sum asked, whatever came of it.
pub(super) fn asked(cell: &Cell<'_>) -> Vec<Reading> {
    sum(cell, |f| f.asked, "aucun-montant-demande")
}

/// Sum received.
pub(super) fn received(cell: &Cell<'_>) -> Vec<Reading> {
    sum(cell, |f| f.received, "aucun-montant-encaisse")
}

/// Sum in euros over n lines; *non défini* when no line at all says such an amount, which is not 0 €.
fn sum(cell: &Cell<'_>, column: fn(&Funding) -> Option<i64>, none: &'static str) -> Vec<Reading> {
    funded(cell, || {
        if !lines(cell.programme).any(|(_, f)| column(f).is_some()) {
            return vec![Reading::of(Value::Undefined(none))];
        }
        let total: i64 = cell.rows.iter().map(|row| cents(row)).sum();
        let counted: BTreeSet<usize> = cell.rows.iter().map(|row| row.subject).collect();
        vec![Reading::of(Value::number(euros(total))).with_n(counted.len())]
    })
}

/// A funder, and the category typed for it.
type Giver<'a> = (&'a str, Option<&'a str>);

/// Cents by what a funder and its category make, in order. Lines are summed by giver first, so that each
/// giver is looked at once.
pub(super) fn by<'a, K: Ord>(
    cell: &Cell<'a>,
    key: impl Fn(&'a str, Option<&'a str>) -> K,
) -> BTreeMap<K, i64> {
    let mut givers: BTreeMap<Giver<'a>, i64> = BTreeMap::new();
    for row in &cell.rows {
        let funding = &cell.programme.funding[row.subject];
        let giver = (funding.funder.as_str(), funding.category.as_deref());
        *givers.entry(giver).or_default() += cents(row);
    }
    let mut sums = BTreeMap::new();
    for ((funder, category), cents) in givers {
        *sums.entry(key(funder, category)).or_default() += cents;
    }
    sums
}

/// Cents by funder above 0: a funder that took back more than it gave has no share.
pub(super) fn by_funder<'a>(cell: &Cell<'a>) -> BTreeMap<&'a str, i64> {
    let mut sums = by(cell, |funder, _| funder);
    sums.retain(|_, cents| *cents > 0);
    sums
}
