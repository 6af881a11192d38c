//! What changed between the eve of a window and its last day.

use super::attested;
use crate::indicators::network::{Pair, Ties, pair};
use crate::indicators::{Base, Cell, Evidence, Horizon, Query, Reading, Value};
use crate::programme::Organisation;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Pairs reaching "we do projects together" (amount 1) or leaving it (−1); subject, other: the pair. Over
/// a window the sum of a pair is 1 exactly when it was below level 3 on the eve and is at 3 at the end.
pub(super) static REACHED: Query =
    Query { name: "synergies", horizon: Horizon::Within, rows: |base| reached(base).into() };

fn reached(base: &Base<'_>) -> Vec<Evidence> {
    let perimeter = base.perimeter();
    base.history()
        .steps()
        .into_iter()
        .filter(|step| (step.from == 3) != (step.to == 3))
        .map(|step| Evidence {
            territories: perimeter.territories(step.pair.0).and(perimeter.territories(step.pair.1)),
            date: Some(step.date),
            subject: step.pair.0,
            other: step.pair.1,
            amount: if step.to == 3 { 1.0 } else { -1.0 },
            origin: step.origin,
            ..Evidence::default()
        })
        .collect()
}

/// Pairs that went from below level 3 to level 3 over the window.
fn new_pairs(cell: &Cell<'_>) -> Vec<Pair> {
    let mut sums: BTreeMap<Pair, f64> = BTreeMap::new();
    for row in &cell.rows {
        *sums.entry((row.subject, row.other)).or_default() += row.amount;
    }
    sums.into_iter().filter(|(_, sum)| *sum > 0.5).map(|(pair, _)| pair).collect()
}

/// New pairs at level 3, among all organisations and among those already there on the eve.
pub(super) fn new_synergies(cell: &Cell<'_>) -> Vec<Reading> {
    attested(cell, || {
        let pairs = new_pairs(cell);
        let perimeter = cell.base.perimeter();
        let there = |o: usize| eve(cell).is_some_and(|eve| perimeter.contains(o, eve));
        let nobody = !(0..cell.programme.organisations.len()).any(there);
        let constant = if nobody {
            Reading::of(Value::Undefined("perimetre-constant-vide"))
        } else {
            Reading::count(pairs.iter().filter(|(a, b)| there(*a) && there(*b)).count())
        };
        vec![
            Reading::count(pairs.len()),
            constant.by("perimetre", "constant"),
            Reading::count(pairs.len()).by("perimetre", "complet"),
        ]
    })
}

/// New pairs at level 3 between organisations that each have networks and share none; by pair of first
/// networks.
pub(super) fn across_networks(cell: &Cell<'_>) -> Vec<Reading> {
    across(cell, "reseaux", |a, b| {
        let disjoint = !a.networks.iter().any(|network| b.networks.contains(network));
        let names = (a.networks.first()?, b.networks.first()?);
        disjoint.then_some(names)
    })
}

/// New pairs at level 3 between organisations of two known types; by pair of types, association ×
/// collectivité first.
pub(super) fn across_types(cell: &Cell<'_>) -> Vec<Reading> {
    attested(cell, || {
        let kind = |o: usize| cell.programme.organisations[o].kind.as_deref().unwrap_or_default();
        let is = |o: usize, what: &str| kind(o).starts_with(what);
        let bridging = |a, b| is(a, "association") && is(b, "collectivité");
        let first = new_pairs(cell)
            .into_iter()
            .filter(|(a, b)| bridging(*a, *b) || bridging(*b, *a))
            .count();
        let mut readings = across(cell, "types", |a, b| {
            let names = (a.kind.as_ref()?, b.kind.as_ref()?);
            (names.0 != names.1).then_some(names)
        });
        readings.insert(1, Reading::count(first).by("rencontre", "association × collectivité"));
        readings
    })
}

fn across<'a>(
    cell: &Cell<'a>,
    dimension: &'static str,
    names: impl Fn(&'a Organisation, &'a Organisation) -> Option<(&'a String, &'a String)>,
) -> Vec<Reading> {
    attested(cell, || {
        let all = &cell.programme.organisations;
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for (a, b) in new_pairs(cell) {
            if let Some((a, b)) = names(&all[a], &all[b]) {
                *counts.entry(format!("{} × {}", a.min(b), a.max(b))).or_default() += 1;
            }
        }
        std::iter::once(Reading::count(counts.values().sum()))
            .chain(counts.into_iter().map(|(pair, n)| Reading::count(n).by(dimension, pair)))
            .collect()
    })
}

