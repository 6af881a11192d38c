//! Small programmes by hand, and two years of published statements.

use super::*;
use crate::indicators::testing::{Builder, day};
use crate::programme::{Declarant, Organisation, Stage};
use Declarant::{A, B, Facilitator};

/// Organisations 0 to `count` − 1, listed without a date.
fn organisations(count: usize) -> Builder {
    (0..count).fold(Builder::new(), |b, n| b.organisation(&format!("O{n}"), |_| {}))
}

fn level(programme: &Programme, date: &str, reading: SideReading) -> u8 {
    LevelHistory::of(programme).level((0, 1), day(date), reading)
}

fn inclusive(programme: &Programme, date: &str) -> u8 {
    level(programme, date, SideReading::Inclusive)
}

#[test]
fn the_latest_word_of_each_side_stands() {
    let programme = organisations(2)
        .cooperation((0, 1), 1, "2025-01-10", A)
        .cooperation((1, 0), 3, "2025-02-10", A)
        .cooperation((0, 1), 2, "2025-03-10", A)
        .build();
    let history = LevelHistory::of(&programme);
    assert_eq!(history.sides((0, 1), day("2025-01-09")), [None, None]);
    assert_eq!(history.sides((0, 1), day("2025-01-10")), [Some(1), None]);
    assert_eq!(history.sides((0, 1), day("2025-02-10")), [Some(1), Some(3)]);
    assert_eq!(history.sides((0, 1), day("2026-01-01")), [Some(2), Some(3)]);
    assert_eq!(level(&programme, "2025-01-10", SideReading::Strict), 0);
    assert_eq!(level(&programme, "2026-01-01", SideReading::Strict), 2);
    assert_eq!(inclusive(&programme, "2026-01-01"), 3);
}

#[test]
fn the_facilitator_speaks_for_both_and_may_lower() {
    let programme = organisations(2)
        .cooperation((0, 1), 3, "2025-01-10", A)
        .cooperation((0, 1), 1, "2025-06-10", Facilitator)
        .cooperation((0, 1), 2, "2025-09-10", B)
        .build();
    assert_eq!(inclusive(&programme, "2025-06-09"), 3);
    assert_eq!(inclusive(&programme, "2025-06-10"), 1);
    assert_eq!(level(&programme, "2025-06-10", SideReading::Strict), 1);
    assert_eq!(inclusive(&programme, "2025-09-10"), 2);
    let steps: Vec<_> = LevelHistory::of(&programme)
        .steps()
        .into_iter()
        .map(|s| (s.date.to_string(), s.from, s.to))
        .collect();
    let expected = [("2025-01-10", 0, 3), ("2025-06-10", 3, 1), ("2025-09-10", 1, 2)];
    assert_eq!(steps, expected.map(|(d, from, to)| (d.to_string(), from, to)));
}

#[test]
fn of_two_words_on_one_day_the_own_then_the_higher_stands() {
    let programme = organisations(2)
        .cooperation((0, 1), 3, "2025-01-10", Facilitator)
        .cooperation((0, 1), 1, "2025-01-10", A)
        .cooperation((0, 1), 2, "2025-01-10", A)
        .build();
    let sides = LevelHistory::of(&programme).sides((0, 1), day("2025-01-10"));
    assert_eq!(sides, [Some(2), Some(3)]);
}

#[test]
fn a_common_project_counts_from_the_latest_of_three_dates() {
    let stages = [(Stage::Idea, "2025-01-01"), (Stage::CoDesign, "2025-06-01")];
    let of = |from_a: Option<&str>, from_b: Option<&str>| {
        organisations(2)
            .project(&stages, |_| {})
            .partnership(0, 0, from_a)
            .partnership(0, 1, from_b)
            .build()
    };
    for (a, b, since) in [
        (Some("2025-02-01"), Some("2025-03-01"), "2025-06-01"),
        (Some("2025-02-01"), Some("2025-09-01"), "2025-09-01"),
        (None, None, "2025-06-01"),
    ] {
        let programme = of(a, b);
        let date = day(since);
        let history = LevelHistory::of(&programme);
        let eve = date.pred_opt().expect("a day");
        assert_eq!(history.sides((0, 1), eve), [None, None], "{since}");
        assert_eq!(history.sides((0, 1), date), [Some(3), Some(3)], "{since}");
        let row = &history.steps()[0].origin;
        assert_eq!(*row, programme.partnerships[1].origin);
    }
}

