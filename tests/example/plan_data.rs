//! What is done: kinds of activities by quarter, their titles, the lines of the action plan.

/// A kind of activity of the example.
pub(crate) struct Kind {
    /// Label.
    pub(crate) label: &'static str,
    /// Line of the plan.
    pub(crate) action: &'static str,
    /// Role of the chargé de mission.
    pub(crate) role: &'static str,
    /// How many in each of the eight quarters.
    pub(crate) by_quarter: [usize; 8],
    /// Named people present, from and to.
    pub(crate) named: (i64, i64),
    /// People counted without a name, from and to.
    pub(crate) anonymous: (i64, i64),
    /// Estimated audience, from and to.
    pub(crate) reached: (i64, i64),
    /// Half hours, from and to.
    pub(crate) half_hours: (i64, i64),
    /// Titles; `{}` takes the project.
    pub(crate) titles: &'static [&'static str],
}

const NONE: (i64, i64) = (0, 0);

/// The kinds.
#[rustfmt::skip]
pub(crate) const KINDS: &[Kind] = &[
    Kind { label: "comité de coordination", action: "A06", role: "facilitateur", by_quarter: [3, 3, 3, 2, 3, 3, 3, 2],
        named: (7, 11), anonymous: NONE, reached: NONE, half_hours: (4, 5),
        titles: &["Comité de coordination"] },
    Kind { label: "comité de suivi", action: "A07", role: "facilitateur", by_quarter: [2, 3, 3, 2, 3, 3, 3, 2],
        named: (7, 12), anonymous: NONE, reached: NONE, half_hours: (3, 4),
        titles: &["Comité de suivi"] },
    Kind { label: "atelier", action: "A01", role: "animateur", by_quarter: [3, 4, 5, 5, 5, 7, 7, 9],
        named: (18, 34), anonymous: NONE, reached: NONE, half_hours: (4, 7),
        titles: &["Fresque du climat entre voisins", "Réparer plutôt que jeter", "Composter en pied d'immeuble",
            "Cuisiner de saison à petit prix", "Isoler sans se ruiner", "Se remettre en selle",
            "Cartographier les envies du quartier", "Fabriquer son mobilier de récupération",
            "Imaginer le tiers-lieu", "Semis et troc de graines", "Coudre et transformer",
            "Raconter son quartier en 2040", "Lire sa facture d'énergie", "Récupérer l'eau de pluie"] },
    Kind { label: "formation", action: "A02", role: "formateur", by_quarter: [1, 1, 2, 3, 2, 3, 4, 4],
        named: (8, 14), anonymous: NONE, reached: NONE, half_hours: (7, 14),
        titles: &["Animer une réunion qui décide", "Monter un dossier de subvention", "Gouvernance partagée",
            "Mobiliser au-delà du premier cercle", "Tenir la comptabilité d'un petit projet",
            "Devenir relais de quartier", "Parler aux élus et aux services"] },
    Kind { label: "conférence", action: "A04", role: "facilitateur", by_quarter: [1, 1, 2, 1, 2, 2, 2, 3],
        named: (20, 42), anonymous: (25, 90), reached: (200, 900), half_hours: (4, 5),
        titles: &["Conférence : nourrir la ville autrement", "Ciné-débat : la part de l'eau",
            "Conférence : la sobriété, parlons-en", "Ciné-débat : les bâtisseurs", "Table ronde : habiter demain"] },
    Kind { label: "stand", action: "A05", role: "facilitateur", by_quarter: [0, 1, 2, 2, 1, 1, 3, 2],
        named: (5, 9), anonymous: (40, 160), reached: (400, 1800), half_hours: (8, 14),
        titles: &["Stand à la fête des associations", "Stand au marché", "Stand à la fête de la nature",
            "Stand au forum de la rentrée"] },
    Kind { label: "accompagnement", action: "A03", role: "accompagnateur", by_quarter: [2, 3, 3, 4, 5, 5, 6, 8],
        named: (2, 4), anonymous: NONE, reached: NONE, half_hours: (2, 5),
        titles: &["Rendez-vous porteurs : {}", "Feuille de route : {}", "Point d'étape : {}"] },
    Kind { label: "rencontre élus", action: "A08", role: "chef de projet", by_quarter: [1, 1, 1, 1, 3, 2, 2, 3],
        named: (4, 7), anonymous: NONE, reached: NONE, half_hours: (2, 4),
        titles: &["Rencontre avec l'adjointe à la transition", "Point avec le cabinet du maire",
            "Visite de terrain avec les élus", "Rencontre avec les services techniques"] },
    Kind { label: "contact financeur", action: "A09", role: "chef de projet", by_quarter: [1, 2, 1, 2, 2, 3, 2, 3],
        named: (2, 3), anonymous: NONE, reached: NONE, half_hours: (2, 3),
        titles: &["Point avec l'ADEME", "Rendez-vous au conseil départemental", "Rendez-vous à la Région",
            "Échange avec une fondation", "Point avec le service des subventions"] },
    Kind { label: "concertation", action: "A10", role: "facilitateur", by_quarter: [1, 0, 1, 1, 1, 1, 2, 1],
        named: (18, 32), anonymous: (0, 15), reached: NONE, half_hours: (4, 6),
        titles: &["Réunion publique : le plan de transition", "Concertation sur les berges et les friches",
            "Forum ouvert des projets citoyens"] },
    Kind { label: "médiation", action: "A11", role: "facilitateur", by_quarter: [0, 0, 0, 1, 1, 1, 1, 1],
        named: (4, 6), anonymous: NONE, reached: NONE, half_hours: (3, 5),
        titles: &["Médiation : {}"] },
    Kind { label: "conseil", action: "A11", role: "conseil", by_quarter: [1, 1, 1, 0, 0, 1, 1, 2],
        named: (2, 3), anonymous: NONE, reached: NONE, half_hours: (2, 4),
        titles: &["Conseil : statuts et gouvernance", "Conseil : plan de financement", "Conseil : outils numériques partagés"] },
];

