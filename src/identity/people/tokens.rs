//! What each person goes by in the sheet Décisions: a keyed hash that depends neither on the names of
//! files nor on the order of rows, and that nobody else has.
//!
//! It is the least of the hashes of what says who the person is; for want of anything but a name, that
//! of the name with what is known beside it. Answers may cite any of these, whichever was printed: they
//! outlive an e-mail, an id or a commune filled in later. A text that may stand for two people stands
//! for neither, so that an answer is lost, and said to be, rather than given to somebody else.

use super::claims::{Details, Hash, Identity};
use super::groups::Groups;
use crate::identity::Key;
use crate::identity::suggestion::token;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// What everybody goes by. People are the first rows of their groups.
pub(super) struct Tokens {
    /// The hash that each person is printed by; at their first row, and none where nothing says who it is.
    pub(super) keys: Vec<Option<Hash>>,
    /// Whose each token is, if they are asked for.
    owners: BTreeMap<String, usize>,
}

/// People of one name.
#[derive(Default)]
struct Bearers {
    /// All those who may be said to be so.
    all: BTreeSet<usize>,
    /// Those of whom a row says just that.
    exact: BTreeSet<usize>,
}

impl Tokens {
    /// `cited`: whether there are answers that cite them.
    pub(super) fn of(identities: &[Identity], groups: &Groups, key: &Key, cited: bool) -> Self {
        let mut tokens = Self { keys: vec![None; identities.len()], owners: BTreeMap::new() };
        let mut named: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let bare: BTreeSet<&str> = identities.iter().filter_map(Identity::bare_name).collect();
        for (row, identity) in identities.iter().enumerate() {
            let person = groups.root(row);
            for (_, claim) in &identity.claims {
                tokens.give(person, *claim, cited);
            }
            if let Some(name) = identity.name.as_deref().filter(|n| cited || bare.contains(n)) {
                named.entry(name).or_default().push(row);
            }
        }
        let known: Vec<bool> = tokens.keys.iter().map(Option::is_some).collect();
        let company = Company { identities, key, least: OnceCell::new() };
        for (name, rows) in named {
            for (hash, person, exact) in company.names(name, &rows, groups, &tokens.keys) {
                if exact && !known[person] {
                    tokens.give(person, hash, false);
                }
                if cited {
                    tokens.owners.entry(token(&hash)).or_insert(person);
                }
            }
        }
        tokens
    }

    fn give(&mut self, person: usize, hash: Hash, cited: bool) {
        let least = self.keys[person].get_or_insert(hash);
        *least = hash.min(*least);
        if cited {
            self.owners.insert(token(&hash), person);
        }
    }

    /// The token that is printed of the person who has this one.
    pub(super) fn printed(&self, cited: &str) -> Option<String> {
        self.owners.get(cited).and_then(|person| self.keys[*person].as_ref()).map(token)
    }
}

/// Namesakes of whom nothing else is known, told apart by who is in their file with them.
struct Company<'a> {
    identities: &'a [Identity],
    key: &'a Key,
    /// Of each file, the two least hashes of names.
    least: OnceCell<BTreeMap<&'a str, BTreeSet<Hash>>>,
}

impl Company<'_> {
    /// The hashes of a name with what is known beside it, whose each is, and whether a row of theirs
    /// says just that.
    fn names(
        &self,
        name: &str,
        rows: &[usize],
        groups: &Groups,
        keys: &[Option<Hash>],
    ) -> Vec<(Hash, usize, bool)> {
        let mut known: BTreeMap<Details<&str>, Bearers> = BTreeMap::new();
        for row in rows {
            let person = groups.root(*row);
            let said = self.identities[*row].said();
            for part in parts(said) {
                let bearers = known.entry(part).or_default();
                bearers.all.insert(person);
                if part == said {
                    bearers.exact.insert(person);
                }
            }
        }
        let people: BTreeSet<usize> = rows.iter().map(|row| groups.root(*row)).collect();
        let ranks =
            if people.len() > 1 { self.ranks(name, rows, groups, keys) } else { BTreeMap::new() };
        let mut hashes = Vec::new();
        for (part, Bearers { all, exact }) in &known {
            let text = format!("nom|{name}|{}", part.map(|said| said.unwrap_or("")).join("|"));
            let only = if exact.len() == 1 { exact } else { all };
            if let (Some(person), 1) = (only.first(), only.len()) {
                hashes.push((self.key.hash(&text), *person, exact.contains(person)));
            }
            if all.len() > 1 {
                let alike = exact.len() > 1;
                let mut people: Vec<&usize> = all.iter().collect();
                people.sort_by_key(|person| ranks.get(person));
                for (rank, person) in people.into_iter().enumerate() {
                    let text = format!("{text}|{}/{}", rank + 1, all.len());
                    hashes.push((self.key.hash(&text), *person, alike && exact.contains(person)));
                }
            }
        }
        hashes
    }

    /// The rank of each of the people of one name, in an order that the names of files decide only when
    /// nothing else can.
    fn ranks(
        &self,
        name: &str,
        rows: &[usize],
        groups: &Groups,
        keys: &[Option<Hash>],
    ) -> BTreeMap<usize, usize> {
        let own = self.key.hash(name);
        let mut places = BTreeMap::new();
        for row in rows {
            let identity = &self.identities[*row];
            let file = &*identity.file;
            let others = self.least().get(file).into_iter().flatten();
            let place = (others.copied().find(|hash| *hash != own), file, identity.said());
            let least = places.entry(groups.root(*row)).or_insert(place);
            *least = place.min(*least);
        }
        let mut people: Vec<_> = places.into_iter().map(|(p, place)| (place, keys[p], p)).collect();
        people.sort_unstable();
        people.into_iter().enumerate().map(|(rank, (.., person))| (person, rank)).collect()
    }

    fn least(&self) -> &BTreeMap<&str, BTreeSet<Hash>> {
        self.least.get_or_init(|| {
            let mut least: BTreeMap<&str, BTreeSet<Hash>> = BTreeMap::new();
            for identity in self.identities {
                let Some(name) = &identity.name else { continue };
                let two = least.entry(&identity.file).or_default();
                two.insert(self.key.hash(name));
                if two.len() > 2 {
                    two.pop_last();
                }
            }
            least
        })
    }
}

/// The details and all that is less than them: what a row said before they were filled in.
fn parts(said: Details<&str>) -> BTreeSet<Details<&str>> {
    (0u8..16)
        .map(|kept| std::array::from_fn(|at| said[at].filter(|_| kept >> at & 1 == 1)))
        .collect()
}
