//! Every file of `messy/`, alone, in a process of its own whose memory is bounded: read or refused with
//! one finding, to the end. Prints the table, with the seconds of each.
#![cfg(target_os = "linux")]

use crate::settings;
use bilan::ingest::read_folder;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Address space of a process, the program itself included, in KiB.
const SPACE: u64 = 1536 << 10;
/// Most memory really used, in KiB.
const MOST: u64 = 1 << 20;
/// A process still running after so long will not end.
const HUNG: Duration = Duration::from_secs(180);

/// Codes that refuse a whole file.
const REFUSALS: [&str; 7] = [
    "fichier-vide",
    "fichier-illisible",
    "fichier-chiffre",
    "fichier-trop-gros",
    "fichier-piege",
    "lecture-interrompue",
    "fichier-ignore",
];

#[test]
fn every_messy_file_is_read_or_refused() {
    let Some(root) = std::env::var_os("BILAN_REAL_DATA").map(PathBuf::from) else {
        println!("skipped, no real data");
        return;
    };
    let (mut files, mut worst) = (0, (Duration::ZERO, 0));
    for folder in ["calamine", "readxl", "sheetjs", "tabulator"] {
        let mut paths: Vec<_> = root
            .join("messy")
            .join(folder)
            .read_dir()
            .unwrap()
            .map(|e| e.unwrap().path())
            .collect();
        paths.sort();
        for path in paths {
            let alone = tempfile::tempdir().unwrap();
            let name = path.file_name().unwrap();
            std::fs::copy(&path, alone.path().join(name)).unwrap();
            let (seconds, memory) = measured(alone.path());
            let verdict = verdict(alone.path());
            println!(
                "{folder}/{:<45} {:>6.2} s {:>5} Mio  {verdict}",
                name.display(),
                seconds.as_secs_f64(),
                memory >> 10
            );
            files += 1;
            worst = (worst.0.max(seconds), worst.1.max(memory));
        }
    }
    println!("{files} files, at most {:.2} s and {} Mio", worst.0.as_secs_f64(), worst.1 >> 10);
    // Times are printed, not judged: a test that fails on a busy machine proves nothing.
    assert!(files > 0 && worst.1 < MOST);
}

/// Time and peak memory (KiB) of `bilan check` on a folder.
fn measured(inputs: &Path) -> (Duration, u64) {
    let start = Instant::now();
    let mut child = Command::new("sh")
        .arg("-c")
        .arg(format!("ulimit -v {SPACE}; exec \"$0\" \"$@\""))
        .args([env!("CARGO_BIN_EXE_bilan"), "check"])
        .arg(inputs)
        .current_dir(inputs)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut memory = 0;
    let status = loop {
        memory = memory.max(peak(&child));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > HUNG {
            child.kill().unwrap();
            panic!("{} does not end", inputs.display());
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    // 2 when nothing in the folder is named as a table; a signal when it dies.
    assert!(matches!(status.code(), Some(0..=2)), "{}: {status}", inputs.display());
    (start.elapsed(), memory)
}

fn peak(child: &Child) -> u64 {
    let status = std::fs::File::open(format!("/proc/{}/status", child.id()));
    let text = status.and_then(std::io::read_to_string).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// The code that refuses the file, or how many tables were read.
fn verdict(folder: &Path) -> String {
    let ingested = match read_folder(&settings(folder)) {
        Ok(ingested) => ingested,
        Err(error) => return error.key.to_owned(),
    };
    let codes: Vec<&str> = ingested.findings.iter().map(|finding| finding.code).collect();
    let refused: Vec<&str> = codes.iter().copied().filter(|c| REFUSALS.contains(c)).collect();
    match refused.as_slice() {
        [] => format!("read, {} tables, {} findings", ingested.tables.len(), codes.len()),
        [code] => {
            assert_eq!(codes, [*code], "one finding");
            (*code).to_owned()
        }
        _ => panic!("{}: {codes:?}", folder.display()),
    }
}
