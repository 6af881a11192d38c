//! Workbooks → [`Sheet`]s, through calamine but for xlsx and ods, which have readers of their own. Cells
//! are taken one by one where the format allows, so that a sheet which declares a billion cells costs
//! nothing.

use super::archive::{Archive, Limits};
use super::file::{Bounds, Contents, Refusal};
use super::ole::{self, Container};
use super::{Row, Sheet, Value, biff, ods, xlsx};
use calamine::{
    CellErrorType, Data, DataRef, DataType as _, ExcelDateTime, Reader, SheetType, SheetVisible,
    Xls, XlsError, Xlsb, XlsbError,
};
use std::io::Cursor;
use std::sync::Arc;

/// Parts of a container: a workbook has a few for each sheet, and its pictures.
const MAX_PARTS: usize = 10_000;

/// How many times over the bytes allowed may be gone through.
const MAX_PASSES: u64 = 8;

/// Columns of a sheet: those that spreadsheet programs can show.
pub(super) const MAX_COLUMNS: u32 = 16_384;

/// Reads every sheet of a workbook held in memory. `extension` is in lower case.
///
/// # Errors
/// A [`Refusal`] when it is encrypted, damaged, or larger than the bounds.
pub(super) fn read(
    path: &Arc<str>,
    extension: &str,
    bytes: &[u8],
    bounds: &Bounds,
) -> Result<Contents, Refusal> {
    if bytes.starts_with(b"PK") {
        return zipped(path, extension, bytes, bounds);
    }
    let container = Container::open(bytes).ok_or_else(|| unreadable("OLE"))?;
    if container.has("EncryptedPackage") {
        return Err(Refusal::Encrypted);
    }
    let stream = container.stream("Workbook").or_else(|| container.stream("Book"));
    let mut stream = stream.ok_or_else(|| unreadable("Workbook"))?;
    biff::bound(&mut stream, bounds)?;
    let clean = ole::container(&stream);
    drop(stream);
    xls(path, &clean, bounds)
}

/// The name may lie: a zip container is read as what its parts say it is.
fn zipped(
    path: &Arc<str>,
    extension: &str,
    bytes: &[u8],
    bounds: &Bounds,
) -> Result<Contents, Refusal> {
    let limits = Limits { parts: MAX_PARTS, bytes: bounds.text };
    let archive = Archive::open(bytes, &limits)?;
    if archive.has("content.xml") || extension == "ods" {
        ods::read(path, &archive, bounds)
    } else if archive.has("xl/workbook.bin") {
        let largest = archive.largest("xl/worksheets/");
        xlsb(path, &archive.stored()?, largest, bounds)
    } else {
        xlsx::read(path, &archive, bounds)
    }
}

fn unreadable(cause: impl std::fmt::Display) -> Refusal {
    Refusal::Unreadable(cause.to_string())
}

fn xlsb(path: &Arc<str>, bytes: &[u8], largest: u64, bounds: &Bounds) -> Result<Contents, Refusal> {
    let refuse = |error: XlsbError| match error {
        XlsbError::Password => Refusal::Encrypted,
        other => unreadable(other),
    };
    let mut book: Xlsb<_> = Xlsb::new(Cursor::new(bytes)).map_err(refuse)?;
    let mut contents = Contents::default();
    let sheets = worksheets(book.sheets_metadata());
    // Many sheets may be one part, gone through as many times.
    if largest.saturating_mul(sheets.len() as u64) > bounds.text.saturating_mul(MAX_PASSES) {
        return Err(Refusal::Expands);
    }
    for (name, hidden) in sheets {
        let mut builder = Builder::new(bounds);
        let mut cells = book.worksheet_cells_reader(&name).map_err(refuse)?;
        while let Some(cell) = cells.next_cell().map_err(refuse)? {
            builder.push(cell.get_position(), from_ref(cell.get_value()))?;
        }
        contents.push(builder.sheet(path, &name), hidden);
    }
    Ok(contents)
}

fn xls(path: &Arc<str>, bytes: &[u8], bounds: &Bounds) -> Result<Contents, Refusal> {
    let book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => Refusal::Encrypted,
        other => unreadable(other),
    })?;
    ranges(book, path, bounds)
}

