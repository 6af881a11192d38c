//! What may come: requests under way, scenarios, the departure of ADEME, funders of others.

use crate::indicators::Scope;
use crate::locale;
use crate::period::WindowKind::{Cumulative, Quarter};
use crate::programme::{BudgetLine, Funding};
use crate::report::compose::Material;
use crate::report::quarterly::absent;
use crate::report::{Block, Cell, Format, Table, Tone};
use crate::schema::cerfa;
use crate::schema::{SIGNED_STATUSES, TableId};
use crate::stats::diversity;
use chrono::Datelike;
use std::collections::BTreeMap;

/// Statuses in the order of a request's life.
const STATUSES: [&str; 7] =
    ["identifié", "en préparation", "déposé", "voté", "conventionné", "soldé", "refusé"];

fn ours<'a>(m: &Material<'a>) -> Vec<&'a Funding> {
    m.programme.funding.iter().filter(|f| f.ours && !f.in_kind).collect()
}

/// Amount of a line for what may come: asked, else granted.
fn amount(f: &Funding) -> i64 {
    f.asked.or(f.granted).unwrap_or(0)
}

fn chance(m: &Material<'_>, f: &Funding) -> f64 {
    let status = f.status.as_deref().unwrap_or("identifié");
    m.settings.probabilities.get(status).copied().unwrap_or(0.0)
}

/// Requests by funder and status, weighted by the chance of each status.
pub(super) fn pipeline(m: &Material<'_>) -> Vec<Block> {
    if !m.programme.given.contains(&TableId::Funding) {
        return vec![absent(m, TableId::Funding)];
    }
    let mut open: Vec<&Funding> = ours(m)
        .into_iter()
        .filter(|f| f.status.as_deref().is_some_and(|s| !SIGNED_STATUSES.contains(&s)))
        .collect();
    if open.is_empty() {
        return vec![Block::Paragraph { text: m.t("dossier.pistes.rien") }];
    }
    let rank = |f: &Funding| STATUSES.iter().position(|s| f.status.as_deref() == Some(s));
    open.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| locale::compare(&a.funder, &b.funder)));
    let mut table = Table::new(
        "pistes",
        m.t("dossier.pistes.tableau"),
        [
            (m.t("colonne.statut"), Format::Text, 1.5),
            (m.t("colonne.financeur"), Format::Text, 3.0),
            (m.t("colonne.montant_demande"), Format::Euro, 1.4),
            (m.t("colonne.probabilite"), Format::Percent, 1.2),
            (m.t("colonne.montant_pondere"), Format::Euro, 1.4),
        ],
    );
    let mut weighted_total = 0.0;
    for f in &open {
        let weighted = amount(f) as f64 / 100.0 * chance(m, f);
        weighted_total += weighted;
        table.push(vec![
            Cell::text(f.status.clone().unwrap_or_default()),
            Cell::text(f.funder.clone()),
            Cell::cents(Some(amount(f)), m.texts),
            Cell::number(chance(m, f), Format::Percent, m.texts),
            Cell::number(weighted.round(), Format::Euro, m.texts),
        ]);
    }
    table.push_strong(vec![
        Cell::text(m.t("commun.total")),
        Cell::none(),
        // What was refused is shown, and counts for nothing.
        Cell::cents(Some(open.iter().filter(|f| !refused(f)).map(|f| amount(f)).sum()), m.texts),
        Cell::none(),
        Cell::number(weighted_total.round(), Format::Euro, m.texts),
    ]);
    table.notes.push(m.t("dossier.pistes.note"));
    table.notes.extend(success_rate(m));
    vec![Block::Table(table)]
}

/// The programme's own success rate, beside the assumed probabilities.
fn success_rate(m: &Material<'_>) -> Option<String> {
    let decided = |statuses: &[&str]| {
        ours(m)
            .iter()
            .filter(|f| f.status.as_deref().is_some_and(|s| statuses.contains(&s)))
            .count()
    };
    let won = decided(&["voté", "conventionné", "soldé"]);
    let total = won + decided(&["refusé"]);
    (total > 0).then(|| {
        m.fill(
            "dossier.pistes.succes",
            &[
                ("gagnes", won.to_string()),
                ("total", total.to_string()),
                ("part", locale::percent(m.texts.lang, won as f64 / total as f64)),
            ],
        )
    })
}

