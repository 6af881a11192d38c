//! What every document is composed with: measures looked up and worded, tables built.

use super::figure::{Drawing, Figure};
use super::{Block, Cell, Column, Format, Report, Row, Table, Tone, WORDS, wording};
use super::{comparison, dossier, quarterly};
use crate::finding::Finding;
use crate::identity::{Merges, Suggestion};
use crate::indicators::{Measure, Measures, Scope, Value};
use crate::ingest::InputFile;
use crate::locale;
use crate::period::{Quarter, WindowKind};
use crate::programme::Programme;
use crate::report::PAPER_ROWS;
use crate::settings::Settings;
use crate::tables::Tables;
use crate::texts::Texts;
use chrono::NaiveDate;

/// What a report is composed from.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// Settings.
    pub settings: &'a Settings,
    /// Texts of the report's language.
    pub texts: &'a Texts,
    /// The programme.
    pub programme: &'a Programme,
    /// Typed tables, for readings.
    pub tables: &'a Tables,
    /// Publishable measures.
    pub measures: &'a Measures,
    /// Findings.
    pub findings: &'a [Finding],
    /// Input files.
    pub files: &'a [InputFile],
    /// Pairs that may be one, to be decided by a human.
    pub suggestions: &'a [Suggestion],
    /// How many rows were brought together, on what.
    pub merges: &'a Merges,
}

/// Composes every document.
pub fn compose(material: &Material<'_>) -> Report {
    let (settings, texts) = (material.settings, material.texts);
    let quarter = settings.quarter();
    let mut report = Report {
        lang: texts.lang.code(),
        programme: material.programme_name(),
        period: quarter.to_string(),
        period_words: locale::quarter_words(texts.lang, quarter),
        date: quarter.end().to_string(),
        words: WORDS
            .iter()
            .map(|key| ((*key).to_string(), texts.get(&format!("mot.{key}"))))
            .collect(),
        generator: generator(),
        fictional: settings.programme.fictional,
        documents: vec![
            quarterly::document(material),
            dossier::document(material),
            comparison::document(material),
        ],
    };
    let blocks = report.documents.iter_mut().flat_map(|d| &mut d.sections);
    for block in blocks.flat_map(|section| &mut section.blocks) {
        if let Some(table) = block.table_mut().filter(|table| table.is_cut()) {
            let all = locale::integer(texts.lang, table.rows.len() as f64);
            let shown = locale::integer(texts.lang, PAPER_ROWS as f64);
            let note = material.fill("commun.tableau_abrege", &[("n", shown), ("total", all)]);
            table.notes.insert(0, note);
        }
    }
    report
}

/// `bilan 0.1.0`
pub fn generator() -> String {
    concat!("bilan ", env!("CARGO_PKG_VERSION")).to_string()
}

impl<'a> Material<'a> {
    /// The text of a key.
    pub(super) fn t(&self, key: &str) -> String {
        self.texts.get(key)
    }

    /// The text of a key with slots.
    pub(super) fn fill(&self, key: &str, slots: &[(&str, String)]) -> String {
        self.texts.fill(key, slots)
    }

    /// The quarter of the report.
    pub(super) fn quarter(&self) -> Quarter {
        self.settings.quarter()
    }

    /// A quarter in short.
    pub(super) fn quarter_text(&self, quarter: Quarter) -> String {
        locale::quarter(self.texts.lang, quarter)
    }

    /// The programme's name, or the generic one.
    pub(super) fn programme_name(&self) -> String {
        self.settings.programme.name.clone().unwrap_or_else(|| self.t("commun.programme"))
    }

    /// A day in words.
    pub(super) fn date(&self, date: NaiveDate) -> String {
        locale::date(self.texts.lang, date)
    }

    /// Euros from cents.
    pub(super) fn euros(&self, cents: i64) -> String {
        locale::euros(self.texts.lang, cents as f64 / 100.0)
    }

