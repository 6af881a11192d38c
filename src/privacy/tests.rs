//! Cells of one breakdown, from their counts of people.

use super::*;
use crate::indicators::{Reading, find};
use crate::period::WindowKind;

fn measures(dimension: &'static str, readings: impl IntoIterator<Item = Reading>) -> Measures {
    let indicator = find("repartition").expect("known");
    let window = Window::quarter(WindowKind::Quarter, "2026-T3".parse().expect("a quarter"));
    let mut measures = Measures::default();
    measures.extend(readings.into_iter().enumerate().map(|(index, reading)| Measure {
        indicator,
        scope: Scope::Programme,
        window,
        reading: reading.by(dimension, index.to_string()),
        objective: None,
    }));
    measures
}

fn people(counts: &[usize]) -> Measures {
    measures("genre", counts.iter().map(|n| Reading::count(*n).with_n(*n).people(*n)))
}

/// `None` for a withheld cell.
fn published(measures: Measures) -> Vec<Option<f64>> {
    let settings = crate::indicators::testing::settings();
    protect(measures, &settings).all.iter().map(|m| m.reading.value.get()).collect()
}

#[test]
fn small_cells_are_withheld_and_never_alone() {
    for (counts, expected) in [
        (&[][..], &[][..]),
        (&[40, 11, 0], &[Some(40.0), Some(11.0), Some(0.0)]),
        // Alone, 3 would be found again: 12 goes too.
        (&[40, 3, 12, 0], &[Some(40.0), None, None, Some(0.0)]),
        (&[40, 3, 10], &[Some(40.0), None, None]),
        // 12 hidden over two cells could only be 1 and 11.
        (&[40, 11, 1], &[None, None, None]),
        (&[60, 40, 11, 1, 0], &[Some(60.0), None, None, None, Some(0.0)]),
        // Two small cells are not enough: 2 hidden is 1 and 1.
        (&[40, 1, 1], &[None, None, None]),
        // The headline says 1: nothing may say who.
        (&[1, 0, 0, 0], &[None, None, None, None]),
        (&[5, 0, 0], &[None, None, None]),
        // At most 12 each, 22 in all: 10 and 12, or 11 and 11.
        (&[12, 12, 10], &[None, None, None]),
        (&[5], &[None]),
    ] {
        assert_eq!(published(people(counts)), expected, "{counts:?}");
    }
}

/// What a hidden cell may be: `(least, most)` over every way to fill `cells` cells of at most `most`
/// with `sum`.
fn possible(cells: usize, sum: u64, most: u64) -> Option<(u64, u64)> {
    if cells == 1 {
        return (sum <= most).then_some((sum, sum));
    }
    let first: Vec<u64> = (0..=sum.min(most))
        .filter(|value| possible(cells - 1, sum - value, most).is_some())
        .collect();
    Some((*first.first()?, *first.last()?))
}

#[test]
fn no_hidden_cell_is_found_from_the_sum_and_the_visible_ones() {
    const THRESHOLD: u64 = 11;
    const LARGEST: u64 = 25;
    let mut known: BTreeMap<(usize, u64, u64), (u64, u64)> = BTreeMap::new();
    // Every breakdown of 1 to 4 cells, whatever their order.
    let mut vectors: Vec<Vec<u64>> = (0..=LARGEST).map(|n| vec![n]).collect();
    let mut next = 0;
    while next < vectors.len() {
        let counts = vectors[next].clone();
        next += 1;
        if counts.len() < 4 {
            vectors.extend((0..=counts[counts.len() - 1]).map(|n| [&counts[..], &[n]].concat()));
        }
        let hide = hidden(&counts, THRESHOLD);
        let of = |wanted: bool| -> Vec<u64> {
            counts.iter().zip(&hide).filter(|(_, h)| **h == wanted).map(|(n, _)| *n).collect()
        };
        let (secret, visible) = (of(true), of(false));
        assert!(visible.iter().all(|n| *n == 0 || *n >= THRESHOLD), "{counts:?}");
        if secret.is_empty() {
            continue;
        }
        let sum: u64 = secret.iter().sum();
        if visible.is_empty() && sum < THRESHOLD + secret.len() as u64 {
            // The published headline alone says this much: nothing is left to hide.
            continue;
        }
        // The reader also knows that the smallest go first.
        let most = visible.iter().copied().filter(|n| *n > 0).min().unwrap_or(sum);
        for most in [sum, most] {
            let (low, high) = *known.entry((secret.len(), sum, most)).or_insert_with(|| {
                possible(secret.len(), sum, most).expect("the truth is possible")
            });
            assert!(high - low >= THRESHOLD, "{counts:?}: {low} to {high} of {secret:?}");
        }
    }
    assert_eq!(vectors.len(), 26 + 351 + 3276 + 23751);
}

#[test]
fn a_withheld_cell_says_why_and_nothing_else() {
    let settings = crate::indicators::testing::settings();
    let rate = Reading::rate(3.0, 40.0, "aucun").with_n(40).people(3);
    let other = Reading::rate(20.0, 40.0, "aucun").with_n(40).people(20);
    let found = protect(measures("qpv", [rate, other]), &settings);
    let reasons: Vec<Value> = found.all.iter().map(|m| m.reading.value).collect();
    assert_eq!(reasons, [Value::Secret("petit-effectif"); 2], "which one is small is not said");
    for measure in &found.all {
        let reading = &measure.reading;
        assert_eq!((reading.numerator, reading.denominator, reading.n), (None, None, None));
        assert_eq!(reading.population, Population::Open);
    }
}

#[test]
fn organisations_have_a_threshold_of_their_own() {
    let counts = [9, 3, 2].map(|n| Reading::count(n).organisations(n));
    assert_eq!(published(measures("reseau", counts)), [Some(9.0), None, None]);
}

#[test]
fn headlines_and_open_cells_stay() {
    let headline = measures("", [Reading::count(2).people(2)]);
    assert_eq!(published(headline), [Some(2.0)]);
    assert_eq!(published(measures("stade", [Reading::count(1)])), [Some(1.0)]);
}
