//! Small programmes counted by hand, the karate club, and two years of published statements.

use crate::indicators::testing::{
    Builder, breakdown, cumulative, day, headline, quarter, readings, value,
};
use crate::indicators::{Population, Scope, Value, evidence, find};
use crate::period::Window;
use crate::programme::Declarant::{A, B, Facilitator};
use crate::programme::{Organisation, Programme, Stage};

const Q3: &str = "2026-T3";

fn number(value: f64) -> Value {
    Value::Number(value)
}

fn get(programme: &Programme, id: &str, window: Window, dimension: &str, modality: &str) -> Value {
    breakdown(programme, id, window, dimension)
        .into_iter()
        .find(|(name, _)| name == modality)
        .map(|(_, value)| value)
        .unwrap_or_else(|| panic!("{id} {dimension} {modality}"))
}

fn total(cells: &[(String, Value)]) -> Value {
    number(cells.iter().filter_map(|cell| cell.1.get()).sum())
}

fn of(kind: &'static str, network: &'static str) -> impl FnOnce(&mut Organisation) {
    move |o| {
        o.kind = Some(kind.into());
        o.networks = if network.is_empty() { Vec::new() } else { vec![network.into()] };
        o.joined = Some(day("2026-01-01"));
    }
}

/// Six organisations: two of Colibris, two of Alternatiba, one of none, one that comes in the quarter.
fn six() -> Builder {
    Builder::new()
        .organisation("A1", of("association de plaidoyer", "Alternatiba"))
        .organisation("A2", of("association porteuse de projet", "Alternatiba"))
        .organisation("C1", of("collectif", "Colibris"))
        .organisation("C2", of("association porteuse de projet", "Colibris"))
        .organisation("Mairie", of("collectivité", ""))
        .organisation("Tiers-lieu", |o| {
            of("tiers-lieu", "Colibris")(o);
            o.joined = Some(day("2026-08-01"));
        })
        // On the eve: 1, 2, 3, 1. In the quarter: one up, one kept, one lost, one raised; two new.
        .cooperation((0, 1), 1, "2026-02-01", Facilitator)
        .cooperation((0, 2), 2, "2026-02-01", Facilitator)
        .cooperation((1, 3), 3, "2026-02-01", Facilitator)
        .cooperation((2, 3), 1, "2026-02-01", Facilitator)
        .cooperation((0, 1), 2, "2026-07-10", Facilitator)
        .cooperation((0, 2), 3, "2026-07-10", Facilitator)
        .cooperation((2, 3), 0, "2026-07-10", Facilitator)
        .cooperation((3, 4), 3, "2026-09-10", Facilitator)
        .cooperation((4, 5), 3, "2026-09-10", Facilitator)
}

#[test]
fn transitions_on_the_constant_and_the_full_perimeter() {
    let programme = six().build();
    let count =
        |dimension, modality| get(&programme, "transitions", quarter(Q3), dimension, modality);
    for (modality, expected) in
        [("0-0", 5.0), ("0-3", 1.0), ("1-0", 1.0), ("1-2", 1.0), ("2-3", 1.0), ("3-3", 1.0)]
    {
        assert_eq!(count("transition", modality), number(expected), "{modality}");
    }
    let cells = breakdown(&programme, "transitions", quarter(Q3), "transition");
    assert_eq!(cells.len(), 16);
    assert_eq!(total(&cells), number(10.0));
    assert_eq!(count("mouvement", "nouvelles"), number(1.0));
    assert_eq!(count("mouvement", "perdues"), number(1.0));
    assert_eq!(count("mouvement", "relevees"), number(2.0));
    assert_eq!(count("transition_complet", "0-3"), number(2.0));
    let full = breakdown(&programme, "transitions", quarter(Q3), "transition_complet");
    assert_eq!(total(&full), number(15.0));
    let rotation = breakdown(&programme, "perimetre", quarter(Q3), "rotation");
    let expected = [
        ("presents", number(5.0)),
        ("entrants", number(1.0)),
        ("sortants", Value::Undefined("sorties-inconnues")),
    ];
    assert_eq!(rotation, expected.map(|(code, value)| (code.to_string(), value)));
}

