//! Organisations as real files write them: which names the matcher would ask about.
//!
//! `cargo test --test real_files names -- --nocapture` prints the pairs, to be judged by hand.

use super::{make, settings_of};
use bilan::identity::{matching, named};
use bilan::programme::Organisation;
use bilan::schema::TableId;
use std::collections::BTreeSet;
use std::path::Path;

/// A file of grants, and how many pairs the matcher may ask about: more would tire whoever answers.
const FILES: [(&str, usize); 4] = [
    ("grants/montpellier/VilleMTP_MTP_AttribSub_2014.ods", 60),
    ("grants/reserve/reserve-assemblee-2014.csv", 1000),
    ("grants/loire/cd44_associations.csv", 600),
    ("grants/loire/cd49_associations.csv", 600),
];

/// Beneficiaries of a file of grants, each spelling once.
fn beneficiaries(root: &Path, path: &str) -> Vec<Organisation> {
    let tables = make(root, path, settings_of(path)).tables;
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
    for (path, most) in FILES {
        let all = beneficiaries(Path::new(&data), path);
        assert!(all.len() > 500, "{path}: {} names", all.len());
        let compared: Vec<_> = all.iter().map(named).collect();
        // Spellings of one normal form are brought together without asking.
        let pairs: Vec<_> = matching::suggest(&compared)
            .into_iter()
            .filter(|pair| compared[pair.left].words != compared[pair.right].words)
            .collect();
        println!("{path}: {} names, {} pairs", all.len(), pairs.len());
        for pair in &pairs {
            let codes: Vec<_> = pair.clues.iter().map(|clue| clue.code()).collect();
            let (left, right) = (&all[pair.left].name, &all[pair.right].name);
            println!("{path}\t{:.2}\t{left}\t{right}\t{}", pair.score, codes.join(" "));
        }
        assert!(pairs.len() <= most, "{path}: {} pairs", pairs.len());
        total += pairs.len();
    }
    assert!(total >= 100, "{total}: the matcher sees nothing");
}
