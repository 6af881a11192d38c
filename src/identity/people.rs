//! People: rows of Participants brought together by id, e-mail or name with birth date, never by name
//! alone; then presences. The names read here go no further.

use super::Key;
use super::directory::Directory;
use super::matching::{self, Named, Pair};
use super::registry::Registry;
use super::suggestion::{Suggestion, token};
use crate::finding::{Finding, Place};
use crate::hashing::{NumberSet, TextMap};
use crate::parallel;
use crate::programme::{ActivityIx, Person, PersonIx, Presence, Programme};
use crate::schema::TableId;
use crate::settings::BLANK;
use crate::settings::proposed::{quoted, source_entry};
use crate::tables::{Frame, Tables};
use crate::texts::plain;
use chrono::Datelike;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Reads Participants, then Présences.
pub(super) fn people(
    tables: &Tables,
    key: &Key,
    registry: &mut Registry,
    programme: &mut Programme,
) {
    let mut directory = Directory::default();
    if let Some(frame) = tables.get(TableId::Participants) {
        participants(frame, key, &mut directory, registry, programme);
    }
    if let Some(frame) = tables.get(TableId::Attendance) {
        attendance(frame, key, &mut directory, registry, programme);
    }
}

/// What a row says of who the person is.
struct Identity {
    file: Arc<str>,
    id: Option<String>,
    name: Option<String>,
    first_name: Option<String>,
    birth: Option<String>,
    email: Option<String>,
    /// See [`Identity::claims`].
    claims: Vec<String>,
}

impl Identity {
    fn of(frame: &Frame, row: usize) -> Self {
        let text = |id: &str| frame.text(id, row).map(plain).filter(|t| !t.is_empty());
        let name = match (text("last_name"), text("first_name")) {
            (None, None) => None,
            (last, first) => Some(sorted_words(
                &[last, first].into_iter().flatten().collect::<Vec<_>>().join(" "),
            )),
        };
        let mut identity = Self {
            file: frame.file(row).clone(),
            id: text("id"),
            name,
            first_name: text("first_name"),
            birth: frame.date("birth_date", row).map(|d| d.to_string()),
            email: frame.text("email", row).map(|e| e.trim().to_lowercase()),
            claims: Vec::new(),
        };
        identity.claims = identity.claims();
        identity
    }

    /// The texts that each, alone, say who it is; the strongest first. An id is shared only with rows
    /// of the same name, an e-mail only with rows of the same first name (families share one). A name
    /// alone, for want of anything else, says who it is in its own file only.
    fn claims(&self) -> Vec<String> {
        let mut claims = Vec::new();
        let first = self.first_name.as_deref().unwrap_or("");
        if let Some(email) = &self.email {
            claims.push(format!("mail|{email}|{first}"));
        }
        if let (Some(name), Some(birth)) = (&self.name, &self.birth) {
            claims.push(format!("naissance|{name}|{birth}"));
        }
        if let Some(id) = &self.id {
            claims.push(format!("id|{id}|{}", self.name.as_deref().unwrap_or("")));
        }
        if let (true, Some(name)) = (self.is_bare(), &self.name) {
            claims.push(format!("nom|{}|{name}", self.file));
        }
        claims
    }

    /// Has a name and nothing more.
    fn is_bare(&self) -> bool {
        self.id.is_none() && self.email.is_none() && self.birth.is_none()
    }
}

/// The words of a name in alphabetical order: `Dupont Jean` and `Jean DUPONT` are one.
fn sorted_words(name: &str) -> String {
    let plain = plain(name);
    let mut words: Vec<&str> = plain.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}

/// Groups rows that share a claim; a row without any stands for nobody. In its own file, a row that has
/// only a name is the one person of that name, when there is just one.
fn groups(identities: &[Identity], key: &Key, registry: &mut Registry) -> Vec<Option<usize>> {
    let merges = &mut registry.merges;
    let mut group: Vec<usize> = (0..identities.len()).collect();
    let mut first_with: TextMap<&str, usize> = TextMap::default();
    for (row, identity) in identities.iter().enumerate() {
        for claim in &identity.claims {
            let other = *first_with.entry(claim).or_insert(row);
            if join(&mut group, row, other) {
                *match claim.split('|').next() {
                    Some("mail") => &mut merges.people_by_mail,
                    Some("naissance") => &mut merges.people_by_birth,
                    Some("id") => &mut merges.people_by_id,
                    _ => &mut merges.people_by_name,
                } += 1;
            }
        }
    }
    let mut named: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for (row, identity) in identities.iter().enumerate() {
        if let Some(name) = &identity.name {
            named.entry((&*identity.file, name)).or_default().push(row);
        }
    }
    for rows in named.into_values() {
        let (bare, known): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| identities[*row].is_bare());
        let people: BTreeSet<usize> = known.iter().map(|row| root(&group, *row)).collect();
        if let (Some(row), Some(person), 1) = (bare.first(), people.first(), people.len()) {
            merges.people_by_name += usize::from(join(&mut group, *row, *person));
        }
    }
    let answers = &registry.decisions.people;
    if !answers.is_empty() {
        // The token of a group is that of its first row; an answer joins whole groups.
        let mut first: BTreeMap<String, usize> = BTreeMap::new();
        for (row, identity) in identities.iter().enumerate() {
            if let (true, Some(claim)) = (root(&group, row) == row, identity.claims.first()) {
                let token = token(&key.hash(claim));
                let other = *first.entry(answers.root(token.clone())).or_insert(row);
                registry.tokens.insert(token);
                merges.people_by_decision += usize::from(join(&mut group, row, other));
            }
        }
    }
    (0..identities.len())
        .map(|row| (!identities[row].claims.is_empty()).then(|| root(&group, row)))
        .collect()
}

