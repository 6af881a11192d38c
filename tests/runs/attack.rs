//! A reader of the published figures of the example tries to work out what is withheld. The reader's
//! relations are built here from `donnees/indicateurs.csv` alone.

use super::support::{Bench, EXAMPLE, bytes, csv_rows};
use bilan::privacy::attack::{Cell, Keep, Relation, Sense, intervals};
use std::collections::BTreeMap;

/// Scope, window, indicator, dimension, modality.
type Key = [String; 5];

/// The rows of a run that withholds nothing.
fn whole_truth() -> Vec<BTreeMap<String, String>> {
    let bench = Bench::of_example();
    let settings = bytes(&bench.path("inputs/bilan.toml"));
    let thresholds = b"\n[seuils]\npersonnes = 1\nstructures = 1\n";
    bench.put("bilan.toml", &[settings.as_slice(), thresholds].concat());
    bench.run(&["--quiet"]).ends_in(&[1]);
    csv_rows(&bench.path("reports/2026-T3/donnees/indicateurs.csv"))
}

/// Every figure of a run, `None` for the withheld ones.
fn figures(rows: &[BTreeMap<String, String>]) -> BTreeMap<Key, Option<f64>> {
    let names = ["territoire", "fenetre", "indicateur", "dimension", "modalite"];
    rows.iter()
        .filter(|row| ["valeur", "secret"].contains(&row["statut"].as_str()))
        .map(|row| (names.map(|name| row[name].clone()), row["valeur"].parse().ok()))
        .collect()
}

/// What the reader knows of people counted by some breakdown.
#[derive(Default)]
struct Reader {
    cells: Vec<Cell>,
    hidden: Vec<bool>,
    keys: BTreeMap<Key, usize>,
    relations: Vec<Relation>,
}

impl Reader {
    fn relate(&mut self, terms: Vec<(usize, i64)>, sense: Sense, constant: i64) {
        self.relations.push(Relation { terms, sense, constant });
    }

    /// Cells of a dimension in a scope and window.
    fn of(&self, scope: &str, window: &str, dimension: &str) -> Vec<(String, usize)> {
        let here = |key: &&Key| key[0] == scope && key[1] == window && key[3] == dimension;
        let found = self.keys.iter().filter(|(key, _)| here(key));
        found.map(|(key, cell)| (key[4].clone(), *cell)).collect()
    }
}

#[test]
fn nothing_withheld_in_the_example_can_be_worked_out() {
    let truth = figures(&whole_truth());
    let seen = figures(&EXAMPLE.figures());
    let dimensions =
        ["genre", "tranche_age", "commune", "qpv", "statut", "type_structure", "reseau"];
    let scopes = ["programme", "Alfortville", "Paris 18e", "Sucy-en-Brie"];
    let windows = ["trimestre", "cumul", "precedent", "an_passe"];
    let key = |scope: &str, window: &str, id: &str, dimension: &str, modality: &str| {
        [scope, window, id, dimension, modality].map(str::to_owned)
    };
    let mut reader = Reader::default();
    for (name, value) in truth.iter().filter(|(k, _)| k[2] == "repartition" && !k[3].is_empty()) {
        let count = value.expect("a count") as u64;
        reader.keys.insert(name.clone(), reader.cells.len());
        reader.hidden.push(seen[name].is_none());
        reader.cells.push(Cell {
            value: count,
            threshold: 11,
            sensitive: (1..11).contains(&count),
            published: true,
            keep: Keep::Plain,
        });
    }
    assert!(reader.cells.len() > 400, "{}", reader.cells.len());
    for window in windows {
        for scope in scopes {
            let all = seen.get(&key(scope, window, "participants_uniques", "", ""));
            let Some(Some(all)) = all else { continue };
            for dimension in &dimensions[..6] {
                let terms: Vec<_> =
                    reader.of(scope, window, dimension).iter().map(|(_, c)| (*c, 1)).collect();
                reader.relate(terms, Sense::Equal, *all as i64);
            }
        }
        for dimension in dimensions {
            for (modality, whole) in reader.of("programme", window, dimension) {
                let parts: Vec<usize> = scopes[1..]
                    .iter()
                    .flat_map(|scope| reader.of(scope, window, dimension))
                    .filter(|(other, _)| *other == modality)
                    .map(|(_, cell)| cell)
                    .collect();
                for part in &parts {
                    reader.relate(vec![(*part, 1), (whole, -1)], Sense::AtMost, 0);
                }
                // Nobody of the example is seen outside every territory.
                let outside =
                    key("programme", window, "chevauchement", "chevauchement", "hors_territoire");
                if seen.get(&outside).copied().flatten() == Some(0.0) {
                    let terms = parts.iter().map(|part| (*part, -1)).chain([(whole, 1)]).collect();
                    reader.relate(terms, Sense::AtMost, 0);
                }
            }
        }
    }
    for dimension in ["genre", "commune", "qpv", "statut", "type_structure", "reseau"] {
        for scope in scopes {
            let whole: BTreeMap<_, _> = reader.of(scope, "cumul", dimension).into_iter().collect();
            for window in ["trimestre", "precedent", "an_passe"] {
                for (modality, part) in reader.of(scope, window, dimension) {
                    reader.relate(vec![(part, 1), (whole[&modality], -1)], Sense::AtMost, 0);
                }
            }
        }
    }
    let found = intervals(&reader.cells, &reader.relations, &reader.hidden);
    let mut wrong = Vec::new();
    let mut withheld = 0;
    for (name, cell) in &reader.keys {
        match found[*cell] {
            Some((low, high)) if high - low < 11 => {
                wrong.push(format!("{name:?}: {low} to {high}"));
            }
            Some(_) => withheld += 1,
            None if reader.cells[*cell].sensitive => wrong.push(format!("{name:?}: shown")),
            None => {}
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(withheld > 100, "{withheld}");
}
