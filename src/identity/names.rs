//! Names of the people of the programme, looked for where nobody should have typed them: free texts,
//! names of files and of sheets. Known only while who is who is worked out, then forgotten.

mod birth;
mod elsewhere;
mod writings;

use super::form::normal_form;
use crate::hashing::TextMap;
use crate::schema::TableId;
use crate::tables::Tables;
use crate::texts::mask::{self, MASK};
use crate::texts::plain;
use chrono::NaiveDate;
use elsewhere::elsewhere;
use std::cell::LazyCell;
use std::collections::BTreeSet;
use writings::{First, beside};

/// Most words of a name that is looked for wherever the first name may start in it.
const TURNED: usize = 12;

/// Longest name that must be written with a capital after a title.
const SHORT: usize = 3;
/// Most words of a name that is cut in every way into first name and name.
const SPLIT: usize = 4;
/// Most words of a name that is looked for beside a first name or a title.
const LONGEST: usize = 8;

/// What announces a name, plain.
const TITLES: [&str; 15] = [
    "m",
    "mm",
    "mr",
    "mme",
    "mmes",
    "mlle",
    "mlles",
    "monsieur",
    "madame",
    "mesdames",
    "mademoiselle",
    "mesdemoiselles",
    "messieurs",
    "dr",
    "docteur",
];

/// A word of a text: where it starts and ends, in bytes, and the word, plain.
type Span = (usize, usize, String);

/// First name and name of everybody listed or present, in both orders, plain.
#[derive(Default)]
pub struct Names {
    /// First names by name.
    firsts: TextMap<String, Vec<First>>,
    /// By the first word of these: how many words they have, in order.
    last_lengths: TextMap<String, Vec<usize>>,
    /// First name and name that nothing separates, whichever comes first.
    known: TextMap<String, ()>,
    /// By the first two words of these: how many words they have, in order.
    known_lengths: TextMap<String, Vec<usize>>,
    births: BTreeSet<NaiveDate>,
}

/// Names are never shown, not even by mistake.
impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Names(…)")
    }
}

impl Names {
    /// The people who have a name and a first name, in two columns or in one: a name alone is too often a
    /// word, or a street. What is typed in one column may also be an organisation, or a place.
    pub(super) fn of(tables: &Tables) -> Self {
        let mut names = Self::default();
        // Wanted only once a name is guessed: neither by ids nor by names in two columns.
        let forms = LazyCell::new(|| elsewhere(tables));
        let is_elsewhere = |name: &str| forms.contains_key(&normal_form(name));
        if let Some(frame) = tables.get(TableId::Participants) {
            for row in 0..frame.len() {
                let text = |id: &str| frame.text(id, row).map(plain).filter(|t| !t.is_empty());
                let last = text("last_name").filter(|last| last.len() > 1);
                match (last, text("first_name")) {
                    (Some(last), Some(first)) => names.add_person(&first, &last, true),
                    (Some(both), None) | (None, Some(both)) => names.guess(&both, &is_elsewhere),
                    (None, None) => {}
                }
                names.births.extend(frame.date("birth_date", row));
            }
        }
        let attendance = tables.get(TableId::Attendance);
        if let Some(words) = attendance.and_then(|frame| frame.words("participant")) {
            words.texts().for_each(|typed| names.guess(&plain(typed), &is_elsewhere));
        }
        names
    }

    /// `alone`: the first of several first names may stand alone.
    fn add_person(&mut self, first: &str, last: &str, alone: bool) {
        let mut add = |last: String| {
            let first = First::new(first, alone);
            note_length(&mut self.last_lengths, 1, &last);
            let firsts = self.firsts.entry(last).or_default();
            if !firsts.contains(&first) {
                firsts.push(first);
            }
        };
        add(last.to_owned());
        if last.contains(' ') {
            add(last.replace(' ', ""));
        }
    }

    fn add(&mut self, name: &str) {
        if name.contains(' ') {
            note_length(&mut self.known_lengths, 2, name);
            self.known.insert(name.to_owned(), ());
        }
    }

