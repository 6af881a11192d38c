//! Workbooks opened again: what a spreadsheet, a screen reader and a program find in them.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use bilan::publish::workbook::render;
use bilan::report::figure::{
    Bar, Bars, Dot, Dots, Drawing, Edge, Matrix, Network, Node, Pair, Pairs, Panel, Series, Stacked,
};
use bilan::report::{
    Block, Cell, Column, Document, Figure, Format, KeyFigure, Report, Row, Section, Table, Tone,
};
use calamine::{Data, Reader, Xlsx};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

fn text(text: &str) -> Cell {
    Cell { text: text.into(), number: None, format: None }
}

fn number(number: f64) -> Cell {
    Cell { text: format!("{number}"), number: Some(number), format: None }
}

fn column(header: &str, format: Format, width: f64) -> Column {
    Column { header: header.into(), format, width }
}

fn row(cells: Vec<Cell>) -> Row {
    Row { cells, strong: false }
}

fn table(id: &str, title: &str, columns: Vec<Column>, rows: Vec<Row>) -> Table {
    let notes = vec!["Dénominateur : personnes dont le territoire est connu. Les effectifs de moins de onze personnes sont tenus secrets, ainsi que ceux qui permettraient de les retrouver par différence avec le total du programme.".into()];
    Table { id: id.into(), title: title.into(), columns, rows, notes, whole: false }
}

fn figure(id: &'static str, title: &str, table: Table, drawing: Drawing) -> Block {
    let alt = format!("{title} : le Vercors vient en tête avec 214 participations.");
    Block::Figure(Box::new(Figure { id, title: title.into(), alt, table, drawing }))
}

fn plan() -> Table {
    let mut rows = vec![
        row(vec![
            text("=cmd|' /C calc'!A0"),
            number(12.0),
            number(4500.0),
            number(0.75),
            text("2026-09-30"),
            number(0.125),
        ]),
        row(vec![
            text(
                "Animer des ateliers de réparation avec les associations et les communes volontaires du territoire",
            ),
            number(1240.0),
            number(1250.5),
            text("non défini"),
            text("sans échéance"),
            text("secret"),
        ]),
    ];
    rows.push(Row {
        cells: vec![
            text("Ensemble"),
            number(1252.0),
            number(5750.5),
            number(0.4567),
            text("2026-12-31"),
            number(1.0),
        ],
        strong: true,
    });
    table(
        "plan",
        "Plan d'actions : prévu et réalisé au 3e trimestre 2026",
        vec![
            column("Action", Format::Text, 4.0),
            column("Réalisé", Format::Integer, 1.0),
            column("Dépenses réalisées", Format::Euro, 1.4),
            column("Avancement physique", Format::Percent, 1.2),
            column("Échéance", Format::Date, 1.2),
            column("Score", Format::Decimal3, 1.0),
        ],
        rows,
    )
}

const PLACES: [&str; 4] = ["Vercors", "Plateau ardéchois", "Pays de Redon", "Ensemble"];

fn bars() -> Block {
    let values = [Some(214.0), Some(96.0), None, Some(310.0)];
    let cell = |v: Option<f64>| v.map_or_else(|| text("secret"), number);
    let rows = PLACES.iter().zip(values).map(|(p, v)| row(vec![text(p), cell(v)])).collect();
    let bars = PLACES
        .iter()
        .zip(values)
        .map(|(p, v)| Bar {
            label: (*p).into(),
            value: v,
            text: v.map_or_else(|| "secret".into(), |v| format!("{v}")),
        })
        .collect();
    figure(
        "participations",
        "Participations par territoire, 3e trimestre 2026",
        table(
            "participations",
            "Participations",
            vec![
                column("Territoire", Format::Text, 2.0),
                column("Personnes", Format::Integer, 1.0),
            ],
            rows,
        ),
        Drawing::Bars(Bars {
            bars,
            axis: "personnes".into(),
            reference: Some((250.0, "cible : 250".into())),
        }),
    )
}

fn stacked() -> Block {
    let quarters = ["T4 2025", "T1 2026", "T2 2026", "T3 2026"];
    let series = [
        ("Nouvelles personnes", [120.0, 80.0, 95.0, 60.0]),
        ("Personnes revenues", [0.0, 60.0, 75.0, 110.0]),
        ("Statut inconnu", [5.0, 8.0, 4.0, 9.0]),
    ];
    let rows = (0..4)
        .map(|i| {
            let mut cells = vec![text(quarters[i])];
            cells.extend(series.iter().map(|s| number(s.1[i])));
            row(cells)
        })
        .collect();
    let mut columns = vec![column("Trimestre", Format::Text, 1.2)];
    columns.extend(series.iter().map(|s| column(s.0, Format::Integer, 1.2)));
    let series = series
        .iter()
        .map(|s| Series { name: s.0.into(), values: s.1.iter().map(|v| Some(*v)).collect() })
        .collect();
    figure(
        "nouvelles",
        "Personnes nouvelles et revenues, par trimestre",
        table("nouvelles", "Nouvelles", columns, rows),
        Drawing::Stacked(Stacked {
            categories: quarters.map(String::from).to_vec(),
            series,
            axis: "personnes".into(),
            euros: false,
        }),
    )
}

