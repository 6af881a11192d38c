//! A dual simplex over a sparse tableau.
//!
//! It pushes one number and repairs, row by row, what the push broke; only the rows near
//! the number are ever read, so a question costs what its answer touches and not the size
//! of the table.

use std::collections::{BTreeMap, BTreeSet};

use super::program::{Move, NOISE, Program, moved_by};

/// Below this, a tableau entry is a cancelled zero.
const ZERO: f64 = 1e-9;
/// Repairs after which a push is given up (the caller then counts it as impossible).
const PATIENCE: usize = 20_000;

/// Columns: `2 c` is the rise of cell `c`, `2 c + 1` its fall, `2 n + r` what is left in
/// relation `r`. The push itself is a constant; the target's opposite column is the part of
/// it given up. A cost is a pair, compared first by what is given up and then by price, so
/// that no "large enough" penalty has to be chosen.
pub(crate) struct Tableau<'a> {
    program: &'a Program,
    price: &'a [f64],
    target: usize,
    up: bool,
    amount: f64,
    /// Column given up, the only one with a cost of the first kind.
    slip: usize,
    /// Rows changed by a pivot; the others are still those of the program.
    rows: Vec<Option<Vec<(usize, f64)>>>,
    basis: Vec<usize>,
    value: Vec<f64>,
    /// Change of the two reduced costs since the start.
    shift: [Vec<f64>; 2],
    /// Non-basic columns at their upper bound.
    at_top: BTreeSet<usize>,
    /// Rows where a column appeared that the program does not have there.
    filled: BTreeMap<usize, Vec<usize>>,
    touched: BTreeSet<usize>,
}

impl<'a> Tableau<'a> {
    pub(crate) fn new(
        program: &'a Program,
        price: &'a [f64],
        target: usize,
        up: bool,
        amount: f64,
    ) -> Self {
        let (n, m) = (program.depth.len(), program.rows.len());
        let mut value: Vec<f64> = program.room.iter().map(|r| r.unwrap_or(0.0)).collect();
        let mut touched = BTreeSet::new();
        for &row in &program.of[target] {
            let coef = moved_by(&program.rows[row], target);
            value[row] -= if up { coef * amount } else { -coef * amount };
            touched.insert(row);
        }
        Self {
            program,
            price,
            target,
            up,
            amount,
            slip: 2 * target + usize::from(up),
            rows: vec![None; m],
            basis: (2 * n..2 * n + m).collect(),
            value,
            shift: [vec![0.0; 2 * n + m], vec![0.0; 2 * n + m]],
            at_top: BTreeSet::new(),
            filled: BTreeMap::new(),
            touched,
        }
    }

    /// Upper bound of a column (the lower bound is zero).
    fn top(&self, column: usize) -> f64 {
        let n = self.program.depth.len();
        if column == self.slip {
            self.amount
        } else if column >= 2 * n {
            self.program.room[column - 2 * n].map_or(0.0, |_| f64::INFINITY)
        } else if column % 2 == 1 {
            self.program.depth[column / 2]
        } else {
            f64::INFINITY
        }
    }

    /// Reduced cost of a column: what is given up, then the price.
    fn cost(&self, column: usize) -> (f64, f64) {
        let (given, price) = if column == self.slip {
            (1.0, 0.0)
        } else {
            (0.0, self.price.get(column / 2).copied().unwrap_or(0.0))
        };
        (given + self.shift[0][column], price + self.shift[1][column])
    }

    /// The row as columns, without those that cannot move.
    fn load(&mut self, row: usize) -> Vec<(usize, f64)> {
        if let Some(known) = self.rows[row].take() {
            return known;
        }
        let mut columns = Vec::with_capacity(2 * self.program.rows[row].len());
        for &(cell, coef) in &self.program.rows[row] {
            if cell == self.target {
                columns.push((self.slip, if self.up { -coef } else { coef }));
            } else if self.price[cell].is_finite() {
                columns.push((2 * cell, coef));
                if self.program.depth[cell] > 0.0 {
                    columns.push((2 * cell + 1, -coef));
                }
            }
        }
        columns
    }

    /// The row furthest out of its bounds, and whether it is above the upper one.
    fn broken(&self) -> Option<(usize, bool)> {
        let mut worst = NOISE / 10.0;
        let mut found = None;
        for &row in &self.touched {
            let (under, over) = (-self.value[row], self.value[row] - self.top(self.basis[row]));
            if under.max(over) > worst {
                worst = under.max(over);
                found = Some((row, over > under));
            }
        }
        found
    }

