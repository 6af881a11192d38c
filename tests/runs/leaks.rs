//! Nobody is named anywhere: every byte of every output is looked through for the names, addresses,
//! telephone numbers and birth dates of the people of the inputs.

use super::support::{Bench, EXAMPLE, example, files_below, parts_of_zip, text_of_pdf};
use bilan::schema::TableId;
use bilan::settings::{Overrides, Settings};
use bilan::texts::{Lang, plain};
use bilan::{ingest, tables};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What a reader could find in a file: its bytes, its unzipped parts, its pages, as plain words.
fn words_of(name: &str, bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    if bytes.starts_with(b"PK") {
        for (name, content) in parts_of_zip(bytes) {
            text.push_str(&words_of(&name, &content));
        }
    }
    if bytes.starts_with(b"%PDF") {
        let mut pdf = lopdf::Document::load_mem(bytes).expect("a PDF");
        text.push_str(&text_of_pdf(&pdf));
        pdf.decompress();
        for object in pdf.objects.values() {
            match object {
                // Pixels and glyphs say nothing.
                lopdf::Object::Stream(stream)
                    if stream.dict.has(b"Length1") || stream.dict.has(b"Width") => {}
                lopdf::Object::Stream(stream) => {
                    text.push_str(&String::from_utf8_lossy(&stream.content));
                }
                object => text.push_str(&strings(object)),
            }
        }
    }
    format!("{} {}", plain(name), plain(&text))
}

/// The texts of a PDF object: titles, alternative texts, actual texts.
fn strings(object: &lopdf::Object) -> String {
    match object {
        lopdf::Object::String(bytes, _) => {
            let wide = bytes.strip_prefix(&[0xfe, 0xff]);
            let text = wide.map_or_else(
                || String::from_utf8_lossy(bytes).into_owned(),
                |wide| {
                    let units: Vec<u16> =
                        wide.chunks(2).map(|p| u16::from_be_bytes([p[0], p[1]])).collect();
                    String::from_utf16_lossy(&units)
                },
            );
            format!(" {text} ")
        }
        lopdf::Object::Array(items) => items.iter().map(strings).collect(),
        lopdf::Object::Dictionary(entries) => entries.iter().map(|(_, v)| strings(v)).collect(),
        _ => String::new(),
    }
}

/// What must be nowhere, as plain words: first name with name both ways, e-mail, birth date.
fn secrets(inputs: &Path) -> BTreeSet<String> {
    let inputs = Some(inputs.to_owned());
    let settings =
        Settings::load(&Overrides { inputs, ..Overrides::default() }, Lang::Fr).expect("settings");
    let (tables, _) = tables::build(&ingest::read_folder(&settings).expect("a folder"), &settings);
    let mut secrets = BTreeSet::new();
    let frame = tables.get(TableId::Participants).expect("participants");
    for row in 0..frame.len() {
        let text = |id: &str| frame.text(id, row).map(plain).filter(|text| text.len() > 1);
        let (last, first) = (text("last_name"), text("first_name"));
        if let (Some(last), Some(first)) = (&last, &first) {
            secrets.extend([format!("{first} {last}"), format!("{last} {first}")]);
        }
        // A name that is no other word of the example.
        secrets.extend(last.filter(|name| name.len() >= 6));
        secrets.extend(text("email"));
        if let Some(birth) = frame.date("birth_date", row) {
            secrets.extend(["%d %m %Y", "%Y %m %d"].map(|f| birth.format(f).to_string()));
        }
    }
    secrets
}

/// Where each secret is found: file → secrets.
fn found(outputs: &BTreeMap<String, Vec<u8>>, secrets: &BTreeSet<String>) -> Vec<(String, String)> {
    let longest = secrets.iter().map(|secret| secret.split(' ').count()).max().unwrap_or(0);
    let first: BTreeSet<&str> = secrets.iter().filter_map(|s| s.split(' ').next()).collect();
    let mut hits = Vec::new();
    for (name, bytes) in outputs {
        let text = words_of(name, bytes);
        let words: Vec<&str> = text.split(' ').collect();
        for at in (0..words.len()).filter(|at| first.contains(words[*at])) {
            for end in at + 1..=words.len().min(at + longest) {
                let secret = words[at..end].join(" ");
                if secrets.contains(&secret) {
                    hits.push((name.clone(), secret));
                }
            }
        }
    }
    hits
}

#[test]
fn nobody_of_the_example_is_named_in_any_output() {
    let secrets = secrets(&example());
    assert!(secrets.len() > 300, "{} secrets", secrets.len());
    assert_eq!(found(&EXAMPLE.files, &secrets), []);
}

const NAME: &str = "Zébulonne Kratzmüller";

