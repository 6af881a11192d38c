//! The numbers of a drawing as columns, and where they stand in a table.

use super::super::Context;
use crate::locale;
use crate::report::{Cell, Column, Drawing, Figure, Format as Kind, Row, Table};
use crate::texts::Lang;
use rust_xlsxwriter::ChartRange;

/// The columns a chart needs: labels, then one column of numbers per series.
pub(super) struct Wanted {
    lang: Lang,
    /// Header of the labels.
    label_header: String,
    labels: Vec<String>,
    /// Header, numbers.
    series: Vec<(String, Vec<Option<f64>>)>,
    /// What stands for a missing number, by row.
    reasons: Vec<String>,
    /// Shown as shares, by row.
    percent: Vec<bool>,
    /// Which of several charts, by row; empty for one chart.
    panels: Vec<String>,
    /// Header of the reasons.
    reason_header: String,
}

/// Where the columns of a chart stand.
#[derive(Debug, Clone)]
pub(super) struct Source {
    sheet: String,
    first: u32,
    rows: u32,
    label_column: u16,
    columns: Vec<(u16, String)>,
}

impl Source {
    /// The same columns in a sheet where the body of the table starts at a row.
    pub(super) fn shifted(mut self, sheet: &str, first_row: u32) -> Self {
        self.sheet = sheet.to_string();
        self.first += first_row;
        self
    }

    /// The same columns, rows `from..to` only.
    pub(super) fn rows(&self, from: usize, to: usize) -> Self {
        let from_row = u32::try_from(from).unwrap_or(0);
        let rows = u32::try_from(to - from).unwrap_or(0);
        Self { first: self.first + from_row, rows, ..self.clone() }
    }

    /// Number of rows.
    pub(super) fn len(&self) -> usize {
        self.rows as usize
    }

    /// Range of the labels.
    pub(super) fn labels(&self) -> ChartRange {
        self.range(self.label_column)
    }

    /// Range of the numbers of a series.
    pub(super) fn values(&self, series: usize) -> ChartRange {
        self.range(self.columns.get(series).map_or(self.label_column, |(column, _)| *column))
    }

    /// Header of a series.
    pub(super) fn header(&self, series: usize) -> String {
        self.columns.get(series).map(|(_, header)| header.clone()).unwrap_or_default()
    }

    fn range(&self, column: u16) -> ChartRange {
        let last = self.first + self.rows.saturating_sub(1);
        ChartRange::new_from_range(&self.sheet, self.first, column, last, column)
    }
}

/// The columns the chart of a figure needs; `None` when it has no native chart or nothing to show.
pub(super) fn wanted(context: &Context<'_>, figure: &Figure) -> Option<Wanted> {
    let word = |key: &str| context.texts.get(&format!("classeur.{key}"));
    let mut wanted = Wanted {
        lang: context.lang,
        label_header: word("rubrique"),
        labels: Vec::new(),
        series: Vec::new(),
        reasons: Vec::new(),
        percent: Vec::new(),
        panels: Vec::new(),
        reason_header: word("precision"),
    };
    match &figure.drawing {
        Drawing::Bars(bars) => {
            wanted.labels = bars.bars.iter().map(|b| b.label.clone()).collect();
            wanted.reasons = bars.bars.iter().map(|b| b.text.clone()).collect();
            let values = bars.bars.iter().map(|b| b.value).collect();
            wanted.series.push((bars.axis.clone(), values));
        }
        Drawing::Pairs(pairs) => {
            wanted.labels = pairs.rows.iter().map(|p| p.label.clone()).collect();
            let first = pairs.rows.iter().map(|p| p.first).collect();
            let second = pairs.rows.iter().map(|p| p.second).collect();
            wanted.series = vec![(pairs.first.clone(), first), (pairs.second.clone(), second)];
        }
        Drawing::Stacked(stacked) => {
            wanted.labels.clone_from(&stacked.categories);
            wanted.series =
                stacked.series.iter().map(|s| (s.name.clone(), s.values.clone())).collect();
        }
        Drawing::Dots(dots) => {
            let rows = || dots.panels.iter().flat_map(|p| p.rows.iter().map(move |r| (p, r)));
            wanted.labels = rows().map(|(_, r)| r.label.clone()).collect();
            wanted.reasons = rows().map(|(_, r)| r.text.clone()).collect();
            wanted.panels = rows().map(|(p, _)| p.title.clone()).collect();
            wanted.percent = rows().map(|(p, _)| p.percent).collect();
            let bound =
                |pick: fn((f64, f64)) -> f64| rows().map(|(_, r)| r.interval.map(pick)).collect();
            wanted.series = vec![
                (word("valeur"), rows().map(|(_, r)| r.value).collect()),
                (word("borne_basse"), bound(|i| i.0)),
                (word("borne_haute"), bound(|i| i.1)),
            ];
        }
        Drawing::Matrix(_) | Drawing::Network(_) => return None,
    }
    let some = wanted.series.iter().any(|(_, values)| values.iter().any(Option::is_some));
    (some && !wanted.labels.is_empty()).then_some(wanted)
}

