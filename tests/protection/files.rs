//! Random programmes as spreadsheets, in one file per table or in several; splitting, shuffling or
//! renaming them, or answering in *Décisions* what could have been typed, changes no figure.

use super::plan::{ASKED, KINDS, NETWORKS, Plan, day, plans};
use super::{folder, measured, said};
use bilan::identity::token;
use bilan::indicators::{Scope, Value};
use bilan::period::WindowKind;
use bilan::pipeline::Known;
use proptest::prelude::*;
use std::fmt::Write as _;

/// A table: its file, its header, its rows.
type Table = (&'static str, String, Vec<String>);

/// An id, if any.
fn named(letter: &str, index: Option<usize>) -> String {
    index.map(|index| format!("{letter}{index}")).unwrap_or_default()
}

/// The tables of a programme. Activities outside any territory are a table without that column: an empty
/// cell below a territory repeats it.
fn tables(plan: &Plan) -> Vec<Table> {
    let activities = |outside: bool| {
        let sessions = plan.sessions.iter().enumerate();
        let here = sessions.filter(move |(_, s)| plan.territory(s.place).is_empty() == outside);
        here.map(move |(index, session)| {
            let place = if outside { "" } else { plan.territory(session.place) };
            let end = if outside { "" } else { ";" };
            let kind = if session.supports { "accompagnement" } else { "atelier" };
            let organiser = named("S", session.organiser);
            let day = day(session.quarter);
            format!("A{index};{day};{kind};Atelier {index};{organiser}{end}{place}")
        })
        .collect::<Vec<_>>()
    };
    let people = plan.people.iter().enumerate().map(|(index, somebody)| {
        let organisation = named("S", somebody.organisation);
        let mut row = format!("P{index};Nom{index};Prénom{index};{organisation}");
        for question in 0..ASKED.len() {
            write!(row, ";{}", somebody.answer(question).unwrap_or_default()).expect("written");
        }
        row
    });
    let presences = plan.people.iter().enumerate().flat_map(|(index, somebody)| {
        plan.came(somebody).into_iter().map(move |session| format!("A{session};P{index}"))
    });
    let organisations = plan.organisations.iter().enumerate().map(|(index, organisation)| {
        let kind = KINDS.get(organisation.kind).unwrap_or(&"");
        let networks: Vec<_> = organisation.networks.iter().map(|ix| NETWORKS[*ix]).collect();
        format!("S{index};Orga{index};{kind};{}", networks.join(", "))
    });
    let questions = ASKED.map(|(_, header, _)| header).join(";");
    let all = vec![
        ("Participants", format!("Id;Nom;Prénom;Structure;{questions}"), people.collect()),
        ("Présences", "Activité;Participant".into(), presences.collect()),
        (
            "Activités",
            "Id;Date;Type;Intitulé;Structures organisatrices;Territoire".into(),
            activities(false),
        ),
        (
            "ailleurs/Activités",
            "Id;Date;Type;Intitulé;Structures organisatrices".into(),
            activities(true),
        ),
        ("Structures", "Id;Nom;Type;Réseau".into(), organisations.collect()),
    ];
    all.into_iter().filter(|(_, _, rows): &Table| !rows.is_empty()).collect()
}

fn text(header: &str, rows: &[String]) -> String {
    format!("{header}\n{}\n", rows.join("\n"))
}

/// One file per table.
pub(crate) fn plain(plan: &Plan) -> Vec<(String, String)> {
    let tables = tables(plan);
    tables.iter().map(|(name, header, rows)| (format!("{name}.csv"), text(header, rows))).collect()
}

/// A fixed disorder: rows by a hash of their number and a seed.
fn shuffled(rows: &[String], seed: u64) -> Vec<String> {
    let mut keyed: Vec<(u64, &String)> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| {
            let mixed = (at as u64 + 1 + seed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            (mixed.rotate_left(29).wrapping_mul(0xBF58_476D_1CE4_E5B9), row)
        })
        .collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, row)| row.clone()).collect()
}

/// Each table in several files of other names, rows in disorder; people are listed once more.
fn scattered(plan: &Plan, parts: usize, seed: u64) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for (name, header, rows) in tables(plan) {
        let rows = shuffled(&rows, seed);
        let size = rows.len().div_ceil(parts).max(1);
        for (part, rows) in rows.chunks(size).enumerate() {
            files.push((
                format!("partie {part}/{} {seed}.csv", name.replace('/', " ")),
                text(&header, rows),
            ));
        }
    }
    files
}

