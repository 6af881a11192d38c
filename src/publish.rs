//! Stage 9: [`crate::report::Report`] → bytes → files: pre-check, staging folder, atomic swap.

pub mod pdf;
pub mod workbook;
