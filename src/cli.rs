//! The command line: clap types only. Every word of the help is in the locale files (`aide.*`).

use crate::settings::Overrides;
use crate::texts::{Lang, Texts};
use clap::{Arg, ArgAction, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;

/// `bilan`
#[derive(Debug, Parser)]
#[command(name = "bilan", version, disable_help_flag = true)]
#[command(disable_help_subcommand = true, disable_version_flag = true)]
pub struct Cli {
    /// What to do; nothing means `run`.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Arguments of `run`.
    #[command(flatten)]
    pub run: RunArgs,
    /// Language of reports and messages.
    #[arg(
        long,
        global = true,
        value_name = "fr|en",
        default_value = "fr",
        hide_default_value = true
    )]
    #[arg(hide_possible_values = true, value_parser = ["fr", "en"])]
    pub lang: String,
    /// Only errors on stderr.
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Reads the spreadsheets and writes the reports.
    Run(RunArgs),
    /// Reads the spreadsheets and says what is wrong.
    Check(CheckArgs),
    /// Explains an indicator, with its evidence, or a finding code.
    Explain(ExplainArgs),
    /// Writes the Table Schema descriptors.
    Schema(SchemaArgs),
}

/// Arguments of `run`.
#[derive(Debug, Clone, Default, Args)]
pub struct RunArgs {
    /// Folder of spreadsheets.
    #[arg(value_name = "DOSSIER")]
    pub inputs: Option<PathBuf>,
    /// Quarter.
    #[arg(long, value_name = "2026-T3")]
    pub period: Option<String>,
    /// Output folder.
    #[arg(long, value_name = "DOSSIER")]
    pub out: Option<PathBuf>,
    /// Folder of the reports published earlier.
    #[arg(long, value_name = "DOSSIER")]
    pub published: Option<PathBuf>,
    /// Folder of one's own templates.
    #[arg(long, value_name = "DOSSIER")]
    pub templates: Option<PathBuf>,
    /// Settings file.
    #[arg(long, value_name = "FICHIER")]
    pub settings: Option<PathBuf>,
}

/// Arguments of `check`.
#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    /// Folder of spreadsheets.
    #[arg(value_name = "DOSSIER")]
    pub inputs: Option<PathBuf>,
    /// How each sheet was understood, rather than every finding.
    #[arg(long = "lecture")]
    pub reading: bool,
    /// Settings file.
    #[arg(long, value_name = "FICHIER")]
    pub settings: Option<PathBuf>,
}

/// Arguments of `explain`.
#[derive(Debug, Clone, Args)]
pub struct ExplainArgs {
    /// Indicator id or finding code; nothing lists them.
    #[arg(value_name = "INDICATEUR|CODE")]
    pub subject: Option<String>,
    /// Territory.
    #[arg(long, value_name = "TERRITOIRE")]
    pub territory: Option<String>,
    /// Quarter.
    #[arg(long, value_name = "2026-T3")]
    pub period: Option<String>,
    /// Folder of the reports published earlier.
    #[arg(long, value_name = "DOSSIER")]
    pub published: Option<PathBuf>,
    /// Folder of spreadsheets.
    #[arg(long, value_name = "DOSSIER")]
    pub inputs: Option<PathBuf>,
    /// Settings file.
    #[arg(long, value_name = "FICHIER")]
    pub settings: Option<PathBuf>,
}

/// Arguments of `schema`.
#[derive(Debug, Clone, Args)]
pub struct SchemaArgs {
    /// Folder the descriptors go to; nothing prints them.
    #[arg(value_name = "DOSSIER")]
    pub folder: Option<PathBuf>,
}

impl From<RunArgs> for Overrides {
    fn from(args: RunArgs) -> Self {
        let RunArgs { inputs, period, out, published, templates, settings } = args;
        Self { inputs, out, published, templates, settings, period }
    }
}

impl From<CheckArgs> for Overrides {
    fn from(args: CheckArgs) -> Self {
        Self { inputs: args.inputs, settings: args.settings, ..Self::default() }
    }
}

impl From<ExplainArgs> for Overrides {
    fn from(args: ExplainArgs) -> Self {
        let ExplainArgs { inputs, period, published, settings, .. } = args;
        Self { inputs, published, settings, period, ..Self::default() }
    }
}

/// The language asked for, before anything is parsed: the help itself depends on it.
pub fn language(args: &[OsString]) -> Lang {
    let words: Vec<_> = args.iter().map(|a| a.to_string_lossy()).collect();
    let english = words.iter().any(|w| w == "--lang=en")
        || words.windows(2).any(|pair| pair[0] == "--lang" && pair[1] == "en");
    if english { Lang::En } else { Lang::Fr }
}

/// Parses the command line.
///
/// # Errors
/// Clap's own: `--help` and `--version` too are errors there.
pub fn parse(args: &[OsString], texts: &Texts) -> Result<Cli, clap::Error> {
    let matches = command(texts).try_get_matches_from(args)?;
    Cli::from_arg_matches(&matches)
}

/// The clap command with its words.
pub fn command(texts: &Texts) -> clap::Command {
    let mut command = worded(Cli::command(), "bilan", texts).arg(
        Arg::new("version")
            .short('V')
            .long("version")
            .action(ArgAction::Version)
            .help(texts.get("aide.arg.version"))
            .help_heading(texts.find("aide.mot.options").unwrap_or_default()),
    );
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_string()).collect();
    for name in names {
        command = command.mut_subcommand(&name, |sub| worded(sub, &name, texts));
    }
    command
}

fn worded(command: clap::Command, name: &str, texts: &Texts) -> clap::Command {
    let template = format!(
        "{{about}}\n\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
        texts.get("aide.mot.utilisation")
    );
    let ids: Vec<String> =
        command.get_arguments().map(|argument| argument.get_id().to_string()).collect();
    let mut command = command
        .about(texts.get(&format!("aide.{name}.resume")))
        .after_help(texts.get(&format!("aide.{name}.exemples")))
        .help_template(template)
        .disable_help_flag(true)
        .subcommand_value_name(texts.find("aide.mot.commande").unwrap_or_default())
        .subcommand_help_heading(texts.find("aide.mot.commandes").unwrap_or_default())
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help(texts.get("aide.arg.help"))
                .help_heading(texts.find("aide.mot.options").unwrap_or_default()),
        );
    for id in ids {
        command = command.mut_arg(&id, |argument| {
            let heading = if argument.is_positional() { "arguments" } else { "options" };
            argument
                .help(texts.get(&format!("aide.arg.{id}")))
                .help_heading(texts.find(&format!("aide.mot.{heading}")).unwrap_or_default())
        });
    }
    command
}
