//! Several tables on one sheet: one above the other, with blank rows and another header between them,
//! or side by side, with a blank column between them. A sheet is cut only where each part has a header
//! that is sure by itself; rows and columns keep their places in the sheet.

use super::header::{self, Header};
use super::line::{Again, is_wordy};
use super::{Row, Sheet, Value};
use std::sync::Arc;

/// Rows in which a side table must have its header.
const SEARCHED: usize = 30;

/// Rows that may be the header of another table and are looked at closely.
const TRIED: usize = 500;

/// The tables of a sheet, or the sheet itself.
pub(super) fn split(sheet: Sheet) -> Vec<Sheet> {
    let parts = beside(sheet);
    parts.into_iter().flat_map(above).collect()
}

/// A part of a sheet.
fn part(sheet: &Sheet, rows: Vec<Row>) -> Sheet {
    Sheet {
        file: Arc::clone(&sheet.file),
        name: Arc::clone(&sheet.name),
        rows,
        hidden_rows: Vec::new(),
    }
}

/// Tables side by side at the most: past it, blank columns are a way to space things out.
const MOST_BESIDE: usize = 16;

/// Tables side by side.
fn beside(mut sheet: Sheet) -> Vec<Sheet> {
    // Most sheets have no blank column in their first rows, which spares a walk through the others.
    if bands(&sheet.rows[..sheet.rows.len().min(SEARCHED)]).len() < 2 {
        return vec![sheet];
    }
    let bands = bands(&sheet.rows);
    let is_sure = |band: &(usize, usize)| {
        let rows: Vec<Row> =
            sheet.rows.iter().take(SEARCHED).filter_map(|row| cut(row, *band)).collect();
        (0..rows.len()).any(|at| header::sure_at(&rows, at).is_some())
    };
    if !(2..=MOST_BESIDE).contains(&bands.len()) || !bands.iter().all(is_sure) {
        return vec![sheet];
    }
    let rows = std::mem::take(&mut sheet.rows);
    let mut parts = vec![Vec::new(); bands.len()];
    for row in rows {
        for (part, band) in parts.iter_mut().zip(&bands) {
            part.extend(cut(&row, *band));
        }
    }
    parts.into_iter().map(|rows| part(&sheet, rows)).collect()
}

/// Runs of columns that hold something, first and last.
fn bands(rows: &[Row]) -> Vec<(usize, usize)> {
    let mut filled: Vec<bool> = Vec::new();
    for row in rows {
        if filled.len() < row.cells.len() {
            filled.resize(row.cells.len(), false);
        }
        for (filled, cell) in filled.iter_mut().zip(&row.cells) {
            *filled |= !cell.is_blank();
        }
    }
    let mut bands: Vec<(usize, usize)> = Vec::new();
    for (column, _) in filled.iter().enumerate().filter(|(_, filled)| **filled) {
        match bands.last_mut() {
            Some((_, last)) if *last + 1 == column => *last = column,
            _ => bands.push((column, column)),
        }
    }
    bands
}

/// The cells of a row in a run of columns, in their place; nothing when they are blank.
fn cut(row: &Row, (first, last): (usize, usize)) -> Option<Row> {
    let kept = row.cells.get(first..row.cells.len().min(last + 1))?;
    let mut cells = vec![Value::Empty; first];
    cells.extend_from_slice(kept);
    let cut = Row { number: row.number, cells };
    (!cut.is_blank()).then_some(cut)
}

/// Tables one above the other.
fn above(mut sheet: Sheet) -> Vec<Sheet> {
    let starts = starts(&sheet.rows);
    if starts.is_empty() {
        return vec![sheet];
    }
    let mut parts = Vec::with_capacity(starts.len() + 1);
    for start in starts.into_iter().rev() {
        parts.push(sheet.rows.split_off(start));
    }
    parts.push(std::mem::take(&mut sheet.rows));
    parts.into_iter().rev().map(|rows| part(&sheet, rows)).collect()
}

