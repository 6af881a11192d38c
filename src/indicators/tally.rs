//! Counting helpers shared by the folds.

use super::Evidence;
use crate::programme::{Organisation, TerritorySet};
use std::collections::BTreeMap;

/// Modality of what was not filled in, always the last of a breakdown.
pub(crate) const NOT_SAID: &str = "non renseigné";

/// How many different values.
pub(super) fn distinct<T: Ord>(values: impl Iterator<Item = T>) -> usize {
    sorted_unique(values).len()
}

/// The different values, in order. Rows come sorted from most queries, which makes this linear.
pub(super) fn sorted_unique<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = values.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Sum of amounts, to the bit the same whatever the order of rows: smallest first.
pub(super) fn total(amounts: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = amounts.collect();
    sorted.sort_by(f64::total_cmp);
    // Not `sum()`, which makes −0 of nothing.
    sorted.iter().fold(0.0, |sum, amount| sum + amount)
}

/// Sums by modality: the `expected` ones in their order even at 0, then the others in alphabetical
/// order, *non renseigné* last even at 0.
pub(super) fn tally<'a>(
    expected: &[&'a str],
    values: impl Iterator<Item = (Option<&'a str>, f64)>,
) -> Vec<(&'a str, f64)> {
    let mut amounts: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (modality, amount) in values {
        amounts.entry(modality.unwrap_or(NOT_SAID)).or_default().push(amount);
    }
    let mut sums: BTreeMap<&str, f64> =
        amounts.into_iter().map(|(modality, all)| (modality, total(all.into_iter()))).collect();
    let not_said = sums.remove(NOT_SAID).unwrap_or(0.0);
    let mut all: Vec<(&str, f64)> =
        expected.iter().map(|m| (*m, sums.remove(m).unwrap_or(0.0))).collect();
    all.extend(sums);
    all.push((NOT_SAID, not_said));
    all
}

/// [`tally`], for what is only counted.
pub(super) fn counts<'a>(
    expected: &[&'a str],
    values: impl Iterator<Item = Option<&'a str>>,
) -> Vec<(&'a str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for modality in values {
        *counts.entry(modality.unwrap_or(NOT_SAID)).or_default() += 1;
    }
    let not_said = counts.remove(NOT_SAID).unwrap_or(0);
    let mut all: Vec<(&str, usize)> =
        expected.iter().map(|m| (*m, counts.remove(m).unwrap_or(0))).collect();
    all.extend(counts);
    all.push((NOT_SAID, not_said));
    all
}

/// The modalities of one unit, or that nothing is said of it.
pub(super) fn or_not_said(found: Vec<&str>) -> impl Iterator<Item = Option<&str>> {
    let not_said = found.is_empty().then_some(None);
    found.into_iter().map(Some).chain(not_said)
}

/// Organisations by type.
pub(crate) const KIND: &str = "type_structure";
/// Organisations by network; one may be in several.
pub(crate) const NETWORK: &str = "reseau";

/// The modalities of an organisation in [`KIND`] or [`NETWORK`].
pub(super) fn modalities<'a>(organisation: &'a Organisation, dimension: &str) -> Vec<&'a str> {
    if dimension == KIND {
        organisation.kind.as_deref().into_iter().collect()
    } else {
        organisation.networks.iter().map(String::as_str).collect()
    }
}

/// Organisations, and people, by what the published directory says of the organisation, type and networks
/// at once. Measured to know what the other two give away together, and never published.
pub(crate) const BOTH: &str = "type_et_reseau";
/// Between the type and the networks of a modality of [`BOTH`], and between networks.
const SEPARATOR: char = '\u{1f}';

/// The modality of an organisation in [`BOTH`].
pub(super) fn both(organisation: &Organisation) -> String {
    let mut networks: Vec<&str> = organisation.networks.iter().map(String::as_str).collect();
    networks.sort_unstable();
    let kind = organisation.kind.as_deref().unwrap_or(NOT_SAID);
    let all = [kind].into_iter().chain(networks);
    all.collect::<Vec<_>>().join(&SEPARATOR.to_string())
}

