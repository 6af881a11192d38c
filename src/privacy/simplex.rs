//! A dual simplex that keeps the inverse of its basis, where it is not the identity.
//!
//! It pushes one number and repairs, row by row, what the push broke. A repair costs what it touches,
//! and not the size of the table; only the start and the end of a question look at the whole of it.

mod inverse;

use std::collections::BTreeMap;

use super::program::{Move, NOISE, Program};
use inverse::{Inverse, Sparse};

/// Below this, an entry is a cancelled zero.
const ZERO: f64 = 1e-9;
/// Below this, an entry is a place to pivot only where there is no other: it may be noise.
const PIVOT: f64 = 1e-4;
/// Largest weight of a row: beyond, weights say nothing any more.
const HEAVIEST: f64 = 1e8;
/// Repairs after which a push is given up (the caller then counts it as impossible).
const PATIENCE: usize = 5_000;

/// What is given up of the push, then the price: compared in that order, so that no "large enough"
/// penalty has to be chosen.
type Cost = (f64, f64);

/// A little more for some cells than for others, as if at random: with equal prices, nearly every choice
/// would be a tie, and repairs could go round in circles.
fn tilt(cell: usize) -> f64 {
    const GOLDEN: f64 = 0.618_033_988_749_895;
    1.0 + 0.01 * (GOLDEN * cell as f64).fract()
}

/// Which way a column of a cell moves it: a rise, or a fall.
fn direction(column: usize) -> f64 {
    if column.is_multiple_of(2) { 1.0 } else { -1.0 }
}

/// Columns: `2 c` is the rise of cell `c`, `2 c + 1` its fall, `2 n + r` what is left in relation `r`.
/// The push itself is a constant; the target's opposite column is the part of it given up.
pub(crate) struct Simplex<'a> {
    program: &'a Program,
    price: &'a [f64],
    target: usize,
    up: bool,
    amount: f64,
    /// Column given up, the only one with a cost of the first kind.
    slip: usize,
    inverse: Inverse,
    pivots: usize,
    /// Column of each row, its upper bound, and its value; listed where it may have changed.
    basis: Vec<usize>,
    tops: Vec<f64>,
    value: Sparse,
    /// How far each row has been scaled up by the pivots (Devex): what it misses counts for less.
    weight: Vec<f64>,
    /// Change of the reduced cost of each rise since the start (a fall changes by the opposite), then
    /// of what is left in each relation.
    shift: Vec<Cost>,
    /// Whether a non-basic column is at its upper bound.
    at_top: Vec<bool>,
    /// Room to work: a row of the inverse, the same row of the table, a column.
    row_of_inverse: Sparse,
    row: Sparse,
    column: Sparse,
}

