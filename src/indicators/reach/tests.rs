//! Small programmes counted by hand.

use crate::indicators::testing::{
    Builder, breakdown, cumulative, headline, quarter, readings, value,
};
use crate::indicators::{Population, Scope, Value};
use crate::programme::{Programme, Stage};
use crate::schema::TableId;

const Q3: &str = "2026-T3";

fn number(value: f64) -> Value {
    Value::Number(value)
}

/// Two territories of 1 000 and 4 000 inhabitants, four people.
/// - T2: activity 0 in A: people 0, 1.
/// - T3: 1 in A: 0, 1, 2; 2 in B: 0 and 5 without a name; 3 outside: 3; 4 in B: 12 without a name.
fn programme() -> Programme {
    Builder::new()
        .territory("A", Some(1000.0))
        .territory("B", Some(4000.0))
        .people(4)
        .activity("2026-05-10", |a| a.territory = Some(0))
        .activity("2026-07-01", |a| a.territory = Some(0))
        .activity("2026-08-15", |a| {
            a.territory = Some(1);
            a.anonymous = Some(5);
        })
        .activity("2026-09-01", |_| {})
        .activity("2026-09-30", |a| {
            a.territory = Some(1);
            a.anonymous = Some(12);
        })
        .present(0, &[0, 1])
        .present(1, &[0, 1, 2])
        .present(2, &[0])
        .present(3, &[3])
        .build()
}

#[test]
fn participations_are_named_plus_anonymous_both_shown() {
    let programme = programme();
    let window = quarter(Q3);
    assert_eq!(value(&programme, "participations", window), number(22.0));
    assert_eq!(
        breakdown(&programme, "participations", window, "comptage"),
        [("nommees".to_string(), number(5.0)), ("anonymes".to_string(), number(17.0))]
    );
    let share = headline(&programme, "taux_identification", window);
    assert_eq!((share.numerator, share.denominator), (Some(5.0), Some(22.0)));
}

#[test]
fn unique_people_are_bounded_when_some_have_no_name() {
    let programme = programme();
    let window = quarter(Q3);
    assert_eq!(value(&programme, "participants_uniques", window), number(4.0));
    // At least the 12 of the last activity, at most the 4 named and the 17 others.
    assert_eq!(
        breakdown(&programme, "participants_uniques", window, "borne"),
        [("basse".to_string(), number(12.0)), ("haute".to_string(), number(21.0))]
    );
    let before = quarter("2026-T2");
    assert_eq!(value(&programme, "participants_uniques", before), number(2.0));
    assert!(breakdown(&programme, "participants_uniques", before, "borne").is_empty());
}

#[test]
fn a_presence_typed_twice_counts_once() {
    let programme =
        Builder::new().people(1).activity("2026-07-01", |_| {}).present(0, &[0, 0]).build();
    assert_eq!(value(&programme, "participations", quarter(Q3)), number(1.0));
    let loyal = headline(&programme, "fidelisation", quarter(Q3));
    assert_eq!(loyal.value, number(0.0));
}

#[test]
fn new_people_are_never_new_again_but_once_in_each_territory() {
    let programme = programme();
    assert_eq!(value(&programme, "nouveaux", quarter(Q3)), number(2.0));
    let new_in = |territory, window| {
        readings(&programme, "nouveaux", Scope::Territory(territory), window)[0].value
    };
    assert_eq!(new_in(0, quarter(Q3)), number(1.0));
    // Person 0 came to A first: new in B, not in the programme.
    assert_eq!(new_in(1, quarter(Q3)), number(1.0));
    assert_eq!(value(&programme, "nouveaux", cumulative("2026-01-01", Q3)), number(4.0));
}

#[test]
fn returning_and_retention_look_at_the_past() {
    let programme = programme();
    assert_eq!(value(&programme, "de_retour", quarter(Q3)), number(2.0));
    let kept = headline(&programme, "retention", quarter(Q3));
    assert_eq!((kept.numerator, kept.denominator), (Some(2.0), Some(2.0)));
    let first = value(&programme, "retention", quarter("2026-T2"));
    assert_eq!(first, Value::Undefined("personne-au-trimestre-precedent"));
    let all = cumulative("2026-01-01", Q3);
    assert_eq!(value(&programme, "retention", all), Value::Undefined("trimestre-seulement"));
}

#[test]
fn loyal_people_came_at_least_twice() {
    let loyal = headline(&programme(), "fidelisation", quarter(Q3));
    assert_eq!((loyal.numerator, loyal.denominator), (Some(1.0), Some(4.0)));
}

