//! The registration export: `;`, Windows-1252, one line per ticket.

use super::days::french;
use super::rng::Rng;
use super::sheet::NOTICE;
use super::world::World;
use chrono::Days;

const HEADER: [&str; 10] = [
    "Numéro de billet",
    "Campagne",
    "Date",
    "Nom participant",
    "Prénom participant",
    "Civilité",
    "Email payeur",
    "Ville",
    "Structure",
    "Tarif",
];

pub(crate) fn file(world: &World) -> Vec<u8> {
    let mut rng = Rng::new(9);
    let mut writer =
        csv::WriterBuilder::new().delimiter(b';').flexible(true).from_writer(Vec::new());
    let mut write = |record: &[&str]| writer.write_record(record).expect("memory");
    let mut title = [""; HEADER.len()];
    title[0] = NOTICE;
    write(&title);
    write(&HEADER);
    let online = world.presences.iter().filter(|(.., online)| *online);
    for (n, (a, p, ..)) in online.enumerate() {
        let (activity, person) = (&world.activities[*a], &world.people[*p]);
        let days = rng.between(1, 20).unsigned_abs();
        let registered = activity.date.checked_sub_days(Days::new(days)).unwrap_or(activity.date);
        let civility = match person.gender {
            "F" => "Madame",
            "H" => "Monsieur",
            other => other,
        };
        write(&[
            &format!("{}", 48_210_300 + 17 * n),
            &activity.id,
            &french(registered),
            person.last,
            person.first,
            civility,
            person.email.as_deref().unwrap_or_default(),
            person.commune,
            person.organisation.unwrap_or_default(),
            "Gratuit",
        ]);
    }
    let utf8 = String::from_utf8(writer.into_inner().expect("memory")).expect("text");
    encoding_rs::WINDOWS_1252.encode(&utf8).0.into_owned()
}
