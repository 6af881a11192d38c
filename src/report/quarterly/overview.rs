//! Cover, one-page synthesis, indicators by family.

use crate::indicators::{self, Family, Measure, Scope, Value};
use crate::locale;
use crate::period::WindowKind::{Cumulative, Previous, Quarter};
use crate::report::compose::Material;
use crate::report::{Block, Cell, Format, KeyFigure, Table, Tone, wording};

/// Label–value lines of the cover.
pub(in crate::report) fn cover(m: &Material<'_>) -> Vec<(String, String)> {
    let programme = &m.settings.programme;
    let unknown = || m.t("statut.non_renseigne");
    let text = |value: &Option<String>| value.clone().unwrap_or_else(unknown);
    let aid = m.settings.aid.maximum.map_or_else(unknown, |cents| m.euros(cents));
    let lines = [
        ("programme", m.programme_name()),
        ("projet", text(&programme.title)),
        ("beneficiaire", text(&programme.beneficiary)),
        ("siret", programme.siret.as_deref().map_or_else(unknown, siret)),
        ("decision", text(&programme.decision)),
        ("aide_maximale", aid),
        ("periode", super::period_words(m)),
        ("arrete", m.date(m.quarter().end())),
        ("territoires", territories(m)),
        ("produit_par", crate::report::generator()),
    ];
    lines.map(|(key, value)| (m.t(&format!("couverture.{key}")), value)).into()
}

/// A SIRET as it is printed: `123 456 789 00012`.
fn siret(digits: &str) -> String {
    if digits.len() != 14 || !digits.is_ascii() {
        return digits.to_string();
    }
    [&digits[..3], &digits[3..6], &digits[6..9], &digits[9..]].join("\u{a0}")
}

fn territories(m: &Material<'_>) -> String {
    let names: Vec<&str> = m.programme.territories.iter().map(|t| t.name.as_str()).collect();
    if names.is_empty() { m.t("statut.non_renseigne") } else { names.join(", ") }
}

/// The five headline figures.
const HEADLINES: [&str; 5] = [
    "participants_uniques",
    "participations",
    "porteurs_accompagnes",
    "nouvelles_synergies",
    "financeurs_effectifs",
];

/// One page: headline figures, three sentences, what to watch.
pub(super) fn synthesis(m: &Material<'_>) -> Vec<Block> {
    let items = HEADLINES.iter().map(|id| key_figure(m, id)).collect();
    let mut blocks = vec![Block::KeyFigures { items }];
    let sentences: Vec<String> =
        ["portee", "synergies", "financement"].iter().map(|topic| sentence(m, topic)).collect();
    blocks.extend(sentences.into_iter().map(|text| Block::Paragraph { text }));
    blocks.push(Block::Heading { text: m.t("trimestriel.a_surveiller") });
    blocks.push(Block::Bullets { items: watch(m) });
    blocks
}

fn key_figure(m: &Material<'_>, id: &str) -> KeyFigure {
    let now = m.measure(id, Scope::Programme, Quarter);
    let before = m.measure(id, Scope::Programme, Previous);
    let detail = match now {
        Some(measure) if measure.reading.value.get().is_none() => {
            wording::reason(measure.reading.value, m.texts)
        }
        _ => m.fill("synthese.cumul", &[("valeur", m.value(id, Scope::Programme, Cumulative))]),
    };
    let previous = before.filter(|b| b.reading.value.get().is_some()).map(|b| {
        format!("{}\u{a0}: {}", m.quarter_text(m.quarter().previous()), wording::value(b, m.texts))
    });
    KeyFigure {
        label: m.name(id),
        value: m.value(id, Scope::Programme, Quarter),
        detail,
        previous: previous.unwrap_or_default(),
        target: now.and_then(|measure| target(m, measure)).unwrap_or_default(),
    }
}

/// `Cible : 450 (score 0,92)`
fn target(m: &Material<'_>, measure: &Measure) -> Option<String> {
    let objective = measure.objective?;
    let format = wording::format(measure.indicator.unit);
    let target = wording::number(objective.target, format, m.texts.lang);
    let score = objective.score.map(|s| locale::decimal(m.texts.lang, s, 2));
    Some(match score {
        Some(score) => m.fill("synthese.cible_score", &[("cible", target), ("score", score)]),
        None => m.fill("synthese.cible", &[("cible", target)]),
    })
}

/// A sentence from the measures of a topic, or the one that says what is missing.
fn sentence(m: &Material<'_>, topic: &str) -> String {
    let ids: &[&str] = match topic {
        "portee" => &["participants_uniques", "nouveaux", "participations"],
        "synergies" => &["nouvelles_synergies", "synergies_inter_reseaux", "isoles"],
        _ => &["financeurs_effectifs", "dependance", "hhi"],
    };
    let unknown = ids.iter().find(|id| m.number(id, Scope::Programme, Cumulative).is_none());
    if let Some(unknown) = unknown {
        let measure = m.measure(unknown, Scope::Programme, Cumulative);
        let reason = measure.map(|f| wording::reason(f.reading.value, m.texts)).unwrap_or_default();
        let secret = measure.is_some_and(|f| matches!(f.reading.value, Value::Secret(_)));
        let key = if secret {
            format!("synthese.{topic}.secret")
        } else {
            format!("synthese.{topic}.absent")
        };
        return m.fill(&key, &[("motif", reason)]);
    }
    let mut slots = vec![("trimestre", super::period_words(m))];
    for (slot, id) in ["a", "b", "c"].into_iter().zip(ids) {
        slots.push((slot, m.value(id, Scope::Programme, Quarter)));
    }
    for (slot, id) in ["ca", "cb", "cc"].into_iter().zip(ids) {
        slots.push((slot, m.value(id, Scope::Programme, Cumulative)));
    }
    // A quarter without a grant has no structure of funding to speak of.
    let quiet = ids.iter().all(|id| m.number(id, Scope::Programme, Quarter).is_none());
    if topic == "financement" && quiet {
        return m.fill("synthese.financement.cumul", &slots);
    }
    m.fill(&format!("synthese.{topic}"), &slots)
}

