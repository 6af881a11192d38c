//! Each kind of figure with data like a real quarter's: read back, measured, and with `BILAN_VOIR`
//! set to a folder, written there as PNG to be looked at.

use super::{draw, png};
use crate::report::figure::{
    Bar, Bars, Dot, Dots, Drawing, Edge, Matrix, Network, Node, Pair, Pairs, Panel, Series, Stacked,
};
use crate::texts::Lang;
use resvg::usvg::{Group, Node as SvgNode};

const SECRET: &str = "secret : moins de 11 personnes";

/// (name, drawing) of every sample.
fn samples() -> Vec<(&'static str, Drawing)> {
    vec![
        ("bars-ladder", ladder()),
        ("bars-territories", territories()),
        ("bars-one", one_bar()),
        ("bars-zeros", zeros()),
        ("bars-euros", funders()),
        ("stacked-people", quarters(6, 2, false)),
        ("stacked-euros", quarters(14, 5, true)),
        ("stacked-many", quarters(30, 3, false)),
        ("stacked-one", quarters(1, 8, true)),
        ("matrix", matrix()),
        ("matrix-one", one_cell()),
        ("matrix-large", large_matrix()),
        ("network", network(60, 150, 6)),
        ("network-small", network(9, 10, 3)),
        ("network-isolated", network(6, 0, 2)),
        ("network-large", network(140, 420, 9)),
        ("pairs", pairs()),
        ("pairs-none", no_pairs()),
        ("dots", dots(4, true)),
        ("dots-long", dots(3, false)),
        ("dots-one", dots(1, true)),
        ("empty", Drawing::Bars(Bars { bars: vec![], axis: String::new(), reference: None })),
    ]
}

fn bar(label: &str, value: Option<f64>, text: &str) -> Bar {
    Bar { label: label.into(), value, text: text.into() }
}

fn ladder() -> Drawing {
    Drawing::Bars(Bars {
        bars: vec![
            bar("Touchés (estimation)", Some(2_450.0), "2\u{202f}450"),
            bar("Sensibilisés", Some(412.0), "412"),
            bar("Mobilisés", Some(168.0), "168"),
            bar("Accompagnés", Some(37.0), "37"),
            bar("Engagés", None, SECRET),
        ],
        axis: "Personnes, cumul depuis le 1er\u{a0}octobre 2024".into(),
        reference: None,
    })
}

fn territories() -> Drawing {
    let names = [
        "Sucy-en-Brie",
        "Communauté d'agglomération Grand Paris Sud Est Avenir",
        "L'Haÿ-les-Roses & Chevilly-Larue <secteur nord>",
        "Cœur d'Essonne",
        "Établissement public territorial Plaine Commune Grand Paris, quartiers prioritaires de la politique de la ville",
    ];
    let shares = [Some(0.423), Some(0.318), Some(0.0), None, Some(0.117)];
    let texts = ["42,3\u{a0}%", "31,8\u{a0}% (35 sur 110)", "0,0\u{a0}%", SECRET, "11,7\u{a0}%"];
    Drawing::Bars(Bars {
        bars: (0..5).map(|i| bar(names[i], shares[i], texts[i])).collect(),
        axis: "Part des participants revenus au moins une fois".into(),
        reference: Some((0.35, "Ensemble du programme\u{a0}: 35,0\u{a0}%".into())),
    })
}

fn one_bar() -> Drawing {
    let bars = vec![bar("Sucy-en-Brie", Some(1.0), "1")];
    Drawing::Bars(Bars { bars, axis: "Projets".into(), reference: Some((3.0, "Cible".into())) })
}

fn zeros() -> Drawing {
    let bars = vec![
        bar("Été", Some(0.0), "0"),
        bar("Hiver", Some(0.0), "0"),
        bar(
            "Automne",
            None,
            "non renseigné : la table Activités est absente du dossier, ou n'a aucune ligne datée de la période",
        ),
    ];
    Drawing::Bars(Bars { bars, axis: "Activités".into(), reference: None })
}

