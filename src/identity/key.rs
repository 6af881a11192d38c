//! The key of people's hashes: 32 random bytes in a file outside `reports/`, made on first run, or
//! supplied by the environment variable `BILAN_CLE`. Whoever has the key can test whether a known
//! person is in a file; without it the hashes say nothing.

use crate::error::Error;
use crate::files;
use std::path::Path;

/// A key for people's hashes.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    /// Derives a key from any text, of at least 16 characters.
    ///
    /// # Errors
    /// `cle-courte` when the text is shorter.
    pub fn from_text(text: &str) -> Result<Self, Error> {
        if text.trim().chars().count() < 16 {
            return Err(Error::new("cle-courte"));
        }
        Ok(Self(blake3::derive_key("bilan 2026 identity key of people", text.trim().as_bytes())))
    }

    /// The key of `supplied` if given, else of the file, which is made when it does not exist.
    ///
    /// # Errors
    /// When the file cannot be read or made, or the text is too short.
    pub fn load(supplied: Option<&str>, file: &Path) -> Result<Self, Error> {
        if let Some(text) = supplied {
            return Self::from_text(text);
        }
        if !file.exists() {
            Self::create(file)?;
        }
        let text = String::from_utf8_lossy(&files::read(file)?).into_owned();
        Self::from_text(&text)
    }

    fn create(file: &Path) -> Result<(), Error> {
        let mut bytes = [0u8; 32];
        getrandom::fill(&mut bytes).map_err(|e| {
            Error::new("cle-impossible").with("chemin", file.display()).with("cause", e)
        })?;
        let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        files::write_private(file, text.as_bytes())
    }

    /// The keyed hash of an identity text.
    pub fn hash(&self, identity: &str) -> [u8; 16] {
        let hash = blake3::keyed_hash(&self.0, identity.as_bytes());
        let mut short = [0u8; 16];
        short.copy_from_slice(&hash.as_bytes()[..16]);
        short
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_gives_one_hash_and_another_key_another() {
        let one = Key::from_text("une phrase assez longue").unwrap();
        let two = Key::from_text("une autre phrase longue").unwrap();
        assert_eq!(one.hash("a@b.fr"), one.hash("a@b.fr"));
        assert_ne!(one.hash("a@b.fr"), two.hash("a@b.fr"));
        assert!(Key::from_text("court").is_err());
        assert_eq!(format!("{one:?}"), "Key(…)");
    }

    #[test]
    fn the_file_is_made_once_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("cache/cle");
        let first = Key::load(None, &file).unwrap();
        let second = Key::load(None, &file).unwrap();
        assert_eq!(first.hash("x"), second.hash("x"));
    }
}
