//! Which row of a sheet is the header, and which table it feeds: where most columns match.

use super::line::{self, Line};
use super::{RawColumn, Row, Sheet, groups, plan};
use crate::schema::vocabulary::{self, Key, squash};
use crate::schema::{ColumnSpec, TABLES, TableId, TableSpec};
use crate::settings::SourceRule;
use std::collections::BTreeMap;

/// A header found, and what it says.
#[derive(Debug, Clone)]
pub(super) struct Header {
    /// Table it feeds.
    pub table: TableId,
    /// Place of the header among the rows of the sheet; of its lower row when it has two.
    pub at: usize,
    /// Place of its upper row, when it has two.
    pub upper: Option<usize>,
    /// Header of each column of the sheet, as typed.
    pub texts: Vec<String>,
    /// Columns the schema knows, in sheet order.
    pub columns: Vec<RawColumn>,
    /// Columns accepted though their header is only near: (column of the sheet, expected header).
    pub near: Vec<(u32, &'static str)>,
    /// Columns nobody knows, in sheet order.
    pub unknown: Vec<(u32, String)>,
    /// Required columns that are absent and that no constant gives.
    pub missing: Vec<&'static ColumnSpec>,
    /// The name of the sheet or file says so too.
    pub named: bool,
    /// How sure: more is surer.
    pub score: i64,
}

impl Header {
    /// Column of the sheet of a column id.
    pub(super) fn index(&self, id: &str) -> Option<u32> {
        self.columns.iter().find(|column| column.id == id).map(|column| column.index)
    }

    /// Sure enough to bind without being told.
    pub(super) fn is_sure(&self) -> bool {
        let known = self.columns.len();
        let counts = |text: &&String| !text.is_empty() && !line::is_form_column(text);
        let filled = self.texts.iter().filter(counts).count();
        if self.named {
            return known >= 2 || (known == 1 && filled == 1);
        }
        let person = self.table != TableId::Participants
            || self.index("id").is_some()
            || (self.index("last_name").is_some() && self.index("first_name").is_some());
        let share = known * 100 / (filled - self.repeated().min(filled)).max(1);
        let enough = (known >= 2 && share >= 35) || (known >= 4 && share >= 15);
        self.is_template() || (enough && self.missing.is_empty() && person)
    }

    /// Lines of ADEME's plan template have no identifier; its groups of funders sign it.
    fn is_template(&self) -> bool {
        self.table == TableId::ActionPlan
            && self.index("title").is_some()
            && !plan::funder_groups(self).is_empty()
    }

    /// Columns that say again what a first group of columns says.
    fn repeated(&self) -> usize {
        let groups = groups::find(&self.texts, self.table.spec());
        groups.iter().skip(1).map(groups::Group::len).sum()
    }
}

/// What a sheet is called, for binding by name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names<'a> {
    /// Its own name; empty for delimited files.
    pub sheet: &'a str,
    /// File name without folder and extension.
    pub file: &'a str,
    /// It is the only sheet of its file.
    pub alone: bool,
}

impl Names<'_> {
    /// How well the names name a table, and whether that is enough to call it named.
    fn score(self, table: &TableSpec) -> (i64, bool) {
        let sheet = vocabulary::name_score(table, self.sheet);
        let file = vocabulary::name_score(table, self.file);
        let generic = self.sheet.is_empty() || self.alone || is_generic(self.sheet);
        if sheet > 0 {
            (i64::from(sheet), true)
        } else if generic {
            (i64::from(file), file > 0)
        } else {
            (i64::from(file.min(2)), false)
        }
    }
}

/// `Feuil1`, `Sheet2`, `Table 1`, `2026`.
fn is_generic(name: &str) -> bool {
    let letters: String = squash(name).chars().filter(|c| c.is_alphabetic()).collect();
    matches!(letters.as_str(), "" | "feuil" | "feuille" | "sheet" | "table" | "tableau")
}

/// The headers a sheet may have, surest first: the best of each table.
pub(super) fn candidates(
    sheet: &Sheet,
    names: Names<'_>,
    rule: Option<&SourceRule>,
) -> Vec<Header> {
    let lines = line::lines(sheet, rule.and_then(|r| r.header_row));
    for_tables(&lines, names, rule)
}

/// The header on a row, when it needs nothing else to be sure: neither the names of its sheet and
/// file, nor a setting.
pub(super) fn sure_at(rows: &[Row], at: usize) -> Option<Header> {
    let nameless = Names { sheet: "", file: "", alone: false };
    let lines = line::at_row(rows, at);
    for_tables(&lines, nameless, None).into_iter().find(Header::is_sure)
}

