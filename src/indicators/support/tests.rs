//! Small programmes counted by hand.

use crate::indicators::testing::{
    Builder, breakdown, cumulative, headline, quarter, readings, value,
};
use crate::indicators::{Scope, Value};
use crate::programme::Stage;
use crate::schema::TableId;

const Q3: &str = "2026-T3";

fn number(value: f64) -> Value {
    Value::Number(value)
}

fn counts(rows: &[(&str, f64)]) -> Vec<(String, Value)> {
    rows.iter().map(|(modality, count)| ((*modality).to_string(), number(*count))).collect()
}

/// Holder 0 of project 0, citizen 1, holder 2 without project, helper 3 of project 0.
fn sessions() -> Builder {
    Builder::new()
        .territory("A", None)
        .organisation("Carrière", |o| o.posture = Some("contre".into()))
        .organisation("Conseil", |o| o.posture = Some("avec".into()))
        .project(&[], |p| p.holder = Some(0))
        .person(|p| {
            p.status = Some("porteur de projet".into());
            p.projects = vec![0];
        })
        .person(|p| {
            p.status = Some("citoyen".into());
            p.organisation = Some(1);
        })
        .person(|p| p.status = Some("porteur de projet".into()))
        .person(|p| {
            p.status = Some("bénévole".into());
            p.projects = vec![0];
        })
        .activity("2026-07-01", |a| {
            a.project = Some(0);
            a.role = Some("accompagnateur".into());
            a.hours = Some(2.0);
            a.territory = Some(0);
        })
        .activity("2026-08-01", |a| {
            a.kind = Some("conseil".into());
            a.hours = Some(1.5);
        })
        .activity("2026-08-02", |a| a.kind = Some("médiation".into()))
        .activity("2026-08-03", |a| a.kind = Some("atelier".into()))
        .present(1, &[1])
        .present(2, &[2, 3])
        .present(3, &[2])
}

#[test]
fn holders_are_supported_in_person_or_through_their_project() {
    let programme = sessions().build();
    assert_eq!(value(&programme, "porteurs_accompagnes", quarter(Q3)), number(2.0));
    let a = readings(&programme, "porteurs_accompagnes", Scope::Territory(0), quarter(Q3));
    assert_eq!(a[0].value, number(1.0));
}

#[test]
fn sessions_and_hours_by_role_and_posture() {
    let programme = sessions().build();
    assert_eq!(value(&programme, "seances", quarter(Q3)), number(3.0));
    assert_eq!(
        breakdown(&programme, "seances", quarter(Q3), "role"),
        counts(&[("accompagnateur", 1.0), ("non renseigné", 2.0)])
    );
    assert_eq!(
        breakdown(&programme, "seances", quarter(Q3), "posture"),
        counts(&[("avec", 1.0), ("contre", 1.0), ("non renseigné", 1.0)])
    );
    let hours = headline(&programme, "heures_soutien", quarter(Q3));
    assert_eq!((hours.value, hours.n), (number(3.5), Some(2)));
}

#[test]
fn hours_nobody_typed_are_not_zero() {
    let programme =
        Builder::new().activity("2026-07-01", |a| a.kind = Some("conseil".into())).build();
    assert_eq!(value(&programme, "heures_soutien", quarter(Q3)), Value::Missing("Activités"));
}

/// Launched after 6 months; launched after 3 then abandoned; in emergence; declared only.
fn projects() -> Builder {
    Builder::new()
        .project(
            &[
                (Stage::Idea, "2025-01-01"),
                (Stage::Emergence, "2025-03-01"),
                (Stage::Launched, "2025-07-01"),
            ],
            |p| (p.steering, p.follow_up) = (Some(true), Some(true)),
        )
        .project(
            &[
                (Stage::Idea, "2025-04-01"),
                (Stage::Launched, "2025-07-01"),
                (Stage::Abandoned, "2026-08-01"),
            ],
            |p| (p.steering, p.follow_up) = (Some(true), Some(false)),
        )
        .project(&[(Stage::Idea, "2025-05-01"), (Stage::Emergence, "2026-09-01")], |_| {})
        .project(&[], |p| p.declared = Some(Stage::CoDesign))
        .project(&[(Stage::Idea, "2026-11-01")], |_| {})
}

