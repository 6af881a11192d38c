//! Organisations of one name with numbers of their own, and answers that go against numbers.

use super::{linked, linked_as};
use crate::identity::Linked;

const ONE: &str = "73282932000074";
/// Another establishment of the same legal unit.
const OTHER: &str = "73282932000082";

fn run(list: &str, decisions: &str) -> Linked {
    let list = format!("Nom;SIRET;RNA\n{list}");
    let decisions = format!("Table;Gauche;Droite;Décision\n{decisions}");
    linked(&[("Structures.csv", &list), ("Décisions.csv", &decisions)])
}

fn codes(linked: &Linked) -> Vec<&str> {
    let codes = linked.codes().into_iter();
    codes.filter(|code| !["structure-rapprochee", "structure-proche"].contains(code)).collect()
}

#[test]
fn an_unrelated_answer_leaves_two_of_one_name_with_two_numbers_apart() {
    let list = format!("Colibris;{ONE};\nColibris;{OTHER};\nLa Ruche;;\n");
    let linked = run(&list, "Structures;Colibris;La Ruche;même\n");
    assert_eq!(linked.organisations(), ["Colibris", "Colibris"]);
    assert_eq!(codes(&linked), [""; 0]);
}

#[test]
fn an_answer_joins_two_names_with_two_numbers() {
    let list = format!("Recyclerie Sportive;{ONE};\nRecyclerie Sportve;44306184100047;\n");
    let answer = "Structures;Recyclerie Sportive;Recyclerie Sportve;même\n";
    let linked = run(&list, answer);
    assert_eq!(linked.organisations().len(), 1);
    assert_eq!((linked.merges.organisations_by_decision, codes(&linked)), (1, vec![]));
}

#[test]
fn names_said_to_differ_stay_two_under_one_number() {
    for (siret, rna) in [(ONE, ""), ("", "W941000123")] {
        let list =
            format!("Ressourcerie;{siret};{rna}\nLe Fil;{siret};{rna}\nLe Fil;{siret};{rna}\n");
        assert_eq!(run(&list, "").organisations().len(), 1);
        let apart = run(&list, "Structures;Le Fil;Ressourcerie;différent\n");
        assert_eq!(apart.organisations(), ["Le Fil", "Ressourcerie"]);
        assert_eq!(codes(&apart), [""; 0]);
        // By way of another name.
        let answers =
            "Structures;Le Fil;Fil vert;même\nStructures;Fil vert;Ressourcerie;différent\n";
        assert_eq!(run(&format!("{list}Fil vert;;\n"), answers).organisations().len(), 2);
        let text = format!("Nom;SIRET;RNA\n{list}");
        let listed = linked_as(&[("Structures.csv", &text)], |settings| {
            settings.distinct_organisations = vec!["Le Fil".into(), "Ressourcerie".into()];
        });
        assert_eq!(listed.organisations(), ["Le Fil", "Ressourcerie"]);
    }
}

#[test]
fn two_of_one_name_are_suggested_by_their_numbers_and_both_answers_work() {
    for second in ["Colibris", "Association Colibris"] {
        let list = format!("Colibris;{ONE};\n{second};{OTHER};\n");
        let before = run(&list, "");
        let [pair] = before.suggestions.as_slice() else { panic!("{:?}", before.suggestions) };
        let mut sides = [pair.left.as_str(), pair.right.as_str()];
        sides.sort_unstable_by_key(|side| side.contains(OTHER));
        assert_eq!(sides, [format!("Colibris ({ONE})"), format!("{second} ({OTHER})")]);
        let answer = |verdict| format!("Structures;{};{};{verdict}\n", pair.left, pair.right);
        let same = run(&list, &answer("même"));
        assert_eq!((same.organisations().len(), codes(&same)), (1, vec![]));
        assert_eq!((same.merges.organisations_by_decision, same.suggestions.len()), (1, 0));
        let apart = run(&list, &answer("différent"));
        assert_eq!((apart.organisations().len(), codes(&apart)), (2, vec![]));
        assert!(apart.suggestions.is_empty(), "{:?}", apart.suggestions);
        // Another spelling of the name still leads to it.
        let spelt = format!("{list}COLIBRIS;;\n");
        assert_eq!(run(&spelt, &answer("différent")).organisations().len(), 2);
        // Once one of the two has gone, the answer is idle.
        for verdict in ["même", "différent"] {
            let gone = run(&format!("Colibris;{ONE};\n"), &answer(verdict));
            assert_eq!(codes(&gone), ["decision-sans-objet"], "{verdict}");
        }
    }
}

#[test]
fn a_numbered_one_can_be_brought_to_another_name() {
    let list = format!("Colibris;{ONE};\nColibris;{OTHER};\nLa Ruche;;\n");
    let answer = format!("Structures;Colibris ({OTHER});La Ruche;même\n");
    let linked = run(&list, &answer);
    assert_eq!(codes(&linked), [""; 0]);
    let siret = |name: &str| {
        let named = linked.programme.organisations.iter().filter(|o| o.name == name);
        named.map(|o| o.siret.clone().unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(siret("Colibris"), [ONE, OTHER]);
    assert_eq!(linked.merges.organisations_by_decision, 1);
}

#[test]
fn one_name_twice_is_an_idle_answer() {
    for verdict in ["même", "différent"] {
        let linked = run("Colibris;;\n", &format!("Structures;Colibris;Colibris;{verdict}\n"));
        assert_eq!(codes(&linked), ["decision-sans-objet"], "{verdict}");
        assert_eq!(linked.organisations().len(), 1);
    }
}

#[test]
fn an_answer_about_organisations_holds_for_all_that_are_one_with_them() {
    let list = "Recyclerie Sportive;;\nRecyclerie Sportve;;\nRecyclerie Sportiv;;\n";
    let answers = "Structures;Recyclerie Sportive;Recyclerie Sportve;même\n\
                   Structures;Recyclerie Sportve;Recyclerie Sportiv;différent\n";
    assert_eq!(run(list, "").suggestions.len(), 2);
    let settled = run(list, answers);
    assert_eq!(settled.organisations().len(), 2);
    assert!(settled.suggestions.is_empty(), "{:?}", settled.suggestions);
}

#[test]
fn two_places_in_brackets_are_two_organisations() {
    let linked = run("Ressourcerie (Lyon);;\nRessourcerie (Paris);;\nRessourcerie;;\n", "");
    assert_eq!(linked.organisations().len(), 3);
}
