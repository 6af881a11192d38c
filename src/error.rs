//! Errors: when the program cannot go on. What, where, and what to do, in the user's language.

use crate::texts::Texts;
use std::path::PathBuf;
use thiserror::Error;

/// Why a run stops. Worded by [`Error::message`]; `Display` is the key and the facts, for logs.
#[derive(Debug, Error)]
#[error("{key}: {facts:?}")]
pub struct Error {
    /// Text keys `erreur.<key>` and `erreur.<key>.remede`.
    pub key: &'static str,
    /// Slots of the texts.
    pub facts: Vec<(&'static str, String)>,
}

impl Error {
    /// An error without facts.
    pub fn new(key: &'static str) -> Self {
        Self { key, facts: Vec::new() }
    }

    /// Adds a fact.
    #[must_use]
    pub fn with(mut self, slot: &'static str, value: impl ToString) -> Self {
        self.facts.push((slot, value.to_string()));
        self
    }

    /// An input or output error on a path.
    pub fn io(key: &'static str, path: impl Into<PathBuf>, source: &std::io::Error) -> Self {
        Self::new(key).with("chemin", path.into().display()).with("cause", source)
    }

    /// What happened and what to do, in words: two lines.
    pub fn message(&self, texts: &Texts) -> String {
        let what = texts.fill(&format!("erreur.{}", self.key), &self.facts);
        let remedy = texts.fill(&format!("erreur.{}.remede", self.key), &self.facts);
        format!("{what}\n{remedy}")
    }
}