fn root(group: &[usize], mut row: usize) -> usize {
    while group[row] != row {
        row = group[row];
    }
    row
}

/// Puts two rows in one group; gives whether they were in two.
fn join(group: &mut [usize], one: usize, other: usize) -> bool {
    let (a, b) = (root(group, one), root(group, other));
    group[a.max(b)] = a.min(b);
    a != b
}

fn participants(
    frame: &Frame,
    key: &Key,
    directory: &mut Directory,
    registry: &mut Registry,
    programme: &mut Programme,
) {
    let identities = parallel::ranges("identite", frame.len(), |rows| {
        rows.map(|row| Identity::of(frame, row)).collect()
    });
    let mut person_of_group: BTreeMap<usize, PersonIx> = BTreeMap::new();
    let groups = groups(&identities, key, registry);
    let mut rows_of_person: Vec<usize> = Vec::new();
    for (row, group) in groups.into_iter().enumerate() {
        let identity = &identities[row];
        let Some(group) = group else {
            let place = frame.origin(row).place();
            registry.findings.push(Finding::new("personne-sans-identite", place, ""));
            continue;
        };
        let ix = *person_of_group.entry(group).or_insert_with(|| {
            let claim = &identity.claims[0];
            programme.people.push(Person { key: key.hash(claim), ..Person::default() });
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
        if !registry.decisions.people.answered(&left, &right) {
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

/// Reads Présences. A participant the directory does not know is a person of that text: the text typed
/// in *Participant* is then their identifier, in every file.
fn attendance(
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
    let answered = !registry.decisions.people.is_empty();
    let mut by_token: BTreeMap<String, PersonIx> = BTreeMap::new();
    if answered {
        for (ix, person) in programme.people.iter().enumerate() {
            by_token.insert(registry.decisions.people.root(token(&person.key)), ix);
        }
    }
    let dated = programme.given.contains(&TableId::Activities);
    // A code stands for one text of one sheet: it leads to the same activity or person on every row.
    let mut activity_of: Vec<Option<Option<ActivityIx>>> = vec![None; activities.codes()];
    let mut person_of: Vec<Option<PersonIx>> = vec![None; participants.codes()];
    let mut seen = NumberSet::<(u32, u32)>::default();
    seen.reserve(frame.len());
    programme.attendance.reserve(frame.len());
    let mut unknown: BTreeMap<Arc<str>, (usize, usize)> = BTreeMap::new();
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
                let hash = key.hash(&format!("participant|{word}"));
                let token = token(&hash);
                let decided = registry.decisions.people.root(token.clone());
                registry.tokens.insert(token);
                if let Some(ix) = by_token.get(&decided) {
                    registry.merges.people_by_decision += 1;
                    return *ix;
                }
                programme.people.push(Person { key: hash, ..Person::default() });
                let ix = programme.people.len() - 1;
                if answered {
                    by_token.insert(decided, ix);
                }
                // A text that led to two people leads from now on to this third one.
                directory.settle(&word, ix, file);
                unknown.entry(file.clone()).or_insert((row, 0)).1 += 1;
                ix
            })
        });
        if seen.insert((activity as u32, person as u32)) {
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
        for (row, count) in unknown.into_values() {
            let finding = Finding::new("participant-inconnu", frame.place(row, "participant"), "")
                .with("n", count.to_string());
            registry.findings.push(finding);
        }
    }
}

fn known(directory: &Directory, file: &str, typed: &str) -> Option<PersonIx> {
    let words: [fn(&str) -> String; 3] = [plain, sorted_words, |typed| typed.trim().to_lowercase()];
    words.into_iter().find_map(|word| directory.find(&word(typed), file))
}
