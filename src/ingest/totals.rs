//! Rows that add up the rows above: by their words, or by their figures.

use super::header::Header;
use super::{Row, Value};
use crate::texts::fold;

/// First words of a total row, folded (which takes the `s` of `sous`).
const TOTALS: &[&str] = &[
    "total",
    "totau",
    "sou total",
    "sou totau",
    "s total",
    "grand total",
    "montant total",
    "cout total",
    "consolidation",
];

/// What may follow such a word in a total; otherwise it is the beginning of a name.
const AFTER_TOTAL: &[&str] = &[
    "general",
    "generale",
    "generaux",
    "cumule",
    "annuel",
    "partiel",
    "intermediaire",
    "ht",
    "ttc",
    "de",
    "du",
    "d",
    "par",
    "a",
    "pour",
    "depense",
    "recette",
    "charge",
    "produit",
    "trimestre",
    "territoire",
    "global",
    "resultat",
    "direction",
    "service",
    "pole",
    "axe",
    "theme",
    "thematique",
    "bloc",
    "section",
];

/// Its words say total. `typical`: cells a usual row fills.
pub(super) fn is_total(row: &Row, typical: usize) -> bool {
    // What has a date took place.
    if has_date(row) {
        return false;
    }
    let mut texts = row.filled().filter_map(|(_, cell)| cell.words());
    let Some(first) = texts.next() else { return false };
    if may_open_a_total(first) {
        let said = total(first);
        if said == Some(true) || (said == Some(false) && row.filled_count() * 2 <= typical) {
            return true;
        }
    }
    // In another column than the first: only on a row with holes, beside a figure.
    texts.any(|text| may_open_a_total(text) && total(text) == Some(true))
        && row.filled_count() < typical
        && row.filled().any(|(_, cell)| cents(cell).is_some())
}

fn has_date(row: &Row) -> bool {
    row.filled().any(|(_, cell)| matches!(cell, Value::Date(_)))
}

/// A total by its first letter, which spares the others a closer look.
fn may_open_a_total(text: &str) -> bool {
    text.trim_start_matches(|c: char| !c.is_alphanumeric())
        .starts_with(['t', 'T', 's', 'S', 'c', 'C', 'g', 'G', 'm', 'M'])
}

/// `Some(true)`: total, and nothing else; `Some(false)`: total, then perhaps the rest of a name.
fn total(text: &str) -> Option<bool> {
    let folded = fold(text);
    let (word, rest) = TOTALS.iter().find_map(|word| Some((*word, folded.strip_prefix(word)?)))?;
    if rest.is_empty() {
        return Some(true);
    }
    // « Consolidation du collectif » is something one does.
    if word == "consolidation" {
        return rest.trim_start().starts_with("general").then_some(true);
    }
    let next = rest.strip_prefix(' ')?.split(' ').next().unwrap_or_default();
    Some(AFTER_TOTAL.contains(&next) || next.parse::<u32>().is_ok())
}

/// Sums of the rows kept so far, brought up to date only when a row claims to be one of them.
#[derive(Debug, Default)]
pub(super) struct Sums {
    /// Place of the first row of the block.
    start: usize,
    /// Rows added so far.
    done: usize,
    block: Vec<Sum>,
    all: Vec<Sum>,
    /// Columns that hold names, codes or days: a row of sums without a title has none of them.
    naming: Vec<u32>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Sum {
    cents: i64,
    figures: usize,
}

impl Sums {
    /// Sums under a header.
    pub(super) fn under(header: &Header) -> Self {
        let spec = header.table.spec();
        let quantity = |id: &str| spec.column(id).is_some_and(|c| c.kind.is_quantity());
        let naming = header.columns.iter().filter(|column| !quantity(column.id));
        Self { naming: naming.map(|column| column.index).collect(), ..Self::default() }
    }

    /// The next row kept opens another block.
    pub(super) fn open(&mut self, kept: &[Row]) {
        self.start = kept.len();
    }

    /// The row is provably the sum of the block above, or of all rows above: it has holes, no text
    /// but perhaps a title of total, and each of its figures is the sum of two or more above it.
    pub(super) fn prove(&mut self, kept: &[Row], row: &Row, typical: usize) -> bool {
        let words = row.filled().filter_map(|(_, cell)| cell.words());
        let mut words = words.filter(|text| !is_figure(text));
        let claims = match words.next() {
            _ if has_date(row) => false,
            None => {
                let named = row.filled().any(|(column, _)| self.naming.contains(&column));
                !named && row.filled_count() < typical
            }
            Some(text) => may_open_a_total(text) && total(text).is_some() && words.next().is_none(),
        };
        if !claims {
            return false;
        }
        self.advance(kept);
        let is_sum_of = |sums: &[Sum]| {
            let (mut figures, mut some) = (0, false);
            for (column, cell) in row.filled() {
                let Some(read) = cents(cell) else { continue };
                let sum = sums.get(column as usize).copied().unwrap_or_default();
                if sum.figures < 2 || sum.cents != read {
                    return false;
                }
                figures += 1;
                some |= read != 0;
            }
            figures > 0 && some
        };
        is_sum_of(&self.block) || is_sum_of(&self.all)
    }

