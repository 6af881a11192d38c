//! Every real public file, alone in its folder as a newcomer would drop it: read, or refused with one
//! clear finding; published totals to the cent. Prints the table of what was made of each.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests")]

mod names;

use bilan::finding::Finding;
use bilan::ingest;
use bilan::schema::TableId;
use bilan::settings::{Overrides, Settings};
use bilan::tables::{self, Reading, Tables};
use bilan::texts::Lang;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Lines of `bilan.toml` for the files that need some, by path: `*` ends a common beginning.
const SETTINGS: &[(&str, &str)] = &[
    (
        "grants/montpellier/*",
        "feuille = 'Subventions'\ntable = 'Financements'\n\
         colonnes = { 'Bénéficiaire' = 'Structure' }\n\
         constantes = { 'Financeur' = 'Ville de Montpellier' }",
    ),
    (
        "grants/reserve/*",
        "table = 'Financements'\ncolonnes = { 'Financeur' = 'nom', 'Objet' = 'descriptif' }",
    ),
    (
        "grants/loire/cd49_associations.csv",
        "table = 'Financements'\n\
         colonnes = { 'Bénéficiaire' = 'Raison Sociale', 'Montant accordé' = 'Mandaté' }\n\
         constantes = { 'Financeur' = 'Département de Maine-et-Loire' }",
    ),
    (
        "grants/loire/cd72_201*",
        "table = 'Financements'\n\
         colonnes = { 'Montant accordé' = 'Montant de la subvention de fonctionnement (1)' }\n\
         constantes = { 'Financeur' = 'Département de la Sarthe' }",
    ),
    (
        "grants/loire/cd72_progos_2018.xls",
        "table = 'Financements'\nconstantes = { 'Financeur' = 'Département de la Sarthe' }",
    ),
    (
        "networks/davis*",
        "table = 'Présences'\nterritoire = 'Natchez'\nconstantes = { 'Date' = '2026-09-01' }",
    ),
    (
        "networks/galaskiewicz*",
        "table = 'Présences'\nterritoire = 'Minneapolis'\nconstantes = { 'Date' = '2026-09-01' }",
    ),
    (
        "networks/NFDI*",
        "table = 'Coopérations'\n\
         constantes = { 'Niveau' = 3, 'Date' = '2019-12-31', 'Déclarant' = 'A' }",
    ),
];

/// Published totals: file, sheet, cents, rows that have an amount.
const TOTALS: &[(&str, &str, i64, Option<usize>)] = &[
    ("grants/montpellier/VilleMTP_MTP_AttribSub_2014.ods", "Subventions", 462_710_400, Some(1_180)),
    ("grants/montpellier/VilleMTP_MTP_AttribSub_2014.xls", "Subventions", 462_710_400, Some(1_180)),
    ("grants/reserve/reserve-assemblee-2014.csv", "", 8_007_155_800, Some(13_133)),
    ("grants/ademe/ademe_aides_500_premieres_lignes.csv", "", 6_958_618_093, Some(500)),
    ("grants/loire/cd44_associations.csv", "", 50_691_423_663, Some(18_116)),
    ("grants/loire/cd49_conventions.csv", "", 832_736_488, Some(75)),
    ("grants/loire/cd53_2018.xlsx", "", 3_037_217_302, None),
    ("grants/loire/cd53_2019.xlsx", "", 812_791_500, None),
    ("grants/loire/cd72_2018.xlsx", "Table 1", 696_588_660, None),
    ("grants/loire/cd72_2018_old.csv", "", 696_588_660, None),
    ("grants/loire/cd72_progos_2018.xls", "", 177_812_500, Some(24)),
];

/// What was made of one file.
struct Made {
    path: String,
    tables: Tables,
    findings: Vec<Finding>,
}

impl Made {
    fn codes(&self) -> Vec<&str> {
        self.findings.iter().map(|finding| finding.code).collect()
    }

    /// Findings that refuse the whole file.
    fn refusals(&self) -> Vec<&Finding> {
        let whole = |f: &&Finding| f.place.sheet.is_empty() && f.place.row.is_none();
        let refuses = |f: &&Finding| {
            (f.code.starts_with("fichier-") || f.code == "lecture-interrompue")
                && self.tables.readings.is_empty()
        };
        self.findings.iter().filter(whole).filter(refuses).collect()
    }

