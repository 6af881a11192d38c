//! An amount spread over the months it covers, to the cent.

use chrono::{Datelike, Days, NaiveDate};
use std::cmp::Reverse;

/// Every length of a month divides it: a whole month weighs this, a part of one in proportion.
const MONTH: u64 = 4 * 7 * 29 * 3 * 5 * 31;

/// Shares a whole amount in proportion to weights, nothing lost: each gets the whole part of its share,
/// what is left goes one by one to the largest remainders. Of equal remainders, those that keep the sum so
/// far nearest to its exact value come first: a quarter of 12 000 € over 9 months is 4 000 €, to the cent.
/// Nothing is shared over weights that are all 0.
pub(super) fn largest_remainder(amount: i64, weights: &[u64]) -> Vec<i64> {
    let total: i128 = weights.iter().map(|w| i128::from(*w)).sum();
    if total == 0 {
        return vec![0; weights.len()];
    }
    let size = i128::from(amount.unsigned_abs());
    let exact: Vec<i128> = weights.iter().map(|w| size * i128::from(*w)).collect();
    let mut parts: Vec<i128> = exact.iter().map(|e| e / total).collect();
    let left = size - parts.iter().sum::<i128>();
    let mut so_far = 0;
    let timely: Vec<bool> = exact
        .iter()
        .map(|share| {
            let before = rounded(so_far, total);
            so_far += share;
            rounded(so_far, total) - before > share / total
        })
        .collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|index| (Reverse(exact[*index] % total), !timely[*index]));
    for (index, _) in order.into_iter().zip(0..left) {
        parts[index] += 1;
    }
    let sign = i128::from(amount.signum());
    parts.into_iter().map(|part| i64::try_from(sign * part).unwrap_or(0)).collect()
}

/// The whole number nearest to `amount / total`.
fn rounded(amount: i128, total: i128) -> i128 {
    (2 * amount + total) / (2 * total)
}

/// An amount by month of a period, *pro rata temporis*: each month in proportion to its covered part.
/// The date is the first covered day of the month. Empty when the period ends before it starts.
pub(super) fn by_month(cents: i64, (first, last): (NaiveDate, NaiveDate)) -> Vec<(NaiveDate, i64)> {
    let mut months = Vec::new();
    let mut weights = Vec::new();
    let mut day = first;
    while day <= last {
        let Some(next) = next_month(day) else { break };
        let length = u64::from((next - Days::new(1)).day());
        let end = last.min(next - Days::new(1));
        let covered = u64::from(end.day() - day.day() + 1);
        months.push(day);
        weights.push(MONTH / length * covered);
        day = next;
    }
    months.into_iter().zip(largest_remainder(cents, &weights)).collect()
}

fn next_month(day: NaiveDate) -> Option<NaiveDate> {
    let (year, month) =
        if day.month() == 12 { (day.year() + 1, 1) } else { (day.year(), day.month() + 1) };
    NaiveDate::from_ymd_opt(year, month, 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn whole_months_weigh_the_same() {
        let parts = by_month(1_200_000, (day("2026-01-01"), day("2026-12-31")));
        assert_eq!(parts.len(), 12);
        assert!(parts.iter().all(|(_, cents)| *cents == 100_000));
        assert_eq!(parts[1].0, day("2026-02-01"));
    }

    #[test]
    fn a_part_of_a_month_weighs_its_days() {
        // 16 of 31 days, one month, 15 of 31: two months in all.
        let parts = by_month(6_200, (day("2026-07-16"), day("2026-09-15")));
        let cents: Vec<i64> = parts.iter().map(|p| p.1).collect();
        assert_eq!(cents.iter().sum::<i64>(), 6_200);
        assert_eq!(parts[0].0, day("2026-07-16"));
        // 16/31 : 1 : 15/30
        assert_eq!(cents, [1_587, 3_075, 1_538]);
    }

    #[test]
    fn cents_left_over_go_to_the_largest_remainders() {
        assert_eq!(largest_remainder(100, &[1, 1, 1]), [33, 34, 33]);
        assert_eq!(largest_remainder(-100, &[1, 1, 1]), [-33, -34, -33]);
        assert_eq!(largest_remainder(8, &[1; 6]), [1, 2, 1, 1, 2, 1]);
        assert_eq!(largest_remainder(10, &[3, 5, 2]), [3, 5, 2]);
        assert_eq!(largest_remainder(5, &[0, 0]), [0, 0]);
        assert_eq!(largest_remainder(5, &[]), [0i64; 0]);
    }

    #[test]
    fn a_period_that_ends_before_it_starts_has_no_month() {
        assert!(by_month(5, (day("2026-02-01"), day("2026-01-31"))).is_empty());
        assert_eq!(by_month(5, (day("2024-02-29"), day("2024-02-29"))), [(day("2024-02-29"), 5)]);
    }

    proptest! {
        #[test]
        fn no_cent_is_lost(cents in -10_000_000_000i64..10_000_000_000, start in 0u64..1500, days in 0u64..2000) {
            let first = day("2023-01-01") + Days::new(start);
            let parts = by_month(cents, (first, first + Days::new(days)));
            prop_assert_eq!(parts.iter().map(|p| p.1).sum::<i64>(), cents);
        }
    }
}
