//! How a measure is written: value or reason, window, breakdown. The only place that words numbers.

use super::{Cell, Format};
use crate::indicators::{Measure, Reading, Unit, Value};
use crate::locale;
use crate::period::{Window, WindowKind};
use crate::texts::{Lang, Texts};

/// How numbers of a unit are formatted.
pub fn format(unit: Unit) -> Format {
    match unit {
        Unit::Count => Format::Integer,
        Unit::Share => Format::Percent,
        Unit::Euro => Format::Euro,
        Unit::Hours | Unit::Months => Format::Decimal1,
        Unit::Fte => Format::Decimal2,
        Unit::Index | Unit::PerThousand => Format::Decimal3,
    }
}

/// A number in a format.
pub fn number(value: f64, format: Format, lang: Lang) -> String {
    match format {
        Format::Integer => locale::integer(lang, value),
        Format::Decimal1 => locale::decimal(lang, value, 1),
        Format::Decimal2 => locale::decimal(lang, value, 2),
        Format::Decimal3 => locale::decimal(lang, value, 3),
        Format::Percent => locale::percent(lang, value),
        Format::Euro => locale::euros(lang, value),
        Format::Text | Format::Date => plain_number(value, lang),
    }
}

/// A number as short as it can be: whole when it is, else with up to three decimals.
pub fn plain_number(value: f64, lang: Lang) -> String {
    let places = (0..3).find(|p| {
        let scale = 10f64.powi(*p);
        ((value * scale).round() / scale - value).abs() < 1e-9
    });
    locale::decimal(lang, value, places.map_or(3, |p| usize::try_from(p).unwrap_or(3)))
}

/// A value in words: `412`, `38,5 %`, `non renseigné`, `non défini`, `secret`.
pub fn value(measure: &Measure, texts: &Texts) -> String {
    match measure.reading.value {
        Value::Number(value) => number(value, format(measure.indicator.unit), texts.lang),
        other => texts.get(&format!("statut.{}", other.status())),
    }
}

/// Why there is no value, in a sentence; empty when there is one.
pub fn reason(value: Value, texts: &Texts) -> String {
    match value {
        Value::Number(_) => String::new(),
        Value::Missing(sheet) => texts.fill("motif.feuille-absente", &[("feuille", sheet)]),
        Value::Undefined(key) | Value::Secret(key) => texts.get(&format!("motif.{key}")),
    }
}

/// A window in words: `T3 2026`, `cumul`.
pub fn window(window: Window, texts: &Texts) -> String {
    let quarter = locale::quarter(texts.lang, window.last_quarter());
    match window.kind {
        WindowKind::Cumulative => texts.fill("fenetre.cumul", &[("trimestre", quarter)]),
        _ => quarter,
    }
}

/// The modality of a breakdown in words; empty for a headline value.
pub fn modality(reading: &Reading, texts: &Texts) -> String {
    if reading.dimension.is_empty() { String::new() } else { reading.label(texts) }
}

/// A measure as a table cell.
pub fn cell(measure: &Measure, texts: &Texts) -> Cell {
    Cell {
        text: value(measure, texts),
        number: measure.reading.value.get(),
        format: Some(format(measure.indicator.unit)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_number_is_as_short_as_it_can_be() {
        assert_eq!(plain_number(3.0, Lang::Fr), "3");
        assert_eq!(plain_number(3.5, Lang::Fr), "3,5");
        assert_eq!(plain_number(1.0 / 3.0, Lang::Fr), "0,333");
    }
}
