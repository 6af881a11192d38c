//! Doors for `tests/fuzz`, and for the test that replays what it found: each reader on bytes held in
//! memory, with bounds small enough for thousands of runs. Nothing else comes through here.

use super::archive::{Archive, Limits};
use super::file::{self, Bounds, Contents, Source, THREAD};
use super::ole::{self, Container};
use super::{Row, Sheet, Value, biff, bind, delimited, ods, xlsx};
use std::path::PathBuf;
use std::sync::Arc;

const BOUNDS: Bounds = Bounds { cells: 100_000, text: 1 << 20 };
const LIMITS: Limits = Limits { parts: 100, bytes: 1 << 20 };

/// A delimited file, read and bound.
pub fn delimited(bytes: &[u8]) {
    if let Ok(contents) = delimited::read(&"f.csv".into(), bytes, BOUNDS.cells) {
        bind_all(contents);
    }
}

/// A sheet of these cells, bound.
pub fn sheet(rows: Vec<Vec<Value>>) {
    let rows = (1..).zip(rows).map(|(number, cells)| Row { number, cells }).collect();
    let sheet = Sheet { file: "f.xlsx".into(), name: "S".into(), rows, hidden_rows: Vec::new() };
    bind_all(Contents { sheets: vec![(sheet, false)], ..Contents::default() });
}

/// A workbook. What is ours reads it unguarded; the readers of others may panic, never more.
pub fn workbook(extension: &str, bytes: &[u8]) {
    if let Ok(archive) = Archive::open(bytes, &LIMITS) {
        let _ = ods::read(&"f.ods".into(), &archive, &BOUNDS);
        let _ = xlsx::read(&"f.xlsx".into(), &archive, &BOUNDS);
        let _ = archive.stored();
    }
    if let Some(container) = Container::open(bytes) {
        for name in ["Workbook", "Book"] {
            let _ = container.stream(name).map(|mut stream| biff::bound(&mut stream, &BOUNDS));
        }
    }
    let path: Arc<str> = format!("f.{extension}").into();
    let source = Source { full: PathBuf::new(), path };
    let read = || file::guarded(|| file::parse(&source, bytes, &BOUNDS));
    let outcome = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name(THREAD.to_owned());
        thread.spawn_scoped(scope, read).map(|reading| reading.join())
    });
    if let Ok(Ok(Ok(contents))) = outcome {
        bind_all(contents);
    }
}

/// An old workbook whose stream is these bytes.
pub fn stream(bytes: &[u8]) {
    workbook("xls", &ole::container(bytes));
}

fn bind_all(contents: Contents) {
    let alone = contents.sheets.len() == 1;
    for (sheet, hidden) in contents.sheets {
        bind::sheet(sheet, hidden, alone, &[]);
    }
}
