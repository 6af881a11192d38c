//! One sheet → the tables it feeds: by the settings, else by its name and headers.

use super::body::{self, Body};
use super::header::{self, Header, Names};
use super::proposal::{self, nobody_wants, unknown_columns};
use super::rule::{applies, constants};
use super::{RawTable, Sheet, fill, groups, layout, people, pivot, plan, region, section, wide};
use crate::finding::{Finding, Place};
use crate::schema::TableId;
use crate::schema::vocabulary;
use crate::settings::SourceRule;
use std::sync::Arc;

/// A table read from a sheet, before the sheets are looked at together.
#[derive(Debug)]
pub(super) struct Draft {
    /// The table.
    pub raw: RawTable,
    /// Deduced from another table: gives way to a sheet of its own.
    pub derived: bool,
}

/// What a sheet gives.
#[derive(Debug, Default)]
pub(super) struct Bound {
    pub tables: Vec<Draft>,
    pub findings: Vec<Finding>,
    /// Settings rules that applied, by place in the settings.
    pub rules: Vec<usize>,
}

/// Binds a sheet. `alone`: it is the only sheet of its file.
pub(super) fn sheet(sheet: Sheet, hidden: bool, alone: bool, rules: &[SourceRule]) -> Bound {
    let mut bound = Bound::default();
    let applying: Vec<(usize, &SourceRule)> =
        rules.iter().enumerate().filter(|(_, rule)| applies(rule, &sheet)).collect();
    bound.rules = applying.iter().map(|(i, _)| *i).collect();
    if applying.iter().any(|(_, rule)| rule.ignore) || sheet.rows.is_empty() {
        return bound;
    }
    bound.findings.extend(hidden_rows(&sheet));
    let file = Arc::clone(&sheet.file);
    let stem = file.rsplit('/').next().unwrap_or(&file);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let name = Arc::clone(&sheet.name);
    let names = Names { sheet: &name, file: stem, alone };
    let mut told: Vec<&SourceRule> =
        applying.iter().map(|(_, rule)| *rule).filter(|rule| rule.table.is_some()).collect();
    let Some(last) = told.pop() else {
        let rule = applying.first().map(|(_, rule)| *rule);
        unsaid(sheet, names, hidden, rule, &mut bound);
        // A `[[source]]` names one table: what it would add to one it would take from the other.
        if bound.tables.iter().filter(|draft| !draft.derived).count() > 1 {
            bound.findings.retain(|finding| finding.code != "colonne-supposee");
        }
        return bound;
    };
    for rule in told {
        bind_told(sheet.clone(), names, rule, &mut bound);
    }
    bind_told(sheet, names, last, &mut bound);
    bound
}

/// Binds a sheet to the table the settings say.
fn bind_told(sheet: Sheet, names: Names<'_>, rule: &SourceRule, bound: &mut Bound) {
    let list = header::candidates(&sheet, names, Some(rule));
    let is_wide = rule.table == Some(TableId::Attendance)
        && list.first().is_none_or(|header| header.index("activity").is_none());
    if let Some(found) = is_wide.then(|| wide::detect(&sheet, true, rule.header_row)).flatten() {
        bound.tables.push(wide::unpivot(sheet, found, Some(rule)));
    } else if let Some(header) = list.into_iter().next() {
        bind(sheet, header, Some(rule), bound);
    } else {
        bound.findings.push(nobody_wants(&sheet, rule.table, &[], Some(rule)));
    }
}

