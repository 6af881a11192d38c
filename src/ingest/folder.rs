//! The inputs folder: what is in it, read by several threads, put back in path order.

mod walk;

use super::bind::Bound;
use super::file::{self, Outcome, Source, THREAD};
use super::{Ingested, Sheet, bind, overall};
use crate::error::Error;
use crate::finding::{Finding, Place};
use crate::parallel;
use crate::settings::Settings;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Reads every spreadsheet below `settings.inputs` and binds each sheet to a table of the schema.
/// Nothing in a file can make it fail: what cannot be read is a finding.
///
/// # Errors
/// `entree-absente` when the folder is not there; `entree-vide` when it holds no spreadsheet.
pub fn read_folder(settings: &Settings) -> Result<Ingested, Error> {
    let root = &settings.inputs;
    if !root.is_dir() {
        return Err(Error::new("entree-absente").with("chemin", root.display()));
    }
    let (sources, findings) = walk::list(root, settings);
    if !sources.iter().any(Source::is_table) {
        return Err(Error::new("entree-vide").with("chemin", root.display()));
    }
    let mut ingested = Ingested { findings, ..Ingested::default() };
    let mut sheets = Vec::new();
    let mut doubtful = BTreeMap::new();
    for outcome in read_all(&sources, settings) {
        if let (Some(file), false) = (&outcome.file, outcome.doubtful.is_empty()) {
            doubtful.insert(Arc::clone(&file.path), outcome.doubtful);
        }
        ingested.files.extend(outcome.file);
        ingested.findings.extend(outcome.findings);
        let alone = outcome.sheets.len() == 1;
        sheets.extend(outcome.sheets.into_iter().map(|(sheet, hidden)| (sheet, hidden, alone)));
    }
    let mut used = BTreeSet::new();
    let mut drafts = Vec::new();
    let weight = |(sheet, ..): &(Sheet, bool, bool)| sheet.rows.len() as u64;
    let all = parallel::consume(THREAD, sheets, weight, |(sheet, hidden, alone)| {
        let place = Place::sheet(Arc::clone(&sheet.file), Arc::clone(&sheet.name));
        file::unbroken(|| bind::sheet(sheet, hidden, alone, &settings.sources)).unwrap_or_else(
            |cause| {
                let finding = Finding::new("lecture-interrompue", place, "").with("cause", cause);
                Bound { findings: vec![finding], ..Bound::default() }
            },
        )
    });
    for bound in all {
        used.extend(bound.rules);
        ingested.findings.extend(bound.findings);
        drafts.extend(bound.tables);
    }
    overall::finish(&mut ingested, drafts, &doubtful, &used, settings);
    Ok(ingested)
}

/// Reads the files side by side, the largest first; outcomes in the order of the sources.
fn read_all(sources: &[Source], settings: &Settings) -> Vec<Outcome> {
    let held: Vec<AtomicU64> = sources.iter().map(|_| AtomicU64::new(0)).collect();
    let numbered: Vec<(usize, &Source)> = sources.iter().enumerate().collect();
    let size = |(_, source): &(usize, &Source)| {
        std::fs::metadata(&source.full).map_or(0, |metadata| metadata.len())
    };
    let outcomes = parallel::map(THREAD, &numbered, size, |(index, source)| {
        // What the files before it hold can only grow: when it is too much already, what is left
        // out does not depend on which thread was first.
        let outcome = if total(&held, *index) > settings.thresholds.total_cells {
            beyond(source, settings)
        } else {
            file::read(source, settings)
        };
        held[*index].store(outcome.cells(), Ordering::Relaxed);
        outcome
    });
    let kept = outcomes.into_iter().zip(sources).enumerate().map(|(index, (outcome, source))| {
        let past = |files| total(&held, files) > settings.thresholds.total_cells;
        // Not by what was read of it: whether it was depends on which thread was first.
        if past(index) || (past(index + 1) && !outcome.sheets.is_empty()) {
            beyond(source, settings)
        } else {
            outcome
        }
    });
    kept.collect()
}

/// Cells held by the first files.
fn total(held: &[AtomicU64], first: usize) -> u64 {
    held.iter().take(first).map(|cells| cells.load(Ordering::Relaxed)).sum()
}

/// A file left out because those before it hold as many cells as all may.
fn beyond(source: &Source, settings: &Settings) -> Outcome {
    if !source.is_table() {
        return file::read(source, settings);
    }
    let size = std::fs::metadata(&source.full).map_or(0, |m| m.len());
    let bound = settings.thresholds.total_cells;
    let finding = file::too_large(source, size, "borne.cellules_total", bound, settings.lang);
    file::unread(source, finding)
}
