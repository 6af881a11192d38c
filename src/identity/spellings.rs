//! Names typed freely and counted as typed (communes, networks): one spelling each, the one most used.

use super::form::place_form;
use crate::schema::{ColumnSpec, Kind};
use crate::tables::{Column, Tables};
use crate::texts::fold;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is counted by the spelling of its names: which columns hold it, and what its spellings share.
type Named = (fn(&ColumnSpec) -> bool, fn(&str) -> String);

const NAMED: [Named; 2] =
    [(|column| column.kind == Kind::Commune, place_form), (|column| column.id == "networks", fold)];

/// The spelling most used; the first in order on a tie.
pub(super) fn most_used<T: Ord>(counts: &BTreeMap<T, usize>) -> Option<&T> {
    counts.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0))).map(|(text, _)| text)
}

/// Writes each commune and each network in one way, in every table.
pub(super) fn unify(tables: &mut Tables) {
    for (is_named, form) in NAMED {
        let mut counts: BTreeMap<String, BTreeMap<Arc<str>, usize>> = BTreeMap::new();
        for (_, column) in tables.columns_mut().filter(|(spec, _)| is_named(spec)) {
            each_text(column, |text| {
                let spellings = counts.entry(form(text)).or_default();
                *spellings.entry(text.clone()).or_default() += 1;
            });
        }
        counts.retain(|_, spellings| spellings.len() > 1);
        if counts.is_empty() {
            continue;
        }
        let best = |text: &str| counts.get(&form(text)).and_then(most_used).cloned();
        for (_, column) in tables.columns_mut().filter(|(spec, _)| is_named(spec)) {
            match column {
                Column::Text(words) => drop(words.replace(best)),
                Column::List(cells) => {
                    let items = cells.iter_mut().flat_map(|cell| cell.iter_mut());
                    items.for_each(|item| *item = best(item).unwrap_or_else(|| item.clone()));
                }
                _ => {}
            }
        }
    }
}

fn each_text(column: &Column, mut read: impl FnMut(&Arc<str>)) {
    match column {
        Column::Text(words) => {
            (0..words.len()).filter_map(|row| words.get(row)).for_each(&mut read);
        }
        Column::List(cells) => {
            cells.iter().flat_map(|cell| cell.iter()).for_each(&mut read);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spelling_most_used_wins_and_the_first_on_a_tie() {
        let of = |all: &[(&str, usize)]| {
            let counts = all.iter().map(|(text, n)| ((*text).to_owned(), *n)).collect();
            most_used(&counts).cloned()
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[("a", 1), ("b", 2)]).as_deref(), Some("b"));
        assert_eq!(of(&[("b", 2), ("a", 2)]).as_deref(), Some("a"));
    }
}
