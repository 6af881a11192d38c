//! Small programmes counted by hand, worked values, and open data to the cent.

use crate::indicators::testing::{Builder, cumulative, day, quarter, settings};
use crate::indicators::{Reading, Scope, Value, compute};
use crate::period::Window;
use crate::programme::{Funding, Programme};
use crate::schema::TableId;
use crate::settings::{Settings, VolunteerRate};

const Q3: &str = "2026-T3";

fn all() -> Window {
    cumulative("2026-01-01", Q3)
}

/// Readings of an indicator in a cell under some settings, as a run computes them.
fn readings(
    programme: &Programme,
    settings: &Settings,
    (id, scope, window): (&str, Scope, Window),
) -> Vec<Reading> {
    compute(programme, settings, &[window])
        .all
        .into_iter()
        .filter(|m| m.indicator.id == id && m.scope == scope)
        .map(|m| m.reading)
        .collect()
}

fn with(programme: &Programme, settings: &Settings, id: &str, window: Window) -> Value {
    let all = readings(programme, settings, (id, Scope::Programme, window));
    all.iter().find(|r| r.dimension.is_empty()).expect("a headline").value
}

fn value(programme: &Programme, id: &str, window: Window) -> Value {
    with(programme, &settings(), id, window)
}

fn part(programme: &Programme, id: &str, dimension: &str, modality: &str) -> Reading {
    readings(programme, &settings(), (id, Scope::Programme, all()))
        .into_iter()
        .find(|r| r.dimension == dimension && r.modality == modality)
        .unwrap_or_else(|| panic!("{id} {dimension} {modality}"))
}

fn near(value: Value, expected: f64) {
    let found = value.get().unwrap_or_else(|| panic!("{value:?} instead of {expected}"));
    assert!((found - expected).abs() < 5e-5, "{found} instead of {expected}");
}

fn grant(cents: i64, category: Option<&str>) -> impl FnOnce(&mut Funding) {
    let category = category.map(str::to_string);
    move |f| {
        f.granted = Some(cents);
        f.category = category;
        f.signed = Some(day("2026-07-10"));
    }
}

/// 60, 20, 10, 10 k€: the worked example, in four categories.
fn four() -> Builder {
    Builder::new()
        .funding("ADEME", grant(6_000_000, None))
        .funding("Ville", grant(2_000_000, Some("Commune")))
        .funding("Fondation X", grant(1_000_000, Some("Aides privées")))
        .funding("Adhérents", grant(1_000_000, Some("Ressources propres")))
}

#[test]
fn concentration_of_the_worked_example() {
    let programme = four().build();
    for window in [quarter(Q3), all()] {
        near(value(&programme, "hhi", window), 0.42);
        near(value(&programme, "hhi_normalise", window), 0.2267);
        near(value(&programme, "financeurs_effectifs", window), 2.3810);
        near(value(&programme, "dependance", window), 0.6);
        near(value(&programme, "levier", window), 4.0 / 6.0);
        near(value(&programme, "cumul_public", window), 0.8);
        near(value(&programme, "montant_accorde", window), 100_000.0);
    }
    near(part(&programme, "hhi", "base", "categorie").value, 0.42);
    near(part(&programme, "financeurs_effectifs", "ordre", "0").value, 4.0);
    near(part(&programme, "financeurs_effectifs", "ordre", "1").value, 2.9710);
    near(part(&programme, "dependance", "financeur", "ADEME").value, 0.6);
    near(value(&programme, "diversification", all()), 0.58 / (1.0 - 1.0 / 12.0));
    for (code, share) in [("public", 0.8), ("prive", 0.1), ("propre", 0.1), ("non_renseigne", 0.0)]
    {
        near(part(&programme, "parts", "origine", code).value, share);
    }
    let line = part(&programme, "parts", "ligne_cerfa", "Autres établissements publics");
    assert_eq!((line.numerator, line.denominator), (Some(60_000.0), Some(100_000.0)));
    assert_eq!(part(&programme, "parts", "financeur", "Ville").numerator, Some(20_000.0));
}

#[test]
fn one_funder_is_not_concentrated_beyond_itself() {
    let programme = Builder::new().funding("ADEME", grant(100, None)).build();
    near(value(&programme, "hhi", all()), 1.0);
    near(value(&programme, "financeurs_effectifs", all()), 1.0);
    near(value(&programme, "diversification", all()), 0.0);
    near(value(&programme, "levier", all()), 0.0);
    let normal = value(&programme, "hhi_normalise", all());
    assert_eq!(normal, Value::Undefined("un-seul-financeur"));
    let other = Builder::new().funding("Ville", grant(100, Some("Commune"))).build();
    assert_eq!(value(&other, "levier", all()), Value::Undefined("sans-ademe"));
}

