use super::*;
use crate::finding::{Place, SheetPath};
use crate::indicators::{Family, Horizon, Indicator, Query, Reading as Fold, Scope, Unit};
use crate::period::{Quarter, Window};
use crate::programme::{Funding, Origin, Territory};
use crate::schema::{TABLES, TableId};
use crate::settings::{ProgrammeSettings, Settings};
use crate::tables::{Column, Frame, Source};
use crate::texts::Lang;
use chrono::NaiveDate;
use std::collections::BTreeMap;

static QUERY: Query = Query { name: "test", horizon: Horizon::Within, rows: |_| Vec::new().into() };
static INDICATOR: Indicator = Indicator {
    id: "participants_uniques",
    family: Family::Reach,
    unit: Unit::Share,
    needs: &[],
    by_territory: true,
    over_time: false,
    followed: false,
    query: &QUERY,
    fold: |_| Vec::new(),
};

fn measure(kind: WindowKind, reading: Fold) -> Measure {
    Measure {
        indicator: &INDICATOR,
        scope: Scope::Territory(0),
        window: Window::quarter(kind, Quarter { year: 2026, number: 2 }),
        reading,
        objective: None,
    }
}

fn lines_of(bytes: &[u8]) -> Vec<String> {
    String::from_utf8(bytes.to_vec()).unwrap().lines().map(String::from).collect()
}

#[test]
fn indicators_keep_full_precision_and_say_why_they_are_missing() {
    let territory = Territory { name: "=Vercors, \"nord\"".into(), ..Territory::default() };
    let programme = Programme { territories: vec![territory], ..Programme::default() };
    let measures = Measures {
        all: vec![
            measure(WindowKind::Previous, Fold::rate(1.0, 3.0, "personne").with_n(3)),
            measure(
                WindowKind::Previous,
                Fold::of(Value::Secret("petit-effectif")).by("genre", "-F"),
            ),
            measure(WindowKind::History, Fold::count(7)),
        ],
        ..Measures::default()
    };
    let lines = indicator_lines(&measures, &programme);
    let csv = lines_of(&indicators_csv(&lines).unwrap());
    assert_eq!(csv[0], INDICATOR_COLUMNS.join(","));
    assert_eq!(
        csv[1],
        "participants_uniques,portee,\"'=Vercors, \"\"nord\"\"\",2026-T2,precedent,,,\
         0.3333333333333333,part,1,3,3,valeur,,,,"
    );
    assert!(csv[2].contains(",genre,'-F,,part,,,,secret,petit-effectif,,,"), "{}", csv[2]);
    assert_eq!(csv.len(), 3, "past quarters are not published");

    let json: serde_json::Value =
        serde_json::from_slice(&indicators_json(&lines).unwrap()).unwrap();
    assert_eq!(json[0]["territoire"], "=Vercors, \"nord\"");
    assert_eq!(json[0]["denominateur"], 3.0);
    assert!(json[1]["valeur"].is_null());
    let keys: std::collections::BTreeSet<&str> =
        json[0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, INDICATOR_COLUMNS.into_iter().collect());
}

fn funding() -> Frame {
    let mut frame = Frame::empty(TableId::Funding.spec());
    frame.sources.push(Source {
        at: SheetPath { file: "2026/financements.xlsx".into(), sheet: "Aides".into() }.into(),
        columns: BTreeMap::new(),
    });
    frame.rows = vec![(0, 5), (0, 9)];
    let day = NaiveDate::from_ymd_opt(2026, 9, 1);
    frame.columns = BTreeMap::from([
        ("funder", Column::Text([Some("+Fonds"), None].into_iter().collect())),
        ("granted", Column::Money(vec![Some(-125_005), Some(7)])),
        ("signed", Column::Date(vec![day, None])),
        ("covers", Column::Span(vec![day.zip(day), None])),
        ("earmarked", Column::Flag(vec![Some(false), None])),
    ]);
    frame
}

#[test]
fn tables_have_every_public_column_and_where_each_row_was_read() {
    let csv = lines_of(&table(&funding()).unwrap().unwrap());
    assert!(
        csv[0].starts_with("financeur,categorie,montant_demande,montant_accorde,"),
        "{}",
        csv[0]
    );
    assert!(csv[0].ends_with(",territoire,fichier,feuille,ligne"), "{}", csv[0]);
    assert!(csv[1].starts_with("'+Fonds,,,-1250.05,,,,,2026-09-01,,,2026-09-01/2026-09-01,"));
    assert!(csv[1].ends_with(",non,,,,,2026/financements.xlsx,Aides,5"), "{}", csv[1]);
    assert!(csv[2].starts_with(",,,0.07,"), "{}", csv[2]);
}

