//! What is done: activities, attendance, plan, hours, targets, learning, communication.

use super::{Choice, Kind, TableId, TableSpec, col, label};

pub(super) static ROLES: &[Choice] = &[
    label("facilitateur", &["facilitatrice", "facilitation"]),
    label("animateur", &["animatrice", "animation"]),
    label("accompagnateur", &["accompagnatrice", "accompagnement"]),
    label("chef de projet", &["cheffe de projet", "gestion de projet"]),
    label("conseil", &["conseiller", "conseillère", "consultant"]),
    label("formateur", &["formatrice", "formation"]),
];

static ACTIVITY_KINDS: &[Choice] = &[
    label("atelier", &["ateliers participatifs", "atelier participatif", "workshop"]),
    label("formation", &["stage"]),
    label("conférence", &["conf", "conférence débat", "ciné-débat", "projection"]),
    label("stand", &["tenue de stand", "festival", "forum"]),
    label("comité de coordination", &["comité coordination", "coco", "réunion de coordination"]),
    label("comité de suivi", &["comité suivi", "copil", "comité de pilotage"]),
    label("accompagnement", &["rdv porteur", "rendez-vous", "suivi de projet", "entretien"]),
    label("médiation", &["mediation de projet"]),
    label("conseil", &["conseil aux structures"]),
    label(
        "rencontre élus",
        &["rencontre avec les élus", "rdv élus", "rencontre élu", "rdv mairie"],
    ),
    label("contact financeur", &["rdv financeur", "point ademe", "contact avec un financeur"]),
    label("concertation", &["réunion publique", "co-construction", "atelier de co-construction"]),
    label("chantier", &["chantier participatif"]),
    label("réunion", &["réunion de travail", "rencontre"]),
    label("autre", &["divers"]),
];

pub(super) static ACTIVITIES: TableSpec = TableSpec {
    id: TableId::Activities,
    sheet: "Activités",
    aliases: &[
        "Actions",
        "Événements",
        "Agenda",
        "Ateliers",
        "Évènements",
        "Calendrier",
        "Journal d'activités",
    ],
    people: false,
    key: &["id"],
    meaning: "Ce qui a été fait : ateliers, formations, comités, accompagnements, rencontres.",
    columns: &[
        col(
            "id",
            "Id",
            Kind::Code,
            &[
                "Identifiant",
                "Code",
                "N°",
                "Numéro",
                "Référence",
                "Réf",
                "Code activité",
                "Id activité",
            ],
            "Identifiant de l'activité, repris dans Présences.",
        )
        .required(),
        col(
            "date",
            "Date",
            Kind::Date,
            &["Jour", "Date de l'activité", "Date de l'événement", "Le"],
            "Jour de l'activité.",
        )
        .once()
        .required(),
        col(
            "title",
            "Intitulé",
            Kind::Text,
            &["Titre", "Nom", "Nom de l'activité", "Libellé", "Activité", "Événement", "Quoi"],
            "Intitulé de l'activité.",
        )
        .required(),
        col(
            "kind",
            "Type",
            Kind::Choice(ACTIVITY_KINDS),
            &["Type d'activité", "Nature", "Catégorie", "Format"],
            "Type d'activité.",
        ),
        col(
            "role",
            "Rôle",
            Kind::Choice(ROLES),
            &["Rôle du chargé de mission", "Posture du CM", "Rôle CM"],
            "Rôle tenu par le chargé de mission.",
        ),
        col(
            "territory",
            "Territoire",
            Kind::Text,
            &["Secteur", "Zone", "Département", "Terr."],
            "Territoire où elle a lieu.",
        )
        .once(),
        col(
            "commune",
            "Commune",
            Kind::Commune,
            &["Ville", "Lieu", "Code INSEE"],
            "Commune où elle a lieu.",
        ),
        col(
            "action",
            "Action",
            Kind::Code,
            &["Ligne du plan", "Action du plan", "N° action"],
            "Ligne du plan d'actions à laquelle elle contribue.",
        ),
        col(
            "project",
            "Projet",
            Kind::Text,
            &["Projet accompagné", "Id projet", "Code projet"],
            "Projet accompagné.",
        ),
        col(
            "hours",
            "Durée (h)",
            Kind::Number,
            &["Durée", "Heures", "Nb heures", "Durée en heures", "Durée heures"],
            "Durée en heures.",
        )
        .unit("h"),
        col(
            "anonymous",
            "Comptage anonyme",
            Kind::Integer,
            &[
                "Participants non nommés",
                "Comptage",
                "Anonymes",
                "Nb anonymes",
                "Présents non inscrits",
            ],
            "Personnes présentes comptées sans être nommées.",
        )
        .unit("personnes"),
        col(
            "reached",
            "Personnes touchées",
            Kind::Integer,
            &["Touchés", "Public touché", "Audience", "Personnes touchées (estimation)"],
            "Estimation du public touché, jamais additionnée aux présences.",
        )
        .unit("personnes"),
        col(
            "organisers",
            "Structures organisatrices",
            Kind::List,
            &["Organisateurs", "Organisé par", "Co-organisateurs", "Structures", "Partenaires"],
            "Structures qui organisent.",
        ),
    ],
};

