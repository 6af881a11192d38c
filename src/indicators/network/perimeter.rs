//! The perimeter V_t: organisations present at a date.
//!
//! An organisation is in from its *date d'entrée*, or from the first dated record that names it if that
//! is earlier. One that *Structures* lists without any date is in from the start. None ever leaves: no
//! table dates it.

use crate::programme::{OrganisationIx, Origin, Programme, Project, TerritoryIx, TerritorySet};
use chrono::NaiveDate;

/// How an organisation came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// First day; `None` = from the start.
    pub date: Option<NaiveDate>,
    /// Row that says so.
    pub origin: Origin,
}

/// Entries and territories of every organisation.
#[derive(Debug, Clone, Default)]
pub struct Perimeter {
    entries: Vec<Option<Entry>>,
    territories: Vec<TerritorySet>,
}

impl Perimeter {
    /// The perimeter of a programme, over time.
    pub fn of(programme: &Programme) -> Self {
        let count = programme.organisations.len();
        let mut perimeter =
            Self { entries: vec![None; count], territories: vec![TerritorySet::default(); count] };
        perimeter.see_structures(programme);
        perimeter.see_cooperation(programme);
        perimeter.see_activities(programme);
        for (organisation, known) in programme.organisations.iter().enumerate() {
            // What Structures says wins over where the organisation was seen.
            if !known.territories.is_empty() {
                perimeter.territories[organisation] = known.territories;
            }
            if let (None, Some(origin)) = (&perimeter.entries[organisation], &known.origin) {
                let entry = Entry { date: None, origin: origin.clone() };
                perimeter.entries[organisation] = Some(entry);
            }
        }
        perimeter
    }

    fn see_structures(&mut self, programme: &Programme) {
        for (organisation, known) in programme.organisations.iter().enumerate() {
            if let (Some(origin), Some(joined)) = (&known.origin, known.joined) {
                self.see(organisation, Some(joined), None, origin);
            }
        }
    }

    fn see_cooperation(&mut self, programme: &Programme) {
        for said in &programme.cooperations {
            self.see(said.a, Some(said.date), None, &said.origin);
            self.see(said.b, Some(said.date), None, &said.origin);
        }
        for partner in &programme.partnerships {
            let project = &programme.projects[partner.project];
            let date = partner.from.or(begun(project));
            self.see(partner.organisation, date, project.territory, &partner.origin);
        }
        for project in &programme.projects {
            if let Some(holder) = project.holder {
                self.see(holder, begun(project), project.territory, &project.origin);
            }
        }
    }

    fn see_activities(&mut self, programme: &Programme) {
        for activity in &programme.activities {
            for organiser in &activity.organisers {
                self.see(*organiser, Some(activity.date), activity.territory, &activity.origin);
            }
        }
        for presence in &programme.attendance {
            let activity = &programme.activities[presence.activity];
            if let Some(organisation) = programme.people[presence.person].organisation {
                self.see(organisation, Some(activity.date), activity.territory, &presence.origin);
            }
        }
    }

    /// Notes a record that names an organisation; the earliest stands, then the first row.
    fn see(
        &mut self,
        organisation: OrganisationIx,
        date: Option<NaiveDate>,
        territory: Option<TerritoryIx>,
        origin: &Origin,
    ) {
        if let Some(territory) = territory {
            self.territories[organisation].insert(territory);
        }
        if date.is_none() {
            return;
        }
        let known = &mut self.entries[organisation];
        let earlier = known.as_ref().is_none_or(|k| (date, origin) < (k.date, &k.origin));
        if earlier {
            *known = Some(Entry { date, origin: origin.clone() });
        }
    }

    /// Every organisation that ever comes in, in order.
    pub fn entries(&self) -> impl Iterator<Item = (OrganisationIx, &Entry)> {
        self.entries.iter().enumerate().filter_map(|(o, entry)| Some((o, entry.as_ref()?)))
    }

    /// Whether an organisation is in at the end of a day.
    pub fn contains(&self, organisation: OrganisationIx, date: NaiveDate) -> bool {
        self.entries[organisation].as_ref().is_some_and(|e| e.date.is_none_or(|d| d <= date))
    }

    /// Organisations in at the end of a day, in order.
    pub fn at(&self, date: NaiveDate) -> Vec<OrganisationIx> {
        (0..self.entries.len()).filter(|o| self.contains(*o, date)).collect()
    }

    /// Territories of an organisation: as *Structures* says, else where it was seen.
    pub fn territories(&self, organisation: OrganisationIx) -> TerritorySet {
        self.territories[organisation]
    }
}

/// First dated stage of a project.
fn begun(project: &Project) -> Option<NaiveDate> {
    project.stages.iter().map(|(_, date)| *date).min()
}
