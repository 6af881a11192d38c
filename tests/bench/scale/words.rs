//! Words the programme is made of: real places, invented everything else.

/// A territory: the commune it is named after, INSEE code, inhabitants.
pub(super) struct Place {
    pub(super) name: &'static str,
    pub(super) code: &'static str,
    pub(super) inhabitants: u32,
}

const fn place(name: &'static str, code: &'static str, inhabitants: u32) -> Place {
    Place { name, code, inhabitants }
}

/// A regional office, which keeps its own attendance workbook, and its territories.
pub(super) struct Region {
    pub(super) name: &'static str,
    pub(super) places: [Place; 4],
}

pub(super) const REGIONS: [Region; 5] = [
    Region {
        name: "Auvergne-Rhône-Alpes",
        places: [
            place("Lyon", "69123", 522_250),
            place("Saint-Étienne", "42218", 173_821),
            place("Grenoble", "38185", 158_198),
            place("Clermont-Ferrand", "63113", 147_284),
        ],
    },
    Region {
        name: "Bretagne",
        places: [
            place("Rennes", "35238", 225_081),
            place("Brest", "29019", 139_456),
            place("Quimper", "29232", 63_473),
            place("Lorient", "56121", 57_961),
        ],
    },
    Region {
        name: "Hauts-de-France",
        places: [
            place("Lille", "59350", 236_710),
            place("Amiens", "80021", 134_706),
            place("Roubaix", "59512", 98_828),
            place("Dunkerque", "59183", 86_788),
        ],
    },
    Region {
        name: "Île-de-France",
        places: [
            place("Saint-Denis", "93066", 113_942),
            place("Montreuil", "93048", 111_240),
            place("Argenteuil", "95018", 111_038),
            place("Créteil", "94028", 93_246),
        ],
    },
    Region {
        name: "Occitanie",
        places: [
            place("Toulouse", "31555", 504_078),
            place("Montpellier", "34172", 302_454),
            place("Nîmes", "30189", 148_561),
            place("Perpignan", "66136", 119_656),
        ],
    },
];

/// First and second halves of the names of organisations; the place makes the third.
pub(super) const HOUSES: [&str; 25] = [
    "Amis",
    "Maison",
    "Fabrique",
    "Jardins",
    "Coopérative",
    "Réseau",
    "Café",
    "Atelier",
    "Compagnie",
    "Ressourcerie",
    "Cercle",
    "Comité",
    "Union",
    "Laboratoire",
    "École",
    "Relais",
    "Foyer",
    "Épicerie",
    "Garage",
    "Fournil",
    "Potager",
    "Théâtre",
    "Carrefour",
    "Observatoire",
    "Mutuelle",
];

pub(super) const CAUSES: [&str; 10] = [
    "du vélo",
    "du climat",
    "des semences",
    "du quartier",
    "de la forêt",
    "de la rivière",
    "du soleil",
    "du compost",
    "de l'énergie",
    "de la transition",
];

/// Types of organisation, the usual ones more often.
pub(super) const ORGANISATION_KINDS: [&str; 10] = [
    "association porteuse de projet",
    "association porteuse de projet",
    "association porteuse de projet",
    "association de plaidoyer",
    "collectivité",
    "établissement public",
    "entreprise",
    "collectif",
    "tiers-lieu",
    "financeur",
];

pub(super) const NETWORKS: [&str; 8] = [
    "aucun",
    "aucun",
    "aucun",
    "Alternatiba",
    "Astérya",
    "Bleu Blanc Zèbre",
    "Colibris",
    "Villes et Territoires en Transition",
];

/// What activities are about, and their type.
pub(super) const ACTIVITIES: [(&str, &str); 12] = [
    ("Atelier compost", "atelier"),
    ("Atelier cuisine de saison", "atelier"),
    ("Réparer son vélo", "atelier"),
    ("Fresque du climat", "formation"),
    ("Animer une réunion", "formation"),
    ("Ciné-débat", "conférence"),
    ("Fête des associations", "stand"),
    ("Chantier participatif", "chantier"),
    ("Rencontre avec les élus", "rencontre élus"),
    ("Comité de suivi", "comité de suivi"),
    ("Réunion publique", "concertation"),
    ("Suivi de projet", "accompagnement"),
];

pub(super) const FACILITATOR_ROLES: [&str; 4] =
    ["facilitateur", "animateur", "accompagnateur", "formateur"];

/// Roles of presences, the usual one more often.
pub(super) const ATTENDANCE_ROLES: [&str; 8] = [
    "participant",
    "participant",
    "participant",
    "participant",
    "participant",
    "bénévole",
    "organisateur",
    "intervenant",
];

pub(super) const PERSON_STATUSES: [&str; 6] =
    ["citoyen", "citoyen", "porteur de projet", "bénévole", "élu", "salarié"];

/// Funders and their category. A third is not public money.
pub(super) const FUNDERS: [(&str, &str); 9] = [
    ("DREAL", "État"),
    ("Conseil régional", "Région"),
    ("Conseil départemental", "Département"),
    ("Métropole", "Intercommunalité"),
    ("Ville", "Commune"),
    ("Caisse d'allocations familiales", "Organismes sociaux"),
    ("Fondation des territoires", "Aides privées"),
    ("Mécénat d'entreprise locale", "Aides privées"),
    ("Adhésions et dons", "Ressources propres"),
];

pub(super) const FUNDING_STATUSES: [&str; 6] =
    ["identifié", "déposé", "conventionné", "conventionné", "refusé", "soldé"];

pub(super) const PURPOSES: [&str; 6] = [
    "Fonctionnement",
    "Ateliers de quartier",
    "Achat de matériel",
    "Poste de coordination",
    "Accompagnement de projets citoyens",
    "Fête de la transition",
];
