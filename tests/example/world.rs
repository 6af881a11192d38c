//! Everything the files tell, before it is shared out between them.

use super::activities::{self, Activity, Presence};
use super::cooperations::{self, Statement};
use super::money::{self, BudgetLine};
use super::people::{self, Person};
use super::projects::{self, Partnership, Project};
use super::rng::Rng;
use super::work::{self, Volunteering, Worked};
use std::collections::BTreeSet;

/// The programme of the example.
pub(crate) struct World {
    pub(crate) projects: Vec<Project>,
    pub(crate) partnerships: Vec<Partnership>,
    pub(crate) people: Vec<Person>,
    pub(crate) activities: Vec<Activity>,
    pub(crate) presences: Vec<Presence>,
    pub(crate) cooperations: Vec<Statement>,
    pub(crate) worked: Vec<Worked>,
    pub(crate) volunteering: Vec<Volunteering>,
    pub(crate) budget: Vec<BudgetLine>,
}

impl World {
    /// Always the same.
    pub(crate) fn new() -> Self {
        let projects = projects::projects(&mut Rng::new(1));
        let partnerships = projects::partnerships(&projects, &mut Rng::new(2));
        let mut people = people::people(&projects, &mut Rng::new(3));
        let activities = activities::activities(&projects, &mut Rng::new(4));
        let presences = activities::attendance(&activities, &people, &mut Rng::new(5));
        let online: BTreeSet<usize> =
            presences.iter().filter(|(.., online)| *online).map(|(_, p, ..)| *p).collect();
        for (i, person) in people.iter_mut().enumerate() {
            // Whoever is in two files can be recognised.
            if person.email.is_none() && (online.contains(&i) || person.other.is_some()) {
                person.email = Some(format!("contact{i:03}@example.org"));
            }
        }
        let volunteering = work::volunteering(&mut Rng::new(7));
        Self {
            projects,
            partnerships,
            people,
            activities,
            presences,
            cooperations: cooperations::cooperations(&mut Rng::new(6)),
            worked: work::timesheets(&mut Rng::new(8)),
            budget: money::budget(&volunteering),
            volunteering,
        }
    }

    /// Presences noted by the person who keeps the territory's file.
    pub(crate) fn presences_at(&self, place: usize) -> impl Iterator<Item = &Presence> {
        self.presences.iter().filter(move |(activity, .., online)| {
            !online && self.activities[*activity].place == place
        })
    }

    /// People of the territory's file, by name.
    pub(crate) fn people_at(&self, place: usize) -> Vec<usize> {
        let seen: BTreeSet<usize> = self.presences_at(place).map(|(_, p, ..)| *p).collect();
        let mut list: Vec<usize> = seen.into_iter().collect();
        list.sort_by_key(|p| (self.people[*p].last, self.people[*p].first));
        list
    }

    pub(crate) fn activities_at(&self, place: usize) -> Vec<usize> {
        (0..self.activities.len()).filter(|a| self.activities[*a].place == place).collect()
    }

    pub(crate) fn projects_at(&self, place: usize) -> impl Iterator<Item = &Project> {
        self.projects.iter().filter(move |p| p.place == place)
    }

    pub(crate) fn project_id(&self, project: Option<usize>) -> &str {
        project.map_or("", |p| self.projects[p].id.as_str())
    }
}