/// What share of a grant a scenario counts on.
type Weight = fn(&Material<'_>, &Funding) -> f64;

/// Concentration if only signed money comes, if weighted requests come too, if all come.
pub(super) fn scenarios(m: &Material<'_>) -> Vec<Block> {
    if !m.programme.given.contains(&TableId::Funding) {
        return vec![absent(m, TableId::Funding)];
    }
    let weights: [(&str, Weight); 3] = [
        ("securise", |_, f| if secured(f) { 1.0 } else { 0.0 }),
        ("pondere", |m, f| if secured(f) { 1.0 } else { chance(m, f) }),
        ("tout", |_, f| if f.status.as_deref() == Some("refusé") { 0.0 } else { 1.0 }),
    ];
    let mut table = Table::new(
        "scenarios",
        m.t("dossier.scenarios.tableau"),
        [
            (m.t("colonne.scenario"), Format::Text, 4.0),
            (m.t("colonne.montant"), Format::Euro, 1.5),
            (m.t("colonne.financeurs"), Format::Integer, 1.2),
            (m.name("hhi"), Format::Decimal3, 1.4),
            (m.name("financeurs_effectifs"), Format::Decimal2, 1.6),
        ],
    );
    for (key, weight) in weights {
        let mut by_funder: BTreeMap<&str, f64> = BTreeMap::new();
        for f in ours(m) {
            let euros = if secured(f) { f.granted.unwrap_or(0) } else { amount(f) } as f64 / 100.0;
            *by_funder.entry(&f.funder).or_default() += euros * weight(m, f);
        }
        let amounts: Vec<f64> = by_funder.into_values().filter(|a| *a > 0.0).collect();
        let hhi = diversity::hhi(&amounts);
        let number = |value: Option<f64>, format| {
            value.map_or_else(
                || Cell::text(m.t("statut.non_defini")),
                |v| Cell::number(v, format, m.texts),
            )
        };
        table.push(vec![
            Cell::text(m.t(&format!("dossier.scenarios.{key}"))),
            Cell::number(amounts.iter().sum::<f64>().round(), Format::Euro, m.texts),
            Cell::number(amounts.len() as f64, Format::Integer, m.texts),
            number(hhi, Format::Decimal3),
            number(hhi.map(|h| 1.0 / h), Format::Decimal2),
        ]);
    }
    table.notes.push(m.t("dossier.scenarios.note"));
    vec![Block::Table(table)]
}

fn refused(f: &Funding) -> bool {
    f.status.as_deref() == Some("refusé")
}

fn secured(f: &Funding) -> bool {
    f.status.as_deref().is_none_or(|s| SIGNED_STATUSES.contains(&s))
}

/// What is left unfunded if the ADEME line goes to nothing: euros and ETPT.
pub(super) fn departure(m: &Material<'_>) -> Vec<Block> {
    let year = m.quarter().end().year();
    let lines: Vec<_> = m.programme.budget.iter().filter(|b| b.year == year).collect();
    if lines.is_empty() {
        return vec![absent(m, TableId::Budget)];
    }
    let planned = |test: &dyn Fn(&BudgetLine) -> bool| -> i64 {
        lines.iter().filter(|b| test(b)).filter_map(|b| b.planned).sum()
    };
    let charges = planned(&|b| cerfa::counts_as_charge(&b.account));
    let income = planned(&|b| cerfa::counts_as_income(&b.account));
    let ademe = super::budget::ademe(m, year, |b| b.planned);
    let staff = planned(&|b| b.account.starts_with("64"));
    let deficit = charges - (income - ademe);
    let mut table = Table::new(
        "depart_ademe",
        m.fill("dossier.depart.tableau", &[("annee", year.to_string())]),
        [(m.t("colonne.poste"), Format::Text, 4.5), (m.t("colonne.montant"), Format::Euro, 1.6)],
    );
    for (key, cents) in [("charges", charges), ("produits", income), ("ademe", ademe)] {
        table.push(vec![
            Cell::text(m.t(&format!("dossier.depart.{key}"))),
            Cell::cents(Some(cents), m.texts),
        ]);
    }
    table.push_strong(vec![
        Cell::text(m.t("dossier.depart.deficit")),
        Cell::cents(Some(deficit), m.texts),
    ]);
    let mut blocks = vec![Block::Table(table)];
    let fte = m.number("etpt", Scope::Programme, Quarter).map(|quarter| quarter * 4.0);
    let text = match fte.filter(|f| *f > 0.0 && staff > 0 && deficit > 0) {
        Some(fte) => {
            let cost = staff as f64 / 100.0 / fte;
            m.fill(
                "dossier.depart.etpt",
                &[
                    ("etpt", locale::decimal(m.texts.lang, deficit as f64 / 100.0 / cost, 1)),
                    ("cout", locale::euros(m.texts.lang, cost.round())),
                ],
            )
        }
        None => m.t("dossier.depart.sans_etpt"),
    };
    blocks.push(Block::Notice { tone: Tone::Watch, title: m.t("dossier.depart.lecture"), text });
    blocks
}

/// Hours of volunteering and their value.
pub(super) fn volunteering(m: &Material<'_>) -> Vec<Block> {
    if !m.programme.given.contains(&TableId::Volunteering) {
        return vec![absent(m, TableId::Volunteering)];
    }
    let mut hours: BTreeMap<String, f64> = BTreeMap::new();
    for v in m.programme.volunteering.iter().filter(|v| v.date <= m.quarter().end()) {
        let category = v.category.clone().unwrap_or_else(|| m.t("statut.non_renseigne"));
        *hours.entry(category).or_default() += v.hours;
    }
    let mut table = Table::new(
        "benevolat",
        m.fill("dossier.benevolat.tableau", &[("date", m.date(m.quarter().end()))]),
        [
            (m.t("colonne.categorie"), Format::Text, 4.0),
            (m.t("colonne.heures"), Format::Decimal1, 1.4),
        ],
    );
    let total: f64 = hours.values().sum();
    for (category, hours) in hours {
        table.push(vec![Cell::text(category), Cell::number(hours, Format::Decimal1, m.texts)]);
    }
    table.push_strong(vec![
        Cell::text(m.t("commun.total")),
        Cell::number(total, Format::Decimal1, m.texts),
    ]);
    let value = m.value("benevolat", Scope::Programme, Cumulative);
    vec![
        Block::Table(table),
        Block::Paragraph { text: m.fill("dossier.benevolat.valeur", &[("valeur", value)]) },
    ]
}

/// Funders of others in the open data given: how many grants, median, last year.
pub(super) fn prospects(m: &Material<'_>) -> Vec<Block> {
    let mut by_funder: BTreeMap<&str, (Vec<i64>, Option<i32>)> = BTreeMap::new();
    for f in m.programme.funding.iter().filter(|f| !f.ours) {
        let entry = by_funder.entry(&f.funder).or_default();
        entry.0.extend(f.granted);
        let year = f.signed.or(f.decided).map(|d| d.year()).or(f.year);
        entry.1 = entry.1.max(year);
    }
    if by_funder.is_empty() {
        return vec![Block::Notice {
            tone: Tone::Missing,
            title: m.t("dossier.prospects.absent"),
            text: m.t("dossier.prospects.comment"),
        }];
    }
    let mut table = Table::new(
        "prospects",
        m.t("dossier.prospects.tableau"),
        [
            (m.t("colonne.financeur"), Format::Text, 4.0),
            (m.t("colonne.aides"), Format::Integer, 1.0),
            (m.t("colonne.mediane"), Format::Euro, 1.4),
            (m.t("colonne.derniere_annee"), Format::Text, 1.2),
        ],
    );
    let mut funders: Vec<_> = by_funder.into_iter().collect();
    funders.sort_by(|a, b| b.1.0.len().cmp(&a.1.0.len()).then_with(|| locale::compare(a.0, b.0)));
    for (funder, (mut amounts, year)) in funders.into_iter().take(30) {
        amounts.sort_unstable();
        let median = amounts.get(amounts.len() / 2).map(|upper| {
            let lower = amounts[(amounts.len() - 1) / 2];
            (lower + upper) / 2
        });
        table.push(vec![
            Cell::text(funder),
            Cell::number(amounts.len() as f64, Format::Integer, m.texts),
            Cell::cents(median, m.texts),
            Cell::text(year.map(|y| y.to_string()).unwrap_or_default()),
        ]);
    }
    vec![Block::Table(table)]
}
