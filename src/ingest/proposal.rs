//! What a finding proposes when a sheet, or a column of it, is not understood: lines of `bilan.toml`
//! ready to paste, with the headers of the sheet in them.

use super::header::{self, Header, Names};
use super::mark::{Mark, mark};
use super::suggest::{Suggestion, suggest};
use super::{Row, Sheet};
use crate::finding::{Finding, Place, column_letters};
use crate::schema::vocabulary;
use crate::schema::{ColumnSpec, Kind, TableId};
use crate::settings::proposed::{quoted as text, source_entry};
use crate::settings::{BLANK, SourceRule};
use crate::texts::fold;
use std::sync::Arc;

/// Columns that a sheet says once in its title, if at all: a constant of the settings gives them.
const SAID_ONCE: &[(TableId, &str)] = &[
    (TableId::Funding, "funder"),
    (TableId::Budget, "year"),
    (TableId::Cooperations, "level"),
    (TableId::Cooperations, "date"),
    (TableId::Timesheets, "worker"),
];

/// Candidates worth completing with suggestions, when no table is sure.
const COMPLETED: usize = 4;

/// Headers quoted in the lines proposed for a sheet of which nothing is known.
const PROPOSED: usize = 12;

/// A header as a finding may say it: in a table about people, one that is no known word may be
/// somebody's name, and its column is said by its letters.
pub(super) fn quoted(table: TableId, column: u32, text: &str) -> String {
    if table.spec().people && !vocabulary::is_known(text) {
        column_letters(column)
    } else {
        text.to_owned()
    }
}

/// Headers like names over nothing but marks are people (activities in rows, people in columns): from
/// now on they are said by their letters, whatever the table.
pub(super) fn hide_names(sheet: &Sheet, header: &mut Header) {
    for (column, text) in &mut header.unknown {
        let cells = sheet.rows.iter().skip(header.at + 1).map(|row| row.cell(*column));
        let mut filled = cells.filter(|cell| !cell.is_blank()).peekable();
        let marks = filled.peek().is_some()
            && filled.all(|cell| matches!(mark(cell), Mark::Present(_) | Mark::Absent));
        if marks && is_like_a_name(text) && !vocabulary::is_known(text) {
            *text = column_letters(*column);
            if let Some(said) = header.texts.get_mut(*column as usize) {
                said.clone_from(text);
            }
        }
    }
}

/// Two words or more, each with a capital and of letters only: `Marie Dupont`, `Jean-Éric LE GOFF`.
fn is_like_a_name(text: &str) -> bool {
    let is_word = |word: &str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'))
    };
    text.split_whitespace().count() >= 2 && text.split_whitespace().all(is_word)
}

/// One finding for all the columns of a sheet that nobody knows.
pub(super) fn unknown_columns(
    sheet: &Sheet,
    table: TableId,
    unknown: &[(u32, String)],
) -> Option<Finding> {
    let names: Vec<String> =
        unknown.iter().map(|(column, text)| quoted(table, *column, text)).collect();
    (!names.is_empty()).then(|| {
        Finding::new("colonne-inconnue", whole(sheet), names.join(" ; "))
            .with("n", names.len().to_string())
    })
}

/// Headers that the settings name and that the sheet does not have, each with the nearest it has.
pub(super) fn not_there(sheet: &Sheet, header: &Header, rule: Option<&SourceRule>) -> Vec<Finding> {
    // A rule for many sheets may well name columns of only some.
    let Some(rule) = rule.filter(|r| r.table.is_some() || r.sheet.is_some()) else {
        return Vec::new();
    };
    let row = sheet.rows.get(header.at).map(|row| row.number);
    let place = || Place { row, ..whole(sheet) };
    let near = |wanted: &str| {
        let texts = header.texts.iter().zip(0_u32..).filter(|(text, _)| !text.is_empty());
        let likeness =
            |(text, _): &(&String, u32)| (1000.0 * strsim::jaro_winkler(wanted, text)) as u32;
        let best = texts.max_by_key(likeness);
        best.map(|(text, at)| quoted(header.table, at, &one_line(text))).unwrap_or_default()
    };
    let columns = rule.columns.iter().filter(|(id, _)| header.index(id).is_none());
    columns
        .filter_map(|(id, wanted)| {
            let meant = header.table.spec().column(id)?.header;
            let finding = Finding::new("colonne-introuvable", place(), wanted.clone());
            Some(finding.with("colonne", meant).with("proche", near(wanted)))
        })
        .collect()
}

