//! What linking knows so far: territories, organisations, and how names and ids lead to them.

mod organisations;

pub(super) use organisations::{Numbers, On};

use super::decisions::Decisions;
use super::directory::Directory;
use super::form::{normal_form, place_form};
use super::spellings::most_used;
use super::suggestion::{Merges, Suggestion};
use crate::finding::{Finding, Place};
use crate::hashing::TextMap;
use crate::locale;
use crate::programme::{
    Activity, ActivityIx, Organisation, OrganisationIx, Programme, ProjectIx, Territory,
    TerritoryIx, TerritorySet,
};
use crate::settings::Settings;
use crate::tables::Tables;
use crate::texts::plain;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Linking state.
pub(super) struct Registry {
    pub(super) territories: Vec<Territory>,
    territory_by_name: BTreeMap<String, TerritoryIx>,
    pub(super) organisations: Vec<Organisation>,
    /// By form and by number, once answers are applied.
    organisation_by_key: BTreeMap<String, OrganisationIx>,
    /// Per organisation: how often each spelling is used.
    spellings: Vec<BTreeMap<String, usize>>,
    organisation_by_id: Directory,
    /// By file: what each text led to, and whether as a name.
    resolved: TextMap<Arc<str>, TextMap<String, (OrganisationIx, bool)>>,
    projects: Directory,
    activities: Directory,
    /// Human answers about duplicates, and names kept apart.
    pub(super) decisions: Decisions,
    /// Forms and numbers of organisations met, before any answer; empty when there is no answer.
    met: BTreeSet<String>,
    /// Those of each organisation.
    keys: Vec<BTreeSet<String>>,
    /// Pairs to be decided.
    pub(super) suggestions: Vec<Suggestion>,
    /// Rows brought together so far.
    pub(super) merges: Merges,
    pub(super) beneficiary: Option<String>,
    pub(super) beneficiary_siret: Option<String>,
    pub(super) findings: Vec<Finding>,
}

impl Registry {
    pub(super) fn new(settings: &Settings, tables: &Tables) -> Self {
        let mut findings = Vec::new();
        let distinct = settings.distinct_organisations.iter().cloned().collect();
        let decisions = Decisions::read(tables, distinct, &mut findings);
        Self {
            territories: Vec::new(),
            territory_by_name: BTreeMap::new(),
            organisations: Vec::new(),
            organisation_by_key: BTreeMap::new(),
            spellings: Vec::new(),
            organisation_by_id: Directory::default(),
            resolved: TextMap::default(),
            projects: Directory::default(),
            activities: Directory::default(),
            decisions,
            met: BTreeSet::new(),
            keys: Vec::new(),
            suggestions: Vec::new(),
            merges: Merges::default(),
            beneficiary: settings.programme.beneficiary.as_deref().map(normal_form),
            beneficiary_siret: settings.programme.siret.clone(),
            findings,
        }
    }

    /// The territory of a name, made when new.
    pub(super) fn territory(&mut self, name: Option<&str>) -> Option<TerritoryIx> {
        let name = name?.trim();
        let form = place_form(name);
        if form.is_empty() {
            return None;
        }
        if let Some(ix) = self.territory_by_name.get(&form) {
            return Some(*ix);
        }
        let ix = self.territories.len();
        self.territories.push(Territory { name: name.to_string(), ..Territory::default() });
        self.territory_by_name.insert(form, ix);
        Some(ix)
    }

    /// Another way (id, name) to a project, in its file, its folder and everywhere; where two projects
    /// share it, it leads to none.
    pub(super) fn name_project(&mut self, name: &str, ix: ProjectIx, file: &Arc<str>) {
        self.projects.enroll(&plain(name), ix, file);
    }

    /// The project of an id or name: of the same file, else folder, else of all.
    pub(super) fn project(&self, name: &str, file: &Arc<str>) -> Option<ProjectIx> {
        self.projects.find(&plain(name), file)
    }

    /// Another way (id, title) to an activity, in its file, its folder and everywhere; where two
    /// activities share it, it leads to none.
    pub(super) fn name_activity(&mut self, name: &str, ix: ActivityIx, activity: &Activity) {
        self.activities.enroll(&plain(name), ix, activity.origin.file());
    }

