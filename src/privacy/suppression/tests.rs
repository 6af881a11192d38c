use super::*;
use crate::privacy::attack::{Keep, Sense, intervals};

fn cell(value: u64, threshold: u64) -> Cell {
    let sensitive = value > 0 && value < threshold;
    Cell { value, threshold, sensitive, published: true, keep: Keep::Plain }
}

fn sum(parts: &[usize], constant: u64) -> Relation {
    let terms = parts.iter().map(|&c| (c, 1)).collect();
    Relation { terms, sense: Sense::Equal, constant: constant as i64 }
}

fn below(part: usize, whole: usize) -> Relation {
    Relation { terms: vec![(part, 1), (whole, -1)], sense: Sense::AtMost, constant: 0 }
}

/// One breakdown whose total is known.
fn breakdown(values: &[u64]) -> (Vec<bool>, Vec<usize>) {
    let cells: Vec<Cell> = values.iter().map(|&v| cell(v, 11)).collect();
    let all: Vec<usize> = (0..cells.len()).collect();
    let p = protect(&cells, &[sum(&all, values.iter().sum())]);
    (p.hidden, p.unprotected.into_iter().map(|(cell, _)| cell).collect())
}

fn all_wide(cells: &[Cell], relations: &[Relation], p: &Protection) {
    for (at, seen) in intervals(cells, relations, &p.hidden).into_iter().enumerate() {
        let Some((low, high)) = seen else { continue };
        assert!(high - low >= cells[at].threshold, "{at}: {low}..={high}");
    }
    assert!(p.unprotected.is_empty());
}

#[test]
fn linked_tables_give_nothing_away() {
    let mut cells: Vec<Cell> = [2, 2, 8, 8, 3, 3, 3, 7].map(|v| cell(v, 3)).to_vec();
    cells.iter_mut().for_each(|c| c.sensitive = c.value <= 3);
    let county = [sum(&[0, 1, 2, 3], 20), sum(&[4, 5, 6, 7], 16)];
    let size = [sum(&[0, 1, 2, 3, 4, 7], 30), sum(&[5, 6], 6)];
    let tables = [county, size].concat();
    let p = protect(&cells, &tables);
    all_wide(&cells, &tables, &p);
    assert_eq!((p.primary, p.complementary), (5, 1));
    assert!(p.hidden[7], "only N can hide K");
}

#[test]
fn one_breakdown() {
    assert_eq!(breakdown(&[3, 20, 40]), (vec![true, true, false], vec![]), "the smallest");
    assert_eq!(breakdown(&[20, 40]), (vec![false, false], vec![]), "nothing to hide");
    assert_eq!(breakdown(&[4, 5, 6]), (vec![true; 3], vec![]), "all small");
    assert_eq!(breakdown(&[0, 3, 20]), (vec![false, true, true], vec![]), "zero last");
    assert_eq!(breakdown(&[5]), (vec![true], vec![0]), "a single cell is its total");
    assert_eq!(breakdown(&[2, 3]), (vec![true; 2], vec![0, 1]), "total too small");
    assert_eq!(breakdown(&[]), (vec![], vec![]));
    assert_eq!(breakdown(&[3, 0]), (vec![true; 2], vec![0, 1]), "a zero hides what it can");
}

#[test]
fn what_is_kept_to_the_last_goes_only_where_nothing_else_serves() {
    let hidden = |values: &[u64]| {
        let mut cells: Vec<Cell> = values.iter().map(|&v| cell(v, 3)).collect();
        let total = cells.len();
        let sum: u64 = values.iter().sum();
        cells.push(Cell { sensitive: false, keep: Keep::Last, ..cell(sum, 3) });
        let terms = (0..total).map(|c| (c, 1)).chain([(total, -1)]).collect();
        let whole = [Relation { terms, sense: Sense::Equal, constant: 0 }];
        let p = protect(&cells, &whole);
        all_wide(&cells, &whole, &p);
        p.hidden
    };
    assert_eq!(hidden(&[2, 20, 40]), [true, true, false, false], "a part serves");
    assert_eq!(hidden(&[2]), [true, true], "only the total does");
    assert_eq!(hidden(&[1, 1]), [true, true, true], "two are not enough by themselves");
    assert_eq!(hidden(&[4, 5]), [false; 3], "nothing to protect");
}

/// Two territories (cells 0-2, 3-5) and their programme (6-8); 9-11 are people seen in
/// both, 12-14 people seen in neither.
#[test]
fn territories_overlap_in_a_programme() {
    let values = [3, 30, 40, 20, 25, 50, 21, 52, 85, 2, 4, 6, 0, 1, 1];
    let mut cells: Vec<Cell> = values.iter().map(|&v| cell(v, 11)).collect();
    let mut relations = vec![sum(&[9, 10, 11], 12), sum(&[12, 13, 14], 2)];
    for scope in [[0, 1, 2], [3, 4, 5], [6, 7, 8]] {
        relations.push(sum(&scope, scope.iter().map(|&c| values[c]).sum()));
    }
    for m in 0..3 {
        let terms = vec![(m, 1), (m + 3, 1), (m + 9, -1), (m + 12, 1), (m + 6, -1)];
        relations.push(Relation { terms, sense: Sense::Equal, constant: 0 });
        relations.extend([below(m, m + 6), below(m + 3, m + 6)]);
    }
    for aux in &mut cells[9..] {
        (aux.published, aux.sensitive) = (false, false);
    }
    let p = protect(&cells, &relations);
    all_wide(&cells, &relations, &p);
    assert!(p.hidden[0] && p.complementary >= 1 && !p.hidden[9..].contains(&true));
}

/// A quarter (cells 0-2) cannot exceed the year to date (3-5).
#[test]
fn windows_bound_each_other() {
    let values = [4, 30, 40, 12, 33, 45];
    let cells: Vec<Cell> = values
        .iter()
        .map(|&v| cell(v, 20))
        .map(|c| Cell { sensitive: c.value == 4, ..c })
        .collect();
    let mut relations = vec![sum(&[0, 1, 2], 74), sum(&[3, 4, 5], 90)];
    relations.extend((0..3).map(|m| below(m, m + 3)));
    let p = protect(&cells, &relations);
    all_wide(&cells, &relations, &p);
    assert!(p.hidden[3], "4 stays below 12 while 12 is published");
}
