//! The help as people read it, in both languages.

use bilan::cli;
use bilan::texts::{Lang, Texts};

/// Columns of the terminal.
const WIDTH: usize = 100;

/// The help of the program and of each command.
fn helps(lang: Lang) -> String {
    let mut command = cli::command(&Texts::new(lang)).term_width(WIDTH);
    command.build();
    let mut helps = vec![command.render_help().to_string()];
    helps.extend(command.get_subcommands_mut().map(|sub| sub.render_help().to_string()));
    helps.join("\n────────\n")
}

#[test]
fn help_in_french() {
    insta::assert_snapshot!("aide", helps(Lang::Fr));
}

#[test]
fn help_in_english() {
    insta::assert_snapshot!("help", helps(Lang::En));
}
