//! What linking knows so far: territories, organisations, and how names and ids lead to them.

use super::decisions::Decisions;
use super::directory::Directory;
use super::organisations::Numbers;
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
use crate::texts::{fold, plain};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Words that say what kind of organisation it is, not which one.
const LEGAL_WORDS: [&str; 12] = [
    "association",
    "asso",
    "assoc",
    "ass",
    "collectif",
    "societe",
    "ste",
    "sarl",
    "sas",
    "scop",
    "scic",
    "eurl",
];

/// The normal form of an organisation's name: folded, without brackets, legal words, articles.
/// `"Asso. Astérya"`, `"ASTERYA"` and `"Astérya (collectif)"` are one.
pub(super) fn normal_form(name: &str) -> String {
    let outside: String = {
        let mut depth = 0usize;
        name.chars()
            .filter(|c| {
                match c {
                    '(' => depth += 1,
                    ')' => depth = depth.saturating_sub(1),
                    _ => return depth == 0,
                }
                false
            })
            .collect()
    };
    let folded = fold(&outside);
    let kept: Vec<&str> = folded
        .split(' ')
        .filter(|word| !LEGAL_WORDS.contains(word))
        .filter(|word| !["le", "la", "les", "l", "de", "du", "des", "d", "et"].contains(word))
        .collect();
    let form = kept.join(" ");
    if form.is_empty() { fold(name) } else { form }
}

/// Linking state.
pub(super) struct Registry {
    pub(super) territories: Vec<Territory>,
    territory_by_name: BTreeMap<String, TerritoryIx>,
    pub(super) organisations: Vec<Organisation>,
    organisation_by_form: BTreeMap<String, OrganisationIx>,
    organisation_by_siret: BTreeMap<String, OrganisationIx>,
    organisation_by_rna: BTreeMap<String, OrganisationIx>,
    /// Per organisation: how often each spelling is used.
    spellings: Vec<BTreeMap<String, usize>>,
    organisation_by_id: Directory,
    /// By file: what each text led to, and whether as a name.
    resolved: TextMap<Arc<str>, TextMap<String, (OrganisationIx, bool)>>,
    projects: Directory,
    activities: Directory,
    /// Human answers about duplicates, and names kept apart.
    pub(super) decisions: Decisions,
    /// Forms met, before any answer.
    forms: BTreeSet<String>,
    /// Tokens of people met, before any answer.
    pub(super) tokens: BTreeSet<String>,
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
            organisation_by_form: BTreeMap::new(),
            organisation_by_siret: BTreeMap::new(),
            organisation_by_rna: BTreeMap::new(),
            spellings: Vec::new(),
            organisation_by_id: Directory::default(),
            resolved: TextMap::default(),
            projects: Directory::default(),
            activities: Directory::default(),
            decisions,
            forms: BTreeSet::new(),
            tokens: BTreeSet::new(),
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
        let form = fold(name);
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

    /// The organisation of an id or name written in a file, made when new. `aucun` and empty texts are
    /// none.
    pub(super) fn organisation(&mut self, name: &str, file: &Arc<str>) -> Option<OrganisationIx> {
        let name = name.trim();
        // Names come again on thousands of rows: what one leads to is looked for once per file.
        let memo = self.resolved.get(file).and_then(|names| names.get(name)).copied();
        if let Some((ix, is_name)) = memo {
            if is_name {
                self.spell(ix, name);
            }
            return Some(ix);
        }
        let known = self.organisation_by_id.find(&plain(name), file);
        let ix = known.or_else(|| self.organisation_named(name))?;
        let names = self.resolved.entry(file.clone()).or_default();
        names.insert(name.to_string(), (ix, known.is_none()));
        Some(ix)
    }

    /// Counts a spelling of an organisation.
    fn spell(&mut self, ix: OrganisationIx, name: &str) {
        let spellings = &mut self.spellings[ix];
        match spellings.get_mut(name) {
            Some(count) => *count += 1,
            None => drop(spellings.insert(name.to_string(), 1)),
        }
    }

