//! The ways people write a first name beside a name.

use super::{Span, is_capital};

/// Most letters of initials put together: `JP`.
const INITIALS: usize = 3;

/// A first name, plain.
#[derive(Debug, PartialEq)]
pub(super) struct First {
    words: Vec<Box<str>>,
    /// The first of several may stand alone: known where names and first names are apart.
    alone: bool,
}

impl First {
    pub(super) fn new(first: &str, alone: bool) -> Self {
        Self { words: first.split(' ').map(Box::from).collect(), alone }
    }

    /// Whether the words are a way to write it: in full, in one word, the first of several alone, or
    /// initials, which only count where they are written as such: `A. Martin`, neither `à Martin` nor
    /// `L'Haÿ`.
    pub(super) fn is(&self, text: &str, written: &[Span]) -> bool {
        let same = |word: &str, (.., other): &Span| word == other;
        let all = written.len() == self.words.len();
        // A first name given as a letter is an initial.
        let full = self.words.iter().any(|word| word.len() > 1);
        if full && all && self.words.iter().zip(written).all(|(word, span)| same(word, span)) {
            return true;
        }
        let initials = || self.words.iter().filter_map(|word| word.chars().next());
        if let [(.., one)] = written {
            let several = self.words.len() > 1;
            let head = several && self.alone && self.words[0].len() > 1 && **one == *self.words[0];
            if head || several && **one == *self.words.concat() {
                return true;
            }
            let short = one.len() <= INITIALS && one.chars().eq(initials().take(one.len()));
            let whole = one.len() == 1 || one.len() == self.words.len();
            return short && whole && are_initials(text, written);
        }
        let one_each = |(initial, (.., word)): (char, &Span)| word.chars().eq([initial]);
        all && initials().zip(written).all(one_each) && are_initials(text, written)
    }
}

/// Whether what may be initials is written as such: with capitals, and no elision.
fn are_initials(text: &str, spans: &[Span]) -> bool {
    let elided = |(_, end, _): &Span| text[*end..].starts_with(['\'', '\u{2019}']);
    spans.iter().all(|span| is_capital(text, span) && !elided(span))
}

/// Where the name of somebody stands that a list of words says at a place, with the first name before or
/// after it. `length`: words of the name.
pub(super) fn beside(
    text: &str,
    spans: &[Span],
    (at, length): (usize, usize),
    firsts: &[First],
) -> Option<(usize, usize)> {
    let is_first = |from: usize, to: usize| {
        let written = spans.get(from..to);
        written.is_some_and(|written| firsts.iter().any(|first| first.is(text, written)))
    };
    let longest = firsts.iter().map(|first| first.words.len()).max().unwrap_or(0);
    (1..=longest).rev().find_map(|words| {
        let after = (at, at + length + words);
        let before = at.checked_sub(words).map(|from| (from, at + length));
        let before = before.filter(|(from, _)| is_first(*from, at));
        before.or_else(|| is_first(at + length, after.1).then_some(after))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{joined, words};
    use super::*;

    #[test]
    fn initials_and_names_together_are_ways_to_write_a_first_name() {
        let first = First::new("jean eric", true);
        for (text, is) in [
            ("Jean-Éric", true),
            ("jeaneric", true),
            ("JEAN", true),
            ("J.-É.", true),
            ("JE", true),
            ("J", true),
            ("je", false),
            ("j", false),
            ("J'", false),
            ("E", false),
            ("Éric", false),
        ] {
            assert_eq!(first.is(text, &words(text)), is, "{text}");
        }
        assert!(!First::new("jean eric", false).is("Jean", &words("Jean")));
        assert_eq!(joined(&words("Jean-Éric")), "jean eric");
    }
}
