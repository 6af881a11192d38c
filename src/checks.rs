//! Stage 4: rules → findings. Rules are data: [`rules`] is the closed list, each raises one code, and
//! a run goes through all of them whatever the others found.

mod amounts;
mod budget;
mod completeness;
mod consistency;
mod cooperation;
mod dates;
mod duplicates;
mod identifiers;
mod references;

use crate::finding::{Finding, Place};
use crate::parallel;
use crate::programme::{Origin, Programme};
use crate::schema::TableId;
use crate::settings::Settings;
use crate::tables::{self, Tables};

/// A rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The code it raises.
    pub code: &'static str,
    run: fn(&Context<'_>, &mut Sink<'_>),
}

const fn rule(code: &'static str, run: fn(&Context<'_>, &mut Sink<'_>)) -> Rule {
    Rule { code, run }
}

/// Every rule, in the order they run.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        completeness::RULES,
        identifiers::RULES,
        dates::RULES,
        amounts::RULES,
        budget::RULES,
        references::RULES,
        duplicates::RULES,
        cooperation::RULES,
        consistency::RULES,
    ]
    .into_iter()
    .flatten()
}

/// What rules look at.
#[derive(Debug, Clone, Copy)]
struct Context<'a> {
    tables: &'a Tables,
    programme: &'a Programme,
    settings: &'a Settings,
}

impl Context<'_> {
    fn given(&self, table: TableId) -> bool {
        self.tables.get(table).is_some()
    }

    /// The cell of a record: its row, and the column of the sheet it was read from.
    fn place(&self, table: TableId, origin: &Origin, column: &str) -> Place {
        let sources = self.tables.get(table).map_or(&[][..], |frame| &frame.sources);
        let source = sources.iter().find(|s| s.at == origin.at);
        let column = source.and_then(|s| s.columns.get(column).copied());
        Place { column, ..origin.place() }
    }

    fn euros(&self, cents: i64) -> String {
        crate::locale::euros(self.settings.lang, cents as f64 / 100.0)
    }

    fn date(&self, date: chrono::NaiveDate) -> String {
        crate::locale::date(self.settings.lang, date)
    }

    fn number(&self, value: f64) -> String {
        let places = if value.fract() == 0.0 { 0 } else { 2 };
        crate::locale::decimal(self.settings.lang, value, places)
    }
}

/// Slots of a finding's texts.
type Details = Vec<(&'static str, String)>;

/// Collects the findings of one rule: they can only bear its code.
#[derive(Debug)]
struct Sink<'a> {
    code: &'static str,
    findings: &'a mut Vec<Finding>,
}

impl Sink<'_> {
    fn put(&mut self, place: Place, read: impl Into<String>, details: Details) {
        let finding = Finding { details, ..Finding::new(self.code, place, read) };
        self.findings.push(finding);
    }
}

/// Runs every rule. Findings that repeat down a column are told once, with their number.
pub fn run(tables: &Tables, programme: &Programme, settings: &Settings) -> Vec<Finding> {
    let context = Context { tables, programme, settings };
    let rules: Vec<&Rule> = rules().collect();
    let found = parallel::map(
        "controles",
        &rules,
        |_| 1,
        |rule| {
            let mut findings = Vec::new();
            (rule.run)(&context, &mut Sink { code: rule.code, findings: &mut findings });
            findings
        },
    );
    tables::grouped(found.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn there_are_at_least_thirty_rules_each_with_its_own_code() {
        let codes: BTreeSet<_> = rules().map(|r| r.code).collect();
        assert_eq!(codes.len(), rules().count());
        assert!(codes.len() >= 30, "{}", codes.len());
        for code in codes {
            assert!(crate::finding::code(code).is_some(), "{code} is not declared");
        }
    }

    #[test]
    fn an_empty_programme_has_nothing_wrong() {
        let settings = tables::test_settings();
        assert_eq!(run(&Tables::default(), &Programme::default(), &settings), Vec::new());
    }
}
