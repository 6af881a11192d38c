//! Stage 3: who is who. Typed tables → [`Programme`]: people as numbered persons with a keyed hash,
//! organisations by normal form, references resolved. Names of people stop here: neither the
//! programme nor the tables handed on hold a column marked personal.

pub mod key;

mod activity;
mod decisions;
mod directory;
mod form;
mod free_text;
pub mod matching;
mod money;
mod names;
mod organisations;
mod people;
mod registry;
mod spellings;
mod suggestion;

pub(crate) use form::place_form;
pub use key::Key;
pub use names::Names;
pub use organisations::named;
pub use suggestion::{Merges, Suggestion, token};

use crate::finding::Finding;
use crate::programme::Programme;
use crate::settings::Settings;
use crate::tables::{self, Tables};
use registry::Registry;

/// What linking gives.
#[derive(Debug)]
pub struct Linked {
    /// The tables without any personal column.
    pub tables: Tables,
    /// The programme.
    pub programme: Programme,
    /// What could not be resolved.
    pub findings: Vec<Finding>,
    /// Pairs that may be one, to be decided by a human.
    pub suggestions: Vec<Suggestion>,
    /// How many rows were brought together, on what.
    pub merges: Merges,
    /// Names of participants, for what is about to be published; to be dropped with this.
    pub names: Names,
}

/// Links the tables into a programme.
pub fn link(mut tables: Tables, settings: &Settings, key: &Key) -> Linked {
    let names = Names::of(&tables);
    let masked = free_text::mask(&mut tables, &names);
    spellings::unify(&mut tables);
    // Decisions name organisations as the masked tables do.
    let mut registry = Registry::new(settings, &tables);
    registry.findings.extend(masked);
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
    registry.finish(&mut programme);
    let mut suggestions = organisations::suggest(&tables, &registry, &programme);
    suggestions.append(&mut registry.suggestions);
    registry.findings.extend(suggestions.iter().map(Suggestion::finding));
    let findings = tables::grouped(registry.findings);
    let merges = registry.merges;
    Linked { tables: nameless(tables), programme, findings, suggestions, merges, names }
}

/// The same tables without their personal columns.
fn nameless(mut tables: Tables) -> Tables {
    tables.retain_columns(|column| !column.personal);
    tables
}

#[cfg(test)]
mod tests;
