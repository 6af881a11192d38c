//! The action plan, planned and done: the State's own table; then what comes next and what is late.

use crate::indicators::Scope;
use crate::period::WindowKind::Cumulative;
use crate::programme::PlannedAction;
use crate::report::compose::{Material, figure};
use crate::report::figure::{Drawing, Pair, Pairs};
use crate::report::{Block, Cell, Format, Table, Tone, wording};
use crate::schema::TableId;

/// An action with what was done of it, from the measures.
struct Progress<'a> {
    action: &'a PlannedAction,
    done: Option<f64>,
    physical: Option<f64>,
    spent: Option<f64>,
    financial: Option<f64>,
}

fn progress<'a>(m: &Material<'a>) -> Vec<Progress<'a>> {
    let of = |id: &'static str, action: &str| {
        m.modality(id, Scope::Programme, Cumulative, "action", action)
    };
    m.programme
        .actions
        .iter()
        .map(|action| {
            let physical = of("avancement_physique", &action.id);
            let financial = of("avancement_financier", &action.id);
            Progress {
                action,
                done: physical.and_then(|p| p.reading.numerator),
                physical: physical.and_then(|p| p.reading.value.get()),
                spent: financial.and_then(|f| f.reading.numerator),
                financial: financial.and_then(|f| f.reading.value.get()),
            }
        })
        .collect()
}

/// Actions past their due date and not done by the end of the quarter.
pub(super) fn late<'a>(m: &Material<'a>) -> Vec<&'a PlannedAction> {
    progress(m)
        .into_iter()
        .filter(|p| p.action.due.is_some_and(|due| due <= m.quarter().end()))
        .filter(|p| p.physical.is_some_and(|share| share < 1.0))
        .map(|p| p.action)
        .collect()
}

/// The table of the plan and its figure.
pub(super) fn plan(m: &Material<'_>) -> Vec<Block> {
    let progress = progress(m);
    if progress.is_empty() {
        let sheet = TableId::ActionPlan.spec().sheet;
        return vec![Block::Notice {
            tone: Tone::Missing,
            title: format!("{}\u{a0}: {}", sheet, m.t("statut.non_renseigne")),
            text: m.fill("motif.feuille-absente", &[("feuille", sheet.to_string())]),
        }];
    }
    let number = |value: Option<f64>, format| {
        value.map_or_else(Cell::none, |v| Cell::number(v, format, m.texts))
    };
    let mut table = Table::new(
        "plan_d_actions",
        m.fill("plan.tableau", &[("date", m.date(m.quarter().end()))]),
        [
            (m.t("colonne.action"), Format::Text, 3.6),
            (m.t("colonne.prevu"), Format::Text, 1.5),
            (m.t("colonne.depenses_prevues"), Format::Euro, 1.3),
            (m.t("colonne.realise"), Format::Text, 1.1),
            (m.t("colonne.depenses_realisees"), Format::Euro, 1.3),
            (m.t("colonne.avancement_physique"), Format::Percent, 1.3),
            (m.t("colonne.avancement_financier"), Format::Percent, 1.3),
            (m.t("colonne.ecart"), Format::Percent, 1.1),
        ],
    );
    for p in &progress {
        let planned = p.action.quantity.map_or_else(String::new, |q| {
            let unit = p.action.unit.clone().unwrap_or_default();
            format!("{} {unit}", wording::plain_number(q, m.texts.lang)).trim().to_string()
        });
        let mut planned_cell = Cell::text(planned);
        planned_cell.number = p.action.quantity.filter(|_| p.action.unit.is_none());
        table.push(vec![
            Cell::text(format!("{} – {}", p.action.id, p.action.title)),
            planned_cell,
            Cell::cents(p.action.spending, m.texts),
            p.done.map_or_else(Cell::none, |d| {
                let mut cell = Cell::text(wording::plain_number(d, m.texts.lang));
                cell.number = Some(d);
                cell.format = Some(Format::Decimal1);
                cell
            }),
            number(p.spent, Format::Euro),
            number(p.physical, Format::Percent),
            number(p.financial, Format::Percent),
            number(p.physical.map(|share| share - 1.0), Format::Percent),
        ]);
    }
    let gap = m.settings.thresholds.gap;
    table
        .notes
        .push(m.fill("plan.note_ecart", &[("seuil", crate::locale::percent(m.texts.lang, gap))]));
    let mut blocks = vec![Block::Table(table)];
    blocks.extend(chart(m, &progress));
    blocks.extend(explanations(m, &progress, gap));
    blocks
}