/// Places of the rows where another table begins: its title, or its header.
fn starts(rows: &[Row]) -> Vec<usize> {
    let cut_off = |at: usize| at > 0 && rows[at].number > rows[at - 1].number + 1;
    let mut candidates = (1..rows.len()).filter(|at| cut_off(*at)).peekable();
    if candidates.peek().is_none() {
        return Vec::new();
    }
    // Without a sure header at the top, what comes below may be anything.
    let first = (0..rows.len().min(SEARCHED)).find_map(|at| header::sure_at(rows, at));
    let Some(first) = first else { return Vec::new() };
    let mut above = vec![again(rows, &first)];
    let mut below = first.at;
    let mut starts = Vec::new();
    let mut tried = 0;
    for start in candidates.filter(|at| *at > first.at) {
        if start <= below {
            continue;
        }
        // A title may stand over the header.
        let mut at = start;
        while at < start + 2 && rows.get(at).is_some_and(|row| row.filled_count() == 1) {
            at += 1;
        }
        let Some(row) = rows.get(at).filter(|row| is_header_like(row)) else { continue };
        if above.iter().any(|above| above.is(row)) {
            continue;
        }
        tried += 1;
        if tried > TRIED {
            break;
        }
        if let Some(header) = header_under(rows, at) {
            above.push(again(rows, &header));
            below = header.at;
            starts.push(start);
        }
    }
    starts
}

/// Two words or more, and nothing else.
fn is_header_like(row: &Row) -> bool {
    is_wordy(row) && row.filled_count() >= 2
}

/// A sure header on a row, or on it and the next.
fn header_under(rows: &[Row], at: usize) -> Option<Header> {
    let one =
        header::sure_at(rows, at).filter(|header| header.upper.is_none_or(|upper| upper >= at));
    one.or_else(|| header::sure_at(rows, at + 1).filter(|header| header.upper == Some(at)))
}

fn again(rows: &[Row], header: &Header) -> Again {
    let first = header.upper.unwrap_or(header.at);
    let rows: Vec<&Row> = rows.iter().take(header.at + 1).skip(first).collect();
    Again::new(&header.texts, &rows)
}

#[cfg(test)]
mod tests {
    use super::super::header::test_sheet;
    use super::*;

    fn numbers(rows: &[&[&str]]) -> Vec<Vec<u32>> {
        let parts = split(test_sheet("x", rows));
        parts.iter().map(|part| part.rows.iter().map(|row| row.number).collect()).collect()
    }

    const ACTIVITIES: &[&str] = &["Id", "Date", "Intitulé"];
    const GRANTS: &[&str] = &["Financeur", "Montant demandé", "Statut"];

    #[test]
    fn tables_one_above_the_other() {
        let one = &["A1", "01/02/2026", "Atelier"];
        let rows: &[&[&str]] =
            &[ACTIVITIES, one, one, &[], &["Nos financements"], GRANTS, &["ADEME", "10", "voté"]];
        assert_eq!(numbers(rows), [vec![1, 2, 3], vec![5, 6, 7]]);
        // The same header again, or a legend, are no other table.
        let again: &[&[&str]] = &[ACTIVITIES, one, &[], ACTIVITIES, one, &[], &["x", "présent"]];
        assert_eq!(numbers(again).len(), 1);
    }

    #[test]
    fn tables_side_by_side_keep_their_cells() {
        let rows: &[&[&str]] = &[
            &["Id", "Date", "Intitulé", "", "Financeur", "Montant demandé", "Statut"],
            &["A1", "01/02/2026", "Atelier", "", "ADEME", "10", "voté"],
            &["A2", "01/02/2026", "Atelier"],
        ];
        let parts = split(test_sheet("x", rows));
        assert_eq!(numbers(rows), [vec![1, 2, 3], vec![1, 2]]);
        assert_eq!(parts[1].rows[1].cell(4).shown(), "ADEME");
        assert!(parts[1].rows[1].cell(0).is_blank());
        let spaced: &[&[&str]] = &[
            &["Id", "Date", "Intitulé", "", "Commune", "Durée (h)"],
            &["A1", "01/02/2026", "Atelier", "", "Sucy", "2"],
        ];
        assert_eq!(numbers(spaced).len(), 1);
    }
}
