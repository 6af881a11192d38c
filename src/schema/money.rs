//! Money: funding, Cerfa budget, treasury.

use super::{Choice, Kind, TableId, TableSpec, col, label};

/// Statuses of money that is signed: granted amounts count from there (a vote is not a signature).
pub const SIGNED_STATUSES: [&str; 2] = ["conventionné", "soldé"];

static STATUSES: &[Choice] = &[
    label("identifié", &["identifiée", "repéré", "piste"]),
    label("en préparation", &["préparation", "en cours de rédaction"]),
    label("déposé", &["déposée", "en instruction", "demandé", "instruction"]),
    label("voté", &["votée", "accordé", "accordée"]),
    label("conventionné", &["conventionnée", "signé", "signée", "notifié"]),
    label("refusé", &["refusée", "rejeté", "non retenu"]),
    label("soldé", &["soldée", "versé", "clos", "payé"]),
];

static NATURES: &[Choice] = &[
    label(
        "numéraire",
        &["aide en numéraire", "en numéraire", "argent", "subvention en numéraire", "numeraire"],
    ),
    label("nature", &["aide en nature", "en nature", "mise à disposition"]),
];

/// Cerfa lines of account 74 and the others that bring money in.
static CATEGORIES: &[Choice] = &[
    label("État", &["etat", "ministère", "direction régionale", "préfecture", "drieat", "fdva"]),
    label("Région", &["conseil régional", "conseils régionaux"]),
    label("Département", &["conseil départemental", "conseils départementaux"]),
    label(
        "Intercommunalité",
        &["epci", "intercommunalités", "métropole", "communauté d'agglomération"],
    ),
    label("Commune", &["communes", "ville", "mairie"]),
    label("Organismes sociaux", &["caf", "organisme social"]),
    label("Fonds européens", &["fse", "feder", "europe", "union européenne"]),
    label("Emplois aidés", &["asp", "agence de services et de paiement"]),
    label(
        "Autres établissements publics",
        &["établissement public", "ademe", "epic", "agence de l'eau"],
    ),
    label("Aides privées", &["fondation", "aide privée", "mécénat d'entreprise", "entreprise"]),
    label(
        "Ressources propres",
        &["autofinancement", "cotisations", "dons", "ventes", "prestations"],
    ),
];

pub(super) static FUNDING: TableSpec = TableSpec {
    id: TableId::Funding,
    sheet: "Financements",
    aliases: &["Financement", "Subventions", "Subvention", "Financeurs", "Aides", "SCDL"],
    people: false,
    key: &[],
    meaning: "Chaque aide demandée, accordée ou reçue.",
    columns: &[
        col(
            "funder",
            "Financeur",
            Kind::Text,
            &["nomAttribuant", "Nom de l'attribuant", "Attribuant", "Funding Org:Name"],
            "Qui finance.",
        )
        .once()
        .required(),
        col(
            "category",
            "Catégorie",
            Kind::Choice(CATEGORIES),
            &["Type de financeur", "Ligne Cerfa"],
            "Catégorie du financeur, ligne du Cerfa.",
        ),
        col(
            "asked",
            "Montant demandé",
            Kind::Money,
            &["Demandé", "Amount Applied For"],
            "Montant demandé.",
        )
        .unit("€"),
        col(
            "granted",
            "Montant accordé",
            Kind::Money,
            &[
                "Montant",
                "Accordé",
                "Montant total de la subvention",
                "Subvention accordée",
                "Montant voté",
                "Amount Awarded",
                "Montant € HT",
            ],
            "Montant accordé.",
        )
        .unit("€"),
        col(
            "received",
            "Montant encaissé",
            Kind::Money,
            &["Encaissé", "Versé", "Montant versé", "Reçu"],
            "Montant encaissé.",
        )
        .unit("€"),
        col("status", "Statut", Kind::Choice(STATUSES), &["État"], "Où en est la demande."),
        col(
            "filed",
            "Date de dépôt",
            Kind::Date,
            &["Dépôt", "Déposé le"],
            "Date de dépôt de la demande.",
        ),
        col(
            "decided",
            "Date de décision",
            Kind::Date,
            &["Décision", "Voté le", "Date du vote"],
            "Date de la décision.",
        ),
        col(
            "signed",
            "Date de convention",
            Kind::Date,
            &[
                "dateConvention",
                "Convention",
                "Date de la convention de subvention",
                "Signé le",
                "Date de signature",
                "Award Date",
                "Conventionné le",
            ],
            "Date de signature de la convention.",
        ),
        col("payments", "Versements", Kind::Text, &["Dates de versement"], "Dates des versements."),
        col(
            "year",
            "Exercice",
            Kind::Year,
            &["Année", "Année budgétaire", "Millésime"],
            "Exercice budgétaire.",
        )
        .once(),
        col(
            "covers",
            "Période couverte",
            Kind::Span,
            &[
                "datesPeriodeVersement",
                "Date ou période de versement",
                "Dates période versement",
                "Période",
            ],
            "Période couverte par l'aide.",
        ),
        col(
            "reference",
            "Référence de décision",
            Kind::Text,
            &["referenceDecision", "Référence de la décision", "Référence", "N° de décision"],
            "Référence de la décision.",
        ),
        col(
            "purpose",
            "Objet",
            Kind::Text,
            &["Objet de la subvention", "Libellé", "Description"],
            "Objet de l'aide.",
        ),
        col(
            "nature",
            "Nature",
            Kind::Choice(NATURES),
            &["Nature de la subvention", "Nature de l'aide"],
            "Numéraire ou nature.",
        ),
        col(
            "earmarked",
            "Affecté",
            Kind::Flag,
            &["Fléché", "Affectée"],
            "L'aide est-elle affectée à une action ?",
        ),
        col(
            "funder_siret",
            "SIRET du financeur",
            Kind::Siret,
            &["idAttribuant", "Identification de l'attribuant", "SIRET financeur"],
            "SIRET du financeur.",
        ),
        col(
            "beneficiary",
            "Bénéficiaire",
            Kind::Text,
            &[
                "nomBeneficiaire",
                "Nom du bénéficiaire",
                "Nom de l'organisme bénéficiaire",
                "Recipient Org:Name",
            ],
            "Bénéficiaire, s'il n'est pas le programme (données ouvertes).",
        ),
        col(
            "beneficiary_siret",
            "SIRET du bénéficiaire",
            Kind::Siret,
            &["idBeneficiaire", "Identification du bénéficiaire", "SIRET bénéficiaire"],
            "SIRET du bénéficiaire.",
        ),
        col(
            "territory",
            "Territoire",
            Kind::Text,
            &["Secteur"],
            "Territoire, si l'aide lui est propre.",
        ),
    ],
};

