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
use crate::indicators::Measures;
use crate::ingest::InputFile;
use crate::parallel;
use crate::programme::Programme;
use crate::report::{Block, Document, Report};
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
    for (path, bytes) in documents(run)? {
        staging.write(&path, &bytes)?;
    }
    let findings = anomalies::render(run.report, run.findings, &run.tables.readings, run.texts)?;
    staging.write("anomalies.xlsx", &findings)?;
    let subsidies = data::subsidies(run.programme, run.settings)?;
    staging.write("subventions_scdl.csv", &subsidies)?;
    for (id, drawing) in run.drawings {
        staging.write(&format!("graphiques/{id}.svg"), drawing.as_bytes())?;
    }
    for (id, picture) in run.pictures {
        staging.write(&format!("graphiques/{id}.png"), picture)?;
    }
    record(run, &mut staging)?;
    let period = run.settings.quarter().to_string();
    let manifest = manifest::manifest(&period, run.settings, run.files, staging.written())?;
    staging.write(manifest::FILE, &manifest)?;
    staging.commit()
}

/// The PDF and the workbook of each document, made side by side, the PDFs first: they take longest.
fn documents(run: &Publication<'_>) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let Publication { report, settings, drawings, pictures, .. } = run;
    let jobs: Vec<(&Document, bool)> = report
        .documents
        .iter()
        .flat_map(|document| [(document, true), (document, false)])
        .collect();
    let rows = |document: &Document| {
        let blocks = document.sections.iter().flat_map(|section| &section.blocks);
        blocks.map(|b| if let Block::Table(t) = b { t.rows.len() as u64 } else { 1 }).sum::<u64>()
    };
    let weight =
        |(document, paper): &(&Document, bool)| u64::from(*paper) * 1_000_000 + rows(document);
    let made = parallel::map("publication", &jobs, weight, |(document, paper)| {
        let (extension, bytes) = if *paper {
            ("pdf", pdf::render(report, document, drawings, &settings.templates)?)
        } else {
            ("xlsx", workbook::render(report, document, pictures)?)
        };
        Ok((format!("{}.{extension}", document.stem), bytes))
    });
    made.into_iter().collect()
}

/// `donnees/`: what other programs read.
fn record(run: &Publication<'_>, staging: &mut Staging) -> Result<(), Error> {
    let lines = data::indicator_lines(run.measures, run.programme);
    staging.write("donnees/indicateurs.csv", &data::indicators_csv(&lines)?)?;
    staging.write("donnees/indicateurs.json", &data::indicators_json(&lines)?)?;
    staging.write("donnees/lecture.csv", &data::readings_csv(&run.tables.readings)?)?;
    staging.write("donnees/anomalies.csv", &data::findings_csv(run.findings, run.texts)?)?;
    for frame in run.tables.iter() {
        if let Some(bytes) = data::table(frame)? {
            let path = format!("donnees/tables/{}.csv", frame.spec.file_stem());
            staging.write(&path, &bytes)?;
        }
    }
    Ok(())
}