/// What to watch: weak scores, public share over the ceiling, late actions, blocking findings.
fn watch(m: &Material<'_>) -> Vec<String> {
    let mut items = Vec::new();
    for measure in &m.measures.all {
        let objective = measure.objective.filter(|o| o.score.is_some_and(|s| s < 0.5));
        if let (Some(objective), Scope::Programme) = (objective, measure.scope) {
            let format = wording::format(measure.indicator.unit);
            items.push(m.fill(
                "surveiller.score",
                &[
                    ("indicateur", m.name(measure.indicator.id)),
                    ("fenetre", wording::window(measure.window, m.texts)),
                    ("valeur", wording::value(measure, m.texts)),
                    ("cible", wording::number(objective.target, format, m.texts.lang)),
                ],
            ));
        }
    }
    let ceiling = m.settings.thresholds.public_share;
    let public = m.number("cumul_public", Scope::Programme, Cumulative);
    if let Some(share) = public.filter(|share| *share > ceiling) {
        items.push(m.fill(
            "surveiller.public",
            &[
                ("part", locale::percent(m.texts.lang, share)),
                ("plafond", locale::percent(m.texts.lang, ceiling)),
            ],
        ));
    }
    let late = super::plan::late(m).len() as u64;
    if late > 0 {
        items.push(m.texts.plural("surveiller.retard", late));
    }
    let blocking = super::annexes::blocking(m);
    if blocking > 0 {
        items.push(m.texts.plural("surveiller.anomalies", blocking));
    }
    if items.is_empty() {
        items.push(m.t("surveiller.rien"));
    }
    items
}

/// A table per family: quarter, cumulative, previous quarter, limit, target, score, TETE code.
pub(super) fn indicators(m: &Material<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph { text: m.t("trimestriel.indicateurs.intro") }];
    for family in Family::ALL {
        let mut table = Table::new(
            format!("indicateurs_{}", family.code()),
            m.t(&format!("famille.{}", family.code())),
            [
                (m.t("colonne.indicateur"), Format::Text, 3.3),
                (m.quarter_text(m.quarter()), Format::Decimal1, 1.7),
                (m.t("colonne.cumul"), Format::Decimal1, 1.7),
                (m.quarter_text(m.quarter().previous()), Format::Decimal1, 1.7),
                (m.t("colonne.limite"), Format::Decimal1, 1.0),
                (m.t("colonne.cible"), Format::Decimal1, 1.0),
                (m.t("colonne.score"), Format::Decimal2, 0.8),
                (m.t("colonne.tete"), Format::Text, 1.0),
            ],
        );
        let mut shown = Vec::new();
        for indicator in indicators::all().filter(|i| i.family == family) {
            let cell = |kind| m.measure(indicator.id, Scope::Programme, kind);
            let windows = [cell(Quarter), cell(Cumulative), cell(Previous)];
            if windows[..2].iter().all(Option::is_none) {
                continue; // an indicator with breakdowns only has tables of its own
            }
            shown.extend(windows.into_iter().flatten());
            let mut cells = vec![Cell::text(m.name(indicator.id))];
            cells.extend(windows.map(|measure| m.cell(measure)));
            cells.extend(objective_cells(m, &windows));
            cells.push(Cell::text(
                m.texts.find(&format!("indicateur.{}.tete", indicator.id)).unwrap_or_default(),
            ));
            table.push(cells);
        }
        table.notes = m.reasons(shown);
        if !table.rows.is_empty() {
            blocks.push(Block::Table(table));
        }
    }
    blocks.push(Block::Notice {
        tone: Tone::Info,
        title: m.t("trimestriel.score.titre"),
        text: m.t("trimestriel.score.texte"),
    });
    blocks
}

/// Limit, target and score: of the quarter if it has a target, else of the cumulative.
fn objective_cells(m: &Material<'_>, windows: &[Option<&Measure>; 3]) -> [Cell; 3] {
    let found = windows.iter().flatten().find_map(|measure| Some((*measure, measure.objective?)));
    let Some((measure, objective)) = found else {
        return [Cell::none(), Cell::none(), Cell::none()];
    };
    let format = wording::format(measure.indicator.unit);
    let number = |value: Option<f64>, format| {
        value.map_or_else(Cell::none, |value| Cell::number(value, format, m.texts))
    };
    [
        number(objective.limit, format),
        number(Some(objective.target), format),
        number(objective.score, Format::Decimal2),
    ]
}
