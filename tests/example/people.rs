//! The nine hundred people, none of whom exists.

use super::cast::{ORGANISATIONS, PLACES};
use super::days::{Date, QUARTERS, after, day, quarter_of};
use super::names::{LAST, MEN, WOMEN};
use super::projects::Project;
use super::rng::Rng;
use std::collections::BTreeSet;

/// How many.
pub(crate) const PEOPLE: usize = 900;

/// How many come for the first time in each quarter.
const NEW: [usize; QUARTERS] = [70, 90, 105, 100, 120, 130, 140, 145];

/// A person.
pub(crate) struct Person {
    pub(crate) first: &'static str,
    pub(crate) last: &'static str,
    /// `F`, `H`, `autre`, or empty.
    pub(crate) gender: &'static str,
    pub(crate) born: Date,
    pub(crate) email: Option<String>,
    pub(crate) status: &'static str,
    pub(crate) organisation: Option<&'static str>,
    pub(crate) project: Option<usize>,
    pub(crate) commune: &'static str,
    pub(crate) qpv: Option<bool>,
    /// Territory.
    pub(crate) place: usize,
    /// A second territory.
    pub(crate) other: Option<usize>,
    /// Quarter of the first time.
    pub(crate) arrival: usize,
    /// How often they come back.
    pub(crate) loyalty: usize,
}

impl Person {
    pub(crate) fn lives_in(&self, place: usize) -> bool {
        self.place == place || self.other == Some(place)
    }
}

/// The people: porteurs of each project first, then elected people and agents, then everybody.
pub(crate) fn people(projects: &[Project], rng: &mut Rng) -> Vec<Person> {
    let mut people = Vec::with_capacity(PEOPLE);
    let mut used = BTreeSet::new();
    let mut left = NEW;
    for (i, project) in projects.iter().enumerate() {
        let start = quarter_of(project.since(0).unwrap_or_else(|| day(2024, 10, 1)));
        for n in 0..rng.between(2, 4) {
            let mut one = person(project.place, start, &mut used, rng);
            one.status = "porteur de projet";
            one.project = Some(i);
            one.organisation = (n == 0).then_some(project.holder);
            one.loyalty += 3;
            people.push(one);
        }
    }
    for (place, territory) in PLACES.iter().enumerate() {
        let town = ORGANISATIONS
            .iter()
            .find(|o| o.0.starts_with("Mairie") && o.4.contains(territory.letter));
        for n in 0..9 {
            let start = quarter_of(day(territory.start.0, territory.start.1, territory.start.2));
            let mut one = person(place, start + (n % 3), &mut used, rng);
            one.status = if n < 5 { "élu" } else { "agent" };
            one.organisation = town.map(|o| o.0);
            people.push(one);
        }
    }
    for one in &people {
        left[one.arrival] = left[one.arrival].saturating_sub(1);
    }
    let mut quarter = 0;
    while people.len() < PEOPLE {
        while quarter + 1 < QUARTERS && left[quarter] == 0 {
            quarter += 1;
        }
        left[quarter] = left[quarter].saturating_sub(1);
        let open = (1..=3).filter(|n| start_of(n - 1) <= quarter).count();
        let place = [0, 1, 2, 0, 1, 0, 2, 1, 0][people.len() % 9] % open.max(1);
        let mut one = person(place, quarter, &mut used, rng);
        if rng.chance(30) {
            one.organisation = organisation(place, quarter, rng);
            one.status = match rng.below(10) {
                0..=5 if one.organisation.is_some() => "bénévole",
                6..=8 if one.organisation.is_some() => "salarié",
                _ => "citoyen",
            };
            one.loyalty += 2;
        }
        if rng.chance(10) && quarter < 7 {
            one.other = (0..3).find(|p| *p != place && start_of(*p) <= quarter);
            one.loyalty += 4;
        }
        people.push(one);
    }
    people
}

/// Quarter a territory starts in.
pub(crate) fn start_of(place: usize) -> usize {
    let (year, month, first) = PLACES[place].start;
    quarter_of(day(year, month, first))
}

fn organisation(place: usize, quarter: usize, rng: &mut Rng) -> Option<&'static str> {
    let local: Vec<&'static str> = ORGANISATIONS
        .iter()
        .filter(|o| o.4.contains(PLACES[place].letter) && o.4.len() < 3 && o.6 <= quarter)
        .filter(|o| o.1 != "collectivité" && o.1 != "financeur")
        .map(|o| o.0)
        .collect();
    (!local.is_empty()).then(|| rng.pick(&local))
}

fn person(
    place: usize,
    arrival: usize,
    used: &mut BTreeSet<(&'static str, &'static str)>,
    rng: &mut Rng,
) -> Person {
    let woman = rng.chance(57);
    let (first, last) = loop {
        let name = (rng.pick(if woman { WOMEN } else { MEN }), rng.pick(LAST));
        if name.0 != name.1 && used.insert(name) {
            break name;
        }
    };
    let gender = match rng.below(100) {
        0..=3 => "",
        4 => "autre",
        _ if woman => "F",
        _ => "H",
    };
    let age = match rng.below(100) {
        0..=5 => rng.between(11, 17),
        6..=19 => rng.between(18, 25),
        20..=76 => rng.between(26, 64),
        _ => rng.between(65, 84),
    };
    let born = after(day(2026 - age as i32 - 1, 10, 1), rng.between(0, 364));
    let qpv = match rng.below(100) {
        0..=19 => None,
        20..=41 => Some(true),
        _ => Some(false),
    };
    Person {
        first,
        last,
        gender,
        born,
        email: rng.chance(92).then(|| format!("{}.{}@example.org", plain(first), plain(last))),
        status: "citoyen",
        organisation: None,
        project: None,
        commune: rng.pick(PLACES[place].communes),
        qpv,
        place,
        other: None,
        arrival: arrival.min(QUARTERS - 1),
        loyalty: [1, 1, 1, 2, 3, 6][rng.below(6)],
    }
}

/// Lower case without accents, as in addresses.
fn plain(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .filter_map(|c| match c {
            'à' | 'â' | 'ä' => Some('a'),
            'é' | 'è' | 'ê' | 'ë' => Some('e'),
            'î' | 'ï' => Some('i'),
            'ô' | 'ö' => Some('o'),
            'ù' | 'û' | 'ü' => Some('u'),
            'ç' => Some('c'),
            'a'..='z' => Some(c),
            _ => None,
        })
        .collect()
}
