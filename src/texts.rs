//! Words: the locale files, and how texts are compared (folded) and named (snake case).

pub mod formula;
pub mod mask;
pub mod mend;

use crate::assets;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A language of the outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Lang {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

impl Lang {
    /// ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }
}

/// All texts of one language, from `templates/locales/<lang>/*.txt`.
#[derive(Debug, Clone)]
pub struct Texts {
    /// Which language.
    pub lang: Lang,
    entries: BTreeMap<&'static str, &'static str>,
}

impl Texts {
    /// The embedded texts of a language.
    pub fn new(lang: Lang) -> Self {
        let entries =
            assets::locale(lang).iter().flat_map(|(_, content)| entries(content)).collect();
        Self { lang, entries }
    }

    /// The text of a key; the key itself in brackets when missing, so that a gap is seen (and a test
    /// catches it).
    pub fn get(&self, key: &str) -> String {
        let text = self.entries.get(key).map(|text| text.replace("\\n", "\n"));
        text.unwrap_or_else(|| format!("[{key}]"))
    }

    /// The text of a key, if there is one.
    pub fn find(&self, key: &str) -> Option<&'static str> {
        self.entries.get(key).copied()
    }

    /// The text of a key with its `{slots}` filled.
    pub fn fill<S: AsRef<str>>(&self, key: &str, slots: &[(&str, S)]) -> String {
        slots.iter().fold(self.get(key), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value.as_ref())
        })
    }

    /// The text of `key.un` or `key.plusieurs` by the plural rule of the language, with `{n}` filled
    /// by the formatted number. French: 0 and 1 are singular; English: only 1.
    pub fn plural(&self, key: &str, n: u64) -> String {
        let singular = match self.lang {
            Lang::Fr => n < 2,
            Lang::En => n == 1,
        };
        let form = if singular { "un" } else { "plusieurs" };
        self.fill(&format!("{key}.{form}"), &[("n", crate::locale::integer(self.lang, n as f64))])
    }
}

/// The `key = value` lines of a locale file; `#` starts a comment line, `\n` is a line break.
pub fn entries(content: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    content
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'))
        .filter_map(|line| line.split_once('='))
        .map(|(key, value)| (key.trim(), value.trim()))
}

/// Plain letters and digits of a text: no accents, no case, no punctuation, single spaces.
/// `"Jean-Éric  DUPONT"` → `jean eric dupont`.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Most texts need no table of Unicode, and every cell of every sheet comes through here.
    if text.is_ascii() {
        push_plain(&mut out, text.chars().map(|c| c.to_ascii_lowercase()));
    } else {
        let text = text.replace(['œ', 'Œ'], "oe");
        let letters = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
        push_plain(&mut out, letters);
    }
    out
}

/// Letters and digits as they are, one space for all that stands between two of them.
fn push_plain(out: &mut String, letters: impl Iterator<Item = char>) {
    let mut apart = false;
    for c in letters {
        if c.is_alphanumeric() {
            if apart && !out.is_empty() {
                out.push(' ');
            }
            out.push(c);
            apart = false;
        } else {
            apart = true;
        }
    }
}

/// Folds a text for comparison: [`plain`], and the plural `s`/`x` of each word dropped.
/// `"Activités *"` and `"activite"` are the same.
pub fn fold(text: &str) -> String {
    let plain = plain(text);
    let mut out = String::with_capacity(plain.len());
    for word in plain.split(' ') {
        if !out.is_empty() {
            out.push(' ');
        }
        let singular = if word.len() > 3 { word.strip_suffix(['s', 'x']) } else { None };
        out.push_str(singular.unwrap_or(word));
    }
    out
}

/// A key that sorts ids as people number them: `A2` before `A10`.
pub fn natural(text: &str) -> Vec<(String, u64)> {
    let mut parts = vec![(String::new(), 0u64)];
    for c in plain(text).chars() {
        let last = parts.len() - 1;
        match c.to_digit(10) {
            Some(digit) => {
                parts[last].1 = parts[last].1.saturating_mul(10).saturating_add(u64::from(digit));
            }
            None if parts[last].1 > 0 => parts.push((c.to_string(), 0)),
            None => parts[last].0.push(c),
        }
    }
    parts
}

/// The text without its unfilled `{slots}`, for a code explained away from any finding.
pub fn without_slots(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '{' => {
                inside = true;
                out.push('…');
            }
            '}' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

/// Unaccented snake case: `"Plan d'actions"` → `plan_d_actions`.
pub fn snake(text: &str) -> String {
    let plain: String = text
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_as_people_number_them() {
        let mut ids = ["A10", "A2", "B1", "A1"];
        ids.sort_by_key(|id| natural(id));
        assert_eq!(ids, ["A1", "A2", "A10", "B1"]);
        assert_eq!(without_slots("réunies sous « {nom} »."), "réunies sous « … ».");
    }

    #[test]
    fn headers_are_equal_whatever_their_dress() {
        for text in ["Activités", "ACTIVITE", " activités * ", "Activite(s)"] {
            assert_eq!(fold(text).replace(" s", ""), "activite", "{text}");
        }
        for (text, expected) in [
            ("", ""),
            (" * ", ""),
            ("Jean-Éric  DUPONT ", "jean eric dupont"),
            ("  A/B (2) ", "a b 2"),
            ("Cœur d’îlot", "coeur d ilot"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
        assert_eq!(fold("les gens heureux"), "les gen heureu");
        assert_eq!(snake("Plan d'actions"), "plan_d_actions");
        assert_eq!(snake("Dettes < 1 an"), "dettes_1_an");
    }
}
