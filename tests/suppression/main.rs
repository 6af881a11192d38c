//! Random linked tables, checked by readers that share no code with the crate: a linear
//! solver written by others, and plain enumeration.

mod tables;

use bilan::privacy::attack::{Keep, Sense, intervals};
use bilan::privacy::suppression::{Protection, protect};
use microlp::{ComparisonOp, OptimizationDirection, Problem};

use proptest::prelude::*;
use tables::{Dice, Tables, breakdown, linked};

/// Above what any count is.
const FAR: f64 = 1e7;

/// Bound of one unknown by a fresh linear program over all unknowns.
fn bound(t: &Tables, unknown: &[bool], cell: usize, way: OptimizationDirection) -> f64 {
    let mut p = Problem::new(way);
    let vars: Vec<_> = (0..t.cells.len())
        .map(|c| unknown[c].then(|| p.add_var(if c == cell { 1.0 } else { 0.0 }, (0.0, FAR))))
        .collect();
    for r in &t.relations {
        let mut rest = r.constant as f64;
        let mut terms = Vec::new();
        for &(c, k) in &r.terms {
            match vars[c] {
                Some(v) => terms.push((v, k as f64)),
                None => rest -= k as f64 * t.cells[c].value as f64,
            }
        }
        if !terms.is_empty() {
            let op = if r.sense == Sense::Equal { ComparisonOp::Eq } else { ComparisonOp::Le };
            p.add_constraint(&terms, op, rest);
        }
    }
    let s = p.solve().expect("the true table is feasible").into_solution().expect("solved");
    s.var_value(vars[cell].expect("an unknown")).to_owned()
}

fn fresh(t: &Tables, hidden: &[bool]) -> Vec<Option<(u64, u64)>> {
    let unknown: Vec<bool> =
        (0..t.cells.len()).map(|c| hidden[c] || !t.cells[c].published).collect();
    (0..t.cells.len())
        .map(|c| {
            (hidden[c] && t.cells[c].published).then(|| {
                let low = bound(t, &unknown, c, OptimizationDirection::Minimize);
                let high = bound(t, &unknown, c, OptimizationDirection::Maximize);
                // Nothing is above but the bound of the solver: nothing bounds it.
                let most = if high > 0.9 * FAR { u64::MAX } else { (high + 1e-6).floor() as u64 };
                ((low - 1e-6).ceil().max(0.0) as u64, most)
            })
        })
        .collect()
}

/// Every whole-number table that agrees with what is published, one by one.
fn enumerate(t: &Tables, hidden: &[bool]) -> Vec<Option<(u64, u64)>> {
    let unknown: Vec<usize> = (0..t.cells.len()).filter(|&c| hidden[c]).collect();
    let mut now: Vec<i64> = t.cells.iter().map(|c| c.value as i64).collect();
    let mut seen = vec![None; now.len()];
    fn go(
        t: &Tables,
        unknown: &[usize],
        at: usize,
        now: &mut [i64],
        seen: &mut [Option<(u64, u64)>],
    ) {
        // Terms on unknowns not chosen yet are at zero or more: a sum of positive
        // coefficients already above its constant is hopeless.
        let Some(&cell) = unknown.get(at) else {
            let agrees = t.relations.iter().all(|r| {
                let sum: i64 = r.terms.iter().map(|&(c, k)| k * now[c]).sum();
                if r.sense == Sense::Equal { sum == r.constant } else { sum <= r.constant }
            });
            if agrees {
                for &c in unknown {
                    let v = now[c] as u64;
                    let (a, b) = seen[c].unwrap_or((v, v));
                    seen[c] = Some((a.min(v), b.max(v)));
                }
            }
            return;
        };
        let total = t
            .relations
            .iter()
            .find(|r| r.sense == Sense::Equal && r.terms.iter().any(|e| e.0 == cell));
        let total = total.expect("each part has a total");
        let used: i64 = total
            .terms
            .iter()
            .filter(|e| e.1 > 0 && !unknown[at..].contains(&e.0))
            .map(|e| now[e.0])
            .sum();
        let room = total.terms.iter().filter(|e| e.1 < 0).map(|e| now[e.0]).sum::<i64>() - used;
        let truth = now[cell];
        for v in 0..=room {
            now[cell] = v;
            go(t, unknown, at + 1, now, seen);
        }
        now[cell] = truth;
    }
    go(t, &unknown, 0, &mut now, &mut seen);
    seen
}

fn width(i: Option<(u64, u64)>) -> u64 {
    i.map_or(0, |(a, b)| b - a)
}

