//! A sheet that holds one table: title, period, header row, body, notes, and how it prints. No merged
//! cell, no hidden row: a reader, a screen reader and a program all find the same grid.

use super::style::{Look, Styles};
use super::{Context, failed};
use crate::error::Error;
use crate::report::{Cell, Format as Kind, Row, Table};
use chrono::NaiveDate;
use rust_xlsxwriter::{Table as ExcelTable, TableColumn, TableStyle, Url, Worksheet};

/// Header row of the table of every sheet, from 0: title, period and link come above.
pub(super) const HEADER_ROW: u32 = 4;
/// Tables with more rows than this have filter buttons.
const FILTERED: usize = 10;
/// Height of a line of text in points.
const LINE_POINTS: f64 = 15.0;
/// Longest word a column is widened for: a SHA-256 stays on one line.
const LONG_WORD: f64 = 64.0;
/// Narrowest width the notes of a table are cut at, in characters.
pub(super) const NOTE_WIDTH: f64 = 44.0;
/// A4.
const A4: u8 = 9;
/// Longest text of a cell, in UTF-16 units.
const TEXT_LIMIT: usize = 32_767;

/// Where a table was written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    /// First body row, from 0.
    pub(super) first_row: u32,
    /// First free row under the table and its notes.
    pub(super) next_row: u32,
    /// Width of its columns together, in characters.
    pub(super) width: f64,
}

/// A new sheet with its title, its period, the way back and its page setup.
pub(super) fn new_sheet(
    context: &Context<'_>,
    name: &str,
    title: &str,
) -> Result<Worksheet, Error> {
    let mut sheet = Worksheet::new();
    let styles = &context.styles;
    sheet.set_name(name).map_err(failed)?;
    text(&mut sheet, 0, 0, title, &styles.title)?;
    text(&mut sheet, 1, 0, &context.about(), &styles.subtitle)?;
    page_setup(context, &mut sheet);
    Ok(sheet)
}

/// Adds the link to the contents above the table.
pub(super) fn way_back(
    context: &Context<'_>,
    sheet: &mut Worksheet,
    contents: &str,
) -> Result<(), Error> {
    let words = context.texts.get("classeur.retour");
    link(sheet, 2, 0, contents, &words, &context.styles)
}

/// A link to a sheet of the same workbook.
pub(super) fn link(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    target: &str,
    words: &str,
    styles: &Styles,
) -> Result<(), Error> {
    let url = Url::new(format!("internal:'{}'!A1", target.replace('\'', "''"))).set_text(words);
    sheet.write_url_with_format(row, column, url, &styles.link).map_err(failed)?;
    Ok(())
}

/// A4 landscape, one page wide, page numbers, programme and period on every page.
fn page_setup(context: &Context<'_>, sheet: &mut Worksheet) {
    let escape = |text: &str| text.replace('&', "&&").chars().take(100).collect::<String>();
    let report = context.report;
    let mut programme = escape(&report.programme);
    if report.fictional {
        programme = format!("{programme} – {}", context.texts.get("mot.donnees_fictives"));
    }
    sheet
        .set_landscape()
        .set_paper_size(A4)
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.5, 0.5, 0.75, 0.75, 0.3, 0.3)
        .set_screen_gridlines(false)
        .set_header(format!("&L&9 {programme}&R&9 {}", escape(&context.document.title)))
        .set_footer(format!(
            "&L&9 {}&C&9 {} &P / &N&R&9 {}",
            escape(&report.period_words),
            context.texts.get("mot.page"),
            escape(&report.generator)
        ));
}

/// Writes a table, its header frozen and repeated in print, and its notes under it.
pub(super) fn main_table(
    context: &Context<'_>,
    sheet: &mut Worksheet,
    table: &Table,
    name: &str,
) -> Result<Placed, Error> {
    let widths = widths(table);
    let placed = write(context, sheet, HEADER_ROW, table, name, &widths)?;
    set_widths(sheet, &widths)?;
    sheet.set_freeze_panes(HEADER_ROW + 1, 0).map_err(failed)?;
    sheet.set_repeat_rows(HEADER_ROW, HEADER_ROW).map_err(failed)?;
    Ok(placed)
}

/// Sets the widths of the first columns.
pub(super) fn set_widths(sheet: &mut Worksheet, widths: &[f64]) -> Result<(), Error> {
    for (index, width) in widths.iter().enumerate() {
        sheet.set_column_width(column(index), *width).map_err(failed)?;
    }
    Ok(())
}

