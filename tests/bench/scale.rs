//! A national-scale programme, read at several sizes by bare calamine, the whole run and a Python peer.

mod folder;
mod goals;
mod page;
mod peer;
mod programme;
mod sheets;
mod words;

pub(crate) use peer::Engine;

use crate::parts::Part;
use crate::probe::{Mark, measure, progress};
use anyhow::{Context as _, Result, bail};
pub(crate) use goals::exponent;
use peer::Ran;
use programme::Counts;
use std::path::{Path, PathBuf};

/// What is asked of this measure.
pub(crate) struct Scales {
    /// Folder the programmes are below.
    pub(crate) folder: PathBuf,
    /// Sizes, 1 being the national programme.
    pub(crate) sizes: Vec<f64>,
    /// Engines of the peer, in order.
    pub(crate) engines: Vec<Engine>,
    /// Times everything is run, but for the slow engine of the peer: once.
    pub(crate) passes: usize,
    /// Only write the programmes.
    pub(crate) write_only: bool,
}

/// What was measured at one size.
pub(crate) struct Measured {
    scale: f64,
    counts: Counts,
    folder: PathBuf,
    read: Vec<Vec<Mark>>,
    whole: Vec<Vec<Mark>>,
    peers: Vec<(Engine, Vec<Vec<Mark>>)>,
    /// What the peers say of the comparison, or why there is none.
    said: Vec<String>,
}

/// Writes the programmes, measures, prints the table.
pub(crate) fn run(scales: &Scales) -> Result<()> {
    let ready = |scale: &f64| Measured::new(&scales.folder, *scale, &scales.engines);
    let mut sizes = scales.sizes.iter().map(ready).collect::<Result<Vec<_>>>()?;
    if scales.write_only {
        return Ok(());
    }
    for pass in 0..scales.passes {
        for size in &mut sizes {
            progress(&format!("passage {}, échelle {}", pass + 1, size.scale));
            size.measure(pass)?;
        }
    }
    goals::print(&sizes, scales.passes)
}

impl Measured {
    fn new(below: &Path, scale: f64, engines: &[Engine]) -> Result<Self> {
        if !(0.1..=5.0).contains(&scale) {
            bail!("--tailles : entre 0.1 et 5");
        }
        let counts = Counts::at(scale);
        Ok(Self {
            scale,
            counts,
            folder: folder::written(below, scale, &counts)?,
            read: Vec::new(),
            whole: Vec::new(),
            peers: engines.iter().map(|engine| (*engine, Vec::new())).collect(),
            said: Vec::new(),
        })
    }

    /// One pass: alternated, so that a machine that slows down slows everything.
    fn measure(&mut self, pass: usize) -> Result<()> {
        let out = tempfile::tempdir().context("pas de dossier temporaire")?;
        let reports = out.path().join("reports");
        self.read.push(measure(Part::Read, &self.folder, None)?);
        self.whole.push(measure(Part::Whole, &self.folder, Some(&reports))?);
        for (engine, runs) in &mut self.peers {
            if pass > 0 && (*engine == Engine::Openpyxl || runs.is_empty()) {
                continue;
            }
            let said = match peer::run(*engine, &self.folder, &reports, out.path())? {
                Ran::Done(marks, said) => {
                    runs.push(marks);
                    said
                }
                Ran::Missing(why) => format!("non mesuré, {why}"),
            };
            if pass == 0 {
                self.said.push(format!("Moteur {} : {said}", engine.name()));
            }
        }
        Ok(())
    }
}
