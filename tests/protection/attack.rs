//! Nothing withheld of random programmes can be worked out, nor bounded more tightly than the threshold.

use super::files::plain;
use super::plan::{ASKED, Plan, plans};
use super::reader::{Reader, THRESHOLD};
use super::{folder, measured};
use bilan::privacy::attack::intervals;
use proptest::prelude::*;

/// What can be bounded too tightly.
fn attacked(plan: &Plan) -> Vec<String> {
    let folder = folder(&plain(plan));
    let (known, published) = measured(folder.path(), |_| {});
    let mut narrow = Vec::new();
    for question in 0..ASKED.len() {
        let reader = Reader::of(plan, &known, &published.all, question);
        let mut hidden = vec![false; reader.cells.len()];
        for (_, cell) in &reader.hidden {
            hidden[*cell] = true;
        }
        let found = intervals(&reader.cells, &reader.relations, &hidden);
        narrow.extend(reader.hidden.iter().filter_map(|(name, cell)| {
            let (low, high) = found[*cell].expect("a withheld figure");
            (high - low < THRESHOLD).then(|| format!("{name}: {low} to {high}"))
        }));
    }
    narrow
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn nothing_withheld_can_be_worked_out(plan in plans(110)) {
        let narrow = attacked(&plan);
        prop_assert!(narrow.is_empty(), "{narrow:#?}");
    }
}

#[test]
fn debug_many() {
    use proptest::strategy::{Strategy as _, ValueTree as _};
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let n: usize = std::env::var("DEBN").unwrap().parse().unwrap();
    let least: usize = std::env::var("DEBLEAST").unwrap().parse().unwrap();
    let (mut bad, mut done) = (0, 0);
    let t = std::time::Instant::now();
    while done < n {
        let plan = plans(110).new_tree(&mut runner).unwrap().current();
        if plan.people.len() < least {
            continue;
        }
        done += 1;
        let found = attacked(&plan);
        if !found.is_empty() {
            bad += 1;
            if [18].contains(&plan.people.len()) {
                let f = folder(&plain(&plan));
                let (k, p) = measured(f.path(), |_| {});
                let (_, t) = measured(f.path(), |s| s.thresholds.people = 1);
                for (m, t) in p.all.iter().zip(&t.all) {
                    let ids = [
                        "participants_uniques",
                        "nouveaux",
                        "de_retour",
                        "retention",
                        "chevauchement",
                        "participations",
                        "fidelisation",
                    ];
                    let (v, w) = (m.reading.value.get(), t.reading.value.get());
                    if ids.contains(&m.indicator.id)
                        && w.is_some()
                        && m.reading.dimension != "borne"
                        && m.reading.modality != "anonymes"
                    {
                        eprintln!(
                            "DEB {} {} {:?} {} {} = {:?} {:?} ({:?} {:?})",
                            m.indicator.id,
                            m.scope.name(&k.programme),
                            m.window.kind,
                            m.window.end,
                            m.reading.modality,
                            v,
                            m.reading.numerator,
                            w,
                            t.reading.numerator
                        );
                    }
                }
            }
            eprintln!(
                "DEB {} people {} sessions outside {}: {:?}",
                plan.people.len(),
                plan.sessions.len(),
                plan.outside,
                &found[..found.len().min(4)]
            );
        }
    }
    eprintln!("DEB {bad} of {n} in {:?}", t.elapsed());
}
