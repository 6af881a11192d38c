//! All contact with the file system: every error names the path.

use crate::error::Error;
use sha2::{Digest, Sha256};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

/// Reads a whole file.
///
/// # Errors
/// `lecture` when it cannot be opened or read.
#[expect(clippy::disallowed_methods, reason = "the one place that reads")]
pub fn read(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|e| Error::io("lecture", path, &e))
}

/// Reads a whole file, whatever its size was a moment ago; `None` when it is larger than `limit`.
///
/// # Errors
/// When it cannot be opened or read: the caller names it.
pub fn read_within(path: &Path, limit: u64) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// Writes a whole file and waits until the disk has it.
///
/// # Errors
/// `ecriture` when it cannot be created, written or flushed (full disk, read-only folder).
#[expect(clippy::disallowed_methods, reason = "the one place that writes")]
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let attempt = || {
        let mut file = std::fs::File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    attempt().map_err(|e| Error::io("ecriture", path, &e))
}

/// The visible folders of a folder; none when it cannot be listed.
pub fn folders(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let visible = |path: &PathBuf| {
        path.is_dir() && !path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'))
    };
    entries.filter_map(Result::ok).map(|entry| entry.path()).filter(visible).collect()
}

/// Makes a folder and those above it.
///
/// # Errors
/// `ecriture` when it cannot be made.
pub fn create_dir_all(folder: &Path) -> Result<(), Error> {
    std::fs::create_dir_all(folder).map_err(|e| Error::io("ecriture", folder, &e))
}

/// Writes a small file only its owner can read, making its folder.
///
/// # Errors
/// `ecriture` when the folder or the file cannot be made.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path).map_err(|e| Error::io("ecriture", path, &e))?;
    file.write_all(bytes).map_err(|e| Error::io("ecriture", path, &e))
}

/// Size and SHA-256 of a file too large, or of no use, to hold in memory.
///
/// # Errors
/// `lecture` when it cannot be opened or read.
pub fn size_and_sha256(path: &Path) -> Result<(u64, String), Error> {
    let attempt = || {
        let mut file = std::fs::File::open(path)?;
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; 1 << 16];
        let mut size = 0;
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            hasher.update(&buffer[..read]);
            size += read as u64;
        }
        Ok((size, hexadecimal(&hasher.finalize())))
    };
    attempt().map_err(|e| Error::io("lecture", path, &e))
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
