//! Spending against the plan and the budget. A budget line knows its year, not its day, and holds what
//! is spent to date: only the cumulative window has a value.

use crate::indicators::{Base, Cell, Evidence, Horizon, Query, Reading, Value};
use crate::period::WindowKind;
use crate::programme::BudgetLine;
use crate::schema::{TableId, cerfa};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Charges of the budget (within the Cerfa totals), from the first day of their year (subject: line, amount: euros
/// spent, 0 if not typed). Account 86 (in kind) is outside.
pub(super) static CHARGES: Query =
    Query { name: "charges", horizon: Horizon::UpTo, rows: |base| charges(base).into() };

fn charges(base: &Base<'_>) -> Vec<Evidence> {
    let programme = base.programme;
    let lines = programme.budget.iter().enumerate();
    lines
        .filter(|(_, line)| cerfa::counts_as_charge(&line.account))
        .map(|(subject, line)| Evidence {
            origin: line.origin.clone(),
            date: NaiveDate::from_ymd_opt(line.year, 1, 1),
            subject,
            amount: euros(line.actual),
            ..Evidence::default()
        })
        .collect()
}

fn euros(cents: Option<i64>) -> f64 {
    cents.unwrap_or(0) as f64 / 100.0
}

/// Planned and spent cents of budget lines.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    planned: i64,
    spent: i64,
    /// Whether a line says what was spent.
    known: bool,
}

impl Sum {
    fn add(&mut self, line: &BudgetLine) {
        self.planned += line.planned.unwrap_or(0);
        self.spent += line.actual.unwrap_or(0);
        self.known |= line.actual.is_some();
    }

    /// Spent over `planned` cents, in euros.
    fn over(self, planned: i64) -> Reading {
        if self.known {
            Reading::rate(euros(Some(self.spent)), euros(Some(planned)), "prevu-nul")
        } else {
            Reading::of(Value::Missing(TableId::Budget.spec().sheet))
        }
    }
}

fn lines<'a>(cell: &'a Cell<'_>) -> impl Iterator<Item = &'a BudgetLine> {
    cell.rows.iter().map(|row| &cell.programme.budget[row.subject])
}

/// Spent over planned by action; headline: over the actions that plan a spending.
pub(super) fn by_action(cell: &Cell<'_>) -> Vec<Reading> {
    if cell.window.kind != WindowKind::Cumulative {
        return vec![Reading::of(Value::Undefined("cumul-seulement"))];
    }
    let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
    for line in lines(cell) {
        if let Some(action) = line.action.as_deref() {
            sums.entry(action).or_default().add(line);
        }
    }
    let mut total = Sum::default();
    let mut readings = Vec::new();
    for action in &cell.programme.actions {
        let sum = sums.get(action.id.as_str()).copied().unwrap_or_default();
        let planned = action.spending.unwrap_or(sum.planned);
        if planned > 0 {
            total.planned += planned;
            total.spent += sum.spent;
            total.known |= sum.known;
        }
        readings.push(sum.over(planned).by("action", action.id.as_str()));
    }
    [total.over(total.planned)].into_iter().chain(readings).collect()
}

/// Eligible charges spent over eligible charges planned, and by budget year.
pub(super) fn consumption(cell: &Cell<'_>) -> Vec<Reading> {
    if cell.window.kind != WindowKind::Cumulative {
        return vec![Reading::of(Value::Undefined("cumul-seulement"))];
    }
    let mut total = Sum::default();
    let mut years: BTreeMap<i32, Sum> = BTreeMap::new();
    for line in lines(cell).filter(|line| line.eligible == Some(true)) {
        total.add(line);
        years.entry(line.year).or_default().add(line);
    }
    let by_year =
        years.into_iter().map(|(year, sum)| sum.over(sum.planned).by("exercice", year.to_string()));
    [total.over(total.planned)].into_iter().chain(by_year).collect()
}
