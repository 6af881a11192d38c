//! Hours worked, hours given, targets.

use super::days::{Date, after, day, french, working};
use super::rng::Rng;
use chrono::Datelike;

/// A day of a chargé de mission.
pub(crate) struct Worked {
    pub(crate) date: Date,
    pub(crate) worker: &'static str,
    /// Half hours.
    pub(crate) half_hours: i64,
    pub(crate) action: &'static str,
    pub(crate) place: &'static str,
    pub(crate) role: &'static str,
}

/// Two chargés de mission, a line a day each, but for holidays.
pub(crate) fn timesheets(rng: &mut Rng) -> Vec<Worked> {
    let work: [(&str, &str); 8] = [
        ("A01", "animateur"),
        ("A03", "accompagnateur"),
        ("A06", "facilitateur"),
        ("A02", "formateur"),
        ("A09", "chef de projet"),
        ("A04", "facilitateur"),
        ("A11", "conseil"),
        ("A08", "chef de projet"),
    ];
    let workers = [
        ("Camille Rousselot", day(2024, 10, 7), 5, ["Sucy-en-Brie", "Alfortville"]),
        ("Idriss Benhaddou", day(2025, 1, 6), 4, ["Paris 18e", "Sucy-en-Brie"]),
    ];
    let mut days = Vec::new();
    for (worker, start, week, places) in workers {
        let mut monday = start;
        let mut turn = 0;
        while monday <= day(2026, 9, 28) {
            let holiday = monday.month() == 8 || (monday.month() == 12 && monday.day() > 21);
            if !holiday {
                let place = places[usize::from(turn % 3 == 2 && monday >= day(2025, 4, 1))];
                for n in 0..week {
                    let date = after(monday, n as i64);
                    if working(date) != date || date > day(2026, 9, 30) {
                        continue;
                    }
                    let half_hours = rng.between(12, 15);
                    let (action, role) = work[(turn + n) % work.len()];
                    days.push(Worked { date, worker, half_hours, action, place, role });
                }
            }
            turn += 1;
            monday = after(monday, 7);
        }
    }
    days.sort_by_key(|worked| (worked.date, worked.worker));
    days
}

/// Hours given by volunteers.
pub(crate) struct Volunteering {
    pub(crate) date: Date,
    /// Half hours.
    pub(crate) half_hours: i64,
    pub(crate) action: &'static str,
    pub(crate) category: &'static str,
    /// What the cell shows: one of them is a day that does not exist.
    pub(crate) shown: String,
}

/// From, category, cents an hour.
type Rate = ((i32, u32, u32), Option<&'static str>, i64);

/// The rates, as in `bilan.toml`.
pub(crate) const RATES: &[Rate] = &[
    ((2024, 10, 1), None, 1165),
    ((2024, 11, 1), None, 1188),
    ((2026, 1, 1), None, 1202),
    ((2024, 10, 1), Some("expertise"), 2200),
];

impl Volunteering {
    pub(crate) fn year(&self) -> i32 {
        self.date.year()
    }

    /// Value in cents; the row with the impossible day has none.
    pub(crate) fn value(&self) -> i64 {
        if self.shown == IMPOSSIBLE {
            return 0;
        }
        let own = RATES.iter().any(|(_, category, _)| *category == Some(self.category));
        let rate = RATES
            .iter()
            .rfind(|((y, m, d), category, _)| {
                day(*y, *m, *d) <= self.date && *category == own.then_some(self.category)
            })
            .map_or(0, |(.., rate)| *rate);
        self.half_hours * rate / 2
    }
}

/// A day that does not exist, in Bénévolat.
pub(crate) const IMPOSSIBLE: &str = "31/06/2026";

/// Hours given, more each quarter.
pub(crate) fn volunteering(rng: &mut Rng) -> Vec<Volunteering> {
    let mut list = Vec::new();
    let mut date = day(2024, 10, 12);
    while date <= day(2026, 9, 27) {
        let months = i64::from((date.year() - 2024) * 12 + date.month() as i32 - 10);
        let action = rng.pick(&["A01", "A01", "A05", "A04", "A10"]);
        let category = if rng.chance(22) { "expertise" } else { "animation" };
        let most = if category == "expertise" { 12 } else { 24 + months };
        let half_hours = rng.between(most / 2, most) / 2 * 2;
        list.push(Volunteering { date, half_hours, action, category, shown: french(date) });
        date = after(date, rng.between(4, 9));
    }
    let near = list.iter().position(|v| v.date >= day(2026, 6, 24)).unwrap_or(0);
    list[near].shown = IMPOSSIBLE.to_owned();
    list
}

/// Indicator, period (empty: cumulative), limit, target.
pub(crate) const TARGETS: &[(&str, &str, f64, f64)] = &[
    ("participants_uniques", "2026-T3", 150.0, 350.0),
    ("participants_uniques", "", 300.0, 950.0),
    ("nouveaux", "2026-T3", 40.0, 160.0),
    ("participations", "2026-T3", 250.0, 900.0),
    ("participations", "", 1000.0, 5000.0),
    ("nouvelles_synergies", "2026-T3", 5.0, 35.0),
    ("nouvelles_synergies", "", 20.0, 200.0),
    ("financeurs_effectifs", "2026-T3", 1.0, 3.0),
    ("dependance", "2026-T3", 1.0, 0.5),
    ("comites_suivi", "2026-T3", 0.0, 3.0),
    ("comites_suivi", "", 12.0, 24.0),
    ("comites_coordination", "2026-T3", 0.0, 3.0),
    ("comites_coordination", "", 12.0, 24.0),
    ("projets_avec_gouvernance", "2026-T3", 5.0, 30.0),
    ("porteurs_accompagnes", "2026-T3", 5.0, 30.0),
    ("porteurs_accompagnes", "", 20.0, 80.0),
    ("seances", "2026-T3", 2.0, 12.0),
    ("seances", "", 10.0, 55.0),
    ("rencontres_elus", "2026-T3", 0.0, 4.0),
    ("rencontres_elus", "", 6.0, 12.0),
];
