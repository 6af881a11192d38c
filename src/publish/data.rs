//! `donnees/`: the machine-readable record. Stable names, comma, decimal point, UTF-8, full precision.
//!
//! Numbers are written as they are. A text that starts with `=`, `+`, `-`, `@` or a tab is preceded by
//! an apostrophe: opened in a spreadsheet it stays a text and never becomes a formula.

mod tables;

pub use tables::{PRIVATE, subsidies, table};

use crate::error::Error;
use crate::finding::Finding;
use crate::indicators::{Measure, Measures, Value};
use crate::period::WindowKind;
use crate::programme::Programme;
use crate::tables::Reading;
use crate::texts::Texts;
pub(super) use crate::texts::formula::guarded as text;
use serde::Serialize;

/// One line of `indicateurs.csv`, one object of `indicateurs.json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndicatorLine<'a> {
    indicateur: &'a str,
    famille: &'a str,
    territoire: &'a str,
    periode: String,
    fenetre: &'a str,
    dimension: &'a str,
    modalite: &'a str,
    valeur: Option<f64>,
    unite: &'a str,
    numerateur: Option<f64>,
    denominateur: Option<f64>,
    n: Option<u64>,
    statut: &'a str,
    /// Why there is no value: the missing sheet, or the key of the reason.
    motif: &'a str,
    limite: Option<f64>,
    cible: Option<f64>,
    score: Option<f64>,
}

impl<'a> IndicatorLine<'a> {
    fn new(measure: &'a Measure, programme: &'a Programme) -> Self {
        let reading = &measure.reading;
        let motif = match reading.value {
            Value::Number(_) => "",
            Value::Missing(why) | Value::Undefined(why) | Value::Secret(why) => why,
        };
        Self {
            indicateur: measure.indicator.id,
            famille: measure.indicator.family.code(),
            territoire: measure.scope.name(programme),
            periode: measure.window.last_quarter().to_string(),
            fenetre: measure.window.kind.code(),
            dimension: reading.dimension,
            modalite: &reading.modality,
            valeur: reading.value.get(),
            unite: measure.indicator.unit.code(),
            numerateur: reading.numerator,
            denominateur: reading.denominator,
            n: reading.n,
            statut: reading.value.status(),
            motif,
            limite: measure.objective.and_then(|o| o.limit),
            cible: measure.objective.map(|o| o.target),
            score: measure.objective.and_then(|o| o.score),
        }
    }

    fn record(&self) -> Vec<String> {
        vec![
            self.indicateur.into(),
            self.famille.into(),
            text(self.territoire),
            self.periode.clone(),
            self.fenetre.into(),
            self.dimension.into(),
            text(self.modalite),
            self.valeur.map(number).unwrap_or_default(),
            self.unite.into(),
            self.numerateur.map(number).unwrap_or_default(),
            self.denominateur.map(number).unwrap_or_default(),
            self.n.map(|n| n.to_string()).unwrap_or_default(),
            self.statut.into(),
            self.motif.into(),
            self.limite.map(number).unwrap_or_default(),
            self.cible.map(number).unwrap_or_default(),
            self.score.map(number).unwrap_or_default(),
        ]
    }
}

/// Columns of `indicateurs.csv`.
pub const INDICATOR_COLUMNS: [&str; 17] = [
    "indicateur",
    "famille",
    "territoire",
    "periode",
    "fenetre",
    "dimension",
    "modalite",
    "valeur",
    "unite",
    "numerateur",
    "denominateur",
    "n",
    "statut",
    "motif",
    "limite",
    "cible",
    "score",
];

/// Every published measure, in published order. Past quarters kept for charts are not published.
pub fn indicator_lines<'a>(
    measures: &'a Measures,
    programme: &'a Programme,
) -> Vec<IndicatorLine<'a>> {
    measures
        .all
        .iter()
        .filter(|measure| measure.window.kind != WindowKind::History)
        .map(|measure| IndicatorLine::new(measure, programme))
        .collect()
}

