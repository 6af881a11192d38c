//! The sheet one draws on: texts, lines, textured surfaces, marks. plotters stays behind this file.

use super::Words;
use super::text;
use super::theme::{self, Shape, Texture, WIDTH};
use crate::error::Error;
use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, RGBColor, TextStyle};
use std::fmt::Display;

/// Drawn, or why not.
pub(super) type Drawn = Result<(), Error>;

/// The drawing library counts in whole units: tenths of a pixel, so that slanted dashes stay in line.
const UNITS: i32 = 10;

/// A point in pixels, y downwards.
pub(super) type Point = (i32, i32);

/// A rectangle in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    /// Left edge.
    pub(super) left: i32,
    /// Top edge.
    pub(super) top: i32,
    /// Right edge.
    pub(super) right: i32,
    /// Bottom edge.
    pub(super) bottom: i32,
}

impl Area {
    /// A rectangle from its corner and size.
    pub(super) fn sized((left, top): Point, width: i32, height: i32) -> Self {
        Self { left, top, right: left + width, bottom: top + height }
    }

    /// Whether two rectangles share more than an edge.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Height of the middle.
    pub(super) fn middle(&self) -> i32 {
        i32::midpoint(self.top, self.bottom)
    }
}

/// Which side of a text its position is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// The text starts there.
    Start,
    /// The text is centred there.
    Middle,
    /// The text ends there.
    End,
}

/// How a text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pen {
    /// Font size in pixels.
    pub(super) size: f64,
    /// Bold.
    pub(super) bold: bool,
    /// Colour.
    pub(super) color: RGBColor,
    /// Which side the position is.
    pub(super) align: Align,
}

impl Pen {
    /// Labels and values.
    pub(super) const LABEL: Self =
        Self { size: theme::TEXT, bold: false, color: theme::INK, align: Align::Start };
    /// Ticks, axis titles, reasons.
    pub(super) const NOTE: Self =
        Self { size: theme::SMALL, bold: false, color: theme::MUTED, align: Align::Start };
    /// Why there is no value.
    pub(super) const REASON: Self = Self { color: theme::MUTED, ..Self::LABEL };
    /// Titles inside the figure.
    pub(super) const TITLE: Self =
        Self { size: theme::TITLE, bold: true, color: theme::INK, align: Align::Start };

    /// The same, aligned otherwise.
    pub(super) const fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }

    /// The same, bold.
    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// Width of a text so written.
    pub(super) fn width(self, text: &str) -> i32 {
        text::width(text, self.size, self.bold)
    }

    /// The text on lines that fit.
    pub(super) fn wrap(self, text: &str, limit: i32, lines: usize) -> Vec<String> {
        text::wrap(text, self.size, self.bold, limit, lines)
    }
}

/// The sheet.
pub(super) struct Canvas<'s> {
    area: DrawingArea<SVGBackend<'s>, Shift>,
}

