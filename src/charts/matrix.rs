//! A square of counts: what changed is shaded, what did not is on the pale diagonal.

use super::canvas::{Align, Area, Pen, paint};
use super::theme::{AXIS, GRID, INK, MARGIN, MUTED, PAPER, WIDTH};
use super::{Words, text};
use crate::error::Error;
use crate::locale;
use crate::report::figure::Matrix;
use plotters::style::RGBColor;

/// Largest cell.
const WIDE: i32 = 104;
/// Height of a cell.
const HIGH: i32 = 42;
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

/// Draws a matrix.
pub(super) fn draw(matrix: &Matrix, words: &Words) -> Result<String, Error> {
    let size = matrix.labels.len();
    let count = |row: usize, column: usize| {
        matrix.cells.get(row).and_then(|cells| cells.get(column)).copied().filter(|n| n.is_finite())
    };
    let squares = || (0..size).flat_map(|row| (0..size).map(move |column| (row, column)));
    let largest = squares()
        .filter(|(row, column)| row != column)
        .filter_map(|(row, column)| count(row, column))
        .fold(0.0, f64::max);

    let titles: Vec<String> = Pen::NOTE.bold().wrap(&matrix.rows, 210, 3);
    let row_labels: Vec<_> =
        matrix.labels.iter().map(|label| Pen::LABEL.wrap(label, 210, 2)).collect();
    let labels = text::widest(row_labels.iter().flatten(), Pen::LABEL.size, false)
        .max(text::widest(&titles, Pen::NOTE.size, true));
    let left = MARGIN + labels + 10;
    let side = i32::try_from(size).unwrap_or(1);
    let wide = ((WIDTH - MARGIN - left) / side).clamp(8, WIDE);
    let column_labels: Vec<_> =
        matrix.labels.iter().map(|label| Pen::NOTE.wrap(label, wide - 6, 4)).collect();
    let head = text::height(column_labels.iter().map(Vec::len).max().unwrap_or(1));
    let columns_title = Pen::NOTE.bold().wrap(&matrix.columns, WIDTH - MARGIN - left, 2);
    let head_top = MARGIN + text::height(columns_title.len()) + 4;
    let top = head_top + head.max(text::height(titles.len())) + 6;
    let bottom = top + side * HIGH;

    paint(bottom + 30 + MARGIN / 2, |canvas| {
        let middle = MARGIN + text::height(columns_title.len()) / 2;
        canvas.lines(&columns_title, (left, middle), Pen::NOTE.bold())?;
        let middle = top - 6 - text::height(titles.len()) / 2;
        canvas.lines(&titles, (left - 10, middle), Pen::NOTE.bold().align(Align::End))?;
        let corner = |index: usize, step: i32| i32::try_from(index).unwrap_or(0) * step;
        for (index, (row, column)) in row_labels.iter().zip(&column_labels).enumerate() {
            let y = top + corner(index, HIGH) + HIGH / 2;
            canvas.lines(row, (left - 10, y), Pen::LABEL.align(Align::End))?;
            let (x, y) =
                (left + corner(index, wide) + wide / 2, top - 6 - text::height(column.len()) / 2);
            canvas.lines(column, (x, y), Pen { color: INK, ..Pen::NOTE }.align(Align::Middle))?;
        }
        for (row, column) in squares() {
            let area =
                Area::sized((left + corner(column, wide), top + corner(row, HIGH)), wide, HIGH);
            let number = count(row, column);
            let (fill, color) = match number {
                _ if row == column => (UNCHANGED, MUTED),
                Some(n) if n > 0.0 => shade(n / largest.max(1.0)),
                _ => (PAPER, MUTED),
            };
            canvas.fill(area, fill)?;
            canvas.frame(area, GRID)?;
            if row == column {
                canvas.frame(inset(area), AXIS)?;
            }
            let text = number.map_or("–".to_string(), |n| locale::decimal(words.lang, n, 0));
            let text = text::shorten(&text, Pen::LABEL.size, false, wide - 2);
            let center = (i32::midpoint(area.left, area.right), area.middle());
            let pen = Pen { color, bold: row != column, ..Pen::LABEL }.align(Align::Middle);
            canvas.text(&text, center, pen)?;
        }
        canvas.frame(Area { left, top, right: left + side * wide, bottom }, AXIS)?;
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
