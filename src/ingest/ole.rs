//! OLE containers (old workbooks, and new ones under a password), read and written just enough to
//! hand the workbook's stream to its reader in a container whose chains of sectors are known to end.

/// First bytes of a container.
pub(super) const MAGIC: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Marks the end of a chain of sectors; from [`RESERVED`] on, numbers are marks.
const END: u32 = 0xFFFF_FFFE;
const RESERVED: u32 = 0xFFFF_FFFA;
const FREE: u32 = 0xFFFF_FFFF;
const FAT: u32 = 0xFFFF_FFFD;

/// Streams shorter than this are kept in small sectors of 64 bytes.
const SHORT: usize = 4096;
const SHORT_SECTOR: usize = 64;

/// Numbers of the header's own list of tables.
const LISTED: usize = 109;

/// A container held in memory.
pub(super) struct Container<'b> {
    bytes: &'b [u8],
    sector: usize,
    /// Next sector of each sector.
    next: Vec<u32>,
    directory: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: usize,
}

impl<'b> Container<'b> {
    /// Reads the tables of a container; `None` when it is not one, or a damaged one.
    pub(super) fn open(bytes: &'b [u8]) -> Option<Self> {
        let sector = match (bytes.starts_with(&MAGIC), u16_at(bytes, 30)?) {
            (true, 9) => 512,
            (true, 12) => 4096,
            _ => return None,
        };
        let mut container = Self { bytes, sector, next: Vec::new(), directory: Vec::new() };
        let mut tables: Vec<u32> = (0..LISTED).filter_map(|i| u32_at(bytes, 76 + 4 * i)).collect();
        let mut list = u32_at(bytes, 68)?;
        for _ in 0..=container.sectors() {
            if list >= RESERVED {
                break;
            }
            let mut more = numbers(container.get(list)?);
            list = more.pop().unwrap_or(END);
            tables.extend(more);
        }
        // A table named twice would make chains longer than the file.
        let mut distinct = std::collections::BTreeSet::new();
        for table in tables.into_iter().filter(|id| *id < RESERVED) {
            if distinct.insert(table) {
                container.next.extend(numbers(container.get(table)?));
            }
        }
        let directory = container.chain(u32_at(bytes, 48)?, usize::MAX)?;
        container.directory = directory.chunks_exact(128).filter_map(entry).collect();
        Some(container)
    }

    /// The first stream of this name, whatever the case.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.directory.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        if entry.size >= SHORT {
            return self.chain(entry.start, entry.size);
        }
        let root = self.directory.first()?;
        let short = self.chain(root.start, root.size)?;
        let next = numbers(&self.chain(u32_at(self.bytes, 60)?, usize::MAX)?);
        let sectors = |id: u32| short.get(id as usize * SHORT_SECTOR..).filter(|s| !s.is_empty());
        follow(entry.start, entry.size, &next, SHORT_SECTOR, short.len(), sectors)
    }

    /// Whether it has a stream of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.directory.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    fn sectors(&self) -> usize {
        self.bytes.len() / self.sector
    }

    /// A sector, shorter at the end of a truncated file.
    fn get(&self, id: u32) -> Option<&'b [u8]> {
        let start = (id as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = start.saturating_add(self.sector).min(self.bytes.len());
        self.bytes.get(start..end).filter(|sector| !sector.is_empty())
    }

    fn chain(&self, start: u32, size: usize) -> Option<Vec<u8>> {
        follow(start, size, &self.next, self.sector, self.bytes.len(), |id| self.get(id))
    }
}

/// The bytes of a chain of sectors, `None` when it leads out of the file, or back into itself: when
/// there are more than `most` of them.
fn follow<'s>(
    start: u32,
    size: usize,
    next: &[u32],
    sector: usize,
    most: usize,
    get: impl Fn(u32) -> Option<&'s [u8]>,
) -> Option<Vec<u8>> {
    let (mut out, mut id) = (Vec::new(), start);
    while id != END && out.len() < size {
        let bytes = get(id)?;
        let wanted = sector.min(bytes.len()).min(size - out.len());
        out.extend_from_slice(bytes.get(..wanted)?);
        id = next.get(id as usize).copied().unwrap_or(END);
        if out.len() > most {
            return None;
        }
    }
    Some(out)
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let units = bytes.get(..64)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let name = char::decode_utf16(units.take_while(|unit| *unit != 0));
    Some(Entry {
        name: name.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(),
        start: u32_at(bytes, 116)?,
        size: u32_at(bytes, 120)? as usize,
    })
}

