//! Whole runs over real public files, each with its `bilan.toml` under `tests/runs/real/`. Figures are those
//! of the data's own description.

use super::support::{Bench, csv_rows, files_below, indicator, real_data};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

type Rows = Vec<BTreeMap<String, String>>;

/// A finished run over a folder of real data.
struct Case {
    bench: Bench,
    period: &'static str,
}

impl Case {
    /// Runs `bilan` on a folder of the real data with the settings of a case.
    fn run(data: &Path, folder: &str, case: &str, period: &'static str) -> Self {
        let settings =
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/runs/real/{case}.toml"));
        let bench = Bench::default();
        let inputs = data.join(folder);
        let text = |path: &Path| path.to_string_lossy().into_owned();
        bench
            .run(&[&text(&inputs), "--settings", &text(&settings), "--period", period, "--quiet"])
            .ends_in(&[0, 1]);
        let case = Self { bench, period };
        case.is_complete();
        case
    }

    fn folder(&self) -> PathBuf {
        self.bench.path("reports").join(self.period)
    }

    /// Every report is there, whatever the data leaves empty.
    fn is_complete(&self) {
        let written = files_below(&self.folder());
        for stem in ["rapport-trimestriel", "dossier-financement", "comparaison-territoires"] {
            for extension in ["pdf", "xlsx"] {
                assert!(written.contains_key(&format!("{stem}.{extension}")), "{stem}.{extension}");
            }
        }
    }

    fn indicators(&self) -> Rows {
        csv_rows(&self.folder().join("donnees/indicateurs.csv"))
    }

    fn table(&self, name: &str) -> Rows {
        csv_rows(&self.folder().join(format!("donnees/tables/{name}.csv")))
    }

    fn value(&self, id: &str, window: &str, modality: (&str, &str)) -> Option<f64> {
        indicator(&self.indicators(), id, "programme", window, modality).and_then(|v| v.1)
    }

    /// Rows read, by file, from `donnees/lecture.csv`.
    fn read(&self, file: &str) -> usize {
        let rows = csv_rows(&self.folder().join("donnees/lecture.csv"));
        let of = |r: &&BTreeMap<String, String>| r["fichier"].ends_with(file);
        rows.iter().filter(of).filter_map(|r| r["lignes_retenues"].parse::<usize>().ok()).sum()
    }
}

/// Cents of a column of amounts in euros.
fn cents(rows: &Rows, column: &str, keep: impl Fn(&BTreeMap<String, String>) -> bool) -> i64 {
    rows.iter()
        .filter(|row| keep(row))
        .map(|row| row[column].replace('.', ""))
        .filter(|digits| !digits.is_empty())
        .map(|digits| digits.parse::<i64>().expect("two decimals"))
        .sum()
}

#[test]
fn attendance_lists_count_people_and_presences() {
    let Some(data) = real_data() else { return };
    for (case, people, presences) in [("davis", 18.0, 89.0), ("galaskiewicz", 26.0, 98.0)] {
        let run = Case::run(&data, "networks", case, "2026-T3");
        assert_eq!(run.value("participants_uniques", "cumul", ("", "")), Some(people), "{case}");
        assert_eq!(run.value("participations", "cumul", ("", "")), Some(presences), "{case}");
    }
}

#[test]
fn yearly_statements_give_pairs_new_ones_and_agreement() {
    let Some(data) = real_data() else { return };
    let run = Case::run(&data, "networks", "nfdi", "2020-T4");
    let pairs = |window| {
        let rows = run.indicators();
        let row = rows.iter().find(|r| {
            r["indicateur"] == "densite"
                && r["territoire"] == "programme"
                && r["fenetre"] == window
                && r["dimension"] == "niveau"
                && r["modalite"] == "3"
        });
        row.and_then(|r| r["numerateur"].parse::<f64>().ok())
    };
    assert_eq!((pairs("an_passe"), pairs("trimestre")), (Some(67.0), Some(103.0)));
    assert_eq!(run.value("nouvelles_synergies", "trimestre", ("", "")), Some(82.0));
    let rows = run.indicators();
    let agreement = rows
        .iter()
        .find(|r| {
            r["indicateur"] == "accord_declarants"
                && r["territoire"] == "programme"
                && r["fenetre"] == "an_passe"
                && r["dimension"].is_empty()
        })
        .expect("measured");
    assert_eq!((&*agreement["numerateur"], &*agreement["denominateur"]), ("44", "67"));
}

#[test]
fn an_action_plan_of_the_ademe_template_gives_actions_projects_partners_funders() {
    let Some(data) = real_data() else { return };
    let run = Case::run(&data, "plans", "plan", "2026-T3");
    assert!(!run.table("plan_d_actions").is_empty());
    assert!(!run.table("projets").is_empty() && !run.table("partenariats").is_empty());
    let funding = run.table("financements");
    assert!(!funding.is_empty() && cents(&funding, "montant_demande", |_| true) > 0);
    for case in ["modele-xlsx", "modele-ods"] {
        Case::run(&data, "plans", case, "2026-T3");
    }
}

#[test]
fn grants_of_four_departements_add_up_to_the_cent() {
    let Some(data) = real_data() else { return };
    let run = Case::run(&data, "grants/loire", "loire", "2019-T4");
    let funding = run.table("financements");
    let total = |file: &str| cents(&funding, "montant_accorde", |r| r["fichier"].ends_with(file));
    let amounts = |file: &str| {
        let of = |r: &&BTreeMap<String, String>| {
            r["fichier"].ends_with(file) && !r["montant_accorde"].is_empty()
        };
        funding.iter().filter(of).count()
    };
    assert_eq!(
        (run.read("cd44_associations.csv"), amounts("cd44_associations.csv")),
        (18_148, 18_116)
    );
    assert_eq!(total("cd44_associations.csv"), 50_691_423_663);
    assert_eq!(
        (run.read("cd49_conventions.csv"), total("cd49_conventions.csv")),
        (75, 832_736_488)
    );
    assert_eq!(run.read("cd49_associations.csv"), 11_843);
    assert_eq!(amounts("cd53_2018.xlsx") + amounts("cd53_2019.xlsx"), 234);
    assert_eq!(total("cd53_2018.xlsx"), 3_037_217_302);
    assert_eq!(total("cd53_2019.xlsx"), 812_791_500);
    assert_eq!(total("cd72_2018.xlsx"), 696_588_660);
    // The same cents, through the indicators, territory by territory.
    let rows = run.indicators();
    let by_territory =
        |name: &str| indicator(&rows, "montant_accorde", name, "cumul", ("", "")).and_then(|v| v.1);
    assert_eq!(by_territory("44"), Some(506_914_236.63));
    assert_eq!(by_territory("72"), Some(6_965_886.60));
}
