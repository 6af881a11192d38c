//! Stacked columns over time, totals on top.

use super::axis::{Axis, Unit};
use super::canvas::{Align, Area, Canvas, Drawn, Pen, paint};
use super::legend::Legend;
use super::theme::{AXIS, GRID, INK, LEADING, MARGIN, SMALL, WIDTH};
use super::{Words, drawable, text};
use crate::error::Error;
use crate::locale;
use crate::report::figure::Stacked;

/// Height of the columns' field.
const FIELD: i32 = 270;
/// Height of the stub of a withheld value.
const STUB: i32 = 16;
/// Widest column.
const WIDEST: i32 = 64;

/// How totals are written.
const TOTAL: Pen = Pen { color: INK, ..Pen::NOTE }.bold().align(Align::Middle);

/// A column: its values, and what can be said of their sum.
struct Column {
    values: Vec<Option<f64>>,
    total: Option<f64>,
    complete: bool,
    /// Height of the positive part.
    above: f64,
    /// Depth of the negative part.
    below: f64,
}

impl Column {
    fn new(stacked: &Stacked, category: usize) -> Self {
        let values: Vec<Option<f64>> = stacked
            .series
            .iter()
            .map(|series| drawable(series.values.get(category).copied().flatten()))
            .collect();
        let known = || values.iter().flatten().copied();
        Self {
            total: known().next().map(|_| known().sum()),
            complete: values.iter().all(Option::is_some),
            above: known().filter(|v| *v > 0.0).sum(),
            below: known().filter(|v| *v < 0.0).sum(),
            values,
        }
    }

    /// Height of what stands on the column: the stub of a missing part, the total.
    fn above_column(&self) -> i32 {
        LEADING + 3 + if self.complete { 0 } else { STUB }
    }
}

/// Draws stacked columns.
pub(super) fn draw(stacked: &Stacked, words: &Words) -> Result<String, Error> {
    let columns: Vec<Column> =
        (0..stacked.categories.len()).map(|index| Column::new(stacked, index)).collect();
    let unit = if stacked.euros { Unit::KiloEuros } else { Unit::Plain };
    let axis = Axis::new(columns.iter().flat_map(|c| [c.above, c.below]), unit, 5);

    let mut names: Vec<String> = stacked.series.iter().map(|series| series.name.clone()).collect();
    let gaps = columns.iter().any(|column| !column.complete);
    if gaps {
        names.push(words.texts.get("graphique.sans_valeur"));
    }
    let legend = Legend::new(names, MARGIN);
    let title = Pen::NOTE.wrap(&stacked.axis, WIDTH - 2 * MARGIN, 2);
    let title_top = MARGIN + legend.height + 6;
    // What totals and stubs of missing parts need above the field.
    let above = columns.iter().map(|c| c.above_column() - axis.place(c.above, FIELD, 0)).max();
    let top = title_top + text::height(title.len()) + 6 + above.unwrap_or(0).max(LEADING / 2);
    let bottom = top + FIELD;
    let ticks: Vec<String> = axis.ticks.iter().map(|tick| axis.tick(words.lang, *tick)).collect();
    let left = MARGIN + text::widest(&ticks, SMALL, false) + 8;
    let slot = f64::from(WIDTH - MARGIN - left) / columns.len() as f64;
    let below = Categories::new(&stacked.categories, slot);

    paint(bottom + below.height + MARGIN, |canvas| {
        legend.draw(canvas, MARGIN, |rank, (x, y)| {
            let area = Area::sized((x - 8, y - 6), 16, 12);
            if rank < stacked.series.len() {
                canvas.surface(area, rank)
            } else {
                canvas.withheld(area)
            }
        })?;
        canvas.lines(&title, (MARGIN, title_top + text::height(title.len()) / 2), Pen::NOTE)?;
        for (tick, label) in axis.ticks.iter().zip(&ticks) {
            let y = axis.place(*tick, bottom, top);
            canvas.line((left, y), (WIDTH - MARGIN, y), GRID, 1)?;
            canvas.text(label, (left - 6, y), Pen::NOTE.align(Align::End))?;
        }
        let places = places(stacked.euros, &axis, &columns);
        let field = Field { axis: &axis, top, bottom, slot, words, euros: stacked.euros, places };
        // Totals on all columns, or where they do not fit, on the last alone.
        let all = columns.iter().all(|column| field.total_fits(column));
        for (index, column) in columns.iter().enumerate() {
            let center = left + (slot * (index as f64 + 0.5)).round() as i32;
            field.column(canvas, column, center, all || index + 1 == columns.len())?;
            below.draw(canvas, index, (center, bottom))?;
        }
        let zero = axis.place(0.0, bottom, top);
        canvas.line((left, zero), (WIDTH - MARGIN, zero), AXIS, 1)
    })
}

