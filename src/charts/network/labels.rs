//! Names beside nodes: the best connected choose first, no name over a node or another name.

use super::layout::Field;
use super::{MARGIN, NODE, WIDTH};
use crate::charts::canvas::{Align, Area, Pen, Point};
use crate::charts::text;
use crate::report::figure::{Edge, Network};

/// Widest line of a name.
const WIDEST: i32 = 118;

/// A name and where it is written.
pub(super) struct Label {
    /// Its lines.
    pub(super) lines: Vec<String>,
    /// Its position, at the height of its middle.
    pub(super) at: Point,
    /// Which side of it the position is.
    pub(super) align: Align,
}

/// Places as many names as there is room for.
pub(super) fn place(
    network: &Network,
    edges: &[&Edge],
    tied: &[usize],
    points: &[Point],
    degrees: &[usize],
    field: &Field,
) -> Vec<Label> {
    let mut order = tied.to_vec();
    order.sort_by_key(|node| (usize::MAX - degrees[*node], *node));
    let reach = NODE + 4;
    let mut taken: Vec<Area> = tied
        .iter()
        .map(|node| {
            let (x, y) = points[*node];
            Area::sized((x - reach, y - reach), 2 * reach, 2 * reach)
        })
        .collect();
    let mut labels = Vec::new();
    for node in order {
        let name = &network.nodes[node].label;
        // One line first; two when only those fit or the name is long.
        let best = [1, 2, 3]
            .into_iter()
            .map(|lines| Pen::NOTE.wrap(name, WIDEST, lines))
            .filter(|lines| lines.concat().chars().all(|c| c != '…') || lines.len() == 3)
            .chain([Pen::NOTE.wrap(name, WIDEST, 2)])
            .find_map(|lines| {
                spots(points[node], &lines)
                    .into_iter()
                    .filter(|(area, ..)| {
                        fits(area, field) && !taken.iter().any(|t| t.overlaps(area))
                    })
                    .min_by_key(|(area, ..)| crossings(area, edges, points, node))
                    .map(|(area, at, align)| (area, Label { lines, at, align }))
            });
        if let Some((area, label)) = best {
            taken.push(area);
            labels.push(label);
        }
    }
    labels
}

/// Where a name can go around its node, best first.
fn spots((x, y): Point, lines: &[String]) -> Vec<(Area, Point, Align)> {
    let width = text::widest(lines, Pen::NOTE.size, Pen::NOTE.bold) + 4;
    let height = text::height(lines.len());
    let aside = NODE + 6;
    let up = NODE + 4 + height / 2;
    let slant = height / 2 + 2;
    [
        (aside, 0, Align::Start),
        (-aside, 0, Align::End),
        (0, up, Align::Middle),
        (0, -up, Align::Middle),
        (aside, slant, Align::Start),
        (aside, -slant, Align::Start),
        (-aside, slant, Align::End),
        (-aside, -slant, Align::End),
    ]
    .into_iter()
    .map(|(dx, dy, align)| {
        let at = (x + dx, y + dy);
        let left = match align {
            Align::Start => at.0 - 2,
            Align::Middle => at.0 - width / 2,
            Align::End => at.0 + 2 - width,
        };
        (Area::sized((left, at.1 - height / 2), width, height), at, align)
    })
    .collect()
}

fn fits(area: &Area, field: &Field) -> bool {
    area.left >= MARGIN / 2
        && area.right <= WIDTH - MARGIN / 2
        && area.top >= field.top
        && area.bottom <= field.bottom
}

/// What a name would hide: ties, the stronger the worse, those of its own node a little less.
fn crossings(area: &Area, edges: &[&Edge], points: &[Point], node: usize) -> u32 {
    edges
        .iter()
        .filter(|edge| crosses(area, points[edge.a], points[edge.b]))
        .map(|edge| {
            let own = edge.a == node || edge.b == node;
            2 * u32::from(edge.level.clamp(1, 3)) + u32::from(!own)
        })
        .sum()
}

/// Whether a segment goes through a rectangle (Liang & Barsky 1984).
fn crosses(area: &Area, from: Point, to: Point) -> bool {
    let (dx, dy) = (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
    let (mut enter, mut leave) = (0.0f64, 1.0f64);
    for (direction, room) in [
        (-dx, from.0 - area.left),
        (dx, area.right - from.0),
        (-dy, from.1 - area.top),
        (dy, area.bottom - from.1),
    ] {
        let room = f64::from(room);
        if direction.abs() < f64::EPSILON {
            if room < 0.0 {
                return false;
            }
        } else if direction < 0.0 {
            enter = enter.max(room / direction);
        } else {
            leave = leave.min(room / direction);
        }
    }
    enter <= leave
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tie_crosses_a_name_or_not() {
        let area = Area::sized((10, 10), 20, 10);
        assert!(crosses(&area, (0, 0), (40, 40)));
        assert!(crosses(&area, (15, 15), (16, 16)), "inside");
        assert!(!crosses(&area, (0, 0), (40, 5)));
        assert!(!crosses(&area, (0, 30), (40, 30)));
    }
}