/// A figure whose table does not hold the numbers of its drawing.
fn pairs() -> Block {
    let rows = vec![
        Pair {
            label: "Ateliers".into(),
            first: Some(12.0),
            second: Some(9.0),
            text: "75 %".into(),
        },
        Pair {
            label: "Formations".into(),
            first: Some(4.0),
            second: Some(5.0),
            text: "125 %".into(),
        },
        Pair { label: "Études".into(), first: Some(2.0), second: None, text: "–".into() },
    ];
    figure(
        "avancement",
        "Prévu et réalisé, par action",
        table(
            "avancement",
            "Avancement",
            vec![
                column("Action", Format::Text, 3.0),
                column("Avancement", Format::Percent, 1.2),
                column("Écart et explication", Format::Text, 5.0),
            ],
            vec![
                row(vec![
                    text("Ateliers"),
                    number(0.75),
                    text("Trois ateliers reportés au trimestre suivant faute de salle disponible."),
                ]),
                row(vec![text("Formations"), number(1.25), text("–")]),
            ],
        ),
        Drawing::Pairs(Pairs {
            rows,
            first: "Prévu".into(),
            second: "Réalisé".into(),
            axis: "nombre d'activités".into(),
        }),
    )
}

fn dots() -> Block {
    let panel = |title: &str, percent, scale: f64| Panel {
        title: title.into(),
        percent,
        rows: PLACES
            .iter()
            .zip([0.4, 0.55, 0.7, 0.5])
            .map(|(p, v)| Dot {
                label: (*p).into(),
                value: (*p != "Vercors").then_some(v * scale),
                interval: (*p != "Vercors").then_some(((v - 0.1) * scale, (v + 0.15) * scale)),
                text: if *p == "Vercors" { "non défini".into() } else { format!("{v}") },
            })
            .collect(),
    };
    figure(
        "comparaison",
        "Territoires côte à côte",
        table(
            "comparaison",
            "Comparaison",
            vec![column("Territoire", Format::Text, 2.0), column("n", Format::Integer, 1.0)],
            PLACES.iter().map(|p| row(vec![text(p), number(12.0)])).collect(),
        ),
        Drawing::Dots(Dots {
            panels: vec![
                panel("Part de personnes engagées", true, 1.0),
                panel("Participations pour 1 000 habitants", false, 20.0),
                panel("Retour d'un trimestre à l'autre", true, 1.0),
            ],
        }),
    )
}

fn matrix_and_network() -> [Block; 2] {
    let labels = ["0", "1", "2", "3"];
    let rows = (0..4)
        .map(|i| {
            let mut cells = vec![text(labels[i])];
            cells.extend((0..4).map(|j| number(if i == j { 6.0 } else { f64::from(j > i) })));
            row(cells)
        })
        .collect();
    let mut columns = vec![column("De \\ vers", Format::Text, 1.0)];
    columns.extend(labels.map(|l| column(l, Format::Integer, 1.0)));
    let matrix = Drawing::Matrix(Matrix {
        labels: labels.map(String::from).to_vec(),
        cells: vec![vec![0.0; 4]; 4],
        rows: "De".into(),
        columns: "Vers".into(),
    });
    let network = Drawing::Network(Network {
        nodes: vec![Node { label: "A".into(), group: 0 }, Node { label: "B".into(), group: 0 }],
        edges: vec![Edge { a: 0, b: 1, level: 2 }],
        groups: vec!["association".into()],
        levels: vec!["1".into()],
    });
    [
        figure(
            "transitions",
            "Niveaux de coopération : de … à …",
            table("transitions", "Transitions", columns, rows),
            matrix,
        ),
        figure(
            "reseau",
            "Réseau des structures",
            table(
                "reseau",
                "Réseau",
                vec![column("Structure", Format::Text, 3.0), column("Liens", Format::Integer, 1.0)],
                vec![row(vec![text("Ressourcerie"), number(2.0)])],
            ),
            network,
        ),
    ]
}

