//! Columns that repeat: `Financeur 1`, `Montant 1`, `Financeur 2`, `Montant 2`; `Financeur 1`,
//! `Montant € HT`, `Financeur 2`, `Montant € HT`; `Nom`, `Prénom`, `Nom`, `Prénom`.

use super::body::Body;
use super::header::Header;
use super::{RawColumn, Row, Value};
use crate::schema::vocabulary::{self, squash};
use crate::schema::{ColumnSpec, Kind, TableId, TableSpec};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Larger numbers behind a name are years or codes.
const MOST: u32 = 50;

/// One repetition: the column of the sheet of each column of the table.
pub(super) type Group = BTreeMap<&'static str, u32>;

/// A header that belongs to a table.
struct Member {
    column: &'static ColumnSpec,
    base: String,
    number: Option<u32>,
    at: u32,
}

/// A header with a number in it, without the number.
struct Numbered {
    number: u32,
    /// What is the same from one number to the next, squashed.
    base: String,
    /// Names it may go by, surest first.
    names: Vec<String>,
}

impl Numbered {
    /// `Financeur n° 2`, or `Financeur 2 Nom` as two rows of header joined say it. A note mark, `(1)`,
    /// is no number.
    fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let base = text.trim_end_matches(|c: char| c.is_ascii_digit());
        if base.len() < text.len() {
            let number = text[base.len()..].parse().ok().filter(|n| *n <= MOST)?;
            let base = base.trim_end_matches([' ', '_', '-', '.', '#', '/', '\u{a0}']);
            let base = base.strip_suffix("n°").or_else(|| base.strip_suffix("N°")).unwrap_or(base);
            let names = vec![base.trim().to_owned()];
            let named = base.chars().any(char::is_alphabetic);
            return named.then(|| Self { number, base: squash(base), names });
        }
        let is_number = |word: &&str| word.parse::<u32>().is_ok_and(|n| n <= MOST);
        let word = text.split(' ').find(is_number)?;
        let number = word.parse().ok()?;
        let (group, field) = text.split_once(&format!(" {word} "))?;
        let mut names = vec![format!("{field} {group}"), field.to_owned()];
        if squash(field) == "nom" {
            names.push(group.to_owned());
        }
        Some(Self { number, base: squash(&format!("{group} {field}")), names })
    }
}

/// For each header, its names without its number, when other headers have the same name with other
/// numbers.
pub(super) fn series(texts: &[String]) -> Vec<Vec<String>> {
    let numbered: Vec<Option<Numbered>> = texts.iter().map(|text| Numbered::new(text)).collect();
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for one in numbered.iter().flatten() {
        *count.entry(one.base.clone()).or_default() += 1;
    }
    let repeats = |one: &Numbered| count.get(&one.base).is_some_and(|n| *n >= 2);
    numbered
        .into_iter()
        .map(|one| one.filter(repeats).map(|one| one.names).unwrap_or_default())
        .collect()
}

/// The groups of columns of a table that a header repeats, in order; none when nothing repeats.
pub(super) fn find(texts: &[String], table: &'static TableSpec) -> Vec<Group> {
    let members: Vec<Member> = texts
        .iter()
        .zip(0_u32..)
        .filter_map(|(text, at)| {
            if let Some((column, _)) = vocabulary::column(table, text) {
                return Some(Member { column, base: squash(text), number: None, at });
            }
            let Numbered { number, base, names } = Numbered::new(text)?;
            let (column, _) = names.iter().find_map(|name| vocabulary::column(table, name))?;
            Some(Member { column, base, number: Some(number), at })
        })
        .collect();
    let found = by_number(&members);
    if found.len() >= 2 { found } else { in_turn(&members) }
}

/// Groups by the numbers of their names; a name repeated without number goes with the numbered one
/// before it.
fn by_number(members: &[Member]) -> Vec<Group> {
    let mut groups: BTreeMap<u32, Group> = BTreeMap::new();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for member in members {
        *names.entry(&member.base).or_default() += 1;
    }
    let mut current = None;
    for member in members {
        let repeats = names.get(member.base.as_str()).is_some_and(|n| *n >= 2);
        let starts = |number: &u32| *number >= 2;
        // `Financeur`, `Financeur 2`: the first goes without saying.
        let first = members
            .iter()
            .any(|other| other.base == member.base && other.number.as_ref().is_some_and(starts));
        let number = match member.number {
            Some(number) => Some(number),
            None if first && repeats => Some(1),
            None => current.filter(|_| repeats),
        };
        if let Some(number) = number.filter(|_| repeats) {
            current = Some(number);
            groups.entry(number).or_default().entry(member.column.id).or_insert(member.at);
        }
    }
    groups.into_values().collect()
}

