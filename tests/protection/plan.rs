//! Random programmes: three quarters, two places, people of whom three things are asked. What is true of
//! them is counted here, apart from the program.

use chrono::NaiveDate;
use proptest::prelude::*;

/// What people are asked, and the answers; no answer is one too.
pub(crate) const ASKED: [(&str, &str, &[&str]); 3] = [
    ("genre", "Genre", &["F", "H", "autre"]),
    ("statut", "Statut", &["citoyen", HOLDER, "agent"]),
    ("qpv", "QPV", &["oui", "non"]),
];

/// Whoever holds a project.
const HOLDER: &str = "porteur de projet";

/// Quarters of the programme, and days of each.
pub(crate) const QUARTERS: usize = 3;
/// Places an activity can be in.
pub(crate) const PLACES: usize = 2;

/// Somebody: an answer to each question, past the last for none, and the activities they came to.
#[derive(Debug, Clone)]
pub(crate) struct Somebody {
    pub(crate) answers: [usize; 3],
    pub(crate) came: Vec<usize>,
}

/// An activity.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Session {
    pub(crate) quarter: usize,
    pub(crate) place: usize,
    /// Project holders are supported there.
    pub(crate) supports: bool,
}

/// A random programme.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) people: Vec<Somebody>,
    pub(crate) sessions: Vec<Session>,
    /// The second place is outside any territory.
    pub(crate) outside: bool,
}

/// How often somebody came, by quarter and place; or [`SUPPORTED`].
pub(crate) type Pattern = [[u8; PLACES]; QUARTERS];

/// Came more than once.
pub(crate) const OFTEN: u8 = 2;
/// Was supported.
pub(crate) const SUPPORTED: u8 = 3;

/// The day of the activities of a quarter.
pub(crate) fn day(quarter: usize) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3 * quarter as u32 + 2, 10).expect("a day")
}

impl Somebody {
    /// The answer to a question, as typed and as published.
    pub(crate) fn answer(&self, question: usize) -> Option<&'static str> {
        ASKED[question].2.get(self.answers[question]).copied()
    }
}

impl Plan {
    /// The name of a territory; none outside.
    pub(crate) fn territory(&self, place: usize) -> &'static str {
        if self.outside && place == 1 { "" } else { ["Nord", "Sud"][place] }
    }

    /// The activities somebody came to, once each.
    pub(crate) fn came(&self, somebody: &Somebody) -> Vec<usize> {
        let mut came: Vec<usize> = somebody.came.iter().map(|s| s % self.sessions.len()).collect();
        came.sort_unstable();
        came.dedup();
        came
    }

    /// Where and when somebody came, and how.
    pub(crate) fn pattern(&self, somebody: &Somebody) -> Pattern {
        let mut pattern = Pattern::default();
        for session in self.came(somebody) {
            let Session { quarter, place, supports } = self.sessions[session];
            let how = &mut pattern[quarter][place];
            let supported = *how == SUPPORTED || supports && somebody.answer(1) == Some(HOLDER);
            *how = if supported { SUPPORTED } else { (*how + 1).min(OFTEN) };
        }
        pattern
    }
}

/// Programmes of at most so many people.
pub(crate) fn plans(people: usize) -> impl Strategy<Value = Plan> {
    // Few give the rarest answer: small groups are what is withheld.
    let answer = |most: usize| prop_oneof![8 => 0..most, 2 => Just(most - 1), 1 => Just(most)];
    let somebody =
        ((answer(3), answer(3), answer(2)), prop::collection::vec(0..24usize, 1..4)).prop_map(
            |((gender, status, qpv), came)| Somebody { answers: [gender, status, qpv], came },
        );
    let session = (0..QUARTERS, 0..PLACES, prop::bool::weighted(0.3))
        .prop_map(|(quarter, place, supports)| Session { quarter, place, supports });
    (
        prop::collection::vec(somebody, 1..people),
        prop::collection::vec(session, 1..9),
        prop::bool::weighted(0.3),
    )
        .prop_map(|(people, sessions, outside)| Plan { people, sessions, outside })
}
