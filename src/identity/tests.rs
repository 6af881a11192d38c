//! Who is who, from small folders of spreadsheets to a linked programme.

use super::Linked;
use super::{Key, link};
use crate::ingest;
use crate::programme::Person;
use crate::settings::Settings;
use crate::tables;
use chrono::NaiveDate;
/// Reads, types and links files given as (path, lines).
fn linked_as(files: &[(&str, &str)], change: impl FnOnce(&mut Settings)) -> Linked {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        crate::files::create_dir_all(path.parent().unwrap()).unwrap();
        crate::files::write(&path, text.as_bytes()).unwrap();
    }
    let today = NaiveDate::from_ymd_opt(2026, 9, 30).unwrap();
    let mut settings = Settings::new(folder.path().to_path_buf(), today);
    change(&mut settings);
    let ingested = ingest::read_folder(&settings).unwrap();
    let (tables, typing) = tables::build(&ingested, &settings);
    assert!(typing.iter().all(|f| f.code == "ligne-double"), "{typing:?}");
    let key = Key::from_text("une clé pour les essais").unwrap();
    link(tables, &settings, &key)
}

fn linked(files: &[(&str, &str)]) -> Linked {
    linked_as(files, |_| {})
}

impl Linked {
    fn codes(&self) -> Vec<&str> {
        self.findings.iter().map(|f| f.code).collect()
    }

    /// Persons present, in the order of the rows.
    fn present(&self) -> Vec<usize> {
        self.programme.attendance.iter().map(|p| p.person).collect()
    }

    fn people(&self) -> &[Person] {
        &self.programme.people
    }

    fn organisations(&self) -> Vec<&str> {
        self.programme.organisations.iter().map(|o| o.name.as_str()).collect()
    }
}

const ACTIVITIES: (&str, &str) = (
    "Activités.csv",
    "Id;Date;Intitulé\nA1;2026-07-01;Atelier compost\nA2;2026-07-08;Atelier vélo\n",
);

#[test]
fn one_address_and_first_name_are_one_person_in_two_files() {
    let linked = linked(&[
        ("Paris/Participants.csv", "Id;Nom;Prénom;E-mail;Genre\nP1;Martin;Zoé;zoe@a.fr;\n"),
        ("Sucy/Participants.csv", "Id;Nom;Prénom;E-mail;Genre\nS7;Martin-Roy;zoe;ZOE@a.fr;F\n"),
    ]);
    assert_eq!(linked.people().len(), 1);
    assert_eq!(linked.people()[0].gender.as_deref(), Some("F"), "what the other file says is kept");
}

#[test]
fn one_name_and_birth_date_are_one_person_in_two_files() {
    let linked = linked(&[
        ("Paris/Participants.csv", "Nom;Prénom;Date de naissance\nDupont;Jean;1980-02-03\n"),
        ("Sucy/Participants.csv", "Nom;Prénom;Date de naissance\nJEAN;Dupont;03/02/1980\n"),
    ]);
    assert_eq!(linked.people().len(), 1);
    assert_eq!(linked.people()[0].birth_year, Some(1980));
}

#[test]
fn a_name_alone_says_who_it_is_in_its_own_file_only() {
    let linked = linked(&[
        ("Paris/Participants.csv", "Nom;Prénom;Statut\nDupont;Jean;élu\nDUPONT;jean;\n"),
        ("Sucy/Participants.csv", "Nom;Prénom;Statut\nDupont;Jean;agent\n"),
    ]);
    assert_eq!(linked.people().len(), 2);
}

#[test]
fn a_family_may_share_an_address() {
    let linked = linked(&[
        ACTIVITIES,
        ("Participants.csv", "Id;Nom;Prénom;E-mail\nP1;Roy;Anne;roy@a.fr\nP2;Roy;Paul;roy@a.fr\n"),
        ("Présences.csv", "Activité;Participant\nA1;roy@a.fr\nA1;P2\nA2;P9\n"),
    ]);
    assert_eq!(linked.present(), [2, 1, 3], "an address of two leads to neither");
    assert_eq!(linked.codes(), ["participant-inconnu", "participant-homonyme"]);
    assert_ne!(linked.people()[0].key, linked.people()[1].key);
}

#[test]
fn one_id_with_two_names_in_two_files_is_two_people_each_met_at_home() {
    let linked = linked(&[
        ACTIVITIES,
        ("Paris/Participants.csv", "Id;Nom;Prénom\nP1;Martin;Zoé\n"),
        ("Paris/Présences.csv", "Activité;Participant\nA1;P1\n"),
        ("Sucy/Participants.csv", "Id;Nom;Prénom\nP1;Roy;Anne\n"),
        ("Sucy/Présences.csv", "Activité;Participant\nA1;P1\nA2;roy anne\n"),
    ]);
    assert_eq!(linked.people().len(), 2);
    assert_eq!(linked.present(), [0, 1, 1]);
    assert_eq!(linked.codes(), [""; 0]);
}

