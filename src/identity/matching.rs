//! Names that may be one thing written twice: pairs suggested to a human, each with what speaks for and
//! against. Nothing is ever merged on them, and pairs are not closed: that A is like B and B like C says
//! nothing of A and C.
//!
//! Names are compared as sets of words, a word weighing as much as it is rare among all the names
//! (inverse document frequency): two *comités des fêtes* are alike by their villages or not at all.
//! Only names that share a rare word, or one a slip of the keyboard away, are compared: the cost
//! follows the number of names, not of pairs.

mod blocks;

use crate::hashing::TextMap;
use crate::parallel;
use blocks::pairs;

/// A pair is suggested from this score on.
const LIKELY: f64 = 0.8;
/// Shortest words in which one slip is forgiven: in short ones it makes another word.
const LONG_WORD: usize = 5;
/// Shortest name of one word in which one slip is forgiven.
const LONE_WORD: usize = 10;
/// Shortest initials that may be an acronym: fewer are those of many names.
const INITIALS: usize = 4;
/// How much of its weight a word keeps when it is matched with a slip.
const SLIP: f64 = 0.85;
/// Longest acronym, and shortest.
const ACRONYM: std::ops::RangeInclusive<usize> = 3..=8;

/// A name to be compared.
#[derive(Debug, Clone, Default)]
pub struct Named<'a> {
    /// Its words, plain (no accents, no case), in the order they are written.
    pub words: Vec<String>,
    /// An acronym given with it, plain.
    pub acronym: Option<String>,
    /// What tells two apart for certain when both have it: a SIREN and an RNA number, a birth date.
    pub numbers: [Option<&'a str>; 2],
    /// Where it is, plain: a commune.
    pub place: Option<String>,
    /// Whom it belongs to: of a person, the organisation.
    pub circle: Option<usize>,
}

/// Something that speaks for a pair being one, or against. The names are those of the texts
/// `indice.<name>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clue {
    /// The same words.
    SameWords,
    /// Words one slip apart.
    Slip,
    /// One name has words more.
    MoreWords,
    /// One is the acronym of the other.
    Acronym,
    /// The same SIREN or RNA number, or the same birth date.
    SameNumber,
    /// The same commune.
    SamePlace,
    /// The same organisation.
    SameCircle,
    /// Two SIREN or RNA numbers, or two birth dates.
    OtherNumber,
    /// Two communes.
    OtherPlace,
    /// A word of each that the other does not have.
    OtherWords,
}

impl Clue {
    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::SameWords => "memes_mots",
            Self::Slip => "faute_de_frappe",
            Self::MoreWords => "mots_en_plus",
            Self::Acronym => "sigle",
            Self::SameNumber => "meme_numero",
            Self::SamePlace => "meme_commune",
            Self::SameCircle => "meme_structure",
            Self::OtherNumber => "autre_numero",
            Self::OtherPlace => "autre_commune",
            Self::OtherWords => "autres_mots",
        }
    }

    /// Whether it speaks for the pair.
    pub fn speaks_for(self) -> bool {
        !matches!(self, Self::OtherNumber | Self::OtherPlace | Self::OtherWords | Self::MoreWords)
    }

    /// What it adds to the likeness of the names.
    fn weight(self) -> f64 {
        match self {
            Self::SameNumber => 0.3,
            Self::SamePlace | Self::SameCircle => 0.05,
            Self::OtherNumber => -0.5,
            Self::OtherPlace => -0.15,
            _ => 0.0,
        }
    }
}

/// Two names that may be one.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Index of the first name.
    pub left: usize,
    /// Index of the second, the greater.
    pub right: usize,
    /// From 0.8 to 1.
    pub score: f64,
    /// What speaks for and against.
    pub clues: Vec<Clue>,
}

