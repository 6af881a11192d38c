//! Organisations as real files write them: which names the matcher would ask about.
//!
//! `cargo test --test real_names -- --nocapture` prints the pairs, to be judged by hand.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use bilan::identity::{matching, named};
use bilan::ingest;
use bilan::programme::Organisation;
use bilan::schema::TableId;
use bilan::settings::{Overrides, Settings};
use bilan::tables;
use bilan::texts::Lang;
use std::collections::BTreeSet;
use std::path::Path;

/// A file of grants, the lines of `bilan.toml` it needs, and how many pairs the matcher may ask about:
/// more would tire whoever answers.
const FILES: [(&str, &str, usize); 4] = [
    (
        "grants/montpellier/VilleMTP_MTP_AttribSub_2014.ods",
        "feuille = 'Subventions'\ntable = 'Financements'\n\
         colonnes = { 'Bénéficiaire' = 'Structure' }\n\
         constantes = { 'Financeur' = 'Ville de Montpellier' }",
        60,
    ),
    (
        "grants/reserve/reserve-assemblee-2014.csv",
        "table = 'Financements'\ncolonnes = { 'Financeur' = 'nom', 'Objet' = 'descriptif' }",
        1000,
    ),
    ("grants/loire/cd44_associations.csv", "table = 'Financements'", 600),
    (
        "grants/loire/cd49_associations.csv",
        "table = 'Financements'\n\
         colonnes = { 'Bénéficiaire' = 'Raison Sociale', 'Montant accordé' = 'Mandaté' }\n\
         constantes = { 'Financeur' = 'Département de Maine-et-Loire' }",
        600,
    ),
];

/// Beneficiaries of a file of grants, each spelling once.
fn beneficiaries(file: &Path, lines: &str) -> Vec<Organisation> {
    let folder = tempfile::tempdir().unwrap();
    let name = file.file_name().unwrap().to_string_lossy();
    std::fs::copy(file, folder.path().join(&*name)).unwrap();
    let toml = format!("[[source]]\nfichier = {name:?}\n{lines}\n");
    bilan::files::write(&folder.path().join("bilan.toml"), toml.as_bytes()).unwrap();
    let inputs = Some(folder.path().to_owned());
    let settings = Settings::load(&Overrides { inputs, ..Overrides::default() }, Lang::Fr).unwrap();
    let ingested = ingest::read_folder(&settings).unwrap();
    let (tables, _) = tables::build(&ingested, &settings);
    let Some(frame) = tables.get(TableId::Funding) else { return Vec::new() };
    let names: BTreeSet<String> = (0..frame.len())
        .filter_map(|row| frame.text("beneficiary", row).map(|name| name.trim().to_owned()))
        .collect();
    names.into_iter().map(|name| Organisation { name, ..Organisation::default() }).collect()
}

#[test]
fn few_pairs_are_suggested_among_real_names() {
    let Some(data) = std::env::var_os("BILAN_REAL_DATA") else {
        println!("skipped, no real data");
        return;
    };
    let mut total = 0;
    for (folder, lines, most) in FILES {
        let all = beneficiaries(&Path::new(&data).join(folder), lines);
        assert!(all.len() > 500, "{folder}: {} names", all.len());
        let compared: Vec<_> = all.iter().map(named).collect();
        // Spellings of one normal form are brought together without asking.
        let pairs: Vec<_> = matching::suggest(&compared)
            .into_iter()
            .filter(|pair| compared[pair.left].words != compared[pair.right].words)
            .collect();
        println!("{folder}: {} names, {} pairs", all.len(), pairs.len());
        for pair in &pairs {
            let codes: Vec<_> = pair.clues.iter().map(|clue| clue.code()).collect();
            let (left, right) = (&all[pair.left].name, &all[pair.right].name);
            println!("{folder}\t{:.2}\t{left}\t{right}\t{}", pair.score, codes.join(" "));
        }
        assert!(pairs.len() <= most, "{folder}: {} pairs", pairs.len());
        total += pairs.len();
    }
    assert!(total >= 100, "{total}: the matcher sees nothing");
}
