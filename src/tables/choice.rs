//! Labels from a closed list, compared without case, accents or plural; yes and no; empty cells.

use crate::schema::{Choice, ColumnSpec, Kind, TABLES};
use crate::texts::{fold, mend};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What people write in a cell that has nothing to say: letters alone, sorted.
const NOTHING: &[&str] = &[
    "donneemanquante",
    "nan",
    "nc",
    "neant",
    "nil",
    "nonapplicable",
    "noncommunique",
    "noncommuniquee",
    "nonconcerne",
    "nonconcernee",
    "nondisponible",
    "nonprecise",
    "nonprecisee",
    "nonrenseigne",
    "nonrenseignee",
    "nr",
    "null",
    "sansobjet",
    "sansreponse",
];

/// The same where a mark says it is an abbreviation (`n/a`, `s.o.`, `#N/D`, `(vide)`) or it stands in
/// capitals: otherwise they could be words or names. Sorted.
const MARKED: &[&str] = &["blank", "na", "nd", "none", "ns", "nsp", "so", "vide"];

/// What says nothing only where no label, text or count can be meant. Sorted.
const ABSENT: &[&str] = &["aucun", "aucune", "inconnu", "inconnue", "rien", "sans"];

/// Longest of the three lists.
const LONGEST: usize = 15;

/// The letters of a short text, unaccented and in lower case, and how they were dressed.
struct Letters {
    bytes: [u8; LONGEST],
    length: usize,
    marked: bool,
    capitals: bool,
}

impl Letters {
    /// `None` when the text holds a digit, a sign that means something, or more letters than any
    /// word of the lists.
    fn of(text: &str) -> Option<Self> {
        let mut letters = Self { bytes: [0; LONGEST], length: 0, marked: false, capitals: true };
        for c in text.chars() {
            let byte = match c {
                'a'..='z' | 'A'..='Z' => c as u8,
                'é' | 'è' | 'É' | 'È' => b'e',
                ' ' | '\u{a0}' | '\u{202f}' | '\t' | '\n' | '\r' => continue,
                '-'
                | '\u{2010}'..='\u{2015}'
                | '/'
                | '\\'
                | '.'
                | '…'
                | '?'
                | '_'
                | ':'
                | '~'
                | '#'
                | '('
                | ')'
                | '['
                | ']'
                | '<'
                | '>'
                | '"'
                | '\''
                | '\u{2019}' => {
                    letters.marked = true;
                    continue;
                }
                _ => return None,
            };
            *letters.bytes.get_mut(letters.length)? = byte.to_ascii_lowercase();
            letters.length += 1;
            letters.capitals &= c.is_uppercase();
        }
        Some(letters)
    }

    fn is_in(&self, list: &[&str]) -> bool {
        let word = &self.bytes[..self.length];
        list.binary_search_by(|entry| entry.as_bytes().cmp(word)).is_ok()
    }
}

/// Whether a text only says that there is nothing, whatever its case, accents, spaces and marks.
pub(super) fn says_nothing(text: &str) -> bool {
    Letters::of(text).is_some_and(|letters| {
        letters.length == 0
            || letters.is_in(NOTHING)
            || ((letters.marked || letters.capitals) && letters.is_in(MARKED))
    })
}

/// Whether a text says that there is nothing, in a column of a kind: `aucun` is a label of some lists
/// and may be a count, `sans` may open a text, but neither is an amount, a day or a code.
pub(super) fn is_absent(kind: Kind, text: &str) -> bool {
    let exact = matches!(
        kind,
        Kind::Money | Kind::Date | Kind::Span | Kind::Year | Kind::Siret | Kind::Rna | Kind::Code
    );
    exact && Letters::of(text).is_some_and(|word| word.is_in(ABSENT) || word.is_in(MARKED))
}

/// The spellings of a list of labels, made comparable once.
#[derive(Default)]
struct Spellings {
    exact: BTreeMap<String, &'static str>,
    folded: BTreeMap<String, &'static str>,
}

/// Spellings of every list of the schema, by the address of the list.
static SPELLINGS: LazyLock<BTreeMap<usize, Spellings>> = LazyLock::new(|| {
    let mut lists = BTreeMap::new();
    for column in TABLES.iter().flat_map(|table| table.columns) {
        if let Kind::Choice(choices) | Kind::Choices(choices) = column.kind {
            lists.entry(choices.as_ptr().addr()).or_insert_with(|| spellings(choices));
        }
    }
    lists
});

fn spellings(choices: &'static [Choice]) -> Spellings {
    let mut spellings = Spellings::default();
    for choice in choices {
        for spelling in std::iter::once(&choice.label).chain(choice.aliases) {
            spellings.exact.entry(spelling.to_lowercase()).or_insert(choice.label);
            let folded = fold(spelling);
            if !folded.is_empty() {
                spellings.folded.entry(folded).or_insert(choice.label);
            }
        }
    }
    spellings
}