#[test]
fn columns_add_up_with_the_overlap_row() {
    let programme = programme();
    let rows = breakdown(&programme, "chevauchement", quarter(Q3), "chevauchement");
    let counts: Vec<f64> = rows.iter().filter_map(|(_, value)| value.get()).collect();
    // 3 in A and 1 in B, person 0 in both, person 3 in none.
    assert_eq!(counts, [4.0, 1.0, 1.0, 4.0]);
    assert_eq!(value(&programme, "chevauchement", quarter(Q3)), number(1.0));
}

#[test]
fn penetration_needs_every_population() {
    let mut programme = programme();
    let rate = headline(&programme, "penetration", quarter(Q3));
    assert_eq!(rate.value, number(0.8));
    assert_eq!((rate.numerator, rate.denominator), (Some(4.0), Some(5000.0)));
    programme.territories[1].population = None;
    assert_eq!(value(&programme, "penetration", quarter(Q3)), Value::Missing("Territoires"));
    let a = readings(&programme, "penetration", Scope::Territory(0), quarter(Q3));
    assert_eq!(a[0].value, number(3.0));
}

#[test]
fn concentration_is_the_gini_of_attendance() {
    // Attendances 3, 6, 1 and 12: 2(1·1 + 2·3 + 3·6 + 4·12)/(4·22) − 5/4.
    let found = value(&programme(), "concentration", quarter(Q3)).get().expect("a number");
    assert!((found - (146.0 / 88.0 - 1.25)).abs() < 1e-12, "{found}");
    let one = value(&programme(), "concentration", quarter("2026-T2"));
    assert_eq!(one, Value::Undefined("moins-de-deux-activites"));
}

#[test]
fn everybody_stands_on_their_highest_rung() {
    let programme = Builder::new()
        .project(&[(Stage::Idea, "2026-01-01")], |_| {})
        .project(&[(Stage::Launched, "2026-06-01")], |_| {})
        .project(&[(Stage::Launched, "2026-06-01"), (Stage::Abandoned, "2026-08-01")], |_| {})
        .people(3)
        .person(|p| {
            p.status = Some("porteur de projet".into());
            p.projects = vec![0];
        })
        .person(|p| p.projects = vec![1])
        .person(|p| {
            p.status = Some("bénévole".into());
            p.projects = vec![2];
        })
        .activity("2026-07-01", |a| a.reached = Some(200))
        .activity("2026-07-02", |_| {})
        .activity("2026-07-03", |a| a.kind = Some("accompagnement".into()))
        .present(0, &[0, 1, 4, 5])
        .present(1, &[1])
        .present_as(1, 2, Some("organisateur"))
        .present(2, &[3])
        .build();
    let rungs = breakdown(&programme, "echelle", quarter(Q3), "echelon");
    let counts: Vec<(&str, Option<f64>)> =
        rungs.iter().map(|(name, value)| (name.as_str(), value.get())).collect();
    let expected = [
        ("touches", 200.0),
        // 0 came once; so did 5, whose project was abandoned.
        ("sensibilises", 2.0),
        // 1 came twice; 2 organised.
        ("mobilises", 2.0),
        ("accompagnes", 1.0),
        ("engages", 1.0),
    ];
    assert_eq!(counts, expected.map(|(name, count)| (name, Some(count))));
    assert_eq!(value(&programme, "echelle", quarter(Q3)), number(6.0));
    let marks = readings(&programme, "echelle", Scope::Programme, quarter(Q3)).into_iter();
    let marks: Vec<_> = marks.filter(|r| !r.dimension.is_empty()).map(|r| r.population).collect();
    let of = Population::People;
    assert_eq!(marks, [Population::Open, of(2), of(2), of(1), of(1)]);
}

#[test]
fn an_audience_nobody_estimated_is_not_zero() {
    let rungs = breakdown(&programme(), "echelle", quarter(Q3), "echelon");
    assert_eq!(rungs[0].1, Value::Missing("Activités"));
}

#[test]
fn breakdowns_always_say_what_is_not_known() {
    let programme = Builder::new()
        .organisation("Ferme", |o| {
            o.kind = Some("entreprise".into());
            o.networks = vec!["Colibris".into(), "Alternatiba".into()];
        })
        .person(|p| {
            p.gender = Some("F".into());
            p.birth_year = Some(2008);
            p.qpv = Some(true);
            p.organisation = Some(0);
        })
        .person(|p| {
            p.gender = Some("F".into());
            p.age_band = Some("65+".into());
            p.birth_year = Some(2000);
        })
        .people(1)
        .activity("2026-07-01", |_| {})
        .present(0, &[0, 1, 2])
        .build();
    let of = |dimension| {
        breakdown(&programme, "repartition", quarter(Q3), dimension)
            .into_iter()
            .map(|(modality, value)| (modality, value.get().unwrap_or(-1.0)))
            .collect::<Vec<_>>()
    };
    let text =
        |rows: &[(&str, f64)]| rows.iter().map(|(m, n)| ((*m).to_string(), *n)).collect::<Vec<_>>();
    let none = "non renseigné";
    assert_eq!(of("genre"), text(&[("F", 2.0), ("H", 0.0), ("autre", 0.0), (none, 1.0)]));
    assert_eq!(
        of("tranche_age"),
        text(&[("<18", 0.0), ("18–25", 1.0), ("26–64", 0.0), ("65+", 1.0), (none, 1.0)])
    );
    assert_eq!(of("qpv"), text(&[("oui", 1.0), ("non", 0.0), (none, 2.0)]));
    assert_eq!(of("commune"), text(&[(none, 3.0)]));
    assert_eq!(of("type_structure"), text(&[("entreprise", 1.0), (none, 2.0)]));
    assert_eq!(of("reseau"), text(&[("Alternatiba", 1.0), ("Colibris", 1.0), (none, 2.0)]));
}