    /// The activity of an id or title: of the same file, else folder, else of all.
    pub(super) fn activity(&self, name: &str, file: &Arc<str>) -> Option<ActivityIx> {
        self.activities.find(&plain(name), file)
    }

    /// Says that a reference leads nowhere.
    pub(super) fn unresolved(&mut self, code: &'static str, place: Place, read: &str) {
        self.findings.push(Finding::new(code, place, read));
    }

    /// Puts territories and organisations in French order and renumbers every reference to them.
    pub(super) fn finish(&mut self, programme: &mut Programme) {
        for (organisation, spellings) in self.organisations.iter_mut().zip(&self.spellings) {
            // The name in Structures wins; else the spelling most used, the first in order on a tie.
            if let (None, Some(name)) = (&organisation.origin, most_used(spellings)) {
                organisation.name.clone_from(name);
            }
        }
        self.findings.extend(self.decisions.organisations.idle(|key| self.met.contains(key)));
        // Names that are not in Structures are brought together too.
        let answers = &self.decisions.organisations;
        let decided = self.met.iter().filter(|key| answers.root((*key).clone()) != **key).count();
        let merged = &mut self.merges.organisations_by_decision;
        *merged = decided.max(*merged);
        let territories = order(&self.territories, |t| &t.name);
        let organisations = order(&self.organisations, |o| &o.name);
        renumber(programme, &territories, &organisations);
        programme.territories = sorted(std::mem::take(&mut self.territories), &territories);
        self.keys = sorted(std::mem::take(&mut self.keys), &organisations);
        let all = std::mem::take(&mut self.organisations);
        programme.organisations = sorted(all, &organisations)
            .into_iter()
            .map(|mut o| {
                o.territories = renumber_set(o.territories, &territories);
                o
            })
            .collect();
    }
}

/// New index of each item when they are sorted by name.
fn order<T>(items: &[T], name: impl Fn(&T) -> &str) -> Vec<usize> {
    let mut by_name: Vec<usize> = (0..items.len()).collect();
    by_name.sort_by(|a, b| locale::compare(name(&items[*a]), name(&items[*b])));
    let mut new_index = vec![0; items.len()];
    for (new, old) in by_name.into_iter().enumerate() {
        new_index[old] = new;
    }
    new_index
}

fn sorted<T>(items: Vec<T>, new_index: &[usize]) -> Vec<T> {
    let mut numbered: Vec<(usize, T)> = new_index.iter().copied().zip(items).collect();
    numbered.sort_by_key(|(new, _)| *new);
    numbered.into_iter().map(|(_, item)| item).collect()
}

fn renumber_set(set: TerritorySet, new_index: &[usize]) -> TerritorySet {
    let mut renumbered = TerritorySet::default();
    for (old, new) in new_index.iter().enumerate() {
        if set.contains(old) {
            renumbered.insert(*new);
        }
    }
    renumbered
}

fn renumber(programme: &mut Programme, territories: &[usize], organisations: &[usize]) {
    let territory = |ix: &mut Option<usize>| {
        if let Some(old) = *ix {
            *ix = Some(territories[old]);
        }
    };
    let organisation = |ix: &mut usize| *ix = organisations[*ix];
    let maybe = |ix: &mut Option<usize>| {
        if let Some(old) = *ix {
            *ix = Some(organisations[old]);
        }
    };
    programme.projects.iter_mut().for_each(|p| {
        territory(&mut p.territory);
        maybe(&mut p.holder);
    });
    programme.activities.iter_mut().for_each(|a| {
        territory(&mut a.territory);
        a.organisers.iter_mut().for_each(organisation);
        a.organisers.sort_unstable();
    });
    programme.people.iter_mut().for_each(|p| maybe(&mut p.organisation));
    programme.partnerships.iter_mut().for_each(|p| organisation(&mut p.organisation));
    programme.cooperations.iter_mut().for_each(|c| {
        organisation(&mut c.a);
        organisation(&mut c.b);
    });
    programme.actions.iter_mut().for_each(|a| a.partners.iter_mut().for_each(organisation));
    programme.funding.iter_mut().for_each(|f| territory(&mut f.territory));
    programme.timesheets.iter_mut().for_each(|t| territory(&mut t.territory));
    programme.targets.iter_mut().for_each(|t| territory(&mut t.territory));
    programme.learning.iter_mut().for_each(|l| territory(&mut l.territory));
}
