//! `manifeste.json`: what a set of reports was made from, by which version, told which settings.

use super::staging::Written;
use crate::error::Error;
use crate::ingest::InputFile;
use crate::settings::Settings;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Name of the manifest in the folder of a period.
pub const FILE: &str = "manifeste.json";

/// The manifest of a run. Paths are relative: to the inputs folder, to the folder of the period.
///
/// # Errors
/// `donnees` when it cannot be put in JSON.
pub fn manifest(
    period: &str,
    settings: &Settings,
    inputs: &[InputFile],
    outputs: &[Written],
) -> Result<Vec<u8>, Error> {
    let inputs: Vec<Value> =
        inputs.iter().map(|file| entry(&file.path, file.size, &file.sha256)).collect();
    let mut outputs: Vec<&Written> = outputs.iter().collect();
    outputs.sort_by(|a, b| a.path.cmp(&b.path));
    let outputs: Vec<Value> =
        outputs.into_iter().map(|file| entry(&file.path, file.size, &file.sha256)).collect();
    super::data::json_bytes(&json!({
        "programme": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "periode": period,
        "reglages": settings_map(settings),
        "entrees": inputs,
        "sorties": outputs,
    }))
}

/// The outputs a manifest lists; none when it is not one.
pub(super) fn outputs(manifest: &[u8]) -> BTreeSet<String> {
    let manifest: Value = serde_json::from_slice(manifest).unwrap_or_default();
    let paths = manifest["sorties"].as_array().into_iter().flatten();
    paths.filter_map(|file| Some(file["chemin"].as_str()?.to_string())).collect()
}

fn entry(path: &str, size: u64, sha256: &str) -> Value {
    json!({ "chemin": path, "taille": size, "sha256": sha256 })
}

/// The checked settings, without the folders of the computer they were checked on, nor the day: the
/// same report made again tomorrow is the same.
fn settings_map(settings: &Settings) -> Value {
    let programme = &settings.programme;
    let aid = &settings.aid;
    let thresholds = &settings.thresholds;
    json!({
        "langue": settings.lang.code(),
        "periode": settings.quarter(),
        "programme": {
            "nom": programme.name,
            "intitule": programme.title,
            "beneficiaire": programme.beneficiary,
            "siret": programme.siret,
            "decision": programme.decision,
            "debut": programme.start,
            "fictif": programme.fictional,
        },
        "aide": {
            "maximum": euros(aid.maximum),
            "taux": aid.rate,
            "forfait_etpt": euros(aid.per_fte),
            "assiette": euros(aid.eligible_base),
        },
        "seuils": {
            "personnes": thresholds.people,
            "structures": thresholds.organisations,
            "ecart": thresholds.gap,
            "part_publique": thresholds.public_share,
            "heures_etpt": thresholds.fte_hours,
            "octets_par_fichier": thresholds.file_bytes,
            "octets_decompresses_par_fichier": thresholds.expanded_bytes,
            "cellules_par_feuille": thresholds.cells,
            "cellules_en_tout": thresholds.total_cells,
        },
        "taux_benevolat": settings.volunteer_rates.iter().map(|rate| json!({
            "depuis": rate.from,
            "categorie": rate.category,
            "euros_par_heure": euros(Some(rate.rate)),
        })).collect::<Vec<_>>(),
        "probabilites": settings.probabilities,
        "categories": settings.categories,
        "releves_complets": settings.full_surveys,
        "structures_distinctes": settings.distinct_organisations,
        "sources": settings.sources.iter().map(|rule| json!({
            "fichier": rule.file,
            "feuille": rule.sheet,
            "table": rule.table.map(|table| table.spec().sheet),
            "ignorer": rule.ignore,
            "ligne_entete": rule.header_row,
            "colonnes": texts(&rule.columns),
            "constantes": texts(&rule.constants),
        })).collect::<Vec<_>>(),
    })
}

/// Cents as euros, in decimal text: no binary rounding.
fn euros(cents: Option<i64>) -> Option<String> {
    cents.map(super::data::euros)
}

fn texts(map: &std::collections::BTreeMap<&'static str, String>) -> Map<String, Value> {
    map.iter().map(|(key, value)| ((*key).to_string(), json!(value))).collect()
}
