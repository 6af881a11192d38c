//! Bytes of hostile files.

use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A zip of these parts.
pub(crate) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const WORKBOOK: &[u8] = br#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Presences" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const ROOT: &[u8] = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const RELATIONS: &[u8] = br#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const TYPES: &[u8] = br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#;

/// Rows of a sheet of attendance.
pub(crate) const ROWS: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>actor</t></is></c><c r="B1" t="inlineStr"><is><t>event</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Ana</t></is></c><c r="B2"><v>1</v></c></row>"#;

/// An xlsx workbook of one sheet; `before` comes before its data, `after` after its rows.
pub(crate) fn xlsx(before: &str, after: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{before}<sheetData>{ROWS}{after}</sheetData></worksheet>"#
    );
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    parts.extend(more);
    zipped(&parts)
}

/// An ods document of one sheet of attendance, `after` after its rows.
pub(crate) fn ods(prologue: &str, after: &str, manifest: &str) -> Vec<u8> {
    let cell = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row =
        |a: &str, b: &str| format!("<table:table-row>{}{}</table:table-row>", cell(a), cell(b));
    let content = format!(
        "<?xml version=\"1.0\"?>{prologue}<office:document-content><office:body>\
         <office:spreadsheet><table:table table:name=\"Presences\">{}{}{after}</table:table>\
         </office:spreadsheet></office:body></office:document-content>",
        row("actor", "event"),
        row("Ana", "1"),
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", content.as_bytes()),
    ])
}

/// An OLE container of one stream, in sectors of 512 bytes.
pub(crate) fn ole(name: &str, stream: &[u8]) -> Vec<u8> {
    const END: u32 = 0xFFFF_FFFE;
    let mut bytes = vec![0_u8; 512 * 3];
    let mut put = |at: usize, value: &[u8]| bytes[at..at + value.len()].copy_from_slice(value);
    put(0, &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    for (at, value) in [(26, 3_u16), (28, 0xFFFE), (30, 9), (32, 6)] {
        put(at, &value.to_le_bytes());
    }
    for (at, value) in [(44, 1_u32), (48, 1), (56, 4096), (60, END), (68, END)] {
        put(at, &value.to_le_bytes());
    }
    for i in 1..109 {
        put(76 + 4 * i, &u32::MAX.to_le_bytes());
    }
    // Sector 0: the table; 1: the directory; from 2 on: the stream.
    let sectors = u32::try_from(stream.len().max(4096).div_ceil(512)).unwrap();
    assert!(sectors < 126, "one table is enough");
    for id in 0..128_u32 {
        let next = match id {
            0 => 0xFFFF_FFFD,
            1 => END,
            id if id + 1 < sectors + 2 => id + 1,
            id if id + 1 == sectors + 2 => END,
            _ => u32::MAX,
        };
        put(512 + 4 * id as usize, &next.to_le_bytes());
    }
    let size = sectors * 512;
    for (at, name, kind, start, size) in
        [(1024, "Root Entry", 5_u8, END, 0), (1024 + 128, name, 2, 2, size)]
    {
        for (i, unit) in name.encode_utf16().enumerate() {
            put(at + 2 * i, &unit.to_le_bytes());
        }
        put(at + 64, &[u8::try_from(2 * name.len() + 2).unwrap(), 0, kind]);
        for (offset, value) in [(68, u32::MAX), (72, u32::MAX), (116, start), (120, size)] {
            put(at + offset, &value.to_le_bytes());
        }
    }
    bytes.extend_from_slice(stream);
    bytes.resize(512 * (3 + sectors as usize), 0);
    bytes
}

/// A record of an old workbook.
pub(crate) fn record(kind: u16, words: &[u16]) -> Vec<u8> {
    let length = u16::try_from(2 * words.len()).unwrap();
    [&[kind, length], words].concat().iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// A text cell of an old workbook.
pub(crate) fn label(row: u16, column: u16, text: &str) -> Vec<u8> {
    let mut words = vec![row, column, 0, u16::try_from(text.len()).unwrap()];
    let mut bytes: Vec<u8> = text.bytes().collect();
    bytes.insert(0, 0);
    if bytes.len() % 2 == 1 {
        bytes.push(0);
    }
    words.extend(bytes.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])));
    record(0x0204, &words)
}

/// An xls workbook whose only sheet, at this place of its stream or where it is, has these records.
pub(crate) fn xls(records: &[Vec<u8>], place: Option<u32>) -> Vec<u8> {
    let bound = |at: u32| {
        let [a, b, c, d] = at.to_le_bytes();
        let mut record = vec![0x85, 0, 8 + 9, 0, a, b, c, d, 0, 0, 9, 0];
        record.extend(b"Presences");
        record
    };
    let globals = [record(0x0809, &[0x0600, 5]), bound(0), record(0x000A, &[])].concat();
    let start = place.unwrap_or_else(|| u32::try_from(globals.len()).unwrap());
    let mut stream = [record(0x0809, &[0x0600, 5]), bound(start), record(0x000A, &[])].concat();
    stream.extend(record(0x0809, &[0x0600, 16]));
    stream.extend(records.concat());
    stream.extend(record(0x000A, &[]));
    ole("Workbook", &stream)
}

/// A sheet of attendance, as records of an old workbook.
pub(crate) fn attendance() -> Vec<Vec<u8>> {
    vec![label(0, 0, "actor"), label(0, 1, "event"), label(1, 0, "Ana"), label(1, 1, "1")]
}