/// Decimals, the same in the whole chart: one where values are fractions, or few thousands of euros.
fn places(euros: bool, axis: &Axis, columns: &[Column]) -> usize {
    let mut values = columns.iter().flat_map(|column| &column.values).flatten();
    usize::from(if euros { axis.high < 100_000.0 } else { values.any(|v| v.fract().abs() > 1e-9) })
}

/// Where columns are drawn.
struct Field<'f> {
    axis: &'f Axis,
    top: i32,
    bottom: i32,
    slot: f64,
    words: &'f Words,
    euros: bool,
    places: usize,
}

impl Field<'_> {
    fn column(&self, canvas: &Canvas<'_>, column: &Column, center: i32, total: bool) -> Drawn {
        let half = ((self.slot * 0.68) as i32).clamp(3, WIDEST) / 2;
        let place = |value: f64| self.axis.place(value, self.bottom, self.top);
        let (mut above, mut below) = (0.0, 0.0);
        for (series, value) in column.values.iter().enumerate() {
            let Some(value) = *value else { continue };
            let pile = if value < 0.0 { &mut below } else { &mut above };
            let from = *pile;
            *pile += value;
            let (y0, y1) = (place(from.max(*pile)), place(from.min(*pile)));
            if y1 > y0 {
                let area = Area { left: center - half, top: y0, right: center + half, bottom: y1 };
                canvas.surface(area, series)?;
                self.segment(canvas, area, value)?;
            }
        }
        let mut top = place(above);
        if !column.complete {
            let stub =
                Area { left: center - half, top: top - STUB, right: center + half, bottom: top };
            canvas.withheld(stub)?;
            top -= STUB;
        }
        match self.total(column) {
            Some(text) if total => {
                let half = TOTAL.width(&text) / 2 + 1;
                let point = (center.min(WIDTH - half), top - LEADING / 2 - 2);
                canvas.plated(&[text], point, TOTAL)
            }
            _ => Ok(()),
        }
    }

    /// Writes a value on its segment when there is room.
    fn segment(&self, canvas: &Canvas<'_>, area: Area, value: f64) -> Drawn {
        let text = self.number(value);
        let pen = Pen { color: INK, ..Pen::NOTE }.align(Align::Middle);
        let room = area.right - area.left - 8;
        if area.bottom - area.top < LEADING + 6 || pen.width(&text) > room {
            return Ok(());
        }
        canvas.plated(&[text], (i32::midpoint(area.left, area.right), area.middle()), pen)
    }

    /// The total in words; `≥` when a part of it is withheld.
    fn total(&self, column: &Column) -> Option<String> {
        let number = self.number(column.total?);
        Some(if column.complete { number } else { format!("≥\u{a0}{number}") })
    }

    fn total_fits(&self, column: &Column) -> bool {
        self.total(column).is_none_or(|text| f64::from(TOTAL.width(&text)) <= self.slot - 3.0)
    }

    /// A value, in thousands of euros where the axis is.
    fn number(&self, value: f64) -> String {
        let value = if self.euros { value / 1000.0 } else { value };
        locale::decimal(self.words.lang, value, self.places)
    }
}

/// Labels of the categories, below the axis: on two lines if need be, and only every so many when
/// even that is too wide.
struct Categories {
    lines: Vec<Vec<String>>,
    every: usize,
    height: i32,
}

impl Categories {
    fn new(labels: &[String], slot: f64) -> Self {
        let room = slot as i32 - 6;
        let one_line = labels.iter().all(|label| Pen::NOTE.width(label) <= room);
        let lines: Vec<Vec<String>> = labels
            .iter()
            .map(|label| match label.rsplit_once(char::is_whitespace) {
                Some((start, end)) if !one_line => vec![start.to_string(), end.to_string()],
                _ => vec![label.clone()],
            })
            .collect();
        // A label wider than its slot borrows those of its neighbours, who stay silent.
        let widest = text::widest(lines.iter().flatten(), SMALL, false).min(150);
        let every = (f64::from(widest + 6) / slot).ceil().max(1.0) as usize;
        let room = (slot * every as f64) as i32 - 6;
        let lines: Vec<Vec<String>> = lines
            .into_iter()
            .map(|lines| lines.iter().map(|line| text::shorten(line, SMALL, false, room)).collect())
            .collect();
        let most = lines.iter().map(Vec::len).max().unwrap_or(1);
        Self { lines, every, height: text::height(most) + 8 }
    }

    /// The last category always has its label: the one the report is about.
    fn draw(&self, canvas: &Canvas<'_>, index: usize, (x, bottom): (i32, i32)) -> Drawn {
        if !(self.lines.len() - 1 - index).is_multiple_of(self.every) {
            return Ok(());
        }
        for (rank, line) in self.lines[index].iter().enumerate() {
            let half = Pen::NOTE.width(line) / 2;
            let x = x.clamp(half, WIDTH - half);
            let y = bottom + 8 + LEADING / 2 + text::height(rank) - 2;
            canvas.text(line, (x, y), Pen { color: INK, ..Pen::NOTE }.align(Align::Middle))?;
        }
        Ok(())
    }
}
