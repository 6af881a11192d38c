//! Stage 3: who is who. Typed tables → [`Programme`]: people as numbered persons with a keyed hash,
//! organisations by normal form, references resolved. Names of people stop here: neither the
//! programme nor the tables handed on hold a column marked personal.

pub mod key;

mod activity;
mod directory;
mod free_text;
mod money;
mod organisations;
mod people;
mod registry;

pub use key::Key;

use crate::finding::Finding;
use crate::programme::Programme;
use crate::settings::Settings;
use crate::tables::{self, Tables};
use registry::Registry;

/// Links the tables into a programme.
///
/// Gives the tables without any personal column, the programme, and what could not be resolved.
pub fn link(
    mut tables: Tables,
    settings: &Settings,
    key: &Key,
) -> (Tables, Programme, Vec<Finding>) {
    let mut registry = Registry::new(settings);
    registry.findings = free_text::mask(&mut tables);
    let mut programme = Programme { given: tables.given(), ..Programme::default() };
    organisations::territories(&tables, &mut registry);
    organisations::organisations(&tables, &mut registry);
    activity::projects(&tables, &mut registry, &mut programme);
    activity::activities(&tables, &mut registry, &mut programme);
    people::people(&tables, key, &mut registry, &mut programme);
    activity::partnerships(&tables, &mut registry, &mut programme);
    activity::cooperations(&tables, &mut registry, &mut programme);
    if settings.full_surveys {
        activity::end_silent_ties(&mut programme);
    }
    activity::plan(&tables, &mut registry, &mut programme);
    activity::records(&tables, &mut registry, &mut programme);
    money::money(&tables, &mut registry, &mut programme);
    activity::canonical_actions(&mut programme);
    let findings = tables::grouped(registry.finish(&mut programme));
    (nameless(tables), programme, findings)
}

/// The same tables without their personal columns.
fn nameless(mut tables: Tables) -> Tables {
    tables.retain_columns(|column| !column.personal);
    tables
}

#[cfg(test)]
mod tests;
