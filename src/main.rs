//! Parse, load settings, run, exit code. Nothing else.

use bilan::cli::{self, Cli, Command};
use bilan::error::Error;
use bilan::finding::{Finding, Severity};
use bilan::messages::Messages;
use bilan::privacy::Published;
use bilan::settings::Settings;
use bilan::texts::Texts;
use bilan::{pipeline, schema};
use std::process::ExitCode;

/// Millions of small texts and layout nodes, over several threads: the system's allocator takes a fifth
/// of a large run.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args: Vec<_> = std::env::args_os().collect();
    let texts = Texts::new(cli::language(&args));
    let cli = match cli::parse(&args, &texts) {
        Ok(cli) => cli,
        Err(error) => {
            Messages::new(texts, false).usage(&error);
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let mut talk = Messages::new(texts, cli.quiet);
    match execute(cli, &mut talk) {
        Ok(code) => code,
        Err(error) => {
            talk.error(&error);
            ExitCode::from(2)
        }
    }
}

fn execute(cli: Cli, talk: &mut Messages) -> Result<ExitCode, Error> {
    let key = std::env::var("BILAN_CLE").ok();
    let key = key.as_deref();
    match cli.command.unwrap_or(Command::Run(cli.run)) {
        Command::Run(args) => {
            let (known, written) =
                pipeline::run(Settings::load(&args.into(), talk.texts.lang)?, key, talk)?;
            let folder = known.settings.out.join(known.settings.quarter().to_string());
            talk.written(written.iter().map(|file| (folder.join(&file.path), file.size)));
            talk.summary(&known.findings, "anomalies.xlsx");
            let (out, quarter) = (&known.settings.out, known.settings.quarter());
            if known.settings.published.is_none() && Published::is_in(out, quarter) {
                let folder = out.display().to_string();
                talk.say(&talk.texts.fill("bilan.anterieurs", &[("dossier", folder)]));
            }
            Ok(exit_code(&known.findings))
        }
        Command::Check(args) => {
            let account = args.reading;
            let known = pipeline::read(Settings::load(&args.into(), talk.texts.lang)?, key, talk)?;
            if account {
                pipeline::account(&known, talk);
            } else {
                talk.findings(&known.findings);
            }
            talk.proposals(&known.findings);
            talk.summary(&known.findings, "bilan explain CODE");
            Ok(exit_code(&known.findings))
        }
        Command::Explain(args) => {
            let Some(subject) = args.subject.clone() else {
                pipeline::list_subjects(talk);
                return Ok(ExitCode::SUCCESS);
            };
            if !pipeline::explain_code(&subject, talk) {
                let territory = args.territory.clone();
                let settings = Settings::load(&args.into(), talk.texts.lang)?;
                let known = pipeline::read(settings, key, talk)?;
                pipeline::explain_indicator(&subject, territory.as_deref(), &known, talk)?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Command::Schema(args) => {
            schema::descriptor::write(args.folder.as_deref(), talk)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn exit_code(findings: &[Finding]) -> ExitCode {
    let blocking = findings.iter().any(|f| f.severity() == Severity::Blocking);
    ExitCode::from(u8::from(blocking))
}
