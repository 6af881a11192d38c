//! Reading, on real files when `BILAN_REAL_DATA` names their folder, and on folders made up here.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests")]

use bilan::finding::Finding;
use bilan::ingest::{Ingested, LeftOut, RawTable, read_folder};
use bilan::schema::TableId;
use bilan::settings::{Settings, SourceRule};
use std::path::{Path, PathBuf};

fn settings(inputs: &Path, sources: Vec<SourceRule>) -> Settings {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
    Settings { sources, ..Settings::new(inputs.to_owned(), today) }
}

fn real_data(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("BILAN_REAL_DATA").map(PathBuf::from);
    if root.is_none() {
        println!("skipped, no real data");
    }
    root.map(|root| root.join(folder))
}

fn rule(file: &str, table: TableId) -> SourceRule {
    SourceRule { file: file.into(), table: Some(table), ..SourceRule::default() }
}

fn of<'a>(ingested: &'a Ingested, file: &str) -> Vec<&'a RawTable> {
    ingested.tables.iter().filter(|table| &*table.file == file).collect()
}

fn codes(findings: &[Finding]) -> Vec<(&str, &str)> {
    findings.iter().map(|f| (&*f.place.file, f.code)).collect()
}

fn count(table: &RawTable, reason: LeftOut) -> usize {
    table.left_out.iter().filter(|(_, r)| *r == reason).count()
}

/// Sum of a column that holds numbers or plain decimal text.
fn sum(table: &RawTable, id: &str) -> f64 {
    let column = table.columns.iter().find(|column| column.id == id).unwrap().index;
    table
        .rows
        .iter()
        .map(|row| row.cell(column).shown().replace([' ', '\u{a0}'], "").replace(',', "."))
        .filter_map(|text| text.parse::<f64>().ok())
        .sum()
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    std::fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
    bilan::files::write(&folder.join(name), bytes).unwrap();
}

#[test]
fn a_missing_or_empty_folder_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let missing = settings(&folder.path().join("absent"), vec![]);
    assert_eq!(read_folder(&missing).unwrap_err().key, "entree-absente");
    let empty = settings(folder.path(), vec![]);
    assert_eq!(read_folder(&empty).unwrap_err().key, "entree-vide");
    write(folder.path(), "lisez-moi.txt", b"rien");
    assert_eq!(read_folder(&empty).unwrap_err().key, "entree-vide");
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    write(at, "a/vide.xlsx", b"");
    write(at, "a/tronque.xlsx", b"PK\x03\x04garbage");
    write(at, "a/tronque.ods", b"PK\x03\x04garbage");
    write(at, "b/~$ouvert.xlsx", b"lock");
    write(at, "b/.cache.csv", b"a;b");
    write(at, "b/note.md", b"# note");
    write(at, "bilan.toml", b"");
    write(at, "z/Presences.csv", b"actor;event\nZo\xe9;1\n");
    let ingested = read_folder(&settings(at, vec![])).unwrap();
    let files: Vec<_> = ingested.files.iter().map(|f| (&*f.path, f.size)).collect();
    assert_eq!(
        files,
        [
            ("a/tronque.ods", 11),
            ("a/tronque.xlsx", 11),
            ("a/vide.xlsx", 0),
            ("b/note.md", 6),
            ("z/Presences.csv", 18)
        ]
    );
    assert_eq!(
        codes(&ingested.findings),
        [
            ("a/tronque.ods", "fichier-illisible"),
            ("a/tronque.xlsx", "fichier-illisible"),
            ("a/vide.xlsx", "fichier-vide"),
            ("b/note.md", "fichier-ignore"),
        ]
    );
    assert_eq!(ingested.tables.len(), 1);
    assert_eq!(ingested.tables[0].rows[0].cell(0).shown(), "Zoé");
}

#[test]
fn limits_copies_territories_and_rules_without_effect() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let activities = b"Id;Date;Intitul\xe9\nA1;01/02/2026;Atelier\nA2;02/02/2026;Stand\n";
    write(at, "Alfortville/activites.csv", activities);
    write(at, "Alfortville/activites (copie).csv", activities);
    write(at, "territoires.csv", b"Nom\nAlfortville\nSucy-en-Brie\n");
    write(at, "gros.csv", &[b'a'; 3000]);
    let mut settings = settings(at, vec![rule("absent*.xlsx", TableId::Funding)]);
    settings.thresholds.file_bytes = 2000;
    let ingested = read_folder(&settings).unwrap();
    let tables: Vec<_> = ingested
        .tables
        .iter()
        .map(|t| (&*t.file, t.rows.len(), count(t, LeftOut::Duplicate)))
        .collect();
    assert_eq!(
        tables,
        [
            ("Alfortville/activites (copie).csv", 2, 0),
            ("Alfortville/activites.csv", 0, 2),
            ("territoires.csv", 2, 0)
        ]
    );
    assert_eq!(
        ingested.tables[0].constants.get("territory").map(String::as_str),
        Some("Alfortville")
    );
    assert_eq!(
        codes(&ingested.findings),
        [
            ("Alfortville/activites.csv", "feuille-double"),
            ("gros.csv", "fichier-trop-gros"),
            ("bilan.toml", "source-sans-effet"),
        ]
    );
}

