//! The programme's own workbook.

use super::cast::{self, ORGANISATIONS, PLACES};
use super::days::{Date, day, quarter_start};
use super::identifiers;
use super::money;
use super::plan_data::ACTIONS;
use super::sheet::{Cell, Sheet, hours, number, text, when, yes};
use super::words::{LEARNING, NEWS};
use super::work::TARGETS;
use super::world::World;
use super::xlsx::{self, Dress};

/// Day of a statement that does not exist, on purpose.
pub(crate) const IMPOSSIBLE: &str = "30/02/2026";

pub(crate) fn file(world: &World) -> Vec<u8> {
    let dress = Dress {
        title: "Boost Citoyen (exemple fictif) — programme",
        author: "Bleu Blanc Zèbre (exemple fictif)",
        colour: 0x00FC_E5CD,
        freeze: true,
    };
    let sheets = [
        territories(),
        organisations(),
        partnerships(world),
        cooperations(world),
        funding(),
        budget(world),
        plan(world),
        targets(),
        treasury(world),
        timesheets(world),
        volunteering(world),
        learning(world),
        news(),
    ];
    xlsx::write(&dress, &sheets).expect("a workbook")
}

fn at((year, month, first): (i32, u32, u32)) -> Date {
    day(year, month, first)
}

fn territories() -> Sheet {
    let mut sheet = Sheet::new("Territoires");
    sheet.header(&[
        ("Nom", 18.0),
        ("Codes INSEE", 12.0),
        ("Population", 12.0),
        ("Millésime", 10.0),
        ("Structure porteuse", 32.0),
        ("Date de démarrage", 14.0),
        ("ETPT", 8.0),
    ]);
    for place in &PLACES {
        sheet.row(vec![
            text(place.name),
            text(place.code),
            number(place.population),
            text(place.vintage),
            text(place.host),
            Cell::Day(at(place.start)),
            number(place.fte),
        ]);
    }
    sheet
}

fn organisations() -> Sheet {
    let mut sheet = Sheet::new("Structures");
    sheet.header(&[
        ("Id", 8.0),
        ("Nom", 40.0),
        ("Type", 28.0),
        ("Réseau", 36.0),
        ("Posture", 10.0),
        ("Territoire", 38.0),
        ("SIRET", 18.0),
        ("RNA", 13.0),
        ("Commune", 22.0),
        ("Date d'entrée", 13.0),
    ]);
    for (i, (name, kind, networks, posture, letters, commune, joined)) in
        ORGANISATIONS.iter().enumerate()
    {
        let places: Vec<&str> =
            PLACES.iter().filter(|p| letters.contains(p.letter)).map(|p| p.name).collect();
        sheet.row(vec![
            text(format!("ST-{:02}", i + 1)),
            text(*name),
            text(*kind),
            text(networks.replace(';', " ; ")),
            text(*posture),
            text(places.join(" ; ")),
            text(identifiers::of_organisation(name).unwrap_or_default()),
            text(identifiers::rna(i).unwrap_or_default()),
            text(*commune),
            Cell::Day(quarter_start(*joined)),
        ]);
    }
    sheet
}

fn partnerships(world: &World) -> Sheet {
    let mut sheet = Sheet::new("Partenariats");
    sheet.header(&[
        ("Projet", 10.0),
        ("Structure", 40.0),
        ("Rôle", 14.0),
        ("Date d'entrée", 13.0),
        ("Date de sortie", 13.0),
    ]);
    let mut partners = 0;
    for (project, who, role, from, to) in &world.partnerships {
        partners += usize::from(*role == "partenaire");
        let typed = match (*role, partners) {
            ("partenaire", 8) => cast::slip(who),
            ("partenaire", 17) => who.to_uppercase(),
            _ => (*who).to_owned(),
        };
        sheet.row(vec![
            text(&world.projects[*project].id),
            text(typed),
            text(*role),
            Cell::Day(*from),
            when(*to),
        ]);
    }
    sheet
}

