use super::super::archive::Limits;
use super::*;
use std::io::{Cursor, Write as _};
use zip::write::{SimpleFileOptions, ZipWriter};

fn document(table: &str, manifest: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><style:style style:name=\"m\"><style:table-properties \
         table:display=\"false\"/></style:style>{table}</office:document-content>"
    );
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", &content),
    ];
    for (name, text) in parts {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn read_table(table: &str) -> Result<Contents, Refusal> {
    let bytes = document(table, "<manifest:manifest/>");
    let archive = Archive::open(&bytes, &Limits { parts: 10, bytes: 1 << 20 })?;
    let bounds = Bounds { cells: 1000, text: 10_000 };
    read(&"f.ods".into(), &archive, &bounds)
}

fn text(content: &str) -> String {
    format!("<table:table-cell office:value-type=\"string\">{content}</table:table-cell>")
}

#[test]
fn values_of_every_type() {
    let cells = [
        text("<text:p>a &amp; b<text:s text:c=\"3\"/>c&#233;</text:p><text:p>d</text:p>"),
        "<table:table-cell office:value-type=\"float\" office:value=\"1.5\"/>".into(),
        "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"/>".into(),
        "<table:table-cell office:value-type=\"date\" office:date-value=\"2026-07-01\"/>".into(),
        "<table:table-cell office:value-type=\"time\" office:time-value=\"PT01H30M00S\"/>".into(),
        text("<office:annotation><text:p>note</text:p></office:annotation><text:p>e</text:p>"),
    ]
    .concat();
    let table = format!(
        "<table:table table:name=\"S\" table:style-name=\"m\"><table:table-row>{cells}\
         </table:table-row></table:table>"
    );
    let contents = read_table(&table).unwrap();
    let (sheet, hidden) = &contents.sheets[0];
    assert!(hidden);
    let day = chrono::NaiveDate::from_ymd_opt(2026, 7, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
    assert_eq!(
        sheet.rows[0].cells,
        [
            Value::Text("a & b   cé\nd".into()),
            Value::Number(1.5),
            Value::Flag(true),
            Value::Date(day),
            Value::Number(1.5),
            Value::Text("e".into()),
        ]
    );
}

#[test]
fn repeats_that_hold_nothing_cost_nothing() {
    let table = format!(
        "<table:table table:name=\"S\"><table:table-row table:number-rows-repeated=\"2\">\
         <table:table-cell table:number-columns-repeated=\"3\"/>{}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"4000000000\">\
         <table:table-cell table:number-columns-repeated=\"4000000000\"/></table:table-row>\
         </table:table>",
        text("<text:p>x</text:p>")
    );
    let contents = read_table(&table).unwrap();
    let rows = &contents.sheets[0].0.rows;
    assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(rows[1].cells.len(), 4);
}

#[test]
fn repeats_that_hold_something_are_counted() {
    for (rows, columns) in [(2_000, 1), (1, 4_000_000_000_u32), (100, 100)] {
        let table = format!(
            "<table:table table:name=\"S\">\
             <table:table-row table:number-rows-repeated=\"{rows}\"><table:table-cell \
             table:number-columns-repeated=\"{columns}\" office:value=\"1\"/></table:table-row>\
             </table:table>"
        );
        assert_eq!(read_table(&table).unwrap_err(), Refusal::TooManyCells, "{rows}×{columns}");
    }
}

#[test]
fn damaged_encrypted_or_of_another_kind() {
    let cut = "<table:table table:name=\"S\"><table:table-row>";
    assert!(matches!(read_table(cut), Err(Refusal::Unreadable(_))));
    let unknown = format!(
        "<table:table table:name=\"S\"><table:table-row>{}",
        text("<text:p>&laughs;</text:p>")
    );
    assert_eq!(read_table(&unknown).unwrap_err(), Refusal::Unreadable("&laughs;".into()));
    let bytes = document("", "<manifest:file-entry><manifest:encryption-data/>");
    let archive = Archive::open(&bytes, &Limits { parts: 10, bytes: 1 << 20 }).unwrap();
    let bounds = Bounds { cells: 1000, text: 1000 };
    let refused = read(&"f.ods".into(), &archive, &bounds).unwrap_err();
    assert_eq!(refused, Refusal::Encrypted);
}
