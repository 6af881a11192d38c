//! Names that may be one, among many: how the time grows, beside a comparison of all with all.

use crate::rng::Rng;
use crate::scale::exponent;
use crate::table::{say, verdict};
use anyhow::Result;
use bilan::identity::matching::{Named, Pair, suggest, suggest_among_all};
use bilan::locale;
use bilan::texts::Lang;
use std::collections::BTreeSet;
use std::time::Instant;

/// Names compared all with all: eight million pairs.
const FEW: usize = 4000;
/// Times each size is measured; the shortest counts.
const PASSES: usize = 3;
/// Highest exponent of growth.
const GOAL: f64 = 1.2;

const KINDS: [&str; 12] = [
    "amicale",
    "atelier",
    "centre",
    "club",
    "comite",
    "compagnie",
    "ecole",
    "fablab",
    "jardin",
    "maison",
    "recyclerie",
    "union",
];
const THEMES: [&str; 24] = [
    "arts",
    "boulistes",
    "climat",
    "compost",
    "couture",
    "cyclistes",
    "danse",
    "eau",
    "energie",
    "fetes",
    "foret",
    "habitat",
    "jeunes",
    "lecture",
    "musique",
    "parents",
    "paysans",
    "quartier",
    "repair",
    "riverains",
    "semences",
    "solidarite",
    "theatre",
    "velo",
];
const SYLLABLES: [&str; 24] = [
    "ar", "bel", "bou", "cham", "cour", "dor", "fleu", "gri", "ju", "lan", "mar", "mon", "nan",
    "pont", "quin", "ro", "sau", "ser", "tan", "tour", "val", "ver", "vil", "zan",
];

/// Invented organisations: what, of what, where; one in twenty is another one typed otherwise.
fn invented(count: usize) -> Vec<Vec<String>> {
    let mut rng = Rng::new(17);
    let mut names: Vec<Vec<String>> = Vec::with_capacity(count);
    while names.len() < count {
        if !names.is_empty() && rng.chance(5) {
            let mut again = names[rng.below(names.len())].clone();
            let word = rng.below(again.len());
            if rng.chance(50) && again[word].len() > 5 {
                again[word].remove(3);
            } else {
                again.push("asso".to_owned());
            }
            names.push(again);
            continue;
        }
        let place: String = (0..4).map(|_| rng.pick(&SYLLABLES)).collect();
        names.push([rng.pick(&KINDS), rng.pick(&THEMES), &place].map(str::to_owned).to_vec());
    }
    names
}

fn named(names: &[Vec<String>]) -> Vec<Named<'static>> {
    names.iter().map(|words| Named { words: words.clone(), ..Named::default() }).collect()
}

/// The shortest time, and the pairs.
fn timed(
    names: &[Named<'_>],
    passes: usize,
    find: fn(&[Named<'_>]) -> Vec<Pair>,
) -> (f64, Vec<Pair>) {
    let mut best = (f64::INFINITY, Vec::new());
    for _ in 0..passes {
        let start = Instant::now();
        let pairs = find(names);
        let seconds = start.elapsed().as_secs_f64();
        if seconds < best.0 {
            best = (seconds, pairs);
        }
    }
    best
}

pub(crate) fn run(most: usize) -> Result<()> {
    let names = named(&invented(most));
    let number = |value: f64, digits| locale::decimal(Lang::Fr, value, digits);
    let mut lines = vec!["Noms proches (le plus court de trois passages)".to_owned()];
    let mut points = Vec::new();
    for part in [8, 4, 2, 1] {
        let some = &names[..most / part];
        let (seconds, pairs) = timed(some, PASSES, suggest);
        points.push((some.len() as f64, seconds));
        lines.push(format!(
            "{} noms : {} s, {} paires",
            some.len(),
            number(seconds, 3),
            pairs.len()
        ));
    }
    let exponent = exponent(&points);
    lines.push(format!(
        "Exposant : {} – objectif : au plus {}, {}",
        number(exponent, 2),
        number(GOAL, 2),
        verdict(exponent <= GOAL)
    ));
    let few = &names[..FEW.min(most)];
    let (blocked, found) = timed(few, PASSES, suggest);
    let (whole, all) = timed(few, 1, suggest_among_all);
    let of = |pairs: &[Pair]| pairs.iter().map(|p| (p.left, p.right)).collect::<BTreeSet<_>>();
    let missed = of(&all).difference(&of(&found)).count();
    let ratio = whole / blocked;
    lines.push(format!(
        "{} noms, tous avec tous : {} s au lieu de {} s, {} fois plus ; {} paires, dont {} manquées",
        few.len(),
        number(whole, 2),
        number(blocked, 3),
        number(ratio, 0),
        all.len(),
        missed,
    ));
    // All with all grows with the square; ours as measured.
    let growth = most as f64 / few.len() as f64;
    let at_most = ratio * growth.powf(2.0 - exponent);
    lines.push(format!("À {most} noms, par ces exposants : {} fois plus", number(at_most, 0)));
    say(&lines)
}