#[test]
fn one_id_with_two_names_in_one_file_is_said_and_counts_for_one_more_person() {
    let linked = linked(&[
        ACTIVITIES,
        ("Participants.csv", "Id;Nom;Prénom\nP1;Martin;Zoé\nP1;Roy;Anne\n"),
        ("Présences.csv", "Activité;Participant\nA1;P1\nA2;P1\nA2;Zoé Martin\n"),
    ]);
    assert_eq!(linked.codes(), ["identifiant-en-conflit", "participant-homonyme"]);
    assert_eq!(linked.present(), [2, 2, 0]);
    assert_eq!(linked.people().len(), 3);
}

#[test]
fn people_nobody_lists_are_known_by_what_is_typed() {
    let linked = linked(&[
        ACTIVITIES,
        ("Participants.csv", "Id;Nom;Prénom\nP1;Martin;Zoé\n"),
        ("Présences.csv", "Activité;Participant\nA1;P1\nA1;P8\nA2;p8\nA2;P9\nA2;P9\n"),
    ]);
    assert_eq!(linked.present(), [0, 1, 1, 2], "one presence per person and activity");
    assert!(linked.people()[1].origin.is_none());
    let unknown: Vec<_> = linked.findings.iter().map(|f| (f.code, f.details.clone())).collect();
    assert_eq!(unknown, [("participant-inconnu", vec![("n", "2".to_string())])]);
}

#[test]
fn names_of_a_cross_table_are_those_of_the_activities_they_mark() {
    let linked = linked(&[
        ACTIVITIES,
        ("Présences.csv", "Nom;Prénom;Statut;A1;A2\nROY;Anne;élu;x;\nMartin;Zoé;;x;x\n"),
    ]);
    let mut met: Vec<_> =
        linked.programme.attendance.iter().map(|p| (p.person, p.activity)).collect();
    met.sort_unstable();
    assert_eq!(met, [(0, 0), (1, 0), (1, 1)]);
    assert_eq!(linked.people().len(), 2);
    assert_eq!(linked.people()[0].status.as_deref(), Some("élu"));
}

#[test]
fn a_bare_name_is_the_one_person_of_that_name_in_its_file() {
    let header = "Id;Nom;Prénom;Statut\n";
    let one = format!("{header}P1;Martin;Zoé;\n;MARTIN;Zoe;élu\n");
    assert_eq!(linked(&[("Participants.csv", &one)]).people().len(), 1);
    let two = format!("{header}P1;Martin;Zoé;\nP2;Martin;Zoé;\n;MARTIN;Zoe;élu\n");
    assert_eq!(linked(&[("Participants.csv", &two)]).people().len(), 3, "which of the two?");
}

#[test]
fn presences_at_unknown_activities_and_people_without_identity_are_left_out() {
    let linked = linked(&[
        ACTIVITIES,
        ("Participants.csv", "Id;Nom;Genre;Statut\n;;H;élu\nP1;Martin;F;\n"),
        ("Présences.csv", "Activité;Participant\nA9;P1\n"),
    ]);
    assert_eq!(linked.codes(), ["personne-sans-identite", "activite-inconnue"]);
    assert_eq!((linked.people().len(), linked.present().len()), (1, 0));
}

#[test]
fn without_a_list_of_activities_undated_presences_are_said_once() {
    let linked = linked(&[("Présences.csv", "Activité;Participant\nA9;P1\nA8;P1\nA9;P2\n")]);
    assert_eq!(linked.codes(), ["presences-sans-activite"]);
    assert_eq!(linked.findings[0].details[0], ("n", "3".to_owned()));
    assert!(linked.findings[0].details[1].1.contains("fichier = \"Présences.csv\""));
}

#[test]
fn nothing_personal_is_left_in_the_tables() {
    let linked = linked(&[
        ACTIVITIES,
        (
            "Participants.csv",
            "Id;Nom;Prénom;E-mail;Date de naissance;Genre\nP1;Martin;Zoé;zoe@a.fr;1990-01-02;F\n",
        ),
        ("Présences.csv", "Activité;Participant\nA1;Martin Zoé\n"),
        ("Temps.csv", "Date;Chargé de mission;Heures\n2026-07-01;Ada Lovelace;3\n"),
        ("Capitalisation.csv", "Date;Type;Texte\n2026-07-01;réussite;Merci à zoe@a.fr\n"),
    ]);
    for frame in linked.tables.iter() {
        for id in frame.columns.keys() {
            assert!(frame.spec.column(id).is_some_and(|c| !c.personal), "{id}");
        }
    }
    let held = format!("{:?} {:?}", linked.tables, linked.programme);
    for name in ["Martin", "Zoé", "zoe@a.fr", "1990-01-02", "Lovelace"] {
        assert!(!held.contains(name), "{name} is still held");
    }
    assert_eq!(linked.codes(), ["donnee-personnelle"]);
}

