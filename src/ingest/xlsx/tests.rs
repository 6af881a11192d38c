//! The same cells as calamine gives, on workbooks of other programs and on odd ones made here.

use super::*;
use crate::ingest::archive::Limits;
use crate::ingest::{Row, Value};
use calamine::{DataRef, Reader as _};
use std::io::{Cursor, Write as _};

const LIMITS: Limits = Limits { parts: 1000, bytes: 1 << 28 };
const BOUNDS: Bounds = Bounds { cells: 10_000_000, text: 1 << 28 };

fn ours(bytes: &[u8]) -> Result<Contents, Refusal> {
    read(&"f.xlsx".into(), &Archive::open(bytes, &LIMITS)?, &BOUNDS)
}

/// Rows as calamine reads them, sheet by sheet.
fn theirs(bytes: &[u8]) -> Option<Vec<(String, Vec<Row>)>> {
    let mut book = calamine::Xlsx::new(Cursor::new(bytes)).ok()?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let mut builder = Builder::new(&BOUNDS);
        let Ok(mut cells) = book.worksheet_cells_reader(&name) else { continue };
        while let Some(cell) = cells.next_cell().ok()? {
            let value = match cell.get_value() {
                DataRef::SharedString(text) => Value::Text((*text).into()),
                other => crate::ingest::workbook::from_ref(other),
            };
            builder.push(cell.get_position(), value).ok()?;
        }
        sheets.push((name.clone(), builder.sheet(&"f.xlsx".into(), &name).rows));
    }
    Some(sheets)
}

fn workbooks(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in folder.read_dir().unwrap().filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            workbooks(&path, found);
        } else if path.extension().is_some_and(|e| e == "xlsx" || e == "xlsm") {
            found.push(path);
        }
    }
}

#[test]
fn every_workbook_reads_as_calamine_reads_it() {
    let mut files = Vec::new();
    workbooks(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("inputs"), &mut files);
    match std::env::var_os("BILAN_REAL_DATA") {
        Some(folder) => workbooks(std::path::Path::new(&folder), &mut files),
        None => println!("skipped, no real data"),
    }
    files.sort();
    let mut compared = 0;
    for file in files {
        let bytes = crate::files::read(&file).unwrap();
        let Some(theirs) = theirs(&bytes) else { continue };
        let ours = ours(&bytes).unwrap_or_else(|e| panic!("{}: {e:?}", file.display()));
        for ((name, rows), (sheet, _)) in theirs.iter().zip(&ours.sheets) {
            assert_eq!((name.as_str(), rows), (&*sheet.name, &sheet.rows), "{}", file.display());
            compared += 1;
        }
        assert_eq!(theirs.len(), ours.sheets.len(), "{}", file.display());
    }
    assert!(compared >= 5, "{compared}");
}

/// A workbook of one sheet, with the XML of its `sheetData` and of its shared texts.
fn book(data: &str, texts: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: String| {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    put("xl/workbook.xml", "<x:workbook><x:sheets><x:sheet name=\"Suivi &amp; bilan\" state=\"hidden\" r:id=\"r1\"/><x:sheet name=\"Graphe\" r:id=\"r2\"/></x:sheets></x:workbook>".into());
    put("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"r1\" Type=\"a/worksheet\" Target=\"worksheets/s.xml\"/><Relationship Id='r2' Type='a/chartsheet' Target='c.xml'/><Relationship Id=\"r3\" Type=\"b/sharedStrings\" Target=\"/xl/t.xml\"/></Relationships>".into());
    put("xl/t.xml", format!("<sst>{texts}</sst>"));
    put(
        "xl/worksheets/s.xml",
        format!(
            "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>{data}</sheetData></worksheet>"
        ),
    );
    zip.finish().unwrap().into_inner()
}

fn shown(contents: &Contents) -> Vec<(u32, Vec<String>)> {
    let rows = contents.sheets[0].0.rows.iter();
    rows.map(|r| (r.number, r.cells.iter().map(|c| c.shown().into_owned()).collect())).collect()
}

#[test]
fn what_programs_write_in_their_own_ways() {
    let data = "<row><c><v>1</v></c><c t=\"s\"><v>0</v></c></row>\
        <row r=\"4\" hidden=\"1\"><c r=\"B4\" t=\"inlineStr\"><is><r><t>un</t></r><r><t xml:space=\"preserve\"> deux</t></r></is></c>\
        <c t=\"str\"><f>A1&amp;\"x\"</f><v>a_x000D_b &lt;</v></c><c t=\"b\"><v>1</v></c><c t=\"e\"><v>#N/A</v></c></row>\
        <row/><row><c t=\"d\"><v>2026-03-12T00:00:00</v></c></row>";
    let texts = "<si><t> Zoé </t><rPh><t>ゾエ</t></rPh></si>";
    let contents = ours(&book(data, texts)).unwrap();
    let (sheet, hidden) = &contents.sheets[0];
    assert_eq!((&*sheet.name, *hidden, contents.sheets.len()), ("Suivi & bilan", true, 1));
    let cells = |cells: &[&str]| cells.iter().map(|c| (*c).to_string()).collect::<Vec<_>>();
    assert_eq!(
        shown(&contents),
        [
            (1, cells(&["1", "Zoé"])),
            (4, cells(&["", "un deux", "a\rb <", "VRAI", "#N/A"])),
            (6, cells(&["2026-03-12"])),
        ]
    );
}

#[test]
fn a_text_that_repeats_is_held_once() {
    let cell = "<row><c t=\"s\"><v>0</v></c></row>";
    let contents = ours(&book(&cell.repeat(3), "<si><t>A1</t></si>")).unwrap();
    let texts: Vec<_> = contents.sheets[0].0.rows.iter().map(|row| row.cell(0)).collect();
    let [Value::Text(first), .., Value::Text(last)] = texts[..] else { panic!("{texts:?}") };
    assert!(Arc::ptr_eq(first, last));
}

#[test]
fn damaged_workbooks_are_refused() {
    for data in
        ["<row><c t=\"s\"><v>7</v></c></row>", "<row><c r=\"7\"><v>1</v></c></row>", "<row><c"]
    {
        assert!(matches!(ours(&book(data, "")), Err(Refusal::Unreadable(_))), "{data}");
    }
    let far = "<row><c r=\"ZZZZZZ1\"><v>1</v></c></row>";
    assert!(matches!(ours(&book(far, "")), Err(Refusal::TooManyCells | Refusal::TooManyColumns)));
}
