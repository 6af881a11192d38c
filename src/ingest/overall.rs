//! What only shows when all sheets are looked at together: rows given twice, deduced tables, territories,
//! settings without effect.

use super::bind::Draft;
use super::{Ingested, LeftOut, RawTable, overlap};
use crate::finding::{Finding, Place};
use crate::schema::TableId;
use crate::schema::vocabulary::squash;
use crate::settings::Settings;
use crate::texts::fold;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Puts the tables of all sheets together, and the findings in the order of the inputs.
pub(super) fn finish(
    ingested: &mut Ingested,
    drafts: Vec<Draft>,
    doubtful: &BTreeMap<Arc<str>, Vec<u32>>,
    used: &BTreeSet<usize>,
    settings: &Settings,
) {
    let own: BTreeSet<TableId> =
        drafts.iter().filter(|draft| !draft.derived).map(|draft| draft.raw.table).collect();
    let mut tables = Vec::with_capacity(drafts.len());
    for Draft { raw, derived } in drafts {
        if derived && (own.contains(&raw.table) || raw.rows.is_empty()) {
            continue;
        }
        if derived {
            let finding = Finding::new("table-deduite", place(&raw), "");
            ingested.findings.push(finding.with("table", raw.table.spec().sheet));
        }
        tables.push(raw);
    }
    for table in &mut tables {
        if let Some(rows) = doubtful.get(&table.file) {
            leave_out(table, rows);
        }
    }
    // The fields too many of such a row are no columns without a header.
    ingested.findings.retain(|finding| {
        finding.code != "colonne-sans-titre" || !doubtful.contains_key(&finding.place.file)
    });
    give_territories(&mut tables);
    overlap::count_once(&mut tables, &mut ingested.findings);
    ingested.tables = tables;
    ingested.findings.sort_by(|a, b| a.place.cmp(&b.place));
    for (i, rule) in settings.sources.iter().enumerate().filter(|(i, _)| !used.contains(i)) {
        let sheet = rule.sheet.clone().unwrap_or_default();
        ingested.findings.push(
            Finding::new("source-sans-effet", Place::file("bilan.toml"), rule.file.clone())
                .with("n", (i + 1).to_string())
                .with("fichier", rule.file.clone())
                .with("feuille", if sheet.is_empty() { "*".into() } else { sheet }),
        );
    }
}

fn place(table: &RawTable) -> Place {
    Place::sheet(Arc::clone(&table.file), Arc::clone(&table.sheet))
}

/// Leaves out the rows of a file whose fields nobody can tell apart; `doubtful` is in order.
fn leave_out(table: &mut RawTable, doubtful: &[u32]) {
    let left_out = &mut table.left_out;
    table.rows.retain(|row| {
        let out = doubtful.binary_search(&row.number).is_ok();
        if out {
            left_out.push((row.number, LeftOut::Blocking));
        }
        !out
    });
    left_out.sort_unstable();
}

/// Tables without a territory column take the territory their sheet or file is named after.
fn give_territories(tables: &mut [RawTable]) {
    let mut names = BTreeSet::new();
    for table in tables.iter().filter(|table| table.table == TableId::Territories) {
        if let Some(column) = table.columns.iter().find(|column| column.id == "name") {
            let cells = table.rows.iter().map(|row| row.cell(column.index).shown().into_owned());
            names.extend(cells.filter(|name| squash(name).len() >= 3));
        }
    }
    for table in tables {
        let lacks = table.table.spec().column("territory").is_some()
            && !table.columns.iter().any(|column| column.id == "territory")
            && !table.constants.contains_key("territory");
        let found = lacks.then(|| named_after(&names, &table.sheet, &table.file)).flatten();
        if let Some(name) = found {
            table.constants.insert("territory", name);
        }
    }
}

/// The only territory named, first by the sheet, else by the file; the longest when one name holds
/// another.
fn named_after(names: &BTreeSet<String>, sheet: &str, file: &str) -> Option<String> {
    [sheet, file].into_iter().find_map(|text| {
        let words = format!(" {} ", fold(text));
        let together = squash(text);
        let says = |name: &&String| {
            let folded = fold(name);
            let compact = folded.replace(' ', "");
            words.contains(&format!(" {folded} "))
                || (compact.len() >= 6 && together.contains(&compact))
        };
        let mut found: Vec<&String> = names.iter().filter(says).collect();
        found.sort_by_key(|name| std::cmp::Reverse(squash(name).len()));
        let longest = found.first().copied()?;
        let held = found.iter().all(|other| squash(longest).contains(&squash(other)));
        held.then(|| longest.clone())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn territories_named_by_sheets_and_files() {
        let names: BTreeSet<String> =
            ["Paris", "Paris 18e", "Sucy-en-Brie"].iter().map(|n| (*n).into()).collect();
        let after = |sheet, file| named_after(&names, sheet, file);
        assert_eq!(after("Activités", "suivi_sucy-en-brie.xlsx").as_deref(), Some("Sucy-en-Brie"));
        assert_eq!(after("PARIS 18E", "sucy-en-brie.xlsx").as_deref(), Some("Paris 18e"));
        assert_eq!(after("", "SucyEnBrie/a.csv").as_deref(), Some("Sucy-en-Brie"));
        assert_eq!(after("Paris et Sucy en Brie", "x"), None);
        assert_eq!(after("Activités", "2026.xlsx"), None);
    }
}
