//! Legends: keys and their names, flowing over as many lines as they need.

use super::canvas::{Canvas, Drawn, Pen, Point};
use super::theme::{MARGIN, SMALL, WIDTH};
use crate::charts::text;

/// Room of a key, before its name.
pub(super) const KEY: i32 = 22;
/// Height of a line of the legend.
pub(super) const LINE: i32 = 20;
const GAP: i32 = 18;

/// A legend laid out: where each key goes, its name beside it.
pub(super) struct Legend {
    entries: Vec<(Point, String)>,
    /// Height it takes.
    pub(super) height: i32,
}

impl Legend {
    /// Lays out names in lines from a left edge to the right margin.
    pub(super) fn new(names: impl IntoIterator<Item = String>, left: i32) -> Self {
        let right = WIDTH - MARGIN;
        let (mut x, mut y) = (left, 0);
        let mut entries = Vec::new();
        for name in names {
            let name = text::shorten(&name, SMALL, false, right - left - KEY);
            let wide = KEY + text::width(&name, SMALL, false);
            if x > left && x + wide > right {
                x = left;
                y += LINE;
            }
            entries.push(((x, y), name));
            x += wide + GAP;
        }
        let height = if entries.is_empty() { 0 } else { y + LINE };
        Self { entries, height }
    }

    /// Draws it from a height down; `key` draws the key of an entry, centred on the point, at most
    /// 16 px wide and 12 high.
    pub(super) fn draw(
        &self,
        canvas: &Canvas<'_>,
        top: i32,
        key: impl Fn(usize, Point) -> Drawn,
    ) -> Drawn {
        for (rank, ((x, y), name)) in self.entries.iter().enumerate() {
            let middle = top + y + LINE / 2;
            key(rank, (x + 8, middle))?;
            let pen = Pen { color: super::theme::INK, ..Pen::NOTE };
            canvas.text(name, (x + KEY, middle), pen)?;
        }
        Ok(())
    }
}