/// Headers of a column of currencies, folded, and the words for the euro.
const CURRENCY: &[&str] = &["devise", "currency", "monnaie", "code devise", "currency code"];
const EURO: &[&str] = &["eur", "euro", "€"];

/// A column that says that amounts are not in euros.
pub(super) fn currency(sheet: &Sheet, header: &Header, rows: &[Row]) -> Option<Finding> {
    let (column, _) =
        header.unknown.iter().find(|(_, text)| CURRENCY.contains(&fold(text).as_str()))?;
    let foreign = |row: &&Row| {
        let said = row.cell(*column).words().unwrap_or_default().trim().to_lowercase();
        !said.is_empty() && !EURO.contains(&said.trim_end_matches('s'))
    };
    let count = rows.iter().filter(foreign).count();
    let first = rows.iter().find(foreign)?;
    let place = Place { row: Some(first.number), column: Some(*column), ..whole(sheet) };
    let read = first.cell(*column).words().unwrap_or_default();
    Some(Finding::new("devise-etrangere", place, read).with("n", count.to_string()))
}

/// One finding for the unknown columns of a sheet of which the meaning can be guessed.
pub(super) fn supposed(
    sheet: &Sheet,
    header: &Header,
    rows: &[Row],
    rule: Option<&SourceRule>,
) -> Option<Finding> {
    let suggestions = suggestions(header, rows, rule);
    let first = suggestions.first()?;
    let pair = |s: &Suggestion| format!("{} → {}", one_line(&s.header), s.meant.header);
    let read: Vec<String> = suggestions.iter().map(|s| one_line(&s.header)).collect();
    let pairs: Vec<String> = suggestions.iter().map(pair).collect();
    let place = Place { column: Some(first.column).filter(|_| read.len() == 1), ..whole(sheet) };
    Some(
        Finding::new("colonne-supposee", place, read.join(" ; "))
            .with("suggestions", pairs.join(", "))
            .with("source", lines(sheet, header, &suggestions, rule, None)),
    )
}

/// The finding for a sheet that lacks required columns, with what to paste in the settings.
pub(super) fn absent(sheet: &Sheet, header: &Header, rule: Option<&SourceRule>) -> Finding {
    let missing: Vec<&str> = header.missing.iter().map(|column| column.header).collect();
    let texts = header.texts.iter().zip(0_u32..).filter(|(text, _)| !text.is_empty());
    let read: Vec<String> =
        texts.map(|(text, column)| quoted(header.table, column, text)).collect();
    let best = completed(sheet, std::slice::from_ref(header), Some(header.table), rule);
    let source = best.map_or_else(
        || lines(sheet, header, &[], rule, None),
        |(header, suggestions)| told(sheet, &header, &suggestions, rule),
    );
    let row = sheet.rows.get(header.at).map(|row| row.number);
    Finding::new("colonne-absente", Place { row, ..whole(sheet) }, read.join(" ; "))
        .with("colonnes", missing.join(", "))
        .with("table", header.table.spec().sheet)
        .with("source", source)
}

