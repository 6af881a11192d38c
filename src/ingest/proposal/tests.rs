use super::super::bind::{self, Bound};
use super::super::header::test_sheet;
use super::*;
use crate::settings::{Settings, raw};

fn bound(sheet: &Sheet, rules: &[SourceRule]) -> Bound {
    bind::sheet(sheet.clone(), false, false, rules)
}

/// The lines a finding proposes.
fn source(bound: &Bound, code: &str) -> String {
    let found = bound.findings.iter().find(|f| f.code == code);
    let found = found.unwrap_or_else(|| panic!("no {code} in {:?}", bound.findings));
    found.details.iter().find(|(slot, _)| *slot == "source").unwrap().1.clone()
}

/// The rules of a settings file that holds only these lines.
fn pasted(lines: &str) -> Result<Vec<SourceRule>, crate::error::Error> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bilan.toml");
    crate::files::write(&file, lines.as_bytes()).unwrap();
    let today = chrono::NaiveDate::from_ymd_opt(2026, 9, 30).unwrap();
    let mut settings = Settings::new(folder.path().to_owned(), today);
    raw::load(&file)?.apply(&mut settings)?;
    Ok(settings.sources)
}

/// What a sheet gives once the lines proposed for it are pasted, blanks filled.
fn after_pasting(sheet: &Sheet, code: &str) -> (String, Bound) {
    let lines = source(&bound(sheet, &[]), code);
    let rules = pasted(&lines.replace(BLANK, "2")).unwrap();
    (lines, bound(sheet, &rules))
}

#[test]
fn a_missing_column_is_found_among_the_unknown_ones() {
    let rows: &[&[&str]] = &[
        &["Id", "Intitulé", "Tenue le"],
        &["A1", "Atelier", "01/02/2026"],
        &["A2", "Stand", "02/02/2026"],
    ];
    let sheet = test_sheet("Activités", rows);
    let (lines, after) = after_pasting(&sheet, "colonne-absente");
    assert_eq!(
        lines,
        "[[source]]\nfichier = \"f.xlsx\"\nfeuille = \"Activités\"\ntable = \"Activités\"\n\
         colonnes = { \"Date\" = \"Tenue le\" }"
    );
    assert_eq!(after.tables[0].raw.rows.len(), 2);
    assert!(after.findings.is_empty(), "{:?}", after.findings);
}

#[test]
fn what_a_title_says_once_is_a_constant_and_the_rest_a_blank() {
    let rows: &[&[&str]] = &[
        &["Subventions 2018"],
        &["Année", "Raison Sociale", "Objet", "Mandaté"],
        &["2018", "Vélo pour tous", "Ateliers", "1200"],
        &["2018", "Le jardin", "Marché", "800,50"],
    ];
    let sheet = test_sheet("Subventions", rows);
    let (lines, after) = after_pasting(&sheet, "colonne-absente");
    for part in [
        "\"Montant accordé\" = \"Mandaté\"",
        "\"Bénéficiaire\" = \"Raison Sociale\"",
        "constantes = { \"Financeur\" = \"…\" }",
    ] {
        assert!(lines.contains(part), "{part} not in {lines}");
    }
    let columns: Vec<_> = after.tables[0].raw.columns.iter().map(|column| column.id).collect();
    assert!(columns.contains(&"granted") && columns.contains(&"beneficiary"), "{columns:?}");
    // A blank left as it is is refused, and says where.
    let refused = pasted(&lines).unwrap_err();
    assert_eq!(refused.key, "reglage-a-completer");
}

#[test]
fn a_sheet_without_table_is_proposed_the_nearest_one() {
    let rows: &[&[&str]] = &[
        &["Suivi"],
        &[],
        &["Quand", "Quoi ?", "Temps (h)", "Id"],
        &["01/02/2026", "Atelier", "2", "A1"],
        &["02/02/2026", "Stand", "3", "A2"],
    ];
    let sheet = test_sheet("Feuil1", rows);
    let (lines, after) = after_pasting(&sheet, "feuille-sans-table");
    assert!(lines.contains("table = "), "{lines}");
    assert!(lines.contains("\"Date\" = \"Quand\""), "{lines}");
    assert_eq!(after.tables.len(), 1, "{lines}");
}

