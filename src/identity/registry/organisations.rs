//! How names, ids and numbers lead to organisations.

use super::Registry;
use crate::identity::decisions::number_key;
use crate::programme::{Organisation, OrganisationIx};
use crate::texts::plain;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The public numbers of an organisation.
#[derive(Debug, Clone, Copy)]
pub(in crate::identity) struct Numbers<'a> {
    /// Of its establishment, 14 digits.
    pub(in crate::identity) siret: Option<&'a str>,
    /// Of an association, W and nine digits.
    pub(in crate::identity) rna: Option<&'a str>,
}

impl Numbers<'_> {
    /// Whether they say that it is not that organisation.
    fn deny(&self, organisation: &Organisation) -> bool {
        let differ = |one: Option<&str>, other: &Option<String>| {
            one.zip(other.as_deref()).map(|(a, b)| a != b)
        };
        // One association may have several establishments, but two SIRET have always made two.
        differ(self.siret, &organisation.siret)
            .or_else(|| differ(self.rna, &organisation.rna))
            .unwrap_or(false)
    }

    fn keys(&self) -> impl Iterator<Item = String> {
        [self.siret, self.rna].into_iter().flatten().map(number_key)
    }
}

/// What leads a row of Structures to its organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::identity) enum On {
    /// A SIRET or RNA number.
    Number,
    /// Its name.
    Form,
    /// A human answer.
    Decision,
}

impl Registry {
    /// The organisation of an id or name written in a file, made when new. `aucun` and empty texts are
    /// none.
    pub(in crate::identity) fn organisation(
        &mut self,
        name: &str,
        file: &Arc<str>,
    ) -> Option<OrganisationIx> {
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
    fn organisation_named(&mut self, name: &str) -> Option<OrganisationIx> {
        let name = name.trim();
        let form = self.decisions.form(name);
        if form.is_empty() || ["aucun", "aucune", "neant", "sans"].contains(&form.as_str()) {
            return None;
        }
        let root = self.decisions.organisations.root(form.clone());
        let ix = match self.organisation_by_key.get(&root) {
            Some(ix) => *ix,
            None => self.new_organisation(name),
        };
        self.lead(form, ix);
        self.spell(ix, name);
        Some(ix)
    }

    fn new_organisation(&mut self, name: &str) -> OrganisationIx {
        self.organisations.push(Organisation { name: name.to_string(), ..Organisation::default() });
        self.spellings.push(BTreeMap::new());
        self.keys.push(BTreeSet::new());
        self.organisations.len() - 1
    }

    /// Notes that a form or a number leads to an organisation; the first one keeps it.
    fn lead(&mut self, key: String, ix: OrganisationIx) {
        let answers = &self.decisions.organisations;
        let first = *self.organisation_by_key.entry(answers.root(key.clone())).or_insert(ix);
        if !answers.is_empty() {
            self.met.insert(key.clone());
            if first == ix {
                self.keys[ix].insert(key);
            }
        }
    }

    /// The organisation of a row of Structures, and on what it was found; `None` for one that is new.
    pub(in crate::identity) fn listed(
        &mut self,
        name: &str,
        numbers: &Numbers<'_>,
    ) -> Option<(OrganisationIx, Option<On>)> {
        let form = self.decisions.form(name.trim());
        let found = if let Some((ix, on)) = self.numbered(numbers, &form) {
            self.lead(form, ix);
            (ix, Some(on))
        } else {
            let root = self.decisions.organisations.root(form.clone());
            let known = self.organisation_by_key.get(&root).copied();
            let on = if self.only_by_answer(&form) { On::Decision } else { On::Form };
            match known {
                // An answer about these two names joins them; one about others says nothing of them.
                Some(ix) if on == On::Form && numbers.deny(&self.organisations[ix]) => {
                    let ix = self.new_organisation(name);
                    self.spell(ix, name);
                    (ix, None)
                }
                known => (self.organisation_named(name)?, known.map(|_| on)),
            }
        };
        for key in numbers.keys() {
            self.lead(key, found.0);
        }
        Some(found)
    }

    /// The organisation that has one of these numbers, if any, and if no answer says that a name of it
    /// and this one are two.
    fn numbered(&self, numbers: &Numbers<'_>, form: &str) -> Option<(OrganisationIx, On)> {
        let answers = &self.decisions.organisations;
        let found = |number: Option<&str>| {
            let key = number_key(number?);
            let on = if self.only_by_answer(&key) { On::Decision } else { On::Number };
            Some((*self.organisation_by_key.get(&answers.root(key))?, on))
        };
        let by_rna = || {
            let (ix, on) = found(numbers.rna)?;
            (on == On::Decision || !numbers.deny(&self.organisations[ix])).then_some((ix, on))
        };
        let (ix, on) = found(numbers.siret).or_else(by_rna)?;
        let apart = |ours: &str| self.keys[ix].iter().any(|theirs| answers.apart(ours, theirs));
        let apart = apart(form) || numbers.keys().any(|key| apart(&key));
        (!apart).then_some((ix, on))
    }

    /// Whether a key that leads somewhere does so on account of an answer: nothing bears it yet.
    fn only_by_answer(&self, key: &str) -> bool {
        !self.decisions.organisations.is_empty() && !self.met.contains(key)
    }

    /// The id of an organisation, in its file, its folder and everywhere; the first one keeps it.
    pub(in crate::identity) fn identify_organisation(
        &mut self,
        id: &str,
        file: &Arc<str>,
        ix: OrganisationIx,
    ) {
        self.organisation_by_id.claim(&plain(id), ix, file);
    }

    /// Whether an answer, or the settings, say that two organisations are two.
    pub(in crate::identity) fn told_apart(&self, a: OrganisationIx, b: OrganisationIx) -> bool {
        let answers = &self.decisions.organisations;
        let (ours, theirs) = (&self.keys[a], &self.keys[b]);
        ours.iter().any(|one| theirs.iter().any(|other| answers.apart(one, other)))
    }
}
