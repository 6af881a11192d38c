//! Concentration and diversity of a total over its parts: Herfindahl–Hirschman, Hill (1973),
//! Chang & Tuckman (1994). Parts that are not above 0 are left out: a share is never negative.

/// The parts above 0 and their sum.
fn positive(amounts: &[f64]) -> (Vec<f64>, f64) {
    let kept: Vec<f64> = amounts.iter().copied().filter(|a| *a > 0.0).collect();
    let total = kept.iter().sum();
    (kept, total)
}

/// Shares of the total, `s_i = A_i / ΣA_i`; empty when there is nothing to share.
pub fn shares(amounts: &[f64]) -> Vec<f64> {
    let (kept, total) = positive(amounts);
    kept.iter().map(|a| a / total).collect()
}

/// Herfindahl–Hirschman index `Σ s_i²`: 1/n when all are equal, 1 when one has everything. `None`
/// when there is nothing to share.
pub fn hhi(amounts: &[f64]) -> Option<f64> {
    let (kept, total) = positive(amounts);
    let squares: f64 = kept.iter().map(|a| a * a).sum();
    (total > 0.0).then(|| squares / (total * total))
}

/// Hill number of order 0, 1 or 2, the effective number of parts (Hill 1973): `⁰D = n`,
/// `¹D = exp(−Σ s_i ln s_i)`, `²D = 1/Σ s_i²`. `None` when there is nothing to share, or for another
/// order.
pub fn hill(amounts: &[f64], order: u8) -> Option<f64> {
    let shares = shares(amounts);
    if shares.is_empty() {
        return None;
    }
    match order {
        0 => Some(shares.len() as f64),
        1 => Some((-shares.iter().map(|s| s * s.ln()).sum::<f64>()).exp()),
        2 => hhi(amounts).map(|h| 1.0 / h),
        _ => None,
    }
}

/// Normalised index `(hhi − 1/n)/(1 − 1/n)`: 0 when all are equal, whatever their number. `None` below
/// two parts.
pub fn normalised_hhi(amounts: &[f64]) -> Option<f64> {
    let n = shares(amounts).len();
    if n < 2 {
        return None;
    }
    let floor = 1.0 / n as f64;
    Some(((hhi(amounts)? - floor) / (1.0 - floor)).max(0.0))
}

/// Diversification `(1 − hhi)/(1 − 1/N)` over a fixed number N of categories (Chang & Tuckman 1994):
/// 0 for a single category, 1 when the N are equal. `None` when N < 2 or there is nothing to share.
pub fn diversification(amounts: &[f64], categories: usize) -> Option<f64> {
    if categories < 2 {
        return None;
    }
    Some((1.0 - hhi(amounts)?) / (1.0 - 1.0 / categories as f64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(found: Option<f64>, expected: f64) {
        let found = found.expect("defined");
        assert!((found - expected).abs() < 5e-5, "{found} instead of {expected}");
    }

    #[test]
    fn worked_examples() {
        for (amounts, hhi_, d2, normal, d1) in [
            (&[80.0, 20.0][..], 0.68, 1.4706, Some(0.36), 1.6494),
            (&[60.0, 20.0, 10.0, 10.0], 0.42, 2.3810, Some(0.2267), 2.9710),
            (&[25.0, 25.0, 25.0, 25.0], 0.25, 4.0, Some(0.0), 4.0),
            (&[100.0], 1.0, 1.0, None, 1.0),
        ] {
            near(hhi(amounts), hhi_);
            near(hill(amounts, 2), d2);
            near(hill(amounts, 1), d1);
            near(hill(amounts, 0), amounts.len() as f64);
            match normal {
                Some(expected) => near(normalised_hhi(amounts), expected),
                None => assert_eq!(normalised_hhi(amounts), None),
            }
        }
    }

    #[test]
    fn nothing_to_share_has_no_concentration() {
        for amounts in [&[][..], &[0.0, 0.0], &[-5.0]] {
            assert_eq!(hhi(amounts), None);
            assert_eq!(hill(amounts, 1), None);
            assert_eq!(diversification(amounts, 11), None);
        }
    }

    #[test]
    fn diversification_goes_from_one_category_to_all_equal() {
        assert_eq!(diversification(&[100.0], 11), Some(0.0));
        near(diversification(&[1.0; 4], 4), 1.0);
        near(diversification(&[80.0, 20.0], 11), 0.32 / (1.0 - 1.0 / 11.0));
        assert_eq!(diversification(&[100.0], 1), None);
    }

    proptest! {
        /// A part of nothing and a change of currency change nothing; 1 ≤ ²D ≤ ¹D ≤ ⁰D.
        #[test]
        fn orders_are_ordered(amounts in prop::collection::vec(1u32..1_000_000, 1..12)) {
            let amounts: Vec<f64> = amounts.into_iter().map(f64::from).collect();
            let [d0, d1, d2] = [0, 1, 2].map(|q| hill(&amounts, q).expect("defined"));
            prop_assert!(1.0 - 1e-9 <= d2 && d2 <= d1 + 1e-9 && d1 <= d0 + 1e-9);
            let mut more: Vec<f64> = amounts.iter().map(|a| a * 7.0).collect();
            more.push(0.0);
            prop_assert!((hhi(&more).expect("defined") - 1.0 / d2).abs() < 1e-9);
        }
    }
}
