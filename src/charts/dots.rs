//! Small multiples: a dot and its 95 % interval per territory, one axis per indicator.

use super::axis::{Axis, Unit};
use super::bars::{BESIDE, STUB};
use super::canvas::{Align, Area, Canvas, Drawn, Pen, Point, paint};
use super::theme::{ACCENT, AXIS, GRID, LEADING, MARGIN, WIDTH};
use super::{Words, drawable, text};
use crate::error::Error;
use crate::report::figure::{Dot, Dots, Panel};

/// Narrowest field of dots of a panel that shares its line with another.
const NARROW: i32 = 120;
/// Between two panels.
const GUTTER: i32 = 24;

/// Widths common to all panels, so that rows and fields line up.
struct Grid {
    /// Panels side by side: 1 or 2.
    across: usize,
    /// Width of a panel.
    panel: i32,
    /// Column of labels.
    labels: i32,
    /// Column of values, at right.
    values: i32,
}

impl Grid {
    fn new(dots: &Dots) -> Self {
        let rows = || dots.panels.iter().flat_map(|panel| &panel.rows);
        let half = (WIDTH - 2 * MARGIN - GUTTER) / 2;
        let width = |text: &str, limit, lines| {
            text::widest(&Pen::LABEL.wrap(text, limit, lines), Pen::LABEL.size, false)
        };
        let column = |limit: i32| {
            let labels = rows().map(|row| width(&row.label, limit, 2)).max().unwrap_or(0);
            let values = rows()
                .filter(|row| drawable(row.value).is_some())
                .map(|row| width(&row.text, limit, 2))
                .max()
                .unwrap_or(0);
            (labels, values)
        };
        let (labels, values) = column(125);
        let taken = labels + values + 2 * BESIDE + 8;
        if dots.panels.len() > 1 && half - taken >= NARROW {
            return Self { across: 2, panel: half, labels, values };
        }
        let (labels, values) = column(210);
        Self { across: 1, panel: WIDTH - 2 * MARGIN, labels, values }
    }

    /// Left and right ends of the axis of a panel.
    fn field(&self, left: i32) -> (i32, i32) {
        (left + self.labels + BESIDE + 6, left + self.panel - self.values - BESIDE - 6)
    }
}

/// A panel laid out.
struct Plan<'p> {
    panel: &'p Panel,
    title: Vec<String>,
    rows: Vec<(Vec<String>, Vec<String>, i32)>,
}

impl<'p> Plan<'p> {
    fn new(panel: &'p Panel, grid: &Grid) -> Self {
        let (left, _) = grid.field(0);
        let rows = panel
            .rows
            .iter()
            .map(|row| {
                let room = match drawable(row.value) {
                    Some(_) => grid.values,
                    None => grid.panel - left - STUB - BESIDE,
                };
                let label = Pen::LABEL.wrap(&row.label, grid.labels, 2);
                let text = Pen::LABEL.wrap(&row.text, room, 2);
                let height = (text::height(label.len().max(text.len())) + 8).max(24);
                (label, text, height)
            })
            .collect();
        Self { panel, title: Pen::TITLE.wrap(&panel.title, grid.panel, 3), rows }
    }

    fn title_height(&self) -> i32 {
        text::height(self.title.len()) + 6
    }

    fn rows_height(&self) -> i32 {
        self.rows.iter().map(|(.., height)| height).sum()
    }
}

