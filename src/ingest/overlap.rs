//! The same rows in several sheets: a copy, a copy of a copy, a file renamed or saved in another format,
//! a later version that holds an earlier one. Each row is counted once, and said; what only one sheet
//! has is kept.
//!
//! Two equal rows of one sheet are two rows: somebody typed them twice. Two equal rows of two sheets
//! are one only where the sheets overlap massively: chance makes some equal rows, never most of them.
//! Cost is that of one hash per row and one sort.

mod print;

use super::{LeftOut, RawTable};
use crate::finding::{Finding, Place, sheet_of};
use crate::parallel;
use crate::schema::TableId;
use print::Print;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Shared rows that make an overlap, when the sheets are not wholly equal.
const COMPARED: usize = 5;

/// Bytes that rows hold on average where equality tells something: `A1;P1` is in every file whose
/// identifiers start at 1, a date with a name is not.
const TELLING: usize = 12;

/// Rows of two wholly equal sheets that chance cannot give, though each row tells little.
const MANY: usize = 20;

/// Sheets compared two by two within one group of equal rows; past it, to the first and the last.
const PAIRED: usize = 8;

/// A row or key, by its hash, and where it is: (hash, sheet by rank, row).
type Entry = (u64, u32, u32);

/// Sheets of one table, those that say most of themselves first: a copy in another folder gives way
/// to the one whose folder names its territory.
fn ranked(tables: &[RawTable], table: TableId) -> Vec<usize> {
    let mut members: Vec<usize> = (0..tables.len())
        .filter(|i| tables[*i].table == table && !tables[*i].rows.is_empty())
        .collect();
    members.sort_by_key(|i| std::cmp::Reverse(tables[*i].constants.len()));
    members
}

/// Leaves out the rows that another sheet gives, and says where two sheets are two versions of one
/// table.
pub(super) fn count_once(tables: &mut [RawTable], findings: &mut Vec<Finding>) {
    let ids: BTreeSet<TableId> = tables.iter().map(|table| table.table).collect();
    let mut groups = Vec::new();
    let mut twins = BTreeSet::new();
    for id in ids {
        let members = ranked(tables, id);
        if members.len() < 2 {
            continue;
        }
        let weight = |i: &usize| tables[*i].rows.len() as u64;
        let prints = parallel::map("empreintes", &members, weight, |i| print::rows(&tables[*i]));
        let entries = sorted(&prints);
        let shared = shared(&entries, |_| true);
        for ((a, b), count) in &shared {
            let (first, second) = (members[*a as usize], members[*b as usize]);
            let (mine, theirs) = (&prints[*a as usize], &prints[*b as usize]);
            if mine.tells(TELLING)
                && theirs.tells(TELLING)
                && massive(*count, mine.rows(), theirs.rows())
            {
                twins.insert(files(&tables[first], &tables[second]));
            }
        }
        groups.push((members, prints, entries, shared));
    }
    for (members, prints, entries, shared) in groups {
        let linked = |a: u32, b: u32| {
            let (first, second) = (&tables[members[a as usize]], &tables[members[b as usize]]);
            let (mine, theirs) = (&prints[a as usize], &prints[b as usize]);
            let count = shared.get(&(a, b)).copied().unwrap_or(0);
            let telling = mine.tells(TELLING) && theirs.tells(TELLING);
            let twin = twins.contains(&files(first, second));
            let whole = count == mine.rows() && count == theirs.rows();
            let known = telling || twin || first.file == second.file;
            let same = (whole && (twin || count >= MANY))
                || (known && massive(count, mine.rows(), theirs.rows()));
            agree(first, second) && same
        };
        let links: BTreeSet<(u32, u32)> =
            shared.keys().copied().filter(|(a, b)| linked(*a, *b)).collect();
        let dropped = dropped(&entries, &links, members.len());
        say_versions(tables, &members, &dropped, findings);
        for (rank, rows) in dropped.iter().enumerate().filter(|(_, rows)| !rows.is_empty()) {
            let most = links
                .iter()
                .filter(|(_, b)| *b as usize == rank)
                .max_by_key(|pair| (shared.get(pair), std::cmp::Reverse(pair.0)));
            let other = most.map(|(a, _)| where_is(&tables[members[*a as usize]]));
            leave_out(&mut tables[members[rank]], rows, other.unwrap_or_default(), findings);
        }
    }
}

fn files(a: &RawTable, b: &RawTable) -> (Arc<str>, Arc<str>) {
    let (a, b) = (Arc::clone(&a.file), Arc::clone(&b.file));
    if a <= b { (a, b) } else { (b, a) }
}

/// The sheets are not the same one read twice, and nothing said of their rows differs: equal rows of
/// two territories are two.
fn agree(a: &RawTable, b: &RawTable) -> bool {
    let apart = a.file != b.file || a.sheet != b.sheet;
    apart && a.constants.iter().all(|(id, value)| b.constants.get(id).is_none_or(|v| v == value))
}

/// Four rows in five of the smaller sheet; when they are few, all of them.
fn massive(shared: usize, a: usize, b: usize) -> bool {
    let smaller = a.min(b);
    let most = shared >= COMPARED && shared * 5 >= smaller * 4;
    let all = shared == smaller && (shared >= 3 || (shared == 2 && a == b));
    most || all
}

fn sorted(prints: &[Print]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = prints
        .iter()
        .zip(0_u32..)
        .flat_map(|(print, rank)| {
            print.hashes.iter().zip(0_u32..).map(move |(h, row)| (*h, rank, row))
        })
        .collect();
    entries.sort_unstable();
    entries
}