#[test]
fn hostile_files_read_or_are_refused() {
    for folder in ["messy", "scdl", "grants/360giving", "territories", "barometre"] {
        let Some(at) = real_data(folder) else { return };
        let ingested = read_folder(&settings(&at, vec![])).unwrap();
        assert!(!ingested.files.is_empty());
        for table in &ingested.tables {
            assert!(table.rows.iter().all(|row| row.number > table.header_row), "{}", table.file);
        }
        if folder == "messy" {
            let refused: Vec<_> = codes(&ingested.findings)
                .into_iter()
                .filter(|(_, code)| code.starts_with("fichier-"))
                .collect();
            for name in ["xlsx", "xlsb", "ods"] {
                let file = format!("calamine/pass_protected.{name}");
                assert!(refused.contains(&(&file, "fichier-chiffre")), "{file}: {refused:?}");
            }
            assert!(refused.contains(&("calamine/too_small.xls", "fichier-illisible")));
        }
    }
}

#[test]
fn grants_of_four_departements() {
    let Some(at) = real_data("grants/loire") else { return };
    let columns = |pairs: &[(&'static str, &str)]| {
        pairs.iter().map(|(id, header)| (*id, (*header).to_owned())).collect()
    };
    let given = |funder: &str| [("funder", funder.to_owned())].into();
    let sarthe = SourceRule {
        columns: columns(&[("granted", "Montant de la subvention de fonctionnement (1)")]),
        constants: given("Département de la Sarthe"),
        ..rule("cd72_201*", TableId::Funding)
    };
    let rules = vec![
        SourceRule {
            columns: columns(&[("beneficiary", "Raison Sociale"), ("granted", "Mandaté")]),
            constants: given("Département de Maine-et-Loire"),
            ..rule("cd49_associations.csv", TableId::Funding)
        },
        sarthe,
        SourceRule {
            constants: given("Département de la Sarthe"),
            ..rule("cd72_progos_2018.xls", TableId::Funding)
        },
    ];
    let ingested = read_folder(&settings(&at, rules)).unwrap();
    let one = |file: &str, header: u32, rows: usize, total: f64| {
        let tables = of(&ingested, file);
        let table = tables.first().unwrap_or_else(|| panic!("{file}: {:?}", ingested.findings));
        assert_eq!((table.table, table.header_row), (TableId::Funding, header), "{file}");
        assert_eq!(table.rows.len(), rows, "{file} {:?}", table.left_out);
        let sum = sum(table, "granted");
        assert!((sum - total).abs() < 0.005 || total == 0.0, "{file}: {sum}");
    };
    one("cd44_associations.csv", 1, 18_148, 506_914_236.63);
    one("cd49_conventions.csv", 1, 75, 8_327_364.88);
    one("cd49_associations.csv", 1, 11_843, 0.0);
    one("cd53_2018.xlsx", 1, 175, 30_372_173.02);
    one("cd53_2019.xlsx", 1, 61, 8_127_915.0);
    one("cd72_progos_2018.xls", 4, 24, 1_778_125.0);
    one("cd72_2017.xlsx", 2, 1657, 0.0);
    one("cd72_2018.xlsx", 1, 1625, 0.0);
    assert_eq!(count(of(&ingested, "cd72_2017.xlsx")[0], LeftOut::Note), 4);
    // Both sheets of the workbook of 2018 and the csv say the same: counted once.
    let old = of(&ingested, "cd72_2018_old.csv")[0];
    assert_eq!((old.rows.len(), count(old, LeftOut::Duplicate)), (0, 1625));
    let doubles: Vec<_> = codes(&ingested.findings)
        .into_iter()
        .filter(|(_, code)| *code == "feuille-double")
        .collect();
    let copies = ["cd72_2018.xlsx", "cd72_2018_old.csv"];
    assert_eq!(doubles, copies.map(|file| (file, "feuille-double")));
}

#[test]
fn montpellier_without_its_totals() {
    let Some(at) = real_data("grants/montpellier") else { return };
    let told = SourceRule {
        sheet: Some("Subventions".into()),
        columns: [("beneficiary", "Structure".to_owned())].into(),
        constants: [("funder", "Ville de Montpellier".to_owned())].into(),
        ..rule("*.xls", TableId::Funding)
    };
    let ods = SourceRule { file: "*.ods".into(), ..told.clone() };
    let ingested = read_folder(&settings(&at, vec![told, ods])).unwrap();
    // One content in two formats: counted once.
    let tables: Vec<_> = ingested.tables.iter().filter(|t| &*t.sheet == "Subventions").collect();
    let (table, copy) = (tables[0], tables[1]);
    assert_eq!((copy.rows.len(), count(copy, LeftOut::Duplicate)), (0, table.rows.len()));
    assert_eq!(count(table, LeftOut::RepeatedHeader), 23);
    assert_eq!(count(table, LeftOut::Total), 24);
    // 1,180 grants have a beneficiary and an amount; the other rows lack one of them.
    let index = |id: &str| table.columns.iter().find(|c| c.id == id).unwrap().index;
    let (who, amount) = (index("beneficiary"), index("granted"));
    let mut grants = table.clone();
    grants
        .rows
        .retain(|row| !row.cell(who).shown().is_empty() && !row.cell(amount).shown().is_empty());
    assert_eq!((table.rows.len(), grants.rows.len()), (1191, 1180));
    assert!((sum(&grants, "granted") - 4_627_104.0).abs() < 0.005, "{}", sum(&grants, "granted"));
}

#[test]
fn grants_of_deputies_and_of_ademe() {
    let Some(at) = real_data("grants/reserve") else { return };
    let told = SourceRule {
        columns: [("funder", "nom".to_owned()), ("purpose", "descriptif".to_owned())].into(),
        ..rule("*", TableId::Funding)
    };
    let ingested = read_folder(&settings(&at, vec![told])).unwrap();
    let table = &ingested.tables[0];
    assert_eq!((table.header_row, table.rows.len()), (1, 13_133));
    assert_eq!(count(table, LeftOut::Note), 1);
    assert!((sum(table, "granted") - 80_071_558.0).abs() < 0.005);

    let Some(at) = real_data("grants/ademe") else { return };
    let ingested = read_folder(&settings(&at, vec![])).unwrap();
    let table = &ingested.tables[0];
    assert_eq!((table.table, table.header_row, table.rows.len()), (TableId::Funding, 1, 500));
    assert!((sum(table, "granted") - 69_586_180.93).abs() < 0.005);
}

#[test]
fn plans_of_ademe() {
    let Some(at) = real_data("plans") else { return };
    let ingested = read_folder(&settings(&at, vec![])).unwrap();
    let tables: Vec<_> = of(&ingested, "nouveau-plan-valide.xlsx")
        .iter()
        .map(|t| (t.table, t.header_row, t.rows.len()))
        .collect();
    assert_eq!(
        tables,
        [
            (TableId::Funding, 2, 9),
            (TableId::Projects, 2, 7),
            (TableId::Partnerships, 2, 9),
            (TableId::ActionPlan, 2, 7)
        ],
        "{:?}",
        ingested.findings
    );
    for file in ["modele-import-pa.ods", "modele-import-pa.xlsx"] {
        let plan = of(&ingested, file);
        let plan = plan.iter().find(|t| t.table == TableId::ActionPlan).unwrap();
        assert_eq!((plan.header_row, plan.rows.len()), (2, 1), "{:?}", plan.left_out);
        assert_eq!(count(plan, LeftOut::Instruction), 2);
    }
    println!("{:?}", codes(&ingested.findings));
}

#[test]
fn attendance_lists_and_networks() {
    let Some(at) = real_data("networks") else { return };
    let told = |year: &str| SourceRule {
        constants: [("level", "3".to_owned()), ("date", format!("{year}-10-01"))].into(),
        ..rule(&format!("*{year}.csv"), TableId::Cooperations)
    };
    let ingested = read_folder(&settings(&at, vec![told("2019"), told("2020")])).unwrap();
    let rows: Vec<_> = ingested.tables.iter().map(|t| (&*t.file, t.table, t.rows.len())).collect();
    assert_eq!(
        rows,
        [
            ("NFDI_Netzwerk_2019.csv", TableId::Cooperations, 111),
            ("NFDI_Netzwerk_2020.csv", TableId::Cooperations, 126),
            ("davis_southern_women.csv", TableId::Attendance, 89),
            ("galaskiewicz_ceos_clubs.csv", TableId::Attendance, 98),
        ]
    );
}
