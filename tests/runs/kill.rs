//! `kill -9` at twenty moments of a run over existing reports: the old set or the new set, whole.
#![cfg(unix)]

use super::support::{Bench, files_below};
use std::time::{Duration, Instant};

const QUIET: [&str; 3] = ["--quiet", "--period", "2026-T3"];

#[test]
fn a_killed_run_leaves_the_old_set_or_the_new_one() {
    let bench = Bench::small();
    let set = || files_below(&bench.path("reports/2026-T3"));
    bench.run(&QUIET).ends_in(&[0]);
    let old = set();
    // Another name makes a second set that differs.
    bench.put("bilan.toml", b"[programme]\nnom = \"Un autre programme\"\n");
    let start = Instant::now();
    bench.run(&[&QUIET[..], &["--out", "ailleurs"]].concat()).ends_in(&[0]);
    let whole = start.elapsed();
    let new = files_below(&bench.path("ailleurs/2026-T3"));
    assert!(old != new, "the two sets must differ for the test to mean anything");
    for moment in 0..20u32 {
        // Spread over the run, the last ones around its end, where the swap happens.
        let share = if moment < 10 { moment * 9 } else { 90 + (moment - 10) * 2 };
        let mut child = bench.command(&QUIET).spawn().expect("the program starts");
        std::thread::sleep(whole * share / 100 + Duration::from_millis(1));
        child.kill().expect("killed");
        child.wait().expect("ended");
        let found = set();
        assert!(found == old || found == new, "at {share} %: a mixed set of {} files", found.len());
    }
    bench.run(&QUIET).ends_in(&[0]);
    assert!(set() == new, "the next run ends the work");
    let left = std::fs::read_dir(bench.path("reports")).expect("reports").count();
    assert_eq!(left, 1, "and cleans up");
}