fn funders() -> Drawing {
    Drawing::Bars(Bars {
        bars: vec![
            bar("ADEME", Some(195_000.0), "195\u{202f}000\u{a0}€ (52,1\u{a0}%)"),
            bar("Région Île-de-France", Some(80_000.0), "80\u{202f}000\u{a0}€ (21,4\u{a0}%)"),
            bar("Fondation de France", Some(45_500.0), "45\u{202f}500\u{a0}€ (12,2\u{a0}%)"),
            bar("Trop-perçu à rendre", Some(-12_000.0), "\u{2212}12\u{202f}000\u{a0}€"),
            bar("Ressources propres", Some(53_800.0), "53\u{202f}800\u{a0}€ (14,4\u{a0}%)"),
        ],
        axis: "Montants accordés, en numéraire (€)".into(),
        reference: None,
    })
}

fn quarters(count: usize, series: usize, euros: bool) -> Drawing {
    let names: [&str; 8] = if euros {
        [
            "ADEME",
            "Région Île-de-France",
            "Métropole du Grand Paris",
            "Fondations & mécénat d'entreprise",
            "Ressources propres",
            "Communes",
            "Europe (FEDER, Leader)",
            "Autres",
        ]
    } else {
        ["Nouveaux participants", "De retour", "Fidèles", "", "", "", "", ""]
    };
    let scale = if euros { 7_431.0 } else { 11.0 };
    let value = |category: usize, serie: usize| {
        let gap = category % 5 == 3 && serie == 1 || category == 8;
        let size = ((category * 7 + serie * 5) % 9 + 1 + category / 2) as f64;
        (!gap).then_some((size * scale).round())
    };
    Drawing::Stacked(Stacked {
        categories: (0..count).map(|i| format!("T{}\u{a0}{}", i % 4 + 1, 2023 + i / 4)).collect(),
        series: (0..series)
            .map(|s| Series {
                name: names[s].into(),
                values: (0..count).map(|c| value(c, s)).collect(),
            })
            .collect(),
        axis: if euros { "Montants accordés (k€)" } else { "Personnes" }.into(),
        euros,
    })
}

fn matrix() -> Drawing {
    let labels = ["0 : s'ignorent", "1 : se connaissent", "2 : échangent", "3 : projets communs"];
    Drawing::Matrix(Matrix {
        labels: labels.map(String::from).to_vec(),
        cells: vec![
            vec![1_604.0, 42.0, 11.0, 3.0],
            vec![5.0, 61.0, 14.0, 4.0],
            vec![0.0, 2.0, 23.0, 6.0],
            vec![0.0, 0.0, 1.0, 9.0],
        ],
        rows: "Niveau au T2\u{a0}2026".into(),
        columns: "Niveau au T3\u{a0}2026 (nombre de paires de structures)".into(),
    })
}

fn one_cell() -> Drawing {
    Drawing::Matrix(Matrix {
        labels: vec!["Réseau".into()],
        cells: vec![vec![0.0]],
        rows: "Avant".into(),
        columns: "Après".into(),
    })
}

fn large_matrix() -> Drawing {
    let size = 12;
    let count =
        |r: usize, c: usize| ((r * 31 + c * 17) % 23) as f64 * if r == c { 40.0 } else { 1.0 };
    Drawing::Matrix(Matrix {
        labels: (0..size).map(|i| format!("Réseau de l'économie circulaire n°\u{a0}{i}")).collect(),
        cells: (0..size).map(|r| (0..size).map(|c| count(r, c)).collect()).collect(),
        rows: "Réseau d'origine".into(),
        columns: "Réseau du partenaire".into(),
    })
}

fn network(nodes: usize, edges: usize, groups: usize) -> Drawing {
    let kinds =
        ["Ressourcerie", "Mairie", "Amap", "Repair Café", "Coopérative", "Collège", "Épicerie"];
    let places =
        ["de Sucy", "de Créteil", "des Œillets", "d'Évry & Cie", "Jean-Moulin", "du Grand Parc"];
    let names = [
        "Transition",
        "Éducation populaire",
        "Collectivités",
        "Économie sociale et solidaire",
        "Alimentation",
        "Chargé de mission",
        "Culture",
        "Logement",
        "Santé",
    ];
    // A small congruential sequence: hubs, clusters and isolated nodes as in a real network.
    let mut state = 7u64;
    let mut next = |bound: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % bound.max(1)
    };
    let tied = nodes - nodes / 8;
    let list = (0..edges)
        .map(|_| {
            let a = next(tied).min(next(tied));
            let near = (a + groups * (1 + next(6))) % tied;
            let b = if next(3) == 0 { next(tied) } else { near };
            Edge { a, b, level: [1, 1, 1, 2, 2, 3][next(6)] }
        })
        .collect();
    Drawing::Network(Network {
        nodes: (0..nodes)
            .map(|i| Node {
                label: format!("{} {}", kinds[i % kinds.len()], places[i / 2 % places.len()]),
                group: i % groups,
            })
            .collect(),
        edges: list,
        groups: names[..groups].iter().map(ToString::to_string).collect(),
        levels: ["1 : se connaissent", "2 : échangent", "3 : mènent des projets ensemble"]
            .map(String::from)
            .to_vec(),
    })
}

