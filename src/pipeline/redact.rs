//! Files and sheets that bear somebody's name, and what findings quote: what is published says `[…]`.

use crate::finding::{Finding, Place};
use crate::identity::{Names, Suggestion};
use crate::ingest::InputFile;
use crate::tables::Tables;
use std::sync::Arc;

/// Masks names of people in the names of files and sheets, and in what findings say.
pub(super) fn places(
    names: &Names,
    findings: &mut [Finding],
    tables: &mut Tables,
    suggestions: &mut [Suggestion],
    files: &mut [InputFile],
) {
    let text = |text: &mut String| {
        if let Some(masked) = names.masked(text) {
            *text = masked;
        }
    };
    let shared = |text: &mut Arc<str>| {
        if let Some(masked) = names.masked(text) {
            *text = Arc::from(masked);
        }
    };
    let place = |place: &mut Place| {
        shared(&mut place.file);
        shared(&mut place.sheet);
    };
    for finding in findings {
        place(&mut finding.place);
        text(&mut finding.read);
        finding.details.iter_mut().for_each(|(_, value)| text(value));
    }
    for suggestion in suggestions {
        suggestion.places.iter_mut().for_each(place);
    }
    for reading in &mut tables.readings {
        text(&mut reading.file);
        text(&mut reading.sheet);
    }
    for file in files {
        shared(&mut file.path);
    }
    tables.rename_sources(|name| names.masked(name));
}