#[test]
fn what_has_nothing_to_do_with_any_table_is_proposed_to_be_ignored() {
    let rows: &[&[&str]] = &[
        &["Profession", "Age", "Has kids", "Date of birth", "Date of death"],
        &["musician", "69", "VRAI", "1947-01-08", "2016-01-10"],
        &["actor", "60", "VRAI", "1956-10-21", "2016-12-27"],
    ];
    let sheet = test_sheet("arts", rows);
    let (lines, after) = after_pasting(&sheet, "feuille-sans-table");
    let (active, told) = lines.split_once("\n# ").unwrap();
    assert_eq!(active, "[[source]]\nfichier = \"f.xlsx\"\nfeuille = \"arts\"\nignorer = true");
    // To read it all the same: the headers are there, the names of ours are to be filled in.
    assert!(told.contains("table = \"…\""), "{told}");
    assert!(told.contains("# colonnes = { \"…\" = \"Profession\", \"…\" = \"Age\""), "{told}");
    assert!(after.tables.is_empty() && after.findings.is_empty());
}

#[test]
fn an_unknown_column_is_supposed_and_never_read() {
    let rows: &[&[&str]] = &[
        &["Financeur", "Mandaté", "Couleur", "Objet"],
        &["ADEME", "1200", "vert", "Ateliers"],
        &["Région", "800", "bleu", "Marché"],
    ];
    let sheet = test_sheet("Financements", rows);
    let before = bound(&sheet, &[]);
    let read: Vec<_> = before.tables[0].raw.columns.iter().map(|column| column.id).collect();
    assert_eq!(read, ["funder", "purpose"]);
    let (lines, after) = after_pasting(&sheet, "colonne-supposee");
    assert!(lines.ends_with("colonnes = { \"Montant accordé\" = \"Mandaté\" }"), "{lines}");
    assert_eq!(after.tables[0].raw.columns.len(), 3);
    assert_eq!(after.findings.len(), 1, "the colour only: {:?}", after.findings);
}

#[test]
fn the_row_of_the_header_is_told_when_it_would_not_be_found() {
    let rows: &[&[&str]] = &[
        &["Date", "Heures", "Action"],
        &["(libellé)", "(nombre)", "(code)"],
        &["Jour travaillé", "Durée passée", "Ligne du plan", "Chargé de mission"],
        &["01/02/2026", "3", "A1", "Zoé"],
    ];
    let sheet = test_sheet("Temps", rows);
    let (lines, after) = after_pasting(&sheet, "colonne-absente");
    assert!(!after.tables.is_empty(), "{lines}\n{:?}", after.findings);
}

#[test]
fn texts_are_written_as_toml_reads_them() {
    for header in ["Montant \"net\"", "a\\b", "tabulé\there", "l'aide", "e\u{301}\u{7f}"] {
        let value: toml::Value = toml::from_str(&format!("x = {}", text(header))).unwrap();
        assert_eq!(value["x"].as_str(), Some(header));
    }
    assert_eq!(one_line("Montant\naccordé  (€)"), "Montant accordé (€)");
}

#[test]
fn a_header_that_the_settings_name_and_the_sheet_lacks_is_said() {
    let rows: &[&[&str]] = &[&["Financeur", "Versé"], &["ADEME", "1200"], &["Région", "800"]];
    let sheet = test_sheet("Financements", rows);
    let rule = SourceRule {
        file: "f.xlsx".into(),
        table: Some(TableId::Funding),
        columns: [("granted", "Verse le".to_owned())].into(),
        ..SourceRule::default()
    };
    let found = bound(&sheet, &[rule]);
    let lost: Vec<_> = found.findings.iter().filter(|f| f.code == "colonne-introuvable").collect();
    assert_eq!(lost.len(), 1, "{:?}", found.findings);
    assert_eq!(lost[0].read, "Verse le");
    assert!(lost[0].details.contains(&("proche", "Versé".to_owned())), "{:?}", lost[0].details);
}

#[test]
fn amounts_that_are_not_euros_are_said() {
    let with = |currency: &str| {
        let rows: &[&[&str]] =
            &[&["Financeur", "Montant accordé", "Currency"], &["Trust", "1200", currency]];
        let found = bound(&test_sheet("Financements", rows), &[]);
        found.findings.iter().filter(|f| f.code == "devise-etrangere").count()
    };
    assert_eq!([with("GBP"), with("EUR"), with("euros"), with("")], [1, 0, 0, 0]);
}
