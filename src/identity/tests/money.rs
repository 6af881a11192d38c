//! Funders and beneficiaries.

use super::linked_as;

const HEADER: &str = "Financeur;Bénéficiaire;SIRET du bénéficiaire;Montant accordé";

#[test]
fn a_funder_has_one_spelling_and_our_rows_are_told_from_others() {
    let rows = [
        "Ville de Sucy;Bleu Blanc Zèbre;;100",
        "VILLE DE SUCY;Asso. Bleu Blanc Zèbre;;200",
        "Ville de Sucy;Les Voisins;;300",
        "Région;Les Voisins;73282932000074;400",
        "Région;;;500",
    ];
    let list = format!("{HEADER}\n{}\n", rows.join("\n"));
    let of = |beneficiary: Option<&str>| {
        let linked = linked_as(&[("Financements.csv", list.as_str())], |settings| {
            settings.programme.beneficiary = beneficiary.map(str::to_owned);
            settings.programme.siret = Some("73282932000074".to_owned());
        });
        let rows = linked.programme.funding.into_iter();
        rows.map(|funding| (funding.funder, funding.ours)).collect::<Vec<_>>()
    };
    let (sucy, region) = ("Ville de Sucy".to_owned(), "Région".to_owned());
    assert_eq!(
        of(Some("BLEU BLANC ZÈBRE")),
        [
            (sucy.clone(), true),
            (sucy.clone(), true),
            (sucy, false),
            (region.clone(), true),
            (region, true)
        ]
    );
    assert!(of(None).iter().all(|(_, ours)| *ours), "nobody is configured");
}
