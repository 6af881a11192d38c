//! What a reader of the published figures of a random programme knows, with nothing taken from the
//! program: every count is a number of people of some kind, a kind being where and when one came and
//! what one answered. Each published figure says how many there are of some kinds, and all that can be
//! worked out of them follows. The ladder is read apart: there, a kind is also how often one came, and
//! whether one was supported.

use super::named;
use super::plan::{ASKED, PLACES, Pattern, Plan, QUARTERS, SUPPORTED, day};
use bilan::indicators::{Measure, Scope, Value};
use bilan::period::Window;
use bilan::pipeline::Known;
use bilan::privacy::attack::{Cell, Keep, Relation, Sense};
use std::collections::{BTreeMap, BTreeSet};

/// Questions whose answers are listed only when somebody gave them.
const LISTED: [&str; 1] = ["statut"];
/// Smallest publishable count of people.
pub(crate) const THRESHOLD: u64 = 11;
/// What is published of those who gave no answer.
pub(crate) const NOT_SAID: &str = "non renseigné";
/// Indicators whose figures are attacked.
pub(crate) const ATTACKED: [&str; 6] = [
    "repartition",
    "participants_uniques",
    "nouveaux",
    "de_retour",
    "echelle",
    "porteurs_accompagnes",
];
/// Rungs of the ladder, lowest first.
const RUNGS: [&str; 3] = ["sensibilises", "mobilises", "accompagnes"];

/// Which quarters and places a figure is about.
#[derive(Debug, Clone)]
pub(crate) struct Where {
    pub(crate) quarters: Vec<usize>,
    pub(crate) before: Vec<usize>,
    last: Vec<usize>,
    pub(crate) places: Vec<usize>,
}

/// How many times somebody who came like that is counted.
pub(crate) type Count = Box<dyn Fn(&Pattern) -> i64>;

impl Where {
    pub(crate) fn of(plan: &Plan, known: &Known, scope: Scope, window: Window) -> Self {
        let name = scope.name(&known.programme);
        let quarters = |within: &dyn Fn(chrono::NaiveDate) -> bool| {
            (0..QUARTERS).filter(|quarter| within(day(*quarter))).collect::<Vec<_>>()
        };
        let last = Window::quarter(window.kind, window.last_quarter().previous());
        Self {
            quarters: quarters(&|day| window.contains(day)),
            before: quarters(&|day| day < window.start),
            last: quarters(&|day| last.contains(day)),
            places: (0..PLACES)
                .filter(|place| scope == Scope::Programme || plan.territory(*place) == name)
                .collect(),
        }
    }
}

/// How many times somebody who came like that came in some quarters and places, as far as it is told.
pub(crate) fn times(pattern: &Pattern, quarters: &[usize], places: &[usize]) -> u8 {
    quarters.iter().flat_map(|q| places.iter().map(|place| pattern[*q][*place])).sum()
}

/// The rung of somebody who came like that, in [`RUNGS`].
fn rung(pattern: &Pattern, at: &Where) -> Option<usize> {
    let cells = || at.quarters.iter().flat_map(|q| at.places.iter().map(|p| pattern[*q][*p]));
    if cells().any(|how| how == SUPPORTED) {
        return Some(2);
    }
    cells().sum::<u8>().checked_sub(1).map(|more| usize::from(more > 0))
}

/// What a figure of the ladder counts.
fn on_ladder(plan: &Plan, known: &Known, measure: &Measure) -> Vec<(Count, Option<f64>)> {
    let at = Where::of(plan, known, measure.scope, measure.window);
    let reading = &measure.reading;
    let wanted = match (measure.indicator.id, reading.dimension) {
        ("echelle", "echelon") => RUNGS.iter().position(|rung| *rung == reading.modality),
        ("porteurs_accompagnes", "") => Some(2),
        _ => None,
    };
    let count = |wanted| -> Count { Box::new(move |p| i64::from(rung(p, &at) == Some(wanted))) };
    wanted.map(|wanted| (count(wanted), reading.value.get())).into_iter().collect()
}