/// Groups of adjacent columns whose names come round again in the same order. A lone name that comes
/// twice is a slip, not a group.
fn in_turn(members: &[Member]) -> Vec<Group> {
    for (start, member) in members.iter().enumerate() {
        let rest = &members[start..];
        let Some(period) = rest.iter().skip(1).position(|other| other.base == member.base) else {
            continue;
        };
        let period = period + 1;
        let mut length = period;
        while let Some(next) = rest.get(length)
            && next.base == rest[length - period].base
            && next.at == rest[length - 1].at + 1
        {
            length += 1;
        }
        let adjacent = rest[..period].windows(2).all(|pair| pair[0].at + 1 == pair[1].at);
        let names = |column: &ColumnSpec| column.required || column.id == "last_name";
        let makes_a_row = rest[..period].iter().any(|member| names(member.column));
        if period >= 2 && adjacent && makes_a_row && length / period >= 2 {
            let whole = &rest[..length / period * period];
            return whole
                .chunks(period)
                .map(|group| group.iter().map(|m| (m.column.id, m.at)).collect())
                .collect();
        }
    }
    Vec::new()
}

/// The columns of the groups.
pub(super) fn columns(groups: &[Group]) -> impl Iterator<Item = u32> {
    groups.iter().flat_map(|group| group.values().copied())
}

/// The groups that belong to the table of the header itself: those that make a row of it, or the
/// lists. In an attendance list, people named by last and first name come first.
pub(super) fn own(header: &Header) -> Vec<Group> {
    let spec = header.table.spec();
    if header.table == TableId::Attendance {
        let people = find(&header.texts, TableId::Participants.spec());
        let whole =
            |group: &Group| group.contains_key("last_name") && group.contains_key("first_name");
        if people.iter().any(whole) || header.index("participant").is_none() {
            return people;
        }
    }
    let groups = find(&header.texts, spec);
    let makes_a_row = |id: &str| spec.key.is_empty() || spec.key.contains(&id) || id == "last_name";
    let kept = groups.iter().flat_map(Group::keys).any(|id| makes_a_row(id));
    if kept || are_lists(&groups, header.table) { groups } else { Vec::new() }
}

/// Each group is one column of a list.
fn are_lists(groups: &[Group], table: TableId) -> bool {
    let column = |id: &str| table.spec().column(id);
    let is_list = |id: &&str| column(id).is_some_and(|column| column.kind == Kind::List);
    groups.iter().all(|group| group.len() == 1 && group.keys().all(&is_list))
}

/// Lists of one column become one cell; other groups become a row each, those left blank apart.
/// Returns how many rows the groups made.
pub(super) fn apply(groups: &[Group], header: &mut Header, body: &mut Body) -> usize {
    let Some(first) = groups.first() else { return 0 };
    let spec = header.table.spec();
    if are_lists(groups, header.table) {
        for row in &mut body.rows {
            join(row, groups);
        }
        return 0;
    }
    // What identifies the row that is split identifies none of its parts.
    if first.contains_key("last_name") {
        header.columns.retain(|column| column.id != "id");
    }
    // Quantities outside the groups are those of the whole row: they count once.
    let quantity = |id: &str| spec.column(id).is_some_and(|c| c.kind.is_quantity());
    let whole: Vec<u32> = header
        .columns
        .iter()
        .filter(|c| quantity(c.id) && !columns(groups).any(|grouped| grouped == c.index))
        .map(|c| c.index)
        .collect();
    let mut rows = Vec::with_capacity(body.rows.len());
    let mut made = 0;
    for row in body.rows.drain(..) {
        let filled: Vec<&Group> = groups
            .iter()
            .filter(|group| group.values().any(|column| !row.cell(*column).is_blank()))
            .collect();
        made += filled.len();
        let mut shared = row.clone();
        for column in columns(groups).filter(|column| !row.cell(*column).is_blank()) {
            shared.put(column, Value::Empty);
        }
        if filled.is_empty() {
            rows.push(shared);
            continue;
        }
        rows.extend(filled.into_iter().enumerate().map(|(place, group)| {
            let mut one = shared.clone();
            for column in whole.iter().filter(|_| place > 0) {
                one.put(*column, Value::Empty);
            }
            for (id, column) in group {
                let to = first.get(id).copied().unwrap_or(*column);
                one.put(to, row.cell(*column).clone());
            }
            one
        }));
    }
    body.rows = rows;
    for (id, index) in first.iter().filter(|(id, _)| spec.column(id).is_some()) {
        if header.index(id) != Some(*index) {
            let text = header.texts.get(*index as usize).cloned().unwrap_or_default();
            header.columns.retain(|column| column.id != *id);
            header.columns.push(RawColumn { id, header: text, index: *index });
        }
    }
    header.columns.sort_by_key(|column| column.index);
    made
}

