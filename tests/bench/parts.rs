//! The whole run, and the three parts of it that no code of ours could shorten.

use crate::probe::{END, mark};
use anyhow::{Context as _, Error, Result};
use bilan::charts;
use bilan::indicators::Withheld;
use bilan::messages::Messages;
use bilan::pipeline::{self, Known};
use bilan::publish::{anomalies, pdf, workbook};
use bilan::report::{self, Block, Report};
use bilan::settings::{Overrides, Settings};
use bilan::texts::{Lang, Texts};
use calamine::Reader as _;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};

/// Key of people's identities: any will do, none is kept.
const KEY: &str = "une clé pour mesurer seulement";

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Files to reports.
    Whole,
    /// calamine (and csv) reading the same files, bare.
    Read,
    /// Typst making the three PDFs.
    Typeset,
    /// rust_xlsxwriter making the workbooks.
    Save,
}

impl Part {
    /// In the order they are run.
    pub(crate) const ALL: [Self; 4] = [Self::Whole, Self::Read, Self::Typeset, Self::Save];

    /// Name on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Whole => "tout",
            Self::Read => "calamine",
            Self::Typeset => "typst",
            Self::Save => "xlsx",
        }
    }
}

/// Runs a part and leaves its marks on stdout. Reports go to `out`, or nowhere.
pub(crate) fn run(part: Part, folder: &Path, out: Option<&Path>) -> Result<()> {
    let unkept = tempfile::tempdir().context("pas de dossier temporaire")?;
    let settings = settings(folder, out.unwrap_or(unkept.path()))?;
    match part {
        Part::Whole => {
            let mut talk = talk();
            talk.on_stage = mark;
            black_box(pipeline::run(settings, Some(KEY), &mut talk).map_err(said)?);
        }
        Part::Read => {
            let files = tables(folder)?;
            mark("lecture");
            for file in &files {
                // A damaged file is a finding of the run, and nothing to read here.
                let _ = read_bare(file);
            }
        }
        Part::Typeset => {
            let ready = Ready::new(settings)?;
            mark("composition");
            for document in &ready.report.documents {
                let templates = &ready.known.settings.templates;
                black_box(
                    pdf::render(&ready.report, document, &ready.drawings, templates)
                        .map_err(said)?,
                );
            }
        }
        Part::Save => {
            let Ready { known, texts, report, pictures, .. } = Ready::new(settings)?;
            mark("classeurs");
            for document in &report.documents {
                black_box(workbook::render(&report, document, &pictures).map_err(said)?);
            }
            let (tables, least) = (&known.tables, known.settings.thresholds.people);
            let (findings, pairs) = (&known.findings, &known.suggestions);
            black_box(
                anomalies::render(&report, findings, pairs, tables, least, &texts).map_err(said)?,
            );
        }
    }
    mark(END);
    Ok(())
}

/// What is withheld of the figures of a folder.
pub(crate) fn withheld(folder: &Path) -> Result<Withheld> {
    let settings = settings(folder, &std::env::temp_dir())?;
    let known = pipeline::read(settings, Some(KEY), &mut talk()).map_err(said)?;
    Ok(pipeline::measure(&known).withheld)
}

/// The spreadsheets below a folder, in path order.
pub(crate) fn tables(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        let entries =
            next.read_dir().with_context(|| format!("{} ne se lit pas", next.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if is_workbook(&path) || is_delimited(&path) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn has_extension(path: &Path, known: &[&str]) -> bool {
    path.extension().is_some_and(|own| known.iter().any(|k| own.eq_ignore_ascii_case(k)))
}

/// A file calamine reads.
pub(crate) fn is_workbook(path: &Path) -> bool {
    has_extension(path, &["xlsx", "xlsm", "xlsb", "xls", "ods"])
}

fn is_delimited(path: &Path) -> bool {
    has_extension(path, &["csv", "tsv", "tab"])
}

/// Every sheet of a workbook, or every record of a delimited file, and nothing done with it.
fn read_bare(file: &Path) -> Result<()> {
    if is_workbook(file) {
        let mut book = calamine::open_workbook_auto(file)?;
        for (name, range) in book.worksheets() {
            black_box((name, range));
        }
    } else {
        let mut records =
            csv::ReaderBuilder::new().flexible(true).delimiter(b';').from_path(file)?;
        for record in records.byte_records() {
            black_box(record?);
        }
    }
    Ok(())
}

/// All that comes before the exporters.
struct Ready {
    known: Known,
    texts: Texts,
    report: Report,
    drawings: BTreeMap<&'static str, String>,
    pictures: BTreeMap<&'static str, Vec<u8>>,
}

impl Ready {
    fn new(settings: Settings) -> Result<Self> {
        let mut talk = talk();
        let known = pipeline::read(settings, Some(KEY), &mut talk).map_err(said)?;
        let measures = pipeline::measure(&known);
        let texts = talk.texts;
        let report = report::compose(&report::Material {
            settings: &known.settings,
            texts: &texts,
            programme: &known.programme,
            tables: &known.tables,
            measures: &measures,
            findings: &known.findings,
            files: &known.files,
            suggestions: &known.suggestions,
            merges: &known.merges,
        });
        let (mut drawings, mut pictures) = (BTreeMap::new(), BTreeMap::new());
        for block in report.documents.iter().flat_map(|d| &d.sections).flat_map(|s| &s.blocks) {
            let Block::Figure(figure) = block else { continue };
            let svg = charts::draw(&figure.drawing, known.settings.lang).map_err(said)?;
            pictures.insert(figure.id, charts::png(&svg, 2.0).map_err(said)?);
            drawings.insert(figure.id, svg);
        }
        Ok(Self { known, texts, report, drawings, pictures })
    }
}

fn settings(folder: &Path, out: &Path) -> Result<Settings> {
    let arguments = Overrides {
        inputs: Some(folder.to_path_buf()),
        out: Some(out.to_path_buf()),
        ..Overrides::default()
    };
    Settings::load(&arguments, Lang::Fr).map_err(said)
}

fn talk() -> Messages {
    Messages::new(Texts::new(Lang::Fr), true)
}

/// An error of the program in its own words.
#[expect(clippy::needless_pass_by_value, reason = "the shape `map_err` wants")]
fn said(error: bilan::error::Error) -> Error {
    Error::msg(error.message(&Texts::new(Lang::Fr)))
}
