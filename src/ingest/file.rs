//! One file → its sheets, or one finding that says why not. Nothing a file holds can stop the rest.

use super::workbook::MAX_COLUMNS;
use super::{InputFile, Sheet, delimited, mend, own, workbook};
use crate::files;
use crate::finding::{Finding, Place};
use crate::locale::integer;
use crate::settings::Settings;
use crate::texts::{Lang, Texts};
use std::io::ErrorKind;
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
    /// Its reader gave up on it, with a message of its own.
    Panicked(String),
    /// More cells than the settings allow.
    TooManyCells,
    /// More columns than a spreadsheet program can show.
    TooManyColumns,
    /// More bytes, once inflated or shared out among cells, than the settings allow.
    Expands,
    /// Made to overwhelm whoever opens it: key of the text that says how.
    Trapped(&'static str),
}

/// What a file holds.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// Sheets, and whether they are hidden.
    pub sheets: Vec<(Sheet, bool)>,
    /// Lines in another encoding: (how many, the first).
    pub mixed_encoding: Option<(usize, u32)>,
    /// What the reader of the format had to guess or mend.
    pub findings: Vec<Finding>,
    /// Rows of which nobody can say what their fields are: left out of whatever table.
    pub doubtful: Vec<u32>,
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

/// What reading one file may cost. All work is linear in what is bounded here and in the size of the
/// file, so that no clock is needed, which would not say the same thing twice.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// Cells of a sheet.
    pub cells: u64,
    /// Bytes of the inflated parts, and of the texts of a sheet.
    pub text: u64,
}

/// What reading one file gives.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub file: Option<InputFile>,
    pub sheets: Vec<(Sheet, bool)>,
    pub findings: Vec<Finding>,
    /// Rows left out of whatever table.
    pub doubtful: Vec<u32>,
}

impl Outcome {
    /// Cells held.
    pub(super) fn cells(&self) -> u64 {
        let rows = self.sheets.iter().flat_map(|(sheet, _)| &sheet.rows);
        rows.map(|row| row.cells.len() as u64).sum()
    }
}

/// Larger files are not even gone through for their digest, which would take minutes: they are named
/// by their finding alone.
const MAX_DIGESTED: u64 = 4 << 30;

/// A file with its size and digest, and nothing read from it.
pub(super) fn unread(source: &Source, finding: Finding) -> Outcome {
    let small = std::fs::metadata(&source.full).is_ok_and(|m| m.len() <= MAX_DIGESTED);
    let known = small.then(|| files::size_and_sha256(&source.full).ok()).flatten();
    let path = Arc::clone(&source.path);
    let file = known.map(|(size, sha256)| InputFile { path, size, sha256 });
    Outcome { file, findings: vec![finding], ..Outcome::default() }
}

/// The finding of a file past a bound, `key` naming it.
pub(super) fn too_large(source: &Source, size: u64, key: &str, bound: u64, lang: Lang) -> Finding {
    let texts = Texts::new(lang);
    let n = integer(lang, bound as f64);
    Finding::new("fichier-trop-gros", Place::file(Arc::clone(&source.path)), "")
        .with(
            "taille",
            texts.fill("borne.fichier", &[("n", integer(lang, megabytes(size) as f64))]),
        )
        .with("maximum", texts.fill(key, &[("n", n)]))
}

