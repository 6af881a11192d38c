//! What the manuals say exists: commands, options, codes, indicators, sheets.

use crate::source::{project, text};
use bilan::cli;
use bilan::finding;
use bilan::indicators;
use bilan::schema::TABLES;
use bilan::texts::{Lang, Texts};
use std::collections::BTreeSet;

const MANUALS: [&str; 2] = ["README.md", "templates/guide.fr.md"];

/// Commands quoted in a manual, from `bilan` or `cargo run --` on: spans in backticks, lines of code.
fn commands(manual: &str) -> Vec<Vec<String>> {
    let pieces = manual.split(['`', '\n']);
    let words = |piece: &str| piece.split_whitespace().map(str::to_string).collect::<Vec<_>>();
    pieces
        .map(|piece| piece.split(" # ").next().unwrap_or_default().trim())
        .filter_map(|piece| {
            piece.strip_prefix("cargo run").or_else(|| piece.strip_prefix("bilan "))
        })
        .map(words)
        .collect()
}

/// Commands and options of the program.
fn known() -> (BTreeSet<String>, BTreeSet<String>) {
    let mut command = cli::command(&Texts::new(Lang::Fr));
    command.build();
    let all = || std::iter::once(&command).chain(command.get_subcommands());
    let options = all().flat_map(|c| c.get_arguments()).filter_map(|a| a.get_long());
    let options = options.map(|long| format!("--{long}")).collect();
    (command.get_subcommands().map(|c| c.get_name().to_string()).collect(), options)
}

#[test]
fn quoted_commands_and_options_exist() {
    let (names, options) = known();
    for manual in MANUALS {
        let quoted = commands(&text(&project(manual)));
        assert!(quoted.len() > 2, "{manual} quotes no command");
        for words in quoted {
            let mut words = words.into_iter().skip_while(|w| w == "--").peekable();
            if let Some(first) = words.peek() {
                let folder = first.contains(['-', '/', '.']);
                assert!(folder || names.contains(first), "{manual}: no command {first}");
            }
            for option in words.filter(|w| w.starts_with("--")) {
                assert!(options.contains(&option), "{manual}: no option {option}");
            }
        }
    }
}

#[test]
fn options_in_the_text_exist() {
    let (_, options) = known();
    for manual in MANUALS {
        let text = text(&project(manual));
        let spans = text.split('`').filter(|span| !span.starts_with("cargo doc"));
        let words = spans.flat_map(str::split_whitespace).filter(|w| w.starts_with("--"));
        for option in
            words.filter(|w| w.len() > 2 && w.bytes().skip(2).all(|b| b.is_ascii_lowercase()))
        {
            assert!(options.contains(option), "{manual}: no option {option}");
        }
    }
}

#[test]
fn what_is_to_be_explained_exists() {
    for manual in MANUALS {
        for words in commands(&text(&project(manual))) {
            let mut after = words.iter().skip_while(|word| *word != "explain").skip(1);
            let Some(subject) = after.next() else { continue };
            let placeholder = subject.bytes().all(|b| b.is_ascii_uppercase());
            let exists = finding::code(subject).is_some() || indicators::find(subject).is_some();
            assert!(placeholder || exists, "{manual}: nothing called {subject}");
        }
    }
}

#[test]
fn every_sheet_is_mentioned() {
    for manual in MANUALS {
        let text = text(&project(manual));
        let silent: Vec<_> = TABLES.iter().filter(|t| !text.contains(t.sheet)).collect();
        let silent: Vec<_> = silent.iter().map(|table| table.sheet).collect();
        assert!(silent.is_empty(), "{manual} does not mention {silent:?}");
    }
}
