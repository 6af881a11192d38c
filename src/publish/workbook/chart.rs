//! Native charts: each reads the cells of the table beside it and stays editable.
//!
//! A figure's table is whatever its report prints with it. When the numbers of the drawing stand in it,
//! the chart reads them there; otherwise they are written as a second table of the sheet.

mod data;

use super::style::{ACCENT, FONT, MUTED, RULE, SERIES};
use super::table::{self, HEADER_ROW, Placed};
use super::{Context, failed};
use crate::error::Error;
use crate::report::{Drawing, Figure};
use data::Source;
use rust_xlsxwriter::{
    Chart, ChartAxis, ChartAxisCrossing, ChartAxisTickType, ChartDataLabel, ChartEmptyCells,
    ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker, ChartMarkerType,
    ChartPatternFill, ChartPatternFillType, ChartSolidFill, ChartType, Color,
    ConditionalFormatCell, ConditionalFormatCellRule, Format, Image, Worksheet,
};

/// Tables up to this many characters have their chart at their right, wider ones under them.
const NARROW: f64 = 78.0;
/// Width of a chart in pixels.
const WIDTH: u32 = 720;
/// Width of one of several small charts.
const SMALL_WIDTH: u32 = 460;
/// Height of one of several small charts.
const SMALL_HEIGHT: u32 = 300;
/// Height of a sheet row in pixels, to lay charts under each other.
const ROW_PIXELS: u32 = 20;

/// Rows one of several small charts takes, with the space under it.
const SMALL_ROWS: u32 = SMALL_HEIGHT / ROW_PIXELS + 1;
/// Rows that still read well when shrunk to one printed page.
const ONE_PAGE: u32 = 60;

/// Puts the native chart of a figure, or its picture, beside or under its table.
pub(super) fn insert(
    context: &Context<'_>,
    sheet: &mut Worksheet,
    figure: &Figure,
    placed: Placed,
    picture: Option<&[u8]>,
    second_table: &str,
) -> Result<(), Error> {
    if let Drawing::Matrix(_) = figure.drawing {
        return emphasise(sheet, figure, placed);
    }
    if let Drawing::Network(_) = figure.drawing {
        let Some(bytes) = picture else { return Ok(()) };
        let (row, column) = anchor(sheet, figure, placed)?;
        let image = Image::new_from_buffer(bytes).map_err(failed)?;
        let image = image.set_scale_to_size(860, 640, true).set_alt_text(alt(&figure.alt));
        sheet.insert_image(row, column, &image).map_err(failed)?;
        return Ok(());
    }
    let Some(wanted) = data::wanted(context, figure) else { return Ok(()) };
    let name = sheet.name();
    if let Some(found) = wanted.locate(&figure.table) {
        let at = anchor(sheet, figure, placed)?;
        return draw(sheet, figure, &found.shifted(&name, placed.first_row), at);
    }
    let heading = context.texts.get("classeur.donnees_graphique");
    table::text(sheet, placed.next_row, 0, &heading, &context.styles.heading)?;
    let own = wanted.table(figure);
    let widths = widest(&table::widths(&figure.table), &table::widths(&own));
    table::set_widths(sheet, &widths)?;
    let written = table::write(context, sheet, placed.next_row + 1, &own, second_table, &widths)?;
    // Two tables share the sheet: its title is repeated in print rather than one of their headers.
    sheet.set_repeat_rows(0, 1).map_err(failed)?;
    let source = wanted.own_columns().shifted(&name, written.first_row);
    draw(sheet, figure, &source, (written.next_row, 0))
}

/// Widths that suit two tables in the same columns.
fn widest(a: &[f64], b: &[f64]) -> Vec<f64> {
    let at = |widths: &[f64], index: usize| widths.get(index).copied().unwrap_or(0.0);
    (0..a.len().max(b.len())).map(|index| at(a, index).max(at(b, index))).collect()
}

/// Where the chart goes: right of a narrow table and its notes, under a wide one.
fn anchor(sheet: &mut Worksheet, figure: &Figure, placed: Placed) -> Result<(u32, u16), Error> {
    if placed.width > NARROW {
        return Ok((placed.next_row, 0));
    }
    let gap = table::column(figure.table.columns.len());
    let width = (table::NOTE_WIDTH + 2.0 - placed.width).max(4.0);
    sheet.set_column_width(gap, width).map_err(failed)?;
    Ok((HEADER_ROW, gap + 1))
}

/// A matrix is its table: the cells that are not zero stand out in bold, no colour scale.
fn emphasise(sheet: &mut Worksheet, figure: &Figure, placed: Placed) -> Result<(), Error> {
    let columns = figure.table.columns.len();
    let rows = u32::try_from(figure.table.rows.len()).unwrap_or(0);
    if columns < 2 || rows == 0 {
        return Ok(());
    }
    let rule = ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::GreaterThan(0))
        .set_format(Format::new().set_bold());
    let last = (placed.first_row + rows - 1, table::column(columns - 1));
    sheet.add_conditional_format(placed.first_row, 1, last.0, last.1, &rule).map_err(failed)?;
    Ok(())
}