/// The pairs worth asking about, the most alike first.
pub fn suggest(names: &[Named<'_>]) -> Vec<Pair> {
    let rarity = Rarity::of(names);
    let pairs = pairs(names, &rarity);
    among(names, &rarity, &pairs)
}

/// What [`suggest`] would find if it compared every name with every other, which takes as long as there
/// are pairs: what a benchmark measures it against.
pub fn suggest_among_all(names: &[Named<'_>]) -> Vec<Pair> {
    let all = (0..names.len()).flat_map(|a| (a + 1..names.len()).map(move |b| (a, b)));
    among(names, &Rarity::of(names), &all.collect::<Vec<_>>())
}

/// The likely ones among some pairs.
fn among(names: &[Named<'_>], rarity: &Rarity, pairs: &[(usize, usize)]) -> Vec<Pair> {
    let mut found = parallel::ranges("noms", pairs.len(), |range| {
        pairs[range].iter().filter_map(|(a, b)| compare(names, rarity, *a, *b)).collect()
    });
    found.sort_by(|a, b| {
        b.score.total_cmp(&a.score).then_with(|| (a.left, a.right).cmp(&(b.left, b.right)))
    });
    found
}

/// How much each word weighs.
pub(super) struct Rarity {
    names: f64,
    counts: TextMap<String, u32>,
}

impl Rarity {
    fn of(names: &[Named<'_>]) -> Self {
        let mut counts: TextMap<String, u32> = TextMap::default();
        for word in names.iter().flat_map(|name| &name.words) {
            match counts.get_mut(word) {
                Some(count) => *count += 1,
                None => drop(counts.insert(word.clone(), 1)),
            }
        }
        Self { names: names.len() as f64, counts }
    }

    fn count(&self, word: &str) -> u32 {
        self.counts.get(word).copied().unwrap_or(0)
    }

    /// ln((N + 1) / n), and a little for the commonest.
    fn weight(&self, word: &str) -> f64 {
        self.of_count(self.count(word))
    }

    fn of_count(&self, count: u32) -> f64 {
        ((self.names + 1.0) / f64::from(count.max(1))).ln() + 0.1
    }
}

fn compare(names: &[Named<'_>], rarity: &Rarity, left: usize, right: usize) -> Option<Pair> {
    let (a, b) = (&names[left], &names[right]);
    let mut clues = Vec::new();
    let alike = words_alike(a, b, rarity, &mut clues);
    let acronym = is_acronym(a, b) || is_acronym(b, a);
    let alike = if acronym && alike < LIKELY {
        clues.clear();
        clues.push(Clue::Acronym);
        LIKELY
    } else {
        alike
    };
    let sides = |one: Option<&str>, other: Option<&str>, same, apart| match (one, other) {
        (Some(one), Some(other)) if one == other => Some(same),
        (Some(_), Some(_)) => Some(apart),
        _ => None,
    };
    // The first number that both have says it.
    let number = a.numbers.iter().zip(b.numbers);
    let mut number = number.filter_map(|(a, b)| sides(*a, b, Clue::SameNumber, Clue::OtherNumber));
    clues.extend(number.next());
    clues.extend(sides(a.place.as_deref(), b.place.as_deref(), Clue::SamePlace, Clue::OtherPlace));
    if a.circle.is_some() && a.circle == b.circle {
        clues.push(Clue::SameCircle);
    }
    // Being in one place, or of one circle, makes no name alike.
    let score = alike + clues.iter().map(|clue| clue.weight()).sum::<f64>();
    let likely = score >= LIKELY && (alike >= LIKELY || clues.contains(&Clue::SameNumber));
    clues.sort_unstable();
    likely.then(|| Pair { left, right, score: score.min(1.0), clues })
}

/// Twice the weight of the words in common over that of all the words (Dice), from 0 to 1.
fn words_alike(a: &Named<'_>, b: &Named<'_>, rarity: &Rarity, clues: &mut Vec<Clue>) -> f64 {
    if !a.words.is_empty() && a.words.concat() == b.words.concat() {
        clues.push(Clue::SameWords);
        return 1.0;
    }
    let weigh = |words: &[&String]| words.iter().map(|word| rarity.weight(word)).sum::<f64>();
    let all =
        weigh(&a.words.iter().collect::<Vec<_>>()) + weigh(&b.words.iter().collect::<Vec<_>>());
    let mut theirs: Vec<&String> = b.words.iter().collect();
    let (mut common, mut rest) = (0.0, Vec::new());
    for word in &a.words {
        match theirs.iter().position(|other| *other == word) {
            Some(at) => {
                theirs.remove(at);
                common += 2.0 * rarity.weight(word);
            }
            None => rest.push(word),
        }
    }
    let mut slips = false;
    rest.retain(|word| {
        let Some(at) = theirs.iter().position(|other| is_slip(word, other)) else { return true };
        let other = theirs.remove(at);
        common += SLIP * (rarity.weight(word) + rarity.weight(other));
        slips = true;
        false
    });
    clues.extend(slips.then_some(Clue::Slip));
    // A word that one name adds and that is rarer than all they share is what tells it apart:
    // `Amicale des sapeurs-pompiers`, `Amicale des sapeurs-pompiers de Meaux`.
    let rarest = |words: &[&String]| words.iter().map(|w| rarity.weight(w)).fold(0.0, f64::max);
    // Counted once, as they would be if the two were one.
    let shared = a.words.iter().filter(|word| b.words.contains(word));
    let shared = shared
        .map(|word| rarity.of_count(rarity.count(word).saturating_sub(1)))
        .fold(0.0, f64::max);
    let tells_apart = !slips && rarest(&rest).max(rarest(&theirs)) > shared + 0.01;
    let numbered =
        rest.iter().chain(&theirs).any(|word| word.contains(|c: char| c.is_ascii_digit()));
    let clue = match (rest.is_empty(), theirs.is_empty()) {
        (true, true) => (!slips).then_some(Clue::SameWords),
        (false, false) => Some(Clue::OtherWords),
        _ => Some(Clue::MoreWords),
    };
    clues.extend(clue);
    // `Tiers-lieu 1` and `Tiers-lieu 2` are meant to differ; and a name that is one word of another
    // says little: many begin alike.
    let fewest = a.words.len().min(b.words.len());
    let most = a.words.len().max(b.words.len());
    // One word alone is often a commune, and communes differ by a letter.
    let few = fewest == 1 && !(most == 1 && slips && a.words[0].chars().count() >= LONE_WORD);
    if numbered || few || tells_apart || all <= 0.0 { 0.0 } else { common / all }
}

/// One slip of the keyboard apart, in words long enough for it.
fn is_slip(a: &str, b: &str) -> bool {
    let long = a.chars().count().min(b.chars().count()) >= LONG_WORD;
    let letters = |word: &str| !word.contains(|c: char| c.is_ascii_digit());
    // Nobody mistypes the first letter; communes do differ by it.
    let first = a.chars().next() == b.chars().next();
    long && first && letters(a) && letters(b) && strsim::osa_distance(a, b) == 1
}

/// The only word of one is made of the initials of the other, or is the acronym it gives.
fn is_acronym(short: &Named<'_>, long: &Named<'_>) -> bool {
    let [word] = short.words.as_slice() else { return false };
    ACRONYM.contains(&word.len())
        && long.words.len() >= 3
        && (long.acronym.as_deref() == Some(word)
            || (word.len() >= INITIALS && initials(&long.words) == *word))
}

fn initials(words: &[String]) -> String {
    words.iter().filter_map(|word| word.chars().next()).collect()
}

#[cfg(test)]
mod tests;