/// Formats whose reader only gives whole rectangles.
fn ranges<'b, R>(mut book: R, path: &Arc<str>, bounds: &Bounds) -> Result<Contents, Refusal>
where
    R: Reader<Cursor<&'b [u8]>>,
    R::Error: std::fmt::Display,
{
    let mut contents = Contents::default();
    for (name, hidden) in worksheets(book.sheets_metadata()) {
        let range = book.worksheet_range(&name).map_err(unreadable)?;
        let (top, left) = range.start().unwrap_or_default();
        let mut builder = Builder::new(bounds);
        for (row, column, value) in range.used_cells() {
            let at = |offset: u32, index: usize| {
                offset.saturating_add(u32::try_from(index).unwrap_or(u32::MAX))
            };
            builder.push((at(top, row), at(left, column)), from_owned(value))?;
        }
        contents.push(builder.sheet(path, &name), hidden);
    }
    Ok(contents)
}

/// Names of the worksheets, and whether they are hidden.
fn worksheets(sheets: &[calamine::Sheet]) -> Vec<(String, bool)> {
    sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect()
}

/// Gathers cells into rows, whatever their order, within a bound on the cells held.
pub(super) struct Builder {
    rows: Vec<Row>,
    /// What is left of the bounds.
    left: Bounds,
    sorted: bool,
}

impl Builder {
    pub(super) fn new(bounds: &Bounds) -> Self {
        Self { rows: Vec::new(), left: *bounds, sorted: true }
    }

    pub(super) fn push(&mut self, (row, column): (u32, u32), value: Value) -> Result<(), Refusal> {
        if value.is_blank() {
            return Ok(());
        }
        let number = row.saturating_add(1);
        let last = self.rows.last().map(|r| r.number);
        if last != Some(number) {
            self.sorted &= last.is_none_or(|last| last < number);
            // Most rows are as wide as the one before.
            let width = self.rows.last().map_or(0, |row| row.cells.len());
            self.rows.push(Row { number, cells: Vec::with_capacity(width) });
        }
        let Some(row) = self.rows.last_mut() else { return Ok(()) };
        let width = row.cells.len();
        // Empty cells before this one take memory too.
        let more = u64::from(column).saturating_add(1).saturating_sub(width as u64);
        self.left.cells = self.left.cells.checked_sub(more).ok_or(Refusal::TooManyCells)?;
        if column >= MAX_COLUMNS {
            return Err(Refusal::TooManyColumns);
        }
        if let Value::Text(text) = &value {
            // A text shared by many cells is small in the file.
            let left = self.left.text.checked_sub(text.len() as u64);
            self.left.text = left.ok_or(Refusal::Expands)?;
        }
        row.put(column, value);
        Ok(())
    }

    /// Whether as many cells more may be taken: asked before they are made.
    pub(super) fn afford(&self, cells: u64) -> Result<(), Refusal> {
        if cells > self.left.cells { Err(Refusal::TooManyCells) } else { Ok(()) }
    }

    /// Rows as they came.
    pub(super) fn rows(self) -> Vec<Row> {
        self.rows
    }

    pub(super) fn sheet(mut self, path: &Arc<str>, name: &str) -> Sheet {
        if !self.sorted {
            self.rows.sort_by_key(|row| row.number);
            self.rows.dedup_by(|later, first| {
                let same = later.number == first.number;
                if same {
                    for (i, cell) in std::mem::take(&mut later.cells).into_iter().enumerate() {
                        if !cell.is_blank() {
                            first.put(u32::try_from(i).unwrap_or(u32::MAX), cell);
                        }
                    }
                }
                same
            });
        }
        Sheet {
            file: Arc::clone(path),
            name: name.into(),
            rows: self.rows,
            hidden_rows: Vec::new(),
        }
    }
}

pub(super) fn from_ref(value: &DataRef<'_>) -> Value {
    match value {
        DataRef::Int(number) => Value::Number(*number as f64),
        DataRef::Float(number) => Value::Number(*number),
        DataRef::String(text) => Value::Text(text.as_str().into()),
        DataRef::SharedString(text) => Value::Text((*text).into()),
        DataRef::Bool(flag) => Value::Flag(*flag),
        DataRef::DateTime(date) => from_serial(*date),
        DataRef::DateTimeIso(text) => from_iso(value.as_datetime(), text),
        DataRef::DurationIso(text) => from_duration(value.as_duration(), text),
        DataRef::Error(error) => from_error(error),
        DataRef::Empty => Value::Empty,
    }
}

