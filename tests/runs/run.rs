//! Whole runs of the program on the shipped example and on bad input.

use super::support::{
    Bench, EXAMPLE, bytes, csv_rows, example, files_below, indicator, text_of_pdf,
};
use calamine::Reader as _;
use std::collections::BTreeMap;

const PERIOD: &str = "reports/2026-T3";

/// Every file a run writes besides `graphiques/` and `donnees/tables/`.
const EXPECTED: [&str; 15] = [
    "rapport-trimestriel.pdf",
    "rapport-trimestriel.xlsx",
    "dossier-financement.pdf",
    "dossier-financement.xlsx",
    "comparaison-territoires.pdf",
    "comparaison-territoires.xlsx",
    "subventions_scdl.csv",
    "anomalies.xlsx",
    "manifeste.json",
    "donnees/indicateurs.csv",
    "donnees/indicateurs.json",
    "donnees/lecture.csv",
    "donnees/anomalies.csv",
    "donnees/tables/financements.csv",
    "donnees/tables/structures.csv",
];

#[test]
fn the_example_gives_every_file_of_a_report_and_the_same_bytes_twice() {
    let once = &EXAMPLE.files;
    for name in EXPECTED {
        assert!(!EXAMPLE.bytes(name).is_empty(), "{name} is empty");
        assert!(EXAMPLE.stdout.contains(name), "{name} is not announced");
    }
    let is_chart = |name: &&String| name.contains("/graphiques/") && name.ends_with(".svg");
    assert!(once.keys().filter(is_chart).count() >= 9);
    let bench = Bench::of_example();
    bench.run(&["run", "inputs", "--quiet"]).ends_in(&[1]);
    let twice = files_below(&bench.path("reports"));
    assert_eq!(once.keys().collect::<Vec<_>>(), twice.keys().collect::<Vec<_>>());
    for (name, bytes) in once {
        assert!(twice[name] == *bytes, "{name} differs between two runs");
    }
}

#[test]
fn every_indicator_is_defined_on_the_paper_of_each_report_and_no_page_is_empty() {
    for stem in ["rapport-trimestriel", "dossier-financement", "comparaison-territoires"] {
        let pdf = EXAMPLE.pdf(&format!("{stem}.pdf"));
        // A name is broken anywhere in a narrow column.
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let text = letters(&text_of_pdf(&pdf));
        for indicator in bilan::indicators::all() {
            assert!(text.contains(&letters(indicator.id)), "{stem}: {}", indicator.id);
        }
        // Header and footer alone are about a hundred letters.
        for page in pdf.get_pages().into_keys() {
            let text = pdf.extract_text(&[page]).expect("the text of the page");
            assert!(letters(&text).len() > 200, "{stem}, page {page}: {text}");
        }
    }
}

#[test]
fn the_figures_of_the_example_hold_together() {
    let rows = EXAMPLE.figures();
    let value = |id, territory, window, modality| {
        indicator(&rows, id, territory, window, modality).and_then(|v| v.1)
    };
    let territories = ["Alfortville", "Paris 18e", "Sucy-en-Brie"];
    for window in ["trimestre", "cumul", "precedent"] {
        let sum: f64 = territories
            .iter()
            .map(|t| value("participants_uniques", t, window, ("", "")).expect("a value"))
            .sum();
        let whole = value("participants_uniques", "programme", window, ("", "")).expect("a value");
        let overlap = value("chevauchement", "programme", window, ("", "")).expect("a value");
        assert!((sum - overlap - whole).abs() < 1e-9, "{window}: {sum} - {overlap} != {whole}");
    }
    assert!(value("nouvelles_synergies", "programme", "cumul", ("", "")).is_some_and(|n| n > 0.0));
    assert!(value("hhi", "programme", "cumul", ("", "")).is_some_and(|h| h > 0.0 && h < 1.0));
    let states = ["valeur", "non_renseigne", "non_defini", "secret"];
    for row in &rows {
        assert!(states.contains(&row["statut"].as_str()), "{row:?}");
        assert_eq!(row["valeur"].is_empty(), row["statut"] != "valeur", "{row:?}");
        assert_eq!(row["motif"].is_empty(), row["statut"] == "valeur", "{row:?}");
    }
}

#[test]
fn renamed_files_change_no_figure() {
    let renamed = Bench::default();
    renamed.copy(&example(), |name| {
        if name == "bilan.toml" { name.to_string() } else { format!("z {name}") }
    });
    renamed.run(&["--quiet"]).ends_in(&[1]);
    let csv = "donnees/indicateurs.csv";
    let read = bytes(&renamed.path(PERIOD).join(csv));
    assert!(read == EXAMPLE.bytes(csv), "{csv} depends on file names");
}

