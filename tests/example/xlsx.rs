//! Sheets → xlsx, with a fixed date of creation.

use super::days::Date;
use super::sheet::{Cell, Look, Sheet};
use chrono::Datelike;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, XlsxError,
};

/// Colours and faces of one person's workbook.
pub(crate) struct Dress {
    pub(crate) title: &'static str,
    pub(crate) author: &'static str,
    /// Background of headers, `0xRRGGBB`.
    pub(crate) colour: u32,
    pub(crate) freeze: bool,
}

/// Writes the sheets.
pub(crate) fn write(dress: &Dress, sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_ymd(2026, 10, 1)?;
    let properties = DocProperties::new()
        .set_title(dress.title)
        .set_author(dress.author)
        .set_comment("Données fictives, fabriquées pour l'exemple.")
        .set_creation_datetime(&created);
    book.set_properties(&properties);
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(&sheet.name)?;
        page.set_landscape();
        page.set_print_fit_to_pages(1, 0);
        for (column, width) in (0_u16..).zip(&sheet.widths) {
            page.set_column_width(column, *width)?;
        }
        if dress.freeze {
            page.set_freeze_panes(sheet.header_at() as u32 + 1, 0)?;
        }
        for (r, row) in (0_u32..).zip(&sheet.rows) {
            let base = look(row.look, dress.colour);
            if row.look == Look::Header {
                page.set_row_height(r, 32)?;
            }
            for (c, cell) in (0_u16..).zip(&row.cells) {
                match cell {
                    Cell::Empty => page.write_blank(r, c, &base)?,
                    Cell::Text(text) => page.write_string_with_format(r, c, text, &base)?,
                    Cell::Number(n) => page.write_number_with_format(r, c, *n, &base)?,
                    Cell::Euro(cents) => {
                        let euros = *cents as f64 / 100.0;
                        let format = base.clone().set_num_format("#,##0.00\\ \"€\"");
                        page.write_number_with_format(r, c, euros, &format)?
                    }
                    Cell::Day(date) => {
                        let format = base.clone().set_num_format("dd/mm/yyyy");
                        page.write_date_with_format(r, c, &excel(*date)?, &format)?
                    }
                };
            }
        }
    }
    book.save_to_buffer()
}

fn excel(date: Date) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(date.year()).unwrap_or_default();
    ExcelDateTime::from_ymd(year, date.month() as u8, date.day() as u8)
}

fn look(look: Look, colour: u32) -> Format {
    let format = Format::new();
    match look {
        Look::Notice => format.set_italic().set_font_color(0x00A0_3000),
        Look::Title => format.set_bold().set_font_size(14),
        Look::Banner => format.set_bold().set_background_color(0x00E8_E8E8),
        Look::Header => format
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color(colour)
            .set_border_bottom(FormatBorder::Thin),
        Look::Total => format.set_bold().set_border_top(FormatBorder::Thin),
        Look::Body => format,
    }
}
