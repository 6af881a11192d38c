//! What a folder may hold that is not a file.
#![cfg(unix)]

use crate::{folder, only, put, read, settings};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

/// The code and the place of the one finding of a folder, once `with` is in it.
fn finding(with: impl Fn(&Path)) -> (&'static str, String) {
    let folder = folder();
    with(folder.path());
    let ingested = read(&settings(folder.path()));
    let finding = only(&ingested);
    (finding.code, finding.place.file.to_string())
}

#[test]
fn a_folder_named_as_a_file_is_not_entered() {
    let found = finding(|at| put(at, "a.xlsx/interieur.csv", b"actor;event\nx;1\n"));
    assert_eq!(found, ("dossier-nomme-fichier", "a.xlsx".into()));
}

#[test]
fn links_that_lead_back_or_nowhere() {
    let back = finding(|at| symlink(at, at.join("boucle")).unwrap());
    assert_eq!(back, ("dossier-deja-lu", "boucle".into()));
    let itself = finding(|at| symlink(at.join("a.csv"), at.join("a.csv")).unwrap());
    assert_eq!(itself, ("lien-casse", "a.csv".into()));
    let nowhere = finding(|at| symlink(at.join("absent.ods"), at.join("a.ods")).unwrap());
    assert_eq!(nowhere, ("lien-casse", "a.ods".into()));
}

#[test]
fn pipes_sockets_and_devices_are_never_opened() {
    let pipe = finding(|at| {
        let made = std::process::Command::new("mkfifo").arg(at.join("a.csv")).status().unwrap();
        assert!(made.success());
    });
    assert_eq!(pipe, ("fichier-special", "a.csv".into()));
    let socket = finding(|at| {
        std::os::unix::net::UnixListener::bind(at.join("a.xlsx")).unwrap();
    });
    assert_eq!(socket, ("fichier-special", "a.xlsx".into()));
    let device = finding(|at| symlink("/dev/zero", at.join("a.csv")).unwrap());
    assert_eq!(device, ("fichier-special", "a.csv".into()));
}

#[test]
fn what_may_not_be_opened_is_named() {
    let closed = |path: &Path| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o0)).unwrap();
    };
    let probe = tempfile::NamedTempFile::new().unwrap();
    closed(probe.path());
    if std::fs::File::open(probe.path()).is_ok() {
        println!("skipped, this user may open everything");
        return;
    }
    let file = finding(|at| {
        put(at, "a.csv", b"actor;event\n");
        closed(&at.join("a.csv"));
    });
    assert_eq!(file, ("fichier-illisible", "a.csv".into()));
    let inside = finding(|at| {
        put(at, "a/b.csv", b"actor;event\n");
        closed(&at.join("a"));
    });
    assert_eq!(inside, ("dossier-illisible", "a".into()));
}

#[test]
fn folders_too_deep_are_named() {
    let (code, place) = finding(|at| put(at, &format!("{}x.csv", "d/".repeat(40)), b"a;b\n"));
    assert_eq!(code, "dossier-illisible");
    assert_eq!(place.split('/').count(), 33);
}

#[test]
fn names_that_are_not_text_are_read_and_said() {
    let folder = folder();
    // Not every file system takes such names.
    let odd = folder.path().join(OsStr::from_bytes(b"pr\xe9sences\x1b[2J.csv"));
    if bilan::files::write(&odd, b"actor;event\nAna;2\n").is_err() {
        println!("skipped, this file system takes only text");
        return;
    }
    let ingested = read(&settings(folder.path()));
    let finding = only(&ingested);
    assert_eq!(finding.code, "nom-illisible");
    assert_eq!(&*finding.place.file, "pr\u{fffd}sences\u{fffd}[2J.csv");
    assert_eq!(ingested.tables.len(), 2, "the file is read");
}
