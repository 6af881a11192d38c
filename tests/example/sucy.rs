//! Sucy-en-Brie: a tidy person, one sheet per table, the names of the blank workbook.

use super::cast::PLACES;
use super::projects::STAGES;
use super::sheet::{Cell, Sheet, count, hours, number, text, when, yes};
use super::world::World;
use super::xlsx::{self, Dress};
use chrono::Datelike;
use std::collections::BTreeMap;

/// An activity that is in no list, on purpose.
pub(crate) const UNKNOWN_ACTIVITY: &str = "SUC-199";
const PLACE: usize = 0;

pub(crate) fn file(world: &World) -> Vec<u8> {
    let dress = Dress {
        title: "Boost Citoyen (exemple fictif) — Sucy-en-Brie",
        author: "Camille Rousselot (personnage fictif)",
        colour: 0x00D9_EAD3,
        freeze: true,
    };
    let sheets = [activities(world), participants(world), attendance(world), projects(world)];
    xlsx::write(&dress, &sheets).expect("a workbook")
}

/// Identifier of each person in this file.
fn ids(world: &World) -> BTreeMap<usize, String> {
    let people = world.people_at(PLACE).into_iter();
    people.zip(1..).map(|(p, n)| (p, format!("S-{n:04}"))).collect()
}

fn activities(world: &World) -> Sheet {
    let mut sheet = Sheet::new("Activités");
    sheet.header(&[
        ("Id", 10.0),
        ("Date", 12.0),
        ("Intitulé", 44.0),
        ("Type", 24.0),
        ("Rôle", 16.0),
        ("Territoire", 16.0),
        ("Commune", 20.0),
        ("Action", 8.0),
        ("Projet", 9.0),
        ("Durée (h)", 10.0),
        ("Comptage anonyme", 11.0),
        ("Personnes touchées", 11.0),
        ("Structures organisatrices", 60.0),
    ]);
    for a in world.activities_at(PLACE) {
        let activity = &world.activities[a];
        sheet.row(vec![
            text(&activity.id),
            Cell::Day(activity.date),
            text(&activity.title),
            text(activity.kind.label),
            text(activity.kind.role),
            text(PLACES[PLACE].name),
            text(PLACES[PLACE].name),
            text(activity.kind.action),
            text(world.project_id(activity.project)),
            hours(activity.half_hours),
            count(activity.anonymous),
            count(activity.reached),
            text(activity.organisers.join(" ; ")),
        ]);
    }
    sheet
}

fn participants(world: &World) -> Sheet {
    let mut sheet = Sheet::new("Participants");
    sheet.header(&[
        ("Id", 9.0),
        ("Nom", 18.0),
        ("Prénom", 16.0),
        ("E-mail", 34.0),
        ("Structure", 34.0),
        ("Projets", 10.0),
        ("Statut", 18.0),
        ("Genre", 8.0),
        ("Année de naissance", 12.0),
        ("Commune", 22.0),
        ("QPV", 7.0),
    ]);
    for (p, id) in ids(world) {
        let person = &world.people[p];
        // One in nine prefers not to say.
        let born = if p % 9 == 4 { Cell::Empty } else { number(person.born.year()) };
        sheet.row(vec![
            text(id),
            text(person.last),
            text(person.first),
            text(person.email.clone().unwrap_or_default()),
            text(person.organisation.unwrap_or_default()),
            text(world.project_id(person.project)),
            text(person.status),
            text(person.gender),
            born,
            text(person.commune),
            person.qpv.map_or(Cell::Empty, yes),
        ]);
    }
    sheet
}

fn attendance(world: &World) -> Sheet {
    let ids = ids(world);
    let mut sheet = Sheet::new("Présences");
    sheet.header(&[("Activité", 11.0), ("Participant", 12.0), ("Rôle", 16.0)]);
    let mut last = "";
    for (a, p, role, _) in world.presences_at(PLACE) {
        last = &ids[p];
        sheet.row(vec![text(&world.activities[*a].id), text(last), text(*role)]);
    }
    sheet.row(vec![text(UNKNOWN_ACTIVITY), text(last), text("participant")]);
    sheet
}

fn projects(world: &World) -> Sheet {
    let mut sheet = Sheet::new("Projets");
    sheet.header(&[
        ("Id", 9.0),
        ("Nom", 34.0),
        ("Thème", 15.0),
        ("Territoire", 16.0),
        ("Stade", 17.0),
        ("Idée le", 12.0),
        ("Émergence le", 13.0),
        ("Co-construction le", 13.0),
        ("Lancé le", 12.0),
        ("Autonome le", 12.0),
        ("Clos le", 12.0),
        ("Abandonné le", 12.0),
        ("Structure porteuse", 34.0),
        ("Comité de pilotage propre", 12.0),
        ("Comité de suivi propre", 12.0),
    ]);
    for project in world.projects_at(PLACE) {
        let mut cells = vec![
            text(&project.id),
            text(project.name),
            text(project.theme),
            text(PLACES[PLACE].name),
            text(project.stage()),
        ];
        cells.extend((0..STAGES.len()).map(|stage| when(project.since(stage))));
        cells.extend([text(project.holder), yes(project.steering), yes(project.follow_up)]);
        sheet.row(cells);
    }
    sheet
}
