//! Small programmes counted by hand.

use crate::indicators::testing::{
    Builder, breakdown, cumulative, headline, quarter, readings, value,
};
use crate::indicators::{Population, Scope, Value};
use crate::period::Window;

const Q3: &str = "2026-T3";

fn all() -> Window {
    cumulative("2026-01-01", Q3)
}

fn number(value: f64) -> Value {
    Value::Number(value)
}

/// One action by way of counting, each planned for 4.
fn plan() -> Builder {
    let builder = Builder::new()
        .organisation("Un", |_| {})
        .person(|p| p.organisation = Some(0))
        .people(1)
        .activity("2026-02-01", |a| a.action = Some("A".into()))
        .activity("2026-07-01", |a| a.action = Some("A".into()))
        .activity("2026-07-02", |a| {
            a.action = Some("H".into());
            a.hours = Some(3.0);
        })
        .activity("2026-07-03", |a| a.action = Some("P".into()))
        .activity("2026-07-04", |a| a.action = Some("P".into()))
        .activity("2026-07-05", |a| {
            a.action = Some("S".into());
            a.organisers = vec![0];
        })
        .present(3, &[0, 1])
        .present(4, &[0])
        .present(5, &[0]);
    let units = [
        ("A", "ateliers"),
        ("H", "heures"),
        ("P", "nombre de participants"),
        ("S", "Structures"),
        ("D", "document"),
    ];
    units.into_iter().fold(builder, |builder, (id, unit)| {
        builder.action(id, |action| {
            action.unit = Some(unit.into());
            action.quantity = Some(4.0);
        })
    })
}

#[test]
fn actions_are_counted_in_their_own_unit() {
    let programme = plan().build();
    let progress = breakdown(&programme, "avancement_physique", all(), "action");
    let expected = [
        ("A", number(0.5)),
        ("H", number(0.75)),
        ("P", number(0.5)),
        ("S", number(0.25)),
        ("D", Value::Undefined("unite-non-comptee")),
    ];
    assert_eq!(progress, expected.map(|(id, value)| (id.to_string(), value)));
    let marks: Vec<_> = readings(&programme, "avancement_physique", Scope::Programme, all())
        .into_iter()
        .filter(|r| r.population != Population::Open)
        .map(|r| (r.modality, r.population))
        .collect();
    assert_eq!(marks, [("P".to_string(), Population::People(2))]);
    let mean = headline(&programme, "avancement_physique", all());
    assert_eq!((mean.value, mean.n), (number(0.5), Some(4)));
    let in_quarter = breakdown(&programme, "avancement_physique", quarter(Q3), "action");
    assert_eq!(in_quarter[0].1, number(0.25));
}

#[test]
fn what_is_typed_wins_and_has_no_date() {
    let programme = Builder::new()
        .activity("2026-07-01", |a| a.action = Some("A".into()))
        .action("A", |a| {
            a.done = Some(6.0);
            a.quantity = Some(4.0);
        })
        .action("B", |a| a.quantity = Some(0.0))
        .action("C", |_| {})
        .build();
    let progress = breakdown(&programme, "avancement_physique", all(), "action");
    assert_eq!(progress[0].1, number(1.5));
    assert_eq!(progress[1].1, Value::Undefined("prevu-nul"));
    assert_eq!(progress[2].1, Value::Missing("Plan d'actions"));
    // Doing more than planned does not make up for another action.
    assert_eq!(value(&programme, "avancement_physique", all()), number(1.0));
    let in_quarter = breakdown(&programme, "avancement_physique", quarter(Q3), "action");
    assert_eq!(in_quarter[0].1, Value::Undefined("saisi-sans-date"));
}

fn budget() -> Builder {
    Builder::new()
        .action("A", |a| a.spending = Some(100_000))
        .action("B", |_| {})
        .action("C", |a| a.spending = Some(50_000))
        .budget(2025, "60", |l| {
            l.action = Some("A".into());
            (l.planned, l.actual, l.eligible) = (Some(90_000), Some(20_000), Some(true));
        })
        .budget(2026, "641", |l| {
            l.action = Some("A".into());
            (l.planned, l.actual, l.eligible) = (Some(60_000), Some(30_000), Some(true));
        })
        .budget(2026, "61", |l| {
            l.action = Some("B".into());
            (l.planned, l.actual, l.eligible) = (Some(40_000), Some(10_000), Some(false));
        })
        .budget(2026, "74", |l| (l.planned, l.actual) = (Some(1), Some(1)))
        .budget(2027, "60", |l| (l.planned, l.actual, l.eligible) = (Some(1), Some(1), Some(true)))
}

