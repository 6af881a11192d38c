//! Who is one person, and by what token they are spoken of.

use super::{ACTIVITIES, linked};
use crate::identity::{Linked, token};
use std::collections::BTreeSet;

#[test]
fn an_address_shared_by_people_without_first_name_keeps_them_apart() {
    let list = "Nom;E-mail\nMartin Zoé;contact@asso.fr\nRoy Anne;contact@asso.fr\n";
    assert_eq!(linked(&[("Participants.csv", list)]).people().len(), 2);
    let same = linked(&[
        ("Paris/Participants.csv", "Nom;E-mail\nMartin Zoé;contact@asso.fr\n"),
        ("Sucy/Participants.csv", "Nom;E-mail\nZOE Martin;Contact@asso.fr\n"),
        ("Massy/Participants.csv", "Nom;Prénom;E-mail\nMartin;Zoé;contact@asso.fr\n"),
    ]);
    assert_eq!((same.people().len(), same.merges.people_by_mail), (1, 2));
}

const TWINS: &str = "Id;Nom;Prénom;Année de naissance;Commune\n";

/// How many people rows of one file are, in whatever order.
fn people_of(rows: &[&str]) -> usize {
    let of = |rows: Vec<&str>| {
        let list = format!("{TWINS}{}", rows.concat());
        linked(&[("Participants.csv", &list)]).people().len()
    };
    let (forth, back) = (of(rows.to_vec()), of(rows.iter().rev().copied().collect()));
    assert_eq!(forth, back, "the order of {rows:?} counts");
    forth
}

#[test]
fn a_name_brings_together_in_its_file_only_rows_that_do_not_contradict() {
    let (old, young) = (";Durand;Luc;1950;\n", ";Durand;Luc;2001;\n");
    assert_eq!(people_of(&[old, ";DURAND;luc;;Sucy\n"]), 1);
    assert_eq!(people_of(&[old, young]), 2);
    assert_eq!(people_of(&[old, ";Durand;Luc;1950;Sucy\n", young]), 2, "they say one birth year");
    assert_eq!(people_of(&[old, young, ";Durand;Luc;;Sucy\n"]), 3, "whose is the third?");
    assert_eq!(people_of(&[";Durand;Luc;;Sucy\n", ";Durand;Luc;;Massy\n"]), 2);
    assert_eq!(people_of(&["P1;Durand;Luc;1950;\n", ";Durand;Luc;1950;\n"]), 1);
    assert_eq!(people_of(&["P1;Durand;Luc;1950;\n", young]), 2);
    assert_eq!(people_of(&["P1;Durand;Luc;1950;\n", young, ";Durand;Luc;1950;Sucy\n"]), 2);
}

#[test]
fn what_a_person_says_in_another_file_contradicts_too() {
    let linked = linked(&[
        ("Paris/Participants.csv", "Nom;Prénom;E-mail;Genre\nDurand;Luc;luc@a.fr;H\n"),
        ("Sucy/Participants.csv", "Nom;Prénom;E-mail;Genre\nDurand;Luc;luc@a.fr;\nDurand;Luc;;F\n"),
    ]);
    assert_eq!(linked.people().len(), 2);
}

#[test]
fn two_of_one_name_in_a_file_are_suggested_and_the_bare_name_leads_to_neither() {
    let list = format!("{TWINS};Durand;Luc;1950;\n;Durand;Luc;2001;\n");
    let linked = linked(&[
        ACTIVITIES,
        ("Participants.csv", &list),
        ("Présences.csv", "Activité;Participant\nA1;Durand Luc\n"),
    ]);
    assert_eq!((linked.suggestions.len(), linked.present()), (1, vec![2]));
    assert_eq!(linked.codes(), ["participant-homonyme", "personne-proche"]);
}

/// Two files with a Dupont Jean each, of whom nothing else is known, and others.
fn duponts(folders: [&str; 2], rows: [[&str; 3]; 2], decisions: &str) -> Linked {
    let lists = rows.map(|rows| format!("Id;Nom;Prénom;E-mail;Commune\n{}", rows.concat()));
    let paths = folders.map(|folder| format!("{folder}/Participants.csv"));
    let decisions = format!("Table;Gauche;Droite;Décision\n{decisions}");
    let [(here, there), (one, other)] =
        [(&paths[0], &paths[1]), (&lists[0], &lists[1])].map(|(a, b)| (a.as_str(), b.as_str()));
    linked(&[(here, one), (there, other), ("Décisions.csv", &decisions)])
}

