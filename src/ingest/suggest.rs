//! What an unknown header most probably means, by its words and by what its cells hold. A suggestion
//! is said, never followed.

use super::Row;
use super::content::Content;
use super::header::Header;
use crate::schema::vocabulary::{self, bare};
use crate::schema::{ColumnSpec, Kind};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Points, out of 100 and what the cells add, from which a suggestion is worth making.
const LIKELY: u32 = 62;

/// Points by which the best meaning must pass the next.
const CLEAR: u32 = 8;

/// Unknown columns looked at: past that, the sheet is no table of the schema.
const LOOKED_AT: usize = 100;

/// Words that say nothing of what a column holds, folded.
const EMPTY_WORDS: &[&str] = &[
    "a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "n", "of", "par",
    "pour", "sur", "the", "un", "une",
];

/// Words that many headers share, folded.
const VAGUE: &[&str] = &["date", "lieu", "montant", "nom", "nombre", "numero", "statut", "type"];

/// Words of other trades for words of the schema, folded.
const SYNONYMS: &[(&str, &str)] = &[
    ("raison sociale", "nom beneficiaire"),
    ("organisme", "beneficiaire"),
    ("structure", "beneficiaire"),
    ("association", "beneficiaire"),
    ("mandate", "montant accorde"),
    ("alloue", "accorde"),
    ("attribue", "accorde"),
    ("octroye", "accorde"),
    ("vote", "accorde"),
    ("notifie", "accorde"),
    ("paye", "encaisse"),
    ("paiement", "encaisse"),
    ("verse", "encaisse"),
    ("sollicite", "demande"),
    ("somme", "montant"),
    ("descriptif", "objet"),
    ("designation", "intitule"),
    ("quoi", "intitule"),
    ("sujet", "intitule"),
    ("quand", "date"),
    ("combien", "nombre"),
    ("courriel", "e mail"),
    ("mel", "e mail"),
    ("ville", "commune"),
    ("localite", "commune"),
    ("temp", "duree"),
    ("partenaire financier", "financeur"),
    ("bailleur", "financeur"),
    ("contributeur", "financeur"),
    ("salarie", "charge de mission"),
];

/// An unknown column and what it probably means.
#[derive(Debug)]
pub(super) struct Suggestion {
    /// Column of the sheet.
    pub column: u32,
    /// Its header as typed.
    pub header: String,
    /// The column of the schema it probably is.
    pub meant: &'static ColumnSpec,
}

