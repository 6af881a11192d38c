//! Stage 1: files → [`RawTable`]: untyped cells, each with its origin. Inputs are only ever read.

mod archive;
mod biff;
mod bind;
mod body;
mod content;
pub mod delimited;
mod file;
mod fill;
mod folder;
#[doc(hidden)]
pub mod fuzzing;
mod groups;
pub mod header;
mod layout;
mod line;
mod mark;
mod mend;
mod ods;
mod ole;
mod overall;
mod overlap;
mod own;
mod people;
mod pivot;
mod plan;
mod proposal;
mod region;
mod rule;
mod section;
mod suggest;
mod totals;
mod value;
mod wide;
pub mod workbook;
mod xlsx;

pub use folder::read_folder;

use crate::schema::TableId;
use chrono::NaiveDateTime;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A cell as the file holds it.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// Text, as typed.
    Text(Arc<str>),
    /// Number.
    Number(f64),
    /// True or false.
    Flag(bool),
    /// Date, with a time of day.
    Date(NaiveDateTime),
    /// A spreadsheet error (`#N/A`…).
    Error(Arc<str>),
}

/// A row of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Number as the spreadsheet shows it, from 1 (for delimited files: the line the record starts on).
    pub number: u32,
    /// Cells from the first column of the sheet.
    pub cells: Vec<Value>,
}

/// A sheet of a workbook, or a whole delimited file.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// Path below the inputs folder, with `/`.
    pub file: Arc<str>,
    /// Sheet name; empty for delimited files.
    pub name: Arc<str>,
    /// Rows that hold something.
    pub rows: Vec<Row>,
    /// Numbers of the rows the workbook hides, in order: read like the others.
    pub hidden_rows: Vec<u32>,
}

/// An input file, as it goes into the manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// Path below the inputs folder, with `/`.
    pub path: Arc<str>,
    /// Bytes.
    pub size: u64,
    /// SHA-256, lower-case hexadecimal.
    pub sha256: String,
}

/// A column of a [`RawTable`] that the schema knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawColumn {
    /// Column id of the schema.
    pub id: &'static str,
    /// Header as typed.
    pub header: String,
    /// Column of the sheet, from 0.
    pub index: u32,
}

/// Why a row of a sheet is not in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// Title or text above the header.
    Title,
    /// Type hints or instructions under the header.
    Instruction,
    /// The header again.
    RepeatedHeader,
    /// A total or sub-total.
    Total,
    /// The title of a block of rows.
    Section,
    /// Text below the table.
    Note,
    /// Same row as another already read.
    Duplicate,
    /// A required value is missing or unreadable.
    Blocking,
}

impl LeftOut {
    /// Stable name in `donnees/lecture.csv`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Title => "titre",
            Self::Instruction => "consigne",
            Self::RepeatedHeader => "entete_repete",
            Self::Total => "total",
            Self::Section => "section",
            Self::Note => "note",
            Self::Duplicate => "doublon",
            Self::Blocking => "anomalie_bloquante",
        }
    }
}

/// A sheet bound to a table of the schema: its header found, its body untyped.
#[derive(Debug, Clone)]
pub struct RawTable {
    /// Which table.
    pub table: TableId,
    /// Path below the inputs folder.
    pub file: Arc<str>,
    /// Sheet name; empty for delimited files.
    pub sheet: Arc<str>,
    /// Row number of the header.
    pub header_row: u32,
    /// Columns the schema knows, in sheet order.
    pub columns: Vec<RawColumn>,
    /// Values for columns the sheet lacks, from settings or from the file or sheet name.
    pub constants: BTreeMap<&'static str, String>,
    /// Rows below the header that hold data.
    pub rows: Vec<Row>,
    /// Rows left out, by number, with the reason.
    pub left_out: Vec<(u32, LeftOut)>,
}

/// What reading a folder gives.
#[derive(Debug, Default)]
pub struct Ingested {
    /// Every file seen, in path order.
    pub files: Vec<InputFile>,
    /// Every sheet bound to a table.
    pub tables: Vec<RawTable>,
    /// What went wrong or is worth saying.
    pub findings: Vec<crate::finding::Finding>,
}
