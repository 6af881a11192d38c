//! The folder a programme is written to, once.

use super::programme::Counts;
use super::sheets;
use anyhow::{Error, Result};
use std::path::{Path, PathBuf};

/// The folder of a programme at a scale, written there unless it already is.
pub(super) fn written(below: &Path, scale: f64, counts: &Counts) -> Result<PathBuf> {
    let folder = below.join(scale.to_string());
    let settings = folder.join("bilan.toml");
    let wanted = toml(counts);
    if bilan::files::read(&settings).is_ok_and(|found| found == wanted.as_bytes()) {
        return Ok(folder);
    }
    bilan::files::create_dir_all(&folder).map_err(Error::msg)?;
    sheets::write(&folder, counts)?;
    // Last: it says that the folder is whole.
    bilan::files::write(&settings, wanted.as_bytes()).map_err(Error::msg)?;
    Ok(folder)
}

/// Settings of the programme. The first line names what was written: other sheets, another number.
fn toml(counts: &Counts) -> String {
    format!(
        "# Programme fictif de la mesure à l’échelle, série 1 : {} présences, {} personnes\n\
         [programme]\n\
         nom = \"Programme national (fictif)\"\n\
         beneficiaire = \"Fédération nationale (fictive)\"\n\
         debut = \"2024-10-01\"\n\
         fictif = true\n",
        counts.presences(),
        counts.people
    )
}
