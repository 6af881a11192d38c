//! What is said of the layout of a sheet: how many rows are left out and why, what its titles and its
//! repeated columns became.

use super::LeftOut;
use super::body::Body;
use super::groups::Group;
use crate::finding::{Finding, Place, column_letters};
use crate::schema::ColumnSpec;
use std::collections::BTreeMap;

/// One finding per reason that has a code, with how many rows and the first. `adopted`: the column
/// that the titles of blocks became.
pub(super) fn counted(
    body: &Body,
    place: &Place,
    adopted: Option<&'static ColumnSpec>,
) -> Vec<Finding> {
    let section = if adopted.is_some() { "section-en-colonne" } else { "titre-de-section" };
    [
        (LeftOut::Total, "ligne-total"),
        (LeftOut::RepeatedHeader, "entete-repete"),
        (LeftOut::Section, section),
    ]
    .into_iter()
    .filter_map(|(reason, code)| {
        let (n, first) = body.count(reason)?;
        let finding = Finding::new(code, Place { row: Some(first), ..place.clone() }, "")
            .with("n", n.to_string())
            .with("ligne", first.to_string());
        Some(match adopted.filter(|_| reason == LeftOut::Section) {
            Some(column) => finding.with("colonne", column.header),
            None => finding,
        })
    })
    .collect()
}

/// Says that columns that repeat were read as rows.
pub(super) fn repeated(groups: &[Group], made: usize, place: &Place) -> Option<Finding> {
    let column = groups.first()?.values().min().copied();
    (made > 0).then(|| {
        Finding::new("colonnes-repetees", Place { column, ..place.clone() }, "")
            .with("n", groups.len().to_string())
            .with("lignes", made.to_string())
    })
}

/// Says which columns hold something and have no header: they are not read.
pub(super) fn nameless(columns: &BTreeMap<u32, usize>, place: &Place) -> Option<Finding> {
    let column = *columns.keys().next()?;
    let letters: Vec<String> = columns.keys().map(|column| column_letters(*column)).collect();
    Some(
        Finding::new("colonne-sans-titre", Place { column: Some(column), ..place.clone() }, "")
            .with("colonnes", letters.join(", "))
            .with("n", columns.values().sum::<usize>().to_string()),
    )
}
