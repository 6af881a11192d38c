//! Arrows never go back: a module imports only from stages before it and from the ground floor.

use crate::source::sources;
use std::collections::BTreeSet;

/// What everything may use. Beside each other, in any order.
const GROUND: [&str; 13] = [
    "assets", "error", "files", "finding", "hashing", "locale", "messages", "parallel", "period",
    "schema", "settings", "stats", "texts",
];

/// The stages of the diagram of `src/lib.rs`, in order.
const STAGES: [&str; 13] = [
    "ingest",
    "tables",
    "programme",
    "identity",
    "checks",
    "indicators",
    "privacy",
    "report",
    "charts",
    "publish",
    "pipeline",
    "cli",
    "main",
];

/// How high a module stands: the ground floor, then each stage above the one before.
fn floor(module: &str) -> Option<usize> {
    if GROUND.contains(&module) {
        return Some(0);
    }
    STAGES.iter().position(|stage| *stage == module).map(|place| place + 1)
}

/// Modules named by the `crate::` paths of a code.
fn imports(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(members(group)),
            None => found.extend(word(rest)),
        }
    }
    found
}

/// First words of the members of a group `a, b::{c, d}, e}`.
fn members(group: &str) -> Vec<String> {
    let mut depth = 0;
    let mut start = true;
    let mut found = Vec::new();
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => start = true,
            _ if start && !c.is_whitespace() => {
                found.extend(word(&group[at..]));
                start = false;
            }
            _ => {}
        }
    }
    found
}

fn word(text: &str) -> Option<String> {
    let word: String = text.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
    (!word.is_empty()).then_some(word)
}

#[test]
fn groups_and_paths_are_read() {
    let code = "use crate::{charts, checks::{a, b}, privacy};\ncrate::texts::fold(x); crate::Error";
    let found: Vec<String> = imports(code).into_iter().collect();
    assert_eq!(found, ["charts", "checks", "privacy", "texts"]);
}

#[test]
fn a_module_imports_only_from_below() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|source| source.path != "lib.rs") {
        let module = source.module();
        let own = floor(module);
        assert!(own.is_some(), "{module} has no place in the order of stages");
        for other in imports(&source.shipped().bare) {
            let below = floor(&other).is_some_and(|place| place == 0 || Some(place) < own);
            if other != module && !below {
                wrong.push(format!("{} imports {other}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
