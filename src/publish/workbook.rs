//! Workbooks: one [`Document`] to the bytes of an xlsx. Cover, contents, notes, then one marked-up table
//! per sheet, with the native chart of each figure.
//!
//! Two renderings of the same document are byte-identical: dates come from the report.

mod chart;
mod name;
mod style;
mod table;

use crate::error::Error;
use crate::report::{
    Block, Cell, Column, Document, Drawing, Figure, Format as Kind, KeyFigure, Report, Row, Table,
    Tone,
};
use crate::texts::{Lang, Texts};
use name::Names;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};
use std::borrow::Cow;
use std::collections::BTreeMap;
use style::Styles;

/// What every sheet of a workbook needs.
struct Context<'a> {
    report: &'a Report,
    document: &'a Document,
    texts: Texts,
    lang: Lang,
    styles: Styles,
}

impl Context<'_> {
    /// Programme and period, with the fictional data said: the second line of every sheet.
    fn about(&self) -> String {
        let mut about = format!("{} – {}", self.report.programme, self.report.period_words);
        if self.report.fictional {
            about = format!("{about} – {}", self.texts.get("mot.donnees_fictives"));
        }
        about
    }

    fn word(&self, key: &str) -> String {
        self.texts.get(&format!("classeur.{key}"))
    }
}

/// A sheet to come: its name, the table it holds, its figure if it is one's.
struct Planned<'a> {
    sheet: String,
    section: &'a str,
    table: Cow<'a, Table>,
    table_name: String,
    second_table: String,
    figure: Option<&'a Figure>,
}

/// Renders one document to the bytes of an xlsx. `pictures` are the drawings as PNG, by figure id, for
/// the figures that have no native chart.
///
/// # Errors
/// `classeur` when the content does not fit the file format (more rows than a sheet holds…).
pub fn render(
    report: &Report,
    document: &Document,
    pictures: &BTreeMap<&'static str, Vec<u8>>,
) -> Result<Vec<u8>, Error> {
    let lang = if report.lang == Lang::En.code() { Lang::En } else { Lang::Fr };
    let texts = Texts::new(lang);
    let context = Context { report, document, texts, lang, styles: Styles::new(lang) };
    build(&context, pictures).map_err(|error| error.with("document", document.stem))
}

fn build(
    context: &Context<'_>,
    pictures: &BTreeMap<&'static str, Vec<u8>>,
) -> Result<Vec<u8>, Error> {
    let mut names = Names::default();
    let cover = names.sheet(&context.word("couverture"));
    let contents = names.sheet(&context.word("sommaire"));
    let mut planned = Vec::new();
    let notes = notes(context);
    if !notes.rows.is_empty() {
        planned.push(Planned {
            sheet: names.sheet(&context.word("notes")),
            section: "",
            table_name: names.table(&notes.id),
            second_table: String::new(),
            table: Cow::Owned(notes),
            figure: None,
        });
    }
    plan(context, &mut names, &mut planned);

    let mut book = Workbook::new();
    book.set_properties(&properties(context)?);
    book.push_worksheet(cover_sheet(context, &cover, &contents)?);
    book.push_worksheet(contents_sheet(context, &contents, &planned)?);
    for sheet in &planned {
        book.push_worksheet(table_sheet(context, sheet, &contents, pictures)?);
    }
    book.save_to_buffer().map_err(failed)
}

/// One sheet per table, figure and group of headline figures, in document order.
fn plan<'a>(context: &Context<'a>, names: &mut Names, planned: &mut Vec<Planned<'a>>) {
    for section in &context.document.sections {
        for block in &section.blocks {
            let (table, figure) = match block {
                Block::Table(table) => (Cow::Borrowed(table), None),
                Block::Figure(figure) => {
                    let table = Table { title: figure.title.clone(), ..figure.table.clone() };
                    (Cow::Owned(table), Some(figure.as_ref()))
                }
                Block::KeyFigures { items } => {
                    (Cow::Owned(key_figures(context, section.id, items)), None)
                }
                _ => continue,
            };
            if table.columns.is_empty() {
                continue;
            }
            planned.push(Planned {
                sheet: names.sheet(&table.title),
                section: &section.title,
                table_name: names.table(&table.id),
                second_table: names.table(&format!("{}_graphique", table.id)),
                table,
                figure,
            });
        }
    }
}

/// Title, creation day and author of the file. The day is the report's, never the clock's.
fn properties(context: &Context<'_>) -> Result<DocProperties, Error> {
    let report = context.report;
    let created = ExcelDateTime::parse_from_str(&report.date)
        .or_else(|_| ExcelDateTime::from_ymd(2000, 1, 1))
        .map_err(failed)?;
    Ok(DocProperties::new()
        .set_title(context.document.title.as_str())
        .set_subject(context.document.subtitle.as_str())
        .set_author(report.generator.as_str())
        .set_company(report.programme.as_str())
        .set_keywords(report.period.as_str())
        .set_custom_property("Language", report.lang)
        .set_creation_datetime(&created))
}

/// Widths of the columns of the cover, in characters.
const COVER_WIDTHS: [f64; 2] = [34.0, 76.0];