#[test]
fn equal_funders_in_one_category() {
    let equal = ["A", "B", "C", "D"]
        .into_iter()
        .fold(Builder::new(), |b, name| b.funding(name, grant(2_500, Some("Commune"))))
        .build();
    near(value(&equal, "hhi", all()), 0.25);
    near(value(&equal, "financeurs_effectifs", all()), 4.0);
    near(value(&equal, "hhi_normalise", all()), 0.0);
    near(part(&equal, "hhi", "base", "categorie").value, 1.0);
    near(value(&equal, "diversification", all()), 0.0);
}

#[test]
fn a_blank_category_is_not_a_category() {
    let programme = four().funding("Mystère", grant(1, None)).build();
    for id in ["diversification", "cumul_public"] {
        let found = value(&programme, id, all());
        assert_eq!(found, Value::Undefined("categorie-non-renseignee"), "{id}");
    }
    let by_category = part(&programme, "hhi", "base", "categorie").value;
    assert_eq!(by_category, Value::Undefined("categorie-non-renseignee"));
    assert_eq!(part(&programme, "parts", "ligne_cerfa", "non renseigné").numerator, Some(0.01));
}

#[test]
fn only_our_signed_cash_counts() {
    let programme = four()
        .funding("Ville", |f| {
            grant(500, Some("Commune"))(f);
            f.status = Some("déposé".into());
        })
        .funding("Ville", |f| {
            grant(500, Some("Commune"))(f);
            f.in_kind = true;
        })
        .funding("Ville", |f| {
            grant(500, Some("Commune"))(f);
            f.ours = false;
        })
        .funding("Région", |f| {
            grant(500, Some("Région"))(f);
            f.signed = Some(day("2026-10-01"));
        })
        .build();
    near(value(&programme, "montant_accorde", all()), 100_000.0);
    let voted = four()
        .funding("Région", |f| {
            grant(500, Some("Région"))(f);
            f.status = Some("voté".into());
        })
        .build();
    near(value(&voted, "montant_accorde", all()), 100_000.0);
}

#[test]
fn asked_granted_and_received_are_three_things() {
    let programme = Builder::new()
        .funding("Ville", |f| {
            f.asked = Some(300_000);
            f.filed = Some(day("2026-05-02"));
            f.granted = Some(200_000);
            f.decided = Some(day("2026-07-01"));
            f.status = Some("conventionné".into());
        })
        .build();
    near(value(&programme, "montant_demande", all()), 3_000.0);
    near(value(&programme, "montant_demande", quarter(Q3)), 0.0);
    near(value(&programme, "montant_accorde", quarter(Q3)), 2_000.0);
    let received = value(&programme, "montant_encaisse", all());
    assert_eq!(received, Value::Undefined("aucun-montant-encaisse"));
}

#[test]
fn an_aid_is_spread_over_its_months_once_signed() {
    let programme = Builder::new()
        .funding("ADEME", |f| {
            f.granted = Some(1_200_000);
            f.signed = Some(day("2026-05-20"));
            f.covers = Some((day("2026-01-01"), day("2026-12-31")));
        })
        .build();
    let of = |q: &str| value(&programme, "montant_accorde", quarter(q));
    near(of("2026-T1"), 0.0);
    // January to April fall on the day it is signed.
    near(of("2026-T2"), 6_000.0);
    near(of("2026-T3"), 3_000.0);
    near(of("2026-T4"), 3_000.0);
    near(value(&programme, "montant_accorde", all()), 9_000.0);
}

#[test]
fn money_signed_before_the_start_or_without_a_date_is_in_the_cumulative() {
    let programme = Builder::new()
        .funding("ADEME", |f| {
            f.granted = Some(100);
            f.signed = Some(day("2025-11-01"));
        })
        .funding("Ville", |f| f.granted = Some(10))
        .funding("Région", |f| {
            f.granted = Some(1);
            f.year = Some(2026);
        })
        .build();
    near(value(&programme, "montant_accorde", all()), 1.11);
    near(value(&programme, "montant_accorde", quarter("2026-T1")), 0.01);
    assert_eq!(value(&programme, "hhi", quarter(Q3)), Value::Undefined("aucun-montant"));
}

#[test]
fn money_taken_back_lowers_the_sum_and_has_no_share() {
    let programme = four().funding("Région", grant(-1_000, Some("Région"))).build();
    near(value(&programme, "montant_accorde", all()), 99_990.0);
    near(value(&programme, "hhi", all()), 0.42);
    near(part(&programme, "parts", "origine", "public").value, 0.8);
}

#[test]
fn a_territory_has_the_lines_that_name_it() {
    let programme = Builder::new()
        .territory("Ici", None)
        .territory("Là", None)
        .funding("ADEME", |f| {
            grant(1_050, None)(f);
            f.territory = Some(0);
        })
        .funding("Ville", grant(10, Some("Commune")))
        .build();
    let of = |territory| {
        readings(&programme, &settings(), ("montant_accorde", Scope::Territory(territory), all()))
            [0]
        .value
    };
    near(of(0), 10.5);
    assert_eq!(of(1), Value::Undefined("financement-sans-territoire"));
}

