//! What must hold whatever the data.

use crate::indicators::testing::{Builder, day, settings};
use crate::indicators::{Family, Measures, Scope, compute};
use crate::period::{Window, WindowKind};
use crate::programme::Programme;
use proptest::prelude::*;

/// Funder, cents, territory, first day covered, days covered, day signed.
type Grant = (usize, i64, Option<usize>, u64, Option<u64>, Option<u64>);

fn programme(grants: &[Grant]) -> Programme {
    let builder = Builder::new().territory("Ici", None).territory("Là", None);
    grants
        .iter()
        .fold(builder, |builder, (funder, cents, territory, first, length, signed)| {
            let name = ["ADEME", "Ville", "Fondation", "Adhérents", "Inconnu"][*funder];
            let category =
                [None, Some("Commune"), Some("Aides privées"), Some("Ressources propres")];
            let start = day("2024-10-01");
            builder.funding(name, |f| {
                f.category = category.get(*funder).copied().flatten().map(str::to_string);
                f.granted = Some(*cents);
                f.territory = *territory;
                let first = start + chrono::Days::new(*first);
                f.covers = length.map(|days| (first, first + chrono::Days::new(days)));
                f.signed = signed.map(|days| start + chrono::Days::new(days));
            })
        })
        .build()
}

fn grants() -> impl Strategy<Value = Vec<Grant>> {
    let grant = (
        0usize..5,
        1i64..100_000_000,
        prop::option::of(0usize..2),
        0u64..400,
        prop::option::of(0u64..300),
        prop::option::of(0u64..700),
    );
    prop::collection::vec(grant, 0..12)
}

fn measures(programme: &Programme) -> Measures {
    let period = "2026-T4".parse().expect("a quarter");
    compute(programme, &settings(), &Window::of_report(period, day("2024-10-01")))
}

fn facts(programme: &Programme) -> Vec<String> {
    measures(programme)
        .all
        .iter()
        .filter(|m| m.indicator.family == Family::Funding)
        .map(|m| format!("{} {:?} {:?} {:?}", m.indicator.id, m.scope, m.window, m.reading))
        .collect()
}

fn cents(euros: Option<f64>) -> i64 {
    (euros.unwrap_or(0.0) * 100.0).round() as i64
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn order_of_rows_changes_nothing(grants in grants()) {
        let mut backwards = grants.clone();
        backwards.reverse();
        prop_assert_eq!(facts(&programme(&grants)), facts(&programme(&backwards)));
    }

    /// By the end of 2026 all is signed and covered: the cumulative is the sum of the lines, in all and
    /// by territory, and quarters add up to what is dated, to the cent.
    #[test]
    fn no_cent_is_lost(grants in grants()) {
        let measures = measures(&programme(&grants));
        let of = |scope| {
            let found = measures.get("montant_accorde", scope, WindowKind::Cumulative);
            cents(found.and_then(|m| m.reading.value.get()))
        };
        prop_assert_eq!(of(Scope::Programme), grants.iter().map(|g| g.1).sum::<i64>());
        for territory in 0..2 {
            let sum: i64 = grants.iter().filter(|g| g.2 == Some(territory)).map(|g| g.1).sum();
            prop_assert_eq!(of(Scope::Territory(territory)), sum);
        }
        let quarters: i64 = measures
            .history("montant_accorde", Scope::Programme)
            .map(|m| cents(m.reading.value.get()))
            .sum();
        let dated = grants.iter().filter(|g| g.4.is_some() || g.5.is_some());
        prop_assert_eq!(quarters, dated.map(|g| g.1).sum::<i64>());
    }

    #[test]
    fn every_breakdown_of_the_parts_adds_up(grants in grants()) {
        let measures = measures(&programme(&grants));
        let total: i64 = grants.iter().map(|g| g.1).sum();
        for dimension in ["origine", "ligne_cerfa", "financeur"] {
            let parts = measures.breakdown(
                "parts", Scope::Programme, WindowKind::Cumulative, dimension);
            let sum: i64 = parts.map(|m| cents(m.reading.numerator)).sum();
            prop_assert_eq!(sum, total);
        }
    }
}
