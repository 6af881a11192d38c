//! Projects, activities, partnerships, cooperations, plan and the programme's other records, with
//! their references resolved.

use super::registry::Registry;
use crate::programme::{
    Activity, Communication, Cooperation, Declarant, Learning, Partnership, PlannedAction,
    Programme, Project, Stage, Target, Timesheet, Volunteering,
};
use crate::schema::TableId;
use crate::tables::{Frame, Tables};
use crate::texts::{fold, natural};
use std::collections::BTreeMap;

/// Stage of each dated column of Projets.
const STAGE_COLUMNS: [(&str, Stage); 7] = [
    ("idea", Stage::Idea),
    ("emergence", Stage::Emergence),
    ("co_design", Stage::CoDesign),
    ("launched", Stage::Launched),
    ("autonomous", Stage::Autonomous),
    ("closed", Stage::Closed),
    ("abandoned", Stage::Abandoned),
];

/// Calls `read` for each row of a table.
fn each(tables: &Tables, table: TableId, mut read: impl FnMut(&Frame, usize)) {
    if let Some(frame) = tables.get(table) {
        (0..frame.len()).for_each(|row| read(frame, row));
    }
}

fn owned(text: Option<&str>) -> Option<String> {
    text.map(str::to_string)
}

/// A count typed as a number; negative counts are unknown.
fn count(number: Option<f64>) -> Option<u32> {
    number.filter(|n| *n >= 0.0 && *n <= f64::from(u32::MAX)).map(|n| n.round() as u32)
}

/// Reads Projets.
pub(super) fn projects(tables: &Tables, registry: &mut Registry, programme: &mut Programme) {
    each(tables, TableId::Projects, |frame, row| {
        let (Some(id), Some(name)) = (frame.text("id", row), frame.text("name", row)) else {
            return;
        };
        let ix = programme.projects.len();
        registry.name_project(id, ix, frame.file(row));
        registry.name_project(name, ix, frame.file(row));
        let stages = STAGE_COLUMNS
            .iter()
            .filter_map(|(column, stage)| Some((*stage, frame.date(column, row)?)))
            .collect();
        programme.projects.push(Project {
            id: id.to_string(),
            name: name.to_string(),
            theme: owned(frame.text("theme", row)),
            territory: registry.territory(frame.text("territory", row)),
            stages,
            declared: frame.text("stage", row).and_then(Stage::from_label),
            holder: frame
                .text("holder", row)
                .and_then(|name| registry.organisation(name, frame.file(row))),
            steering: frame.flag("steering", row),
            follow_up: frame.flag("follow_up", row),
            origin: frame.origin(row),
        });
    });
}

/// Reads Activités; when the table is missing, activities are those Présences name.
pub(super) fn activities(tables: &Tables, registry: &mut Registry, programme: &mut Programme) {
    let Some(frame) = tables.get(TableId::Activities) else {
        activities_of_attendance(tables, registry, programme);
        return;
    };
    for row in 0..frame.len() {
        let (Some(id), Some(date)) = (frame.text("id", row), frame.date("date", row)) else {
            continue;
        };
        let project = frame.text("project", row).and_then(|name| {
            let project = registry.project(name, frame.file(row));
            if project.is_none() {
                registry.unresolved("projet-inconnu", frame.place(row, "project"), name);
            }
            project
        });
        let activity = Activity {
            id: id.to_string(),
            date,
            title: frame.text("title", row).unwrap_or(id).to_string(),
            kind: owned(frame.text("kind", row)),
            role: owned(frame.text("role", row)),
            territory: registry.territory(frame.text("territory", row)),
            commune: owned(frame.text("commune", row)),
            action: owned(frame.text("action", row)),
            project,
            hours: frame.number("hours", row),
            anonymous: count(frame.number("anonymous", row)),
            reached: count(frame.number("reached", row)),
            organisers: frame
                .list("organisers", row)
                .iter()
                .filter_map(|name| registry.organisation(name, frame.file(row)))
                .collect(),
            origin: frame.origin(row),
        };
        add_activity(activity, registry, programme);
    }
}

fn add_activity(activity: Activity, registry: &mut Registry, programme: &mut Programme) {
    let ix = programme.activities.len();
    registry.name_activity(&activity.id, ix, &activity);
    registry.name_activity(&activity.title, ix, &activity);
    programme.activities.push(activity);
}

