//! Birth dates in a text: those of participants, and whatever follows *né le*.

use super::Span;
use crate::tables::day;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// How many words may stand between *né* and the date: `née à Sucy le 3 mai 1980`.
const BETWEEN: usize = 4;
/// Longest date, in bytes.
const LONGEST: usize = 24;

/// Words that announce a birth date, as they are written without case.
const BORN: [&str; 7] = ["né", "née", "nés", "nées", "nee", "nees", "naissance"];

/// Where birth dates start and end in a text.
pub(super) fn dates(
    text: &str,
    spans: &[Span],
    known: &BTreeSet<NaiveDate>,
) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (at, words) in spans.windows(3).enumerate() {
        let (start, end) = (words[0].0, words[2].1);
        let may_be = words[0].2.starts_with(|c: char| c.is_ascii_digit()) && end - start <= LONGEST;
        if let Some(date) = may_be.then(|| day(&text[start..end])).flatten()
            && (known.contains(&date) || is_birth(text, &spans[..at]))
        {
            found.push((start, end));
        }
    }
    found
}

/// Whether the words before a date say that it is one of birth.
fn is_birth(text: &str, before: &[Span]) -> bool {
    // Not past another number, nor the end of a sentence.
    let ends = |(start, end, word): &&Span| {
        let after = text[*end..].trim_start();
        word.starts_with(|c: char| c.is_ascii_digit())
            || after.starts_with([';', '!', '?'])
            || after.starts_with('.') && *end - *start > 1
    };
    let near = before.iter().rev().take(BETWEEN + 1).take_while(|span| !ends(span));
    let written = |(start, end, _): &Span| text[*start..*end].to_lowercase();
    let composed = |word: &Span| {
        let written: String =
            unicode_normalization::UnicodeNormalization::nfc(&*written(word)).collect();
        BORN.contains(&written.as_str())
    };
    // Without its accent, `né` is the `ne` of a negation, unless the date follows at once.
    let at_once = match before {
        [.., (.., born), (.., le)] => born == "ne" && le == "le",
        _ => false,
    };
    at_once || near.into_iter().any(composed)
}
