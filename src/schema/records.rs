//! What is recorded along the way: hours, volunteering, targets, lessons, communication.

use super::work::ROLES;
use super::{Choice, Kind, TableId, TableSpec, col, label};

pub(super) static TIMESHEETS: TableSpec = TableSpec {
    id: TableId::Timesheets,
    sheet: "Temps",
    aliases: &[
        "Feuille de temps",
        "Feuilles de temps",
        "Heures",
        "Suivi du temps",
        "Temps passé",
        "Temps de travail",
    ],
    people: true,
    key: &[],
    meaning: "Heures de travail des chargés de mission.",
    columns: &[
        col("date", "Date", Kind::Date, &["Jour", "Mois", "Semaine"], "Jour travaillé.")
            .once()
            .required(),
        col(
            "worker",
            "Chargé de mission",
            Kind::Text,
            &["Salarié", "Agent", "Nom", "Chargée de mission", "CM", "Qui"],
            "Qui a travaillé.",
        )
        .once()
        .required()
        .personal(),
        col(
            "hours",
            "Heures",
            Kind::Number,
            &["Nb heures", "Durée", "Temps (h)", "Durée (h)", "Nombre d'heures"],
            "Heures travaillées.",
        )
        .required()
        .unit("h"),
        col(
            "action",
            "Action",
            Kind::Code,
            &["Ligne du plan", "N° action"],
            "Ligne du plan d'actions.",
        ),
        col("territory", "Territoire", Kind::Text, &["Secteur"], "Territoire."),
        col("role", "Rôle", Kind::Choice(ROLES), &["Mission"], "Rôle tenu."),
    ],
};

pub(super) static VOLUNTEERING: TableSpec = TableSpec {
    id: TableId::Volunteering,
    sheet: "Bénévolat",
    aliases: &["Heures de bénévolat", "Heures bénévoles", "Bénévoles"],
    people: false,
    key: &[],
    meaning: "Heures données par les bénévoles.",
    columns: &[
        col("date", "Date", Kind::Date, &["Jour", "Mois"], "Jour.").once().required(),
        col(
            "hours",
            "Heures",
            Kind::Number,
            &["Nb heures", "Durée", "Durée (h)", "Nombre d'heures"],
            "Heures données.",
        )
        .required()
        .unit("h"),
        col(
            "action",
            "Action",
            Kind::Code,
            &["Ligne du plan", "N° action"],
            "Ligne du plan d'actions.",
        ),
        col(
            "category",
            "Catégorie",
            Kind::Text,
            &["Type", "Taux", "Nature"],
            "Catégorie, qui fixe le taux horaire.",
        ),
    ],
};

pub(super) static TARGETS: TableSpec = TableSpec {
    id: TableId::Targets,
    sheet: "Objectifs",
    aliases: &["Cibles", "Objectif", "Valeurs cibles"],
    people: false,
    key: &["indicator", "territory", "period"],
    meaning: "Valeurs visées, indicateur par indicateur.",
    columns: &[
        col(
            "indicator",
            "Indicateur",
            Kind::Text,
            &["Id indicateur", "Code indicateur"],
            "Identifiant de l'indicateur, tel que dans les annexes du rapport.",
        )
        .required(),
        col(
            "territory",
            "Territoire",
            Kind::Text,
            &["Secteur"],
            "Territoire ; vide : le programme entier.",
        ),
        col(
            "period",
            "Période",
            Kind::Text,
            &["Trimestre", "Année", "Échéance"],
            "Trimestre (2026-T3) ou année ; vide : cumul.",
        ),
        col(
            "limit",
            "Valeur limite",
            Kind::Number,
            &["Limite", "Valeur initiale", "Plancher"],
            "Valeur qui donne un score de 0.",
        ),
        col(
            "target",
            "Valeur cible",
            Kind::Number,
            &["Cible", "Objectif", "Valeur visée"],
            "Valeur qui donne un score de 1.",
        )
        .required(),
    ],
};

static LEARNING_KINDS: &[Choice] = &[
    label("difficulté", &["frein", "problème", "obstacle"]),
    label("inflexion", &["changement", "réorientation", "ajustement"]),
    label("enseignement", &["leçon", "apprentissage", "retour d'expérience"]),
    label("réussite", &["succès", "point fort"]),
    label("témoignage", &["verbatim", "citation"]),
];

pub(super) static LEARNING: TableSpec = TableSpec {
    id: TableId::Learning,
    sheet: "Capitalisation",
    aliases: &["Enseignements", "Retours d'expérience", "Journal"],
    people: false,
    key: &[],
    meaning: "Difficultés, inflexions, enseignements, réussites, témoignages.",
    columns: &[
        col("date", "Date", Kind::Date, &["Jour"], "Jour.").once().required(),
        col(
            "kind",
            "Type",
            Kind::Choice(LEARNING_KINDS),
            &["Nature", "Catégorie"],
            "De quoi il s'agit.",
        )
        .required(),
        col(
            "text",
            "Texte",
            Kind::Text,
            &["Description", "Contenu", "Commentaire", "Quoi"],
            "Le texte repris dans le rapport.",
        )
        .required(),
        col("territory", "Territoire", Kind::Text, &["Secteur"], "Territoire."),
        col("project", "Projet", Kind::Text, &["Id projet"], "Projet."),
        col("link", "Lien", Kind::Text, &["URL", "Adresse"], "Lien vers un document."),
    ],
};

pub(super) static COMMUNICATION: TableSpec = TableSpec {
    id: TableId::Communication,
    sheet: "Valorisation",
    aliases: &["Communication", "Communications", "Presse", "Revue de presse"],
    people: false,
    key: &[],
    meaning: "Communications sur le programme.",
    columns: &[
        col("date", "Date", Kind::Date, &["Jour", "Parution"], "Jour.").required(),
        col("medium", "Support", Kind::Text, &["Média", "Titre", "Canal"], "Support.").required(),
        col(
            "mentions_ademe",
            "Mention ADEME",
            Kind::Flag,
            &["ADEME mentionnée", "Mention de l'ADEME", "Logo ADEME"],
            "L'ADEME est-elle mentionnée ?",
        ),
        col(
            "audience",
            "Audience estimée",
            Kind::Number,
            &["Audience", "Portée", "Lecteurs"],
            "Audience estimée.",
        )
        .unit("personnes"),
        col("link", "Lien", Kind::Text, &["URL", "Adresse"], "Lien."),
    ],
};