fn cooperations(world: &World) -> Sheet {
    let mut sheet = Sheet::new("Coopérations");
    sheet.header(&[
        ("Structure A", 38.0),
        ("Structure B", 38.0),
        ("Niveau", 8.0),
        ("Date", 12.0),
        ("Déclarant", 18.0),
        ("Preuve", 42.0),
    ]);
    let mut slip = Some(IMPOSSIBLE);
    for said in &world.cooperations {
        let near = said.date >= day(2026, 2, 20) && said.level == 1;
        let date = match slip.take_if(|_| near) {
            Some(typed) => text(typed),
            None => Cell::Day(said.date),
        };
        sheet.row(vec![
            text(said.a),
            text(said.b),
            number(said.level),
            date,
            text(said.declarant),
            text(&said.evidence),
        ]);
    }
    sheet
}

fn funding() -> Sheet {
    let mut sheet = Sheet::new("Financements");
    sheet.header(&[
        ("Financeur", 32.0),
        ("Catégorie", 28.0),
        ("Montant demandé", 15.0),
        ("Montant accordé", 15.0),
        ("Montant encaissé", 15.0),
        ("Statut", 16.0),
        ("Date de dépôt", 12.0),
        ("Date de décision", 12.0),
        ("Date de convention", 12.0),
        ("Versements", 38.0),
        ("Exercice", 9.0),
        ("Période couverte", 24.0),
        ("Référence de décision", 20.0),
        ("Objet", 60.0),
        ("Nature", 12.0),
        ("Affecté", 9.0),
        ("SIRET du financeur", 18.0),
    ]);
    let euros = |amount: Option<i64>| amount.map_or(Cell::Empty, |n| Cell::Euro(n * 100));
    let list = money::funding();
    for aid in &list {
        let first = list.iter().position(|other| other.funder == aid.funder).unwrap_or(0);
        let siret = if aid.category == "Ressources propres" {
            String::new()
        } else {
            identifiers::siret(80 + first)
        };
        sheet.row(vec![
            text(aid.funder),
            text(aid.category),
            euros(aid.asked),
            euros(aid.granted),
            euros(aid.received),
            text(aid.status),
            when(aid.filed),
            when(aid.decided),
            when(aid.signed),
            text(aid.payments),
            number(aid.year),
            aid.covers.map_or(Cell::Empty, |(from, to)| text(format!("{from}/{to}"))),
            text(aid.reference),
            text(aid.purpose),
            text(aid.nature),
            yes(aid.earmarked),
            text(siret),
        ]);
    }
    sheet
}

fn budget(world: &World) -> Sheet {
    let mut sheet = Sheet::new("Budget (Cerfa)");
    sheet.header(&[
        ("Exercice", 10.0),
        ("Compte Cerfa", 10.0),
        ("Libellé", 44.0),
        ("Action", 8.0),
        ("Prévu", 14.0),
        ("Réalisé", 14.0),
        ("Éligible ADEME", 10.0),
        ("Pièce", 14.0),
    ]);
    for line in &world.budget {
        sheet.row(vec![
            number(line.year),
            text(line.account),
            text(line.label),
            text(line.action),
            Cell::Euro(line.planned),
            Cell::Euro(line.actual),
            line.eligible.map_or(Cell::Empty, yes),
            text(line.receipt),
        ]);
    }
    sheet
}

fn plan(world: &World) -> Sheet {
    let mut sheet = Sheet::new("Plan d'actions");
    sheet.header(&[
        ("Id", 7.0),
        ("Intitulé", 46.0),
        ("Prévu", 8.0),
        ("Unité", 14.0),
        ("Dépenses prévues", 16.0),
        ("Échéance", 12.0),
        ("Réalisé", 9.0),
        ("Pilote", 30.0),
        ("Partenaires", 60.0),
        ("Statut", 12.0),
        ("Description", 70.0),
    ]);
    for (id, title, quantity, unit, due, done, lead, partners, status, description) in ACTIONS {
        sheet.row(vec![
            text(*id),
            text(*title),
            number(*quantity),
            text(*unit),
            Cell::Euro(money::spending(&world.budget, id)),
            Cell::Day(at(*due)),
            done.map_or(Cell::Empty, number),
            text(*lead),
            text(partners.replace(';', " ; ")),
            text(*status),
            text(*description),
        ]);
    }
    sheet
}

