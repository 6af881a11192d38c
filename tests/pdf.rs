//! The PDFs: what is in them, for a report with every kind of block.
//!
//! `BILAN_VOIR=<folder> cargo test --test pdf` also writes the PDF there, to look at.

mod pdf_sample;

use bilan::error::Error;
use bilan::publish::pdf;
use bilan::report::{Block, Report};
use bilan::texts::{Lang, Texts};
use lopdf::{Dictionary, Document, Object};
use pdf_sample::{figures, sample};
use std::path::Path;

fn render(report: &Report, templates: &Path) -> Result<Vec<u8>, Error> {
    pdf::render(report, &report.documents[0], &figures(), templates)
}

fn no_templates() -> &'static Path {
    Path::new("/nowhere")
}

fn name(dictionary: &Dictionary, key: &[u8]) -> Option<String> {
    let value = dictionary.get(key).ok()?.as_name().ok()?;
    Some(String::from_utf8_lossy(value).into_owned())
}

fn look_at(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("BILAN_VOIR") {
        bilan::files::write(&Path::new(&folder).join(name), bytes).expect("a folder to look at");
    }
}

/// Every structure element of the document.
fn elements(pdf: &Document) -> Vec<&Dictionary> {
    pdf.objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|dictionary| dictionary.has(b"S") && dictionary.has(b"P"))
        .collect()
}

fn count(pdf: &Document, kind: &str) -> usize {
    elements(pdf).iter().filter(|e| name(e, b"S").as_deref() == Some(kind)).count()
}

fn text(pdf: &Document) -> String {
    let pages: Vec<u32> = pdf.get_pages().keys().copied().collect();
    pdf.extract_text(&pages).expect("text")
}

#[test]
fn the_pdf_is_accessible_and_archivable() {
    let report = sample(Lang::Fr);
    let started = std::time::Instant::now();
    let bytes = render(&report, no_templates()).unwrap_or_else(|error| {
        panic!("{}", error.message(&Texts::new(Lang::Fr)));
    });
    println!("rendered in {:?}", started.elapsed());
    look_at("rapport.pdf", &bytes);
    let pdf = Document::load_mem(&bytes).unwrap();
    let pages = pdf.get_pages().len();
    assert!((8..=16).contains(&pages), "{pages} pages");

    let catalog = pdf.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"fr");
    assert!(
        pdf.get_dictionary(catalog.get(b"StructTreeRoot").unwrap().as_reference().unwrap()).is_ok()
    );
    let (_, marks) = pdf.dereference(catalog.get(b"MarkInfo").unwrap()).unwrap();
    assert!(marks.as_dict().unwrap().get(b"Marked").unwrap().as_bool().unwrap());
    assert!(catalog.has(b"Outlines"), "bookmarks");

    let metadata = catalog.get(b"Metadata").unwrap().as_reference().unwrap();
    let stream = pdf.get_object(metadata).unwrap().as_stream().unwrap();
    let xmp = String::from_utf8(stream.get_plain_content().unwrap()).unwrap();
    for expected in [
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "Rapport trimestriel d’avancement – Programme fictif",
        "2026-09-30",
        "bilan 0.1.0",
    ] {
        assert!(xmp.contains(expected), "{expected} in {xmp}");
    }

    let figures: Vec<&Dictionary> =
        elements(&pdf).into_iter().filter(|e| name(e, b"S").as_deref() == Some("Figure")).collect();
    assert_eq!(figures.len(), 2);
    for figure in figures {
        assert!(matches!(figure.get(b"Alt"), Ok(Object::String(alt, _)) if alt.len() > 20));
    }
    assert_eq!(count(&pdf, "Table"), tables(&report));
    assert_eq!(count(&pdf, "Caption"), tables(&report) + 2, "a caption per table and figure");
    assert!(count(&pdf, "TH") > count(&pdf, "Table") * 2, "headers of columns and rows");
    assert!(count(&pdf, "TOCI") >= report.documents[0].sections.len());
    assert_eq!(count(&pdf, "H1"), 6, "contents, four sections, annexes");
}

