//! A square of counts: what changed is shaded, what did not is on the pale diagonal.

use super::canvas::{Align, Area, Canvas, Drawn, Pen, paint};
use super::theme::{AXIS, GRID, INK, MARGIN, MUTED, PAPER, WIDTH};
use super::{Words, drawable, text};
use crate::error::Error;
use crate::locale;
use crate::report::figure::Matrix;
use plotters::style::RGBColor;

/// Largest cell.
const WIDE: i32 = 104;
/// Height of a cell.
const HIGH: i32 = 42;
/// Widest column of row labels.
const LABELS: i32 = 210;
/// Between row labels and cells.
const GAP: i32 = 10;
/// Titles of rows and columns.
const BOLD: Pen = Pen::NOTE.bold();
/// Text on the lighter shades.
const BLACK: RGBColor = RGBColor(0, 0, 0);
/// The diagonal.
const UNCHANGED: RGBColor = RGBColor(0xee, 0xee, 0xee);
/// Ends of the scale: from a hint of blue to the darkest.
const LIGHT: (f64, f64, f64) = (222.0, 235.0, 245.0);
const DARK: (f64, f64, f64) = (8.0, 60.0, 106.0);

/// Where on the scale text turns from black to white: both have 4.5:1 on it there.
const SWITCH: f64 = 0.651;

/// Shade of a share of the largest count, and the colour of text on it. The square root spreads the
/// small counts, which are the ones to compare; the numbers are written anyway.
fn shade(share: f64) -> (RGBColor, RGBColor) {
    let t = share.clamp(0.0, 1.0).sqrt();
    let mix = |from: f64, to: f64| (from + (to - from) * t).round() as u8;
    let fill = RGBColor(mix(LIGHT.0, DARK.0), mix(LIGHT.1, DARK.1), mix(LIGHT.2, DARK.2));
    (fill, if t < SWITCH { BLACK } else { PAPER })
}

/// The thin frame of the diagonal: seen without colours too.
fn inset(area: Area) -> Area {
    Area { left: area.left + 2, top: area.top + 2, right: area.right - 2, bottom: area.bottom - 2 }
}

/// Where everything goes.
struct Layout {
    /// Title of the rows, above their labels.
    rows_title: Vec<String>,
    /// Title of the columns, above their labels.
    columns_title: Vec<String>,
    rows: Vec<Vec<String>>,
    columns: Vec<Vec<String>>,
    left: i32,
    top: i32,
    /// Width of a cell.
    wide: i32,
}

impl Layout {
    fn new(matrix: &Matrix) -> Self {
        let layout = Self::with_labels(matrix, &matrix.labels, &matrix.labels);
        if !layout.columns.iter().flatten().any(|line| line.ends_with('…')) {
            return layout;
        }
        // Labels too long for their columns: rows are numbered, columns bear the numbers.
        let numbers: Vec<String> = (1..=matrix.labels.len()).map(|n| n.to_string()).collect();
        let rows: Vec<String> =
            numbers.iter().zip(&matrix.labels).map(|(n, label)| format!("{n}. {label}")).collect();
        Self::with_labels(matrix, &rows, &numbers)
    }

    fn with_labels(matrix: &Matrix, rows: &[String], columns: &[String]) -> Self {
        let rows_title = BOLD.wrap(&matrix.rows, LABELS, 3);
        let rows: Vec<_> = rows.iter().map(|row| Pen::LABEL.wrap(row, LABELS, 2)).collect();
        let labels = text::widest(rows.iter().flatten(), Pen::LABEL.size, false).max(text::widest(
            &rows_title,
            BOLD.size,
            true,
        ));
        let left = MARGIN + labels + GAP;
        let side = i32::try_from(rows.len().max(1)).unwrap_or(i32::MAX);
        let wide = ((WIDTH - MARGIN - left) / side).clamp(1, WIDE);
        let columns: Vec<_> =
            columns.iter().map(|label| Pen::NOTE.wrap(label, wide - 6, 4)).collect();
        let columns_title = BOLD.wrap(&matrix.columns, WIDTH - MARGIN - left, 2);
        let head = columns.iter().map(Vec::len).max().unwrap_or(1).max(rows_title.len());
        let top = MARGIN + text::height(columns_title.len() + head) + 10;
        Self { rows_title, columns_title, rows, columns, left, top, wide }
    }

