//! Labels from a closed list, compared without case, accents or plural; yes and no; empty cells.

use crate::schema::{Choice, ColumnSpec, Kind};
use crate::texts::fold;

/// What people write in a cell that has nothing to say.
const NOTHING: &[&str] = &[
    "-",
    "--",
    "—",
    "–",
    "/",
    "néant",
    "neant",
    "nc",
    "n.c.",
    "n.c",
    "n/a",
    "#n/a",
    "s/o",
    "s.o.",
    "sans objet",
    "non renseigné",
    "non renseigne",
    "non communiqué",
    "nr",
    "nan",
    "null",
];

/// Whether a text only says that there is nothing.
pub(super) fn says_nothing(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || (text.chars().count() <= 15 && NOTHING.contains(&text.to_lowercase().as_str()))
}

/// The label a text stands for: as written, else folded.
pub(super) fn label(choices: &'static [Choice], text: &str) -> Option<&'static str> {
    let spellings = || {
        choices.iter().flat_map(|c| {
            std::iter::once(c.label).chain(c.aliases.iter().copied()).map(move |s| (s, c.label))
        })
    };
    let lower = text.to_lowercase();
    let exact = spellings().find(|(spelling, _)| spelling.to_lowercase() == lower);
    let folded = fold(text);
    exact
        .or_else(|| {
            spellings().find(|(spelling, _)| !folded.is_empty() && fold(spelling) == folded)
        })
        .map(|(_, label)| label)
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
    use crate::schema::{TABLES, TableId};

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
        for text in ["#N/A", " - ", "Néant", "NC", ""] {
            assert!(says_nothing(text), "{text}");
        }
        assert!(!says_nothing("0"));
    }
}