#[test]
fn organisations_are_one_by_siret_or_by_normal_form() {
    let linked = linked(&[
        (
            "Structures.csv",
            "Nom;Type;SIRET;Réseaux\nÉcologie pour tous;collectif;73282932000074;A\n\
             EPT 94;;73282932000074;B\nAsso. Astérya;collectif;;A\n",
        ),
        ("Coopérations.csv", "Structure A;Structure B;Niveau;Date\nASTERYA;EPT 94;2;2026-07-01\n"),
    ]);
    assert_eq!(linked.organisations(), ["Asso. Astérya", "Écologie pour tous"]);
    let tie = &linked.programme.cooperations[0];
    assert_eq!((tie.a, tie.b), (0, 1));
    let merged = &linked.programme.organisations[1];
    assert_eq!(merged.kind.as_deref(), Some("collectif"));
    assert_eq!(merged.networks, ["A", "B"]);
    assert_eq!(linked.codes(), ["structure-rapprochee"]);
}

#[test]
fn organisations_are_one_by_rna_unless_their_siret_differ() {
    let of = |rows: &str| {
        let text = format!("Nom;SIRET;RNA\n{rows}");
        let linked = linked(&[("Structures.csv", &text)]);
        let names = linked.organisations().iter().map(ToString::to_string).collect::<Vec<_>>();
        (names, linked.merges.organisations_by_number)
    };
    let names = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
    let one = of("Ateliers du Plessis;;W941000123\nLe Plessis vivant;;w 941 000 123\n");
    assert_eq!(one, (names(&["Ateliers du Plessis"]), 1));
    let two = of("Les Jardins;;W941000123\nLes Jardins;;W941000124\n");
    assert_eq!(two, (names(&["Les Jardins", "Les Jardins"]), 0));
    let two = of("Jardins A;73282932000074;W941000123\nJardins B;44306184100047;W941000123\n");
    assert_eq!(two, (names(&["Jardins A", "Jardins B"]), 0));
}

/// A name without number goes with the numbers its name has anywhere, wherever its row is.
#[test]
fn which_organisation_a_row_is_does_not_depend_on_its_place() {
    let rows =
        ["Ruche;73282932000074;\n", "La Ruche qui vit;73282932000074;\n", "Ruche qui vit;;\n"];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let text = format!("Nom;SIRET;RNA\n{}", order.map(|at| rows[at]).concat());
        let linked = linked(&[("Structures.csv", &text)]);
        assert_eq!(linked.organisations().len(), 1, "{order:?}");
    }
}

#[test]
fn organisations_the_settings_keep_apart_stay_apart() {
    let files = [("Structures.csv", "Nom\nColibris\nAssociation Colibris\n")];
    assert_eq!(linked(&files).organisations().len(), 1);
    let apart = linked_as(&files, |settings| {
        settings.distinct_organisations = vec!["Colibris".into(), "Association Colibris".into()];
    });
    assert_eq!(apart.organisations(), ["Association Colibris", "Colibris"]);
}

#[test]
fn territories_are_sorted_and_every_reference_follows() {
    let linked = linked(&[
        ("Territoires.csv", "Nom;Population\nSucy;26000\nÉpinay;54000\nAlfortville;44000\n"),
        (
            "Activités.csv",
            "Id;Date;Intitulé;Territoire\nA1;2026-07-01;Atelier;sucy\nA2;2026-07-02;Stand;Épinay\n",
        ),
        ("Structures.csv", "Nom;Territoire\nLa Ruche;Sucy, Alfortville\n"),
        ("Projets.csv", "Id;Nom;Territoire;Structure porteuse\nJ1;Jardin;ALFORTVILLE;la ruche\n"),
    ]);
    let programme = &linked.programme;
    let names: Vec<_> = programme.territories.iter().map(|t| t.name.as_str()).collect();
    assert_eq!(names, ["Alfortville", "Épinay", "Sucy"]);
    let of: Vec<_> = programme.activities.iter().map(|a| a.territory).collect();
    assert_eq!(of, [Some(2), Some(1)]);
    let ruche = &programme.organisations[0];
    assert_eq!(ruche.territories.iter().collect::<Vec<_>>(), [0, 2]);
    assert_eq!((programme.projects[0].territory, programme.projects[0].holder), (Some(0), Some(0)));
}

#[test]
fn in_complete_surveys_silence_ends_a_tie_whichever_side_is_written_first() {
    let files = [(
        "Coopérations.csv",
        "Structure A;Structure B;Niveau;Date\nUn;Deux;2;2026-01-01\nUn;Trois;3;2026-01-01\n\
         Deux;Un;3;2026-04-01\n",
    )];
    let levels = |linked: Linked| -> Vec<(String, String, u8)> {
        let day = NaiveDate::from_ymd_opt(2026, 4, 1).unwrap();
        let name = |ix: usize| linked.programme.organisations[ix].name.clone();
        let later = linked.programme.cooperations.iter().filter(|c| c.date == day);
        later.map(|c| (name(c.a), name(c.b), c.level)).collect()
    };
    let said = ("Deux".to_string(), "Un".to_string(), 3);
    assert_eq!(levels(linked(&files)), std::slice::from_ref(&said));
    let surveys = linked_as(&files, |settings| settings.full_surveys = true);
    assert_eq!(levels(surveys), [said, ("Un".to_string(), "Trois".to_string(), 0)]);
}

mod decisions;
mod homonyms;
mod masks;
mod money;
mod people;