const ROWS: [[&str; 3]; 2] = [
    [";Dupont;Jean;;\n", ";Ba;Awa;awa@a.fr;\n", ";Petit;Léa;;\n"],
    [";Dupont;Jean;;\n", "P1;Roy;Anne;;\n", ";Grand;Max;;\n"],
];

fn tokens(linked: &Linked) -> BTreeSet<String> {
    linked.people().iter().map(|person| token(&person.key)).collect()
}

#[test]
fn tokens_depend_neither_on_the_names_of_files_nor_on_the_order_of_rows() {
    let before = duponts(["Paris", "Sucy"], ROWS, "");
    assert_eq!(tokens(&before).len(), before.people().len(), "nobody shares a token");
    let turned = ROWS.map(|[a, b, c]| [c, b, a]);
    for (folders, rows) in [(["Zut", "Sucy"], ROWS), (["Paris", "Sucy"], turned)] {
        assert_eq!(tokens(&duponts(folders, rows, "")), tokens(&before), "{folders:?}");
    }
}

#[test]
fn tokens_of_many_namesakes_do_not_depend_on_the_order_of_rows() {
    let rows = [";Dupont;Jean;1950;\n", ";Dupont;Jean;2001;\n", ";Dupont;Jean;;\n"];
    let of = |order: [usize; 3]| {
        let list = format!("{TWINS}{}", order.map(|at| rows[at]).concat());
        let other = format!("{TWINS}{};Ba;Awa;;\n", rows[2]);
        let linked =
            linked(&[("Paris/Participants.csv", &list), ("Sucy/Participants.csv", &other)]);
        let told = linked.people().iter().map(|p| (p.birth_year, token(&p.key)));
        told.collect::<BTreeSet<_>>()
    };
    assert_eq!(of([0, 1, 2]).len(), 5);
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        assert_eq!(of(order), of([0, 1, 2]), "{order:?}");
    }
}

/// Which of two namesakes goes with which token holds when their files are renamed.
#[test]
fn namesakes_keep_their_tokens_when_files_are_renamed() {
    let dupont = |linked: &Linked, sheet: &str| {
        let person = linked.people().iter().find(|person| {
            let origin =
                person.origin.as_ref().map(|origin| (origin.file().to_string(), origin.row));
            origin == Some((format!("{sheet}/Participants.csv"), 2))
        });
        token(&person.expect("listed first").key)
    };
    let before = duponts(["Paris", "Sucy"], ROWS, "");
    let after = duponts(["Zut", "Alpha"], ROWS, "");
    assert_eq!(dupont(&before, "Paris"), dupont(&after, "Zut"));
    assert_eq!(dupont(&before, "Sucy"), dupont(&after, "Alpha"));
    assert_ne!(dupont(&after, "Zut"), dupont(&after, "Alpha"));
}

#[test]
fn an_answer_outlives_renaming_reordering_and_what_is_added() {
    let before = duponts(["Paris", "Sucy"], ROWS, "");
    let [pair] = before.suggestions.as_slice() else { panic!("{:?}", before.suggestions) };
    let answer = |verdict| format!("Participants;{};{};{verdict}\n", pair.left, pair.right);
    let mut richer = ROWS.map(|[a, b, c]| [c, b, a]);
    for dupont in [";Dupont;Jean;jean@a.fr;\n", ";Dupont;Jean;;Sucy\n", "P7;Dupont;Jean;;Sucy\n"] {
        richer[0][2] = dupont;
        let same = duponts(["Zut", "Alpha"], richer, &answer("même"));
        assert_eq!((same.people().len(), same.codes()), (5, vec![]), "{dupont}");
        assert_eq!((same.merges.people_by_decision, same.suggestions.len()), (1, 0));
        let apart = duponts(["Zut", "Alpha"], richer, &answer("différent"));
        assert_eq!((apart.people().len(), apart.codes()), (6, vec![]), "{dupont}");
    }
    // A third one of the name: the answer does not say which of them it was about.
    richer[0][0] = "P9;Dupont;Jean;;Massy\n";
    let third = duponts(["Zut", "Alpha"], richer, &answer("même"));
    assert_eq!(third.people().len(), 6);
    assert!(third.codes().contains(&"decision-sans-objet"), "{:?}", third.codes());
}

