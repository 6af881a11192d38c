//! Every indicator, breakdown and reason has its words in both languages.

use super::testing::{Builder, cumulative, quarter, settings};
use super::{BOTH, Family, Reading, Value, all, compute};
use crate::texts::{Lang, Texts};

fn assert_said(key: &str) {
    for lang in [Lang::Fr, Lang::En] {
        let said = Texts::new(lang).find(key).is_some_and(|text| !text.is_empty());
        assert!(said, "{key} has no words in {}", lang.code());
    }
}

#[test]
fn indicators_and_families_have_words() {
    for indicator in all() {
        for part in ["nom", "definition", "formule"] {
            assert_said(&format!("indicateur.{}.{part}", indicator.id));
        }
    }
    Family::ALL.iter().for_each(|family| assert_said(&format!("famille.{}", family.code())));
}

/// Reasons no fold of this small programme meets.
const OTHER_REASONS: [&str; 33] = [
    "division-par-zero",
    "petit-effectif",
    "aucun-habitant",
    "temps-plein-nul",
    "aucun-projet-au-stade",
    "aucune-communication",
    "moins-de-deux-activites",
    "unite-non-comptee",
    "saisi-sans-date",
    "un-seul-reseau",
    "trop-de-paires",
    "financement-sans-territoire",
    "categorie-non-renseignee",
    "un-seul-financeur",
    "moins-de-deux-categories",
    "sans-ademe",
    "aide-inconnue",
    "assiette-inconnue",
    "assiette-nulle",
    "depenses-inconnues",
    "aide-non-reglee",
    "taux-benevolat-absent",
    "aucun-lien-de-reseau",
    "moins-de-deux-structures-de-reseau",
    "moins-de-deux-structures",
    "aucune-structure",
    "aucune-declaration",
    "perimetre-constant-vide",
    "sorties-inconnues",
    "aucun-montant",
    "aucun-montant-accorde",
    "aucun-montant-demande",
    "aucun-montant-encaisse",
];

#[test]
fn breakdowns_and_reasons_have_words() {
    let programme = Builder::new()
        .person(|p| p.gender = Some("F".into()))
        .project(&[], |_| {})
        .action("A", |a| a.quantity = Some(0.0))
        .budget(2026, "60", |l| (l.actual, l.eligible) = (Some(1), Some(true)))
        .activity("2026-07-01", |a| {
            a.kind = Some("conseil".into());
            a.anonymous = Some(3);
            a.hours = Some(1.0);
        })
        .present(0, &[0])
        .lesson("2026-07-01", "réussite", None)
        .build();
    let windows = [
        quarter("2026-T3"),
        quarter("2026-T2"),
        quarter("2020-T1"),
        cumulative("2026-01-01", "2026-T3"),
    ];
    for measure in compute(&programme, &settings(), &windows).all {
        if !["", BOTH].contains(&measure.reading.dimension) {
            assert_said(&format!("dimension.{}", measure.reading.dimension));
        }
        if let Value::Undefined(reason) = measure.reading.value {
            assert_said(&format!("motif.{reason}"));
        }
    }
    OTHER_REASONS.iter().for_each(|reason| assert_said(&format!("motif.{reason}")));
}

#[test]
fn a_modality_is_worded_else_as_typed() {
    let texts = Texts::new(Lang::En);
    let label = |dimension, modality: &str| Reading::count(1).by(dimension, modality).label(&texts);
    assert_eq!(label("genre", "F"), "Women");
    assert_eq!(label("commune", "non renseigné"), "not stated");
    assert_eq!(label("commune", "69001"), "69001");
}

#[test]
fn windows_before_the_programme_have_no_value() {
    let programme = Builder::new().activity("2026-07-01", |a| a.anonymous = Some(3)).build();
    let windows = [cumulative("2026-07-01", "2026-T3"), quarter("2026-T2")];
    let measures = compute(&programme, &settings(), &windows);
    let before = measures.get("participations", super::Scope::Programme, windows[1].kind);
    let value = before.map(|m| m.reading.value);
    assert_eq!(value, Some(Value::Undefined("avant-le-debut")));
}
