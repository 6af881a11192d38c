//! Committees, meetings and contacts; then lessons and communications.

use crate::indicators::Scope;
use crate::period::WindowKind::{Cumulative, Previous, Quarter};
use crate::programme::Learning;
use crate::report::compose::Material;
use crate::report::{Block, Cell, Format, Table, Tone, wording};
use crate::schema::TableId;

/// Indicators of the governance table.
const GOVERNANCE: [&str; 5] = [
    "comites_coordination",
    "comites_suivi",
    "rencontres_elus",
    "contacts_financeurs",
    "concertations",
];

/// Committees held and expected, meetings with elected people, funder contacts.
pub(super) fn governance(m: &Material<'_>) -> Vec<Block> {
    let mut table = Table::new(
        "gouvernance",
        m.t("gouvernance.tableau"),
        [
            (m.t("colonne.indicateur"), Format::Text, 3.5),
            (m.quarter_text(m.quarter()), Format::Integer, 1.2),
            (m.t("colonne.attendu"), Format::Integer, 1.2),
            (m.quarter_text(m.quarter().previous()), Format::Integer, 1.2),
            (m.t("colonne.cumul"), Format::Integer, 1.2),
            (m.t("colonne.attendu_cumul"), Format::Integer, 1.4),
        ],
    );
    let mut shown = Vec::new();
    for id in GOVERNANCE {
        let of = |kind| m.measure(id, Scope::Programme, kind);
        // Held over expected is a rate of two counts: its parts are what people read.
        let held = |kind| match of(kind) {
            Some(measure) => match (measure.reading.value.get(), measure.reading.numerator) {
                (Some(_), Some(held)) => Cell::number(held, Format::Integer, m.texts),
                _ => wording::cell(measure, m.texts),
            },
            None => Cell::none(),
        };
        let expected = |kind| {
            of(kind)
                .and_then(|measure| measure.reading.denominator)
                .map_or_else(Cell::none, |d| Cell::number(d, Format::Integer, m.texts))
        };
        shown.extend(of(Quarter));
        table.push(vec![
            Cell::text(m.name(id)),
            held(Quarter),
            expected(Quarter),
            held(Previous),
            held(Cumulative),
            expected(Cumulative),
        ]);
    }
    table.notes = m.reasons(shown);
    vec![Block::Table(table)]
}

/// What was learnt in the quarter, by type, and how the programme was made known.
pub(super) fn learning(m: &Material<'_>) -> Vec<Block> {
    let mut blocks = lessons(m);
    blocks.extend(communications(m));
    blocks
}

const KINDS: [&str; 5] = ["difficulté", "inflexion", "enseignement", "réussite", "témoignage"];

fn lessons(m: &Material<'_>) -> Vec<Block> {
    if !m.programme.given.contains(&TableId::Learning) {
        return vec![absent(m, TableId::Learning)];
    }
    let window = crate::period::Window::quarter(Quarter, m.quarter());
    let mut lessons: Vec<&Learning> =
        m.programme.learning.iter().filter(|l| window.contains(l.date)).collect();
    lessons.sort_by(|a, b| (a.date, &a.text).cmp(&(b.date, &b.text)));
    let mut blocks = Vec::new();
    for kind in KINDS {
        let items: Vec<String> =
            lessons.iter().filter(|l| l.kind == kind).map(|l| lesson(m, l)).collect();
        if !items.is_empty() {
            blocks.push(Block::Heading {
                text: m.t(&format!("capitalisation.{}", crate::texts::snake(kind))),
            });
            blocks.push(Block::Bullets { items });
        }
    }
    if blocks.is_empty() {
        blocks.push(Block::Paragraph { text: m.t("capitalisation.rien") });
    }
    blocks
}

fn lesson(m: &Material<'_>, lesson: &Learning) -> String {
    let place = lesson.territory.map(|ix| m.programme.territories[ix].name.clone());
    let text = if lesson.kind == "témoignage" && !lesson.text.starts_with('«') {
        format!("«\u{a0}{}\u{a0}»", lesson.text)
    } else {
        lesson.text.clone()
    };
    match place {
        Some(place) => format!("{text} ({place}, {})", m.date(lesson.date)),
        None => format!("{text} ({})", m.date(lesson.date)),
    }
}

fn communications(m: &Material<'_>) -> Vec<Block> {
    let heading = Block::Heading { text: m.t("valorisation.titre") };
    if !m.programme.given.contains(&TableId::Communication) {
        return vec![heading, absent(m, TableId::Communication)];
    }
    let window = crate::period::Window::quarter(Quarter, m.quarter());
    let mut rows: Vec<_> =
        m.programme.communication.iter().filter(|c| window.contains(c.date)).collect();
    rows.sort_by(|a, b| (a.date, &a.medium).cmp(&(b.date, &b.medium)));
    if rows.is_empty() {
        return vec![heading, Block::Paragraph { text: m.t("valorisation.rien") }];
    }
    let mut table = Table::new(
        "valorisation",
        m.fill("valorisation.tableau", &[("periode", m.quarter_text(m.quarter()))]),
        [
            (m.t("colonne.date"), Format::Date, 1.4),
            (m.t("colonne.support"), Format::Text, 4.0),
            (m.t("colonne.mention_ademe"), Format::Text, 1.2),
            (m.t("colonne.audience"), Format::Integer, 1.2),
        ],
    );
    for c in rows {
        let mention = c
            .mentions_ademe
            .map_or("statut.non_renseigne", |yes| if yes { "mot.oui" } else { "mot.non" });
        table.push(vec![
            Cell::text(m.date(c.date)),
            Cell::text(c.medium.clone()),
            Cell::text(m.t(mention)),
            c.audience.map_or_else(Cell::none, |a| Cell::number(a, Format::Integer, m.texts)),
        ]);
    }
    vec![heading, Block::Table(table)]
}

/// The notice of a table nobody gave.
pub(in crate::report) fn absent(m: &Material<'_>, table: TableId) -> Block {
    let sheet = table.spec().sheet;
    Block::Notice {
        tone: Tone::Missing,
        title: format!("{sheet}\u{a0}: {}", m.t("statut.non_renseigne")),
        text: m.fill("motif.feuille-absente", &[("feuille", sheet.to_string())]),
    }
}