    /// The organisation of a name, made when new.
    pub(super) fn organisation_named(&mut self, name: &str) -> Option<OrganisationIx> {
        let name = name.trim();
        let form = self.met(name);
        if form.is_empty() || ["aucun", "aucune", "neant", "sans"].contains(&form.as_str()) {
            return None;
        }
        let ix = match self.organisation_by_form.get(&form) {
            Some(ix) => *ix,
            None => {
                let ix = self.organisations.len();
                self.organisations
                    .push(Organisation { name: name.to_string(), ..Organisation::default() });
                self.spellings.push(BTreeMap::new());
                self.organisation_by_form.insert(form, ix);
                ix
            }
        };
        self.spell(ix, name);
        Some(ix)
    }

    /// What organisations are compared by: the normal form, or the name to the letter for those kept
    /// apart; of names decided to be one, the form of one of them.
    fn form(&self, name: &str) -> String {
        self.decisions.organisations.root(self.decisions.form(name))
    }

    /// [`Self::form`], and notes that the name is there, for the answers about it.
    fn met(&mut self, name: &str) -> String {
        if !self.decisions.organisations.is_empty() {
            self.forms.insert(self.decisions.form(name));
        }
        self.form(name)
    }

    /// Whether an answer brings this name and another together.
    pub(super) fn is_decided(&self, name: &str) -> bool {
        let answers = &self.decisions.organisations;
        !answers.is_empty() && answers.joins(&self.decisions.form(name.trim()))
    }

    /// Another way (id, other name) to the same organisation.
    pub(super) fn organisation_alias(&mut self, alias: &str, ix: OrganisationIx) {
        let form = self.met(alias);
        self.organisation_by_form.entry(form).or_insert(ix);
    }

    /// The id of an organisation, in its file, its folder and everywhere; the first one keeps it.
    pub(super) fn identify_organisation(&mut self, id: &str, file: &Arc<str>, ix: OrganisationIx) {
        self.organisation_by_id.claim(&plain(id), ix, file);
    }

    /// The organisation that has one of these numbers, if any.
    pub(super) fn numbered(&self, numbers: &Numbers<'_>) -> Option<OrganisationIx> {
        let by_siret = numbers.siret.and_then(|siret| self.organisation_by_siret.get(siret));
        let by_rna = || numbers.rna.and_then(|rna| self.organisation_by_rna.get(rna));
        let ix = by_siret.or_else(by_rna).copied()?;
        (by_siret.is_some() || !numbers.deny(&self.organisations[ix])).then_some(ix)
    }

    /// Notes the numbers of an organisation; the first one keeps them.
    pub(super) fn number(&mut self, numbers: &Numbers<'_>, ix: OrganisationIx) {
        if let Some(siret) = numbers.siret {
            self.organisation_by_siret.entry(siret.to_string()).or_insert(ix);
        }
        if let Some(rna) = numbers.rna {
            self.organisation_by_rna.entry(rna.to_string()).or_insert(ix);
        }
    }

    /// A new organisation that bears the name of another, with numbers of its own.
    pub(super) fn homonym(&mut self, name: &str) -> OrganisationIx {
        self.organisations.push(Organisation { name: name.to_string(), ..Organisation::default() });
        self.spellings.push(BTreeMap::from([(name.to_string(), 1)]));
        self.organisations.len() - 1
    }

    /// The organisation a name already leads to, if any.
    pub(super) fn known_organisation(&self, name: &str) -> Option<OrganisationIx> {
        self.organisation_by_form.get(&self.form(name.trim())).copied()
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
            let most_used = spellings.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
            if let (None, Some((name, _))) = (&organisation.origin, most_used) {
                organisation.name.clone_from(name);
            }
        }
        let known = |form: &str| self.forms.contains(form);
        self.findings.extend(self.decisions.organisations.idle(known));
        self.findings.extend(self.decisions.people.idle(|token| self.tokens.contains(token)));
        let territories = order(&self.territories, |t| &t.name);
        let organisations = order(&self.organisations, |o| &o.name);
        renumber(programme, &territories, &organisations);
        programme.territories = sorted(std::mem::take(&mut self.territories), &territories);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_is_one_under_all_its_dresses() {
        for name in ["Asso. Astérya", "ASTERYA", "Astérya (collectif)", "L'association Astérya"]
        {
            assert_eq!(normal_form(name), "asterya", "{name}");
        }
        assert_eq!(normal_form("Association"), "association");
        assert_ne!(normal_form("Colibris 94"), normal_form("Colibris 75"));
    }
}
