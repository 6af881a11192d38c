//! Presences, and the people they name.

use super::claims::sorted_words;
use crate::finding::Finding;
use crate::hashing::NumberSet;
use crate::identity::Key;
use crate::identity::directory::Directory;
use crate::identity::registry::Registry;
use crate::programme::{ActivityIx, Person, PersonIx, Presence, Programme};
use crate::schema::TableId;
use crate::settings::BLANK;
use crate::settings::proposed::{quoted, source_entry};
use crate::tables::Frame;
use crate::texts::plain;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Reads Présences. A participant the directory does not know is a person of that text: the text typed
/// in *Participant* is then their identifier, in every file.
pub(super) fn read(
    frame: &Frame,
    key: &Key,
    directory: &mut Directory,
    registry: &mut Registry,
    programme: &mut Programme,
) {
    let (Some(activities), Some(participants)) =
        (frame.words("activity"), frame.words("participant"))
    else {
        return;
    };
    let roles = frame.words("role");
    let listed = !programme.people.is_empty();
    let dated = programme.given.contains(&TableId::Activities);
    // A code stands for one text of one sheet: it leads to the same activity or person on every row.
    let mut activity_of: Vec<Option<Option<ActivityIx>>> = vec![None; activities.codes()];
    let mut person_of: Vec<Option<PersonIx>> = vec![None; participants.codes()];
    // By activity: its rows often come together, and a small set stays near.
    let mut seen: Vec<NumberSet<PersonIx>> = vec![NumberSet::default(); programme.activities.len()];
    programme.attendance.reserve(frame.len());
    // By file, and by whether several people have that name: the first such row, and how many.
    let mut unknown: BTreeMap<(Arc<str>, bool), (usize, usize)> = BTreeMap::new();
    // By sheet: its first such row, and how many.
    let mut undated: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for row in 0..frame.len() {
        let (Some(activity), Some(typed)) = (activities.get(row), participants.get(row)) else {
            continue;
        };
        let file = frame.file(row);
        let found = activity_of[activities.code(row) as usize]
            .get_or_insert_with(|| registry.activity(activity, file));
        let Some(activity) = *found else {
            // Nothing is wrong with what it names: there is no list to name from.
            if !dated {
                undated.entry(frame.rows[row].0).or_insert((row, 0)).1 += 1;
                continue;
            }
            registry.unresolved("activite-inconnue", frame.place(row, "activity"), activity);
            continue;
        };
        let person = *person_of[participants.code(row) as usize].get_or_insert_with(|| {
            known(directory, file, typed).unwrap_or_else(|| {
                let word = sorted_words(typed);
                let shared = FORMS.into_iter().any(|form| directory.is_shared(&form(typed), file));
                let key = key.hash(&format!("participant|{word}"));
                programme.people.push(Person { key, ..Person::default() });
                let ix = programme.people.len() - 1;
                // A text that led to two people leads from now on to this third one.
                directory.settle(&word, ix, file);
                unknown.entry((file.clone(), shared)).or_insert((row, 0)).1 += 1;
                ix
            })
        });
        if seen[activity].insert(person) {
            let role = roles.and_then(|roles| roles.get(row)).cloned();
            programme.attendance.push(Presence {
                activity,
                person,
                role,
                origin: frame.origin(row),
            });
        }
    }
    for (row, count) in undated.into_values() {
        let place = frame.place(row, "activity");
        let entry = source_entry(&place.file, &place.sheet);
        let source = format!("{entry}\nconstantes = {{ \"Date\" = {} }}", quoted(BLANK));
        let finding = Finding::new("presences-sans-activite", place, "");
        registry.findings.push(finding.with("n", count.to_string()).with("source", source));
    }
    if listed {
        for ((_, shared), (row, count)) in unknown {
            let code = if shared { "participant-homonyme" } else { "participant-inconnu" };
            let finding = Finding::new(code, frame.place(row, "participant"), "")
                .with("n", count.to_string());
            registry.findings.push(finding);
        }
    }
}

/// What a text typed may be in the directory: an id or a name, the words of a name, an e-mail.
const FORMS: [fn(&str) -> String; 3] = [plain, sorted_words, |typed| typed.trim().to_lowercase()];

fn known(directory: &Directory, file: &str, typed: &str) -> Option<PersonIx> {
    FORMS.into_iter().find_map(|form| directory.find(&form(typed), file))
}
