//! One sheet → the tables it feeds: by the settings, else by its name and headers.

use super::body::{self, Body};
use super::header::{self, Header, Names};
use super::proposal::{self, nobody_wants, unknown_columns};
use super::rule::{applies, constants};
use super::{LeftOut, RawColumn, RawTable, Sheet, Value, plan, wide};
use crate::finding::{Finding, Place};
use crate::schema::TableId;
use crate::schema::vocabulary::{self, squash};
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
    let file = Arc::clone(&sheet.file);
    let stem = file.rsplit('/').next().unwrap_or(&file);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let name = Arc::clone(&sheet.name);
    let names = Names { sheet: &name, file: stem, alone };
    let told: Vec<&SourceRule> =
        applying.iter().map(|(_, rule)| *rule).filter(|rule| rule.table.is_some()).collect();
    if told.is_empty() {
        guess(sheet, names, hidden, applying.first().map(|(_, rule)| *rule), &mut bound);
        // A `[[source]]` names one table: what it would add to one it would take from the other.
        if bound.tables.iter().filter(|draft| !draft.derived).count() > 1 {
            bound.findings.retain(|finding| finding.code != "colonne-supposee");
        }
        return bound;
    }
    for rule in told {
        let list = header::candidates(&sheet, names, Some(rule));
        let is_wide = rule.table == Some(TableId::Attendance)
            && list.first().is_none_or(|header| header.index("activity").is_none());
        if let Some(found) = is_wide.then(|| wide::detect(&sheet, true, rule.header_row)).flatten()
        {
            bound.tables.push(wide::unpivot(sheet.clone(), found, Some(rule)));
        } else if let Some(header) = list.into_iter().next() {
            bind(sheet.clone(), header, Some(rule), &mut bound);
        } else {
            bound.findings.push(nobody_wants(&sheet, rule.table, &[], Some(rule)));
        }
    }
    bound
}