/// Identifier, title, quantity, unit, due date, done (typed), lead, partners, status, description.
pub(crate) type ActionRow = (
    &'static str,
    &'static str,
    f64,
    &'static str,
    (i32, u32, u32),
    Option<f64>,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

/// The action plan.
#[rustfmt::skip]
pub(crate) const ACTIONS: &[ActionRow] = &[
    ("A01", "Animer des ateliers participatifs", 48.0, "ateliers", (2026, 9, 30), None, "Bleu Blanc Zèbre (exemple)", "Sucy en Transition;Astérya Goutte d'Or;Transition Entre-Deux-Rives", "en cours", "Ateliers ouverts à tous, co-organisés par au moins deux structures."),
    ("A02", "Former porteurs de projet et relais de quartier", 24.0, "formations", (2026, 12, 31), None, "Bleu Blanc Zèbre (exemple)", "La Fabrique du Plateau;Le Hangar des Possibles", "en cours", "Sessions d'une demi-journée à une journée."),
    ("A03", "Accompagner les porteurs de projet", 36.0, "séances", (2026, 9, 30), None, "Bleu Blanc Zèbre (exemple)", "", "terminé", "Rendez-vous individuels ou de groupe, de l'idée au lancement."),
    ("A04", "Donner à voir : conférences et ciné-débats", 14.0, "conférences", (2026, 9, 30), None, "Astérya Goutte d'Or", "Théâtre de la Ligne 12", "terminé", "Un temps fort par trimestre et par territoire."),
    ("A05", "Aller vers : stands et fêtes de quartier", 16.0, "stands", (2026, 6, 30), None, "Sucy en Transition", "Maison de Quartier du Pont;Les Voisins de Simplon", "en retard", "Tenir un stand là où les habitants passent déjà."),
    ("A06", "Réunir le comité de coordination", 24.0, "réunions", (2026, 9, 30), None, "Bleu Blanc Zèbre (exemple)", "Sucy en Transition;Astérya Goutte d'Or;Transition Entre-Deux-Rives", "en cours", "Une réunion par mois, tour à tour dans chaque territoire."),
    ("A07", "Réunir le comité de suivi", 24.0, "réunions", (2026, 9, 30), None, "Bleu Blanc Zèbre (exemple)", "Mairie de Sucy-en-Brie (exemple);ADEME Île-de-France (exemple)", "en cours", "Une réunion par mois avec les collectivités et les financeurs."),
    ("A08", "Rencontrer élus et services", 12.0, "rencontres", (2026, 9, 30), None, "Bleu Blanc Zèbre (exemple)", "", "terminé", "Quatre rencontres par territoire sur la durée du programme."),
    ("A09", "Diversifier les financements", 16.0, "rencontres", (2026, 9, 30), None, "Bleu Blanc Zèbre (exemple)", "", "terminé", "Rendez-vous avec les financeurs publics et privés."),
    ("A10", "Organiser la concertation locale", 9.0, "réunions", (2026, 12, 31), None, "Transition Entre-Deux-Rives", "Mairie d'Alfortville (exemple)", "en cours", "Trois concertations par an au moins."),
    ("A11", "Conseil et médiation aux structures", 12.0, "séances", (2026, 9, 30), None, "Bleu Blanc Zèbre (exemple)", "", "terminé", "Répondre aux demandes des structures membres."),
    ("A12", "Publier le guide de méthode", 1.0, "guide", (2026, 6, 30), Some(0.0), "Bleu Blanc Zèbre (exemple)", "Paroles de Quartier", "en retard", "Guide des coopérations locales, sous licence libre ; relecture en cours."),
];
