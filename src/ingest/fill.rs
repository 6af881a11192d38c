//! Values written once, on the first row of a block, and left blank below: filled down, as whoever
//! typed them reads them. Merged cells are no evidence, since some formats lose them.
//!
//! Only in the columns the schema says are written so, and only when the sheet shows the habit: it is
//! never written twice running, and a third of the rows or more leave it blank. A total, a title, a
//! repeated header or a blank row ends a block: nothing is carried across.

use super::{RawTable, Row, Value};
use crate::finding::{Finding, Place};
use std::sync::Arc;

/// Fills the columns of a table; one finding per column filled. `gaps`: blank rows show in the
/// numbers of the rows.
pub(super) fn down(raw: &mut RawTable, gaps: bool) -> Vec<Finding> {
    let spec = raw.table.spec();
    let once: Vec<_> = raw
        .columns
        .iter()
        .filter_map(|column| {
            spec.column(column.id).filter(|spec| spec.once).map(|spec| (spec, column.index))
        })
        .collect();
    if once.is_empty() {
        return Vec::new();
    }
    let opens = opens(raw, gaps);
    let mut findings = Vec::new();
    for (spec, index) in once {
        if !is_written_once(&raw.rows, &opens, index) {
            continue;
        }
        let mut carried = Value::Empty;
        let (mut n, mut first) = (0_usize, None);
        for (row, opens) in raw.rows.iter_mut().zip(&opens) {
            if *opens {
                carried = Value::Empty;
            }
            let cell = row.cell(index);
            if !cell.is_blank() {
                carried = cell.clone();
            } else if !carried.is_blank() {
                row.put(index, carried.clone());
                n += 1;
                first = first.or(Some(row.number));
            }
        }
        let place = Place {
            file: Arc::clone(&raw.file),
            sheet: Arc::clone(&raw.sheet),
            row: first,
            column: Some(index),
        };
        findings.push(
            Finding::new("cellules-completees", place, "")
                .with("n", n.to_string())
                .with("colonne", spec.header),
        );
    }
    findings
}

/// Which rows open a block: the first, and those that something separates from the row before.
fn opens(raw: &RawTable, gaps: bool) -> Vec<bool> {
    let mut left_out = raw.left_out.iter().map(|(number, _)| *number).peekable();
    let mut before: Option<u32> = None;
    raw.rows
        .iter()
        .map(|row| {
            let mut opens = before.is_none_or(|before| gaps && row.number > before + 1);
            while left_out.next_if(|number| *number < row.number).is_some() {
                opens = true;
            }
            before = Some(row.number);
            opens
        })
        .collect()
}

fn is_written_once(rows: &[Row], opens: &[bool], index: u32) -> bool {
    let (mut blanks, mut before) = (0_usize, &Value::Empty);
    for (row, opens) in rows.iter().zip(opens) {
        let cell = row.cell(index);
        if cell.is_blank() {
            blanks += 1;
        } else if !opens && cell == before {
            return false;
        }
        before = cell;
    }
    let opened = rows.first().is_some_and(|row| !row.cell(index).is_blank());
    opened && blanks >= 2 && blanks * 3 >= rows.len()
}

#[cfg(test)]
mod tests {
    use super::super::header::test_sheet;
    use super::super::{LeftOut, RawColumn};
    use super::*;
    use crate::schema::TableId;

    fn projects(rows: &[&[&str]], left_out: Vec<(u32, LeftOut)>) -> RawTable {
        RawTable {
            table: TableId::Projects,
            file: "f.xlsx".into(),
            sheet: "Projets".into(),
            header_row: 1,
            columns: vec![
                RawColumn { id: "theme", header: "Thème".into(), index: 0 },
                RawColumn { id: "name", header: "Nom".into(), index: 1 },
            ],
            constants: std::collections::BTreeMap::new(),
            rows: test_sheet("Projets", rows).rows,
            left_out,
        }
    }

    fn themes(raw: &RawTable) -> Vec<String> {
        raw.rows.iter().map(|row| row.cell(0).shown().into_owned()).collect()
    }

    #[test]
    fn a_theme_written_once_is_carried_to_the_end_of_its_block() {
        let rows: &[&[&str]] =
            &[&["Vélo", "A"], &["", "B"], &["", "C"], &["Eau", "D"], &["", "E"], &[], &["", "F"]];
        let mut raw = projects(rows, vec![]);
        let findings = down(&mut raw, true);
        assert_eq!(themes(&raw), ["Vélo", "Vélo", "Vélo", "Eau", "Eau", ""]);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].place.cell(), "A2");
        assert!(findings[0].details.contains(&("n", "3".into())));
    }

    #[test]
    fn nothing_crosses_a_total() {
        let rows: &[&[&str]] = &[&["Vélo", "A"], &["", "B"], &[], &["", "C"], &["Eau", "D"]];
        let mut raw = projects(rows, vec![(3, LeftOut::Total)]);
        down(&mut raw, false);
        assert_eq!(themes(&raw), ["Vélo", "Vélo", "", "Eau"]);
    }

    #[test]
    fn a_value_that_is_missing_now_and_then_stays_missing() {
        let twice: &[&[&str]] =
            &[&["Vélo", "A"], &["Vélo", "B"], &["", "C"], &["", "D"], &["Eau", "E"]];
        let rare: &[&[&str]] = &[
            &["Vélo", "A"],
            &["Eau", "B"],
            &["", "C"],
            &["Air", "D"],
            &["Sol", "E"],
            &["Bois", "F"],
        ];
        for rows in [twice, rare] {
            let mut raw = projects(rows, vec![]);
            let before = themes(&raw);
            assert!(down(&mut raw, true).is_empty());
            assert_eq!(themes(&raw), before);
        }
    }
}
