//! The sheet *Décisions* of `anomalies.xlsx`, answered as a facilitator would and put among the inputs.

use super::support::{Bench, bytes, csv_rows, indicator};
use calamine::{Data, Reader as _};

const PEOPLE: &str =
    "Id;Nom;Prénom;Commune\nP1;Kratz;Zoé;Sucy\nP2;KRATZ;Zoe;Sucy\nP3;Ba;Awa;Sucy\n";

fn bench() -> Bench {
    Bench::with(&[
        ("Activités.csv", "Id;Date;Intitulé;Territoire\nA1;2026-07-01;Atelier;Sucy\n"),
        ("Participants.csv", PEOPLE),
        ("Présences.csv", "Activité;Participant\nA1;P1\nA1;P2\nA1;P3\n"),
        ("bilan.toml", "[seuils]\npersonnes = 1\n"),
    ])
}

/// Unique participants of the quarter.
fn people(bench: &Bench) -> Option<f64> {
    bench.run(&["--quiet", "--period", "2026-T3"]).ends_in(&[0, 1]);
    let rows = csv_rows(&bench.path("reports/2026-T3/donnees/indicateurs.csv"));
    indicator(&rows, "participants_uniques", "programme", "trimestre", ("", ""))?.1
}

/// The sheet as it was written, `answer` in the column Décision of each pair.
fn answered(bench: &Bench, answer: &str) -> Vec<u8> {
    let path = bench.path("reports/2026-T3/anomalies.xlsx");
    let mut written: calamine::Xlsx<_> = calamine::open_workbook(path).expect("a workbook");
    let range = written.worksheet_range("Décisions").expect("the sheet");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Décisions").expect("a name");
    let mut column = None;
    for (row, cells) in range.rows().enumerate() {
        for (at, cell) in cells.iter().enumerate() {
            let text = cell.to_string();
            let open = column == Some(at) && cells[0] == "Participants";
            let text = if open { answer } else { &text };
            sheet.write(row as u32, at as u16, text).expect("a cell");
        }
        column = column.or(cells.iter().position(|cell| *cell == Data::String("Décision".into())));
    }
    workbook.save_to_buffer().expect("a workbook")
}

#[test]
fn an_answer_in_the_sheet_is_replayed() {
    let bench = bench();
    assert_eq!(people(&bench), Some(3.0));
    // All answers are to the first asking.
    let answers = [("même", 2.0), ("différent", 3.0), ("", 3.0)];
    let sheets = answers.map(|(answer, _)| answered(&bench, answer));
    for ((answer, count), sheet) in answers.into_iter().zip(sheets) {
        bench.put("réponses.xlsx", &sheet);
        assert_eq!(people(&bench), Some(count), "{answer}");
        let rows = csv_rows(&bench.path("reports/2026-T3/donnees/anomalies.csv"));
        let codes: Vec<_> = rows.iter().map(|row| row["code"].as_str()).collect();
        let odd = |code: &&str| {
            ["decision-", "colonne", "valeur-", "feuille-"]
                .iter()
                .any(|start| code.starts_with(start))
        };
        assert!(!codes.iter().any(odd), "{codes:?}");
        assert_eq!(codes.contains(&"personne-proche"), answer.is_empty(), "{codes:?}");
    }
}

/// The next workbook of findings says the answers again: put whole in the place of the last, it is enough.
#[test]
fn the_whole_workbook_of_findings_is_put_back() {
    let bench = bench();
    assert_eq!(people(&bench), Some(3.0));
    bench.put("réponses.xlsx", &answered(&bench, "idem"));
    assert_eq!(people(&bench), Some(2.0));
    std::fs::remove_file(bench.path("inputs/réponses.xlsx")).expect("removed");
    let whole = bench.path("reports/2026-T3/anomalies.xlsx");
    for _ in 0..2 {
        bench.put("anomalies.xlsx", &bytes(&whole));
        assert_eq!(people(&bench), Some(2.0));
        let rows = csv_rows(&bench.path("reports/2026-T3/donnees/anomalies.csv"));
        let of_it: Vec<_> = rows
            .iter()
            .filter(|row| row["fichier"] == "anomalies.xlsx")
            .map(|row| row["code"].as_str())
            .collect();
        assert_eq!(of_it, ["classeur-rendu"]);
    }
}
