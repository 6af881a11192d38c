//! What a funder is: ADEME or not, its line of the Cerfa budget, public or private or our own.

use crate::texts::fold;

/// Line 74 of a public establishment of the State, ADEME first.
const PUBLIC_ESTABLISHMENTS: &str = "Autres établissements publics";

/// Lines of the Cerfa that are public money.
const PUBLIC: [&str; 9] = [
    "État",
    "Région",
    "Département",
    "Intercommunalité",
    "Commune",
    "Organismes sociaux",
    "Fonds européens",
    "Emplois aidés",
    PUBLIC_ESTABLISHMENTS,
];

/// Where money comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    /// Public money.
    Public,
    /// Private aid.
    Private,
    /// Own resources.
    Own,
    /// No category given.
    Unknown,
}

impl Source {
    pub(super) const ALL: [Self; 4] = [Self::Public, Self::Private, Self::Own, Self::Unknown];

    /// Code of the modality.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Private => "prive",
            Self::Own => "propre",
            Self::Unknown => "non_renseigne",
        }
    }
}

/// The long names of ADEME, past and present, folded.
const LONG_NAMES: [&str; 2] =
    ["agence de la transition ecologique", "agence de l environnement et de la maitrise"];

/// Whether the funder is ADEME, by its short or long name.
pub(super) fn is_ademe(funder: &str) -> bool {
    let name = fold(funder);
    name.split(' ').any(|word| word == "ademe") || LONG_NAMES.iter().any(|l| name.contains(l))
}

/// Line of the Cerfa budget of a funder and the category typed for it; `None` when none is. ADEME is an
/// EPIC, whatever was typed.
pub(super) fn line<'a>(funder: &str, category: Option<&'a str>) -> Option<&'a str> {
    if is_ademe(funder) { Some(PUBLIC_ESTABLISHMENTS) } else { category }
}

/// Public, private, own or unknown.
pub(super) fn source(funder: &str, category: Option<&str>) -> Source {
    match line(funder, category) {
        Some(line) if PUBLIC.contains(&line) => Source::Public,
        Some("Aides privées") => Source::Private,
        Some("Ressources propres") => Source::Own,
        _ => Source::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ademe_is_known_by_all_its_names() {
        for name in [
            "ADEME",
            "Ademe Île-de-France",
            "ADEME (direction régionale)",
            "Agence de la Transition Ecologique",
            "Agence de l’environnement et de la maîtrise de l’énergie",
        ] {
            assert!(is_ademe(name), "{name}");
        }
        for name in ["Académie", "Fondation Adémar", "Agence de l'eau"] {
            assert!(!is_ademe(name), "{name}");
        }
    }

    #[test]
    fn ademe_is_a_public_establishment_whatever_was_typed() {
        assert_eq!(line("ADEME", Some("État")), Some("Autres établissements publics"));
        assert_eq!(source("ADEME", Some("État")), Source::Public);
        assert_eq!(source("Ville", Some("Commune")), Source::Public);
        assert_eq!(source("Ville", None), Source::Unknown);
    }
}
