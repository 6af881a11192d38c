//! `anomalies.xlsx`, answered and put back among the spreadsheets: only its sheet Décisions is data.

use super::Sheet;
use crate::texts::{Lang, Texts};

/// Keys of the names of its other sheets.
const DESCRIBING: [&str; 5] = [
    "classeur.couverture",
    "classeur.sommaire",
    "classeur.synthese",
    "classeur.anomalies",
    "classeur.lecture",
];

/// Keeps only the answers when the sheets are those of our own workbook of findings; whether they are.
pub(super) fn keep_answers(sheets: &mut Vec<(Sheet, bool)>) -> bool {
    let ours = [Lang::Fr, Lang::En].into_iter().find_map(|lang| {
        let texts = Texts::new(lang);
        let names = DESCRIBING.map(|key| texts.get(key));
        let is_there = |name: &String| sheets.iter().any(|(sheet, _)| *sheet.name == **name);
        names.iter().all(is_there).then_some(names)
    });
    let Some(names) = ours else { return false };
    sheets.retain(|(sheet, _)| names.iter().all(|name| *sheet.name != **name));
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(names: &[&str]) -> (bool, Vec<String>) {
        let sheet = |name: &&str| (Sheet { name: (*name).into(), ..Sheet::default() }, false);
        let mut sheets = names.iter().map(sheet).collect();
        let ours = keep_answers(&mut sheets);
        (ours, sheets.iter().map(|(sheet, _)| sheet.name.to_string()).collect())
    }

    #[test]
    fn only_the_answers_of_our_own_workbook_are_kept() {
        let ours = ["Couverture", "Sommaire", "Synthèse", "Anomalies", "Décisions", "Lecture"];
        assert_eq!(kept(&ours), (true, vec!["Décisions".to_owned()]));
        let others = ["Couverture", "Sommaire", "Activités", "Décisions"];
        assert_eq!(kept(&others), (false, others.map(str::to_owned).to_vec()));
        assert_eq!(kept(&[]), (false, vec![]));
    }
}
