//! What a funder is: ADEME or not, its line of the Cerfa budget, public or private or our own.

use crate::programme::Funding;
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

/// Whether the funder is ADEME, by its short or long name, past and present.
pub(super) fn is_ademe(funder: &str) -> bool {
    let name = fold(funder);
    let long =
        ["Agence de la transition écologique", "Agence de l'environnement et de la maîtrise"];
    name.split(' ').any(|word| word == "ademe") || long.iter().any(|l| name.contains(&fold(l)))
}

/// Line of the Cerfa budget; `None` when no category is given. ADEME is an EPIC, whatever was typed.
pub(super) fn line(funding: &Funding) -> Option<&str> {
    if is_ademe(&funding.funder) {
        Some(PUBLIC_ESTABLISHMENTS)
    } else {
        funding.category.as_deref()
    }
}

/// Public, private, own or unknown.
pub(super) fn source(funding: &Funding) -> Source {
    match line(funding) {
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
        let ademe =
            Funding {
                funder: "ADEME".into(), category: Some("État".into()), ..Funding::default()
            };
        assert_eq!(line(&ademe), Some("Autres établissements publics"));
        assert_eq!(source(&ademe), Source::Public);
        assert_eq!(source(&Funding::default()), Source::Unknown);
    }
}
