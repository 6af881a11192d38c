//! What the two sides say, and who met whom without a word said.

use crate::indicators::network::{Attestation, Pair, pair};
use crate::indicators::{Base, Cell, Evidence, Horizon, Query, Reading, Value};
use crate::stats::network as stats;
use std::collections::BTreeSet;

/// Levels declared by the organisations themselves. Subject: who speaks; other: of whom; amount: level.
pub(super) static OWN_WORDS: Query =
    Query { name: "declarations", horizon: Horizon::Within, rows: |base| own_words(base).into() };

fn own_words(base: &Base<'_>) -> Vec<Evidence> {
    let perimeter = base.perimeter();
    let history = base.history();
    let row = |((a, b), side, word): (Pair, usize, &Attestation)| {
        let (subject, other) = if side == 0 { (a, b) } else { (b, a) };
        Evidence {
            origin: word.origin.clone(),
            territories: perimeter.territories(a).and(perimeter.territories(b)),
            date: Some(word.date),
            subject,
            other,
            amount: f64::from(word.level),
            ..Evidence::default()
        }
    };
    history.own_words().map(row).collect()
}

/// Of the pairs at level 1 or more of which one side at least spoke in the window, the share whose two
/// sides stand at the same level at its end. A pair only one side of which ever spoke does not agree.
pub(super) fn agreement(cell: &Cell<'_>) -> Vec<Reading> {
    let history = cell.base.history();
    let pairs: BTreeSet<Pair> = cell.rows.iter().map(|r| pair(r.subject, r.other)).collect();
    let (mut agree, mut differ, mut alone) = (0, 0, 0);
    for pair in pairs {
        match history.sides(pair, cell.window.end) {
            [Some(0), Some(0) | None] | [None, Some(0) | None] => {}
            [Some(a), Some(b)] if a == b => agree += 1,
            [Some(_), Some(_)] => differ += 1,
            _ => alone += 1,
        }
    }
    let total = agree + differ + alone;
    let rate = |count: usize| {
        Reading::rate(count as f64, total as f64, "aucune-declaration").with_n(total)
    };
    vec![
        rate(agree),
        rate(agree).by("accord", "accord"),
        rate(differ).by("accord", "desaccord"),
        rate(alone).by("accord", "un_seul_cote"),
    ]
}

/// People at activities. Subject: person; other: activity.
pub(super) static PRESENCES: Query =
    Query { name: "co_presences", horizon: Horizon::Within, rows: |base| base.presences().into() };

/// Pairs gone through at most, about a tenth of a second; a programme of five years stays far below.
const MOST_PAIRS: f64 = 1e7;

/// Pairs of people seen at one activity; pairs of organisations met twice or more with no level known,
/// for the *chargé de mission* to qualify.
pub(super) fn co_presence(cell: &Cell<'_>) -> Vec<Reading> {
    let people: Vec<(usize, usize)> = cell.rows.iter().map(|r| (r.subject, r.other)).collect();
    if stats::co_presence_cost(&people) > MOST_PAIRS {
        return vec![Reading::of(Value::Undefined("trop-de-paires"))];
    }
    let organisation = |person: usize| cell.programme.people[person].organisation;
    let organisations: Vec<(usize, usize)> =
        people.iter().filter_map(|(p, event)| Some((organisation(*p)?, *event))).collect();
    let history = cell.base.history();
    let known = |a, b| history.sides((a, b), cell.window.end).iter().any(Option::is_some);
    let (mut unknown, mut pairs) = (0, 0);
    stats::each_meeting(&organisations, |met| {
        unknown += usize::from(met.meetings > 1 && !known(met.a, met.b));
    });
    stats::each_meeting(&people, |_| pairs += 1);
    vec![Reading::count(pairs), Reading::count(unknown).by("structures", "a_qualifier")]
}
