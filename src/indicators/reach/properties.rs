//! What must hold whatever the data: order and numbering change nothing, columns add up.

use crate::indicators::testing::{Builder, settings};
use crate::indicators::{Family, Measures, Scope, Value, compute};
use crate::period::{Window, WindowKind};
use crate::programme::{Declarant, Person, Presence, Programme, Stage};
use proptest::prelude::*;

const TERRITORIES: usize = 3;
const START: &str = "2025-07-01";
/// Territory, month since July 2025, anonymous people, kind.
type Session = (Option<usize>, u64, Option<u32>, usize);
const KINDS: [&str; 5] =
    ["atelier", "accompagnement", "formation", "comité de suivi", "concertation"];

fn windows() -> Vec<Window> {
    let period = "2026-T3".parse().expect("a quarter");
    Window::of_report(period, START.parse().expect("a day"))
}

fn programme(people: usize, sessions: &[Session], presences: &[(usize, usize)]) -> Programme {
    let mut builder = Builder::new()
        .organisation("Un", |o| o.posture = Some("avec".into()))
        .organisation("Deux", |o| o.posture = Some("contre".into()))
        .project(&[(Stage::Idea, "2025-08-01"), (Stage::Launched, "2026-02-01")], |_| {})
        .project(&[(Stage::Emergence, "2025-09-01")], |p| p.holder = Some(1))
        .action("A1", |a| {
            a.unit = Some("personnes".into());
            a.quantity = Some(10.0);
        });
    for name in ["A", "B", "C"] {
        builder = builder.territory(name, Some(1000.0));
    }
    for number in 0..people {
        builder = builder.person(|p| {
            p.organisation = (number % 3 < 2).then_some(number % 3);
            p.projects = if number % 5 < 2 { vec![number % 5] } else { Vec::new() };
            p.gender = ["F", "H"].get(number % 3).map(|g| (*g).to_string());
        });
    }
    let first = START.parse::<chrono::NaiveDate>().expect("a day");
    for (territory, month, anonymous, kind) in sessions {
        let date = first + chrono::Days::new(month * 30);
        builder = builder.activity(&date.to_string(), |a| {
            a.territory = *territory;
            a.anonymous = *anonymous;
            a.kind = Some(KINDS[*kind].into());
            a.action = Some("A1".into());
            a.project = (*kind == 1).then_some(0);
            a.hours = Some(1.5);
        });
    }
    // The other tables, so that a whole programme is measured.
    builder = builder
        .partnership(0, 1, Some("2025-09-01"))
        .cooperation((0, 1), 2, "2025-10-01", Declarant::Facilitator)
        .funding("ADEME", |f| f.granted = Some(100_000))
        .volunteering("2026-01-10", 3.0, None)
        .treasury("2026-06-30", 50_000);
    for (person, session) in presences {
        builder = builder.present(session % sessions.len(), &[person % people]);
    }
    builder.build()
}

fn measures(programme: &Programme) -> Measures {
    compute(programme, &settings(), &windows())
}

/// Everything published of the families of this property, as text.
fn facts(measures: &Measures) -> Vec<String> {
    let families = [Family::Reach, Family::Support, Family::Delivery, Family::Learning];
    measures
        .all
        .iter()
        .filter(|m| families.contains(&m.indicator.family))
        .map(|m| format!("{} {:?} {:?} {:?}", m.indicator.id, m.scope, m.window, m.reading))
        .collect()
}

/// The same programme with people numbered backwards and rows in reverse order.
fn backwards(programme: &Programme) -> Programme {
    let mut other = programme.clone();
    let last_person = programme.people.len() - 1;
    let last_activity = programme.activities.len() - 1;
    other.people = programme.people.iter().rev().map(Person::clone).collect();
    other.activities.reverse();
    other.attendance = programme
        .attendance
        .iter()
        .rev()
        .map(|presence| Presence {
            person: last_person - presence.person,
            activity: last_activity - presence.activity,
            ..presence.clone()
        })
        .collect();
    other
}

fn number(measures: &Measures, id: &str, scope: Scope, kind: WindowKind) -> f64 {
    let value = measures.get(id, scope, kind).map(|m| m.reading.value);
    value.and_then(Value::get).unwrap_or_else(|| panic!("{id}: {value:?}"))
}

fn sessions() -> impl Strategy<Value = Vec<Session>> {
    let session = (
        proptest::option::of(0..TERRITORIES),
        0u64..15,
        proptest::option::of(0u32..30),
        0..KINDS.len(),
    );
    proptest::collection::vec(session, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_and_numbering_change_nothing(
        people in 1usize..9,
        sessions in sessions(),
        presences in proptest::collection::vec((0usize..9, 0usize..12), 0..40),
    ) {
        let programme = programme(people, &sessions, &presences);
        prop_assert_eq!(facts(&measures(&programme)), facts(&measures(&backwards(&programme))));
    }

    #[test]
    fn new_people_add_up_to_unique_people_in_every_column(
        people in 1usize..9,
        sessions in sessions(),
        presences in proptest::collection::vec((0usize..9, 0usize..12), 1..40),
    ) {
        let measures = measures(&programme(people, &sessions, &presences));
        let scopes = std::iter::once(Scope::Programme)
            .chain((0..TERRITORIES).map(Scope::Territory));
        for scope in scopes {
            let new: f64 = measures
                .history("nouveaux", scope)
                .filter_map(|m| m.reading.value.get())
                .sum();
            let unique = number(&measures, "participants_uniques", scope, WindowKind::Cumulative);
            prop_assert!((new - unique).abs() < 1e-9, "{:?}: {} new, {} unique", scope, new, unique);
        }
    }

    #[test]
    fn territories_minus_overlap_is_the_programme(
        people in 1usize..9,
        sessions in sessions(),
        presences in proptest::collection::vec((0usize..9, 0usize..12), 1..40),
    ) {
        let measures = measures(&programme(people, &sessions, &presences));
        for kind in [WindowKind::Quarter, WindowKind::Cumulative] {
            let territories: f64 = (0..TERRITORIES)
                .map(|t| number(&measures, "participants_uniques", Scope::Territory(t), kind))
                .sum();
            let whole = number(&measures, "participants_uniques", Scope::Programme, kind);
            let rows: Vec<f64> = measures
                .breakdown("chevauchement", Scope::Programme, kind, "chevauchement")
                .filter_map(|m| m.reading.value.get())
                .collect();
            prop_assert!((rows[0] - territories).abs() < 1e-9);
            prop_assert!((rows[3] - whole).abs() < 1e-9);
            prop_assert!((rows[0] - rows[1] + rows[2] - rows[3]).abs() < 1e-9);
        }
    }
}
