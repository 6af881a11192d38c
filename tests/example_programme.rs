//! The example programme of `inputs/`: made here, committed there, compared byte for byte.
//! `BILAN_REFRESH=1 cargo test --test example_programme` writes the files again.
//!
//! Everything is invented. The mess is deliberate, as in the files people really send:
//!
//! | what | where |
//! |---|---|
//! | slips in people's names | five presences in *Paris 18e*, sheet *Émargements* |
//! | slips in an organisation's name | *programme*, sheet *Partenariats*: one letter missing in one, capitals in another |
//! | decimal commas, numbers and dates as text | *Paris 18e*, sheet *Ateliers et actions* |
//! | banners, repeated headers, totals | *Paris 18e*, sheet *Ateliers et actions*; total row and column in *Alfortville* |
//! | a sheet left twice | *Paris 18e*, *Émargements (2)* |
//! | 31/02/1988 | *Paris 18e*, sheet *Inscrits*, a birth date |
//! | 30/02/2026 | *programme*, sheet *Coopérations* |
//! | 31/06/2026 | *programme*, sheet *Bénévolat* |
//! | granted above asked | *programme*, sheet *Financements*, Ville de Sucy-en-Brie |
//! | an e-mail in a free text | *programme*, sheet *Capitalisation*, 24 April 2025 |
//! | a SIRET with a wrong key | *programme*, sheet *Structures*, Zéro Déchet Plateau Briard |
//! | presence at an unknown activity | *Sucy-en-Brie*, sheet *Présences*, SUC-199 |
//! | communications without the ADEME mention | *programme*, sheet *Valorisation*, three |
//! | an action late | *programme*, sheet *Plan d'actions*, A05 and A12 |

mod example {
    pub(crate) mod activities;
    pub(crate) mod alfortville;
    pub(crate) mod cast;
    pub(crate) mod cooperations;
    pub(crate) mod days;
    pub(crate) mod helloasso;
    pub(crate) mod identifiers;
    pub(crate) mod money;
    pub(crate) mod names;
    pub(crate) mod ods;
    pub(crate) mod paris;
    pub(crate) mod people;
    pub(crate) mod plan_data;
    pub(crate) mod programme;
    pub(crate) mod projects;
    pub(crate) mod rng;
    pub(crate) mod settings;
    pub(crate) mod sheet;
    pub(crate) mod sucy;
    pub(crate) mod words;
    pub(crate) mod work;
    pub(crate) mod world;
    pub(crate) mod xlsx;
}

use example::world::World;
use example::{activities::Presence, cast, cooperations, days, identifiers, money, people, words};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn inputs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("inputs")
}

fn files(world: &World) -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("Alfortville.ods", example::alfortville::file(world)),
        ("Boost Citoyen - programme.xlsx", example::programme::file(world)),
        ("Paris 18e - suivi Boost.xlsx", example::paris::file(world)),
        ("Sucy-en-Brie.xlsx", example::sucy::file(world)),
        ("bilan.toml", example::settings::file()),
        ("inscriptions-helloasso.csv", example::helloasso::file(world)),
    ]
}

#[test]
fn the_committed_files_are_what_the_generator_makes() {
    let refresh = std::env::var_os("BILAN_REFRESH").is_some_and(|v| v == "1");
    let made = files(&World::new());
    for ((name, bytes), (_, again)) in made.iter().zip(files(&World::new())) {
        assert!(*bytes == again, "{name} differs from one run to the next");
        let path = inputs().join(name);
        if refresh {
            bilan::files::write(&path, bytes).unwrap();
        }
        let committed = bilan::files::read(&path).unwrap();
        assert!(committed == *bytes, "{name} differs: BILAN_REFRESH=1 writes it again");
    }
    let size: usize = made.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(size < 1_500_000, "{size} bytes");
}

#[test]
fn nothing_else_is_in_the_folder() {
    let known: BTreeSet<String> =
        files(&World::new()).into_iter().map(|(name, _)| name.to_owned()).collect();
    for entry in std::fs::read_dir(inputs()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(known.contains(&name) || name.starts_with('.'), "{name}");
    }
}

#[test]
fn the_sizes_are_those_asked_for() {
    let world = World::new();
    assert_eq!(cast::ORGANISATIONS.len(), 60);
    assert_eq!(world.people.len(), people::PEOPLE);
    assert_eq!(world.activities.len(), 220);
    assert_eq!(world.projects.len(), 40);
    assert_eq!(world.cooperations.len(), cooperations::STATEMENTS);
    assert!((2_500..=3_500).contains(&world.presences.len()), "{}", world.presences.len());
    let seen: BTreeSet<usize> = world.presences.iter().map(|(_, p, ..)| *p).collect();
    assert_eq!(seen.len(), people::PEOPLE, "everybody came at least once");
    let in_quarter = |row: &&words::LearningRow| row.0.0 == 2026 && row.0.1 >= 7;
    assert!(words::LEARNING.iter().filter(in_quarter).count() >= 5);
    let both = |p: &usize| {
        let mut here: BTreeSet<usize> = BTreeSet::new();
        here.extend(
            world.presences.iter().filter(|r| r.1 == *p).map(|r| world.activities[r.0].place),
        );
        here.len() > 1
    };
    assert!(seen.iter().filter(|p| both(p)).count() >= 20, "some people are in two territories");
    let twice: BTreeSet<(usize, usize)> =
        world.presences.iter().map(|(a, p, ..)| (*a, *p)).collect();
    assert_eq!(twice.len(), world.presences.len(), "nobody is twice at one activity");
}

#[test]
fn reach_grows_each_quarter() {
    let world = World::new();
    let quarter = |row: &Presence| days::quarter_of(world.activities[row.0].date);
    let unique: Vec<usize> = (0..days::QUARTERS)
        .map(|q| {
            let here = world.presences.iter().filter(|row| quarter(row) == q);
            here.map(|row| row.1).collect::<BTreeSet<_>>().len()
        })
        .collect();
    assert!(unique.is_sorted_by(|a, b| a < b), "{unique:?}");
}

#[test]
fn the_money_adds_up() {
    let world = World::new();
    assert!(money::is_balanced(&world.budget));
    assert!(money::reserves_hold(&world.budget));
    assert!(money::treasury(&world.budget).iter().all(|(_, cash, ..)| *cash > 0));
    let above = money::funding().iter().filter(|aid| aid.granted > aid.asked).count();
    assert_eq!(above, 1, "granted above asked, on purpose");
}

#[test]
fn one_siret_only_has_a_wrong_key() {
    let luhn = |digits: &str| {
        let sum: u32 = digits
            .bytes()
            .rev()
            .enumerate()
            .map(|(i, b)| u32::from(b - b'0') * if i % 2 == 1 { 2 } else { 1 })
            .map(|d| d / 10 + d % 10)
            .sum();
        digits.len() == 14 && sum.is_multiple_of(10)
    };
    let wrong: Vec<&str> = cast::ORGANISATIONS
        .iter()
        .filter(|o| identifiers::of_organisation(o.0).is_some_and(|siret| !luhn(&siret)))
        .map(|o| o.0)
        .collect();
    assert_eq!(wrong, [identifiers::WRONG_KEY]);
    assert!(luhn(&identifiers::beneficiary()));
}
