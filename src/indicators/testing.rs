//! Small programmes for tests, built by hand: each call adds one record (and says its table is given),
//! a closure fills what matters. Indices are in order of the calls.

use super::{Base, Cell, Reading, Scope, Value, evidence, find};
use crate::finding::SheetPath;
use crate::period::{Quarter, Window, WindowKind};
use crate::programme::{
    Activity, BudgetLine, Communication, Cooperation, Declarant, Funding, Learning, Organisation,
    Origin, Partnership, Person, PlannedAction, Presence, Programme, Project, Stage, Territory,
    Timesheet, Treasury, Volunteering,
};
use crate::schema::TableId;
use crate::settings::Settings;
use chrono::NaiveDate;

/// A day from `2026-07-01`.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Settings with every default.
pub(crate) fn settings() -> Settings {
    Settings { categories: 12, ..Settings::new("inputs".into(), day("2026-10-15")) }
}

/// The window of the quarter `2026-T3`, as the report's own.
pub(crate) fn quarter(text: &str) -> Window {
    Window::quarter(WindowKind::Quarter, text.parse().expect("a quarter"))
}

/// From a day to the end of a quarter.
pub(crate) fn cumulative(start: &str, quarter: &str) -> Window {
    let last: Quarter = quarter.parse().expect("a quarter");
    Window { kind: WindowKind::Cumulative, start: day(start), end: last.end() }
}

/// What an indicator says of a cell.
pub(crate) fn readings(
    programme: &Programme,
    id: &str,
    scope: Scope,
    window: Window,
) -> Vec<Reading> {
    let indicator = find(id).unwrap_or_else(|| panic!("no indicator {id}"));
    let settings = settings();
    let rows = evidence(indicator, programme, &settings, scope, window);
    let rows = rows.iter().collect();
    let base = Base::new(programme, &settings);
    let cell = Cell { programme, settings: &settings, base: &base, scope, window, rows };
    super::measure_cell(indicator, &cell, None).into_iter().map(|m| m.reading).collect()
}

/// The headline reading of an indicator for the programme.
pub(crate) fn headline(programme: &Programme, id: &str, window: Window) -> Reading {
    readings(programme, id, Scope::Programme, window)
        .into_iter()
        .find(|r| r.dimension.is_empty())
        .unwrap_or_else(|| panic!("no headline for {id}"))
}

/// The headline value of an indicator for the programme.
pub(crate) fn value(programme: &Programme, id: &str, window: Window) -> Value {
    headline(programme, id, window).value
}

/// A breakdown of an indicator for the programme, as (modality, value).
pub(crate) fn breakdown(
    programme: &Programme,
    id: &str,
    window: Window,
    dimension: &str,
) -> Vec<(String, Value)> {
    readings(programme, id, Scope::Programme, window)
        .into_iter()
        .filter(|r| r.dimension == dimension)
        .map(|r| (r.modality, r.value))
        .collect()
}

/// A programme in the making.
#[derive(Debug, Clone, Default)]
pub(crate) struct Builder {
    programme: Programme,
    row: u32,
}

impl Builder {
    /// An empty programme, no table given.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Says a table was given, even if empty.
    pub(crate) fn given(mut self, tables: &[TableId]) -> Self {
        self.programme.given.extend(tables);
        self
    }

    /// The programme.
    pub(crate) fn build(self) -> Programme {
        self.programme
    }

    fn origin(&mut self, table: TableId) -> Origin {
        self.programme.given.insert(table);
        self.row += 1;
        let at = SheetPath { file: "programme.xlsx".into(), sheet: table.spec().sheet.into() };
        Origin { at: at.into(), row: self.row }
    }

    /// Adds a territory.
    pub(crate) fn territory(mut self, name: &str, population: Option<f64>) -> Self {
        let origin = self.origin(TableId::Territories);
        let name = name.to_string();
        let territory =
            Territory { name, population, origin: Some(origin), ..Territory::default() };
        self.programme.territories.push(territory);
        self
    }

    /// Adds an organisation.
    pub(crate) fn organisation(mut self, name: &str, fill: impl FnOnce(&mut Organisation)) -> Self {
        let origin = Some(self.origin(TableId::Organisations));
        let mut organisation =
            Organisation { name: name.to_string(), origin, ..Organisation::default() };
        fill(&mut organisation);
        self.programme.organisations.push(organisation);
        self
    }

    /// Adds a person; their key is their number.
    pub(crate) fn person(mut self, fill: impl FnOnce(&mut Person)) -> Self {
        let origin = Some(self.origin(TableId::Participants));
        let number = self.programme.people.len() as u128;
        let mut person = Person { key: number.to_be_bytes(), origin, ..Person::default() };
        fill(&mut person);
        self.programme.people.push(person);
        self
    }

    /// Adds people of whom nothing is known.
    pub(crate) fn people(self, count: usize) -> Self {
        (0..count).fold(self, |builder, _| builder.person(|_| {}))
    }

    /// Adds a project with its dated stages.
    pub(crate) fn project(
        mut self,
        stages: &[(Stage, &str)],
        fill: impl FnOnce(&mut Project),
    ) -> Self {
        let origin = self.origin(TableId::Projects);
        let id = format!("p{}", self.programme.projects.len());
        let mut project = Project {
            name: id.clone(),
            id,
            theme: None,
            territory: None,
            stages: stages.iter().map(|(stage, date)| (*stage, day(date))).collect(),
            declared: None,
            holder: None,
            steering: None,
            follow_up: None,
            origin,
        };
        fill(&mut project);
        self.programme.projects.push(project);
        self
    }

