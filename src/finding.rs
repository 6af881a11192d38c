//! Findings: what is wrong with the data, where, and how to mend it. The closed list of codes is
//! [`CODES`]; their wording is in `templates/locales/*/anomalies.txt`.

use crate::texts::Texts;
use crate::texts::mask::mask;
use serde::Serialize;
use std::cmp::Ordering;
use std::sync::Arc;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The row (or file) is left out, and the report says so.
    #[serde(rename = "bloquant")]
    Blocking,
    /// Kept, but someone should look.
    #[serde(rename = "a_verifier")]
    Review,
    /// Said for the record.
    #[serde(rename = "information")]
    Information,
}

impl Severity {
    /// The stable name in `donnees/anomalies.csv`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Blocking => "bloquant",
            Self::Review => "a_verifier",
            Self::Information => "information",
        }
    }
}

/// A place in the inputs: a file, then perhaps a sheet, then perhaps a cell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    /// Path below the inputs folder, with `/`.
    pub file: Arc<str>,
    /// Sheet name; empty for delimited files.
    pub sheet: Arc<str>,
    /// Row as the spreadsheet numbers it, from 1.
    pub row: Option<u32>,
    /// Column, from 0.
    pub column: Option<u32>,
}

impl Place {
    /// A place that is a whole file.
    pub fn file(file: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }

    /// A place that is a whole sheet.
    pub fn sheet(file: impl Into<Arc<str>>, sheet: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), sheet: sheet.into(), ..Self::default() }
    }

    /// The cell as a spreadsheet user writes it: `C12`, `12` for a whole row, or nothing.
    pub fn cell(&self) -> String {
        let column = self.column.map(column_letters).unwrap_or_default();
        let row = self.row.map(|r| r.to_string()).unwrap_or_default();
        format!("{column}{row}")
    }
}

/// A sheet as it is spoken of: `suivi.xlsx › Présences`, or the file alone when it has no sheets.
pub fn sheet_of(file: &str, sheet: &str) -> String {
    if sheet.is_empty() { file.to_owned() } else { format!("{file} › {sheet}") }
}

/// A sheet of the inputs, held once by all the records read from it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct SheetPath {
    /// Path below the inputs folder.
    pub file: Arc<str>,
    /// Sheet name; empty for delimited files.
    pub sheet: Arc<str>,
}

/// Where a record was read. Small: a million presences carry one each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// The sheet.
    pub at: Arc<SheetPath>,
    /// Row as the spreadsheet numbers it, from 1.
    pub row: u32,
}

impl Origin {
    /// Path of the file below the inputs folder.
    pub fn file(&self) -> &Arc<str> {
        &self.at.file
    }

    /// Sheet name; empty for delimited files.
    pub fn sheet(&self) -> &Arc<str> {
        &self.at.sheet
    }

    /// The place of the whole row.
    pub fn place(&self) -> Place {
        Place {
            file: self.file().clone(),
            sheet: self.sheet().clone(),
            row: Some(self.row),
            column: None,
        }
    }
}

impl Ord for Origin {
    fn cmp(&self, other: &Self) -> Ordering {
        // Most comparisons are within a sheet, and its name is long to compare.
        let sheets =
            if Arc::ptr_eq(&self.at, &other.at) { Ordering::Equal } else { self.at.cmp(&other.at) };
        sheets.then(self.row.cmp(&other.row))
    }
}

impl PartialOrd for Origin {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// `0` → `A`, `25` → `Z`, `26` → `AA`.
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// One thing wrong, in one place. `expected` and `remedy` are worded from the code's texts, with
/// `details` filled into their `{…}` slots.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// One of [`CODES`].
    pub code: &'static str,
    /// Where.
    pub place: Place,
    /// What was read, as typed but for e-mail addresses and telephone numbers, always masked. Other
    /// personal values are hidden by the caller.
    pub read: String,
    /// Slots for the code's texts: (name, value).
    pub details: Vec<(&'static str, String)>,
}

impl Finding {
    /// A finding without details. Addresses and telephone numbers of `read` are masked.
    pub fn new(code: &'static str, place: Place, read: impl Into<String>) -> Self {
        Self { code, place, read: mask(read.into()), details: Vec::new() }
    }

    /// Adds a slot value.
    #[must_use]
    pub fn with(mut self, slot: &'static str, value: impl Into<String>) -> Self {
        self.details.push((slot, value.into()));
        self
    }

    /// The severity of its code.
    pub fn severity(&self) -> Severity {
        code(self.code).map_or(Severity::Review, |c| c.severity)
    }
}

/// A finding in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worded {
    /// `file · sheet · cell`.
    pub place: String,
    /// What is wrong, in short.
    pub title: String,
    /// What was expected.
    pub expected: String,
    /// How to mend it.
    pub remedy: String,
}

impl Finding {
    /// The finding in the language of the texts, slots filled; `{lu}` is what was read.
    pub fn worded(&self, texts: &Texts) -> Worded {
        let mut slots: Vec<(&str, &str)> =
            self.details.iter().map(|(name, value)| (*name, value.as_str())).collect();
        slots.push(("lu", &self.read));
        let text = |part: &str| texts.fill(&format!("anomalie.{}.{part}", self.code), &slots);
        let cell = self.place.cell();
        let place: Vec<&str> = [&*self.place.file, &*self.place.sheet, &cell]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        Worded {
            place: place.join(" · "),
            title: text("titre"),
            expected: text("attendu"),
            remedy: text("remede"),
        }
    }
}

/// A finding code and how much it weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Stable kebab-case French name, typed by users in `bilan explain CODE`.
    pub name: &'static str,
    /// Default severity.
    pub severity: Severity,
}

