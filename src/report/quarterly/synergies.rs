//! Synergies: transitions between levels, new joint projects, the drawing, bridged networks.

use crate::indicators::network::Network;
use crate::indicators::{Measure, Scope};
use crate::period::WindowKind::{Cumulative, Quarter};
use crate::report::compose::{Material, figure};
use crate::report::figure::{self, Drawing, Edge, Node};
use crate::report::{Block, Cell, Format, Table, funding, wording};

const HEADLINES: [&str; 10] = [
    "nouvelles_synergies",
    "synergies_inter_reseaux",
    "synergies_inter_types",
    "projets_multi_acteurs",
    "densite",
    "isoles",
    "plus_grande_composante",
    "ei",
    "ei_attendu",
    "accord_declarants",
];

/// The section.
pub(super) fn synergies(m: &Material<'_>) -> Vec<Block> {
    let new = m.measure("nouvelles_synergies", Scope::Programme, Cumulative);
    if new.is_none_or(|n| n.reading.value.get().is_none()) {
        return vec![m.missing(&m.t("trimestriel.synergies.titre"), new)];
    }
    let table = funding::indicator_table(m, "synergies", "synergies.tableau", &HEADLINES);
    let mut blocks = vec![Block::Paragraph { text: m.t("synergies.niveaux") }, Block::Table(table)];
    blocks.extend(transitions(m));
    let network = Network::at(m.programme, m.quarter().end());
    blocks.extend(drawing(m, &network));
    blocks.extend(bridges(m));
    blocks.extend(disagreements(m, &network));
    blocks
}

/// The square of transitions over the quarter, on the constant perimeter.
fn transitions(m: &Material<'_>) -> Option<Block> {
    let count = |from: usize, to: usize| {
        let modality = format!("{from}-{to}");
        m.modality("transitions", Scope::Programme, Quarter, "transition", &modality)
            .and_then(|t| t.reading.value.get())
    };
    let cells: Option<Vec<Vec<f64>>> =
        (0..4).map(|from| (0..4).map(|to| count(from, to)).collect()).collect();
    let cells = cells?;
    let labels: Vec<String> = (0..4).map(|n| m.t(&format!("niveau.{n}"))).collect();
    let mut table = Table::new(
        "transitions",
        m.t("figure.transitions.tableau"),
        std::iter::once((m.t("figure.transitions.lignes"), Format::Text, 2.2))
            .chain(labels.iter().map(|label| (label.clone(), Format::Integer, 1.2))),
    );
    for (label, row) in labels.iter().zip(&cells) {
        let mut line = vec![Cell::text(label.clone())];
        line.extend(row.iter().map(|n| Cell::number(*n, Format::Integer, m.texts)));
        table.push(line);
    }
    let raised: f64 =
        (0..4).flat_map(|a| (a + 1..4).map(move |b| (a, b))).map(|(a, b)| cells[a][b]).sum();
    let reached: f64 = (0..3).map(|a| cells[a][3]).sum();
    let slots = [
        ("periode", m.quarter_text(m.quarter())),
        ("hausses", wording::plain_number(raised, m.texts.lang)),
        ("ensemble", wording::plain_number(reached, m.texts.lang)),
    ];
    Some(figure(
        "transitions-niveaux",
        m.fill("figure.transitions.titre", &slots),
        m.fill("figure.transitions.alt", &slots),
        table,
        Drawing::Matrix(figure::Matrix {
            labels,
            cells,
            rows: m.t("figure.transitions.lignes"),
            columns: m.t("figure.transitions.colonnes"),
        }),
    ))
}

