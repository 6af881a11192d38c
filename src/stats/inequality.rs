//! Inequality of a distribution.

/// Gini coefficient of non-negative amounts, `2 Σ i·x₍ᵢ₎ / (n Σx) − (n+1)/n` with x sorted upwards and
/// i from 1: 0 = all equal, (n−1)/n = one has everything. `None` below two amounts or when all are 0.
pub fn gini(amounts: &[f64]) -> Option<f64> {
    let mut sorted = amounts.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let total: f64 = sorted.iter().sum();
    if sorted.len() < 2 || total <= 0.0 {
        return None;
    }
    let weighted: f64 = sorted.iter().zip(1u32..).map(|(x, i)| f64::from(i) * x).sum();
    Some((2.0 * weighted / (n * total) - (n + 1.0) / n).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gini_of_worked_examples() {
        for (amounts, expected) in [
            (&[10.0, 12.0, 8.0, 40.0, 5.0][..], 0.394_667),
            (&[0.0, 0.0, 9.0], 0.666_667),
            (&[7.0, 7.0, 7.0], 0.0),
        ] {
            let gini = gini(amounts).expect("defined");
            assert!((gini - expected).abs() < 1e-6, "{amounts:?}: {gini}");
        }
    }

    #[test]
    fn gini_needs_two_amounts_and_something_to_share() {
        for amounts in [&[][..], &[3.0], &[0.0, 0.0]] {
            assert_eq!(gini(amounts), None, "{amounts:?}");
        }
    }
}