fn sample() -> Report {
    let empty = table(
        "vide",
        "Retards",
        vec![column("Action", Format::Text, 3.0), column("Action", Format::Date, 1.0)],
        Vec::new(),
    );
    let [matrix, network] = matrix_and_network();
    let sections = vec![
        Section {
            id: "synthese",
            title: "Synthèse".into(),
            annex: false,
            blocks: vec![
                Block::KeyFigures {
                    items: vec![KeyFigure {
                        label: "Personnes touchées".into(),
                        value: "412".into(),
                        detail: "personnes différentes, présentes au moins une fois".into(),
                        previous: "T2 2026 : 380".into(),
                        target: "Cible : 450 (score 0,92)".into(),
                    }],
                },
                Block::Paragraph {
                    text: "Au 3e trimestre 2026, le programme a touché 412 personnes.".into(),
                },
                Block::Bullets { items: vec!["-18 % d'heures".into(), "Deux retards".into()] },
                Block::Notice {
                    tone: Tone::Missing,
                    title: "Trésorerie".into(),
                    text: "La feuille Trésorerie n'a pas été fournie.".into(),
                },
            ],
        },
        Section {
            id: "plan",
            title: "Plan d'actions".into(),
            annex: false,
            blocks: vec![Block::Table(plan()), Block::Table(empty), pairs()],
        },
        Section {
            id: "portee",
            title: "Portée".into(),
            annex: false,
            blocks: vec![
                Block::Heading { text: "Par territoire".into() },
                bars(),
                stacked(),
                dots(),
                matrix,
                network,
            ],
        },
    ];
    let document = Document {
        stem: "rapport-trimestriel",
        title: "Rapport trimestriel d'avancement".into(),
        subtitle: "Remis à l'ADEME".into(),
        cover: vec![
            ("Bénéficiaire".into(), "Les Ateliers réunis".into()),
            ("Décision".into(), "20IFC0161".into()),
        ],
        sections,
    };
    Report {
        lang: "fr",
        programme: "Cit'ergie & Cie".into(),
        period: "2026-T3".into(),
        period_words: "3e trimestre 2026".into(),
        date: "2026-09-30".into(),
        words: BTreeMap::new(),
        generator: "bilan 0.1.0".into(),
        fictional: true,
        documents: vec![document],
    }
}

/// The smallest PNG: one pixel.
const PIXEL: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0,
    1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 10, 0x49, 0x44, 0x41, 0x54,
    0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0x48, 0xaf, 0xa4, 0x71, 0, 0, 0, 0, 0x49, 0x45, 0x4e,
    0x44, 0xae, 0x42, 0x60, 0x82,
];

fn rendered() -> Vec<u8> {
    let report = sample();
    let pictures = BTreeMap::from([("reseau", PIXEL.to_vec())]);
    render(&report, &report.documents[0], &pictures).unwrap()
}

fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        let name = file.name().unwrap().into_owned();
        file.read_to_end(&mut content).unwrap();
        parts.insert(name, String::from_utf8_lossy(&content).into_owned());
    }
    parts
}

#[test]
fn two_renderings_are_the_same_bytes() {
    let bytes = rendered();
    assert_eq!(bytes, rendered());
    if let Ok(path) = std::env::var("BILAN_SAMPLE_XLSX") {
        bilan::files::write(path.as_ref(), &bytes).unwrap();
    }
}

#[test]
fn every_sheet_follows_the_house_rules() {
    let parts = parts(&rendered());
    let sheets: Vec<_> =
        parts.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet")).collect();
    assert_eq!(sheets.len(), 12);
    for (name, xml) in &sheets {
        assert!(!xml.contains("mergeCell"), "{name}");
        assert!(!xml.contains("hidden="), "{name}");
        assert!(xml.contains("orientation=\"landscape\""), "{name}");
        assert!(xml.contains("paperSize=\"9\""), "{name}");
        assert!(xml.contains("<pageSetUpPr fitToPage=\"1\"/>"), "{name}");
        assert!(xml.contains("<f>").eq(&false), "no formula in {name}");
        assert!(xml.contains("Cit'ergie &amp;&amp; Cie – Données fictives"), "{name}");
        assert!(xml.contains("&amp;P / &amp;N"), "{name}");
    }
    let frozen = sheets.iter().filter(|(_, xml)| xml.contains("state=\"frozen\"")).count();
    assert_eq!(frozen, sheets.len() - 1, "all but the cover");
    let titles = parts["xl/workbook.xml"].matches("_xlnm.Print_Titles").count();
    assert_eq!(titles, sheets.len() - 1);
    assert!(parts["docProps/core.xml"].contains("Rapport trimestriel d'avancement"));
    assert!(parts["docProps/core.xml"].contains("2026-09-30T00:00:00Z"));
}