/// The modalities of [`KIND`] or [`NETWORK`] that whoever is in one of [`BOTH`] is in.
pub(crate) fn parts<'a>(both: &'a str, dimension: &str) -> Vec<&'a str> {
    let mut parts = both.split(SEPARATOR);
    let kind = parts.next().unwrap_or(NOT_SAID);
    if dimension == KIND {
        return vec![kind];
    }
    let networks: Vec<&str> = parts.collect();
    if networks.is_empty() { vec![NOT_SAID] } else { networks }
}

/// Organisations by modality of [`KIND`] or [`NETWORK`], *non renseigné* last.
pub(super) fn organisations<'a>(
    some: impl Iterator<Item = &'a Organisation>,
    dimension: &str,
) -> Vec<(&'a str, usize)> {
    counts(&[], some.flat_map(|organisation| or_not_said(modalities(organisation, dimension))))
}

/// Keeps the first row of each (subject, territory): programme-wide firsts count everywhere, a first
/// in one more territory counts there only, so that new faces add up to unique ones in every column.
pub(super) fn firsts(rows: &[Evidence]) -> Vec<Evidence> {
    let mut rows: Vec<&Evidence> = rows.iter().collect();
    // Presences come in order of person, which makes this linear.
    rows.sort_by_key(|row| row.subject);
    let mut kept = Vec::new();
    for subject in rows.chunk_by_mut(|a, b| a.subject == b.subject) {
        subject.sort_by(|a, b| (a.date, &a.origin).cmp(&(b.date, &b.origin)));
        let mut seen = TerritorySet::default();
        for (place, row) in subject.iter().enumerate() {
            let new: TerritorySet = row.territories.iter().filter(|t| !seen.contains(*t)).collect();
            let known = place > 0;
            if !known || !new.is_empty() {
                kept.push(Evidence { territories: new, local: known, ..(*row).clone() });
            }
            new.iter().for_each(|territory| seen.insert(territory));
        }
    }
    kept
}

/// Median of numbers; `None` when there are none.
pub(super) fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        n if n % 2 == 1 => Some(sorted[middle]),
        _ => Some(0.5 * (sorted[middle - 1] + sorted[middle])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_said_comes_last_even_at_zero() {
        let rows = [(Some("z"), 1.0), (Some("a"), 2.0), (Some("F"), 1.0)];
        let found = tally(&["F", "H"], rows.into_iter());
        assert_eq!(found, [("F", 1.0), ("H", 0.0), ("a", 2.0), ("z", 1.0), (NOT_SAID, 0.0)]);
        let counted = counts(&["F"], [Some("z"), None, Some("F"), None].into_iter());
        assert_eq!(counted, [("F", 1), ("z", 1), (NOT_SAID, 2)]);
    }

    #[test]
    fn sums_do_not_depend_on_the_order_of_rows() {
        let (one, other) = ([0.1, 0.2, 0.3, 0.7], [0.7, 0.2, 0.1, 0.3]);
        let in_order = |all: [f64; 4]| all.iter().sum::<f64>().to_bits();
        assert_ne!(in_order(one), in_order(other), "amounts that tell the orders apart");
        assert_eq!(total(one.into_iter()).to_bits(), total(other.into_iter()).to_bits());
        let tallied = |all: [f64; 4]| tally(&[], all.into_iter().map(|a| (Some("h"), a)))[0].1;
        assert_eq!(tallied(one).to_bits(), tallied(other).to_bits());
        assert_eq!(total([].into_iter()).to_bits(), 0.0_f64.to_bits());
    }

    #[test]
    fn median_of_nothing_one_and_many() {
        assert_eq!(median([].into_iter()), None);
        assert_eq!(median([3.0].into_iter()), Some(3.0));
        assert_eq!(median([5.0, 1.0, 2.0, 4.0].into_iter()), Some(3.0));
    }
}
