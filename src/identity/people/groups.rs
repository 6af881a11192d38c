//! Which rows of Participants are one person.

use super::claims::{Hash, Identity, On};
use crate::hashing::NumberMap;
use crate::identity::suggestion::Merges;
use std::collections::{BTreeMap, BTreeSet};

/// A file, and a name in it.
type Place<'a> = (&'a str, &'a str);

/// Rows of one name in one file.
#[derive(Default)]
struct Namesakes {
    /// Those that have only the name.
    bare: Vec<usize>,
    /// The people that the others are, by first row.
    known: BTreeSet<usize>,
}

/// Rows in groups: each row points to one before it in its group, the first one to itself.
pub(super) struct Groups(Vec<usize>);

impl Groups {
    /// The first row of the group of a row.
    pub(super) fn root(&self, mut row: usize) -> usize {
        while self.0[row] != row {
            row = self.0[row];
        }
        row
    }

    /// Puts two rows in one group; gives whether they were in two.
    pub(super) fn join(&mut self, one: usize, other: usize) -> bool {
        let (a, b) = (self.root(one), self.root(other));
        self.0[a.max(b)] = a.min(b);
        a != b
    }

    /// Groups rows that share a claim, then those that have only a name.
    pub(super) fn of(identities: &[Identity], merges: &mut Merges) -> Self {
        let mut groups = Self((0..identities.len()).collect());
        let mut first_with: NumberMap<u128, usize> = NumberMap::default();
        let number = |hash: Hash| u128::from_le_bytes(hash);
        for (row, identity) in identities.iter().enumerate() {
            for (on, claim) in &identity.claims {
                let other = *first_with.entry(number(*claim)).or_insert(row);
                if groups.join(row, other) {
                    *match on {
                        On::Mail => &mut merges.people_by_mail,
                        On::Birth => &mut merges.people_by_birth,
                        On::Id => &mut merges.people_by_id,
                    } += 1;
                }
            }
        }
        groups.by_name(identities, merges);
        groups
    }

    /// In its own file, a row that has only a name is the one person of that name, when there is just
    /// one. Where such rows contradict that person or each other, they are told apart by what they
    /// contradict on: those that say the same of it are one. None of this depends on their order.
    fn by_name(&mut self, identities: &[Identity], merges: &mut Merges) {
        let mut named: BTreeMap<Place<'_>, Namesakes> = BTreeMap::new();
        for (row, identity) in identities.iter().enumerate() {
            let Some(name) = &identity.name else { continue };
            let namesakes = named.entry((&identity.file, name)).or_default();
            if identity.claims.is_empty() {
                namesakes.bare.push(row);
            } else {
                namesakes.known.insert(self.root(row));
            }
        }
        // Rows to be compared together: all those that may be one person, else those of one file.
        let mut pools: BTreeMap<(Option<usize>, Place<'_>), Vec<usize>> = BTreeMap::new();
        for (place, Namesakes { bare, known }) in named {
            let person = known.first().copied().filter(|_| known.len() == 1);
            let place = if person.is_some() { ("", "") } else { place };
            if !bare.is_empty() {
                pools.entry((person, place)).or_default().extend(bare);
            }
        }
        let wanted: BTreeSet<usize> = pools.keys().filter_map(|(person, _)| *person).collect();
        let mut rows_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (row, identity) in identities.iter().enumerate() {
            let person = self.root(row);
            if !identity.claims.is_empty() && wanted.contains(&person) {
                rows_of.entry(person).or_default().push(row);
            }
        }
        for ((person, _), bare) in pools {
            let known = person.and_then(|person| rows_of.get(&person)).map_or(&[][..], |r| r);
            for (row, other) in same(identities, &bare, known) {
                merges.people_by_name += usize::from(self.join(row, other));
            }
        }
    }
}

/// What a bare row says of one detail: nothing, what the person known says, or something else.
type Said<'a> = Option<Option<&'a str>>;

/// Of each of the bare rows, a row it is one with: of the person known, or the first of its kind.
fn same(identities: &[Identity], bare: &[usize], known: &[usize]) -> Vec<(usize, usize)> {
    let theirs: [BTreeSet<&str>; 4] = std::array::from_fn(|at| {
        known.iter().filter_map(|row| identities[*row].said()[at]).collect()
    });
    let said = |row: usize, at: usize| -> Said<'_> {
        let text = identities[row].said()[at]?;
        Some(Some(text).filter(|text| !theirs[at].contains(text)))
    };
    let home = |at: usize| -> Said<'_> { (!theirs[at].is_empty()).then_some(None) };
    let telling: Vec<usize> = (0..theirs.len())
        .filter(|at| {
            let all = bare.iter().filter_map(|row| said(*row, *at)).chain(home(*at));
            all.collect::<BTreeSet<_>>().len() > 1
        })
        .collect();
    let at_home: Vec<Said<'_>> = telling.iter().map(|at| home(*at)).collect();
    let mut first: BTreeMap<(&str, Option<&str>, Vec<Said<'_>>), usize> = BTreeMap::new();
    bare.iter()
        .map(|row| {
            let told: Vec<Said<'_>> = telling.iter().map(|at| said(*row, *at)).collect();
            let person = known.first().filter(|_| told == at_home);
            let identity = &identities[*row];
            let kind = (&*identity.file, identity.name.as_deref(), told);
            (*row, person.copied().unwrap_or_else(|| *first.entry(kind).or_insert(*row)))
        })
        .collect()
}