fn chart(m: &Material<'_>, progress: &[Progress<'_>]) -> Option<Block> {
    let rows: Vec<Pair> = progress
        .iter()
        .filter(|p| p.physical.is_some())
        .map(|p| Pair {
            label: format!("{} – {}", p.action.id, p.action.title),
            first: Some(100.0),
            second: p.physical.map(|share| share * 100.0),
            text: p.physical.map(|s| crate::locale::percent(m.texts.lang, s)).unwrap_or_default(),
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let mut table = Table::new(
        "avancement_par_action",
        m.t("figure.plan.titre"),
        [
            (m.t("colonne.action"), Format::Text, 4.0),
            (m.t("colonne.prevu_pourcent"), Format::Integer, 1.0),
            (m.t("colonne.realise_pourcent"), Format::Decimal1, 1.0),
        ],
    );
    for pair in &rows {
        table.push(vec![
            Cell::text(pair.label.clone()),
            Cell::number(100.0, Format::Integer, m.texts),
            pair.second.map_or_else(Cell::none, |v| Cell::number(v, Format::Decimal1, m.texts)),
        ]);
    }
    let list: Vec<String> = rows.iter().map(|r| format!("{} {}", r.label, r.text)).collect();
    let alt = m.fill("figure.plan.alt", &[("liste", list.join(" ; "))]);
    Some(figure(
        "avancement-plan",
        m.fill("figure.plan.titre_date", &[("date", m.date(m.quarter().end()))]),
        alt,
        table,
        Drawing::Pairs(Pairs {
            rows,
            first: m.t("colonne.prevu"),
            second: m.t("colonne.realise"),
            axis: m.t("figure.plan.axe"),
        }),
    ))
}

/// Gaps over the threshold: a line each for the facilitator to explain.
fn explanations(m: &Material<'_>, progress: &[Progress<'_>], gap: f64) -> Vec<Block> {
    let items: Vec<String> = progress
        .iter()
        .filter_map(|p| Some((p, p.physical? - 1.0)))
        .filter(|(_, difference)| difference.abs() > gap)
        .map(|(p, difference)| {
            let key = if difference > 0.0 { "plan.depasse" } else { "plan.retard" };
            m.fill(
                key,
                &[
                    ("action", format!("{} – {}", p.action.id, p.action.title)),
                    ("ecart", crate::locale::percent(m.texts.lang, difference.abs())),
                ],
            )
        })
        .collect();
    if items.is_empty() {
        return Vec::new();
    }
    vec![Block::Heading { text: m.t("plan.ecarts") }, Block::Bullets { items }]
}

/// Actions due next quarter, later ones, and those that are late.
pub(super) fn next_quarter(m: &Material<'_>) -> Vec<Block> {
    let next = m.quarter().next();
    let dated: Vec<&PlannedAction> =
        m.programme.actions.iter().filter(|a| a.due.is_some()).collect();
    if dated.is_empty() {
        let what = m.t("suite.echeances");
        return vec![m.missing(&what, None)];
    }
    let line = |action: &PlannedAction| {
        let due = action.due.map(|d| m.date(d)).unwrap_or_default();
        m.fill(
            "suite.ligne",
            &[("action", format!("{} – {}", action.id, action.title)), ("date", due)],
        )
    };
    let due: Vec<String> = dated
        .iter()
        .filter(|a| a.due.is_some_and(|d| crate::period::Quarter::of(d) == next))
        .map(|a| line(a))
        .collect();
    let late: Vec<String> = late(m).into_iter().map(line).collect();
    let mut blocks = Vec::new();
    for (title, items, nothing) in [
        (m.fill("suite.a_venir", &[("periode", m.quarter_text(next))]), due, "suite.rien_a_venir"),
        (m.t("suite.en_retard"), late, "suite.rien_en_retard"),
    ] {
        blocks.push(Block::Heading { text: title });
        blocks.push(if items.is_empty() {
            Block::Paragraph { text: m.t(nothing) }
        } else {
            Block::Bullets { items }
        });
    }
    blocks
}