/// All the promises of `protect`, checked with fresh linear programs.
fn check(t: &Tables) -> Protection {
    let p = protect(&t.cells, &t.relations);
    assert_eq!(p, protect(&t.cells, &t.relations), "deterministic");
    for (c, cell) in t.cells.iter().enumerate() {
        assert!(!cell.sensitive || p.hidden[c], "sensitive {c} visible");
        assert!(
            !p.hidden[c] || (cell.published && cell.keep != Keep::Open),
            "{c} may not be hidden"
        );
    }
    let primary = (0..t.cells.len()).filter(|&c| p.hidden[c] && t.cells[c].sensitive).count();
    let all = p.hidden.iter().filter(|&&h| h).count();
    assert_eq!((p.primary, p.complementary), (primary, all - primary));
    let everything: Vec<bool> =
        t.cells.iter().map(|c| c.published && c.keep != Keep::Open).collect();
    let widest = fresh(t, &everything);
    let goal = |c: usize| t.cells[c].threshold.max(1).min(width(widest[c]));
    let narrow: Vec<usize> = (0..t.cells.len())
        .filter(|&c| p.hidden[c] && goal(c) < t.cells[c].threshold.max(1))
        .collect();
    let unprotected: Vec<usize> = p.unprotected.iter().map(|(cell, _)| *cell).collect();
    assert_eq!(unprotected, narrow, "unprotected are those that nothing can protect");
    let seen = fresh(t, &p.hidden);
    assert_eq!(seen, intervals(&t.cells, &t.relations, &p.hidden), "the two readers agree");
    for c in (0..t.cells.len()).filter(|&c| p.hidden[c]) {
        assert!(width(seen[c]) >= goal(c), "{c} is {:?}", seen[c]);
    }
    for c in (0..t.cells.len()).filter(|&c| p.hidden[c] && !t.cells[c].sensitive) {
        let mut without = p.hidden.clone();
        without[c] = false;
        let left = fresh(t, &without);
        let broken = (0..t.cells.len()).any(|o| without[o] && width(left[o]) < goal(o));
        assert!(broken, "complementary {c} could be published");
    }
    p
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tiny_tables_resist_enumeration(
        seed in any::<u64>(), parts in 1usize..5, windows in 1usize..3, scale in 2u64..9, threshold in 0u64..6,
    ) {
        let t = breakdown(&mut Dice(seed), scale, threshold, if windows > 1 { parts.min(3) } else { parts }, windows);
        let p = check(&t);
        let seen = enumerate(&t, &p.hidden);
        prop_assert_eq!(&seen, &intervals(&t.cells, &t.relations, &p.hidden));
    }

    #[test]
    fn linked_tables_resist_fresh_programs(
        seed in any::<u64>(), scopes in 1usize..4, modalities in 1usize..5, windows in 1usize..4,
        scale in 3u64..80, threshold in 2u64..12,
    ) {
        check(&linked(&mut Dice(seed), scopes, modalities, windows, scale, threshold));
    }
}

/// `cargo test --release --test suppression -- --ignored --nocapture`
#[test]
#[ignore = "a measure, not a check"]
fn time_of_the_real_size() {
    for seed in 0..4 {
        let t = linked(&mut Dice(seed), 20, 30, 4, 250, 11);
        let sensitive = t.cells.iter().filter(|c| c.sensitive).count();
        let start = std::time::Instant::now();
        let p = protect(&t.cells, &t.relations);
        let took = start.elapsed();
        let start = std::time::Instant::now();
        let seen = intervals(&t.cells, &t.relations, &p.hidden);
        let audit = start.elapsed();
        let narrow = (0..t.cells.len()).filter(|&c| p.hidden[c] && width(seen[c]) < 11).count();
        assert_eq!(narrow, p.unprotected.len());
        println!(
            "{} cells, {} relations, {sensitive} sensitive: {} complementary, {} unprotected; protect {took:?}, intervals {audit:?}",
            t.cells.len(),
            t.relations.len(),
            p.complementary,
            p.unprotected.len(),
        );
        let hidden: Vec<usize> = (0..t.cells.len()).filter(|&c| p.hidden[c]).collect();
        let unknown: Vec<bool> =
            (0..t.cells.len()).map(|c| p.hidden[c] || !t.cells[c].published).collect();
        let start = std::time::Instant::now();
        for &c in hidden.iter().take(10) {
            bound(&t, &unknown, c, OptimizationDirection::Maximize);
        }
        println!("microlp, one bound of one hidden cell: {:?}", start.elapsed() / 10);
    }
}
