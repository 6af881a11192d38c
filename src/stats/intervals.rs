//! 95 % confidence intervals of proportions, counts, rates and differences, chosen for small numbers.

/// 97.5th percentile of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;
/// Probability left out on each side.
const TAIL: f64 = 0.025;
/// Counts from which Byar's approximation replaces the exact interval.
const BYAR_FROM: u64 = 10;

/// A confidence interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// Both ends times a factor.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Self { low: self.low * factor, high: self.high * factor }
    }
}

/// Interval of a proportion `successes / trials` (Wilson 1927). `None` without trials, or with more
/// successes than trials.
pub fn wilson(successes: u64, trials: u64) -> Option<Interval> {
    if trials == 0 || successes > trials {
        return None;
    }
    let n = trials as f64;
    let p = successes as f64 / n;
    let spread = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    let centre = p + Z * Z / (2.0 * n);
    Some(Interval {
        low: if successes == 0 { 0.0 } else { (centre - spread) / scale },
        high: if successes == trials { 1.0 } else { (centre + spread) / scale },
    })
}

/// Interval of a count of events: exact (χ², Garwood 1936) below 10 events, Byar's approximation
/// (Breslow & Day 1987) from 10.
pub fn count(events: u64) -> Interval {
    if events < BYAR_FROM { garwood(events) } else { byar(events) }
}

/// Interval of a rate per 1 000: `1000 × events / population`. `None` without population.
pub fn per_thousand(events: u64, population: f64) -> Option<Interval> {
    (population > 0.0).then(|| count(events).scaled(1000.0 / population))
}

/// Interval of the difference `p₁ − p₂` of two independent proportions (Newcombe 1998, method 10).
/// `None` when one of them has no trial.
pub fn difference(first: (u64, u64), second: (u64, u64)) -> Option<Interval> {
    let (a, b) = (wilson(first.0, first.1)?, wilson(second.0, second.1)?);
    let p1 = first.0 as f64 / first.1 as f64;
    let p2 = second.0 as f64 / second.1 as f64;
    Some(Interval {
        low: p1 - p2 - (p1 - a.low).hypot(b.high - p2),
        high: p1 - p2 + (a.high - p1).hypot(p2 - b.low),
    })
}

/// The χ² quantiles ½χ²(2k) and ½χ²(2k+2), found as the Poisson means that leave 2.5 % beyond `k`:
/// for whole numbers the two are the same thing.
fn garwood(events: u64) -> Interval {
    let low =
        if events == 0 { 0.0 } else { mean_with_cumulative(events - 1, 1.0 - TAIL, events as f64) };
    // The upper end is always below k + 4√k + 5 here.
    let k = events as f64;
    Interval { low, high: mean_with_cumulative(events, TAIL, k + 4.0 * k.sqrt() + 5.0) }
}

/// The mean m of a Poisson law with P(X ≤ k) = `probability`, by bisection on [0, `most`].
fn mean_with_cumulative(k: u64, probability: f64, most: f64) -> f64 {
    let (mut low, mut high) = (0.0, most);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if poisson_cumulative(k, middle) > probability {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

fn poisson_cumulative(k: u64, mean: f64) -> f64 {
    let mut term = (-mean).exp();
    let mut sum = term;
    for i in 1..=k {
        term *= mean / i as f64;
        sum += term;
    }
    sum
}

fn byar(events: u64) -> Interval {
    let cube = |k: f64, z: f64| k * (1.0 - 1.0 / (9.0 * k) + z / (3.0 * k.sqrt())).powi(3);
    let k = events as f64;
    Interval { low: cube(k, -Z), high: cube(k + 1.0, Z) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_near(found: Interval, low: f64, high: f64, what: &str) {
        let near = |a: f64, b: f64| (a - b).abs() < 1e-6;
        assert!(near(found.low, low) && near(found.high, high), "{what}: {found:?}");
    }

    #[test]
    fn wilson_of_worked_examples() {
        for (successes, trials, low, high) in [
            (0, 10, 0.0, 0.277_533),
            (1, 10, 0.017_876, 0.404_150),
            (3, 7, 0.158_220, 0.749_542),
            (65, 100, 0.552_544, 0.736_358),
        ] {
            let found = wilson(successes, trials).expect("trials");
            assert_near(found, low, high, &format!("{successes}/{trials}"));
        }
        assert_eq!(wilson(0, 0), None);
        assert_eq!(wilson(3, 2), None);
        assert_eq!(wilson(5, 5).map(|i| i.high), Some(1.0));
    }

    #[test]
    fn rates_of_worked_examples_on_both_sides_of_ten_events() {
        for (events, population, low, high) in [
            (0, 26_000.0, 0.0, 0.141_880),
            // χ²(0.025; 8) = 2.179 731, halved, over 26.
            (4, 26_000.0, 0.041_918, 0.393_907),
            (12, 26_000.0, 0.238_212, 0.806_264),
            (150, 195_000.0, 0.651_050, 0.902_657),
        ] {
            let found = per_thousand(events, population).expect("population");
            assert_near(found, low, high, &events.to_string());
        }
        assert_eq!(per_thousand(3, 0.0), None);
    }

    #[test]
    fn exact_and_approximate_counts_meet_at_the_switch() {
        let (exact, approximate) = (garwood(10), byar(10));
        assert!((exact.low - approximate.low).abs() < 0.02, "{exact:?} {approximate:?}");
        assert!((exact.high - approximate.high).abs() < 0.02, "{exact:?} {approximate:?}");
    }

    #[test]
    fn difference_is_newcombes_own_example() {
        let found = difference((56, 70), (48, 80)).expect("trials");
        assert!((found.low - 0.0524).abs() < 5e-5 && (found.high - 0.3339).abs() < 5e-5);
        assert_eq!(difference((0, 0), (1, 2)), None);
    }
}
