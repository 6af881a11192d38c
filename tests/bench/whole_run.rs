//! Time and memory of a whole run, beside the sum of its irreducible parts: see `README.md` here.
//!
//! Each part runs in a process of its own, so that its peak of memory is its own. The program starts
//! itself again with `--partie <name>` for that, and reads what the child prints.

mod matching;
#[path = "../example/names.rs"]
mod names;
mod parts;
mod probe;
#[path = "../example/rng.rs"]
mod rng;
mod scale;
mod table;
mod withheld;

use anyhow::{Context as _, Result, bail};
use parts::Part;
use scale::{Engine, Scales};
use std::path::{Path, PathBuf};

/// Times each part is run unless told otherwise.
const PASSES: usize = 5;
/// The same, at national scale.
const SCALE_PASSES: usize = 3;

/// What the command line says.
struct Asked {
    folder: Option<PathBuf>,
    out: Option<PathBuf>,
    passes: Option<usize>,
    part: Option<Part>,
    /// Whether the national programme is measured, rather than a folder of the user's.
    scale: bool,
    sizes: Vec<f64>,
    engines: Vec<Engine>,
    write_only: bool,
    /// Whether names are compared, and how many at most.
    names: Option<usize>,
    /// Whether what is withheld is counted, rather than anything measured.
    withheld: bool,
}

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<()> {
    let asked = Asked::read(std::env::args().skip(1))?;
    if let Some(most) = asked.names {
        return matching::run(most);
    }
    if asked.scale {
        return scale::run(&Scales {
            folder: asked.folder.unwrap_or_else(|| std::env::temp_dir().join("bilan-echelle")),
            sizes: asked.sizes,
            engines: asked.engines,
            passes: asked.passes.unwrap_or(SCALE_PASSES),
            write_only: asked.write_only,
        });
    }
    let example = || Path::new(env!("CARGO_MANIFEST_DIR")).join("inputs");
    let folder = asked.folder.unwrap_or_else(example);
    if asked.withheld {
        return withheld::run(&folder);
    }
    if let Some(part) = asked.part {
        return parts::run(part, &folder, asked.out.as_deref());
    }
    let mut passes = Vec::new();
    for _ in 0..asked.passes.unwrap_or(PASSES) {
        // Alternated: a machine that slows down slows every part.
        let pass = Part::ALL.map(|part| probe::measure(part, &folder, None));
        passes.push(pass.into_iter().collect::<Result<Vec<_>>>()?);
    }
    table::print(&folder, &passes)
}

impl Asked {
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self> {
        let mut asked = Self {
            folder: None,
            out: None,
            passes: None,
            part: None,
            scale: false,
            sizes: vec![0.1, 0.3, 1.0],
            engines: vec![Engine::Calamine, Engine::Openpyxl],
            write_only: false,
            names: None,
            withheld: false,
        };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().with_context(|| format!("{argument} : valeur ?"));
            match argument.as_str() {
                // Said by `cargo bench` to every benchmark.
                "--bench" => {}
                "--echelle" => asked.scale = true,
                "--ecrire" => asked.write_only = true,
                "--secret" => asked.withheld = true,
                "--noms" => {
                    asked.names = Some(value()?.parse().context("--noms : 100000 par exemple")?);
                }
                "--moteurs" => asked.engines = Engine::read(&value()?)?,
                "--sortie" => asked.out = Some(PathBuf::from(value()?)),
                "--tailles" => {
                    let sizes = value()?;
                    let sizes = sizes.split(',').map(str::parse).collect::<Result<_, _>>();
                    asked.sizes = sizes.context("--tailles : 0.1,0.3,1 par exemple")?;
                }
                "--fois" => {
                    let passes = value()?.parse().context("--fois : un nombre est attendu")?;
                    asked.passes = Some(passes);
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
        if asked.passes == Some(0) {
            bail!("--fois : au moins un passage");
        }
        Ok(asked)
    }
}
