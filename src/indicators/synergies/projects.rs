//! Projects that bring several organisations together.

use crate::indicators::{Base, Cell, Evidence, Horizon, Query, Reading};
use crate::programme::{Organisation, Origin, Stage, TerritorySet};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// Organisations entering a project (amount 1) and leaving it (−1, the day after the last), holders
/// included. Subject: project; other: organisation.
pub(super) static MEMBERS: Query = Query {
    name: "structures_des_projets",
    horizon: Horizon::UpTo,
    rows: |base| members(base).into(),
};

fn members(base: &Base<'_>) -> Vec<Evidence> {
    let programme = base.programme;
    let row = |project: usize, other, date: Option<NaiveDate>, amount, origin: &Origin| Evidence {
        origin: origin.clone(),
        territories: TerritorySet::one(programme.projects[project].territory),
        date,
        subject: project,
        other,
        amount,
        ..Evidence::default()
    };
    let mut rows = Vec::new();
    for (index, project) in programme.projects.iter().enumerate() {
        let begun = project.stages.iter().map(|(_, date)| *date).min();
        rows.extend(project.holder.map(|o| row(index, o, begun, 1.0, &project.origin)));
    }
    for p in &programme.partnerships {
        rows.push(row(p.project, p.organisation, p.from, 1.0, &p.origin));
        let after = p.to.and_then(|to| to.succ_opt());
        rows.extend(after.map(|day| row(p.project, p.organisation, Some(day), -1.0, &p.origin)));
    }
    rows
}

/// Projects not abandoned with two organisations of two types; also of two networks, and two
/// organisations of any kind.
pub(super) fn several_kinds(cell: &Cell<'_>) -> Vec<Reading> {
    let mut presence: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for row in &cell.rows {
        *presence.entry((row.subject, row.other)).or_default() += row.amount;
    }
    let mut projects: BTreeMap<usize, Vec<&Organisation>> = BTreeMap::new();
    for ((project, organisation), _) in presence.into_iter().filter(|(_, sum)| *sum > 0.5) {
        let abandoned = cell.programme.projects[project].stage_at(cell.window.end);
        if abandoned != Some(Stage::Abandoned) {
            let organisation = &cell.programme.organisations[organisation];
            projects.entry(project).or_default().push(organisation);
        }
    }
    let count = |test: fn(&[&Organisation]) -> bool| {
        Reading::count(projects.values().filter(|o| test(o)).count()).with_n(projects.len())
    };
    vec![
        count(of_two_types),
        count(of_two_types).by("diversite", "types"),
        count(of_two_networks).by("diversite", "reseaux"),
        count(|o| o.len() > 1).by("diversite", "structures"),
    ]
}

fn of_two_types(organisations: &[&Organisation]) -> bool {
    organisations.iter().filter_map(|o| o.kind.as_deref()).collect::<BTreeSet<_>>().len() > 1
}

/// Two organisations that share no network, each having one.
fn of_two_networks(organisations: &[&Organisation]) -> bool {
    let known: Vec<_> = organisations.iter().filter(|o| !o.networks.is_empty()).collect();
    known.iter().enumerate().any(|(index, a)| {
        known[index + 1..].iter().any(|b| !a.networks.iter().any(|n| b.networks.contains(n)))
    })
}
