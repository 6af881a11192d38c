//! Where organisations go: Fruchterman & Reingold (1991) from a circle ordered by group, with a pull
//! to the centre so that components stay together. No randomness, no trigonometry: the same network
//! is the same drawing everywhere.

use super::{MARGIN, NODE, WIDTH};
use crate::charts::canvas::Point;
use crate::report::figure::{Edge, Network};

/// The part of the sheet where nodes go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    /// Top edge.
    pub(super) top: i32,
    /// Bottom edge.
    pub(super) bottom: i32,
}

impl Field {
    /// High enough for a number of nodes.
    pub(super) fn new(nodes: usize, top: i32) -> Self {
        let height = (150 + 9 * i32::try_from(nodes).unwrap_or(1000)).clamp(180, 760);
        Self { top, bottom: top + height }
    }
}

/// Border of the field without nodes: room for labels.
const BORDER: f64 = 26.0;
/// Least distance between two nodes, however many.
const NEAREST: f64 = 26.0;

type Vector = (f64, f64);

/// Places the tied nodes, in the order given.
pub(super) fn place(
    network: &Network,
    edges: &[&Edge],
    tied: &[usize],
    field: &Field,
) -> Vec<Point> {
    let size = tied.len();
    let (width, height) = (f64::from(WIDTH - 2 * MARGIN), f64::from(field.bottom - field.top));
    let mut rank = vec![0; network.nodes.len()];
    for (index, node) in tied.iter().enumerate() {
        rank[*node] = index;
    }
    let springs: Vec<(usize, usize, f64)> = edges
        .iter()
        .map(|e| (rank[e.a], rank[e.b], 0.6 + 0.3 * f64::from(e.level.clamp(1, 3))))
        .collect();

    let mut points = circle(network, tied);
    let ideal = 1.0 / (size.max(1) as f64).sqrt();
    let rounds: usize = if size > 120 { 150 } else { 400 };
    for round in 0..rounds {
        let heat = 0.12 * (1.0 - round as f64 / rounds as f64) + 0.001;
        let forces = forces(&points, &springs, ideal);
        for (point, (fx, fy)) in points.iter_mut().zip(forces) {
            let strength = length((fx, fy)).max(1e-9);
            let step = strength.min(heat) / strength;
            *point = (point.0 + fx * step, point.1 + fy * step);
        }
    }
    fit(&mut points, width, height);
    spread(&mut points, width, height);
    points
        .into_iter()
        .map(|(x, y)| (MARGIN + x.round() as i32, field.top + y.round() as i32))
        .collect()
}

/// Nodes on the unit circle, group after group, by the rational parametrisation of each quarter.
fn circle(network: &Network, tied: &[usize]) -> Vec<Vector> {
    let mut order: Vec<usize> = (0..tied.len()).collect();
    order.sort_by_key(|index| (network.nodes[tied[*index]].group, *index));
    let mut points = vec![(0.0, 0.0); tied.len()];
    for (rank, index) in order.into_iter().enumerate() {
        let turn = 4.0 * rank as f64 / tied.len() as f64;
        let t = turn.fract();
        let (x, y) = ((1.0 - t * t) / (1.0 + t * t), 2.0 * t / (1.0 + t * t));
        points[index] = match turn as usize {
            0 => (x, y),
            1 => (-y, x),
            2 => (-x, -y),
            _ => (y, -x),
        };
    }
    points
}

/// Repulsion between all, attraction along ties, a pull to the centre.
fn forces(points: &[Vector], springs: &[(usize, usize, f64)], ideal: f64) -> Vec<Vector> {
    let mut forces: Vec<Vector> = points.iter().map(|(x, y)| (-x * 0.25, -y * 0.25)).collect();
    let mut push = |a: usize, b: usize, (dx, dy): Vector, force: f64| {
        forces[a] = (forces[a].0 + dx * force, forces[a].1 + dy * force);
        forces[b] = (forces[b].0 - dx * force, forces[b].1 - dy * force);
    };
    for a in 0..points.len() {
        for b in a + 1..points.len() {
            let delta = between(points[a], points[b]);
            let square = (delta.0 * delta.0 + delta.1 * delta.1).max(1e-4);
            push(a, b, delta, ideal * ideal / square);
        }
    }
    for (a, b, weight) in springs {
        let delta = between(points[*a], points[*b]);
        push(*a, *b, delta, -weight * length(delta) / ideal * 0.5);
    }
    forces
}

/// From b to a.
fn between(a: Vector, b: Vector) -> Vector {
    (a.0 - b.0, a.1 - b.1)
}

fn length((x, y): Vector) -> f64 {
    (x * x + y * y).sqrt()
}

/// Fills the field, each direction by itself: half by distance, half by rank, so that a few far nodes
/// do not press all others together.
fn fit(points: &mut [Vector], width: f64, height: f64) {
    let xs = even(&points.iter().map(|p| p.0).collect::<Vec<_>>(), width);
    let ys = even(&points.iter().map(|p| p.1).collect::<Vec<_>>(), height);
    for (point, fitted) in points.iter_mut().zip(xs.into_iter().zip(ys)) {
        *point = fitted;
    }
}

fn even(values: &[f64], size: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]).then(a.cmp(b)));
    let (Some(first), Some(last)) = (order.first(), order.last()) else { return Vec::new() };
    let (low, high) = (values[*first], values[*last]);
    let steps = (values.len().max(2) - 1) as f64;
    let mut out = vec![0.0; values.len()];
    for (rank, index) in order.into_iter().enumerate() {
        let distance = if high - low < 1e-6 { 0.5 } else { (values[index] - low) / (high - low) };
        let share = f64::midpoint(distance, rank as f64 / steps);
        out[index] = BORDER + share * (size - 2.0 * BORDER);
    }
    out
}

/// Moves apart nodes that are too near, within the field.
fn spread(points: &mut [Vector], width: f64, height: f64) {
    let rim = f64::from(NODE + 4);
    let apart = (0.55 * (width * height / points.len().max(1) as f64).sqrt()).clamp(NEAREST, 90.0);
    for _ in 0..80 {
        let mut moved = false;
        for a in 0..points.len() {
            for b in a + 1..points.len() {
                let delta = between(points[a], points[b]);
                let distance = length(delta);
                if distance >= apart {
                    continue;
                }
                moved = true;
                // Two nodes on one spot part sideways.
                let (ux, uy) = if distance < 1e-6 {
                    (1.0, 0.0)
                } else {
                    (delta.0 / distance, delta.1 / distance)
                };
                let half = (apart - distance) / 2.0;
                points[a] = (points[a].0 + ux * half, points[a].1 + uy * half);
                points[b] = (points[b].0 - ux * half, points[b].1 - uy * half);
            }
        }
        for point in points.iter_mut() {
            *point = (point.0.clamp(rim, width - rim), point.1.clamp(rim, height - rim));
        }
        if !moved {
            break;
        }
    }
}
