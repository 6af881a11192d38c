//! Organisations and their ties: groups by shape and colour, levels by weight and dash, the isolated
//! set aside.

mod labels;
mod layout;

use super::canvas::{Canvas, Drawn, Pen, Point, paint};
use super::legend::Legend;
use super::theme::{self, INK, LEADING, MARGIN, MUTED, WIDTH};
use super::{Words, text};
use crate::error::Error;
use crate::report::figure::{Edge, Network};
use plotters::style::RGBColor;

/// Half the width of a node.
const NODE: i32 = 7;
/// Longest name in the list of the isolated.
const NAME: i32 = 220;

/// Draws a network.
pub(super) fn draw(network: &Network, words: &Words) -> Result<String, Error> {
    let size = network.nodes.len();
    let edges: Vec<&Edge> =
        network.edges.iter().filter(|e| e.a != e.b && e.a < size && e.b < size).collect();
    let mut degrees = vec![0usize; size];
    for edge in &edges {
        degrees[edge.a] += 1;
        degrees[edge.b] += 1;
    }
    let (tied, isolated): (Vec<usize>, Vec<usize>) = (0..size).partition(|node| degrees[*node] > 0);

    let groups = Legend::new(network.groups.iter().cloned(), MARGIN);
    let levels = Legend::new(network.levels.iter().cloned(), MARGIN);
    let top = MARGIN + groups.height + levels.height + 6;
    let field = layout::Field::new(tied.len(), top);
    let mut points = vec![(0, 0); size];
    for (node, point) in tied.iter().zip(layout::place(network, &edges, &tied, &field)) {
        points[*node] = point;
    }
    let labels = labels::place(network, &edges, &tied, &points, &degrees, &field);
    let unlabelled = tied.len() - labels.len();

    let mut bottom = if tied.is_empty() { top } else { field.bottom + MARGIN };
    let aside_title = bottom;
    let names = isolated
        .iter()
        .map(|node| text::shorten(&network.nodes[*node].label, theme::SMALL, false, NAME));
    let aside = Legend::new(names, MARGIN);
    if !isolated.is_empty() {
        bottom += LEADING + 6 + aside.height;
    }
    let note = bottom + LEADING / 2;
    if unlabelled > 0 {
        bottom += LEADING;
    }
    paint(bottom + MARGIN, |canvas| {
        groups.draw(canvas, MARGIN, |group, at| mark(canvas, at, group, NODE - 1))?;
        levels.draw(canvas, MARGIN + groups.height, |rank, (x, y)| {
            edge(canvas, (x - 8, y), (x + 10, y), u8::try_from(rank + 1).unwrap_or(u8::MAX))
        })?;
        // Strong ties over weak ones.
        for level in 1..=3 {
            for e in edges.iter().filter(|e| e.level.clamp(1, 3) == level) {
                edge(canvas, points[e.a], points[e.b], level)?;
            }
        }
        let pen = Pen { color: INK, ..Pen::NOTE };
        for label in &labels {
            canvas.veiled(&label.lines, label.at, pen.align(label.align), 0.8)?;
        }
        for node in &tied {
            mark(canvas, points[*node], network.nodes[*node].group, NODE)?;
        }
        if !isolated.is_empty() {
            let at = (MARGIN, aside_title + LEADING / 2);
            canvas.text(&words.texts.get("graphique.sans_lien"), at, Pen::NOTE.bold())?;
            aside.draw(canvas, aside_title + LEADING + 4, |rank, at| {
                mark(canvas, at, network.nodes[isolated[rank]].group, NODE - 1)
            })?;
        }
        if unlabelled > 0 {
            let count = u64::try_from(unlabelled).unwrap_or(u64::MAX);
            let text = words.texts.plural("graphique.sans_etiquette", count);
            canvas.lines(
                &Pen::NOTE.wrap(&text, WIDTH - 2 * MARGIN, 1),
                (MARGIN, note),
                Pen::NOTE,
            )?;
        }
        Ok(())
    })
}

fn mark(canvas: &Canvas<'_>, at: Point, group: usize, size: i32) -> Drawn {
    canvas.mark(at, theme::shape(group), size, theme::color(group))
}

/// A tie: thin, dashed, thick from level 1 to 3.
fn edge(canvas: &Canvas<'_>, from: Point, to: Point, level: u8) -> Drawn {
    match level {
        0 | 1 => canvas.line(from, to, RGBColor(0x8c, 0x8c, 0x8c), 1),
        2 => canvas.dashed(from, to, (MUTED, 2), (6.0, 4.0)),
        _ => canvas.line(from, to, RGBColor(0x5e, 0x5e, 0x5e), 3),
    }
}
