//! The sheets of the programme: five workbooks of attendance, one of everything else.
//!
//! A few rows are dirty, as in any real workbook: a repeated presence, an unknown activity, a total, an
//! impossible date, an amount in words. Whoever reads must leave the same ones out to count the same.

use super::page::{Cell, Page, Written, save};
use super::programme::{Counts, Office, dealt, first_day, funder, offices, some_day};
use super::words::{
    ACTIVITIES, ATTENDANCE_ROLES, CAUSES, FACILITATOR_ROLES, FUNDING_STATUSES, HOUSES, NETWORKS,
    ORGANISATION_KINDS, PERSON_STATUSES, PURPOSES, REGIONS,
};
use crate::names::{LAST, MEN, WOMEN};
use crate::rng::Rng;
use Cell::{Day, Empty, Number, Text};
use anyhow::Result;
use chrono::{Datelike as _, Days};
use rust_xlsxwriter::Workbook;
use std::collections::BTreeSet;
use std::path::Path;

/// Territories of the programme.
const TERRITORIES: usize = 20;

/// Writes every workbook.
pub(super) fn write(folder: &Path, counts: &Counts) -> Result<()> {
    let offices = offices(counts);
    for (number, office) in offices.iter().enumerate() {
        let path = folder.join(format!("Présences {}.xlsx", office.region.name));
        save(&path, |book| attendance(book, office, number == 0))?;
    }
    save(&folder.join("Programme national.xlsx"), |book| {
        territories(book)?;
        activities(book, &offices, counts)?;
        people(book, counts)?;
        organisations(book, counts)?;
        cooperations(book, counts)?;
        funding(book, counts)
    })
}

fn person_id(index: usize) -> String {
    format!("P{:06}", index + 1)
}

fn organisation_id(index: usize) -> String {
    format!("S{:05}", index + 1)
}

/// Different for every organisation: the same house and cause once in each territory.
fn organisation_name(index: usize) -> String {
    let rank = index / TERRITORIES;
    let (house, cause) = (HOUSES[rank % HOUSES.len()], CAUSES[rank / HOUSES.len() % CAUSES.len()]);
    let (_, place) = dealt(index);
    format!("{house} {cause} {}", place.name)
}

/// An organisation of the territory something was dealt to.
fn neighbour(rng: &mut Rng, index: usize, counts: &Counts) -> usize {
    index % TERRITORIES + TERRITORIES * rng.below(counts.organisations / TERRITORIES)
}

fn attendance(book: &mut Workbook, office: &Office, dirty: bool) -> Written {
    let mut rng = Rng::new(2);
    let mut page = Page::new(book, "Présences", &["Activité", "Participant", "Rôle"])?;
    for activity in &office.activities {
        for person in &activity.present {
            let role = rng.pick(&ATTENDANCE_ROLES);
            page.row(&[Text(&activity.id), Text(&person_id(*person)), Text(role)])?;
        }
    }
    if let (true, Some(first)) = (dirty, office.activities.first()) {
        let again = first.present.first().map_or(String::new(), |person| person_id(*person));
        page.row(&[Text(&first.id), Text(&again), Text("bénévole")])?;
        page.row(&[Text("A99999"), Text(&again), Text("participant")])?;
        page.row(&[Text("Total"), Number(office.presences() as f64)])?;
    }
    Ok(())
}

fn territories(book: &mut Workbook) -> Written {
    let headers = ["Nom", "Codes INSEE", "Population", "Millésime", "Date de démarrage"];
    let mut page = Page::new(book, "Territoires", &headers)?;
    for place in REGIONS.iter().flat_map(|region| &region.places) {
        let inhabitants = Number(f64::from(place.inhabitants));
        let (year, start) = (Number(2022.0), Day(first_day()));
        page.row(&[Text(place.name), Text(place.code), inhabitants, year, start])?;
    }
    Ok(())
}

fn activities(book: &mut Workbook, offices: &[Office], counts: &Counts) -> Written {
    let mut rng = Rng::new(3);
    let headers = [
        "Id",
        "Date",
        "Intitulé",
        "Type",
        "Rôle",
        "Territoire",
        "Commune",
        "Durée (h)",
        "Comptage anonyme",
        "Structures organisatrices",
    ];
    let mut page = Page::new(book, "Activités", &headers)?;
    for (region, office) in offices.iter().enumerate() {
        for (rank, activity) in office.activities.iter().enumerate() {
            let (title, kind) = rng.pick(&ACTIVITIES);
            let place = &office.region.places[activity.place];
            let home = activity.place * REGIONS.len() + region;
            let anonymous = if rng.chance(15) { Number(rng.between(5, 60) as f64) } else { Empty };
            let organisers: BTreeSet<usize> =
                (0..rng.below(3)).map(|_| neighbour(&mut rng, home, counts)).collect();
            let organisers: Vec<String> = organisers.into_iter().map(organisation_name).collect();
            page.row(&[
                Text(&activity.id),
                Day(activity.date),
                Text(&format!("{title} n° {}", rank + 1)),
                Text(kind),
                Text(rng.pick(&FACILITATOR_ROLES)),
                Text(place.name),
                Text(place.code),
                Number(rng.between(2, 14) as f64 / 2.0),
                anonymous,
                Text(&organisers.join(" ; ")),
            ])?;
        }
    }
    page.row(&[Text("A00000"), Text("31/02/2026"), Text("Atelier reporté"), Text("atelier")])
}

