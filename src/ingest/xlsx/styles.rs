//! Number formats, for what they say of a number: a date, a duration, or neither.

use super::xml::Scanner;
use crate::ingest::file::Refusal;
use std::collections::BTreeMap;

/// What a number format makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// A number.
    Number,
    /// A date or a time of day.
    Date,
    /// A duration (`[h]:mm`).
    Duration,
}

/// Reads the part of formats: what each style of cell makes of a number.
pub(super) fn read(text: &str) -> Result<Vec<Format>, Refusal> {
    let mut named: BTreeMap<String, Format> = BTreeMap::new();
    let mut formats = Vec::new();
    // Named styles (`cellStyleXfs`) hold the same tags as those of cells, and come before them.
    let mut of_cells = false;
    Scanner::new(text).each_tag(|tag| match tag.name {
        "numFmt" => {
            if let (Some(id), Some(code)) = (tag.words("numFmtId"), tag.words("formatCode")) {
                named.insert(id, custom(&code));
            }
        }
        "cellXfs" => of_cells = true,
        "cellStyleXfs" | "cellStyles" | "dxfs" => of_cells = false,
        "xf" if of_cells => {
            let id = tag.attribute("numFmtId").unwrap_or("0");
            formats.push(named.get(id).copied().unwrap_or_else(|| built_in(id)));
        }
        _ => {}
    })?;
    Ok(formats)
}

/// Formats that have a number and no code (ECMA-376, 18.8.30), East Asian ones among them.
fn built_in(id: &str) -> Format {
    match id.parse::<u32>() {
        Ok(14..=22 | 27..=36 | 45 | 47 | 50..=58) => Format::Date,
        Ok(46) => Format::Duration,
        _ => Format::Number,
    }
}

/// What the first section of a format code says: letters of dates outside quotes, escapes and brackets;
/// hours, minutes or seconds alone in brackets.
fn custom(code: &str) -> Format {
    let mut chars = code.chars();
    // After an `a`, letters are those of a word and not of a date; those of AM/PM are of a time.
    let mut word = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' | '_' | '*' => drop(chars.next()),
            '"' => drop(chars.by_ref().find(|c| *c == '"')),
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                let inside = inside.to_ascii_lowercase();
                let unit = inside.chars().next().filter(|c| matches!(c, 'h' | 'm' | 's'));
                if unit.is_some_and(|unit| inside.chars().all(|c| c == unit)) {
                    return Format::Duration;
                }
            }
            ';' => break,
            'a' | 'A' if !word => word = true,
            'p' | 'm' | '/' | 'P' | 'M' if word => return Format::Date,
            'd' | 'm' | 'h' | 'y' | 's' | 'D' | 'M' | 'H' | 'Y' | 'S' if !word => {
                return Format::Date;
            }
            _ => {}
        }
    }
    Format::Number
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        for code in ["dd/mm/yyyy", "[$-40C]d mmm yyyy", "h:mm AM/PM", "\"le \"dd", "mm:ss", "A/P"] {
            assert_eq!(custom(code), Format::Date, "{code}");
        }
        for code in ["[h]:mm", "[mm]:ss", "[SS].0"] {
            assert_eq!(custom(code), Format::Duration, "{code}");
        }
        for code in
            ["General", "0.00", "# ##0 \"h\"", "[Red]0", "0.00E+00", "0\\d", "@", "0;dd", "0 ad"]
        {
            assert_eq!(custom(code), Format::Number, "{code}");
        }
        assert_eq!((built_in("14"), built_in("46")), (Format::Date, Format::Duration));
        assert_eq!((built_in("0"), built_in("x")), (Format::Number, Format::Number));
    }
}
