//! The quarterly report ADEME reads, section by section, in the order of its own outline.

mod annexes;
mod governance;
mod overview;
mod plan;
mod reach;
mod register;
mod synergies;

pub(super) use annexes::annexes;
pub(super) use governance::absent;
pub(super) use overview::cover;

use super::compose::Material;
use super::funding;
use super::{Block, Document, Section};

/// Composes the report.
pub(super) fn document(m: &Material<'_>) -> Document {
    let mut sections = vec![
        section(m, "synthese", overview::synthesis(m)),
        section(m, "plan", plan::plan(m)),
        section(m, "indicateurs", overview::indicators(m)),
        section(m, "portee", reach::reach(m)),
        section(m, "synergies", synergies::synergies(m)),
        section(m, "financement", funding::quarterly(m)),
        section(m, "gouvernance", governance::governance(m)),
        section(m, "capitalisation", governance::learning(m)),
        section(m, "suite", plan::next_quarter(m)),
    ];
    sections.extend(annexes(m));
    Document {
        stem: "rapport-trimestriel",
        title: m.t("trimestriel.titre"),
        subtitle: m.fill("trimestriel.sous_titre", &[("periode", period_words(m))]),
        cover: overview::cover(m),
        sections,
    }
}

fn section(m: &Material<'_>, id: &'static str, blocks: Vec<Block>) -> Section {
    Section { id, title: m.t(&format!("trimestriel.{id}.titre")), annex: false, blocks }
}

/// The period in words.
pub(super) fn period_words(m: &Material<'_>) -> String {
    crate::locale::quarter_words(m.texts.lang, m.quarter())
}
