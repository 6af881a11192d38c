//! Columns that must not be kept about people at all: never read, and said.

use crate::finding::Finding;
use crate::ingest::{Ingested, RawTable};
use crate::schema::vocabulary;

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
        .filter(|(_, header)| vocabulary::is_sensitive(header))
        .map(|(finding, header)| Finding::new("donnee-sensible", finding.place.clone(), header))
        .collect()
}