/// The suggestions for the unknown columns of a header, in sheet order. `given` says which columns of
/// the schema the settings fill already.
pub(super) fn suggest(
    header: &Header,
    rows: &[Row],
    given: impl Fn(&str) -> bool,
) -> Vec<Suggestion> {
    let spec = header.table.spec();
    let free: Vec<&'static ColumnSpec> =
        spec.columns.iter().filter(|c| header.index(c.id).is_none() && !given(c.id)).collect();
    let named: Vec<Vec<Vec<String>>> =
        free.iter().map(|meant| vocabulary::names(meant).map(words).collect()).collect();
    let unknown: Vec<(u32, &String, Content)> = header
        .unknown
        .iter()
        .filter(|(_, text)| text.len() <= vocabulary::LONGEST)
        .take(LOOKED_AT)
        .map(|(column, text)| (*column, text, Content::of(rows, *column)))
        .collect();
    let mut likely = Vec::new();
    for (column, text, content) in &unknown {
        let words = words(text);
        let mut scored: Vec<(u32, &'static ColumnSpec)> = free
            .iter()
            .zip(&named)
            .filter_map(|(meant, names)| {
                let named = names.iter().map(|name| likeness(&words, name)).max()?;
                Some((points(meant, named, content, spec.people)?, *meant))
            })
            .collect();
        scored.sort_by_key(|(points, _)| Reverse(*points));
        let next = scored.get(1).map_or(0, |(points, _)| *points);
        if let Some((best, meant)) =
            scored.first().filter(|(p, _)| *p >= LIKELY && *p >= next + CLEAR)
        {
            likely.push((Reverse(*best), *column, *text, *meant));
        }
    }
    likely.sort_by_key(|(points, column, ..)| (*points, *column));
    let mut taken = BTreeSet::new();
    let mut found: Vec<Suggestion> = likely
        .into_iter()
        .filter(|(_, _, _, meant)| taken.insert(meant.id))
        .map(|(_, column, text, meant)| Suggestion { column, header: text.clone(), meant })
        .collect();
    // What must be there, and that one column alone can be.
    for meant in free.iter().filter(|c| c.required && is_telling(c.kind) && !spec.people) {
        let open = |column: u32| !found.iter().any(|s| s.column == column);
        let mut fit = unknown
            .iter()
            .filter(|(column, _, content)| open(*column) && content.fits(meant) == Some(true));
        if !found.iter().any(|s| s.meant.id == meant.id)
            && let (Some((column, text, _)), None) = (fit.next(), fit.next())
        {
            let (column, header) = (*column, (*text).clone());
            found.push(Suggestion { column, header, meant });
        }
    }
    found.sort_by_key(|suggestion| suggestion.column);
    found
}

/// Cells of such a column look like no other's.
fn is_telling(kind: Kind) -> bool {
    matches!(kind, Kind::Date | Kind::Money | Kind::Year | Kind::Siret | Kind::Choice(_))
}

/// How probable a meaning is, its name being so alike; `None` when the cells say no.
fn points(meant: &'static ColumnSpec, named: u32, content: &Content, people: bool) -> Option<u32> {
    let fits = content.fits(meant);
    // Many columns number something: an identifier is only looked for where there must be one.
    if meant.id == "id" && !meant.required {
        return None;
    }
    // In a table about people, a header that shares no word with the schema may be a name.
    if fits == Some(false) || (people && named < LIKELY) {
        return None;
    }
    let held = match (fits, meant.kind) {
        // Labels that are none of the list's: only its own name would do.
        (None, Kind::Choice(_) | Kind::Choices(_)) if named < 90 => return None,
        (None, _) => 0,
        (_, Kind::Number | Kind::Integer | Kind::Money | Kind::Year) => 10,
        _ => 25,
    };
    Some(named + held)
}

/// How alike two headers are: 70 points for their words, 30 for their letters.
fn likeness(a: &[String], b: &[String]) -> u32 {
    let weight = |words: &[String]| words.iter().map(|word| weight(word)).sum::<u32>();
    let total = weight(a) + weight(b);
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    let common: Vec<String> =
        a.iter().filter(|word| b.iter().any(|other| is_same(word, other))).cloned().collect();
    let letters = strsim::jaro_winkler(&a.concat(), &b.concat());
    // Below that, two words of one language are alike by chance.
    let alike = if letters < 0.9 { 0.0 } else { 30.0 * letters };
    (140 * weight(&common) / total).min(70) + alike as u32
}

/// A word that begins many headers says little of one.
fn weight(word: &str) -> u32 {
    if VAGUE.contains(&word) { 1 } else { 2 }
}

/// The same word, or a slip of the keyboard away.
fn is_same(a: &str, b: &str) -> bool {
    a == b || (a.len().min(b.len()) >= 5 && strsim::osa_distance(a, b) <= 1)
}

/// The words of a header that count, in the words of the schema.
fn words(header: &str) -> Vec<String> {
    let mut text = format!(" {} ", bare(header));
    for (theirs, ours) in SYNONYMS {
        text = text.replace(&format!(" {theirs} "), &format!(" {ours} "));
    }
    let counts = |word: &&str| !EMPTY_WORDS.contains(word);
    let mut words: Vec<String> =
        text.split_whitespace().filter(counts).map(str::to_owned).collect();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::super::header::{Names, candidates, test_sheet};
    use super::*;
    use crate::schema::TableId;

    fn suggested(name: &str, rows: &[&[&str]]) -> Vec<(String, &'static str)> {
        let sheet = test_sheet(name, rows);
        let names = Names { sheet: name, file: "f", alone: false };
        let header = candidates(&sheet, names, None).remove(0);
        suggest(&header, &sheet.rows[header.at + 1..], |_| false)
            .into_iter()
            .map(|s| (s.header, s.meant.id))
            .collect()
    }

    #[test]
    fn words_and_cells_say_what_a_column_means() {
        let rows: &[&[&str]] = &[
            &["Financeur", "Mandaté", "Raison sociale", "Couleur", "Descriptif du projet"],
            &["ADEME", "1200", "Vélo pour tous", "rouge", "Ateliers"],
            &["Région", "800", "Jardin", "bleu", "Marché"],
        ];
        let found = suggested("Financements", rows);
        assert!(found.contains(&("Mandaté".into(), "granted")), "{found:?}");
        assert!(found.contains(&("Raison sociale".into(), "beneficiary")), "{found:?}");
        assert!(!found.iter().any(|(header, _)| header == "Couleur"), "{found:?}");
    }

    #[test]
    fn cells_that_say_no_forbid_a_suggestion() {
        let rows: &[&[&str]] =
            &[&["Financeur", "Somme allouée"], &["ADEME", "à voir"], &["Région", "en attente"]];
        assert_eq!(suggested("Financements", rows), []);
    }

    #[test]
    fn the_only_column_of_dates_is_the_date_that_must_be() {
        let rows: &[&[&str]] = &[
            &["Id", "Intitulé", "Tenue"],
            &["A1", "Atelier", "01/02/2026"],
            &["A2", "Stand", "12 mars 2026"],
        ];
        assert_eq!(suggested("Activités", rows), [("Tenue".to_owned(), "date")]);
    }

    #[test]
    fn nobody_is_suggested_as_a_column() {
        let rows: &[&[&str]] =
            &[&["Id", "Commune", "Marie Dupont"], &["P1", "Sucy", "oui"], &["P2", "Sucy", "oui"]];
        assert_eq!(suggested("Participants", rows), []);
    }

    #[test]
    fn every_synonym_is_written_as_headers_are_folded() {
        for (theirs, ours) in SYNONYMS {
            assert_eq!(bare(theirs), *theirs);
            assert_eq!(bare(ours), *ours);
        }
        let known = TableId::Funding.spec().columns.iter().flat_map(vocabulary::names);
        assert!(known.map(words).any(|words| words.contains(&"accorde".to_owned())));
    }
}