    fn advance(&mut self, kept: &[Row]) {
        if self.start >= self.done {
            self.block.clear();
        }
        for (place, row) in kept.iter().enumerate().skip(self.done) {
            for (column, cell) in row.filled() {
                let Some(read) = cents(cell) else { continue };
                add(&mut self.all, column, read);
                if place >= self.start {
                    add(&mut self.block, column, read);
                }
            }
        }
        self.done = kept.len();
    }
}

fn add(sums: &mut Vec<Sum>, column: u32, cents: i64) {
    let column = column as usize;
    if sums.len() <= column {
        sums.resize(column + 1, Sum::default());
    }
    sums[column].cents = sums[column].cents.saturating_add(cents);
    sums[column].figures += 1;
}

/// The figure of a cell in hundredths.
fn cents(cell: &Value) -> Option<i64> {
    let number = match cell {
        Value::Number(number) => *number,
        Value::Text(text) => figure(text)?,
        _ => return None,
    };
    // Larger figures are identifiers, and a float no longer holds their cents.
    (number.abs() < 1e13).then(|| {
        #[expect(clippy::cast_possible_truncation, reason = "within 1e15")]
        let cents = (number * 100.0).round() as i64;
        cents
    })
}

/// A text that is a figure.
pub(super) fn is_figure(text: &str) -> bool {
    figure(text).is_some()
}

/// Digits with spaces, a comma and a euro sign; without a new text, since every row is asked.
fn figure(text: &str) -> Option<f64> {
    let mut plain = [0_u8; 24];
    let mut length = 0;
    for c in text.chars().filter(|c| !c.is_whitespace() && *c != '€') {
        let byte = match c {
            ',' => b'.',
            '0'..='9' | '.' | '-' => u8::try_from(c).ok()?,
            _ => return None,
        };
        *plain.get_mut(length)? = byte;
        length += 1;
    }
    std::str::from_utf8(plain.get(..length)?).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::header::test_sheet;
    use super::*;

    fn row(cells: &[&str]) -> Row {
        test_sheet("x", &[cells]).rows.remove(0)
    }

    #[test]
    fn totals_by_their_words() {
        for cells in [
            &["TOTAL", "", "", "3612"][..],
            &["Total général", "12", "5", "8"],
            &["Sous total :", "12", "5", "8"],
            &["S/Total", "12", "5", "8"],
            &["TOTAL Direction Culture", "1", "2", "3"],
            &["Consolidation", "1", "2", "3"],
            &["Total Ville de Sucy", "", "", "3"],
            &["", "Direction Culture", "TOTAL", "12"],
            &["2026", "", "Sous-total", "12"],
        ] {
            assert!(is_total(&row(cells), 4), "{cells:?}");
        }
        for cells in [
            &["Total Direct", "1", "2", "3"][..],
            &["TotalEnergies", "", "", "3"],
            &["12", "Consolidation du collectif", "", "3"],
            &["SUB12", "Consolidation de l'emploi", "", "5000"],
            &["Théâtre", "Total", "culture", "3"],
            &["Atelier", "Total", "", ""],
        ] {
            assert!(!is_total(&row(cells), 4), "{cells:?}");
        }
    }

    #[test]
    fn sums_are_proved_by_the_rows_above() {
        let kept = [row(&["A", "x", "10,5"]), row(&["B", "y", "1 000 €"]), row(&["C", "z", "5"])];
        let mut sums = Sums::default();
        assert!(sums.prove(&kept[..2], &row(&["", "", "1010.5"]), 3));
        assert!(!sums.prove(&kept[..2], &row(&["", "", "1010"]), 3));
        assert!(sums.prove(&kept[..2], &row(&["Total Direct", "", "1010.5"]), 3));
        assert!(!sums.prove(&kept[..2], &row(&["Région", "", "1010.5"]), 3));
        sums.open(&kept[..2]);
        // One row is no block, but all rows together are summed too.
        assert!(!sums.prove(&kept, &row(&["", "", "5"]), 3));
        assert!(sums.prove(&kept, &row(&["", "", "1015.5"]), 3));
    }
}
