//! `bilan.toml` as typed: French keys, all optional, unknown ones refused. [`RawSettings::apply`]
//! checks the values and lays them over the defaults.

mod refusal;

use super::{BLANK, Settings, SourceRule, VolunteerRate};
use crate::error::Error;
use crate::files;
use crate::schema::{Kind, TABLES, TableId, vocabulary};
use chrono::NaiveDate;
use refusal::{Origin, example, unknown};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use toml::Value;

/// The file as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RawSettings {
    programme: RawProgramme,
    aide: RawAid,
    seuils: RawThresholds,
    registre: RawRegister,
    benevolat: Vec<RawVolunteerRate>,
    probabilites: BTreeMap<String, f64>,
    diversification: RawDiversification,
    cooperations: RawCooperations,
    structures: RawOrganisations,
    source: Vec<RawSource>,
    /// Where it was read, to say so.
    #[serde(skip)]
    origin: Origin,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawProgramme {
    nom: Option<String>,
    titre: Option<String>,
    beneficiaire: Option<String>,
    siret: Option<Value>,
    decision_ademe: Option<String>,
    debut: Option<Value>,
    fictif: Option<bool>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawRegister {
    responsable: Option<String>,
    base_legale: Option<String>,
    conservation: Option<String>,
    destinataires: Option<String>,
    contact: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawAid {
    maximum: Option<f64>,
    taux: Option<f64>,
    forfait_etpt: Option<f64>,
    base_eligible: Option<f64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawThresholds {
    personnes: Option<u64>,
    structures: Option<u64>,
    ecart: Option<f64>,
    part_publique: Option<f64>,
    heures_etpt: Option<f64>,
    taille_fichier_mo: Option<u64>,
    taille_decompressee_mo: Option<u64>,
    cellules: Option<u64>,
    cellules_total: Option<u64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVolunteerRate {
    depuis: Value,
    categorie: Option<String>,
    taux: f64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawDiversification {
    categories: Option<usize>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawOrganisations {
    distinctes: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawCooperations {
    releves_complets: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSource {
    fichier: String,
    feuille: Option<String>,
    table: Option<String>,
    territoire: Option<String>,
    #[serde(default)]
    ignorer: bool,
    ligne_entete: Option<u32>,
    #[serde(default)]
    colonnes: BTreeMap<String, String>,
    #[serde(default)]
    constantes: BTreeMap<String, Value>,
}

/// Reads the settings file.
///
/// # Errors
/// `lecture` when it cannot be read; `reglage-inconnu` for a key nobody knows, with the nearest one;
/// `reglage-invalide` for a value of the wrong type, or text that is not TOML.
pub fn load(path: &Path) -> Result<RawSettings, Error> {
    let bytes = files::read(path)?;
    let text = String::from_utf8_lossy(&bytes);
    parse(path.display().to_string(), text.strip_prefix('\u{feff}').unwrap_or(&text))
}

fn parse(path: String, text: &str) -> Result<RawSettings, Error> {
    let origin = Origin { path, text: text.to_owned() };
    match toml::from_str::<RawSettings>(text) {
        Ok(raw) => Ok(RawSettings { origin, ..raw }),
        Err(error) => Err(origin.refusal(&error)),
    }
}

impl RawSettings {
    /// Checks the values and lays them over the settings.
    ///
    /// # Errors
    /// `reglage-invalide` for a value out of bounds, `reglage-inconnu` for a table, column or status
    /// nobody knows.
    pub fn apply(self, settings: &mut Settings) -> Result<(), Error> {
        let Self { programme, aide, seuils, registre, origin, .. } = self;
        let share = |key: &str, value: Option<f64>| match value {
            Some(v) if !(0.0..=1.0).contains(&v) => Err(origin.refuse(key, &v.to_string())),
            other => Ok(other),
        };
        let cents = |key: &str, value: Option<f64>| match value {
            Some(v) if !(0.0..1e13).contains(&v) => Err(origin.refuse(key, &v.to_string())),
            other => Ok(other.map(to_cents)),
        };
        let positive = |key: &str, value: Option<u64>| match value {
            Some(0) => Err(origin.refuse(key, "0")),
            other => Ok(other),
        };

        let to = &mut settings.programme;
        replace(&mut to.name, programme.nom);
        replace(&mut to.title, programme.titre);
        replace(&mut to.beneficiary, programme.beneficiaire);
        replace(&mut to.decision, programme.decision_ademe);
        if let Some(value) = programme.siret {
            let digits: String =
                plain(&value).chars().filter(|c| !c.is_whitespace() && *c != '\u{a0}').collect();
            if digits.len() != 14 || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return Err(origin.refuse("siret", &plain(&value)));
            }
            to.siret = Some(digits);
        }
        if let Some(value) = programme.debut {
            let day = date(&value).ok_or_else(|| origin.refuse("debut", &plain(&value)))?;
            to.start = Some(day);
        }
        to.fictional = programme.fictif.unwrap_or(to.fictional);

        let to = &mut settings.register;
        replace(&mut to.controller, registre.responsable);
        replace(&mut to.basis, registre.base_legale);
        replace(&mut to.retention, registre.conservation);
        replace(&mut to.recipients, registre.destinataires);
        replace(&mut to.contact, registre.contact);

        let to = &mut settings.aid;
        replace(&mut to.maximum, cents("maximum", aide.maximum)?);
        replace(&mut to.rate, share("taux", aide.taux)?);
        replace(&mut to.per_fte, cents("forfait_etpt", aide.forfait_etpt)?);
        replace(&mut to.eligible_base, cents("base_eligible", aide.base_eligible)?);

        let to = &mut settings.thresholds;
        to.people = seuils.personnes.unwrap_or(to.people);
        to.organisations = seuils.structures.unwrap_or(to.organisations);
        to.gap = share("ecart", seuils.ecart)?.unwrap_or(to.gap);
        to.public_share = share("part_publique", seuils.part_publique)?.unwrap_or(to.public_share);
        if let Some(hours) = seuils.heures_etpt {
            if !(1.0..=8784.0).contains(&hours) {
                return Err(origin.refuse("heures_etpt", &hours.to_string()));
            }
            to.fte_hours = hours;
        }
        let megabytes = |key: &str, value| {
            positive(key, value).map(|value| value.map(|mb: u64| mb.saturating_mul(1 << 20)))
        };
        let bytes = megabytes("taille_fichier_mo", seuils.taille_fichier_mo)?;
        to.file_bytes = bytes.unwrap_or(to.file_bytes);
        let bytes = megabytes("taille_decompressee_mo", seuils.taille_decompressee_mo)?;
        to.expanded_bytes = bytes.unwrap_or(to.expanded_bytes);
        to.cells = positive("cellules", seuils.cellules)?.unwrap_or(to.cells);
        to.total_cells =
            positive("cellules_total", seuils.cellules_total)?.unwrap_or(to.total_cells);

        if !self.benevolat.is_empty() {
            settings.volunteer_rates = volunteer_rates(self.benevolat, &origin)?;
        }
        for (status, probability) in self.probabilites {
            let label = funding_status(&status).map_err(|e| {
                e.with("chemin", &origin.path).with("ligne", origin.line(&status, ""))
            })?;
            if !(0.0..=1.0).contains(&probability) {
                return Err(origin
                    .invalid(&status, &probability.to_string(), example("probabilites"))
                    .with("ligne", origin.line(&status, "")));
            }
            settings.probabilities.insert(label.to_owned(), probability);
        }
        if let Some(categories) = self.diversification.categories {
            if categories < 2 {
                return Err(origin.refuse("categories", &categories.to_string()));
            }
            settings.categories = categories;
        }
        settings.full_surveys = self.cooperations.releves_complets;
        settings.distinct_organisations = self.structures.distinctes;
        for source in self.source {
            settings.sources.push(rule(source, &origin)?);
        }
        Ok(())
    }
}

fn replace<T>(slot: &mut Option<T>, value: Option<T>) {
    if value.is_some() {
        *slot = value;
    }
}

/// Euros → cents; bounded before.
fn to_cents(euros: f64) -> i64 {
    (euros * 100.0).round() as i64
}

fn volunteer_rates(
    raw: Vec<RawVolunteerRate>,
    origin: &Origin,
) -> Result<Vec<VolunteerRate>, Error> {
    let mut rates = Vec::with_capacity(raw.len());
    for rate in raw {
        let from =
            date(&rate.depuis).ok_or_else(|| origin.refuse("depuis", &plain(&rate.depuis)))?;
        if !(0.0..1000.0).contains(&rate.taux) {
            let refused = origin.invalid("taux", &rate.taux.to_string(), "taux = 12.02");
            return Err(refused.with("ligne", origin.line("taux", &rate.taux.to_string())));
        }
        rates.push(VolunteerRate { from, category: rate.categorie, rate: to_cents(rate.taux) });
    }
    rates.sort_by(|a, b| (a.from, &a.category).cmp(&(b.from, &b.category)));
    Ok(rates)
}

/// The label of a funding status, as the schema writes it.
fn funding_status(typed: &str) -> Result<&'static str, Error> {
    let Some(Kind::Choice(statuses)) = TableId::Funding.spec().column("status").map(|c| c.kind)
    else {
        return Err(unknown(typed, std::iter::empty()));
    };
    let wanted = crate::texts::fold(typed);
    let mut labels = statuses.iter().map(|status| status.label);
    let found = labels.find(|label| crate::texts::fold(label) == wanted);
    found.ok_or_else(|| unknown(typed, statuses.iter().map(|status| status.label)))
}

fn rule(raw: RawSource, origin: &Origin) -> Result<SourceRule, Error> {
    let located = |key: &str, error: Error| {
        error.with("chemin", &origin.path).with("ligne", origin.line(key, ""))
    };
    let table =
        match &raw.table {
            Some(name) => Some(vocabulary::table_named(name).ok_or_else(|| {
                located(name, unknown(name, TABLES.iter().map(|table| table.sheet)))
            })?),
            None => None,
        };
    let column = |typed: &str| {
        let candidates = TABLES.iter().filter(|t| table.is_none_or(|wanted| wanted == t.id));
        let known = candidates.clone().flat_map(|t| t.columns).map(|column| column.header);
        let found: Vec<_> =
            candidates.filter_map(|t| vocabulary::column_named(t.id, typed)).collect();
        // Without a table, a name must mean the same in all of them; headers go before aliases.
        let wanted = crate::texts::fold(typed);
        let (headers, aliases): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|c| crate::texts::fold(c.header) == wanted);
        let found = if headers.is_empty() { aliases } else { headers };
        let first = found.first().ok_or_else(|| located(typed, unknown(typed, known)))?.id;
        if found.iter().all(|other| other.id == first) {
            Ok(first)
        } else {
            Err(origin.invalid(typed, "", example("table")).with("ligne", origin.line(typed, "")))
        }
    };
    let mut columns = BTreeMap::new();
    for (name, header) in &raw.colonnes {
        columns.insert(column(name)?, header.clone());
    }
    let mut constants = BTreeMap::new();
    for (name, value) in &raw.constantes {
        if plain(value).trim() == BLANK {
            return Err(Error::new("reglage-a-completer")
                .with("chemin", &origin.path)
                .with("cle", name)
                .with("ligne", origin.line(name, BLANK)));
        }
        constants.insert(column(name)?, plain(value));
    }
    if let Some(territory) = raw.territoire {
        constants.insert("territory", territory);
    }
    Ok(SourceRule {
        file: raw.fichier,
        sheet: raw.feuille,
        table,
        ignore: raw.ignorer,
        header_row: raw.ligne_entete,
        columns,
        constants,
    })
}

/// A value as text: constants may be typed as numbers, dates or texts.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Boolean(true) => "oui".to_owned(),
        Value::Boolean(false) => "non".to_owned(),
        other => other.to_string(),
    }
}

/// A date of TOML, or a text `2026-01-31` or `31/01/2026`.
fn date(value: &Value) -> Option<NaiveDate> {
    let text = plain(value);
    let day = text.get(..10)?;
    ["%Y-%m-%d", "%d/%m/%Y"].iter().find_map(|format| NaiveDate::parse_from_str(day, format).ok())
}

#[cfg(test)]
mod tests;
