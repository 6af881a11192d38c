//! Who takes part: participants, organisations, projects, cooperation, territories, decisions.

use super::{Choice, Kind, TableId, TableSpec, col, label};

static PERSON_STATUSES: &[Choice] = &[
    label("citoyen", &["citoyenne", "habitant", "habitante", "particulier", "grand public"]),
    label("porteur de projet", &["porteuse de projet", "porteur", "porteuse"]),
    label("bénévole", &["volontaire"]),
    label("élu", &["élue", "élu(e)", "maire", "adjoint"]),
    label("agent", &["agente", "agent public", "agent territorial", "technicien"]),
    label("salarié", &["salariée", "salarié(e)", "employé"]),
];

static GENDERS: &[Choice] = &[
    label("F", &["femme", "féminin", "mme", "madame", "f."]),
    label("H", &["homme", "masculin", "m", "m.", "monsieur"]),
    label("autre", &["non binaire", "nb", "x"]),
];

static AGE_BANDS: &[Choice] = &[
    label(
        "<18",
        &["moins de 18 ans", "mineur", "mineure", "0-17", "moins de 18", "-18", "< 18 ans"],
    ),
    label("18–25", &["18-25", "18 à 25 ans", "18-25 ans"]),
    label("26–64", &["26-64", "26 à 64 ans", "26-64 ans"]),
    label("65+", &["65 ans et plus", "plus de 65 ans", "65 et plus", "senior", "+65"]),
];

pub(super) static PARTICIPANTS: TableSpec = TableSpec {
    id: TableId::Participants,
    sheet: "Participants",
    aliases: &["Participant", "Personnes", "Annuaire", "Inscrits", "Contacts", "Adhérents"],
    people: true,
    key: &["id"],
    meaning: "Les personnes. Un identifiant suffit ; sinon nom et prénom, avec naissance ou e-mail. Les noms ne quittent jamais l'ordinateur et ne figurent dans aucun résultat.",
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
                "Code participant",
                "Id participant",
                "Numéro d'adhérent",
                "Référence commande",
            ],
            "Identifiant de la personne.",
        )
        .personal(),
        col(
            "last_name",
            "Nom",
            Kind::Text,
            &["Nom de famille", "Nom participant", "Nom du participant"],
            "Nom.",
        )
        .personal(),
        col(
            "first_name",
            "Prénom",
            Kind::Text,
            &["Prénom participant", "Prénom du participant"],
            "Prénom.",
        )
        .personal(),
        col(
            "birth_date",
            "Date de naissance",
            Kind::Date,
            &["Naissance", "Né le", "Née le", "Né(e) le"],
            "Date de naissance.",
        )
        .personal(),
        col(
            "email",
            "E-mail",
            Kind::Text,
            &[
                "Email",
                "Mail",
                "Courriel",
                "Adresse e-mail",
                "Adresse mail",
                "Email payeur",
                "Adresse électronique",
            ],
            "Adresse électronique.",
        )
        .personal(),
        col(
            "organisation",
            "Structure",
            Kind::Text,
            &["Organisation", "Organisme", "Association"],
            "Structure de la personne.",
        ),
        col(
            "projects",
            "Projets",
            Kind::List,
            &["Projet(s)", "Id projet"],
            "Projets auxquels elle prend part.",
        ),
        col(
            "status",
            "Statut",
            Kind::Choice(PERSON_STATUSES),
            &["Qualité", "Profil", "Vous êtes"],
            "Statut de la personne.",
        ),
        col("gender", "Genre", Kind::Choice(GENDERS), &["Sexe", "Civilité"], "Genre."),
        col(
            "birth_year",
            "Année de naissance",
            Kind::Year,
            &["Année naissance"],
            "Année de naissance.",
        )
        .personal(),
        col(
            "age_band",
            "Tranche d'âge",
            Kind::Choice(AGE_BANDS),
            &["Âge", "Classe d'âge"],
            "Tranche d'âge.",
        ),
        col(
            "commune",
            "Commune",
            Kind::Commune,
            &["Ville", "Code INSEE", "Commune de résidence"],
            "Commune de résidence.",
        ),
        col(
            "qpv",
            "QPV",
            Kind::Flag,
            &["Quartier prioritaire", "Habite en QPV"],
            "Habite un quartier prioritaire de la politique de la ville.",
        ),
    ],
};

static STAGES: &[Choice] = &[
    label("idée", &["envie"]),
    label("émergence", &["en émergence"]),
    label("co-construction", &["coconstruction", "en co-construction", "construction"]),
    label("lancé", &["lancée", "lancement", "en cours", "actif"]),
    label("autonome", &["autonomie"]),
    label("clos", &["close", "terminé", "clôturé", "fini"]),
    label("abandonné", &["abandonnée", "abandon", "arrêté"]),
];

