//! Two programmes that differ only in what is withheld give the same reports, to the byte: charts,
//! sheets and pages say nothing that the published figures do not.

use super::support::{Bench, files_below};
use std::fmt::Write as _;

/// Somebody's row, by number: gender, status, commune, priority district, band of age, organisation.
fn answers(number: usize, twin: bool) -> [&'static str; 6] {
    let pick = |all: &[(usize, &'static str)]| {
        let mut rest = number;
        for (count, answer) in all {
            if rest < *count {
                return *answer;
            }
            rest -= count;
        }
        ""
    };
    // The person who differs has small answers in both programmes.
    if number == 59 {
        return if twin {
            ["autre", "agent", "94011", "oui", "<18", "Mairie"]
        } else {
            ["", "élu", "94028", "", "65+", "Ruche"]
        };
    }
    [
        pick(&[(30, "F"), (23, "H"), (4, "autre")]),
        pick(&[(35, "citoyen"), (14, "bénévole"), (5, "élu"), (5, "agent")]),
        pick(&[(30, "94071"), (18, "75118"), (5, "94028"), (6, "94011")]),
        pick(&[(14, "oui"), (40, "non")]),
        pick(&[(40, "26–64"), (13, "18–25"), (3, "65+"), (3, "<18")]),
        pick(&[(25, "Asso A"), (14, "Asso B"), (5, "Ruche"), (5, "Mairie")]),
    ]
}

fn files(twin: bool) -> Vec<(&'static str, String)> {
    let mut activities = String::from("Id;Date;Intitulé;Territoire\n");
    for index in 0..8 {
        let (month, place) = (if index < 4 { 5 } else { 8 }, ["Nord", "Sud"][index % 2]);
        writeln!(activities, "A{index};2026-0{month}-1{index};Atelier {index};{place}").unwrap();
    }
    let mut people =
        String::from("Id;Nom;Prénom;Genre;Statut;Commune;QPV;Tranche d'âge;Structure\n");
    let mut presences = String::from("Activité;Participant\n");
    for number in 0..60 {
        let row = answers(number, twin).join(";");
        writeln!(people, "P{number};Nom{number};Prénom{number};{row}").unwrap();
        let last = if number % 3 == 0 { 2 } else { 1 };
        for time in 0..=last {
            writeln!(presences, "A{};P{number}", (number * 5 + time * 3) % 8).unwrap();
        }
    }
    let organisations = "Nom;Type;Réseaux\nAsso A;association porteuse de projet;Colibris\n\
        Asso B;association de plaidoyer;Alternatiba\nRuche;tiers-lieu;Colibris\n\
        Mairie;collectivité;\n";
    vec![
        ("Activités.csv", activities),
        ("Participants.csv", people),
        ("Présences.csv", presences),
        ("Structures.csv", organisations.to_owned()),
    ]
}

#[test]
fn what_is_withheld_leaves_no_trace() {
    let [one, other] = [false, true].map(|twin| {
        let bench = Bench::default();
        for (name, text) in files(twin) {
            bench.put(name, text.as_bytes());
        }
        bench.run(&["--quiet", "--period", "2026-T3"]).ends_in(&[0, 1]);
        files_below(&bench.path("reports/2026-T3"))
    });
    let told = String::from_utf8_lossy(&one["donnees/indicateurs.csv"]).into_owned();
    let withheld = told.lines().filter(|line| line.contains(",secret")).count();
    assert!(withheld > 40, "{withheld}\n{told}");
    // The manifest holds the hashes of the inputs.
    let differ: Vec<&String> = one
        .keys()
        .chain(other.keys())
        .filter(|name| one.get(*name) != other.get(*name) && *name != "manifeste.json")
        .collect();
    assert_eq!(differ, Vec::<&String>::new());
}
