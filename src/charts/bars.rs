//! Horizontal bars, their value written at the end.

use super::axis::{Axis, Unit};
use super::canvas::{Align, Area, Canvas, Drawn, Pen, Point, paint};
use super::theme::{ACCENT, AXIS, GRID, INK, LEADING, MARGIN, PAPER, WIDTH};
use super::{Words, drawable, text};
use crate::error::Error;
use crate::report::figure::Bars;

/// Widest column of labels.
pub(super) const LABELS: i32 = 230;
/// Length of the stub of a withheld value.
pub(super) const STUB: i32 = 30;
/// Between a mark and its text.
pub(super) const BESIDE: i32 = 7;
/// From the axis down to the middle of its tick labels.
const TICKS: i32 = 12;

/// A row of a chart of rows: label and value on lines, and how high that makes it.
pub(super) struct Line {
    /// Label lines.
    pub(super) label: Vec<String>,
    /// Lines written at the end of the mark.
    pub(super) text: Vec<String>,
    /// Height of the row.
    pub(super) height: i32,
}

/// The columns of a chart of rows: labels, marks, and room for the texts at their end.
pub(super) struct Columns {
    /// Rows from the top.
    pub(super) lines: Vec<Line>,
    /// Left end of the axis.
    pub(super) left: i32,
    /// Right end of the axis.
    pub(super) right: i32,
    /// Total height of the rows.
    pub(super) height: i32,
}

impl Columns {
    /// Lays out rows of (label, text, has a value) that are at least `row` high.
    pub(super) fn new<'t>(rows: impl Iterator<Item = (&'t str, &'t str, bool)>, row: i32) -> Self {
        let rows: Vec<_> = rows.collect();
        let labels: Vec<_> =
            rows.iter().map(|(label, ..)| Pen::LABEL.wrap(label, LABELS, 3)).collect();
        let pen = Pen::LABEL;
        let left = MARGIN + text::widest(labels.iter().flatten(), pen.size, pen.bold) + BESIDE;
        // Texts of values follow the longest bar; reasons have the whole row.
        let texts = rows.iter().map(|(_, text, valued)| {
            let room = if *valued { 190 } else { WIDTH - MARGIN - left - STUB - BESIDE };
            Pen::LABEL.wrap(text, room, 3)
        });
        let lines: Vec<Line> = labels
            .into_iter()
            .zip(texts)
            .map(|(label, text)| {
                let height = row.max(text::height(label.len().max(text.len())) + 8);
                Line { label, text, height }
            })
            .collect();
        let room = lines
            .iter()
            .zip(&rows)
            .filter(|(_, (.., valued))| *valued)
            .map(|(line, _)| text::widest(&line.text, pen.size, pen.bold))
            .max()
            .unwrap_or(0);
        let height = lines.iter().map(|line| line.height).sum();
        Self { lines, left, right: WIDTH - MARGIN - room - BESIDE - 2, height }
    }

    /// Each row with the height of its middle and what goes with it.
    pub(super) fn rows<'c, T>(
        &'c self,
        top: i32,
        values: &'c [T],
    ) -> impl Iterator<Item = (i32, &'c Line, &'c T)> {
        let mut bottom = top;
        self.lines.iter().zip(values).map(move |(line, value)| {
            bottom += line.height;
            (bottom - line.height / 2, line, value)
        })
    }

    /// The label of a row, left of the marks.
    pub(super) fn label(&self, canvas: &Canvas<'_>, line: &Line, middle: i32) -> Drawn {
        canvas.lines(&line.label, (self.left - BESIDE, middle), Pen::LABEL.align(Align::End))
    }

    /// Position of a value.
    pub(super) fn place(&self, axis: &Axis, value: f64) -> i32 {
        axis.place(value, self.left, self.right)
    }

    /// Grid, ticks and axis title below the rows.
    pub(super) fn frame(&self, canvas: &Canvas<'_>, axis: &Axis, top: i32, words: &Words) -> Drawn {
        let bottom = top + self.height;
        let mut written = i32::MIN;
        for tick in &axis.ticks {
            let x = self.place(axis, *tick);
            canvas.line((x, top), (x, bottom + 3), GRID, 1)?;
            let label = axis.tick(words.lang, *tick);
            let half = Pen::NOTE.width(&label) / 2;
            if x - half > written && x + half <= WIDTH {
                canvas.text(&label, (x, bottom + TICKS), Pen::NOTE.align(Align::Middle))?;
                written = x + half + 6;
            }
        }
        Ok(())
    }

    /// The zero line, over the marks.
    pub(super) fn zero(&self, canvas: &Canvas<'_>, axis: &Axis, top: i32) -> Drawn {
        let x = self.place(axis, 0.0);
        canvas.line((x, top), (x, top + self.height), AXIS, 1)
    }
}

