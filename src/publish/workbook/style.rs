//! Every format of the workbooks, once: fonts, colours, borders, number codes.
//!
//! Number codes are the language-neutral ones of the file format: a French Excel shows a decimal
//! comma and its own thousands separator whatever is written here.

use crate::report::Format as Kind;
use crate::texts::Lang;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

/// Titles and header rows.
pub(super) const ACCENT: Color = Color::RGB(0x0b_4f_55);
/// Background of total rows.
const PALE: Color = Color::RGB(0xe8_f1_f0);
/// Secondary text; 7:1 on white.
pub(super) const MUTED: Color = Color::RGB(0x4b_58_5a);
/// Thin lines.
pub(super) const RULE: Color = Color::RGB(0xb4_c4_c4);
/// Series of charts: hues that stay apart for colour-blind readers and in grey.
pub(super) const SERIES: [Color; 8] = [
    Color::RGB(0x0b_4f_86),
    Color::RGB(0xd0_7a_00),
    Color::RGB(0x00_5f_46),
    Color::RGB(0x4c_97_c8),
    Color::RGB(0x8c_2d_04),
    Color::RGB(0xb8_7a_a0),
    Color::RGB(0x3d_3d_3d),
    Color::RGB(0x8a_8f_2c),
];
/// Font of sheets and charts: on every office computer, and metric-compatible elsewhere.
pub(super) const FONT: &str = "Calibri";

/// How a body cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    /// Format of the value.
    pub(super) kind: Kind,
    /// Euros with cents: the whole column, as soon as one of its amounts has some.
    pub(super) cents: bool,
    /// A total row.
    pub(super) strong: bool,
    /// Words where a number was expected: the reason why there is none.
    pub(super) reason: bool,
}

/// The formats of a workbook in one language.
#[derive(Debug)]
pub(super) struct Styles {
    lang: Lang,
    /// First line of a sheet.
    pub(super) title: Format,
    /// Title of the cover.
    pub(super) cover_title: Format,
    /// Line under a title.
    pub(super) subtitle: Format,
    /// Fictional data.
    pub(super) warning: Format,
    /// Label of a line of the cover.
    pub(super) label: Format,
    /// Text that wraps.
    pub(super) text: Format,
    /// Link to another sheet.
    pub(super) link: Format,
    /// Header row of a table.
    pub(super) header: Format,
    /// Heading over a second table of a sheet.
    pub(super) heading: Format,
    /// Notes under a table.
    pub(super) note: Format,
}

impl Styles {
    /// The formats of a language.
    pub(super) fn new(lang: Lang) -> Self {
        let base = Format::new().set_font_name(FONT).set_font_size(11);
        let top = base.clone().set_align(FormatAlign::Top);
        Self {
            lang,
            title: base.clone().set_bold().set_font_size(14).set_font_color(ACCENT),
            cover_title: top.clone().set_bold().set_font_size(22).set_font_color(ACCENT),
            subtitle: base.clone().set_font_color(MUTED),
            warning: base.clone().set_bold().set_font_color(Color::RGB(0x7a_3e_00)),
            label: top.clone().set_bold().set_text_wrap(),
            text: top.clone().set_text_wrap(),
            link: top
                .clone()
                .set_font_color(ACCENT)
                .set_underline(FormatUnderline::Single)
                .set_text_wrap(),
            header: base
                .clone()
                .set_bold()
                .set_font_color(Color::White)
                .set_background_color(ACCENT)
                .set_align(FormatAlign::VerticalCenter)
                .set_text_wrap()
                .set_border_bottom(FormatBorder::Thin)
                .set_border_bottom_color(ACCENT),
            heading: base.clone().set_bold().set_font_size(12).set_font_color(ACCENT),
            note: base.clone().set_font_size(10).set_font_color(MUTED),
        }
    }

    /// The format of a header: over numbers it is at the right, clear of the filter button.
    pub(super) fn header(&self, numbers: bool, filtered: bool) -> Format {
        let header = self.header.clone();
        match (numbers, filtered) {
            (false, _) => header.set_align(FormatAlign::Left).set_indent(1),
            (true, false) => header.set_align(FormatAlign::Right),
            (true, true) => header.set_align(FormatAlign::Right).set_indent(2),
        }
    }

    /// The format of a body cell.
    pub(super) fn body(&self, look: Look) -> Format {
        let mut format = Format::new()
            .set_font_name(FONT)
            .set_font_size(11)
            .set_align(FormatAlign::Top)
            .set_border_bottom(FormatBorder::Hair)
            .set_border_bottom_color(RULE);
        if look.kind == Kind::Text {
            // The indent keeps words clear of the numbers of the column before.
            format = format.set_text_wrap().set_align(FormatAlign::Left).set_indent(1);
        } else {
            format = format.set_align(FormatAlign::Right);
        }
        if look.reason {
            format = format.set_italic().set_font_color(MUTED).set_text_wrap();
        } else if let Some(code) = code(look.kind, look.cents, self.lang) {
            format = format.set_num_format(code);
        }
        if look.strong {
            format = format
                .set_bold()
                .set_background_color(PALE)
                .set_border_top(FormatBorder::Thin)
                .set_border_top_color(ACCENT);
        }
        format
    }
}

/// The number code of a format; none for text.
pub(super) fn code(kind: Kind, cents: bool, lang: Lang) -> Option<&'static str> {
    Some(match (kind, lang) {
        (Kind::Text, _) => return None,
        (Kind::Integer, _) => "#,##0",
        (Kind::Decimal1, _) => "#,##0.0",
        (Kind::Decimal2, _) => "#,##0.00",
        (Kind::Decimal3, _) => "#,##0.000",
        (Kind::Percent, Lang::Fr) => "0.0\"\u{a0}\"%",
        (Kind::Percent, Lang::En) => "0.0%",
        (Kind::Euro, Lang::Fr) if cents => "#,##0.00\"\u{a0}€\"",
        (Kind::Euro, Lang::Fr) => "#,##0\"\u{a0}€\"",
        (Kind::Euro, Lang::En) if cents => "\"€\"#,##0.00",
        (Kind::Euro, Lang::En) => "\"€\"#,##0",
        (Kind::Date, _) => "dd/mm/yyyy",
    })
}
