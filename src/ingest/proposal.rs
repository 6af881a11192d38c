//! What a finding proposes when a sheet, or a column of it, is not understood.

use super::Sheet;
use super::header::Header;
use crate::finding::{Finding, Place, column_letters};
use crate::schema::TableId;
use crate::schema::vocabulary;
use std::sync::Arc;

/// A header as a finding may say it: in a table about people, one that is no known word may be
/// somebody's name, and its column is said by its letters.
pub(super) fn quoted(table: TableId, column: u32, text: &str) -> String {
    if table.spec().people && !vocabulary::is_known(text) {
        column_letters(column)
    } else {
        text.to_owned()
    }
}

/// One finding for all the columns of a sheet that nobody knows.
pub(super) fn unknown_columns(
    sheet: &Sheet,
    table: TableId,
    unknown: &[(u32, String)],
) -> Option<Finding> {
    let names: Vec<String> =
        unknown.iter().map(|(column, text)| quoted(table, *column, text)).collect();
    let place = Place::sheet(Arc::clone(&sheet.file), Arc::clone(&sheet.name));
    (!names.is_empty()).then(|| {
        Finding::new("colonne-inconnue", place, names.join(" ; "))
            .with("n", names.len().to_string())
    })
}

/// The finding for a sheet without table, with what to paste in the settings.
pub(super) fn nobody_wants(sheet: &Sheet, told: Option<TableId>, list: &[Header]) -> Finding {
    let nearest = list.first();
    let missing: Vec<&str> =
        nearest.map(|h| h.missing.iter().map(|c| c.header).collect()).unwrap_or_default();
    let table = told.or(nearest.map(|header| header.table));
    let place = Place::sheet(Arc::clone(&sheet.file), Arc::clone(&sheet.name));
    Finding::new("feuille-sans-table", place, &*sheet.name)
        .with("table", table.map_or("…", |table| table.spec().sheet))
        .with("source", proposal(sheet, table, &missing))
}

/// A `[[source]]` entry ready to paste.
pub(super) fn proposal(sheet: &Sheet, table: Option<TableId>, missing: &[&str]) -> String {
    let mut lines = vec!["[[source]]".to_owned(), format!("fichier = {:?}", &*sheet.file)];
    if !sheet.name.is_empty() {
        lines.push(format!("feuille = {:?}", &*sheet.name));
    }
    lines.push(format!("table = {:?}", table.map_or("…", |table| table.spec().sheet)));
    if !missing.is_empty() {
        let columns: Vec<String> = missing.iter().map(|name| format!("{name:?} = \"…\"")).collect();
        lines.push(format!("colonnes = {{ {} }}", columns.join(", ")));
    }
    lines.join("\n")
}
