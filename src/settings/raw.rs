//! `bilan.toml` as typed: French keys, all optional, unknown ones refused. [`RawSettings::apply`]
//! checks the values and lays them over the defaults.

use super::{Settings, SourceRule, VolunteerRate};
use crate::error::Error;
use crate::files;
use crate::ingest::names;
use crate::schema::{Kind, TABLES, TableId};
use chrono::NaiveDate;
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
    benevolat: Vec<RawVolunteerRate>,
    probabilites: BTreeMap<String, f64>,
    diversification: RawDiversification,
    cooperations: RawCooperations,
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
    cellules: Option<u64>,
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

/// Path and text of the file, for messages.
#[derive(Debug, Default)]
struct Origin {
    path: String,
    text: String,
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

impl Origin {
    /// Words the error of the TOML reader in our terms.
    fn refusal(&self, error: &toml::de::Error) -> Error {
        let start = error.span().map_or(0, |span| span.start);
        let before = self.text.get(..start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let typed = self.text.lines().nth(line - 1).unwrap_or_default().trim();
        let mut quoted = error.message().split('`').skip(1).step_by(2);
        if error.message().starts_with("unknown field") {
            let key = quoted.next().unwrap_or_default();
            return unknown(key, quoted).with("chemin", &self.path).with("ligne", line);
        }
        let (key, value) = typed.split_once('=').unwrap_or((typed, ""));
        // What is missing has no line of its own to quote.
        let (key, value) = match quoted.next() {
            Some(field) if error.message().starts_with("missing field") => (field, ""),
            _ => (key.trim(), value.trim()),
        };
        self.invalid(key, value, example(key)).with("ligne", line)
    }

    fn invalid(&self, key: &str, value: &str, example: &str) -> Error {
        Error::new("reglage-invalide")
            .with("chemin", &self.path)
            .with("cle", key)
            .with("valeur", value)
            .with("exemple", example)
    }

    /// A value refused after the file was read: its line is where the key is typed with it.
    fn refuse(&self, key: &str, value: &str) -> Error {
        self.invalid(key, value, example(key)).with("ligne", self.line(key, value))
    }

    fn line(&self, key: &str, value: &str) -> usize {
        let bare = value.trim_matches('"');
        let says = |line: &str| line.contains(key) && line.contains(bare);
        let mut lines = self.text.lines();
        lines
            .position(says)
            .or_else(|| self.text.lines().position(|l| l.contains(key)))
            .map_or(1, |i| i + 1)
    }
}

/// The error for a key nobody knows.
fn unknown<'a>(key: &str, known: impl Iterator<Item = &'a str>) -> Error {
    let mut best = (0.0, "");
    for name in known {
        let likeness = strsim::jaro_winkler(key, name);
        if likeness > best.0 {
            best = (likeness, name);
        }
    }
    Error::new("reglage-inconnu").with("cle", key).with("proche", best.1)
}

/// A valid line for each key, quoted in the remedy.
fn example(key: &str) -> &'static str {
    match key {
        "siret" => "siret = \"12345678900012\"",
        "debut" => "debut = 2024-10-01",
        "fictif" => "fictif = true",
        "maximum" => "maximum = 180000",
        "taux" => "taux = 0.7",
        "forfait_etpt" => "forfait_etpt = 30000",
        "base_eligible" => "base_eligible = 240000",
        "personnes" => "personnes = 11",
        "structures" => "structures = 3",
        "ecart" => "ecart = 0.10",
        "part_publique" => "part_publique = 0.80",
        "heures_etpt" => "heures_etpt = 1607",
        "taille_fichier_mo" => "taille_fichier_mo = 256",
        "cellules" => "cellules = 50000000",
        "depuis" => "depuis = 2026-01-01",
        "categories" => "categories = 11",
        "table" => "table = \"Activités\"",
        "ignorer" => "ignorer = true",
        "ligne_entete" => "ligne_entete = 3",
        "colonnes" => "colonnes = { \"Montant accordé\" = \"Mandaté\" }",
        "constantes" => "constantes = { \"Territoire\" = \"Alfortville\" }",
        "probabilites" => "\"déposé\" = 0.5",
        "fichier" => "fichier = \"suivi*.xlsx\"",
        _ => "nom = \"…\"",
    }
}