#[test]
fn check_writes_nothing_and_lists_every_finding() {
    let bench = Bench::of_example();
    let ran = bench.run(&["check"]).ends_in(&[1]);
    assert!(!bench.path("reports").exists());
    assert!(ran.stdout().contains("date-impossible"), "{}", ran.stdout());
    assert!(ran.stderr().contains("bloquante"), "{}", ran.stderr());
}

#[test]
fn the_account_of_the_example_says_each_sheet_in_a_few_lines() {
    let bench = Bench::of_example();
    for (lang, name) in [("fr", "lecture"), ("en", "reading")] {
        let said = bench.run(&["check", "--lecture", "--lang", lang]).ends_in(&[1]).stdout();
        assert!(said.lines().all(|line| line.chars().count() <= 100), "{said}");
        insta::assert_snapshot!(name, said);
    }
}

#[test]
fn what_check_proposes_can_be_pasted() {
    let sheet = "Id;Intitulé;Tenue le\nA1;Atelier;01/02/2026\nA2;Stand;02/02/2026\n";
    let bench = Bench::with(&[("Activités.csv", sheet)]);
    let before = bench.run(&["check"]).ends_in(&[1]).stdout();
    let (_, proposed) = before.split_once("À coller dans bilan.toml").expect("a proposal");
    let (_, lines) = proposed.split_once('\n').expect("its lines");
    bench.put("bilan.toml", lines.as_bytes());
    let after = bench.run(&["check", "--lecture"]).ends_in(&[0]).stdout();
    assert!(after.starts_with("Activités.csv → Activités\n"), "{after}");
    assert!(after.contains("Date ← Tenue le") && !after.contains("bilan.toml"), "{after}");
}

#[test]
fn explain_gives_definition_value_and_evidence() {
    let bench = Bench::of_example();
    let ran =
        bench.run(&["explain", "participants_uniques", "--territory", "alfortville"]).ends_in(&[0]);
    for part in ["Alfortville", "T3\u{a0}2026", "ligne"] {
        assert!(ran.stdout().contains(part), "{part} not in {}", ran.stdout());
    }
    let code = bench.run(&["explain", "date-impossible"]).ends_in(&[0]);
    assert!(code.stdout().contains("bloquant"));
    let unknown = bench.run(&["explain", "participant_unique"]).ends_in(&[2]);
    assert!(unknown.stderr().contains("participants_uniques"), "{}", unknown.stderr());
}

#[test]
fn schema_describes_every_table() {
    let bench = Bench::default();
    bench.run(&["schema", "schemas"]).ends_in(&[0]);
    assert_eq!(files_below(&bench.path("schemas")).len(), bilan::schema::TABLES.len());
}

#[test]
fn help_is_french_and_english_when_asked() {
    let bench = Bench::default();
    let french = bench.run(&["--help"]).ends_in(&[0]).stdout();
    for word in ["Utilisation", "Exemples", "check", "explain", "--period"] {
        assert!(french.contains(word), "{word} not in {french}");
    }
    for word in ["Usage", "Print help", "default"] {
        assert!(!french.contains(word), "{word} in {french}");
    }
    assert!(bench.run(&["--help", "--lang", "en"]).ends_in(&[0]).stdout().contains("Examples"));
    let refused = bench.run(&["--periode", "2026-T3"]).ends_in(&[2]).stderr();
    assert!(refused.contains("option inconnue") && refused.contains("--period"), "{refused}");
    let refused = bench.run(&["run", "inputs", "autres"]).ends_in(&[2]).stderr();
    assert!(refused.contains("un mot de trop") && refused.contains("autres"), "{refused}");
}

#[test]
fn bad_input_is_said_in_french_and_leaves_nothing_behind() {
    type Files = [(&'static str, &'static str)];
    let cases: [(&Files, &[&str], &str); 4] = [
        (&[], &["run", "absent"], "absent"),
        (&[("bilan.toml", "")], &[], "inputs"),
        (&[("a.csv", "x;y\n1;2\n"), ("bilan.toml", "[programe]\nnom = 'x'\n")], &[], "programme"),
        (&[("a.csv", "x;y\n1;2\n")], &["--period", "2026-T9"], "2026-T9"),
    ];
    for (files, arguments, said) in cases {
        let bench = Bench::with(files);
        let ran = bench.run(arguments).ends_in(&[2]);
        assert!(ran.stderr().contains(said), "{said} not in {}", ran.stderr());
        assert_eq!(
            ran.stderr().trim().lines().count(),
            2,
            "what, then what to do: {}",
            ran.stderr()
        );
        assert!(!bench.path("reports/2026-T3").exists());
    }
}

