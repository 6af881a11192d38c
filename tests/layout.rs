//! Sheets as people lay them out: blocks, titles, totals, groups of columns, several tables, exports of
//! other services. Every sheet is made here, written to a folder, and read back.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use bilan::ingest::{Ingested, LeftOut, RawTable, read_folder};
use bilan::schema::TableId;
use bilan::settings::Settings;
use rust_xlsxwriter::Workbook;
use std::path::Path;

type Rows<'a> = &'a [&'a [&'a str]];

fn read(at: &Path) -> Ingested {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
    read_folder(&Settings::new(at.to_owned(), today)).unwrap()
}

/// A workbook of these sheets, read. Digits become numbers.
fn workbook(sheets: &[(&str, Rows<'_>)]) -> Ingested {
    let folder = tempfile::tempdir().unwrap();
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        for (cells, row) in rows.iter().zip(0_u32..) {
            for (text, column) in cells.iter().zip(0_u16..).filter(|(text, _)| !text.is_empty()) {
                match text.parse::<f64>() {
                    Ok(number) => sheet.write(row, column, number).unwrap(),
                    Err(_) => sheet.write(row, column, *text).unwrap(),
                };
            }
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    bilan::files::write(&folder.path().join("suivi.xlsx"), &bytes).unwrap();
    read(folder.path())
}

/// A delimited file, read.
fn delimited(name: &str, text: &str) -> Ingested {
    let folder = tempfile::tempdir().unwrap();
    bilan::files::write(&folder.path().join(name), text.as_bytes()).unwrap();
    read(folder.path())
}

fn table(ingested: &Ingested, id: TableId) -> &RawTable {
    let found = ingested.tables.iter().find(|table| table.table == id);
    found.unwrap_or_else(|| panic!("no {id:?}: {:?}", ingested.findings))
}

/// The cells of a column, top to bottom.
fn cells(table: &RawTable, id: &str) -> Vec<String> {
    let column = table.columns.iter().find(|column| column.id == id).map(|column| column.index);
    let column = column.unwrap_or_else(|| panic!("no {id} in {:?}", table.columns));
    table.rows.iter().map(|row| row.cell(column).shown().into_owned()).collect()
}

fn left_out(table: &RawTable, reason: LeftOut) -> Vec<u32> {
    table.left_out.iter().filter(|(_, r)| *r == reason).map(|(number, _)| *number).collect()
}

fn codes(ingested: &Ingested) -> Vec<&str> {
    ingested.findings.iter().map(|finding| finding.code).collect()
}

fn detail(ingested: &Ingested, code: &str, slot: &str) -> String {
    let finding = ingested.findings.iter().find(|finding| finding.code == code);
    let finding = finding.unwrap_or_else(|| panic!("no {code}: {:?}", ingested.findings));
    finding.details.iter().find(|(name, _)| *name == slot).unwrap().1.clone()
}

#[test]
fn totals_are_never_counted_wherever_they_stand() {
    let rows: Rows<'_> = &[
        &["Nos financements 2026"],
        &[],
        &["Financeur", "Objet", "Montant demandé", "Montant accordé", "Statut"],
        &["ADEME", "Poste", "100", "80", "voté"],
        &["Région", "Poste", "50", "40", "voté"],
        &["", "Sous total :", "150", "120"],
        &[],
        &["FINANCEUR", "OBJET", "MONTANT DEMANDÉ", "MONTANT ACCORDÉ", "STATUT"],
        &["Ville", "Fête", "10", "8", "voté"],
        &["Direction Culture", "Fête", "5", "5", "voté"],
        &["", "", "15", "13"],
        &["TOTAL Direction Culture", "", "15", "13"],
        &["Consolidation", "", "165", "133"],
        &["Total général", "", "165", "133"],
        &[],
        &["Extraction du 12/03/2026"],
    ];
    let ingested = workbook(&[("Financements", rows)]);
    let funding = table(&ingested, TableId::Funding);
    assert_eq!(cells(funding, "granted"), ["80", "40", "8", "5"]);
    assert_eq!(left_out(funding, LeftOut::Total), [6, 11, 12, 13, 14]);
    assert_eq!(left_out(funding, LeftOut::RepeatedHeader), [8]);
    assert_eq!(left_out(funding, LeftOut::Title), [1]);
    assert_eq!(left_out(funding, LeftOut::Note), [16]);
    assert_eq!(detail(&ingested, "ligne-total", "n"), "5");
}

#[test]
fn figures_alone_are_a_total_only_when_they_add_up() {
    let text = "Financeur;Objet;Montant accordé\nADEME;Poste;1 000,50\nRégion;Poste;20\n;;1 020,50\n\
                Ville;Fête;10\n;;11\n";
    let ingested = delimited("financements.csv", text);
    let funding = table(&ingested, TableId::Funding);
    assert_eq!(left_out(funding, LeftOut::Total), [4]);
    assert_eq!(cells(funding, "granted"), ["1 000,50", "20", "10", "11"]);
}

#[test]
fn two_row_headers_that_come_again() {
    let upper: &[&str] = &["Financeur", "Montant", "", "", "Statut"];
    let lower: &[&str] = &["", "demandé", "accordé", "encaissé", ""];
    let rows: Rows<'_> = &[
        upper,
        lower,
        &["ADEME", "10", "8", "4", "voté"],
        &["Région", "5", "5", "0", "voté"],
        upper,
        lower,
        &["Ville", "3", "3", "3", "soldé"],
    ];
    let ingested = workbook(&[("Financements", rows)]);
    let funding = table(&ingested, TableId::Funding);
    assert_eq!(cells(funding, "received"), ["4", "0", "3"]);
    assert_eq!(left_out(funding, LeftOut::RepeatedHeader), [5, 6]);
}

#[test]
fn a_theme_written_once_per_block_is_filled_down() {
    let rows: Rows<'_> = &[
        &["Thème", "Id", "Nom", "Stade"],
        &["Énergie", "P1", "Toits", "idée"],
        &["", "P2", "Chaleur", "lancé"],
        &["", "P3", "Isolation", "idée"],
        &["Mobilité", "P4", "Vélos", "idée"],
        &["", "P5", "Bus", "clos"],
        &["Total", "", "5"],
        &["", "P6", "À classer", "idée"],
    ];
    let ingested = workbook(&[("Projets", rows)]);
    let projects = table(&ingested, TableId::Projects);
    let themes = ["Énergie", "Énergie", "Énergie", "Mobilité", "Mobilité", ""];
    assert_eq!(cells(projects, "theme"), themes);
    assert_eq!(detail(&ingested, "cellules-completees", "n"), "3");
    assert_eq!(detail(&ingested, "cellules-completees", "colonne"), "Thème");
}

