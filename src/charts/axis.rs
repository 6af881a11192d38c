//! Axes: round ticks from zero, written in the unit of the values.

use crate::locale;
use crate::texts::Lang;

/// How the numbers of an axis are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// As they are.
    Plain,
    /// Shares of 1, in percent.
    Percent,
    /// Euros.
    Euros,
    /// Euros, in thousands.
    KiloEuros,
}

impl Unit {
    /// The unit in which values are written beside their marks: the axis speaks like its labels.
    pub(super) fn of<'t>(lang: Lang, written: impl IntoIterator<Item = (f64, &'t str)>) -> Self {
        let mut units = written.into_iter().map(|(value, text)| {
            let starts =
                |number: f64, places| text.starts_with(&locale::decimal(lang, number, places));
            if text.contains('%') && (0..=2).any(|places| starts(value * 100.0, places)) {
                Self::Percent
            } else if text.contains('€') {
                Self::Euros
            } else {
                Self::Plain
            }
        });
        let Some(first) = units.next() else { return Self::Plain };
        if units.all(|unit| unit == first) { first } else { Self::Plain }
    }

    fn factor(self) -> f64 {
        match self {
            Self::Plain | Self::Euros => 1.0,
            Self::Percent => 100.0,
            Self::KiloEuros => 0.001,
        }
    }
}

/// From a value to a position.
#[derive(Debug, Clone)]
pub(super) struct Axis {
    /// Smallest value: 0, or below when there are negative values.
    pub(super) low: f64,
    /// Largest value.
    pub(super) high: f64,
    /// Round values to mark.
    pub(super) ticks: Vec<f64>,
    unit: Unit,
    places: usize,
}

impl Axis {
    /// An axis that holds zero and all values, with about `wanted` steps. Whole values get whole
    /// ticks; percents do not go past 100 % unless the values do.
    pub(super) fn new(values: impl IntoIterator<Item = f64>, unit: Unit, wanted: usize) -> Self {
        let factor = unit.factor();
        let (mut low, mut high, mut whole) = (0f64, 0f64, unit != Unit::Percent);
        for value in values.into_iter().map(|value| value * factor) {
            low = low.min(value);
            high = high.max(value);
            whole &= value.fract().abs() < 1e-9;
        }
        if high - low <= 0.0 {
            high = if unit == Unit::Percent { 100.0 } else { 1.0 };
        }
        let (step, places) = round_step((high - low) / wanted.max(1) as f64, whole);
        let (first, last) = ((low / step).floor(), (high / step - 1e-9).ceil());
        let ticks: Vec<f64> =
            (0..=(last - first) as usize).map(|i| (first + i as f64) * step / factor).collect();
        Self { low: first * step / factor, high: last * step / factor, ticks, unit, places }
    }

    /// Position of a value between two pixels, kept inside.
    pub(super) fn place(&self, value: f64, from: i32, to: i32) -> i32 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        from + (share * f64::from(to - from)).round() as i32
    }

    /// A tick in words.
    pub(super) fn tick(&self, lang: Lang, value: f64) -> String {
        let number = locale::decimal(lang, value * self.unit.factor(), self.places);
        match self.unit {
            Unit::Plain => number,
            Unit::Percent if lang == Lang::Fr => format!("{number}\u{a0}%"),
            Unit::Percent => format!("{number}%"),
            Unit::Euros if lang == Lang::Fr => format!("{number}\u{a0}€"),
            Unit::Euros => format!("€{number}"),
            Unit::KiloEuros if lang == Lang::Fr => format!("{number}\u{a0}k€"),
            Unit::KiloEuros => format!("€{number}k"),
        }
    }
}

/// The smallest of 1, 2, 2.5, 5 × 10^k not below a step, and the decimals it takes to write it.
fn round_step(least: f64, whole: bool) -> (f64, usize) {
    let mut power = 1.0;
    let mut decimals = 0usize;
    while power * 10.0 < least {
        power *= 10.0;
    }
    while !whole && power > least && decimals < 9 {
        power /= 10.0;
        decimals += 1;
    }
    for multiple in [1.0, 2.0, 2.5, 5.0] {
        let step = multiple * power;
        let halves = multiple > 2.0 && multiple < 3.0 && power < 5.0;
        if step >= least && !(whole && halves) {
            return (step, decimals + usize::from(halves));
        }
    }
    (10.0 * power, decimals.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(values: &[f64], unit: Unit) -> Vec<String> {
        let axis = Axis::new(values.iter().copied(), unit, 5);
        axis.ticks.iter().map(|tick| axis.tick(Lang::Fr, *tick)).collect()
    }

    #[test]
    fn ticks_are_round_and_start_at_zero() {
        assert_eq!(ticks(&[0.0], Unit::Plain), ["0", "1"]);
        assert_eq!(ticks(&[3.0], Unit::Plain), ["0", "1", "2", "3"]);
        assert_eq!(ticks(&[7.0, 12.0], Unit::Plain), ["0", "5", "10", "15"]);
        assert_eq!(ticks(&[0.7], Unit::Plain), ["0,0", "0,2", "0,4", "0,6", "0,8"]);
        assert_eq!(ticks(&[1.0], Unit::Percent)[5], "100\u{a0}%");
        assert_eq!(
            ticks(&[0.031], Unit::Percent),
            ["0\u{a0}%", "1\u{a0}%", "2\u{a0}%", "3\u{a0}%", "4\u{a0}%"]
        );
        assert_eq!(ticks(&[48_000.0], Unit::KiloEuros)[1], "10\u{a0}k€");
        assert_eq!(ticks(&[-4.0, 6.0], Unit::Plain)[0], "\u{2212}4");
        assert_eq!(ticks(&[1_204_000.0], Unit::Plain)[1], "250\u{202f}000");
    }

    #[test]
    fn the_axis_speaks_like_its_labels() {
        assert_eq!(Unit::of(Lang::Fr, [(0.123, "12,3\u{a0}%")]), Unit::Percent);
        assert_eq!(Unit::of(Lang::Fr, [(12.0, "12 (5\u{a0}%)")]), Unit::Plain);
        assert_eq!(Unit::of(Lang::Fr, [(12.0, "12\u{a0}€"), (0.0, "0\u{a0}€")]), Unit::Euros);
        assert_eq!(Unit::of(Lang::Fr, []), Unit::Plain);
    }
}