#[test]
fn every_table_is_named_once() {
    let parts = parts(&rendered());
    let names: Vec<String> = parts
        .iter()
        .filter(|(name, _)| name.starts_with("xl/tables/"))
        .map(|(_, xml)| xml.split(" name=\"").nth(1).unwrap().split('"').next().unwrap().into())
        .collect();
    for expected in [
        "t_notes",
        "t_chiffres_synthese",
        "t_plan",
        "t_vide",
        "t_avancement",
        "t_avancement_graphique",
        "t_participations",
        "t_nouvelles",
        "t_comparaison",
        "t_comparaison_graphique",
        "t_transitions",
        "t_reseau",
    ] {
        assert_eq!(names.iter().filter(|n| *n == expected).count(), 1, "{expected} in {names:?}");
    }
    assert_eq!(names.len(), 12, "{names:?}");
}

#[test]
fn charts_are_native_and_the_network_is_a_picture_with_words() {
    let parts = parts(&rendered());
    let charts = parts.keys().filter(|name| name.starts_with("xl/charts/chart")).count();
    assert_eq!(charts, 6, "bars, stacked, pairs and three panels");
    assert_eq!(parts.keys().filter(|name| name.ends_with(".png")).count(), 1);
    let drawings: String = parts
        .iter()
        .filter(|(n, _)| n.starts_with("xl/drawings/drawing"))
        .map(|p| &**p.1)
        .collect();
    assert_eq!(drawings.matches("le Vercors vient en tête").count(), 7);
    // The bars read the printed table, the pairs their own.
    let all: String =
        parts.iter().filter(|(n, _)| n.starts_with("xl/charts/")).map(|p| &**p.1).collect();
    assert!(all.contains("'Participations par territoire'!$B$6:$B$9"), "{all}");
    assert!(all.contains("<c:v>secret</c:v>") || all.contains("<a:t>secret</a:t>"));
}

#[test]
fn numbers_are_numbers_and_texts_are_texts() {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(rendered())).unwrap();
    assert_eq!(
        book.sheet_names()[..5],
        ["Couverture", "Sommaire", "Notes", "Chiffres clés", "Plan d’actions"]
    );
    let sheet = book.worksheet_range("Plan d’actions").unwrap();
    let at = |row, column| sheet.get_value((row, column)).cloned().unwrap_or_default();
    assert_eq!(at(4, 0), Data::String("Action".into()));
    assert_eq!(at(5, 0), Data::String("=cmd|' /C calc'!A0".into()));
    assert_eq!(at(5, 1), Data::Float(12.0));
    assert_eq!(at(6, 2), Data::Float(1250.5));
    assert_eq!(at(5, 3), Data::Float(0.75));
    assert_eq!(at(6, 3), Data::String("non défini".into()));
    assert!(matches!(at(5, 4), Data::DateTime(_)), "{:?}", at(5, 4));
    assert_eq!(at(6, 5), Data::String("secret".into()));
    assert!(matches!(at(9, 0), Data::String(note) if note.starts_with("Dénominateur")));

    let notes = book.worksheet_range("Notes").unwrap();
    let words: Vec<String> = notes.rows().map(|row| row[2].to_string()).collect();
    assert!(words.contains(&"-18 % d'heures".to_string()), "{words:?}");
}

#[test]
fn no_dot_stands_at_zero_for_a_missing_value() {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(rendered())).unwrap();
    let sheet = book.worksheet_range("Territoires côte à côte").unwrap();
    let missing: Vec<_> =
        sheet.rows().filter(|row| row[5] == Data::String("non défini".into())).collect();
    assert_eq!(missing.len(), 3, "one per panel");
    for row in missing {
        assert_eq!(row[0], Data::String("Vercors".into()));
        assert!(row[1..4].iter().all(|cell| *cell == Data::Empty), "{row:?}");
    }
}

#[test]
fn a_document_without_content_is_still_a_workbook() {
    let mut report = sample();
    report.documents[0].sections.clear();
    report.lang = "en";
    let bytes = render(&report, &report.documents[0], &BTreeMap::new()).unwrap();
    let book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["Cover", "Contents"]);
}

#[test]
fn a_long_text_is_given_the_height_it_needs() {
    let tall = |report: &Report| {
        let bytes = render(report, &report.documents[0], &BTreeMap::new()).unwrap();
        let sheets = ["sheet1", "sheet2"].map(|sheet| format!("xl/worksheets/{sheet}.xml"));
        let parts = parts(&bytes);
        sheets.map(|name| parts[&name].matches("customHeight").count())
    };
    let mut report = sample();
    let [cover, contents] = tall(&report);
    let long = "Participants par territoire et par trimestre ".repeat(4);
    report.documents[0].cover.push(("Territoires".into(), long.clone()));
    let blocks = report.documents[0].sections.iter_mut().flat_map(|section| &mut section.blocks);
    let table = blocks.filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    table.take(1).for_each(|table| table.title = long.clone());
    assert_eq!(tall(&report), [cover + 1, contents + 1]);
}