pub(super) static PROJECTS: TableSpec = TableSpec {
    id: TableId::Projects,
    sheet: "Projets",
    aliases: &["Projet", "Projets accompagnés", "Suivi des projets"],
    people: false,
    key: &["id"],
    meaning: "Les projets accompagnés et la date de chaque stade.",
    columns: &[
        col(
            "id",
            "Id",
            Kind::Code,
            &["Identifiant", "Code", "N°", "Numéro", "Code projet", "Id projet"],
            "Identifiant du projet.",
        )
        .required(),
        col(
            "name",
            "Nom",
            Kind::Text,
            &["Nom du projet", "Intitulé", "Titre", "Projet"],
            "Nom du projet.",
        )
        .required(),
        col(
            "theme",
            "Thème",
            Kind::Text,
            &["Thématique", "Domaine", "Sujet"],
            "Thème : alimentation, tiers-lieu, énergie, mobilité, déchets, biodiversité…",
        )
        .once(),
        col("territory", "Territoire", Kind::Text, &["Secteur", "Zone"], "Territoire.").once(),
        col(
            "stage",
            "Stade",
            Kind::Choice(STAGES),
            &["État", "Avancement", "Étape", "Statut"],
            "Stade actuel.",
        ),
        col("idea", "Idée le", Kind::Date, &["Date idée", "Date de l'idée"], "Date de l'idée."),
        col(
            "emergence",
            "Émergence le",
            Kind::Date,
            &["Date émergence"],
            "Date d'entrée en émergence.",
        ),
        col(
            "co_design",
            "Co-construction le",
            Kind::Date,
            &["Date co-construction"],
            "Date d'entrée en co-construction.",
        ),
        col(
            "launched",
            "Lancé le",
            Kind::Date,
            &["Date lancement", "Date de lancement"],
            "Date de lancement.",
        ),
        col("autonomous", "Autonome le", Kind::Date, &["Date autonomie"], "Date d'autonomie."),
        col(
            "closed",
            "Clos le",
            Kind::Date,
            &["Date clôture", "Date de clôture"],
            "Date de clôture.",
        ),
        col("abandoned", "Abandonné le", Kind::Date, &["Date abandon"], "Date d'abandon."),
        col(
            "holder",
            "Structure porteuse",
            Kind::Text,
            &["Porteur", "Porteuse", "Structure", "Association porteuse"],
            "Structure porteuse.",
        )
        .once(),
        col(
            "steering",
            "Comité de pilotage propre",
            Kind::Flag,
            &["Comité de pilotage", "COPIL"],
            "Le projet a-t-il son propre comité de pilotage ?",
        ),
        col(
            "follow_up",
            "Comité de suivi propre",
            Kind::Flag,
            &["Comité de suivi"],
            "Le projet a-t-il son propre comité de suivi ?",
        ),
    ],
};

static ORGANISATION_KINDS: &[Choice] = &[
    label(
        "association porteuse de projet",
        &["association", "asso", "association loi 1901", "association porteuse"],
    ),
    label("association de plaidoyer", &["plaidoyer", "ong"]),
    label(
        "collectivité",
        &[
            "collectivité territoriale",
            "mairie",
            "commune",
            "epci",
            "conseil départemental",
            "département",
            "région",
        ],
    ),
    label("établissement public", &["epic", "epa", "ep"]),
    label("entreprise", &["société", "sas", "sarl", "scop", "commerce"]),
    label("collectif", &["collectif citoyen", "groupe informel"]),
    label("tiers-lieu", &["tiers lieu"]),
    label("financeur", &["fondation", "fonds"]),
];

static POSTURES: &[Choice] = &[
    label("contre", &["militant"]),
    label("avec", &["consultant"]),
    label("à côté", &["alternatif", "a coté", "alternative"]),
];

pub(super) static ORGANISATIONS: TableSpec = TableSpec {
    id: TableId::Organisations,
    sheet: "Structures",
    aliases: &[
        "Structure",
        "Organisations",
        "Associations",
        "Acteurs",
        "Partenaires",
        "Organismes",
    ],
    people: false,
    key: &["name"],
    meaning: "Les structures du territoire : associations, collectivités, entreprises, collectifs.",
    columns: &[
        col(
            "id",
            "Id",
            Kind::Code,
            &["Identifiant", "Code", "N°", "Code structure", "Id structure"],
            "Identifiant de la structure.",
        ),
        col(
            "name",
            "Nom",
            Kind::Text,
            &[
                "Nom de la structure",
                "Structure",
                "Raison sociale",
                "Dénomination",
                "Intitulé",
                "Association",
            ],
            "Nom de la structure.",
        )
        .required(),
        col(
            "kind",
            "Type",
            Kind::Choice(ORGANISATION_KINDS),
            &["Type de structure", "Catégorie", "Statut juridique", "Nature"],
            "Type de structure.",
        ),
        col(
            "networks",
            "Réseau",
            Kind::List,
            &["Réseau(x)", "Tête de réseau", "Fédération"],
            "Réseaux auxquels elle appartient ; « aucun » si aucun.",
        ),
        col(
            "posture",
            "Posture",
            Kind::Choice(POSTURES),
            &["Positionnement"],
            "Face au système : contre, avec, à côté.",
        ),
        col(
            "territory",
            "Territoire",
            Kind::List,
            &["Secteur", "Zone"],
            "Territoires où elle agit.",
        )
        .once(),
        col("siret", "SIRET", Kind::Siret, &["N° SIRET", "Numéro SIRET"], "SIRET, 14 chiffres."),
        col("rna", "RNA", Kind::Rna, &["N° RNA", "Numéro RNA"], "Numéro RNA : W et neuf chiffres."),
        col("commune", "Commune", Kind::Commune, &["Ville", "Code INSEE"], "Commune du siège."),
        col(
            "joined",
            "Date d'entrée",
            Kind::Date,
            &["Entrée", "Depuis", "Entrée le"],
            "Date d'entrée dans le programme.",
        ),
    ],
};
