//! What a folder holds: the files to read, and what is there that is not one.

use super::super::file::{self, Source};
use crate::finding::{Finding, Place};
use crate::settings::Settings;
use crate::texts::{Lang, Texts};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Folders deeper than this are not entered.
const MAX_DEPTH: usize = 32;

/// Every file below the folder that may matter, in path order, and what is said of the rest. Nothing
/// but plain files is ever opened.
pub(super) fn list(root: &Path, settings: &Settings) -> (Vec<Source>, Vec<Finding>) {
    let own: Vec<PathBuf> = [&settings.out, &settings.templates, &settings.key_file]
        .into_iter()
        .filter_map(|path| path.canonicalize().ok())
        .collect();
    let mut walk = Walk {
        own,
        lang: settings.lang,
        seen: BTreeSet::new(),
        sources: Vec::new(),
        findings: Vec::new(),
    };
    walk.folder(root, "", 0);
    walk.sources.sort_by(|a, b| a.path.cmp(&b.path));
    (walk.sources, walk.findings)
}

struct Walk {
    /// What the program writes or keeps.
    own: Vec<PathBuf>,
    lang: Lang,
    /// Folders entered.
    seen: BTreeSet<PathBuf>,
    sources: Vec<Source>,
    findings: Vec<Finding>,
}

impl Walk {
    fn folder(&mut self, folder: &Path, prefix: &str, depth: usize) {
        let name = prefix.trim_end_matches('/');
        if depth > MAX_DEPTH {
            let cause = Texts::new(self.lang).get("cause.profondeur");
            return self.say("dossier-illisible", name, cause);
        }
        // A link that leads back to a folder already entered would never end.
        if folder.canonicalize().is_ok_and(|real| !self.seen.insert(real)) {
            return self.say("dossier-deja-lu", name, String::new());
        }
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                return self.say("dossier-illisible", name, file::cause(&error, self.lang));
            }
        };
        let mut entries: Vec<_> = entries.filter_map(Result::ok).collect();
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            let typed = entry.file_name();
            let name = shown(&typed.to_string_lossy());
            let full = entry.path();
            // What the program writes or keeps is not its input, unless it is the whole folder.
            let mine = full.canonicalize().is_ok_and(|real| self.own.contains(&real));
            if is_left_alone(&name) || mine {
                continue;
            }
            let path = format!("{prefix}{name}");
            if typed.to_str() != Some(&name) {
                self.say("nom-illisible", &path, String::new());
            }
            self.entry(Source { full, path: Arc::from(path) }, depth);
        }
    }

    fn entry(&mut self, source: Source, depth: usize) {
        let Source { full, path } = &source;
        match std::fs::metadata(full) {
            Ok(it) if it.is_dir() && source.is_table() => {
                self.say("dossier-nomme-fichier", path, String::new());
            }
            Ok(it) if it.is_dir() => self.folder(full, &format!("{path}/"), depth + 1),
            Ok(it) if it.is_file() => self.sources.push(source),
            Ok(_) => self.say("fichier-special", path, String::new()),
            Err(_) if full.is_symlink() => self.say("lien-casse", path, String::new()),
            Err(error) => self.say("fichier-illisible", path, file::cause(&error, self.lang)),
        }
    }

    fn say(&mut self, code: &'static str, path: &str, cause: String) {
        let finding = Finding::new(code, Place::file(path), "");
        self.findings.push(if cause.is_empty() { finding } else { finding.with("cause", cause) });
    }
}

/// A name as it can be printed: what is not text, or would move the cursor, has a mark in its place.
fn shown(name: &str) -> String {
    name.replace(char::is_control, "\u{fffd}")
}

/// Hidden files, lock files of spreadsheet programs, and the settings.
fn is_left_alone(name: &str) -> bool {
    name.starts_with(['.', '~']) || name == "bilan.toml" || name == "Thumbs.db"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lock_and_hidden_files_are_left_alone() {
        for name in ["~$suivi.xlsx", ".~lock.suivi.ods#", ".DS_Store", "bilan.toml"] {
            assert!(is_left_alone(name), "{name}");
        }
        assert!(!is_left_alone("suivi.xlsx"));
    }
}
