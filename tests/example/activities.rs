//! The two hundred and twenty activities, and who came.

use super::cast::{ORGANISATIONS, PLACES};
use super::days::{Date, QUARTERS, after, month_start, quarter_of, quarter_start, working};
use super::people::{Person, start_of};
use super::plan_data::{KINDS, Kind};
use super::projects::Project;
use super::rng::Rng;
use std::collections::BTreeSet;

/// An activity.
pub(crate) struct Activity {
    pub(crate) id: String,
    pub(crate) date: Date,
    pub(crate) title: String,
    pub(crate) kind: &'static Kind,
    pub(crate) place: usize,
    pub(crate) project: Option<usize>,
    /// Half hours.
    pub(crate) half_hours: i64,
    pub(crate) anonymous: Option<i64>,
    pub(crate) reached: Option<i64>,
    pub(crate) organisers: Vec<&'static str>,
    /// Registration is on line.
    pub(crate) online: bool,
}

/// Who came to what: place of the activity, place of the person, role, registered on line.
pub(crate) type Presence = (usize, usize, &'static str, bool);

/// The activities, in order of date, numbered by territory.
pub(crate) fn activities(projects: &[Project], rng: &mut Rng) -> Vec<Activity> {
    let mut list = Vec::new();
    let mut turn = 0;
    for quarter in 0..QUARTERS {
        for kind in KINDS {
            for n in 0..kind.by_quarter[quarter] {
                list.push(activity(kind, quarter, n, projects, &mut turn, rng));
            }
        }
    }
    list.sort_by_key(|a| (a.date, a.place, a.kind.label));
    let mut numbers = [0; 3];
    let mut online = 0;
    for activity in &mut list {
        numbers[activity.place] += 1;
        activity.id = format!("{}-{:03}", PLACES[activity.place].prefix, numbers[activity.place]);
        let open = matches!(activity.kind.label, "formation" | "conférence");
        activity.online = open && quarter_of(activity.date) >= 2 && {
            online += 1;
            online % 2 == 0
        };
    }
    list
}

fn activity(
    kind: &'static Kind,
    quarter: usize,
    n: usize,
    projects: &[Project],
    turn: &mut usize,
    rng: &mut Rng,
) -> Activity {
    // No committee in August.
    let committee = kind.label.starts_with("comité");
    let date = if committee {
        let month = if n == 1 && quarter % 4 == 3 { 2 } else { n } as u32;
        let from = if kind.label == "comité de suivi" { 16 } else { 2 };
        working(after(month_start(3 * quarter as u32 + month), from + rng.between(0, 8)))
    } else {
        working(after(quarter_start(quarter), rng.between(1, 86)))
    };
    let open: Vec<usize> = (0..3).filter(|p| start_of(*p) <= quarter).collect();
    // Five turns in twelve in Sucy, four in Paris, three in Alfortville.
    let wanted = [0, 1, 2, 0, 1, 0, 2, 1, 0, 1, 2, 0][*turn % 12];
    *turn += 1;
    let mut place = if open.contains(&wanted) { wanted } else { open[*turn % open.len()] };
    let title = rng.pick(kind.titles);
    let about = title.contains("{}").then(|| {
        let alive: Vec<usize> = projects
            .iter()
            .enumerate()
            .filter(|(_, p)| p.since(0).is_some_and(|d| d <= date))
            .filter(|(_, p)| p.since(5).or(p.since(6)).is_none_or(|d| d > date))
            .map(|(i, _)| i)
            .collect();
        let local: Vec<usize> =
            alive.iter().copied().filter(|i| projects[*i].place == place).collect();
        rng.pick(if local.is_empty() { &alive } else { &local })
    });
    if let Some(project) = about {
        place = projects[project].place;
    }
    let title = about.map_or_else(
        || title.to_owned(),
        |project| title.replace("{}", &within(projects[project].name)),
    );
    let count = |range: (i64, i64), rng: &mut Rng| {
        (range.1 > 0).then(|| rng.between(range.0, range.1)).filter(|n| *n > 0)
    };
    Activity {
        id: String::new(),
        date,
        title,
        kind,
        place,
        project: about,
        half_hours: rng.between(kind.half_hours.0, kind.half_hours.1),
        anonymous: count(kind.anonymous, rng),
        reached: count(kind.reached, rng),
        organisers: organisers(place, quarter, kind, rng),
        online: false,
    }
}

/// A name inside a sentence: its first letter small.
fn within(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |c| c.to_lowercase().chain(letters).collect())
}

/// The host of the territory, and others more and more often.
fn organisers(place: usize, quarter: usize, kind: &Kind, rng: &mut Rng) -> Vec<&'static str> {
    let mut list = vec![PLACES[place].host];
    if matches!(kind.label, "accompagnement" | "contact financeur" | "rencontre élus" | "conseil")
    {
        return list;
    }
    let local: Vec<&'static str> = ORGANISATIONS
        .iter()
        .filter(|o| o.4.contains(PLACES[place].letter) && o.4.len() < 3 && o.6 <= quarter)
        .map(|o| o.0)
        .collect();
    for _ in 0..rng.between(0, 1 + quarter as i64 / 3) {
        let other = rng.pick(&local);
        if !list.contains(&other) {
            list.push(other);
        }
    }
    list
}

