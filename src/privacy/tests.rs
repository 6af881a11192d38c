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
        // Nothing but zeros beside it: one of them hides which cell it is.
        (&[5, 0, 0], &[None, None, Some(0.0)]),
        (&[5], &[None]),
    ] {
        assert_eq!(published(people(counts)), expected, "{counts:?}");
    }
}

#[test]
fn a_withheld_cell_says_why_and_nothing_else() {
    let settings = crate::indicators::testing::settings();
    let rate = Reading::rate(3.0, 40.0, "aucun").with_n(40).people(3);
    let other = Reading::rate(20.0, 40.0, "aucun").with_n(40).people(20);
    let found = protect(measures("qpv", [rate, other]), &settings);
    let reasons: Vec<Value> = found.all.iter().map(|m| m.reading.value).collect();
    let expected = [Value::Secret("petit-effectif"), Value::Secret("secret-complementaire")];
    assert_eq!(reasons, expected);
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
