//! What the rows of a plan or of a list of projects say besides themselves: who funds them, in groups
//! of columns `Financeur 1`, `Montant € HT`, `Financeur 2`, `Montant € HT`…, and who takes part, in
//! columns `Partenaire 1`, `Partenaire 2`…
//!
//! Each group gives one funding row (the title of the line as purpose) or one partnership; in ADEME's
//! template these are hopes: amounts asked, of funders *identifiés*. A plan in
//! the layout of ADEME's import template, whose lines have no numbers, also gives one project per line
//! (its axis as theme, its lead organisation as holder) and one partnership per partner and lead of
//! each line. All of them give way to a sheet of their own.

use super::body::{Body, is_hint};
use super::groups::{self, Group};
use super::header::Header;
use super::{RawColumn, RawTable, Row, Value};
use crate::schema::TableId;
use crate::schema::vocabulary::{self, squash};

/// Columns of each funder and its amount: groups or, in a plan, one pair side by side.
pub(super) fn funder_groups(header: &Header) -> Vec<Group> {
    if !matches!(header.table, TableId::ActionPlan | TableId::Projects) {
        return Vec::new();
    }
    let funding = TableId::Funding.spec();
    let mut found = groups::find(&header.texts, funding);
    found.retain(|group| group.contains_key("funder"));
    if !found.is_empty() || header.table != TableId::ActionPlan {
        return found;
    }
    let named = |text: &str, id: &str| {
        vocabulary::column(funding, text).is_some_and(|(column, _)| column.id == id)
    };
    let pair = header
        .texts
        .windows(2)
        .zip(0_u32..)
        .find(|(pair, _)| named(&pair[0], "funder") && named(&pair[1], "granted"));
    pair.map(|(_, at)| Group::from([("funder", at), ("granted", at + 1)])).into_iter().collect()
}

/// Columns of the partners of a project.
pub(super) fn partner_groups(header: &Header) -> Vec<Group> {
    if header.table != TableId::Projects {
        return Vec::new();
    }
    let mut found = groups::find(&header.texts, TableId::Partnerships.spec());
    found.retain(|group| group.contains_key("organisation"));
    found
}

/// Numbers the lines of a plan that has no identifiers: 1, 2, 3… in a column past the last.
pub(super) fn number_lines(header: &mut Header, body: &mut Body) {
    let widest = body.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let index = u32::try_from(header.texts.len().max(widest)).unwrap_or(u32::MAX);
    for (row, number) in body.rows.iter_mut().zip(1_u32..) {
        row.put(index, Value::Text(number.to_string().into()));
    }
    header.columns.push(RawColumn { id: "id", header: String::new(), index });
    header.missing.retain(|column| column.id != "id");
}

/// The tables a plan or a list of projects also gives. `template`: the plan is in the layout of
/// ADEME's.
pub(super) fn derive(
    raw: &RawTable,
    header: &Header,
    funders: &[Group],
    template: bool,
) -> Vec<RawTable> {
    let mut derived = Vec::new();
    let id = index(raw, "id");
    if let Some(title) = index(raw, "title").or_else(|| index(raw, "name")) {
        let mut money = grouped(raw, header, funders, TableId::Funding, ("purpose", title));
        if let Some(money) = money.as_mut().filter(|_| template) {
            hoped_for(money);
        }
        derived.extend(money);
        if let Some(id) = id.filter(|_| template && !funders.is_empty()) {
            derived.push(projects(raw, header, id, title));
            derived.extend(partnerships(raw, header, id));
        }
    }
    let partners = partner_groups(header);
    let project = id.map(|id| ("project", id));
    derived.extend(
        project.and_then(|link| grouped(raw, header, &partners, TableId::Partnerships, link)),
    );
    derived
}

/// ADEME's template says whom a line is to be funded by: nothing is granted yet.
fn hoped_for(funding: &mut RawTable) {
    for column in &mut funding.columns {
        if column.id == "granted" {
            column.id = "asked";
        }
    }
    funding.constants.insert("status", "identifié".to_owned());
}