/// Binds a sheet of which the settings do not say the table: a pivot table is left out, and several
/// tables are taken apart.
fn unsaid(
    sheet: Sheet,
    names: Names<'_>,
    hidden: bool,
    rule: Option<&SourceRule>,
    bound: &mut Bound,
) {
    let place = Place::sheet(Arc::clone(&sheet.file), Arc::clone(&sheet.name));
    if pivot::is_pivot(&sheet) {
        let finding = Finding::new("tableau-dynamique", place, &*sheet.name);
        bound.findings.push(finding.with("n", sheet.rows.len().to_string()));
        return;
    }
    if rule.is_some_and(|rule| rule.header_row.is_some()) {
        guess(sheet, names, hidden, rule, bound);
        return;
    }
    let parts = region::split(sheet);
    let several = parts.len() > 1;
    if several {
        let finding = Finding::new("plusieurs-tables", place, names.sheet);
        bound.findings.push(finding.with("n", parts.len().to_string()));
    }
    // The name of the sheet cannot be the name of each of its tables.
    let names = if several { Names { sheet: "", file: "", alone: false } } else { names };
    for part in parts {
        guess(part, names, hidden, rule, bound);
    }
}

/// Rows that the workbook hides: read, and said.
fn hidden_rows(sheet: &Sheet) -> Option<Finding> {
    let first = *sheet.hidden_rows.first()?;
    let place = Place {
        row: Some(first),
        ..Place::sheet(Arc::clone(&sheet.file), Arc::clone(&sheet.name))
    };
    let n = sheet.hidden_rows.len().to_string();
    Some(Finding::new("lignes-masquees", place, "").with("n", n).with("ligne", first.to_string()))
}

/// Binds a table nobody said anything about, or of which the table is not said.
fn guess(
    sheet: Sheet,
    names: Names<'_>,
    hidden: bool,
    rule: Option<&SourceRule>,
    bound: &mut Bound,
) {
    let list = header::candidates(&sheet, names, rule);
    let says = |table: TableId| {
        let generic = names.sheet.is_empty() || names.alone;
        vocabulary::name_score(table.spec(), names.sheet) > 0
            || (generic && vocabulary::name_score(table.spec(), names.file) > 0)
    };
    let named = says(TableId::Attendance);
    let best = list.iter().find(|header| header.is_sure());
    let table = best.map(|header| header.table);
    let people = matches!(table, None | Some(TableId::Participants | TableId::Attendance));
    let long = best.is_some_and(|b| b.table == TableId::Attendance && b.missing.is_empty());
    let crossed = (!long && (people || named))
        .then(|| wide::detect(&sheet, named, rule.and_then(|r| r.header_row)))
        .flatten();
    if let Some(found) = crossed {
        let described = list.iter().find(|h| h.table == TableId::Participants && h.at == found.at);
        if let Some(people) = described.filter(|h| table == Some(h.table) || describes(h)) {
            let mut people = people.clone();
            people.unknown.retain(|(column, _)| !found.has(*column));
            bind(sheet.clone(), people, rule, bound);
        } else {
            bound.findings.extend(unknown_columns(&sheet, TableId::Attendance, &found.unknown));
        }
        bound.tables.push(wide::unpivot(sheet, found, rule));
        return;
    }
    let Some(best) = best.cloned() else {
        if !hidden {
            bound.findings.push(nobody_wants(&sheet, None, &list, rule));
        }
        return;
    };
    // A registration list says who comes (Participants) and to what (Attendance).
    let registrations = list.iter().find(|h| {
        h.table == TableId::Attendance && h.at == best.at && h.index("activity").is_some()
    });
    if best.table == TableId::Participants
        && (!best.named || named)
        && let Some(attendance) = registrations
    {
        bind(sheet.clone(), attendance.clone(), rule, bound);
    }
    bind(sheet, best, rule, bound);
}

/// A cross table that also says who people are: two columns besides their name.
fn describes(people: &Header) -> bool {
    let other = |id: &str| !matches!(id, "id" | "last_name" | "first_name");
    people.columns.iter().filter(|column| other(column.id)).count() >= 2
}

