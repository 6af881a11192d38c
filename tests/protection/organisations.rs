//! A reader of random programmes tries to work out how many organisations of each kind took part, from the
//! figures alone, or with the published tables: the directory says which organisations there are, the
//! activities which of them organised. What these leave unknown is where each of the others came, through
//! a member.

use super::plan::{KINDS, NETWORKS, PLACES, Pattern, Plan, QUARTERS, plans_of_organisations};
use super::reader::{Count, NOT_SAID, Reader, Where, came, patterns, times, unknown};
use super::{files::plain, folder, measured, named, programmes};
use bilan::indicators::{Measure, Value};
use bilan::pipeline::Known;
use bilan::privacy::attack::{Sense, intervals};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};

/// Smallest publishable count of organisations.
const THRESHOLD: u64 = 3;
/// How organisations are broken down.
const DIMENSIONS: [&str; 2] = ["type_structure", "reseau"];

/// What the published tables say of an organisation: its type, its networks, where and when it organised.
type Entry = (usize, Vec<usize>, Pattern);

/// Organisations that a figure may count.
type Among = Box<dyn Fn(&Entry) -> bool>;

/// Who is in a modality of a breakdown, of all when there is none.
fn within(dimension: &str, modality: &str) -> Among {
    let at = |names: &[&str]| names.iter().position(|name| *name == modality);
    match dimension {
        "type_structure" => {
            let kind = at(&KINDS).unwrap_or(KINDS.len());
            Box::new(move |(of, ..)| *of == kind)
        }
        "reseau" => {
            let network = at(&NETWORKS);
            Box::new(move |(_, of, _)| network.map_or(of.is_empty(), |one| of.contains(&one)))
        }
        _ => Box::new(|_| true),
    }
}

/// What the reader knows: how many organisations of each entry came where and when is what is unknown.
#[derive(Default)]
struct Directory {
    reader: Reader,
    kinds: BTreeMap<(Entry, Pattern), usize>,
    /// Relations that a figure gives; the others come from the tables, and from which modalities are listed.
    figures: BTreeSet<usize>,
}

impl Directory {
    /// A reader who has read no figure yet.
    fn new(plan: &Plan, with_tables: bool) -> Self {
        let mut directory = Self::default();
        let mut truth: BTreeMap<(Entry, Pattern), u64> = BTreeMap::new();
        let mut entries: BTreeMap<Entry, i64> = BTreeMap::new();
        for (index, organisation) in plan.organisations.iter().enumerate() {
            let organised = plan.took_part(index, false);
            let organised = if with_tables { organised } else { Pattern::default() };
            let entry = (organisation.kind, organisation.networks.clone(), organised);
            *entries.entry(entry.clone()).or_default() += 1;
            *truth.entry((entry, plan.took_part(index, true))).or_default() += 1;
        }
        if !with_tables {
            // Whoever knows no organisation may think of some of any type and networks.
            for kind in 0..=KINDS.len() {
                for networks in [vec![], vec![0], vec![1], vec![0, 1]] {
                    entries.entry((kind, networks, Pattern::default())).or_default();
                }
            }
        }
        for (entry, count) in entries {
            let mut sum = Vec::new();
            for pattern in patterns(1).into_iter().chain([Pattern::default()]) {
                let organised = entry.2.as_flattened().iter().zip(pattern.as_flattened());
                if organised.into_iter().all(|(organised, came)| organised <= came) {
                    let kind = (entry.clone(), pattern);
                    let cell = directory.reader.cells.len();
                    directory.reader.cells.push(unknown(truth.get(&kind).copied().unwrap_or(0)));
                    directory.kinds.insert(kind, cell);
                    sum.push((cell, 1));
                }
            }
            if with_tables {
                directory.reader.relate(sum, Sense::Equal, count);
            }
        }
        directory
    }

    /// Reads every published figure.
    fn of(plan: &Plan, known: &Known, lines: &[Measure], with_tables: bool) -> Self {
        let mut directory = Self::new(plan, with_tables);
        let mut listed: BTreeMap<_, BTreeSet<&str>> = BTreeMap::new();
        let mut people = BTreeSet::new();
        for measure in lines {
            let (reading, id) = (&measure.reading, measure.indicator.id);
            let at = Where::of(plan, known, measure.scope, measure.window);
            let by_kind = DIMENSIONS.contains(&reading.dimension);
            match id {
                "structures_touchees" | "structures_nouvelles" => {
                    directory.read(named(known, measure), measure, &at);
                    if by_kind {
                        let all = listed.entry((measure.scope, measure.window, reading.dimension));
                        all.or_default().insert(&reading.modality);
                    }
                }
                "repartition" if by_kind && with_tables => {
                    people.insert((
                        measure.scope,
                        measure.window,
                        reading.dimension,
                        &*reading.modality,
                    ));
                    directory.read_people(measure, at);
                }
                _ => {}
            }
        }
        // A modality that is not listed has nobody.
        for ((scope, window, dimension), modalities) in listed {
            let names: &[&str] = if dimension == "reseau" { &NETWORKS } else { &KINDS };
            for modality in names.iter().filter(|name| !modalities.contains(**name)) {
                let count = came(Where::of(plan, known, scope, window));
                let terms = directory.terms(&within(dimension, modality), &count);
                directory.reader.relate(terms, Sense::Equal, 0);
            }
            // Nor anybody sent what has no people.
            for modality in names.iter().chain([&NOT_SAID]).filter(|_| with_tables) {
                if !people.contains(&(scope, window, dimension, *modality)) {
                    let at = Where::of(plan, known, scope, window);
                    let terms = directory.unnamed(dimension, modality, at);
                    directory.reader.relate(terms, Sense::AtMost, 0);
                }
            }
        }
        directory
    }