/// Who came: newcomers of the quarter first, shared among the open activities, then those who come
/// back.
pub(crate) fn attendance(list: &[Activity], people: &[Person], rng: &mut Rng) -> Vec<Presence> {
    let mut presences = Vec::new();
    let mut seen = BTreeSet::new();
    for quarter in 0..QUARTERS {
        for place in 0..3 {
            let here: Vec<usize> = (0..list.len())
                .filter(|a| list[*a].place == place && quarter_of(list[*a].date) == quarter)
                .collect();
            closed(list, people, &here, quarter, &mut presences, &mut seen, rng);
            open(list, people, &here, (quarter, place), &mut presences, &mut seen, rng);
        }
    }
    presences.sort_by_key(|(activity, person, ..)| (*activity, *person));
    presences
}

/// Meetings by invitation: committees, appointments.
fn closed(
    list: &[Activity],
    people: &[Person],
    here: &[usize],
    quarter: usize,
    presences: &mut Vec<Presence>,
    seen: &mut BTreeSet<usize>,
    rng: &mut Rng,
) {
    for &a in here.iter().filter(|a| !is_open(&list[**a])) {
        let activity = &list[a];
        let may_come = |p: &Person| {
            p.arrival <= quarter
                && p.lives_in(activity.place)
                && match activity.kind.label {
                    "accompagnement" | "médiation" => {
                        p.project == activity.project
                            || (activity.kind.label == "médiation" && p.status == "bénévole")
                    }
                    "rencontre élus" => matches!(p.status, "élu" | "agent" | "salarié"),
                    "comité de suivi" => p.organisation.is_some(),
                    _ => matches!(p.status, "salarié" | "bénévole" | "porteur de projet"),
                }
        };
        let mut able: Vec<usize> = (0..people.len()).filter(|p| may_come(&people[*p])).collect();
        rng.shuffle(&mut able);
        // The same people sit on committees.
        able.sort_by_key(|p| std::cmp::Reverse(people[*p].loyalty / 3));
        let wanted = rng.between(activity.kind.named.0, activity.kind.named.1) as usize;
        for (n, p) in able.into_iter().take(wanted).enumerate() {
            let first = n == 0 && people[p].status != "élu";
            seen.insert(p);
            presences.push((a, p, if first { "organisateur" } else { "participant" }, false));
        }
    }
}

/// Activities open to all.
fn open(
    list: &[Activity],
    people: &[Person],
    here: &[usize],
    (quarter, place): (usize, usize),
    presences: &mut Vec<Presence>,
    seen: &mut BTreeSet<usize>,
    rng: &mut Rng,
) {
    let here: Vec<usize> = here.iter().copied().filter(|a| is_open(&list[*a])).collect();
    let mut fresh: Vec<usize> = (0..people.len())
        .filter(|p| people[*p].place == place && people[*p].arrival <= quarter && !seen.contains(p))
        .collect();
    rng.shuffle(&mut fresh);
    let wanted: Vec<i64> =
        here.iter().map(|a| rng.between(list[*a].kind.named.0, list[*a].kind.named.1)).collect();
    let seats: i64 = wanted.iter().sum();
    let mut arrivals = fresh.into_iter();
    let mut shared = 0;
    for (n, (&a, &wanted)) in here.iter().zip(&wanted).enumerate() {
        let due = (arrivals.len() as i64 * wanted + (seats - 1)) / (seats - shared).max(1);
        shared += wanted;
        let last = n + 1 == here.len();
        let take = if last { arrivals.len() } else { due.max(0) as usize };
        let mut came: Vec<usize> = arrivals.by_ref().take(take).collect();
        let mut urn: Vec<usize> = seen
            .iter()
            .copied()
            .filter(|p| people[*p].lives_in(place) && !came.contains(p))
            .flat_map(|p| {
                // Some drift away a year after they came.
                let tired = quarter > people[p].arrival + 3 && people[p].loyalty < 4;
                let away = if people[p].place == place { 2 } else { 5 };
                std::iter::repeat_n(p, if tired { 1 } else { away * people[p].loyalty })
            })
            .collect();
        rng.shuffle(&mut urn);
        for p in urn {
            if came.len() >= wanted as usize {
                break;
            }
            if !came.contains(&p) {
                came.push(p);
            }
        }
        seen.extend(came.iter().copied());
        for (rank, p) in came.into_iter().enumerate() {
            let helper = matches!(people[p].status, "bénévole" | "porteur de projet");
            let role = match list[a].kind.label {
                "stand" if helper || rank == 0 => "bénévole",
                "conférence" if rank == 0 => "intervenant",
                "formation" if rank == 0 => "intervenant",
                _ if helper && rng.chance(18) => "bénévole",
                _ if people[p].status == "salarié" && rng.chance(30) => "organisateur",
                _ => "participant",
            };
            presences.push((a, p, role, list[a].online && rank % 3 != 0));
        }
    }
}

fn is_open(activity: &Activity) -> bool {
    matches!(activity.kind.label, "atelier" | "formation" | "conférence" | "stand" | "concertation")
}
