//! Time and memory of a whole run, beside the sum of its irreducible parts: see `README.md` here.
//!
//! Each part runs in a process of its own, so that its peak of memory is its own. The program starts
//! itself again with `--partie <name>` for that, and reads what the child prints.

mod parts;
mod probe;
mod table;

use anyhow::{Context as _, Result, bail};
use parts::Part;
use probe::Mark;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Times each part is run unless told otherwise.
const PASSES: usize = 5;

/// What the command line says.
struct Asked {
    folder: Option<PathBuf>,
    passes: usize,
    part: Option<Part>,
    /// Whether the national-scale programme is measured rather than a folder.
    scale: bool,
    sizes: Vec<f64>,
}

fn main() -> Result<()> {
    let asked = Asked::read(std::env::args().skip(1))?;
    if asked.scale {
        let below = asked.folder.unwrap_or_else(|| std::env::temp_dir().join("bilan-echelle"));
        for size in asked.sizes {
            scale::written(&below, size)?;
        }
        return Ok(());
    }
    let folder =
        asked.folder.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("inputs"));
    if let Some(part) = asked.part {
        return parts::run(part, &folder);
    }
    let mut passes = Vec::new();
    for _ in 0..asked.passes {
        // Alternated: a machine that slows down slows every part.
        let pass = Part::ALL.map(|part| measure(part, &folder));
        passes.push(pass.into_iter().collect::<Result<Vec<_>>>()?);
    }
    table::print(&folder, &passes)
}

impl Asked {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self> {
        let mut asked = Self {
            folder: None,
            passes: PASSES,
            part: None,
            scale: false,
            sizes: vec![0.1, 0.3, 1.0],
        };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().with_context(|| format!("{argument} : valeur ?"));
            match argument.as_str() {
                // Said by `cargo bench` to every benchmark.
                "--bench" => {}
                "--echelle" => asked.scale = true,
                "--tailles" => {
                    let sizes = value()?;
                    let sizes = sizes.split(',').map(str::parse).collect::<Result<_, _>>();
                    asked.sizes = sizes.context("--tailles : 0.1,0.3,1 par exemple")?;
                }
                "--fois" => {
                    asked.passes = value()?.parse().context("--fois : un nombre est attendu")?;
                }
                "--partie" => {
                    let name = value()?;
                    let part = Part::ALL.into_iter().find(|part| part.name() == name);
                    asked.part = Some(part.with_context(|| format!("partie inconnue : {name}"))?);
                }
                option if option.starts_with('-') => bail!("option inconnue : {option}"),
                folder => asked.folder = Some(PathBuf::from(folder)),
            }
        }
        if asked.passes == 0 {
            bail!("--fois : au moins un passage");
        }
        Ok(asked)
    }
}

/// Runs a part in a new process: the marks it left.
fn measure(part: Part, folder: &Path) -> Result<Vec<Mark>> {
    let program = std::env::current_exe().context("le programme ne se trouve pas lui-même")?;
    let child = Command::new(program)
        .args(["--partie", part.name()])
        .arg(folder)
        .output()
        .with_context(|| format!("{} ne démarre pas", part.name()))?;
    if !child.status.success() {
        bail!("{} : {}", part.name(), String::from_utf8_lossy(&child.stderr));
    }
    String::from_utf8_lossy(&child.stdout).lines().map(Mark::read).collect()
}
