//! A report with every kind of block, long tables and text that would be markup if it were not data.

pub(crate) mod hard;

use bilan::report::figure::Bars;
use bilan::report::{
    Block, Cell, Column, Document, Drawing, Figure, Format, KeyFigure, Report, Row, Section, Table,
    Tone, WORDS,
};
use bilan::texts::{Lang, Texts};
use std::collections::BTreeMap;

/// Text full of what Typst would read as markup.
pub(crate) const MARKUP: &str =
    "Réunion #panic(\"non\") *gras* _bas_ $x^2$ <label> @ref = titre [a] \\ `code` // fin";

fn cell(text: &str, number: Option<f64>) -> Cell {
    Cell { text: text.into(), number, format: None }
}

fn column(header: &str, format: Format, width: f64) -> Column {
    Column { header: header.into(), format, width }
}

fn table(id: &str, title: &str, columns: Vec<Column>, rows: Vec<Row>) -> Table {
    Table { id: id.into(), title: title.into(), columns, rows, notes: Vec::new(), whole: false }
}

fn row(cells: Vec<Cell>) -> Row {
    Row { cells, strong: false }
}

/// The table of planned and done, as long as asked.
fn actions(length: usize) -> Table {
    let mut rows: Vec<Row> = (1..=length)
        .map(|n| {
            row(vec![
                cell(
                    &format!("Action {n} – Accompagner les collectivités de l’intercommunalité vers la sobriété"),
                    None,
                ),
                cell("12", Some(12.0)),
                cell("125\u{202f}480,50\u{a0}€", Some(125_480.5)),
                cell("9", Some(9.0)),
                if n % 7 == 0 {
                    cell("non renseigné", None)
                } else {
                    cell("98\u{202f}120\u{a0}€", Some(98_120.0))
                },
                cell("75,0\u{a0}%", Some(0.75)),
                cell("78,2\u{a0}%", Some(0.782)),
                cell(
                    if n % 5 == 0 { "Écart de plus de 10\u{a0}% : atelier reporté au trimestre suivant faute de salle." } else { "–" },
                    None,
                ),
            ])
        })
        .collect();
    rows.push(Row {
        cells: [
            "Programme",
            "720",
            "7\u{202f}528\u{202f}830\u{a0}€",
            "540",
            "5\u{202f}102\u{202f}240\u{a0}€",
            "75,0\u{a0}%",
            "67,8\u{a0}%",
            "–",
        ]
        .iter()
        .map(|text| cell(text, None))
        .collect(),
        strong: true,
    });
    let mut table = table(
        "actions",
        "Actions prévues et réalisées, programme, 3e trimestre 2026",
        vec![
            column("Action", Format::Text, 3.0),
            column("Prévu", Format::Integer, 1.0),
            column("Dépenses prévues", Format::Euro, 1.2),
            column("Réalisé", Format::Integer, 1.0),
            column("Dépenses réalisées", Format::Euro, 1.2),
            column("Avancement physique", Format::Percent, 1.0),
            column("Avancement financier", Format::Percent, 1.0),
            column("Écart", Format::Text, 2.0),
        ],
        rows,
    );
    table.notes = vec![
        "Dépenses : montants TTC engagés au 30 septembre 2026.".into(),
        "non renseigné : la colonne « dépensé » de la feuille Activités est vide pour cette action."
            .into(),
    ];
    table
}

fn provenance() -> Table {
    table(
        "fichiers",
        "Fichiers lus",
        vec![
            column("Fichier", Format::Text, 2.0),
            column("Lignes", Format::Integer, 1.0),
            column("SHA-256", Format::Text, 3.0),
        ],
        ["Suivi_des_accompagnements_2026-T3_version_finale.xlsx", "budget.csv"]
            .iter()
            .map(|file| {
                row(vec![
                    cell(file, None),
                    cell("1\u{202f}204", Some(1204.0)),
                    cell("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", None),
                ])
            })
            .collect(),
    )
}

fn figure(id: &'static str, title: &str) -> Block {
    let rows = [
        ("Touchés", "1\u{202f}240"),
        ("Sensibilisés", "412"),
        ("Mobilisés", "180"),
        ("Accompagnés", "64"),
        ("Engagés", "21"),
    ]
    .iter()
    .map(|(label, value)| row(vec![cell(label, None), cell(value, Some(1.0))]))
    .collect();
    Block::Figure(Box::new(Figure {
        id,
        title: title.into(),
        alt: "Cinq barres de plus en plus courtes : 1 240 personnes touchées, 412 sensibilisées, \
              180 mobilisées, 64 accompagnées, 21 engagées."
            .into(),
        table: table(
            &format!("donnees_{}", id.replace('-', "_")),
            title,
            vec![column("Niveau", Format::Text, 3.0), column("Personnes", Format::Integer, 1.0)],
            rows,
        ),
        drawing: Drawing::Bars(Bars { bars: Vec::new(), axis: String::new(), reference: None }),
    }))
}

fn key_figure(label: &str, value: &str, detail: &str) -> KeyFigure {
    KeyFigure {
        label: label.into(),
        value: value.into(),
        detail: detail.into(),
        previous: "T2\u{a0}2026 : 380".into(),
        target: "Cible : 450 (score 0,92)".into(),
    }
}

fn notice(tone: Tone, title: &str, text: &str) -> Block {
    Block::Notice { tone, title: title.into(), text: text.into() }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph { text: text.into() }
}

