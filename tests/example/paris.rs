//! Paris 18e: another person, who writes titles, banners and totals, names things otherwise, types
//! numbers as text, and left a copy of a sheet behind.

use super::days::{QUARTERS, french, quarter_name, quarter_of};
use super::sheet::{Cell, Look, Sheet, count, number, text, when};
use super::world::World;
use super::xlsx::{self, Dress};

const PLACE: usize = 1;

/// Day of birth that does not exist, on purpose.
pub(crate) const IMPOSSIBLE: &str = "31/02/1988";
/// One presence in so many has a slip in the name, up to five.
const SLIP_EVERY: usize = 140;

pub(crate) fn file(world: &World) -> Vec<u8> {
    let dress = Dress {
        title: "Boost Citoyen (exemple fictif) — suivi Paris 18e",
        author: "Idriss Benhaddou (personnage fictif)",
        colour: 0x00CF_E2F3,
        freeze: false,
    };
    let attendance = attendance(world);
    let mut copy = attendance.clone();
    copy.name = "Émargements (2)".to_owned();
    let sheets = [activities(world), participants(world), attendance, copy, projects(world)];
    xlsx::write(&dress, &sheets).expect("a workbook")
}

/// A number as typed by hand: `2,5`.
fn typed(value: f64) -> Cell {
    text(value.to_string().replace('.', ","))
}

fn activities(world: &World) -> Sheet {
    let columns = [
        ("Réf", 10.0),
        ("Jour", 12.0),
        ("Quoi", 42.0),
        ("Format", 22.0),
        ("Rôle CM", 14.0),
        ("Ville", 12.0),
        ("N° action", 9.0),
        ("Projet accompagné", 12.0),
        ("Nb heures", 9.0),
        ("Présents non inscrits", 12.0),
        ("Public touché", 10.0),
        ("Organisé par", 56.0),
    ];
    let mut sheet = Sheet::new("Ateliers et actions");
    sheet.line(Look::Title, "Suivi Boost Citoyen, 18e arrondissement");
    for quarter in 0..QUARTERS {
        let list: Vec<usize> = world
            .activities_at(PLACE)
            .into_iter()
            .filter(|a| quarter_of(world.activities[*a].date) == quarter)
            .collect();
        if list.is_empty() {
            continue;
        }
        sheet.blank();
        sheet.line(Look::Banner, &format!("Actions du {}", quarter_name(quarter)));
        sheet.header(&columns);
        for a in &list {
            let activity = &world.activities[*a];
            let hours = activity.half_hours as f64 / 2.0;
            let kind = match activity.kind.label {
                "rencontre élus" => "RDV élus",
                "contact financeur" => "RDV financeur",
                "comité de coordination" => "Comité coordination",
                label => label,
            };
            sheet.row(vec![
                text(&activity.id),
                if a % 3 == 0 { text(french(activity.date)) } else { Cell::Day(activity.date) },
                text(&activity.title),
                text(kind),
                text(activity.kind.role),
                text("Paris"),
                text(activity.kind.action),
                text(world.project_id(activity.project)),
                if a % 2 == 0 { typed(hours) } else { number(hours) },
                match activity.anonymous {
                    Some(n) if a % 4 < 2 => typed(n as f64),
                    n => count(n),
                },
                count(activity.reached),
                text(activity.organisers.join(", ")),
            ]);
        }
        let counted = list.iter().filter_map(|a| world.activities[*a].anonymous).sum::<i64>();
        let mut cells = vec![text(format!("Total {}", quarter_name(quarter)))];
        cells.extend(std::iter::repeat_n(Cell::Empty, 8));
        cells.push(number(counted as f64));
        sheet.total(cells);
    }
    sheet
}

fn participants(world: &World) -> Sheet {
    let mut sheet = Sheet::new("Inscrits");
    sheet.line(Look::Title, "Fichier des inscrits");
    sheet.blank();
    sheet.header(&[
        ("Nom de famille", 18.0),
        ("Prénom", 16.0),
        ("Civilité", 9.0),
        ("Né(e) le", 12.0),
        ("Mail", 34.0),
        ("Ville", 16.0),
        ("Quartier prioritaire", 12.0),
        ("Profil", 18.0),
        ("Association", 32.0),
        ("Projet(s)", 10.0),
    ]);
    for (n, p) in world.people_at(PLACE).into_iter().enumerate() {
        let person = &world.people[p];
        let born = match n {
            57 => text(IMPOSSIBLE),
            _ if p % 4 == 3 => Cell::Empty,
            _ if p % 2 == 0 => text(french(person.born)),
            _ => Cell::Day(person.born),
        };
        let title = match person.gender {
            "F" => "Mme",
            "H" => "M.",
            other => other,
        };
        sheet.row(vec![
            text(person.last.to_uppercase()),
            text(person.first),
            text(title),
            born,
            text(person.email.clone().unwrap_or_default()),
            text(person.commune),
            text(person.qpv.map_or("", |flag| if flag { "x" } else { "non" })),
            text(person.status),
            text(person.organisation.unwrap_or_default()),
            text(world.project_id(person.project)),
        ]);
    }
    sheet
}

/// The first two letters that differ, swapped: a slip of the keyboard.
fn slip(name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let near = (1..letters.len() - 1).find(|i| letters[*i] != letters[i + 1]).unwrap_or(0);
    letters.swap(near, near + 1);
    letters.into_iter().collect()
}

fn attendance(world: &World) -> Sheet {
    let mut sheet = Sheet::new("Émargements");
    sheet.line(Look::Title, "Feuilles d'émargement recopiées");
    sheet.blank();
    sheet.header(&[("N° activité", 12.0), ("Nom", 18.0), ("Prénom", 16.0), ("En tant que", 14.0)]);
    for (n, (a, p, role, _)) in world.presences_at(PLACE).enumerate() {
        let person = &world.people[*p];
        let slipped = n % SLIP_EVERY == SLIP_EVERY - 1 && n / SLIP_EVERY < 5;
        let last = if slipped { slip(person.last) } else { person.last.to_owned() };
        sheet.row(vec![
            text(&world.activities[*a].id),
            text(last),
            text(person.first),
            text(*role),
        ]);
    }
    sheet
}

fn projects(world: &World) -> Sheet {
    let mut sheet = Sheet::new("Suivi des projets");
    sheet.line(Look::Title, "Projets accompagnés");
    sheet.blank();
    sheet.header(&[
        ("Code projet", 10.0),
        ("Nom du projet", 30.0),
        ("Thématique", 15.0),
        ("Étape", 17.0),
        ("Date idée", 12.0),
        ("Date émergence", 12.0),
        ("Date co-construction", 12.0),
        ("Date de lancement", 12.0),
        ("Date autonomie", 12.0),
        ("Date de clôture", 12.0),
        ("Date abandon", 12.0),
        ("Association porteuse", 32.0),
        ("COPIL", 8.0),
        ("Comité de suivi", 9.0),
    ]);
    for project in world.projects_at(PLACE) {
        let mut cells =
            vec![text(&project.id), text(project.name), text(project.theme), text(project.stage())];
        cells.extend(project.stages.iter().map(|date| when(*date)));
        let flag = |flag: bool| text(if flag { "O" } else { "N" });
        cells.extend([text(project.holder), flag(project.steering), flag(project.follow_up)]);
        sheet.row(cells);
    }
    sheet
}
