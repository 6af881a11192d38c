//! The Python peer, `pair.py`: run in a process of its own, its counts compared with ours.

use crate::probe::{Mark, marks};
use anyhow::{Context as _, Result, bail};
use std::path::Path;
use std::process::Command;

/// Reading engine of pandas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    /// calamine in Rust, through python-calamine.
    Calamine,
    /// Python all along, what pandas does unless told otherwise.
    Openpyxl,
}

impl Engine {
    /// Engines as typed: `calamine,openpyxl`, or `aucun`.
    pub(crate) fn read(typed: &str) -> Result<Vec<Self>> {
        let engine = |name: &str| match name {
            "calamine" => Ok(Self::Calamine),
            "openpyxl" => Ok(Self::Openpyxl),
            _ => bail!("--moteurs : calamine, openpyxl ou aucun, et non {name}"),
        };
        if typed == "aucun" { Ok(Vec::new()) } else { typed.split(',').map(engine).collect() }
    }

    /// As pandas names it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Calamine => "calamine",
            Self::Openpyxl => "openpyxl",
        }
    }
}

/// Exit code of the peer when a package is missing.
const MISSING: i32 = 3;

/// What came of running the peer.
pub(super) enum Ran {
    /// Its marks, and what it says of the comparison.
    Done(Vec<Mark>, String),
    /// Why it cannot run on this machine.
    Missing(String),
}

/// Runs the peer over a folder; `reports` is what the whole run wrote of the same folder.
pub(super) fn run(engine: Engine, folder: &Path, reports: &Path, out: &Path) -> Result<Ran> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/pair.py");
    let child = Command::new("python3")
        .arg(script)
        .arg(engine.name())
        .args([folder, out, &indicators(reports)?])
        .output();
    let child = match child {
        Ok(child) => child,
        Err(error) => return Ok(Ran::Missing(format!("python3 ne démarre pas ({error})"))),
    };
    let said = String::from_utf8_lossy(&child.stderr).trim().to_string();
    match child.status.code() {
        Some(0) => Ok(Ran::Done(marks(&child.stdout)?, said)),
        Some(MISSING) => Ok(Ran::Missing(said)),
        _ => bail!("pair.py, moteur {} : {said}", engine.name()),
    }
}

/// The indicators of the only report of a folder.
fn indicators(reports: &Path) -> Result<std::path::PathBuf> {
    let found = reports.read_dir().context("pas de rapports")?.filter_map(|entry| {
        let path = entry.ok()?.path().join("donnees/indicateurs.csv");
        path.is_file().then_some(path)
    });
    found.min().context("pas de donnees/indicateurs.csv dans les rapports")
}
