//! Sheets of one table → one [`Frame`], in the order given; rows said twice are counted once.

use super::{Frame, Reading, Tables, grouped, sensitive, sheet, total};
use crate::finding::{Finding, Place};
use crate::hashing::NumberSet;
use crate::ingest::{Ingested, LeftOut, RawTable};
use crate::parallel;
use crate::schema::TableId;
use crate::settings::Settings;
use std::collections::{BTreeMap, BTreeSet};

/// Types every sheet read. Sheets of one table make one frame, in the order given.
pub fn build(ingested: &Ingested, _settings: &Settings) -> (Tables, Vec<Finding>) {
    let told: BTreeSet<_> = ingested
        .findings
        .iter()
        .filter(|f| f.code == "colonne-absente")
        .map(|f| (&f.place.file, &f.place.sheet))
        .collect();
    let weight = |raw: &RawTable| raw.rows.len() as u64;
    let sheets = parallel::map("tables", &ingested.tables, weight, |raw| {
        sheet::read(raw, told.contains(&(&raw.file, &raw.sheet)))
    });
    let mut tables = Tables::default();
    let mut findings = Vec::new();
    let mut seen: BTreeMap<TableId, NumberSet<u128>> = BTreeMap::new();
    for (raw, mut sheet) in ingested.tables.iter().zip(sheets) {
        drop_known(&mut sheet, seen.entry(raw.table).or_default());
        tables.readings.push(reading(raw, &sheet));
        findings.append(&mut grouped(sheet.findings));
        findings.append(&mut sensitive::columns(raw, ingested));
        let mut frame = tables.remove(raw.table).unwrap_or_else(|| Frame::empty(raw.table.spec()));
        frame.append(sheet.frame);
        tables.insert(frame);
    }
    (tables, findings)
}

/// Leaves out the rows that say what a row before them says.
fn drop_known(sheet: &mut sheet::Sheet, seen: &mut NumberSet<u128>) {
    let keep: Vec<bool> = sheet.rows.iter().map(|row| seen.insert(*row)).collect();
    let again = keep.iter().zip(&sheet.frame.rows).filter(|(keep, _)| !**keep);
    let findings = again.map(|(_, (_, row))| {
        let at = &sheet.frame.sources[0].at;
        let place = Place::sheet(at.file.clone(), at.sheet.clone());
        Finding::new("ligne-double", Place { row: Some(*row), ..place }, "")
    });
    let findings: Vec<Finding> = findings.collect();
    if !findings.is_empty() {
        sheet.left_out.insert(LeftOut::Duplicate.code(), findings.len());
        sheet.findings.extend(findings);
        sheet.frame.retain(&keep);
    }
}

fn reading(raw: &RawTable, sheet: &sheet::Sheet) -> Reading {
    let mut reasons = sheet.left_out.clone();
    for (_, reason) in &raw.left_out {
        *reasons.entry(reason.code()).or_default() += 1;
    }
    let known = |id: &str| raw.table.spec().column(id).map(|column| column.header);
    Reading {
        file: raw.file.to_string(),
        sheet: raw.sheet.to_string(),
        table: raw.table,
        header_row: raw.header_row,
        read: raw.rows.len() + raw.left_out.len(),
        kept: raw.rows.len() - sheet.left_out.values().sum::<usize>(),
        left_out: reasons,
        columns: raw
            .columns
            .iter()
            .filter_map(|column| Some((column.header.clone(), known(column.id)?)))
            .collect(),
        total: total::of(&sheet.frame),
    }
}

#[cfg(test)]
mod tests;