    fn has(&self, code: &str, cell: &str) -> bool {
        self.findings.iter().any(|f| f.code == code && f.place.cell() == cell)
    }

    /// The lines of the table: one per sheet read, one per sheet or file left out.
    fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> =
            self.tables.readings.iter().map(|reading| self.line(reading)).collect();
        for finding in &self.findings {
            let read = self.tables.readings.iter().any(|r| *r.sheet == *finding.place.sheet);
            let left_out = matches!(
                finding.code,
                "feuille-sans-table" | "feuille-double" | "colonne-absente" | "tableau-dynamique"
            );
            if (left_out && !read) || self.refusals().contains(&finding) {
                let sheet = sheet(&finding.place.sheet);
                lines.push(format!("{}{sheet} | {} | | | |", self.path, finding.code));
            }
        }
        lines
    }

    fn line(&self, reading: &Reading) -> String {
        let reasons: Vec<String> =
            reading.left_out.iter().map(|(reason, n)| format!("{reason} {n}")).collect();
        let sum = reading.total.map(|(column, cents)| {
            format!("{column} {},{:02}", cents / 100, cents.unsigned_abs() % 100)
        });
        format!(
            "{}{} | {} | {} | {} | {} | {}",
            self.path,
            sheet(&reading.sheet),
            reading.table.spec().sheet,
            reading.read,
            reading.kept,
            reasons.join(", "),
            sum.unwrap_or_default()
        )
    }
}

fn sheet(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!(" › {name}") }
}

fn settings_of(path: &str) -> Option<&'static str> {
    let is_for = |pattern: &str| match pattern.strip_suffix('*') {
        Some(start) => path.starts_with(start),
        None => path == pattern,
    };
    SETTINGS.iter().find(|(pattern, _)| is_for(pattern)).map(|(_, lines)| *lines)
}

/// Reads and types one file, alone in a folder.
fn make(root: &Path, path: &str, settings: Option<&str>) -> Made {
    let folder = tempfile::tempdir().unwrap();
    let name = path.rsplit('/').next().unwrap();
    std::fs::copy(root.join(path), folder.path().join(name)).unwrap();
    // So that the folder holds a table even when the file is none.
    bilan::files::write(&folder.path().join("territoires.csv"), b"Nom\nIci\n").unwrap();
    let toml = settings.map(|lines| format!("[[source]]\nfichier = {name:?}\n{lines}\n"));
    bilan::files::write(&folder.path().join("bilan.toml"), toml.unwrap_or_default().as_bytes())
        .unwrap();
    let inputs = Some(folder.path().to_owned());
    let settings = Settings::load(&Overrides { inputs, ..Overrides::default() }, Lang::Fr).unwrap();
    let ingested = ingest::read_folder(&settings).unwrap();
    let (mut tables, typing) = tables::build(&ingested, &settings);
    tables.readings.retain(|reading| reading.file == name);
    let mut findings = ingested.findings;
    findings.extend(typing);
    findings.retain(|finding| &*finding.place.file == name);
    Made { path: path.to_owned(), tables, findings }
}

