//! The lines of the Cerfa 15059*02 (compte rendu financier), as data.

/// A line of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CerfaLine {
    /// Account, as users type it (`64`, `641`, `74etp`).
    pub account: &'static str,
    /// Label on the form.
    pub label: &'static str,
    /// Account of the heading it belongs to; its own for a heading.
    pub heading: &'static str,
    /// Outside the totals (86 and 87).
    pub outside: bool,
}

const fn l(
    account: &'static str,
    heading: &'static str,
    outside: bool,
    label: &'static str,
) -> CerfaLine {
    CerfaLine { account, label, heading, outside }
}

/// The line of an account: the exact one, else that of its first three, then two characters.
pub fn line(account: &str) -> Option<&'static CerfaLine> {
    let account = account.trim().to_lowercase();
    let find = |code: &str| CHARGES.iter().chain(INCOME).find(|l| l.account.to_lowercase() == code);
    find(&account)
        .or_else(|| account.get(..3).and_then(find))
        .or_else(|| account.get(..2).and_then(find))
}

/// Whether an account is a charge (6x, 86) rather than income (7x, 87).
pub fn is_charge(line: &CerfaLine) -> bool {
    CHARGES.contains(line)
}

/// Whether an account is a charge within the totals (60 to 69 and indirect charges; not 86).
pub fn counts_as_charge(account: &str) -> bool {
    line(account).is_some_and(|l| is_charge(l) && !l.outside)
}

/// Whether an account is income within the totals (70 to 79 and own resources; not 87).
pub fn counts_as_income(account: &str) -> bool {
    line(account).is_some_and(|l| !is_charge(l) && !l.outside)
}

/// Charges, in the order of the form.
pub static CHARGES: &[CerfaLine] = &[
    l("60", "60", false, "Achats"),
    l("604", "60", false, "Prestations de services"),
    l("601", "60", false, "Achats matières et fournitures"),
    l("60x", "60", false, "Autres fournitures"),
    l("61", "61", false, "Services extérieurs"),
    l("613", "61", false, "Locations"),
    l("615", "61", false, "Entretien et réparation"),
    l("616", "61", false, "Assurance"),
    l("618", "61", false, "Documentation"),
    l("62", "62", false, "Autres services extérieurs"),
    l("622", "62", false, "Rémunérations intermédiaires et honoraires"),
    l("623", "62", false, "Publicité, publication"),
    l("625", "62", false, "Déplacements, missions"),
    l("62x", "62", false, "Services bancaires, autres"),
    l("63", "63", false, "Impôts et taxes"),
    l("631", "63", false, "Impôts et taxes sur rémunération"),
    l("635", "63", false, "Autres impôts et taxes"),
    l("64", "64", false, "Charges de personnel"),
    l("641", "64", false, "Rémunération des personnels"),
    l("645", "64", false, "Charges sociales"),
    l("647", "64", false, "Autres charges de personnel"),
    l("65", "65", false, "Autres charges de gestion courante"),
    l("66", "66", false, "Charges financières"),
    l("67", "67", false, "Charges exceptionnelles"),
    l("68", "68", false, "Dotation aux amortissements"),
    l("69", "69", false, "Impôt sur les bénéfices (IS) ; Participation des salariés"),
    l("IND", "IND", false, "Charges indirectes affectées"),
    l("IND1", "IND", false, "Charges fixes de fonctionnement"),
    l("IND2", "IND", false, "Frais financiers"),
    l("IND3", "IND", false, "Autres"),
    l("86", "86", true, "Emplois des contributions volontaires en nature"),
    l("860", "86", true, "Secours en nature"),
    l("861", "86", true, "Mise à disposition gratuite de biens et services"),
    l("862", "86", true, "Prestations"),
    l("864", "86", true, "Personnel bénévole"),
];

/// Income (*produits*), in the order of the form.
pub static INCOME: &[CerfaLine] = &[
    l("70", "70", false, "Vente de produits finis, de marchandises, prestations de services"),
    l("73", "73", false, "Dotations et produits de tarification"),
    l("74", "74", false, "Subventions d'exploitation"),
    l("74etat", "74", false, "État (ministère, direction ou service déconcentré)"),
    l("74region", "74", false, "Conseil(s) régional(aux)"),
    l("74dep", "74", false, "Conseil(s) départemental(aux)"),
    l("74epci", "74", false, "Intercommunalité(s) : EPCI"),
    l("74com", "74", false, "Commune(s)"),
    l("74orgasoc", "74", false, "Organismes sociaux (CAF, etc.)"),
    l("74fe", "74", false, "Fonds européens (FSE, FEDER, etc.)"),
    l("74asp", "74", false, "Agence de services et de paiement (emplois aidés)"),
    l("74etp", "74", false, "Autres établissements publics"),
    l("74priv", "74", false, "Aides privées (fondation)"),
    l("75", "75", false, "Autres produits de gestion courante"),
    l("756", "75", false, "Cotisations"),
    l("758", "75", false, "Dons manuels - Mécénat"),
    l("750", "75", false, "Autres produits de gestion courante"),
    l("76", "76", false, "Produits financiers"),
    l("77", "77", false, "Produits exceptionnels"),
    l("78", "78", false, "Reprises sur amortissements et provisions"),
    l(
        "789",
        "78",
        false,
        "Report de ressources affectées et non utilisées sur des exercices antérieurs",
    ),
    l("79", "79", false, "Transfert de charges"),
    l("RP", "RP", false, "Ressources propres affectées au projet (autofinancement)"),
    l("87", "87", true, "Contributions volontaires en nature"),
    l("870", "87", true, "Bénévolat"),
    l("871", "87", true, "Prestations en nature"),
    l("875", "87", true, "Dons en nature"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_finds_its_line_or_its_heading() {
        assert_eq!(line("641").map(|l| l.heading), Some("64"));
        assert_eq!(line("6411").map(|l| l.account), Some("641"));
        assert_eq!(line("74ETP").map(|l| l.label), Some("Autres établissements publics"));
        assert_eq!(line("99"), None);
        assert!(line("86").is_some_and(|l| l.outside));
        assert!(counts_as_charge("641") && counts_as_charge("IND1") && !counts_as_charge("864"));
        assert!(counts_as_income("74etp") && counts_as_income("RP") && !counts_as_income("870"));
        assert!(line("64").is_some_and(is_charge) && !line("74").is_some_and(is_charge));
    }
}
