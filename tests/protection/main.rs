//! Random programmes, written as spreadsheets and read by the program: figures that must hold together,
//! and a reader of the published ones who tries to work out the others.

mod attack;
mod files;
mod organisations;
mod plan;
mod reader;

use bilan::indicators::{Measure, Measures};
use bilan::messages::Messages;
use bilan::pipeline::{self, Known};
use bilan::settings::Settings;
use bilan::texts::{Lang, Texts};
use chrono::NaiveDate;
use std::path::Path;

/// Reads a folder as a run would, up to the measures.
fn measured(folder: &Path, change: impl Fn(&mut Settings)) -> (Known, Measures) {
    let today = NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day");
    let mut settings = Settings::new(folder.to_owned(), today);
    settings.period = Some("2026-T3".parse().expect("a quarter"));
    change(&mut settings);
    let mut talk = Messages::new(Texts::new(Lang::Fr), true);
    let known = pipeline::read(settings, Some("une clé pour les essais seulement"), &mut talk)
        .expect("the folder is read");
    let measures = pipeline::measure(&known);
    (known, measures)
}

/// How many programmes are attacked: 20, or what `BILAN_PROGRAMMES` says.
fn programmes() -> usize {
    let asked = std::env::var("BILAN_PROGRAMMES").ok();
    asked.map_or(20, |count| count.parse().expect("a number"))
}

/// A folder that holds some files.
fn folder(files: &[(String, String)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        bilan::files::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        bilan::files::write(&path, text.as_bytes()).expect("a written file");
    }
    folder
}

/// Which figure a measure is, in words.
fn named(known: &Known, measure: &Measure) -> String {
    let (reading, scope) = (&measure.reading, measure.scope.name(&known.programme));
    let (id, kind) = (measure.indicator.id, measure.window.kind);
    format!("{id} {scope} {kind:?} {} {}", reading.dimension, reading.modality)
}

/// A measure in words, whole.
fn said(known: &Known, measure: &Measure) -> String {
    format!(
        "{} {} {:?} {:?} {:?}",
        measure.indicator.id,
        measure.scope.name(&known.programme),
        measure.window,
        measure.reading,
        measure.objective
    )
}
