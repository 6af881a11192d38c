//! Delimited text → [`Sheet`]: encoding and delimiter found, quotes respected, records numbered by
//! the line they start on.

mod decode;
mod split;

use super::file::{Contents, Refusal};
use super::workbook::MAX_COLUMNS;
use super::{Row, Sheet, Value};
use crate::finding::{Finding, Place};
use std::sync::Arc;

/// Records looked at to find the delimiter.
const SAMPLE: usize = 30;

/// A record that runs over more lines than this is a stray quote, not a long text.
const MAX_LINES: u64 = 200;

/// Reads a delimited file held in memory.
///
/// # Errors
/// A [`Refusal`] when it is not text or holds more than `max_cells`.
pub(super) fn read(path: &Arc<str>, bytes: &[u8], max_cells: u64) -> Result<Contents, Refusal> {
    let decoded = decode::decode(bytes)?;
    let (hint, text) = delimiter_hint(&decoded.text);
    let delimiter = hint.unwrap_or_else(|| find_delimiter(text));
    let skipped = decoded.text.len() - text.len();
    let first_line = 1 + line_breaks(decoded.text.as_bytes().get(..skipped).unwrap_or_default());
    let (mut rows, longest) = records(text, delimiter, true, first_line, max_cells)?;
    if longest > MAX_LINES {
        (rows, _) = records(text, delimiter, false, first_line, max_cells)?;
    }
    let rejoined = split::rejoin(&mut rows, delimiter);
    let mut contents = Contents::default();
    contents.push(
        Sheet { file: Arc::clone(path), name: "".into(), rows, hidden_rows: Vec::new() },
        false,
    );
    contents.mixed_encoding = decoded.mixed;
    if let Some(name) = decoded.guessed {
        let finding = Finding::new("encodage-devine", Place::file(Arc::clone(path)), "");
        contents.findings.push(finding.with("encodage", name));
    }
    for (code, rows) in [
        ("champ-recolle", &rejoined.joined),
        ("champ-ambigu", &rejoined.doubtful),
        ("champ-en-trop", &rejoined.kept),
    ] {
        contents.findings.extend(counted(code, path, rows));
    }
    contents.doubtful = rejoined.doubtful;
    Ok(contents)
}

/// One finding for all the rows of one fate: how many, and the first.
fn counted(code: &'static str, path: &Arc<str>, rows: &[u32]) -> Option<Finding> {
    let first = *rows.first()?;
    let place = Place { row: Some(first), ..Place::file(Arc::clone(path)) };
    let finding = Finding::new(code, place, "").with("n", rows.len().to_string());
    Some(finding.with("ligne", first.to_string()))
}

/// The `sep=;` first line that Excel understands.
fn delimiter_hint(text: &str) -> (Option<u8>, &str) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    match line.trim_end().strip_prefix("sep=").map(str::as_bytes) {
        Some([delimiter]) => (Some(*delimiter), rest),
        _ => (None, text),
    }
}

/// The delimiter by which most of the first records have the same number of fields, more than one.
/// When none cuts anything, the one that no number holds.
fn find_delimiter(text: &str) -> u8 {
    let mut best = (0_usize, 0_usize, b';');
    for delimiter in [b';', b',', b'\t', b'|'] {
        let counts: Vec<usize> = reader(text, delimiter, true)
            .records()
            .take(SAMPLE)
            .filter_map(Result::ok)
            .filter(|record| delimiter != b',' || !is_number(record))
            .map(|record| record.len())
            .collect();
        let fields = counts.iter().copied().filter(|n| *n > 1);
        for n in fields {
            let same = counts.iter().filter(|c| **c == n).count();
            if (same, n) > (best.0, best.1) {
                best = (same, n, delimiter);
            }
        }
    }
    best.2
}

/// `1,5` alone on its line: a column of numbers, not two columns.
fn is_number(record: &csv::StringRecord) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    record.len() == 2 && record.iter().all(|field| digits(field.trim_start_matches('-')))
}

fn reader(text: &str, delimiter: u8, quoting: bool) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .quoting(quoting)
        .from_reader(text.as_bytes())
}

/// Rows of the text, and the lines of the longest record.
fn records(
    text: &str,
    delimiter: u8,
    quoting: bool,
    first_line: u64,
    max_cells: u64,
) -> Result<(Vec<Row>, u64), Refusal> {
    let bytes = text.as_bytes();
    let (mut rows, mut longest) = (Vec::new(), 0);
    let (mut cells, mut seen, mut line) = (0_u64, 0_usize, first_line);
    let mut reader = reader(text, delimiter, quoting);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|e| Refusal::Unreadable(e.to_string()))? {
        cells += record.len() as u64;
        if cells > max_cells {
            return Err(Refusal::TooManyCells);
        }
        if record.len() > MAX_COLUMNS as usize {
            return Err(Refusal::TooManyColumns);
        }
        // Where a record starts includes the blank lines before it, which the eye does not.
        let at = record.position().map_or(seen as u64, csv::Position::byte);
        let mut start = usize::try_from(at).unwrap_or(seen).max(seen);
        while bytes.get(start).is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            start += 1;
        }
        line += line_breaks(bytes.get(seen..start).unwrap_or_default());
        seen = start;
        if record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        let end = usize::try_from(reader.position().byte()).unwrap_or(start);
        longest = longest.max(line_breaks(bytes.get(start..end).unwrap_or_default()));
        let number = u32::try_from(line).unwrap_or(u32::MAX);
        rows.push(Row { number, cells: record.iter().map(cell).collect() });
    }
    Ok((rows, longest))
}

