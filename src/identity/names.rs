//! Names of the people of the programme, looked for where nobody should have typed them: free texts,
//! names of files and of sheets. Known only while who is who is worked out, then forgotten.

use super::form::normal_form;
use super::people::sorted_words;
use crate::hashing::TextMap;
use crate::schema::TableId;
use crate::tables::{Column, Frame, Tables};
use crate::texts::mask::{self, MASK};
use crate::texts::plain;

/// Most words of a name that is looked for wherever the first name may start in it.
const TURNED: usize = 12;

/// Columns that name organisations and places.
const ELSEWHERE: [&str; 12] = [
    "organisation",
    "organisers",
    "partners",
    "holder",
    "host",
    "a",
    "b",
    "funder",
    "beneficiary",
    "networks",
    "territory",
    "commune",
];

/// First name and name of everybody listed or present, in both orders, plain.
#[derive(Default)]
pub struct Names {
    known: TextMap<String, ()>,
    /// By the first two words of names: how many words these have.
    lengths: TextMap<String, Vec<usize>>,
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
        let elsewhere = elsewhere(tables);
        if let Some(frame) = tables.get(TableId::Participants) {
            for row in 0..frame.len() {
                let text = |id: &str| frame.text(id, row).map(plain).filter(|t| t.len() > 1);
                match (text("last_name"), text("first_name")) {
                    (Some(last), Some(first)) => {
                        names.add(&format!("{first} {last}"));
                        names.add(&format!("{last} {first}"));
                    }
                    (Some(both), None) | (None, Some(both)) => names.guess(&both, &elsewhere),
                    (None, None) => {}
                }
            }
        }
        let attendance = tables.get(TableId::Attendance);
        if let Some(words) = attendance.and_then(|frame| frame.words("participant")) {
            let typed =
                (1..=words.codes()).filter_map(|code| words.text(u32::try_from(code).ok()?));
            typed.for_each(|typed| names.guess(&plain(typed), &elsewhere));
        }
        names
    }

    fn add(&mut self, name: &str) {
        let words: Vec<&str> = name.split(' ').collect();
        if let [first, second, ..] = words.as_slice() {
            let lengths = self.lengths.entry(format!("{first} {second}")).or_default();
            if let Err(at) = lengths.binary_search(&words.len()) {
                lengths.insert(at, words.len());
            }
            self.known.insert(name.to_owned(), ());
        }
    }

    /// Notes a name and first name that nothing separates, whichever comes first, unless it is an id or
    /// the name of something else.
    fn guess(&mut self, both: &str, elsewhere: &TextMap<String, ()>) {
        let words: Vec<&str> = both.split(' ').collect();
        let id = both.contains(|c: char| c.is_numeric());
        if id || words.len() < 2 || words.iter().all(|word| word.chars().count() < 2) {
            return;
        }
        let turns = if words.len() > TURNED { 1 } else { words.len() };
        for start in 0..turns {
            let turned = [&words[start..], &words[..start]].concat().join(" ");
            if !elsewhere.contains_key(&normal_form(&turned)) {
                self.add(&turned);
            }
        }
    }

    /// The text without e-mail addresses, telephone numbers and names; `None` when it has none.
    pub fn masked(&self, text: &str) -> Option<String> {
        let without_mail = mask::masked(text);
        let without_names = self.without_names(without_mail.as_deref().unwrap_or(text));
        without_names.or(without_mail)
    }

    /// The text without names; `None` when it has none.
    pub(super) fn without_names(&self, text: &str) -> Option<String> {
        let spans = if self.known.is_empty() { Vec::new() } else { words(text) };
        let mut found: Vec<(usize, usize)> = Vec::new();
        let mut at = 0;
        while at < spans.len() {
            let length = self.name_at(&spans[at..]);
            if let Some(length) = length {
                found.push((spans[at].0, spans[at + length - 1].1));
            }
            at += length.unwrap_or(1);
        }
        if found.is_empty() {
            return None;
        }
        let mut masked = text.to_owned();
        for (start, end) in found.into_iter().rev() {
            masked.replace_range(start..end, MASK);
        }
        Some(masked)
    }

    /// How many words the name has that starts a list of words, if one does.
    fn name_at(&self, spans: &[(usize, usize, String)]) -> Option<usize> {
        let [(.., first), (.., second), ..] = spans else { return None };
        let lengths = self.lengths.get(&format!("{first} {second}"))?;
        // The longest first: `Anne Marie Le Goff` before `Anne Marie`.
        lengths.iter().rev().copied().filter(|length| *length <= spans.len()).find(|length| {
            let parts: Vec<&str> = spans[..*length].iter().map(|(.., word)| &**word).collect();
            self.known.contains_key(&parts.join(" "))
        })
    }
}

/// Normal forms of the names of organisations and places. Who gives their own name for their
/// organisation makes no organisation of it.
fn elsewhere(tables: &Tables) -> TextMap<String, ()> {
    let mut forms = TextMap::default();
    let mut note = |name: &str| {
        forms.insert(normal_form(name), ());
    };
    for frame in tables.iter() {
        let named = matches!(frame.spec.id, TableId::Organisations | TableId::Territories);
        for id in ELSEWHERE.iter().chain(named.then_some(&"name")) {
            match frame.columns.get(id) {
                Some(Column::Text(_)) if frame.spec.id == TableId::Participants => {
                    let others = (0..frame.len()).filter(|row| !is_own_name(frame, *row, id));
                    others.filter_map(|row| frame.text(id, row)).for_each(&mut note);
                }
                Some(Column::Text(words)) => {
                    let codes = 1..=u32::try_from(words.codes()).unwrap_or(u32::MAX);
                    codes.filter_map(|code| words.text(code)).for_each(|name| note(name));
                }
                Some(Column::List(cells)) => cells.iter().flatten().for_each(|name| note(name)),
                _ => {}
            }
        }
    }
    forms
}

fn is_own_name(frame: &Frame, row: usize, id: &str) -> bool {
    let name = ["last_name", "first_name"].map(|id| frame.text(id, row).unwrap_or(""));
    let name = sorted_words(name.join(" ").trim());
    frame.text(id, row).is_some_and(|text| sorted_words(text) == name)
}

/// Where each word of a text starts and ends, in bytes, and the word, plain.
fn words(text: &str) -> Vec<(usize, usize, String)> {
    let mut words: Vec<(usize, usize, String)> = Vec::new();
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
        for name in ["zoe martin", "martin zoe", "jean eric le goff", "le goff jean eric"] {
            names.add(name);
        }
        names
    }

    #[test]
    fn a_name_is_masked_whatever_its_order_case_and_accents() {
        for (text, masked) in [
            ("Atelier de Zoé Martin, merci", "Atelier de […], merci"),
            ("MARTIN Zoe", "[…]"),
            ("vu Jean-Éric Le Goff et zoe  martin.", "vu […] et […]."),
            ("zoe@martin.fr et Zoé Martin", "[…] et […]"),
        ] {
            assert_eq!(names().masked(text).as_deref(), Some(masked), "{text}");
        }
    }

    #[test]
    fn a_name_alone_and_other_words_are_left() {
        for text in ["rue Saint-Martin", "Zoé", "Martin, puis Zoé Durand", "", "Le Goff"] {
            assert_eq!(names().masked(text), None, "{text}");
        }
        assert_eq!(Names::default().masked("Zoé Martin"), None);
    }
}
