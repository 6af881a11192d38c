//! The world Typst compiles in: our fonts, our templates, the data and the figures of one document.
//! Nothing of the machine is visible from it but the user's `templates/` folder.

use crate::assets;
use crate::error::Error;
use crate::files;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{LazyLock, Mutex, PoisonError};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Features, Library, LibraryExt, World};
use typst_kit::files::{FileLoader, FileStore};
use typst_kit::fonts::FontStore;

/// The standard library and the fonts: the same for every document of a run, so built once.
static SHARED: LazyLock<Shared> = LazyLock::new(Shared::new);

struct Shared {
    library: LazyHash<Library>,
    fonts: FontStore,
    /// Every face, to know which characters can be printed.
    faces: Vec<Font>,
}

impl Shared {
    fn new() -> Self {
        let faces: Vec<Font> =
            assets::FONTS.iter().flat_map(|(_, bytes)| Font::iter(Bytes::new(*bytes))).collect();
        let mut fonts = FontStore::new();
        fonts.extend(faces.iter().map(|face| (face.clone(), face.info().clone())));
        // Row headers of tables (`pdf.header-cell`) are still behind this switch in Typst 0.15.
        let features: Features = [Feature::A11yExtras].into_iter().collect();
        let library = LazyHash::new(Library::builder().with_features(features).build());
        Self { library, fonts, faces }
    }
}

/// Whether every embedded face has a glyph for a character.
pub(super) fn printable(character: char) -> bool {
    SHARED.faces.iter().all(|face| face.info().coverage.contains(u32::from(character)))
}

/// The world of one document.
pub(super) struct DocumentWorld<'a> {
    main: FileId,
    today: Option<Datetime>,
    files: FileStore<Loader<'a>>,
}

impl<'a> DocumentWorld<'a> {
    /// A world whose main file is `main`, which sees the virtual `files` (path without leading slash
    /// → content) beside the templates.
    ///
    /// # Errors
    /// `modele` when `main` is no path.
    pub(super) fn new(
        main: &str,
        today: Option<Datetime>,
        files: BTreeMap<String, Bytes>,
        templates: &'a Path,
    ) -> Result<Self, Error> {
        let path = VirtualPath::new(main)
            .map_err(|cause| Error::new("modele").with("lieu", main).with("cause", cause))?;
        Ok(Self {
            main: RootedPath::new(VirtualRoot::Project, path).intern(),
            today,
            files: FileStore::new(Loader { files, templates, failure: Mutex::new(None) }),
        })
    }

    /// The first file of the user that exists and could not be read.
    pub(super) fn failure(&self) -> Option<Error> {
        self.files.loader().failure.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl World for DocumentWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &SHARED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        SHARED.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.files.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHARED.fonts.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}

/// Where the files of a document come from: its own data, then the user's folder, then the binary.
struct Loader<'a> {
    files: BTreeMap<String, Bytes>,
    templates: &'a Path,
    failure: Mutex<Option<Error>>,
}

impl FileLoader for Loader<'_> {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        let name = match id.root() {
            VirtualRoot::Project => id.vpath().get_without_slash(),
            // No packages: a run needs no network.
            VirtualRoot::Package(_) => return Err(FileError::AccessDenied),
        };
        if let Some(bytes) = self.files.get(name) {
            return Ok(bytes.clone());
        }
        // A path that cannot be looked at counts as present: reading it says why.
        let own = self.templates.join(name);
        if own.try_exists().unwrap_or(true) {
            return files::read(&own).map(Bytes::new).map_err(|error| {
                let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
                failure.get_or_insert(error);
                FileError::AccessDenied
            });
        }
        assets::template(name)
            .map(|content| Bytes::new(content.as_bytes()))
            .ok_or_else(|| FileError::NotFound(name.into()))
    }
}
