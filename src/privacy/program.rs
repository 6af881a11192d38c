//! Everything the reader knows, seen from the true table.
//!
//! The true table is a solution of everything the reader knows, so every question is asked
//! as a displacement from it: zero is feasible, no first phase is needed.

use std::collections::{BTreeMap, BTreeSet};

use super::attack::{Cell, Relation, Sense};
use super::simplex::Simplex;

/// A displacement: how much each cell that moves moves, in ascending order of cell.
pub(crate) type Move = Vec<(usize, f64)>;

/// Below this, a difference between two counts is rounding noise.
pub(crate) const NOISE: f64 = 1e-6;

/// Everything the reader knows, as displacements from the true table.
pub(crate) struct Program {
    /// Per relation, its cells and coefficients, in ascending order of cell.
    pub(crate) rows: Vec<Vec<(usize, f64)>>,
    /// Per relation, what is left before it breaks; `None` for an equality.
    pub(crate) room: Vec<Option<f64>>,
    /// Per cell, the relations that mention it and its coefficient there.
    pub(crate) of: Vec<Vec<(usize, f64)>>,
    /// Per cell, how far it can fall (its value: counts are not negative).
    pub(crate) depth: Vec<f64>,
}

impl Program {
    /// The relations are taken to hold at the true values; terms on cells that do not
    /// exist are ignored.
    pub(crate) fn new(cells: &[Cell], relations: &[Relation]) -> Self {
        let depth: Vec<f64> = cells.iter().map(|c| c.value as f64).collect();
        let mut of = vec![Vec::new(); cells.len()];
        let mut rows = Vec::with_capacity(relations.len());
        let mut room = Vec::with_capacity(relations.len());
        for (at, relation) in relations.iter().enumerate() {
            let mut terms: BTreeMap<usize, i64> = BTreeMap::new();
            for &(cell, coef) in relation.terms.iter().filter(|t| t.0 < cells.len()) {
                *terms.entry(cell).or_default() += coef;
            }
            terms.retain(|_, coef| *coef != 0);
            let row: Vec<(usize, f64)> = terms.iter().map(|(&c, &k)| (c, k as f64)).collect();
            for &(cell, coef) in &row {
                of[cell].push((at, coef));
            }
            let used: f64 = row.iter().map(|&(c, k)| k * depth[c]).sum();
            room.push(match relation.sense {
                Sense::Equal => None,
                Sense::AtMost => Some((relation.constant as f64 - used).max(0.0)),
            });
            rows.push(row);
        }
        Self { rows, room, of, depth }
    }

    /// Whether the displaced table still satisfies everything the reader knows. It shares
    /// nothing with the solver: a verdict "protected" never rests on the solver being right.
    pub(crate) fn holds(&self, moved: &Move) -> bool {
        let touched: BTreeSet<usize> =
            moved.iter().flat_map(|&(cell, _)| self.of[cell].iter().map(|e| e.0)).collect();
        moved.iter().all(|&(cell, by)| by >= -self.depth[cell] - NOISE)
            && touched.into_iter().all(|row| {
                let sum: f64 = self.rows[row].iter().map(|&(c, k)| k * moved_by(moved, c)).sum();
                self.room[row].map_or(sum.abs() <= NOISE, |room| sum <= room + NOISE)
            })
    }

    /// The move that takes `target` as near as possible to `amount` above (`up`) or below its
    /// value and, among those, costs least: `price[cell]` per person displaced, infinite for a
    /// cell that cannot move. `None` when it cannot move at all (or the solver gave up).
    pub(crate) fn push(&self, target: usize, up: bool, amount: f64, price: &[f64]) -> Option<Move> {
        let amount = if up { amount } else { amount.min(self.depth[target]) };
        if amount <= 0.0 {
            return None;
        }
        let moved = Simplex::new(self, price, target, up, amount).solve()?;
        (moved_by(&moved, target).abs() > NOISE && self.holds(&moved)).then_some(moved)
    }
}

/// How much a cell moves.
pub(crate) fn moved_by(moved: &Move, cell: usize) -> f64 {
    moved.binary_search_by_key(&cell, |m| m.0).map_or(0.0, |at| moved[at].1)
}
