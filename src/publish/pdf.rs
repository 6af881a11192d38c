//! The accessible PDFs: one [`Document`] and its figures, through a Typst template, to bytes.
//!
//! A template reads `/donnees.json` and calculates nothing. Every PDF conforms to PDF/UA-1
//! (accessible) and PDF/A-2a (archivable) at once: Typst refuses to write it otherwise.

mod world;

use crate::error::Error;
use crate::report::{Block, Document, PAPER_ROWS, Report, Table};
use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Datetime, Smart};
use typst::syntax::DiagSpan;
use typst::{World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use unicode_normalization::UnicodeNormalization;
use world::DocumentWorld;

/// What stands for a character the embedded fonts have no glyph for.
const UNPRINTABLE: char = '\u{25a1}';

/// Renders one document of a report to the bytes of a PDF.
///
/// `figures` are the drawings as SVG, by figure id. A file of the folder `templates` replaces the
/// embedded template of the same name; a folder or file that does not exist is no error.
///
/// # Errors
/// `lecture` when a file of `templates` exists and cannot be read; `modele` when a template does not
/// compile or breaks a rule of the standards, with the place, the message and the hint of Typst.
pub fn render(
    report: &Report,
    document: &Document,
    figures: &BTreeMap<&'static str, String>,
    templates: &Path,
) -> Result<Vec<u8>, Error> {
    let main = format!("{}.typ", document.stem);
    let day = NaiveDate::parse_from_str(&report.date, "%Y-%m-%d").ok().and_then(datetime);
    let mut files: BTreeMap<String, Bytes> = figures
        .iter()
        .map(|(id, svg)| (format!("figures/{id}.svg"), Bytes::from_string(printable(svg))))
        .collect();
    files.insert("donnees.json".into(), Bytes::from_string(data(report, document)?.to_string()));
    let world = DocumentWorld::new(&main, day, files, templates)?;

    let options = options(report, document, day)?;
    let bytes = typst::compile::<PagedDocument>(&world)
        .output
        .and_then(|pages| typst_pdf::pdf(&pages, &options));
    // Results older than the document before this one would only fill the memory.
    typst::comemo::evict(2);
    bytes.map_err(|problems| {
        world.failure().unwrap_or_else(|| template_error(&world, &main, &problems))
    })
}

/// The standards, the metadata and the identity of the PDF: all from the report, nothing from the
/// clock.
fn options(
    report: &Report,
    document: &Document,
    day: Option<Datetime>,
) -> Result<PdfOptions, Error> {
    let standards =
        PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]).map_err(|problem| {
            Error::new("modele")
                .with("lieu", document.stem)
                .with("cause", problem.message())
                .with("conseil", problem.hints().join(" "))
        })?;
    Ok(PdfOptions {
        ident: Smart::Custom(format!("{} {} {}", document.stem, report.period, report.programme)),
        creator: Smart::Custom(Some(report.generator.clone())),
        timestamp: day.map(Timestamp::new_utc),
        page_ranges: None,
        standards,
        tagged: true,
        pretty: false,
    })
}

/// What the templates read: the report's own facts, then the document.
fn data(report: &Report, document: &Document) -> Result<Value, Error> {
    let document = serde_json::to_value(on_paper(document))
        .map_err(|cause| Error::new("modele").with("lieu", document.stem).with("cause", cause))?;
    let mut data = json!({
        "lang": report.lang,
        "programme": report.programme,
        "period": report.period,
        "period_words": report.period_words,
        "date": report.date,
        "words": report.words,
        "generator": report.generator,
        "fictional": report.fictional,
        "document": document,
    });
    make_printable(&mut data);
    Ok(data)
}

/// The document, its long tables cut where their notes say that they are. Totals stay.
fn on_paper(document: &Document) -> Cow<'_, Document> {
    let long = |block: &Block| block.table().is_some_and(Table::is_cut);
    if !document.sections.iter().flat_map(|section| &section.blocks).any(long) {
        return Cow::Borrowed(document);
    }
    let mut document = document.clone();
    for block in document.sections.iter_mut().flat_map(|section| &mut section.blocks) {
        let Some(table) = block.table_mut().filter(|table| table.is_cut()) else { continue };
        let mut left = PAPER_ROWS;
        table.rows.retain(|row| {
            let shown = left > 0;
            left = left.saturating_sub(usize::from(!row.strong));
            shown || row.strong
        });
    }
    Cow::Owned(document)
}

fn make_printable(value: &mut Value) {
    match value {
        Value::String(text) => *text = printable(text),
        Value::Array(items) => items.iter_mut().for_each(make_printable),
        Value::Object(entries) => entries.values_mut().for_each(make_printable),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A text without the characters that would make a conforming PDF impossible: what the fonts cannot
/// show (an emoji of a testimony) becomes one `□`, invisible control characters go.
fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.nfc() {
        match character {
            '\n' | '\t' => out.push(character),
            '\u{2028}' | '\u{2029}' => out.push('\n'),
            // Zero-width and direction marks, variation selectors, byte order mark.
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' => {}
            _ if character.is_control() => {}
            // Private characters mean nothing outside the file they come from.
            '\u{e000}'..='\u{f8ff}' => push_once(&mut out, UNPRINTABLE),
            _ if world::printable(character) => out.push(character),
            _ => push_once(&mut out, UNPRINTABLE),
        }
    }
    out
}

fn push_once(out: &mut String, character: char) {
    if !out.ends_with(character) {
        out.push(character);
    }
}

fn datetime(day: NaiveDate) -> Option<Datetime> {
    let (month, date) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    Datetime::from_ymd_hms(day.year(), month, date, 12, 0, 0)
}

/// The first problem Typst found, where it stands in the template, and its hint.
fn template_error(world: &DocumentWorld<'_>, main: &str, problems: &[SourceDiagnostic]) -> Error {
    let Some(problem) = problems.first() else {
        return Error::new("modele").with("lieu", main).with("cause", "").with("conseil", "");
    };
    // A problem met inside Typst itself has no place: the first call of a template that led to it has.
    let place = place(world, problem.span)
        .or_else(|| problem.trace.iter().find_map(|call| place(world, call.span.into())))
        .unwrap_or_else(|| main.to_string());
    let hints: Vec<&str> = problem.hints.iter().map(|hint| hint.v.as_str()).collect();
    Error::new("modele")
        .with("lieu", place)
        .with("cause", &problem.message)
        .with("conseil", hints.join(" "))
}

/// `parts/table.typ:12`.
fn place(world: &DocumentWorld<'_>, span: DiagSpan) -> Option<String> {
    let file = span.id()?;
    let source = world.source(file).ok()?;
    let line = source.lines().byte_to_line(world.range(span)?.start)? + 1;
    Some(format!("{}:{line}", file.vpath().get_without_slash()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_fonts_lack_becomes_one_square() {
        assert_eq!(printable("Élan à 3 000 €, « œuvre » → ≥ 2"), "Élan à 3 000 €, « œuvre » → ≥ 2");
        assert_eq!(printable("Super 👍🏽\u{fe0f} !"), "Super □ !");
        assert_eq!(printable("e\u{301}te\u{301}\u{0}\u{feff}\r\n"), "été\n");
        assert_eq!(printable("a\u{e010}\u{f8ff}b"), "a□b");
    }
}