/// `indicateurs.csv`.
///
/// # Errors
/// `donnees` when it cannot be written.
pub fn indicators_csv(lines: &[IndicatorLine<'_>]) -> Result<Vec<u8>, Error> {
    csv_bytes(&INDICATOR_COLUMNS, lines.iter().map(IndicatorLine::record))
}

/// `indicateurs.json`: an array of objects with the names of the CSV; no value is `null`.
///
/// # Errors
/// `donnees` when it cannot be written.
pub fn indicators_json(lines: &[IndicatorLine<'_>]) -> Result<Vec<u8>, Error> {
    json_bytes(&lines)
}

/// `lecture.csv`: one line per table read. Of a table about people, a number of rows under the threshold
/// is written `<11`, and how many were left out is then empty.
///
/// # Errors
/// `donnees` when it cannot be written.
pub fn readings_csv(readings: &[Reading], least: u64) -> Result<Vec<u8>, Error> {
    let columns = [
        "fichier",
        "feuille",
        "table",
        "ligne_entete",
        "lignes_lues",
        "lignes_retenues",
        "lignes_ecartees",
        "motifs",
    ];
    let record = |reading: &Reading| {
        vec![
            text(&reading.file),
            text(&reading.sheet),
            reading.table.spec().sheet.to_string(),
            reading.header_row.to_string(),
            reading.count(reading.read, least).to_string(),
            reading.count(reading.kept, least).to_string(),
            reading.count_left_out(least).map(|n| n.to_string()).unwrap_or_default(),
            reasons(reading, least),
        ]
    };
    csv_bytes(&columns, readings.iter().map(record))
}

/// `total=2;doublon=1`; without the numbers where they are secret.
pub(super) fn reasons(reading: &Reading, least: u64) -> String {
    let small = reading.is_small(least);
    let reasons: Vec<String> = reading
        .left_out
        .iter()
        .map(|(reason, n)| if small { (*reason).to_string() } else { format!("{reason}={n}") })
        .collect();
    reasons.join(";")
}

/// `anomalies.csv`: one line per finding.
///
/// # Errors
/// `donnees` when it cannot be written.
pub fn findings_csv(findings: &[Finding], texts: &Texts) -> Result<Vec<u8>, Error> {
    let columns = ["code", "severite", "fichier", "feuille", "cellule", "lu", "attendu", "remede"];
    let record = |finding: &Finding| {
        vec![
            finding.code.to_string(),
            finding.severity().code().to_string(),
            text(&finding.place.file),
            text(&finding.place.sheet),
            finding.place.cell(),
            text(&finding.read),
            text(&super::anomalies::words(texts, finding, "attendu")),
            text(&super::anomalies::words(texts, finding, "remede")),
        ]
    };
    csv_bytes(&columns, findings.iter().map(record))
}

/// Records as CSV: comma, UTF-8, line feed.
pub(super) fn csv_bytes<R, F>(
    columns: &[F],
    records: impl Iterator<Item = R>,
) -> Result<Vec<u8>, Error>
where
    R: AsRef<[String]>,
    F: AsRef<[u8]>,
{
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns).map_err(failed)?;
    for record in records {
        writer.write_record(record.as_ref()).map_err(failed)?;
    }
    writer.into_inner().map_err(failed)
}

/// Readable JSON with a final line feed.
pub(super) fn json_bytes(value: &impl Serialize) -> Result<Vec<u8>, Error> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(failed)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The shortest decimal that reads back as the same number.
pub(super) fn number(value: f64) -> String {
    // Adding zero turns -0 into 0.
    format!("{}", value + 0.0)
}

/// Cents as euros with two decimals: `-1250` → `-12.50`.
pub(super) fn euros(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    format!("{sign}{}.{:02}", cents / 100, cents % 100)
}

fn failed(cause: impl std::fmt::Display) -> Error {
    Error::new("donnees").with("cause", cause)
}

#[cfg(test)]
mod tests;