/// The label a text stands for: as written, else folded, else the only one it could be where accents
/// were lost. `choices` is a list of the schema.
pub(super) fn label(choices: &'static [Choice], text: &str) -> Option<&'static str> {
    let spellings = SPELLINGS.get(&choices.as_ptr().addr())?;
    let found = spellings.exact.get(&text.to_lowercase());
    let found = found.or_else(|| spellings.folded.get(&fold(text)));
    found.copied().or_else(|| {
        let mut could = spellings.exact.iter().filter(|(whole, _)| mend::could_be(text, whole));
        let label = *could.next()?.1;
        could.all(|(_, other)| *other == label).then_some(label)
    })
}

/// Whether an unknown label is of no use in the column: its meaning drives figures. Elsewhere the
/// label is kept as typed.
pub(super) fn is_closed(column: &ColumnSpec) -> bool {
    matches!(column.kind, Kind::Choice(_))
        && matches!(
            column.id,
            "level" | "status" | "stage" | "verdict" | "declarant" | "posture" | "age_band"
        )
}

/// oui / non, in every hand.
pub(super) fn flag(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "✓" | "✔" | "☑" | "☒" => return Some(true),
        "☐" | "✗" => return Some(false),
        _ => {}
    }
    match fold(text).as_str() {
        "oui" | "o" | "x" | "1" | "vrai" | "true" | "yes" | "y" | "ok" => Some(true),
        "non" | "n" | "0" | "faux" | "false" | "no" | "pa" | "pas" | "aucun" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::TableId;

    #[test]
    fn every_label_and_alias_of_the_schema_is_found() {
        for column in TABLES.iter().flat_map(|t| t.columns) {
            let (Kind::Choice(choices) | Kind::Choices(choices)) = column.kind else { continue };
            for choice in choices {
                for spelling in choice.aliases.iter().chain([&choice.label]) {
                    let found = label(choices, spelling);
                    assert!(found.is_some(), "{spelling}");
                    assert_eq!(label(choices, &spelling.to_uppercase()), found, "{spelling}");
                    assert!(!says_nothing(spelling), "{spelling}");
                }
                assert_eq!(label(choices, choice.label), Some(choice.label));
            }
        }
    }

    #[test]
    fn labels_forgive_dress_but_not_sense() {
        let column = TableId::Organisations.spec().column("kind").unwrap();
        let Kind::Choice(kinds) = column.kind else { panic!() };
        assert_eq!(label(kinds, "COLLECTIVITES"), Some("collectivité"));
        assert_eq!(label(kinds, "club de pétanque"), None);
        assert_eq!(label(kinds, "…"), None);
    }

    #[test]
    fn yes_no_and_nothing() {
        for (text, expected) in [
            ("Oui", Some(true)),
            ("X", Some(true)),
            ("0", Some(false)),
            ("✔", Some(true)),
            ("?", None),
        ] {
            assert_eq!(flag(text), expected, "{text}");
        }
    }

    #[test]
    fn nothing_in_every_dress() {
        for list in [NOTHING, MARKED, ABSENT] {
            assert!(list.is_sorted() && list.iter().all(|word| word.len() <= LONGEST));
        }
        for text in [
            "",
            " ",
            "-",
            " - ",
            "—",
            "--",
            "/",
            "?",
            "…",
            "...",
            "_",
            "NC",
            "nc",
            "N.C.",
            "n. c.",
            "N/C",
            "nr",
            "n.r.",
            "NA",
            "N/A",
            "n.a.",
            "#N/A",
            "#N/D",
            "ND",
            "n.d.",
            "s.o",
            "S/O",
            "s. o.",
            "SO",
            "Néant",
            "NEANT",
            "néant.",
            "null",
            "NaN",
            "(vide)",
            "sans objet",
            "Sans  Objet",
            "Non renseigné",
            "non renseignée",
            "NON COMMUNIQUÉ",
            "n\u{a0}/\u{a0}a",
        ] {
            assert!(says_nothing(text), "{text}");
        }
        for text in [
            "0",
            "x",
            "✓",
            "*",
            "so",
            "na",
            "nd",
            "sans",
            "aucun",
            "Nantes",
            "n° 3",
            "NC 12",
            "non",
            "N",
            "oui",
            "à définir",
            "€",
            "+",
            "none",
            "vide",
        ] {
            assert!(!says_nothing(text), "{text}");
        }
        for (kind, text, expected) in [
            (Kind::Money, "Aucun", true),
            (Kind::Date, "inconnue", true),
            (Kind::Code, "sans", true),
            (Kind::Number, "aucun", false),
            (Kind::Text, "sans", false),
            (Kind::Flag, "aucun", false),
            (Kind::Money, "sans suite", false),
        ] {
            assert_eq!(is_absent(kind, text), expected, "{text}");
        }
    }

    #[test]
    fn lost_accents_leave_one_label_or_none() {
        let column = TableId::Organisations.spec().column("kind").unwrap();
        let Kind::Choice(kinds) = column.kind else { panic!() };
        assert_eq!(label(kinds, "collectivit\u{fffd}"), Some("collectivité"));
        assert_eq!(label(kinds, "\u{fffd}\u{fffd}\u{fffd}"), None);
    }
}