fn draw(
    sheet: &mut Worksheet,
    figure: &Figure,
    source: &Source,
    (row, column): (u32, u16),
) -> Result<(), Error> {
    let charts = match &figure.drawing {
        Drawing::Bars(bars) => {
            let axis = match &bars.reference {
                Some((_, label)) => format!("{} ({label})", bars.axis),
                None => bars.axis.clone(),
            };
            vec![horizontal(figure, source, &[""], &axis)]
        }
        Drawing::Pairs(pairs) => {
            vec![horizontal(figure, source, &[&pairs.first, &pairs.second], &pairs.axis)]
        }
        Drawing::Stacked(stacked) => {
            let names: Vec<&str> = stacked.series.iter().map(|s| s.name.as_str()).collect();
            vec![columns(figure, source, &names, &stacked.axis)]
        }
        Drawing::Dots(dots) => {
            let mut first = 0;
            let mut charts = Vec::new();
            for panel in &dots.panels {
                let last = first + panel.rows.len();
                charts.push(intervals(&panel.title, &source.rows(first, last), panel.percent));
                first = last;
            }
            charts
        }
        Drawing::Matrix(_) | Drawing::Network(_) => Vec::new(),
    };
    let several = charts.len() > 1;
    if column == 0 {
        keep_whole(sheet, row, &charts)?;
    }
    for (index, mut chart) in (0u32..).zip(charts) {
        chart.set_alt_text(alt(&figure.alt));
        chart.show_empty_cells_as(ChartEmptyCells::Gaps);
        let (line, side) = (index / 2, index % 2);
        let below = if several { line * SMALL_ROWS } else { 0 };
        let right = side * (SMALL_WIDTH + 15);
        sheet.insert_chart_with_offset(row + below, column, &chart, right, 0).map_err(failed)?;
    }
    Ok(())
}

/// Keeps charts that stand under a table off the cut between two printed pages.
fn keep_whole(sheet: &mut Worksheet, row: u32, charts: &[Chart]) -> Result<(), Error> {
    let lines = u32::try_from(charts.len().div_ceil(2)).unwrap_or(1);
    let line = if charts.len() > 1 { SMALL_ROWS } else { 400 / ROW_PIXELS };
    if row + lines * line <= ONE_PAGE {
        sheet.set_print_fit_to_pages(1, 1);
    } else {
        let breaks: Vec<u32> = (0..lines).step_by(2).map(|index| row + index * line).collect();
        sheet.set_page_breaks(&breaks).map_err(failed)?;
    }
    Ok(())
}

/// Horizontal bars in table order from the top; with two series, the first outlined and pale.
fn horizontal(figure: &Figure, source: &Source, names: &[&str], axis: &str) -> Chart {
    let mut chart = base(ChartType::Bar, &figure.title);
    for (index, name) in names.iter().enumerate() {
        let pale = names.len() > 1 && index == 0;
        let mut fill = ChartFormat::new();
        let colour = if pale { Color::RGB(0xdc_ea_f4) } else { SERIES[0] };
        fill.set_solid_fill(ChartSolidFill::new().set_color(colour))
            .set_border(ChartLine::new().set_color(SERIES[0]).set_width(0.75));
        let mut labels = ChartDataLabel::new();
        labels.show_value().set_font(&font(9, false));
        let custom = custom_labels(figure, source, index);
        let series = chart.add_series();
        series
            .set_categories(&source.labels())
            .set_values(&source.values(index))
            .set_format(&mut fill)
            .set_gap(if names.len() > 1 { 60 } else { 40 })
            .set_overlap(0)
            .set_data_label(&labels);
        if let Some(custom) = custom {
            series.set_custom_data_labels(&custom);
        }
        if !name.is_empty() {
            series.set_name(*name);
        }
    }
    // In a bar chart the vertical axis holds the labels.
    chart.y_axis().set_reverse().set_crossing(ChartAxisCrossing::Max);
    chart.y_axis().set_font(&font(9, false)).set_major_tick_type(ChartAxisTickType::None);
    chart.y_axis().set_major_gridlines(false);
    value_axis(chart.x_axis(), axis);
    legend(&mut chart, names.len() > 1);
    let rows = u32::try_from(source.len()).unwrap_or(20);
    let thickness = if names.len() > 1 { 44 } else { 30 };
    chart.set_width(WIDTH).set_height((130 + thickness * rows).clamp(240, 1100));
    chart
}

/// Where a bar has no number, its label gives the reason; `None` when every bar has one.
fn custom_labels(figure: &Figure, source: &Source, series: usize) -> Option<Vec<ChartDataLabel>> {
    let reasons: Vec<Option<&str>> = match &figure.drawing {
        Drawing::Bars(bars) => {
            bars.bars.iter().map(|bar| bar.value.is_none().then_some(bar.text.as_str())).collect()
        }
        Drawing::Pairs(pairs) => pairs
            .rows
            .iter()
            .map(|pair| {
                let value = if series == 0 { pair.first } else { pair.second };
                value.is_none().then_some("–")
            })
            .collect(),
        _ => return None,
    };
    if reasons.len() != source.len() || reasons.iter().all(Option::is_none) {
        return None;
    }
    let label = |reason: &Option<&str>| match reason {
        Some(reason) => {
            let mut label = ChartDataLabel::new();
            label.set_value(*reason).set_font(&font(9, false)).to_custom()
        }
        None => ChartDataLabel::default().show_value().to_custom(),
    };
    Some(reasons.iter().map(label).collect())
}