/// Without an Activités table, each activity named by a dated presence is one, on the first of its
/// dates and in the territory of that presence.
fn activities_of_attendance(tables: &Tables, registry: &mut Registry, programme: &mut Programme) {
    let mut first: BTreeMap<String, (chrono::NaiveDate, usize)> = BTreeMap::new();
    each(tables, TableId::Attendance, |frame, row| {
        if let (Some(id), Some(date)) = (frame.text("activity", row), frame.date("date", row)) {
            let entry = first.entry(id.to_string()).or_insert((date, row));
            if date < entry.0 {
                *entry = (date, row);
            }
        }
    });
    let Some(frame) = tables.get(TableId::Attendance) else { return };
    for (id, (date, row)) in first {
        let activity = Activity {
            id: id.clone(),
            date,
            title: id,
            kind: None,
            role: None,
            territory: registry.territory(frame.text("territory", row)),
            commune: None,
            action: None,
            project: None,
            hours: None,
            anonymous: None,
            reached: None,
            organisers: Vec::new(),
            origin: frame.origin(row),
        };
        add_activity(activity, registry, programme);
        programme.given.insert(TableId::Activities);
    }
}

/// Reads Partenariats.
pub(super) fn partnerships(tables: &Tables, registry: &mut Registry, programme: &mut Programme) {
    each(tables, TableId::Partnerships, |frame, row| {
        let name = frame.text("project", row).unwrap_or_default();
        let Some(project) = registry.project(name, frame.file(row)) else {
            registry.unresolved("partenariat-projet-inconnu", frame.place(row, "project"), name);
            return;
        };
        let organisation =
            frame.text("organisation", row).and_then(|o| registry.organisation(o, frame.file(row)));
        let Some(organisation) = organisation else { return };
        programme.partnerships.push(Partnership {
            project,
            organisation,
            role: owned(frame.text("role", row)),
            from: frame.date("from", row),
            to: frame.date("to", row),
            origin: frame.origin(row),
        });
    });
}

/// Reads Coopérations.
pub(super) fn cooperations(tables: &Tables, registry: &mut Registry, programme: &mut Programme) {
    each(tables, TableId::Cooperations, |frame, row| {
        let mut organisation = |id: &str| {
            frame.text(id, row).and_then(|name| registry.organisation(name, frame.file(row)))
        };
        let (Some(a), Some(b)) = (organisation("a"), organisation("b")) else { return };
        let level = frame.text("level", row).and_then(|level| level.parse::<u8>().ok());
        let (Some(level), Some(date)) = (level, frame.date("date", row)) else { return };
        let declarant = match frame.text("declarant", row) {
            Some("A") => Declarant::A,
            Some("B") => Declarant::B,
            _ => Declarant::Facilitator,
        };
        let origin = frame.origin(row);
        programme.cooperations.push(Cooperation { a, b, level, date, declarant, origin });
    });
}

/// In complete surveys, a pair that a later date no longer names has no tie from that date on: its
/// silence is written as a level 0, on the evidence of the statement it ends.
pub(super) fn end_silent_ties(programme: &mut Programme) {
    let statements = &mut programme.cooperations;
    let mut dates: Vec<_> = statements.iter().map(|c| c.date).collect();
    dates.sort_unstable();
    dates.dedup();
    let mut ends = Vec::new();
    for pair in dates.windows(2) {
        let (before, after) = (pair[0], pair[1]);
        let named = |c: &Cooperation, date| {
            statements.iter().any(|o| o.date == date && pair_of(o) == pair_of(c))
        };
        let silent = statements.iter().filter(|c| c.date == before && !named(c, after));
        ends.extend(silent.map(|c| Cooperation { level: 0, date: after, ..c.clone() }));
    }
    statements.extend(ends);
}

/// The two organisations, whichever is written first.
fn pair_of(c: &Cooperation) -> (usize, usize) {
    (c.a.min(c.b), c.a.max(c.b))
}

/// Reads Plan d'actions.
pub(super) fn plan(tables: &Tables, registry: &mut Registry, programme: &mut Programme) {
    each(tables, TableId::ActionPlan, |frame, row| {
        let Some(id) = frame.text("id", row) else { return };
        programme.actions.push(PlannedAction {
            id: id.to_string(),
            title: frame.text("title", row).unwrap_or(id).to_string(),
            quantity: frame.number("quantity", row),
            unit: owned(frame.text("unit", row)),
            spending: frame.cents("spending", row),
            due: frame.date("due", row),
            done: frame.number("done", row),
            partners: frame
                .list("partners", row)
                .iter()
                .filter_map(|name| registry.organisation(name, frame.file(row)))
                .collect(),
            origin: frame.origin(row),
        });
    });
}