    /// Adds an activity.
    pub(crate) fn activity(mut self, date: &str, fill: impl FnOnce(&mut Activity)) -> Self {
        let origin = self.origin(TableId::Activities);
        let id = format!("a{}", self.programme.activities.len());
        let mut activity = Activity {
            title: id.clone(),
            id,
            date: day(date),
            kind: None,
            role: None,
            territory: None,
            commune: None,
            action: None,
            project: None,
            hours: None,
            anonymous: None,
            reached: None,
            organisers: Vec::new(),
            origin,
        };
        fill(&mut activity);
        self.programme.activities.push(activity);
        self
    }

    /// Puts people at an activity, without a role.
    pub(crate) fn present(self, activity: usize, people: &[usize]) -> Self {
        people.iter().fold(self, |builder, person| builder.present_as(activity, *person, None))
    }

    /// Puts a person at an activity, with a role.
    pub(crate) fn present_as(mut self, activity: usize, person: usize, role: Option<&str>) -> Self {
        let origin = self.origin(TableId::Attendance);
        let role = role.map(str::to_string);
        self.programme.attendance.push(Presence {
            activity,
            person,
            role: role.map(Into::into),
            origin,
        });
        self
    }

    /// Puts an organisation in a project.
    pub(crate) fn partnership(
        mut self,
        project: usize,
        organisation: usize,
        from: Option<&str>,
    ) -> Self {
        let origin = self.origin(TableId::Partnerships);
        let from = from.map(day);
        let partnership = Partnership { project, organisation, role: None, from, to: None, origin };
        self.programme.partnerships.push(partnership);
        self
    }

    /// States a cooperation level.
    pub(crate) fn cooperation(
        mut self,
        (a, b): (usize, usize),
        level: u8,
        date: &str,
        declarant: Declarant,
    ) -> Self {
        let origin = self.origin(TableId::Cooperations);
        let date = day(date);
        self.programme.cooperations.push(Cooperation { a, b, level, date, declarant, origin });
        self
    }

    /// Adds a funding line that is ours.
    pub(crate) fn funding(mut self, funder: &str, fill: impl FnOnce(&mut Funding)) -> Self {
        let origin = self.origin(TableId::Funding);
        let mut line =
            Funding { funder: funder.to_string(), ours: true, origin, ..Funding::default() };
        fill(&mut line);
        self.programme.funding.push(line);
        self
    }

    /// Adds a budget line.
    pub(crate) fn budget(
        mut self,
        year: i32,
        account: &str,
        fill: impl FnOnce(&mut BudgetLine),
    ) -> Self {
        let origin = self.origin(TableId::Budget);
        let account = account.to_string();
        let mut line = BudgetLine { year, account, origin, ..BudgetLine::default() };
        fill(&mut line);
        self.programme.budget.push(line);
        self
    }

    /// Adds a line of the action plan.
    pub(crate) fn action(mut self, id: &str, fill: impl FnOnce(&mut PlannedAction)) -> Self {
        let origin = self.origin(TableId::ActionPlan);
        let mut action = PlannedAction { id: id.to_string(), origin, ..PlannedAction::default() };
        fill(&mut action);
        self.programme.actions.push(action);
        self
    }

    /// Adds hours worked.
    pub(crate) fn hours(mut self, date: &str, hours: f64, territory: Option<usize>) -> Self {
        let origin = self.origin(TableId::Timesheets);
        let date = day(date);
        let line =
            Timesheet { date, worker: 0, hours, action: None, territory, role: None, origin };
        self.programme.timesheets.push(line);
        self
    }

    /// Adds hours given by volunteers.
    pub(crate) fn volunteering(mut self, date: &str, hours: f64, category: Option<&str>) -> Self {
        let origin = self.origin(TableId::Volunteering);
        let (date, category) = (day(date), category.map(str::to_string));
        self.programme.volunteering.push(Volunteering {
            date,
            hours,
            action: None,
            category,
            origin,
        });
        self
    }

    /// Adds a state of the treasury, in cents.
    pub(crate) fn treasury(mut self, date: &str, available: i64) -> Self {
        let origin = self.origin(TableId::Treasury);
        let date = day(date);
        self.programme.treasury.push(Treasury {
            date,
            available,
            dedicated: None,
            debts: None,
            origin,
        });
        self
    }

    /// Adds a lesson.
    pub(crate) fn lesson(mut self, date: &str, kind: &str, territory: Option<usize>) -> Self {
        let origin = self.origin(TableId::Learning);
        let (date, kind) = (day(date), kind.to_string());
        let text = "texte".to_string();
        self.programme.learning.push(Learning {
            date,
            kind,
            text,
            territory,
            project: None,
            origin,
        });
        self
    }

    /// Adds a communication.
    pub(crate) fn communication(
        mut self,
        date: &str,
        mentions_ademe: Option<bool>,
        audience: Option<f64>,
    ) -> Self {
        let origin = self.origin(TableId::Communication);
        self.programme.communication.push(Communication {
            date: day(date),
            medium: "presse".to_string(),
            mentions_ademe,
            audience,
            link: None,
            origin,
        });
        self
    }
}
