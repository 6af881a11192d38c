//! Stage 8: figure data → SVG, and SVG → PNG.
//!
//! A figure says nothing by colour alone: series also differ by texture, groups by shape, levels by
//! dash, and every withheld value is an outlined, hatched stub with its reason.

mod axis;
mod bars;
mod canvas;
mod dots;
mod legend;
mod matrix;
mod network;
mod pairs;
mod png;
mod stacked;
mod text;
mod theme;

pub use png::png;

use crate::error::Error;
use crate::report::figure::Drawing;
use crate::texts::{Lang, Texts};

/// What every drawing needs to put numbers and words.
struct Words {
    /// Language of the numbers.
    lang: Lang,
    /// Texts `graphique.*`.
    texts: Texts,
}

/// Draws a figure as SVG: 720 px wide (printed 170 mm wide), as high as its data asks for,
/// text in the embedded font at 8 pt or more once printed, no script, no outside reference.
/// A drawing without data is a framed sentence that says so.
///
/// # Errors
/// `graphique` when the drawing library refuses a font or a shape.
pub fn draw(drawing: &Drawing, lang: Lang) -> Result<String, Error> {
    theme::register_fonts()?;
    let words = Words { lang, texts: Texts::new(lang) };
    if is_empty(drawing) {
        return canvas::nothing(&words);
    }
    match drawing {
        Drawing::Bars(bars) => bars::draw(bars, &words),
        Drawing::Stacked(stacked) => stacked::draw(stacked, &words),
        Drawing::Matrix(matrix) => matrix::draw(matrix, &words),
        Drawing::Network(network) => network::draw(network, &words),
        Drawing::Pairs(pairs) => pairs::draw(pairs, &words),
        Drawing::Dots(dots) => dots::draw(dots, &words),
    }
}

/// Nothing to draw, not even a withheld value.
fn is_empty(drawing: &Drawing) -> bool {
    match drawing {
        Drawing::Bars(bars) => bars.bars.is_empty(),
        Drawing::Stacked(stacked) => stacked.categories.is_empty() || stacked.series.is_empty(),
        Drawing::Matrix(matrix) => matrix.labels.is_empty(),
        Drawing::Network(network) => network.nodes.is_empty(),
        Drawing::Pairs(pairs) => pairs.rows.is_empty(),
        Drawing::Dots(dots) => dots.panels.iter().all(|panel| panel.rows.is_empty()),
    }
}

/// A value that can be drawn: an infinite or undefined one is none.
fn drawable(value: Option<f64>) -> Option<f64> {
    value.filter(|v| v.is_finite())
}

#[cfg(test)]
mod tests;