#[test]
fn no_fact_before_co_design_nor_after_one_has_left() {
    let idea = organisations(2)
        .project(&[(Stage::Idea, "2025-01-01"), (Stage::Abandoned, "2025-05-01")], |_| {})
        .partnership(0, 0, None)
        .partnership(0, 1, None)
        .build();
    assert_eq!(inclusive(&idea, "2026-01-01"), 0);
    let mut left = organisations(2)
        .project(&[(Stage::Launched, "2025-06-01")], |_| {})
        .partnership(0, 0, Some("2025-01-01"))
        .partnership(0, 1, None)
        .build();
    left.partnerships[0].to = Some(day("2025-05-31"));
    assert_eq!(inclusive(&left, "2026-01-01"), 0);
    left.partnerships[0].to = Some(day("2025-06-01"));
    assert_eq!(inclusive(&left, "2026-01-01"), 3);
}

#[test]
fn a_fact_replaces_older_words_and_newer_words_replace_it() {
    let programme = organisations(2)
        .cooperation((0, 1), 1, "2025-01-01", A)
        .project(&[(Stage::CoDesign, "2025-06-01")], |_| {})
        .partnership(0, 0, None)
        .partnership(0, 1, None)
        .cooperation((0, 1), 2, "2025-12-01", Facilitator)
        .build();
    assert_eq!(inclusive(&programme, "2025-05-31"), 1);
    assert_eq!(inclusive(&programme, "2025-06-01"), 3);
    assert_eq!(inclusive(&programme, "2025-12-01"), 2);
}

#[test]
fn an_organisation_is_in_from_its_entry_or_its_first_record() {
    let mut programme = organisations(5)
        .person(|p| p.organisation = Some(3))
        .activity("2025-04-01", |a| a.organisers = vec![2])
        .activity("2025-05-01", |_| {})
        .present(1, &[0])
        .cooperation((0, 1), 0, "2025-03-01", A)
        .build();
    programme.organisations[1].joined = Some(day("2025-02-01"));
    programme.organisations[0].joined = Some(day("2025-08-01"));
    // Named by other tables only, and never on a day: not in.
    programme.organisations.push(Organisation::default());
    let perimeter = Perimeter::of(&programme);
    let at = |date: &str| perimeter.at(day(date));
    assert_eq!(at("2025-01-31"), [4]);
    assert_eq!(at("2025-02-01"), [1, 4]);
    assert_eq!(at("2025-03-01"), [0, 1, 4]);
    assert_eq!(at("2025-04-01"), [0, 1, 2, 4]);
    assert_eq!(at("2026-01-01"), [0, 1, 2, 3, 4]);
}

#[test]
fn a_territory_keeps_those_who_act_there() {
    let place = |territories: &'static [usize]| {
        move |o: &mut Organisation| o.territories = territories.iter().copied().collect()
    };
    let programme = Builder::new()
        .territory("Ici", None)
        .territory("Là", None)
        .organisation("A", place(&[0]))
        .organisation("B", place(&[0, 1]))
        .organisation("C", place(&[1]))
        .cooperation((0, 1), 2, "2025-01-01", A)
        .cooperation((0, 1), 3, "2025-01-01", B)
        .cooperation((1, 2), 1, "2025-01-01", A)
        .cooperation((0, 2), 3, "2025-01-01", A)
        .build();
    let network = Network::at(&programme, day("2025-02-01"));
    assert_eq!(network.members(), [0, 1, 2]);
    assert_eq!(network.ties(), [(0, 1, 3), (0, 2, 3), (1, 2, 1)]);
    let disagreement = Disagreement { a: 0, b: 1, says_a: 2, says_b: 3 };
    assert_eq!(network.disagreements(), [disagreement]);
    let here = network.clone().in_territory(&programme, 0);
    assert_eq!((here.members(), here.ties()), (&[0, 1][..], vec![(0, 1, 3)]));
    let there = network.in_territory(&programme, 1);
    assert_eq!((there.ties(), there.disagreements().len()), (vec![(1, 2, 1)], 0));
}

#[test]
fn nothing_gives_an_empty_network() {
    let network = Network::at(&Programme::default(), day("2025-02-01"));
    assert!(network.members().is_empty() && network.ties().is_empty());
    assert!(network.disagreements().is_empty());
}
