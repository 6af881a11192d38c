//! The stream of an old workbook (`.xls`), walked record by record before its reader sees it. That
//! reader makes a rectangle of every sheet, from the first cell to the last, and copies a shared text
//! once for each cell that shows it: both are counted here, before anything is allocated. What the
//! program has no use for (declared sizes, formulas, names) is blanked on the way.

use super::file::{Bounds, Refusal};

/// A cell of a rectangle, empty or not, is held several times while it is read.
const COPIES: u64 = 4;

mod record {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const EOF: u16 = 0x000A;
    pub(super) const EXTERN_SHEET: u16 = 0x0017;
    pub(super) const NAME: u16 = 0x0018;
    pub(super) const FILE_PASS: u16 = 0x002F;
    pub(super) const CONTINUE: u16 = 0x003C;
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const MUL_RK: u16 = 0x00BD;
    pub(super) const RICH_LABEL: u16 = 0x00D6;
    pub(super) const SHARED_TEXTS: u16 = 0x00FC;
    pub(super) const SHARED_LABEL: u16 = 0x00FD;
    pub(super) const DIMENSIONS: u16 = 0x0200;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const FLAG: u16 = 0x0205;
    pub(super) const RK: u16 = 0x027E;
    pub(super) const BOF: u16 = 0x0809;
    /// Means nothing to the reader.
    pub(super) const NOTHING: u16 = 0x00FF;
}

/// What the sheets of a workbook would take.
#[derive(Default)]
struct Total {
    records: u64,
    cells: u64,
    text: u64,
}

/// Counts what reading the stream would take, and blanks what is of no use.
///
/// # Errors
/// A [`Refusal`] when it is encrypted, or larger than the bounds.
pub(super) fn bound(stream: &mut [u8], bounds: &Bounds) -> Result<(), Refusal> {
    let mut starts = Vec::new();
    let mut texts = Vec::new();
    let mut at = 0;
    while let Some((kind, data, next)) = record(stream, at) {
        match kind {
            record::EOF => break,
            record::FILE_PASS => return Err(Refusal::Encrypted),
            record::BOUND_SHEET => starts.extend(word(stream, data).zip(word(stream, data + 2))),
            record::SHARED_TEXTS => texts = shared_texts(&segments(stream, at)),
            record::NAME | record::EXTERN_SHEET => blank(stream, at),
            _ => {}
        }
        at = next;
    }
    let mut total = Total::default();
    for (low, high) in starts {
        sheet(stream, usize::from(high) << 16 | usize::from(low), &texts, bounds, &mut total)?;
    }
    Ok(())
}

/// Counts one sheet, embedded charts apart, as the reader goes through it.
fn sheet(
    stream: &mut [u8],
    start: usize,
    texts: &[u32],
    bounds: &Bounds,
    total: &mut Total,
) -> Result<(), Refusal> {
    let (mut seen, mut depth) = (false, 0_u32);
    let mut extent: Option<[u16; 4]> = None;
    let mut at = start;
    while let Some((kind, data, next)) = record(stream, at) {
        at = next;
        total.records += 1;
        // Sheets may share their records: going through them again and again takes time.
        if total.records > bounds.cells {
            return Err(Refusal::TooManyCells);
        }
        match kind {
            record::BOF if seen || depth > 0 => depth += 1,
            record::BOF => seen = true,
            record::EOF if depth > 0 => depth -= 1,
            record::EOF => break,
            _ if depth > 0 => {}
            record::DIMENSIONS => {
                let end = next.min(data + 12);
                stream.get_mut(data..end).unwrap_or_default().fill(0);
            }
            record::FORMULA
            | record::MUL_RK
            | record::RICH_LABEL
            | record::SHARED_LABEL
            | record::NUMBER
            | record::LABEL
            | record::FLAG
            | record::RK => {
                let Some((row, column)) = word(stream, data).zip(word(stream, data + 2)) else {
                    continue;
                };
                // Several cells in a row: from the second word to the last.
                let last = match kind {
                    record::MUL_RK => word(stream, next - 2).unwrap_or(column),
                    _ => column,
                };
                let [top, bottom, left, right] = extent.unwrap_or([row, row, column, last]);
                extent = Some([top.min(row), bottom.max(row), left.min(column), right.max(last)]);
                match kind {
                    record::FORMULA => blank_formula(stream, data, next),
                    record::SHARED_LABEL => {
                        let index = word(stream, data + 6).zip(word(stream, data + 8));
                        let index =
                            index.map(|(low, high)| usize::from(high) << 16 | usize::from(low));
                        let length = index.and_then(|index| texts.get(index));
                        total.text += u64::from(length.copied().unwrap_or(0));
                    }
                    _ => {}
                }
                if total.text > bounds.text {
                    return Err(Refusal::Expands);
                }
            }
            _ => {}
        }
    }
    if let Some([top, bottom, left, right]) = extent {
        let size = |first: u16, last: u16| u64::from(last.saturating_sub(first)) + 1;
        total.cells += size(top, bottom) * size(left, right);
        if total.cells.saturating_mul(COPIES) > bounds.cells {
            return Err(Refusal::TooManyCells);
        }
    }
    Ok(())
}

