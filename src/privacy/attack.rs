//! What a reader of the published tables can work out about the hidden numbers.

use super::program::{Move, NOISE, Program, moved_by};

/// A number that is published, or could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// How many people (or organisations).
    pub value: u64,
    /// How wide a hidden cell must stay, in people: the largest value the reader cannot rule
    /// out minus the smallest one. Zero still asks for more than a single possible value.
    pub threshold: u64,
    /// Must be hidden, whatever the other cells (primary suppression).
    pub sensitive: bool,
    /// False for an auxiliary unknown of the relations, which nobody publishes: the reader
    /// does not know it, and it needs no protection.
    pub published: bool,
    /// How far it is kept from being hidden for the sake of others.
    pub keep: Keep,
}

/// How far a cell that need not be hidden for itself is kept visible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Hidden wherever another needs it.
    Plain,
    /// Hidden only where no plain cell serves as well: how many people came in all.
    Dear,
    /// Hidden only where a hidden cell cannot be as wide as its threshold otherwise: how many
    /// organisations took part.
    Last,
    /// Published whatever happens. A sensitive cell is hidden even if it claims to be open.
    Open,
}

/// How the two sides of a [`Relation`] compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// The sum is the constant.
    Equal,
    /// The sum is the constant or less.
    AtMost,
}

/// What every reader knows to hold between the numbers:
/// `sum(coefficient * value)` compared with `constant`.
///
/// The relations are taken to hold at the values of the cells: a relation those values
/// contradict is shifted until they satisfy it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Index of a cell and its coefficient.
    pub terms: Vec<(usize, i64)>,
    /// Equality or upper bound.
    pub sense: Sense,
    /// Right-hand side, in people.
    pub constant: i64,
}

/// Above this many people more than its true value, a hidden cell counts as unbounded.
pub(crate) const UNBOUNDED: f64 = 4_294_967_296.0;

/// The tables that agree with everything published, as far as they have been found.
///
/// Every one is kept as a displacement from the true table, checked against the relations
/// when it is found. Any point between two of them agrees too (the set is convex), so the
/// extreme values a cell takes in them are an interval the reader cannot rule out.
pub(crate) struct Witnesses {
    pub(crate) program: Program,
    moves: Vec<Option<Move>>,
    /// Per cell, the moves that move it.
    of: Vec<Vec<usize>>,
}

impl Witnesses {
    pub(crate) fn new(cells: &[Cell], relations: &[Relation]) -> Self {
        let program = Program::new(cells, relations);
        Self { program, moves: Vec::new(), of: vec![Vec::new(); cells.len()] }
    }

    /// How many people the cell can lose and gain in the tables found, other than those that
    /// move `except`. Whole numbers: the reader rounds the bounds inwards.
    pub(crate) fn reach(&self, cell: usize, except: Option<usize>) -> (u64, u64) {
        let (mut down, mut up) = (0.0_f64, 0.0_f64);
        for moved in self.of[cell].iter().filter_map(|&at| self.moves[at].as_ref()) {
            if except.is_none_or(|other| moved_by(moved, other) == 0.0) {
                let by = moved_by(moved, cell);
                (down, up) = (down.max(-by), up.max(by));
            }
        }
        ((down + NOISE).floor() as u64, (up + NOISE).floor() as u64)
    }

    /// Width of the interval the tables found give to a cell, in people.
    pub(crate) fn width(&self, cell: usize, except: Option<usize>) -> u64 {
        let (down, up) = self.reach(cell, except);
        down.saturating_add(up)
    }

    /// Looks for the table where the cell is nearest to `amount` people above or below its
    /// value, at least price, and keeps it, with its mirror image when that one agrees too.
    /// Gives the cells it moves.
    pub(crate) fn push(&mut self, cell: usize, up: bool, amount: u64, price: &[f64]) -> Vec<usize> {
        let Some(moved) = self.program.push(cell, up, amount as f64, price) else {
            return Vec::new();
        };
        let touched = moved.iter().map(|m| m.0).collect();
        let mirror: Move = moved.iter().map(|&(c, by)| (c, -by)).collect();
        if self.program.holds(&mirror) {
            self.keep(mirror);
        }
        self.keep(moved);
        touched
    }

    fn keep(&mut self, moved: Move) {
        for &(cell, _) in &moved {
            self.of[cell].push(self.moves.len());
        }
        self.moves.push(Some(moved));
    }

    /// Forgets the tables where a cell is not at its true value: it is published after all.
    pub(crate) fn fix(&mut self, cell: usize) {
        for at in std::mem::take(&mut self.of[cell]) {
            self.moves[at] = None;
        }
        let moves = &self.moves;
        for of in &mut self.of {
            of.retain(|&at| moves[at].is_some());
        }
    }

