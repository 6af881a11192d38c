//! What ties actors together: partnerships, cooperation, territories, decisions.

use super::{Choice, Kind, TableId, TableSpec, col, label};

static PARTNERSHIP_ROLES: &[Choice] = &[
    label("porteur", &["porteuse", "pilote", "chef de file"]),
    label("partenaire", &["associé"]),
    label("financeur", &["financeuse"]),
    label("soutien", &["appui"]),
];

pub(super) static PARTNERSHIPS: TableSpec = TableSpec {
    id: TableId::Partnerships,
    sheet: "Partenariats",
    aliases: &["Partenariat", "Partenaires des projets", "Partenaires par projet"],
    people: false,
    key: &["project", "organisation"],
    meaning: "Quelles structures portent, soutiennent ou financent quel projet.",
    columns: &[
        col("project", "Projet", Kind::Text, &["Id projet", "Code projet"], "Projet.")
            .once()
            .required(),
        col(
            "organisation",
            "Structure",
            Kind::Text,
            &["Id structure", "Partenaire", "Organisation"],
            "Structure.",
        )
        .required(),
        col(
            "role",
            "Rôle",
            Kind::Choice(PARTNERSHIP_ROLES),
            &["Qualité"],
            "Rôle de la structure dans le projet.",
        ),
        col(
            "from",
            "Date d'entrée",
            Kind::Date,
            &["Entrée", "Depuis", "Début"],
            "Date d'entrée dans le projet.",
        ),
        col(
            "to",
            "Date de sortie",
            Kind::Date,
            &["Sortie", "Jusqu'au", "Fin"],
            "Date de sortie du projet.",
        ),
    ],
};

static DECLARANTS: &[Choice] = &[
    label("A", &["structure a"]),
    label("B", &["structure b"]),
    label("chargé de mission", &["chargée de mission", "cm"]),
];

static LEVELS: &[Choice] = &[
    label("0", &["aucun", "pas de lien"]),
    label("1", &["on se connaît", "niveau 1", "se connaissent", "connaissance"]),
    label("2", &["on sait ce que fait l'autre", "niveau 2", "échange"]),
    label("3", &["on fait ensemble", "niveau 3", "on fait des projets ensemble", "projet commun"]),
];

pub(super) static COOPERATIONS: TableSpec = TableSpec {
    id: TableId::Cooperations,
    sheet: "Coopérations",
    aliases: &["Coopération", "Synergies", "Liens", "Réseau"],
    people: false,
    key: &["a", "b", "date", "declarant"],
    meaning: "Niveau de coopération déclaré entre deux structures, à une date.",
    columns: &[
        col("a", "Structure A", Kind::Text, &["A", "De", "from", "Structure 1", "Source"], "Première structure.").once().required(),
        col("b", "Structure B", Kind::Text, &["B", "Vers", "to", "Structure 2", "Cible"], "Seconde structure.").required(),
        col("level", "Niveau", Kind::Choice(LEVELS), &["Niveau de coopération", "Degré"], "0 aucun lien, 1 on se connaît, 2 on sait ce que fait l'autre, 3 on fait des projets ensemble.").required(),
        col("date", "Date", Kind::Date, &["Jour", "Le"], "Date de la déclaration.").once().required(),
        col("declarant", "Déclarant", Kind::Choice(DECLARANTS), &["Déclaré par", "Qui"], "Qui le déclare : A, B ou le chargé de mission."),
        col("evidence", "Preuve", Kind::Text, &["Justificatif", "Référence"], "Preuve : type et référence."),
    ],
};

pub(super) static TERRITORIES: TableSpec = TableSpec {
    id: TableId::Territories,
    sheet: "Territoires",
    aliases: &["Territoire"],
    people: false,
    key: &["name"],
    meaning: "Les territoires du programme.",
    columns: &[
        col("name", "Nom", Kind::Text, &["Territoire", "Nom du territoire"], "Nom du territoire.")
            .required(),
        col(
            "codes",
            "Codes INSEE",
            Kind::List,
            &["Code(s) INSEE", "Communes"],
            "Codes INSEE de ses communes.",
        ),
        col(
            "population",
            "Population",
            Kind::Number,
            &["Habitants", "Nb habitants"],
            "Nombre d'habitants.",
        )
        .unit("habitants"),
        col(
            "vintage",
            "Millésime",
            Kind::Code,
            &["Année", "Source"],
            "Année du chiffre de population.",
        ),
        col(
            "host",
            "Structure porteuse",
            Kind::Text,
            &["Structure", "Porteur"],
            "Structure qui porte le programme sur place.",
        ),
        col(
            "start",
            "Date de démarrage",
            Kind::Date,
            &["Démarrage", "Début", "Depuis"],
            "Premier jour de présence.",
        ),
        col("fte", "ETPT", Kind::Number, &["ETP"], "Équivalents temps plein travaillés affectés.")
            .unit("ETPT"),
    ],
};

static VERDICTS: &[Choice] = &[
    label("même", &["meme", "mêmes", "identique", "idem", "pareil", "oui", "="]),
    label("différent", &["différente", "différents", "différentes", "distinct", "autre", "non"]),
];

pub(super) static DECISIONS: TableSpec = TableSpec {
    id: TableId::Decisions,
    sheet: "Décisions",
    aliases: &["Décision", "Doublons"],
    people: false,
    key: &["table", "left", "right"],
    meaning: "Réponses humaines aux doublons suggérés, rejouées à chaque exécution.",
    columns: &[
        col("table", "Table", Kind::Text, &["Feuille"], "Table concernée.").required(),
        col("left", "Gauche", Kind::Text, &["left", "Premier", "A"], "Premier élément.").required(),
        col("right", "Droite", Kind::Text, &["right", "Second", "B"], "Second élément.").required(),
        col(
            "verdict",
            "Décision",
            Kind::Choice(VERDICTS),
            &["Verdict", "Réponse"],
            "même ou différent ; vide : pas encore répondu.",
        ),
        col("by", "Par", Kind::Text, &["Décidé par"], "Qui a décidé.").personal(),
        col("date", "Date", Kind::Date, &["Le"], "Quand."),
        col(
            "for",
            "Indices pour",
            Kind::Text,
            &[],
            "Ce qui laisse penser que c'est la même chose.",
        ),
        col("against", "Indices contre", Kind::Text, &[], "Ce qui laisse penser que non."),
        col("score", "Ressemblance", Kind::Number, &[], "De 0,8 à 1."),
        col("left_place", "Où est la gauche", Kind::Text, &[], "Fichier, feuille et cellule."),
        col("right_place", "Où est la droite", Kind::Text, &[], "Fichier, feuille et cellule."),
    ],
};
