//! Hostile files.

use crate::make::{attendance, label, ods, ole, record, xls, xlsx, zipped};
use crate::{folder, put, read, refusal, refusal_within, settings, size};

const LAUGHS: &str = r#"<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>"#;
const OUTSIDE: &str = r#"<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>"#;

#[test]
fn encrypted_in_four_formats() {
    // FilePass: the simplest of its kinds, that few readers notice.
    let old = [record(0x0809, &[0x0600, 5]), record(0x002F, &[0, 1, 2])].concat();
    for (name, bytes) in [
        ("a.xlsx", ole("EncryptedPackage", &[0; 100])),
        ("a.xlsb", ole("EncryptedPackage", &[0; 100])),
        ("a.xls", ole("Workbook", &old)),
        ("a.ods", ods("", "", "<manifest:file-entry><manifest:encryption-data/>")),
    ] {
        assert_eq!(refusal(name, &bytes), "fichier-chiffre", "{name}");
    }
}

#[test]
fn truncated_at_any_place() {
    for (name, bytes) in
        [("a.xlsx", xlsx("", "", &[])), ("a.ods", ods("", "", "")), ("a.xls", xls(&[], None))]
    {
        for cut in [1, 20, bytes.len() / 2] {
            assert_eq!(refusal(name, &bytes[..cut]), "fichier-illisible", "{name} {cut}");
        }
    }
}