fn pairs() -> Drawing {
    let pair = |label: &str, first, second, text: &str| Pair {
        label: label.into(),
        first,
        second,
        text: text.into(),
    };
    Drawing::Pairs(Pairs {
        rows: vec![
            pair(
                "A1 – Animer le réseau des acteurs de la transition",
                Some(12.0),
                Some(9.0),
                "9 sur 12 (75,0\u{a0}%)",
            ),
            pair(
                "A2 – Accompagner les porteurs de projet",
                Some(20.0),
                Some(26.0),
                "26 sur 20 (130,0\u{a0}%)",
            ),
            pair("A3 – Former les relais", Some(4.0), Some(0.0), "0 sur 4 (0,0\u{a0}%)"),
            pair(
                "B1 – Événements « Fête des possibles »",
                None,
                Some(2.0),
                "2, prévu non renseigné",
            ),
            pair("B2 – Capitaliser", Some(3.0), None, "réalisé non renseigné"),
        ],
        first: "Prévu".into(),
        second: "Réalisé".into(),
        axis: "Unités d'œuvre du plan d'actions".into(),
    })
}

fn no_pairs() -> Drawing {
    let row = Pair { label: "A1".into(), first: None, second: None, text: "non renseigné".into() };
    Drawing::Pairs(Pairs {
        rows: vec![row],
        first: "Prévu".into(),
        second: "Réalisé".into(),
        axis: String::new(),
    })
}

fn dots(panels: usize, short: bool) -> Drawing {
    let names = if short {
        ["Sucy-en-Brie", "Créteil", "Évry", "Cœur d'Essonne", "Vexin"]
    } else {
        [
            "Communauté de communes du Pays de Nemours",
            "Grand Paris Sud Est Avenir",
            "L'Haÿ-les-Roses",
            "Parc naturel régional du Vexin français",
            "Programme",
        ]
    };
    let row = |panel: usize, i: usize| {
        let label = names[i].to_string();
        match i {
            2 if panel == 1 => {
                Dot { label, value: None, interval: None, text: "trop peu pour conclure".into() }
            }
            3 => Dot { label, value: None, interval: None, text: "secret".into() },
            _ => {
                let value = [0.65, 0.1, 0.0, 0.0, 0.428][i];
                let ends =
                    [(0.552, 0.736), (0.017, 0.404), (0.0, 0.277), (0.0, 0.0), (0.158, 0.749)][i];
                let text = crate::locale::percent(Lang::Fr, value);
                let text = if short {
                    text
                } else {
                    format!("{text}, soit 65 personnes sur 100 présentes")
                };
                Dot { label, value: Some(value), interval: Some(ends), text }
            }
        }
    };
    Drawing::Dots(Dots {
        panels: (0..panels)
            .map(|p| Panel {
                title: [
                    "Fidélisation (part des participants venus au moins deux fois)",
                    "Rétention d'un trimestre à l'autre",
                    "Part des femmes",
                    "Part des habitants des QPV",
                ][p]
                    .into(),
                rows: (0..5).map(|i| row(p, i)).collect(),
                percent: true,
            })
            .collect(),
    })
}

/// Every text of a drawing with its box.
fn texts(group: &Group, out: &mut Vec<(String, resvg::tiny_skia::Rect)>) {
    for node in group.children() {
        match node {
            SvgNode::Group(group) => texts(group, out),
            SvgNode::Text(text) => {
                let content: String = text.chunks().iter().map(|chunk| chunk.text()).collect();
                out.push((content.trim().to_string(), text.abs_bounding_box()));
            }
            _ => {}
        }
    }
}