fn synthesis() -> Vec<Block> {
    vec![
        Block::KeyFigures {
            items: vec![
                key_figure("Personnes sensibilisées", "412", "personnes distinctes, programme"),
                key_figure(
                    "Taux d’avancement physique",
                    "75,0\u{a0}%",
                    "actions réalisées ÷ prévues",
                ),
                key_figure(
                    "Aide consommée",
                    "1\u{202f}250\u{202f}000\u{a0}€",
                    "au 30 septembre 2026",
                ),
                key_figure("Financeurs effectifs", "non renseigné", "feuille Financements absente"),
                key_figure("Synergies nouvelles", "7", "projets communs démarrés ce trimestre"),
            ],
        },
        paragraph(
            "Au 3e trimestre 2026, 412 personnes ont été sensibilisées, soit 32 de plus qu’au \
             trimestre précédent.\nLe programme a réalisé 75,0\u{a0}% des actions prévues.",
        ),
        Block::Bullets {
            items: vec![
                "Le territoire « Vallée de l’Ouvèze » n’a pas tenu son comité de pilotage.".into(),
                MARKUP.into(),
                "Témoignage : « Super 👍🏽 » — œuvre à suivre…".into(),
            ],
        },
        notice(Tone::Watch, "Dépenses en retard", "Deux actions dépassent 10\u{a0}% d’écart."),
        notice(
            Tone::Missing,
            "Cofinancements",
            "La feuille « Financements » est vide. Remplissez les colonnes « financeur » et « montant accordé ».",
        ),
        notice(
            Tone::Info,
            "Données au 30 septembre 2026",
            "Les séances saisies plus tard ne sont pas comptées.",
        ),
    ]
}

fn sections() -> Vec<Section> {
    let section =
        |id, title: &str, annex, blocks| Section { id, title: title.into(), annex, blocks };
    vec![
        section("synthese", "Synthèse", false, synthesis()),
        section(
            "actions",
            "Actions : prévu et réalisé",
            false,
            vec![
                paragraph("Le tableau suit la présentation demandée par l’État."),
                Block::Table(actions(60)),
            ],
        ),
        section(
            "portee",
            "Portée",
            false,
            vec![
                Block::Heading { text: "Échelle d’engagement".into() },
                paragraph("Chaque personne compte une fois, au plus haut niveau atteint."),
                figure("portee-echelle", "Échelle d’engagement, programme, 3e trimestre 2026"),
                Block::Heading { text: "Par territoire".into() },
                figure(
                    "portee-territoires",
                    "Personnes sensibilisées par territoire, 3e trimestre 2026",
                ),
                Block::Table(table(
                    "vide",
                    "Tableau sans ligne",
                    vec![column("Territoire", Format::Text, 1.0)],
                    Vec::new(),
                )),
            ],
        ),
        section("suite", "Trimestre suivant", false, vec![paragraph(MARKUP)]),
        section(
            "definitions",
            "Définitions et formules",
            true,
            vec![
                Block::Heading { text: "Portée".into() },
                paragraph(
                    "Personnes sensibilisées : personnes distinctes présentes à une séance au moins.",
                ),
            ],
        ),
        section("provenance", "Provenance", true, vec![Block::Table(provenance())]),
    ]
}

/// The sample.
pub(crate) fn sample(lang: Lang) -> Report {
    let texts = Texts::new(lang);
    Report {
        lang: lang.code(),
        programme: "Programme fictif « Transitions en vallée »".into(),
        period: "2026-T3".into(),
        period_words: "3e\u{a0}trimestre\u{a0}2026".into(),
        date: "2026-09-30".into(),
        words: WORDS.iter().map(|key| ((*key).into(), texts.get(&format!("mot.{key}")))).collect(),
        generator: "bilan 0.1.0".into(),
        fictional: true,
        documents: vec![Document {
            stem: "rapport-trimestriel",
            title: "Rapport trimestriel d’avancement".into(),
            subtitle: "3e\u{a0}trimestre\u{a0}2026, du 1er juillet au 30 septembre".into(),
            cover: [
                ("Financeur", "ADEME – Agence de la transition écologique"),
                ("Décision de financement", "n° 26-ARA-0042"),
                ("Bénéficiaire", "Association Les Ateliers de la vallée, SIRET 000 000 000 00000"),
                ("Aide maximale", "240\u{202f}000\u{a0}€"),
                ("Données arrêtées au", "30 septembre 2026"),
            ]
            .iter()
            .map(|(label, value)| ((*label).into(), (*value).into()))
            .collect(),
            sections: sections(),
        }],
    }
}

/// The drawings of its figures.
pub(crate) fn figures() -> BTreeMap<&'static str, String> {
    let bars: String = ["Touchés", "Sensibilisés", "Mobilisés", "Accompagnés", "Engagés"]
        .iter()
        .zip([520, 360, 200, 110, 40])
        .enumerate()
        .map(|(index, (label, width))| {
            let y = 20 + index * 50;
            format!(
                "<rect x=\"130\" y=\"{y}\" width=\"{width}\" height=\"34\" fill=\"#0b4f55\"/>\
                 <text x=\"120\" y=\"{}\" text-anchor=\"end\" font-family=\"Lato\" font-size=\"15\">{label}</text>",
                y + 22
            )
        })
        .collect();
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"720\" height=\"280\" viewBox=\"0 0 720 280\">{bars}</svg>"
    );
    let tall = svg.replace(
        "width=\"720\" height=\"280\" viewBox=\"0 0 720 280\"",
        "width=\"300\" height=\"900\" viewBox=\"0 0 300 900\"",
    );
    BTreeMap::from([("portee-echelle", svg.clone()), ("portee-territoires", svg), ("haut", tall)])
}
