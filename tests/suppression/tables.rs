//! Linked tables drawn at random.
#![expect(clippy::needless_range_loop, reason = "tables are written by their indices")]

use bilan::privacy::attack::{Cell, Keep, Relation, Sense};

/// Deterministic pseudo-random numbers below a bound.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % bound.max(1)
    }

    /// How far totals are kept.
    fn keep(&mut self) -> Keep {
        [Keep::Open, Keep::Last][self.below(2) as usize]
    }

    /// Many small counts, a few large ones.
    pub(crate) fn count(&mut self, scale: u64) -> u64 {
        let a = self.below(scale) + 1;
        let b = self.below(scale) + 1;
        a * b / scale.max(1)
    }
}

#[derive(Default)]
pub(crate) struct Tables {
    pub(crate) cells: Vec<Cell>,
    pub(crate) relations: Vec<Relation>,
}

impl Tables {
    pub(crate) fn cell(
        &mut self,
        value: u64,
        threshold: u64,
        open: bool,
        published: bool,
    ) -> usize {
        let sensitive = published && !open && value > 0 && value < threshold;
        let keep = if open { Keep::Open } else { Keep::Plain };
        self.cells.push(Cell { value, threshold, sensitive, published, keep });
        self.cells.len() - 1
    }

    pub(crate) fn tie(&mut self, terms: Vec<(usize, i64)>, sense: Sense, constant: i64) {
        self.relations.push(Relation { terms, sense, constant });
    }

    pub(crate) fn total(&mut self, parts: &[usize], threshold: u64, keep: Keep) {
        let sum = parts.iter().map(|&c| self.cells[c].value).sum();
        let total = self.cell(sum, threshold, true, true);
        self.cells[total].keep = keep;
        let mut terms: Vec<(usize, i64)> = parts.iter().map(|&c| (c, 1)).collect();
        terms.push((total, -1));
        self.tie(terms, Sense::Equal, 0);
    }

    pub(crate) fn sum(&self, cells: &[usize]) -> u64 {
        cells.iter().map(|&c| self.cells[c].value).sum()
    }
}

/// `scopes` territories and their programme, `windows` windows of which the last is
/// cumulative, `modalities` modalities: the tables of the reporting tool.
pub(crate) fn linked(
    dice: &mut Dice,
    scopes: usize,
    modalities: usize,
    windows: usize,
    scale: u64,
    threshold: u64,
) -> Tables {
    let mut t = Tables::default();
    let keep = dice.keep();
    // x[window][scope][modality]; the programme is the last scope.
    let mut x = vec![vec![vec![0u64; modalities]; scopes + 1]; windows];
    let mut overlap = vec![vec![0u64; modalities]; windows];
    let mut outside = vec![vec![0u64; modalities]; windows];
    for w in 0..windows {
        let last = w + 1 == windows && windows > 1;
        for m in 0..modalities {
            for s in 0..scopes {
                let most = (0..w).map(|q| x[q][s][m]).max().unwrap_or(0);
                x[w][s][m] = if last { most + dice.count(scale) } else { dice.count(scale) };
            }
            let sum: u64 = (0..scopes).map(|s| x[w][s][m]).sum();
            let most = (0..scopes).map(|s| x[w][s][m]).max().unwrap_or(0);
            overlap[w][m] = dice.below((sum - most) / 5 + 1);
            outside[w][m] = dice.below(sum / 10 + 2);
            let before = if last { (0..w).map(|q| x[q][scopes][m]).max().unwrap_or(0) } else { 0 };
            let all = sum - overlap[w][m] + outside[w][m];
            outside[w][m] += before.saturating_sub(all);
            x[w][scopes][m] = sum - overlap[w][m] + outside[w][m];
        }
    }
    let ids: Vec<Vec<Vec<usize>>> = x
        .iter()
        .map(|by| {
            by.iter()
                .map(|row| row.iter().map(|&v| t.cell(v, threshold, false, true)).collect())
                .collect()
        })
        .collect();
    for w in 0..windows {
        for row in &ids[w] {
            t.total(row, threshold, keep);
        }
        let d: Vec<usize> = overlap[w].iter().map(|&v| t.cell(v, 0, false, false)).collect();
        let h: Vec<usize> = outside[w].iter().map(|&v| t.cell(v, 0, false, false)).collect();
        for m in 0..modalities {
            let mut terms: Vec<(usize, i64)> = (0..scopes).map(|s| (ids[w][s][m], 1)).collect();
            terms.extend([(d[m], -1), (h[m], 1), (ids[w][scopes][m], -1)]);
            t.tie(terms, Sense::Equal, 0);
            for s in 0..scopes {
                t.tie(vec![(ids[w][s][m], 1), (ids[w][scopes][m], -1)], Sense::AtMost, 0);
            }
        }
        let (all_d, all_h) = (t.sum(&d) as i64, t.sum(&h) as i64);
        t.tie(d.iter().map(|&c| (c, 1)).collect(), Sense::Equal, all_d);
        t.tie(h.iter().map(|&c| (c, 1)).collect(), Sense::Equal, all_h);
        if w + 1 < windows {
            for s in 0..=scopes {
                for m in 0..modalities {
                    t.tie(vec![(ids[w][s][m], 1), (ids[windows - 1][s][m], -1)], Sense::AtMost, 0);
                }
            }
        }
    }
    t
}

/// One or two windows of one breakdown with an open total.
pub(crate) fn breakdown(
    dice: &mut Dice,
    scale: u64,
    threshold: u64,
    parts: usize,
    windows: usize,
) -> Tables {
    let mut t = Tables::default();
    let quarter: Vec<u64> = (0..parts).map(|_| dice.count(scale)).collect();
    let q: Vec<usize> = quarter.iter().map(|&v| t.cell(v, threshold, false, true)).collect();
    t.total(&q, threshold, Keep::Open);
    if windows > 1 {
        let c: Vec<usize> = quarter
            .iter()
            .map(|&v| v + dice.below(scale))
            .map(|v| t.cell(v, threshold, false, true))
            .collect();
        t.total(&c, threshold, Keep::Open);
        for (&a, &b) in q.iter().zip(&c) {
            t.tie(vec![(a, 1), (b, -1)], Sense::AtMost, 0);
        }
    }
    t
}
