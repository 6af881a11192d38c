//! Names a spreadsheet accepts: sheets (31 characters, few signs allowed) and tables.

use crate::texts::snake;
use std::collections::BTreeSet;

/// Longest sheet name of the file format, in UTF-16 units.
const SHEET_LIMIT: usize = 31;

/// Names already given in a workbook; spreadsheets compare them without case.
#[derive(Debug, Default)]
pub(super) struct Names {
    sheets: BTreeSet<String>,
    tables: BTreeSet<String>,
}

impl Names {
    /// A free sheet name close to `title`: what comes before a colon or a bracket, cut between words.
    pub(super) fn sheet(&mut self, title: &str) -> String {
        let plain: String = title
            .chars()
            .map(|c| match c {
                '*' | '?' | '[' | ']' | '\\' | '/' => ' ',
                '\'' => '’',
                c if c.is_control() => ' ',
                c => c,
            })
            .collect();
        let head = plain.split([':', '(', '—', '–', ';', ',']).next().unwrap_or_default();
        let words = head.split_whitespace().collect::<Vec<_>>().join(" ");
        // Excel keeps the names of its change log for itself.
        let base = match words.to_lowercase().as_str() {
            "" => "Feuille".to_string(),
            "history" | "historique" => format!("{words}."),
            _ => words,
        };
        let mut name = shorten(&base, SHEET_LIMIT);
        let mut number = 2;
        while !self.sheets.insert(name.to_lowercase()) {
            let suffix = format!(" ({number})");
            name = shorten(&base, SHEET_LIMIT - suffix.len()) + &suffix;
            number += 1;
        }
        name
    }

    /// A free table name made from an id.
    pub(super) fn table(&mut self, id: &str) -> String {
        // The prefix keeps clear of cell references: `T1` is a cell, `t_T1` is not.
        let base = format!("t_{}", snake(id).chars().take(200).collect::<String>());
        let mut name = base.clone();
        let mut number = 2;
        while !self.tables.insert(name.clone()) {
            name = format!("{base}_{number}");
            number += 1;
        }
        name
    }
}

/// At most `limit` UTF-16 units, cut between words and marked with an ellipsis.
fn shorten(text: &str, limit: usize) -> String {
    let length = |text: &str| text.encode_utf16().count();
    if length(text) <= limit {
        return text.to_string();
    }
    let mut kept = String::new();
    for word in text.split(' ') {
        if length(&kept) + length(word) + 2 > limit {
            break;
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
    }
    if kept.is_empty() {
        for c in text.chars() {
            if length(&kept) + c.len_utf16() + 1 > limit {
                break;
            }
            kept.push(c);
        }
    }
    kept + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheet_names_are_short_unique_and_legal() {
        let mut names = Names::default();
        let long = "Répartition des participations par territoire et par tranche d'âge";
        for title in [long, long, "A/B: [c]", "'x'", "", "", "Historique", "HISTORIQUE", "🙂"] {
            let name = names.sheet(title);
            assert!(!name.is_empty() && name.encode_utf16().count() <= 31, "{name}");
            assert!(!name.contains(['*', '?', ':', '[', ']', '\\', '/', '\'']), "{name}");
            assert_ne!(name.to_lowercase(), "historique");
        }
        assert_eq!(names.sheets.len(), 9);
        assert_eq!(Names::default().sheet(long), "Répartition des participations…");
        assert_eq!(Names::default().sheet(&"é".repeat(40)).encode_utf16().count(), 31);
    }

    #[test]
    fn table_names_are_unique_and_no_cell_reference() {
        let mut names = Names::default();
        assert_eq!(names.table("T1"), "t_t1");
        assert_eq!(names.table("t1"), "t_t1_2");
        assert_eq!(names.table("Plan d'actions"), "t_plan_d_actions");
    }
}