fn files(root: &Path) -> Vec<String> {
    let mut folders = vec![root.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.parent() != Some(root) {
                found.push(path.strip_prefix(root).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

fn real_data() -> Option<PathBuf> {
    let root = std::env::var_os("BILAN_REAL_DATA").map(PathBuf::from);
    if root.is_none() {
        println!("skipped, no real data");
    }
    root
}

#[test]
fn every_file_is_read_or_refused_and_totals_hold() {
    let Some(root) = real_data() else { return };
    let paths = files(&root);
    let made: Vec<Made> = paths.iter().map(|path| make(&root, path, settings_of(path))).collect();
    println!("fichier | table ou anomalie | lues | retenues | écartées | somme");
    for line in made.iter().flat_map(Made::lines) {
        println!("{line}");
    }
    let mut wrong = Vec::new();
    for file in &made {
        wrong.extend(faults(file));
    }
    let made: BTreeMap<&str, &Made> = made.iter().map(|file| (&*file.path, file)).collect();
    for (path, sheet, cents, amounts) in TOTALS {
        let Some(file) = made.get(path) else {
            wrong.push(format!("{path} is not there"));
            continue;
        };
        let found = granted(file, sheet);
        if found.0 != *cents || amounts.is_some_and(|amounts| amounts != found.1) {
            wrong.push(format!("{path} {sheet}: {found:?} instead of {cents} {amounts:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is wrong with the way a file was taken, whatever it holds.
fn faults(file: &Made) -> Vec<String> {
    let mut faults = Vec::new();
    let refusals = file.refusals().len();
    let left_out = file.findings.iter().any(|finding| !finding.place.sheet.is_empty());
    let said = file.codes().iter().any(|code| code.starts_with("feuille-"));
    if file.tables.readings.is_empty() && refusals != 1 && !left_out && !said {
        faults.push(format!("{}: neither read nor refused once: {:?}", file.path, file.codes()));
    }
    if refusals > 1 {
        faults.push(format!("{}: refused {refusals} times: {:?}", file.path, file.codes()));
    }
    for finding in file.findings.iter().filter(|f| f.code == "feuille-sans-table") {
        let source = finding.details.iter().find(|(slot, _)| *slot == "source");
        if source.is_none_or(|(_, lines)| !lines.starts_with("[[source]]")) {
            faults.push(format!("{}: no proposal for {}", file.path, finding.place.sheet));
        }
    }
    for reading in &file.tables.readings {
        let left_out: usize = reading.left_out.values().sum();
        if reading.read != reading.kept + left_out {
            faults.push(format!("{}: rows lost in {}", file.path, reading.sheet));
        }
    }
    faults
}

/// Sum of the amounts granted of a sheet, or of all sheets, from the typed table; and how many. Lines
/// of Montpellier that name nobody share out the total of their block: they are no grants.
fn granted(file: &Made, sheet: &str) -> (i64, usize) {
    let Some(frame) = file.tables.get(TableId::Funding) else { return (0, 0) };
    let named = file.path.starts_with("grants/montpellier");
    let amounts: Vec<i64> = (0..frame.len())
        .filter(|row| !named || frame.text("beneficiary", *row).is_some())
        .filter(|row| sheet.is_empty() || **frame.origin(*row).sheet() == *sheet)
        .filter_map(|row| frame.cents("granted", row))
        .collect();
    (amounts.iter().sum(), amounts.len())
}

/// Its two sheets say the same in two layouts: together one is a copy, told apart each adds up.
#[test]
fn sarthe_is_the_same_in_each_layout() {
    let Some(root) = real_data() else { return };
    let path = "grants/loire/cd72_2018.xlsx";
    for sheet in ["Feuil1", "Table 1"] {
        let told = format!("feuille = '{sheet}'\n{}", settings_of(path).unwrap());
        assert_eq!(granted(&make(&root, path, Some(&told)), sheet).0, 696_588_660, "{sheet}");
    }
    let both = make(&root, path, settings_of(path));
    assert!(both.codes().contains(&"feuille-double"), "{:?}", both.codes());
}

#[test]
fn scdl_examples_have_the_verdicts_of_their_names() {
    let Some(root) = real_data() else { return };
    let made = |name: &str| make(&root, &format!("scdl/{name}.csv"), None);
    let blocking = |file: &Made| {
        use bilan::finding::Severity::Blocking;
        file.findings.iter().filter(|f| f.severity() == Blocking).count()
    };
    let names = |file: &Made, code: &str, header: &str| {
        file.findings.iter().any(|f| f.code == code && f.read.contains(header))
    };
    let valid = made("exemple_valide");
    assert_eq!((blocking(&valid), valid.tables.readings[0].kept), (0, 29));
    let cells = made("exemple_invalide_erreurs_cellules");
    assert!(cells.has("valeur-inconnue", "J16"), "{:?}", cells.codes());
    assert!(names(&cells, "siret-detruit", "21860194600000"), "{:?}", cells.codes());
    let columns = made("exemple_invalide_erreurs_colonnes");
    let header = ("NOM_Beneficiaire".to_owned(), "Bénéficiaire");
    assert!(columns.tables.readings[0].columns.contains(&header));
    let twice = made("exemple-duplicate-column");
    assert!(names(&twice, "colonne-inconnue", "notificationUE ; notificationUE"));
}
