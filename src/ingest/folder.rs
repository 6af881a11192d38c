//! The inputs folder: what is in it, read by several threads, put back in path order.

use super::file::{self, Outcome, Source, THREAD};
use super::{Ingested, bind, overall};
use crate::error::Error;
use crate::settings::Settings;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Folders deeper than this are not entered.
const MAX_DEPTH: usize = 32;

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
    let sources = list(root, settings);
    if !sources.iter().any(Source::is_table) {
        return Err(Error::new("entree-vide").with("chemin", root.display()));
    }
    let mut ingested = Ingested::default();
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
    for (sheet, hidden, alone) in sheets {
        let bound = bind::sheet(sheet, hidden, alone, &settings.sources);
        used.extend(bound.rules);
        ingested.findings.extend(bound.findings);
        drafts.extend(bound.tables);
    }
    overall::finish(&mut ingested, drafts, &doubtful, &used, settings);
    Ok(ingested)
}

/// Reads the files over a few threads; outcomes in the order of the sources.
fn read_all(sources: &[Source], settings: &Settings) -> Vec<Outcome> {
    let workers = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 4);
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(sources.len()));
    let work = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(source) = sources.get(index) else { break };
            let outcome = file::read(source, settings);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((index, outcome));
        }
    };
    std::thread::scope(|scope| {
        let started = (0..workers.min(sources.len()))
            .filter_map(|i| {
                std::thread::Builder::new()
                    .name(format!("{THREAD} {i}"))
                    .spawn_scoped(scope, work)
                    .ok()
            })
            .count();
        if started == 0 {
            work();
        }
    });
    let mut outcomes = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    outcomes.sort_by_key(|(index, _)| *index);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

/// Every file below the folder that may matter, in path order.
fn list(root: &Path, settings: &Settings) -> Vec<Source> {
    let own: Vec<PathBuf> = [&settings.out, &settings.templates, &settings.key_file]
        .into_iter()
        .filter_map(|path| path.canonicalize().ok())
        .collect();
    let mut sources = Vec::new();
    let mut seen = BTreeSet::new();
    walk(root, "", 0, &own, &mut seen, &mut sources);
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

fn walk(
    folder: &Path,
    prefix: &str,
    depth: usize,
    own: &[PathBuf],
    seen: &mut BTreeSet<PathBuf>,
    sources: &mut Vec<Source>,
) {
    // A link that leads back to a folder already entered would never end.
    let entered = folder.canonicalize().is_ok_and(|real| seen.insert(real));
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    if !entered || depth > MAX_DEPTH {
        return;
    }
    let mut entries: Vec<_> = entries.filter_map(Result::ok).collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let full = entry.path();
        // What the program writes or keeps is not its input, unless it is the whole folder.
        let mine = full.canonicalize().is_ok_and(|real| own.contains(&real));
        if is_left_alone(&name) || mine {
            continue;
        }
        let path = format!("{prefix}{name}");
        if full.is_dir() {
            walk(&full, &format!("{path}/"), depth + 1, own, seen, sources);
        } else if full.is_file() {
            sources.push(Source { full, path: Arc::from(path) });
        }
    }
}

/// Hidden files, lock files of spreadsheet programs, and the settings.
fn is_left_alone(name: &str) -> bool {
    name.starts_with(['.', '~']) || name == "bilan.toml" || name == "Thumbs.db"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lock_and_hidden_files_are_left_alone() {
        for name in ["~$suivi.xlsx", ".~lock.suivi.ods#", ".DS_Store", "bilan.toml"] {
            assert!(is_left_alone(name), "{name}");
        }
        assert!(!is_left_alone("suivi.xlsx"));
    }
}