impl RawSettings {
    /// Checks the values and lays them over the settings.
    ///
    /// # Errors
    /// `reglage-invalide` for a value out of bounds, `reglage-inconnu` for a table, column or status
    /// nobody knows.
    pub fn apply(self, settings: &mut Settings) -> Result<(), Error> {
        let Self { programme, aide, seuils, origin, .. } = self;
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
        let megabytes = positive("taille_fichier_mo", seuils.taille_fichier_mo)?;
        to.file_bytes = megabytes.map_or(to.file_bytes, |mb| mb.saturating_mul(1 << 20));
        to.cells = positive("cellules", seuils.cellules)?.unwrap_or(to.cells);

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
            Some(name) => Some(names::table(name).ok_or_else(|| {
                located(name, unknown(name, TABLES.iter().map(|table| table.sheet)))
            })?),
            None => None,
        };
    let column = |typed: &str| {
        let candidates = TABLES.iter().filter(|t| table.is_none_or(|wanted| wanted == t.id));
        let known = candidates.clone().flat_map(|t| t.columns).map(|column| column.header);
        let found: Vec<_> = candidates.filter_map(|t| names::column(t.id, typed)).collect();
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
mod tests {
    use super::*;
    use crate::settings::{AidSettings, ProgrammeSettings, Thresholds};

    fn settings() -> Settings {
        Settings {
            inputs: "inputs".into(),
            out: "reports".into(),
            templates: "templates".into(),
            key_file: "cle".into(),
            lang: crate::texts::Lang::Fr,
            period: None,
            today: NaiveDate::from_ymd_opt(2026, 10, 1).unwrap(),
            programme: ProgrammeSettings::default(),
            aid: AidSettings::default(),
            thresholds: Thresholds::default(),
            volunteer_rates: vec![],
            probabilities: BTreeMap::new(),
            categories: 11,
            full_surveys: false,
            sources: vec![],
        }
    }

    fn applied(text: &str) -> Result<Settings, Error> {
        let mut settings = settings();
        parse("bilan.toml".into(), text)?.apply(&mut settings)?;
        Ok(settings)
    }

    fn refused(text: &str) -> (&'static str, BTreeMap<&'static str, String>) {
        let error = applied(text).unwrap_err();
        (error.key, error.facts.into_iter().collect())
    }

    #[test]
    fn everything_at_once() {
        let settings = applied(
            r#"
            [programme]
            nom = "Transitions"
            siret = "123 456 789 00012"
            debut = 2024-10-01
            fictif = true
            [aide]
            maximum = 180000
            taux = 0.7
            [seuils]
            personnes = 5
            taille_fichier_mo = 10
            [[benevolat]]
            depuis = "01/01/2026"
            taux = 12.02
            [[benevolat]]
            depuis = 2025-01-01
            categorie = "expert"
            taux = 40
            [probabilites]
            "Déposé" = 0.5
            [diversification]
            categories = 9
            [[source]]
            fichier = "cd49*.csv"
            table = "Financements"
            ligne_entete = 2
            colonnes = { "Montant accordé" = "Mandaté", "nomBeneficiaire" = "Raison Sociale" }
            constantes = { "Financeur" = "Département", "Exercice" = 2018 }
            [[source]]
            fichier = "brouillon.xlsx"
            ignorer = true
            constantes = { "Territoire" = "Sucy" }
            "#,
        )
        .unwrap();
        assert_eq!(settings.programme.siret.as_deref(), Some("12345678900012"));
        assert_eq!(settings.programme.start, NaiveDate::from_ymd_opt(2024, 10, 1));
        assert_eq!(settings.aid.maximum, Some(18_000_000));
        assert_eq!((settings.thresholds.people, settings.thresholds.organisations), (5, 3));
        assert_eq!(settings.thresholds.file_bytes, 10 << 20);
        let rates: Vec<_> = settings.volunteer_rates.iter().map(|r| r.rate).collect();
        assert_eq!(rates, [4000, 1202]);
        assert_eq!(settings.probabilities.get("déposé"), Some(&0.5));
        let source = &settings.sources[0];
        assert_eq!((source.table, source.header_row), (Some(TableId::Funding), Some(2)));
        assert_eq!(source.columns["granted"], "Mandaté");
        assert_eq!(source.constants["year"], "2018");
        assert_eq!(settings.sources[1].constants["territory"], "Sucy");
    }

    #[test]
    fn an_empty_file_changes_nothing() {
        let settings = applied("").unwrap();
        assert_eq!((settings.categories, settings.thresholds.people), (11, 11));
    }

    #[test]
    fn unknown_keys_name_the_nearest_and_the_line() {
        let (key, facts) = refused("[programme]\nnom = \"x\"\nbeneficaire = \"y\"\n");
        assert_eq!(key, "reglage-inconnu");
        assert_eq!(facts["cle"], "beneficaire");
        assert_eq!(facts["proche"], "beneficiaire");
        assert_eq!(facts["ligne"], "3");
        let (key, facts) = refused("[[source]]\nfichier = \"a\"\ntable = \"Presense\"\n");
        assert_eq!(
            (key, &*facts["proche"], &*facts["ligne"]),
            ("reglage-inconnu", "Présences", "3")
        );
        let (_, facts) = refused(
            "[[source]]\nfichier = \"a\"\ntable = \"Budget\"\ncolonnes = { \"Prevus !\" = \"x\", \"Realiz\" = \"y\" }\n",
        );
        assert_eq!((&*facts["cle"], &*facts["proche"]), ("Realiz", "Réalisé"));
    }

    #[test]
    fn wrong_values_are_quoted_with_an_example() {
        for (text, cle, ligne) in [
            ("[aide]\ntaux = \"70 %\"\n", "taux", "2"),
            ("[aide]\ntaux = 70\n", "taux", "2"),
            ("[programme]\n\ndebut = \"bientôt\"\n", "debut", "3"),
            ("[programme]\nsiret = \"123\"\n", "siret", "2"),
            ("[seuils]\ncellules = 0\n", "cellules", "2"),
            ("[diversification]\ncategories = 1\n", "categories", "2"),
            ("[[source]]\ntable = \"Budget\"\n", "fichier", "1"),
        ] {
            let (key, facts) = refused(text);
            assert_eq!((key, &*facts["cle"], &*facts["ligne"]), ("reglage-invalide", cle, ligne));
            assert!(facts["exemple"].starts_with(cle), "{}", facts["exemple"]);
        }
        assert_eq!(refused("[programme\n").0, "reglage-invalide");
    }
}
