//! A national-scale programme: how many rows of what, and who goes where. Sheets are in `sheets`.
//!
//! Five regional offices of four territories each keep their own attendance. People mostly go to the
//! activities of their own territory, some of them often and most of them seldom.

use super::words::{FUNDERS, Place, REGIONS, Region};
use crate::rng::Rng;
use chrono::{Days, NaiveDate};
use std::collections::BTreeSet;

/// Territories of a region.
const PLACES: usize = 4;
/// Days the activities spread over: the two years up to 30 September 2026.
const SPAN: usize = 730;
/// In a hundred participants, those who come from another territory of the region.
const VISITORS: usize = 10;

/// Rows of each table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counts {
    /// Attendance rows of each regional workbook.
    pub(crate) attendance: usize,
    pub(crate) people: usize,
    pub(crate) activities: usize,
    pub(crate) organisations: usize,
    pub(crate) cooperations: usize,
    pub(crate) funding: usize,
}

impl Counts {
    /// The national programme, made smaller.
    pub(crate) fn at(scale: f64) -> Self {
        let of = |rows: f64| (rows * scale).round() as usize;
        Self {
            attendance: of(200_000.0),
            people: of(50_000.0),
            activities: of(10_000.0),
            organisations: of(5_000.0),
            cooperations: of(30_000.0),
            funding: of(20_000.0),
        }
    }

    /// Attendance rows of all the workbooks.
    pub(crate) fn presences(&self) -> usize {
        self.attendance * REGIONS.len()
    }

    /// Rows of all the tables.
    pub(crate) fn rows(&self) -> usize {
        self.presences()
            + self.people
            + self.activities
            + self.organisations
            + self.cooperations
            + self.funding
    }
}

/// An activity and who was there.
pub(super) struct Activity {
    pub(super) id: String,
    pub(super) date: NaiveDate,
    /// Position of its territory in its region.
    pub(super) place: usize,
    /// Positions in the list of people.
    pub(super) present: Vec<usize>,
}

/// A regional office.
pub(super) struct Office {
    pub(super) region: &'static Region,
    /// In order of date.
    pub(super) activities: Vec<Activity>,
}

impl Office {
    /// Rows of its attendance.
    pub(super) fn presences(&self) -> usize {
        self.activities.iter().map(|activity| activity.present.len()).sum()
    }
}

/// First day of the activities.
pub(super) fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 10, 1).unwrap_or_default()
}

/// A day of the programme.
pub(super) fn some_day(rng: &mut Rng) -> NaiveDate {
    first_day() + Days::new(rng.below(SPAN) as u64)
}

/// The territory something belongs to when things are dealt out to territories in turn: region and
/// position in it.
pub(super) fn dealt(index: usize) -> (&'static Region, &'static Place) {
    let region = &REGIONS[index % REGIONS.len()];
    (region, &region.places[index / REGIONS.len() % PLACES])
}

/// The name a funder of some territory goes by, and its category.
pub(super) fn funder(rng: &mut Rng, region: &Region, place: &Place) -> (String, &'static str) {
    let (name, category) = rng.pick(&FUNDERS);
    match category {
        "État" | "Région" | "Département" => (format!("{name} {}", region.name), category),
        _ => (format!("{name} {}", place.name), category),
    }
}

/// The activities of every office and who was there.
pub(super) fn offices(counts: &Counts) -> Vec<Office> {
    let mut rng = Rng::new(1);
    let mut number = 0;
    let mut office = |index: usize, region: &'static Region| {
        let own = (0..counts.activities).filter(|a| a % REGIONS.len() == index).count();
        let mut days: Vec<NaiveDate> = (0..own).map(|_| some_day(&mut rng)).collect();
        days.sort_unstable();
        let sizes = sizes(&mut rng, own, counts.attendance);
        let activities = days.into_iter().zip(sizes).map(|(date, size)| {
            number += 1;
            let place = rng.below(PLACES);
            let present = crowd(&mut rng, counts.people, (index, place), size);
            Activity { id: format!("A{number:05}"), date, place, present }
        });
        Office { region, activities: activities.collect() }
    };
    REGIONS.iter().enumerate().map(|(index, region)| office(index, region)).collect()
}

/// People at each activity: around the mean, exactly `total` in all.
fn sizes(rng: &mut Rng, activities: usize, total: usize) -> Vec<usize> {
    let mean = total / activities.max(1);
    let mut sizes: Vec<usize> =
        (0..activities).map(|_| mean / 2 + rng.below(mean.max(1))).collect();
    let mut sum: usize = sizes.iter().sum();
    let mut at = 0;
    while sum != total && !sizes.is_empty() {
        let size = &mut sizes[at % activities];
        if sum < total {
            (*size, sum) = (*size + 1, sum + 1);
        } else if *size > 1 {
            (*size, sum) = (*size - 1, sum - 1);
        }
        at += 1;
    }
    sizes
}

/// Different people for an activity, most of them of its territory. Those of the lowest numbers come
/// most often.
fn crowd(rng: &mut Rng, people: usize, (region, place): (usize, usize), size: usize) -> Vec<usize> {
    let step = REGIONS.len() * PLACES;
    let of_place = people / step;
    let mut present = BTreeSet::new();
    while present.len() < size.min(of_place * PLACES) {
        let home = if rng.below(100) < VISITORS { rng.below(PLACES) } else { place };
        let rank = rng.below(of_place).min(rng.below(of_place));
        // As `dealt` deals people to territories.
        present.insert(rank * step + home * REGIONS.len() + region);
    }
    let mut present: Vec<usize> = present.into_iter().collect();
    rng.shuffle(&mut present);
    present
}
