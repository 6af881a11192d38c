//! Two programmes that differ only in what is withheld give the same reports: charts, sheets, pages and
//! data say nothing of it. So what a reader works out of pages and sheets, the figures of
//! `donnees/indicateurs.csv` say too, and these are attacked elsewhere.

use super::support::{Bench, files_below, parts_of_zip, text_of_pdf};
use std::collections::BTreeMap;
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
            ["", "agent", "94011", "oui", "65+", "Mairie"]
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
        writeln!(activities, "A{index};2026-0{month}-1{index};Atelier {index};{place}")
            .expect("written");
    }
    let mut people =
        String::from("Id;Nom;Prénom;Genre;Statut;Commune;QPV;Tranche d'âge;Structure\n");
    let mut presences = String::from("Activité;Participant\n");
    for number in 0..60 {
        let row = answers(number, twin).join(";");
        // Files of one size: how many bytes were read is said.
        let pad = "x".repeat(60 - row.len());
        writeln!(people, "P{number};Nom{number};Prénom{pad};{row}").expect("written");
        let last = if number % 3 == 0 { 2 } else { 1 };
        for time in 0..=last {
            writeln!(presences, "A{};P{number}", (number * 5 + time * 3) % 8).expect("written");
        }
    }
    let organisations = "Nom;Type;Réseaux\nAsso A;association porteuse de projet;Colibris\n\
        Asso B;association de plaidoyer;Alternatiba\nRuche;tiers-lieu;Astérya\n\
        Mairie;collectivité;Astérya\n";
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
    // First of all, the two must be twins.
    let told = |files: &BTreeMap<String, Vec<u8>>| {
        String::from_utf8_lossy(&files["donnees/indicateurs.csv"]).into_owned()
    };
    assert_eq!(told(&one), told(&other));
    let said = |files: &BTreeMap<String, Vec<u8>>| -> BTreeMap<String, Vec<String>> {
        files.iter().map(|(name, bytes)| (name.clone(), words(name, bytes))).collect()
    };
    let (one, other) = (said(&one), said(&other));
    // The manifest holds the fingerprints, and the sizes of compressed files that print them.
    for (name, words) in one.iter().filter(|(name, _)| *name != "manifeste.json") {
        let differ: Vec<_> =
            words.iter().zip(&other[name]).filter(|(a, b)| a != b).take(9).collect();
        assert!(differ.is_empty() && words.len() == other[name].len(), "{name}: {differ:?}");
    }
    assert_eq!(one.len(), other.len());
}

/// What a file says, but for the fingerprints of the inputs: to the byte for pictures, word by word for
/// pages, sheets and data.
fn words(name: &str, bytes: &[u8]) -> Vec<String> {
    let text = match name.rsplit_once('.').map_or("", |(_, end)| end) {
        "pdf" => text_of_pdf(&lopdf::Document::load_mem(bytes).expect("a PDF")),
        "xlsx" => {
            let parts = parts_of_zip(bytes).into_iter();
            parts.map(|(name, part)| format!("{name} {}", String::from_utf8_lossy(&part))).collect()
        }
        "png" => return bytes.iter().map(u8::to_string).collect(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    };
    let fingerprint = |word: &&str| {
        word.len() >= 8
            && word.len().is_multiple_of(8)
            && word.chars().all(|c| c.is_ascii_hexdigit())
    };
    let words = text.split(|c: char| !c.is_alphanumeric() && !"-.,%".contains(c));
    words.filter(|word| !word.is_empty() && !fingerprint(word)).map(str::to_owned).collect()
}
