//! TODO-HELPER
use super::Report;
use crate::finding::Finding;
use crate::indicators::Measures;
use crate::ingest::InputFile;
use crate::programme::Programme;
use crate::settings::Settings;
use crate::tables::Tables;
use crate::texts::Texts;

/// What a report is composed from.
#[derive(Debug)]
pub struct Material<'a> {
    /// Settings.
    pub settings: &'a Settings,
    /// Texts of the report's language.
    pub texts: &'a Texts,
    /// The programme.
    pub programme: &'a Programme,
    /// Typed tables, for readings.
    pub tables: &'a Tables,
    /// Publishable measures.
    pub measures: &'a Measures,
    /// Findings.
    pub findings: &'a [Finding],
    /// Input files.
    pub files: &'a [InputFile],
}

/// Composes every document.
pub fn compose(material: &Material<'_>) -> Report {
    let _ = material;
    Report {
        lang: "fr",
        programme: String::new(),
        period: String::new(),
        period_words: String::new(),
        date: String::new(),
        words: std::collections::BTreeMap::new(),
        generator: String::new(),
        fictional: false,
        documents: Vec::new(),
    }
}
