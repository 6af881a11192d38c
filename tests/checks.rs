//! Every finding code of the tables and checks stages on a small folder that raises it and on its
//! neighbour that does not: `tests/fixtures/checks/<code>/{echoue,passe}`.

use bilan::finding::{CODES, Finding};
use bilan::identity::Key;
use bilan::settings::{Overrides, Settings};
use bilan::texts::{Lang, Texts};
use bilan::{checks, identity, ingest, tables};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/checks")
}

/// Findings of the typing, linking and checking stages on a folder, on 30 September 2026.
fn findings(folder: PathBuf) -> Vec<Finding> {
    let said = Overrides { inputs: Some(folder), ..Overrides::default() };
    let mut settings = Settings::load(&said, Lang::Fr).expect("readable settings");
    settings.today = chrono::NaiveDate::from_ymd_opt(2026, 9, 30).expect("a day");
    let ingested = ingest::read_folder(&settings).expect("a folder");
    let (tables, mut findings) = tables::build(&ingested, &settings);
    let key = Key::from_text("a key for tests only").expect("a key");
    let linked = identity::link(tables, &settings, &key);
    let (tables, programme) = (linked.tables, linked.programme);
    findings.extend(linked.findings);
    findings.extend(checks::run(&tables, &programme, &settings));
    findings
}

fn codes_with_fixtures() -> BTreeSet<String> {
    std::fs::read_dir(fixtures())
        .expect("fixtures")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn each_code_is_raised_where_it_should_be_and_only_there() {
    let mut wrong = Vec::new();
    for code in codes_with_fixtures() {
        let raised = |name: &str| {
            let found = findings(fixtures().join(&code).join(name));
            found.iter().map(|f| f.code).collect::<BTreeSet<_>>()
        };
        let (fails, passes) = (raised("echoue"), raised("passe"));
        if !fails.contains(code.as_str()) {
            wrong.push(format!("{code} is not raised by echoue, which gives {fails:?}"));
        }
        if passes.contains(code.as_str()) {
            wrong.push(format!("{code} is raised by passe"));
        }
        // A failing folder shows one fault: what else it raises, its neighbour does too.
        let others: Vec<_> = fails.difference(&passes).filter(|c| **c != code).collect();
        if !others.is_empty() {
            wrong.push(format!("echoue of {code} also raises {others:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_both_fixtures() {
    let codes = codes_with_fixtures();
    for rule in checks::rules() {
        assert!(codes.contains(rule.code), "{} has no fixtures", rule.code);
    }
    for code in codes {
        assert!(bilan::finding::code(&code).is_some(), "{code} is not a code");
        for name in ["passe", "echoue"] {
            assert!(fixtures().join(&code).join(name).is_dir(), "{code}/{name}");
        }
    }
}

#[test]
fn every_code_is_worded_in_both_languages() {
    let mut missing = Vec::new();
    for lang in [Lang::Fr, Lang::En] {
        let texts = Texts::new(lang);
        for code in CODES {
            for part in ["titre", "attendu", "remede", "explication"] {
                let key = format!("anomalie.{}.{part}", code.name);
                if texts.find(&key).is_none_or(str::is_empty) {
                    missing.push(format!("{}: {key}", lang.code()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn no_key_is_worded_twice() {
    for lang in [Lang::Fr, Lang::En] {
        let mut seen = BTreeSet::new();
        let files =
            bilan::assets::locale(lang).iter().filter(|(name, _)| name.contains("anomalies"));
        for (key, _) in files.flat_map(|(_, content)| bilan::texts::entries(content)) {
            assert!(seen.insert(key), "{}: {key}", lang.code());
        }
    }
}

#[test]
fn no_slot_of_a_text_is_left_empty() {
    for code in codes_with_fixtures() {
        for finding in findings(fixtures().join(&code).join("echoue")) {
            for lang in [Lang::Fr, Lang::En] {
                let worded = finding.worded(&Texts::new(lang));
                for text in [&worded.title, &worded.expected, &worded.remedy] {
                    let empty = text.contains(['{', '}']) || text.contains("[anomalie.");
                    assert!(!empty, "{}: {text}", finding.code);
                }
            }
        }
    }
}
