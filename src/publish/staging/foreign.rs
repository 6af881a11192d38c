//! What someone else put in the folder of a period: kept when its reports are replaced.

use crate::files;
use crate::publish::manifest;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Gives the new set the files of the old one that no run wrote: a letter, an annotated copy. They are
/// linked or copied before the exchange, so that a run killed at any point loses none.
pub(super) fn keep(old: &Path, new: &Path) -> io::Result<()> {
    let ours: BTreeSet<String> = files::read(&old.join(manifest::FILE))
        .map(|bytes| manifest::outputs(&bytes))
        .unwrap_or_default();
    let mut found = Vec::new();
    list(old, Path::new(""), &mut found)?;
    for relative in found {
        let to = new.join(&relative);
        let name = relative.to_string_lossy();
        if name == manifest::FILE || ours.contains(name.as_ref()) || to.exists() {
            continue;
        }
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent)?;
        }
        let from = old.join(&relative);
        if fs::hard_link(&from, &to).is_err() {
            fs::copy(&from, &to)?;
        }
    }
    Ok(())
}

/// The files below a folder, by path relative to it.
fn list(root: &Path, below: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(root.join(below))? {
        let entry = entry?;
        let path = below.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            list(root, &path, found)?;
        } else if entry.file_type()?.is_file() {
            found.push(path);
        }
    }
    Ok(())
}
