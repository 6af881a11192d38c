//! The 180 dated statements of cooperation: networks at first each on its own, then together.

use super::cast::{ORGANISATIONS, OrganisationRow};
use super::days::{Date, QUARTERS, after, day, french, quarter_start};
use super::rng::Rng;
use std::collections::BTreeSet;

/// How many statements.
pub(crate) const STATEMENTS: usize = 180;

/// A statement, both organisations by name.
pub(crate) struct Statement {
    pub(crate) a: &'static str,
    pub(crate) b: &'static str,
    pub(crate) level: u8,
    pub(crate) date: Date,
    pub(crate) declarant: &'static str,
    pub(crate) evidence: String,
}

/// The statements, in order of date. Pairs inside a network start high; pairs between networks rise
/// from 1 to 3 in about a year; some sides disagree, a few levels fall.
pub(crate) fn cooperations(rng: &mut Rng) -> Vec<Statement> {
    let mut list = Vec::new();
    let mut pairs = BTreeSet::new();
    while list.len() < STATEMENTS {
        let inside = pairs.len() % 7 < 2;
        let a = rng.pick(ORGANISATIONS);
        let b = rng.pick(ORGANISATIONS);
        let near = a.4.chars().any(|letter| b.4.contains(letter)) && a.4.len() + b.4.len() < 6;
        let same = network(&a) == network(&b) && network(&a) != "aucun";
        if a.0 >= b.0 || !near || same != inside || !pairs.insert((a.0, b.0)) {
            continue;
        }
        let path = path(a.6.max(b.6), inside, list.len(), rng);
        for (quarter, level) in path {
            say(&mut list, (a.0, b.0), quarter, level, rng);
        }
    }
    list.truncate(STATEMENTS);
    list.sort_by(|x, y| (x.date, x.a, x.b).cmp(&(y.date, y.a, y.b)));
    list
}

fn network(organisation: &OrganisationRow) -> &'static str {
    organisation.2.split(';').next().unwrap_or_default()
}

/// Levels by quarter of a pair known from quarter `from` on.
fn path(from: usize, inside: bool, turn: usize, rng: &mut Rng) -> Vec<(usize, u8)> {
    let mut path = Vec::new();
    if inside {
        path.push((from, if rng.chance(40) { 3 } else { 2 }));
        if rng.chance(35) {
            path.push((from + 3, 3));
        }
    } else {
        let start = from.max([0, 1, 2, 3, 1, 4, 2, 3][turn % 8]);
        path.push((start, 1));
        let second = start + rng.between(1, 2) as usize;
        if rng.chance(80) {
            path.push((second, 2));
            if rng.chance(85) {
                path.push((second + rng.between(1, 2) as usize, 3));
            }
        }
    }
    if turn % 41 == 40 {
        let (last, level) = path.last().copied().unwrap_or((0, 1));
        path.push((last + 2, level - 1));
    }
    path.retain(|(quarter, _)| *quarter < QUARTERS);
    path
}

fn say(
    list: &mut Vec<Statement>,
    (a, b): (&'static str, &'static str),
    quarter: usize,
    level: u8,
    rng: &mut Rng,
) {
    let date = after(quarter_start(quarter), rng.between(8, 84)).min(day(2026, 9, 24));
    let evidence = match rng.below(5) {
        0 => "Entretien avec les deux structures".to_owned(),
        1 => format!("Compte rendu du comité du {}", french(date)),
        2 if level == 3 => "Convention de partenariat signée".to_owned(),
        2 => "Questionnaire annuel".to_owned(),
        3 if level == 3 => "Budget commun déposé".to_owned(),
        3 => "Visite croisée".to_owned(),
        _ => String::new(),
    };
    let declarant = rng.pick(&["A", "B", "chargé de mission", "chargé de mission"]);
    let say = |level, declarant, evidence| Statement { a, b, level, date, declarant, evidence };
    if level > 1 && rng.chance(22) {
        // Both sides are asked on the same day, and do not always agree.
        let other = if rng.chance(45) { level - 1 } else { level };
        list.push(say(level, "A", evidence));
        list.push(say(other, "B", "Questionnaire annuel".to_owned()));
    } else {
        list.push(say(level, declarant, evidence));
    }
}
