//! All that is printed: results on stdout, talk on stderr.

use crate::error::Error;
use crate::finding::{Finding, Severity};
use crate::texts::Texts;
use clap::error::{ContextKind, ErrorKind};
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;

/// Where talk goes, and how much of it.
#[derive(Debug)]
pub struct Messages {
    /// Words.
    pub texts: Texts,
    /// Only errors.
    pub quiet: bool,
    /// Called with the key of each stage as it begins: how a benchmark measures them.
    pub on_stage: fn(&str),
    stages: usize,
}

impl Messages {
    /// Messages in the language of the texts.
    pub fn new(texts: Texts, quiet: bool) -> Self {
        Self { texts, quiet, on_stage: |_| {}, stages: 0 }
    }

    /// Says on a terminal that a stage begins.
    pub fn stage(&mut self, key: &str) {
        (self.on_stage)(key);
        self.stages += 1;
        if !self.quiet && std::io::stderr().is_terminal() {
            let text = self.texts.get(&format!("etape.{key}"));
            self.talk(&format!("[{}] {text}", self.stages));
        }
    }

    /// Says a line on stderr, unless quiet.
    pub fn say(&self, line: &str) {
        if !self.quiet {
            self.talk(line);
        }
    }

    /// Prints a line of the result on stdout. A reader that has gone away is not an error.
    pub fn print(&self, line: &str) {
        let _ = writeln!(std::io::stdout(), "{line}");
    }

    /// Says why the program stops, and what to do.
    pub fn error(&self, error: &Error) {
        self.talk(&error.message(&self.texts));
    }

    /// Prints one aligned line per file written: size, path.
    pub fn written(&self, files: impl IntoIterator<Item = (PathBuf, u64)>) {
        for (path, bytes) in files {
            let kilobytes = bytes.div_ceil(1000);
            let size = crate::locale::integer(self.texts.lang, kilobytes as f64);
            let unit = self.texts.get("bilan.ko");
            self.print(&format!("{size:>7}\u{a0}{unit}  {}", path.display()));
        }
    }

    /// Prints every finding: the place and what was read, what was expected, how to mend it.
    pub fn findings(&self, findings: &[Finding]) {
        for finding in findings {
            let worded = finding.worded(&self.texts);
            let severity = self.texts.get(&format!("gravite.{}", finding.severity().code()));
            let what = match finding.read.trim() {
                "" => worded.title,
                read => {
                    self.texts.fill("bilan.lu", &[("titre", worded.title.as_str()), ("lu", read)])
                }
            };
            let (place, code) = (worded.place, finding.code);
            self.print(&format!("{place} · {severity} · {what} [{code}]"));
            let expected = [("attendu", worded.expected.as_str())];
            self.print(&format!("    {}", self.texts.fill("bilan.attendu", &expected)));
            for line in worded.remedy.lines() {
                self.print(&format!("    {line}"));
            }
        }
    }

    /// Prints the lines that findings propose for the settings, each once, in the order of the inputs.
    pub fn proposals(&self, findings: &[Finding]) {
        let mut proposed: Vec<&Finding> = findings.iter().collect();
        proposed.sort_by(|a, b| a.place.cmp(&b.place));
        let mut lines: Vec<&str> = proposed
            .iter()
            .flat_map(|finding| &finding.details)
            .filter(|(slot, lines)| *slot == "source" && !lines.is_empty())
            .map(|(_, lines)| lines.as_str())
            .collect();
        lines.dedup();
        if !lines.is_empty() {
            self.print(&format!("\n{}", self.texts.get("bilan.a_coller")));
        }
        for lines in lines {
            self.print(&format!("\n{lines}"));
        }
    }

    /// Counts findings by severity: one line, and where to read them.
    pub fn summary(&self, findings: &[Finding], place: &str) {
        let count = |severity| findings.iter().filter(|f| f.severity() == severity).count() as u64;
        let parts: Vec<String> = [Severity::Blocking, Severity::Review, Severity::Information]
            .into_iter()
            .map(|s| self.texts.plural(&format!("bilan.{}", s.code()), count(s)))
            .collect();
        let list = parts.join(", ");
        self.say(&self.texts.fill("bilan.synthese", &[("liste", list.as_str()), ("lieu", place)]));
    }

    /// Prints clap's help and version as they are, and its errors in words of ours.
    pub fn usage(&self, error: &clap::Error) {
        if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
            self.print(error.to_string().trim_end());
            return;
        }
        let fact = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
        let argument = fact(ContextKind::InvalidArg);
        let key = match error.kind() {
            ErrorKind::InvalidValue | ErrorKind::ValueValidation => "usage.valeur",
            ErrorKind::UnknownArgument if argument.starts_with('-') => "usage.option",
            ErrorKind::UnknownArgument => "usage.argument",
            ErrorKind::InvalidSubcommand => "usage.commande",
            _ => "usage.autre",
        };
        let slots = [
            ("argument", argument),
            ("valeur", fact(ContextKind::InvalidValue)),
            ("permis", fact(ContextKind::ValidValue)),
            ("proche", fact(ContextKind::SuggestedArg)),
        ];
        self.talk(&self.texts.fill(key, &slots));
        if !slots[3].1.is_empty() {
            self.talk(&self.texts.fill("usage.proche", &slots));
        }
        self.talk(&self.texts.get("usage.aide"));
    }

    fn talk(&self, line: &str) {
        let _ = writeln!(std::io::stderr(), "{line}");
    }
}
