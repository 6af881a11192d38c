use super::*;

fn words(name: &str) -> Vec<String> {
    crate::texts::plain(name).split(' ').map(str::to_owned).collect()
}

fn named(name: &str) -> Named<'static> {
    Named { words: words(name), ..Named::default() }
}

/// Pairs suggested among names, with a background of unlike ones that makes common words common.
fn suggested(names: &[&str]) -> Vec<(String, String)> {
    let background = (0..40).map(|n| format!("Comité Jardin Amis Village{}", letters(n)));
    let all: Vec<String> = names.iter().map(|n| (*n).to_owned()).chain(background).collect();
    let named: Vec<Named<'_>> = all.iter().map(|name| named(name)).collect();
    let pairs = suggest(&named).into_iter().filter(|p| p.right < names.len());
    pairs.map(|p| (all[p.left].clone(), all[p.right].clone())).collect()
}

/// A word of its own for each number, unlike the others.
fn letters(n: u32) -> String {
    let digit = |place: u32| ["ba", "ke", "di", "zo", "fu"][(n / 5_u32.pow(place) % 5) as usize];
    format!("{}{}{}", digit(0), digit(1), digit(2))
}

#[test]
fn accents_order_hyphens_slips_and_added_words_are_alike() {
    for (one, other) in [
        ("Les Jardins d'Éole", "les jardins d eole"),
        ("Éole Jardins", "Jardins Éole"),
        ("Terre d'avenir", "Terredavenir"),
        ("Recyclerie Sportive Massy", "Recyclerie Sportve Massy"),
        ("Recyclerie Sportive Massy Palaiseau", "Recyclerie Sportive Massy"),
        ("Dupont Jean Pierre", "Dupont Jean-Pierre"),
    ] {
        assert_eq!(suggested(&[one, other]).len(), 1, "{one} / {other}");
    }
}

#[test]
fn what_is_meant_to_differ_is_not_suggested() {
    for (one, other) in [
        ("Tiers-lieu 1", "Tiers-lieu 2"),
        ("Mairie Paris 18", "Mairie Paris 19"),
        ("Comité Jardin Amis Sucy", "Comité Jardin Amis Massy"),
        ("Velo", "Velu"),
        ("Jardin", "Jardin partagé de Sucy"),
    ] {
        assert_eq!(suggested(&[one, other]), [], "{one} / {other}");
    }
}

#[test]
fn an_acronym_is_suggested_for_its_words() {
    let clues =
        |names: &[Named<'_>]| suggest(names).into_iter().map(|p| p.clues).collect::<Vec<_>>();
    let names = ["BBZ", "Bleu Blanc Zèbre", "Autre chose encore"].map(named);
    assert_eq!(clues(&names), [[Clue::Acronym; 0]; 0], "three letters are many names'");
    let names = ["CRSE", "Centre ressources sud est", "Autre chose encore"].map(named);
    assert_eq!(clues(&names), [[Clue::Acronym]]);
    let given =
        Named { acronym: Some("vtt".into()), ..named("Villes et Territoires en Transition") };
    assert_eq!(clues(&[given, named("VTT"), named("Le grand jardin")]), [[Clue::Acronym]]);
}

#[test]
fn a_number_that_differs_speaks_against_and_one_that_agrees_for() {
    let with =
        |number: Option<&'static str>, name: &str| Named { numbers: [number, None], ..named(name) };
    let pair = |a, b| suggest(&[with(a, "Dupont Marie"), with(b, "Marie Dupont")]);
    assert_eq!(pair(None, Some("2001-02-03")).len(), 1);
    assert_eq!(
        pair(Some("2001-02-03"), Some("2001-02-03"))[0].clues.last(),
        Some(&Clue::SameNumber)
    );
    assert!(pair(Some("2001-02-03"), Some("1999-02-03")).is_empty());
    let apart = suggest(&[
        with(Some("123456782"), "Recyclerie du Sud"),
        with(Some("123456782"), "Ressourcerie Sud"),
    ]);
    assert!(apart.is_empty(), "half a name is no name: {apart:?}");
}

#[test]
fn pairs_are_not_closed() {
    let names = ["Recyclerie Sportive", "Recyclerie Sportives", "Recycleries Sportives"];
    let found = suggest(&names.map(named));
    assert!(!found.iter().any(|p| (p.left, p.right) == (0, 2)) || found.len() == 3, "{found:?}");
}

#[test]
fn nothing_and_one_name_give_no_pair() {
    assert!(suggest(&[]).is_empty());
    assert!(suggest(&[named("Astérya")]).is_empty());
    assert!(suggest(&[Named::default(), Named::default()]).is_empty());
}