/// Small tables whose every free text names somebody in several ways, writes to her, rings her.
fn planted() -> Vec<(String, String)> {
    let note = format!(
        "vu {NAME} (z.kratz@exemple.fr, 06 12 34 56 78) et Mme Kratzmüller et Z. KRATZMULLER née le \
         29/03/1987 au 0033 7 98 76 54 32"
    );
    let table = |name: &str, lines: &str| {
        (format!("{name}.csv"), lines.replace("@@", &note).replace("@N", NAME))
    };
    vec![
        table(
            &format!("Participants {NAME}"),
            "Id;Nom;Prénom;E-mail;Date de naissance;Commune\n\
             P1;Kratzmüller;Zébulonne;z.kratz@exemple.fr;1987-03-29;@@\nP2;Ba;Awa;;;Sucy\n",
        ),
        table(
            "Activités",
            "Id;Date;Intitulé;Type;Territoire;Commune;Action;Projet;Structures organisatrices\n\
             A1;2026-07-01;@@;atelier @@;Sucy;@@;@@;@@;Jardin @@\n\
             A2;2026-07-02;Fête;visite chez @N;Sucy;@N;;;\n",
        ),
        table("Présences", "Activité;Participant;Rôle\nA1;P1;@@\nA1;P2;\n"),
        table("Projets", "Id;Nom;Thème;Territoire;Structure porteuse\nR1;@@;@@;Sucy;Jardin @@\n"),
        table(
            "Structures",
            "Nom;Type;Réseau;Commune;SIRET;RNA\nJardin @@;@@;@@;@@;;\nAutre;collectif;;;;\n\
             Voisins;EI de @N;;;0612345678;@N\n",
        ),
        table(
            "Coopérations",
            "Structure A;Structure B;Niveau;Date;Preuve\nAutre;Jardin;3;2026-07-02;@@\n",
        ),
        table(
            "Financements",
            "Financeur;Catégorie;Montant accordé;Date de convention;Objet\nADEME;;1000;2026-07-02;@@\n@@;;10;2026-07-02;@@\n",
        ),
        table("Budget", "Exercice;Compte;Libellé;Prévu;Pièce\n2026;60;@@;100;@@\n"),
        table("Capitalisation", "Date;Type;Texte;Lien\n2026-07-03;réussite;@@;@@\n"),
        table("Valorisation", "Date;Support;Lien\n2026-07-03;@@;@@\n"),
        table("Plan d'actions", "Id;Intitulé;Pilote;Partenaires\n1;@@;@@;@@\n"),
        table("Territoires", "Nom;Structure porteuse\nSucy;@@\n"),
        table(&format!("notes de {NAME}"), "Bidule;Chose;Machin\n@@;@@;@@\n"),
    ]
}

/// A workbook whose sheet, title, author and comments name her.
fn planted_workbook() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let properties = rust_xlsxwriter::DocProperties::new();
    workbook.set_properties(
        &properties.set_author(NAME).set_title(NAME).set_comment(NAME).set_manager(NAME),
    );
    let sheet = workbook.add_worksheet().set_name(format!("Objectifs {NAME}")).expect("a name");
    let rows =
        [["Indicateur", "Territoire", "Valeur cible"], ["participants_uniques", "Sucy", "10"]];
    for (row, cells) in (0..).zip(rows) {
        sheet.write_row(row, 0, cells).expect("a row");
    }
    workbook.save_to_buffer().expect("a workbook")
}

#[test]
fn a_name_planted_in_every_text_sheet_and_file_name_comes_out_nowhere() {
    let bench = Bench::default();
    for (name, content) in planted() {
        bench.put(&name, content.as_bytes());
    }
    bench.put(&format!("suivi {NAME}.xlsx"), &planted_workbook());
    let ran = bench.run(&["--period", "2026-T3"]);
    let outputs = files_below(&bench.path("reports"));
    assert!(outputs.len() > 15, "{}", ran.stderr());
    let name = plain(NAME);
    let (first, last) = name.split_once(' ').expect("two names");
    let secrets: BTreeSet<String> =
        [&name, &format!("{last} {first}"), last, first, "z kratz", "06 12 34 56 78", "1987 03 29"]
            .into_iter()
            .chain(["29 03 1987", "98 76 54 32", "0612345678"])
            .map(|s: &str| s.to_owned())
            .collect();
    let mut all = outputs;
    all.insert("stdout".into(), ran.stdout().into_bytes());
    all.insert("stderr".into(), ran.stderr().into_bytes());
    assert_eq!(found(&all, &secrets), []);
}

#[test]
fn the_search_finds_what_is_there() {
    let hay = BTreeMap::from([("a.csv".to_owned(), "vu Zébulonne KRATZMÜLLER hier".into())]);
    let secrets = BTreeSet::from([plain(NAME)]);
    assert_eq!(found(&hay, &secrets).len(), 1);
}
