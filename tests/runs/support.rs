//! One builder for tests of whole runs: a folder of inputs, a run, what it wrote.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

/// The shipped example.
pub(crate) fn example() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("inputs")
}

/// The real public files, where they are at hand.
#[expect(clippy::print_stderr, reason = "says that a test was skipped")]
pub(crate) fn real_data() -> Option<PathBuf> {
    let folder = std::env::var_os("BILAN_REAL_DATA").map(PathBuf::from).filter(|f| f.is_dir());
    if folder.is_none() {
        eprintln!("skipped, no real data (BILAN_REAL_DATA)");
    }
    folder
}

/// The text of the pages of a PDF.
pub(crate) fn text_of_pdf(pdf: &lopdf::Document) -> String {
    let pages: Vec<u32> = pdf.get_pages().keys().copied().collect();
    pdf.extract_text(&pages).expect("the text of the pages")
}

/// The parts of a workbook: name, content.
pub(crate) fn parts_of_zip(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    (0..zip.len())
        .map(|index| {
            let mut part = zip.by_index(index).expect("a part");
            let mut content = Vec::new();
            part.read_to_end(&mut content).expect("a readable part");
            (part.name().expect("a readable name").into_owned(), content)
        })
        .collect()
}

/// A working folder with its own key, in which `bilan` is run.
pub(crate) struct Bench {
    /// The folder; removed with the bench.
    pub(crate) folder: tempfile::TempDir,
}

impl Default for Bench {
    fn default() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }
}

impl Bench {
    /// A bench whose `inputs` holds the given files.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let bench = Self::default();
        for (name, content) in files {
            bench.put(name, content.as_bytes());
        }
        bench
    }

    /// A bench whose `inputs` are those of the shipped example.
    pub(crate) fn of_example() -> Self {
        let bench = Self::default();
        bench.copy(&example(), str::to_string);
        bench
    }

    /// A bench of a small programme: a short run that writes every report, with charts.
    pub(crate) fn small() -> Self {
        Self::with(&[
            (
                "Activités.csv",
                "Id;Date;Intitulé;Territoire;Participants anonymes\n\
                 A1;2026-05-12;Atelier;Sucy;14\nA2;2026-08-20;Fête;Paris 18e;30\n",
            ),
            (
                "Financements.csv",
                "Financeur;Montant accordé;Date de convention\nADEME;20000;2026-01-15\n\
                 Ville de Paris;5000;2026-03-02\n",
            ),
        ])
    }

    /// A path in the folder.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.folder.path().join(relative)
    }

    /// Writes a file of `inputs`.
    pub(crate) fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.path("inputs").join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        bilan::files::write(&path, bytes).expect("a written file");
    }

    /// Copies a folder of inputs file by file; `rename` gives each its new name.
    pub(crate) fn copy(&self, from: &Path, rename: impl Fn(&str) -> String) {
        for (name, bytes) in files_below(from) {
            self.put(&rename(&name), &bytes);
        }
    }

    /// The command, in the folder, with a fixed key and day.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("bilan"));
        command
            .current_dir(self.folder.path())
            .env("BILAN_CLE", "une clé pour les essais seulement")
            .env("SOURCE_DATE_EPOCH", "1795521600") // 24 November 2026
            .args(arguments);
        command
    }

    /// Runs it.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran(self.command(arguments).output().expect("the program runs"))
    }
}

/// A run of the shipped example, made once for the tests that only read what it wrote.
pub(crate) static EXAMPLE: LazyLock<Written> = LazyLock::new(|| {
    let bench = Bench::of_example();
    // The example has impossible dates on purpose: it ends with blocking findings.
    let stdout = bench.run(&["--quiet"]).ends_in(&[1]).stdout();
    Written { stdout, files: files_below(&bench.path("reports")) }
});

/// What a run wrote.
pub(crate) struct Written {
    /// Its results.
    pub(crate) stdout: String,
    /// All that is in its `reports`: relative path with `/` → bytes.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

impl Written {
    /// What a file of the period holds.
    #[track_caller]
    pub(crate) fn bytes(&self, name: &str) -> &[u8] {
        let file = self.files.get(&format!("2026-T3/{name}"));
        file.unwrap_or_else(|| panic!("{name} is missing from {:?}", self.files.keys()))
    }

    /// A PDF of the period.
    #[track_caller]
    pub(crate) fn pdf(&self, name: &str) -> lopdf::Document {
        lopdf::Document::load_mem(self.bytes(name)).expect("a PDF")
    }

    /// The figures published, as rows of column → value.
    #[track_caller]
    pub(crate) fn figures(&self) -> Vec<BTreeMap<String, String>> {
        rows_of(self.bytes("donnees/indicateurs.csv"))
    }
}

/// What a run said.
pub(crate) struct Ran(pub(crate) Output);

impl Ran {
    /// Its exit code.
    pub(crate) fn code(&self) -> i32 {
        self.0.status.code().unwrap_or(-1)
    }

    /// Its results.
    pub(crate) fn stdout(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned()
    }

    /// Its talk.
    pub(crate) fn stderr(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }

    /// Fails the test unless the run ended in one of the codes.
    #[track_caller]
    pub(crate) fn ends_in(self, codes: &[i32]) -> Self {
        assert!(codes.contains(&self.code()), "code {}\n{}", self.code(), self.stderr());
        self
    }
}

/// What a file holds.
#[track_caller]
pub(crate) fn bytes(path: &Path) -> Vec<u8> {
    bilan::files::read(path).expect("a readable file")
}

/// Every file below a folder: relative path with `/` → bytes.
pub(crate) fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name =
                    path.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
                found.insert(name, bytes(&path));
            }
        }
    }
    found
}

/// A CSV of `donnees/`, as rows of column → value.
#[track_caller]
pub(crate) fn csv_rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    rows_of(&bytes(path))
}

/// The same, of what such a file holds.
#[track_caller]
fn rows_of(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let headers = reader.headers().expect("headers").clone();
    reader
        .records()
        .map(|record| {
            let record = record.expect("a record");
            headers.iter().map(str::to_string).zip(record.iter().map(str::to_string)).collect()
        })
        .collect()
}

/// The value of an indicator in `donnees/indicateurs.csv`: `(statut, valeur)`.
pub(crate) fn indicator(
    rows: &[BTreeMap<String, String>],
    id: &str,
    territory: &str,
    window: &str,
    modality: (&str, &str),
) -> Option<(String, Option<f64>)> {
    rows.iter()
        .find(|r| {
            r["indicateur"] == id
                && r["territoire"] == territory
                && r["fenetre"] == window
                && (r["dimension"].as_str(), r["modalite"].as_str()) == modality
        })
        .map(|r| (r["statut"].clone(), r["valeur"].parse().ok()))
}
