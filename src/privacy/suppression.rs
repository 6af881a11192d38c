//! Which cells to hide so that no hidden one can be worked out.

use super::attack::{Cell, Keep, Relation, Witnesses};

/// Price of moving a cell that is already hidden, or that nobody publishes. Not zero, so
/// that a hidden cell leans on few others; far below that of any cell still published.
const FREE: f64 = 1e-3;
/// Price factor of a dear cell.
const DEAR: f64 = 30.0;
/// Price of moving a cell kept to the last.
const LAST: f64 = 1e6;
/// Price factor of a cell that would itself stay too narrow if it were hidden.
const SHUNNED: f64 = 1e3;

/// Cells to hide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protection {
    /// Per cell, whether to hide it. Never true for auxiliary unknowns.
    pub hidden: Vec<bool>,
    /// How many cells are hidden for themselves (sensitive).
    pub primary: usize,
    /// How many cells are hidden to protect others.
    pub complementary: usize,
    /// Hidden cells narrower than their threshold even if every cell that is not open were
    /// hidden, in ascending order, each with how wide it is: only hiding open cells (totals) can
    /// help them. The pattern still leaves them the widest interval the open cells allow.
    pub unprotected: Vec<(usize, u64)>,
}

/// Chooses the cells to hide.
///
/// Each hidden cell too narrow in turn is displaced (up, then down) until it is as wide as
/// its threshold; among the displacements of the whole table that do so and keep every
/// relation, the one of least price is taken and the cells it moves are hidden, and
/// protected in turn; cells kept to the last may move only for one that falls short without them.
/// The price of a cell still published grows with the logarithm of its
/// value, so small cells go first and few are taken; a zero costs more than any other cell,
/// for hiding it costs the reader the one certain statement of the table. Then every
/// complementary cell, those kept to the last then the largest first, is published again when every other hidden cell stays
/// wide enough without it, until none can be.
///
/// The result is inclusion-minimal: publishing any one complementary cell would leave some
/// other hidden cell narrower than its threshold (or, for an unprotected one, than it could
/// be). It is not a minimum: another pattern may hide fewer or smaller cells.
pub fn protect(cells: &[Cell], relations: &[Relation]) -> Protection {
    let mut search = Search::new(cells, relations);
    search.hide();
    search.prune();
    let count = |sensitive: bool| {
        (0..cells.len()).filter(|&c| search.hidden[c] && cells[c].sensitive == sensitive).count()
    };
    let narrow = |&c: &usize| search.hidden[c] && search.goal[c] < goal(&cells[c]);
    Protection {
        primary: count(true),
        complementary: count(false),
        unprotected: (0..cells.len()).filter(narrow).map(|c| (c, search.goal[c])).collect(),
        hidden: search.hidden,
    }
}

/// Width a hidden cell must have: its threshold, and never a single value.
fn goal(cell: &Cell) -> u64 {
    cell.threshold.max(1)
}

/// Price of hiding cells, per person displaced; infinite for those that must stay visible.
fn prices(cells: &[Cell]) -> Vec<f64> {
    let weight = |value: u64| 1.0 + (1.0 + value as f64).log2();
    let kept = |c: &Cell| matches!(c.keep, Keep::Open | Keep::Last);
    let hideable = |c: &&Cell| c.published && (!kept(c) || c.sensitive);
    let heaviest = cells.iter().filter(hideable).map(|c| c.value).max().unwrap_or(0);
    let price = |(at, cell): (usize, &Cell)| {
        // A slight preference for the first of equals keeps the choice unique.
        let order = 1.0 + 1e-4 * at as f64 / cells.len() as f64;
        match cell {
            c if !c.published || c.sensitive => FREE * order,
            c if kept(c) => f64::INFINITY,
            c if c.keep == Keep::Dear => DEAR * weight(heaviest) * order,
            c if c.value == 0 => 2.0 * weight(heaviest) * order,
            c => weight(c.value) * order,
        }
    };
    cells.iter().enumerate().map(price).collect()
}

struct Search<'a> {
    cells: &'a [Cell],
    hidden: Vec<bool>,
    /// Width to reach, lowered to the widest possible for the cells that cannot reach theirs.
    goal: Vec<u64>,
    price: Vec<f64>,
    shunned: Vec<bool>,
    found: Witnesses,
}

impl<'a> Search<'a> {
    fn new(cells: &'a [Cell], relations: &[Relation]) -> Self {
        Self {
            cells,
            hidden: cells.iter().map(|c| c.published && c.sensitive).collect(),
            goal: cells.iter().map(goal).collect(),
            price: prices(cells),
            shunned: vec![false; cells.len()],
            found: Witnesses::new(cells, relations),
        }
    }

    /// Pushes a cell up, down and up again until it is as wide as its goal. Gives the cells
    /// that had to move. When the goal is not reached, the width is the widest there is at
    /// these prices: the last push each way went as far as anything goes.
    fn widen(&mut self, cell: usize, except: Option<usize>, price: &[f64]) -> Vec<usize> {
        let (goal, value) = (self.goal[cell], self.cells[cell].value);
        let (mut moved, mut answered) = (Vec::new(), false);
        // A small cell can fall to zero, whoever takes its people: the rise left to ask for is
        // what decides which neighbours are needed.
        let first = goal - goal.min(value.min(goal / 2));
        for (up, floor) in [(true, Some(first)), (false, None), (true, None)] {
            let (down_now, up_now) = self.found.reach(cell, except);
            if down_now.saturating_add(up_now) >= goal {
                break;
            }
            let (here, there) = if up { (up_now, down_now) } else { (down_now, up_now) };
            let amount = floor.unwrap_or(goal - there.min(goal));
            // The first push fell short: nothing rises further, whatever is asked. One that gave nothing
            // may only mean that the solver gave up: it is asked again, another way.
            let in_vain = answered && up && floor.is_none() && here < first;
            if amount > here && !in_vain {
                let given = self.found.push(cell, up, amount, price);
                answered |= floor.is_some() && !given.is_empty();
                moved.extend(given);
            }
        }
        moved
    }

