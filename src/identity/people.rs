//! People: rows of Participants brought together by id, e-mail or name with birth date, then by name in
//! their own file; then presences. The names read here go no further.

mod attendance;
mod claims;
mod groups;
mod tokens;

use super::Key;
use super::directory::Directory;
use super::matching::{self, Named, Pair};
use super::registry::Registry;
use super::suggestion::{Suggestion, token};
use crate::finding::{Finding, Place};
use crate::parallel;
use crate::programme::{Person, PersonIx, Programme};
use crate::schema::TableId;
use crate::tables::{Frame, Tables};
use crate::texts::plain;
use chrono::Datelike;
pub(super) use claims::sorted_words;
use claims::{Hash, Identity};
use groups::Groups;
use std::collections::{BTreeMap, BTreeSet};
use tokens::Tokens;

/// Reads Participants, then Présences.
pub(super) fn people(
    tables: &Tables,
    key: &Key,
    registry: &mut Registry,
    programme: &mut Programme,
) {
    let mut directory = Directory::default();
    match tables.get(TableId::Participants) {
        Some(frame) => participants(frame, key, &mut directory, registry, programme),
        None => registry.findings.extend(registry.decisions.people.idle(|_| false)),
    }
    if let Some(frame) = tables.get(TableId::Attendance) {
        attendance::read(frame, key, &mut directory, registry, programme);
    }
}

fn participants(
    frame: &Frame,
    key: &Key,
    directory: &mut Directory,
    registry: &mut Registry,
    programme: &mut Programme,
) {
    let identities = parallel::ranges("identite", frame.len(), |rows| {
        rows.map(|row| Identity::of(frame, row, key)).collect()
    });
    let mut groups = Groups::of(&identities, &mut registry.merges);
    let keys = decide(&identities, &mut groups, key, registry);
    let mut person_of_group: Vec<Option<PersonIx>> = vec![None; identities.len()];
    let mut rows_of_person: Vec<usize> = Vec::new();
    for (row, identity) in identities.iter().enumerate() {
        let group = groups.root(row);
        let Some(key) = keys[group] else {
            let place = frame.origin(row).place();
            registry.findings.push(Finding::new("personne-sans-identite", place, ""));
            continue;
        };
        let ix = *person_of_group[group].get_or_insert_with(|| {
            programme.people.push(Person { key, ..Person::default() });
            rows_of_person.push(row);
            programme.people.len() - 1
        });
        describe(frame, row, &mut programme.people[ix], registry);
        let file = frame.file(row).clone();
        for (word, is_id) in
            [(&identity.id, true), (&identity.name, false), (&identity.email, false)]
        {
            let Some(word) = word else { continue };
            if directory.enroll(word, ix, &file) && is_id {
                let place = frame.place(row, "id");
                registry.findings.push(Finding::new("identifiant-en-conflit", place, "[…]"));
            }
        }
    }
    let first: Vec<&Identity> = rows_of_person.iter().map(|row| &identities[*row]).collect();
    suggest(frame, &rows_of_person, &first, registry, programme);
}

/// Applies the answers about people; gives what each group then goes by, at its first row.
fn decide(
    identities: &[Identity],
    groups: &mut Groups,
    key: &Key,
    registry: &mut Registry,
) -> Vec<Option<Hash>> {
    let answers = &mut registry.decisions.people;
    let tokens = Tokens::of(identities, groups, key, !answers.is_empty());
    if answers.is_empty() {
        return tokens.keys;
    }
    answers.rename(|cited| tokens.printed(cited));
    answers.settle(&mut registry.findings);
    let printed: BTreeSet<String> = tokens.keys.iter().flatten().map(token).collect();
    registry.findings.extend(answers.idle(|token| printed.contains(token)));
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let people = || tokens.keys.iter().enumerate().filter_map(|(row, key)| Some((row, (*key)?)));
    for (row, key) in people() {
        let other = *first.entry(answers.root(token(&key))).or_insert(row);
        registry.merges.people_by_decision += usize::from(groups.join(row, other));
    }
    let mut keys = vec![None; tokens.keys.len()];
    for (row, key) in people() {
        // The least, as of the answers.
        let least: &mut Hash = keys[groups.root(row)].get_or_insert(key);
        *least = key.min(*least);
    }
    keys
}

/// Pairs of people whose names are alike, to be decided by somebody who has the files.
fn suggest(
    frame: &Frame,
    rows: &[usize],
    identities: &[&Identity],
    registry: &mut Registry,
    programme: &Programme,
) {
    let named = identities.iter().zip(&programme.people).map(|(identity, person)| Named {
        words: identity.name.as_deref().map(name_words).unwrap_or_default(),
        numbers: [identity.birth.as_deref(), None],
        place: person.commune.as_deref().map(plain),
        circle: person.organisation,
        ..Named::default()
    });
    let named: Vec<Named<'_>> = named.collect();
    let place = |person: usize| Place { column: None, ..frame.place(rows[person], "id") };
    for pair in matching::suggest(&named) {
        let of = |person: usize| token(&programme.people[person].key);
        let (left, right) = (of(pair.left), of(pair.right));
        if !registry.decisions.people.apart(&left, &right) {
            let places = [place(pair.left), place(pair.right)];
            let Pair { score, clues, .. } = pair;
            let table = TableId::Participants;
            registry.suggestions.push(Suggestion { table, left, right, places, score, clues });
        }
    }
}

/// Words that many names have and that say nothing of whose they are.
const PARTICLES: [&str; 12] =
    ["d", "da", "de", "del", "den", "des", "di", "du", "el", "l", "la", "le"];

/// The words of a name, without particles.
fn name_words(name: &str) -> Vec<String> {
    let words = name.split(' ').filter(|word| !PARTICLES.contains(word));
    words.map(str::to_owned).collect()
}

/// Fills what the person does not know yet.
fn describe(frame: &Frame, row: usize, person: &mut Person, registry: &mut Registry) {
    if person.origin.is_none() {
        person.origin = Some(frame.origin(row));
    }
    let text = |id: &str| frame.text(id, row).map(str::to_string);
    if person.organisation.is_none() {
        person.organisation = frame
            .text("organisation", row)
            .and_then(|name| registry.organisation(name, frame.file(row)));
    }
    for name in frame.list("projects", row) {
        match registry.project(name, frame.file(row)) {
            Some(project) if !person.projects.contains(&project) => person.projects.push(project),
            Some(_) => {}
            None => registry.unresolved("projet-inconnu", frame.place(row, "projects"), name),
        }
    }
    person.status = person.status.take().or_else(|| text("status"));
    person.gender = person.gender.take().or_else(|| text("gender"));
    person.age_band = person.age_band.take().or_else(|| text("age_band"));
    person.commune = person.commune.take().or_else(|| text("commune"));
    person.qpv = person.qpv.or_else(|| frame.flag("qpv", row));
    person.birth_year = person
        .birth_year
        .or_else(|| frame.number("birth_year", row).map(|y| y as i32))
        .or_else(|| frame.date("birth_date", row).map(|d| d.year()));
}
