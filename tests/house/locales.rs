//! The locale files: the same keys and slots in both languages, sorted, French typography.

use bilan::assets::locale;
use bilan::texts::{Lang, entries};
use std::collections::{BTreeMap, BTreeSet};

const LANGUAGES: [Lang; 2] = [Lang::Fr, Lang::En];

fn keys(content: &'static str) -> Vec<&'static str> {
    entries(content).map(|(key, _)| key).collect()
}

/// The `{slots}` of a text.
fn slots(text: &str) -> BTreeSet<&str> {
    let names = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    names.map(|(name, _)| name).collect()
}

#[test]
fn both_languages_have_the_same_keys_and_slots_in_the_same_files() {
    for ((name, fr), (same, en)) in locale(Lang::Fr).iter().zip(locale(Lang::En)) {
        assert_eq!(name, same);
        assert_eq!(keys(fr), keys(en), "{name}");
        for ((key, fr), (_, en)) in entries(fr).zip(entries(en)) {
            assert_eq!(slots(fr), slots(en), "{key}");
            assert!(!fr.is_empty() && !en.is_empty(), "{key} is empty");
        }
    }
}

#[test]
fn no_key_is_twice_and_keys_are_sorted() {
    for lang in LANGUAGES {
        let mut seen = BTreeMap::new();
        for (name, content) in locale(lang) {
            let keys = keys(content);
            for pair in keys.windows(2) {
                assert!(
                    pair[0] < pair[1],
                    "{} {name}: {} before {}",
                    lang.code(),
                    pair[1],
                    pair[0]
                );
            }
            for key in keys {
                assert_eq!(seen.insert(key, name), None, "{} {key} is twice", lang.code());
            }
        }
    }
}

#[test]
fn comments_stand_at_the_top_and_every_other_line_is_a_text() {
    for (lang, (name, content)) in
        LANGUAGES.iter().flat_map(|l| locale(*l).iter().map(move |f| (l, f)))
    {
        let texts = content.lines().skip_while(|line| line.starts_with('#') || line.is_empty());
        for line in texts {
            let text = line.split_once(" = ").is_some_and(|(key, _)| !key.starts_with('#'));
            assert!(text, "{} {name}: {line}", lang.code());
        }
    }
}

#[test]
fn french_punctuation_keeps_with_its_word() {
    for (_, content) in locale(Lang::Fr) {
        for (key, text) in entries(content) {
            for mark in [" :", " ;", " ?", " !", " %", " €", " »", "« "] {
                assert!(!text.contains(mark), "{key}: no-break space in “{mark}” of {text}");
            }
            assert!(!text.contains('’'), "{key}: straight apostrophes, as everywhere: {text}");
            // A plain mark stuck to its word; times, tables of bilan.toml and codes apart.
            for (at, mark) in text.char_indices().filter(|(_, c)| [';', '?', '!', '»'].contains(c))
            {
                let before = text[..at].chars().next_back().unwrap_or('\u{a0}');
                let free = ['\u{a0}', '\u{202f}', '(', '`'].contains(&before);
                assert!(free || before == '!' || text.contains("#REF!"), "{key}: {mark} in {text}");
            }
        }
    }
}
