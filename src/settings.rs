//! Checked settings: what the rest of the program reads. `settings/raw.rs` is the TOML as typed; the
//! command line is laid over it.

pub(crate) mod proposed;
pub mod raw;

use crate::error::Error;
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
    /// Folder of the reports published earlier, whose numbers a reader has too.
    pub published: Option<PathBuf>,
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
    /// What the register of personal data says.
    pub register: RegisterSettings,
    /// Thresholds.
    pub thresholds: Thresholds,
    /// Hourly rates of volunteering, oldest first.
    pub volunteer_rates: Vec<VolunteerRate>,
    /// Probability of getting the money, by funding status.
    pub probabilities: BTreeMap<String, f64>,
    /// Number N of funder categories for `diversification`.
    pub categories: usize,
    /// Each date of Coopérations is a complete survey: a pair it no longer names has no tie any more.
    pub full_surveys: bool,
    /// Names of organisations that look alike and are not the same: never brought together.
    pub distinct_organisations: Vec<String>,
    /// Where the defaults do not find their way.
    pub sources: Vec<SourceRule>,
}

/// What the command line says of a run, laid over everything else; `None` = not said.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// Folder of spreadsheets.
    pub inputs: Option<PathBuf>,
    /// Output folder.
    pub out: Option<PathBuf>,
    /// Folder of the reports published earlier.
    pub published: Option<PathBuf>,
    /// Folder of one's own templates.
    pub templates: Option<PathBuf>,
    /// Settings file.
    pub settings: Option<PathBuf>,
    /// Quarter, as typed.
    pub period: Option<String>,
}

impl Settings {
    /// Defaults, then `bilan.toml` beside the inputs, then the command line.
    ///
    /// # Errors
    /// When `bilan.toml` cannot be read or understood, or the period is not a quarter.
    pub fn load(said: &Overrides, lang: Lang) -> Result<Self, Error> {
        let inputs = said.inputs.clone().unwrap_or_else(|| PathBuf::from("inputs"));
        let mut settings = Self {
            out: said.out.clone().unwrap_or_else(|| PathBuf::from("reports")),
            published: said.published.clone(),
            templates: said.templates.clone().unwrap_or_else(|| PathBuf::from("templates")),
            lang,
            ..Self::new(inputs, today())
        };
        let file = said.settings.clone().unwrap_or_else(|| settings.inputs.join("bilan.toml"));
        if said.settings.is_some() || file.is_file() {
            raw::load(&file)?.apply(&mut settings)?;
        }
        if let Some(text) = &said.period {
            let period =
                text.parse().map_err(|()| Error::new("periode-illisible").with("lu", text))?;
            settings.period = Some(period);
        }
        Ok(settings)
    }

    /// The defaults for a folder of inputs, on a day.
    pub fn new(inputs: PathBuf, today: NaiveDate) -> Self {
        Self {
            inputs,
            out: PathBuf::from("reports"),
            published: None,
            templates: PathBuf::from("templates"),
            key_file: PathBuf::from(".bilan/cle-identite"),
            lang: Lang::Fr,
            period: None,
            today,
            programme: ProgrammeSettings::default(),
            aid: AidSettings::default(),
            register: RegisterSettings::default(),
            thresholds: Thresholds::default(),
            volunteer_rates: Vec::new(),
            probabilities: default_probabilities(),
            categories: 11,
            full_surveys: false,
            distinct_organisations: Vec::new(),
            sources: Vec::new(),
        }
    }

    /// The quarter of the report, once known.
    pub fn quarter(&self) -> Quarter {
        self.period.unwrap_or_else(|| Quarter::of(self.today))
    }
}

/// Chance of getting the money by status, from the design's table.
fn default_probabilities() -> BTreeMap<String, f64> {
    [
        ("identifié", 0.1),
        ("en préparation", 0.2),
        ("déposé", 0.4),
        ("voté", 0.9),
        ("conventionné", 1.0),
        ("soldé", 1.0),
        ("refusé", 0.0),
    ]
    .map(|(status, chance)| (status.to_string(), chance))
    .into()
}

/// Today, or the day of `SOURCE_DATE_EPOCH` where it is set: the only look at the clock.
fn today() -> NaiveDate {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|s| s.parse::<i64>().ok());
    let seconds = fixed.unwrap_or_else(now);
    chrono::DateTime::from_timestamp(seconds, 0).map_or(NaiveDate::MIN, |t| t.date_naive())
}

#[expect(clippy::disallowed_methods, reason = "bounds the default period and the future")]
fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |d| i64::try_from(d.as_secs()).unwrap_or(0))
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

/// What the register of personal data says besides what the program knows.
#[derive(Debug, Clone, Default)]
pub struct RegisterSettings {
    /// Who answers for the processing.
    pub controller: Option<String>,
    /// Its legal basis.
    pub basis: Option<String>,
    /// How long the spreadsheets are kept.
    pub retention: Option<String>,
    /// Who gets the spreadsheets, or the report.
    pub recipients: Option<String>,
    /// Whom people write to about their data.
    pub contact: Option<String>,
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
    /// Most bytes that a file may take once expanded: parts of a workbook, texts of its cells.
    pub expanded_bytes: u64,
    /// Largest number of cells read from a sheet.
    pub cells: u64,
    /// Largest number of cells read from all files together.
    pub total_cells: u64,
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
            expanded_bytes: 1 << 29,
            cells: 50_000_000,
            total_cells: 100_000_000,
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

/// What a proposal leaves for the user to complete; refused as a value.
pub const BLANK: &str = "…";

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
