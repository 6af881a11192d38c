//! Parse, load settings, run, exit code. Nothing else.

use bilan::cli::{self, Cli, Command, RunArgs};
use bilan::error::Error;
use bilan::finding::{Finding, Severity};
use bilan::messages::Messages;
use bilan::settings::Settings;
use bilan::texts::Texts;
use bilan::{pipeline, schema};
use std::process::ExitCode;

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
                pipeline::run(Settings::load(&args, talk.texts.lang)?, key, talk)?;
            talk.written(&known.settings, &written);
            talk.summary(&known.findings, "anomalies.xlsx");
            Ok(exit_code(&known.findings))
        }
        Command::Check(args) => {
            let args =
                RunArgs { inputs: args.inputs, settings: args.settings, ..RunArgs::default() };
            let known = pipeline::read(Settings::load(&args, talk.texts.lang)?, key, talk)?;
            talk.findings(&known.findings);
            talk.summary(&known.findings, "bilan explain CODE");
            Ok(exit_code(&known.findings))
        }
        Command::Explain(args) => {
            let Some(subject) = args.subject.as_deref() else {
                pipeline::list_subjects(talk);
                return Ok(ExitCode::SUCCESS);
            };
            if !pipeline::explain_code(subject, talk) {
                let territory = args.territory.as_deref();
                let run = RunArgs {
                    inputs: args.inputs,
                    period: args.period,
                    settings: args.settings,
                    ..RunArgs::default()
                };
                let known = pipeline::read(Settings::load(&run, talk.texts.lang)?, key, talk)?;
                pipeline::explain_indicator(subject, territory, &known, talk)?;
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
