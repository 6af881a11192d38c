//! The human answers to suggested duplicates (table Décisions), replayed at every run: *même* brings two
//! names together, *différent* keeps them apart and silences the suggestion. An answer that contradicts
//! others, or that nothing needs any more, is a finding.

use super::form::normal_form;
use crate::finding::{Finding, Place, sheet_of};
use crate::schema::{TableId, vocabulary};
use crate::tables::Tables;
use std::collections::{BTreeMap, BTreeSet};

/// The answers about one table. What they are about goes by a key: of an organisation the form of its
/// name, or one of its numbers (see [`number_key`]); of a person, the token.
#[derive(Debug, Default)]
pub(super) struct Answers {
    /// Of each key that a *même* brings to another, that other: roots are not in it.
    same: BTreeMap<String, String>,
    /// Keys that are apart, both ways; once settled, roots.
    apart: BTreeSet<(String, String)>,
    /// What each row says of which two.
    rows: Vec<Answer>,
}

#[derive(Debug)]
struct Answer {
    left: String,
    right: String,
    same: bool,
    place: Place,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Decisions {
    /// By key.
    pub(super) organisations: Answers,
    /// By token; to be settled when it is known whose each token is.
    pub(super) people: Answers,
    /// Names of organisations that are compared to the letter: one normal form is two of them.
    distinct: BTreeSet<String>,
}

impl Decisions {
    /// Reads the table. `distinct`: names the settings keep apart from one another.
    pub(super) fn read(
        tables: &Tables,
        distinct: BTreeSet<String>,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let mut decisions = Self::default();
        for name in &distinct {
            let others = distinct.iter().filter(|other| *other != name);
            decisions.organisations.apart.extend(others.map(|o| (name.clone(), o.clone())));
        }
        decisions.distinct = distinct;
        let Some(frame) = tables.get(TableId::Decisions) else { return decisions };
        let mut organisations = Vec::new();
        for row in 0..frame.len() {
            let text = |id: &str| frame.text(id, row).map(|text| text.trim().to_owned());
            // A suggestion nobody has answered yet.
            let Some(verdict) = text("verdict") else { continue };
            let (Some(table), Some(left), Some(right)) =
                (text("table"), text("left"), text("right"))
            else {
                continue;
            };
            let place = frame.place(row, "verdict");
            let answer = Answer { left, right, same: verdict == "même", place };
            match vocabulary::table_named(&table) {
                Some(TableId::Organisations) => organisations.push(answer),
                Some(TableId::Participants) => decisions.people.rows.push(answer),
                _ => findings.push(Finding::new(
                    "decision-hors-sujet",
                    frame.place(row, "table"),
                    table,
                )),
            }
        }
        let numbers = numbers(tables);
        for answer in organisations.iter().filter(|answer| !answer.same) {
            let numbered =
                [&answer.left, &answer.right].map(|side| cited(side, &numbers).is_some());
            let alike = normal_form(&answer.left) == normal_form(&answer.right);
            if alike && numbered == [false, false] && answer.left != answer.right {
                decisions.distinct.extend([answer.left.clone(), answer.right.clone()]);
            }
        }
        for mut answer in organisations {
            for side in [&mut answer.left, &mut answer.right] {
                *side = cited(side, &numbers).unwrap_or_else(|| decisions.form(side));
            }
            decisions.organisations.rows.push(answer);
        }
        decisions.organisations.settle(findings);
        decisions
    }

