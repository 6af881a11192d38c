//! Random programmes: three quarters, two places, people of whom three things are asked, the organisations
//! they come from. What is true of them is counted here, apart from the program.

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

/// Types of organisations, and networks.
pub(crate) const KINDS: [&str; 4] = ["collectif", "collectivité", "entreprise", "tiers-lieu"];
pub(crate) const NETWORKS: [&str; 2] = ["Alternatiba", "Colibris"];

/// Somebody: an answer to each question, past the last for none, the activities they came to, and the
/// organisation they come from.
#[derive(Debug, Clone)]
pub(crate) struct Somebody {
    pub(crate) answers: [usize; 3],
    pub(crate) came: Vec<usize>,
    pub(crate) organisation: Option<usize>,
}

/// An organisation: its type, past the last for none, and the networks it is in.
#[derive(Debug, Clone)]
pub(crate) struct Organisation {
    pub(crate) kind: usize,
    pub(crate) networks: Vec<usize>,
}

/// An activity.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Session {
    pub(crate) quarter: usize,
    pub(crate) place: usize,
    /// Project holders are supported there.
    pub(crate) supports: bool,
    /// The organisation that organises it.
    pub(crate) organiser: Option<usize>,
}

/// A random programme.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) people: Vec<Somebody>,
    pub(crate) sessions: Vec<Session>,
    pub(crate) organisations: Vec<Organisation>,
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
            let Session { quarter, place, supports, .. } = self.sessions[session];
            let how = &mut pattern[quarter][place];
            let supported = *how == SUPPORTED || supports && somebody.answer(1) == Some(HOLDER);
            *how = if supported { SUPPORTED } else { (*how + 1).min(OFTEN) };
        }
        pattern
    }

    /// Where and when an organisation organised; with `present`, or a member of it came.
    pub(crate) fn took_part(&self, organisation: usize, present: bool) -> Pattern {
        let organised = (0..self.sessions.len())
            .filter(|session| self.sessions[*session].organiser == Some(organisation));
        let members =
            self.people.iter().filter(|s| present && s.organisation == Some(organisation));
        let mut pattern = Pattern::default();
        for session in organised.chain(members.flat_map(|somebody| self.came(somebody))) {
            pattern[self.sessions[session].quarter][self.sessions[session].place] = 1;
        }
        pattern
    }
}

/// Programmes of at most so many people.
pub(crate) fn plans(people: usize) -> impl Strategy<Value = Plan> {
    // Few give the rarest answer: small groups are what is withheld.
    let answer = |most: usize| prop_oneof![8 => 0..most, 2 => Just(most - 1), 1 => Just(most)];
    let somebody = ((answer(3), answer(3), answer(2)), prop::collection::vec(0..24usize, 1..4))
        .prop_map(|((gender, status, qpv), came)| {
            let answers = [gender, status, qpv];
            Somebody { answers, came, organisation: None }
        });
    let session = (0..QUARTERS, 0..PLACES, prop::bool::weighted(0.3)).prop_map(
        |(quarter, place, supports)| Session { quarter, place, supports, organiser: None },
    );
    (
        prop::collection::vec(somebody, 1..people),
        prop::collection::vec(session, 1..9),
        prop::bool::weighted(0.3),
    )
        .prop_map(|(people, sessions, outside)| Plan {
            people,
            sessions,
            organisations: Vec::new(),
            outside,
        })
}

/// Programmes of at most so many people, who come from organisations of which some organise.
pub(crate) fn plans_of_organisations(people: usize) -> impl Strategy<Value = Plan> {
    let networks = prop::collection::btree_set(0..NETWORKS.len(), 0..=NETWORKS.len());
    let organisation = (0..=KINDS.len(), networks).prop_map(|(kind, networks)| Organisation {
        kind,
        networks: networks.into_iter().collect(),
    });
    let some =
        |chance: f64, most| prop::collection::vec(prop::option::weighted(chance, 0..60usize), most);
    let organisations = prop::collection::vec(organisation, 1..16);
    (plans(people), organisations, some(0.3, people), some(0.4, 9)).prop_map(
        |(mut plan, organisations, members, organisers)| {
            let one_of = |any: Option<usize>| any.map(|any| any % organisations.len());
            for (somebody, member) in plan.people.iter_mut().zip(members) {
                somebody.organisation = one_of(member);
            }
            for (session, organiser) in plan.sessions.iter_mut().zip(organisers) {
                session.organiser = one_of(organiser);
            }
            Plan { organisations, ..plan }
        },
    )
}
