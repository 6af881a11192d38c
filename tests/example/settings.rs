//! `bilan.toml` of the example, written for the facilitator who copies it.

use super::identifiers;
use super::sheet::NOTICE;
use super::work::RATES;

/// Maximum aid, rate, eligible base.
pub(crate) const AID: (u32, f64, u32) = (180_000, 0.75, 240_000);

pub(crate) fn file() -> Vec<u8> {
    let (maximum, rate, base) = AID;
    let mut text = format!(
        r#"# {NOTICE}
#
# Ce fichier dit à « bilan » ce que les tableurs ne disent pas. Tout y est facultatif : effacez une
# ligne et la valeur par défaut s'applique. Une ligne qui commence par # est un commentaire.
# Pour votre programme : copiez ce fichier à côté de vos tableurs et remplacez les valeurs.

[programme]
nom = "Boost Citoyen (exemple fictif)"
# Titre du projet, imprimé en couverture.
titre = "Accompagner la transition par la coopération locale"
# Qui reçoit l'aide. Les aides accordées à d'autres ne comptent pas dans vos chiffres.
beneficiaire = "Bleu Blanc Zèbre (exemple)"
# 14 chiffres, entre guillemets. Celui-ci est inventé.
siret = "{siret}"
# Numéro de la décision de l'ADEME, tel qu'il figure sur la convention.
decision_ademe = "20IFC0161"
# Premier jour du programme : les cumuls partent de là.
debut = "2024-10-01"
# Les données sont inventées : c'est écrit sur chaque page. À effacer pour un vrai programme.
fictif = true

# Annexe « Registre des données personnelles » : qui répond du traitement, et combien de temps les
# tableurs sont gardés.
[registre]
responsable = "Bleu Blanc Zèbre (exemple)"
base_legale = "intérêt légitime : rendre compte de l'emploi d'une aide publique"
conservation = "trois ans après le solde de l'aide"
destinataires = "les deux chargés de mission ; l'ADEME n'en reçoit que des effectifs"
contact = "donnees@exemple.fr"

[aide]
# Montant maximum de l'aide, en euros.
maximum = {maximum}
# Part des dépenses éligibles prise en charge : 0.75 pour 75 %.
taux = {rate}
# Total des dépenses éligibles retenu dans la convention, en euros.
base_eligible = {base}

# Taux horaires qui valorisent le bénévolat, en euros. Chacun vaut à partir de sa date ; sans
# catégorie, il vaut pour toutes celles qui n'ont pas le leur. Ici : le SMIC horaire brut.
"#,
        siret = identifiers::beneficiary(),
    );
    for ((year, month, day), category, rate) in RATES {
        text.push_str(&format!(
            "[[benevolat]]\ndepuis = \"{year}-{month:02}-{day:02}\"\ntaux = {}.{:02}\n",
            rate / 100,
            rate % 100
        ));
        if let Some(category) = category {
            text.push_str(&format!("categorie = \"{category}\"\n"));
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text.into_bytes()
}