#[test]
fn spending_by_action_uses_the_plan_else_the_budget() {
    let programme = budget().build();
    let progress = breakdown(&programme, "avancement_financier", all(), "action");
    assert_eq!(progress[0].1, number(0.5));
    assert_eq!(progress[1].1, number(0.25));
    assert_eq!(progress[2].1, Value::Missing("Budget"));
    let whole = headline(&programme, "avancement_financier", all());
    assert_eq!((whole.numerator, whole.denominator), (Some(600.0), Some(1900.0)));
}

#[test]
fn consumption_is_eligible_charges_spent_over_planned_by_year() {
    let programme = budget().build();
    let whole = headline(&programme, "consommation", all());
    assert_eq!((whole.numerator, whole.denominator), (Some(500.0), Some(1500.0)));
    let years = breakdown(&programme, "consommation", all(), "exercice");
    let expected = [("2025", number(200.0 / 900.0)), ("2026", number(0.5))];
    assert_eq!(years, expected.map(|(year, value)| (year.to_string(), value)));
    let in_quarter = value(&programme, "consommation", quarter(Q3));
    assert_eq!(in_quarter, Value::Undefined("cumul-seulement"));
}

#[test]
fn a_budget_without_what_was_spent_is_not_zero() {
    let programme = Builder::new()
        .budget(2026, "60", |l| (l.planned, l.eligible) = (Some(100), Some(true)))
        .build();
    assert_eq!(value(&programme, "consommation", all()), Value::Missing("Budget"));
}

#[test]
fn full_time_equivalents_are_hours_over_a_year_of_work() {
    let programme = Builder::new()
        .territory("A", None)
        .hours("2026-07-01", 160.7, Some(0))
        .hours("2026-08-01", 1446.3, None)
        .build();
    let whole = value(&programme, "etpt", quarter(Q3)).get().expect("a number");
    assert!((whole - 1.0).abs() < 1e-12);
    let a = readings(&programme, "etpt", Scope::Territory(0), quarter(Q3));
    assert_eq!(a[0].numerator, Some(160.7));
}

#[test]
fn committees_are_held_against_one_a_month() {
    let meeting = |kind: &'static str| {
        move |a: &mut crate::programme::Activity| {
            a.kind = Some(kind.into());
            a.territory = Some(0);
        }
    };
    let programme = Builder::new()
        .territory("A", None)
        .activity("2026-03-01", meeting("comité de suivi"))
        .activity("2026-07-01", meeting("comité de suivi"))
        .activity("2026-07-02", meeting("comité de coordination"))
        .activity("2026-07-03", meeting("concertation"))
        .activity("2026-07-04", meeting("rencontre élus"))
        .activity("2026-07-04", meeting("contact financeur"))
        .build();
    let held = headline(&programme, "comites_suivi", quarter(Q3));
    assert_eq!((held.value, held.denominator), (number(1.0), Some(3.0)));
    let since = headline(&programme, "comites_suivi", cumulative("2026-02-10", Q3));
    assert_eq!((since.value, since.denominator), (number(2.0), Some(8.0)));
    let a = readings(&programme, "comites_suivi", Scope::Territory(0), quarter(Q3));
    assert_eq!((a[0].value, a[0].denominator), (number(1.0), None));
    for id in ["comites_coordination", "rencontres_elus", "contacts_financeurs", "concertations"] {
        assert_eq!(value(&programme, id, quarter(Q3)), number(1.0), "{id}");
    }
    let year = headline(&programme, "concertations", cumulative("2025-10-01", Q3));
    assert_eq!(year.denominator, Some(3.0));
}

#[test]
fn missing_tables_are_named() {
    let nothing = Builder::new().build();
    for (id, sheet) in [
        ("avancement_physique", "Plan d'actions"),
        ("avancement_financier", "Plan d'actions"),
        ("consommation", "Budget"),
        ("etpt", "Temps"),
        ("comites_suivi", "Activités"),
    ] {
        assert_eq!(value(&nothing, id, quarter(Q3)), Value::Missing(sheet), "{id}");
    }
}
