//! Hours worked, hours given, targets.

use super::days::{Date, after, day, french};
use super::rng::Rng;
use chrono::Datelike;

/// Week of a chargé de mission.
pub(crate) struct Week {
    pub(crate) date: Date,
    pub(crate) worker: &'static str,
    /// Half hours.
    pub(crate) half_hours: i64,
    pub(crate) action: &'static str,
    pub(crate) place: &'static str,
    pub(crate) role: &'static str,
}

/// Two chargés de mission, three lines a week each, but for holidays.
pub(crate) fn timesheets(rng: &mut Rng) -> Vec<Week> {
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
        ("Camille Rousselot", day(2024, 10, 7), 66, ["Sucy-en-Brie", "Alfortville"]),
        ("Idriss Benhaddou", day(2025, 1, 6), 54, ["Paris 18e", "Sucy-en-Brie"]),
    ];
    let mut weeks = Vec::new();
    for (worker, start, total, places) in workers {
        let mut monday = start;
        let mut turn = 0;
        while monday <= day(2026, 9, 28) {
            let holiday = monday.month() == 8 || (monday.month() == 12 && monday.day() > 21);
            if !holiday {
                let place = places[usize::from(turn % 3 == 2 && monday >= day(2025, 4, 1))];
                for n in 0..3 {
                    let half_hours = total / 3 + rng.between(-3, 2);
                    let (action, role) = work[(turn + 3 * n) % work.len()];
                    weeks.push(Week { date: monday, worker, half_hours, action, place, role });
                }
            }
            turn += 1;
            monday = after(monday, 7);
        }
    }
    weeks.sort_by_key(|week| (week.date, week.worker));
    weeks
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

/// From, category, cents an hour: as in `bilan.toml`.
pub(crate) const RATES: &[((i32, u32, u32), Option<&str>, i64)] = &[
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
            .filter(|((y, m, d), category, _)| {
                day(*y, *m, *d) <= self.date && *category == own.then_some(self.category)
            })
            .next_back()
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
    ("participants_uniques", "2026-T3", 150.0, 320.0),
    ("participants_uniques", "", 300.0, 850.0),
    ("nouveaux", "2026-T3", 40.0, 120.0),
    ("participations", "2026-T3", 250.0, 600.0),
    ("participations", "", 1000.0, 3500.0),
    ("nouvelles_synergies", "2026-T3", 0.0, 10.0),
    ("nouvelles_synergies", "", 10.0, 60.0),
    ("financeurs_effectifs", "2026-T3", 1.0, 3.0),
    ("dependance", "2026-T3", 1.0, 0.5),
    ("comites_suivi", "2026-T3", 0.0, 3.0),
    ("comites_suivi", "", 12.0, 24.0),
    ("comites_coordination", "2026-T3", 0.0, 3.0),
    ("comites_coordination", "", 12.0, 24.0),
    ("projets_avec_gouvernance", "2026-T3", 2.0, 15.0),
    ("porteurs_accompagnes", "2026-T3", 5.0, 20.0),
    ("porteurs_accompagnes", "", 20.0, 80.0),
    ("seances", "2026-T3", 15.0, 40.0),
    ("seances", "", 100.0, 210.0),
    ("rencontres_elus", "2026-T3", 0.0, 3.0),
    ("rencontres_elus", "", 6.0, 12.0),
];
