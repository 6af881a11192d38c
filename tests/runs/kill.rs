//! `kill -9` at twenty moments of a run over existing reports: the old set or the new set, whole.
#![cfg(unix)]

use super::support::{Bench, bytes, example, files_below};
use std::time::{Duration, Instant};

#[test]
fn a_killed_run_leaves_the_old_set_or_the_new_one() {
    let bench = Bench::of_few_people();
    let set = || files_below(&bench.path("reports/2026-T3"));
    bench.run(&["--quiet"]).ends_in(&[1]);
    let old = set();
    // A second source makes a second set that differs.
    bench.put("bilan.toml", &changed_settings());
    let start = Instant::now();
    bench.run(&["--quiet", "--out", "ailleurs"]).ends_in(&[1]);
    let whole = start.elapsed();
    let new = files_below(&bench.path("ailleurs/2026-T3"));
    assert!(old != new, "the two sets must differ for the test to mean anything");
    for moment in 0..20u32 {
        // Spread over the run, the last ones around its end, where the swap happens.
        let share = if moment < 10 { moment * 9 } else { 90 + (moment - 10) * 2 };
        let mut child = bench.command(&["--quiet"]).spawn().expect("the program starts");
        std::thread::sleep(whole * share / 100 + Duration::from_millis(1));
        child.kill().expect("killed");
        child.wait().expect("ended");
        let found = set();
        assert!(found == old || found == new, "at {share} %: a mixed set of {} files", found.len());
    }
    bench.run(&["--quiet"]).ends_in(&[1]);
    assert!(set() == new, "the next run ends the work");
    let left = std::fs::read_dir(bench.path("reports")).expect("reports").count();
    assert_eq!(left, 1, "and cleans up");
}

fn changed_settings() -> Vec<u8> {
    let settings = String::from_utf8(bytes(&example().join("bilan.toml"))).expect("text");
    settings.replacen("Boost Citoyen", "Boost Citoyen bis", 1).into_bytes()
}
