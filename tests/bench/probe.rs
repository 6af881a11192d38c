//! What a part prints as it goes: at each mark, the time since the first one and the peak of memory
//! since the mark before.

use anyhow::{Context as _, Result};
use std::io::Write as _;
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
    /// Peak of resident memory since the mark before, in kilobytes; 0 where the system does not say.
    pub peak: f64,
}

impl Mark {
    /// From a line written by [`mark`].
    pub(crate) fn read(line: &str) -> Result<Self> {
        let mut fields = line.split('\t');
        let mut field = || fields.next().with_context(|| format!("ligne inattendue : {line}"));
        Ok(Self {
            name: field()?.to_string(),
            seconds: field()?.parse().context(line.to_string())?,
            peak: field()?.parse().context(line.to_string())?,
        })
    }
}

/// Writes a mark on stdout.
pub(crate) fn mark(name: &str) {
    let seconds = START.elapsed().as_secs_f64();
    let _ = writeln!(std::io::stdout(), "{name}\t{seconds}\t{}", peak());
    forget_peak();
}

/// Peak of resident memory in kilobytes (`VmHWM`), where there is `/proc`.
fn peak() -> u64 {
    let status = bilan::files::read(std::path::Path::new("/proc/self/status")).unwrap_or_default();
    let status = String::from_utf8_lossy(&status).into_owned();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// Starts the peak again from what is held now. Where the system refuses, peaks only grow.
fn forget_peak() {
    let reset = std::fs::OpenOptions::new().write(true).open("/proc/self/clear_refs");
    let _ = reset.and_then(|mut file| file.write_all(b"5"));
}
