//! One file → its sheets, or one finding that says why not. Nothing a file holds can stop the rest.

use super::{InputFile, Sheet, delimited, workbook};
use crate::files;
use crate::finding::{Finding, Place};
use crate::settings::Settings;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Once};

/// Prefix of the names of the threads that read, whose panics are findings and not messages.
pub(super) const THREAD: &str = "lecture";

/// Why a file is not read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Under a password.
    Encrypted,
    /// Damaged, or not what its name says.
    Unreadable(String),
    /// More cells than the settings allow.
    TooManyCells,
    /// More bytes, once inflated, than the settings allow: how many they do.
    Expands(u64),
    /// Made to overwhelm whoever opens it: text `piege.<key>`.
    Trapped(&'static str),
}

/// What a file holds.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// Sheets, and whether they are hidden.
    pub sheets: Vec<(Sheet, bool)>,
    /// Lines in another encoding: (how many, the first).
    pub mixed_encoding: Option<(usize, u32)>,
}

impl Contents {
    pub(super) fn push(&mut self, sheet: Sheet, hidden: bool) {
        self.sheets.push((sheet, hidden));
    }
}

/// A file to read.
#[derive(Debug)]
pub(super) struct Source {
    /// Where it is.
    pub full: PathBuf,
    /// Path below the inputs folder, with `/`.
    pub path: Arc<str>,
}

impl Source {
    /// Extension in lower case.
    pub(super) fn extension(&self) -> String {
        Path::new(&*self.path)
            .extension()
            .map(|e| e.to_string_lossy().to_lowercase())
            .unwrap_or_default()
    }

    /// Its name says it is a table.
    pub(super) fn is_table(&self) -> bool {
        matches!(
            self.extension().as_str(),
            "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" | "csv" | "tsv" | "tab"
        )
    }
}

/// What reading one file gives.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub file: Option<InputFile>,
    pub sheets: Vec<(Sheet, bool)>,
    pub findings: Vec<Finding>,
}

/// Reads a file.
pub(super) fn read(source: &Source, settings: &Settings) -> Outcome {
    let mut outcome = Outcome::default();
    let found = |code| Finding::new(code, Place::file(Arc::clone(&source.path)), "");
    let limit = settings.thresholds.file_bytes;
    let known = std::fs::metadata(&source.full).map_or(0, |m| m.len());
    if !source.is_table() || known > limit {
        outcome.findings.push(if source.is_table() {
            found("fichier-trop-gros")
                .with("taille", megabytes(known))
                .with("maximum", megabytes(limit))
        } else {
            found("fichier-ignore")
        });
        if let Ok((size, sha256)) = files::size_and_sha256(&source.full) {
            outcome.file = Some(InputFile { path: Arc::clone(&source.path), size, sha256 });
        }
        return outcome;
    }
    let bytes = match files::read(&source.full) {
        Ok(bytes) => bytes,
        Err(error) => {
            let cause = error.facts.iter().find(|(slot, _)| *slot == "cause");
            let cause = cause.map(|(_, cause)| cause.clone()).unwrap_or_default();
            outcome.findings.push(found("fichier-illisible").with("cause", cause));
            return outcome;
        }
    };
    outcome.file = Some(InputFile {
        path: Arc::clone(&source.path),
        size: bytes.len() as u64,
        sha256: files::sha256(&bytes),
    });
    if bytes.is_empty() {
        outcome.findings.push(found("fichier-vide"));
        return outcome;
    }
    let max_cells = settings.thresholds.cells;
    match guarded(|| parse(source, &bytes, max_cells)) {
        Ok(contents) => {
            if let Some((lines, first)) = contents.mixed_encoding {
                let mut finding = found("encodage-mixte")
                    .with("n", lines.to_string())
                    .with("ligne", first.to_string());
                finding.place.row = Some(first);
                outcome.findings.push(finding);
            }
            for (sheet, _) in contents.sheets.iter().filter(|(_, hidden)| *hidden) {
                let place = Place::sheet(Arc::clone(&source.path), Arc::clone(&sheet.name));
                outcome.findings.push(Finding::new("feuille-masquee", place, &*sheet.name));
            }
            outcome.sheets = contents.sheets;
        }
        Err(Refusal::Encrypted) => outcome.findings.push(found("fichier-chiffre")),
        Err(Refusal::Unreadable(cause)) => {
            outcome.findings.push(found("fichier-illisible").with("cause", cause));
        }
        Err(Refusal::TooManyCells) => outcome.findings.push(
            found("fichier-trop-gros")
                .with("taille", megabytes(bytes.len() as u64))
                .with("maximum", max_cells.to_string()),
        ),
    }
    outcome
}

fn parse(source: &Source, bytes: &[u8], max_cells: u64) -> Result<Contents, Refusal> {
    match source.extension().as_str() {
        "csv" | "tsv" | "tab" if !bytes.starts_with(b"PK\x03\x04") => {
            delimited::read(&source.path, bytes, max_cells)
        }
        "xls" if is_text(bytes) => delimited::read(&source.path, bytes, max_cells),
        extension => workbook::read(&source.path, extension, bytes, max_cells),
    }
}

/// Old exports call delimited text `.xls`; web pages and messages saved so are not tables.
fn is_text(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(2048)).unwrap_or_default();
    !head.trim_ascii_start().starts_with(b"<")
        && head.iter().any(|byte| matches!(byte, b'\t' | b';' | b','))
        && head.iter().all(|byte| *byte >= b' ' || matches!(byte, b'\n' | b'\r' | b'\t'))
}

/// Runs a reader that may panic on hostile bytes.
fn guarded(read: impl FnOnce() -> Result<Contents, Refusal>) -> Result<Contents, Refusal> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let reading =
                std::thread::current().name().is_some_and(|name| name.starts_with(THREAD));
            if !reading {
                usual(info);
            }
        }));
    });
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|panic| {
        let cause = panic
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_default();
        Err(Refusal::Unreadable(cause))
    })
}

fn megabytes(bytes: u64) -> String {
    format!("{} Mo", bytes.div_ceil(1 << 20))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_refusal() {
        let outcome = std::thread::Builder::new()
            .name(format!("{THREAD} test"))
            .spawn(|| guarded(|| panic!("index out of bounds")).unwrap_err())
            .unwrap()
            .join()
            .unwrap();
        assert_eq!(outcome, Refusal::Unreadable("index out of bounds".into()));
    }

    #[test]
    fn every_code_of_reading_is_worded_in_both_languages() {
        use crate::texts::{Lang, Texts};
        let codes = crate::finding::CODES.iter().map(|code| code.name);
        let reading = codes.take_while(|name| *name != "valeur-requise");
        let keys: Vec<String> = reading
            .flat_map(|code| {
                ["titre", "attendu", "remede", "explication"]
                    .map(|k| format!("anomalie.{code}.{k}"))
            })
            .chain(
                ["entree-absente", "entree-vide", "reglage-inconnu", "reglage-invalide"]
                    .iter()
                    .flat_map(|key| [format!("erreur.{key}"), format!("erreur.{key}.remede")]),
            )
            .collect();
        for texts in [Texts::new(Lang::Fr), Texts::new(Lang::En)] {
            for key in &keys {
                assert!(texts.find(key).is_some(), "{key} in {:?}", texts.lang);
            }
        }
    }

    #[test]
    fn text_called_xls() {
        assert!(is_text(b"Date\tHeures\n01/02/2026\t3\n"));
        assert!(!is_text(b"  <html><table>"));
        assert!(!is_text(&[0xD0, 0xCF, 0x11, 0xE0, 0x01]));
    }
}