#[test]
fn a_folder_without_any_table_still_gives_complete_reports() {
    let bench = Bench::with(&[("notes.csv", "rien;ici\nun;deux\n"), ("vide.xlsx", "")]);
    bench.run(&["--period", "2026-T3", "--quiet"]).ends_in(&[0, 1]);
    let written = files_below(&bench.path(PERIOD));
    assert!(
        written.contains_key("rapport-trimestriel.pdf") && written.contains_key("anomalies.xlsx")
    );
    let rows = csv_rows(&bench.path(PERIOD).join("donnees/indicateurs.csv"));
    assert!(!rows.is_empty() && rows.iter().all(|r| r["statut"] != "valeur" || r["valeur"] == "0"));
}

#[test]
fn a_run_that_fails_leaves_the_previous_reports_whole() {
    let bench = Bench::small();
    bench.run(&["--quiet", "--period", "2026-T3"]).ends_in(&[0]);
    let before = files_below(&bench.path(PERIOD));
    bench.put("../templates/rapport-trimestriel.typ", b"#let x = (");
    let ran = bench.run(&["--quiet", "--period", "2026-T3"]).ends_in(&[2]);
    assert!(ran.stderr().contains("rapport-trimestriel.typ"), "{}", ran.stderr());
    assert!(before == files_below(&bench.path(PERIOD)));
    let left: Vec<_> = std::fs::read_dir(bench.path("reports")).expect("reports").collect();
    assert_eq!(left.len(), 1, "nothing half-written is left");
}

#[test]
fn earlier_reports_count_among_what_the_reader_knows() {
    let bench = Bench::of_example();
    bench.run(&["--quiet", "--published", "nulle-part"]).ends_in(&[2]);
    bench.run(&["--quiet", "--period", "2026-T2"]).ends_in(&[1]);
    bench.run(&["--quiet", "--period", "2026-T3", "--published", "reports"]).ends_in(&[1]);
    let rows =
        |period: &str| csv_rows(&bench.path(&format!("reports/{period}/donnees/indicateurs.csv")));
    let key = |row: &BTreeMap<String, String>| {
        ["indicateur", "territoire", "dimension", "modalite"].map(|name| row[name].clone())
    };
    // The quarter before, as both reports show it.
    let of = |period: &str, window: &str| -> BTreeMap<_, String> {
        let rows = rows(period).into_iter().filter(|row| row["fenetre"] == window);
        rows.filter(|row| row["indicateur"] == "repartition")
            .map(|row| (key(&row), row["statut"].clone()))
            .collect()
    };
    let (then, now) = (of("2026-T2", "trimestre"), of("2026-T3", "precedent"));
    assert_eq!(then.keys().collect::<Vec<_>>(), now.keys().collect::<Vec<_>>());
    // What was told is of no use to protect anything: it is told again.
    let silent = then.iter().filter(|(key, status)| *status == "valeur" && now[*key] == "secret");
    assert_eq!(silent.collect::<Vec<_>>(), []);
    assert!(then.values().any(|status| status == "secret"));
    let pdf = lopdf::Document::load(bench.path("reports/2026-T3/rapport-trimestriel.pdf"));
    let text = text_of_pdf(&pdf.expect("PDF")).split_whitespace().collect::<String>();
    assert!(text.contains("Cequiestdéjàpublié"), "the annex says so");
}

/// Cells of every sheet of a workbook, row by row.
fn lines(path: &std::path::Path) -> Vec<String> {
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
    let sheets = workbook.worksheets().into_iter();
    let line = |cells: &[calamine::Data]| {
        cells.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")
    };
    sheets.flat_map(|(_, range)| range.rows().map(line).collect::<Vec<_>>()).collect()
}

#[test]
fn how_many_rows_a_small_sheet_of_people_has_is_told_nowhere() {
    let bench = Bench::with(&[
        ("Activités.csv", "Id;Date;Intitulé\nA1;2026-07-01;Atelier\n"),
        ("Participants.csv", "Id;Nom;Prénom\nP1;Kratz;Zoé\nP2;Ba;Awa\nP2;Ba;Awa\n"),
    ]);
    bench.run(&["--quiet", "--period", "2026-T3"]).ends_in(&[0, 1]);
    let rows = csv_rows(&bench.path(PERIOD).join("donnees/lecture.csv"));
    let row = rows.iter().find(|row| row["table"] == "Participants").expect("its line");
    let told = ["lignes_lues", "lignes_retenues", "lignes_ecartees", "motifs"].map(|c| &*row[c]);
    assert_eq!(told, ["<11", "<11", "", "doublon"]);
    let paper = lines(&bench.path(PERIOD).join("rapport-trimestriel.xlsx"));
    let paper_says = |text: &str| paper.iter().any(|line| line.contains(text));
    assert!(paper_says("Participants.csv|–|Participants|<11|<11|secret"), "{paper:#?}");
    assert!(paper_says("1 lignes lues, 1 retenues"), "{paper:#?}");
    let finds = lines(&bench.path(PERIOD).join("anomalies.xlsx"));
    let told = |line: &String| line.contains("|Participants|1|<11|<11|");
    assert!(finds.iter().any(told), "{finds:#?}");
}
