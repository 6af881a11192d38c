//! What random inputs found (`tests/fuzz`), and where they began: every one is read without a panic.

#[path = "../fuzz/targets.rs"]
mod targets;

use std::path::Path;

#[test]
fn every_find_is_read_without_a_panic() {
    let finds = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/fuzz");
    for entry in finds.read_dir().into_iter().flatten() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let target = targets::TARGETS.iter().find(|(target, _)| *target == name);
        let (_, run) = target.unwrap_or_else(|| panic!("{name} is not a target"));
        for find in folder.read_dir().unwrap().map(Result::unwrap) {
            run(&bilan::files::read(&find.path()).unwrap());
        }
    }
}

#[test]
fn every_target_has_inputs_to_begin_from() {
    let seeds = targets::seeds();
    for (target, run) in targets::TARGETS {
        let mut own = seeds.iter().filter(|(name, _)| *name == target).peekable();
        assert!(own.peek().is_some(), "{target}");
        own.for_each(|(_, bytes)| run(bytes));
    }
}
