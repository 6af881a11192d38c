//! `bilan check --lecture`: how each sheet was understood, in a few lines each.

use super::Known;
use crate::finding::{CODES, Finding, sheet_of};
use crate::locale;
use crate::messages::Messages;
use crate::schema::vocabulary;
use crate::tables::Reading;
use crate::texts::Texts;
use std::collections::{BTreeMap, BTreeSet};

/// Columns of the terminal.
const WIDTH: usize = 100;

/// Unknown columns listed; past that, they are counted.
const LISTED: usize = 12;

/// Longest header quoted, in characters.
const QUOTED: usize = 40;

/// Said by the lines of the account itself.
const TOLD: &[&str] = &["colonne-inconnue", "colonne-supposee", "ligne-total", "entete-repete"];

/// Prints the account: sheets read, then what was left out, file by file.
pub fn account(known: &Known, talk: &Messages) {
    let texts = &talk.texts;
    let findings: Vec<&Finding> = known.findings.iter().filter(|f| is_of_reading(f)).collect();
    let mut blocks: BTreeMap<&str, Vec<Vec<String>>> = BTreeMap::new();
    let readings = &known.tables.readings;
    for (i, reading) in readings.iter().enumerate() {
        let next = readings.get(i + 1);
        // What is said of a sheet is said once, under the last table it feeds.
        let last = next.is_none_or(|n| (&n.file, &n.sheet) != (&reading.file, &reading.sheet));
        let of: Vec<&Finding> =
            findings.iter().copied().filter(|f| last && concerns(f, reading)).collect();
        blocks.entry(&reading.file).or_default().push(read(reading, &of, texts));
    }
    let mut silent = BTreeSet::new();
    for finding in &findings {
        let read = readings.iter().any(|reading| concerns(finding, reading));
        let sheet = (&*finding.place.file, &*finding.place.sheet);
        if !read && sheet.0 != "bilan.toml" && silent.insert((sheet, finding.code)) {
            let said = left_out(&sheet_of(sheet.0, sheet.1), &said(finding, texts), texts);
            blocks.entry(sheet.0).or_default().push(vec![said]);
        }
    }
    for file in &known.files {
        let nothing = || vec![vec![left_out(&file.path, &texts.get("lecture.rien"), texts)]];
        blocks.entry(&file.path).or_insert_with(nothing);
    }
    for lines in blocks.values().flatten() {
        for (i, line) in lines.iter().enumerate() {
            for part in wrapped(line, if i == 0 { 0 } else { 2 }) {
                talk.print(&part);
            }
        }
    }
}

/// Findings of the first stage, which come first in the list of codes.
fn is_of_reading(finding: &Finding) -> bool {
    CODES
        .iter()
        .map(|code| code.name)
        .take_while(|name| *name != "valeur-requise")
        .any(|name| name == finding.code)
}

/// The finding is about the sheet, or its whole file.
fn concerns(finding: &Finding, reading: &Reading) -> bool {
    *finding.place.file == *reading.file
        && (finding.place.sheet.is_empty() || *finding.place.sheet == *reading.sheet)
}

