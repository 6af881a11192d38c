//! `anomalies.xlsx`: one line per finding, a synthesis by code, and how each table was read. It is a
//! document like the others, so it follows the same rules.

use super::data;
use super::workbook;
use crate::error::Error;
use crate::finding::{CODES, Finding, Place, sheet_of};
use crate::identity::Suggestion;
use crate::locale;
use crate::report::{Block, Cell, Column, Document, Format, Report, Row, Section, Table};
use crate::schema::{ColumnSpec, Kind, TableId};
use crate::tables::{Count, Frame, Reading, Tables};
use crate::texts::Texts;
use std::collections::{BTreeMap, BTreeSet};

/// Name of the workbook, without extension.
const STEM: &str = "anomalies";

/// What a finding's code says in `field` (`titre`, `attendu`, `remede`): the text
/// `anomalie.<code>.<field>` with its slots filled, `{lu}` by what was read.
pub fn words(texts: &Texts, finding: &Finding, field: &str) -> String {
    let mut slots = finding.details.clone();
    slots.push(("lu", finding.read.clone()));
    texts.fill(&format!("anomalie.{}.{field}", finding.code), &slots)
}

/// The workbook of findings. `tables`: how each was read, and the answers already given. `least`: the
/// smallest number of people that may be said.
///
/// # Errors
/// `classeur` when the content does not fit the file format.
pub fn render(
    report: &Report,
    findings: &[Finding],
    suggestions: &[Suggestion],
    tables: &Tables,
    least: u64,
    texts: &Texts,
) -> Result<Vec<u8>, Error> {
    let document = document(findings, suggestions, tables, least, texts);
    workbook::render(report, &document, &BTreeMap::new())
}

fn document(
    findings: &[Finding],
    suggestions: &[Suggestion],
    tables: &Tables,
    least: u64,
    texts: &Texts,
) -> Document {
    let readings = &tables.readings;
    let word = |key: &str| texts.get(&format!("classeur.{key}"));
    let section = |id, title: &str, table| Section {
        id,
        title: word(title),
        annex: false,
        blocks: vec![Block::Table(table)],
    };
    let counts = counts(findings, texts);
    let total = findings.len().to_string();
    Document {
        stem: STEM,
        title: word("anomalies_titre"),
        subtitle: word("anomalies_sous_titre"),
        cover: vec![(word("anomalies"), total), (word("tables_lues"), readings.len().to_string())],
        sections: vec![
            section("synthese", "synthese", counts),
            section("anomalies", "anomalies", lines(findings, texts)),
            section("decisions", "decisions", decisions(suggestions, tables, texts)),
            section("lecture", "lecture", readings_table(readings, least, texts)),
        ],
    }
}

/// One line per finding, in the order given.
fn lines(findings: &[Finding], texts: &Texts) -> Table {
    let columns = [
        ("anomalie_gravite", Format::Text, 1.0),
        ("anomalie_code", Format::Text, 1.4),
        ("anomalie_titre", Format::Text, 1.6),
        ("anomalie_fichier", Format::Text, 1.6),
        ("anomalie_feuille", Format::Text, 1.4),
        ("anomalie_cellule", Format::Text, 0.6),
        ("anomalie_lu", Format::Text, 1.4),
        ("anomalie_attendu", Format::Text, 2.0),
        ("anomalie_remede", Format::Text, 2.8),
    ];
    let row = |finding: &Finding| {
        plain(vec![
            severity(texts, finding.severity().code()),
            text(finding.code),
            text(&words(texts, finding, "titre")),
            text(&finding.place.file),
            text(&finding.place.sheet),
            text(&finding.place.cell()),
            text(&finding.read),
            text(&words(texts, finding, "attendu")),
            text(&words(texts, finding, "remede")),
        ])
    };
    table(texts, "anomalies", "anomalies", &columns, findings.iter().map(row).collect())
}

/// The table Décisions itself, one line per pair to be decided, then the answers already given: put back
/// among the inputs, it is read at every run. Its headers are those of the schema whatever the language.
fn decisions(suggestions: &[Suggestion], tables: &Tables, texts: &Texts) -> Table {
    let spec = TableId::Decisions.spec();
    let clues = |suggestion: &Suggestion, speaks_for: bool| {
        let clues = suggestion.clues.iter().filter(|clue| clue.speaks_for() == speaks_for);
        let said: Vec<String> =
            clues.map(|clue| texts.get(&format!("indice.{}", clue.code()))).collect();
        said.join(" ; ")
    };
    let place = |place: &Place| {
        let row = place.row.filter(|_| place.column.is_none());
        let row = row.map(|row| texts.fill("classeur.ligne", &[("n", row.to_string())]));
        let cell = row.unwrap_or_else(|| place.cell());
        let sheet = sheet_of(&place.file, &place.sheet);
        if cell.is_empty() { sheet } else { format!("{sheet} › {cell}") }
    };
    let cell = |suggestion: &Suggestion, column: &str| match column {
        "table" => text(suggestion.table.spec().sheet),
        "left" => text(&suggestion.left),
        "right" => text(&suggestion.right),
        "for" => text(&clues(suggestion, true)),
        "against" => text(&clues(suggestion, false)),
        "score" => score_cell(suggestion.score, texts),
        "left_place" => text(&place(&suggestion.places[0])),
        "right_place" => text(&place(&suggestion.places[1])),
        _ => text(""),
    };
    let width = |column: &str| match column {
        "left" | "right" | "for" | "against" | "left_place" | "right_place" => 2.2,
        _ => 1.0,
    };
    let columns = spec.columns.iter().map(|column| Column {
        header: column.header.to_string(),
        format: if column.id == "score" { Format::Decimal2 } else { Format::Text },
        width: width(column.id),
    });
    let asked = suggestions.iter().map(|suggestion| {
        plain(spec.columns.iter().map(|column| cell(suggestion, column.id)).collect())
    });
    let answers = tables.get(TableId::Decisions);
    let rows = asked.chain(answers.into_iter().flat_map(|answers| answered(answers, texts)));
    Table {
        id: "decisions".into(),
        title: texts.get("classeur.decisions_titre"),
        columns: columns.collect(),
        rows: rows.collect(),
        // What to do is said above the table: words below it would be read as rows of it.
        notes: Vec::new(),
        whole: false,
    }
}

