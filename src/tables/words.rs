//! A column of texts in which a text that repeats is held once.
//!
//! Rows hold codes: whoever resolves a text (an activity, a person) does it once per code and not once
//! per row. A code stands for one text of one sheet; two codes may stand for the same text.

use std::sync::Arc;

/// Texts of a column, by row.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// Per row: 0 for an empty cell, else one more than the place of its text in `texts`.
    codes: Vec<u32>,
    texts: Vec<Arc<str>>,
}

impl Words {
    /// A column of empty cells.
    pub fn empty(rows: usize) -> Self {
        Self { codes: vec![0; rows], texts: Vec::new() }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The text of a row.
    pub fn get(&self, row: usize) -> Option<&Arc<str>> {
        self.text(self.codes[row])
    }

    /// The code of a row, from 1; 0 for an empty cell.
    pub fn code(&self, row: usize) -> u32 {
        self.codes[row]
    }

    /// The text of a code.
    pub fn text(&self, code: u32) -> Option<&Arc<str>> {
        self.texts.get((code as usize).checked_sub(1)?)
    }

    /// The texts, in the order of their codes.
    pub fn texts(&self) -> impl Iterator<Item = &Arc<str>> {
        self.texts.iter()
    }

    /// How many codes there are, 0 among them.
    pub fn codes(&self) -> usize {
        self.texts.len() + 1
    }

    /// A code for a text, for rows to come.
    pub(super) fn learn(&mut self, text: Arc<str>) -> u32 {
        self.texts.push(text);
        u32::try_from(self.texts.len()).unwrap_or(u32::MAX)
    }

    /// Adds a row.
    pub(super) fn push(&mut self, code: u32) {
        self.codes.push(code);
    }

    /// Makes it as long as `rows`, with empty cells.
    pub(super) fn pad(&mut self, rows: usize) {
        self.codes.resize(rows, 0);
    }

    /// Adds the rows of another sheet.
    pub(super) fn append(&mut self, other: &Self) {
        let shift = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        let shifted = |code: &u32| if *code == 0 { 0 } else { code.saturating_add(shift) };
        self.codes.extend(other.codes.iter().map(shifted));
        self.texts.extend(other.texts.iter().cloned());
    }

    /// Keeps the rows for which `keep` is true.
    pub(super) fn retain(&mut self, keep: &[bool]) {
        let mut rows = keep.iter();
        self.codes.retain(|_| rows.next().is_some_and(|keep| *keep));
    }

    /// Gives each text once, and puts what is returned in its place. Says which codes have changed.
    pub(crate) fn replace(&mut self, new: impl Fn(&str) -> Option<Arc<str>>) -> Vec<bool> {
        let mut changed = vec![false; self.codes()];
        for (text, changed) in self.texts.iter_mut().zip(&mut changed[1..]) {
            if let Some(new) = new(text) {
                *text = new;
                *changed = true;
            }
        }
        changed
    }

    /// Rows whose code is in a set of codes (`true` at their place), in order.
    pub(crate) fn rows_of(&self, codes: &[bool]) -> impl Iterator<Item = usize> {
        let wanted = |code: &u32| codes.get(*code as usize).is_some_and(|wanted| *wanted);
        self.codes.iter().enumerate().filter(move |(_, code)| wanted(code)).map(|(row, _)| row)
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        let same = |row| self.get(row) == other.get(row);
        self.len() == other.len() && (0..self.len()).all(same)
    }
}

impl<T: Into<Arc<str>>> FromIterator<Option<T>> for Words {
    fn from_iter<I: IntoIterator<Item = Option<T>>>(texts: I) -> Self {
        let mut words = Self::default();
        for text in texts {
            let code = text.map_or(0, |text| words.learn(text.into()));
            words.push(code);
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_put_end_to_end() {
        let mut words: Words = [Some("a"), None].into_iter().collect();
        let other: Words = [Some("b"), None, Some("a")].into_iter().collect();
        words.append(&other);
        words.retain(&[true, true, true, false, true]);
        words.pad(5);
        let texts: Vec<_> = (0..words.len()).map(|row| words.get(row).map(|t| &**t)).collect();
        assert_eq!(texts, [Some("a"), None, Some("b"), Some("a"), None]);
        assert_eq!((words.codes(), words.code(1)), (4, 0));
    }
}
