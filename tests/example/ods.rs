//! Sheets → ods, written by hand: a zip of XML, `mimetype` first and stored.

use super::sheet::{Cell, Look, Sheet};
use std::io::{Cursor, Write};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

const MIME: &str = "application/vnd.oasis.opendocument.spreadsheet";
const SPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3""#;

/// Writes the sheets.
pub(crate) fn write(title: &str, sheets: &[Sheet]) -> ZipResult<Vec<u8>> {
    let fixed = SimpleFileOptions::default().last_modified_time(DateTime::default());
    let stored = fixed.compression_method(CompressionMethod::Stored);
    let packed = fixed.compression_method(CompressionMethod::Deflated);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let manifest = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIME}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>"#
    );
    let styles = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-styles {SPACES}><office:styles><style:default-style style:family="table-cell"><style:text-properties fo:language="fr" fo:country="FR" fo:font-size="10pt"/></style:default-style></office:styles></office:document-styles>"#
    );
    let meta = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-meta {SPACES}><office:meta><dc:title>{}</dc:title><dc:description>Données fictives, fabriquées pour l’exemple.</dc:description><meta:creation-date>2026-10-01T09:00:00</meta:creation-date></office:meta></office:document-meta>"#,
        escape(title)
    );
    for (name, content, options) in [
        ("mimetype", MIME.to_owned(), stored),
        ("content.xml", content(sheets), packed),
        ("styles.xml", styles, packed),
        ("meta.xml", meta, packed),
        ("META-INF/manifest.xml", manifest, packed),
    ] {
        zip.start_file(name, options)?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn content(sheets: &[Sheet]) -> String {
    let mut xml = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES}><office:automatic-styles><number:date-style style:name="jour"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style><style:style style:name="date" style:family="table-cell" style:data-style-name="jour"/>"#
    );
    for (name, properties) in [
        ("avis", r##"fo:font-style="italic" fo:color="#a03000""##),
        ("titre", r#"fo:font-weight="bold" fo:font-size="14pt""#),
        ("gras", r#"fo:font-weight="bold""#),
    ] {
        xml.push_str(&format!(
            r#"<style:style style:name="{name}" style:family="table-cell"><style:text-properties {properties}/></style:style>"#
        ));
    }
    let mut widths: Vec<u32> =
        sheets.iter().flat_map(|s| &s.widths).map(|w| (*w * 2.0) as u32).collect();
    widths.sort_unstable();
    widths.dedup();
    for width in widths {
        xml.push_str(&format!(
            r#"<style:style style:name="c{width}" style:family="table-column"><style:table-column-properties style:column-width="{:.1}mm"/></style:style>"#,
            f64::from(width)
        ));
    }
    xml.push_str("</office:automatic-styles><office:body><office:spreadsheet>");
    for sheet in sheets {
        table(&mut xml, sheet);
    }
    xml.push_str("</office:spreadsheet></office:body></office:document-content>");
    xml
}

fn table(xml: &mut String, sheet: &Sheet) {
    xml.push_str(&format!(r#"<table:table table:name="{}">"#, escape(&sheet.name)));
    for width in &sheet.widths {
        let width = (*width * 2.0) as u32;
        xml.push_str(&format!(r#"<table:table-column table:style-name="c{width}"/>"#));
    }
    for row in &sheet.rows {
        xml.push_str("<table:table-row>");
        let style = match row.look {
            Look::Notice => r#" table:style-name="avis""#,
            Look::Title => r#" table:style-name="titre""#,
            Look::Banner | Look::Header | Look::Total => r#" table:style-name="gras""#,
            Look::Body => "",
        };
        for cell in &row.cells {
            xml.push_str(&one(cell, style));
        }
        if row.cells.is_empty() {
            xml.push_str("<table:table-cell/>");
        }
        xml.push_str("</table:table-row>");
    }
    xml.push_str("</table:table>");
}

fn one(cell: &Cell, style: &str) -> String {
    let number = |kind: &str, value: f64| {
        let shown = value.to_string().replace('.', ",");
        format!(
            r#"<table:table-cell{style} office:value-type="{kind}" office:value="{value}"><text:p>{shown}</text:p></table:table-cell>"#
        )
    };
    match cell {
        Cell::Empty => "<table:table-cell/>".to_owned(),
        Cell::Text(text) => format!(
            r#"<table:table-cell{style} office:value-type="string"><text:p>{}</text:p></table:table-cell>"#,
            escape(text)
        ),
        Cell::Number(value) => number("float", *value),
        Cell::Euro(cents) => number("float", *cents as f64 / 100.0),
        Cell::Day(date) => format!(
            r#"<table:table-cell table:style-name="date" office:value-type="date" office:date-value="{}"><text:p>{}</text:p></table:table-cell>"#,
            date.format("%Y-%m-%d"),
            date.format("%d/%m/%Y")
        ),
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