#[test]
fn the_token_of_a_claim_kept_is_accepted_when_another_is_added() {
    let run = |first: &str, decisions: &str| {
        let list = format!("Id;Nom;Prénom;E-mail\n{first}P2;Martin;Zoë;\n");
        let decisions = format!("Table;Gauche;Droite;Décision\n{decisions}");
        linked(&[("Participants.csv", &list), ("Décisions.csv", &decisions)])
    };
    let before = run("P1;Martin;Zoé;\n", "");
    let [pair] = before.suggestions.as_slice() else { panic!("{:?}", before.suggestions) };
    let answer = format!("Participants;{};{};même\n", pair.left, pair.right);
    for first in ["P1;Martin;Zoé;zoe@a.fr\n", "P1;Martin;Zoé;zm@b.fr\n", "P1;Martin;Zoé;z@c.fr\n"]
    {
        let after = run(first, &answer);
        assert_eq!((after.people().len(), after.codes()), (1, vec![]), "{first}");
    }
}

#[test]
fn an_answer_about_people_holds_for_all_that_are_one_with_them() {
    let list = "Id;Nom;Prénom\nP1;Martin;Zoé\nP2;Martin;Zoé\nP3;Martin;Zoé\n";
    let run = |decisions: &str| {
        let decisions = format!("Table;Gauche;Droite;Décision\n{decisions}");
        linked(&[("Participants.csv", list), ("Décisions.csv", &decisions)])
    };
    let before = run("");
    assert_eq!(before.suggestions.len(), 3);
    let of = |at: usize| token(&before.people()[at].key);
    let answer = |a, b, verdict| format!("Participants;{};{};{verdict}\n", of(a), of(b));
    let settled = run(&(answer(0, 1, "même") + &answer(1, 2, "différent")));
    assert_eq!((settled.people().len(), settled.codes()), (2, vec![]));
    let against = run(&(answer(0, 1, "même") + &answer(1, 2, "même") + &answer(0, 2, "différent")));
    assert_eq!(against.codes(), ["decision-contradictoire"]);
}

#[test]
fn answers_without_anybody_listed_are_idle() {
    let linked = linked(&[
        ACTIVITIES,
        ("Présences.csv", "Activité;Participant\nA1;Martin Zoé\n"),
        ("Décisions.csv", "Table;Gauche;Droite;Décision\nParticipants;P-1;P-2;même\n"),
    ]);
    assert_eq!(linked.codes(), ["decision-sans-objet"]);
}

#[test]
fn communes_and_networks_are_counted_whatever_their_spelling() {
    let linked = linked(&[
        (
            "Participants.csv",
            "Id;Commune\nP1;Sucy-en-Brie\nP2;SUCY EN BRIE\nP3;Sucy-en-Brie\nP4;St-Maur\n\
             P5;Saint-Maur\nP6;Saint-Maur\nP7;Paris\n",
        ),
        (
            "Structures.csv",
            "Nom;Réseaux;Commune\nA;Colibris;sucy en brie\nB;COLIBRIS, Alternatiba;Paris\nC;Colibris;\n",
        ),
    ]);
    let communes: Vec<_> = linked.people().iter().filter_map(|p| p.commune.as_deref()).collect();
    let (sucy, saint_maur) = ("Sucy-en-Brie", "Saint-Maur");
    assert_eq!(communes, [sucy, sucy, sucy, saint_maur, saint_maur, saint_maur, "Paris"]);
    let organisations = &linked.programme.organisations;
    let networks: Vec<_> = organisations.iter().map(|o| o.networks.join("+")).collect();
    assert_eq!(networks, ["Colibris", "Colibris+Alternatiba", "Colibris"]);
    assert_eq!(organisations[0].commune.as_deref(), Some(sucy));
}