    /// Hides cells until every hidden one is as wide as its goal.
    fn hide(&mut self) {
        let base = self.price.clone();
        let mut closed = base.clone();
        for (at, cell) in self.cells.iter().enumerate() {
            if cell.published && !self.hidden[at] {
                closed[at] = f64::INFINITY;
            }
        }
        let mut queue: Vec<usize> = (0..self.cells.len()).filter(|&c| self.hidden[c]).collect();
        let mut next = 0;
        while let Some(&cell) = queue.get(next) {
            next += 1;
            if !self.hidden[cell] || self.found.width(cell, None) >= self.goal[cell] {
                continue;
            }
            // Hidden cells often protect each other: asking them alone is far cheaper than
            // asking the whole table, which would prefer them anyway.
            self.widen(cell, None, &closed);
            let price = std::mem::take(&mut self.price);
            let moved = self.widen(cell, None, &price);
            self.price = price;
            self.take(moved, &mut closed, &mut queue);
            let Cell { sensitive, keep, .. } = self.cells[cell];
            let narrow = self.found.width(cell, None);
            if narrow < self.goal[cell] && (sensitive || keep == Keep::Last || self.shunned[cell]) {
                let moved = self.widen(cell, None, &self.with_last());
                self.take(moved, &mut closed, &mut queue);
            }
            let reached = self.found.width(cell, None);
            if reached >= self.goal[cell] {
                continue;
            }
            if sensitive || self.shunned[cell] || keep == Keep::Last {
                self.goal[cell] = reached;
            } else {
                // Hiding it only made one more cell that cannot be protected: the others are
                // asked to do without it, unless nothing else serves them as well.
                self.shunned[cell] = true;
                self.hidden[cell] = false;
                self.price[cell] = SHUNNED * base[cell];
                closed[cell] = f64::INFINITY;
                queue.extend(self.found.neighbours(cell));
                self.found.fix(cell);
            }
        }
    }

    /// Hides the cells that had to move, to be protected in turn.
    fn take(&mut self, moved: Vec<usize>, closed: &mut [f64], queue: &mut Vec<usize>) {
        for cell in moved {
            if self.cells[cell].published && !self.hidden[cell] {
                self.hidden[cell] = true;
                self.price[cell] = FREE * (1.0 + 1e-4 * cell as f64 / self.cells.len() as f64);
                closed[cell] = self.price[cell];
                queue.push(cell);
            }
        }
    }

    /// The prices when the cells kept to the last may go too.
    fn with_last(&self) -> Vec<f64> {
        let price = |(at, cell): (usize, &Cell)| match cell.keep {
            Keep::Last if cell.published && !self.hidden[at] => LAST,
            _ => self.price[at],
        };
        self.cells.iter().enumerate().map(price).collect()
    }

    /// Publishes again the complementary cells that the others can do without.
    fn prune(&mut self) {
        for cell in 0..self.cells.len() {
            if self.cells[cell].published && !self.hidden[cell] {
                self.price[cell] = f64::INFINITY;
            }
        }
        let mut order: Vec<usize> =
            (0..self.cells.len()).filter(|&c| self.hidden[c] && !self.cells[c].sensitive).collect();
        order.sort_by_key(|&c| {
            let cell = &self.cells[c];
            (cell.keep != Keep::Last, !self.shunned[c], std::cmp::Reverse(cell.value), c)
        });
        // The cell that needs each one: while it is hidden, trying again is useless (what is
        // published can only narrow the others further).
        let mut needed_by: Vec<Option<usize>> = vec![None; self.cells.len()];
        let mut changed = true;
        while std::mem::take(&mut changed) {
            for &cell in &order {
                if self.hidden[cell] && needed_by[cell].is_none_or(|by| !self.hidden[by]) {
                    needed_by[cell] = self.needed_by(cell);
                    if needed_by[cell].is_none() {
                        self.hidden[cell] = false;
                        self.found.fix(cell);
                        changed = true;
                    }
                }
            }
        }
    }

    /// A hidden cell that would be too narrow if this one were published. When there is none,
    /// this one is left priced as visible.
    fn needed_by(&mut self, cell: usize) -> Option<usize> {
        let mut price = std::mem::take(&mut self.price);
        let before = std::mem::replace(&mut price[cell], f64::INFINITY);
        let mut needs = None;
        for other in self.found.neighbours(cell) {
            if self.hidden[other] && self.found.width(other, Some(cell)) < self.goal[other] {
                self.widen(other, Some(cell), &price);
                if self.found.width(other, Some(cell)) < self.goal[other] {
                    needs = Some(other);
                    price[cell] = before;
                    break;
                }
            }
        }
        self.price = price;
        needs
    }
}

#[cfg(test)]
mod tests;