/// Stacked columns over time; fills differ by texture as well as by colour.
fn columns(figure: &Figure, source: &Source, names: &[&str], axis: &str) -> Chart {
    let mut chart = base(ChartType::ColumnStacked, &figure.title);
    for (index, name) in names.iter().enumerate() {
        let mut fill = textured(index);
        chart
            .add_series()
            .set_name(*name)
            .set_categories(&source.labels())
            .set_values(&source.values(index))
            .set_format(&mut fill)
            .set_gap(60);
    }
    chart.x_axis().set_font(&font(9, false)).set_major_tick_type(ChartAxisTickType::None);
    value_axis(chart.y_axis(), axis);
    legend(&mut chart, true);
    chart.set_width(WIDTH).set_height(400);
    chart
}

fn textured(index: usize) -> ChartFormat {
    let colour = SERIES[index % SERIES.len()];
    let pattern = match index % 4 {
        1 => Some(ChartPatternFillType::DiagonalStripesWideUpwards),
        2 => Some(ChartPatternFillType::Dotted20Percent),
        3 => Some(ChartPatternFillType::DiagonalStripesWideDownwards),
        _ => None,
    };
    let mut format = ChartFormat::new();
    match pattern {
        Some(pattern) => format.set_pattern_fill(
            ChartPatternFill::new()
                .set_pattern(pattern)
                .set_foreground_color(Color::White)
                .set_background_color(colour),
        ),
        None => format.set_solid_fill(ChartSolidFill::new().set_color(colour)),
    };
    format.set_border(ChartLine::new().set_color(colour).set_width(0.75));
    format
}

/// A dot per territory on the line from the lower to the upper bound of its interval.
fn intervals(title: &str, source: &Source, percent: bool) -> Chart {
    let mut chart = base(ChartType::Line, title);
    let marks = [ChartMarkerType::Circle, ChartMarkerType::LongDash, ChartMarkerType::LongDash];
    for (index, mark) in marks.into_iter().enumerate() {
        let size = if index == 0 { 9 } else { 7 };
        let mut marker = ChartMarker::new();
        marker.set_type(mark).set_size(size).set_format(
            ChartFormat::new()
                .set_solid_fill(ChartSolidFill::new().set_color(SERIES[0]))
                .set_border(ChartLine::new().set_color(SERIES[0])),
        );
        chart
            .add_series()
            .set_name(source.header(index).as_str())
            .set_categories(&source.labels())
            .set_values(&source.values(index))
            .set_marker(&marker)
            .set_format(ChartFormat::new().set_no_line());
    }
    chart.set_high_low_lines(true).set_high_low_lines_format(
        ChartFormat::new().set_line(ChartLine::new().set_color(SERIES[0]).set_width(1.5)),
    );
    chart.x_axis().set_font(&font(9, false));
    value_axis(chart.y_axis(), "");
    if percent {
        chart.y_axis().set_num_format("0\"\u{a0}\"%");
    }
    legend(&mut chart, false);
    chart.set_width(SMALL_WIDTH).set_height(SMALL_HEIGHT);
    chart
}

fn base(kind: ChartType, title: &str) -> Chart {
    let mut chart = Chart::new(kind);
    chart.title().set_name(title).set_font(font(11, true).set_color(ACCENT));
    chart.chart_area().set_format(ChartFormat::new().set_border(ChartLine::new().set_color(RULE)));
    chart
}

fn value_axis(axis: &mut ChartAxis, name: &str) {
    axis.set_min(0).set_font(&font(9, false));
    axis.set_major_gridlines(true)
        .set_major_gridlines_line(ChartLine::new().set_color(Color::RGB(0xdd_dd_dd)));
    if !name.is_empty() {
        axis.set_name(name).set_name_font(font(9, false).set_color(MUTED));
    }
}

fn legend(chart: &mut Chart, shown: bool) {
    if shown {
        chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(9, false));
    } else {
        chart.legend().set_hidden();
    }
}

fn font(size: u8, bold: bool) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name(FONT).set_size(size);
    if bold {
        font.set_bold()
    } else {
        font.unset_bold()
    };
    font
}

/// Excel keeps 255 characters of an alternative text and refuses more: cut at a word, with an ellipsis.
fn alt(text: &str) -> String {
    if text.chars().count() <= ALT_LENGTH {
        return text.to_string();
    }
    let cut: String = text.chars().take(ALT_LENGTH - 1).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([' ', ',', ';', ':']))
}

/// What Excel keeps of an alternative text.
const ALT_LENGTH: usize = 255;
