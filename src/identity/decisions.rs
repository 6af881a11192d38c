//! The human answers to suggested duplicates (table Décisions), replayed at every run: *même* brings two
//! names together, *différent* keeps them apart and silences the suggestion. An answer that contradicts
//! others, or that nothing needs any more, is a finding.

use super::registry::normal_form;
use crate::finding::{Finding, Place};
use crate::schema::{TableId, vocabulary};
use crate::tables::Tables;
use std::collections::{BTreeMap, BTreeSet};

/// The answers about one table.
#[derive(Debug, Default)]
pub(super) struct Answers {
    /// Of each name that a *même* brings to another, that other: roots are not in it.
    same: BTreeMap<String, String>,
    apart: BTreeSet<(String, String)>,
    /// Names answered about, and what each row says of which two.
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
    /// By normal form, or by name for those kept apart.
    pub(super) organisations: Answers,
    /// By token.
    pub(super) people: Answers,
    /// Names of organisations of one normal form that are two.
    pub(super) distinct: BTreeSet<String>,
}

impl Decisions {
    /// Reads the table. `distinct`: names the settings keep apart already.
    pub(super) fn read(
        tables: &Tables,
        distinct: BTreeSet<String>,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let mut decisions = Self { distinct, ..Self::default() };
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
        for answer in organisations.iter().filter(|answer| !answer.same) {
            if normal_form(&answer.left) == normal_form(&answer.right) {
                decisions.distinct.extend([answer.left.clone(), answer.right.clone()]);
            }
        }
        for mut answer in organisations {
            answer.left = decisions.form(&answer.left);
            answer.right = decisions.form(&answer.right);
            decisions.organisations.rows.push(answer);
        }
        decisions.organisations.settle(findings);
        decisions.people.settle(findings);
        decisions
    }

    /// What organisations are compared by, before any answer: the normal form, or the name to the
    /// letter for those kept apart.
    pub(super) fn form(&self, name: &str) -> String {
        if self.distinct.contains(name) { name.to_string() } else { normal_form(name) }
    }
}

impl Answers {
    /// Brings names together, save where that would join two that are apart.
    fn settle(&mut self, findings: &mut Vec<Finding>) {
        for answer in self.rows.iter().filter(|answer| !answer.same) {
            self.apart.insert((answer.left.clone(), answer.right.clone()));
            self.apart.insert((answer.right.clone(), answer.left.clone()));
        }
        let mut joined = BTreeMap::new();
        for answer in self.rows.iter().filter(|answer| answer.same) {
            let (a, b) = (root(&joined, &answer.left), root(&joined, &answer.right));
            let of = |name: &String| root(&joined, name);
            let against = self.apart.iter().any(|(x, y)| of(x) == a && of(y) == b);
            if against {
                let finding = Finding::new("decision-contradictoire", answer.place.clone(), "");
                findings.push(finding);
            } else if a != b {
                let (first, second) = if a < b { (a, b) } else { (b, a) };
                joined.insert(second, first);
            }
        }
        self.same = joined;
    }

    /// Whether there is any answer.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The name that stands for this one.
    pub(super) fn root(&self, name: String) -> String {
        if self.same.is_empty() { name } else { root(&self.same, &name) }
    }

    /// Whether a name is brought to, or from, another.
    pub(super) fn joins(&self, name: &str) -> bool {
        self.rows.iter().any(|answer| answer.same && (answer.left == name || answer.right == name))
    }

    /// Whether somebody has said anything of these two already.
    pub(super) fn answered(&self, a: &str, b: &str) -> bool {
        let is = |answer: &Answer, x: &str, y: &str| answer.left == x && answer.right == y;
        self.rows.iter().any(|answer| is(answer, a, b) || is(answer, b, a))
    }

    /// Answers that change nothing any more: a name that is nowhere, or two that are one without it.
    pub(super) fn idle(&self, known: impl Fn(&str) -> bool) -> Vec<Finding> {
        let idle = |answer: &&Answer| {
            !known(&answer.left)
                || !known(&answer.right)
                || (answer.same && answer.left == answer.right)
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