/// The drawing of organisations that are tied, and of those that are not yet.
fn drawing(m: &Material<'_>, network: &Network) -> Option<Block> {
    let ties = network.ties();
    if ties.is_empty() {
        return None;
    }
    let members = network.members();
    let drawn = most_tied(members, &ties);
    let none = m.t("synergies.sans_reseau");
    let group_of = |organisation: usize| {
        m.programme.organisations[organisation]
            .networks
            .first()
            .cloned()
            .unwrap_or_else(|| none.clone())
    };
    let mut groups: Vec<String> = members.iter().map(|o| group_of(*o)).collect();
    groups
        .sort_by(|a, b| (a == &none).cmp(&(b == &none)).then_with(|| crate::locale::compare(a, b)));
    groups.dedup();
    let nodes: Vec<Node> = members
        .iter()
        .map(|o| Node {
            label: m.programme.organisations[*o].name.clone(),
            group: groups.iter().position(|g| *g == group_of(*o)).unwrap_or(0),
        })
        .collect();
    let position = |o: usize| members.binary_search(&o).unwrap_or(0);
    let edges: Vec<Edge> = ties
        .iter()
        .map(|(a, b, level)| Edge { a: position(*a), b: position(*b), level: *level })
        .collect();
    let mut table = Table::new(
        "structures_du_reseau",
        m.t("figure.reseau.tableau"),
        [
            (m.t("colonne.reseau"), Format::Text, 3.0),
            (m.t("colonne.structures"), Format::Integer, 1.0),
            (m.t("niveau.1"), Format::Integer, 1.2),
            (m.t("niveau.2"), Format::Integer, 1.2),
            (m.t("niveau.3"), Format::Integer, 1.2),
        ],
    );
    let mut sizes = vec![0; groups.len()];
    nodes.iter().for_each(|node| sizes[node.group] += 1);
    for (index, group) in groups.iter().enumerate() {
        let touching = |level: u8| {
            let touches = |e: &&Edge| nodes[e.a].group == index || nodes[e.b].group == index;
            edges.iter().filter(|e| e.level == level).filter(touches).count() as f64
        };
        let size = Cell::number(sizes[index] as f64, Format::Integer, m.texts);
        let mut cells = vec![Cell::text(group.clone()), size];
        cells.extend((1..=3).map(|l| Cell::number(touching(l), Format::Integer, m.texts)));
        table.push(cells);
    }
    table.notes.push(m.t("figure.reseau.note"));
    let by_level = |level: u8| edges.iter().filter(|e| e.level == level).count().to_string();
    let slots = [
        ("date", m.date(m.quarter().end())),
        ("n", members.len().to_string()),
        ("liens", edges.len().to_string()),
        ("un", by_level(1)),
        ("deux", by_level(2)),
        ("trois", by_level(3)),
        ("groupes", groups.len().to_string()),
    ];
    let kept = |edge: &&Edge| drawn.contains(&edge.a) && drawn.contains(&edge.b);
    let renumbered = |node: usize| drawn.binary_search(&node).unwrap_or(0);
    let shown_edges = edges.iter().filter(kept).map(|edge| Edge {
        a: renumbered(edge.a),
        b: renumbered(edge.b),
        level: edge.level,
    });
    let shown_edges = shown_edges.collect();
    let shown_nodes = drawn.iter().map(|node| nodes[*node].clone()).collect();
    if drawn.len() < members.len() {
        let count = |n: usize| crate::locale::integer(m.texts.lang, n as f64);
        let slots = [("n", count(drawn.len())), ("total", count(members.len()))];
        table.notes.insert(0, m.fill("figure.reseau.extrait", &slots));
    }
    Some(figure(
        "reseau-structures",
        m.fill("figure.reseau.titre", &slots),
        m.fill("figure.reseau.alt", &slots),
        table,
        Drawing::Network(figure::Network {
            nodes: shown_nodes,
            edges: shown_edges,
            groups,
            levels: (1..4).map(|n| m.t(&format!("niveau.{n}"))).collect(),
        }),
    ))
}

/// Organisations that a drawing can show and still be read.
const DRAWN: usize = 150;

/// Places among the members of those to be drawn: all of them, or the most tied, in order.
fn most_tied(members: &[usize], ties: &[(usize, usize, u8)]) -> Vec<usize> {
    let mut all: Vec<usize> = (0..members.len()).collect();
    if all.len() > DRAWN {
        let mut degrees = vec![0_usize; members.len()];
        for organisation in ties.iter().flat_map(|(a, b, _)| [a, b]) {
            if let Ok(place) = members.binary_search(organisation) {
                degrees[place] += 1;
            }
        }
        all.sort_by_key(|place| (std::cmp::Reverse(degrees[*place]), *place));
        all.truncate(DRAWN);
        all.sort_unstable();
    }
    all
}

/// Ties between networks, strongest first.
fn bridges(m: &Material<'_>) -> Option<Block> {
    let mut blocks: Vec<&Measure> =
        m.breakdown("matrice_blocs", Scope::Programme, Cumulative, "reseaux");
    blocks.retain(|b| {
        b.reading.numerator.is_some_and(|n| n > 0.0) || b.reading.value.get().is_none()
    });
    if blocks.is_empty() {
        return None;
    }
    let reasons = m.reasons(blocks.iter().copied());
    let mut table = Table::new(
        "reseaux_relies",
        m.t("synergies.reseaux_relies"),
        [
            (m.t("colonne.reseaux"), Format::Text, 4.5),
            (m.t("colonne.liens"), Format::Integer, 1.0),
            (m.t("colonne.paires_possibles"), Format::Integer, 1.3),
            (m.t("colonne.densite"), Format::Percent, 1.1),
        ],
    );
    for block in &blocks {
        let part = |value: Option<f64>| {
            value.map_or_else(Cell::none, |v| Cell::number(v, Format::Integer, m.texts))
        };
        table.push(vec![
            Cell::text(wording::modality(&block.reading, m.texts)),
            part(block.reading.numerator),
            part(block.reading.denominator),
            block.reading.value.get().map_or_else(
                || wording::cell(block, m.texts),
                |v| Cell::number(v, Format::Percent, m.texts),
            ),
        ]);
    }
    table.notes = reasons;
    table.notes.push(m.t("synergies.reseaux_relies_note"));
    Some(Block::Table(table))
}

/// Pairs whose two sides do not say the same, for the facilitator.
fn disagreements(m: &Material<'_>, network: &Network) -> Vec<Block> {
    let pairs = network.disagreements();
    if pairs.is_empty() {
        return Vec::new();
    }
    let name = |o: usize| m.programme.organisations[o].name.clone();
    let mut table = Table::new(
        "desaccords",
        m.t("synergies.desaccords"),
        [
            (m.t("colonne.structure_a"), Format::Text, 3.0),
            (m.t("colonne.structure_b"), Format::Text, 3.0),
            (m.t("colonne.dit_a"), Format::Integer, 1.2),
            (m.t("colonne.dit_b"), Format::Integer, 1.2),
        ],
    );
    for pair in pairs {
        table.push(vec![
            Cell::text(name(pair.a)),
            Cell::text(name(pair.b)),
            Cell::number(f64::from(pair.says_a), Format::Integer, m.texts),
            Cell::number(f64::from(pair.says_b), Format::Integer, m.texts),
        ]);
    }
    table.notes.push(m.t("synergies.desaccords_note"));
    vec![Block::Table(table)]
}