/// Writes a table with its header at a row, in columns of the widths given.
pub(super) fn write(
    context: &Context<'_>,
    sheet: &mut Worksheet,
    header_row: u32,
    table: &Table,
    name: &str,
    widths: &[f64],
) -> Result<Placed, Error> {
    let first_row = header_row + 1;
    let nothing = [nothing(context, table)];
    let rows = if table.rows.is_empty() { &nothing[..] } else { &table.rows[..] };
    let cents: Vec<bool> =
        (0..table.columns.len()).map(|index| shows_cents(table, index)).collect();
    for (row, content) in (first_row..).zip(rows) {
        for (index, cell) in content.cells.iter().take(table.columns.len()).enumerate() {
            let look = look(table, index, content, cell, cents[index]);
            write_cell(context, sheet, (row, column(index)), cell, look)?;
        }
        let cells = content.cells.iter().map(|cell| cell.text.as_str());
        set_height(sheet, row, cells.zip(widths.iter().copied()))?;
    }
    let last_row = first_row + u32::try_from(rows.len() - 1).unwrap_or(u32::MAX - first_row);
    let filtered = rows.len() > FILTERED;
    let headers = headers(table);
    let room = if filtered { 4.0 } else { 1.0 };
    let in_header = headers.iter().map(String::as_str).zip(widths.iter().map(|w| w - room));
    set_height(sheet, header_row, in_header)?;
    let columns: Vec<TableColumn> = headers
        .iter()
        .zip(&table.columns)
        .map(|(header, column)| {
            let format = context.styles.header(column.format != Kind::Text, filtered);
            TableColumn::new().set_header(header.as_str()).set_header_format(&format)
        })
        .collect();
    let marked = ExcelTable::new()
        .set_name(name)
        .set_columns(&columns)
        .set_style(TableStyle::None)
        .set_banded_rows(false)
        .set_autofilter(filtered)
        .set_alt_text_title(table.title.as_str())
        .set_alt_text(table.notes.join(" "));
    let last_column = column(table.columns.len().saturating_sub(1));
    sheet.add_table(header_row, 0, last_row, last_column, &marked).map_err(failed)?;

    let width: f64 = widths.iter().take(table.columns.len()).sum();
    let mut next_row = last_row + 2;
    for note in &table.notes {
        for line in lines(note, width.clamp(NOTE_WIDTH, 140.0) as usize) {
            text(sheet, next_row, 0, &line, &context.styles.note)?;
            next_row += 1;
        }
    }
    if !table.notes.is_empty() {
        next_row += 1;
    }
    Ok(Placed { first_row, next_row, width })
}

/// Makes a row high enough for its texts: (text, width of its column in characters).
pub(super) fn set_height<'a>(
    sheet: &mut Worksheet,
    row: u32,
    cells: impl Iterator<Item = (&'a str, f64)>,
) -> Result<(), Error> {
    let count = |(text, width): (&str, f64)| {
        // Letters are narrower than the digits widths are counted in.
        let fitting = (width * 1.05 - 1.0).max(4.0) as usize;
        let cut = text.split('\n').flat_map(|part| lines(part, fitting));
        cut.map(|line| line.chars().count().div_ceil(fitting).max(1)).sum()
    };
    let most: usize = cells.map(count).fold(1, usize::max);
    if most > 1 {
        let points = (most as f64 * LINE_POINTS + 2.0).min(400.0);
        sheet.set_row_height(row, points).map_err(failed)?;
    }
    Ok(())
}

/// The row of a table that has none: Excel wants one.
fn nothing(context: &Context<'_>, table: &Table) -> Row {
    let first = context.texts.get("mot.aucune_ligne");
    let cells = (0..table.columns.len())
        .map(|index| Cell {
            text: if index == 0 { first.clone() } else { String::new() },
            number: None,
            format: Some(Kind::Text),
        })
        .collect();
    Row { cells, strong: false }
}

/// Some amount of the column has cents: asked once for the column, not at each of its cells.
fn shows_cents(table: &Table, index: usize) -> bool {
    table.rows.iter().filter_map(|row| row.cells.get(index)?.number).any(has_cents)
}