#[test]
fn since_the_start_only_the_full_perimeter_has_transitions() {
    let programme = six().build();
    let all = cumulative("2026-01-01", Q3);
    assert_eq!(value(&programme, "transitions", all), Value::Undefined("perimetre-constant-vide"));
    assert_eq!(get(&programme, "transitions", all, "transition_complet", "0-3"), number(4.0));
    assert_eq!(value(&programme, "nouvelles_synergies", all), number(4.0));
}

#[test]
fn new_synergies_are_pairs_that_reached_level_three() {
    let programme = six().build();
    let window = quarter(Q3);
    assert_eq!(value(&programme, "nouvelles_synergies", window), number(3.0));
    assert_eq!(
        get(&programme, "nouvelles_synergies", window, "perimetre", "constant"),
        number(2.0)
    );
    // A1 × C1 bridges networks; the town hall has none.
    assert_eq!(value(&programme, "synergies_inter_reseaux", window), number(1.0));
    let pairs = breakdown(&programme, "synergies_inter_reseaux", window, "reseaux");
    assert_eq!(pairs, [("Alternatiba × Colibris".to_string(), number(1.0))]);
    assert_eq!(value(&programme, "synergies_inter_types", window), number(3.0));
    let meeting = breakdown(&programme, "synergies_inter_types", window, "rencontre");
    assert_eq!(meeting, [("association × collectivité".to_string(), number(1.0))]);
    let indicator = find("nouvelles_synergies").expect("listed");
    let settings = crate::indicators::testing::settings();
    let rows = evidence(indicator, &programme, &settings, Scope::Programme, window);
    let proof: Vec<_> = rows.iter().map(|r| (r.subject, r.other, r.origin.row)).collect();
    let row = |index: usize| programme.cooperations[index].origin.row;
    assert_eq!(proof, [(0, 2, row(5)), (3, 4, row(7)), (4, 5, row(8))]);
}

#[test]
fn a_pair_that_falls_back_in_the_quarter_is_not_a_new_synergy() {
    let falls = six().cooperation((0, 2), 1, "2026-09-30", Facilitator);
    assert_eq!(value(&falls.build(), "nouvelles_synergies", quarter(Q3)), number(2.0));
    let twice = six().cooperation((0, 2), 1, "2026-08-01", Facilitator).cooperation(
        (0, 2),
        3,
        "2026-09-30",
        Facilitator,
    );
    assert_eq!(value(&twice.build(), "nouvelles_synergies", quarter(Q3)), number(3.0));
    let before = six().cooperation((1, 3), 1, "2026-08-01", Facilitator).cooperation(
        (1, 3),
        3,
        "2026-09-30",
        Facilitator,
    );
    assert_eq!(value(&before.build(), "nouvelles_synergies", quarter(Q3)), number(3.0));
}

#[test]
fn shape_of_the_network() {
    let programme = six().build();
    let window = quarter(Q3);
    // Ties at the end: 0–1 (2), 0–2 (3), 1–3 (3), 3–4 (3), 4–5 (3).
    assert_eq!(value(&programme, "liens", window), number(5.0));
    assert_eq!(get(&programme, "liens", window, "niveau", "3"), number(4.0));
    assert_eq!(value(&programme, "densite", window), number(5.0 / 15.0));
    assert_eq!(get(&programme, "densite", window, "niveau", "ponderee"), number(14.0 / 45.0));
    assert_eq!(value(&programme, "degre_moyen", window), number(10.0 / 6.0));
    assert_eq!(value(&programme, "isoles", window), number(0.0));
    assert_eq!(value(&programme, "plus_grande_composante", window), number(6.0));
    let alone = six().organisation("Seule", |_| {}).build();
    assert_eq!(value(&alone, "isoles", window), number(1.0));
    assert_eq!(value(&alone, "part_isoles", window), number(1.0 / 7.0));
    assert_eq!(value(&alone, "part_plus_grande_composante", window), number(6.0 / 7.0));
}