impl Wanted {
    /// Finds the labels and the numbers in consecutive rows of a table.
    pub(super) fn locate(&self, table: &Table) -> Option<Source> {
        let rows = self.labels.len();
        let offsets = 0..=table.rows.len().checked_sub(rows)?;
        for offset in offsets {
            let part = &table.rows[offset..offset + rows];
            let labels = (0..table.columns.len()).find(|column| {
                part.iter().zip(&self.labels).all(|(row, label)| {
                    row.cells.get(*column).is_some_and(|cell| cell.text == *label)
                })
            });
            let Some(label_column) = labels else { continue };
            let columns: Option<Vec<usize>> =
                self.series.iter().map(|(_, values)| number_column(table, part, values)).collect();
            if let Some(columns) = columns {
                return Some(Source {
                    sheet: String::new(),
                    first: u32::try_from(offset).ok()?,
                    rows: u32::try_from(rows).ok()?,
                    label_column: u16::try_from(label_column).ok()?,
                    columns: columns
                        .into_iter()
                        .map(|c| (super::table::column(c), table.columns[c].header.clone()))
                        .collect(),
                });
            }
        }
        None
    }

    /// A table of just these columns, for when the figure's own does not hold them.
    pub(super) fn table(&self, figure: &Figure) -> Table {
        let text = |header: &str| Column { header: header.into(), format: Kind::Text, width: 2.0 };
        let words = |words: &str| Cell { text: words.into(), number: None, format: None };
        let format = self.format(&figure.drawing);
        let mut columns = vec![text(&self.label_header)];
        columns.extend(self.series.iter().map(|(name, _)| Column {
            header: name.clone(),
            format,
            width: 1.0,
        }));
        if !self.panels.is_empty() {
            columns.extend([text(&figure.title), text(&self.reason_header)]);
        }
        let rows = (0..self.labels.len())
            .map(|row| {
                let mut cells = vec![words(&self.labels[row])];
                cells.extend(self.series.iter().map(|(_, values)| self.cell(values, row)));
                if let Some(panel) = self.panels.get(row) {
                    cells.extend([words(panel), words(&self.reasons[row])]);
                }
                Row { cells, strong: false }
            })
            .collect();
        Table {
            id: format!("{}_graphique", figure.table.id),
            title: figure.title.clone(),
            columns,
            rows,
            notes: Vec::new(),
            whole: false,
        }
    }

    /// The columns of [`Self::table`].
    pub(super) fn own_columns(&self) -> Source {
        Source {
            sheet: String::new(),
            first: 0,
            rows: u32::try_from(self.labels.len()).unwrap_or(0),
            label_column: 0,
            columns: self
                .series
                .iter()
                .enumerate()
                .map(|(index, (name, _))| (super::table::column(index + 1), name.clone()))
                .collect(),
        }
    }

    fn cell(&self, values: &[Option<f64>], row: usize) -> Cell {
        let number = values.get(row).copied().flatten();
        let reason = self.reasons.get(row).filter(|text| !text.is_empty());
        let text = match (number, reason) {
            (Some(number), _) => locale::decimal(self.lang, number, 1),
            // A line chart draws a text as a dot at zero, and an empty cell as a gap: the reason has
            // a column of its own.
            (None, _) if !self.panels.is_empty() => String::new(),
            (None, Some(reason)) => reason.clone(),
            (None, None) => "–".to_string(),
        };
        let percent = self.percent.get(row).copied().unwrap_or(false);
        Cell { text, number, format: percent.then_some(Kind::Percent) }
    }

    /// The format of the numbers, by their unit and by what they look like.
    fn format(&self, drawing: &Drawing) -> Kind {
        let axis = match drawing {
            Drawing::Bars(bars) => bars.axis.as_str(),
            Drawing::Pairs(pairs) => pairs.axis.as_str(),
            Drawing::Stacked(stacked) => stacked.axis.as_str(),
            _ => "",
        };
        let euros = matches!(drawing, Drawing::Stacked(stacked) if stacked.euros);
        let numbers = || self.series.iter().flat_map(|(_, values)| values.iter().flatten());
        if euros || axis.contains('€') {
            Kind::Euro
        } else if axis.contains('%') && numbers().all(|n| n.abs() <= 2.0) {
            Kind::Percent
        } else if numbers().all(|n| (n - n.round()).abs() < f64::EPSILON) {
            Kind::Integer
        } else {
            Kind::Decimal1
        }
    }
}

/// The column whose numbers are those of a series.
fn number_column(table: &Table, part: &[Row], values: &[Option<f64>]) -> Option<usize> {
    let same = |a: Option<f64>, b: Option<f64>| match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(1.0),
        (None, None) => true,
        _ => false,
    };
    (0..table.columns.len()).filter(|c| table.columns[*c].format != Kind::Text).find(|column| {
        part.iter()
            .zip(values)
            .all(|(row, value)| row.cells.get(*column).is_some_and(|c| same(c.number, *value)))
    })
}
