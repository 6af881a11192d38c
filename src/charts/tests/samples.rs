//! Figures like those of a real programme: long accented names, zeros, ones, withheld values.

use crate::report::figure::{
    Bar, Bars, Dot, Dots, Drawing, Edge, Matrix, Network, Node, Pair, Pairs, Panel, Series, Stacked,
};
use crate::texts::Lang;

pub(super) const SECRET: &str = "secret : moins de 11 personnes";

/// (name, drawing) of every sample.
pub(super) fn samples() -> Vec<(&'static str, Drawing)> {
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

pub(super) fn bar(label: &str, value: Option<f64>, text: &str) -> Bar {
    Bar { label: label.into(), value, text: text.into() }
}

pub(super) fn ladder() -> Drawing {
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

pub(super) fn territories() -> Drawing {
    let names = [
        "Sucy-en-Brie",
        "Communauté d'agglomération Grand Paris Sud Est Avenir",
        "L'Haÿ-les-Roses & Chevilly-Larue <secteur nord>",
        "Cœur d'Essonne",
        "Établissement public territorial Plaine Commune Grand Paris, quartiers prioritaires de la politique de la ville",
    ];
    let shares = [Some(0.423), Some(0.314), Some(0.0), None, Some(0.117)];
    let texts = ["42,3\u{a0}%", "31,4\u{a0}% (35 sur 110)", "0,0\u{a0}%", SECRET, "11,7\u{a0}%"];
    Drawing::Bars(Bars {
        bars: (0..5).map(|i| bar(names[i], shares[i], texts[i])).collect(),
        axis: "Part des participants revenus au moins une fois".into(),
        reference: Some((0.35, "Ensemble du programme\u{a0}: 35,0\u{a0}%".into())),
    })
}

pub(super) fn one_bar() -> Drawing {
    let bars = vec![bar("Sucy-en-Brie", Some(1.0), "1")];
    Drawing::Bars(Bars { bars, axis: "Projets".into(), reference: Some((3.0, "Cible".into())) })
}

pub(super) fn zeros() -> Drawing {
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

pub(super) fn funders() -> Drawing {
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

pub(super) fn quarters(count: usize, series: usize, euros: bool) -> Drawing {
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

pub(super) fn matrix() -> Drawing {
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

pub(super) fn one_cell() -> Drawing {
    Drawing::Matrix(Matrix {
        labels: vec!["Réseau".into()],
        cells: vec![vec![0.0]],
        rows: "Avant".into(),
        columns: "Après".into(),
    })
}

pub(super) fn large_matrix() -> Drawing {
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

pub(super) fn network(nodes: usize, edges: usize, groups: usize) -> Drawing {
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

pub(super) fn pairs() -> Drawing {
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

pub(super) fn no_pairs() -> Drawing {
    let row = Pair { label: "A1".into(), first: None, second: None, text: "non renseigné".into() };
    Drawing::Pairs(Pairs {
        rows: vec![row],
        first: "Prévu".into(),
        second: "Réalisé".into(),
        axis: String::new(),
    })
}

pub(super) fn dots(panels: usize, short: bool) -> Drawing {
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
