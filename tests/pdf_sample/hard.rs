//! What spreadsheets really hold: long words, long cells, many columns, tall drawings.

use super::{cell, column, figure, key_figure, notice, paragraph, row, table};
use bilan::report::{Block, Cell, Document, Format, Row, Section, Tone};

fn many_columns() -> Block {
    let columns = (2022..=2032).map(|year| column(&format!("Réalisé {year}"), Format::Euro, 1.0));
    let columns = std::iter::once(column("Charges", Format::Text, 2.0)).chain(columns).collect();
    let line = |label: &str, strong| Row {
        cells: std::iter::once(cell(label, None))
            .chain((0..11).map(|_| cell("1\u{202f}250\u{202f}000\u{a0}€", Some(1_250_000.0))))
            .collect(),
        strong,
    };
    Block::Table(table(
        "budget",
        "Budget",
        columns,
        vec![line("62 – Autres services extérieurs", false), line("Total des charges", true)],
    ))
}

fn long_cells() -> Block {
    let long = "Le comité de pilotage a décidé de reporter l’atelier, faute de salle et de \
                participants inscrits, et d’en proposer un autre au trimestre suivant. "
        .repeat(60);
    let columns = vec![
        column("Difficulté", Format::Text, 1.0),
        column("Constitutionnellement", Format::Text, 1.0),
        column("Récit", Format::Text, 4.0),
    ];
    let cells = |text: &str| -> Vec<Cell> {
        vec![
            cell("Anticonstitutionnellement-interdépartementalisation", None),
            cell(
                "https://exemple.org/documents/2026/T3/compte-rendu_du_comité.pdf?version=finale",
                None,
            ),
            cell(text, None),
        ]
    };
    let rows = vec![row(cells("–")), row(cells(&long)), row(cells("Fin."))];
    let mut table = table("recits", "Récits", columns, rows);
    table.notes = vec!["secret : moins de 5 personnes.".into()];
    Block::Table(table)
}

fn cards(count: usize) -> Block {
    let items = (0..count)
        .map(|n| {
            if n % 2 == 0 {
                key_figure(
                    "Nombre de structures accompagnées vers l’engagement",
                    "21",
                    "sur 64 : 32,8\u{a0}%",
                )
            } else {
                key_figure(
                    "Indice",
                    "non défini",
                    "aucune subvention reçue : le dénominateur est nul",
                )
            }
        })
        .collect();
    Block::KeyFigures { items }
}

/// A document that is hard to lay out.
pub(crate) fn document() -> Document {
    let mut blocks: Vec<Block> = (0..=7).map(cards).collect();
    blocks.extend([
        many_columns(),
        long_cells(),
        Block::Heading { text: "Un dessin plus haut qu’une page".into() },
        figure("haut", "Un dessin plus haut qu’une page"),
        Block::Heading { text: "Une remarque qui ne tient pas sur une page".into() },
        notice(Tone::Missing, "", &"Cofinancements à compléter dans la feuille. ".repeat(200)),
        Block::Heading { text: "  ".into() },
        Block::Bullets { items: Vec::new() },
        Block::Table(table("rien", "Rien", Vec::new(), Vec::new())),
        paragraph(""),
        Block::Paragraph { text: "Premier.\n\n  \nSecond.".into() },
    ]);
    let sections = (0..14).map(|n| Section {
        id: "suite",
        title: format!("Section {n} au titre si long qu’il doit passer à la ligne, sommaire compris, sans rien perdre"),
        annex: n > 10,
        blocks: (0..n).map(|_| paragraph(&"Une phrase ordinaire. ".repeat(20))).collect(),
    });
    Document {
        stem: "dossier-financement",
        title: "Dossier de diversification des financements".into(),
        subtitle: String::new(),
        cover: vec![("Bénéficiaire".into(), "Association ".repeat(20))],
        sections: std::iter::once(Section {
            id: "difficile",
            title: "Difficile".into(),
            annex: false,
            blocks,
        })
        .chain(sections)
        .collect(),
    }
}