/// The lines of a sheet read.
fn read(reading: &Reading, findings: &[&Finding], texts: &Texts) -> Vec<String> {
    let fill = |key: &str, slots: &[(&str, &str)]| texts.fill(key, slots);
    let number = |n: usize| locale::integer(texts.lang, n as f64);
    let spec = reading.table.spec();
    let mut rows = texts.fill(
        "lecture.lignes",
        &[
            ("entete", reading.header_row.to_string()),
            ("lues", number(reading.read)),
            ("retenues", number(reading.kept)),
        ],
    );
    let reasons: Vec<String> = reading
        .left_out
        .iter()
        .map(|(reason, count)| texts.plural(&format!("ecart.{reason}"), *count as u64))
        .collect();
    if !reasons.is_empty() {
        rows.push_str(&fill("lecture.ecartees", &[("motifs", &reasons.join(", "))]));
    }
    let mut lines =
        vec![format!("{} → {}", sheet_of(&reading.file, &reading.sheet), spec.sheet), rows];
    let columns: Vec<String> = reading
        .columns
        .iter()
        .map(|(typed, known)| {
            // In a table about people, a header that is no known word may be somebody's name.
            let named = !spec.people || vocabulary::is_known(typed);
            bound(if named { typed } else { "" }, known)
        })
        .collect();
    lines.push(fill("lecture.colonnes", &[("liste", &columns.join(", "))]));
    if let Some((column, cents)) = reading.total {
        let sum = locale::euros(texts.lang, cents as f64 / 100.0);
        lines.push(fill("lecture.somme", &[("colonne", column), ("somme", &sum)]));
    }
    let names: Vec<String> = unread(findings).into_iter().map(shortened).collect();
    if !names.is_empty() {
        let mut list = names.iter().take(LISTED).cloned().collect::<Vec<_>>().join(", ");
        if names.len() > LISTED {
            list.push_str(&fill("lecture.autres", &[("n", &number(names.len() - LISTED))]));
        }
        lines.push(fill("lecture.inconnues", &[("liste", &list)]));
    }
    let supposed = findings.iter().find(|finding| finding.code == "colonne-supposee");
    if let Some(list) = supposed.and_then(|f| detail(f, "suggestions")) {
        lines.push(fill("lecture.supposees", &[("liste", list)]));
    }
    let mut notes: Vec<String> = Vec::new();
    for finding in findings.iter().filter(|f| !TOLD.contains(&f.code)) {
        let note = said(finding, texts);
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    if !notes.is_empty() {
        lines.push(fill("lecture.notes", &[("liste", &notes.join(", "))]));
    }
    lines
}

/// Headers that no table of the sheet reads.
fn unread<'a>(findings: &[&'a Finding]) -> Vec<&'a str> {
    let mut lists = findings
        .iter()
        .filter(|finding| finding.code == "colonne-inconnue")
        .map(|finding| finding.read.split(" ; ").collect::<Vec<_>>());
    let first = lists.next().unwrap_or_default();
    lists.fold(first, |all, list| all.into_iter().filter(|name| list.contains(name)).collect())
}

/// The title of a finding, and the sheet or the columns it speaks of.
fn said(finding: &Finding, texts: &Texts) -> String {
    let title = finding.worded(texts).title;
    match detail(finding, "autre").or(detail(finding, "colonnes")) {
        Some(about) => format!("{title} ({about})"),
        None => title,
    }
}

/// The line of a sheet or file that is not read.
fn left_out(place: &str, reason: &str, texts: &Texts) -> String {
    texts.fill("lecture.ecartee", &[("lieu", place), ("motif", reason)])
}

fn detail<'a>(finding: &'a Finding, slot: &str) -> Option<&'a str> {
    finding.details.iter().find(|(name, _)| *name == slot).map(|(_, value)| value.as_str())
}

/// A column of the table, and its header in the sheet where it is another.
fn bound(typed: &str, known: &str) -> String {
    if typed.is_empty() || crate::texts::fold(typed) == crate::texts::fold(known) {
        known.to_owned()
    } else {
        format!("{known} ← {}", shortened(typed))
    }
}

/// A header on one line, cut.
fn shortened(header: &str) -> String {
    let line = header.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// A line cut at spaces to the width of the terminal; what follows the first is set in further.
fn wrapped(line: &str, indent: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut current = " ".repeat(indent);
    let mut fresh = true;
    for word in line.split(' ') {
        if !fresh && current.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::replace(&mut current, " ".repeat(indent + 2)));
            fresh = true;
        }
        if !fresh {
            current.push(' ');
        }
        current.push_str(word);
        fresh = false;
    }
    lines.push(current);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_the_terminal() {
        let line = "colonnes : ".to_owned() + &"Montant accordé, ".repeat(20);
        let lines = wrapped(line.trim(), 2);
        assert!(lines.len() > 3 && lines.iter().all(|line| line.chars().count() <= WIDTH));
        assert!(lines[0].starts_with("  c") && lines[1].starts_with("    "));
        assert_eq!(bound("MONTANT ACCORDÉ", "Montant accordé"), "Montant accordé");
        assert_eq!(bound("Mandaté", "Montant accordé"), "Montant accordé ← Mandaté");
        assert_eq!(shortened(&"é".repeat(50)).chars().count(), QUOTED + 1);
    }
}