/// The answers already given, as they were read; who gave them is personal, and is not said again.
fn answered<'a>(answers: &'a Frame, texts: &'a Texts) -> impl Iterator<Item = Row> + 'a {
    let mut said = BTreeSet::new();
    let rows = (0..answers.len()).filter(move |row| {
        let answer = ["table", "left", "right", "verdict"].map(|id| answers.text(id, *row));
        answer[3].is_some() && said.insert(answer)
    });
    rows.map(|row| {
        let cell = |column: &ColumnSpec| match column.kind {
            Kind::Date => {
                let date = answers.date(column.id, row);
                text(&date.map(|date| date.to_string()).unwrap_or_default())
            }
            Kind::Number => answers
                .number(column.id, row)
                .map_or_else(|| text(""), |score| score_cell(score, texts)),
            _ => text(answers.text(column.id, row).unwrap_or_default()),
        };
        plain(answers.spec.columns.iter().map(cell).collect())
    })
}

fn score_cell(score: f64, texts: &Texts) -> Cell {
    let score = (score * 100.0).round() / 100.0;
    Cell { text: locale::decimal(texts.lang, score, 2), number: Some(score), format: None }
}

/// Number of findings by code, in the order of [`CODES`], then their total.
fn counts(findings: &[Finding], texts: &Texts) -> Table {
    let columns = [
        ("anomalie_gravite", Format::Text, 1.0),
        ("anomalie_code", Format::Text, 1.6),
        ("anomalie_titre", Format::Text, 4.0),
        ("anomalie_nombre", Format::Integer, 1.0),
    ];
    let mut codes: Vec<_> = CODES.iter().collect();
    codes.sort_by_key(|code| code.severity);
    let mut rows: Vec<Row> = Vec::new();
    for code in codes {
        let count = findings.iter().filter(|finding| finding.code == code.name).count();
        if count > 0 {
            rows.push(plain(vec![
                severity(texts, code.severity.code()),
                text(code.name),
                text(&texts.get(&format!("anomalie.{}.titre", code.name))),
                number(count),
            ]));
        }
    }
    if !rows.is_empty() {
        let total = texts.get("classeur.total");
        let cells = vec![text(&total), text(""), text(""), number(findings.len())];
        rows.push(Row { cells, strong: true });
    }
    table(texts, "synthese", "synthese_titre", &columns, rows)
}

/// One line per table read, as `lecture.csv` has it.
fn readings_table(readings: &[Reading], least: u64, texts: &Texts) -> Table {
    let columns = [
        ("anomalie_fichier", Format::Text, 2.4),
        ("anomalie_feuille", Format::Text, 1.6),
        ("lecture_table", Format::Text, 1.4),
        ("lecture_entete", Format::Integer, 1.0),
        ("lecture_lues", Format::Integer, 1.0),
        ("lecture_retenues", Format::Integer, 1.0),
        ("lecture_ecartees", Format::Integer, 1.0),
        ("lecture_motifs", Format::Text, 2.4),
    ];
    let row = |reading: &Reading| {
        plain(vec![
            text(&reading.file),
            text(&reading.sheet),
            text(reading.table.spec().sheet),
            number(reading.header_row as usize),
            rows(reading.count(reading.read, least)),
            rows(reading.count(reading.kept, least)),
            reading.count_left_out(least).map_or_else(|| text(""), number),
            text(&data::reasons(reading, least)),
        ])
    };
    table(texts, "lecture", "lecture_titre", &columns, readings.iter().map(row).collect())
}

fn table(
    texts: &Texts,
    id: &str,
    title: &str,
    columns: &[(&str, Format, f64)],
    rows: Vec<Row>,
) -> Table {
    let columns = columns
        .iter()
        .map(|(key, format, width)| Column {
            header: texts.get(&format!("classeur.{key}")),
            format: *format,
            width: *width,
        })
        .collect();
    let title = texts.get(&format!("classeur.{title}"));
    Table { id: id.into(), title, columns, rows, notes: Vec::new(), whole: false }
}

fn severity(texts: &Texts, code: &str) -> Cell {
    text(&texts.get(&format!("gravite.{code}")))
}

fn text(text: &str) -> Cell {
    Cell { text: text.to_string(), number: None, format: None }
}

fn rows(count: Count) -> Cell {
    match count {
        Count::Exact(count) => number(count),
        Count::Under(_) => text(&count.to_string()),
    }
}

fn number(count: usize) -> Cell {
    Cell { text: count.to_string(), number: Some(count as f64), format: None }
}

fn plain(cells: Vec<Cell>) -> Row {
    Row { cells, strong: false }
}
