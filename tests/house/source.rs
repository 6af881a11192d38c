//! The source of the program as text: files, their code without comments and tests, their literals.

use std::path::{Path, PathBuf};

/// A path of the project.
pub(crate) fn project(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// The text of a file of the project.
#[track_caller]
pub(crate) fn text(path: &Path) -> String {
    let bytes = bilan::files::read(path).expect("a readable file");
    String::from_utf8(bytes).expect("text")
}

/// A file of `src/`.
pub(crate) struct Source {
    /// Path below `src/`, with `/`.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
}

impl Source {
    /// The top-level module it belongs to: `report/quarterly/plan.rs` → `report`.
    pub(crate) fn module(&self) -> &str {
        let top = self.path.split('/').next().unwrap_or_default();
        top.strip_suffix(".rs").unwrap_or(top)
    }

    /// The code that ships: tests cut off, comments blanked, literals apart.
    pub(crate) fn shipped(&self) -> Code {
        Code::of(without_tests(&self.text))
    }
}

/// Every file of `src/` that ships, in path order.
pub(crate) fn sources() -> Vec<Source> {
    let mut all = every_source();
    let test_modules: Vec<String> = all.iter().flat_map(test_modules).collect();
    all.retain(|source| {
        let module = source.path.trim_end_matches(".rs");
        !test_modules.iter().any(|test| module == test || module.starts_with(&format!("{test}/")))
    });
    all
}

/// Every file of `src/`, tests too.
pub(crate) fn every_source() -> Vec<Source> {
    let root = project("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let below = path.strip_prefix(&root).expect("below src");
                let name = below.to_string_lossy().replace('\\', "/");
                found.push(Source { path: name, text: text(&path) });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 50, "src/ was not found");
    found
}

const TEST: &str = "#[cfg(test)]\n";

/// Modules of a file compiled for tests only: `indicators/testing`.
fn test_modules(source: &Source) -> Vec<String> {
    let folder = source.path.trim_end_matches(".rs").trim_end_matches("lib");
    source
        .text
        .split(TEST)
        .skip(1)
        .filter_map(|rest| rest.lines().next()?.strip_suffix(';')?.rsplit("mod ").next())
        .map(|name| format!("{folder}/{name}"))
        .collect()
}

/// A text without its test modules; tests stand at the end of a file.
fn without_tests(text: &str) -> String {
    let mut kept = String::new();
    let mut parts = text.split(TEST);
    kept.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (first, rest) = part.split_once('\n').unwrap_or((part, ""));
        if !first.ends_with(';') {
            break;
        }
        kept.push_str(rest);
    }
    kept
}

/// Code without comments, its text literals set apart.
#[derive(Default)]
pub(crate) struct Code {
    /// The code, each literal as `""`.
    pub(crate) bare: String,
    /// For each literal, the end of [`Code::bare`] before it, and what it says.
    pub(crate) literals: Vec<(usize, String)>,
}

impl Code {
    fn of(text: String) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let mut code = Self::default();
        let mut at = 0;
        while at < chars.len() {
            let rest = &chars[at..];
            at += match rest {
                ['/', '/', ..] => rest.iter().take_while(|c| **c != '\n').count(),
                ['r', '#', '"', ..] => {
                    let end = (3..rest.len()).find(|i| rest[*i..].starts_with(&['"', '#']));
                    code.push(rest[3..end.expect("an end")].iter().collect());
                    end.expect("an end") + 2
                }
                ['"', ..] => {
                    let length = literal(&rest[1..]);
                    code.push(rest[1..=length].iter().collect());
                    length + 2
                }
                ['\'', '\\', _, '\'', ..] => 4,
                ['\'', _, '\'', ..] => 3,
                [c, ..] => {
                    code.bare.push(*c);
                    1
                }
                [] => break,
            };
        }
        code
    }

    fn push(&mut self, literal: String) {
        self.literals.push((self.bare.len(), literal));
        self.bare.push_str("\"\"");
    }

    /// The literals that stand right after one of these: `Error::new(` → its first argument.
    pub(crate) fn after(&self, openings: &[&str]) -> impl Iterator<Item = &str> {
        self.literals
            .iter()
            .filter(move |(at, _)| {
                let before = self.bare[..*at].trim_end();
                openings.iter().any(|opening| before.ends_with(opening))
            })
            .map(|(_, text)| text.as_str())
    }
}

/// Length of a literal whose first character is given, without its closing quote.
fn literal(chars: &[char]) -> usize {
    let mut at = 0;
    while chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    at
}

#[test]
fn comments_tests_and_literals_are_told_apart() {
    let source = Source {
        path: "a.rs".into(),
        text: "// \"no\"\nlet c = '\"'; t(\n  \"a.b\", \"c\\\"d\");\n#[cfg(test)]\nmod tests;\nx(\"y\")\n#[cfg(test)]\nmod u {\n\"z\" }".into(),
    };
    let code = source.shipped();
    let literals: Vec<&str> = code.literals.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(literals, ["a.b", "c\\\"d", "y"]);
    assert_eq!(code.after(&["t("]).collect::<Vec<_>>(), ["a.b"]);
    assert_eq!(test_modules(&source), ["a/tests"]);
}