/// Title of the axis, below its ticks: lines, and the height ticks and title take.
pub(super) fn axis_title(title: &str, left: i32) -> (Vec<String>, i32) {
    if title.trim().is_empty() {
        return (Vec::new(), TICKS + LEADING / 2 + 2);
    }
    let lines = Pen::NOTE.wrap(title, WIDTH - MARGIN - left, 2);
    let height = TICKS + LEADING + text::height(lines.len());
    (lines, height)
}

/// Draws the title of the axis below rows that end at `bottom`.
pub(super) fn draw_axis_title(
    canvas: &Canvas<'_>,
    lines: &[String],
    (left, bottom): Point,
) -> Drawn {
    let middle = bottom + TICKS + LEADING / 2 + text::height(lines.len()) / 2 + 3;
    canvas.lines(lines, (left, middle), Pen::NOTE)
}

/// Draws bars.
pub(super) fn draw(bars: &Bars, words: &Words) -> Result<String, Error> {
    let values: Vec<Option<f64>> = bars.bars.iter().map(|bar| drawable(bar.value)).collect();
    let rows = bars.bars.iter().zip(&values);
    let columns = Columns::new(
        rows.map(|(bar, value)| (bar.label.as_str(), bar.text.as_str(), value.is_some())),
        28,
    );
    let reference = bars.reference.as_ref().filter(|(value, _)| value.is_finite());
    let known = || values.iter().flatten().copied();
    let written =
        bars.bars.iter().zip(&values).filter_map(|(bar, v)| v.map(|v| (v, bar.text.as_str())));
    let unit = Unit::of(words.lang, written);
    let axis = Axis::new(known().chain(reference.map(|(value, _)| *value)), unit, 5);

    let top = MARGIN + if reference.is_some() { LEADING + 4 } else { 0 };
    let (title, below) = axis_title(&bars.axis, columns.left);
    paint(top + columns.height + below + MARGIN / 2, |canvas| {
        if known().next().is_some() || reference.is_some() {
            columns.frame(canvas, &axis, top, words)?;
        }
        let zero = columns.place(&axis, 0.0);
        for (middle, _, value) in columns.rows(top, &values) {
            let bar = |x0, x1| Area { left: x0, top: middle - 9, right: x1, bottom: middle + 9 };
            match value {
                Some(value) => {
                    let x = columns.place(&axis, *value);
                    canvas.fill(bar(zero.min(x), zero.max(x)), ACCENT)?;
                }
                None => canvas.withheld(bar(zero, zero + STUB))?,
            }
        }
        columns.zero(canvas, &axis, top)?;
        if let Some((value, label)) = reference {
            let x = columns.place(&axis, *value);
            draw_reference(canvas, x, label, (top, top + columns.height))?;
        }
        for (middle, line, value) in columns.rows(top, &values) {
            columns.label(canvas, line, middle)?;
            let (end, pen) = match value {
                Some(value) => (zero.max(columns.place(&axis, *value)), Pen::LABEL),
                None => (zero + STUB, Pen::REASON),
            };
            canvas.plated(&line.text, (end + BESIDE, middle), pen)?;
        }
        draw_axis_title(canvas, &title, (columns.left, top + columns.height))
    })
}

/// A dashed line across the rows, its label above, kept inside the sheet.
fn draw_reference(canvas: &Canvas<'_>, x: i32, label: &str, (top, bottom): Point) -> Drawn {
    canvas.line((x, top - 4), (x, bottom), PAPER, 3)?;
    canvas.dashed((x, top - 4), (x, bottom), (INK, 1), (5.0, 3.0))?;
    let pen = Pen { color: INK, ..Pen::NOTE };
    let label = text::shorten(label, pen.size, pen.bold, WIDTH - 2 * MARGIN);
    let half = pen.width(&label) / 2;
    let center = x.clamp(MARGIN + half, WIDTH - MARGIN - half);
    canvas.text(&label, (center, top - 4 - LEADING / 2), pen.align(Align::Middle))
}
