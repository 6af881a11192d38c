//! Pairs suggested, and the answers to them.

use super::{ACTIVITIES, linked};
use crate::identity::Linked;
use crate::schema::TableId;

const LIST: &str = "Id;Nom;Prénom;Année de naissance;Commune\n";

#[test]
fn alike_people_are_suggested_by_token_and_row_and_never_merged() {
    let list =
        format!("{LIST}P1;Le Goff;Jean-Éric;;Sucy\nP2;GOFF LE;Jean Eric;;Sucy\nP3;Ba;Awa;;\n");
    let linked = linked(&[("Participants.csv", &list)]);
    assert_eq!(linked.people().len(), 3);
    let [suggestion] = linked.suggestions.as_slice() else { panic!("{:?}", linked.suggestions) };
    assert_eq!(suggestion.table, TableId::Participants);
    assert_eq!(suggestion.places.each_ref().map(|place| place.row), [Some(2), Some(3)]);
    let said = format!("{suggestion:?} {:?}", linked.findings).to_lowercase();
    assert!(!said.contains("goff") && !said.contains("eric") && !said.contains("éric"), "{said}");
    assert_eq!(linked.codes(), ["personne-proche"]);
}

#[test]
fn merging_two_ids_by_decision_equals_having_typed_one() {
    let list = |second: &str| {
        format!(
            "{LIST}P1;Martin;Zoé;;Sucy\n{second};Martin;Zoë;1990;\nP1;Martin;Zoé;;Massy\nP4;Ba;Awa;;\n"
        )
    };
    let present =
        |second: &str| format!("Activité;Participant\nA1;P1\nA1;{second}\nA2;{second}\nA2;P4\n");
    let run = |second: &str, decisions: &str| {
        let decided = format!("Table;Gauche;Droite;Décision\n{decisions}");
        linked(&[
            ACTIVITIES,
            ("Participants.csv", &list(second)),
            ("Présences.csv", &present(second)),
            ("Décisions.csv", &decided),
        ])
    };
    let suggested = run("P2", "");
    let [pair] = suggested.suggestions.as_slice() else { panic!("{:?}", suggested.suggestions) };
    let answer = format!("Participants;{};{};même\n", pair.left, pair.right);
    let (decided, typed) = (run("P2", &answer), run("P1", ""));
    assert_eq!(decided.people().len(), 2);
    assert_eq!(decided.present(), typed.present());
    let told = |linked: &Linked| {
        let people = linked.people().iter();
        people.map(|p| (p.birth_year, p.commune.clone())).collect::<Vec<_>>()
    };
    assert_eq!(told(&decided), told(&typed));
    assert_eq!(decided.codes(), [""; 0]);
    assert!(decided.suggestions.is_empty());
    assert_eq!(decided.merges.people_by_decision, 1);
    // *différent*: two people, and nobody asks again.
    let apart = run("P2", &answer.replace("même", "différent"));
    assert_eq!((apart.people().len(), apart.suggestions.len()), (3, 0));
}

#[test]
fn organisations_are_brought_together_or_kept_apart_as_decided() {
    let list = "Nom;Type\nRecyclerie Sportive;collectif\nRecyclerie Sportve;\nColibris;collectif\nColibris (association);\n";
    let run = |decisions: &str| {
        let decided = format!("Table;Gauche;Droite;Décision\n{decisions}");
        linked(&[("Structures.csv", list), ("Décisions.csv", &decided)])
    };
    let before = run("");
    assert_eq!(before.organisations().len(), 3);
    assert_eq!(before.suggestions.len(), 1);
    let same = run("Structures;Recyclerie Sportive;Recyclerie Sportve;même\n");
    assert_eq!(same.organisations(), ["Colibris", "Recyclerie Sportive"]);
    assert_eq!(same.merges.organisations_by_decision, 1);
    let apart = run("Structures;Colibris;Colibris (association);différent\n");
    assert_eq!(apart.organisations().len(), 4);
    assert!(!apart.suggestions.iter().any(|s| s.left.starts_with("Colibris")));
}

#[test]
fn decisions_that_contradict_or_change_nothing_are_said() {
    let list = "Nom\nAlpha Jardins\nBeta Velos\nGamma Lieux\n";
    let run = |decisions: &str| {
        let decided = format!("Table;Gauche;Droite;Décision\n{decisions}");
        let linked = linked(&[("Structures.csv", list), ("Décisions.csv", &decided)]);
        let codes = linked.codes().into_iter().filter(|code| *code != "structure-rapprochee");
        (codes.collect::<Vec<_>>().join(" "), linked.organisations().len())
    };
    let chain =
        "Structures;Alpha Jardins;Beta Velos;même\nStructures;Beta Velos;Gamma Lieux;même\n";
    assert_eq!(run(chain), (String::new(), 1));
    let against = format!("{chain}Structures;Alpha Jardins;Gamma Lieux;différent\n");
    assert_eq!(run(&against), ("decision-contradictoire".into(), 2));
    assert_eq!(run("Structures;Alpha Jardins;Delta;même\n"), ("decision-sans-objet".into(), 3));
    assert_eq!(run("Projets;A;B;même\n"), ("decision-hors-sujet".into(), 3));
    assert_eq!(
        run("Structures;Alpha Jardins;Beta Velos;\n"),
        (String::new(), 3),
        "not answered yet"
    );
}
