//! Columns that must not be kept about people at all: never read, and said.

use crate::finding::Finding;
use crate::ingest::{Ingested, RawTable};
use crate::texts::fold;

/// Headers, folded: the special categories of article 9 of the GDPR, the social security number, and
/// the *posture*, which describes organisations, never persons.
const SENSITIVE: &[&str] = &[
    "posture",
    "positionnement",
    "opinion politique",
    "parti politique",
    "parti",
    "religion",
    "syndicat",
    "appartenance syndicale",
    "etat de sante",
    "sante",
    "handicap",
    "origine ethnique",
    "orientation sexuelle",
    "numero de securite sociale",
    "n securite sociale",
    "nir",
];

/// One finding per sensitive column of a sheet about people. Columns the schema does not know are
/// listed by reading in its finding `colonne-inconnue`, and never typed.
pub(super) fn columns(raw: &RawTable, ingested: &Ingested) -> Vec<Finding> {
    if !raw.table.spec().people {
        return Vec::new();
    }
    ingested
        .findings
        .iter()
        .filter(|f| f.code == "colonne-inconnue" && f.place.file == raw.file)
        .filter(|f| f.place.sheet == raw.sheet)
        .flat_map(|finding| finding.read.split(" ; ").map(move |header| (finding, header)))
        .filter(|(_, header)| SENSITIVE.contains(&fold(header).as_str()))
        .map(|(finding, header)| Finding::new("donnee-sensible", finding.place.clone(), header))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_written_as_headers_are_folded() {
        for header in SENSITIVE {
            assert_eq!(fold(header), *header);
        }
    }
}