/// Makes the table of a header, or says which columns it lacks.
fn bind(mut sheet: Sheet, mut header: Header, rule: Option<&SourceRule>, bound: &mut Bound) {
    let place = Place { row: None, ..at(&sheet, &header) };
    let own = groups::own(&header);
    let people = people::find(&mut header, &own);
    let funders = plan::funder_groups(&header);
    let partners = plan::partner_groups(&header);
    let grouped = |column: u32| {
        [&own, &funders, &partners].iter().any(|g| groups::columns(g).any(|c| c == column))
    };
    header.unknown.retain(|(column, _)| !grouped(*column));
    proposal::hide_names(&sheet, &mut header);
    bound.findings.extend(proposal::not_there(&sheet, &header, rule));
    // Said now, while the sheet is whole; a title above the rows may still give the column.
    let absent = (!header.missing.is_empty()).then(|| proposal::absent(&sheet, &header, rule));
    let number = sheet.rows.get(header.at).map_or(1, |row| row.number);
    let gaps = !sheet.name.is_empty();
    let mut body = body::sort(std::mem::take(&mut sheet.rows), &header, gaps);
    let nameless = groups::under_no_header(&header, &mut body);
    bound.findings.extend(layout::nameless(&nameless, &at_row(&place, number)));
    let told = constants(header.table, rule, |_| false);
    let adopted = section::adopt(&mut header, &mut body, |id| told.contains_key(id));
    let made = groups::apply(&own, &mut header, &mut body);
    if let Some(people) = people {
        people.join(&mut body.rows);
    }
    let unnumbered = header.table == TableId::ActionPlan
        && header.index("title").is_some()
        && header.missing.iter().any(|column| column.id == "id");
    if unnumbered {
        plan::number_lines(&mut header, &mut body);
        bound.findings.push(Finding::new("identifiant-attribue", place.clone(), ""));
    }
    if let Some(absent) = absent.filter(|_| !header.missing.is_empty()) {
        bound.findings.push(absent);
        return;
    }
    bound.findings.extend(unknown_columns(&sheet, header.table, &header.unknown));
    bound.findings.extend(proposal::currency(&sheet, &header, &body.rows));
    for (column, expected) in &header.near {
        let read = header.texts.get(*column as usize).cloned().unwrap_or_default();
        let place = Place { column: Some(*column), ..at_row(&place, number) };
        let finding = Finding::new("colonne-proche", place, read.clone());
        bound.findings.push(finding.with("lu", read).with("compris", *expected));
    }
    bound.findings.extend(proposal::supposed(&sheet, &header, &body.rows, rule));
    bound.findings.extend(layout::counted(&body, &place, adopted));
    bound.findings.extend(layout::repeated(&own, made, &at_row(&place, number)));
    let mut raw = table(&sheet, &header, number, body, rule);
    bound.findings.extend(fill::down(&mut raw, gaps));
    for mut derived in plan::derive(&raw, &header, &funders, unnumbered) {
        bound.findings.extend(fill::down(&mut derived, gaps));
        bound.tables.push(Draft { raw: derived, derived: true });
    }
    bound.tables.push(Draft { raw, derived: false });
}

fn table(
    sheet: &Sheet,
    header: &Header,
    number: u32,
    body: Body,
    rule: Option<&SourceRule>,
) -> RawTable {
    RawTable {
        table: header.table,
        file: Arc::clone(&sheet.file),
        sheet: Arc::clone(&sheet.name),
        header_row: number,
        columns: header.columns.clone(),
        constants: constants(header.table, rule, |id| header.index(id).is_some()),
        rows: body.rows,
        left_out: body.left_out,
    }
}

fn at(sheet: &Sheet, header: &Header) -> Place {
    Place {
        file: Arc::clone(&sheet.file),
        sheet: Arc::clone(&sheet.name),
        row: sheet.rows.get(header.at).map(|row| row.number),
        column: None,
    }
}

fn at_row(place: &Place, row: u32) -> Place {
    Place { row: Some(row), ..place.clone() }
}

#[cfg(test)]
mod tests;