/// Looks a code up by name.
pub fn code(name: &str) -> Option<Code> {
    CODES.iter().copied().find(|c| c.name == name)
}

use Severity::{Blocking, Information, Review};

const fn c(name: &'static str, severity: Severity) -> Code {
    Code { name, severity }
}

/// Every code, grouped by the stage that raises it.
pub const CODES: &[Code] = &[
    // reading files
    c("fichier-vide", Blocking),
    c("fichier-illisible", Blocking),
    c("fichier-chiffre", Blocking),
    c("fichier-trop-gros", Blocking),
    c("fichier-piege", Blocking),
    c("lecture-interrompue", Blocking),
    c("fichier-special", Review),
    c("fichier-ignore", Information),
    c("classeur-rendu", Information),
    c("dossier-illisible", Blocking),
    c("dossier-nomme-fichier", Blocking),
    c("dossier-deja-lu", Information),
    c("lien-casse", Blocking),
    c("nom-illisible", Review),
    c("encodage-mixte", Information),
    c("encodage-devine", Information),
    c("texte-repare", Information),
    c("accents-perdus", Review),
    c("champ-recolle", Review),
    c("champ-ambigu", Blocking),
    c("champ-en-trop", Review),
    c("feuille-sans-table", Review),
    c("feuille-masquee", Information),
    c("lignes-masquees", Information),
    c("tableau-dynamique", Information),
    c("plusieurs-tables", Information),
    c("feuille-double", Review),
    c("lignes-deja-lues", Review),
    c("table-en-double", Review),
    c("colonne-inconnue", Information),
    c("colonne-supposee", Information),
    c("colonne-sans-titre", Information),
    c("colonne-proche", Review),
    c("colonne-absente", Blocking),
    c("colonne-introuvable", Review),
    c("devise-etrangere", Review),
    c("ligne-total", Information),
    c("entete-repete", Information),
    c("titre-de-section", Information),
    c("section-en-colonne", Review),
    c("cellules-completees", Review),
    c("colonnes-repetees", Information),
    c("identifiant-attribue", Information),
    c("table-deduite", Information),
    c("source-sans-effet", Review),
    // reading values
    c("valeur-requise", Blocking),
    c("valeur-hors-liste", Blocking),
    c("nombre-illisible", Review),
    c("date-impossible", Blocking),
    c("date-illisible", Blocking),
    c("valeur-inconnue", Review),
    c("valeur-negative", Review),
    c("siret-detruit", Review),
    c("nombre-ambigu", Review),
    c("date-ignoree", Review),
    c("date-imprecise", Information),
    c("cellule-en-erreur", Review),
    c("ligne-double", Information),
    c("donnee-sensible", Review),
    // who is who
    c("donnee-personnelle", Review),
    c("structure-rapprochee", Information),
    c("structure-proche", Information),
    c("personne-proche", Information),
    c("decision-contradictoire", Review),
    c("decision-hors-sujet", Review),
    c("decision-sans-objet", Information),
    c("projet-inconnu", Review),
    c("partenariat-projet-inconnu", Blocking),
    c("activite-inconnue", Blocking),
    c("presences-sans-activite", Blocking),
    c("participant-inconnu", Information),
    c("participant-homonyme", Review),
    c("personne-sans-identite", Blocking),
    c("identifiant-en-conflit", Review),
    // checking
    c("activite-sans-territoire", Review),
    c("activite-sans-type", Review),
    c("activite-sans-duree", Information),
    c("activite-sans-public", Information),
    c("projet-sans-date", Review),
    c("projet-sans-partenaire", Review),
    c("structure-sans-type", Information),
    c("territoire-sans-population", Information),
    c("territoire-non-declare", Review),
    c("financement-sans-categorie", Review),
    c("financement-sans-montant", Review),
    c("action-prevu-nul", Review),
    c("valorisation-sans-ademe", Review),
    c("siret-invalide", Review),
    c("siren-pour-siret", Information),
    c("rna-invalide", Review),
    c("commune-invalide", Review),
    c("decision-ademe-invalide", Review),
    c("date-future", Review),
    c("presence-future", Review),
    c("date-avant-programme", Review),
    c("stades-en-desordre", Review),
    c("decision-avant-depot", Review),
    c("convention-avant-decision", Review),
    c("sortie-avant-entree", Review),
    c("tresorerie-date-double", Review),
    c("naissance-invraisemblable", Review),
    c("montant-negatif", Review),
    c("accorde-superieur-demande", Information),
    c("encaisse-superieur-accorde", Review),
    c("convention-sans-date", Review),
    c("convention-sans-montant", Review),
    c("refus-avec-montant", Review),
    c("part-publique-elevee", Review),
    c("aide-superieure-maximum", Review),
    c("fonds-dedies-superieurs", Review),
    c("compte-inconnu", Review),
    c("compte-et-sous-compte", Review),
    c("budget-desequilibre", Review),
    c("contributions-desequilibrees", Review),
    c("depassement-budget", Information),
    c("eligible-hors-charges", Review),
    c("action-inconnue", Review),
    c("capitalisation-projet-inconnu", Review),
    c("indicateur-inconnu", Review),
    c("cible-egale-limite", Review),
    c("cible-periode-illisible", Review),
    c("identifiant-double", Review),
    c("activite-proche", Review),
    c("objectif-double", Review),
    c("cooperation-avec-soi", Review),
    c("cooperation-contradictoire", Review),
    c("cooperation-chute", Review),
    c("temps-journee-longue", Review),
    c("benevolat-journee-longue", Information),
    c("duree-invraisemblable", Review),
    c("touches-inferieurs-presents", Information),
    c("realise-superieur-prevu", Information),
    c("stade-contradictoire", Review),
    c("commune-hors-territoire", Review),
];