    /// Notes a name and first name that nothing separates, whichever comes first, unless it is an id or
    /// the name of something else.
    fn guess(&mut self, both: &str, is_elsewhere: &impl Fn(&str) -> bool) {
        let words: Vec<&str> = both.split(' ').collect();
        let id = both.contains(|c: char| c.is_numeric());
        if id || words.len() < 2 || words.iter().all(|word| word.chars().count() < 2) {
            return;
        }
        let turns = if words.len() > TURNED { 1 } else { words.len() };
        let mut other = false;
        for start in 0..turns {
            let turned = [&words[start..], &words[..start]].concat().join(" ");
            if is_elsewhere(&turned) {
                other = true;
            } else {
                self.add(&turned);
            }
        }
        if !other && words.len() <= SPLIT {
            for at in 1..words.len() {
                let (one, two) = (words[..at].join(" "), words[at..].join(" "));
                self.add_person(&one, &two, false);
                self.add_person(&two, &one, false);
            }
        }
    }

    /// The text without e-mail addresses, telephone numbers, birth dates and names; `None` when it has
    /// none.
    pub fn masked(&self, text: &str) -> Option<String> {
        let without_mail = mask::masked(text);
        let shown = without_mail.as_deref().unwrap_or(text);
        let spans = words(shown);
        let mut found = self.found(shown, &spans);
        if shown.contains(|c: char| c.is_ascii_digit()) {
            found.extend(birth::dates(shown, &spans, &self.births));
        }
        without(shown, found).or(without_mail)
    }

    /// The text without names; `None` when it has none.
    pub(super) fn without_names(&self, text: &str) -> Option<String> {
        without(text, self.found(text, &words(text)))
    }

    /// Where names start and end in a text.
    fn found(&self, text: &str, spans: &[Span]) -> Vec<(usize, usize)> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        if self.firsts.is_empty() && self.known.is_empty() {
            return found;
        }
        // Where a second name may stand alone: « Mmes Martin et Ba ».
        let mut second = None;
        let mut at = 0;
        while at < spans.len() {
            let person = self.person_at(text, spans, at, second == Some(at));
            let person = person.or_else(|| Some((at, at + self.name_at(&spans[at..])?)));
            if let Some((from, to)) = person {
                found.push((spans[from].0, spans[to - 1].1));
                at = to;
                second = spans.get(to).filter(|word| word.2 == "et").map(|_| to + 1);
            } else {
                at += 1;
            }
        }
        found
    }

    /// The words of the person whose name stands at a place, with a first name beside it, a title or
    /// (`second`) somebody else before it. The longest name first: `Le Goff` before `Le`.
    fn person_at(
        &self,
        text: &str,
        spans: &[Span],
        at: usize,
        second: bool,
    ) -> Option<(usize, usize)> {
        let most = LONGEST.min(spans.len() - at);
        let lengths = self.last_lengths.get(&spans[at].2)?.iter().rev().copied();
        lengths.filter(|length| *length <= most).find_map(|length| {
            let name = &spans[at..at + length];
            let firsts = self.firsts.get(&joined(name))?;
            beside(text, spans, (at, length), firsts).or_else(|| {
                let titled = at.checked_sub(1).map(|title| spans[title].2.as_str());
                let titled = titled.is_some_and(|title| TITLES.contains(&title));
                // `m` is a letter too, and `la` an article.
                let capital = is_capital(text, &name[0]);
                let told = length > 1 || name[0].2.len() > SHORT || capital;
                (titled && told || second && capital).then_some((at, at + length))
            })
        })
    }

    /// How many words the name has that starts a list of words, if one does.
    fn name_at(&self, spans: &[Span]) -> Option<usize> {
        let [(.., first), (.., second), ..] = spans else { return None };
        let lengths = self.known_lengths.get(&format!("{first} {second}"))?;
        // The longest first: `Anne Marie Le Goff` before `Anne Marie`.
        let mut within = lengths.iter().rev().copied().filter(|length| *length <= spans.len());
        within.find(|length| self.known.contains_key(&joined(&spans[..*length])))
    }
}

/// Notes how many words a name has, by so many of the first.
fn note_length(lengths: &mut TextMap<String, Vec<usize>>, first: usize, name: &str) {
    let start = name.match_indices(' ').nth(first - 1).map_or(name, |(end, _)| &name[..end]);
    let length = name.split(' ').count();
    let known = match lengths.get_mut(start) {
        Some(known) => known,
        None => lengths.entry(start.to_owned()).or_default(),
    };
    if let Err(at) = known.binary_search(&length) {
        known.insert(at, length);
    }
}

