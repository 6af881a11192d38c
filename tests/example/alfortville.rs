//! Alfortville: a third person, with LibreOffice; attendance is a cross table.

use super::ods;
use super::sheet::{Cell, Look, Sheet, count, hours, number, text, when, yes};
use super::world::World;
use chrono::Datelike;
use std::collections::BTreeMap;

const PLACE: usize = 2;

pub(crate) fn file(world: &World) -> Vec<u8> {
    let sheets = [activities(world), participants(world), attendance(world), projects(world)];
    ods::write("Boost Citoyen (exemple fictif) — Alfortville", &sheets).expect("a workbook")
}

fn activities(world: &World) -> Sheet {
    let mut sheet = Sheet::new("Agenda");
    sheet.header(&[
        ("Code", 10.0),
        ("Date", 12.0),
        ("Titre", 44.0),
        ("Type d'activité", 24.0),
        ("Rôle du chargé de mission", 16.0),
        ("Lieu", 14.0),
        ("Ligne du plan", 10.0),
        ("Projet", 9.0),
        ("Durée", 8.0),
        ("Comptage", 10.0),
        ("Touchés", 10.0),
        ("Organisateurs", 56.0),
    ]);
    for a in world.activities_at(PLACE) {
        let activity = &world.activities[a];
        sheet.row(vec![
            text(&activity.id),
            Cell::Day(activity.date),
            text(&activity.title),
            text(activity.kind.label),
            text(activity.kind.role),
            text("Alfortville"),
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

/// Age on the last day of the programme.
fn age_band(born: super::days::Date) -> &'static str {
    match 2026 - born.year() - i32::from(born.month() > 9) {
        ..=17 => "moins de 18 ans",
        18..=25 => "18 à 25 ans",
        26..=64 => "26 à 64 ans",
        _ => "65 ans et plus",
    }
}

fn participants(world: &World) -> Sheet {
    let mut sheet = Sheet::new("Personnes");
    sheet.header(&[
        ("Nom", 18.0),
        ("Prénom", 16.0),
        ("Courriel", 34.0),
        ("Sexe", 10.0),
        ("Tranche d'âge", 16.0),
        ("Commune", 18.0),
        ("QPV", 7.0),
        ("Vous êtes", 18.0),
        ("Structure", 34.0),
        ("Projet", 10.0),
    ]);
    for p in world.people_at(PLACE) {
        let person = &world.people[p];
        let gender = match person.gender {
            "F" => "Femme",
            "H" => "Homme",
            other => other,
        };
        sheet.row(vec![
            text(person.last),
            text(person.first),
            text(person.email.clone().unwrap_or_default()),
            text(gender),
            text(if p % 8 == 5 { "" } else { age_band(person.born) }),
            text(person.commune),
            person.qpv.map_or(Cell::Empty, yes),
            text(person.status),
            text(person.organisation.unwrap_or_default()),
            text(world.project_id(person.project)),
        ]);
    }
    sheet
}

fn attendance(world: &World) -> Sheet {
    let activities = world.activities_at(PLACE);
    let mut marks = BTreeMap::new();
    for (a, p, role, _) in world.presences_at(PLACE) {
        let mark = match *role {
            "organisateur" => "o",
            "bénévole" => "b",
            "intervenant" => "i",
            _ => "x",
        };
        marks.insert((*p, *a), mark);
    }
    let mut sheet = Sheet::new("Présences");
    sheet.line(Look::Title, "x : présent — b : bénévole — o : organisateur — i : intervenant");
    let mut columns = vec![("Nom", 18.0), ("Prénom", 16.0)];
    columns.extend(activities.iter().map(|a| (world.activities[*a].id.as_str(), 9.0)));
    columns.push(("Total", 8.0));
    sheet.header(&columns);
    let mut dates = vec![Cell::Empty, Cell::Empty];
    dates.extend(activities.iter().map(|a| Cell::Day(world.activities[*a].date)));
    sheet.row(dates);
    let mut totals = vec![0_u32; activities.len()];
    for p in world.people_at(PLACE) {
        let person = &world.people[p];
        let mut cells = vec![text(person.last), text(person.first)];
        let mut sum = 0_u32;
        for (total, a) in totals.iter_mut().zip(&activities) {
            let mark = marks.get(&(p, *a)).copied().unwrap_or_default();
            sum += u32::from(!mark.is_empty());
            *total += u32::from(!mark.is_empty());
            cells.push(text(mark));
        }
        cells.push(number(sum));
        sheet.row(cells);
    }
    let mut cells = vec![text("Total"), Cell::Empty];
    cells.extend(totals.iter().map(|n| number(*n)));
    cells.push(number(totals.iter().sum::<u32>()));
    sheet.total(cells);
    sheet
}

fn projects(world: &World) -> Sheet {
    let mut sheet = Sheet::new("Projets accompagnés");
    sheet.header(&[
        ("N°", 9.0),
        ("Intitulé", 30.0),
        ("Domaine", 15.0),
        ("Avancement", 17.0),
        ("Idée le", 12.0),
        ("Émergence le", 12.0),
        ("Co-construction le", 12.0),
        ("Lancé le", 12.0),
        ("Autonome le", 12.0),
        ("Clos le", 12.0),
        ("Abandonné le", 12.0),
        ("Porteur", 34.0),
        ("Comité de pilotage", 10.0),
        ("Comité de suivi", 10.0),
    ]);
    for project in world.projects_at(PLACE) {
        let mut cells =
            vec![text(&project.id), text(project.name), text(project.theme), text(project.stage())];
        cells.extend(project.stages.iter().map(|date| when(*date)));
        cells.extend([text(project.holder), yes(project.steering), yes(project.follow_up)]);
        sheet.row(cells);
    }
    sheet
}
