//! Money, as both the quarterly report and the funding dossier show it.

use super::compose::{Material, figure};
use super::figure::{Bar, Bars, Drawing, Series, Stacked};
use super::{Block, Cell, Format, Table, wording};
use crate::indicators::Scope;
use crate::locale;
use crate::period::Quarter as Period;
use crate::period::WindowKind::{Cumulative, History, Previous, Quarter};
use std::collections::BTreeMap;

/// The section of the quarterly report: mix, dependence, effective number, leverage, aid consumed.
pub(super) fn quarterly(m: &Material<'_>) -> Vec<Block> {
    if let Some(missing) = missing(m) {
        return vec![missing];
    }
    let mut blocks = vec![Block::Table(situation(m))];
    blocks.extend(mix(m));
    blocks.extend(concentration(m));
    blocks.push(Block::Table(aid(m)));
    blocks
}

/// The notice that replaces everything when no funding is known.
pub(super) fn missing(m: &Material<'_>) -> Option<Block> {
    let hhi = m.measure("hhi", Scope::Programme, Cumulative);
    let known = hhi.is_some_and(|h| h.reading.value.get().is_some());
    (!known).then(|| m.missing(&m.t("trimestriel.financement.titre"), hhi))
}

const SITUATION: [&str; 8] = [
    "montant_accorde",
    "hhi",
    "financeurs_effectifs",
    "hhi_normalise",
    "diversification",
    "dependance",
    "levier",
    "cumul_public",
];

/// Concentration and dependence, three windows.
pub(super) fn situation(m: &Material<'_>) -> Table {
    indicator_table(m, "situation_financiere", "financement.situation", &SITUATION)
}

/// Aid earned, left to justify, rate; volunteering.
pub(super) fn aid(m: &Material<'_>) -> Table {
    let ids = ["taux_aide", "aide_acquise", "reste_a_justifier", "benevolat"];
    indicator_table(m, "consommation_aide", "financement.aide", &ids)
}

/// A table of headline indicators over the quarter, the cumulative and the previous quarter.
pub(super) fn indicator_table(m: &Material<'_>, id: &str, title: &str, ids: &[&str]) -> Table {
    let mut table = Table::new(
        id,
        m.t(title),
        [
            (m.t("colonne.indicateur"), Format::Text, 3.6),
            (m.quarter_text(m.quarter()), Format::Decimal3, 1.5),
            (m.t("colonne.cumul"), Format::Decimal3, 1.5),
            (m.quarter_text(m.quarter().previous()), Format::Decimal3, 1.5),
        ],
    );
    let mut shown = Vec::new();
    for id in ids {
        let of = |kind| m.measure(id, Scope::Programme, kind);
        let measures = [of(Quarter), of(Cumulative), of(Previous)];
        shown.extend(measures.into_iter().flatten());
        let mut cells = vec![Cell::text(m.name(id))];
        cells.extend(measures.map(|measure| m.cell(measure)));
        table.push(cells);
    }
    table.notes = m.reasons(shown);
    table
}

/// A funder (or another base), euros, and its share of all.
type Share = (String, f64, Option<f64>);

/// Amounts by funder (or another base) in the cumulative window: modality, euros, share.
pub(super) fn by(m: &Material<'_>, dimension: &'static str) -> Vec<Share> {
    let mut rows: Vec<Share> = m
        .breakdown("parts", Scope::Programme, Cumulative, dimension)
        .into_iter()
        .map(|part| {
            let label = wording::modality(&part.reading, m.texts);
            (label, part.reading.numerator.unwrap_or(0.0), part.reading.value.get())
        })
        .collect();
    rows.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| locale::compare(&a.0, &b.0)));
    rows
}

/// The table of amounts and shares by funder, category or origin, with its total.
pub(super) fn shares(m: &Material<'_>, dimension: &'static str) -> Table {
    let mut table = Table::new(
        format!("parts_{dimension}"),
        m.t(&format!("financement.par_{dimension}")),
        [
            (m.t(&format!("dimension.{dimension}")), Format::Text, 4.0),
            (m.t("colonne.montant"), Format::Euro, 1.6),
            (m.t("colonne.part"), Format::Percent, 1.2),
        ],
    );
    let rows = by(m, dimension);
    let total: f64 = rows.iter().map(|r| r.1).sum();
    for (label, amount, share) in rows {
        table.push(vec![
            Cell::text(label),
            Cell::number(amount, Format::Euro, m.texts),
            share.map_or_else(Cell::none, |s| Cell::number(s, Format::Percent, m.texts)),
        ]);
    }
    table.push_strong(vec![
        Cell::text(m.t("commun.total")),
        Cell::number(total, Format::Euro, m.texts),
        Cell::number(1.0, Format::Percent, m.texts),
    ]);
    table.notes.push(m.t("financement.note_prorata"));
    table
}

/// Funders named in a chart over time, at the most: past that, colours and columns are not told apart.
const SERIES: usize = 9;
/// Funders named in a chart of bars, at the most.
const BARS: usize = 24;

