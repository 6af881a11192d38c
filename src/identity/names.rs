//! Names of the people of the programme, looked for where nobody should have typed them: free texts,
//! names of files and of sheets. Known only while who is who is worked out, then forgotten.

use crate::hashing::TextMap;
use crate::schema::TableId;
use crate::tables::Tables;
use crate::texts::mask::{self, MASK};
use crate::texts::plain;

/// Most words of a name with its first name.
const LONGEST: usize = 6;

/// First name and name of everybody listed, in both orders, plain.
#[derive(Default)]
pub struct Names {
    known: TextMap<String, ()>,
    longest: usize,
}

/// Names are never shown, not even by mistake.
impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Names(…)")
    }
}

impl Names {
    /// The people of Participants who have a name and a first name: a name alone is too often a word,
    /// or a street.
    pub(super) fn of(tables: &Tables) -> Self {
        let mut names = Self::default();
        let Some(frame) = tables.get(TableId::Participants) else { return names };
        for row in 0..frame.len() {
            let text = |id: &str| frame.text(id, row).map(plain).filter(|text| text.len() > 1);
            let (Some(last), Some(first)) = (text("last_name"), text("first_name")) else {
                continue;
            };
            for both in [format!("{first} {last}"), format!("{last} {first}")] {
                let words = both.split(' ').count();
                if words <= LONGEST {
                    names.longest = names.longest.max(words);
                    names.known.insert(both, ());
                }
            }
        }
        names
    }

    /// The text without e-mail addresses, telephone numbers and names; `None` when it has none.
    pub fn masked(&self, text: &str) -> Option<String> {
        let without_mail = mask::masked(text);
        let without_names = self.without_names(without_mail.as_deref().unwrap_or(text));
        without_names.or(without_mail)
    }

    fn without_names(&self, text: &str) -> Option<String> {
        let spans = if self.known.is_empty() { Vec::new() } else { words(text) };
        let mut found: Vec<(usize, usize)> = Vec::new();
        let mut at = 0;
        while at < spans.len() {
            let most = self.longest.min(spans.len() - at);
            // The longest first: `Anne Marie Le Goff` before `Anne Marie`.
            let length = (2..=most).rev().find(|length| {
                let parts: Vec<String> =
                    spans[at..at + length].iter().map(|s| s.2.clone()).collect();
                self.known.contains_key(&parts.join(" "))
            });
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
        let known = ["zoe martin", "martin zoe", "jean eric le goff", "le goff jean eric"];
        Names { known: known.map(|name| (name.to_owned(), ())).into(), longest: 4 }
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