    /// A headline measure.
    pub(super) fn measure(&self, id: &str, scope: Scope, kind: WindowKind) -> Option<&'a Measure> {
        self.measures.get(id, scope, kind)
    }

    /// A headline value, if it is a number.
    pub(super) fn number(&self, id: &str, scope: Scope, kind: WindowKind) -> Option<f64> {
        self.measure(id, scope, kind)?.reading.value.get()
    }

    /// The measures of a breakdown.
    pub(super) fn breakdown(
        &self,
        id: &'a str,
        scope: Scope,
        kind: WindowKind,
        dimension: &'a str,
    ) -> Vec<&'a Measure> {
        self.measures.breakdown(id, scope, kind, dimension).collect()
    }

    /// One modality of a breakdown.
    pub(super) fn modality(
        &self,
        id: &'a str,
        scope: Scope,
        kind: WindowKind,
        dimension: &'a str,
        modality: &str,
    ) -> Option<&'a Measure> {
        self.breakdown(id, scope, kind, dimension)
            .into_iter()
            .find(|m| m.reading.modality == modality)
    }

    /// A headline measure in words.
    pub(super) fn value(&self, id: &str, scope: Scope, kind: WindowKind) -> String {
        self.measure(id, scope, kind)
            .map_or_else(|| self.t("statut.non_renseigne"), |m| wording::value(m, self.texts))
    }

    /// A measure as a cell; a dash when it was not computed.
    pub(super) fn cell(&self, measure: Option<&Measure>) -> Cell {
        measure.map_or_else(Cell::none, |m| wording::cell(m, self.texts))
    }

    /// A headline measure as a cell.
    pub(super) fn cell_of(&self, id: &str, scope: Scope, kind: WindowKind) -> Cell {
        self.cell(self.measure(id, scope, kind))
    }

    /// The name of an indicator.
    pub(super) fn name(&self, id: &str) -> String {
        self.t(&format!("indicateur.{id}.nom"))
    }

    /// Every scope: territories in their fixed order, then the programme.
    pub(super) fn scopes(&self) -> Vec<Scope> {
        (0..self.programme.territories.len())
            .map(Scope::Territory)
            .chain([Scope::Programme])
            .collect()
    }

    /// A scope in words.
    pub(super) fn scope_name(&self, scope: Scope) -> String {
        match scope {
            Scope::Programme => self.t("commun.ensemble"),
            Scope::Territory(ix) => self.programme.territories[ix].name.clone(),
        }
    }

    /// The notice that stands for content that is missing: what, and the reason of the measure.
    pub(super) fn missing(&self, what: &str, measure: Option<&Measure>) -> Block {
        let reason = measure.map_or_else(
            || self.t("motif.aucune-donnee"),
            |m| match m.reading.value {
                Value::Number(_) => self.t("motif.aucune-donnee"),
                other => wording::reason(other, self.texts),
            },
        );
        let status = measure.map_or("non_renseigne", |m| match m.reading.value {
            Value::Number(_) => "non_renseigne",
            other => other.status(),
        });
        Block::Notice {
            tone: Tone::Missing,
            title: format!("{what}\u{a0}: {}", self.t(&format!("statut.{status}"))),
            text: reason,
        }
    }

    /// The notes under a table: why cells have no value, each reason once.
    pub(super) fn reasons<'m>(
        &self,
        measures: impl IntoIterator<Item = &'m Measure>,
    ) -> Vec<String> {
        let mut notes: Vec<String> = measures
            .into_iter()
            .filter(|m| m.reading.value.get().is_none())
            .map(|m| {
                let status = self.t(&format!("statut.{}", m.reading.value.status()));
                format!("{status}\u{a0}: {}", wording::reason(m.reading.value, self.texts))
            })
            .collect();
        notes.sort();
        notes.dedup();
        notes
    }
}

impl Cell {
    /// A text.
    pub(super) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        let text = if text.trim().is_empty() { "–".to_string() } else { text };
        Self { text, number: None, format: Some(Format::Text) }
    }

    /// No value, nothing to say.
    pub(super) fn none() -> Self {
        Self { text: "–".to_string(), number: None, format: None }
    }

    /// A number in the format of its column.
    pub(super) fn number(value: f64, format: Format, texts: &Texts) -> Self {
        Self {
            text: wording::number(value, format, texts.lang),
            number: Some(value),
            format: Some(format),
        }
    }

    /// Euros from cents; a dash when unknown.
    pub(super) fn cents(cents: Option<i64>, texts: &Texts) -> Self {
        cents.map_or_else(Self::none, |c| Self::number(c as f64 / 100.0, Format::Euro, texts))
    }
}

impl Table {
    /// A table of columns `(header, format, width)`.
    pub(super) fn new(
        id: impl Into<String>,
        title: impl Into<String>,
        columns: impl IntoIterator<Item = (String, Format, f64)>,
    ) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            columns: columns
                .into_iter()
                .map(|(header, format, width)| Column { header, format, width })
                .collect(),
            rows: Vec::new(),
            notes: Vec::new(),
            whole: false,
        }
    }

    /// Adds a row.
    pub(super) fn push(&mut self, cells: Vec<Cell>) {
        self.rows.push(Row { cells, strong: false });
    }

    /// Adds a row set apart.
    pub(super) fn push_strong(&mut self, cells: Vec<Cell>) {
        self.rows.push(Row { cells, strong: true });
    }
}

/// A figure block.
pub(super) fn figure(
    id: &'static str,
    title: String,
    alt: String,
    table: Table,
    drawing: Drawing,
) -> Block {
    Block::Figure(Box::new(Figure { id, title, alt, table, drawing }))
}
