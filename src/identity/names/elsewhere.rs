//! What is named in the tables and is nobody: organisations, places.

use crate::hashing::TextMap;
use crate::identity::form::normal_form;
use crate::identity::people::sorted_words;
use crate::schema::TableId;
use crate::tables::{Column, Frame, Tables};

/// Columns that name organisations and places.
const ELSEWHERE: [&str; 12] = [
    "organisation",
    "organisers",
    "partners",
    "holder",
    "host",
    "a",
    "b",
    "funder",
    "beneficiary",
    "networks",
    "territory",
    "commune",
];

/// Normal forms of the names of organisations and places. Who gives their own name for their
/// organisation makes no organisation of it.
pub(super) fn elsewhere(tables: &Tables) -> TextMap<String, ()> {
    let mut forms = TextMap::default();
    let mut note = |name: &str| {
        forms.insert(normal_form(name), ());
    };
    for frame in tables.iter() {
        let named = matches!(frame.spec.id, TableId::Organisations | TableId::Territories);
        for id in ELSEWHERE.iter().chain(named.then_some(&"name")) {
            match frame.columns.get(id) {
                Some(Column::Text(_)) if frame.spec.id == TableId::Participants => {
                    let others = (0..frame.len()).filter(|row| !is_own_name(frame, *row, id));
                    others.filter_map(|row| frame.text(id, row)).for_each(&mut note);
                }
                Some(Column::Text(words)) => words.texts().for_each(|name| note(name)),
                Some(Column::List(cells)) => cells.iter().flatten().for_each(|name| note(name)),
                _ => {}
            }
        }
    }
    forms
}

fn is_own_name(frame: &Frame, row: usize, id: &str) -> bool {
    let name = ["last_name", "first_name"].map(|id| frame.text(id, row).unwrap_or(""));
    let name = sorted_words(name.join(" ").trim());
    frame.text(id, row).is_some_and(|text| sorted_words(text) == name)
}