#[test]
fn organisations_count_through_members_or_as_organisers() {
    let programme = Builder::new()
        .territory("A", None)
        .territory("B", None)
        .organisation("Un", |o| o.kind = Some("collectif".into()))
        .organisation("Deux", |_| {})
        .organisation("Trois", |_| {})
        .person(|p| p.organisation = Some(0))
        .activity("2026-05-01", |a| a.territory = Some(0))
        .activity("2026-07-01", |a| {
            a.territory = Some(1);
            a.organisers = vec![0, 1];
        })
        .present(0, &[0])
        .present(1, &[0])
        .build();
    assert_eq!(value(&programme, "structures_touchees", quarter(Q3)), number(2.0));
    let kinds = breakdown(&programme, "structures_touchees", quarter(Q3), "type_structure");
    let expected = [("collectif", 1.0), ("non renseigné", 1.0)];
    assert_eq!(kinds, expected.map(|(kind, count)| (kind.to_string(), number(count))));
    assert_eq!(value(&programme, "structures_nouvelles", quarter(Q3)), number(1.0));
    let b = readings(&programme, "structures_nouvelles", Scope::Territory(1), quarter(Q3));
    assert_eq!(b[0].value, number(2.0));
}

#[test]
fn the_cost_of_a_participant_is_eligible_spending_over_people() {
    let programme = Builder::new()
        .people(2)
        .activity("2026-07-01", |_| {})
        .present(0, &[0, 1])
        .budget(2026, "60", |l| {
            l.eligible = Some(true);
            l.action = Some("A1".into());
            l.actual = Some(30_050);
        })
        .budget(2026, "64", |l| {
            l.eligible = Some(true);
            l.actual = Some(70_000);
        })
        .budget(2026, "61", |l| l.actual = Some(99_900))
        .budget(2026, "74", |l| {
            l.eligible = Some(true);
            l.actual = Some(500_000);
        })
        .budget(2027, "60", |l| {
            l.eligible = Some(true);
            l.actual = Some(10_000);
        })
        .build();
    let cost = headline(&programme, "cout_par_participant", cumulative("2026-03-01", Q3));
    assert_eq!(cost.value, number(150.25));
    assert_eq!((cost.numerator, cost.denominator), (Some(300.5), Some(2.0)));
    let in_quarter = value(&programme, "cout_par_participant", quarter(Q3));
    assert_eq!(in_quarter, Value::Undefined("cumul-seulement"));
}

#[test]
fn without_a_table_nothing_is_zero() {
    let nothing = Builder::new().build();
    for id in ["participations", "participants_uniques", "structures_touchees", "concentration"] {
        assert_eq!(value(&nothing, id, quarter(Q3)), Value::Missing("Activités"), "{id}");
    }
    let activities = Builder::new().activity("2026-07-01", |_| {}).build();
    for id in ["participations", "taux_identification", "nouveaux", "echelle", "concentration"] {
        assert_eq!(value(&activities, id, quarter(Q3)), Value::Missing("Présences"), "{id}");
    }
    let counted = Builder::new().activity("2026-07-01", |a| a.anonymous = Some(7)).build();
    assert_eq!(value(&counted, "participations", quarter(Q3)), number(7.0));
}

#[test]
fn a_quarter_without_activity_is_zero_and_its_shares_are_undefined() {
    let empty = Builder::new()
        .given(&[TableId::Activities, TableId::Attendance, TableId::Territories])
        .build();
    assert_eq!(value(&empty, "participants_uniques", quarter(Q3)), number(0.0));
    for (id, reason) in [
        ("taux_identification", "aucune-participation"),
        ("fidelisation", "aucun-participant"),
        ("repartition", "aucun-participant"),
        ("concentration", "moins-de-deux-activites"),
    ] {
        assert_eq!(value(&empty, id, quarter(Q3)), Value::Undefined(reason), "{id}");
    }
    assert_eq!(value(&empty, "penetration", quarter(Q3)), Value::Missing("Territoires"));
}
