//! What a chart shows: figures as data. [`crate::charts`] draws them, workbooks turn most of them into
//! native charts, every one carries its alt text and its data table.

use super::Table;
use serde::Serialize;

/// A chart with all that makes it readable without eyes or colours.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// Stable id, ASCII with `-`: the name of its files in `graphiques/`.
    pub id: &'static str,
    /// Caption: what, where, when.
    pub title: String,
    /// Alt text: what one would say of it on the telephone, with the main numbers.
    pub alt: String,
    /// Its data, printed with it.
    pub table: Table,
    /// What to draw.
    #[serde(skip)]
    pub drawing: Drawing,
}

/// The kinds of charts.
#[derive(Debug, Clone)]
pub enum Drawing {
    /// Horizontal bars: reach ladder, attendance by territory, funder shares.
    Bars(Bars),
    /// Stacked columns over time: new and returning, funding mix.
    Stacked(Stacked),
    /// A square of counts: level transitions.
    Matrix(Matrix),
    /// Organisations and their ties.
    Network(Network),
    /// Planned and done, by action.
    Pairs(Pairs),
    /// Small multiples of dot + interval, by territory.
    Dots(Dots),
}

/// Horizontal bars.
#[derive(Debug, Clone)]
pub struct Bars {
    /// Bars, drawn in this order from the top.
    pub bars: Vec<Bar>,
    /// Axis title with unit.
    pub axis: String,
    /// A reference line, with its label.
    pub reference: Option<(f64, String)>,
}

/// One bar.
#[derive(Debug, Clone)]
pub struct Bar {
    /// Its label.
    pub label: String,
    /// Its length; `None` = no number: an outlined hatched stub with the text.
    pub value: Option<f64>,
    /// What is written at its end: the formatted value, or the reason there is none.
    pub text: String,
}

/// Stacked columns.
#[derive(Debug, Clone)]
pub struct Stacked {
    /// Category labels along x (quarters, years).
    pub categories: Vec<String>,
    /// Series, bottom first.
    pub series: Vec<Series>,
    /// Title of the y axis with unit.
    pub axis: String,
    /// Whether values are euros (axis labels in k€).
    pub euros: bool,
}

/// One series of a stacked chart.
#[derive(Debug, Clone)]
pub struct Series {
    /// Name, in the legend.
    pub name: String,
    /// One value per category; `None` = withheld or unknown.
    pub values: Vec<Option<f64>>,
}

/// A square matrix of counts.
#[derive(Debug, Clone)]
pub struct Matrix {
    /// Labels of rows and columns.
    pub labels: Vec<String>,
    /// `cells[row][column]`.
    pub cells: Vec<Vec<f64>>,
    /// Title of the row axis.
    pub rows: String,
    /// Title of the column axis.
    pub columns: String,
}

/// A network drawing.
#[derive(Debug, Clone)]
pub struct Network {
    /// Nodes.
    pub nodes: Vec<Node>,
    /// Edges.
    pub edges: Vec<Edge>,
    /// Group names, in legend order; each has its colour and shape.
    pub groups: Vec<String>,
    /// Edge legend, weakest level first.
    pub levels: Vec<String>,
}

/// A node.
#[derive(Debug, Clone)]
pub struct Node {
    /// Name, written beside it when there is room.
    pub label: String,
    /// Index into the groups.
    pub group: usize,
}

/// An edge.
#[derive(Debug, Clone)]
pub struct Edge {
    /// First node.
    pub a: usize,
    /// Second node.
    pub b: usize,
    /// 1 to 3: line weight and dash.
    pub level: u8,
}

/// Pairs of bars: planned, done.
#[derive(Debug, Clone)]
pub struct Pairs {
    /// Rows from the top.
    pub rows: Vec<Pair>,
    /// Legend of the first bar.
    pub first: String,
    /// Legend of the second bar.
    pub second: String,
    /// Axis title.
    pub axis: String,
}

/// One pair.
#[derive(Debug, Clone)]
pub struct Pair {
    /// Label.
    pub label: String,
    /// Planned.
    pub first: Option<f64>,
    /// Done.
    pub second: Option<f64>,
    /// What is written at the end.
    pub text: String,
}

/// Small multiples of dots with intervals.
#[derive(Debug, Clone)]
pub struct Dots {
    /// One panel per indicator, all with the same rows.
    pub panels: Vec<Panel>,
}

/// One panel.
#[derive(Debug, Clone)]
pub struct Panel {
    /// Its title with unit.
    pub title: String,
    /// Rows, in fixed order.
    pub rows: Vec<Dot>,
    /// Values are shares, shown in percent.
    pub percent: bool,
}

/// One dot.
#[derive(Debug, Clone)]
pub struct Dot {
    /// Territory.
    pub label: String,
    /// Value; `None` = none, the text says why.
    pub value: Option<f64>,
    /// 95 % interval.
    pub interval: Option<(f64, f64)>,
    /// Formatted value or reason.
    pub text: String,
}