/// Paints a sheet of the common width and returns its SVG.
pub(super) fn paint(
    height: i32,
    brush: impl FnOnce(&Canvas<'_>) -> Drawn,
) -> Result<String, Error> {
    let mut svg = String::new();
    let size = (WIDTH.unsigned_abs(), height.max(1).unsigned_abs());
    let units = (size.0 * UNITS.unsigned_abs(), size.1 * UNITS.unsigned_abs());
    {
        let canvas = Canvas { area: SVGBackend::with_string(&mut svg, units).into_drawing_area() };
        canvas.area.fill(&theme::PAPER).map_err(refused)?;
        brush(&canvas)?;
        canvas.area.present().map_err(refused)?;
    }
    // The view box stays in units, the size is said in pixels.
    let header = |(width, height): (u32, u32)| format!("width=\"{width}\" height=\"{height}\"");
    Ok(svg.replacen(&header(units), &header(size), 1))
}

/// In units of the drawing library.
fn units((x, y): Point) -> Point {
    (x * UNITS, y * UNITS)
}

/// A framed sentence in place of a drawing without data.
pub(super) fn nothing(words: &Words) -> Result<String, Error> {
    let height = 80;
    paint(height, |canvas| {
        let frame = Area::sized(
            (theme::MARGIN, theme::MARGIN),
            WIDTH - 2 * theme::MARGIN,
            height - 2 * theme::MARGIN,
        );
        canvas.frame(frame, theme::AXIS)?;
        let text = words.texts.get("graphique.vide");
        canvas.text(&text, (WIDTH / 2, frame.middle()), Pen::NOTE.align(Align::Middle))
    })
}

fn refused(cause: impl Display) -> Error {
    Error::new("graphique").with("cause", cause)
}

impl Canvas<'_> {
    /// One line of text, vertically centred on the point.
    pub(super) fn text(&self, text: &str, (x, y): Point, pen: Pen) -> Drawn {
        let side = match pen.align {
            Align::Start => HPos::Left,
            Align::Middle => HPos::Center,
            Align::End => HPos::Right,
        };
        let style = TextStyle::from(text::font(pen.size * f64::from(UNITS), pen.bold))
            .color(&pen.color)
            .pos(Pos::new(side, VPos::Center));
        // `0.5ex` below the point centres small letters; one pixel more centres capitals and figures.
        self.area.draw_text(text, &style, units((x, y + 1))).map_err(refused)
    }

    /// Lines of text, as a block vertically centred on the point.
    pub(super) fn lines(&self, lines: &[String], (x, y): Point, pen: Pen) -> Drawn {
        let top = y - text::height(lines.len()) / 2 + theme::LEADING / 2;
        for (rank, line) in lines.iter().enumerate() {
            self.text(line, (x, top + text::height(rank)), pen)?;
        }
        Ok(())
    }

    /// Text on a plate of paper, so that lines behind do not cross it.
    pub(super) fn plated(&self, lines: &[String], point: Point, pen: Pen) -> Drawn {
        self.veiled(lines, point, pen, 1.0)
    }

    /// Text on a plate that lets through what is behind, more or less (1 = nothing).
    pub(super) fn veiled(&self, lines: &[String], point: Point, pen: Pen, veil: f64) -> Drawn {
        let width = text::widest(lines, pen.size, pen.bold);
        let left = match pen.align {
            Align::Start => point.0,
            Align::Middle => point.0 - width / 2,
            Align::End => point.0 - width,
        };
        let height = text::height(lines.len());
        let plate = Area::sized((left - 2, point.1 - height / 2), width + 4, height);
        self.tint(plate, theme::PAPER, veil)?;
        self.lines(lines, point, pen)
    }

    /// A line.
    pub(super) fn line(&self, from: Point, to: Point, color: RGBColor, width: u32) -> Drawn {
        self.path(vec![units(from), units(to)], color, width)
    }

    /// A line through points in units.
    fn path(&self, points: Vec<Point>, color: RGBColor, width: u32) -> Drawn {
        let style = color.stroke_width(width * UNITS.unsigned_abs());
        self.area.draw(&PathElement::new(points, style)).map_err(refused)
    }

    /// A line of dashes and gaps of so many pixels.
    pub(super) fn dashed(
        &self,
        from: Point,
        to: Point,
        (color, width): (RGBColor, u32),
        (dash, gap): (f64, f64),
    ) -> Drawn {
        let (dx, dy) = (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
        let length = (dx * dx + dy * dy).sqrt();
        let unit = f64::from(UNITS);
        let at = |run: f64| {
            let share = (run / length).min(1.0);
            let (x, y) = (f64::from(from.0) + dx * share, f64::from(from.1) + dy * share);
            ((x * unit).round() as i32, (y * unit).round() as i32)
        };
        let mut run = 0.0;
        while run < length {
            self.path(vec![at(run), at(run + dash)], color, width)?;
            run += dash + gap;
        }
        Ok(())
    }

    /// A plain surface.
    pub(super) fn fill(&self, area: Area, color: RGBColor) -> Drawn {
        self.tint(area, color, 1.0)
    }

    /// A plain surface that lets through what is behind, more or less (1 = nothing).
    fn tint(&self, area: Area, color: RGBColor, opacity: f64) -> Drawn {
        let corners = [units((area.left, area.top)), units((area.right, area.bottom))];
        let surface = Rectangle::new(corners, color.mix(opacity).filled());
        self.area.draw(&surface).map_err(refused)
    }

    /// The outline of a surface, 1 px.
    pub(super) fn frame(&self, area: Area, color: RGBColor) -> Drawn {
        let Area { left, top, right, bottom } = area;
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        // On to the second corner again: a closed corner instead of a notch.
        self.path(corners.into_iter().chain([(right, top)]).map(units).collect(), color, 1)
    }

    /// A surface in the colour and texture of a series.
    pub(super) fn surface(&self, area: Area, series: usize) -> Drawn {
        self.fill(area, theme::color(series))?;
        match theme::texture(series) {
            Texture::Solid => {}
            Texture::Rising => self.hatch(area, true, 7, (theme::PAPER, 2))?,
            Texture::Falling => self.hatch(area, false, 7, (theme::PAPER, 2))?,
            Texture::Crossed => {
                self.hatch(area, true, 9, (theme::PAPER, 1))?;
                self.hatch(area, false, 9, (theme::PAPER, 1))?;
            }
            Texture::Flat => {
                for y in (area.top + 4..area.bottom - 1).step_by(6) {
                    self.line((area.left, y), (area.right, y), theme::PAPER, 2)?;
                }
            }
            Texture::Dotted => self.dots(area)?,
        }
        self.frame(area, theme::color(series))
    }

    /// The stub of a value that is not printed: outlined and hatched.
    pub(super) fn withheld(&self, area: Area) -> Drawn {
        self.fill(area, theme::PAPER)?;
        self.hatch(area, true, 5, (theme::HATCH, 1))?;
        self.frame(area, theme::AXIS)
    }

    /// Parallel diagonals cut at the edges of a surface.
    fn hatch(&self, area: Area, rising: bool, gap: i32, (color, width): (RGBColor, u32)) -> Drawn {
        let (breadth, height) = (area.right - area.left, area.bottom - area.top);
        let mut offset = gap;
        while offset < breadth + height {
            // The diagonal x + y = offset, measured from the top left corner.
            let (x0, x1) = ((offset - height).max(0), offset.min(breadth));
            let across = |x: i32| if rising { area.left + x } else { area.right - x };
            let (from, to) =
                ((across(x0), area.top + offset - x0), (across(x1), area.top + offset - x1));
            self.line(from, to, color, width)?;
            offset += gap;
        }
        Ok(())
    }

    /// Staggered dots that stay inside a surface.
    fn dots(&self, area: Area) -> Drawn {
        for (row, y) in (area.top + 5..area.bottom - 2).step_by(6).enumerate() {
            let shift = if row % 2 == 0 { 5 } else { 9 };
            for x in (area.left + shift..area.right - 2).step_by(8) {
                self.disc((x, y), 2, theme::PAPER)?;
            }
        }
        Ok(())
    }

    /// A disc.
    pub(super) fn disc(&self, center: Point, radius: i32, color: RGBColor) -> Drawn {
        let disc = Circle::new(units(center), radius * UNITS, color.filled());
        self.area.draw(&disc).map_err(refused)
    }

    /// The mark of a group on a rim of paper. `size` is half its width.
    pub(super) fn mark(&self, (x, y): Point, shape: Shape, size: i32, color: RGBColor) -> Drawn {
        for (size, color) in [(size + 2, theme::PAPER), (size, color)] {
            let half = size / 2;
            let corners: Vec<Point> = match shape {
                Shape::Circle => {
                    self.disc((x, y), size, color)?;
                    continue;
                }
                Shape::Square => {
                    let s = size - 1;
                    vec![(-s, -s), (s, -s), (s, s), (-s, s)]
                }
                Shape::Triangle => {
                    vec![(0, -size - 1), (size + 1, size - 1), (-size - 1, size - 1)]
                }
                Shape::Down => vec![(0, size + 1), (size + 1, 1 - size), (-size - 1, 1 - size)],
                Shape::Diamond => {
                    let s = size + 2;
                    vec![(0, -s), (s, 0), (0, s), (-s, 0)]
                }
                Shape::Plus => {
                    let (s, t) = (size + 1, (size * 2 / 5).max(1));
                    vec![
                        (-t, -s),
                        (t, -s),
                        (t, -t),
                        (s, -t),
                        (s, t),
                        (t, t),
                        (t, s),
                        (-t, s),
                        (-t, t),
                        (-s, t),
                        (-s, -t),
                        (-t, -t),
                    ]
                }
                Shape::Hexagon => {
                    vec![
                        (-half, -size),
                        (half, -size),
                        (size, 0),
                        (half, size),
                        (-half, size),
                        (-size, 0),
                    ]
                }
            };
            let points: Vec<Point> =
                corners.into_iter().map(|(dx, dy)| units((x + dx, y + dy))).collect();
            self.area.draw(&Polygon::new(points, color.filled())).map_err(refused)?;
        }
        Ok(())
    }
}