/// Draws dots.
pub(super) fn draw(dots: &Dots, words: &Words) -> Result<String, Error> {
    let grid = Grid::new(dots);
    let plans: Vec<Plan<'_>> = dots
        .panels
        .iter()
        .filter(|panel| !panel.rows.is_empty())
        .map(|panel| Plan::new(panel, &grid))
        .collect();
    // Panels of one line share the height of their titles, so that their rows line up.
    let mut placed = Vec::new();
    let mut top = MARGIN;
    for line in plans.chunks(grid.across) {
        let title = line.iter().map(Plan::title_height).max().unwrap_or(0);
        let rows = line.iter().map(Plan::rows_height).max().unwrap_or(0);
        for (rank, plan) in line.iter().enumerate() {
            let left = MARGIN + i32::try_from(rank).unwrap_or(0) * (grid.panel + GUTTER);
            placed.push((plan, (left, top), top + title));
        }
        top += title + rows + LEADING + 22;
    }
    paint(top - 4, |canvas| {
        for (plan, corner, rows_top) in &placed {
            draw_panel(canvas, plan, &grid, (*corner, *rows_top), words)?;
        }
        Ok(())
    })
}

fn draw_panel(
    canvas: &Canvas<'_>,
    plan: &Plan<'_>,
    grid: &Grid,
    ((left, top), rows_top): (Point, i32),
    words: &Words,
) -> Drawn {
    canvas.lines(&plan.title, (left, top + text::height(plan.title.len()) / 2), Pen::TITLE)?;
    let (from, to) = grid.field(left);
    let bottom = rows_top + plan.rows_height();
    let ends = plan.panel.rows.iter().flat_map(|row| {
        let (low, high) = interval(row).unzip();
        [drawable(row.value), low, high]
    });
    let unit = if plan.panel.percent { Unit::Percent } else { Unit::Plain };
    let known = plan.panel.rows.iter().any(|row| drawable(row.value).is_some());
    let axis = Axis::new(ends.flatten(), unit, if grid.across == 2 { 3 } else { 5 });
    if known {
        draw_grid(canvas, &axis, (from, to), (rows_top, bottom), words)?;
    }
    canvas.line((from, rows_top), (from, bottom), AXIS, 1)?;
    let mut y = rows_top;
    for (row, (label, text, height)) in plan.panel.rows.iter().zip(&plan.rows) {
        let middle = y + height / 2;
        canvas.lines(label, (from - 6 - BESIDE, middle), Pen::LABEL.align(Align::End))?;
        match drawable(row.value) {
            Some(value) => {
                if let Some((low, high)) = interval(row) {
                    let (low, high) = (axis.place(low, from, to), axis.place(high, from, to));
                    canvas.line((low, middle), (high, middle), ACCENT, 2)?;
                    canvas.line((low, middle - 5), (low, middle + 5), ACCENT, 2)?;
                    canvas.line((high, middle - 5), (high, middle + 5), ACCENT, 2)?;
                }
                canvas.disc((axis.place(value, from, to), middle), 5, ACCENT)?;
                canvas.lines(text, (left + grid.panel, middle), Pen::LABEL.align(Align::End))?;
            }
            None => {
                canvas.withheld(Area::sized((from, middle - 6), STUB, 12))?;
                canvas.plated(text, (from + STUB + BESIDE, middle), Pen::REASON)?;
            }
        }
        y += height;
    }
    Ok(())
}

/// Grid and ticks of a panel; a tick label that would touch the one before stays out.
fn draw_grid(
    canvas: &Canvas<'_>,
    axis: &Axis,
    (from, to): (i32, i32),
    (top, bottom): (i32, i32),
    words: &Words,
) -> Drawn {
    let mut written = i32::MIN;
    for tick in &axis.ticks {
        let x = axis.place(*tick, from, to);
        canvas.line((x, top), (x, bottom + 3), GRID, 1)?;
        let label = axis.tick(words.lang, *tick);
        let half = Pen::NOTE.width(&label) / 2;
        if x - half > written {
            canvas.text(&label, (x, bottom + 12), Pen::NOTE.align(Align::Middle))?;
            written = x + half + 5;
        }
    }
    Ok(())
}

/// The interval of a row, when both ends can be drawn.
fn interval(row: &Dot) -> Option<(f64, f64)> {
    row.interval.filter(|(low, high)| low.is_finite() && high.is_finite())
}