#[test]
fn blocks_and_bridges() {
    let programme = six().build();
    let window = quarter(Q3);
    let blocks: Vec<_> = readings(&programme, "matrice_blocs", Scope::Programme, window)
        .into_iter()
        .map(|r| (r.modality, r.numerator, r.denominator))
        .collect();
    let expected = [
        ("Alternatiba × Alternatiba", 1.0, 1.0),
        ("Alternatiba × Colibris", 2.0, 6.0),
        ("Alternatiba × sans réseau", 0.0, 2.0),
        ("Colibris × Colibris", 0.0, 3.0),
        ("Colibris × sans réseau", 2.0, 3.0),
    ];
    assert_eq!(blocks, expected.map(|(m, n, d)| (m.to_string(), Some(n), Some(d))));
    // The table of cooperations is published whole: blocks hide nothing.
    let marks: Vec<_> = readings(&programme, "matrice_blocs", Scope::Programme, window)
        .into_iter()
        .map(|r| r.population)
        .collect();
    let of = Population::Open;
    assert_eq!(marks, [of; 5]);
    // Five organisations of two networks, E = 2, I = 1: within pairs 1 + 3 of 10.
    assert_eq!(value(&programme, "ei", window), number(1.0 / 3.0));
    assert_eq!(value(&programme, "ei_attendu", window), number(0.2));
    let ratio = value(&programme, "rapport_liens_pont", window).get().expect("defined");
    assert!((ratio - (2.0 / 3.0) / 0.6).abs() < 1e-12);
}

#[test]
fn projects_of_several_kinds() {
    let mut programme = six()
        .project(&[(Stage::Idea, "2026-01-05")], |p| p.holder = Some(0))
        .project(&[(Stage::Idea, "2026-01-05")], |p| p.holder = Some(1))
        .project(&[(Stage::Idea, "2026-01-05"), (Stage::Abandoned, "2026-08-01")], |_| {})
        .partnership(0, 2, Some("2026-03-01"))
        .partnership(1, 3, Some("2026-03-01"))
        .partnership(2, 0, None)
        .partnership(2, 4, None)
        .build();
    let window = quarter(Q3);
    let of =
        |programme: &Programme| breakdown(programme, "projets_multi_acteurs", window, "diversite");
    let expected = |types, networks, any| {
        [("types", types), ("reseaux", networks), ("structures", any)]
            .map(|(code, n)| (code.to_string(), number(n)))
    };
    assert_eq!(of(&programme), expected(1.0, 2.0, 2.0));
    programme.partnerships[0].to = Some(day("2026-09-29"));
    assert_eq!(of(&programme), expected(0.0, 1.0, 1.0));
}

#[test]
fn agreement_of_the_two_sides() {
    let programme = six()
        .cooperation((0, 3), 2, "2026-07-01", A)
        .cooperation((0, 3), 2, "2026-07-02", B)
        .cooperation((0, 4), 2, "2026-07-01", A)
        .cooperation((0, 4), 3, "2026-07-02", B)
        .cooperation((0, 5), 1, "2026-07-01", A)
        .cooperation((1, 5), 0, "2026-07-01", A)
        .build();
    let share = headline(&programme, "accord_declarants", quarter(Q3));
    assert_eq!((share.numerator, share.denominator), (Some(1.0), Some(3.0)));
    let none = value(&six().build(), "accord_declarants", quarter(Q3));
    assert_eq!(none, Value::Undefined("aucune-declaration"));
}

#[test]
fn people_met_and_organisations_to_qualify() {
    let programme = six()
        .person(|p| p.organisation = Some(0))
        .person(|p| p.organisation = Some(4))
        .person(|p| p.organisation = Some(1))
        .activity("2026-07-01", |_| {})
        .activity("2026-07-02", |_| {})
        .present(0, &[0, 1, 2])
        .present(1, &[0, 1])
        .build();
    assert_eq!(value(&programme, "co_presences", quarter(Q3)), number(3.0));
    assert_eq!(
        get(&programme, "co_presences", quarter(Q3), "structures", "a_qualifier"),
        number(1.0)
    );
}

