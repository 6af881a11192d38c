//! Fonts, colours, textures, shapes and sizes of every chart.

use crate::assets;
use crate::error::Error;
use plotters::style::{FontStyle, RGBColor, register_font};

/// Width of every chart in pixels. Printed 170 mm wide: 1 px = 0.67 pt.
pub(super) const WIDTH: i32 = 720;
/// Empty border around the drawing.
pub(super) const MARGIN: i32 = 10;
/// Size of the smallest text: 8 pt once printed.
pub(super) const SMALL: f64 = 12.0;
/// Size of labels and values.
pub(super) const TEXT: f64 = 13.0;
/// Size of panel titles.
pub(super) const TITLE: f64 = 14.0;
/// From one line of text to the next.
pub(super) const LEADING: i32 = 15;

/// Text.
pub(super) const INK: RGBColor = RGBColor(0x1f, 0x1f, 0x1f);
/// Secondary text: ticks, axis titles, reasons.
pub(super) const MUTED: RGBColor = RGBColor(0x55, 0x55, 0x55);
/// Axis lines and outlines of withheld values.
pub(super) const AXIS: RGBColor = RGBColor(0x76, 0x76, 0x76);
/// Thin lines to follow with the eye; they carry nothing themselves.
pub(super) const GRID: RGBColor = RGBColor(0xdd, 0xdd, 0xdd);
/// Hatching of withheld values.
pub(super) const HATCH: RGBColor = RGBColor(0xb0, 0xb0, 0xb0);
/// The page.
pub(super) const PAPER: RGBColor = RGBColor(0xff, 0xff, 0xff);
/// The one colour of charts with one series.
pub(super) const ACCENT: RGBColor = SERIES[0];
/// Lighter side of a pair, always outlined in [`ACCENT`].
pub(super) const PALE: RGBColor = RGBColor(0xdc, 0xea, 0xf4);

/// Colours of series and groups: Okabe & Ito's hues, darkened until each reaches 3:1 on paper and
/// ordered so that neighbours also differ in grey.
pub(super) const SERIES: [RGBColor; 8] = [
    RGBColor(0x0b, 0x4f, 0x86),
    RGBColor(0xd0, 0x7a, 0x00),
    RGBColor(0x00, 0x5f, 0x46),
    RGBColor(0x4c, 0x97, 0xc8),
    RGBColor(0x8c, 0x2d, 0x04),
    RGBColor(0xb8, 0x7a, 0xa0),
    RGBColor(0x3d, 0x3d, 0x3d),
    RGBColor(0x8a, 0x8f, 0x2c),
];

/// What sets a surface apart from its neighbour without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Texture {
    /// Plain.
    Solid,
    /// Light lines going up to the right.
    Rising,
    /// Light dots.
    Dotted,
    /// Light lines going down to the right.
    Falling,
    /// Light horizontal lines.
    Flat,
    /// Light crossed lines.
    Crossed,
}

const TEXTURES: [Texture; 6] = [
    Texture::Solid,
    Texture::Rising,
    Texture::Dotted,
    Texture::Flat,
    Texture::Falling,
    Texture::Crossed,
];

/// The colour of a series or group.
pub(super) fn color(index: usize) -> RGBColor {
    SERIES[index % SERIES.len()]
}

/// The texture of a series: with the colour, 24 different surfaces.
pub(super) fn texture(index: usize) -> Texture {
    TEXTURES[index % TEXTURES.len()]
}

/// The mark of a group of organisations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// ●
    Circle,
    /// ■
    Square,
    /// ▲
    Triangle,
    /// ◆
    Diamond,
    /// ▼
    Down,
    /// ✚
    Plus,
    /// ⬢
    Hexagon,
}

const SHAPES: [Shape; 7] = [
    Shape::Circle,
    Shape::Square,
    Shape::Triangle,
    Shape::Diamond,
    Shape::Down,
    Shape::Plus,
    Shape::Hexagon,
];

/// The shape of a group: 7 shapes and 8 colours make 56 different marks.
pub(super) fn shape(index: usize) -> Shape {
    SHAPES[index % SHAPES.len()]
}

/// Gives the embedded fonts to the drawing library, which measures text with them, under their own
/// name and under the library's default.
///
/// # Errors
/// `graphique` when a font cannot be read.
pub(super) fn register_fonts() -> Result<(), Error> {
    for (name, bytes) in assets::FONTS {
        let style = match *name {
            "Lato-Bold.ttf" => FontStyle::Bold,
            "Lato-Italic.ttf" => FontStyle::Italic,
            _ => FontStyle::Normal,
        };
        for family in [assets::FONT_FAMILY, "sans-serif"] {
            register_font(family, style, bytes)
                .map_err(|_| Error::new("graphique").with("cause", name))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance, WCAG 2.2.
    fn luminance(RGBColor(r, g, b): RGBColor) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    fn contrast(a: RGBColor, b: RGBColor) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_and_marks_stand_out_from_the_page() {
        for color in [INK, MUTED] {
            assert!(contrast(color, PAPER) >= 4.5, "{color:?}");
        }
        for color in SERIES.into_iter().chain([AXIS]) {
            assert!(contrast(color, PAPER) >= 3.0, "{color:?}");
        }
        assert!(contrast(ACCENT, PALE) >= 3.0);
    }

    #[test]
    fn neighbouring_series_differ_in_grey() {
        for pair in SERIES.windows(2) {
            assert!(contrast(pair[0], pair[1]) >= 1.5, "{pair:?}");
        }
    }
}
