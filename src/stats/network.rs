//! Undirected networks: density, groups, components, co-presence. Nodes are 0 to n − 1, ties are pairs
//! of different nodes, each given once.

use petgraph::unionfind::UnionFind;
use std::collections::BTreeMap;

/// Number of pairs of n nodes.
pub fn pairs(n: usize) -> f64 {
    let n = n as f64;
    (n * (n - 1.0) / 2.0).max(0.0)
}

/// Density `2m/(n(n−1))`; `None` below two nodes.
pub fn density(ties: usize, nodes: usize) -> Option<f64> {
    (nodes > 1).then(|| ties as f64 / pairs(nodes))
}

/// Average degree `2m/n`; `None` without nodes.
pub fn average_degree(ties: usize, nodes: usize) -> Option<f64> {
    (nodes > 0).then(|| 2.0 * ties as f64 / nodes as f64)
}

/// External and internal ties of a partition: `group[i]` is the group of node i, `None` = in none, its
/// ties count in neither.
pub fn external_internal(ties: &[(usize, usize)], group: &[Option<usize>]) -> (usize, usize) {
    let mut counts = (0, 0);
    for (a, b) in ties {
        match (group[*a], group[*b]) {
            (Some(a), Some(b)) if a == b => counts.1 += 1,
            (Some(_), Some(_)) => counts.0 += 1,
            _ => {}
        }
    }
    counts
}

/// EI index `(E − I)/(E + I)` (Krackhardt & Stern 1988): −1 = only ties within groups, +1 = only ties
/// between. `None` without ties.
pub fn ei(external: usize, internal: usize) -> Option<f64> {
    let (e, i) = (external as f64, internal as f64);
    (external + internal > 0).then(|| (e - i) / (e + i))
}

/// EI expected if ties ignored groups, `EI₀ = 1 − 2Σ n_g(n_g−1)/(n(n−1))`, from the group sizes. `None`
/// below two nodes.
pub fn expected_ei(sizes: &[usize]) -> Option<f64> {
    let n: usize = sizes.iter().sum();
    (n > 1).then(|| {
        let within: f64 = sizes.iter().map(|s| pairs(*s)).sum();
        1.0 - 2.0 * within / pairs(n)
    })
}

/// Sizes of the connected components, largest first; a node without ties is one of size 1.
pub fn components(nodes: usize, ties: &[(usize, usize)]) -> Vec<usize> {
    let mut sets = UnionFind::new(nodes);
    for (a, b) in ties {
        sets.union(*a, *b);
    }
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for label in sets.into_labeling() {
        *sizes.entry(label).or_default() += 1;
    }
    let mut sizes: Vec<usize> = sizes.into_values().collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes
}

/// Nodes without a tie.
pub fn isolates(nodes: usize, ties: &[(usize, usize)]) -> Vec<usize> {
    let mut tied = vec![false; nodes];
    for (a, b) in ties {
        tied[*a] = true;
        tied[*b] = true;
    }
    (0..nodes).filter(|n| !tied[*n]).collect()
}

/// Two people seen together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CoPresence {
    /// The lower number of the two.
    pub a: usize,
    /// The higher.
    pub b: usize,
    /// Events both were at.
    pub meetings: usize,
    /// Newman (2001) weight `Σ_k 1/(d_k − 1)` over those events, `d_k` people being at event k.
    pub weight: f64,
}

/// Co-present pairs of an attendance list of (person, event), in order of pair. A person named twice at
/// an event is there once. Time is linear in Σ d_k², and memory in the pairs found.
pub fn co_presence(attendance: &[(usize, usize)]) -> Vec<CoPresence> {
    let mut met = Vec::new();
    each_meeting(attendance, |pair| met.push(pair));
    met.sort_unstable_by_key(|pair| (pair.a, pair.b));
    met
}

/// Calls `see` for each co-present pair of an attendance list, in order of its first person. Memory is
/// linear in the attendance, however many pairs there are.
pub fn each_meeting(attendance: &[(usize, usize)], mut see: impl FnMut(CoPresence)) {
    let mut rows: Vec<(usize, usize)> = attendance.iter().map(|(p, e)| (*e, *p)).collect();
    rows.sort_unstable();
    rows.dedup();
    let events: Vec<&[(usize, usize)]> = rows.chunk_by(|x, y| x.0 == y.0).collect();
    // Where each person comes in each of their events; in order of event, so that the weights of a
    // pair are added in that order whatever the order of rows.
    let mut places: Vec<(usize, usize, usize)> = Vec::with_capacity(rows.len());
    for (event, people) in events.iter().enumerate() {
        places.extend(people.iter().enumerate().map(|(place, (_, p))| (*p, event, place)));
    }
    places.sort_unstable();
    let people = places.last().map_or(0, |(person, ..)| person + 1);
    let mut meetings: Vec<(usize, f64)> = vec![(0, 0.0); people];
    let mut others = Vec::new();
    for person in places.chunk_by(|x, y| x.0 == y.0) {
        for (_, event, place) in person {
            let present = events[*event];
            let weight = 1.0 / (present.len() as f64 - 1.0);
            for (_, other) in &present[place + 1..] {
                let met = &mut meetings[*other];
                if met.0 == 0 {
                    others.push(*other);
                }
                *met = (met.0 + 1, met.1 + weight);
            }
        }
        for b in others.drain(..) {
            let (meetings, weight) = std::mem::take(&mut meetings[b]);
            see(CoPresence { a: person[0].0, b, meetings, weight });
        }
    }
}

/// Pairs that [`co_presence`] would go through, Σ d_k(d_k−1)/2, to refuse what would take too long.
pub fn co_presence_cost(attendance: &[(usize, usize)]) -> f64 {
    let events = attendance.iter().map(|(_, event)| event + 1).max().unwrap_or(0);
    let mut sizes = vec![0_usize; events];
    for (_, event) in attendance {
        sizes[*event] += 1;
    }
    sizes.into_iter().map(pairs).sum()
}

#[cfg(test)]
mod tests;