pub(super) static BUDGET: TableSpec = TableSpec {
    id: TableId::Budget,
    sheet: "Budget",
    aliases: &["Budget Cerfa", "Cerfa", "Compte rendu financier", "Budget prévisionnel"],
    people: false,
    key: &[],
    meaning: "Budget au format Cerfa 15059*02, prévu et réalisé.",
    columns: &[
        col("year", "Exercice", Kind::Year, &["Année"], "Exercice budgétaire.").once().required(),
        col(
            "account",
            "Compte Cerfa",
            Kind::Code,
            &["Compte", "N° compte", "Code compte"],
            "Compte : 60 à 69, 70 à 79, 86, 87.",
        )
        .required(),
        col("label", "Libellé", Kind::Text, &["Intitulé", "Poste"], "Libellé du poste."),
        col(
            "action",
            "Action",
            Kind::Code,
            &["Ligne du plan", "N° action"],
            "Ligne du plan d'actions.",
        ),
        col(
            "planned",
            "Prévu",
            Kind::Money,
            &["Prévision", "Budget", "Montant prévu", "Prévisionnel"],
            "Montant prévu.",
        )
        .required()
        .unit("€"),
        col(
            "actual",
            "Réalisé",
            Kind::Money,
            &["Réalisation", "Montant réalisé", "Exécuté"],
            "Montant réalisé.",
        )
        .unit("€"),
        col(
            "eligible",
            "Éligible ADEME",
            Kind::Flag,
            &["Éligible"],
            "Dépense retenue par l'ADEME ?",
        ),
        col("receipt", "Pièce", Kind::Text, &["Justificatif", "N° pièce"], "Pièce justificative."),
    ],
};

pub(super) static TREASURY: TableSpec = TableSpec {
    id: TableId::Treasury,
    sheet: "Trésorerie",
    aliases: &["Tréso", "Banque"],
    people: false,
    key: &["date"],
    meaning: "Trésorerie à une date.",
    columns: &[
        col("date", "Date", Kind::Date, &["Jour", "Au", "Arrêté au"], "Jour.").required(),
        col(
            "available",
            "Disponible",
            Kind::Money,
            &["Solde", "Disponibilités"],
            "Disponible en banque.",
        )
        .required()
        .unit("€"),
        col("dedicated", "Fonds dédiés", Kind::Money, &["Dédiés"], "Fonds dédiés.").unit("€"),
        col(
            "debts",
            "Dettes < 1 an",
            Kind::Money,
            &["Dettes", "Dettes à moins d'un an"],
            "Dettes à moins d'un an.",
        )
        .unit("€"),
    ],
};