static ATTENDANCE_ROLES: &[Choice] = &[
    label("participant", &["participante", "présent", "présente", "x", "p", "public", "inscrit"]),
    label("bénévole", &["b", "volontaire"]),
    label("organisateur", &["organisatrice", "o", "orga"]),
    label("intervenant", &["intervenante", "i", "animateur", "formateur"]),
];

pub(super) static ATTENDANCE: TableSpec = TableSpec {
    id: TableId::Attendance,
    sheet: "Présences",
    aliases: &["Présence", "Émargement", "Feuille de présence", "Inscriptions", "Émargements"],
    people: true,
    key: &["activity", "participant"],
    meaning: "Qui était à quelle activité. Se lit aussi en tableau croisé : personnes en lignes, activités en colonnes.",
    columns: &[
        col(
            "activity",
            "Activité",
            Kind::Code,
            &[
                "Id activité",
                "Code activité",
                "Événement",
                "event",
                "Atelier",
                "N° activité",
                "Campagne",
            ],
            "Identifiant de l'activité.",
        )
        .once()
        .required(),
        col(
            "participant",
            "Participant",
            Kind::Code,
            &[
                "Id participant",
                "Code participant",
                "Personne",
                "actor",
                "Id personne",
                "Participante",
            ],
            "Identifiant du participant, ou nom et prénom.",
        )
        .required()
        .personal(),
        col(
            "role",
            "Rôle",
            Kind::Choice(ATTENDANCE_ROLES),
            &["Statut", "Qualité", "En tant que"],
            "Rôle tenu : participant, bénévole, organisateur, intervenant.",
        ),
        col(
            "territory",
            "Territoire",
            Kind::Text,
            &[],
            "Territoire, seulement si la table Activités manque.",
        )
        .once(),
        col("date", "Date", Kind::Date, &["Jour"], "Date, seulement si la table Activités manque.")
            .once(),
    ],
};

pub(super) static ACTION_PLAN: TableSpec = TableSpec {
    id: TableId::ActionPlan,
    sheet: "Plan d'actions",
    aliases: &["Plan d'action", "Plan", "Fiches actions", "Actions prévues", "Programme d'actions"],
    people: false,
    key: &["id"],
    meaning: "Ce que le programme s'est engagé à faire.",
    columns: &[
        col(
            "id",
            "Id",
            Kind::Code,
            &["Identifiant", "Code", "N°", "Identifiant fiche action", "Numéro", "N° action"],
            "Identifiant de la ligne, repris dans Activités et Budget.",
        )
        .required(),
        col(
            "title",
            "Intitulé",
            Kind::Text,
            &["Titre", "Action", "Titre de la fiche action", "Libellé", "Nom", "Titre de l'action"],
            "Intitulé de l'action.",
        )
        .required(),
        col(
            "quantity",
            "Prévu",
            Kind::Number,
            &["Quantité", "Quantité prévue", "Nombre prévu", "Objectif", "Prévu (quantité)"],
            "Quantité prévue.",
        ),
        col(
            "unit",
            "Unité",
            Kind::Text,
            &["Unité prévue", "Prévu (unité)"],
            "Unité de la quantité : ateliers, heures, projets…",
        ),
        col(
            "spending",
            "Dépenses prévues",
            Kind::Money,
            &[
                "Budget prévu",
                "Budget prévisionnel total € HT",
                "Coût prévu",
                "Montant prévu",
                "Budget",
            ],
            "Dépenses prévues.",
        )
        .unit("€"),
        col("due", "Échéance", Kind::Date, &["Date de fin", "Date limite", "Fin"], "Échéance."),
        col(
            "done",
            "Réalisé",
            Kind::Number,
            &["Quantité réalisée", "Fait"],
            "Quantité réalisée, si elle n'est pas comptée à partir des activités.",
        ),
        col(
            "lead",
            "Pilote",
            Kind::Text,
            &["Responsable", "Structure pilote", "Porteur", "Direction ou service pilote"],
            "Qui pilote l'action ; ce peut être une personne, donc jamais publié.",
        )
        .personal(),
        col(
            "partners",
            "Partenaires",
            Kind::List,
            &["Structures partenaires"],
            "Structures partenaires.",
        ),
        col("status", "Statut", Kind::Text, &["Avancement", "État"], "État déclaré de l'action."),
        col(
            "description",
            "Description",
            Kind::Text,
            &["Descriptif", "Détail"],
            "Description de l'action.",
        ),
    ],
};