/// Words, put together.
fn joined(spans: &[Span]) -> String {
    spans.iter().map(|(.., word)| &**word).collect::<Vec<_>>().join(" ")
}

fn is_capital(text: &str, (start, ..): &Span) -> bool {
    text[*start..].starts_with(char::is_uppercase)
}

/// The text with what stands at some places masked; `None` when there is none.
fn without(text: &str, mut places: Vec<(usize, usize)>) -> Option<String> {
    if places.is_empty() {
        return None;
    }
    places.sort_unstable();
    let mut masked = String::new();
    let mut at = 0;
    for (start, end) in places.into_iter().filter(|(start, end)| start < end) {
        if start >= at {
            masked.push_str(&text[at..start]);
            masked.push_str(MASK);
        }
        at = at.max(end);
    }
    masked.push_str(&text[at..]);
    Some(masked)
}

/// Where each word of a text starts and ends, in bytes, and the word, plain.
fn words(text: &str) -> Vec<Span> {
    let mut words: Vec<Span> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        // Accents typed apart belong to their letter.
        let letter = c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c);
        match (start, letter) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push((from, at, plain(&text[from..at])));
                start = None;
            }
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let mut names = Names::default();
        for (first, last) in [("zoe", "martin"), ("jean eric", "le goff"), ("alice", "hay")] {
            names.add_person(first, last, true);
        }
        names.births.extend(NaiveDate::from_ymd_opt(1980, 5, 4));
        names
    }

    #[test]
    fn a_name_is_masked_whatever_its_order_case_and_accents() {
        for (text, masked) in [
            ("Atelier de Zoé Martin, merci", "Atelier de […], merci"),
            ("MARTIN Zoe", "[…]"),
            ("vu Jean-Éric Le Goff et zoe  martin.", "vu […] et […]."),
            ("zoe@martin.fr et Zoé Martin", "[…] et […]"),
            ("Mme Martin et M. LE GOFF", "Mme […] et M. […]"),
            ("Z. Martin, Le Goff J.-É., JE Le Goff", "[…], […]., […]"),
            ("le goff jeaneric ; Jean Le Goff", "[…] ; […]"),
            ("Martin Zoé Martin", "[…]"),
            ("vu mme martin", "vu mme […]"),
            ("Cuisine de Mesdames Martin et Hay", "Cuisine de Mesdames […] et […]"),
            ("Zoé Martin et hay", "[…] et hay"),
        ] {
            assert_eq!(names().masked(text).as_deref(), Some(masked), "{text}");
        }
    }

    #[test]
    fn a_birth_date_is_masked_and_other_dates_are_left() {
        for (text, masked) in [
            ("vu le 4 mai 1980", "vu le […]"),
            ("04/05/1980", "[…]"),
            (
                "née à Sucy le 3 février 1971, inscrite le 03/02/2026",
                "née à Sucy le […], inscrite le 03/02/2026",
            ),
            ("NE LE 01-02-1990", "NE LE […]"),
            ("Date de naissance : 1990-02-01", "Date de naissance : […]"),
        ] {
            assert_eq!(names().masked(text).as_deref(), Some(masked), "{text}");
        }
        for text in [
            "il ne viendra pas le 04/05/2026",
            "loi du 1er juillet 1901",
            "né en mai",
            "Anniversaire du réseau le 12/06/2026",
            "née en 1971, inscrite le 03/02/2026",
        ] {
            assert_eq!(names().masked(text), None, "{text}");
        }
    }

    #[test]
    fn a_name_alone_and_other_words_are_left() {
        for text in [
            "rue Saint-Martin",
            "Zoé",
            "Martin, puis Zoé Durand",
            "",
            "Le Goff",
            "z martin",
            "à Hay",
            "L'A'Hay",
            "Mme la maire",
        ] {
            assert_eq!(names().masked(text), None, "{text}");
        }
        assert_eq!(Names::default().masked("Zoé Martin"), None);
    }
}
