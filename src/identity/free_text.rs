//! E-mail addresses, telephone numbers and names of participants typed anywhere else than in their own
//! columns: masked before anything else reads the text, and said.

use super::names::Names;
use crate::finding::Finding;
use crate::schema::Kind;
use crate::tables::{Column, Tables};
use crate::texts::{self, plain};
use std::sync::Arc;

/// First words of the names of communes that may be a name and a first name: Saint-Claude.
const OF_PLACES: [&str; 7] = ["saint", "sainte", "st", "ste", "le", "la", "les"];

fn is_place(commune: &str) -> bool {
    plain(commune).split(' ').next().is_some_and(|word| OF_PLACES.contains(&word))
}

/// Masks every typed column of every table; one finding per cell.
pub(super) fn mask(tables: &mut Tables, names: &Names) -> Vec<Finding> {
    let mut findings = Vec::new();
    for table in tables.given() {
        let Some(mut frame) = tables.remove(table) else { continue };
        for column in frame.spec.columns {
            // Whatever its kind: a choice or a number that is not recognised is kept as typed.
            let values = (!column.personal).then(|| frame.columns.remove(column.id));
            let Some(mut values) = values.flatten() else { continue };
            let masked = |text: &str| match column.kind {
                // A code may be a title, which is masked where it is written in full: names are masked in
                // it as well, so that it still leads there, but a code is no telephone number.
                Kind::Code => names.without_names(text),
                Kind::Commune if is_place(text) => texts::mask::masked(text),
                _ => names.masked(text),
            };
            let mut masked_rows = Vec::new();
            match &mut values {
                Column::Text(words) => {
                    let changed = words.replace(|text| masked(text).map(Arc::from));
                    let text = |row| words.get(row).map(|text| text.to_string());
                    masked_rows
                        .extend(words.rows_of(&changed).filter_map(|row| Some((row, text(row)?))));
                }
                Column::List(cells) => {
                    for (row, cell) in cells.iter_mut().enumerate() {
                        for item in cell.iter_mut() {
                            if let Some(masked) = masked(item) {
                                masked_rows.push((row, masked.clone()));
                                *item = Arc::from(masked);
                            }
                        }
                    }
                }
                _ => {}
            }
            frame.columns.insert(column.id, values);
            findings.extend(masked_rows.into_iter().map(|(row, masked)| {
                Finding::new("donnee-personnelle", frame.place(row, column.id), masked)
            }));
        }
        tables.insert(frame);
    }
    findings
}