fn cover_sheet(context: &Context<'_>, name: &str, contents: &str) -> Result<Worksheet, Error> {
    let styles = &context.styles;
    let mut sheet = table::new_sheet(context, name, "")?;
    let texts = [
        (&context.document.title, &styles.cover_title),
        (&context.document.subtitle, &styles.subtitle),
        (&context.report.programme, &styles.heading),
        (&context.report.period_words, &styles.heading),
    ];
    for (row, (words, format)) in (0..).zip(texts) {
        table::text(&mut sheet, row, 0, words, format)?;
    }
    let mut row = 5;
    if context.report.fictional {
        table::text(&mut sheet, row, 0, &context.word("fictif"), &styles.warning)?;
        row += 2;
    }
    for (label, value) in &context.document.cover {
        table::text(&mut sheet, row, 0, label, &styles.label)?;
        table::text(&mut sheet, row, 1, value, &styles.text)?;
        let cells = [label.as_str(), value].into_iter().zip(COVER_WIDTHS);
        table::set_height(&mut sheet, row, cells)?;
        row += 1;
    }
    table::link(&mut sheet, row + 1, 0, contents, &context.word("sommaire"), styles)?;
    table::text(&mut sheet, row + 2, 0, &context.report.generator, &styles.note)?;
    table::set_widths(&mut sheet, &COVER_WIDTHS)?;
    sheet.set_row_height(0, 34).map_err(failed)?;
    Ok(sheet)
}

/// Widths of the columns of the contents, in characters.
const CONTENTS_WIDTHS: [f64; 3] = [34.0, 34.0, 84.0];

fn contents_sheet(
    context: &Context<'_>,
    name: &str,
    planned: &[Planned<'_>],
) -> Result<Worksheet, Error> {
    let styles = &context.styles;
    let mut sheet = table::new_sheet(context, name, &context.word("sommaire"))?;
    for (column, key) in [(0, "partie"), (1, "feuille"), (2, "contenu")] {
        table::text(&mut sheet, table::HEADER_ROW, column, &context.word(key), &styles.header)?;
    }
    let mut row = table::HEADER_ROW;
    for entry in planned {
        row += 1;
        table::text(&mut sheet, row, 0, entry.section, &styles.text)?;
        table::link(&mut sheet, row, 1, &entry.sheet, &entry.sheet, styles)?;
        table::text(&mut sheet, row, 2, &entry.table.title, &styles.text)?;
        let cells =
            [entry.section, &entry.sheet, &entry.table.title].into_iter().zip(CONTENTS_WIDTHS);
        table::set_height(&mut sheet, row, cells)?;
    }
    table::set_widths(&mut sheet, &CONTENTS_WIDTHS)?;
    sheet.set_freeze_panes(table::HEADER_ROW + 1, 0).map_err(failed)?;
    sheet.set_repeat_rows(table::HEADER_ROW, table::HEADER_ROW).map_err(failed)?;
    Ok(sheet)
}

fn table_sheet(
    context: &Context<'_>,
    planned: &Planned<'_>,
    contents: &str,
    pictures: &BTreeMap<&'static str, Vec<u8>>,
) -> Result<Worksheet, Error> {
    let mut sheet = table::new_sheet(context, &planned.sheet, &planned.table.title)?;
    table::way_back(context, &mut sheet, contents)?;
    let placed = table::main_table(context, &mut sheet, &planned.table, &planned.table_name)?;
    if let Some(figure) = planned.figure {
        let picture = pictures.get(figure.id).map(Vec::as_slice);
        chart::insert(context, &mut sheet, figure, placed, picture, &planned.second_table)?;
    }
    Ok(sheet)
}

/// Paragraphs, lists and notices as a table: part, nature, text.
fn notes(context: &Context<'_>) -> Table {
    let mut rows = Vec::new();
    for section in &context.document.sections {
        let mut part = section.title.clone();
        let mut add = |part: &str, nature: &str, text: String| {
            rows.push(row(&[part, &context.word(nature), &text]));
        };
        for block in &section.blocks {
            match block {
                Block::Heading { text } => part = format!("{} – {text}", section.title),
                Block::Paragraph { text } => add(&part, "texte", text.clone()),
                Block::Bullets { items } => {
                    items.iter().for_each(|item| add(&part, "point", item.clone()));
                }
                Block::Notice { tone, title, text } => {
                    let nature = match tone {
                        Tone::Missing => "non_renseigne",
                        Tone::Watch => "a_surveiller",
                        Tone::Info => "information",
                    };
                    add(&part, nature, format!("{title}\n{text}"));
                }
                Block::Figure(figure) if matches!(figure.drawing, Drawing::Network(_)) => {
                    add(&part, "figure", format!("{}\n{}", figure.title, figure.alt));
                }
                Block::KeyFigures { .. } | Block::Table(_) | Block::Figure(_) => {}
            }
        }
    }
    let widths = [("partie", 2.4), ("nature", 1.4), ("texte", 7.0)];
    own_table(context, "notes", context.word("notes_titre"), &widths, rows)
}

fn key_figures(context: &Context<'_>, section: &str, items: &[KeyFigure]) -> Table {
    let rows = items
        .iter()
        .map(|item| row(&[&item.label, &item.value, &item.detail, &item.previous, &item.target]))
        .collect();
    let columns = [
        ("chiffre", 2.6),
        ("valeur", 1.6),
        ("precision", 4.0),
        ("precedent", 2.0),
        ("objectif", 2.4),
    ];
    own_table(context, &format!("chiffres_{section}"), context.word("chiffres"), &columns, rows)
}

/// A table of texts whose headers are words of the workbook: (key, relative width).
fn own_table(
    context: &Context<'_>,
    id: &str,
    title: String,
    columns: &[(&str, f64)],
    rows: Vec<Row>,
) -> Table {
    let columns = columns
        .iter()
        .map(|(key, width)| Column { header: context.word(key), format: Kind::Text, width: *width })
        .collect();
    Table { id: id.into(), title, columns, rows, notes: Vec::new(), whole: false }
}

/// A row of texts.
fn row(texts: &[&str]) -> Row {
    let cell = |text: &&str| Cell { text: (*text).to_string(), number: None, format: None };
    Row { cells: texts.iter().map(cell).collect(), strong: false }
}

/// What the file format refused, in the program's words.
fn failed(error: XlsxError) -> Error {
    Error::new("classeur").with("cause", error)
}