#[test]
fn no_table_of_people_and_no_personal_column_is_written() {
    for spec in TABLES {
        let bytes = table(&Frame::empty(spec)).unwrap();
        let private = spec.people || spec.id == TableId::Decisions;
        assert_eq!(bytes.is_none(), private, "{}", spec.sheet);
        let header = bytes.map(|b| lines_of(&b)[0].clone()).unwrap_or_default();
        for column in spec.columns.iter().filter(|c| c.personal) {
            assert!(!header.split(',').any(|name| name == column.csv_name()), "{}", column.id);
        }
    }
}

#[test]
fn numbers_and_amounts_are_exact() {
    assert_eq!(number(412.0), "412");
    assert_eq!(number(0.1 + 0.2), "0.30000000000000004");
    assert_eq!(number(-0.0), "0");
    assert_eq!(euros(-5), "-0.05");
    assert_eq!(euros(i64::MIN), "-92233720368547758.08");
    assert_eq!(text("-18 ans"), "'-18 ans");
}

#[test]
fn a_finding_is_one_line_whatever_was_typed() {
    let place = Place { row: Some(12), column: Some(2), ..Place::sheet("a.xlsx", "Aides") };
    let finding = Finding::new("nombre-illisible", place, "=1+\n\"deux\"");
    let csv = findings_csv(&[finding], &Texts::new(Lang::Fr)).unwrap();
    let mut reader = csv::Reader::from_reader(csv.as_slice());
    let record = reader.records().next().unwrap().unwrap();
    assert_eq!(&record[0], "nombre-illisible");
    assert_eq!(&record[1], "a_verifier");
    assert_eq!(&record[4], "C12");
    assert_eq!(&record[5], "'=1+\n\"deux\"");
}

#[test]
fn readings_count_what_was_left_out() {
    let reading = Reading {
        file: "a.csv".into(),
        sheet: String::new(),
        table: TableId::Budget,
        header_row: 3,
        read: 12,
        kept: 9,
        left_out: BTreeMap::from([("doublon", 1), ("total", 2)]),
        columns: Vec::new(),
        total: None,
    };
    let of = |table, read, kept| {
        let reading = Reading { table, read, kept, ..reading.clone() };
        lines_of(&readings_csv(&[reading], 11).unwrap()).remove(1)
    };
    assert_eq!(of(TableId::Budget, 12, 9), "a.csv,,Budget,3,12,9,3,doublon=1;total=2");
    // Few people: neither how many, nor what would give it away.
    assert_eq!(of(TableId::Participants, 12, 9), "a.csv,,Participants,3,12,<11,,doublon;total");
    assert_eq!(of(TableId::Participants, 3, 0), "a.csv,,Participants,3,<11,0,,doublon;total");
    assert_eq!(
        of(TableId::Participants, 14, 11),
        "a.csv,,Participants,3,14,11,3,doublon=1;total=2"
    );
}

#[test]
fn subsidies_are_the_programme_s_own_granted_ones() {
    let line = |granted, ours, status: &str| Funding {
        funder: "ADEME".into(),
        granted,
        ours,
        status: Some(status.into()),
        signed: NaiveDate::from_ymd_opt(2026, 2, 3),
        origin: Origin::default(),
        ..Funding::default()
    };
    let programme = Programme {
        funding: vec![
            line(Some(4_780_020), true, "conventionné"),
            line(Some(100), false, "conventionné"),
            line(Some(100), true, "refusé"),
            line(None, true, "déposé"),
        ],
        ..Programme::default()
    };
    let settings = settings();
    let csv = lines_of(&subsidies(&programme, &settings).unwrap());
    assert_eq!(csv.len(), 2);
    assert_eq!(
        csv[1],
        "ADEME,,2026-02-03,,Les Ateliers,38047555800058,,,47800.20,aide en numéraire,,,,,1.00,"
    );
}

fn settings() -> Settings {
    Settings {
        out: "/secret/sorties".into(),
        templates: "/secret/modeles".into(),
        key_file: "/secret/cle".into(),
        period: Some(Quarter { year: 2026, number: 3 }),
        programme: ProgrammeSettings {
            beneficiary: Some("Les Ateliers".into()),
            siret: Some("38047555800058".into()),
            ..ProgrammeSettings::default()
        },
        ..Settings::new("/secret/entrees".into(), NaiveDate::from_ymd_opt(2026, 10, 12).unwrap())
    }
}

#[test]
fn the_manifest_tells_the_settings_but_no_folder_of_the_computer() {
    let bytes = crate::publish::manifest::manifest("2026-T3", &settings(), &[], &[]).unwrap();
    let words = String::from_utf8(bytes).unwrap();
    assert!(!words.contains("/secret"), "{words}");
    assert!(words.contains("\"periode\": \"2026-T3\""));
    assert!(words.contains("\"personnes\": 11"));
}

#[test]
fn no_slot_of_a_remedy_is_left_unfilled_by_what_was_read() {
    let finding = Finding::new("activite-inconnue", Place::file("a.xlsx"), "SUC-199");
    let words = crate::publish::anomalies::words(&Texts::new(Lang::Fr), &finding, "remede");
    assert!(words.contains("SUC-199") && !words.contains('{'), "{words}");
}