#[test]
fn nothing_says_why() {
    let missing = value(&Programme::default(), "hhi", all());
    assert_eq!(missing, Value::Missing("Financements"));
    let empty = Builder::new().given(&[TableId::Funding, TableId::Volunteering]).build();
    for (id, reason) in [
        ("montant_accorde", "aucun-montant-accorde"),
        ("hhi", "aucun-montant"),
        ("hhi_normalise", "aucun-montant"),
        ("financeurs_effectifs", "aucun-montant"),
        ("diversification", "aucun-montant"),
        ("dependance", "aucun-montant"),
        ("parts", "aucun-montant"),
        ("levier", "aucun-montant"),
        ("cumul_public", "aucun-montant"),
        ("taux_aide", "aide-inconnue"),
        ("aide_acquise", "aide-non-reglee"),
    ] {
        assert_eq!(value(&empty, id, all()), Value::Undefined(reason), "{id}");
    }
    near(value(&empty, "benevolat", all()), 0.0);
}

fn budget() -> Builder {
    Builder::new()
        .budget(2026, "641", |l| {
            (l.planned, l.actual, l.eligible) = (Some(8_000_000), Some(3_000_000), Some(true));
        })
        .budget(2026, "613", |l| {
            (l.planned, l.actual, l.eligible) = (Some(1_000_000), Some(500_000), Some(false));
        })
        .budget(2027, "641", |l| {
            (l.planned, l.actual, l.eligible) = (Some(2_000_000), Some(9), Some(true));
        })
        .budget(2026, "74etp", |l| (l.planned, l.eligible) = (Some(5), Some(true)))
}

#[test]
fn aid_earned_is_the_rate_of_what_is_spent_up_to_the_maximum() {
    let mut settings = settings();
    settings.aid.rate = Some(0.7);
    settings.aid.maximum = Some(7_000_000);
    let programme = budget().build();
    let of = |settings: &Settings, id| with(&programme, settings, id, all());
    near(of(&settings, "taux_aide"), 0.7);
    near(of(&settings, "aide_acquise"), 21_000.0);
    near(of(&settings, "reste_a_justifier"), 49_000.0);
    let in_quarter = with(&programme, &settings, "aide_acquise", quarter(Q3));
    assert_eq!(in_quarter, Value::Undefined("cumul-seulement"));
    settings.aid.maximum = Some(2_000_000);
    near(of(&settings, "aide_acquise"), 20_000.0);
    near(of(&settings, "reste_a_justifier"), 0.0);
    settings.aid.eligible_base = Some(4_000_000);
    near(of(&settings, "taux_aide"), 0.5);
    let without = with(&Programme::default(), &settings, "aide_acquise", all());
    assert_eq!(without, Value::Missing("Budget"));
}

#[test]
fn aid_at_a_flat_rate_follows_the_hours() {
    let mut settings = settings();
    settings.aid.per_fte = Some(3_000_000);
    let programme = Builder::new()
        .hours("2026-02-01", 1607.0, None)
        .hours("2026-08-01", 803.5, None)
        .hours("2026-10-01", 99.0, None)
        .funding("ADEME", grant(10_000_000, None))
        .build();
    near(with(&programme, &settings, "aide_acquise", all()), 45_000.0);
    near(with(&programme, &settings, "reste_a_justifier", all()), 55_000.0);
    let none = with(&budget().build(), &settings, "aide_acquise", all());
    assert_eq!(none, Value::Missing("Temps"));
}

#[test]
fn volunteering_takes_the_rate_of_its_day_and_category() {
    let mut settings = settings();
    let rate = |from: &str, category: Option<&str>, rate| VolunteerRate {
        from: day(from),
        category: category.map(str::to_string),
        rate,
    };
    settings.volunteer_rates = vec![
        rate("2025-01-01", None, 1_188),
        rate("2026-08-01", None, 1_200),
        rate("2025-01-01", Some("Expert"), 3_000),
    ];
    let programme = Builder::new()
        .volunteering("2026-07-31", 2.5, None)
        .volunteering("2026-08-01", 1.0, Some("accueil"))
        .volunteering("2026-08-01", 1.0, Some("expert"))
        .volunteering("2026-10-01", 50.0, None)
        .build();
    near(with(&programme, &settings, "benevolat", quarter(Q3)), 29.70 + 12.0 + 30.0);
    settings.volunteer_rates.remove(0);
    let without = with(&programme, &settings, "benevolat", quarter(Q3));
    assert_eq!(without, Value::Undefined("taux-benevolat-absent"));
}
