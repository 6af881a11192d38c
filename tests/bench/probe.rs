//! What a part prints as it goes: at each mark, the time since the first one, the processor time spent
//! and the peak of memory since the mark before. Each part runs in a process of its own.

use crate::parts::Part;
use anyhow::{Context as _, Result, bail};
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;
use std::time::Instant;

/// Name of the last mark.
pub(crate) const END: &str = "fin";

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// A moment of a part.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    /// What begins: a stage, or [`END`].
    pub name: String,
    /// Seconds since the first mark.
    pub seconds: f64,
    /// Seconds of processor, all threads together, since the process began; 0 where the system does
    /// not say.
    pub processor: f64,
    /// Peak of resident memory since the mark before, in kilobytes; 0 where the system does not say.
    pub peak: f64,
}

impl Mark {
    /// From a line written by [`mark`].
    fn read(line: &str) -> Result<Self> {
        let mut fields = line.split('\t');
        let mut field = || fields.next().with_context(|| format!("ligne inattendue : {line}"));
        Ok(Self {
            name: field()?.to_string(),
            seconds: field()?.parse().context(line.to_string())?,
            processor: field()?.parse().context(line.to_string())?,
            peak: field()?.parse().context(line.to_string())?,
        })
    }
}

/// Writes a mark on stdout.
pub(crate) fn mark(name: &str) {
    let seconds = START.elapsed().as_secs_f64();
    let _ = writeln!(std::io::stdout(), "{name}\t{seconds}\t{}\t{}", processor(), peak());
    forget_peak();
}

/// A file of `/proc/self`; empty where there is none.
fn own(name: &str) -> String {
    let bytes = bilan::files::read(&Path::new("/proc/self").join(name)).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Seconds of processor of this process, user and system, where there is `/proc`: fields 14 and 15 of
/// `stat`, in hundredths, counted after the name, which may hold spaces.
fn processor() -> f64 {
    let stat = own("stat");
    let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
    let ticks =
        after.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

/// Peak of resident memory in kilobytes (`VmHWM`), where there is `/proc`.
fn peak() -> u64 {
    let status = own("status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// Starts the peak again from what is held now. Where the system refuses, peaks only grow.
fn forget_peak() {
    let reset = std::fs::OpenOptions::new().write(true).open("/proc/self/clear_refs");
    let _ = reset.and_then(|mut file| file.write_all(b"5"));
}

/// Runs a part in a new process: the marks it left. `out` keeps what it writes.
pub(crate) fn measure(part: Part, folder: &Path, out: Option<&Path>) -> Result<Vec<Mark>> {
    let program = std::env::current_exe().context("le programme ne se trouve pas lui-même")?;
    let mut command = Command::new(program);
    command.args(["--partie", part.name()]).arg(folder);
    if let Some(out) = out {
        command.arg("--sortie").arg(out);
    }
    let child = command.output().with_context(|| format!("{} ne démarre pas", part.name()))?;
    if !child.status.success() {
        bail!("{} : {}", part.name(), String::from_utf8_lossy(&child.stderr));
    }
    marks(&child.stdout)
}

/// The marks a process left.
pub(crate) fn marks(stdout: &[u8]) -> Result<Vec<Mark>> {
    String::from_utf8_lossy(stdout).lines().map(Mark::read).collect()
}

/// Says on stderr what goes on.
pub(crate) fn progress(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}…");
}
