//! Worked values; Zachary's karate club (1977) with its two clubs after the split.

use super::*;
use proptest::prelude::*;

/// Zachary (1977): 34 members, 78 ties, numbered from 0.
const KARATE: &[(usize, &[usize])] = &[
    (0, &[1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31]),
    (1, &[2, 3, 7, 13, 17, 19, 21, 30]),
    (2, &[3, 7, 8, 9, 13, 27, 28, 32]),
    (3, &[7, 12, 13]),
    (4, &[6, 10]),
    (5, &[6, 10, 16]),
    (6, &[16]),
    (8, &[30, 32, 33]),
    (9, &[33]),
    (13, &[33]),
    (14, &[32, 33]),
    (15, &[32, 33]),
    (18, &[32, 33]),
    (19, &[33]),
    (20, &[32, 33]),
    (22, &[32, 33]),
    (23, &[25, 27, 29, 32, 33]),
    (24, &[25, 27, 31]),
    (25, &[31]),
    (26, &[29, 33]),
    (27, &[33]),
    (28, &[31, 33]),
    (29, &[32, 33]),
    (30, &[32, 33]),
    (31, &[32, 33]),
    (32, &[33]),
];

/// Members who stayed with the instructor (node 0).
const MR_HI: [usize; 17] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 16, 17, 19, 21];

fn karate() -> Vec<(usize, usize)> {
    KARATE.iter().flat_map(|(a, list)| list.iter().map(move |b| (*a, *b))).collect()
}

fn near(found: Option<f64>, expected: f64) {
    let found = found.expect("defined");
    assert!((found - expected).abs() < 5e-7, "{found} instead of {expected}");
}

#[test]
fn karate_club() {
    let ties = karate();
    assert_eq!(ties.len(), 78);
    near(density(ties.len(), 34), 0.139_037);
    near(average_degree(ties.len(), 34), 156.0 / 34.0);
    let clubs: Vec<_> = (0..34).map(|n| Some(usize::from(!MR_HI.contains(&n)))).collect();
    let (external, internal) = external_internal(&ties, &clubs);
    assert_eq!((external, internal), (11, 67));
    near(ei(external, internal), -0.717_949);
    near(expected_ei(&[17, 17]), 0.030_303);
    assert_eq!(components(34, &ties), [34]);
    assert!(isolates(34, &ties).is_empty());
}

#[test]
fn karate_club_without_its_instructor() {
    let ties: Vec<_> = karate().into_iter().filter(|(a, _)| *a > 0).collect();
    let ties: Vec<_> = ties.into_iter().map(|(a, b)| (a - 1, b - 1)).collect();
    let sizes = components(33, &ties);
    assert_eq!(sizes[0], 27);
    let together: f64 = sizes.iter().map(|s| pairs(*s)).sum();
    near(Some(1.0 - together / pairs(33)), 0.316_288);
}

#[test]
fn expected_ei_of_group_sizes() {
    for (sizes, expected) in [
        (&[17, 17][..], 0.030),
        (&[10, 10, 10], 0.379),
        (&[5, 5, 5, 5, 5, 5], 0.724),
        (&[20, 4, 3, 2, 1], 0.080),
    ] {
        let found = expected_ei(sizes).expect("defined");
        assert!((found - expected).abs() < 5e-4, "{sizes:?}: {found}");
    }
}

#[test]
fn small_networks_have_no_density() {
    assert_eq!(density(0, 1), None);
    assert_eq!(average_degree(0, 0), None);
    assert_eq!(ei(0, 0), None);
    assert_eq!(expected_ei(&[1]), None);
    assert_eq!(expected_ei(&[]), None);
    assert_eq!(components(3, &[(0, 2)]), [2, 1]);
    assert_eq!(isolates(3, &[(0, 2)]), [1]);
    assert!(components(0, &[]).is_empty());
}

#[test]
fn ties_of_nodes_without_a_group_are_left_out() {
    let groups = [Some(0), Some(0), Some(1), None];
    assert_eq!(external_internal(&[(0, 1), (1, 2), (2, 3)], &groups), (1, 1));
}

#[test]
fn newman_weights() {
    // Events {a, b, c}, {a, b}, {d}; b is written twice in the second.
    let list = [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (1, 1), (3, 2)];
    let found: Vec<_> =
        co_presence(&list).iter().map(|p| (p.a, p.b, p.meetings, p.weight)).collect();
    assert_eq!(found, [(0, 1, 2, 1.5), (0, 2, 1, 0.5), (1, 2, 1, 0.5)]);
    assert!(co_presence(&[]).is_empty());
    assert!((co_presence_cost(&list) - 6.0).abs() < 1e-12);
}

/// Known figures of two published attendance lists.
#[test]
fn published_attendance_lists() {
    let Some(folder) = std::env::var_os("BILAN_REAL_DATA") else {
        println!("skipped, no real data");
        return;
    };
    let folder = std::path::Path::new(&folder).join("networks");
    for (file, people, rows, met) in
        [("davis_southern_women.csv", 18, 89, 139), ("galaskiewicz_ceos_clubs.csv", 26, 98, 284)]
    {
        let bytes = crate::files::read(&folder.join(file)).expect("readable");
        let text = String::from_utf8(bytes).expect("UTF-8");
        let mut names: [BTreeMap<String, usize>; 2] = Default::default();
        let list: Vec<(usize, usize)> = text
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once(','))
            .map(|(actor, event)| {
                let mut number = |side: usize, name: &str| {
                    let next = names[side].len();
                    *names[side].entry(name.to_string()).or_insert(next)
                };
                (number(0, actor), number(1, event))
            })
            .collect();
        assert_eq!((names[0].len(), list.len()), (people, rows), "{file}");
        assert_eq!(co_presence(&list).len(), met, "{file}");
    }
}

proptest! {
    #[test]
    fn order_of_rows_changes_nothing(
        rows in prop::collection::vec((0usize..8, 0usize..6), 0..40),
    ) {
        let mut other = rows.clone();
        other.reverse();
        prop_assert_eq!(co_presence(&rows), co_presence(&other));
    }

    /// Each person of an event of two or more gives 1 to it: Σ weights = Σ d_k / 2 over such events.
    #[test]
    fn weights_add_up(rows in prop::collection::btree_set((0usize..8, 0usize..6), 0..40)) {
        let rows: Vec<_> = rows.into_iter().collect();
        let shared = rows.iter().filter(|r| rows.iter().filter(|o| o.1 == r.1).count() > 1).count();
        let total: f64 = co_presence(&rows).iter().map(|p| p.weight).sum();
        prop_assert!((total - shared as f64 / 2.0).abs() < 1e-9);
    }
}