/// What a figure counts, when it counts people by where and when they came; for the numerator and the
/// denominator of a rate, both.
fn counts(plan: &Plan, known: &Known, measure: &Measure) -> Vec<(Count, Option<f64>)> {
    let at = Where::of(plan, known, measure.scope, measure.window);
    let reading = &measure.reading;
    let value = reading.value.get();
    let seen = |at: &Where| came(at.clone());
    let both = |at: &Where, other: &[usize], back: bool| -> Count {
        let (at, other) = (at.clone(), other.to_vec());
        Box::new(move |p| {
            let now = times(p, &at.quarters, &at.places) > 0;
            i64::from(now && (times(p, &other, &at.places) > 0) == back)
        })
    };
    let territories: Vec<usize> =
        (0..PLACES).filter(|place| !plan.territory(*place).is_empty()).collect();
    let visited = move |p: &Pattern, quarters: &[usize]| {
        territories.iter().filter(|place| times(p, quarters, &[**place]) > 0).count() as i64
    };
    match (measure.indicator.id, reading.dimension, reading.modality.as_str()) {
        ("participants_uniques" | "repartition" | "echelle", "", _) => vec![(seen(&at), value)],
        ("nouveaux", "", _) => vec![(both(&at, &at.before, false), value)],
        ("de_retour", "", _) => {
            vec![(both(&at, &at.before, true), value), (seen(&at), reading.n.map(|n| n as f64))]
        }
        ("retention", "", _) => {
            let last = Where { quarters: at.last.clone(), ..at.clone() };
            vec![(both(&at, &at.last, true), reading.numerator), (seen(&last), reading.denominator)]
        }
        ("fidelisation", "", _) => vec![(seen(&at), reading.denominator)],
        ("chevauchement", "chevauchement", modality) => {
            let of: Count = match modality {
                "somme_territoires" => Box::new(move |p| visited(p, &at.quarters)),
                "doubles" => Box::new(move |p| (visited(p, &at.quarters) - 1).max(0)),
                "hors_territoire" => {
                    let seen = seen(&at);
                    Box::new(move |p| i64::from(seen(p) > 0 && visited(p, &at.quarters) == 0))
                }
                _ => seen(&at),
            };
            vec![(of, value)]
        }
        _ => Vec::new(),
    }
}

/// A withheld figure: what it is, and its cell.
pub(crate) type Hidden = (String, usize);

/// All that the reader knows of one question.
#[derive(Default)]
pub(crate) struct Reader {
    pub(crate) cells: Vec<Cell>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) hidden: Vec<Hidden>,
    /// An answer and a pattern each, in the order of their cells.
    kinds: BTreeMap<(String, Pattern), usize>,
}

/// Every way of coming somewhere some time: in each quarter and place, not or in one of so many ways.
pub(crate) fn patterns(ways: u8) -> Vec<Pattern> {
    let all = (usize::from(ways) + 1).pow((QUARTERS * PLACES) as u32);
    (1..all)
        .map(|mut number| {
            let mut pattern = Pattern::default();
            for how in pattern.as_flattened_mut() {
                *how = (number % (usize::from(ways) + 1)) as u8;
                number /= usize::from(ways) + 1;
            }
            pattern
        })
        .collect()
}

/// A number nobody publishes.
pub(crate) fn unknown(value: u64) -> Cell {
    Cell { value, threshold: 0, sensitive: false, published: false, keep: Keep::Plain }
}

impl Reader {
    /// A reader who has counted nothing yet. `lines`: the published measures. `question`: whose answers
    /// are read; none for the ladder.
    fn new(plan: &Plan, lines: &[Measure], question: Option<usize>) -> Self {
        let mut reader = Self::default();
        let ways = if question.is_some() { 1 } else { SUPPORTED };
        let mut people: BTreeMap<(String, Pattern), u64> = BTreeMap::new();
        for somebody in &plan.people {
            let mut pattern = plan.pattern(somebody);
            pattern.as_flattened_mut().iter_mut().for_each(|how| *how = (*how).min(ways));
            let answer = question.map(|question| somebody.answer(question).unwrap_or(NOT_SAID));
            *people.entry((answer.unwrap_or_default().to_owned(), pattern)).or_default() += 1;
        }
        let asked = |m: &&Measure| question.is_some_and(|q| m.reading.dimension == ASKED[q].0);
        let mut answers: BTreeSet<&str> =
            lines.iter().filter(asked).map(|m| m.reading.modality.as_str()).collect();
        if question.is_none() {
            answers.insert("");
        }
        for answer in answers {
            for pattern in patterns(ways) {
                let kind = (answer.to_owned(), pattern);
                let value = people.get(&kind).copied().unwrap_or(0);
                reader.kinds.insert(kind, reader.cells.len());
                reader.cells.push(unknown(value));
            }
        }
        reader
    }

    /// The kinds a figure counts, of one answer or of all.
    fn terms(&self, answer: Option<&str>, count: &Count) -> Vec<(usize, i64)> {
        let kinds = self.kinds.iter();
        let asked = kinds.filter(|((said, _), _)| answer.is_none_or(|answer| said == answer));
        let counted = asked.map(|((_, pattern), cell)| (*cell, count(pattern)));
        counted.filter(|(_, times)| *times != 0).collect()
    }

    pub(crate) fn relate(&mut self, terms: Vec<(usize, i64)>, sense: Sense, constant: i64) {
        self.relations.push(Relation { terms, sense, constant });
    }