/// The day before the window.
fn eve(cell: &Cell<'_>) -> Option<NaiveDate> {
    cell.window.start.pred_opt()
}

/// The state on the eve and at the end of the window.
fn before_and_after(cell: &Cell<'_>) -> (Ties, Ties) {
    let before = eve(cell).map(|date| Ties::from_rows(&cell.rows, date)).unwrap_or_default();
    (before, Ties::from_rows(&cell.rows, cell.window.end))
}

/// T_ab: pairs going from level a to level b, on the constant perimeter (organisations there on the eve
/// and at the end) and on the full one; with new, lost and raised pairs.
pub(super) fn transitions(cell: &Cell<'_>) -> Vec<Reading> {
    attested(cell, || {
        let (before, after) = before_and_after(cell);
        let kept: BTreeSet<usize> = before.members().iter().copied().collect();
        let constant: Vec<usize> =
            after.members().iter().copied().filter(|o| kept.contains(o)).collect();
        let mut readings = square(&before, &after, &constant, ["transition", "mouvement"])
            .unwrap_or_else(|| vec![Reading::of(Value::Undefined("perimetre-constant-vide"))]);
        let complete = ["transition_complet", "mouvement_complet"];
        readings.extend(square(&before, &after, after.members(), complete).unwrap_or_default());
        readings
    })
}

/// The square of transitions among some organisations and its three sums; `None` below two.
fn square(
    before: &Ties,
    after: &Ties,
    members: &[usize],
    [cells, sums]: [&'static str; 2],
) -> Option<Vec<Reading>> {
    if members.len() < 2 {
        return None;
    }
    let inside = |o: &usize| members.binary_search(o).is_ok();
    let mut counts = [[0usize; 4]; 4];
    let mut tied: Vec<Pair> =
        [before, after].iter().flat_map(|s| s.ties()).map(|(a, b, _)| pair(a, b)).collect();
    tied.sort_unstable();
    tied.dedup();
    tied.retain(|(a, b)| inside(a) && inside(b));
    for pair in &tied {
        counts[usize::from(before.level(*pair))][usize::from(after.level(*pair))] += 1;
    }
    let pairs = members.len() * (members.len() - 1) / 2;
    counts[0][0] = pairs - tied.len();
    let mut readings = Vec::new();
    for (from, row) in counts.iter().enumerate() {
        readings.extend(row.iter().enumerate().map(|(to, count)| {
            Reading::count(*count).by(cells, format!("{from}-{to}")).with_n(members.len())
        }));
    }
    let sum = |test: fn(usize, usize) -> bool| {
        let all = (0..4).flat_map(|a| (0..4).map(move |b| (a, b)));
        all.filter(|(a, b)| test(*a, *b)).map(|(a, b)| counts[a][b]).sum()
    };
    for (code, count) in [
        ("nouvelles", sum(|a, b| a == 0 && b > 0)),
        ("perdues", sum(|a, b| a > 0 && b == 0)),
        ("relevees", sum(|a, b| a > 0 && a < b)),
    ] {
        readings.push(Reading::count(count).by(sums, code).with_n(members.len()));
    }
    Some(readings)
}

/// Organisations in the perimeter, and those that came in over the window.
pub(super) fn perimeter(cell: &Cell<'_>) -> Vec<Reading> {
    attested(cell, || {
        let (before, after) = before_and_after(cell);
        let (there, now) = (before.members().len(), after.members().len());
        if now == 0 {
            return vec![Reading::of(Value::Undefined("aucune-structure"))];
        }
        vec![
            Reading::count(now),
            Reading::count(there).by("rotation", "presents"),
            Reading::count(now - there).by("rotation", "entrants"),
            // No table dates a departure: not the same as nobody leaving.
            Reading::of(Value::Undefined("sorties-inconnues")).by("rotation", "sortants"),
        ]
    })
}
