//! The ladder of commitment. Each participant of the window stands on the highest rung reached:
//! *sensibilisé* (came once), *mobilisé* (came twice or more, or as volunteer or organiser),
//! *accompagné* (project holder supported in the window), *engagé* (in a project launched by the end of
//! the window and not abandoned). *Touchés* is an estimate of audiences, apart, never added. Our
//! convention, printed in the report.

use super::evidence::{NOBODY, at};
use crate::indicators::support::sessions::holders_supported;
use crate::indicators::{Base, Cell, Evidence, Horizon, Query, Reading, Rows, Value};
use crate::programme::{Programme, ProjectIx, Stage};
use crate::schema::TableId;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// What coming once is worth.
const CAME: u32 = 1;
/// What an active role is worth: as good as coming twice.
const ACTED: u32 = 2;
/// `amount` of a support received by a project holder.
const SUPPORTED: f64 = 0.0;

/// Presences (subject: person, other: activity), supports to holders (amount: 0), and audience estimates
/// (subject: nobody, amount: people).
pub(super) static QUERY: Query = Query { name: "echelle", horizon: Horizon::Within, rows };

fn rows<'a>(base: &'a Base<'_>) -> Rows<'a> {
    let programme = base.programme;
    let supports =
        holders_supported(programme).into_iter().map(|row| Evidence { amount: SUPPORTED, ..row });
    let audiences = programme.activities.iter().enumerate().filter_map(|(index, activity)| {
        let amount = f64::from(activity.reached?);
        Some(Evidence { subject: NOBODY, other: index, amount, ..at(activity) })
    });
    Rows { shared: base.presences(), own: supports.chain(audiences).collect() }
}

pub(super) fn ladder(cell: &Cell<'_>) -> Vec<Reading> {
    let mut worth: Vec<(usize, u32)> = Vec::new();
    let mut supported: BTreeSet<usize> = BTreeSet::new();
    let mut audience = None;
    for row in &cell.rows {
        if row.subject == NOBODY {
            audience = Some(audience.unwrap_or(0.0) + row.amount);
        } else if row.amount > SUPPORTED {
            let one = if cell.base.acted(row.subject, row.other) { ACTED } else { CAME };
            // Presences come in order of person.
            match worth.last_mut().filter(|(person, _)| *person == row.subject) {
                Some((_, worth)) => *worth += one,
                None => worth.push((row.subject, one)),
            }
        } else {
            supported.insert(row.subject);
        }
    }
    let people = &cell.programme.people;
    let mut rungs = [0usize; 4];
    for (person, worth) in &worth {
        let launched = |project: &ProjectIx| is_launched(cell.programme, *project, cell.window.end);
        let rung = if people[*person].projects.iter().any(launched) {
            3
        } else if supported.contains(person) {
            2
        } else {
            usize::from(*worth >= ACTED)
        };
        rungs[rung] += 1;
    }
    let touched = match audience {
        Some(audience) => Value::number(audience),
        None if cell.programme.activities.iter().any(|a| a.reached.is_some()) => Value::Number(0.0),
        None => Value::Missing(TableId::Activities.spec().sheet),
    };
    let names = ["sensibilises", "mobilises", "accompagnes", "engages"];
    [Reading::count(worth.len()), Reading::of(touched).by("echelon", "touches")]
        .into_iter()
        .chain(
            names.into_iter().zip(rungs).map(|(n, c)| Reading::count(c).by("echelon", n).people(c)),
        )
        .collect()
}

fn is_launched(programme: &Programme, project: ProjectIx, date: NaiveDate) -> bool {
    programme.projects[project]
        .stage_at(date)
        .is_some_and(|stage| Stage::Launched <= stage && stage < Stage::Abandoned)
}