/// Kind of the record at a place, where its data starts, and where the next record does.
fn record(stream: &[u8], at: usize) -> Option<(u16, usize, usize)> {
    let (kind, length) = word(stream, at).zip(word(stream, at.checked_add(2)?))?;
    let next = at + 4 + usize::from(length);
    (next <= stream.len()).then_some((kind, at + 4, next))
}

fn word(stream: &[u8], at: usize) -> Option<u16> {
    let bytes = stream.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes([bytes[0], bytes[1]]))
}

fn blank(stream: &mut [u8], at: usize) {
    if let Some(kind) = stream.get_mut(at..at + 2) {
        kind.copy_from_slice(&record::NOTHING.to_le_bytes());
    }
}

/// Leaves a formula its value and takes its text: a length of 0.
fn blank_formula(stream: &mut [u8], data: usize, next: usize) {
    if next >= data + 22 {
        stream.get_mut(data + 20..data + 22).unwrap_or_default().fill(0);
    }
}

/// Data of a record and of those that continue it.
fn segments(stream: &[u8], at: usize) -> Vec<&[u8]> {
    let mut segments = Vec::new();
    let mut at = at;
    while let Some((kind, data, next)) = record(stream, at) {
        if !segments.is_empty() && kind != record::CONTINUE {
            break;
        }
        segments.extend(stream.get(data..next));
        at = next;
    }
    segments
}

/// Lengths of the shared texts, in characters, up to the first that makes no sense.
fn shared_texts(segments: &[&[u8]]) -> Vec<u32> {
    let mut lengths = Vec::new();
    let mut cursor = Cursor { segments, rest: &[] };
    if cursor.take(8).is_some() {
        while let Some(length) = cursor.text() {
            lengths.push(length);
        }
    }
    lengths
}