#[test]
fn without_a_table_nothing_is_zero() {
    let empty = Programme::default();
    for id in ["nouvelles_synergies", "transitions", "densite", "ei", "isoles", "perimetre"] {
        assert_eq!(value(&empty, id, quarter(Q3)), Value::Missing("Coopérations"), "{id}");
    }
    let missing = value(&empty, "projets_multi_acteurs", quarter(Q3));
    assert_eq!(missing, Value::Missing("Partenariats"));
}

#[test]
fn given_but_empty_tables_have_a_reason() {
    use crate::schema::TableId;
    let empty = Builder::new().given(&[TableId::Cooperations]).build();
    for (id, reason) in [
        ("densite", "moins-de-deux-structures"),
        ("liens", "moins-de-deux-structures"),
        ("isoles", "aucune-structure"),
        ("part_isoles", "aucune-structure"),
        ("ei", "aucun-lien-de-reseau"),
        ("rapport_liens_pont", "aucun-lien-de-reseau"),
        ("ei_attendu", "moins-de-deux-structures-de-reseau"),
        ("transitions", "perimetre-constant-vide"),
    ] {
        assert_eq!(value(&empty, id, quarter(Q3)), Value::Undefined(reason), "{id}");
    }
    assert_eq!(value(&empty, "nouvelles_synergies", quarter(Q3)), number(0.0));
}

/// The consortia of 2019 and 2020 that name their partners, as statements of level 3.
#[test]
fn two_years_of_published_statements() {
    let Some(folder) = std::env::var_os("BILAN_REAL_DATA") else {
        println!("skipped, no real data");
        return;
    };
    let mut names: Vec<String> = Vec::new();
    let mut statements = Vec::new();
    for year in ["2019", "2020"] {
        let file = format!("networks/NFDI_Netzwerk_{year}.csv");
        let bytes =
            crate::files::read(&std::path::Path::new(&folder).join(file)).expect("readable");
        let text = String::from_utf8(bytes).expect("UTF-8");
        for (from, to) in text.lines().skip(1).filter_map(|line| line.split_once(';')) {
            let pair = [from, to].map(|name| {
                let name = name.trim().to_string();
                names.iter().position(|n| *n == name).unwrap_or_else(|| {
                    names.push(name);
                    names.len() - 1
                })
            });
            statements.push((pair, year));
        }
    }
    let programme = |years: &[&str]| {
        let builder = names.iter().fold(Builder::new(), |b, name| {
            b.organisation(name, |o| o.joined = Some(day("2019-06-01")))
        });
        let kept = statements.iter().filter(|(_, year)| years.contains(year));
        kept.fold(builder, |b, ([from, to], year)| {
            b.cooperation((*from, *to), 3, &format!("{year}-11-15"), A)
        })
        .build()
    };
    let both = programme(&["2019", "2020"]);
    let (first, second) = (quarter("2019-T4"), quarter("2020-T4"));
    assert_eq!(get(&both, "liens", first, "niveau", "3"), number(67.0));
    assert_eq!(get(&both, "liens", first, "lecture", "strict"), number(44.0));
    let share = headline(&both, "accord_declarants", first);
    assert_eq!((share.numerator, share.denominator), (Some(44.0), Some(67.0)));
    assert_eq!(value(&both, "nouvelles_synergies", second), number(82.0));
    // Not named again is not taken back: 67 + 82 stand; 103 were named in 2020, 22 of them by both.
    assert_eq!(get(&both, "liens", second, "niveau", "3"), number(149.0));
    assert_eq!(headline(&both, "accord_declarants", second).denominator, Some(103.0));
    let alone = programme(&["2020"]);
    assert_eq!(get(&alone, "liens", second, "niveau", "3"), number(103.0));
    assert_eq!(get(&alone, "liens", second, "lecture", "strict"), number(22.0));
}