impl<'a> Simplex<'a> {
    pub(crate) fn new(
        program: &'a Program,
        price: &'a [f64],
        target: usize,
        up: bool,
        amount: f64,
    ) -> Self {
        let (n, m) = (program.depth.len(), program.rows.len());
        let mut value = Sparse::new(m);
        value.at = program.room.iter().map(|r| r.unwrap_or(0.0)).collect();
        for &(row, coef) in &program.of[target] {
            value.add(row, if up { -coef * amount } else { coef * amount });
        }
        let mut simplex = Self {
            program,
            price,
            target,
            up,
            amount,
            slip: 2 * target + usize::from(up),
            inverse: Inverse::new(m),
            pivots: 0,
            basis: (2 * n..2 * n + m).collect(),
            tops: Vec::new(),
            value,
            weight: vec![1.0; m],
            shift: vec![(0.0, 0.0); n + m],
            at_top: vec![false; 2 * n + m],
            row_of_inverse: Sparse::new(m),
            row: Sparse::new(n),
            column: Sparse::new(m),
        };
        simplex.tops = simplex.basis.iter().map(|&column| simplex.top(column)).collect();
        simplex
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

    /// Reduced cost of a column.
    fn cost(&self, column: usize) -> Cost {
        let n = self.program.depth.len();
        if column >= 2 * n {
            return self.shift[column - n];
        }
        let (given, price) = if column == self.slip {
            (1.0, 0.0)
        } else {
            (0.0, self.price[column / 2] * tilt(column / 2))
        };
        let shift = self.shift[column / 2];
        (given + direction(column) * shift.0, price + direction(column) * shift.1)
    }

    /// The row most out of its bounds, and whether it is above the upper one.
    fn broken(&self) -> Option<(usize, bool)> {
        let mut worst = 0.0;
        let mut found = None;
        for &row in &self.value.listed {
            let value = self.value.at[row];
            let (under, over) = (-value, value - self.tops[row]);
            let by = under.max(over);
            if by > NOISE / 10.0 && by * by > worst * self.weight[row] {
                worst = by * by / self.weight[row];
                found = Some((row, over > under));
            }
        }
        found
    }

    /// Computes a row of the inverse of the basis, and of the table.
    fn load(&mut self, row: usize) {
        self.row_of_inverse.clear();
        self.row.clear();
        self.inverse.row(row, &mut self.row_of_inverse);
        for (row, by) in self.row_of_inverse.entries() {
            for &(cell, coef) in &self.program.rows[row] {
                if cell == self.target || self.price[cell].is_finite() {
                    self.row.add(cell, by * coef);
                }
            }
        }
    }

    /// The column that repairs the loaded row at least cost, among those whose entry there is so large.
    fn repair(&self, row: usize, over: bool, least: f64) -> Option<usize> {
        let n = self.program.depth.len();
        let mut best: Option<(usize, f64, Cost)> = None;
        let mut consider = |column: usize, coef: f64| {
            // A column at its lower bound can only grow, one at its upper bound only shrink.
            let grows = !self.at_top[column];
            if (coef > 0.0) != (grows == over) || self.basis[row] == column {
                return;
            }
            let (given, price) = self.cost(column);
            // Costs have the sign that the bound asks for, but for rounding.
            let sign = if grows { 1.0 } else { -1.0 };
            let ratio = [given, price].map(|cost: f64| (sign * cost).max(0.0) / coef.abs());
            let ratio = (ratio[0], ratio[1]);
            let better = best.is_none_or(|(_, held, cheapest)| {
                let first = ratio.0 - cheapest.0;
                let second = ratio.1 - cheapest.1;
                first < -ZERO
                    || (first <= ZERO
                        && (second < -ZERO || (second <= ZERO && coef.abs() > held.abs() + ZERO)))
            });
            if better {
                best = Some((column, coef, ratio));
            }
        };
        for (cell, coef) in self.row.entries().filter(|e| e.1.abs() >= least) {
            if cell == self.target {
                consider(self.slip, if self.up { -coef } else { coef });
            } else {
                consider(2 * cell, coef);
                if self.program.depth[cell] > 0.0 {
                    consider(2 * cell + 1, -coef);
                }
            }
        }
        // What an equality misses may never come back.
        for (row, coef) in self.row_of_inverse.entries().filter(|e| e.1.abs() >= least) {
            if self.program.room[row].is_some() {
                consider(2 * n + row, coef);
            }
        }
        best.map(|(column, ..)| column)
    }

    /// Computes a column as the basis sees it.
    fn see(&mut self, column: usize) {
        let n = self.program.depth.len();
        self.column.clear();
        if column >= 2 * n {
            return self.inverse.multiply(column - 2 * n, 1.0, &mut self.column);
        }
        for &(row, coef) in &self.program.of[column / 2] {
            self.inverse.multiply(row, direction(column) * coef, &mut self.column);
        }
    }

    /// Lets a column take the place of the one that is out of its bounds in the loaded row; `None` when
    /// the entry to pivot on is a cancelled zero after all.
    fn pivot(&mut self, row: usize, enter: usize, over: bool) -> Option<()> {
        self.see(enter);
        let coef = Some(self.column.at[row]).filter(|coef| coef.abs() > ZERO)?;
        let leaving = self.basis[row];
        let bound = if over { self.tops[row] } else { 0.0 };
        let step = (self.value.at[row] - bound) / coef;
        let start = if self.at_top[enter] { self.top(enter) } else { 0.0 };
        self.at_top[enter] = false;
        self.at_top[leaving] = over && bound > 0.0;
        let weight = self.weight[row] / (coef * coef);
        for (other, by) in self.column.entries().filter(|e| e.0 != row) {
            self.value.add(other, -by * step);
            self.weight[other] = self.weight[other].max(by * by * weight).min(HEAVIEST);
        }
        self.weight[row] = weight.clamp(1.0, HEAVIEST);
        (self.basis[row], self.tops[row]) = (enter, self.top(enter));
        let held = self.value.at[row];
        self.value.add(row, start + step - held);
        let (given, price) = self.cost(enter);
        let (given, price) = (given / coef, price / coef);
        let n = self.program.depth.len();
        let relations =
            self.row_of_inverse.entries().map(|(relation, entry)| (n + relation, entry));
        for (at, entry) in self.row.entries().chain(relations) {
            self.shift[at].0 -= given * entry;
            self.shift[at].1 -= price * entry;
        }
        self.inverse.pivot(row, &self.column, &self.row_of_inverse);
        self.pivots += 1;
        Some(())
    }

    /// The displacement of least cost; `None` where there is none, or too much to repair.
    pub(crate) fn solve(mut self) -> Option<Move> {
        while let Some((row, over)) = self.broken() {
            if self.pivots == PATIENCE {
                return None;
            }
            self.load(row);
            let enter = self.repair(row, over, PIVOT);
            let enter = enter.or_else(|| self.repair(row, over, NOISE / 10.0))?;
            self.pivot(row, enter, over)?;
        }
        let mut by: BTreeMap<usize, f64> = BTreeMap::new();
        let columns = 2 * self.program.depth.len();
        let value = &self.value;
        let basic = value.listed.iter().map(|&row| (self.basis[row], value.at[row]));
        let at_top = (0..columns).filter(|&column| self.at_top[column]);
        let full = at_top.map(|column| (column, self.top(column)));
        for (column, value) in basic.chain(full).filter(|e| e.0 < columns) {
            *by.entry(column / 2).or_default() += direction(column) * value;
        }
        *by.entry(self.target).or_default() += if self.up { self.amount } else { -self.amount };
        // Whole numbers are restored so that `holds` can check them exactly.
        let whole = |v: f64| {
            if (v - v.round()).abs() < NOISE { v.round() } else { v }
        };
        Some(by.into_iter().map(|(c, v)| (c, whole(v))).filter(|m| m.1 != 0.0).collect())
    }
}