/// Every published figure, in words and in order.
fn figures(files: &[(String, String)]) -> (Known, Vec<String>) {
    let folder = folder(files);
    let (known, measures) = measured(folder.path(), |_| {});
    let mut figures: Vec<String> = measures.all.iter().map(|m| said(&known, m)).collect();
    figures.sort();
    (known, figures)
}

/// The first lines that differ.
fn differences(one: &[String], other: &[String]) -> Vec<String> {
    let only = |a: &[String], b: &[String]| {
        a.iter().filter(|line| !b.contains(line)).take(3).cloned().collect::<Vec<_>>()
    };
    [only(one, other), only(other, one)].concat()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn scattered_files_give_the_same_figures(plan in plans(60), parts in 1..4usize, seed in 0..1000u64) {
        let (_, plain) = figures(&plain(&plan));
        let (_, scattered) = figures(&scattered(&plan, parts, seed));
        prop_assert!(plain == scattered, "{:#?}", differences(&plain, &scattered));
    }

    /// Somebody typed twice, under a name with a slip: *même* gives what one name would have.
    #[test]
    fn a_decision_equals_one_name_typed(plan in plans(40), double in 0..40usize, split in 0..4usize) {
        let double = double % plan.people.len();
        let (id, again) = (format!("P{double}"), "P999");
        let mut files = plain(&plan);
        // Some of the presences are typed with the second row.
        let (mut seen, mut presences) = (0, String::new());
        for line in files[1].1.lines() {
            let moved = line.ends_with(&format!(";{id}")) && { seen += 1; seen > split };
            let line = if moved { line.replace(&id, again) } else { line.to_owned() };
            writeln!(presences, "{line}").expect("written");
        }
        files[1].1 = presences;
        writeln!(files[0].1, "{again};Nomm{double};Prénom{double};;;;").expect("written");
        let typed = figures(&plain(&plan)).1;
        let known = figures(&files).0;
        let [first, second] = [double, plan.people.len()].map(|row| {
            let origin = known.programme.people.iter().find(|person| {
                person.origin.as_ref().is_some_and(|o| o.row as usize == row + 2)
            });
            token(&origin.expect("listed").key)
        });
        files.push((
            "Décisions.csv".into(),
            format!("Table;Gauche;Droite;Décision\nParticipants;{first};{second};même\n"),
        ));
        let decided = figures(&files).1;
        prop_assert!(typed == decided, "{:#?}", differences(&typed, &decided));
    }

    #[test]
    fn figures_hold_together(plan in plans(60)) {
        let folder = folder(&plain(&plan));
        // Nothing withheld: what is checked is what is counted.
        let (known, measures) = measured(folder.path(), |settings| {
            settings.thresholds.people = 1;
            settings.thresholds.organisations = 1;
        });
        let value = |id: &str, scope, kind| match measures.get(id, scope, kind) {
            Some(measure) => measure.reading.value.get().unwrap_or(0.0),
            None => 0.0,
        };
        let scopes = [Scope::Programme].into_iter().chain((0..known.programme.territories.len()).map(Scope::Territory));
        for scope in scopes {
            let news: f64 = measures.history("nouveaux", scope).filter_map(|m| m.reading.value.get()).sum();
            let all = value("participants_uniques", scope, WindowKind::Cumulative);
            prop_assert!((news - all).abs() < 0.5, "{news} {all}");
        }
        for kind in [WindowKind::Quarter, WindowKind::Cumulative, WindowKind::Previous] {
            let sum: f64 = (0..known.programme.territories.len())
                .map(|ix| value("participants_uniques", Scope::Territory(ix), kind))
                .sum();
            let row = |modality: &str| {
                let all = measures.breakdown("chevauchement", Scope::Programme, kind, "chevauchement");
                let found = all.into_iter().find(|m| m.reading.modality == modality);
                found.and_then(|m| m.reading.value.get()).unwrap_or(0.0)
            };
            prop_assert!((sum - row("somme_territoires")).abs() < 0.5, "{sum}");
            let all = value("participants_uniques", Scope::Programme, kind);
            let whole = sum - row("doubles") + row("hors_territoire");
            prop_assert!((whole - all).abs() < 0.5, "{whole} {all}");
            for (dimension, ..) in ASKED {
                let parts: f64 = measures
                    .breakdown("repartition", Scope::Programme, kind, dimension)
                    .filter_map(|m| m.reading.value.get())
                    .sum();
                prop_assert!((parts - all).abs() < 0.5, "{parts} {all}");
            }
        }
        prop_assert!(measures.all.iter().all(|m| !matches!(m.reading.value, Value::Secret(_))));
    }
}