fn for_tables(lines: &[Line], names: Names<'_>, rule: Option<&SourceRule>) -> Vec<Header> {
    let mut found: Vec<Header> = TABLES
        .iter()
        .filter(|table| rule.and_then(|r| r.table).is_none_or(|wanted| wanted == table.id))
        .filter_map(|table| best(lines, table, names, rule))
        .collect();
    // Stable: at equal scores the order of the dictionary decides.
    found.sort_by_key(|header| -header.score);
    found
}

/// The best header of a sheet for one table.
fn best(
    lines: &[Line],
    table: &'static TableSpec,
    names: Names<'_>,
    rule: Option<&SourceRule>,
) -> Option<Header> {
    let mut top: Option<(i64, &Line)> = None;
    for line in lines {
        let score = matches(table, line, rule);
        // Two-row headers must be clearly better, since the upper row is too often a title; unless
        // the upper row is the best so far, and a row of names of columns comes under it.
        let under_best = top.is_some_and(|(_, best)| Some(best.at) == line.upper);
        let margin = match line.upper {
            Some(_) if line.sure_below && under_best => 0,
            Some(_) => 2,
            None => 1,
        };
        if top.is_none_or(|(best, _)| score >= best + margin) {
            top = Some((score, line));
        }
    }
    let (score, line) = top?;
    if score <= 0 && rule.and_then(|r| r.header_row).is_none() {
        return None;
    }
    Some(resolve(table, line, names, rule))
}

/// Points of a possible header: columns known, the required ones for more.
fn matches(table: &TableSpec, line: &Line, rule: Option<&SourceRule>) -> i64 {
    let mut seen = BTreeMap::new();
    for i in 0..line.keys.len() {
        if let Some((column, _)) = named_at(table, line, i, rule) {
            seen.insert(column.id, if column.required { 3 } else { 2 });
        }
    }
    seen.values().sum()
}

/// The column of a header, by its whole text or without the number it ends with.
fn named_at(
    table: &TableSpec,
    line: &Line,
    i: usize,
    rule: Option<&SourceRule>,
) -> Option<(&'static ColumnSpec, usize)> {
    let whole = line.keys.get(i).and_then(|key| named_by(table, key, rule));
    whole.or_else(|| {
        let mut bases = line.bases.get(i)?.iter();
        let named = bases.find_map(|base| named_by(table, base, rule));
        named.map(|(column, rank)| (column, rank + 40))
    })
}

/// The column of a header: what the settings say, else the schema.
fn named_by(
    table: &TableSpec,
    key: &Key,
    rule: Option<&SourceRule>,
) -> Option<(&'static ColumnSpec, usize)> {
    let columns = rule.map(|r| &r.columns);
    let told = columns.and_then(|columns| {
        columns.iter().find(|(_, header)| !key.whole.is_empty() && squash(header) == key.whole)
    });
    match told {
        Some((id, _)) => table.column(id).map(|column| (column, 0)),
        None => vocabulary::find(table, key)
            // What the settings find elsewhere is not looked for here.
            .filter(|(column, _)| columns.is_none_or(|c| !c.contains_key(column.id)))
            .map(|(column, rank)| (column, rank + 1)),
    }
}

/// Says what each column of a header is.
fn resolve(
    table: &'static TableSpec,
    line: &Line,
    names: Names<'_>,
    rule: Option<&SourceRule>,
) -> Header {
    let Line { at, upper, texts, keys, .. } = line;
    let place = |i: usize| u32::try_from(i).unwrap_or(u32::MAX);
    // The most usual name wins when two headers claim a column, then the leftmost.
    let mut taken: BTreeMap<&'static str, (usize, usize)> = BTreeMap::new();
    for i in 0..keys.len() {
        if let Some((column, rank)) = named_at(table, line, i, rule) {
            let entry = taken.entry(column.id).or_insert((rank, i));
            *entry = (*entry).min((rank, i));
        }
    }
    let constants = rule.map(|r| &r.constants);
    let given = |id: &str| constants.is_some_and(|c| c.contains_key(id));
    let mut near = Vec::new();
    for (i, key) in keys.iter().enumerate() {
        if taken.values().any(|(_, column)| *column == i)
            || named_at(table, line, i, rule).is_some()
        {
            continue;
        }
        let slip = vocabulary::near_column(table, key);
        if let Some(column) = slip.filter(|c| !taken.contains_key(c.id) && !given(c.id)) {
            taken.insert(column.id, (usize::MAX, i));
            near.push((place(i), column.header));
        }
    }
    let mut columns: Vec<RawColumn> = taken
        .iter()
        .map(|(id, (_, i))| RawColumn { id, header: texts[*i].clone(), index: place(*i) })
        .collect();
    columns.sort_by_key(|column| column.index);
    let known = |i: usize| columns.iter().any(|column| column.index as usize == i);
    let unknown = texts
        .iter()
        .enumerate()
        .filter(|(i, text)| !text.is_empty() && !known(*i))
        .map(|(i, text)| (place(i), text.clone()))
        .collect();
    let missing: Vec<_> = table
        .columns
        .iter()
        .filter(|c| c.required && !taken.contains_key(c.id) && !given(c.id))
        .collect();
    let points: i64 = taken
        .keys()
        .filter_map(|id| table.column(id))
        .map(|column| if column.required { 3 } else { 2 })
        .sum();
    let (name_points, named) = names.score(table);
    let score = points + name_points - 4 * i64::try_from(missing.len()).unwrap_or(0);
    let mut header = Header {
        table: table.id,
        at: *at,
        upper: *upper,
        texts: texts.clone(),
        columns,
        near,
        unknown,
        missing,
        named,
        score,
    };
    // Its lines are numbered by the program: that they have no identifier says nothing against it.
    if header.is_template() && header.missing.iter().any(|column| column.id == "id") {
        header.score += 4;
    }
    header
}

