//! The Cerfa financial report, the budget over several years, the trajectory of diversification.

use crate::indicators::Scope;
use crate::locale;
use crate::period::WindowKind::History;
use crate::programme::BudgetLine;
use crate::report::compose::Material;
use crate::report::quarterly::absent;
use crate::report::{Block, Cell, Format, Table};
use crate::schema::TableId;
use crate::schema::cerfa::{self, CHARGES, CerfaLine, INCOME};
use crate::stats::diversity;
use chrono::Datelike;
use std::collections::{BTreeMap, BTreeSet};

/// Planned and actual, cents.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    planned: i64,
    actual: Option<i64>,
}

impl Sums {
    fn add(&mut self, line: &BudgetLine) {
        self.planned += line.planned.unwrap_or(0);
        if let Some(actual) = line.actual {
            *self.actual.get_or_insert(0) += actual;
        }
    }

    fn merge(&mut self, other: Self) {
        self.planned += other.planned;
        if let Some(actual) = other.actual {
            *self.actual.get_or_insert(0) += actual;
        }
    }
}

/// Sums by Cerfa account for a year.
fn sums(m: &Material<'_>, year: i32) -> BTreeMap<&'static str, Sums> {
    let mut sums: BTreeMap<&'static str, Sums> = BTreeMap::new();
    for line in m.programme.budget.iter().filter(|b| b.year == year) {
        if let Some(cerfa) = cerfa::line(&line.account) {
            sums.entry(cerfa.account).or_default().add(line);
        }
    }
    sums
}

/// The year of the report, or the latest of the budget before it.
fn year(m: &Material<'_>) -> Option<i32> {
    let end = m.quarter().end().year();
    let years: BTreeSet<i32> = m.programme.budget.iter().map(|b| b.year).collect();
    years.range(..=end).next_back().or_else(|| years.first()).copied()
}

/// CHARGES and PRODUITS of the Cerfa 15059*02, with totals and the phrase of the form.
pub(super) fn cerfa(m: &Material<'_>) -> Vec<Block> {
    let Some(year) = year(m) else { return vec![absent(m, TableId::Budget)] };
    let sums = sums(m, year);
    let mut blocks = Vec::new();
    for (key, lines) in [("charges", CHARGES), ("produits", INCOME)] {
        blocks.push(Block::Table(side(m, key, lines, &sums, year)));
    }
    blocks.extend(phrase(m, &sums, year));
    blocks
}

fn side(
    m: &Material<'_>,
    key: &str,
    lines: &[CerfaLine],
    sums: &BTreeMap<&'static str, Sums>,
    year: i32,
) -> Table {
    let mut table = Table::new(
        format!("cerfa_{key}"),
        m.fill(&format!("cerfa.{key}"), &[("annee", year.to_string())]),
        [
            (m.t("colonne.compte"), Format::Text, 0.9),
            (m.t("colonne.libelle"), Format::Text, 4.4),
            (m.t("colonne.prevision"), Format::Euro, 1.4),
            (m.t("colonne.realisation"), Format::Euro, 1.4),
            (m.t("colonne.pourcent"), Format::Percent, 1.0),
        ],
    );
    let mut total = Sums::default();
    for heading in lines.iter().filter(|l| l.account == l.heading && !l.outside) {
        total.merge(push_heading(m, &mut table, heading, lines, sums));
    }
    let label = m.t(&format!("cerfa.total_{key}"));
    table.push_strong(row(m, "", &label, total));
    for heading in lines.iter().filter(|l| l.account == l.heading && l.outside) {
        push_heading(m, &mut table, heading, lines, sums);
    }
    table.notes.push(m.t("cerfa.note_hors_total"));
    table
}

/// A heading with the sum of its lines, then those of its lines that hold something.
fn push_heading(
    m: &Material<'_>,
    table: &mut Table,
    heading: &CerfaLine,
    lines: &[CerfaLine],
    sums: &BTreeMap<&'static str, Sums>,
) -> Sums {
    let mut total = Sums::default();
    let members: Vec<&CerfaLine> = lines.iter().filter(|l| l.heading == heading.heading).collect();
    for member in &members {
        total.merge(sums.get(member.account).copied().unwrap_or_default());
    }
    table.push_strong(row(m, heading.account, heading.label, total));
    for member in members.iter().filter(|l| l.account != heading.account) {
        if let Some(sums) = sums.get(member.account) {
            table.push(row(m, member.account, member.label, *sums));
        }
    }
    total
}

fn row(m: &Material<'_>, account: &str, label: &str, sums: Sums) -> Vec<Cell> {
    let share = sums.actual.filter(|_| sums.planned != 0).map(|a| a as f64 / sums.planned as f64);
    vec![
        Cell::text(account),
        Cell::text(label),
        Cell::cents(Some(sums.planned), m.texts),
        Cell::cents(sums.actual, m.texts),
        share.map_or_else(Cell::none, |s| Cell::number(s, Format::Percent, m.texts)),
    ]
}

/// « La subvention de … € représente … % du total des produits »: on what was received when some of
/// it is known, else on what was planned, never a mix.
fn phrase(m: &Material<'_>, sums: &BTreeMap<&'static str, Sums>, year: i32) -> Option<Block> {
    let income = || INCOME.iter().filter(|l| !l.outside).filter_map(|l| sums.get(l.account));
    let actual: i64 = income().filter_map(|s| s.actual).sum();
    let (basis, total, ademe) = if actual > 0 {
        ("realises", actual, ademe(m, year, |b| b.actual))
    } else {
        ("prevus", income().map(|s| s.planned).sum(), ademe(m, year, |b| b.planned))
    };
    (total > 0 && ademe > 0).then(|| Block::Paragraph {
        text: m.fill(
            &format!("cerfa.phrase_{basis}"),
            &[
                ("montant", m.euros(ademe)),
                ("part", locale::percent(m.texts.lang, ademe as f64 / total as f64)),
                ("annee", year.to_string()),
            ],
        ),
    })
}

/// What ADEME brings in a year, cents: the lines of account 74 that name it; when none does, all of
/// *Autres établissements publics*, its line of the form.
pub(super) fn ademe(m: &Material<'_>, year: i32, amount: fn(&BudgetLine) -> Option<i64>) -> i64 {
    let of_year = || m.programme.budget.iter().filter(move |b| b.year == year);
    let named = |b: &&BudgetLine| {
        let label = b.label.as_deref().map(crate::texts::plain).unwrap_or_default();
        b.account.starts_with("74") && label.split(' ').any(|word| word == "ademe")
    };
    let line = |b: &&BudgetLine| cerfa::line(&b.account).is_some_and(|l| l.account == "74etp");
    if of_year().any(|b| named(&b)) {
        of_year().filter(named).filter_map(amount).sum()
    } else {
        of_year().filter(line).filter_map(amount).sum()
    }
}

/// The budget in the form's headings, year by year.
pub(super) fn years(m: &Material<'_>) -> Vec<Block> {
    let Some(first) = year(m) else { return vec![absent(m, TableId::Budget)] };
    let years: BTreeSet<i32> = m
        .programme
        .budget
        .iter()
        .map(|b| b.year)
        .filter(|y| (first - 1..=first + 2).contains(y))
        .collect();
    let by_year: BTreeMap<i32, BTreeMap<&'static str, Sums>> =
        years.iter().map(|y| (*y, sums(m, *y))).collect();
    let mut table = Table::new(
        "budget_pluriannuel",
        m.t("dossier.pluriannuel.tableau"),
        [(m.t("colonne.compte"), Format::Text, 0.9), (m.t("colonne.libelle"), Format::Text, 4.0)]
            .into_iter()
            .chain(years.iter().map(|y| {
                (m.fill("colonne.prevu_annee", &[("annee", y.to_string())]), Format::Euro, 1.3)
            })),
    );
    for (key, lines) in [("charges", CHARGES), ("produits", INCOME)] {
        let planned = |heading: &CerfaLine, year: &i32| {
            lines
                .iter()
                .filter(|l| l.heading == heading.heading)
                .filter_map(|l| by_year[year].get(l.account))
                .map(|s| s.planned)
                .sum::<i64>()
        };
        let headings: Vec<&CerfaLine> = lines.iter().filter(|l| l.account == l.heading).collect();
        for heading in headings.iter().filter(|h| years.iter().any(|y| planned(h, y) != 0)) {
            let mut cells = vec![Cell::text(heading.account), Cell::text(heading.label)];
            cells.extend(years.iter().map(|y| Cell::cents(Some(planned(heading, y)), m.texts)));
            table.push(cells);
        }
        let mut cells = vec![Cell::none(), Cell::text(m.t(&format!("cerfa.total_{key}")))];
        cells.extend(years.iter().map(|y| {
            let total = headings.iter().filter(|h| !h.outside).map(|h| planned(h, y)).sum();
            Cell::cents(Some(total), m.texts)
        }));
        table.push_strong(cells);
    }
    table.notes.push(m.t("cerfa.note_hors_total"));
    if years.range(first + 1..).next().is_none() {
        table.notes.push(m.t("dossier.pluriannuel.note"));
    }
    vec![Block::Table(table)]
}

/// Concentration by calendar year, from the amounts of its quarters.
pub(super) fn trajectory(m: &Material<'_>) -> Option<Block> {
    let mut years: BTreeMap<i32, BTreeMap<&str, f64>> = BTreeMap::new();
    for part in m.breakdown("parts", Scope::Programme, History, "financeur") {
        let amount = part.reading.numerator.unwrap_or(0.0);
        let year = part.window.end.year();
        *years.entry(year).or_default().entry(&part.reading.modality).or_default() += amount;
    }
    let mut table = Table::new(
        "trajectoire",
        m.t("dossier.situation.trajectoire"),
        [
            (m.t("colonne.annee"), Format::Text, 1.0),
            (m.t("colonne.montant"), Format::Euro, 1.5),
            (m.t("colonne.financeurs"), Format::Integer, 1.2),
            (m.name("hhi"), Format::Decimal3, 1.6),
            (m.name("financeurs_effectifs"), Format::Decimal3, 1.6),
            (m.name("dependance"), Format::Percent, 1.6),
        ],
    );
    for (year, amounts) in years {
        let amounts: Vec<f64> = amounts.into_values().filter(|a| *a > 0.0).collect();
        let total: f64 = amounts.iter().sum();
        let Some(hhi) = diversity::hhi(&amounts) else { continue };
        let largest = amounts.iter().copied().fold(0.0, f64::max);
        table.push(vec![
            Cell::text(year.to_string()),
            Cell::number(total, Format::Euro, m.texts),
            Cell::number(amounts.len() as f64, Format::Integer, m.texts),
            Cell::number(hhi, Format::Decimal3, m.texts),
            Cell::number(1.0 / hhi, Format::Decimal3, m.texts),
            Cell::number(largest / total, Format::Percent, m.texts),
        ]);
    }
    table.notes.push(m.t("dossier.situation.note_annee"));
    (!table.rows.is_empty()).then_some(Block::Table(table))
}
