//! The order of rows and the names of files change no figure: the example is written again as one CSV
//! per sheet, then once more with its rows shuffled and its files renamed.

use super::support::{Bench, bytes, example};
use bilan::ingest::{self, RawTable, Value};
use bilan::settings::Settings;
use chrono::NaiveDate;

/// A cell as CSV text that reads back as the same value.
fn text(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => text.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => if *flag { "oui" } else { "non" }.to_string(),
        Value::Date(date) => date.date().to_string(),
        Value::Error(error) => error.to_string(),
    }
}

/// A table as CSV, its constants as columns.
fn csv(table: &RawTable, order: impl Fn(&mut Vec<Vec<String>>)) -> Vec<u8> {
    let spec = table.table.spec();
    let header = |id: &str| spec.column(id).expect("a column of the schema").header;
    let mut titles: Vec<&str> = table.columns.iter().map(|c| header(c.id)).collect();
    titles.extend(table.constants.keys().map(|id| header(id)));
    let mut rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| {
            let cell = |index: u32| row.cells.get(index as usize).map(text).unwrap_or_default();
            let mut cells: Vec<String> = table.columns.iter().map(|c| cell(c.index)).collect();
            cells.extend(table.constants.values().cloned());
            cells
        })
        .collect();
    order(&mut rows);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&titles).expect("written");
    for row in rows {
        writer.write_record(&row).expect("written");
    }
    writer.into_inner().expect("flushed")
}

/// A fixed shuffle: rows by the hash of their number.
fn shuffle(rows: &mut Vec<Vec<String>>) {
    let mut keyed: Vec<(u64, Vec<String>)> = std::mem::take(rows)
        .into_iter()
        .enumerate()
        .map(|(n, row)| ((n as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29), row))
        .collect();
    keyed.sort_by_key(|(key, _)| *key);
    *rows = keyed.into_iter().map(|(_, row)| row).collect();
}

/// Writes every table of the example as CSV in a bench, runs it, and gives `indicateurs.csv`.
fn indicators(name: impl Fn(usize, &RawTable) -> String, shuffled: bool) -> Vec<u8> {
    let today = NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day");
    let settings = Settings::new(example(), today);
    let ingested = ingest::read_folder(&settings).expect("the example is read");
    let bench = Bench::default();
    for (index, table) in ingested.tables.iter().enumerate() {
        let bytes = csv(table, |rows| {
            if shuffled {
                shuffle(rows);
            }
        });
        bench.put(&name(index, table), &bytes);
    }
    bench.put("bilan.toml", &bytes(&example().join("bilan.toml")));
    bench.run(&["--period", "2026-T3", "--quiet"]).ends_in(&[0, 1]);
    bytes(&bench.path("reports/2026-T3/donnees/indicateurs.csv"))
}

#[test]
fn shuffled_rows_and_renamed_files_give_the_same_bytes() {
    // A table keeps its sheet's name in the file's, so that it is bound alike; the folder of a file
    // stands for its workbook.
    let workbook = |t: &RawTable| t.file.replace(['/', '.'], "_");
    let plain =
        indicators(|n, t| format!("{}/{} {n}.csv", workbook(t), t.table.spec().sheet), false);
    let other = indicators(
        |n, t| format!("renommé {}/{n} {}.csv", workbook(t), t.table.spec().sheet),
        true,
    );
    let lines = |bytes: &[u8]| {
        String::from_utf8_lossy(bytes).lines().map(str::to_string).collect::<Vec<_>>()
    };
    let differences: Vec<_> =
        lines(&plain).into_iter().zip(lines(&other)).filter(|(a, b)| a != b).take(5).collect();
    assert!(plain == other, "{differences:#?}");
}