fn read(svg: &str) -> Vec<(String, resvg::tiny_skia::Rect)> {
    let mut out = Vec::new();
    texts(super::png::tree(svg).unwrap().root(), &mut out);
    out
}

#[test]
fn every_text_is_on_the_sheet_and_none_over_another() {
    for (name, drawing) in samples() {
        let svg = draw(&drawing, Lang::Fr).unwrap();
        let size = super::png::tree(&svg).unwrap().size();
        let texts = read(&svg);
        assert!(!texts.is_empty(), "{name}");
        for (rank, (text, area)) in texts.iter().enumerate() {
            assert!(
                area.left() >= 0.0
                    && area.top() >= 0.0
                    && area.right() <= size.width()
                    && area.bottom() <= size.height(),
                "{name}: « {text} » leaves the sheet: {area:?}"
            );
            // Boxes hold ascenders and descenders: two lines of a label may touch.
            let over = |other: &resvg::tiny_skia::Rect| {
                area.left() + 1.0 < other.right()
                    && other.left() + 1.0 < area.right()
                    && area.top() + 3.0 < other.bottom()
                    && other.top() + 3.0 < area.bottom()
            };
            for (other, there) in &texts[rank + 1..] {
                assert!(!over(there), "{name}: « {text} » over « {other} »");
            }
        }
    }
}

#[test]
fn same_data_same_bytes_and_nothing_from_outside() {
    for (name, drawing) in samples() {
        let svg = draw(&drawing, Lang::Fr).unwrap();
        assert_eq!(svg, draw(&drawing, Lang::Fr).unwrap(), "{name}");
        for word in ["<script", "href", "url(", "NaN", "inf", "<image"] {
            assert!(!svg.contains(word), "{name}: {word}");
        }
        assert!(svg.contains("font-family=\"Lato\""), "{name}");
    }
}

#[test]
fn text_prints_at_eight_points_or_more() {
    // 7 200 units are printed 170 mm wide.
    let least = 8.0 / (170.0 / 25.4 * 72.0 / 7_200.0);
    for (name, drawing) in samples() {
        let svg = draw(&drawing, Lang::Fr).unwrap();
        for size in svg.split("font-size=\"").skip(1) {
            let size: f64 = size.split('"').next().unwrap().parse().unwrap();
            assert!(size >= least, "{name}: {size}");
        }
    }
}

#[test]
fn texts_are_as_wide_as_measured() {
    super::theme::register_fonts().unwrap();
    for text in [
        "Communauté d'agglomération",
        "12\u{202f}345,6\u{a0}%",
        "Œuvre & fête <été>",
        "AVATAR Typo",
    ] {
        for (size, bold) in [(12.0, false), (14.0, true)] {
            let svg = super::canvas::paint(40, |canvas| {
                let pen = super::canvas::Pen { size, bold, ..super::canvas::Pen::LABEL };
                canvas.text(text, (20, 20), pen)
            });
            let drawn = f64::from(read(&svg.unwrap())[0].1.width());
            let measured = f64::from(super::text::width(text, size, bold));
            assert!(
                measured >= drawn - 1.0 && measured <= drawn * 1.06 + 2.0,
                "{text}: {measured} for {drawn}"
            );
        }
    }
}

fn words(drawing: &Drawing) -> String {
    let svg = draw(drawing, Lang::Fr).unwrap();
    read(&svg).into_iter().map(|(text, _)| text).collect::<Vec<_>>().join(" ")
}

#[test]
fn labels_values_and_reasons_are_written() {
    let text = words(&ladder());
    for word in ["Touchés (estimation)", "Engagés", "2\u{202f}450", SECRET, "1er\u{a0}octobre"] {
        assert!(text.contains(word), "{word} in {text}");
    }
    let text = words(&territories());
    for word in [
        "L'Haÿ-les-Roses & Chevilly-Larue",
        "<secteur",
        "Cœur d'Essonne",
        "40\u{a0}%",
        "Ensemble du programme",
    ] {
        assert!(text.contains(word), "{word} in {text}");
    }
    let text = words(&matrix());
    for word in ["1\u{202f}604", "échangent", "niveau inchangé", "Niveau au T2"] {
        assert!(text.contains(word), "{word} in {text}");
    }
    let text = words(&quarters(14, 5, true));
    for word in ["mécénat", "200\u{a0}k€", "T2", "2026", "non publié"] {
        assert!(text.contains(word), "{word} in {text}");
    }
    let text = words(&pairs());
    for word in ["Prévu", "Réalisé", "26 sur 20 (130,0\u{a0}%)", "« Fête des possibles »"] {
        assert!(text.contains(word), "{word} in {text}");
    }
    let text = words(&dots(4, true));
    for word in ["Fidélisation", "65,0\u{a0}%", "trop peu pour conclure", "75\u{a0}%"] {
        assert!(text.contains(word), "{word} in {text}");
    }
}