/// How many of the largest funders a chart names, the others as one: all when one more would do.
fn named(funders: usize, most: usize) -> usize {
    if funders <= most + 1 { funders } else { most }
}

/// The name of the funders that a chart puts together.
fn others(m: &Material<'_>, count: usize) -> String {
    m.texts.plural("financement.autres", count as u64)
}

/// Funding by quarter and funder, stacked.
pub(super) fn mix(m: &Material<'_>) -> Option<Block> {
    let parts = m.breakdown("parts", Scope::Programme, History, "financeur");
    let rows = by(m, "financeur");
    let mut quarters: Vec<_> = parts.iter().map(|p| p.window.last_quarter()).collect();
    quarters.sort_unstable();
    quarters.dedup();
    if rows.is_empty() || quarters.is_empty() {
        return None;
    }
    let mut amounts: BTreeMap<(String, Period), f64> = BTreeMap::new();
    for part in &parts {
        let key = (wording::modality(&part.reading, m.texts), part.window.last_quarter());
        amounts.insert(key, part.reading.numerator.unwrap_or(0.0));
    }
    let values = |funders: &[Share]| -> Vec<Option<f64>> {
        let one = |funder: &str, quarter| amounts.get(&(funder.to_owned(), quarter)).copied();
        let sum =
            |quarter| funders.iter().filter_map(|f| one(&f.0, quarter)).fold(0.0, |a, b| a + b);
        quarters.iter().map(|quarter| Some(sum(*quarter))).collect()
    };
    let (shown, rest) = rows.split_at(named(rows.len(), SERIES));
    let mut series: Vec<Series> = shown
        .iter()
        .map(|row| Series { name: row.0.clone(), values: values(std::slice::from_ref(row)) })
        .collect();
    if !rest.is_empty() {
        series.push(Series { name: others(m, rest.len()), values: values(rest) });
    }
    let mut table = Table::new(
        "financement_par_trimestre",
        m.t("figure.mix.tableau"),
        std::iter::once((m.t("colonne.trimestre"), Format::Text, 1.3))
            .chain(series.iter().map(|s| (s.name.clone(), Format::Euro, 1.4))),
    );
    for (index, quarter) in quarters.iter().enumerate() {
        let mut cells = vec![Cell::text(m.quarter_text(*quarter))];
        cells.extend(
            series.iter().map(|s| {
                Cell::number(s.values[index].unwrap_or(0.0).round(), Format::Euro, m.texts)
            }),
        );
        table.push(cells);
    }
    table.notes.push(m.t("financement.note_prorata"));
    let said =
        |name: &str, amount: f64| format!("{name} {}", locale::euros(m.texts.lang, amount.round()));
    let mut list: Vec<String> = shown.iter().map(|(name, amount, _)| said(name, *amount)).collect();
    if !rest.is_empty() {
        list.push(said(&others(m, rest.len()), rest.iter().fold(0.0, |sum, row| sum + row.1)));
    }
    Some(figure(
        "financement-par-trimestre",
        m.t("figure.mix.titre"),
        m.fill("figure.mix.alt", &[("liste", list.join(" ; "))]),
        table,
        Drawing::Stacked(Stacked {
            categories: quarters.iter().map(|q| m.quarter_text(*q)).collect(),
            series,
            axis: m.t("figure.mix.axe"),
            euros: true,
        }),
    ))
}

/// Share of each funder, beside the equal share of the effective number of funders.
pub(super) fn concentration(m: &Material<'_>) -> Option<Block> {
    let rows = by(m, "financeur");
    if rows.is_empty() {
        return None;
    }
    let effective = m.number("financeurs_effectifs", Scope::Programme, Cumulative)?;
    let bar = |label: String, share: f64| Bar {
        label,
        value: Some(share * 100.0),
        text: locale::percent(m.texts.lang, share),
    };
    let (first, last) = rows.split_at(named(rows.len(), BARS));
    let mut bars: Vec<Bar> =
        first.iter().filter_map(|(label, _, share)| Some(bar(label.clone(), (*share)?))).collect();
    if !last.is_empty() {
        let share = last.iter().filter_map(|row| row.2).fold(0.0, |sum, share| sum + share);
        bars.push(bar(others(m, last.len()), share));
    }
    let list: Vec<String> = bars.iter().map(|b| format!("{} {}", b.label, b.text)).collect();
    let mut table = shares(m, "financeur");
    table.id = "concentration_financeurs".to_string();
    let number = locale::decimal(m.texts.lang, effective, 2);
    Some(figure(
        "concentration-financeurs",
        m.fill("figure.concentration.titre", &[("n", number.clone())]),
        m.fill("figure.concentration.alt", &[("liste", list.join(" ; ")), ("n", number)]),
        table,
        Drawing::Bars(Bars { bars, axis: m.t("figure.concentration.axe"), reference: None }),
    ))
}