#[test]
fn stages_are_those_of_the_last_day() {
    let programme = projects().build();
    assert_eq!(value(&programme, "projets_par_stade", quarter(Q3)), number(4.0));
    let stages = breakdown(&programme, "projets_par_stade", quarter(Q3), "stade");
    assert_eq!(
        stages,
        counts(&[
            ("idée", 0.0),
            ("émergence", 1.0),
            ("co-construction", 1.0),
            ("lancé", 1.0),
            ("autonome", 0.0),
            ("clos", 0.0),
            ("abandonné", 1.0),
            ("non renseigné", 0.0),
        ])
    );
}

#[test]
fn conversion_counts_projects_that_went_further() {
    let programme = projects().build();
    let whole = headline(&programme, "conversion", quarter(Q3));
    assert_eq!((whole.numerator, whole.denominator), (Some(2.0), Some(4.0)));
    let passages = breakdown(&programme, "conversion", quarter(Q3), "passage");
    let shares: Vec<Option<f64>> = passages.iter().map(|(_, value)| value.get()).collect();
    // Reached: idea 4, emergence 4, co-design 3, launch 2, autonomy 0.
    assert_eq!(shares, [1.0, 0.75, 2.0 / 3.0, 0.0].map(Some));
}

#[test]
fn the_delay_to_launch_is_a_median_with_its_n() {
    let programme = projects().build();
    let delay = headline(&programme, "delai_idee_lancement", cumulative("2025-01-01", Q3));
    // 181 and 91 days.
    let months = delay.value.get().expect("a number");
    assert!((months - 136.0 / (365.25 / 12.0)).abs() < 1e-9, "{months}");
    assert_eq!(delay.n, Some(2));
    let none = value(&programme, "delai_idee_lancement", quarter(Q3));
    assert_eq!(none, Value::Undefined("aucun-projet-lance"));
}

#[test]
fn survival_looks_at_projects_launched_a_year_ago() {
    let programme = projects().build();
    let survival = headline(&programme, "survie_12_mois", quarter(Q3));
    assert_eq!((survival.numerator, survival.denominator), (Some(1.0), Some(2.0)));
    let before = headline(&programme, "survie_12_mois", quarter("2026-T2"));
    assert_eq!(before.value, Value::Undefined("aucun-projet-de-12-mois"));
}

#[test]
fn governance_needs_both_committees() {
    let programme = projects().build();
    let governed = headline(&programme, "projets_avec_gouvernance", quarter(Q3));
    assert_eq!((governed.value, governed.n), (number(1.0), Some(2)));
}

#[test]
fn relays_are_trained_not_training() {
    let programme = Builder::new()
        .organisation("Un", |_| {})
        .person(|p| p.status = Some("élu".into()))
        .person(|p| p.status = Some("citoyen".into()))
        .person(|p| p.organisation = Some(0))
        .person(|p| p.status = Some("salarié".into()))
        .activity("2026-07-01", |a| a.kind = Some("formation".into()))
        .activity("2026-07-02", |a| a.kind = Some("formation".into()))
        .activity("2026-07-02", |a| a.kind = Some("atelier".into()))
        .present(0, &[0, 1, 2])
        .present(1, &[0])
        .present_as(1, 3, Some("intervenant"))
        .present(2, &[3])
        .build();
    assert_eq!(value(&programme, "relais_formes", quarter(Q3)), number(2.0));
}

#[test]
fn nothing_is_not_zero_and_an_empty_table_has_no_shares() {
    let nothing = Builder::new().build();
    assert_eq!(value(&nothing, "seances", quarter(Q3)), Value::Missing("Activités"));
    assert_eq!(value(&nothing, "conversion", quarter(Q3)), Value::Missing("Projets"));
    let empty = Builder::new().given(&[TableId::Projects]).build();
    let none = Value::Undefined("aucun-projet-au-stade");
    assert_eq!(value(&empty, "conversion", quarter(Q3)), none);
    assert_eq!(value(&empty, "projets_avec_gouvernance", quarter(Q3)), number(0.0));
}