fn targets() -> Sheet {
    let mut sheet = Sheet::new("Objectifs");
    sheet.header(&[
        ("Indicateur", 28.0),
        ("Territoire", 16.0),
        ("Période", 12.0),
        ("Valeur limite", 13.0),
        ("Valeur cible", 13.0),
    ]);
    for (indicator, period, limit, target) in TARGETS {
        sheet.row(vec![
            text(*indicator),
            Cell::Empty,
            text(*period),
            number(*limit),
            number(*target),
        ]);
    }
    sheet
}

fn treasury(world: &World) -> Sheet {
    let mut sheet = Sheet::new("Trésorerie");
    sheet.header(&[
        ("Date", 12.0),
        ("Disponible", 15.0),
        ("Fonds dédiés", 15.0),
        ("Dettes < 1 an", 15.0),
    ]);
    for (date, cash, dedicated, debts) in money::treasury(&world.budget) {
        sheet.row(vec![
            Cell::Day(date),
            Cell::Euro(cash),
            Cell::Euro(dedicated),
            Cell::Euro(debts),
        ]);
    }
    sheet
}

fn timesheets(world: &World) -> Sheet {
    let mut sheet = Sheet::new("Temps");
    sheet.header(&[
        ("Date", 12.0),
        ("Chargé de mission", 20.0),
        ("Heures", 9.0),
        ("Action", 8.0),
        ("Territoire", 16.0),
        ("Rôle", 16.0),
    ]);
    for worked in &world.worked {
        sheet.row(vec![
            Cell::Day(worked.date),
            text(worked.worker),
            hours(worked.half_hours),
            text(worked.action),
            text(worked.place),
            text(worked.role),
        ]);
    }
    sheet
}

fn volunteering(world: &World) -> Sheet {
    let mut sheet = Sheet::new("Bénévolat");
    sheet.header(&[("Date", 12.0), ("Heures", 9.0), ("Action", 8.0), ("Catégorie", 14.0)]);
    for given in &world.volunteering {
        let impossible = given.shown == super::work::IMPOSSIBLE;
        sheet.row(vec![
            if impossible { text(&given.shown) } else { Cell::Day(given.date) },
            hours(given.half_hours),
            text(given.action),
            text(given.category),
        ]);
    }
    sheet
}

fn learning(world: &World) -> Sheet {
    let mut sheet = Sheet::new("Capitalisation");
    sheet.header(&[
        ("Date", 12.0),
        ("Type", 15.0),
        ("Texte", 110.0),
        ("Territoire", 16.0),
        ("Projet", 10.0),
        ("Lien", 20.0),
    ]);
    for (date, kind, words, place, project) in LEARNING {
        sheet.row(vec![
            Cell::Day(at(*date)),
            text(*kind),
            text(*words),
            text(*place),
            text(world.project_id(project.checked_sub(1))),
            Cell::Empty,
        ]);
    }
    sheet
}

fn news() -> Sheet {
    let mut sheet = Sheet::new("Valorisation");
    sheet.header(&[
        ("Date", 12.0),
        ("Support", 46.0),
        ("Mention ADEME", 12.0),
        ("Audience estimée", 12.0),
        ("Lien", 40.0),
    ]);
    for (date, medium, ademe, audience, link) in NEWS {
        sheet.row(vec![
            Cell::Day(at(*date)),
            text(*medium),
            yes(*ademe),
            number(*audience),
            text(*link),
        ]);
    }
    sheet
}