fn tables(report: &Report) -> usize {
    report.documents[0]
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .filter(|block| matches!(block, Block::Table(_) | Block::Figure(_)))
        .count()
}

#[test]
fn what_is_hard_to_lay_out_is_laid_out() {
    let mut report = sample(Lang::Fr);
    report.documents[0] = pdf_sample::hard::document();
    let bytes = render(&report, no_templates()).unwrap_or_else(|error| {
        panic!("{}", error.message(&Texts::new(Lang::Fr)));
    });
    look_at("difficile.pdf", &bytes);
    let pdf = Document::load_mem(&bytes).unwrap();
    assert_eq!(count(&pdf, "Table"), 3, "a table without columns is left out");
    assert_eq!(count(&pdf, "Figure"), 1);
}

#[test]
fn same_report_same_bytes() {
    let report = sample(Lang::Fr);
    let once = render(&report, no_templates()).unwrap();
    assert!(once == render(&report, no_templates()).unwrap());
}

#[test]
fn an_english_report_and_an_almost_empty_one_render() {
    let mut report = sample(Lang::En);
    report.fictional = false;
    report.documents[0].stem = "dossier-financement";
    report.documents[0].sections.truncate(1);
    report.documents[0].sections[0].blocks.clear();
    report.documents[0].cover.clear();
    let pdf = Document::load_mem(&render(&report, no_templates()).unwrap()).unwrap();
    assert_eq!(pdf.catalog().unwrap().get(b"Lang").unwrap().as_str().unwrap(), b"en");
    report.documents[0].stem = "comparaison-territoires";
    report.documents[0].sections.clear();
    assert!(render(&report, no_templates()).is_ok());
}

#[test]
fn a_template_of_the_user_replaces_ours() {
    let folder = tempfile::tempdir().unwrap();
    let own = "#let d = json(\"/donnees.json\")\n#set text(font: \"Lato\", lang: d.lang)\n\
               #set document(title: d.document.title)\nModele maison";
    bilan::files::write(&folder.path().join("rapport-trimestriel.typ"), own.as_bytes()).unwrap();
    let bytes = render(&sample(Lang::Fr), folder.path()).unwrap();
    let pdf = Document::load_mem(&bytes).unwrap();
    assert_eq!(pdf.get_pages().len(), 1);
    assert!(text(&pdf).contains("Modele maison"), "{}", text(&pdf));
}

#[test]
fn a_broken_template_says_where_and_why() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("parts")).unwrap();
    let broken = "#let notice(data, item) = {\n  item.inconnu\n}\n";
    bilan::files::write(&folder.path().join("parts/notice.typ"), broken.as_bytes()).unwrap();
    let error = render(&sample(Lang::Fr), folder.path()).unwrap_err();
    assert_eq!(error.key, "modele");
    let message = error.message(&Texts::new(Lang::Fr));
    assert!(message.contains("parts/notice.typ:2"), "{message}");
    assert!(message.contains("inconnu"), "{message}");
    assert!(!message.contains('{') && !message.contains('['), "{message}");
}

#[test]
fn a_template_that_breaks_the_standards_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let untitled = "#set text(font: \"Lato\")\nSans titre";
    bilan::files::write(&folder.path().join("rapport-trimestriel.typ"), untitled.as_bytes())
        .unwrap();
    let error = render(&sample(Lang::Fr), folder.path()).unwrap_err();
    assert_eq!(error.key, "modele");
    assert!(error.message(&Texts::new(Lang::Fr)).contains("title"), "{error}");
}

#[test]
fn an_unreadable_template_is_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("theme.typ")).unwrap();
    let error = render(&sample(Lang::Fr), folder.path()).unwrap_err();
    assert_eq!(error.key, "lecture");
    assert!(error.to_string().contains("theme.typ"), "{error}");
}
