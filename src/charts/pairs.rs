//! Planned and done, side by side: an outlined pale bar above a solid one.

use super::axis::{Axis, Unit};
use super::bars::{BESIDE, Columns, STUB, axis_title, draw_axis_title};
use super::canvas::{Area, Canvas, Drawn, Pen, paint};
use super::legend::Legend;
use super::theme::{ACCENT, MARGIN, PALE};
use super::{Words, drawable};
use crate::error::Error;
use crate::report::figure::Pairs;

const ROW: i32 = 42;
const BAR: i32 = 13;

/// Draws pairs.
pub(super) fn draw(pairs: &Pairs, words: &Words) -> Result<String, Error> {
    let values: Vec<[Option<f64>; 2]> =
        pairs.rows.iter().map(|row| [drawable(row.first), drawable(row.second)]).collect();
    let rows = pairs.rows.iter().zip(&values);
    let columns = Columns::new(
        rows.map(|(row, values)| {
            (row.label.as_str(), row.text.as_str(), values.iter().any(Option::is_some))
        }),
        ROW,
    );
    let written = pairs
        .rows
        .iter()
        .zip(&values)
        .filter_map(|(row, values)| values[1].map(|value| (value, row.text.as_str())));
    let unit = Unit::of(words.lang, written);
    let axis = Axis::new(values.iter().flatten().flatten().copied(), unit, 5);

    let withheld = values.iter().flatten().any(Option::is_none);
    let mut names = vec![pairs.first.clone(), pairs.second.clone()];
    if withheld {
        names.push(words.texts.get("graphique.sans_valeur"));
    }
    let legend = Legend::new(names, MARGIN);
    let top = MARGIN + legend.height + 4;
    let (title, below) = axis_title(&pairs.axis, columns.left);
    paint(top + columns.height + below + MARGIN / 2, |canvas| {
        legend.draw(canvas, MARGIN, |rank, (x, y)| {
            let area = Area::sized((x - 8, y - 6), 16, 12);
            if rank == 2 { canvas.withheld(area) } else { bar(canvas, area, rank) }
        })?;
        if values.iter().flatten().any(Option::is_some) {
            columns.frame(canvas, &axis, top, words)?;
        }
        let zero = columns.place(&axis, 0.0);
        for (middle, line, values) in columns.rows(top, &values) {
            let mut end = zero;
            for (rank, value) in values.iter().enumerate() {
                let y = if rank == 0 { middle - BAR - 1 } else { middle + 1 };
                let to = value.map_or(zero + STUB, |value| columns.place(&axis, value));
                let area =
                    Area { left: zero.min(to), top: y, right: zero.max(to), bottom: y + BAR };
                match value {
                    Some(_) => bar(canvas, area, rank)?,
                    None => canvas.withheld(area)?,
                }
                end = end.max(to);
            }
            columns.label(canvas, line, middle)?;
            canvas.plated(&line.text, (end + BESIDE, middle), Pen::LABEL)?;
        }
        columns.zero(canvas, &axis, top)?;
        draw_axis_title(canvas, &title, (columns.left, top + columns.height))
    })
}

/// The first bar of a pair is pale and outlined, the second solid.
fn bar(canvas: &Canvas<'_>, area: Area, rank: usize) -> Drawn {
    if rank == 0 {
        canvas.fill(area, PALE)?;
        canvas.frame(area, ACCENT)
    } else {
        canvas.fill(area, ACCENT)
    }
}