#[test]
fn an_activity_written_once_covers_its_people() {
    let rows: Rows<'_> = &[
        &["Activité", "Date", "Participant", "Rôle"],
        &["A1", "01/02/2026", "P1", "participant"],
        &["", "", "P2", "participant"],
        &["", "", "P3", "bénévole"],
        &["A2", "03/02/2026", "P1", "participant"],
        &["", "", "P2", "participant"],
    ];
    let ingested = workbook(&[("Présences", rows)]);
    let attendance = table(&ingested, TableId::Attendance);
    assert_eq!(cells(attendance, "activity"), ["A1", "A1", "A1", "A2", "A2"]);
    assert_eq!(cells(attendance, "date")[4], "03/02/2026");
    assert!(ingested.findings.iter().all(|finding| finding.read.is_empty()));
}

#[test]
fn one_header_over_several_columns() {
    let rows: Rows<'_> = &[
        &["Id", "Intitulé", "Partenaires", "", "", "Statut", ""],
        &["1", "Piste cyclable", "Club vélo", "Ville", "", "en cours", "vu"],
        &["2", "Garage", "", "", "Région", "fait", ""],
    ];
    let ingested = workbook(&[("Plan d'actions", rows)]);
    let plan = table(&ingested, TableId::ActionPlan);
    assert_eq!(cells(plan, "partners"), ["Club vélo ; Ville", "Région"]);
    assert_eq!(codes(&ingested), ["colonne-sans-titre"]);
    assert_eq!(detail(&ingested, "colonne-sans-titre", "colonnes"), "G");
}

#[test]
fn the_last_structure_of_a_list_is_no_note() {
    let rows: Rows<'_> = &[
        &["Nom", "Type", "Commune", "Réseau"],
        &["Les Jardins", "association", "Sucy", "Colibris"],
        &["Ville de Sucy", "collectivité", "Sucy", "aucun"],
        &["Enercoop"],
        &["Source : annuaire de la ville"],
    ];
    let ingested = workbook(&[("Structures", rows)]);
    let structures = table(&ingested, TableId::Organisations);
    assert_eq!(cells(structures, "name")[2], "Enercoop");
    assert_eq!(left_out(structures, LeftOut::Note), [5]);
}