    /// Cells that some table found moves together with this one.
    pub(crate) fn neighbours(&self, cell: usize) -> Vec<usize> {
        let moves = self.of[cell].iter().filter_map(|&at| self.moves[at].as_ref());
        let mut all: Vec<usize> = moves.flatten().map(|m| m.0).filter(|&c| c != cell).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// The smallest and largest value of each hidden cell that the reader cannot rule out,
/// knowing every visible cell, the relations, and that counts are not negative.
///
/// Bounds are those of the linear relaxation, rounded inwards to whole people; `u64::MAX`
/// stands for "no upper bound". `None` for visible and auxiliary cells. Each bound is
/// carried by a table checked against the relations, so an interval is never wider than the
/// reader's; should the solver fail, it comes out narrower (a false alarm, not a leak).
pub fn intervals(
    cells: &[Cell],
    relations: &[Relation],
    hidden: &[bool],
) -> Vec<Option<(u64, u64)>> {
    let is_hidden = |at: usize| cells[at].published && hidden.get(at).copied().unwrap_or(false);
    let price: Vec<f64> = (0..cells.len())
        .map(|at| if is_hidden(at) || !cells[at].published { 1.0 } else { f64::INFINITY })
        .collect();
    // Far enough to tell whether a cell is wide, near enough for sums to stay exact.
    let largest = cells.iter().fold(1, |most, c| most.max(c.value).max(2 * c.threshold));
    let mut found = Witnesses::new(cells, relations);
    (0..cells.len())
        .map(|at| {
            let value = cells[at].value;
            is_hidden(at).then(|| {
                if found.reach(at, None).0 < value {
                    found.push(at, false, value, &price);
                }
                // The closer the push is to what is possible, the less is lost to rounding.
                found.push(at, true, largest, &price);
                if found.reach(at, None).1 >= largest {
                    found.push(at, true, UNBOUNDED as u64, &price);
                }
                let (down, up) = found.reach(at, None);
                let most = if up as f64 >= UNBOUNDED { u64::MAX } else { value.saturating_add(up) };
                (value.saturating_sub(down), most)
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(value: u64) -> Cell {
        Cell { value, threshold: 3, sensitive: value <= 3, published: true, keep: Keep::Plain }
    }

    fn total(parts: &[usize], constant: i64) -> Relation {
        Relation { terms: parts.iter().map(|&c| (c, 1)).collect(), sense: Sense::Equal, constant }
    }

    /// A B I J (county 1), K L M N (county 2); L M are the big ones.
    #[test]
    fn two_tables_safe_alone_give_a_cell_away_together() {
        let cells = [2, 2, 8, 8, 3, 3, 3, 7].map(cell);
        let hidden = [true, true, false, false, true, true, true, false];
        let counties = [total(&[0, 1, 2, 3], 20), total(&[4, 5, 6, 7], 16)];
        let sizes = [total(&[0, 1, 2, 3, 4, 7], 30), total(&[5, 6], 6)];
        for table in [&counties, &sizes] {
            let seen = intervals(&cells, table, &hidden);
            assert!(seen.iter().flatten().all(|(low, high)| high - low >= 3), "{seen:?}");
        }
        let both = [counties, sizes].concat();
        let seen = intervals(&cells, &both, &hidden);
        assert_eq!(seen[4], Some((3, 3)), "K is worked out");
        assert_eq!((seen[0], seen[5], seen[2]), (Some((0, 4)), Some((0, 6)), None));
    }

    #[test]
    fn nothing_bounds_a_number_without_relations() {
        let seen = intervals(&[cell(2)], &[], &[true]);
        assert_eq!(seen, [Some((0, u64::MAX))]);
        assert_eq!(intervals(&[], &[], &[]), []);
    }

    #[test]
    fn inequalities_and_auxiliary_unknowns_count() {
        // x <= 10, x + y = 12 where nobody publishes y: 0..=10.
        let aux = Cell { published: false, sensitive: false, ..cell(8) };
        let most = Relation { terms: vec![(0, 1)], sense: Sense::AtMost, constant: 10 };
        let seen = intervals(&[cell(4), aux], &[most, total(&[0, 1], 12)], &[true, false]);
        assert_eq!(seen, [Some((0, 10)), None]);
    }

    #[test]
    fn bounds_are_rounded_inwards() {
        // 2 x + y = 5 with y <= 4: x is between 1/2 and 5/2.
        let most = Relation { terms: vec![(1, 1)], sense: Sense::AtMost, constant: 4 };
        let sum = Relation { terms: vec![(0, 2), (1, 1)], sense: Sense::Equal, constant: 5 };
        assert_eq!(intervals(&[cell(2), cell(1)], &[most, sum], &[true; 2])[0], Some((1, 2)));
    }
}
