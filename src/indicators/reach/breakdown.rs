//! Unique participants by what is known of them, with *non renseigné* always shown.

use super::people_of;
use crate::indicators::tally::{BOTH, KIND, NETWORK, both, counts, modalities, or_not_said};
use crate::indicators::{Cell, Reading, Value};
use crate::period::WindowKind;
use crate::programme::{Person, Programme};
use chrono::Datelike;

/// A breakdown of people.
struct Dimension {
    code: &'static str,
    /// Modalities shown even when nobody is in them.
    expected: &'static [&'static str],
    /// The modalities of a person, in a window that ends in the given year; none = not said.
    of: for<'a> fn(&'a Programme, &'a Person, i32) -> Vec<&'a str>,
}

const DIMENSIONS: [Dimension; 7] = [
    Dimension {
        code: "genre",
        expected: &["F", "H", "autre"],
        of: |_, person, _| person.gender.as_deref().into_iter().collect(),
    },
    Dimension {
        code: "tranche_age",
        expected: &["<18", "18–25", "26–64", "65+"],
        of: |_, person, year| age_band(person, year).into_iter().collect(),
    },
    Dimension {
        code: "commune",
        expected: &[],
        of: |_, person, _| person.commune.as_deref().into_iter().collect(),
    },
    Dimension {
        code: "qpv",
        expected: &["oui", "non"],
        of: |_, person, _| {
            person.qpv.map(|qpv| if qpv { "oui" } else { "non" }).into_iter().collect()
        },
    },
    Dimension {
        code: "statut",
        expected: &[],
        of: |_, person, _| person.status.as_deref().into_iter().collect(),
    },
    Dimension {
        code: KIND,
        expected: &[],
        of: |programme, person, _| of_organisation(programme, person, KIND),
    },
    Dimension {
        code: NETWORK,
        expected: &[],
        of: |programme, person, _| of_organisation(programme, person, NETWORK),
    },
];

/// The modalities of a person's organisation.
fn of_organisation<'a>(programme: &'a Programme, person: &Person, dimension: &str) -> Vec<&'a str> {
    let organisation = person.organisation.map(|ix| &programme.organisations[ix]);
    organisation.map(|organisation| modalities(organisation, dimension)).unwrap_or_default()
}

/// Age band: as typed, else from the age reached in the year the window ends in.
fn age_band(person: &Person, year: i32) -> Option<&str> {
    let from_year = || {
        person.birth_year.map(|birth| match year - birth {
            ..18 => "<18",
            18..26 => "18–25",
            26..65 => "26–64",
            65.. => "65+",
        })
    };
    person.age_band.as_deref().or_else(from_year)
}

/// No breakdown over past quarters: no chart shows them.
pub(super) fn breakdowns(cell: &Cell<'_>) -> Vec<Reading> {
    if cell.window.kind == WindowKind::History {
        return Vec::new();
    }
    let people = people_of(cell);
    if people.is_empty() {
        return vec![Reading::of(Value::Undefined("aucun-participant"))];
    }
    let year = cell.window.end.year();
    let mut readings = Vec::new();
    for dimension in &DIMENSIONS {
        let modalities = people.iter().flat_map(|person| {
            or_not_said((dimension.of)(cell.programme, &cell.programme.people[*person], year))
        });
        for (modality, count) in counts(dimension.expected, modalities) {
            readings.push(
                Reading::count(count)
                    .by(dimension.code, modality)
                    .with_n(people.len())
                    .people(count),
            );
        }
    }
    // Not of the quarters before, shown again beside these: it takes long, and they are gone.
    if !matches!(cell.window.kind, WindowKind::Quarter | WindowKind::Cumulative) {
        return readings;
    }
    let organisation = |person: &usize| {
        let person = &cell.programme.people[*person];
        person.organisation.map(|ix| both(&cell.programme.organisations[ix]))
    };
    let both: Vec<Option<String>> = people.iter().map(organisation).collect();
    for (modality, count) in counts(&[], both.iter().map(Option::as_deref)) {
        readings.push(Reading::count(count).by(BOTH, modality).people(count));
    }
    readings
}
