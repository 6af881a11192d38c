//! Which names are compared: those that share a key. Keys are the rarest words of a name, the same with
//! one letter left out, the whole name run together, and its initials.

use super::{ACRONYM, LONG_WORD, Named, Rarity, initials};
use crate::hashing::hash_of;
use crate::parallel;

/// Words of a name that make keys, the rarest first.
const RAREST: usize = 3;
/// Names that share a key and are compared; past that, the key says nothing of them.
const SHARING: usize = 40;
/// Longest word of which each letter is left out in turn.
const LONGEST: usize = 24;

/// The pairs to compare, in order.
pub(super) fn pairs(names: &[Named<'_>], rarity: &Rarity) -> Vec<(usize, usize)> {
    let mut keys = parallel::ranges("noms", names.len(), |range| {
        let mut keys: Vec<(u64, usize)> = Vec::new();
        for name in range {
            keys_of(&names[name], rarity, |kind, key| keys.push((hash_of(&(kind, key)), name)));
        }
        keys
    });
    keys.sort_unstable();
    keys.dedup();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for group in keys.chunk_by(|a, b| a.0 == b.0).filter(|g| (2..=SHARING).contains(&g.len())) {
        for (at, (_, left)) in group.iter().enumerate() {
            pairs.extend(group[at + 1..].iter().map(|(_, right)| (*left, *right)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Calls `put` with each key of a name, and what kind of key it is.
fn keys_of(named: &Named<'_>, rarity: &Rarity, mut put: impl FnMut(u8, &str)) {
    let mut words: Vec<&String> = named.words.iter().collect();
    words.sort_by_key(|word| (rarity.count(word), *word));
    words.dedup();
    for word in words.iter().take(RAREST) {
        put(0, word);
        without_a_letter(word, |shorter| put(1, shorter));
    }
    let whole = named.words.concat();
    put(2, &whole);
    named.numbers.iter().flatten().for_each(|number| put(3, number));
    if let [word] = named.words.as_slice() {
        put(4, word);
    }
    if named.words.len() >= 3 {
        for acronym in [Some(initials(&named.words)), named.acronym.clone()].into_iter().flatten() {
            if ACRONYM.contains(&acronym.len()) {
                put(4, &acronym);
            }
        }
    }
}

/// Two words one slip apart share the word itself or one with a letter left out.
fn without_a_letter(word: &str, mut put: impl FnMut(&str)) {
    let letters: Vec<char> = word.chars().collect();
    if !(LONG_WORD..=LONGEST).contains(&letters.len()) {
        return;
    }
    put(word);
    let mut shorter = String::with_capacity(word.len());
    for left in 0..letters.len() {
        shorter.clear();
        shorter.extend(letters[..left].iter().chain(&letters[left + 1..]));
        put(&shorter);
    }
}