fn look(table: &Table, index: usize, row: &Row, cell: &Cell, cents: bool) -> Look {
    let usual = table.columns[index].format;
    // Words in a column of numbers stand where the number would.
    let kind = match (cell.format.unwrap_or(usual), cell.number) {
        (Kind::Text, None) if !table.rows.is_empty() => usual,
        (kind, _) => kind,
    };
    let is_value = match kind {
        Kind::Text => true,
        Kind::Date => cell.text.chars().any(|c| c.is_ascii_digit()),
        _ => cell.number.is_some_and(f64::is_finite),
    };
    let cents = kind == Kind::Euro && cents;
    Look { kind, cents, strong: row.strong, reason: !is_value }
}

fn has_cents(value: f64) -> bool {
    (value * 100.0).round() % 100.0 != 0.0
}

fn day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()
}

fn write_cell(
    context: &Context<'_>,
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    look: Look,
) -> Result<(), Error> {
    let format = context.styles.body(look);
    match (look.kind, cell.number.filter(|n| n.is_finite())) {
        (Kind::Text, _) => text(sheet, row, column, &cell.text, &format),
        (Kind::Date, _) => match day(&cell.text) {
            Some(day) => {
                let serial =
                    (day - NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or(day)).num_days();
                sheet
                    .write_number_with_format(row, column, serial as f64, &format)
                    .map_err(failed)?;
                Ok(())
            }
            None => text(sheet, row, column, &cell.text, &format),
        },
        (_, Some(number)) => {
            sheet.write_number_with_format(row, column, number, &format).map_err(failed)?;
            Ok(())
        }
        (_, None) => text(sheet, row, column, &cell.text, &format),
    }
}

/// Writes a text as text, whatever it starts with.
pub(super) fn text(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    words: &str,
    format: &rust_xlsxwriter::Format,
) -> Result<(), Error> {
    let mut format = format.clone();
    if words.starts_with(['=', '+', '-', '@']) {
        // Stays text even when someone edits the cell.
        format = format.set_quote_prefix();
    }
    let words = fitting(words);
    if words.is_empty() {
        sheet.write_blank(row, column, &format).map_err(failed)?;
    } else {
        sheet.write_string_with_format(row, column, words, &format).map_err(failed)?;
    }
    Ok(())
}

/// The part of a text a cell can hold.
fn fitting(text: &str) -> String {
    let mut units = 0;
    text.chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .take_while(|c| {
            units += c.len_utf16();
            units <= TEXT_LIMIT
        })
        .collect()
}

/// Headers, on one line each, none empty, none twice.
fn headers(table: &Table) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for (index, column) in table.columns.iter().enumerate() {
        let words = column.header.split_whitespace().collect::<Vec<_>>().join(" ");
        let base = if words.is_empty() { format!("{}", index + 1) } else { words };
        let base: String = base.chars().take(120).collect();
        let mut header = base.clone();
        let mut number = 2;
        while seen.iter().any(|other| other.to_lowercase() == header.to_lowercase()) {
            header = format!("{base} ({number})");
            number += 1;
        }
        seen.push(header);
    }
    seen
}

/// Width of each column in characters: its longest content up to a cap set by its relative width, and
/// room for the longest word of its header beside the filter button.
pub(super) fn widths(table: &Table) -> Vec<f64> {
    let length = |text: &str| text.split('\n').map(|line| line.chars().count()).max().unwrap_or(0);
    let column_width = |(index, header): (usize, &String)| {
        let column = &table.columns[index];
        let cells = || table.rows.iter().filter_map(move |row| row.cells.get(index));
        let longest = cells().map(|cell| length(&cell.text)).max().unwrap_or(0) as f64;
        let word = |text: &str| {
            text.split([' ', '-']).map(|word| word.chars().count()).max().unwrap_or(0) as f64
        };
        let longest_word = cells().map(|cell| word(&cell.text)).fold(0.0, f64::max).min(LONG_WORD);
        let in_header = (word(header) + 4.0).max(length(header) as f64 / 3.0 + 4.0);
        let cap = if column.format == Kind::Text {
            (15.0 * column.width).clamp(18.0, 70.0)
        } else {
            (12.0 * column.width).clamp(14.0, 24.0)
        };
        let longest = if table.rows.is_empty() && index == 0 { 26.0 } else { longest };
        (longest + 3.0).min(cap).max(longest_word + 3.0).max(in_header).max(9.0)
    };
    headers(table).iter().enumerate().map(column_width).collect()
}

/// Cuts a text into lines of at most `width` characters, between words.
pub(super) fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    // No-break spaces keep their words together, so not `split_whitespace`.
    for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
        let last = lines.last_mut().map_or(0, |line| line.chars().count());
        if last > 0 && last + 1 + word.chars().count() > width {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// A column number.
pub(super) fn column(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}