pub(super) fn from_owned(value: &Data) -> Value {
    match value {
        Data::Int(number) => Value::Number(*number as f64),
        Data::Float(number) => Value::Number(*number),
        Data::String(text) => Value::Text(text.as_str().into()),
        Data::Bool(flag) => Value::Flag(*flag),
        Data::DateTime(date) => from_serial(*date),
        Data::DateTimeIso(text) => from_iso(value.as_datetime(), text),
        Data::DurationIso(text) => from_duration(value.as_duration(), text),
        Data::Error(error) => from_error(error),
        Data::Empty => Value::Empty,
    }
}

/// A serial becomes a date in its own epoch; a duration (`[h]:mm`) or a bare time of day (`h:mm`)
/// becomes hours, which is what people mean when they type `1:30`.
pub(super) fn from_serial(date: ExcelDateTime) -> Value {
    let serial = date.as_f64();
    if date.is_duration() || (0.0..1.0).contains(&serial) {
        return Value::Number(hours(serial * 86_400_000.0));
    }
    date.as_datetime().map_or(Value::Number(serial), Value::Date)
}

pub(super) fn from_iso(date: Option<chrono::NaiveDateTime>, text: &str) -> Value {
    date.map_or_else(|| Value::Text(text.into()), Value::Date)
}

fn from_duration(duration: Option<chrono::Duration>, text: &str) -> Value {
    duration.map_or_else(
        || Value::Text(text.into()),
        |duration| Value::Number(hours(duration.num_milliseconds() as f64)),
    )
}

/// Milliseconds → hours, rounded to the second so that `1:30` is 1.5.
fn hours(milliseconds: f64) -> f64 {
    (milliseconds / 1000.0).round() / 3600.0
}

fn from_error(error: &CellErrorType) -> Value {
    Value::Error(error.to_string().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    #[test]
    fn serials_follow_their_epoch() {
        let serial = |value, epoch_1904| {
            from_serial(ExcelDateTime::new(value, ExcelDateTimeType::DateTime, epoch_1904))
        };
        let day =
            chrono::NaiveDate::from_ymd_opt(2026, 7, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
        assert_eq!(serial(46204.0, false), Value::Date(day));
        assert_eq!(serial(44742.0, true), Value::Date(day));
        assert_eq!(serial(0.0625, false), Value::Number(1.5));
    }

    #[test]
    fn cells_keep_their_place_and_order() {
        let mut builder = Builder::new(&Bounds { cells: 100, text: 100 });
        builder.push((4, 2), Value::Number(2.0)).unwrap();
        builder.push((1, 1), Value::Text("b".into())).unwrap();
        builder.push((1, 0), Value::Text("  ".into())).unwrap();
        builder.push((4, 0), Value::Text("a".into())).unwrap();
        let sheet = builder.sheet(&"f.xlsx".into(), "S");
        assert_eq!(sheet.rows.iter().map(|r| r.number).collect::<Vec<_>>(), [2, 5]);
        assert_eq!(
            sheet.rows[1].cells,
            [Value::Text("a".into()), Value::Empty, Value::Number(2.0)]
        );
    }

    #[test]
    fn a_far_away_cell_counts_for_all_those_before_it() {
        let mut builder = Builder::new(&Bounds { cells: 1000, text: 100 });
        assert!(builder.push((0, 999), Value::Number(1.0)).is_ok());
        assert!(matches!(builder.push((1, 0), Value::Number(1.0)), Err(Refusal::TooManyCells)));
    }

    #[test]
    fn columns_and_texts_are_bounded() {
        let mut builder = Builder::new(&Bounds { cells: u64::MAX, text: 10 });
        let push = |builder: &mut Builder, at, value| builder.push(at, value).unwrap_err();
        let refused = push(&mut builder, (0, MAX_COLUMNS), Value::Number(1.0));
        assert_eq!(refused, Refusal::TooManyColumns);
        assert!(builder.push((0, 0), Value::Text("dix octets".into())).is_ok());
        assert_eq!(push(&mut builder, (0, 1), Value::Text("a".into())), Refusal::Expands);
    }
}
