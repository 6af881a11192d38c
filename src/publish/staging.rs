//! A set of reports replaces the one before all at once, or not at all.
//!
//! Files are written to a hidden folder beside the target, flushed, then the two folders are exchanged
//! in one step. Killed at any point, a run leaves the old set or the new one, whole; the next run
//! removes what it left behind. A run holds a lock on its staging folder, so that another run of the
//! same moment is told from a dead one.

mod foreign;

use crate::error::Error;
use crate::files;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// Marks the staging folder of a run: `.2026-T3.en-cours-4711`.
const STAGING: &str = ".en-cours-";
/// Marks a set put aside while its replacement moves in, where folders cannot be exchanged.
const ASIDE: &str = ".ancien-";

/// A set of reports being written.
#[derive(Debug)]
pub struct Staging {
    out: PathBuf,
    target: PathBuf,
    folder: PathBuf,
    /// Held until the end of the run.
    _lock: File,
    written: Vec<Written>,
    committed: bool,
}

/// A file written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Path below the folder of the period, with `/`.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256, lower-case hexadecimal.
    pub sha256: String,
}

impl Staging {
    /// Checks that reports can be written to `out/period` and opens a staging folder. Meant to be
    /// called before any work, so that a wrong output folder is said at once.
    ///
    /// # Errors
    /// `sortie-fichier` when a file stands where a folder is needed; `sortie-impossible` when the
    /// folder cannot be created or written to.
    pub fn begin(out: &Path, period: &str) -> Result<Self, Error> {
        for path in [out, &out.join(period)] {
            if fs::metadata(path).is_ok_and(|found| !found.is_dir()) {
                return Err(Error::new("sortie-fichier").with("chemin", path.display()));
            }
        }
        let refused = |error: io::Error| Error::io("sortie-impossible", out, &error);
        fs::create_dir_all(out).map_err(refused)?;
        let turn = Turn::take(out);
        clean(out);
        let folder = create(out, period).map_err(refused)?;
        let lock = File::open(&folder).map_err(refused)?;
        // Where locks are not supported, no run ever takes this one for dead.
        let _ = lock.try_lock();
        drop(turn);
        Ok(Self {
            out: out.to_path_buf(),
            target: out.join(period),
            folder,
            _lock: lock,
            written: Vec::new(),
            committed: false,
        })
    }

    /// Where the set will be.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Files written so far.
    pub fn written(&self) -> &[Written] {
        &self.written
    }

    /// Writes one file of the set; `relative` uses `/`.
    ///
    /// # Errors
    /// `ecriture` when it cannot be written: full disk, lost folder. The previous set is intact.
    pub fn write(&mut self, relative: &str, bytes: &[u8]) -> Result<(), Error> {
        let path = self.folder.join(relative);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|e| Error::io("ecriture", parent, &e))?;
        }
        files::write(&path, bytes)?;
        self.written.push(Written {
            path: relative.to_string(),
            size: bytes.len() as u64,
            sha256: files::sha256(bytes),
        });
        Ok(())
    }

    /// Puts the set in place of the one before, in one step, and removes the old one.
    ///
    /// # Errors
    /// `sortie-remplacement` when the folder cannot be replaced; the previous set is intact.
    pub fn commit(mut self) -> Result<Vec<Written>, Error> {
        let target = self.target.clone();
        let refused = |error: io::Error| Error::io("sortie-remplacement", &target, &error);
        let turn = Turn::take(&self.out);
        if self.target.is_dir() {
            foreign::keep(&self.target, &self.folder).map_err(refused)?;
        }
        flush_folders(&self.folder).map_err(refused)?;
        swap(&self.folder, &self.target, exchange).map_err(refused)?;
        flush(&self.out).map_err(refused)?;
        self.committed = true;
        // The new set is in place: what is left of the old one is cleaned by the next run at worst.
        let _ = remove(&self.folder);
        drop(turn);
        Ok(std::mem::take(&mut self.written))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.committed {
            let _ = remove(&self.folder);
        }
    }
}

/// A new staging folder, named after the process; numbered when that name is taken by a live run.
fn create(out: &Path, period: &str) -> io::Result<PathBuf> {
    let process = std::process::id();
    let mut number = 1;
    loop {
        let folder = out.join(format!(".{period}{STAGING}{process}-{number}"));
        match fs::create_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            done => return done.map(|()| folder),
        }
    }
}

/// The turn of one run at the folder of all reports: short, and given back when the run dies.
struct Turn {
    _lock: Option<File>,
}

