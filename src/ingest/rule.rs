//! Rules of the settings: which sheets they are for, and the constants they give.

use super::Sheet;
use crate::schema::TableId;
use crate::settings::SourceRule;
use std::collections::BTreeMap;

/// A rule applies to a sheet when its patterns match.
pub(super) fn applies(rule: &SourceRule, sheet: &Sheet) -> bool {
    let name = sheet.file.rsplit('/').next().unwrap_or_default();
    let file = matches_pattern(&rule.file, &sheet.file) || matches_pattern(&rule.file, name);
    file && rule.sheet.as_deref().is_none_or(|pattern| matches_pattern(pattern, &sheet.name))
}

/// `*` stands for anything; case does not count.
fn matches_pattern(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.trim().to_lowercase(), text.trim().to_lowercase());
    let mut parts = pattern.split('*');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(found) => rest = &rest[found + part.len()..],
            None => return false,
        }
    }
    true
}

/// Constants of the settings for columns of the table that the sheet lacks.
pub(super) fn constants(
    table: TableId,
    rule: Option<&SourceRule>,
    has: impl Fn(&str) -> bool,
) -> BTreeMap<&'static str, String> {
    rule.map(|rule| &rule.constants)
        .into_iter()
        .flatten()
        .filter(|(id, _)| table.spec().column(id).is_some() && !has(id))
        .map(|(id, value)| (*id, value.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, text) in
            [("*", "a"), ("suivi*.xlsx", "Suivi 2026.xlsx"), ("a*b*c", "aXbYc"), ("x", "X")]
        {
            assert!(matches_pattern(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("suivi", "suivi.xlsx"), ("a*b*c", "acb"), ("", "a")] {
            assert!(!matches_pattern(pattern, text), "{pattern} {text}");
        }
    }
}