/// The finding for a sheet without table, with what to paste in the settings.
pub(super) fn nobody_wants(
    sheet: &Sheet,
    table: Option<TableId>,
    list: &[Header],
    rule: Option<&SourceRule>,
) -> Finding {
    let best = completed(sheet, list, table, rule).filter(|best| table.is_some() || is_near(best));
    let nearest = table.or(best.as_ref().map(|(header, _)| header.table));
    let source = match best {
        Some((header, suggestions)) => told(sheet, &header, &suggestions, rule),
        None => {
            let likely = likely_header(&sheet.rows).and_then(|at| sheet.rows.get(at));
            let cells = likely.into_iter().flat_map(|row| row.filled());
            // Of a sheet of which nothing is known: a header may be somebody's name.
            let known = |(column, cell): (u32, &super::Value)| {
                let text = cell.words().unwrap_or_default();
                let name = is_like_a_name(text) && !vocabulary::is_known(text);
                pair(BLANK, &if name { column_letters(column) } else { text.to_owned() })
            };
            let pairs: Vec<String> = cells.take(PROPOSED).map(known).collect();
            let ignored = format!("{}\nignorer = true", source_entry(&sheet.file, &sheet.name));
            if pairs.is_empty() {
                ignored
            } else {
                let columns = pairs.join(", ");
                format!("{ignored}\n# table = {}\n# colonnes = {{ {columns} }}", text(BLANK))
            }
        }
    };
    Finding::new("feuille-sans-table", whole(sheet), &*sheet.name)
        .with("table", nearest.map_or("…", |table| table.spec().sheet))
        .with("source", source)
}

fn whole(sheet: &Sheet) -> Place {
    Place::sheet(Arc::clone(&sheet.file), Arc::clone(&sheet.name))
}

fn suggestions(header: &Header, rows: &[Row], rule: Option<&SourceRule>) -> Vec<Suggestion> {
    let given =
        |id: &str| rule.is_some_and(|r| r.columns.contains_key(id) || r.constants.contains_key(id));
    suggest(header, rows, given)
}

/// The candidate that explains most of the sheet once completed with suggestions; candidates of the
/// row that looks most like a header are tried too.
fn completed(
    sheet: &Sheet,
    list: &[Header],
    table: Option<TableId>,
    rule: Option<&SourceRule>,
) -> Option<(Header, Vec<Suggestion>)> {
    let likely = likely_header(&sheet.rows).and_then(|at| sheet.rows.get(at));
    let there = SourceRule {
        table,
        header_row: likely.map(|row| row.number),
        ..rule.cloned().unwrap_or_default()
    };
    let elsewhere = match there.header_row {
        Some(_) => header::candidates(sheet, names(sheet), Some(&there)),
        None => Vec::new(),
    };
    let tried = list.iter().take(COMPLETED).chain(elsewhere.iter().take(COMPLETED));
    let complete = |header: &Header| {
        let rows = sheet.rows.get(header.at + 1..).unwrap_or_default();
        (header.clone(), suggestions(header, rows, rule))
    };
    let mut best: Option<(i64, (Header, Vec<Suggestion>))> = None;
    for found in tried.map(complete) {
        let count = |n: usize| i64::try_from(n).unwrap_or(0);
        let (header, suggestions) = &found;
        let known = count(header.columns.len() + suggestions.len());
        let spec = header.table.spec();
        let bound = header.columns.iter().filter_map(|column| spec.column(column.id));
        let all = bound.chain(suggestions.iter().map(|s| s.meant));
        // Amounts say more of a sheet than names do.
        let amounts = count(all.filter(|column| column.kind == Kind::Money).count());
        let (once, absent): (Vec<_>, Vec<_>) =
            still_missing(header, suggestions).partition(|c| is_said_once(header, c));
        let worth = 3 * known + 2 * amounts - count(once.len()) - 4 * count(absent.len());
        if best.as_ref().is_none_or(|(most, _)| worth > *most) {
            best = Some((worth, found));
        }
    }
    best.map(|(_, found)| found)
}

/// Enough of its columns are known or guessed for its table to be worth proposing.
fn is_near((header, suggestions): &(Header, Vec<Suggestion>)) -> bool {
    let filled = header.texts.iter().filter(|text| !text.is_empty()).count();
    let known = header.columns.len() + suggestions.len();
    let missing = still_missing(header, suggestions).filter(|c| !is_said_once(header, c)).count();
    known >= 2 && known > missing && known * 4 >= filled
}

fn is_said_once(header: &Header, column: &ColumnSpec) -> bool {
    SAID_ONCE.contains(&(header.table, column.id))
}

fn still_missing<'a>(
    header: &'a Header,
    suggestions: &'a [Suggestion],
) -> impl Iterator<Item = &'static ColumnSpec> + 'a {
    let found = |id: &str| suggestions.iter().any(|s| s.meant.id == id);
    header.missing.iter().copied().filter(move |column| !found(column.id))
}