/// Rows in each sheet of a group of equal rows.
fn per_sheet(group: &[Entry]) -> impl Iterator<Item = &[Entry]> {
    group.chunk_by(|a, b| a.1 == b.1)
}

/// How many rows each two sheets share, the earlier first; `counts` says which rows of the later do.
fn shared(entries: &[Entry], counts: impl Fn(&Entry) -> bool) -> BTreeMap<(u32, u32), usize> {
    let mut shared = BTreeMap::new();
    for group in entries.chunk_by(|a, b| a.0 == b.0) {
        let sheets: Vec<(u32, usize, usize)> = if group.first().map(|e| e.1)
            == group.last().map(|e| e.1)
        {
            continue;
        } else {
            per_sheet(group)
                .map(|rows| (rows[0].1, rows.len(), rows.iter().filter(|row| counts(row)).count()))
                .collect()
        };
        for (place, (later, _, rows)) in sheets.iter().enumerate() {
            // Past a few sheets, to the first and to the one before: links reach back through them.
            let all = sheets.len() <= PAIRED || place < 2;
            let compared = if all { (0..place).collect() } else { vec![0, place - 1] };
            for (earlier, theirs, _) in compared.into_iter().map(|other| &sheets[other]) {
                *shared.entry((*earlier, *later)).or_default() += (*rows).min(*theirs);
            }
        }
    }
    shared.retain(|_, count| *count > 0);
    shared
}

/// Rows of each sheet that earlier sheets linked to it already give: as many as these keep.
fn dropped(entries: &[Entry], links: &BTreeSet<(u32, u32)>, sheets: usize) -> Vec<Vec<u32>> {
    let mut dropped = vec![Vec::new(); sheets];
    if links.is_empty() {
        return dropped;
    }
    let reach = reach(links, sheets);
    for group in entries.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
        let mut kept: Vec<(u32, usize)> = Vec::new();
        for rows in per_sheet(group) {
            let rank = rows[0].1;
            let linked = &reach[rank as usize];
            let told = kept.iter().filter(|(a, _)| linked.contains(a)).map(|(_, n)| n).sum();
            let out = rows.len().min(told);
            dropped[rank as usize].extend(rows[..out].iter().map(|row| row.2));
            kept.push((rank, rows.len() - out));
        }
    }
    for rows in &mut dropped {
        rows.sort_unstable();
    }
    dropped
}

/// Earlier sheets that each sheet is linked to, through others too: of monthly exports that each hold the
/// one before, the last is a version of the first.
fn reach(links: &BTreeSet<(u32, u32)>, sheets: usize) -> Vec<BTreeSet<u32>> {
    let mut by_later: Vec<(u32, u32)> = links.iter().map(|(a, b)| (*b, *a)).collect();
    by_later.sort_unstable();
    let mut reach = vec![BTreeSet::new(); sheets];
    for (later, earlier) in by_later {
        let further = reach[earlier as usize].clone();
        reach[later as usize].extend(further);
        reach[later as usize].insert(earlier);
    }
    reach
}

fn leave_out(table: &mut RawTable, rows: &[u32], other: String, findings: &mut Vec<Finding>) {
    let numbers: Vec<u32> = rows.iter().map(|row| table.rows[*row as usize].number).collect();
    let place = Place::sheet(Arc::clone(&table.file), Arc::clone(&table.sheet));
    findings.push(if rows.len() == table.rows.len() {
        Finding::new("feuille-double", place, &*table.sheet).with("autre", other)
    } else {
        Finding::new("lignes-deja-lues", Place { row: numbers.first().copied(), ..place }, "")
            .with("n", rows.len().to_string())
            .with("reste", (table.rows.len() - rows.len()).to_string())
            .with("autre", other)
    });
    let mut place = 0_u32;
    table.rows.retain(|_| {
        let out = rows.binary_search(&place).is_ok();
        place += 1;
        !out
    });
    table.left_out.extend(numbers.into_iter().map(|number| (number, LeftOut::Duplicate)));
    table.left_out.sort_unstable();
}

/// Says when what is left of a sheet has mostly the identifiers of another: two versions of one
/// table, whose rows differ.
fn say_versions(
    tables: &[RawTable],
    members: &[usize],
    dropped: &[Vec<u32>],
    findings: &mut Vec<Finding>,
) {
    let prints: Vec<Print> = members.iter().map(|i| print::keys(&tables[*i])).collect();
    let mut entries = sorted(&prints);
    entries.dedup_by_key(|entry| (entry.0, entry.1));
    let left = |entry: &Entry| dropped[entry.1 as usize].binary_search(&entry.2).is_err();
    let mut sizes = vec![(0_usize, 0_usize); members.len()];
    for entry in &entries {
        let (all, still) = &mut sizes[entry.1 as usize];
        *all += 1;
        *still += usize::from(left(entry));
    }
    let mut said = BTreeSet::new();
    for ((a, b), count) in shared(&entries, left) {
        let (all, still) = (sizes[a as usize].0, sizes[b as usize].1);
        let enough = all >= COMPARED && still >= COMPARED && count * 5 >= all.min(still) * 4;
        if enough && said.insert(b) {
            let (earlier, later) = (&tables[members[a as usize]], &tables[members[b as usize]]);
            let place = Place::sheet(Arc::clone(&later.file), Arc::clone(&later.sheet));
            findings.push(
                Finding::new("table-en-double", place, &*later.sheet)
                    .with("autre", where_is(earlier))
                    .with("table", later.table.spec().sheet),
            );
        }
    }
}

fn where_is(table: &RawTable) -> String {
    sheet_of(&table.file, &table.sheet)
}

#[cfg(test)]
mod tests;
