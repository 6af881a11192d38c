//! *Capitalisation et valorisation*: what was learnt, and what was said of the programme.

use super::tally::{tally, total};
use super::{Base, Cell, Evidence, Family, Horizon, Indicator, Query, Reading, Unit, Value};
use crate::programme::{Origin, TerritorySet};
use crate::schema::TableId;
use chrono::NaiveDate;

/// Types of lessons, shown even at 0.
const KINDS: [&str; 5] = ["difficulté", "inflexion", "enseignement", "réussite", "témoignage"];

/// Lessons (subject: lesson).
static LESSONS: Query =
    Query { name: "capitalisation", horizon: Horizon::Within, rows: |base| lessons(base).into() };
/// Communications (subject: communication).
static COMMUNICATIONS: Query = Query {
    name: "communications",
    horizon: Horizon::Within,
    rows: |base| communications(base).into(),
};

const fn said(id: &'static str, unit: Unit, fold: fn(&Cell<'_>) -> Vec<Reading>) -> Indicator {
    Indicator {
        id,
        family: Family::Learning,
        unit,
        needs: &[TableId::Communication],
        by_territory: false,
        over_time: false,
        followed: false,
        query: &COMMUNICATIONS,
        fold,
    }
}

pub(super) const INDICATORS: &[Indicator] = &[
    Indicator {
        id: "capitalisation",
        family: Family::Learning,
        unit: Unit::Count,
        needs: &[TableId::Learning],
        by_territory: true,
        over_time: false,
        followed: false,
        query: &LESSONS,
        fold: learnt,
    },
    said("communications", Unit::Count, count),
    said("mention_ademe", Unit::Share, mentions),
    said("audience_estimee", Unit::Count, audience),
];

fn row(origin: &Origin, date: NaiveDate, subject: usize) -> Evidence {
    Evidence {
        origin: origin.clone(),
        date: Some(date),
        subject,
        amount: 1.0,
        ..Evidence::default()
    }
}

fn lessons(base: &Base<'_>) -> Vec<Evidence> {
    let programme = base.programme;
    let lessons = programme.learning.iter().enumerate();
    lessons
        .map(|(index, lesson)| Evidence {
            territories: TerritorySet::one(lesson.territory),
            ..row(&lesson.origin, lesson.date, index)
        })
        .collect()
}

fn communications(base: &Base<'_>) -> Vec<Evidence> {
    let programme = base.programme;
    let communications = programme.communication.iter().enumerate();
    communications.map(|(index, said)| row(&said.origin, said.date, index)).collect()
}

fn learnt(cell: &Cell<'_>) -> Vec<Reading> {
    let kind = |row: &&Evidence| cell.programme.learning[row.subject].kind.as_str();
    let kinds = tally(&KINDS, cell.rows.iter().map(|row| (Some(kind(row)), 1.0)));
    let mut readings = vec![Reading::count(cell.rows.len())];
    // The type is required: nothing is left unsaid.
    readings.extend(
        kinds
            .into_iter()
            .filter(|(kind, n)| *n > 0.0 || KINDS.contains(kind))
            .map(|(kind, count)| Reading::of(Value::number(count)).by("type", kind)),
    );
    readings
}

fn count(cell: &Cell<'_>) -> Vec<Reading> {
    vec![Reading::count(cell.rows.len())]
}

/// Share among the communications for which it is said.
fn mentions(cell: &Cell<'_>) -> Vec<Reading> {
    let said: Vec<bool> = cell
        .rows
        .iter()
        .filter_map(|row| cell.programme.communication[row.subject].mentions_ademe)
        .collect();
    if said.is_empty() && !cell.rows.is_empty() {
        return vec![Reading::of(Value::Missing(TableId::Communication.spec().sheet))];
    }
    let mentions = said.iter().filter(|mention| **mention).count();
    vec![
        Reading::rate(mentions as f64, said.len() as f64, "aucune-communication")
            .with_n(cell.rows.len()),
    ]
}

/// Sum of the audiences said; n: how many communications say theirs.
fn audience(cell: &Cell<'_>) -> Vec<Reading> {
    let said: Vec<f64> = cell
        .rows
        .iter()
        .filter_map(|row| cell.programme.communication[row.subject].audience)
        .collect();
    if said.is_empty() && !cell.rows.is_empty() {
        return vec![Reading::of(Value::Missing(TableId::Communication.spec().sheet))];
    }
    vec![Reading::of(Value::number(total(said.iter().copied()))).with_n(said.len())]
}

#[cfg(test)]
mod tests {
    use crate::indicators::Value;
    use crate::indicators::testing::{Builder, breakdown, headline, quarter, value};
    use crate::schema::TableId;

    #[test]
    fn lessons_are_counted_by_type_with_every_type_shown() {
        let programme = Builder::new()
            .lesson("2026-07-02", "difficulté", None)
            .lesson("2026-08-02", "difficulté", None)
            .lesson("2026-09-30", "réussite", None)
            .lesson("2026-10-01", "témoignage", None)
            .build();
        let window = quarter("2026-T3");
        assert_eq!(value(&programme, "capitalisation", window), Value::Number(3.0));
        let types = breakdown(&programme, "capitalisation", window, "type");
        let counts: Vec<Option<f64>> = types.iter().map(|(_, value)| value.get()).collect();
        assert_eq!(counts, [2.0, 0.0, 0.0, 1.0, 0.0].map(Some));
    }

    #[test]
    fn the_ademe_mention_is_a_share_of_what_was_said() {
        let programme = Builder::new()
            .communication("2026-07-02", Some(true), Some(300.0))
            .communication("2026-07-03", Some(false), None)
            .communication("2026-07-04", None, Some(50.0))
            .communication("2026-07-05", Some(true), None)
            .build();
        let window = quarter("2026-T3");
        assert_eq!(value(&programme, "communications", window), Value::Number(4.0));
        let share = headline(&programme, "mention_ademe", window);
        assert_eq!((share.numerator, share.denominator, share.n), (Some(2.0), Some(3.0), Some(4)));
        let audience = headline(&programme, "audience_estimee", window);
        assert_eq!((audience.value, audience.n), (Value::Number(350.0), Some(2)));
    }

    #[test]
    fn no_table_and_no_answer_are_not_zero() {
        let window = quarter("2026-T3");
        let nothing = Builder::new().build();
        assert_eq!(value(&nothing, "communications", window), Value::Missing("Valorisation"));
        assert_eq!(value(&nothing, "capitalisation", window), Value::Missing("Capitalisation"));
        let empty = Builder::new().given(&[TableId::Communication]).build();
        let none = Value::Undefined("aucune-communication");
        assert_eq!(value(&empty, "mention_ademe", window), none);
        let unsaid = Builder::new().communication("2026-07-02", None, None).build();
        assert_eq!(value(&unsaid, "mention_ademe", window), Value::Missing("Valorisation"));
    }
}
