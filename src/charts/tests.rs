//! Each kind of figure with data like a real quarter's: read back, measured, and with `BILAN_VOIR`
//! set to a folder, written there as PNG to be looked at.

mod samples;

use super::{draw, png};
use crate::report::figure::{Bars, Drawing, Edge, Matrix, Network, Node, Series, Stacked};
use crate::texts::Lang;
use resvg::usvg::{Group, Node as SvgNode};
use samples::{SECRET, bar, dots, ladder, matrix, network, pairs, quarters, samples, territories};

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
