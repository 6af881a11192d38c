//! The funding-diversification dossier.

mod budget;
mod prospects;

use super::compose::Material;
use super::quarterly::{annexes, period_words};
use super::{Block, Document, Section, Tone, funding};
use crate::indicators::Scope;
use crate::period::WindowKind::Cumulative;

/// Composes the dossier.
pub(super) fn document(m: &Material<'_>) -> Document {
    let mut sections = vec![
        section(m, "situation", situation(m)),
        section(m, "cerfa", budget::cerfa(m)),
        section(m, "pluriannuel", budget::years(m)),
        section(m, "pistes", prospects::pipeline(m)),
        section(m, "scenarios", prospects::scenarios(m)),
        section(m, "depart", prospects::departure(m)),
        section(m, "benevolat", prospects::volunteering(m)),
        section(m, "prospects", prospects::prospects(m)),
        section(m, "utilite", usefulness(m)),
    ];
    sections.extend(annexes(m));
    Document {
        stem: "dossier-financement",
        title: m.t("dossier.titre"),
        subtitle: m.fill("dossier.sous_titre", &[("periode", period_words(m))]),
        cover: super::quarterly::cover(m),
        sections,
    }
}

fn section(m: &Material<'_>, id: &'static str, blocks: Vec<Block>) -> Section {
    Section { id, title: m.t(&format!("dossier.{id}.titre")), annex: false, blocks }
}

/// Concentration and dependence, by funder and by category, over time.
fn situation(m: &Material<'_>) -> Vec<Block> {
    if let Some(missing) = funding::missing(m) {
        return vec![missing];
    }
    let mut blocks = vec![
        Block::Paragraph { text: m.t("dossier.situation.intro") },
        Block::Table(funding::situation(m)),
    ];
    blocks.extend(funding::concentration(m));
    for dimension in ["ligne_cerfa", "origine"] {
        let table = funding::shares(m, dimension);
        if table.rows.len() > 1 {
            blocks.push(Block::Table(table));
        }
    }
    blocks.extend(funding::mix(m));
    blocks.extend(budget::trajectory(m));
    blocks
}

/// What a new funder may quote: reach and synergies, with their definitions in the annex.
fn usefulness(m: &Material<'_>) -> Vec<Block> {
    let ids = [
        "participants_uniques",
        "participations",
        "structures_touchees",
        "porteurs_accompagnes",
        "projets_avec_gouvernance",
        "nouvelles_synergies",
        "synergies_inter_reseaux",
        "projets_multi_acteurs",
    ];
    let known = ids.iter().any(|id| m.number(id, Scope::Programme, Cumulative).is_some());
    if !known {
        return vec![m.missing(&m.t("dossier.utilite.titre"), None)];
    }
    vec![
        Block::Table(funding::indicator_table(m, "utilite", "dossier.utilite.tableau", &ids)),
        Block::Notice {
            tone: Tone::Info,
            title: m.t("dossier.utilite.contribution"),
            text: m.t("dossier.utilite.contribution_texte"),
        },
    ]
}
