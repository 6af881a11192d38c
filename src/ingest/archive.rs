//! A zip container opened within bounds: no part is inflated that was not asked for, none past what
//! it declares, and all of them together stay below what the settings allow. Readers of workbooks are
//! handed the bytes of a part, or the same archive with its parts already inflated ([`stored`]), so
//! that a bomb is refused before anything is allocated for it.
//!
//! [`stored`]: Archive::stored

use super::file::Refusal;
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Deflate cannot do better than this, whatever the data.
const MAX_RATIO: u64 = 1032;

/// What opening an archive may cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Parts it may list.
    pub parts: usize,
    /// Bytes that the parts asked for may take once inflated, together.
    pub bytes: u64,
}

/// A zip container held in memory.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// Name in lower case → index: spreadsheet programs do not mind the case of a part's name.
    names: BTreeMap<String, usize>,
    /// Inflated bytes still allowed, whichever thread asks.
    left: AtomicU64,
}

impl<'b> Archive<'b> {
    /// Opens a container; nothing is inflated yet.
    ///
    /// # Errors
    /// A [`Refusal`] when it is damaged, lists too many parts, or makes several of them out of the
    /// same bytes.
    pub(super) fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, Refusal> {
        // A header takes 46 bytes in the file and several hundred once read: counted before.
        if memchr::memmem::find_iter(bytes, b"PK\x01\x02").count() > limits.parts {
            return Err(Refusal::Trapped("piege.parties-nombreuses"));
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(refuse)?;
        if zip.has_overlapping_entries().map_err(refuse)? {
            return Err(Refusal::Trapped("piege.parties-superposees"));
        }
        let mut names = BTreeMap::new();
        for index in 0..zip.len() {
            if let Some(Ok(name)) = zip.name_for_index(index) {
                names.entry(normal(&name)).or_insert(index);
            }
        }
        Ok(Self { zip, names, left: AtomicU64::new(limits.bytes) })
    }

    /// Bytes that a part declares, 0 when there is none of this name.
    pub(super) fn size(&self, name: &str) -> u64 {
        let index = self.names.get(&normal(name)).copied();
        // The directory is held in common: a copy of the reader costs nothing.
        index
            .and_then(|i| self.zip.clone().by_index_raw(i).ok().map(|part| part.size()))
            .unwrap_or(0)
    }

    /// Whether it has a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains_key(&normal(name))
    }

    /// Declared size of the largest part of a folder.
    pub(super) fn largest(&self, folder: &str) -> u64 {
        let below = self.names.keys().filter(|name| name.starts_with(folder));
        below.map(|name| self.size(name)).max().unwrap_or(0)
    }

    /// The bytes of a part, `None` when there is none of this name. Asking twice counts twice.
    ///
    /// # Errors
    /// A [`Refusal`] when it is encrypted, damaged, larger than it declares or than is left of the
    /// bound, or an XML text that declares entities.
    pub(super) fn part(&self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        match self.names.get(&normal(name)).copied() {
            Some(index) => self.inflate(index).map(Some),
            None => Ok(None),
        }
    }

    /// The same archive, its parts stored as they are: what reads it has nothing to inflate. Parts
    /// that hold no data (pictures, thumbnails, macros) are left out.
    ///
    /// # Errors
    /// As [`Archive::part`].
    pub(super) fn stored(&self) -> Result<Vec<u8>, Refusal> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for index in 0..self.zip.len() {
            let Some(Ok(name)) = self.zip.name_for_index(index) else { continue };
            let name = name.into_owned();
            let wanted = [".xml", ".rels", ".bin"].iter().any(|end| normal(&name).ends_with(end));
            if wanted || normal(&name) == "mimetype" {
                let bytes = self.inflate(index)?;
                writer.start_file(name, options).map_err(refuse)?;
                writer.write_all(&bytes).map_err(|e| refuse(e.into()))?;
            }
        }
        Ok(writer.finish().map_err(refuse)?.into_inner())
    }

    fn inflate(&self, index: usize) -> Result<Vec<u8>, Refusal> {
        let mut zip = self.zip.clone();
        let mut part = match zip.by_index(index) {
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(Refusal::Encrypted);
            }
            part => part.map_err(refuse)?,
        };
        let (declared, packed) = (part.size(), part.compressed_size());
        if declared > packed.saturating_add(1).saturating_mul(MAX_RATIO) {
            return Err(Refusal::Trapped("piege.taille-fausse"));
        }
        // Counted before it is allocated.
        let take = |left: u64| left.checked_sub(declared);
        if self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_err() {
            return Err(Refusal::Expands);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(declared).unwrap_or(0));
        let read = part.by_ref().take(declared).read_to_end(&mut bytes);
        read.map_err(|e| refuse(e.into()))?;
        // One byte more than it declares, or the end and the check of its sum.
        if part.read(&mut [0]).map_err(|e| refuse(e.into()))? != 0 {
            return Err(Refusal::Trapped("piege.taille-fausse"));
        }
        if declares_entities(&bytes) {
            return Err(Refusal::Trapped("piege.entites-xml"));
        }
        Ok(bytes)
    }
}

fn normal(name: &str) -> String {
    name.trim_start_matches('/').replace('\\', "/").to_lowercase()
}

fn refuse(error: ZipError) -> Refusal {
    Refusal::Unreadable(error.to_string())
}

/// An XML text whose document type has a subset of its own: the place where entities are declared,
/// that expand without end or name files of the computer. No spreadsheet program writes one; the bare
/// document types of old ones name an outside text that is never fetched.
fn declares_entities(bytes: &[u8]) -> bool {
    let mut rest = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    loop {
        rest = rest.trim_ascii_start();
        let end: &[u8] = match rest {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'!', declaration @ ..] => {
                let end = memchr::memchr2(b'[', b'>', declaration);
                return end.is_none_or(|end| declaration[end] == b'[');
            }
            _ => return false,
        };
        let Some(at) = memchr::memmem::find(rest, end) else { return false };
        rest = rest.get(at + end.len()..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests;
