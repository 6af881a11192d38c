//! TODO-HELPER

use super::Indicator;

pub(super) const INDICATORS: &[Indicator] = &[];