/// Bytes that go on over several records.
struct Cursor<'a> {
    segments: &'a [&'a [u8]],
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    /// Next record, when this one is at its end.
    fn turn(&mut self) -> Option<bool> {
        if !self.rest.is_empty() {
            return Some(false);
        }
        let (first, others) = self.segments.split_first()?;
        (self.rest, self.segments) = (first, others);
        Some(true)
    }

    /// Bytes of one record.
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        self.turn()?;
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    /// Passes over bytes, from record to record.
    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            self.turn()?;
            let step = count.min(self.rest.len());
            self.rest = self.rest.get(step..)?;
            count -= step;
            if step == 0 && self.segments.is_empty() {
                return None;
            }
        }
        Some(())
    }

    /// Length of the next text, passed over with its formatting.
    fn text(&mut self) -> Option<u32> {
        let length = u32::from(word(self.take(2)?, 0)?);
        let flags = *self.take(1)?.first()?;
        let runs = if flags & 8 != 0 { usize::from(word(self.take(2)?, 0)?) } else { 0 };
        let extra = match flags & 4 {
            0 => 0,
            _ => {
                let bytes = self.take(4)?;
                usize::from(word(bytes, 2)?) << 16 | usize::from(word(bytes, 0)?)
            }
        };
        let (mut left, mut wide) = (length as usize, flags & 1 != 0);
        while left > 0 {
            // A record that goes on with characters says again how wide they are.
            if self.turn()? {
                wide = self.take(1)?.first()? & 1 != 0;
            }
            let width = if wide { 2 } else { 1 };
            let step = left.min(self.rest.len() / width);
            self.rest = self.rest.get(step * width..)?;
            left -= step;
            if step == 0 {
                self.rest = &[];
            }
        }
        self.skip(4 * runs + extra)?;
        Some(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds() -> Bounds {
        Bounds { cells: 4000, text: 1000 }
    }

    fn push(stream: &mut Vec<u8>, kind: u16, data: &[u8]) {
        stream.extend(kind.to_le_bytes());
        stream.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
        stream.extend(data);
    }

    fn bytes(words: &[u16]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    /// A workbook of one sheet: shared texts of 600 and 3 characters, then these records.
    fn workbook(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
        let mut stream = Vec::new();
        push(&mut stream, record::BOF, &bytes(&[0x0600, 5]));
        push(&mut stream, record::BOUND_SHEET, &[0; 8]);
        let mut texts = bytes(&[0, 0, 0, 0, 600]);
        texts.push(0);
        texts.extend([b'x'; 100]);
        push(&mut stream, record::SHARED_TEXTS, &texts);
        let mut rest = vec![0];
        rest.extend([b'x'; 500]);
        rest.extend(bytes(&[3]));
        rest.extend([1, b'a', 0, b'b', 0, b'c', 0]);
        push(&mut stream, record::CONTINUE, &rest);
        push(&mut stream, record::EOF, &[]);
        let start = u32::try_from(stream.len()).unwrap();
        stream[12..16].copy_from_slice(&start.to_le_bytes());
        push(&mut stream, record::BOF, &bytes(&[0x0600, 16]));
        for (kind, data) in records {
            push(&mut stream, *kind, data);
        }
        push(&mut stream, record::EOF, &[]);
        stream
    }

    fn number(row: u16, column: u16) -> (u16, Vec<u8>) {
        (record::NUMBER, bytes(&[row, column, 0, 0, 0, 0, 0]))
    }

    fn label(row: u16, text: u16) -> (u16, Vec<u8>) {
        (record::SHARED_LABEL, bytes(&[row, 0, 0, text, 0]))
    }

    #[test]
    fn far_away_cells_are_counted_before_the_rectangle() {
        assert_eq!(bound(&mut workbook(&[number(0, 0), number(99, 9)]), &bounds()), Ok(()));
        let refused = bound(&mut workbook(&[number(0, 0), number(65535, 0)]), &bounds());
        assert_eq!(refused, Err(Refusal::TooManyCells));
        // An embedded chart is not the sheet.
        let chart = [
            number(0, 0),
            (record::BOF, bytes(&[0x0600, 32])),
            number(65535, 255),
            (record::EOF, vec![]),
        ];
        assert_eq!(bound(&mut workbook(&chart), &bounds()), Ok(()));
    }

    #[test]
    fn shared_texts_count_once_for_each_cell() {
        assert_eq!(bound(&mut workbook(&[label(0, 0), label(1, 1)]), &bounds()), Ok(()));
        let refused = bound(&mut workbook(&[label(0, 0), label(1, 0)]), &bounds());
        assert_eq!(refused, Err(Refusal::Expands));
    }

    #[test]
    fn declared_sizes_and_formulas_are_blanked() {
        let huge = bytes(&[0, 0, 0xFFFF, 0xFFFF, 0, 0xFFFF, 0]);
        let mut stream = workbook(&[(record::DIMENSIONS, huge), (record::FORMULA, vec![7; 40])]);
        bound(&mut stream, &bounds()).unwrap();
        let at = memchr::memmem::find(&stream, &bytes(&[record::DIMENSIONS, 14])).unwrap();
        assert_eq!(stream[at + 4..at + 18], [0; 14]);
        let formula = at + 18 + 4;
        assert_eq!(stream[formula + 19..formula + 23], [7, 0, 0, 7]);
    }

    #[test]
    fn a_password_and_shared_records_are_refused() {
        let mut stream = Vec::new();
        push(&mut stream, record::BOF, &bytes(&[0x0600, 5]));
        push(&mut stream, record::FILE_PASS, &[0; 6]);
        assert_eq!(bound(&mut stream, &bounds()), Err(Refusal::Encrypted));
        let many = vec![(record::NOTHING, vec![]); 5000];
        assert_eq!(bound(&mut workbook(&many), &bounds()), Err(Refusal::TooManyCells));
    }
}
