//! The table of results at national scale, and the goals with their verdict.

use super::{Engine, Measured};
use crate::probe::Mark;
use crate::table::{self, Line, median, verdict};
use anyhow::Result;
use bilan::locale;
use bilan::texts::Lang;

/// The whole run takes at most this share of what bare calamine takes on one thread.
const OF_READING: f64 = 0.8;
/// The peer takes at least this many times what the whole run takes.
const OF_PEER: [(Engine, f64); 2] = [(Engine::Calamine, 6.0), (Engine::Openpyxl, 30.0)];
/// Peak of memory of the whole run, in kilobytes.
const PEAK: f64 = 1.5 * 1024.0 * 1024.0;
/// Exponent of time over rows: linear, as precisely as a busy machine tells.
const EXPONENT: f64 = 1.05;

/// Prints a block per size, then the goals.
pub(super) fn print(sizes: &[Measured], passes: usize) -> Result<()> {
    let mut lines = vec![
        format!("Passages : {passes}, alternés ; médianes (et le plus court – le plus long)"),
        "Mémoire : pic de la mémoire résidente pendant l’étape".to_string(),
    ];
    for size in sizes {
        lines.extend(block(size));
    }
    lines.extend(sizes.iter().flat_map(goals));
    if sizes.len() > 1 {
        lines.extend(growth(sizes));
    }
    table::say(&lines)
}

fn slices(runs: &[Vec<Mark>]) -> Vec<&[Mark]> {
    runs.iter().map(Vec::as_slice).collect()
}

impl Measured {
    fn reading(&self) -> Line {
        table::part("A  calamine, un seul fil", &slices(&self.read))
    }

    fn whole(&self) -> Line {
        table::part("B  bilan run", &slices(&self.whole))
    }

    fn peer(&self, engine: Engine) -> Option<Line> {
        let (_, runs) =
            self.peers.iter().find(|(known, runs)| *known == engine && !runs.is_empty())?;
        let label = format!("C  Python, moteur {}", engine.name());
        Some(table::part(&label, &slices(runs)))
    }
}

fn block(size: &Measured) -> Vec<String> {
    let integer = |rows: usize| locale::integer(Lang::Fr, rows as f64);
    let mut lines = vec![
        String::new(),
        format!(
            "Échelle {} : {} présences, {} lignes en tout, {}",
            size.scale,
            integer(size.counts.presences()),
            integer(size.counts.rows()),
            size.folder.display()
        ),
        size.reading().words(),
        size.whole().words(),
    ];
    let stages = |runs: &[Vec<Mark>]| -> Vec<String> {
        table::stages(&slices(runs)).iter().map(|line| format!("    {}", line.words())).collect()
    };
    lines.extend(stages(&size.whole));
    for (engine, runs) in &size.peers {
        if let Some(line) = size.peer(*engine) {
            lines.push(line.words());
            lines.extend(stages(runs));
        }
    }
    lines.extend(size.said.iter().map(|said| format!("  {said}")));
    lines
}

fn goals(size: &Measured) -> Vec<String> {
    let whole = size.whole();
    let mut lines = vec![String::new(), format!("Objectifs à l’échelle {}", size.scale)];
    let (share, words) = ratio(&whole, &size.reading());
    let reached = verdict(share <= OF_READING);
    lines.push(format!("  B / A : {words} – au plus {}, {reached}", two(OF_READING)));
    for (engine, least) in OF_PEER {
        let name = engine.name();
        lines.push(match size.peer(engine) {
            Some(peer) => {
                let (times, words) = ratio(&peer, &whole);
                let reached = verdict(times >= least);
                format!("  C {name} / B : {words} – au moins {}, {reached}", two(least))
            }
            None => format!("  C {name} / B : non mesuré"),
        });
    }
    let peak = median(&whole.peaks);
    lines.push(if peak > 0.0 {
        let megabytes = |peak: f64| locale::integer(Lang::Fr, peak / 1024.0);
        let (found, most) = (megabytes(peak), megabytes(PEAK));
        format!("  Pic de mémoire de B : {found} Mo – au plus {most} Mo, {}", verdict(peak <= PEAK))
    } else {
        "  Pic de mémoire de B : non mesuré sur ce système".to_string()
    });
    lines
}

/// How many times longer one takes, and the same in words, with the processor's time beside it: a busy
/// machine makes the first one doubtful.
fn ratio(one: &Line, other: &Line) -> (f64, String) {
    let seconds = median(&one.seconds) / median(&other.seconds);
    let processor = median(&one.processor) / median(&other.processor);
    let beside = if processor.is_finite() {
        format!(" (au processeur : {})", two(processor))
    } else {
        String::new()
    };
    (seconds, format!("{}{beside}", two(seconds)))
}

fn two(value: f64) -> String {
    locale::decimal(Lang::Fr, value, 2)
}

/// How time follows rows: seconds per million rows, and the exponent that fits them best.
fn growth(sizes: &[Measured]) -> Vec<String> {
    let mut lines = vec![String::new(), "Croissance".to_string()];
    let mut curves = [Vec::new(), Vec::new()];
    for size in sizes {
        let rows = size.counts.rows() as f64;
        let per_million = |curve: &mut Vec<(f64, f64)>, line: &Line| {
            let seconds = median(&line.seconds);
            curve.push((rows, seconds));
            locale::decimal(Lang::Fr, seconds * 1e6 / rows, 2)
        };
        let a = per_million(&mut curves[0], &size.reading());
        let b = per_million(&mut curves[1], &size.whole());
        lines.push(format!("  échelle {} : A {a} s, B {b} s par million de lignes", size.scale));
    }
    let [a, b] = curves.map(|curve| exponent(&curve));
    lines.push(format!(
        "  Exposant : A {}, B {} – au plus {}, {}",
        two(a),
        two(b),
        two(EXPONENT),
        verdict(b <= EXPONENT)
    ));
    lines
}

/// Slope of least squares of the logarithms.
pub(crate) fn exponent(curve: &[(f64, f64)]) -> f64 {
    let points: Vec<(f64, f64)> = curve.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
    let count = points.len() as f64;
    let (sum_x, sum_y) = points.iter().fold((0.0, 0.0), |(a, b), (x, y)| (a + x, b + y));
    let (mean_x, mean_y) = (sum_x / count, sum_y / count);
    let (product, square) = points.iter().fold((0.0, 0.0), |(p, s), (x, y)| {
        (p + (x - mean_x) * (y - mean_y), s + (x - mean_x) * (x - mean_x))
    });
    product / square
}
