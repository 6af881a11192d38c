//! Breakdowns that stand alone: blocks of a network, actions of a plan. Nothing but their own sum ties
//! their cells to others.

/// Which cells of a breakdown are to be withheld, in the order of `counts`: those under the threshold,
/// and the smallest of the others until the sum of what is hidden, known by subtraction from the
/// headline, leaves each hidden cell at least a threshold of possible values apart.
pub(crate) fn hidden(counts: &[u64], threshold: u64) -> Vec<bool> {
    let small = counts.iter().filter(|count| (1..threshold).contains(*count)).count();
    if small == 0 {
        return vec![false; counts.len()];
    }
    // Zeros last: they hide nothing until everything is hidden.
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|index| (counts[*index] == 0, counts[*index], *index));
    let sorted: Vec<u64> = order.iter().map(|index| counts[*index]).collect();
    let taken = (small..sorted.len())
        .find(|taken| is_safe(&sorted, *taken, threshold))
        .unwrap_or(sorted.len());
    let mut hide = vec![false; counts.len()];
    for index in &order[..taken] {
        hide[*index] = true;
    }
    hide
}

/// True when hiding the first `taken` cells tells of none of them a range narrower than the threshold,
/// to a reader who knows their sum and that each is at most the smallest cell left visible.
fn is_safe(sorted: &[u64], taken: usize, threshold: u64) -> bool {
    let sum: u64 = sorted[..taken].iter().sum();
    let cells = taken as u64;
    let most = sorted[taken..].iter().copied().find(|count| *count > 0).unwrap_or(sum).min(sum);
    let least = sum.saturating_sub(most.saturating_mul(cells - 1));
    cells >= 2 && sum >= threshold + cells && most - least >= threshold
}

#[cfg(test)]
mod tests {
    use super::hidden;
    use std::collections::BTreeMap;

    #[test]
    fn small_cells_are_withheld_and_never_alone() {
        for (counts, expected) in [
            (&[][..], &[][..]),
            (&[40, 11, 0], &[false, false, false]),
            // Alone, 3 would be found again: 12 goes too.
            (&[40, 3, 12, 0], &[false, true, true, false]),
            (&[40, 3, 10], &[false, true, true]),
            // 12 hidden over two cells could only be 1 and 11.
            (&[40, 11, 1], &[true, true, true]),
            (&[60, 40, 11, 1, 0], &[false, true, true, true, false]),
            // Two small cells are not enough: 2 hidden is 1 and 1.
            (&[40, 1, 1], &[true, true, true]),
            // The headline says 1: nothing may say who.
            (&[1, 0, 0, 0], &[true, true, true, true]),
            // At most 12 each, 22 in all: 10 and 12, or 11 and 11.
            (&[12, 12, 10], &[true, true, true]),
            (&[5], &[true]),
        ] {
            assert_eq!(hidden(counts, 11), expected, "{counts:?}");
        }
        assert_eq!(hidden(&[9, 3, 2], 3), [false, true, true]);
    }

    /// What a hidden cell may be: `(least, most)` over every way to fill `cells` cells of at most `most`
    /// with `sum`.
    fn possible(cells: usize, sum: u64, most: u64) -> Option<(u64, u64)> {
        if cells == 1 {
            return (sum <= most).then_some((sum, sum));
        }
        let first: Vec<u64> = (0..=sum.min(most))
            .filter(|value| possible(cells - 1, sum - value, most).is_some())
            .collect();
        Some((*first.first()?, *first.last()?))
    }

    #[test]
    fn no_hidden_cell_is_found_from_the_sum_and_the_visible_ones() {
        const THRESHOLD: u64 = 11;
        const LARGEST: u64 = 25;
        let mut known: BTreeMap<(usize, u64, u64), (u64, u64)> = BTreeMap::new();
        // Every breakdown of 1 to 4 cells, whatever their order.
        let mut vectors: Vec<Vec<u64>> = (0..=LARGEST).map(|n| vec![n]).collect();
        let mut next = 0;
        while next < vectors.len() {
            let counts = vectors[next].clone();
            next += 1;
            if counts.len() < 4 {
                vectors
                    .extend((0..=counts[counts.len() - 1]).map(|n| [&counts[..], &[n]].concat()));
            }
            let hide = hidden(&counts, THRESHOLD);
            let of = |wanted: bool| -> Vec<u64> {
                counts.iter().zip(&hide).filter(|(_, h)| **h == wanted).map(|(n, _)| *n).collect()
            };
            let (secret, visible) = (of(true), of(false));
            assert!(visible.iter().all(|n| *n == 0 || *n >= THRESHOLD), "{counts:?}");
            if secret.is_empty() {
                continue;
            }
            let sum: u64 = secret.iter().sum();
            if visible.is_empty() && sum < THRESHOLD + secret.len() as u64 {
                // The published headline alone says this much: nothing is left to hide.
                continue;
            }
            // The reader also knows that the smallest go first.
            let most = visible.iter().copied().filter(|n| *n > 0).min().unwrap_or(sum);
            for most in [sum, most] {
                let (low, high) = *known.entry((secret.len(), sum, most)).or_insert_with(|| {
                    possible(secret.len(), sum, most).expect("the truth is possible")
                });
                assert!(high - low >= THRESHOLD, "{counts:?}: {low} to {high} of {secret:?}");
            }
        }
        assert_eq!(vectors.len(), 26 + 351 + 3276 + 23751);
    }
}