/// One row per group that is filled, tied to the row it stands in.
fn grouped(
    raw: &RawTable,
    header: &Header,
    groups: &[Group],
    into: TableId,
    link: (&'static str, u32),
) -> Option<RawTable> {
    let first = groups.first()?;
    let mut rows = Vec::new();
    for row in &raw.rows {
        for group in groups {
            if group.values().all(|column| row.cell(*column).is_blank()) {
                continue;
            }
            let mut one = Row { number: row.number, cells: Vec::new() };
            one.put(link.1, row.cell(link.1).clone());
            for (id, column) in group {
                if let Some(to) = first.get(id) {
                    one.put(*to, row.cell(*column).clone());
                }
            }
            rows.push(one);
        }
    }
    let mut columns = vec![link];
    columns
        .extend(first.iter().filter(|(id, _)| **id != link.0).map(|(id, column)| (*id, *column)));
    Some(table(raw, header, into, &columns, rows))
}

fn projects(plan: &RawTable, header: &Header, id: u32, title: u32) -> RawTable {
    let axis = header.texts.iter().zip(0_u32..).find(|(text, _)| squash(text).starts_with("axe"));
    let mut columns = vec![("id", id), ("name", title)];
    columns.extend(axis.map(|(_, column)| ("theme", column)));
    columns.extend(index(plan, "lead").map(|column| ("holder", column)));
    let rows = plan.rows.iter().filter(|row| !row.cell(title).is_blank()).map(|row| {
        let mut one = row.clone();
        for cell in &mut one.cells {
            if cell.words().is_some_and(is_hint) {
                *cell = Value::Empty;
            }
        }
        one
    });
    table(plan, header, TableId::Projects, &columns, rows.collect())
}

fn partnerships(plan: &RawTable, header: &Header, id: u32) -> Option<RawTable> {
    let partners = index(plan, "partners")?;
    let lead = index(plan, "lead");
    let role = id + 1;
    let mut rows = Vec::new();
    for row in &plan.rows {
        for (column, said) in [(lead, "porteur"), (Some(partners), "partenaire")] {
            let cell = column.map_or(&Value::Empty, |column| row.cell(column));
            for name in names(cell) {
                let mut one = Row { number: row.number, cells: Vec::new() };
                one.put(id, row.cell(id).clone());
                one.put(partners, Value::Text(name.into()));
                one.put(role, Value::Text(said.into()));
                rows.push(one);
            }
        }
    }
    let columns = [("project", id), ("organisation", partners), ("role", role)];
    Some(table(plan, header, TableId::Partnerships, &columns, rows))
}

/// Several names in a cell, separated as the template asks; its own instructions are not names.
fn names(cell: &Value) -> impl Iterator<Item = &str> {
    cell.words()
        .filter(|text| !is_hint(text))
        .into_iter()
        .flat_map(|text| text.split([',', ';', '\n']))
        .map(str::trim)
        .filter(|name| !name.is_empty())
}

fn index(table: &RawTable, id: &str) -> Option<u32> {
    table.columns.iter().find(|column| column.id == id).map(|column| column.index)
}

fn table(
    plan: &RawTable,
    header: &Header,
    id: TableId,
    columns: &[(&'static str, u32)],
    rows: Vec<Row>,
) -> RawTable {
    let text = |index: u32| header.texts.get(index as usize).cloned().unwrap_or_default();
    let mut columns: Vec<RawColumn> = columns
        .iter()
        .map(|(id, index)| RawColumn { id, header: text(*index), index: *index })
        .collect();
    columns.sort_by_key(|column| column.index);
    RawTable {
        table: id,
        columns,
        constants: std::collections::BTreeMap::new(),
        rows,
        left_out: Vec::new(),
        ..plan.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::super::bind;
    use super::super::header::test_sheet;
    use super::*;

    #[test]
    fn a_plan_gives_its_funders_projects_and_partners() {
        let rows: &[&[&str]] = &[
            &[
                "Axe (x)",
                "Titre de l'action",
                "Structure pilote",
                "Partenaires ",
                "Financeur 1",
                "Montant € HT",
                "Financeur 2",
                "Montant € HT",
                "Statut ",
            ],
            &[
                "Champ texte",
                "Champ texte",
                "Champ texte",
                "Champ texte",
                "Champ texte",
                "Champ numérique",
                "Champ texte",
                "Champ numérique",
                "",
            ],
            &[
                "Vélo",
                "Piste",
                "Ville",
                "Club, Asso",
                "ADEME",
                "3000",
                "Région",
                "2000",
                "En cours",
            ],
            &["Vélo", "Garage", "", "", "", "", "Région", "500", ""],
        ];
        let bound = bind::sheet(test_sheet("Fichier d'import", rows), false, false, &[]);
        let sizes: Vec<_> =
            bound.tables.iter().map(|d| (d.raw.table, d.raw.rows.len(), d.derived)).collect();
        assert_eq!(
            sizes,
            [
                (TableId::Funding, 3, true),
                (TableId::Projects, 2, true),
                (TableId::Partnerships, 3, true),
                (TableId::ActionPlan, 2, false)
            ]
        );
        let funding = &bound.tables[0].raw;
        let cell = |row: usize, id| {
            funding.rows[row].cell(index(funding, id).unwrap()).shown().into_owned()
        };
        assert_eq!((cell(1, "funder"), cell(1, "asked")), ("Région".into(), "2000".into()));
        assert_eq!(cell(2, "purpose"), "Garage");
        let plan = &bound.tables[3].raw;
        let ids: Vec<_> = plan
            .rows
            .iter()
            .map(|r| r.cell(index(plan, "id").unwrap()).shown().into_owned())
            .collect();
        assert_eq!(ids, ["1", "2"]);
    }
}
