//! Text that fits: measured with the embedded font, wrapped, shortened.

use super::theme;
use crate::assets::FONT_FAMILY;
use plotters::style::{FontDesc, FontFamily, FontStyle};

/// Size that makes the SVG say `size`: plotters divides sizes by 1.24 when it writes them.
const PLOTTERS_SIZE: f64 = 1.24;

/// A font of the embedded family.
pub(super) fn font(size: f64, bold: bool) -> FontDesc<'static> {
    FontDesc::new(FontFamily::Name(FONT_FAMILY), size * PLOTTERS_SIZE, style(bold))
}

fn style(bold: bool) -> FontStyle {
    if bold { FontStyle::Bold } else { FontStyle::Normal }
}

/// Width of a text in pixels, rounded up. Glyphs are measured at `size`, not at the size plotters
/// writes: its measure scales by the typographic height of the font, which is 1 em for ours.
pub(super) fn width(text: &str, size: f64, bold: bool) -> i32 {
    if text.is_empty() {
        return 0;
    }
    // Fonts are registered before anything is drawn; the guess is for a font without this glyph.
    FontDesc::new(FontFamily::Name(FONT_FAMILY), size, style(bold)).layout_box(text).map_or_else(
        |_| (text.chars().count() as f64 * size * 0.6) as i32,
        |((left, _), (right, _))| right - left + 1,
    )
}

/// The text, shortened with `…` until it is at most `limit` pixels wide.
pub(super) fn shorten(text: &str, size: f64, bold: bool, limit: i32) -> String {
    if width(text, size, bold) <= limit {
        return text.to_string();
    }
    let mut kept: Vec<char> = text.chars().collect();
    while kept.pop().is_some() {
        let short = format!("{}…", kept.iter().collect::<String>().trim_end());
        if width(&short, size, bold) <= limit {
            return short;
        }
    }
    String::new()
}

/// The text on at most `lines` lines of `limit` pixels, cut at ordinary spaces (never at a no-break
/// one) into lines of like length; what does not fit is shortened.
pub(super) fn wrap(text: &str, size: f64, bold: bool, limit: i32, lines: usize) -> Vec<String> {
    let mut best = fill(text, size, bold, limit, lines);
    if best.len() == 1 || best.iter().any(|line| line.ends_with('…')) {
        return best;
    }
    // The narrowest limit that still holds the text on as many lines.
    let (mut low, mut high) = (limit / 3, limit);
    while high - low > 2 {
        let middle = i32::midpoint(low, high);
        let tried = fill(text, size, bold, middle, best.len());
        if tried.iter().any(|line| line.ends_with('…')) {
            low = middle;
        } else {
            (high, best) = (middle, tried);
        }
    }
    best
}

/// Lines as full as can be.
fn fill(text: &str, size: f64, bold: bool, limit: i32, lines: usize) -> Vec<String> {
    let mut words = text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()).peekable();
    let mut out: Vec<String> = Vec::new();
    while let Some(first) = words.next() {
        let mut line = first.to_string();
        let last = out.len() + 1 == lines;
        while let Some(next) = words.peek() {
            let longer = format!("{line} {next}");
            if !last && width(&longer, size, bold) > limit {
                break;
            }
            line = longer;
            words.next();
        }
        out.push(shorten(&line, size, bold, limit));
        if last {
            break;
        }
    }
    if out.is_empty() {
        out.push(String::new());
    }
    out
}

/// Width of the widest line.
pub(super) fn widest<'t>(
    lines: impl IntoIterator<Item = &'t String>,
    size: f64,
    bold: bool,
) -> i32 {
    lines.into_iter().map(|line| width(line, size, bold)).max().unwrap_or(0)
}

/// Height of a block of lines.
pub(super) fn height(lines: usize) -> i32 {
    i32::try_from(lines).unwrap_or(1) * theme::LEADING
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::theme::{TEXT, register_fonts};

    #[test]
    fn accents_do_not_count_twice() {
        register_fonts().unwrap();
        assert!((width("Été à Évry", TEXT, false) - width("Ete a Evry", TEXT, false)).abs() <= 1);
        assert!(width("Évry", TEXT, true) >= width("Évry", TEXT, false));
    }

    #[test]
    fn long_labels_wrap_then_shorten() {
        register_fonts().unwrap();
        let label = "Communauté d'agglomération Grand Paris Sud Est Avenir et ses communes membres";
        let lines = wrap(label, TEXT, false, 200, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…'));
        assert!(lines.iter().all(|line| width(line, TEXT, false) <= 200));
        assert_eq!(wrap(label, TEXT, false, 200, 9).join(" "), label);
        assert_eq!(wrap("T3\u{a0}2026", TEXT, false, 20, 2).len(), 1, "no cut at a no-break space");
        assert_eq!(wrap("Repair Café du Grand Parc", TEXT, false, 140, 2)[1], "du Grand Parc");
        assert_eq!(wrap("", TEXT, false, 200, 2), [""]);
    }
}