/// A field. `="01004"` is how exports tell a spreadsheet to keep a code as text.
fn cell(field: &str) -> Value {
    let quoted = field.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    let field = quoted.unwrap_or(field);
    if field.trim().is_empty() { Value::Empty } else { Value::Text(field.into()) }
}

fn line_breaks(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(bytes: &[u8]) -> Contents {
        read(&"f.csv".into(), bytes, 1000).unwrap()
    }

    fn texts(contents: &Contents) -> Vec<Vec<String>> {
        let rows = &contents.sheets[0].0.rows;
        rows.iter().map(|r| r.cells.iter().map(|c| c.shown().into_owned()).collect()).collect()
    }

    #[test]
    fn encodings() {
        let expected = [["Intitulé", "Prénom"], ["été", "Zoé"]];
        assert_eq!(texts(&sheet("Intitulé;Prénom\nété;Zoé\n".as_bytes())), expected);
        assert_eq!(texts(&sheet("\u{feff}Intitulé;Prénom\r\nété;Zoé".as_bytes())), expected);
        let western = sheet(b"Intitul\xe9;Pr\xe9nom\n\xe9t\xe9;Zo\xe9\n");
        assert_eq!(texts(&western), expected);
        assert_eq!(western.mixed_encoding, None);
        let mixed = sheet(b"Intitul\xc3\xa9;Pr\xc3\xa9nom\n\xe9t\xe9;Zo\xe9\n");
        assert_eq!(texts(&mixed), expected);
        assert_eq!(mixed.mixed_encoding, Some((1, 2)));
    }

    #[test]
    fn what_is_guessed_or_mended_is_said() {
        let codes = |bytes: &[u8]| {
            sheet(bytes).findings.iter().map(|f| (f.code, f.place.row)).collect::<Vec<_>>()
        };
        let amounts = "Financeur,Montant accord\u{e9},Objet\nVille,24 975,00,Aide\nEtat,5,Aide\n";
        assert_eq!(codes(amounts.as_bytes()), [("champ-recolle", Some(2))]);
        let mac = b"Intitul\x8e;Pr\x8enom\nF\x90te;Zo\x8e\n";
        assert_eq!(codes(mac), [("encodage-devine", None)]);
        let doubtful = "Financeur,Montant demand\u{e9},Montant accord\u{e9}\nVille,12,50,13\n";
        assert_eq!(codes(doubtful.as_bytes()), [("champ-ambigu", Some(2))]);
        assert_eq!(sheet(doubtful.as_bytes()).doubtful, [2]);
        let extra = codes(b"Id,Date,Intitule\nA1,01/02/2026,Atelier,super\n");
        assert_eq!(extra, [("champ-en-trop", Some(2))]);
    }

    #[test]
    fn delimiters() {
        assert_eq!(find_delimiter("a;b\n1,5;2,5\n3,5;4\n"), b';');
        assert_eq!(find_delimiter("a,b\n\"1;5;6\",2\n"), b',');
        assert_eq!(find_delimiter("Titre du fichier\na\tb\tc\n1\t2\t3\n"), b'\t');
        assert_eq!(find_delimiter("seul\nx\n"), b';');
        assert_eq!(find_delimiter("Heures\n1,5\n2,5\n10,25\n"), b';');
        assert_eq!(find_delimiter("Id|Date|Objet\n1|2026|a;b\n"), b'|');
        assert_eq!(texts(&sheet(b"Heures\n1,5\n2,25\n")), [["Heures"], ["1,5"], ["2,25"]]);
        assert_eq!(
            texts(&sheet(b"a;b\n=\"01004\";\"\"\"oui\"\"\"\n")),
            [["a", "b"], ["01004", "\"oui\""]]
        );
        assert_eq!(texts(&sheet(b"sep=|\na|b\n")), [["a", "b"]]);
    }

    #[test]
    fn rows_are_numbered_by_the_line_they_start_on() {
        let contents = sheet(b"a;b\n\n\"un\ndeux\";2\n;\n3;4\n");
        let numbers: Vec<u32> = contents.sheets[0].0.rows.iter().map(|r| r.number).collect();
        assert_eq!(numbers, [1, 3, 6]);
        let hinted = sheet(b"sep=;\na;b\n1;2\n");
        assert_eq!(hinted.sheets[0].0.rows[0].number, 2);
    }

    #[test]
    fn a_stray_quote_does_not_swallow_the_file() {
        let mut text = String::from("a;b\n\"oups;1\n");
        for i in 0..300 {
            text.push_str(&format!("x;{i}\n"));
        }
        assert_eq!(sheet(text.as_bytes()).sheets[0].0.rows.len(), 302);
    }

    #[test]
    fn blank_lines_are_no_long_record() {
        let text = format!("a;b\n1;\"x ; y\"\n{}2;z\n", ";\n".repeat(300));
        assert_eq!(texts(&sheet(text.as_bytes()))[1], ["1", "x ; y"]);
    }

    #[test]
    fn refusals() {
        assert!(matches!(read(&"f".into(), b"a\0b", 10), Err(Refusal::Unreadable(_))));
        assert!(matches!(read(&"f".into(), b"a;b\nc;d\n", 3), Err(Refusal::TooManyCells)));
        assert!(texts(&sheet(b"")).is_empty());
    }
}
