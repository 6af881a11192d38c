//! A reader of the published figures of the example tries to work out what is withheld, of people and of
//! organisations. The reader's relations are built here from `donnees/indicateurs.csv` alone.

use super::support::{Bench, EXAMPLE, bytes, csv_rows};
use bilan::privacy::attack::{Cell, Keep, Relation, Sense, intervals};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Scope, window, indicator, dimension, modality.
type Key = [String; 5];

const SCOPES: [&str; 4] = ["programme", "Alfortville", "Paris 18e", "Sucy-en-Brie"];
const WINDOWS: [&str; 4] = ["trimestre", "cumul", "precedent", "an_passe"];

/// Every figure of a run that withholds nothing, run once.
static TRUTH: LazyLock<BTreeMap<Key, Option<f64>>> = LazyLock::new(|| {
    let bench = Bench::of_example();
    let settings = bytes(&bench.path("inputs/bilan.toml"));
    let thresholds = b"\n[seuils]\npersonnes = 1\nstructures = 1\n";
    bench.put("bilan.toml", &[settings.as_slice(), thresholds].concat());
    bench.run(&["--quiet"]).ends_in(&[1]);
    figures(&csv_rows(&bench.path("reports/2026-T3/donnees/indicateurs.csv")))
});

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
    fn add(&mut self, name: &Key, value: Option<f64>, hidden: bool) -> usize {
        let cell = self.cells.len();
        self.keys.insert(name.clone(), cell);
        self.hidden.push(hidden);
        self.cells.push(Cell {
            value: value.expect("a count") as u64,
            threshold: 0,
            sensitive: false,
            published: true,
            keep: Keep::Plain,
        });
        cell
    }

    /// The withheld figures that are bound to less than they may be, and how many others there are.
    fn attack(&self, least: impl Fn(u64) -> u64) -> (Vec<String>, usize) {
        let found = intervals(&self.cells, &self.relations, &self.hidden);
        let bounds = self.keys.iter().filter_map(|(name, cell)| Some((name, *cell, found[*cell]?)));
        let (wrong, wide): (Vec<_>, Vec<_>) =
            bounds.partition(|(_, cell, (low, high))| high - low < least(self.cells[*cell].value));
        (wrong.iter().map(|bound| format!("{bound:?}")).collect(), wide.len())
    }

    fn relate(&mut self, terms: Vec<(usize, i64)>, sense: Sense, constant: i64) {
        self.relations.push(Relation { terms, sense, constant });
    }

    /// Each territory counts at most what the programme does; the cells of the territories.
    fn tie_parts(
        &mut self,
        (window, dimension, modality): (&str, &str, &str),
        whole: usize,
    ) -> Vec<usize> {
        let all = SCOPES[1..].iter().flat_map(|scope| self.of(scope, window, dimension));
        let parts: Vec<usize> =
            all.filter(|(name, _)| name == modality).map(|(_, cell)| cell).collect();
        for part in &parts {
            self.relate(vec![(*part, 1), (whole, -1)], Sense::AtMost, 0);
        }
        parts
    }

    /// Each quarter counts at most what the cumulative does.
    fn tie_quarters(&mut self, dimension: &str) {
        for scope in SCOPES {
            let whole: BTreeMap<_, _> = self.of(scope, "cumul", dimension).into_iter().collect();
            for window in ["trimestre", "precedent", "an_passe"] {
                for (modality, part) in self.of(scope, window, dimension) {
                    self.relate(vec![(part, 1), (whole[&modality], -1)], Sense::AtMost, 0);
                }
            }
        }
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
    let truth = &*TRUTH;
    let seen = figures(&EXAMPLE.figures());
    let dimensions =
        ["genre", "tranche_age", "commune", "qpv", "statut", "type_structure", "reseau"];
    let key = |scope: &str, window: &str, id: &str, dimension: &str, modality: &str| {
        [scope, window, id, dimension, modality].map(str::to_owned)
    };
    let mut reader = Reader::default();
    for (name, value) in truth.iter().filter(|(k, _)| k[2] == "repartition" && !k[3].is_empty()) {
        reader.add(name, *value, seen[name].is_none());
    }
    assert!(reader.cells.len() > 400, "{}", reader.cells.len());
    for window in WINDOWS {
        for scope in SCOPES {
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
                let parts = reader.tie_parts((window, dimension, &modality), whole);
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
        reader.tie_quarters(dimension);
    }
    let (mut wrong, withheld) = reader.attack(|_| 11);
    for (name, cell) in &reader.keys {
        if (1..11).contains(&reader.cells[*cell].value) && !reader.hidden[*cell] {
            wrong.push(format!("{name:?}: shown"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(withheld > 100, "{withheld}");
}

/// How many organisations took part, in all and by type and network.
#[test]
fn no_count_of_organisations_of_the_example_can_be_worked_out() {
    const LEAST: u64 = 3;
    let truth = &*TRUTH;
    let seen = figures(&EXAMPLE.figures());
    let mut reader = Reader::default();
    let counted =
        |key: &&Key| key[2] == "structures_touchees" && WINDOWS.contains(&key[1].as_str());
    for name in truth.keys().filter(counted) {
        let cell = reader.add(name, truth[name], seen[name].is_none());
        if !name[3].is_empty() && name[4] != "non renseigné" {
            reader.relate(vec![(cell, -1)], Sense::AtMost, -1);
        }
    }
    for scope in SCOPES {
        for window in WINDOWS {
            let total = reader.of(scope, window, "")[0].1;
            let kinds = reader.of(scope, window, "type_structure");
            let sum = kinds.iter().map(|(_, cell)| (*cell, 1)).chain([(total, -1)]);
            reader.relate(sum.collect(), Sense::Equal, 0);
            let networks = reader.of(scope, window, "reseau");
            let sum = networks.iter().map(|(_, cell)| (*cell, -1)).chain([(total, 1)]);
            reader.relate(sum.collect(), Sense::AtMost, 0);
            for (modality, cell) in &networks {
                let others =
                    networks.iter().filter(|(name, _)| name == "non renseigné" && name != modality);
                let terms = others.map(|(_, cell)| (*cell, 1)).chain([(*cell, 1), (total, -1)]);
                reader.relate(terms.collect(), Sense::AtMost, 0);
            }
        }
    }
    for dimension in ["", "type_structure", "reseau"] {
        for window in WINDOWS {
            for (modality, whole) in reader.of("programme", window, dimension) {
                let parts = reader.tie_parts((window, dimension, &modality), whole);
                let terms = parts.iter().map(|part| (*part, -1)).chain([(whole, 1)]).collect();
                reader.relate(terms, Sense::AtMost, 0);
            }
        }
        reader.tie_quarters(dimension);
    }
    // What is hidden only for whoever has the published tables too, and is not small, is just not known.
    let (wrong, withheld) = reader.attack(|count| if count < LEAST { LEAST } else { 1 });
    assert_eq!(wrong, Vec::<String>::new());
    assert!(withheld > 50, "{withheld}");
}
