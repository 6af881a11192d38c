//! Hostile files, made here, each in a folder beside a good one: one finding, and the good one is read.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod files;
mod finds;
mod folders;
mod make;
mod measure;

use bilan::finding::Finding;
use bilan::ingest::{Ingested, read_folder};
use bilan::settings::Settings;
use std::path::Path;

/// The file that must be read whatever stands beside it; last in the order of paths.
const GOOD: &str = "z/Presences.csv";

/// A folder that holds the good file.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), GOOD, b"actor;event\nZo\xc3\xa9;1\nL\xc3\xa9a;1\n");
    folder
}

fn put(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    bilan::files::write(&path, bytes).unwrap();
}

fn settings(folder: &Path) -> Settings {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
    Settings::new(folder.to_owned(), today)
}

/// Reads a folder, whose good file must be read and give no finding.
fn read(settings: &Settings) -> Ingested {
    let ingested = read_folder(settings).unwrap();
    let good = ingested.tables.iter().find(|table| &*table.file == GOOD).expect("the good table");
    assert_eq!(good.rows.len(), 2);
    assert!(ingested.findings.iter().all(|finding| &*finding.place.file != GOOD));
    ingested
}

/// The one finding of a folder.
fn only(ingested: &Ingested) -> &Finding {
    assert_eq!(ingested.findings.len(), 1, "{:#?}", ingested.findings);
    &ingested.findings[0]
}

/// The code of the one finding on a file of these bytes.
fn refusal(name: &str, bytes: &[u8]) -> &'static str {
    refusal_within(name, bytes, |_| {})
}

fn refusal_within(name: &str, bytes: &[u8], bound: impl Fn(&mut Settings)) -> &'static str {
    let folder = folder();
    put(folder.path(), name, bytes);
    let mut settings = settings(folder.path());
    bound(&mut settings);
    let ingested = read(&settings);
    let finding = only(&ingested);
    assert_eq!(&*finding.place.file, name);
    assert!(ingested.files.iter().any(|file| &*file.path == name), "counted in the manifest");
    finding.code
}

/// Rows and width of a file that is read without a word but on what its table is.
fn size(name: &str, bytes: &[u8]) -> (usize, usize) {
    let folder = folder();
    put(folder.path(), name, bytes);
    let ingested = read(&settings(folder.path()));
    let tables: Vec<_> = ingested.tables.iter().filter(|table| &*table.file == name).collect();
    assert_eq!(tables.len(), 1, "{:#?}", ingested.findings);
    let width = tables[0].rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    (tables[0].rows.len(), width)
}
