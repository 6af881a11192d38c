//! The cleaned tables that hold no person, and the funding of the programme in the national model.

use super::{csv_bytes, euros, number, text};
use crate::error::Error;
use crate::programme::{Funding, Programme};
use crate::schema::{ColumnSpec, TableId};
use crate::settings::Settings;
use crate::tables::{Column, Frame};

/// Tables never written although their rows are not people: the decisions about duplicates quote names.
pub const PRIVATE: &[TableId] = &[TableId::Decisions];

/// `tables/<feuille>.csv`: every column of the schema that is not personal, given or not, then where
/// each row was read. `None` for tables of people and [`PRIVATE`] ones.
///
/// # Errors
/// `donnees` when it cannot be written.
pub fn table(frame: &Frame) -> Result<Option<Vec<u8>>, Error> {
    if frame.spec.people || PRIVATE.contains(&frame.spec.id) {
        return Ok(None);
    }
    let shown: Vec<&ColumnSpec> = frame.spec.columns.iter().filter(|c| !c.personal).collect();
    let mut columns: Vec<String> = shown.iter().map(|c| c.csv_name()).collect();
    columns.extend(["fichier", "feuille", "ligne"].map(String::from));
    let record = |row: usize| {
        let mut record: Vec<String> =
            shown.iter().map(|c| cell(frame.columns.get(c.id), row)).collect();
        let origin = frame.origin(row);
        record.extend([text(origin.file()), text(origin.sheet()), origin.row.to_string()]);
        record
    };
    csv_bytes(&columns, (0..frame.len()).map(record)).map(Some)
}

fn cell(column: Option<&Column>, row: usize) -> String {
    let written = match column {
        None => None,
        Some(Column::Text(words)) => words.get(row).map(|word| text(word)),
        Some(Column::Number(values)) => values[row].map(number),
        Some(Column::Money(values)) => values[row].map(euros),
        Some(Column::Date(values)) => values[row].map(|day| day.to_string()),
        Some(Column::Span(values)) => values[row].map(|(from, to)| format!("{from}/{to}")),
        Some(Column::Flag(values)) => {
            values[row].map(|yes| if yes { "oui" } else { "non" }.to_string())
        }
        Some(Column::List(values)) => Some(text(&values[row].join(";"))),
    };
    written.unwrap_or_default()
}

/// Columns of the national model of grant data (SCDL *subventions*, version 2.1.1).
const SUBSIDY_COLUMNS: [&str; 16] = [
    "nomAttribuant",
    "idAttribuant",
    "dateConvention",
    "referenceDecision",
    "nomBeneficiaire",
    "idBeneficiaire",
    "rnaBeneficiaire",
    "objet",
    "montant",
    "nature",
    "conditionsVersement",
    "datesPeriodeVersement",
    "idRAE",
    "notificationUE",
    "pourcentageSubvention",
    "dispositifAide",
];
/// Longest purpose of the model.
const PURPOSE_LIMIT: usize = 256;

/// `subventions_scdl.csv`: the grants of the programme in the national model. What the inputs do not
/// say stays empty: nothing is invented to please the model.
///
/// # Errors
/// `donnees` when it cannot be written.
pub fn subsidies(programme: &Programme, settings: &Settings) -> Result<Vec<u8>, Error> {
    let granted = programme.funding.iter().filter(|line| {
        let refused = line.status.as_deref() == Some("refusé");
        line.ours && !refused && line.granted.is_some_and(|amount| amount != 0)
    });
    csv_bytes(&SUBSIDY_COLUMNS, granted.map(|line| subsidy(line, settings)))
}

fn subsidy(line: &Funding, settings: &Settings) -> [String; 16] {
    let known = |words: &Option<String>| words.as_deref().map(text).unwrap_or_default();
    let beneficiary =
        settings.programme.beneficiary.as_ref().or(settings.programme.name.as_ref()).cloned();
    let purpose: String = known(&line.purpose).chars().take(PURPOSE_LIMIT).collect();
    let nature = if line.in_kind { "aide en nature" } else { "aide en numéraire" };
    [
        text(&line.funder),
        known(&line.funder_siret),
        line.signed.or(line.decided).map(|day| day.to_string()).unwrap_or_default(),
        known(&line.reference),
        known(&line.beneficiary.clone().or(beneficiary)),
        known(&settings.programme.siret),
        String::new(),
        purpose,
        line.granted.map(euros).unwrap_or_default(),
        nature.to_string(),
        String::new(),
        line.covers.map(|(from, to)| format!("{from}/{to}")).unwrap_or_default(),
        String::new(),
        String::new(),
        "1.00".to_string(),
        String::new(),
    ]
}
