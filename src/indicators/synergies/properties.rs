//! What must hold whatever the data.

use crate::indicators::testing::{Builder, breakdown, day, quarter, settings, value};
use crate::indicators::{Family, compute};
use crate::period::Window;
use crate::programme::{Declarant, Programme, Stage};
use crate::schema::TableId;
use proptest::prelude::*;

/// Two organisations, level, day since 2026-01-01, declarant.
type Word = ((usize, usize), u8, u64, usize);

fn programme(words: &[Word], partners: &[(usize, usize)]) -> Programme {
    // Given, even when nobody has said anything yet.
    let mut builder = Builder::new()
        .territory("Ici", None)
        .territory("Là", None)
        .given(&[TableId::Cooperations, TableId::Partnerships]);
    for number in 0..7usize {
        builder = builder.organisation(&format!("O{number}"), |o| {
            o.kind = ["collectif", "entreprise"].get(number % 3).map(|k| (*k).to_string());
            o.networks =
                ["R", "S", "T"].get(number % 4).map(|n| (*n).to_string()).into_iter().collect();
            o.territories = [number % 2].into_iter().collect();
            o.joined = (number > 3).then(|| day("2026-07-15"));
        });
    }
    for project in 0..2 {
        let start = ["2026-03-01", "2026-08-01"][project];
        builder = builder.project(&[(Stage::CoDesign, start)], |p| p.territory = Some(project));
    }
    for (project, organisation) in partners {
        builder = builder.partnership(*project, *organisation, None);
    }
    for (pair, level, days, declarant) in words {
        let date = day("2026-01-01") + chrono::Days::new(*days);
        let declarant = [Declarant::A, Declarant::B, Declarant::Facilitator][*declarant];
        builder = builder.cooperation(*pair, *level, &date.to_string(), declarant);
    }
    builder.build()
}

fn facts(programme: &Programme) -> Vec<String> {
    let period = "2026-T3".parse().expect("a quarter");
    let windows = Window::of_report(period, day("2026-01-01"));
    compute(programme, &settings(), &windows)
        .all
        .iter()
        .filter(|m| m.indicator.family == Family::Synergies)
        .map(|m| format!("{} {:?} {:?} {:?}", m.indicator.id, m.scope, m.window, m.reading))
        .collect()
}

fn words() -> impl Strategy<Value = Vec<Word>> {
    prop::collection::vec(((0usize..7, 0usize..7), 0u8..4, 0u64..270, 0usize..3), 0..40)
}

fn partners() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0usize..2, 0usize..7), 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn order_of_rows_changes_nothing(words in words(), partners in partners()) {
        let one = programme(&words, &partners);
        let mut other = one.clone();
        other.cooperations.reverse();
        other.partnerships.reverse();
        prop_assert_eq!(facts(&one), facts(&other));
    }

    /// ΣT = |P|(|P|−1)/2 and m_t − m_{t−1} = new − lost, on both perimeters.
    #[test]
    fn the_square_adds_up(words in words(), partners in partners()) {
        let programme = programme(&words, &partners);
        let window = quarter("2026-T3");
        let sum = |dimension, keep: fn(&str) -> bool| -> f64 {
            let cells = breakdown(&programme, "transitions", window, dimension);
            cells.iter().filter(|c| keep(&c.0)).filter_map(|c| c.1.get()).sum()
        };
        let there = breakdown(&programme, "perimetre", window, "rotation")[0].1.get();
        let members = value(&programme, "perimetre", window).get();
        for (cells, moves, size) in [
            ("transition", "mouvement", there.expect("known")),
            ("transition_complet", "mouvement_complet", members.expect("known")),
        ] {
            prop_assert_eq!(Some(sum(cells, |_| true)), Some(size * (size - 1.0) / 2.0));
            let before = sum(cells, |m| !m.starts_with('0'));
            let after = sum(cells, |m| !m.ends_with('0'));
            let new = sum(moves, |m| m == "nouvelles");
            let lost = sum(moves, |m| m == "perdues");
            prop_assert_eq!(Some(after - before), Some(new - lost));
        }
        let reached = sum("transition_complet", |m| m.ends_with('3') && m != "3-3");
        let new = value(&programme, "nouvelles_synergies", window).get();
        prop_assert_eq!(Some(reached), new);
    }

    /// Blocks of networks and blocks of types both hold every tie and every pair once.
    #[test]
    fn blocks_add_up(words in words(), partners in partners()) {
        let programme = programme(&words, &partners);
        let window = quarter("2026-T3");
        let ties = value(&programme, "liens", window).get().expect("known");
        for id in ["matrice_blocs", "matrice_blocs_types"] {
            let all = crate::indicators::testing::readings(
                &programme, id, crate::indicators::Scope::Programme, window);
            let m: f64 = all.iter().filter_map(|r| r.numerator).sum();
            let possible: f64 = all.iter().filter_map(|r| r.denominator).sum();
            prop_assert_eq!((m, possible), (ties, 21.0));
        }
    }
}
