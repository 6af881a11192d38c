//! The inverse of a basis, and vectors that know which of their entries are not zero.

use super::ZERO;

/// A dense vector that knows which of its entries are not zero.
pub(super) struct Sparse {
    pub(super) at: Vec<f64>,
    is_listed: Vec<bool>,
    pub(super) listed: Vec<usize>,
}

impl Sparse {
    pub(super) fn new(len: usize) -> Self {
        Self { at: vec![0.0; len], is_listed: vec![false; len], listed: Vec::new() }
    }

    pub(super) fn add(&mut self, index: usize, by: f64) {
        self.at[index] += by;
        if !self.is_listed[index] {
            self.is_listed[index] = true;
            self.listed.push(index);
        }
    }

    pub(super) fn clear(&mut self) {
        for index in self.listed.drain(..) {
            self.at[index] = 0.0;
            self.is_listed[index] = false;
        }
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = (usize, f64)> {
        self.listed.iter().map(|&index| (index, self.at[index])).filter(|e| e.1.abs() > ZERO)
    }
}

/// The inverse of the basis. At first the basis is what is left in each relation, and the inverse the
/// identity: a column that differs from it is that of a row where a pivot was made. Columns lie whole in
/// memory: a product goes through a few of them from end to end.
pub(super) struct Inverse {
    /// Row of each column that is held, in the order of the pivots, and the column of each row.
    rows: Vec<usize>,
    column: Vec<Option<usize>>,
    /// Rows that have entries in the columns held, in the order of these entries, and the place of each.
    filled: Vec<usize>,
    place: Vec<Option<usize>>,
    /// Per column held, its entries; fewer where the others are zero.
    entries: Vec<Vec<f64>>,
}

impl Inverse {
    pub(super) fn new(len: usize) -> Self {
        Self {
            rows: Vec::new(),
            column: vec![None; len],
            filled: Vec::new(),
            place: vec![None; len],
            entries: Vec::new(),
        }
    }

    /// A row, into an empty vector.
    pub(super) fn row(&self, row: usize, into: &mut Sparse) {
        if let Some(place) = self.place[row] {
            for (entries, at) in self.entries.iter().zip(&self.rows) {
                if let Some(entry) = entries.get(place).filter(|entry| **entry != 0.0) {
                    into.add(*at, *entry);
                }
            }
        }
        if self.column[row].is_none() {
            into.add(row, 1.0);
        }
    }

    /// Its product with a column, whose entries are given one by one.
    pub(super) fn multiply(&self, at: usize, by: f64, into: &mut Sparse) {
        let Some(column) = self.column[at] else { return into.add(at, by) };
        for (entry, row) in self.entries[column].iter().zip(&self.filled) {
            if *entry != 0.0 {
                into.add(*row, by * entry);
            }
        }
    }

    /// Brings a column of the table to the unit of a row: `seen`, as this inverse sees it; `row_of`, this
    /// row of the inverse.
    pub(super) fn pivot(&mut self, row: usize, seen: &Sparse, row_of: &Sparse) {
        if self.column[row].is_none() {
            self.column[row] = Some(self.rows.len());
            self.rows.push(row);
            self.entries.push(Vec::new());
        }
        let coef = seen.at[row];
        let places: Vec<_> = seen.entries().map(|(other, by)| (self.place_of(other), by)).collect();
        let own = self.place_of(row);
        let held =
            row_of.entries().filter_map(|(at, entry)| Some((self.column[at]?, entry / coef)));
        for (column, entry) in held {
            let entries = &mut self.entries[column];
            entries.resize(self.filled.len(), 0.0);
            for &(place, by) in &places {
                entries[place] -= by * entry;
            }
            entries[own] = entry;
        }
    }

    /// The place of a row, a new one if it had none.
    fn place_of(&mut self, row: usize) -> usize {
        *self.place[row].get_or_insert_with(|| {
            self.filled.push(row);
            self.filled.len() - 1
        })
    }
}