#[test]
fn titles_over_blocks_become_the_only_column_they_can_be() {
    let rows: Rows<'_> = &[
        &["Participant", "Rôle", "Date", "Territoire"],
        &["Atelier compost"],
        &["P1", "participant", "01/02/2026", "Sucy"],
        &["P2", "bénévole", "01/02/2026", "Sucy"],
        &["Visite du tiers-lieu"],
        &["P1", "participant", "03/02/2026", "Sucy"],
    ];
    let ingested = workbook(&[("Présences", rows)]);
    let attendance = table(&ingested, TableId::Attendance);
    assert_eq!(
        cells(attendance, "activity"),
        ["Atelier compost", "Atelier compost", "Visite du tiers-lieu"]
    );
    assert_eq!(detail(&ingested, "section-en-colonne", "colonne"), "Activité");
    assert_eq!(left_out(attendance, LeftOut::Section), [2, 5]);
}

#[test]
fn titles_that_may_be_several_columns_are_left_out_and_said() {
    let rows: Rows<'_> = &[
        &["Id", "Nom", "Stade"],
        &["ÉNERGIE"],
        &["P1", "Toits", "idée"],
        &["P2", "Chaleur", "lancé"],
        &["MOBILITÉ"],
        &["P3", "Vélos", "idée"],
    ];
    let ingested = workbook(&[("Projets", rows)]);
    let projects = table(&ingested, TableId::Projects);
    assert_eq!(cells(projects, "id"), ["P1", "P2", "P3"]);
    assert_eq!(left_out(projects, LeftOut::Section), [2, 5]);
    assert_eq!(detail(&ingested, "titre-de-section", "n"), "2");
}

#[test]
fn groups_of_columns_become_rows() {
    let rows: Rows<'_> = &[
        &[
            "Objet",
            "Financeur 1",
            "Montant 1",
            "Financeur 2",
            "Montant 2",
            "Financeur 3",
            "Montant 3",
        ],
        &["Poste", "ADEME", "100", "Région", "50", "", ""],
        &["Fête", "Ville", "10", "", "", "CAF", "5"],
    ];
    let ingested = workbook(&[("Financements", rows)]);
    let funding = table(&ingested, TableId::Funding);
    assert_eq!(cells(funding, "funder"), ["ADEME", "Région", "Ville", "CAF"]);
    assert_eq!(cells(funding, "granted"), ["100", "50", "10", "5"]);
    assert_eq!(cells(funding, "purpose"), ["Poste", "Poste", "Fête", "Fête"]);
    assert_eq!(funding.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 2, 3, 3]);
    assert_eq!(detail(&ingested, "colonnes-repetees", "lignes"), "4");
    assert!(!codes(&ingested).contains(&"colonne-inconnue"));
}

#[test]
fn funders_and_partners_of_projects() {
    let rows: Rows<'_> = &[
        &[
            "Id",
            "Nom",
            "Financeur",
            "Montant accordé",
            "Financeur 2",
            "Montant accordé 2",
            "Partenaire 1",
            "Partenaire 2",
        ],
        &["P1", "Toits", "ADEME", "100", "Région", "50", "Enercoop", "Ville"],
        &["P2", "Vélos", "Ville", "10", "", "", "", ""],
    ];
    let ingested = workbook(&[("Projets", rows)]);
    let funding = table(&ingested, TableId::Funding);
    assert_eq!(cells(funding, "funder"), ["ADEME", "Région", "Ville"]);
    assert_eq!(cells(funding, "purpose"), ["Toits", "Toits", "Vélos"]);
    let partners = table(&ingested, TableId::Partnerships);
    assert_eq!(cells(partners, "project"), ["P1", "P1"]);
    assert_eq!(cells(partners, "organisation"), ["Enercoop", "Ville"]);
    assert_eq!(cells(table(&ingested, TableId::Projects), "id"), ["P1", "P2"]);
}

#[test]
fn groups_under_a_merged_header() {
    let rows: Rows<'_> = &[
        &["Objet", "Financeur 1", "", "Financeur 2", ""],
        &["", "Nom", "Montant", "Nom", "Montant"],
        &["Poste", "ADEME", "100", "Région", "50"],
        &["Fête", "Ville", "10", "", ""],
    ];
    let ingested = workbook(&[("Financements", rows)]);
    let funding = table(&ingested, TableId::Funding);
    assert_eq!(cells(funding, "funder"), ["ADEME", "Région", "Ville"]);
    assert_eq!(cells(funding, "granted"), ["100", "50", "10"]);
    let rows: Rows<'_> = &[
        &["Activité", "Participant 1", "", "Participant 2", ""],
        &["", "Nom", "Prénom", "Nom", "Prénom"],
        &["A1", "Martin", "Zoé", "Durand", "Léo"],
    ];
    let ingested = workbook(&[("Inscriptions", rows)]);
    let attendance = table(&ingested, TableId::Attendance);
    assert_eq!(cells(attendance, "participant"), ["Martin Zoé", "Durand Léo"]);
}