/// Reads Temps, Bénévolat, Objectifs, Capitalisation, Valorisation.
pub(super) fn records(tables: &Tables, registry: &mut Registry, programme: &mut Programme) {
    let mut workers: BTreeMap<String, usize> = BTreeMap::new();
    each(tables, TableId::Timesheets, |frame, row| {
        let worker = crate::texts::plain(frame.text("worker", row).unwrap_or_default());
        let next = workers.len();
        let worker = *workers.entry(worker).or_insert(next);
        let (Some(date), Some(hours)) = (frame.date("date", row), frame.number("hours", row))
        else {
            return;
        };
        programme.timesheets.push(Timesheet {
            date,
            worker,
            hours,
            action: owned(frame.text("action", row)),
            territory: registry.territory(frame.text("territory", row)),
            role: owned(frame.text("role", row)),
            origin: frame.origin(row),
        });
    });
    each(tables, TableId::Volunteering, |frame, row| {
        let (Some(date), Some(hours)) = (frame.date("date", row), frame.number("hours", row))
        else {
            return;
        };
        programme.volunteering.push(Volunteering {
            date,
            hours,
            action: owned(frame.text("action", row)),
            category: owned(frame.text("category", row)),
            origin: frame.origin(row),
        });
    });
    each(tables, TableId::Targets, |frame, row| {
        let indicator = frame.text("indicator", row).unwrap_or_default();
        let Some(target) = frame.number("target", row) else { return };
        let programme_wide = frame.text("territory", row).is_none_or(|name| {
            ["programme", "tous", "ensemble"].contains(&crate::texts::plain(name).as_str())
        });
        let territory =
            if programme_wide { None } else { registry.territory(frame.text("territory", row)) };
        programme.targets.push(Target {
            indicator: indicator.trim().to_string(),
            territory,
            period: owned(frame.text("period", row)),
            limit: frame.number("limit", row),
            target,
            origin: frame.origin(row),
        });
    });
    each(tables, TableId::Learning, |frame, row| {
        let (Some(date), Some(kind), Some(text)) =
            (frame.date("date", row), frame.text("kind", row), frame.text("text", row))
        else {
            return;
        };
        programme.learning.push(Learning {
            date,
            kind: kind.to_string(),
            text: text.to_string(),
            territory: registry.territory(frame.text("territory", row)),
            project: frame
                .text("project", row)
                .and_then(|name| registry.project(name, frame.file(row))),
            origin: frame.origin(row),
        });
    });
    each(tables, TableId::Communication, |frame, row| {
        let (Some(date), Some(medium)) = (frame.date("date", row), frame.text("medium", row))
        else {
            return;
        };
        programme.communication.push(Communication {
            date,
            medium: medium.to_string(),
            mentions_ademe: frame.flag("mentions_ademe", row),
            audience: frame.number("audience", row),
            link: owned(frame.text("link", row)),
            origin: frame.origin(row),
        });
    });
}

/// Puts the action plan in the order of its ids, and writes every reference to it as the id of its
/// line, whether typed as id or title.
pub(super) fn canonical_actions(programme: &mut Programme) {
    programme.actions.sort_by_cached_key(|action| (natural(&action.id), action.title.clone()));
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    for action in &programme.actions {
        ids.entry(fold(&action.id)).or_insert_with(|| action.id.clone());
    }
    for action in &programme.actions {
        ids.entry(fold(&action.title)).or_insert_with(|| action.id.clone());
    }
    let resolve = |action: &mut Option<String>| {
        if let Some(id) = action.as_deref().and_then(|typed| ids.get(&fold(typed))) {
            *action = Some(id.clone());
        }
    };
    programme.activities.iter_mut().for_each(|a| resolve(&mut a.action));
    programme.budget.iter_mut().for_each(|b| resolve(&mut b.action));
    programme.timesheets.iter_mut().for_each(|t| resolve(&mut t.action));
    programme.volunteering.iter_mut().for_each(|v| resolve(&mut v.action));
}
