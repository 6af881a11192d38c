//! Why a settings file is refused: the line, the nearest key, an example.

use crate::error::Error;

/// Path and text of the file, for messages.
#[derive(Debug, Default)]
pub(super) struct Origin {
    pub(super) path: String,
    pub(super) text: String,
}

impl Origin {
    /// Words the error of the TOML reader in our terms.
    pub(super) fn refusal(&self, error: &toml::de::Error) -> Error {
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

    pub(super) fn invalid(&self, key: &str, value: &str, example: &str) -> Error {
        Error::new("reglage-invalide")
            .with("chemin", &self.path)
            .with("cle", key)
            .with("valeur", value)
            .with("exemple", example)
    }

    /// A value refused after the file was read: its line is where the key is typed with it.
    pub(super) fn refuse(&self, key: &str, value: &str) -> Error {
        self.invalid(key, value, example(key)).with("ligne", self.line(key, value))
    }

    pub(super) fn line(&self, key: &str, value: &str) -> usize {
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
pub(super) fn unknown<'a>(key: &str, known: impl Iterator<Item = &'a str>) -> Error {
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
pub(super) fn example(key: &str) -> &'static str {
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
        "taille_decompressee_mo" => "taille_decompressee_mo = 512",
        "cellules" => "cellules = 50000000",
        "cellules_total" => "cellules_total = 100000000",
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
