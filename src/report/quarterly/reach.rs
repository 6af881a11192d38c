//! Reach: the ladder, new and returning people, territories with the overlap row, breakdowns.

use crate::indicators::{Measure, Scope};
use crate::period::WindowKind::{Cumulative, Quarter};
use crate::report::compose::{Material, figure};
use crate::report::figure::{Bar, Bars, Drawing, Series, Stacked};
use crate::report::{Block, Cell, Format, Table, wording};

/// Breakdowns of people, in the order of the report.
const BREAKDOWNS: [&str; 7] =
    ["genre", "tranche_age", "commune", "qpv", "statut", "type_structure", "reseau"];

/// The section.
pub(super) fn reach(m: &Material<'_>) -> Vec<Block> {
    let unique = m.measure("participants_uniques", Scope::Programme, Cumulative);
    let given = unique.is_some_and(|u| u.reading.value.get().is_some_and(|v| v > 0.0));
    if !given {
        return vec![m.missing(&m.t("trimestriel.portee.titre"), unique)];
    }
    let mut blocks: Vec<Block> = ladder(m).into_iter().collect();
    blocks.extend(bounds(m));
    blocks.extend(over_time(m));
    blocks.extend(by_territory(m));
    blocks.extend(breakdowns(m));
    blocks
}

/// The ladder of engagement, cumulative.
fn ladder(m: &Material<'_>) -> Option<Block> {
    let rungs = m.breakdown("echelle", Scope::Programme, Cumulative, "echelon");
    if rungs.is_empty() {
        return None;
    }
    let mut bars: Vec<Bar> = rungs.iter().map(|rung| bar(m, rung)).collect();
    // An audience of thousands would flatten every rung: it is written, not drawn.
    if let Some(audience) = bars.first_mut().filter(|b| b.value.is_some()) {
        audience.value = None;
        audience.text = m.fill("figure.echelle.hors", &[("valeur", audience.text.clone())]);
    }
    let mut table = Table::new(
        "echelle_engagement",
        m.t("figure.echelle.tableau"),
        [
            (m.t("colonne.echelon"), Format::Text, 3.0),
            (m.t("colonne.personnes"), Format::Integer, 1.2),
        ],
    );
    for rung in &rungs {
        table.push(vec![Cell::text(wording::modality(&rung.reading, m.texts)), m.cell(Some(rung))]);
    }
    table.notes.push(m.t("figure.echelle.note"));
    table.notes.extend(m.reasons(rungs.iter().copied()));
    Some(bars_figure(m, "echelle-engagement", "echelle", bars, table))
}

fn bar(m: &Material<'_>, measure: &Measure) -> Bar {
    Bar {
        label: wording::modality(&measure.reading, m.texts),
        value: measure.reading.value.get(),
        text: wording::value(measure, m.texts),
    }
}

/// A bar figure whose alt text lists its bars.
fn bars_figure(
    m: &Material<'_>,
    id: &'static str,
    key: &str,
    bars: Vec<Bar>,
    table: Table,
) -> Block {
    let list: Vec<String> = bars.iter().map(|b| format!("{} {}", b.label, b.text)).collect();
    let slots = [
        ("liste", list.join(" ; ")),
        ("cumul", m.fill("commun.cumul_au", &[("date", m.date(m.quarter().end()))])),
        ("periode", m.quarter_text(m.quarter())),
    ];
    figure(
        id,
        m.fill(&format!("figure.{key}.titre"), &slots),
        m.fill(&format!("figure.{key}.alt"), &slots),
        table,
        Drawing::Bars(Bars { bars, axis: m.t(&format!("figure.{key}.axe")), reference: None }),
    )
}

/// The sentence of the bounds, when people were counted without being named.
fn bounds(m: &Material<'_>) -> Option<Block> {
    let of = |modality| {
        m.modality("participants_uniques", Scope::Programme, Cumulative, "borne", modality)
            .filter(|bound| bound.reading.value.get().is_some())
    };
    let (low, high) = (of("basse")?, of("haute")?);
    Some(Block::Paragraph {
        text: m.fill(
            "portee.bornes",
            &[("bas", wording::value(low, m.texts)), ("haut", wording::value(high, m.texts))],
        ),
    })
}

/// New and returning people, quarter by quarter.
fn over_time(m: &Material<'_>) -> Option<Block> {
    let new: Vec<&Measure> = m.measures.history("nouveaux", Scope::Programme).collect();
    let returning: Vec<&Measure> = m.measures.history("de_retour", Scope::Programme).collect();
    if new.is_empty() {
        return None;
    }
    let categories: Vec<String> =
        new.iter().map(|n| m.quarter_text(n.window.last_quarter())).collect();
    let mut table = Table::new(
        "nouveaux_et_retours",
        m.t("figure.nouveaux.tableau"),
        [
            (m.t("colonne.trimestre"), Format::Text, 1.5),
            (m.name("nouveaux"), Format::Integer, 1.5),
            (m.name("de_retour"), Format::Integer, 1.5),
        ],
    );
    for (index, category) in categories.iter().enumerate() {
        table.push(vec![
            Cell::text(category.clone()),
            m.cell(Some(new[index])),
            m.cell(returning.get(index).copied()),
        ]);
    }
    let values = |list: &[&Measure]| list.iter().map(|n| n.reading.value.get()).collect();
    let last =
        |list: &[&Measure]| list.last().map(|l| wording::value(l, m.texts)).unwrap_or_default();
    let alt = m.fill(
        "figure.nouveaux.alt",
        &[
            ("n", categories.len().to_string()),
            ("dernier", categories.last().cloned().unwrap_or_default()),
            ("nouveaux", last(&new)),
            ("retours", last(&returning)),
        ],
    );
    let series = vec![
        Series { name: m.name("de_retour"), values: values(&returning) },
        Series { name: m.name("nouveaux"), values: values(&new) },
    ];
    Some(figure(
        "nouveaux-et-retours",
        m.t("figure.nouveaux.titre"),
        alt,
        table,
        Drawing::Stacked(Stacked {
            categories,
            series,
            axis: m.t("figure.nouveaux.axe"),
            euros: false,
        }),
    ))
}