/// The first row of words that fills most of the columns, above rows that fill as many.
fn likely_header(rows: &[Row]) -> Option<usize> {
    let mut counts: Vec<usize> = rows.iter().take(100).map(Row::filled_count).collect();
    counts.sort_unstable();
    let typical = counts.get(counts.len() / 2).copied().unwrap_or(0);
    rows.iter().take(30).position(|row| {
        let filled = row.filled_count();
        filled >= 2
            && filled * 5 >= typical * 3
            && row.filled().all(|(_, cell)| cell.words().is_some_and(|text| !is_a_number(text)))
    })
}

fn is_a_number(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || " ,.-€%\u{a0}\u{202f}".contains(c))
}

/// The lines for a header that must be told, its row included when it would not be found again.
fn told(
    sheet: &Sheet,
    header: &Header,
    suggestions: &[Suggestion],
    rule: Option<&SourceRule>,
) -> String {
    let mut columns = rule.map(|rule| rule.columns.clone()).unwrap_or_default();
    columns.extend(suggestions.iter().map(|s| (s.meant.id, s.header.clone())));
    let constants = rule.map(|rule| rule.constants.clone()).unwrap_or_default();
    let told =
        SourceRule { table: Some(header.table), columns, constants, ..SourceRule::default() };
    let again = header::candidates(sheet, names(sheet), Some(&told)).into_iter().next();
    let lost = again.is_none_or(|again| (again.at, again.upper) != (header.at, header.upper));
    let row = sheet.rows.get(header.at).filter(|_| lost).map(|row| row.number);
    lines(sheet, header, suggestions, rule, row)
}

fn names(sheet: &Sheet) -> Names<'_> {
    Names { sheet: &sheet.name, file: "", alone: false }
}

/// A `[[source]]` entry ready to paste: what the settings say of the sheet already, what is guessed,
/// and a blank for each required column of which nothing is known.
fn lines(
    sheet: &Sheet,
    header: &Header,
    suggestions: &[Suggestion],
    rule: Option<&SourceRule>,
    header_row: Option<u32>,
) -> String {
    let spec = header.table.spec();
    let told = |pairs: &std::collections::BTreeMap<&'static str, String>| -> Vec<String> {
        pairs.iter().filter_map(|(id, value)| Some(pair(spec.column(id)?.header, value))).collect()
    };
    let mut columns = rule.map(|rule| told(&rule.columns)).unwrap_or_default();
    let mut constants = rule.map(|rule| told(&rule.constants)).unwrap_or_default();
    columns.extend(suggestions.iter().map(|s| pair(s.meant.header, &s.header)));
    for column in still_missing(header, suggestions) {
        (if is_said_once(header, column) { &mut constants } else { &mut columns })
            .push(pair(column.header, BLANK));
    }
    let mut lines =
        vec![source_entry(&sheet.file, &sheet.name), format!("table = {}", text(spec.sheet))];
    let row = header_row.or(rule.and_then(|rule| rule.header_row));
    lines.extend(row.map(|row| format!("ligne_entete = {row}")));
    for (key, pairs) in [("colonnes", columns), ("constantes", constants)] {
        if !pairs.is_empty() {
            lines.push(format!("{key} = {{ {} }}", pairs.join(", ")));
        }
    }
    // To complete a blank, one looks among the headers that nothing uses.
    if lines.iter().any(|line| line.contains(BLANK)) {
        let used = |at: &u32| suggestions.iter().any(|s| s.column == *at);
        let rest: Vec<String> = header
            .unknown
            .iter()
            .filter(|(at, _)| !used(at))
            .take(PROPOSED)
            .map(|(at, header_text)| text(&one_line(&quoted(header.table, *at, header_text))))
            .collect();
        if !rest.is_empty() {
            lines.push(format!("# {BLANK} : {}", rest.join(", ")));
        }
    }
    lines.join("\n")
}

fn pair(name: &str, value: &str) -> String {
    format!("{} = {}", text(name), text(&one_line(value)))
}

/// A header on one line: spaces do not count when it is looked for again.
fn one_line(header: &str) -> String {
    header.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
