//! Names of people in free texts.

use super::{Linked, linked};

/// The title of the one activity, people and organisations being those of other files.
fn title(text: &str, others: &[(&str, &str)]) -> String {
    let activities = format!("Id;Date;Intitulé\nA1;2026-07-01;{text}\n");
    let mut files = vec![("Activités.csv", activities.as_str())];
    files.extend(others);
    linked(&files).programme.activities[0].title.clone()
}

#[test]
fn a_full_name_typed_in_one_column_is_masked() {
    let one_column = [("Participants.csv", "Nom;Genre\nMartin Zoé;F\nLe Goff Jean-Éric;H\n")];
    let typed = [("Présences.csv", "Activité;Participant\nA1;MARTIN Zoé\nA1;Jean-Éric Le Goff\n")];
    for others in [&one_column[..], &typed[..]] {
        for (text, masked) in [
            ("Atelier avec Martin Zoé", "Atelier avec […]"),
            ("Chez zoe MARTIN", "Chez […]"),
            ("Jean-Éric Le Goff, conteur", "[…], conteur"),
            ("Rue Saint-Martin", "Rue Saint-Martin"),
            ("Zoé et Martin", "Zoé et Martin"),
        ] {
            assert_eq!(title(text, others), masked, "{others:?}");
        }
    }
}

#[test]
fn a_commune_that_is_a_name_and_a_first_name_is_left() {
    let list = "Nom;Prénom;Commune\nSaint;Claude;Saint-Claude\nMartin;Zoé;Zoé Martin\n";
    let linked = linked(&[("Participants.csv", list)]);
    let communes = linked.people().iter().map(|person| person.commune.as_deref());
    assert_eq!(communes.collect::<Vec<_>>(), [Some("Saint-Claude"), Some("[…]")]);
}

#[test]
fn a_long_name_is_masked() {
    let last = "Bragança e Bourbon de Saxe Cobourg Gotha";
    let list = format!("Nom;Prénom\n{last};Maria Ana Isabel\n");
    let text = format!("Visite de Maria Ana Isabel {last}");
    assert_eq!(title(&text, &[("Participants.csv", &list)]), "Visite de […]");
}

#[test]
fn the_longest_of_the_names_that_start_alike_is_masked() {
    let list = "Nom;Prénom\nLe;Jean\nLe Goff;Jean\nLe Goff Martin;Zoé\n";
    for (text, masked) in [
        ("Visite de Jean Le Goff", "Visite de […]"),
        ("Zoé Le Goff Martin et Jean Le", "[…] et […]"),
        ("Avec Mme Le Goff", "Avec Mme […]"),
        ("Avec Mme Le", "Avec Mme […]"),
    ] {
        assert_eq!(title(text, &[("Participants.csv", list)]), masked);
    }
}

#[test]
fn one_word_ids_organisations_and_territories_are_not_masked() {
    let others = [
        ("Participants.csv", "Nom;Structure\nMartin;La Ruche Verte\nLes Amis;\nSucy en Brie;\n"),
        ("Présences.csv", "Activité;Participant\nA1;Ruche Verte\nA1;Lot 12\nA1;Brie en Sucy\n"),
        ("Structures.csv", "Nom\nAssociation Les Amis\n"),
        ("Territoires.csv", "Nom\nSucy-en-Brie\n"),
    ];
    for text in ["Martin", "La Ruche verte", "Avec Les Amis", "Lot 12", "Fête de Sucy-en-Brie"] {
        assert_eq!(title(text, &others), text);
    }
}

#[test]
fn a_presence_by_a_masked_title_leads_to_its_activity() {
    let linked = linked(&[
        ("Activités.csv", "Id;Date;Intitulé\nA1;2026-07-01;Atelier avec Martin Zoé\n"),
        ("Présences.csv", "Activité;Participant\nAtelier avec Martin Zoé;Martin Zoé\n"),
    ]);
    let told = |linked: &Linked| linked.codes().iter().all(|code| *code == "donnee-personnelle");
    assert!(told(&linked) && linked.present() == [0], "{:?}", linked.codes());
    assert_eq!(linked.programme.activities[0].title, "Atelier avec […]");
}