/// Binds a sheet nobody said anything about, or of which the table is not said.
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
    if header.table == TableId::Attendance && header.index("participant").is_none() {
        name_participants(&mut sheet, &mut header);
    }
    let groups = plan::funder_groups(&header);
    header.unknown.retain(|(column, _)| !groups.iter().any(|g| g.0 == *column || g.1 == *column));
    let unnumbered = header.table == TableId::ActionPlan
        && header.index("title").is_some()
        && header.missing.iter().any(|column| column.id == "id");
    if !header.missing.is_empty() && !unnumbered {
        bound.findings.push(proposal::absent(&sheet, &header, rule));
        return;
    }
    bound.findings.extend(unknown_columns(&sheet, header.table, &header.unknown));
    for (column, expected) in &header.near {
        let read = header.texts.get(*column as usize).cloned().unwrap_or_default();
        let place = Place { column: Some(*column), ..at(&sheet, &header) };
        let finding = Finding::new("colonne-proche", place, read.clone());
        bound.findings.push(finding.with("lu", read).with("compris", *expected));
    }
    let number = sheet.rows.get(header.at).map_or(1, |row| row.number);
    let gaps = !sheet.name.is_empty();
    let mut body = body::sort(std::mem::take(&mut sheet.rows), &header, gaps);
    bound.findings.extend(proposal::supposed(&sheet, &header, &body.rows, rule));
    if unnumbered {
        plan::number_lines(&mut header, &mut body);
        bound.findings.push(Finding::new("identifiant-attribue", place.clone(), ""));
    }
    bound.findings.extend(counted(&body, &place));
    let raw = table(&sheet, &header, number, body, rule);
    if header.table == TableId::ActionPlan {
        let derived = plan::derive(&raw, &header, &groups, unnumbered);
        bound.tables.extend(derived.into_iter().map(|raw| Draft { raw, derived: true }));
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

/// Attendance by names: `Nom` and `Prénom` become one participant, `Nom Prénom`.
fn name_participants(sheet: &mut Sheet, header: &mut Header) {
    let people = TableId::Participants.spec();
    let find = |id: &str| {
        let mut places = header.texts.iter().zip(0_u32..);
        places.find(|(text, _)| vocabulary::column(people, text).is_some_and(|(c, _)| c.id == id))
    };
    let Some((text, last)) = find("last_name") else { return };
    let column = RawColumn { id: "participant", header: text.clone(), index: last };
    let first = find("first_name").map(|(_, first)| first);
    if let Some(first) = first {
        for row in sheet.rows.iter_mut().skip(header.at + 1) {
            if !is_header_again(row.cell(last), &column.header) {
                let name = full_name(row.cell(last), row.cell(first));
                row.put(last, name);
            }
        }
    }
    header.columns.push(column);
    header.columns.sort_by_key(|column| column.index);
    header.unknown.retain(|(column, _)| *column != last && Some(*column) != first);
    header.missing.retain(|column| column.id != "participant");
}

fn is_header_again(cell: &Value, header: &str) -> bool {
    cell.words().is_some_and(|text| squash(text) == squash(header))
}

/// `Nom Prénom`, or whichever is given.
pub(super) fn full_name(last: &Value, first: &Value) -> Value {
    let name = format!("{} {}", last.shown(), first.shown());
    if name.trim().is_empty() { Value::Empty } else { Value::Text(name.trim().into()) }
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

/// One finding per reason that has a code, with how many rows and the first.
fn counted(body: &Body, place: &Place) -> Vec<Finding> {
    [(LeftOut::Total, "ligne-total"), (LeftOut::RepeatedHeader, "entete-repete")]
        .into_iter()
        .filter_map(|(reason, code)| {
            let (n, first) = body.count(reason)?;
            Some(
                Finding::new(code, at_row(place, first), "")
                    .with("n", n.to_string())
                    .with("ligne", first.to_string()),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::header::test_sheet;
    use super::*;

    fn bound(name: &str, rows: &[&[&str]]) -> Bound {
        sheet(test_sheet(name, rows), false, false, &[])
    }

    fn codes(bound: &Bound) -> Vec<&str> {
        bound.findings.iter().map(|f| f.code).collect()
    }

    #[test]
    fn a_missing_required_column_blocks_the_sheet_and_says_so() {
        let bound = bound("Activités", &[&["Id", "Intitulé", "Lieu"], &["A1", "Atelier", "Sucy"]]);
        assert!(bound.tables.is_empty());
        assert_eq!(codes(&bound), ["colonne-absente"]);
        assert!(bound.findings[0].details.contains(&("colonnes", "Date".into())));
    }

    #[test]
    fn unknown_and_near_columns_are_said_once() {
        let rows: &[&[&str]] = &[
            &["Id", "Date", "Intitullé", "Météo", "Humeur"],
            &["A1", "01/02/2026", "Atelier", "beau", "bonne"],
        ];
        let bound = bound("Activités", rows);
        assert_eq!(codes(&bound), ["colonne-inconnue", "colonne-proche"]);
        assert_eq!(bound.findings[0].read, "Météo ; Humeur");
        assert_eq!(bound.findings[1].place.cell(), "C1");
        assert_eq!(bound.tables[0].raw.rows.len(), 1);
    }

    #[test]
    fn headers_that_may_be_names_are_not_quoted() {
        let rows: &[&[&str]] =
            &[&["Id", "Commune", "Religion", "Marie Dupont"], &["P1", "Sucy", "x", "oui"]];
        let unknown = bound("Participants", rows);
        assert_eq!(codes(&unknown), ["colonne-inconnue"]);
        assert_eq!(unknown.findings[0].read, "Religion ; D");
        let rows: &[&[&str]] = &[&["Activité", "Marie Dupont", "Statut"], &["A1", "là", "oui"]];
        let absent = bound("Présences", rows);
        let said = absent.findings.iter().find(|f| f.code == "colonne-absente").unwrap();
        assert_eq!(said.read, "Activité ; B ; Statut");
        assert!(absent.findings.iter().all(|f| !format!("{f:?}").contains("Dupont")));
    }

    #[test]
    fn registrations_feed_people_and_presences() {
        let rows: &[&[&str]] =
            &[&["Nom", "Prénom", "Email", "Campagne"], &["Martin", "Zoé", "zoe@example.org", "A1"]];
        let bound = bound("export", rows);
        let tables: Vec<_> = bound.tables.iter().map(|d| d.raw.table).collect();
        assert_eq!(tables, [TableId::Attendance, TableId::Participants]);
        let raw = &bound.tables[0].raw;
        let participant = raw.columns.iter().find(|c| c.id == "participant").unwrap();
        assert_eq!(raw.rows[0].cell(participant.index).shown(), "Martin Zoé");
        let people = &bound.tables[1].raw;
        assert_eq!(people.rows[0].cell(0).shown(), "Martin");
    }

    #[test]
    fn a_sheet_nobody_wants_gets_a_proposal() {
        let bound = bound("Divers", &[&["Recette", "Montant"], &["Gâteau", "12"]]);
        assert_eq!(codes(&bound), ["feuille-sans-table"]);
        let source = bound.findings[0].details.iter().find(|(k, _)| *k == "source").unwrap();
        assert!(source.1.starts_with("[[source]]\nfichier = \"f.xlsx\"\nfeuille = \"Divers\""));
    }

    #[test]
    fn rules_ignore_and_bind() {
        let rule = |ignore, table| SourceRule {
            file: "*.xlsx".into(),
            ignore,
            table,
            ..SourceRule::default()
        };
        let rows: &[&[&str]] = &[&["actor", "event"], &["a", "1"]];
        let ignored = sheet(test_sheet("x", rows), false, false, &[rule(true, None)]);
        assert!(ignored.tables.is_empty() && ignored.findings.is_empty());
        let told =
            sheet(test_sheet("x", rows), false, false, &[rule(false, Some(TableId::Attendance))]);
        assert_eq!((told.tables.len(), told.rules), (1, vec![0]));
    }
}
