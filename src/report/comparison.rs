//! Territories side by side: context first, one axis per indicator, intervals, no ranks, a fixed order.

use super::compose::{Material, figure};
use super::figure::{Dot, Dots, Drawing, Panel};
use super::quarterly::{absent, annexes, cover, period_words};
use super::{Block, Cell, Document, Format, Section, Table, Tone, wording};
use crate::indicators::{Measure, Scope, Unit};
use crate::period::Quarter as Q;
use crate::period::WindowKind::{self, Cumulative, History, Previous, Quarter};
use crate::schema::TableId;
use crate::stats::intervals;

/// Rates that compare territories of different sizes.
const RATES: [&str; 5] =
    ["penetration", "fidelisation", "retention", "taux_identification", "survie_12_mois"];

/// Counts shown with their change from the quarter before.
const COUNTS: [&str; 7] = [
    "participants_uniques",
    "nouveaux",
    "participations",
    "structures_touchees",
    "porteurs_accompagnes",
    "seances",
    "nouvelles_synergies",
];

/// Events below which a rate says too little.
const TOO_FEW: f64 = 10.0;

/// Composes the blocks of a section.
type Compose = fn(&Material<'_>) -> Vec<Block>;

/// Composes the comparison.
pub(super) fn document(m: &Material<'_>) -> Document {
    let several = m.programme.territories.len() > 1;
    let blocks: [(&'static str, Compose); 4] =
        [("contexte", context), ("taux", rates), ("evolution", changes), ("age", same_age)];
    let mut sections: Vec<Section> = blocks
        .into_iter()
        .map(|(id, compose)| Section {
            id,
            title: m.t(&format!("comparaison.{id}.titre")),
            annex: false,
            blocks: if several { compose(m) } else { alone(m) },
        })
        .collect();
    sections.extend(annexes(m));
    Document {
        stem: "comparaison-territoires",
        title: m.t("comparaison.titre"),
        subtitle: m.fill("comparaison.sous_titre", &[("periode", period_words(m))]),
        cover: cover(m),
        sections,
    }
}

/// With fewer than two territories there is nothing to compare.
fn alone(m: &Material<'_>) -> Vec<Block> {
    if m.programme.territories.is_empty() {
        return vec![absent(m, TableId::Territories)];
    }
    vec![Block::Notice {
        tone: Tone::Missing,
        title: m.t("comparaison.un_seul"),
        text: m.t("comparaison.un_seul_texte"),
    }]
}

fn territories(m: &Material<'_>) -> impl Iterator<Item = usize> {
    0..m.programme.territories.len()
}

/// Months of presence, ETPT, population, host.
fn context(m: &Material<'_>) -> Vec<Block> {
    let mut table = Table::new(
        "contexte",
        m.fill("comparaison.contexte.tableau", &[("date", m.date(m.quarter().end()))]),
        [
            (m.t("colonne.territoire"), Format::Text, 2.0),
            (m.t("colonne.demarrage"), Format::Date, 1.8),
            (m.t("colonne.mois_presence"), Format::Integer, 1.2),
            (m.t("colonne.etpt"), Format::Decimal2, 0.9),
            (m.t("colonne.population"), Format::Integer, 1.3),
            (m.t("colonne.millesime"), Format::Text, 1.1),
            (m.t("colonne.structure_porteuse"), Format::Text, 2.4),
        ],
    );
    let number = |value: Option<f64>, format| {
        value.map_or_else(
            || Cell::text(m.t("statut.non_renseigne")),
            |v| Cell::number(v, format, m.texts),
        )
    };
    let text =
        |value: Option<String>| Cell::text(value.unwrap_or_else(|| m.t("statut.non_renseigne")));
    for territory in &m.programme.territories {
        let months = territory.start.map(|s| months(s, m.quarter().end()));
        table.push(vec![
            Cell::text(territory.name.clone()),
            text(territory.start.map(|d| m.date(d))),
            number(months, Format::Integer),
            number(territory.fte, Format::Decimal2),
            number(territory.population, Format::Integer),
            text(territory.vintage.clone()),
            text(territory.host.clone()),
        ]);
    }
    table.notes.push(m.t("comparaison.contexte.note"));
    vec![Block::Table(table)]
}

/// Whole months from the first day to the last, both included: 1 January to 31 March is 3.
fn months(start: chrono::NaiveDate, last: chrono::NaiveDate) -> f64 {
    use chrono::Datelike;
    let end = last.succ_opt().unwrap_or(last);
    let whole = (end.year() - start.year()) * 12 + end.month0() as i32 - start.month0() as i32;
    f64::from((whole - i32::from(end.day() < start.day())).max(0))
}

/// The 95 % interval of a rate of counts: Wilson for a share, exact or Byar for a rate per 1 000.
fn interval(measure: &Measure) -> Option<(f64, f64)> {
    let (events, base) = (measure.reading.numerator?, measure.reading.denominator?);
    let interval = match measure.indicator.unit {
        Unit::Share => intervals::wilson(events as u64, base as u64),
        Unit::PerThousand => intervals::per_thousand(events as u64, base),
        _ => None,
    }?;
    Some((interval.low, interval.high))
}

/// Dot and interval, one panel per rate; the table with numerators and denominators.
fn rates(m: &Material<'_>) -> Vec<Block> {
    let mut panels = Vec::new();
    let mut table = Table::new(
        "taux_par_territoire",
        m.fill("comparaison.taux.tableau", &[("date", m.date(m.quarter().end()))]),
        [
            (m.t("colonne.indicateur"), Format::Text, 2.6),
            (m.t("colonne.territoire"), Format::Text, 1.8),
            (m.t("colonne.valeur"), Format::Percent, 1.3),
            (m.t("colonne.intervalle"), Format::Text, 1.9),
            (m.t("colonne.numerateur"), Format::Integer, 1.2),
            (m.t("colonne.denominateur"), Format::Integer, 1.3),
            (m.t("colonne.lecture"), Format::Text, 2.0),
        ],
    );
    let mut shown = Vec::new();
    for id in RATES {
        let mut rows = Vec::new();
        for ix in territories(m) {
            let scope = Scope::Territory(ix);
            let kind = if id == "retention" { Quarter } else { Cumulative };
            let Some(measure) = m.measure(id, scope, kind) else { continue };
            shown.push(measure);
            rows.push(dot(m, scope, measure));
            table.push(rate_row(m, scope, measure));
        }
        if rows.iter().any(|r| r.value.is_some()) {
            let percent = crate::indicators::find(id).is_some_and(|i| i.unit == Unit::Share);
            panels.push(Panel { title: m.name(id), rows, percent });
        }
    }
    table.notes = m.reasons(shown);
    table.notes.push(m.t("comparaison.taux.note"));
    if panels.is_empty() {
        return vec![m.missing(&m.t("comparaison.taux.titre"), None)];
    }
    let alt = m.fill(
        "figure.points.alt",
        &[
            ("indicateurs", panels.iter().map(|p| p.title.clone()).collect::<Vec<_>>().join(", ")),
            (
                "liste",
                panels[0]
                    .rows
                    .iter()
                    .map(|r| format!("{} {}", r.label, r.text))
                    .collect::<Vec<_>>()
                    .join(" ; "),
            ),
        ],
    );
    vec![
        Block::Paragraph { text: m.t("comparaison.taux.intro") },
        figure(
            "territoires-points",
            m.fill("figure.points.titre", &[("date", m.date(m.quarter().end()))]),
            alt,
            table,
            Drawing::Dots(Dots { panels }),
        ),
    ]
}

fn too_few(measure: &Measure) -> bool {
    measure.reading.numerator.is_some_and(|n| n < TOO_FEW)
}

fn dot(m: &Material<'_>, scope: Scope, measure: &Measure) -> Dot {
    Dot {
        label: m.scope_name(scope),
        value: measure.reading.value.get(),
        interval: interval(measure),
        text: wording::value(measure, m.texts),
    }
}

fn rate_row(m: &Material<'_>, scope: Scope, measure: &Measure) -> Vec<Cell> {
    let format = wording::format(measure.indicator.unit);
    let part = |value: Option<f64>| {
        value.map_or_else(Cell::none, |v| Cell::number(v, Format::Integer, m.texts))
    };
    let interval = interval(measure).map(|(low, high)| {
        format!(
            "{} – {}",
            wording::number(low, format, m.texts.lang),
            wording::number(high, format, m.texts.lang)
        )
    });
    let reading = if measure.reading.value.get().is_none() {
        wording::reason(measure.reading.value, m.texts)
    } else if too_few(measure) {
        m.t("comparaison.trop_peu")
    } else {
        String::new()
    };
    vec![
        Cell::text(m.name(measure.indicator.id)),
        Cell::text(m.scope_name(scope)),
        wording::cell(measure, m.texts),
        Cell::text(interval.unwrap_or_default()),
        part(measure.reading.numerator),
        part(measure.reading.denominator),
        Cell::text(reading),
    ]
}

/// Counts of the quarter and of the one before, territory by territory.
fn changes(m: &Material<'_>) -> Vec<Block> {
    let mut table = Table::new(
        "evolution_par_territoire",
        m.t("comparaison.evolution.tableau"),
        [
            (m.t("colonne.indicateur"), Format::Text, 2.8),
            (m.t("colonne.territoire"), Format::Text, 2.0),
            (m.quarter_text(m.quarter().previous()), Format::Integer, 1.2),
            (m.quarter_text(m.quarter()), Format::Integer, 1.2),
            (m.t("colonne.difference"), Format::Integer, 1.2),
            (m.t("colonne.lecture"), Format::Text, 2.0),
        ],
    );
    let mut shown = Vec::new();
    for id in COUNTS {
        for ix in territories(m) {
            let scope = Scope::Territory(ix);
            let of = |kind: WindowKind| m.measure(id, scope, kind);
            let (now, before) = (of(Quarter), of(Previous));
            shown.extend([now, before].into_iter().flatten());
            let value = |measure: Option<&Measure>| measure.and_then(|x| x.reading.value.get());
            let change = match (value(now), value(before)) {
                (Some(now), Some(before)) => Some((now - before, now.max(before))),
                _ => None,
            };
            let reading = change.filter(|(_, largest)| *largest < TOO_FEW);
            table.push(vec![
                Cell::text(m.name(id)),
                Cell::text(m.scope_name(scope)),
                m.cell(before),
                m.cell(now),
                change.map_or_else(Cell::none, |c| Cell::number(c.0, Format::Integer, m.texts)),
                Cell::text(reading.map(|_| m.t("comparaison.trop_peu")).unwrap_or_default()),
            ]);
        }
    }
    table.notes = m.reasons(shown);
    vec![Block::Table(table)]
}

/// People reached since the start of each territory, at the age of the youngest.
fn same_age(m: &Material<'_>) -> Vec<Block> {
    let starts: Option<Vec<Q>> =
        m.programme.territories.iter().map(|t| t.start.map(Q::of)).collect();
    let Some(starts) = starts else {
        return vec![m.missing(&m.t("comparaison.age.titre"), None)];
    };
    let ages = starts.iter().map(|start| m.quarter().since(*start).len());
    let Some(age) = ages.min().filter(|age| *age > 0) else {
        return vec![m.missing(&m.t("comparaison.age.titre"), None)];
    };
    let mut table = Table::new(
        "meme_age",
        m.texts.plural("comparaison.age.tableau", age as u64),
        [
            (m.t("colonne.territoire"), Format::Text, 2.2),
            (m.t("colonne.depuis"), Format::Text, 1.4),
            (m.t("colonne.jusqu_a"), Format::Text, 1.4),
            (m.name("participants_uniques"), Format::Integer, 1.6),
        ],
    );
    for (ix, start) in starts.iter().enumerate() {
        let span: Vec<Q> = m.quarter().since(*start).into_iter().take(age).collect();
        let new: Option<f64> = span
            .iter()
            .map(|quarter| {
                m.breakdown("nouveaux", Scope::Territory(ix), History, "")
                    .into_iter()
                    .find(|n| n.window.last_quarter() == *quarter)
                    .and_then(|n| n.reading.value.get())
            })
            .sum();
        let quarter = |q: Option<&Q>| Cell::text(q.map(|q| m.quarter_text(*q)).unwrap_or_default());
        table.push(vec![
            Cell::text(m.scope_name(Scope::Territory(ix))),
            quarter(span.first()),
            quarter(span.last()),
            new.map_or_else(Cell::none, |n| Cell::number(n, Format::Integer, m.texts)),
        ]);
    }
    table.notes.push(m.t("comparaison.age.note"));
    vec![Block::Table(table)]
}