#[test]
fn a_list_over_several_columns_is_one_list() {
    let rows: Rows<'_> = &[
        &["Id", "Intitulé", "Partenaire 1", "Partenaire 2", "Partenaire 3"],
        &["1", "Piste cyclable", "Club vélo", "", "Ville"],
        &["2", "Garage", "", "Ville", ""],
    ];
    let ingested = workbook(&[("Plan d'actions", rows)]);
    let plan = table(&ingested, TableId::ActionPlan);
    assert_eq!(cells(plan, "partners"), ["Club vélo ; Ville", "Ville"]);
}

#[test]
fn a_registration_of_several_people_is_as_many_people() {
    let rows: Rows<'_> = &[
        &["Activité", "Nom 1", "Prénom 1", "Nom 2", "Prénom 2"],
        &["A1", "Martin", "Zoé", "Durand", "Léo"],
        &["A2", "Petit", "Ana", "", ""],
    ];
    let ingested = workbook(&[("Inscriptions", rows)]);
    let attendance = table(&ingested, TableId::Attendance);
    assert_eq!(cells(attendance, "participant"), ["Martin Zoé", "Durand Léo", "Petit Ana"]);
    assert_eq!(cells(attendance, "activity"), ["A1", "A1", "A2"]);
}

#[test]
fn several_tables_on_one_sheet() {
    let rows: Rows<'_> = &[
        &["Id", "Date", "Intitulé", "", "Date", "Disponible"],
        &["A1", "01/02/2026", "Atelier", "", "31/03/2026", "1200"],
        &["A2", "02/02/2026", "Stand", "", "30/06/2026", "900"],
        &[],
        &["Financements"],
        &["Financeur", "Montant accordé", "Statut"],
        &["ADEME", "100", "voté"],
    ];
    let ingested = workbook(&[("Tout", rows)]);
    assert_eq!(cells(table(&ingested, TableId::Activities), "id"), ["A1", "A2"]);
    assert_eq!(cells(table(&ingested, TableId::Treasury), "available"), ["1200", "900"]);
    let funding = table(&ingested, TableId::Funding);
    assert_eq!((funding.header_row, funding.rows[0].number), (6, 7));
    assert_eq!(left_out(funding, LeftOut::Title), [5]);
    assert_eq!(detail(&ingested, "plusieurs-tables", "n"), "3");
}

#[test]
fn pivot_tables_are_left_out_and_said() {
    let pivot: Rows<'_> = &[
        &["Étiquettes de lignes", "Somme de Montant accordé"],
        &["ADEME", "100"],
        &["Total général", "100"],
    ];
    let own: Rows<'_> = &[&["Financeur", "Montant accordé"], &["ADEME", "100"]];
    let ingested = workbook(&[("Financements", own), ("Bilan financeurs", pivot)]);
    assert_eq!(ingested.tables.len(), 1);
    assert_eq!(codes(&ingested), ["tableau-dynamique"]);
    assert_eq!(&*ingested.findings[0].place.sheet, "Bilan financeurs");
}

#[test]
fn a_form_of_kobotoolbox() {
    let text = "start;end;identite/nom;identite/prenom;identite/commune;activites;activites/A1;\
                activites/A2;activites/A3;accord;_id;_uuid;_submission_time\n\
                t;t;Martin;Zoé;Sucy;A1 A3;1;0;1;1;101;u1;t\n\
                t;t;Durand;Léo;Sucy;A1 A2;1;1;0;1;102;u2;t\n";
    let ingested = delimited("export.csv", text);
    let people = table(&ingested, TableId::Participants);
    assert_eq!(cells(people, "last_name"), ["Martin", "Durand"]);
    assert_eq!(cells(people, "id"), ["101", "102"]);
    let attendance = table(&ingested, TableId::Attendance);
    assert_eq!(cells(attendance, "activity"), ["A1", "A3", "A1", "A2"]);
    assert_eq!(cells(attendance, "participant"), ["101", "101", "102", "102"]);
}

