//! The accents of a sheet: put back where a wrong encoding is certain, said where they are lost.

use super::{Sheet, Value};
use crate::finding::{Finding, Place};
use crate::schema::vocabulary;
use crate::texts::mend::{is_lossy, mended};
use std::borrow::Cow;
use std::sync::Arc;

/// Rows where a header may be.
const SEARCHED: usize = 30;

/// Cells of one fate: how many, and the first (row, column).
#[derive(Default)]
struct Tally {
    cells: u32,
    first: Option<(u32, u32)>,
}

impl Tally {
    fn add(&mut self, row: u32, column: u32) {
        self.cells += 1;
        self.first.get_or_insert((row, column));
    }

    /// The finding, which quotes nothing: whose table it is is not known yet.
    fn said(&self, code: &'static str, sheet: &Sheet) -> Option<Finding> {
        let (row, column) = self.first?;
        let place = Place::sheet(Arc::clone(&sheet.file), Arc::clone(&sheet.name));
        let place = Place { row: Some(row), column: Some(column), ..place };
        Some(Finding::new(code, place, "").with("n", self.cells.to_string()))
    }
}

/// Mends the name and the cells of a sheet, and says so.
pub(super) fn sheet(sheet: &mut Sheet) -> Vec<Finding> {
    if let Some(name) = restored(&sheet.name, true) {
        sheet.name = name.into();
    }
    let (mut repaired, mut lost) = (Tally::default(), Tally::default());
    for (place, row) in sheet.rows.iter_mut().enumerate() {
        for (column, cell) in (0_u32..).zip(&mut row.cells) {
            let Value::Text(text) = cell else { continue };
            if text.is_ascii() {
                continue;
            }
            let better = restored(text, place < SEARCHED);
            if is_lossy(better.as_deref().unwrap_or(text)) {
                lost.add(row.number, column);
            }
            if let Some(better) = better {
                repaired.add(row.number, column);
                *text = better.into();
            }
        }
    }
    [repaired.said("texte-repare", sheet), lost.said("accents-perdus", sheet)]
        .into_iter()
        .flatten()
        .collect()
}

/// The text mended, if it can be; a header without some of its letters is the only one it could be.
fn restored(text: &str, header: bool) -> Option<String> {
    let mended = mended(text);
    if header
        && is_lossy(&mended)
        && let Some(known) = vocabulary::only_one(mended.trim())
    {
        return Some(known.to_owned());
    }
    match mended {
        Cow::Borrowed(_) => None,
        Cow::Owned(mended) => Some(mended),
    }
}

#[cfg(test)]
mod tests {
    use super::super::header::test_sheet;
    use super::*;

    #[test]
    fn headers_names_and_cells_are_mended_or_said() {
        let mut damaged = test_sheet(
            "ActivitÃ©s",
            &[
                &["Id", "IntitulÃ©", "Dur\u{fffd}e (h)"],
                &["A1", "FÃªte", "2"],
                &["A2", "Go\u{fffd}ter", "3"],
                &["A3", "Été", "4"],
            ],
        );
        let findings = sheet(&mut damaged);
        let said: Vec<_> =
            findings.iter().map(|f| (f.code, f.place.cell(), f.details[0].1.as_str())).collect();
        assert_eq!(
            said,
            [("texte-repare", "B1".into(), "3"), ("accents-perdus", "B3".into(), "1")]
        );
        assert!(findings.iter().all(|finding| finding.read.is_empty()));
        assert_eq!(&*damaged.name, "Activités");
        let shown = |row: usize, column: u32| damaged.rows[row].cell(column).shown().into_owned();
        assert_eq!([shown(0, 1), shown(0, 2), shown(1, 1)], ["Intitulé", "Durée (h)", "Fête"]);
        assert_eq!(shown(3, 1), "Été");
    }
}
