//! Ties within and between groups of organisations: networks, types.
//!
//! The group of an organisation is the first network it is given; those of none are *sans réseau*, a
//! block of its own, left out of EI. Ties are those of level 1 and more.

use super::attested;
use super::shape::{LEVELS, at_end};
use crate::indicators::network::Ties;
use crate::indicators::{Cell, Reading};
use crate::programme::Organisation;
use crate::stats::network as stats;
use std::collections::BTreeMap;

/// Group of organisations of no known network.
const NO_NETWORK: &str = "sans réseau";
/// Group of organisations of unknown type.
const NO_TYPE: &str = "non renseigné";

/// Ties by pair of networks, `m_gh`, over possible ones: density of each block.
pub(super) fn by_network(cell: &Cell<'_>) -> Vec<Reading> {
    blocks(cell, "reseaux", |o| o.networks.first().map_or(NO_NETWORK, String::as_str))
}

/// Ties by pair of types of organisation.
pub(super) fn by_type(cell: &Cell<'_>) -> Vec<Reading> {
    blocks(cell, "types", |o| o.kind.as_deref().unwrap_or(NO_TYPE))
}

fn blocks(
    cell: &Cell<'_>,
    dimension: &'static str,
    name: impl Fn(&Organisation) -> &str,
) -> Vec<Reading> {
    attested(cell, || {
        let ties = at_end(cell);
        let group = |o: usize| name(&cell.programme.organisations[o]);
        let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
        for organisation in ties.members() {
            *sizes.entry(group(*organisation)).or_default() += 1;
        }
        let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for (a, b, _) in ties.ties() {
            let (a, b) = (group(a), group(b));
            *counts.entry((a.min(b), a.max(b))).or_default() += 1;
        }
        let mut readings = Vec::new();
        for (g, size) in &sizes {
            for (h, other) in sizes.range::<&str, _>(*g..) {
                let possible = if g == h { stats::pairs(*size) } else { (size * other) as f64 };
                if possible > 0.0 {
                    let count = counts.get(&(*g, *h)).copied().unwrap_or(0);
                    let block = Reading::rate(count as f64, possible, "moins-de-deux-structures");
                    readings.push(block.by(dimension, format!("{g} × {h}")));
                }
            }
        }
        readings
    })
}

/// Groups of the members for EI: positions of ties, group of each, sizes.
struct Partition {
    group: Vec<Option<usize>>,
    sizes: Vec<usize>,
}

fn partition(cell: &Cell<'_>, ties: &Ties) -> Partition {
    let networks: Vec<Option<&str>> = ties
        .members()
        .iter()
        .map(|o| cell.programme.organisations[*o].networks.first().map(String::as_str))
        .collect();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sizes = Vec::new();
    let mut group = Vec::new();
    for network in networks {
        group.push(network.map(|name| {
            let number = *numbers.entry(name).or_insert(sizes.len());
            if number == sizes.len() {
                sizes.push(0);
            }
            sizes[number] += 1;
            number
        }));
    }
    Partition { group, sizes }
}

/// EI index by network, at level 1 and more, and by level.
pub(super) fn ei(cell: &Cell<'_>) -> Vec<Reading> {
    attested(cell, || {
        let ties = at_end(cell);
        let groups = partition(cell, &ties);
        let at_least = |level| {
            let (e, i) = stats::external_internal(&ties.positions(level), &groups.group);
            let (e, i) = (e as f64, i as f64);
            Reading::rate(e - i, e + i, "aucun-lien-de-reseau").with_n(groups.sizes.iter().sum())
        };
        std::iter::once(at_least(1))
            .chain(LEVELS.map(|(code, level)| at_least(level).by("niveau", code)))
            .collect()
    })
}

/// EI expected from the sizes of the networks alone.
pub(super) fn expected_ei(cell: &Cell<'_>) -> Vec<Reading> {
    attested(cell, || {
        let groups = partition(cell, &at_end(cell));
        let n: usize = groups.sizes.iter().sum();
        let within: f64 = groups.sizes.iter().map(|s| stats::pairs(*s)).sum();
        let all = stats::pairs(n);
        let reason = "moins-de-deux-structures-de-reseau";
        vec![Reading::rate(all - 2.0 * within, all, reason).with_n(n)]
    })
}

/// Share of ties that bridge two networks, over the share expected from the sizes of the networks.
pub(super) fn bridging_ratio(cell: &Cell<'_>) -> Vec<Reading> {
    attested(cell, || {
        let ties = at_end(cell);
        let groups = partition(cell, &ties);
        let (external, internal) = stats::external_internal(&ties.positions(1), &groups.group);
        let expected = stats::expected_ei(&groups.sizes).map_or(0.0, |ei| 0.5 * (1.0 + ei));
        let total = external + internal;
        let reading = if total == 0 {
            Reading::rate(0.0, 0.0, "aucun-lien-de-reseau")
        } else {
            let share = external as f64 / total as f64;
            Reading::rate(share, expected, "un-seul-reseau")
        };
        vec![reading.with_n(total)]
    })
}
