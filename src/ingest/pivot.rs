//! Pivot tables: sums of other sheets, often stale. They are left out and said. They show by their
//! shape, whichever program made them.

use super::{Row, Sheet};
use crate::texts::fold;

/// Rows at the top of a sheet where a pivot table begins.
const SEARCHED: usize = 12;

/// Cells only pivot tables have, folded.
const LABELS: &[&str] =
    &["etiquette de ligne", "etiquette de colonne", "row label", "column label"];

/// How the cell that says what is added up begins, folded: of Excel, then of LibreOffice.
const MEASURES: &[&str] = &[
    "somme de ",
    "nombre de ",
    "nb de ",
    "moyenne de ",
    "max de ",
    "min de ",
    "sum of ",
    "count of ",
    "average of ",
    "somme ",
    "nombre ",
    "moyenne ",
    "sum ",
    "count ",
];

/// What the corner of a pivot table says, folded.
const CORNERS: &[&str] = &["donnee", "data", "filtre", "filter", "valeur", "value"];

/// What its last row says, folded.
const ENDS: &[&str] = &["total general", "grand total", "total resultat", "total result"];

/// The sheet is a pivot table and nothing else.
pub(super) fn is_pivot(sheet: &Sheet) -> bool {
    let top = &sheet.rows[..sheet.rows.len().min(SEARCHED)];
    let words = |row: &Row, test: &dyn Fn(&str) -> bool| {
        row.filled()
            .filter_map(|(_, cell)| cell.words())
            .any(|text| text.len() < 80 && test(&fold(text)))
    };
    let labelled = top.iter().any(|row| words(row, &|text| LABELS.contains(&text)));
    let last = sheet.rows.iter().rev().take(3);
    let mut firsts = last.filter_map(|row| row.filled().next()?.1.words());
    let ended = firsts.any(|text| ENDS.contains(&fold(text).as_str()));
    if labelled || !ended {
        return labelled && (ended || top.iter().any(|row| words(row, &measures)));
    }
    // The corner stands before the header: what is added up alone, or beside its one column.
    let mut corners = top.iter().take_while(|row| row.filled_count() <= 2);
    corners.any(|row| {
        let corner = row.filled().next().and_then(|(_, cell)| cell.words()).map(fold);
        corner.is_some_and(|text| measures(&text) || CORNERS.contains(&text.as_str()))
    })
}

fn measures(text: &str) -> bool {
    MEASURES.iter().any(|start| text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::super::header::test_sheet;
    use super::*;

    #[test]
    fn pivot_tables_by_their_shape() {
        let excel: &[&[&str]] = &[
            &["Étiquettes de lignes", "Somme de Montant"],
            &["Culture", "10"],
            &["Total général", "10"],
        ];
        let old: &[&[&str]] = &[
            &["Somme de Montant", ""],
            &["Thématique", "Total"],
            &["Culture", "10"],
            &["(vide)", ""],
            &["Total général", "10"],
        ];
        let office: &[&[&str]] = &[
            &["Filtre", ""],
            &[],
            &["Somme - Montant", "Année"],
            &["Thème", "2025", "2026", "Total Résultat"],
            &["Eau", "5", "5", "10"],
            &["Total Résultat", "5", "5", "10"],
        ];
        for rows in [excel, old, office] {
            assert!(is_pivot(&test_sheet("x", rows)), "{rows:?}");
        }
    }

    #[test]
    fn a_table_that_counts_is_not_a_pivot_table() {
        let counted: &[&[&str]] = &[
            &["Id", "Date", "Intitulé", "Nombre de participants"],
            &["A1", "01/02/2026", "Atelier", "12"],
            &["Total général", "", "", "12"],
        ];
        let short: &[&[&str]] =
            &[&["Nombre de participants", "Date"], &["12", "01/02/2026"], &["3", "02/02/2026"]];
        let budget: &[&[&str]] =
            &[&["Poste", "Valeur"], &["Loyer", "12"], &["Total général", "12"]];
        for rows in [counted, short, budget] {
            assert!(!is_pivot(&test_sheet("x", rows)), "{rows:?}");
        }
    }
}