/// Reads a file.
pub(super) fn read(source: &Source, settings: &Settings) -> Outcome {
    let mut outcome = Outcome::default();
    let found = |code| Finding::new(code, Place::file(Arc::clone(&source.path)), "");
    let limit = settings.thresholds.file_bytes;
    let known = std::fs::metadata(&source.full).map_or(0, |m| m.len());
    if !source.is_table() {
        return unread(source, found("fichier-ignore"));
    }
    let oversized = |size| {
        unread(source, too_large(source, size, "borne.fichier", megabytes(limit), settings.lang))
    };
    if known > limit {
        return oversized(known);
    }
    let bytes = match files::read_within(&source.full, limit) {
        Ok(Some(bytes)) => bytes,
        // It grew since it was measured.
        Ok(None) => return oversized(limit),
        Err(error) => {
            let cause = cause(&error, settings.lang);
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
    let thresholds = &settings.thresholds;
    let bounds = Bounds { cells: thresholds.cells, text: thresholds.expanded_bytes };
    let read = || {
        let mut contents = parse(source, &bytes, &bounds)?;
        for (sheet, _) in &mut contents.sheets {
            contents.findings.extend(mend::sheet(sheet));
        }
        Ok(contents)
    };
    match guarded(read) {
        Ok(mut contents) => {
            outcome.findings.append(&mut contents.findings);
            outcome.doubtful = contents.doubtful;
            if let Some((lines, first)) = contents.mixed_encoding {
                let mut finding = found("encodage-mixte")
                    .with("n", lines.to_string())
                    .with("ligne", first.to_string());
                finding.place.row = Some(first);
                outcome.findings.push(finding);
            }
            if own::keep_answers(&mut contents.sheets) {
                outcome.findings.push(found("classeur-rendu"));
            }
            for (sheet, _) in contents.sheets.iter().filter(|(_, hidden)| *hidden) {
                let place = Place::sheet(Arc::clone(&source.path), Arc::clone(&sheet.name));
                outcome.findings.push(Finding::new("feuille-masquee", place, &*sheet.name));
            }
            if contents.sheets.iter().all(|(sheet, _)| sheet.rows.is_empty()) {
                outcome.findings.push(found("fichier-vide"));
            }
            outcome.sheets = contents.sheets;
        }
        Err(refusal) => {
            let past =
                |key, bound| too_large(source, bytes.len() as u64, key, bound, settings.lang);
            outcome.findings.push(match refusal {
                Refusal::Encrypted => found("fichier-chiffre"),
                Refusal::Unreadable(cause) => found("fichier-illisible").with("cause", cause),
                Refusal::Panicked(cause) => found("lecture-interrompue").with("cause", cause),
                Refusal::Trapped(key) => {
                    found("fichier-piege").with("cause", Texts::new(settings.lang).get(key))
                }
                Refusal::TooManyCells => past("borne.cellules", bounds.cells),
                Refusal::TooManyColumns => past("borne.colonnes", MAX_COLUMNS.into()),
                Refusal::Expands => past("borne.decompresse", megabytes(bounds.text)),
            });
        }
    }
    outcome
}

/// Why the system refuses, in words where they are known.
pub(super) fn cause(error: &std::io::Error, lang: Lang) -> String {
    let texts = Texts::new(lang);
    match error.kind() {
        ErrorKind::PermissionDenied => texts.get("cause.droits"),
        ErrorKind::NotFound => texts.get("cause.disparu"),
        _ => error.to_string(),
    }
}

pub(super) fn parse(source: &Source, bytes: &[u8], bounds: &Bounds) -> Result<Contents, Refusal> {
    match source.extension().as_str() {
        "csv" | "tsv" | "tab" if !bytes.starts_with(b"PK\x03\x04") => {
            delimited::read(&source.path, bytes, bounds.cells)
        }
        "xls" if is_text(bytes) => delimited::read(&source.path, bytes, bounds.cells),
        extension => workbook::read(&source.path, extension, bytes, bounds),
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
pub(super) fn guarded(
    read: impl FnOnce() -> Result<Contents, Refusal>,
) -> Result<Contents, Refusal> {
    unbroken(read).unwrap_or_else(|cause| Err(Refusal::Panicked(cause)))
}

/// Runs what may panic on hostile data, in a thread that reads; the error is what the panic said.
pub(super) fn unbroken<T>(work: impl FnOnce() -> T) -> Result<T, String> {
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
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let cause = panic
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_default();
        // What comes after a quotation mark may be a cell, and a name.
        let said = cause.split(['`', '"', '«']).next().unwrap_or_default();
        said.trim_end_matches([' ', ';', ':']).to_owned()
    })
}

fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1 << 20)
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
        assert_eq!(outcome, Refusal::Panicked("index out of bounds".into()));
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