/// Cells under no header. Those at the right of a list continue it, as under a header merged over
/// several columns, and join it; the others are counted by column.
pub(super) fn under_no_header(header: &Header, body: &mut Body) -> BTreeMap<u32, usize> {
    let mut nameless: BTreeMap<u32, usize> = BTreeMap::new();
    let named = |column: u32| header.texts.get(column as usize).is_some_and(|t| !t.is_empty());
    let all_named = header.texts.iter().all(|text| !text.is_empty());
    for row in &body.rows {
        if all_named && row.cells.len() <= header.texts.len() {
            continue;
        }
        for (column, _) in row.filled().filter(|(column, _)| !named(*column)) {
            *nameless.entry(column).or_default() += 1;
        }
    }
    let spec = header.table.spec();
    for list in &header.columns {
        if spec.column(list.id).is_none_or(|column| column.kind != Kind::List) {
            continue;
        }
        let mut groups = vec![Group::from([(list.id, list.index)])];
        while let Some(column) = list.index.checked_add(u32::try_from(groups.len()).unwrap_or(1))
            && nameless.remove(&column).is_some()
        {
            groups.push(Group::from([(list.id, column)]));
        }
        if groups.len() > 1 {
            for row in &mut body.rows {
                join(row, &groups);
            }
        }
    }
    nameless
}

/// All the values of a list in its first column.
fn join(row: &mut Row, groups: &[Group]) {
    let values: Vec<_> = columns(groups)
        .map(|column| row.cell(column).shown().into_owned())
        .filter(|text| !text.is_empty())
        .collect();
    if let Some(first) = columns(groups).next().filter(|_| values.len() >= 2) {
        row.put(first, Value::Text(Arc::from(values.join(" ; "))));
    } else if let (Some(first), Some(only)) = (columns(groups).next(), values.first()) {
        row.put(first, Value::Text(Arc::from(only.as_str())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(table: TableId, texts: &[&str]) -> Vec<Vec<u32>> {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        find(&texts, table.spec()).iter().map(|group| group.values().copied().collect()).collect()
    }

    #[test]
    fn numbered_mixed_and_repeated() {
        let funding = |texts: &[&str]| groups(TableId::Funding, texts);
        let two = [vec![1, 2], vec![3, 4]];
        assert_eq!(
            funding(&["Objet", "Financeur 1", "Montant 1", "Financeur 2", "Montant 2"]),
            two
        );
        assert_eq!(
            funding(&["Objet", "Financeur 1", "Montant € HT", "Financeur 2", "Montant € HT"]),
            two
        );
        assert_eq!(funding(&["Objet", "Financeur", "Montant", "Financeur n°2", "Montant 2"]), two);
        assert_eq!(funding(&["Objet", "Financeur", "Montant", "Financeur", "Montant"]), two);
        assert_eq!(
            groups(TableId::ActionPlan, &["Id", "Partenaire 1", "Partenaire 2"]),
            [vec![1], vec![2]]
        );
    }

    #[test]
    fn a_column_that_comes_twice_is_no_group() {
        let funding = |texts: &[&str]| groups(TableId::Funding, texts).len();
        assert_eq!(funding(&["Financeur", "Montant", "Objet", "Montant"]), 0);
        assert_eq!(funding(&["Financeur", "Montant 2014", "Montant 2015"]), 0);
        assert_eq!(groups(TableId::Cooperations, &["Structure 1", "Structure 2"]).len(), 0);
        let nouns: &[&str] = &["Nom", "Prénom", "Ville", "Structure", "Nom", "Ville"];
        assert_eq!(groups(TableId::Participants, nouns).len(), 0);
    }
}
