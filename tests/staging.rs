//! A set of reports replaces the one before whole, or not at all: wrong folders, full disk, killed
//! runs, two runs at once.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use bilan::publish::{Staging, manifest};
use bilan::texts::{Lang, Texts};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

const PERIOD: &str = "2026-T3";

/// Every file below a folder with its content; hidden names too.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in folder.read_dir().unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            let below = tree(&entry.path());
            files.extend(below.into_iter().map(|(path, text)| (format!("{name}/{path}"), text)));
        } else {
            let bytes = bilan::files::read(&entry.path()).unwrap();
            files.insert(name, String::from_utf8(bytes).unwrap());
        }
    }
    files
}

fn publish(out: &Path, files: &[(&str, &str)]) {
    let mut staging = Staging::begin(out, PERIOD).unwrap();
    for (path, text) in files {
        staging.write(path, text.as_bytes()).unwrap();
    }
    staging.commit().unwrap();
}

fn set(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| (format!("{PERIOD}/{path}"), (*text).to_string())).collect()
}

/// Runs one test of this file in another process, told what to do with `out`.
fn child(task: &str, out: &Path, shell: &str) -> std::process::Output {
    Command::new("sh")
        .args(["-c", &format!("{shell} exec \"$0\" in_a_process_of_its_own --exact --nocapture")])
        .arg(std::env::current_exe().unwrap())
        .env("BILAN_STAGING_TASK", task)
        .env("BILAN_STAGING_OUT", out)
        .output()
        .unwrap()
}

#[test]
fn in_a_process_of_its_own() {
    let Ok(task) = std::env::var("BILAN_STAGING_TASK") else { return };
    let out = std::env::var("BILAN_STAGING_OUT").unwrap();
    let mut staging = Staging::begin(Path::new(&out), PERIOD).unwrap();
    staging.write("a.csv", b"half").unwrap();
    match task.as_str() {
        "die" => std::process::abort(),
        _ => {
            let error = staging.write("b.csv", &[b'x'; 100_000]).unwrap_err();
            println!("key={}", error.key);
        }
    }
}

#[test]
fn a_set_replaces_the_one_before() {
    let out = tempfile::tempdir().unwrap();
    let reports = out.path().join("new/reports");
    publish(&reports, &[("a.csv", "1"), ("donnees/b.csv", "2")]);
    assert_eq!(tree(&reports), set(&[("a.csv", "1"), ("donnees/b.csv", "2")]));
    let listed = r#"{"sorties": [{"chemin": "a.csv"}, {"chemin": "c.csv"}]}"#;
    publish(&reports, &[("c.csv", "3"), (manifest::FILE, listed)]);
    publish(&reports, &[("d.csv", "4")]);
    let tree = tree(&reports);
    assert!(!tree.contains_key("2026-T3/c.csv"), "an output no longer made is gone: {tree:?}");
    assert_eq!(tree["2026-T3/d.csv"], "4");
    assert!(tree.keys().all(|path| path.starts_with("2026-T3/")), "nothing hidden: {tree:?}");
}

#[test]
fn what_someone_else_put_there_stays() {
    let out = tempfile::tempdir().unwrap();
    let listed = r#"{"sorties": [{"chemin": "a.csv"}]}"#;
    publish(out.path(), &[("a.csv", "1"), (manifest::FILE, listed)]);
    let letter = out.path().join(PERIOD).join("lettres/ademe.txt");
    std::fs::create_dir_all(letter.parent().unwrap()).unwrap();
    bilan::files::write(&letter, b"Madame,").unwrap();
    publish(out.path(), &[("a.csv", "2"), (manifest::FILE, "{}")]);
    let expected = [("a.csv", "2"), ("lettres/ademe.txt", "Madame,"), (manifest::FILE, "{}")];
    assert_eq!(tree(out.path()), set(&expected));
}

#[test]
fn a_run_given_up_leaves_the_previous_set() {
    let out = tempfile::tempdir().unwrap();
    publish(out.path(), &[("a.csv", "1")]);
    let mut staging = Staging::begin(out.path(), PERIOD).unwrap();
    staging.write("a.csv", b"2").unwrap();
    drop(staging);
    assert_eq!(tree(out.path()), set(&[("a.csv", "1")]));
}

#[test]
fn a_killed_run_leaves_the_previous_set_and_the_next_one_cleans_up() {
    let out = tempfile::tempdir().unwrap();
    publish(out.path(), &[("a.csv", "1")]);
    let killed = child("die", out.path(), "ulimit -c 0;");
    assert!(!killed.status.success());
    let left = tree(out.path());
    assert_eq!(left["2026-T3/a.csv"], "1");
    assert_eq!(left.len(), 2, "the half-made set is hidden beside it: {left:?}");
    let next = Staging::begin(out.path(), PERIOD).unwrap();
    assert_eq!(tree(out.path()), set(&[("a.csv", "1")]));
    drop(next);
}

#[test]
fn a_full_disk_is_an_error_and_the_previous_set_is_intact() {
    let out = tempfile::tempdir().unwrap();
    publish(out.path(), &[("a.csv", "1")]);
    // A limit on file size refuses the write the way a full disk does.
    let full = child("fill", out.path(), "trap '' XFSZ; ulimit -f 8;");
    let said = String::from_utf8_lossy(&full.stdout).into_owned();
    assert!(said.contains("key=ecriture"), "{said}");
    assert_eq!(tree(out.path()), set(&[("a.csv", "1")]));
}

#[test]
fn a_run_does_not_take_another_live_one_for_dead() {
    let out = tempfile::tempdir().unwrap();
    let mut first = Staging::begin(out.path(), PERIOD).unwrap();
    first.write("a.csv", b"1").unwrap();
    let mut second = Staging::begin(out.path(), PERIOD).unwrap();
    second.write("a.csv", b"2").unwrap();
    first.commit().unwrap();
    second.commit().unwrap();
    assert_eq!(tree(out.path()), set(&[("a.csv", "2")]));
}

#[test]
fn a_wrong_output_folder_is_said_before_any_work() {
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("reports");
    bilan::files::write(&file, b"").unwrap();
    let busy = out.path().join("busy");
    std::fs::create_dir(&busy).unwrap();
    bilan::files::write(&busy.join(PERIOD), b"").unwrap();
    for (path, key) in [
        (file.as_path(), "sortie-fichier"),
        (&file.join("below"), "sortie-impossible"),
        (&busy, "sortie-fichier"),
        // Refused even to the administrator, unlike a folder without write permission.
        (Path::new("/proc/bilan"), "sortie-impossible"),
    ] {
        let error = Staging::begin(path, PERIOD).unwrap_err();
        assert_eq!(error.key, key, "{}", path.display());
        for lang in [Lang::Fr, Lang::En] {
            let message = error.message(&Texts::new(lang));
            assert!(!message.contains(['[', '{']), "{message}");
        }
    }
}