    /// What organisations are compared by, before any answer: the normal form, or the name to the
    /// letter for those kept apart.
    pub(super) fn form(&self, name: &str) -> String {
        if self.distinct.contains(name) { name.to_string() } else { normal_form(name) }
    }
}

/// The key of an organisation that has this SIRET or RNA number; no form looks like it.
pub(super) fn number_key(number: &str) -> String {
    format!("#{number}")
}

/// SIRET and RNA numbers of the sheet Structures.
fn numbers(tables: &Tables) -> BTreeSet<&str> {
    let frame = tables.get(TableId::Organisations);
    let rows = frame.into_iter().flat_map(|frame| (0..frame.len()).map(move |row| (frame, row)));
    rows.flat_map(|(frame, row)| ["siret", "rna"].map(|id| frame.text(id, row))).flatten().collect()
}

/// The key of the number that a side of an answer ends with, as homonyms are suggested:
/// `Colibris (73282932000074)`.
fn cited(side: &str, numbers: &BTreeSet<&str>) -> Option<String> {
    let (_, inside) = side.strip_suffix(')')?.rsplit_once('(')?;
    let number: String = inside.split_whitespace().collect();
    numbers.contains(number.as_str()).then(|| number_key(&number))
}

impl Answers {
    /// Puts in place of each token the one that its person goes by, where it is anybody's.
    pub(super) fn rename(&mut self, canonical: impl Fn(&str) -> Option<String>) {
        for answer in &mut self.rows {
            for side in [&mut answer.left, &mut answer.right] {
                if let Some(canonical) = canonical(side) {
                    *side = canonical;
                }
            }
        }
    }

    /// Brings keys together, save where that would join two that are apart.
    pub(super) fn settle(&mut self, findings: &mut Vec<Finding>) {
        let apart = std::mem::take(&mut self.apart);
        let said = self.rows.iter().filter(|answer| !answer.same && answer.left != answer.right);
        let said = said.flat_map(|Answer { left, right, .. }| [(left, right), (right, left)]);
        let apart: BTreeSet<_> =
            said.map(|(one, other)| (one.clone(), other.clone())).chain(apart).collect();
        let mut joined = BTreeMap::new();
        for answer in self.rows.iter().filter(|answer| answer.same) {
            let (a, b) = (root(&joined, &answer.left), root(&joined, &answer.right));
            let of = |name: &String| root(&joined, name);
            let against = apart.iter().any(|(x, y)| of(x) == a && of(y) == b);
            if against {
                let ends = |other: &&Answer| {
                    let two = (of(&other.left), of(&other.right));
                    !other.same && (two == (a.clone(), b.clone()) || two == (b.clone(), a.clone()))
                };
                let other = self.rows.iter().find(ends).map(|other| {
                    let Place { file, sheet, .. } = &other.place;
                    format!("{} › {}", sheet_of(file, sheet), other.place.cell())
                });
                let finding = Finding::new("decision-contradictoire", answer.place.clone(), "");
                let other = other.unwrap_or_else(|| "[structures] distinctes".to_owned());
                findings.push(finding.with("contre", other));
            } else if a != b {
                let (first, second) = if a < b { (a, b) } else { (b, a) };
                joined.insert(second, first);
            }
        }
        self.apart = apart.iter().map(|(x, y)| (root(&joined, x), root(&joined, y))).collect();
        self.same = joined;
    }

    /// Whether nothing is said of anything.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.apart.is_empty()
    }

    /// The key that stands for this one.
    pub(super) fn root(&self, key: String) -> String {
        if self.same.is_empty() { key } else { root(&self.same, &key) }
    }

    /// Whether somebody has said that these two differ, or that two do with which they are one.
    pub(super) fn apart(&self, a: &str, b: &str) -> bool {
        !self.apart.is_empty() && self.apart.contains(&(root(&self.same, a), root(&self.same, b)))
    }

    /// Answers that change nothing any more: a key that is nowhere, or two that are one without it.
    pub(super) fn idle(&self, known: impl Fn(&str) -> bool) -> Vec<Finding> {
        let idle = |answer: &&Answer| {
            !known(&answer.left) || !known(&answer.right) || answer.left == answer.right
        };
        let idle = self.rows.iter().filter(idle);
        idle.map(|a| Finding::new("decision-sans-objet", a.place.clone(), "")).collect()
    }
}

fn root(same: &BTreeMap<String, String>, name: &str) -> String {
    let mut at = name;
    while let Some(next) = same.get(at) {
        at = next;
    }
    at.to_owned()
}
