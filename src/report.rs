//! Stage 7: measures + findings + settings → [`Report`]: everything the exporters write, ordered and
//! worded. Exporters (PDF, Excel, data, charts) all read this and compute nothing.

pub mod figure;

mod comparison;
mod compose;
mod dossier;
mod funding;
mod quarterly;
pub mod wording;

pub use compose::{Material, compose, generator};
pub use figure::{Drawing, Figure};

use serde::Serialize;

/// The fixed words the templates print: keys of [`Report::words`], texts `mot.<key>`.
pub const WORDS: &[&str] = &[
    "a_surveiller",
    "annexes",
    "aucune_ligne",
    "donnees_fictives",
    "donnees_figure",
    "figure",
    "information",
    "non_renseigne",
    "page",
    "produit_par",
    "sommaire",
    "tableau",
];

/// All documents of a run.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Language code, `fr` or `en`.
    pub lang: &'static str,
    /// Programme name.
    pub programme: String,
    /// Period, `2026-T3`.
    pub period: String,
    /// Period in words, `3e trimestre 2026`.
    pub period_words: String,
    /// Day the documents are dated, ISO: the last day of the period.
    pub date: String,
    /// Words every page or sheet needs (`page`, `source`, `figure`…), by text key.
    pub words: std::collections::BTreeMap<String, String>,
    /// `bilan 0.1.0`.
    pub generator: String,
    /// Whether the data is fictional (the shipped example): said on every page and sheet.
    pub fictional: bool,
    /// The quarterly report, the funding dossier, the territory comparison.
    pub documents: Vec<Document>,
}

/// One document: a PDF and a workbook of the same content.
#[derive(Debug, Clone, Serialize)]
pub struct Document {
    /// File name without extension: `rapport-trimestriel`.
    pub stem: &'static str,
    /// Title.
    pub title: String,
    /// Subtitle.
    pub subtitle: String,
    /// Label–value lines of the cover.
    pub cover: Vec<(String, String)>,
    /// Sections in order.
    pub sections: Vec<Section>,
}

/// A section: a heading of the PDF, a sheet or several of the workbook.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// Stable id, ASCII.
    pub id: &'static str,
    /// Heading.
    pub title: String,
    /// Part of the annexes.
    pub annex: bool,
    /// Content in order.
    pub blocks: Vec<Block>,
}

/// A piece of content.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A sub-heading.
    Heading {
        /// Its text.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        text: String,
    },
    /// A list.
    Bullets {
        /// Its items.
        items: Vec<String>,
    },
    /// Headline figures.
    KeyFigures {
        /// The figures, at most six.
        items: Vec<KeyFigure>,
    },
    /// A table.
    Table(Table),
    /// A chart.
    Figure(Box<Figure>),
    /// Something that is missing, withheld or needs attention, and what to do.
    Notice {
        /// Which kind.
        tone: Tone,
        /// In short.
        title: String,
        /// Why, and what would fill it.
        text: String,
    },
}

impl Block {
    /// The table it is, or that its figure is drawn from.
    pub fn table(&self) -> Option<&Table> {
        match self {
            Self::Table(table) => Some(table),
            Self::Figure(figure) => Some(&figure.table),
            _ => None,
        }
    }

    /// [`Self::table`], to be changed.
    pub fn table_mut(&mut self) -> Option<&mut Table> {
        match self {
            Self::Table(table) => Some(table),
            Self::Figure(figure) => Some(&mut figure.table),
            _ => None,
        }
    }
}

/// Kind of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// *non renseigné*
    Missing,
    /// Something to watch.
    Watch,
    /// For the record.
    Info,
}

/// A headline figure.
#[derive(Debug, Clone, Serialize)]
pub struct KeyFigure {
    /// What it is.
    pub label: String,
    /// Value as text, with its unit (`412`, `38,5 %`, `non renseigné`).
    pub value: String,
    /// What it counts or the reason there is none: one short line.
    pub detail: String,
    /// `T2 2026 : 380`, or empty.
    pub previous: String,
    /// `Cible : 450 (score 0,92)`, or empty.
    pub target: String,
}

/// How a column or a cell is aligned and formatted in a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Text, left.
    Text,
    /// Whole number.
    Integer,
    /// Two decimals.
    Decimal2,
    /// One decimal.
    Decimal1,
    /// Three decimals.
    Decimal3,
    /// A share (0–1) shown in percent with one decimal.
    Percent,
    /// Euros, two decimals when not whole.
    Euro,
    /// Date, ISO in `Cell::text`.
    Date,
}

/// A table. Every row has as many cells as there are columns.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    /// Stable id, ASCII snake case, unique in its document: the name of its Excel table.
    pub id: String,
    /// Caption.
    pub title: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
    /// Notes under the table: denominators, reasons of *secret* and *non défini*.
    pub notes: Vec<String>,
    /// Paper shows all of it, however long: a reader of the paper alone needs it.
    #[serde(skip)]
    pub whole: bool,
}

/// Rows of a table on paper, at the most; the workbook has them all, and a note says so.
pub const PAPER_ROWS: usize = 60;

impl Table {
    /// Whether paper shows only its first [`PAPER_ROWS`] rows.
    pub fn is_cut(&self) -> bool {
        self.rows.len() > PAPER_ROWS && !self.whole
    }
}

/// A column of a table.
#[derive(Debug, Clone, Serialize)]
pub struct Column {
    /// Header, unique in its table.
    pub header: String,
    /// Format of most of its cells.
    pub format: Format,
    /// Relative width, 1 = a short number.
    pub width: f64,
}

/// A row of a table.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Cells.
    pub cells: Vec<Cell>,
    /// A total or programme row, set apart.
    pub strong: bool,
}

/// A cell: the text a reader sees, and the number behind it if there is one.
#[derive(Debug, Clone, Serialize)]
pub struct Cell {
    /// Formatted the way of the language; never empty: `–` or the reason when there is no value.
    pub text: String,
    /// The number, for workbooks.
    pub number: Option<f64>,
    /// Its format when it differs from its column's.
    pub format: Option<Format>,
}
