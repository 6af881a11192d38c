//! Files small enough to be read at once; every module in the map of the crate.

use crate::source::{every_source, project, text};

/// Lines of the longest file.
const LONGEST: usize = 400;

#[test]
fn no_file_is_too_long_to_be_read_at_once() {
    let long: Vec<String> = every_source()
        .iter()
        .map(|source| (source.text.lines().count(), &source.path))
        .filter(|(lines, _)| *lines > LONGEST)
        .map(|(lines, path)| format!("{path}: {lines}"))
        .collect();
    assert!(long.is_empty(), "past {LONGEST} lines: {long:?}");
}

#[test]
fn the_map_of_the_crate_names_every_module() {
    let lib = text(&project("src/lib.rs"));
    let map: String = lib.lines().filter(|line| line.starts_with("//!")).collect();
    for module in lib.lines().filter_map(|line| line.strip_prefix("pub mod ")) {
        let module = module.trim_end_matches(';');
        assert!(map.contains(&format!("[`{module}`]")), "{module} is not in the map of lib.rs");
    }
}