    fn terms(&self, among: &Among, count: &Count) -> Vec<(usize, i64)> {
        let some = self.kinds.iter().filter(|((entry, _), _)| among(entry));
        some.map(|((_, pattern), cell)| (*cell, count(pattern))).filter(|t| t.1 != 0).collect()
    }

    /// Reads a figure, and how many organisations it is of.
    fn read(&mut self, name: String, measure: &Measure, at: &Where) {
        let reading = &measure.reading;
        let told = reading.value.get();
        if told.is_none() && !matches!(reading.value, Value::Secret(_)) {
            return;
        }
        let count: Count = match measure.indicator.id {
            "structures_nouvelles" => {
                let at = at.clone();
                Box::new(move |p| {
                    let now = times(p, &at.quarters, &at.places) > 0;
                    i64::from(now && times(p, &at.before, &at.places) == 0)
                })
            }
            _ => came(at.clone()),
        };
        let listed = !reading.dimension.is_empty() && reading.modality != NOT_SAID;
        let terms = self.terms(&within(reading.dimension, &reading.modality), &count);
        let all = reading.n.map(|n| (self.terms(&within("", ""), &count), n as f64));
        let before = self.reader.relations.len();
        if let Some((terms, n)) = all {
            self.reader.note(format!("{name}, n"), terms, Some(n), 0);
        }
        if told.is_some() {
            self.reader.note(name, terms, told, 0);
            self.figures.extend(before..self.reader.relations.len());
        } else {
            self.figures.extend(before..self.reader.relations.len());
            self.reader.note(name, terms, None, i64::from(listed));
        }
    }

    /// Each organisation that came and did not organise sent somebody.
    fn read_people(&mut self, measure: &Measure, at: Where) {
        let Some(people) = measure.reading.value.get() else { return };
        let terms = self.unnamed(measure.reading.dimension, &measure.reading.modality, at);
        self.figures.insert(self.reader.relations.len());
        self.reader.relate(terms, Sense::AtMost, people as i64);
    }

    /// Organisations of a modality that came and did not organise.
    fn unnamed(&self, dimension: &str, modality: &str, at: Where) -> Vec<(usize, i64)> {
        let (among, count) = (within(dimension, modality), came(at.clone()));
        let unnamed: Among =
            Box::new(move |entry| among(entry) && times(&entry.2, &at.quarters, &at.places) == 0);
        self.terms(&unnamed, &count)
    }

    /// What the withheld figures are bound to; without the figures, when `by_tables`.
    fn bounds(&self, by_tables: bool) -> Vec<(u64, u64)> {
        let mut hidden = vec![false; self.reader.cells.len()];
        self.reader.hidden.iter().for_each(|(_, cell)| hidden[*cell] = true);
        let relations = self.reader.relations.iter().enumerate();
        let relations = relations.filter(|(at, _)| !by_tables || !self.figures.contains(at));
        let relations: Vec<_> = relations.map(|(_, relation)| relation.clone()).collect();
        let found = intervals(&self.reader.cells, &relations, &hidden);
        self.reader.hidden.iter().map(|(_, cell)| found[*cell].expect("withheld")).collect()
    }
}

/// What a reader finds of random programmes: how many figures are withheld, which of them are known, which
/// are bound to less than the threshold.
#[derive(Debug)]
struct Found {
    withheld: usize,
    known: Vec<String>,
    narrow: Vec<String>,
}

impl Found {
    fn by(with_tables: bool) -> Self {
        assert_eq!((QUARTERS, PLACES), (3, 2), "all patterns are tried");
        let mut runner = TestRunner::deterministic();
        let (mut withheld, mut known, mut narrow) = (0, Vec::new(), Vec::new());
        for programme in 0..programmes() {
            let plan = plans_of_organisations(110).new_tree(&mut runner).expect("one").current();
            let folder = folder(&plain(&plan));
            let (read, published) = measured(folder.path(), |_| {});
            let directory = Directory::of(&plan, &read, &published.all, with_tables);
            withheld += directory.reader.hidden.len();
            let (found, without) = (directory.bounds(false), directory.bounds(true));
            let names = directory.reader.hidden.iter().map(|(name, _)| name);
            for ((name, (low, high)), (lowest, highest)) in names.zip(found).zip(without) {
                // What the tables say by themselves, and which modalities are listed, is no secret.
                let said = format!("{programme}: {name}: {low} to {high}");
                if low == high && lowest < highest {
                    known.push(said);
                } else if high - low < THRESHOLD.min(highest - lowest) {
                    narrow.push(said);
                }
            }
        }
        assert!(withheld > 5 * programmes(), "{withheld}");
        Self { withheld, known, narrow }
    }
}

/// None is known. A few are bound within less than the threshold: the program does not see all that types
/// and networks say together, and does not ask it of what it hides for whoever has the tables.
#[test]
fn figures_alone_give_no_count_of_organisations_away() {
    let found = Found::by(false);
    println!("{found:#?}");
    assert_eq!(found.known, Vec::<String>::new());
    assert!(found.narrow.len() * 50 < found.withheld, "{:#?}", found.narrow);
}

#[test]
fn with_the_tables_no_count_of_organisations_is_known() {
    let found = Found::by(true);
    println!("{} withheld, {} narrow", found.withheld, found.narrow.len());
    assert_eq!(found.known, Vec::<String>::new());
}