impl Turn {
    fn take(out: &Path) -> Self {
        let lock = File::open(out).ok().filter(|folder| folder.lock().is_ok());
        Self { _lock: lock }
    }
}

/// Exchanges two folders in one step of the file system.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).map_err(io::Error::from)
}

/// No such step here.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Puts `new` at `target`; the old set ends up at `new`, or nowhere when there was none.
fn swap(new: &Path, target: &Path, exchange: fn(&Path, &Path) -> io::Result<()>) -> io::Result<()> {
    if fs::symlink_metadata(target).is_err() {
        return fs::rename(new, target);
    }
    use io::ErrorKind::{InvalidInput, Unsupported};
    match exchange(new, target) {
        Err(error) if matches!(error.kind(), Unsupported | InvalidInput) => {
            swap_in_two_steps(new, target)
        }
        done => done,
    }
}

/// For file systems that cannot exchange: between the two steps the old set is whole under its hidden
/// name, and [`clean`] puts it back if the run dies there.
fn swap_in_two_steps(new: &Path, target: &Path) -> io::Result<()> {
    let period = target.file_name().unwrap_or_default().to_string_lossy();
    let aside = target.with_file_name(format!(".{period}{ASIDE}{}", std::process::id()));
    remove(&aside)?;
    fs::rename(target, &aside)?;
    if let Err(error) = fs::rename(new, target) {
        fs::rename(&aside, target)?;
        return Err(error);
    }
    remove(&aside)
}

/// Cleans up after dead runs: puts back a set left aside, removes staging folders nobody holds.
/// What cannot be cleaned is left: it harms nothing.
fn clean(out: &Path) {
    let Ok(entries) = fs::read_dir(out) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let Some(hidden) = name.strip_prefix('.') else { continue };
        if let Some((period, _)) = hidden.split_once(ASIDE) {
            let target = out.join(period);
            let _ = if target.exists() { remove(&path) } else { fs::rename(&path, &target) };
        } else if hidden.contains(STAGING) && is_dead(&path) {
            let _ = remove(&path);
        }
    }
}

/// Whether no run holds a staging folder. In doubt, someone does.
fn is_dead(folder: &Path) -> bool {
    File::open(folder).is_ok_and(|file| match file.try_lock() {
        Ok(()) => true,
        Err(TryLockError::WouldBlock | TryLockError::Error(_)) => false,
    })
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Waits until the disk has the names of the files, folder by folder.
fn flush_folders(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            flush_folders(&entry.path())?;
        }
    }
    flush(folder)
}

fn flush(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no_exchange(_: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::InvalidInput.into())
    }

    fn no_right(_: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::PermissionDenied.into())
    }

    fn set(folder: &Path, word: &str) {
        fs::create_dir_all(folder).unwrap();
        files::write(&folder.join("a"), word.as_bytes()).unwrap();
    }

    fn word(folder: &Path) -> String {
        String::from_utf8(files::read(&folder.join("a")).unwrap()).unwrap()
    }

    #[test]
    fn without_exchange_the_set_is_replaced_in_two_steps() {
        let out = tempfile::tempdir().unwrap();
        let (new, target) = (out.path().join(".x"), out.path().join("2026-T3"));
        set(&new, "new");
        set(&target, "old");
        swap(&new, &target, no_exchange).unwrap();
        assert_eq!(word(&target), "new");
        assert_eq!(fs::read_dir(out.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_set_left_aside_by_a_dead_run_is_put_back() {
        let out = tempfile::tempdir().unwrap();
        set(&out.path().join(".2026-T3.ancien-99"), "old");
        set(&out.path().join(".2026-T3.en-cours-99"), "half");
        clean(out.path());
        assert_eq!(word(&out.path().join("2026-T3")), "old");
        assert_eq!(fs::read_dir(out.path()).unwrap().count(), 1);
        set(&out.path().join(".2026-T3.ancien-98"), "older");
        clean(out.path());
        assert_eq!(word(&out.path().join("2026-T3")), "old");
        assert_eq!(fs::read_dir(out.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_refused_exchange_changes_nothing() {
        let out = tempfile::tempdir().unwrap();
        let (new, target) = (out.path().join(".x"), out.path().join("2026-T3"));
        set(&new, "new");
        set(&target, "old");
        assert!(swap(&new, &target, no_right).is_err());
        assert_eq!(word(&target), "old");
        assert_eq!(word(&new), "new");
    }
}
