//! Decimal numbers: a whole number over a power of ten. Floats come in and go out by one exact division
//! where one is enough, else by their shortest spelling.

/// A decimal number: `mantissa / 10^scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Decimal {
    mantissa: i128,
    scale: u32,
}

/// Powers of ten that a float holds exactly.
const EXACT: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// Decimals tried before the spelling: amounts, hours and shares have few.
const TRIED: u32 = 6;

impl Decimal {
    /// `mantissa / 10^scale`.
    pub(super) fn new(mantissa: i128, scale: u32) -> Self {
        Self { mantissa, scale }
    }

    /// The shortest decimal that a float cell stands for; `None` for NaN, infinities and what no
    /// cell counts.
    pub(in super::super) fn from_f64(value: f64) -> Option<Self> {
        if !value.is_finite() || value.abs() >= 1e18 {
            return None;
        }
        Self::scaled(value).or_else(|| Self::spelled(value))
    }

    /// By scaled arithmetic. A decimal of at most 15 digits is the only such one for its float, so
    /// that dividing back to the same float proves it is the shortest.
    #[expect(clippy::float_cmp, reason = "equality of floats is what is proved")]
    fn scaled(value: f64) -> Option<Self> {
        for (scale, power) in (0..=TRIED).zip(EXACT) {
            let mantissa = (value * power).round();
            if mantissa.abs() >= 1e15 {
                return None;
            }
            if mantissa / power == value {
                return Some(Self { mantissa: i128::from(mantissa as i64), scale });
            }
        }
        None
    }

    /// By the shortest spelling that reads back as the float.
    fn spelled(value: f64) -> Option<Self> {
        let text = format!("{}", value.abs());
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let fraction = &fraction[..fraction.len().min(18)];
        let mantissa: i128 = format!("{whole}{fraction}").parse().ok()?;
        let scale = u32::try_from(fraction.len()).ok()?;
        Some(Self { mantissa: if value < 0.0 { -mantissa } else { mantissa }, scale })
    }

    pub(super) fn negated(self) -> Self {
        Self { mantissa: -self.mantissa, ..self }
    }

    /// Multiplies by a power of ten.
    #[must_use]
    pub(in super::super) fn shifted(self, power: i32) -> Option<Self> {
        let scale = i64::from(self.scale) - i64::from(power);
        if scale >= 0 {
            return Some(Self { scale: u32::try_from(scale).ok()?, ..self });
        }
        let factor = 10i128.checked_pow(u32::try_from(-scale).ok()?)?;
        Some(Self { mantissa: self.mantissa.checked_mul(factor)?, scale: 0 })
    }

    /// The nearest float.
    pub(in super::super) fn to_f64(self) -> f64 {
        // Two exact floats: their quotient is rounded once, as the spelling would be.
        match (i64::try_from(self.mantissa), EXACT.get(self.scale as usize)) {
            (Ok(mantissa), Some(power)) if mantissa.unsigned_abs() < 1 << 53 => {
                mantissa as f64 / power
            }
            _ => self.through_text(),
        }
    }

    fn through_text(self) -> f64 {
        format!("{}e-{}", self.mantissa, self.scale).parse().unwrap_or(0.0)
    }

    /// Cents, rounded half away from zero; `None` when it does not fit.
    pub(in super::super) fn to_cents(self) -> Option<i64> {
        let shifted = self.shifted(2)?;
        if shifted.scale == 0 {
            return i64::try_from(shifted.mantissa).ok();
        }
        let unit = 10i128.checked_pow(shifted.scale)?;
        let (whole, rest) = (shifted.mantissa / unit, shifted.mantissa % unit);
        let away = if rest.abs() * 2 >= unit { shifted.mantissa.signum() } else { 0 };
        i64::try_from(whole + away).ok()
    }

    /// The whole number it is, if it is one.
    pub(in super::super) fn to_whole(self) -> Option<i64> {
        if self.scale == 0 {
            return i64::try_from(self.mantissa).ok();
        }
        let unit = 10i128.checked_pow(self.scale)?;
        if self.mantissa % unit == 0 { i64::try_from(self.mantissa / unit).ok() } else { None }
    }

    /// Whether it is below zero.
    pub(in super::super) fn is_negative(self) -> bool {
        self.mantissa < 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn both_ways_in_agree(cents in -99_999_999_999i64..99_999_999_999, places in 0u32..9, raw in proptest::num::f64::NORMAL) {
            for value in [cents as f64 / EXACT[places as usize], raw, raw.fract(), raw.trunc()] {
                if let (true, Some(fast)) = (value.abs() < 1e18, Decimal::scaled(value)) {
                    prop_assert_eq!(Some(fast), Decimal::spelled(value), "{}", value);
                }
            }
        }

        #[test]
        fn both_ways_out_agree(mantissa in any::<i64>(), small in -9_007_199_254_740_991i64..9_007_199_254_740_991, scale in 0u32..30) {
            for mantissa in [mantissa, small, small % 1_000_000] {
                let decimal = Decimal::new(i128::from(mantissa), scale);
                prop_assert_eq!(decimal.to_f64().to_bits(), decimal.through_text().to_bits());
            }
        }

        #[test]
        fn a_float_comes_back(value in -1e15f64..1e15) {
            for value in [value, (value / 1e9).trunc(), (value / 1e7).round() / 100.0] {
                let back = Decimal::from_f64(value).map(Decimal::to_f64);
                prop_assert!(back.is_some_and(|back| (back - value).abs() <= value.abs() * f64::EPSILON));
            }
        }
    }
}