/// A sheet of text and numbers, for tests.
#[cfg(test)]
pub(super) fn test_sheet(name: &str, rows: &[&[&str]]) -> Sheet {
    let rows = rows.iter().zip(1_u32..).filter(|(row, _)| !row.is_empty());
    Sheet {
        file: "f.xlsx".into(),
        name: name.into(),
        rows: rows
            .map(|(cells, number)| Row {
                number,
                cells: cells
                    .iter()
                    .map(|c| match c.parse::<f64>() {
                        _ if c.is_empty() => super::Value::Empty,
                        Ok(n) => super::Value::Number(n),
                        Err(_) => super::Value::Text((*c).into()),
                    })
                    .collect(),
            })
            .collect(),
        hidden_rows: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn top(name: &str, rows: &[&[&str]]) -> Header {
        let sheet = test_sheet(name, rows);
        let names = Names { sheet: name, file: "f", alone: false };
        candidates(&sheet, names, None).into_iter().next().unwrap()
    }

    #[test]
    fn the_header_is_where_most_columns_match() {
        let header = top(
            "Ce qu'on a fait",
            &[
                &["Suivi des activités 2026"],
                &[],
                &["", "Date", "Activité", "N°", "Durée (h)"],
                &["", "01/02/2026", "Atelier", "A1", "2"],
            ],
        );
        assert_eq!((header.table, header.at), (TableId::Activities, 1));
        assert_eq!(header.index("id"), Some(3));
        assert!(header.is_sure());
    }

    #[test]
    fn the_name_of_the_sheet_decides_between_like_tables() {
        let rows: &[&[&str]] = &[&["Date", "Heures", "Action"], &["01/02/2026", "3", "A1"]];
        assert_eq!(top("Bénévolat", rows).table, TableId::Volunteering);
        let hours = top("Temps", rows);
        assert_eq!(hours.table, TableId::Timesheets);
        assert_eq!(hours.missing.first().map(|c| c.id), Some("worker"));
    }

    #[test]
    fn two_row_headers_are_joined_when_that_says_more() {
        let header = top(
            "Financements",
            &[
                &["Financeur", "Montant", "", "", "Statut"],
                &["", "demandé", "accordé", "encaissé", ""],
                &["ADEME", "10", "8", "4", "voté"],
            ],
        );
        assert_eq!((header.upper, header.at), (Some(0), 1));
        let ids: Vec<_> = header.columns.iter().map(|c| c.id).collect();
        assert_eq!(ids, ["funder", "asked", "granted", "received", "status"]);
    }

    #[test]
    fn a_sheet_of_other_things_is_not_sure() {
        let rows: &[&[&str]] =
            &[&["nom", "prenom", "groupe", "adresse", "descriptif", "x", "montant"], &["a", "b"]];
        assert!(!top("reserve", rows).is_sure());
    }

    #[test]
    fn the_settings_name_columns_and_constants() {
        let sheet = test_sheet("x", &[&["from", "to"], &["a", "b"]]);
        let rule = SourceRule {
            table: Some(TableId::Cooperations),
            constants: [("level", "3".into()), ("date", "2019-10-01".into())].into(),
            ..SourceRule::default()
        };
        let names = Names { sheet: "x", file: "f", alone: true };
        let header = candidates(&sheet, names, Some(&rule)).remove(0);
        assert!(header.missing.is_empty());
        assert_eq!(header.columns.len(), 2);
    }
}