#[test]
fn most_organisations_of_a_network_are_named_and_the_isolated_too() {
    let drawing = network(60, 150, 6);
    let text = words(&drawing);
    let Drawing::Network(network) = &drawing else { unreachable!() };
    let tied = |n: usize| network.edges.iter().any(|e| e.a != e.b && (e.a == n || e.b == n));
    let ties = (0..60).filter(|n| tied(*n)).count();
    let silent: usize = text
        .split_once(" structures sans étiquette")
        .and_then(|(before, _)| before.rsplit(' ').next())
        .map_or(0, |count| count.parse().unwrap());
    assert!(silent * 3 <= ties, "{silent} of {ties} have no name");
    assert!(text.contains("Sans lien"));
    for node in (0..60).filter(|n| !tied(*n)) {
        assert!(text.contains(&network.nodes[node].label));
    }
}

#[test]
fn a_partial_total_says_so_and_an_empty_column_has_none() {
    let series = |name: &str, values: Vec<Option<f64>>| Series { name: name.into(), values };
    let text = words(&Drawing::Stacked(Stacked {
        categories: vec!["T1".into(), "T2".into(), "T3".into()],
        series: vec![
            series("Nouveaux", vec![Some(12.0), Some(30.0), None]),
            series("De retour", vec![Some(5.0), None, Some(f64::NAN)]),
        ],
        axis: "Personnes".into(),
        euros: false,
    }));
    assert!(text.contains(" 17 ") && text.contains("≥\u{a0}30"), "{text}");
    assert!(!text.contains("NaN"));
}

#[test]
fn hostile_data_is_drawn_all_the_same() {
    let bars = vec![
        bar("", Some(f64::INFINITY), ""),
        bar("mot_sans_espace_".repeat(30).as_str(), Some(1e15), "1e15"),
        bar("x", Some(1e-12), "~0"),
    ];
    let reference = Some((f64::NAN, "référence".repeat(40)));
    draw(&Drawing::Bars(Bars { bars, axis: "axe ".repeat(90), reference }), Lang::En).unwrap();
    let edges = vec![
        Edge { a: 0, b: 9, level: 3 },
        Edge { a: 0, b: 0, level: 0 },
        Edge { a: 0, b: 1, level: 9 },
    ];
    let nodes =
        vec![Node { label: String::new(), group: 99 }, Node { label: "b".into(), group: 0 }];
    draw(&Drawing::Network(Network { nodes, edges, groups: vec![], levels: vec![] }), Lang::Fr)
        .unwrap();
    let labels = vec!["a".into(), "b".into()];
    let cells = vec![vec![f64::NAN]];
    draw(
        &Drawing::Matrix(Matrix { labels, cells, rows: String::new(), columns: String::new() }),
        Lang::Fr,
    )
    .unwrap();
}

#[test]
fn pictures_are_written_to_be_looked_at() {
    let svg = draw(&matrix(), Lang::Fr).unwrap();
    let picture = png(&svg, 2.0).unwrap();
    assert!(picture.starts_with(b"\x89PNG"));
    assert_eq!(picture, png(&svg, 2.0).unwrap());
    assert!(png("<svg", 1.0).is_err());
    if let Some(folder) = std::env::var_os("BILAN_VOIR") {
        let folder = std::path::PathBuf::from(folder);
        for (name, drawing) in samples() {
            let svg = draw(&drawing, Lang::Fr).unwrap();
            crate::files::write(&folder.join(format!("{name}.svg")), svg.as_bytes()).unwrap();
            let picture = png(&svg, 1.5).unwrap();
            crate::files::write(&folder.join(format!("{name}.png")), &picture).unwrap();
        }
    }
}