/// Territories side by side, the overlap row, and the programme: columns add up.
fn by_territory(m: &Material<'_>) -> Vec<Block> {
    if m.programme.territories.is_empty() {
        return Vec::new();
    }
    let columns = [
        ("participants_uniques", Quarter),
        ("nouveaux", Quarter),
        ("participants_uniques", Cumulative),
        ("participations", Cumulative),
    ];
    let header = |(id, kind): (&str, _)| {
        let window =
            if kind == Quarter { m.quarter_text(m.quarter()) } else { m.t("colonne.cumul") };
        (format!("{} ({window})", m.name(id)), Format::Integer, 1.5)
    };
    let mut table = Table::new(
        "portee_par_territoire",
        m.t("portee.tableau"),
        std::iter::once((m.t("colonne.territoire"), Format::Text, 2.2)).chain(columns.map(header)),
    );
    for scope in m.scopes() {
        let mut cells = vec![Cell::text(m.scope_name(scope))];
        cells.extend(columns.map(|(id, kind)| m.cell_of(id, scope, kind)));
        if scope == Scope::Programme {
            table.push(overlap_row(m, &columns));
            table.push_strong(cells);
        } else {
            table.push(cells);
        }
    }
    table.notes.push(m.t("portee.note_chevauchement"));
    let bars: Vec<Bar> = (0..m.programme.territories.len())
        .filter_map(|ix| {
            let measure = m.measure("participants_uniques", Scope::Territory(ix), Cumulative)?;
            Some(Bar { label: m.scope_name(Scope::Territory(ix)), ..bar(m, measure) })
        })
        .collect();
    let mut data = Table::new(
        "participants_par_territoire",
        m.t("figure.territoires.tableau"),
        [
            (m.t("colonne.territoire"), Format::Text, 2.5),
            (m.name("participants_uniques"), Format::Integer, 1.2),
        ],
    );
    for ix in 0..m.programme.territories.len() {
        let scope = Scope::Territory(ix);
        data.push(vec![
            Cell::text(m.scope_name(scope)),
            m.cell_of("participants_uniques", scope, Cumulative),
        ]);
    }
    let figure = bars_figure(m, "participants-par-territoire", "territoires", bars, data);
    vec![Block::Table(table), figure]
}

/// What must be taken off the sum of territories to get the programme, column by column.
fn overlap_row(
    m: &Material<'_>,
    columns: &[(&'static str, crate::period::WindowKind)],
) -> Vec<Cell> {
    let mut cells = vec![Cell::text(m.t("portee.chevauchement"))];
    for (id, kind) in columns {
        let programme = m.number(id, Scope::Programme, *kind);
        let parts: Option<Vec<f64>> = (0..m.programme.territories.len())
            .map(|ix| m.number(id, Scope::Territory(ix), *kind))
            .collect();
        cells.push(match (programme, parts) {
            (Some(programme), Some(parts)) => {
                let overlap = programme - parts.iter().sum::<f64>();
                Cell::number(overlap, Format::Integer, m.texts)
            }
            _ => Cell::none(),
        });
    }
    cells
}

/// A table per breakdown: quarter and cumulative, withheld cells said.
fn breakdowns(m: &Material<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Heading { text: m.t("portee.repartition") }];
    for dimension in BREAKDOWNS {
        let cumulative = m.breakdown("repartition", Scope::Programme, Cumulative, dimension);
        if cumulative.is_empty() {
            continue;
        }
        let mut table = Table::new(
            format!("repartition_{dimension}"),
            m.t(&format!("dimension.{dimension}")),
            [
                (m.t("colonne.modalite"), Format::Text, 3.0),
                (m.quarter_text(m.quarter()), Format::Integer, 1.2),
                (m.t("colonne.cumul"), Format::Integer, 1.2),
            ],
        );
        let mut shown = Vec::new();
        for measure in &cumulative {
            let quarter = m.modality(
                "repartition",
                Scope::Programme,
                Quarter,
                dimension,
                &measure.reading.modality,
            );
            shown.extend(quarter);
            shown.push(measure);
            table.push(vec![
                Cell::text(wording::modality(&measure.reading, m.texts)),
                // A modality nobody is in this quarter is not in its breakdown.
                quarter.map_or_else(
                    || Cell::number(0.0, Format::Integer, m.texts),
                    |q| m.cell(Some(q)),
                ),
                m.cell(Some(measure)),
            ]);
        }
        table.notes = m.reasons(shown);
        blocks.push(Block::Table(table));
    }
    if blocks.len() == 1 { Vec::new() } else { blocks }
}