#[test]
fn bombs_of_every_make() {
    let huge = vec![b' '; 3 << 20];
    let small = |settings: &mut bilan::settings::Settings| {
        settings.thresholds.expanded_bytes = 1 << 20;
    };
    // One huge part; parts that are huge together.
    let one = xlsx("", "", &[("xl/sharedStrings.xml", &huge)]);
    assert_eq!(refusal_within("a.xlsx", &one, small), "fichier-trop-gros");
    let half = &huge[..600 << 10];
    let two = xlsx("", "", &[("xl/sharedStrings.xml", half), ("xl/styles.xml", half)]);
    assert_eq!(refusal_within("a.xlsx", &two, small), "fichier-trop-gros");

    // So many parts that listing them takes the memory.
    let names: Vec<String> = (0..10_001).map(|i| format!("{i}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(refusal("a.xlsx", &zipped(&parts)), "fichier-piege");

    // Parts made of the same bytes.
    let mut overlapping = xlsx("", "", &[]);
    let last = memchr::memmem::rfind(&overlapping, b"PK\x01\x02").unwrap();
    overlapping[last + 42..last + 46].fill(0);
    assert_eq!(refusal("a.xlsx", &overlapping), "fichier-piege");

    // A part that declares less than it holds.
    let mut lying = xlsx("", "", &[("xl/styles.xml", &huge)]);
    let last = memchr::memmem::rfind(&lying, b"PK\x01\x02").unwrap();
    lying[last + 24..last + 28].copy_from_slice(&10_u32.to_le_bytes());
    assert!(matches!(refusal("a.xlsx", &lying), "fichier-piege" | "fichier-illisible"));

    // An archive within an archive is not a workbook.
    let nested = zipped(&[("a.xlsx", &xlsx("", "", &[]))]);
    assert_eq!(refusal("a.xlsx", &nested), "fichier-illisible");
}

#[test]
fn entities_of_every_kind() {
    for prologue in [LAUGHS, OUTSIDE] {
        assert_eq!(refusal("a.ods", &ods(prologue, "", "")), "fichier-piege");
        let strings = format!("{prologue}<sst><si><t>&b;</t></si></sst>");
        let book = xlsx("", "", &[("xl/sharedStrings.xml", strings.as_bytes())]);
        assert_eq!(refusal("a.xlsx", &book), "fichier-piege");
    }
}

#[test]
fn sheets_that_claim_billions_of_cells_and_hold_few_are_read() {
    let claimed = xlsx(r#"<dimension ref="A1:XFD1048576"/>"#, "", &[]);
    assert_eq!(size("a.xlsx", &claimed), (1, 2));
    let blank = r#"<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    assert_eq!(size("a.ods", &ods("", blank, "")), (1, 2));
    let mut records = vec![record(0x0200, &[0, 0, 0xFFFF, 0xFFFF, 0, 0xFFFF, 0])];
    records.extend(attendance());
    assert_eq!(size("a.xls", &xls(&records, None)), (1, 2));
}

#[test]
fn sheets_that_hold_billions_of_cells_are_refused_before_they_are_made() {
    let filled = r#"<table:table-row table:number-rows-repeated="1048574"><table:table-cell office:value="1" table:number-columns-repeated="16384"/></table:table-row>"#;
    assert_eq!(refusal("a.ods", &ods("", filled, "")), "fichier-trop-gros");
    let mut records = attendance();
    records.push(label(65535, 65535, "x"));
    assert_eq!(refusal("a.xls", &xls(&records, None)), "fichier-trop-gros");
    let far = r#"<row r="3"><c r="ZZZZ3"><v>1</v></c></row>"#;
    assert!(matches!(
        refusal("a.xlsx", &xlsx("", far, &[])),
        "fichier-trop-gros" | "fichier-illisible"
    ));
}

#[test]
fn formatted_rows_that_hold_nothing_are_not_rows() {
    let blank: String =
        (3..50_003).map(|r| format!(r#"<row r="{r}"><c r="A{r}" s="1"/></row>"#)).collect();
    assert_eq!(size("a.xlsx", &xlsx("", &blank, &[])), (1, 2));
}

#[test]
fn a_million_columns() {
    assert_eq!(refusal("a.csv", &b"a;".repeat(1_000_000)), "fichier-trop-gros");
    assert_eq!(refusal("a.csv", &b";".repeat(2_000_000)), "fichier-trop-gros");
    let wide = b"a\n".repeat(2).iter().chain(&b"b,".repeat(20_000)).copied().collect::<Vec<_>>();
    assert_eq!(refusal("a.csv", &wide), "fichier-trop-gros");
}

#[test]
fn lines_without_end_and_bytes_that_are_not_text() {
    let line = [b"actor;event\n".to_vec(), vec![b'x'; 5_000_000], b";1\n".to_vec()].concat();
    assert_eq!(size("a.csv", &line).0, 1);
    assert_eq!(refusal("a.csv", b"a;b\0\n1;2\n"), "fichier-illisible");
    assert_eq!(refusal("a.csv", &[0; 1000]), "fichier-illisible");
}

#[test]
fn a_reader_that_panics_is_named() {
    // The sheet starts past the end of the stream.
    assert_eq!(refusal("a.xls", &xls(&[], Some(1_000_000))), "lecture-interrompue");
}

#[test]
fn elements_within_elements_without_end() {
    let deep = "<x>".repeat(300_000);
    assert_eq!(size("a.ods", &ods("", &deep, "")), (1, 2));
    let deep = format!("<sst>{deep}</sst>");
    let book = xlsx("", "", &[("xl/sharedStrings.xml", deep.as_bytes())]);
    assert_eq!(size("a.xlsx", &book), (1, 2));
}

#[test]
fn all_files_together_stay_below_the_bound() {
    let folder = folder();
    for name in ["a.csv", "b.csv", "c.csv"] {
        let text = format!("actor;event\n{}", format!("{name};1\n").repeat(100));
        put(folder.path(), name, text.as_bytes());
    }
    let mut settings = settings(folder.path());
    settings.thresholds.total_cells = 500;
    // The good file comes last: it is the one left out with `c.csv`.
    let ingested = bilan::ingest::read_folder(&settings).unwrap();
    let refused: Vec<_> = ingested
        .findings
        .iter()
        .filter(|finding| finding.code == "fichier-trop-gros")
        .map(|finding| &*finding.place.file)
        .collect();
    assert_eq!(refused, ["c.csv", crate::GOOD]);
    assert_eq!(ingested.files.len(), 4, "all are in the manifest");
    settings.thresholds.total_cells = 700;
    read(&settings);
}
