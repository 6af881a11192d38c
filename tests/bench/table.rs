//! The table of results, in French.

use crate::parts::{self, Part};
use crate::probe::Mark;
use anyhow::{Context as _, Result};
use bilan::locale;
use bilan::texts::{Lang, Texts};
use std::io::Write as _;
use std::path::Path;

/// The whole run is to take at most this many times the sum of its irreducible parts.
const GOAL: f64 = 1.3;

/// A line of the table: seconds, seconds of processor and kilobytes of each pass.
pub(crate) struct Line {
    label: String,
    pub(crate) seconds: Vec<f64>,
    pub(crate) processor: Vec<f64>,
    pub(crate) peaks: Vec<f64>,
}

/// Prints the medians of the passes; each pass holds the marks of every part, in the order of
/// [`Part::ALL`].
pub(crate) fn print(folder: &Path, passes: &[Vec<Vec<Mark>>]) -> Result<()> {
    let files = parts::tables(folder)?;
    let books = files.iter().filter(|file| parts::is_workbook(file)).count();
    let mut lines = vec![
        format!("Dossier : {}", folder.display()),
        format!("Classeurs : {books}, fichiers délimités : {}", files.len() - books),
        format!(
            "Passages : {}, alternés ; médianes (et le plus court – le plus long)",
            passes.len()
        ),
        "Mémoire : pic de la mémoire résidente pendant l’étape".to_string(),
        String::new(),
        "La chaîne entière".to_string(),
    ];
    let whole = of_part(passes, Part::Whole);
    lines.extend(stages(&whole).iter().map(Line::words));
    let total = part("total", &whole);
    lines.extend([total.words(), String::new(), "Ses parties incompressibles".to_string()]);
    let irreducible = [
        ("calamine lit les fichiers", Part::Read),
        ("Typst compose les documents", Part::Typeset),
        ("rust_xlsxwriter fait les classeurs", Part::Save),
    ]
    .map(|(label, name)| part(label, &of_part(passes, name)));
    lines.extend(irreducible.iter().map(Line::words));
    let sum = Line {
        label: "somme (mémoire : la plus grande)".to_string(),
        seconds: sums(&irreducible, |line| &line.seconds),
        processor: sums(&irreducible, |line| &line.processor),
        peaks: vec![irreducible.iter().map(|line| median(&line.peaks)).fold(0.0, f64::max)],
    };
    lines.extend([sum.words(), String::new()]);
    let ratio = median(&total.seconds) / median(&sum.seconds);
    lines.push(format!(
        "Durée de la chaîne / somme : {} – objectif : au plus {}, {}",
        locale::decimal(Lang::Fr, ratio, 2),
        locale::decimal(Lang::Fr, GOAL, 2),
        verdict(ratio <= GOAL),
    ));
    say(&lines)
}

/// Whether a goal is reached, in a word.
pub(crate) fn verdict(reached: bool) -> &'static str {
    if reached { "atteint" } else { "manqué" }
}

/// Writes lines on stdout.
pub(crate) fn say(lines: &[String]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    for line in lines {
        writeln!(out, "{line}").context("la sortie est fermée")?;
    }
    Ok(())
}

fn of_part(passes: &[Vec<Vec<Mark>>], part: Part) -> Vec<&[Mark]> {
    let index = Part::ALL.iter().position(|other| *other == part);
    passes.iter().filter_map(|pass| pass.get(index?).map(Vec::as_slice)).collect()
}

/// A line per stage: from its mark to the next.
pub(crate) fn stages(runs: &[&[Mark]]) -> Vec<Line> {
    let texts = Texts::new(Lang::Fr);
    // A stage of ours has a text; a step of the peer is its own name.
    let label = |name: &str| {
        let text = texts.find(&format!("etape.{name}"));
        text.map_or(name, |text| text.trim_end_matches('…')).to_string()
    };
    let count = runs.iter().map(|marks| marks.len()).min().unwrap_or_default();
    let pairs = (1..count).map(|index| {
        let ends =
            || runs.iter().filter_map(|marks| Some((marks.get(index - 1)?, marks.get(index)?)));
        let name = ends().next().map(|(from, _)| from.name.as_str()).unwrap_or_default();
        Line {
            label: label(name),
            seconds: ends().map(|(from, to)| to.seconds - from.seconds).collect(),
            processor: ends().map(|(from, to)| to.processor - from.processor).collect(),
            peaks: ends().map(|(_, to)| to.peak).collect(),
        }
    });
    pairs.collect()
}

/// A part as one line: from its first mark to its last.
pub(crate) fn part(label: &str, runs: &[&[Mark]]) -> Line {
    let spent = |of: fn(&Mark) -> f64| {
        runs.iter().filter_map(|marks| Some(of(marks.last()?) - of(marks.first()?))).collect()
    };
    let peak = |marks: &&[Mark]| marks.iter().skip(1).map(|mark| mark.peak).fold(0.0, f64::max);
    Line {
        label: label.to_string(),
        seconds: spent(|mark| mark.seconds),
        processor: spent(|mark| mark.processor),
        peaks: runs.iter().map(peak).collect(),
    }
}

/// Pass by pass, the seconds of all the lines together.
fn sums(lines: &[Line], of: fn(&Line) -> &Vec<f64>) -> Vec<f64> {
    let passes = lines.iter().map(|line| of(line).len()).min().unwrap_or_default();
    let of_pass = |i: usize| lines.iter().filter_map(|line| of(line).get(i)).sum();
    (0..passes).map(of_pass).collect()
}

pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |index: usize| sorted.get(index).copied().unwrap_or(0.0);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        at(middle)
    } else {
        (at(middle.saturating_sub(1)) + at(middle)) / 2.0
    }
}

impl Line {
    pub(crate) fn words(&self) -> String {
        let seconds = |value| locale::decimal(Lang::Fr, value, 3);
        let shortest = self.seconds.iter().copied().fold(f64::INFINITY, f64::min);
        let longest = self.seconds.iter().copied().fold(0.0, f64::max);
        let memory = match median(&self.peaks) {
            peak if peak > 0.0 => format!("{} Mo", locale::integer(Lang::Fr, peak / 1024.0)),
            _ => "–".to_string(),
        };
        format!(
            "  {:<38}{:>8} s  ({} – {})  processeur {:>8} s  {memory:>8}",
            self.label,
            seconds(median(&self.seconds)),
            seconds(shortest),
            seconds(longest),
            seconds(median(&self.processor)),
        )
    }
}