    /// What is true of the kinds counted.
    fn truth(&self, terms: &[(usize, i64)]) -> i64 {
        terms.iter().map(|(cell, times)| self.cells[*cell].value as i64 * times).sum()
    }

    /// Notes a figure: known when it is told, a cell of its own when it is withheld.
    pub(crate) fn note(
        &mut self,
        name: String,
        terms: Vec<(usize, i64)>,
        told: Option<f64>,
        floor: i64,
    ) {
        let truth = self.truth(&terms);
        match told {
            Some(told) => {
                assert_eq!(told as i64, truth, "{name}");
                self.relate(terms, Sense::Equal, truth);
            }
            // Nobody could be counted there: no secret.
            None if terms.is_empty() => {}
            None => {
                let cell = self.cells.len();
                self.cells.push(Cell {
                    threshold: THRESHOLD,
                    published: true,
                    ..unknown(truth as u64)
                });
                let whole = terms.into_iter().chain([(cell, -1)]).collect();
                self.relate(whole, Sense::Equal, 0);
                self.relate(vec![(cell, -1)], Sense::AtMost, -floor);
                self.hidden.push((name, cell));
            }
        }
    }

    /// Reads every published figure, and what they say of the answers to one question, or of the ladder.
    pub(crate) fn of(
        plan: &Plan,
        known: &Known,
        lines: &[Measure],
        question: Option<usize>,
    ) -> Self {
        let mut reader = Self::new(plan, lines, question);
        let mut listed: BTreeMap<(Scope, Window), BTreeSet<String>> = BTreeMap::new();
        for measure in lines {
            let (reading, id) = (&measure.reading, measure.indicator.id);
            let name = named(known, measure);
            if question.is_some_and(|question| reading.dimension == ASKED[question].0) {
                let terms = reader.terms(Some(&reading.modality), &seen(plan, known, measure));
                let floor = LISTED.contains(&reading.dimension) && reading.modality != NOT_SAID;
                reader.note(name.clone(), terms, reading.value.get(), i64::from(floor));
                if let Some(n) = reading.n {
                    let terms = reader.terms(None, &seen(plan, known, measure));
                    reader.note(format!("{name}, n"), terms, Some(n as f64), 0);
                }
                let all = listed.entry((measure.scope, measure.window)).or_default();
                all.insert(reading.modality.clone());
                continue;
            }
            let secret = matches!(reading.value, Value::Secret(_));
            let mut counted = counts(plan, known, measure);
            if question.is_none() {
                counted.extend(on_ladder(plan, known, measure));
            }
            for (at, (count, told)) in counted.into_iter().enumerate() {
                let terms = reader.terms(None, &count);
                // Of a rate that is withheld, nothing is said; of a count, that it is.
                if told.is_some() || (secret && at == 0 && ATTACKED.contains(&id)) {
                    reader.note(name.clone(), terms, told, 0);
                }
            }
        }
        // An answer that is not listed was given by nobody.
        let all: BTreeSet<String> = reader.kinds.keys().map(|(answer, _)| answer.clone()).collect();
        for ((scope, window), answers) in listed {
            for answer in all.difference(&answers) {
                let count = came(Where::of(plan, known, scope, window));
                let terms = reader.terms(Some(answer), &count);
                reader.note(format!("{answer} not listed"), terms, Some(0.0), 0);
            }
        }
        reader.forget_nobody();
        reader
    }

    /// Kinds nobody can be of need not be thought of.
    fn forget_nobody(&mut self) {
        let none = |relation: &&Relation| {
            relation.sense == Sense::Equal
                && relation.constant == 0
                && relation.terms.iter().all(|(_, times)| *times > 0)
        };
        let dead: BTreeSet<usize> = self
            .relations
            .iter()
            .filter(none)
            .flat_map(|relation| relation.terms.iter().map(|(cell, _)| *cell))
            .collect();
        for relation in &mut self.relations {
            relation.terms.retain(|(cell, _)| !dead.contains(cell));
        }
        // Nor is it a secret that nobody is counted among them.
        let open = |cell: usize| {
            let mut whole = self.relations.iter().filter(|r| r.terms.last() == Some(&(cell, -1)));
            whole.any(|relation| relation.sense == Sense::Equal && relation.terms.len() > 1)
        };
        let hidden: Vec<Hidden> =
            self.hidden.iter().filter(|(_, cell)| open(*cell)).cloned().collect();
        self.hidden = hidden;
    }
}

/// Whoever came where and when a measure counts.
fn seen(plan: &Plan, known: &Known, measure: &Measure) -> Count {
    came(Where::of(plan, known, measure.scope, measure.window))
}

/// Whoever came somewhere some time.
pub(crate) fn came(at: Where) -> Count {
    Box::new(move |p| i64::from(times(p, &at.quarters, &at.places) > 0))
}
