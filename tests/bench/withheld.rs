//! How many figures are withheld for themselves, and how many more so that these cannot be worked out.

use crate::{parts, table};
use anyhow::Result;
use bilan::locale;
use bilan::texts::Lang;
use std::path::Path;

/// Protects the figures of a folder and prints what it cost.
pub(crate) fn run(folder: &Path) -> Result<()> {
    let withheld = parts::withheld(folder)?;
    let of = |part: usize| {
        let share = 100.0 * part as f64 / withheld.counts.max(1) as f64;
        format!("{part} ({} %)", locale::decimal(Lang::Fr, share, 1))
    };
    table::say(&[
        format!("Dossier : {}", folder.display()),
        format!("Comptes de personnes ou de structures : {}", withheld.counts),
        format!("Secrets parce que petits : {}", of(withheld.primary)),
        format!("Secrets pour protéger ceux-là : {}", of(withheld.complementary)),
        format!("Chiffres secrets des rapports, taux et répétitions compris : {}", withheld.secret),
    ])
}