    fn cell(&self, row: usize, column: usize) -> Area {
        let times = |index: usize, step: i32| i32::try_from(index).unwrap_or(0) * step;
        let corner = (self.left + times(column, self.wide), self.top + times(row, HIGH));
        Area::sized(corner, self.wide, HIGH)
    }

    fn labels(&self, canvas: &Canvas<'_>) -> Drawn {
        let above = MARGIN + text::height(self.columns_title.len()) / 2;
        canvas.lines(&self.columns_title, (self.left, above), BOLD)?;
        // Labels of columns and the title of the rows stand on the matrix.
        let standing = |lines: &[String]| self.top - 6 - text::height(lines.len()) / 2;
        let aside = self.left - GAP;
        let title = (aside, standing(&self.rows_title));
        canvas.lines(&self.rows_title, title, BOLD.align(Align::End))?;
        for (index, (row, column)) in self.rows.iter().zip(&self.columns).enumerate() {
            let cell = self.cell(index, index);
            canvas.lines(row, (aside, cell.middle()), Pen::LABEL.align(Align::End))?;
            let at = (i32::midpoint(cell.left, cell.right), standing(column));
            canvas.lines(column, at, Pen { color: INK, ..Pen::NOTE }.align(Align::Middle))?;
        }
        Ok(())
    }
}

/// Draws a matrix.
pub(super) fn draw(matrix: &Matrix, words: &Words) -> Result<String, Error> {
    let size = matrix.labels.len();
    let count = |row: usize, column: usize| {
        drawable(matrix.cells.get(row).and_then(|cells| cells.get(column)).copied())
    };
    let squares = || (0..size).flat_map(|row| (0..size).map(move |column| (row, column)));
    let largest = squares()
        .filter(|(row, column)| row != column)
        .filter_map(|(row, column)| count(row, column))
        .fold(1.0, f64::max);
    let layout = Layout::new(matrix);
    let last = layout.cell(size - 1, size - 1);

    paint(last.bottom + 30 + MARGIN / 2, |canvas| {
        layout.labels(canvas)?;
        for (row, column) in squares() {
            let area = layout.cell(row, column);
            let number = count(row, column);
            let (fill, color) = match number {
                _ if row == column => (UNCHANGED, MUTED),
                Some(n) if n > 0.0 => shade(n / largest),
                _ => (PAPER, MUTED),
            };
            canvas.fill(area, fill)?;
            canvas.frame(area, GRID)?;
            if row == column {
                canvas.frame(inset(area), AXIS)?;
            }
            let text = number.map_or("–".to_string(), |n| locale::decimal(words.lang, n, 0));
            let text = text::shorten(&text, Pen::LABEL.size, false, layout.wide - 2);
            let center = (i32::midpoint(area.left, area.right), area.middle());
            let pen = Pen { color, bold: row != column, ..Pen::LABEL }.align(Align::Middle);
            canvas.text(&text, center, pen)?;
        }
        let (left, bottom) = (layout.left, last.bottom);
        canvas.frame(Area { left, top: layout.top, right: last.right, bottom }, AXIS)?;
        let key = Area::sized((left, bottom + 13), 16, 12);
        canvas.fill(key, UNCHANGED)?;
        canvas.frame(inset(key), AXIS)?;
        canvas.text(&words.texts.get("graphique.inchange"), (left + 22, bottom + 19), Pen::NOTE)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_on_every_shade() {
        let luminance = |RGBColor(r, g, b): RGBColor| {
            let linear = |c: u8| {
                let c = f64::from(c) / 255.0;
                if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
        };
        for step in 0..=500 {
            let (fill, text) = shade(f64::from(step) / 500.0);
            let (a, b) = (luminance(fill), luminance(text));
            let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(contrast >= 4.5, "{step}: {contrast}");
        }
        assert!(shade(0.1).0.0 > shade(0.9).0.0);
    }
}
