//! What becomes of projects: stages, conversions, delays, survival, governance. States are those of the
//! last day of the window.

use crate::indicators::tally::{NOT_SAID, median};
use crate::indicators::{Base, Cell, Evidence, Horizon, Query, Reading, Value};
use crate::programme::{Project, Stage, TerritorySet};
use crate::schema::TableId;
use chrono::{Months, NaiveDate};

/// Days of a month, on average.
const MONTH: f64 = 365.25 / 12.0;

/// Projects since their first dated stage; always when no stage is dated (subject: project).
pub(super) static PROJECTS: Query =
    Query { name: "projets", horizon: Horizon::UpTo, rows: |base| project_rows(base).into() };

/// Projects with a dated idea on the day of their launch (subject: project, amount: months from one to
/// the other).
pub(super) static LAUNCHES: Query =
    Query { name: "lancements", horizon: Horizon::Within, rows: |base| launch_rows(base).into() };

/// Consecutive stages a project may pass between: code, from, to.
const PASSAGES: [(&str, Stage, Stage); 4] = [
    ("idee_emergence", Stage::Idea, Stage::Emergence),
    ("emergence_co_construction", Stage::Emergence, Stage::CoDesign),
    ("co_construction_lance", Stage::CoDesign, Stage::Launched),
    ("lance_autonome", Stage::Launched, Stage::Autonomous),
];

fn row(project: &Project, subject: usize, date: Option<NaiveDate>, amount: f64) -> Evidence {
    Evidence {
        origin: project.origin.clone(),
        territories: TerritorySet::one(project.territory),
        date,
        subject,
        amount,
        ..Evidence::default()
    }
}

fn project_rows(base: &Base<'_>) -> Vec<Evidence> {
    let programme = base.programme;
    let projects = programme.projects.iter().enumerate();
    projects
        .map(|(index, project)| {
            row(project, index, project.stages.iter().map(|(_, date)| *date).min(), 1.0)
        })
        .collect()
}

/// Launches dated before the idea are left out: the checks report them.
fn launch_rows(base: &Base<'_>) -> Vec<Evidence> {
    let programme = base.programme;
    let projects = programme.projects.iter().enumerate();
    projects
        .filter_map(|(index, project)| {
            let launched = project.date_of(Stage::Launched)?;
            let days = (launched - project.date_of(Stage::Idea)?).num_days();
            (days >= 0).then(|| row(project, index, Some(launched), days as f64 / MONTH))
        })
        .collect()
}

fn projects<'a>(cell: &'a Cell<'_>) -> impl Iterator<Item = &'a Project> {
    cell.rows.iter().map(|row| &cell.programme.projects[row.subject])
}

pub(super) fn by_stage(cell: &Cell<'_>) -> Vec<Reading> {
    let stages: Vec<Option<Stage>> =
        projects(cell).map(|project| project.stage_at(cell.window.end)).collect();
    let count = |stage| stages.iter().filter(|s| **s == stage).count();
    let known = Stage::ALL
        .into_iter()
        .map(|stage| Reading::count(count(Some(stage))).by("stade", stage.label()));
    [Reading::count(stages.len())]
        .into_iter()
        .chain(known)
        .chain([Reading::count(count(None)).by("stade", NOT_SAID)])
        .collect()
}

/// Whether the project was at a stage, or a later one, by a date.
fn has_reached(project: &Project, stage: Stage, date: NaiveDate) -> bool {
    if project.stages.is_empty() {
        return project.declared.is_some_and(|d| stage <= d && d < Stage::Abandoned);
    }
    project.reached(stage).is_some_and(|reached| reached <= date)
}

pub(super) fn conversion(cell: &Cell<'_>) -> Vec<Reading> {
    let share = |from: Stage, to: Stage| {
        let reached = |stage| move |p: &&Project| has_reached(p, stage, cell.window.end);
        let denominator = projects(cell).filter(reached(from)).count();
        let numerator = projects(cell).filter(reached(to)).count();
        Reading::rate(numerator as f64, denominator as f64, "aucun-projet-au-stade")
    };
    let passages = PASSAGES.iter().map(|(code, from, to)| share(*from, *to).by("passage", *code));
    [share(Stage::Idea, Stage::Launched)].into_iter().chain(passages).collect()
}

pub(super) fn delay(cell: &Cell<'_>) -> Vec<Reading> {
    let value = match median(cell.rows.iter().map(|row| row.amount)) {
        Some(months) => Value::number(months),
        None => Value::Undefined("aucun-projet-lance"),
    };
    vec![Reading::of(value).with_n(cell.rows.len())]
}

pub(super) fn survival(cell: &Cell<'_>) -> Vec<Reading> {
    let end = cell.window.end;
    let ago = end.checked_sub_months(Months::new(12)).unwrap_or(NaiveDate::MIN);
    let launched =
        |p: &&Project| p.date_of(Stage::Launched).is_some_and(|launched| launched <= ago);
    let old: Vec<&Project> = projects(cell).filter(launched).collect();
    // Abandoned without a date: lost as far as anybody knows.
    let abandoned = |p: &&&Project| match p.date_of(Stage::Abandoned) {
        Some(day) => day <= end,
        None => p.declared == Some(Stage::Abandoned),
    };
    let lost = old.iter().filter(abandoned).count();
    vec![Reading::rate((old.len() - lost) as f64, old.len() as f64, "aucun-projet-de-12-mois")]
}

/// Projects with both committees of their own; n: those for which both answers are known.
pub(super) fn governed(cell: &Cell<'_>) -> Vec<Reading> {
    let answers: Vec<bool> =
        projects(cell).filter_map(|p| Some(p.steering? && p.follow_up?)).collect();
    if answers.is_empty() && !cell.rows.is_empty() {
        return vec![Reading::of(Value::Missing(TableId::Projects.spec().sheet))];
    }
    let both = answers.iter().filter(|both| **both).count();
    vec![Reading {
        numerator: Some(both as f64),
        denominator: Some(answers.len() as f64),
        ..Reading::count(both).with_n(answers.len())
    }]
}
