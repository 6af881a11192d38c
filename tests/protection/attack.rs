//! A reader of random programmes tries to work out what is withheld, with nothing taken from the program.
//!
//! Nothing may come out exactly, nor within fewer people than the threshold. The reader knows more than
//! the relations the program protects against (how many came to each place in each quarter, by answer):
//! its margin is there for that.

use super::files::plain;
use super::plan::{ASKED, Plan, plans};
use super::reader::{Reader, THRESHOLD};
use super::{folder, measured, programmes};
use bilan::privacy::attack::intervals;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;

/// What the attack of a programme gives.
#[derive(Default)]
struct Found {
    hidden: usize,
    exact: Vec<String>,
    narrow: Vec<String>,
}

impl Found {
    fn attack(&mut self, plan: &Plan) {
        let folder = folder(&plain(plan));
        let (known, published) = measured(folder.path(), |_| {});
        for question in (0..ASKED.len()).map(Some).chain([None]) {
            let reader = Reader::of(plan, &known, &published.all, question);
            let mut hidden = vec![false; reader.cells.len()];
            for (_, cell) in &reader.hidden {
                hidden[*cell] = true;
            }
            let found = intervals(&reader.cells, &reader.relations, &hidden);
            self.hidden += reader.hidden.len();
            for (name, cell) in &reader.hidden {
                let (low, high) = found[*cell].expect("a withheld figure");
                let said = format!("{name}: {low} to {high}");
                if low == high {
                    self.exact.push(said);
                } else if high - low < THRESHOLD {
                    self.narrow.push(said);
                }
            }
        }
    }
}

#[test]
fn nothing_withheld_can_be_worked_out() {
    let programmes = programmes();
    let mut runner = TestRunner::deterministic();
    let mut found = Found::default();
    for _ in 0..programmes {
        found.attack(&plans(110).new_tree(&mut runner).expect("a programme").current());
    }
    let said = format!(
        "{programmes} programmes, {} figures withheld, {} of them exact, {} narrow: {:#?} {:#?}",
        found.hidden,
        found.exact.len(),
        found.narrow.len(),
        found.exact,
        found.narrow
    );
    println!("{said}");
    assert!(found.hidden > 20 * programmes, "{said}");
    assert_eq!(found.exact, Vec::<String>::new());
    assert_eq!(found.narrow, Vec::<String>::new());
}