/// A container of one stream called `Workbook`. Sectors of 4096 bytes: the header's own list of
/// tables then reaches over 400 MB.
pub(super) fn container(stream: &[u8]) -> Vec<u8> {
    const SECTOR: usize = 4096;
    let data = stream.len().max(SHORT).div_ceil(SECTOR);
    let mut tables = 1;
    while tables * (SECTOR / 4) < tables + 1 + data {
        tables += 1;
    }
    let mut out = vec![0; SECTOR * (1 + tables + 1)];
    out[..8].copy_from_slice(&MAGIC);
    for (at, value) in [(24, 0x3E), (26, 4), (28, 0xFFFE), (30, 12), (32, 6)] {
        put(&mut out, at, &u16::to_le_bytes(value));
    }
    let (directory, first) = (tables, tables + 1);
    let header = [(40, 1), (44, tables), (48, directory), (56, SHORT)];
    for (at, value) in header {
        put(&mut out, at, &number(value).to_le_bytes());
    }
    for at in [60, 68] {
        put(&mut out, at, &END.to_le_bytes());
    }
    for i in 0..LISTED {
        let table = if i < tables { number(i) } else { FREE };
        put(&mut out, 76 + 4 * i, &table.to_le_bytes());
    }
    for i in 0..tables * (SECTOR / 4) {
        let next = if i < tables {
            FAT
        } else if i == directory || i + 1 == first + data {
            END
        } else if i < first + data {
            number(i + 1)
        } else {
            FREE
        };
        put(&mut out, SECTOR + 4 * i, &next.to_le_bytes());
    }
    let at = SECTOR * (1 + directory);
    put_entry(&mut out, at, "Root Entry", 5, 0, 0);
    put_entry(&mut out, at + 128, "Workbook", 2, first, stream.len().max(SHORT));
    out.extend_from_slice(stream);
    out.resize(SECTOR * (1 + first + data), 0);
    out
}

fn put_entry(out: &mut [u8], at: usize, name: &str, kind: u8, start: usize, size: usize) {
    for (i, unit) in name.encode_utf16().enumerate() {
        put(out, at + 2 * i, &unit.to_le_bytes());
    }
    put(out, at + 64, &[u8::try_from(2 * name.len() + 2).unwrap_or(0), 0, kind]);
    let child = if kind == 5 { 1 } else { FREE };
    let words = [(68, FREE), (72, FREE), (76, child), (116, number(start)), (120, number(size))];
    for (offset, value) in words {
        put(out, at + offset, &value.to_le_bytes());
    }
}

fn put(out: &mut [u8], at: usize, bytes: &[u8]) {
    if let Some(slot) = out.get_mut(at..at + bytes.len()) {
        slot.copy_from_slice(bytes);
    }
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(END)
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    let words = bytes.chunks_exact(4);
    words.map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]])).collect()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    numbers(bytes.get(at..at + 4)?).first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for size in [0, 10, 4096, 5000, 5_000_000] {
            let stream: Vec<u8> = (0..size).map(|i| (i % 251) as u8).collect();
            let bytes = container(&stream);
            let opened = Container::open(&bytes).unwrap();
            let read = opened.stream("WORKBOOK").unwrap();
            assert_eq!(read.len(), size.max(SHORT));
            assert_eq!(&read[..size], &stream);
            assert!(opened.has("Workbook") && !opened.has("EncryptedPackage"));
        }
    }

    #[test]
    fn chains_that_never_end_are_refused() {
        let mut bytes = container(&vec![1; 50_000]);
        // The directory's sector leads back to itself.
        put(&mut bytes, 4096 + 4, &1_u32.to_le_bytes());
        assert!(Container::open(&bytes).is_none());
        let mut bytes = container(&vec![1; 50_000]);
        put(&mut bytes, 4096 + 4 * 3, &2_u32.to_le_bytes());
        put(&mut bytes, 4096 * 2 + 128 + 120, &u32::MAX.to_le_bytes());
        assert!(Container::open(&bytes).unwrap().stream("Workbook").is_none());
        assert!(Container::open(b"PK").is_none());
        assert!(Container::open(&MAGIC).is_none());
    }
}
