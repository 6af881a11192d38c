//! What each target does with the bytes it is given. Shared with `tests/hostile`, which replays what
//! was found.

use bilan::ingest::{Value, fuzzing};
use bilan::schema::TABLES;
use bilan::tables::cell;

/// A target: name of its folder of finds, what it does.
type Target = (&'static str, fn(&[u8]));

/// Every target.
pub(crate) const TARGETS: [Target; 5] = [
    ("cellules", cells),
    ("classeurs", workbooks),
    ("delimites", delimited),
    ("entetes", headers),
    ("modeles", models),
];

/// A text, and the number of its first bytes, read as every column of the schema.
pub(crate) fn cells(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut values = vec![Value::Text(text.as_ref().into())];
    if let Some(first) = bytes.first_chunk::<8>() {
        values.push(Value::Number(f64::from_le_bytes(*first)));
    }
    for value in &values {
        for column in TABLES.iter().flat_map(|table| table.columns) {
            let once = cell::read(column, value);
            assert_eq!(format!("{once:?}"), format!("{:?}", cell::read(column, value)));
        }
    }
}

/// A delimited file.
pub(crate) fn delimited(bytes: &[u8]) {
    fuzzing::delimited(bytes);
}

/// A sheet whose cells are headers of the schema, numbers and texts, one a byte.
pub(crate) fn headers(bytes: &[u8]) {
    let words: Vec<&str> = TABLES
        .iter()
        .flat_map(|table| table.columns)
        .flat_map(|column| column.aliases.iter().copied().chain([column.header]))
        .collect();
    let rows = bytes.split(|byte| *byte == b'\n').map(|line| {
        let mut cells = Vec::new();
        for pair in line.chunks(2) {
            let (kind, at) = (pair[0], usize::from(pair.get(1).copied().unwrap_or(0)));
            cells.push(match kind % 8 {
                0 => Value::Empty,
                1 => Value::Number(at as f64 - 100.0),
                2 => Value::Flag(at.is_multiple_of(2)),
                3 => Value::Text(["x", "Total", "oui", "Sous-total", "(texte)"][at % 5].into()),
                4 => Value::Text(format!("{}{}", char::from(kind), char::from(pair[0])).into()),
                5 => Value::Text(format!("{} {at}", words[at % words.len()]).into()),
                _ => Value::Text(words[(usize::from(kind / 8) * 256 + at) % words.len()].into()),
            });
        }
        cells
    });
    fuzzing::sheet(rows.collect());
}

const EXTENSIONS: [&str; 5] = ["xlsx", "xlsb", "ods", "xls", "csv"];

/// Bytes as a file of the extension the first one chooses.
pub(crate) fn workbooks(bytes: &[u8]) {
    if let Some((first, rest)) = bytes.split_first() {
        fuzzing::workbook(EXTENSIONS[usize::from(*first) % EXTENSIONS.len()], rest);
    }
}

/// A small valid workbook, changed where the bytes say: the first chooses the kind, then come a place
/// (two bytes), how many bytes go, how many come, and these.
pub(crate) fn models(bytes: &[u8]) {
    let Some((kind, edits)) = bytes.split_first() else { return };
    let (part, mut content) = match kind % 5 {
        0 => ("content.xml", CONTENT.as_bytes().to_vec()),
        1 => ("xl/worksheets/sheet1.xml", SHEET.as_bytes().to_vec()),
        2 => ("xl/sharedStrings.xml", STRINGS.as_bytes().to_vec()),
        3 => ("xl/workbook.xml", BOOK.as_bytes().to_vec()),
        _ => ("Workbook", stream()),
    };
    let mut rest = edits;
    while let [low, high, gone, come, tail @ ..] = rest {
        let at = usize::from(u16::from_le_bytes([*low, *high])) % (content.len() + 1);
        let end = (at + usize::from(gone % 32)).min(content.len());
        let (new, tail) = tail.split_at(usize::from(come % 32).min(tail.len()));
        content.splice(at..end, new.iter().copied());
        rest = tail;
    }
    match part {
        "Workbook" => fuzzing::stream(&content),
        "content.xml" => {
            let kind: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
            let parts = [
                ("mimetype", kind),
                ("META-INF/manifest.xml", b"<manifest:manifest/>"),
                (part, &content),
            ];
            fuzzing::workbook("ods", &zipped(&parts));
        }
        _ => {
            let mut parts: Vec<(&str, &[u8])> = vec![
                ("_rels/.rels", ROOT.as_bytes()),
                ("xl/workbook.xml", BOOK.as_bytes()),
                ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
                ("xl/worksheets/sheet1.xml", SHEET.as_bytes()),
                ("xl/sharedStrings.xml", STRINGS.as_bytes()),
            ];
            parts.retain(|(name, _)| *name != part);
            parts.push((part, &content));
            fuzzing::workbook("xlsx", &zipped(&parts));
        }
    }
}

const CONTENT: &str = r#"<office:document-content><style:style style:name="m"><style:table-properties table:display="false"/></style:style><table:table table:name="S" table:style-name="m"><table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>Financeur</text:p></table:table-cell><table:table-cell table:number-columns-repeated="3" office:value="1.5"/><table:table-cell office:date-value="2026-07-01"/></table:table-row></table:table></office:document-content>"#;
const SHEET: &str = r#"<worksheet><dimension ref="A1:B2"/><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Montant</t></is></c></row><row r="2"><c r="A2" t="b"><v>1</v></c><c r="B2" s="1"><f>1+1</f><v>2.5</v></c><c r="C2" t="d"><v>2026-07-01</v></c><c r="D2" t="e"><v>#N/A</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>"#;
const STRINGS: &str = r#"<sst count="2" uniqueCount="2"><si><t xml:space="preserve">Financeur</t></si><si><r><t>a</t></r><r><t>_x000D_b</t></r></si></sst>"#;
const BOOK: &str = r#"<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="S" sheetId="1" state="hidden" r:id="rId1"/></sheets><definedNames><definedName name="n">S!$A$1</definedName></definedNames></workbook>"#;
const ROOT: &str = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const RELATIONS: &str = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;

/// Records of an old workbook: one sheet, one cell of each kind.
fn stream() -> Vec<u8> {
    let record = |kind: u16, words: &[u16]| -> Vec<u8> {
        let length = words.len() as u16 * 2;
        [&[kind, length], words].concat().iter().flat_map(|word| word.to_le_bytes()).collect()
    };
    let globals = [
        record(0x0809, &[0x0600, 5]),
        record(0x00E0, &[0, 14, 0, 0]),
        vec![0x85, 0, 9, 0, 55, 0, 0, 0, 0, 0, 1, 0, b'S'],
        record(0x00FC, &[1, 0, 1, 0, 2, 0x6100, 0x6200]),
        record(0x000A, &[]),
    ]
    .concat();
    let cells = [
        record(0x0809, &[0x0600, 16]),
        record(0x0200, &[0, 0, 2, 0, 0, 2, 0]),
        record(0x0203, &[0, 0, 0, 0, 0, 0, 0x3FF0]),
        record(0x00FD, &[0, 1, 0, 0, 0]),
        record(0x027E, &[1, 0, 0, 0, 0x4059]),
        record(0x00BD, &[1, 1, 0, 0, 0x4059, 0, 0, 0x4059, 2]),
        record(0x0204, &[2, 0, 0, 2, 0x6100, 0x62]),
        record(0x0006, &[2, 1, 0, 0, 0, 0, 0x3FF0, 0, 0, 0, 3, 0x011E]),
        record(0x000A, &[]),
    ];
    [globals, cells.concat()].concat()
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write as _;
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let started = writer.start_file(*name, stored);
        started.and_then(|()| Ok(writer.write_all(bytes)?)).expect("a part in memory");
    }
    writer.finish().expect("an archive in memory").into_inner()
}