    /// The column that repairs a row at least cost.
    fn repair(&self, row: &[(usize, f64)], over: bool) -> Option<(usize, f64)> {
        let mut best: Option<(usize, f64, (f64, f64))> = None;
        for &(column, coef) in row {
            // A column at its lower bound can only grow, one at its upper bound only shrink.
            let grows = !self.at_top.contains(&column);
            if coef.abs() < NOISE || (coef > 0.0) != (grows == over) {
                continue;
            }
            let (given, price) = self.cost(column);
            let ratio = (given.abs() / coef.abs(), price.abs() / coef.abs());
            let better = best.is_none_or(|(_, held, least)| {
                let first = ratio.0 - least.0;
                let second = ratio.1 - least.1;
                first < -ZERO
                    || (first <= ZERO
                        && (second < -ZERO || (second <= ZERO && coef.abs() > held.abs() + ZERO)))
            });
            if better {
                best = Some((column, coef, ratio));
            }
        }
        best.map(|(column, coef, _)| (column, coef))
    }

    fn pivot(
        &mut self,
        row: usize,
        mut pivot_row: Vec<(usize, f64)>,
        enter: (usize, f64),
        over: bool,
    ) {
        let (column, coef) = enter;
        let leaving = self.basis[row];
        let bound = if over { self.top(leaving) } else { 0.0 };
        let step = (self.value[row] - bound) / coef;
        let start = if self.at_top.remove(&column) { self.top(column) } else { 0.0 };
        pivot_row.retain(|e| e.0 != column);
        pivot_row.iter_mut().for_each(|e| e.1 /= coef);
        // What an equality misses may never come back: its column is dropped.
        if self.top(leaving) > 0.0 {
            let at = pivot_row.partition_point(|e| e.0 < leaving);
            pivot_row.insert(at, (leaving, 1.0 / coef));
            self.filled.entry(leaving).or_default().push(row);
            if over {
                self.at_top.insert(leaving);
            }
        }
        let mut others = self.program.of.get(column / 2).cloned().unwrap_or_default();
        others.extend(self.filled.get(&column).into_iter().flatten());
        others.sort_unstable();
        others.dedup();
        for other in others.into_iter().filter(|&o| o != row) {
            let old = self.load(other);
            let factor = moved_by(&old, column);
            if factor == 0.0 {
                self.rows[other] = Some(old);
                continue;
            }
            self.value[other] -= factor * step;
            self.touched.insert(other);
            let mut merged = Vec::with_capacity(old.len() + pivot_row.len());
            let mut left = old.into_iter().filter(|e| e.0 != column).peekable();
            for &(at, entry) in &pivot_row {
                while let Some(kept) = left.next_if(|e| e.0 < at) {
                    merged.push(kept);
                }
                let held = left.next_if(|e| e.0 == at);
                let sum = held.map_or(0.0, |e| e.1) - factor * entry;
                if held.is_none() {
                    self.filled.entry(at).or_default().push(other);
                }
                if sum.abs() > ZERO {
                    merged.push((at, sum));
                }
            }
            merged.extend(left);
            self.rows[other] = Some(merged);
        }
        let (given, price) = self.cost(column);
        for &(at, entry) in &pivot_row {
            self.shift[0][at] -= given * entry;
            self.shift[1][at] -= price * entry;
        }
        self.basis[row] = column;
        self.value[row] = start + step;
        self.rows[row] = Some(pivot_row);
    }

    pub(crate) fn solve(mut self) -> Option<Move> {
        let mut patience = PATIENCE;
        while let Some((row, over)) = self.broken() {
            patience = patience.checked_sub(1)?;
            let entries = self.load(row);
            let enter = self.repair(&entries, over)?;
            self.pivot(row, entries, enter, over);
        }
        let mut by: BTreeMap<usize, f64> = BTreeMap::new();
        let columns = 2 * self.program.depth.len();
        let basic = self.touched.iter().map(|&row| (self.basis[row], self.value[row]));
        let full = self.at_top.iter().map(|&column| (column, self.top(column)));
        for (column, value) in basic.chain(full).filter(|e| e.0 < columns) {
            *by.entry(column / 2).or_default() += if column % 2 == 0 { value } else { -value };
        }
        *by.entry(self.target).or_default() += if self.up { self.amount } else { -self.amount };
        // Whole numbers are restored so that `holds` can check them exactly.
        let whole = |v: f64| {
            if (v - v.round()).abs() < NOISE { v.round() } else { v }
        };
        Some(by.into_iter().map(|(c, v)| (c, whole(v))).filter(|m| m.1 != 0.0).collect())
    }
}
