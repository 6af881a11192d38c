//! Stage 9: [`crate::report::Report`] → bytes → files: pre-check, staging folder, atomic swap.

pub mod anomalies;
pub mod data;
pub mod manifest;
pub mod pdf;
pub mod staging;
pub mod workbook;

pub use staging::{Staging, Written};

use crate::error::Error;
use crate::finding::Finding;
use crate::identity::Suggestion;
use crate::indicators::Measures;
use crate::ingest::InputFile;
use crate::parallel;
use crate::programme::Programme;
use crate::report::{Document, Report};
use crate::settings::Settings;
use crate::tables::Tables;
use crate::texts::Texts;
use std::collections::BTreeMap;

/// Everything a run publishes.
#[derive(Debug)]
pub struct Publication<'a> {
    /// The documents.
    pub report: &'a Report,
    /// Publishable measures.
    pub measures: &'a Measures,
    /// Typed tables, with how each was read.
    pub tables: &'a Tables,
    /// The programme, for its own funding and the names of its territories.
    pub programme: &'a Programme,
    /// Findings, in published order.
    pub findings: &'a [Finding],
    /// Pairs that may be one, to be decided by a human.
    pub suggestions: &'a [Suggestion],
    /// Input files.
    pub files: &'a [InputFile],
    /// Settings.
    pub settings: &'a Settings,
    /// Texts of the report's language.
    pub texts: &'a Texts,
    /// Drawings by figure id, as SVG.
    pub drawings: &'a BTreeMap<&'static str, String>,
    /// Drawings by figure id, as PNG.
    pub pictures: &'a BTreeMap<&'static str, Vec<u8>>,
}

/// Writes every file of a run into the staging folder, then puts the whole set in place. Gives the
/// files in the order they were written, paths below the folder of the period.
///
/// # Errors
/// What [`pdf::render`], [`workbook::render`] and [`Staging`] say; the previous set is intact then.
pub fn publish(run: &Publication<'_>, mut staging: Staging) -> Result<Vec<Written>, Error> {
    let mut made = made(run)?;
    let record = made.pop().unwrap_or_default();
    for (path, bytes) in made.into_iter().flatten() {
        staging.write(&path, &bytes)?;
    }
    let findings = anomalies::render(
        run.report,
        run.findings,
        run.suggestions,
        run.tables,
        run.settings.thresholds.people,
        run.texts,
    )?;
    staging.write("anomalies.xlsx", &findings)?;
    let subsidies = data::subsidies(run.programme, run.settings)?;
    staging.write("subventions_scdl.csv", &subsidies)?;
    for (id, drawing) in run.drawings {
        staging.write(&format!("graphiques/{id}.svg"), drawing.as_bytes())?;
    }
    for (id, picture) in run.pictures {
        staging.write(&format!("graphiques/{id}.png"), picture)?;
    }
    for (path, bytes) in record {
        staging.write(&path, &bytes)?;
    }
    let period = run.settings.quarter().to_string();
    let manifest = manifest::manifest(&period, run.settings, run.files, staging.written())?;
    staging.write(manifest::FILE, &manifest)?;
    staging.commit()
}

/// A file to be: its path below the folder of the period, and its bytes.
type Made = (String, Vec<u8>);

/// What is made side by side.
enum Job<'a> {
    Paper(&'a Document),
    Workbook(&'a Document),
    /// `donnees/`.
    Record,
}

/// The PDF then the workbook of each document, then `donnees/`. The PDFs are begun first: they take
/// longest.
fn made(run: &Publication<'_>) -> Result<Vec<Vec<Made>>, Error> {
    let Publication { report, settings, drawings, pictures, .. } = run;
    let jobs: Vec<Job<'_>> = report
        .documents
        .iter()
        .flat_map(|document| [Job::Paper(document), Job::Workbook(document)])
        .chain([Job::Record])
        .collect();
    let rows = |document: &Document| {
        let blocks = document.sections.iter().flat_map(|section| &section.blocks);
        blocks.map(|b| b.table().map_or(1, |table| table.rows.len() as u64)).sum::<u64>()
    };
    let weight = |job: &Job<'_>| match job {
        Job::Paper(document) => 1_000_000 + rows(document),
        Job::Record => 1_000_000,
        Job::Workbook(document) => rows(document),
    };
    let work = |job: &Job<'_>| match job {
        Job::Paper(document) => {
            let bytes = pdf::render(report, document, drawings, &settings.templates)?;
            Ok(vec![(format!("{}.pdf", document.stem), bytes)])
        }
        Job::Workbook(document) => {
            let bytes = workbook::render(report, document, pictures)?;
            Ok(vec![(format!("{}.xlsx", document.stem), bytes)])
        }
        Job::Record => record(run),
    };
    parallel::map("publication", &jobs, weight, work).into_iter().collect()
}

/// `donnees/`: what other programs read.
fn record(run: &Publication<'_>) -> Result<Vec<Made>, Error> {
    let lines = data::indicator_lines(run.measures, run.programme);
    let readings = data::readings_csv(&run.tables.readings, run.settings.thresholds.people)?;
    let mut made = vec![
        ("donnees/indicateurs.csv".to_owned(), data::indicators_csv(&lines)?),
        ("donnees/indicateurs.json".to_owned(), data::indicators_json(&lines)?),
        ("donnees/lecture.csv".to_owned(), readings),
        ("donnees/anomalies.csv".to_owned(), data::findings_csv(run.findings, run.texts)?),
    ];
    for frame in run.tables.iter() {
        if let Some(bytes) = data::table(frame)? {
            made.push((format!("donnees/tables/{}.csv", frame.spec.file_stem()), bytes));
        }
    }
    Ok(made)
}