/// Small inputs to begin from, by target.
pub(crate) fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let mut seeds: Vec<(&str, Vec<u8>)> = Vec::new();
    for text in [
        "1 234,56 €",
        "1.234,56",
        "(12)",
        "12 %",
        "1,5 k€",
        "31/12/2026",
        "31.12.26",
        "12 mars 2026",
        "2026-03-12",
        "T3 2026",
        "2026-01-01/2026-12-31",
        "01004",
        "W123456789",
        "123 456 789 00012",
        "1.2345678900012E+13",
        "oui",
        "1h30",
        "néant",
    ] {
        seeds.push(("cellules", text.into()));
    }
    for text in [
        "Financeur;Montant accordé\nVille;1 234,56\nTotal;1 234,56\n",
        "\u{feff}sep=,\n\"a\nb\",c\n\"d\"\"e\",f\n",
        "Id\tDate\tIntitulé\nA1\t01/02/2026\tAtelier\n",
    ] {
        seeds.push(("delimites", text.into()));
        seeds.push(("classeurs", [b"\x04", text.as_bytes()].concat()));
    }
    seeds.push(("delimites", b"Intitul\xe9;Pr\xc3\xa9nom\n\xe9;\xc3\xa9\n".to_vec()));
    seeds.push((
        "entetes",
        b"\x03\x01\n\x06\x01\x06\x02\x0e\x03\n\x01\x10\x03\x00\x01\x22\n".to_vec(),
    ));
    seeds.push((
        "entetes",
        b"\x06\x10\x05\x01\x05\x01\n\x06\x01\x00\x00\n\x01\x01\x03\x01\n".to_vec(),
    ));
    for kind in 0..5 {
        seeds.push(("modeles", vec![kind]));
        seeds.push(("modeles", vec![kind, 30, 0, 4, 2, b'9', b'9']));
    }
    let ods = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
        ("content.xml", CONTENT.as_bytes()),
    ]);
    let xlsx = zipped(&[
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", SHEET.as_bytes()),
        ("xl/sharedStrings.xml", STRINGS.as_bytes()),
    ]);
    seeds.push(("classeurs", [&[2][..], &ods].concat()));
    seeds.push(("classeurs", [&[0][..], &xlsx].concat()));
    seeds
}
