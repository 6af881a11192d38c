//! What earlier reports have told: their `donnees/indicateurs.csv`, given with `--published DIR`.
//!
//! A reader has them too, so the numbers that count people are followed from one report to the next:
//! a quarter told, a cumulative told at an earlier date. Reports of the same quarter or later are not
//! looked at: they are about to be replaced, or do not exist yet.

use super::system::Days;
use crate::error::Error;
use crate::files;
use crate::identity::place_form;
use crate::indicators::{NETWORK, Scope, Value};
use crate::period::{Quarter, WindowKind};
use crate::programme::Programme;
use crate::texts::formula::unguarded;
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Breakdowns by what is typed freely.
const TYPED: [&str; 2] = ["commune", NETWORK];

/// Where a report keeps its numbers.
const RECORD: &str = "donnees/indicateurs.csv";

/// A number told: indicator, where, when, dimension and modality.
type Told = (String, Scope, Days, String, String);

/// The numbers of earlier reports.
#[derive(Debug, Clone, Default)]
pub struct Published {
    /// Values told, `None` for a withheld one; several when reports differ.
    said: BTreeMap<Told, Vec<Option<f64>>>,
    /// Quarters of the reports read.
    quarters: BTreeSet<Quarter>,
}

/// A line of `indicateurs.csv`, as far as it matters here.
#[derive(Debug, Deserialize)]
struct Line {
    indicateur: String,
    territoire: String,
    periode: String,
    fenetre: String,
    dimension: String,
    modalite: String,
    valeur: Option<f64>,
    statut: String,
}

/// What earlier reports say of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// Nothing.
    Nothing,
    /// The value it has now, or one it had then.
    Told {
        /// It is still that.
        same: bool,
    },
    /// That it is withheld.
    Withheld,
}

impl Published {
    /// Reads the reports in a folder: one per sub-folder, or a single one. `start`: first day of the
    /// programme; `before`: quarter of the report being made.
    ///
    /// # Errors
    /// `publies-introuvables` when there is none, `publies-illisibles` when one cannot be read.
    pub fn read(
        folder: &Path,
        programme: &Programme,
        start: NaiveDate,
        before: Quarter,
    ) -> Result<Self, Error> {
        let records = records(folder);
        if records.is_empty() {
            return Err(Error::new("publies-introuvables").with("chemin", folder.display()));
        }
        let scopes: BTreeMap<&str, Scope> = programme
            .territories
            .iter()
            .enumerate()
            .map(|(ix, territory)| (territory.name.as_str(), Scope::Territory(ix)))
            .chain([("programme", Scope::Programme)])
            .collect();
        let mut published = Self::default();
        for record in records {
            published.add(&record, &scopes, start, before)?;
        }
        Ok(published)
    }

    fn add(
        &mut self,
        record: &Path,
        scopes: &BTreeMap<&str, Scope>,
        start: NaiveDate,
        before: Quarter,
    ) -> Result<(), Error> {
        let unreadable = |cause: csv::Error| {
            Error::new("publies-illisibles").with("chemin", record.display()).with("cause", cause)
        };
        let bytes = files::read(record)?;
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let lines: Vec<Line> =
            reader.deserialize().collect::<Result<_, _>>().map_err(unreadable)?;
        let quarter = |line: &Line| line.periode.parse::<Quarter>().ok();
        let own = lines.iter().find(|l| l.fenetre == WindowKind::Quarter.code()).and_then(quarter);
        let Some(own) = own.filter(|own| *own < before) else { return Ok(()) };
        self.quarters.insert(own);
        for line in lines {
            let withheld = line.statut == Value::Secret("").status();
            let (Some(scope), Some(quarter)) =
                (scopes.get(unguarded(&line.territoire)), quarter(&line))
            else {
                continue;
            };
            if line.valeur.is_none() && !withheld {
                continue;
            }
            let first =
                if line.fenetre == WindowKind::Cumulative.code() { start } else { quarter.start() };
            let days = (first, quarter.end());
            let modality = written(&line.dimension, unguarded(&line.modalite));
            let told = (line.indicateur, *scope, days, line.dimension, modality);
            self.said.entry(told).or_default().push(line.valeur);
        }
        Ok(())
    }

    /// Whether a folder of reports holds one of an earlier quarter, by the names of its folders.
    pub fn is_in(reports: &Path, before: Quarter) -> bool {
        files::folders(reports).iter().any(|report| {
            let name = report.file_name().map(|name| name.to_string_lossy().into_owned());
            let quarter = name.and_then(|name| name.parse::<Quarter>().ok());
            quarter.is_some_and(|quarter| quarter < before) && report.join(RECORD).is_file()
        })
    }

    /// Quarters of the reports read.
    pub fn quarters(&self) -> impl Iterator<Item = Quarter> + '_ {
        self.quarters.iter().copied()
    }

    /// What they say of a number whose value is known here.
    pub(super) fn of(
        &self,
        (indicator, scope, days): (&str, Scope, Days),
        (dimension, modality): (&str, &str),
        value: f64,
    ) -> Said {
        if self.said.is_empty() {
            return Said::Nothing;
        }
        let key =
            (indicator.to_owned(), scope, days, dimension.to_owned(), written(dimension, modality));
        match self.said.get(&key) {
            None => Said::Nothing,
            Some(all) if all.iter().all(Option::is_none) => Said::Withheld,
            Some(all) => {
                let same = |told: &f64| (told - value).abs() < 0.5;
                Said::Told { same: all.iter().flatten().any(same) }
            }
        }
    }
}

/// A modality, to be compared: how a commune, a network is written may change from one report to the next.
fn written(dimension: &str, modality: &str) -> String {
    if TYPED.contains(&dimension) { place_form(modality) } else { modality.to_owned() }
}

/// The records of a folder, in order.
fn records(folder: &Path) -> Vec<PathBuf> {
    let mut reports: Vec<PathBuf> = files::folders(folder);
    reports.push(folder.to_owned());
    reports.sort();
    reports.into_iter().map(|report| report.join(RECORD)).filter(|r| r.is_file()).collect()
}
