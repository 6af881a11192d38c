//! Findings that repeat down a column are told once, with their number: a destroyed column must not
//! give eleven thousand lines.

use crate::finding::{Finding, Place};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Past this many findings of one kind in one column, they are told as one.
const MOST: usize = 20;

/// Findings told together: code, file, sheet, column, and value where each value counts.
type Key = (&'static str, Arc<str>, Arc<str>, Option<u32>, Option<String>);

/// Told once however few.
const ALWAYS: &[&str] = &[
    "siret-detruit",
    "ligne-double",
    "valeur-hors-liste",
    "valeur-inconnue",
    "benevolat-journee-longue",
];

/// Told once per value: each needs a remedy of its own.
const BY_VALUE: &[&str] = &[
    "activite-inconnue",
    "partenariat-projet-inconnu",
    "projet-inconnu",
    "valeur-hors-liste",
    "valeur-inconnue",
];

/// Findings that repeat, told once per sheet: always for destroyed SIRET and double rows, per value
/// for unknown labels, and past [`MOST`] for the others. The first one stays, `× n` after what it
/// read, `nombre` in its details.
pub(crate) fn grouped(findings: Vec<Finding>) -> Vec<Finding> {
    let mut groups: BTreeMap<Key, Vec<Finding>> = BTreeMap::new();
    let mut order = Vec::new();
    for finding in findings {
        let (column, value) = match finding.code {
            "siret-detruit" | "ligne-double" => (None, None),
            code if BY_VALUE.contains(&code) => (finding.place.column, Some(finding.read.clone())),
            _ => (finding.place.column, None),
        };
        let Place { file, sheet, .. } = finding.place.clone();
        let key = (finding.code, file, sheet, column, value);
        let group = groups.entry(key.clone()).or_default();
        if group.is_empty() {
            order.push(key);
        }
        group.push(finding);
    }
    let mut told = Vec::new();
    for key in order {
        let mut group = groups.remove(&key).unwrap_or_default();
        let count = group.len();
        if count <= if ALWAYS.contains(&key.0) { 1 } else { MOST } {
            told.append(&mut group);
            continue;
        }
        group.truncate(1);
        told.extend(group.into_iter().map(|finding| {
            let read = format!("{} × {count}", finding.read).trim().to_string();
            Finding { read, ..finding }.with("nombre", count.to_string())
        }));
    }
    told
}
