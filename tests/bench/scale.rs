//! A national-scale programme, read at several sizes.

mod page;
mod programme;
mod sheets;
mod words;

use anyhow::{Error, Result, bail};
use programme::Counts;
use std::path::{Path, PathBuf};

/// The folder of a programme at a scale, written there unless it already is.
pub(crate) fn written(below: &Path, scale: f64) -> Result<PathBuf> {
    if !(0.1..=5.0).contains(&scale) {
        bail!("l’échelle est entre 0.1 et 5");
    }
    let folder = below.join(scale.to_string());
    let settings = folder.join("bilan.toml");
    let counts = Counts::at(scale);
    let wanted = toml(&counts);
    if bilan::files::read(&settings).is_ok_and(|found| found == wanted.as_bytes()) {
        return Ok(folder);
    }
    bilan::files::create_dir_all(&folder).map_err(Error::msg)?;
    sheets::write(&folder, &counts)?;
    // Last: it says that the folder is whole.
    bilan::files::write(&settings, wanted.as_bytes()).map_err(Error::msg)?;
    Ok(folder)
}

/// Settings of the programme. The first line names what was written: other figures, other line.
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