#[test]
fn a_cross_table_with_its_days_under_the_activities() {
    let rows: Rows<'_> = &[
        &["Nom", "Prénom", "Compost", "Visite", "Couture"],
        &["", "", "12/01/2026", "13/01/2026", "14/01/2026"],
        &["Martin", "Zoé", "x", "", "x"],
        &["Durand", "Léo", "x", "x", ""],
    ];
    let ingested = workbook(&[("Présences", rows)]);
    let attendance = table(&ingested, TableId::Attendance);
    assert_eq!(cells(attendance, "activity"), ["Compost", "Couture", "Compost", "Visite"]);
    assert_eq!(cells(attendance, "date"), ["12/01/2026", "14/01/2026", "12/01/2026", "13/01/2026"]);
    assert_eq!(left_out(attendance, LeftOut::Instruction), [2]);
}

#[test]
fn exports_of_other_services_bind_without_settings() {
    // Framaforms: the title of the form, a row of groups, then the questions.
    let framaforms: Rows<'_> = &[
        &["Inscription aux ateliers"],
        &["Détails de la soumission", "", "", "", "Questions"],
        &["Numéro", "Heure de soumission", "Brouillon", "Adresse IP", "Nom", "Prénom", "Atelier"],
        &["1", "2026-03-01 10:00", "Non", "192.0.2.1", "Martin", "Zoé", "A1"],
        &["2", "2026-03-01 11:00", "Non", "192.0.2.2", "Durand", "Léo", "A2"],
    ];
    let ingested = workbook(&[("export", framaforms)]);
    assert_eq!(cells(table(&ingested, TableId::Attendance), "activity"), ["A1", "A2"]);
    assert_eq!(cells(table(&ingested, TableId::Participants), "first_name"), ["Zoé", "Léo"]);

    let helloasso = "Référence commande;Date de la commande;Statut de la commande;Nom participant;\
                     Prénom participant;Nom payeur;Prénom payeur;Email payeur;Campagne;Tarif;Montant tarif\n\
                     12;01/03/2026;Validé;Martin;Zoé;Martin;Zoé;zoe@example.org;A1;Prix libre;5,00\n\
                     13;01/03/2026;Validé;Durand;Léo;Durand;Léo;leo@example.org;A1;Prix libre;3,00\n";
    let ingested = delimited("export-helloasso.csv", helloasso);
    assert_eq!(cells(table(&ingested, TableId::Attendance), "activity"), ["A1", "A1"]);
    assert_eq!(cells(table(&ingested, TableId::Participants), "last_name"), ["Martin", "Durand"]);

    let grist = "id,date,intitule,type_d_activite,duree_h_\nA1,2026-03-01,Atelier,atelier,2\n\
                 A2,2026-03-02,Stand,stand,3\n";
    let ingested = delimited("Table1.csv", grist);
    let activities = table(&ingested, TableId::Activities);
    assert_eq!(cells(activities, "hours"), ["2", "3"]);
    assert_eq!(cells(activities, "kind"), ["atelier", "stand"]);
}

#[test]
fn every_row_is_kept_or_left_out() {
    let rows: Rows<'_> = &[
        &["Titre"],
        &["Financeur", "Objet", "Montant demandé", "Montant accordé"],
        &["texte libre", "texte libre", "nombre entier", "nombre entier"],
        &["Collectivités"],
        &["Ville", "a", "1", "1"],
        &["Région", "b", "2", "2"],
        &["Total", "", "3", "3"],
        &["Financeur", "Objet", "Montant demandé", "Montant accordé"],
        &["ADEME", "c", "4", "4"],
        &["* hors bénévolat"],
    ];
    let ingested = workbook(&[("Financements", rows)]);
    let funding = table(&ingested, TableId::Funding);
    let mut numbers: Vec<u32> = funding.rows.iter().map(|row| row.number).collect();
    numbers.extend(funding.left_out.iter().map(|(number, _)| *number));
    numbers.push(funding.header_row);
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=10).collect::<Vec<u32>>(), "{:?}", funding.left_out);
}

#[test]
fn pivot_sheets_of_montpellier() {
    let Some(root) = std::env::var_os("BILAN_REAL_DATA") else {
        println!("skipped, no real data");
        return;
    };
    let ingested = read(&Path::new(&root).join("grants/montpellier"));
    let pivots: Vec<&str> = ingested
        .findings
        .iter()
        .filter(|finding| finding.code == "tableau-dynamique")
        .map(|finding| &*finding.place.sheet)
        .collect();
    assert_eq!(pivots, ["Par thématique", "Par thématique"]);
}