fn people(book: &mut Workbook, counts: &Counts) -> Written {
    let mut rng = Rng::new(4);
    let headers = [
        "Id",
        "Nom",
        "Prénom",
        "Structure",
        "Statut",
        "Genre",
        "Année de naissance",
        "Commune",
        "QPV",
    ];
    let mut page = Page::new(book, "Participants", &headers)?;
    for index in 0..counts.people {
        let (gender, first_names) = if rng.chance(60) { ("F", WOMEN) } else { ("H", MEN) };
        let organisation = organisation_id(neighbour(&mut rng, index, counts));
        let year = Number(rng.between(1940, 2012) as f64);
        let (_, place) = dealt(index);
        page.row(&[
            Text(&person_id(index)),
            Text(rng.pick(LAST)),
            Text(rng.pick(first_names)),
            if rng.chance(40) { Text(&organisation) } else { Empty },
            Text(rng.pick(&PERSON_STATUSES)),
            if rng.chance(90) { Text(gender) } else { Empty },
            if rng.chance(80) { year } else { Empty },
            Text(place.code),
            if rng.chance(20) { Text("oui") } else { Text("non") },
        ])?;
    }
    Ok(())
}

fn organisations(book: &mut Workbook, counts: &Counts) -> Written {
    let mut rng = Rng::new(5);
    let headers =
        ["Id", "Nom", "Type", "Réseau", "Territoire", "SIRET", "Commune", "Date d'entrée"];
    let mut page = Page::new(book, "Structures", &headers)?;
    for index in 0..counts.organisations {
        let (_, place) = dealt(index);
        page.row(&[
            Text(&organisation_id(index)),
            Text(&organisation_name(index)),
            Text(rng.pick(&ORGANISATION_KINDS)),
            Text(rng.pick(&NETWORKS)),
            Text(place.name),
            Text(&siret(index)),
            Text(place.code),
            Day(some_day(&mut rng)),
        ])?;
    }
    Ok(())
}

/// A valid SIRET of nobody's: nine digits, then the first establishment.
fn siret(index: usize) -> String {
    let siren = with_key(format!("99{index:06}"));
    with_key(format!("{siren}0001"))
}

/// Digits followed by their Luhn key.
fn with_key(digits: String) -> String {
    let doubled = |(place, digit): (usize, u8)| {
        let digit = u32::from(digit - b'0');
        if place % 2 == 1 { digit } else { digit * 2 / 10 + digit * 2 % 10 }
    };
    let sum: u32 = digits.bytes().rev().enumerate().map(doubled).sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

/// Pairs of one region, each spoken of twice: later, by somebody else, and not lower.
fn cooperations(book: &mut Workbook, counts: &Counts) -> Written {
    let mut rng = Rng::new(6);
    let headers = ["Structure A", "Structure B", "Niveau", "Date", "Déclarant", "Preuve"];
    let mut page = Page::new(book, "Coopérations", &headers)?;
    let mut pairs = BTreeSet::new();
    while pairs.len() * 2 < counts.cooperations {
        let region = rng.below(REGIONS.len());
        let mut one = || region + REGIONS.len() * rng.below(counts.organisations / REGIONS.len());
        let (a, b) = (one(), one());
        if a == b || !pairs.insert((a.min(b), a.max(b))) {
            continue;
        }
        let (name_a, name_b) = (organisation_name(a), organisation_name(b));
        let level = rng.between(0, 3);
        let later = (level + rng.between(0, 1)).min(3);
        let (mut first, mut second) = (some_day(&mut rng), some_day(&mut rng));
        if second < first {
            (first, second) = (second, first);
        }
        let voice = rng.pick(&["B", "chargé de mission"]);
        for (level, day, voice) in [(level, first, "A"), (later, second, voice)] {
            let (level, evidence) = (level.to_string(), rng.pick(&["compte rendu", "courriel"]));
            page.row(&[
                Text(&name_a),
                Text(&name_b),
                Text(&level),
                Day(day),
                Text(voice),
                Text(evidence),
            ])?;
        }
    }
    Ok(())
}

fn funding(book: &mut Workbook, counts: &Counts) -> Written {
    let mut rng = Rng::new(7);
    let headers = [
        "Financeur",
        "Catégorie",
        "Montant demandé",
        "Montant accordé",
        "Montant encaissé",
        "Statut",
        "Date de dépôt",
        "Date de décision",
        "Date de convention",
        "Exercice",
        "Objet",
        "Nature",
        "Territoire",
    ];
    let mut page = Page::new(book, "Financements", &headers)?;
    for index in 0..counts.funding {
        let (region, place) = dealt(index);
        let (name, category) = funder(&mut rng, region, place);
        let status = rng.pick(&FUNDING_STATUSES);
        let filed = some_day(&mut rng);
        let decided = filed + Days::new(rng.below(60) as u64);
        let signed = decided + Days::new(rng.below(30) as u64);
        let asked = rng.between(500, 50_000);
        let granted = asked * rng.between(50, 100) / 100;
        let euros = |amount: i64, shown: bool| if shown { Number(amount as f64) } else { Empty };
        let day = |day, shown: bool| if shown { Day(day) } else { Empty };
        let signs = ["conventionné", "soldé"].contains(&status);
        page.row(&[
            Text(&name),
            Text(category),
            euros(asked, status != "identifié"),
            euros(granted, signs),
            euros(granted, status == "soldé"),
            Text(status),
            day(filed, status != "identifié"),
            day(decided, signs || status == "refusé"),
            day(signed, signs),
            Number(f64::from(filed.year())),
            Text(rng.pick(&PURPOSES)),
            Text("numéraire"),
            Text(place.name),
        ])?;
    }
    page.row(&[Text("Ville"), Text("Commune"), Text("Entre 200 et 500"), Empty, Empty])
}
