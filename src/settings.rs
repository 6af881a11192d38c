//! Checked settings: what the rest of the program reads. `settings/raw.rs` is the TOML as typed; the
//! command line is laid over it.

pub mod raw;

use crate::period::Quarter;
use crate::schema::TableId;
use crate::texts::Lang;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Everything a run is told.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Folder of spreadsheets.
    pub inputs: PathBuf,
    /// Folder the reports go to.
    pub out: PathBuf,
    /// User's template folder.
    pub templates: PathBuf,
    /// File that keeps the identity key.
    pub key_file: PathBuf,
    /// Language of the reports and messages.
    pub lang: Lang,
    /// Quarter of the report; `None` until the data says which is the latest.
    pub period: Option<Quarter>,
    /// Today's date: bounds the default period and the future.
    pub today: NaiveDate,
    /// Who the report is about.
    pub programme: ProgrammeSettings,
    /// The aid of ADEME.
    pub aid: AidSettings,
    /// Thresholds.
    pub thresholds: Thresholds,
    /// Hourly rates of volunteering, oldest first.
    pub volunteer_rates: Vec<VolunteerRate>,
    /// Probability of getting the money, by funding status.
    pub probabilities: BTreeMap<String, f64>,
    /// Number N of funder categories for `diversification`.
    pub categories: usize,
    /// Where the defaults do not find their way.
    pub sources: Vec<SourceRule>,
}

impl Settings {
    /// The quarter of the report, once known.
    pub fn quarter(&self) -> Quarter {
        self.period.unwrap_or_else(|| Quarter::of(self.today))
    }
}

/// The programme and its beneficiary.
#[derive(Debug, Clone, Default)]
pub struct ProgrammeSettings {
    /// Programme name.
    pub name: Option<String>,
    /// Title of the project, on the cover.
    pub title: Option<String>,
    /// Beneficiary of the aid.
    pub beneficiary: Option<String>,
    /// Its SIRET.
    pub siret: Option<String>,
    /// ADEME decision number, `20IFC0161`.
    pub decision: Option<String>,
    /// First day of the programme.
    pub start: Option<NaiveDate>,
    /// The data is invented: said everywhere.
    pub fictional: bool,
}

/// The aid of ADEME. Amounts in cents.
#[derive(Debug, Clone, Default)]
pub struct AidSettings {
    /// Maximum amount.
    pub maximum: Option<i64>,
    /// Rate of the eligible base, 0 to 1.
    pub rate: Option<f64>,
    /// Flat rate per ETPT and year.
    pub per_fte: Option<i64>,
    /// Eligible base (total eligible budget).
    pub eligible_base: Option<i64>,
}

/// Thresholds.
#[derive(Debug, Clone)]
pub struct Thresholds {
    /// Smallest publishable count of people.
    pub people: u64,
    /// Smallest publishable count of organisations.
    pub organisations: u64,
    /// Gap between planned and done that asks for an explanation.
    pub gap: f64,
    /// Share of public money above which to warn.
    pub public_share: f64,
    /// Hours of a full-time year.
    pub fte_hours: f64,
    /// Largest file read, in bytes.
    pub file_bytes: u64,
    /// Largest number of cells read from a sheet.
    pub cells: u64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            people: 11,
            organisations: 3,
            gap: 0.10,
            public_share: 0.80,
            fte_hours: 1607.0,
            file_bytes: 256 << 20,
            cells: 50_000_000,
        }
    }
}

/// An hourly rate of volunteering. Amounts in cents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolunteerRate {
    /// First day it holds.
    pub from: NaiveDate,
    /// Category it holds for; `None` = all others.
    pub category: Option<String>,
    /// Cents per hour.
    pub rate: i64,
}

/// How to read a file or sheet the defaults get wrong. Patterns: `*` stands for anything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SourceRule {
    /// File name pattern below the inputs folder.
    pub file: String,
    /// Sheet name pattern; `None` = every sheet.
    pub sheet: Option<String>,
    /// Table it feeds; `None` = found by name and headers.
    pub table: Option<TableId>,
    /// Leave it out.
    pub ignore: bool,
    /// Row number of the header, from 1.
    pub header_row: Option<u32>,
    /// Column id → header as typed in the file.
    pub columns: BTreeMap<&'static str, String>,
    /// Column id → value for every row.
    pub constants: BTreeMap<&'static str, String>,
}
