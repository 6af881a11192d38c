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
