//! Places and organisations of the example: invented names of the real flavour.

/// A territory of the example.
pub(crate) struct Place {
    /// Letter used in the lists below.
    pub(crate) letter: char,
    /// Name.
    pub(crate) name: &'static str,
    /// Prefix of its activity identifiers.
    pub(crate) prefix: &'static str,
    /// INSEE code.
    pub(crate) code: &'static str,
    /// Inhabitants.
    pub(crate) population: u32,
    /// Year of the population figure.
    pub(crate) vintage: &'static str,
    /// Organisation that carries the programme there.
    pub(crate) host: &'static str,
    /// First day, `2024-10-01`.
    pub(crate) start: (i32, u32, u32),
    /// Full-time-equivalents.
    pub(crate) fte: f64,
    /// Communes its people live in.
    pub(crate) communes: &'static [&'static str],
}

/// The three territories.
pub(crate) const PLACES: [Place; 3] = [
    Place {
        letter: 'S',
        name: "Sucy-en-Brie",
        prefix: "SUC",
        code: "94071",
        population: 27_764,
        vintage: "2021",
        host: "Sucy en Transition",
        start: (2024, 10, 1),
        fte: 0.7,
        communes: &[
            "Sucy-en-Brie",
            "Sucy-en-Brie",
            "Sucy-en-Brie",
            "Boissy-Saint-Léger",
            "Bonneuil-sur-Marne",
        ],
    },
    Place {
        letter: 'P',
        name: "Paris 18e",
        prefix: "P18",
        code: "75118",
        population: 188_446,
        vintage: "2021",
        host: "Astérya Goutte d'Or",
        start: (2025, 1, 6),
        fte: 0.6,
        communes: &["Paris", "Paris", "Paris", "Aubervilliers", "Saint-Denis"],
    },
    Place {
        letter: 'A',
        name: "Alfortville",
        prefix: "ALF",
        code: "94002",
        population: 43_715,
        vintage: "2021",
        host: "Transition Entre-Deux-Rives",
        start: (2025, 4, 1),
        fte: 0.5,
        communes: &["Alfortville", "Alfortville", "Alfortville", "Maisons-Alfort", "Créteil"],
    },
];

/// Name, type, networks (`;`), posture, territories (letters), commune, quarter of entry (0 = 2024-T4).
pub(crate) type OrganisationRow =
    (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, usize);

const AP: &str = "association porteuse de projet";
const PL: &str = "association de plaidoyer";
const CO: &str = "collectivité";
const EP: &str = "établissement public";
const EN: &str = "entreprise";
const CF: &str = "collectif";
const TL: &str = "tiers-lieu";
const FI: &str = "financeur";
const NONE: &str = "aucun";
const ALT: &str = "Alternatiba";
const AST: &str = "Astérya";
const BBZ: &str = "Bleu Blanc Zèbre";
const COL: &str = "Colibris";
const VTT: &str = "Villes et Territoires en Transition";
const SUC: &str = "Sucy-en-Brie";
const P18: &str = "Paris";
const ALF: &str = "Alfortville";

/// The sixty organisations.
#[rustfmt::skip]
pub(crate) const ORGANISATIONS: &[OrganisationRow] = &[
    ("Sucy en Transition", AP, VTT, "à côté", "S", SUC, 0),
    ("Les Jardins du Morbras", AP, COL, "à côté", "S", SUC, 0),
    ("Alternatiba Haut Val-de-Marne", PL, ALT, "contre", "SA", SUC, 0),
    ("Le Repair Café de la Gare", AP, VTT, "à côté", "S", SUC, 0),
    ("La Fabrique du Plateau", TL, BBZ, "avec", "S", SUC, 0),
    ("Mairie de Sucy-en-Brie (exemple)", CO, NONE, "avec", "S", SUC, 0),
    ("Le Panier Briard", AP, NONE, "avec", "S", "Boissy-Saint-Léger", 0),
    ("Collectif Vélo du Plateau", CF, ALT, "contre", "S", SUC, 1),
    ("Lire et Grandir en Brie", AP, BBZ, "avec", "S", SUC, 0),
    ("Compost & Compagnie", EN, COL, "à côté", "SA", "Bonneuil-sur-Marne", 2),
    ("AMAP des Cinq Clochers", AP, COL, "à côté", "S", SUC, 0),
    ("Énergie Partagée du Morbras", AP, VTT, "à côté", "S", SUC, 1),
    ("Régie des Quartiers du Fort", AP, NONE, "avec", "S", SUC, 2),
    ("Club des Entrepreneurs du Val", EN, NONE, "avec", "S", SUC, 3),
    ("Nature en Ville 94", PL, ALT, "contre", "SA", "Créteil", 1),
    ("Les Couturières du Lavoir", CF, NONE, "à côté", "S", SUC, 3),
    ("Collège des Bruyères", EP, NONE, "avec", "S", SUC, 4),
    ("Maison des Jeunes de la Fosse Rouge", AP, BBZ, "avec", "S", SUC, 1),
    ("Atelier du Bois Clair", EN, NONE, "à côté", "S", SUC, 5),
    ("Zéro Déchet Plateau Briard", AP, COL, "à côté", "S", SUC, 0),
    ("Ressourcerie La Deuxième Page", AP, VTT, "à côté", "S", SUC, 2),
    ("Association des Familles de Noyers", AP, NONE, "avec", "S", SUC, 4),
    ("Astérya Goutte d'Or", AP, AST, "avec", "P", P18, 0),
    ("Les Potagers de la Chapelle", AP, COL, "à côté", "P", P18, 1),
    ("Alternatiba Nord Parisien", PL, ALT, "contre", "P", P18, 1),
    ("Le Hangar des Possibles", TL, BBZ, "à côté", "P", P18, 1),
    ("Café associatif L'Escale", AP, AST, "à côté", "P", P18, 1),
    ("Mairie du 18e (exemple)", CO, NONE, "avec", "P", P18, 1),
    ("Cyclofficine des Poissonniers", AP, ALT, "à côté", "P", P18, 1),
    ("Les Voisins de Simplon", CF, AST, "à côté", "P", P18, 2),
    ("Cantine Solidaire Marcadet", AP, BBZ, "avec", "P", P18, 1),
    ("Recyclerie Ornano", TL, NONE, "à côté", "P", P18, 2),
    ("Sol Vivant 18", AP, VTT, "à côté", "P", P18, 2),
    ("Paroles de Quartier", AP, AST, "avec", "P", P18, 1),
    ("Bibliothèque d'Objets Custine", AP, COL, "à côté", "P", P18, 3),
    ("Climat Nord-Est", PL, ALT, "contre", "P", P18, 2),
    ("Bailleur Nord Habitat", EP, NONE, "avec", "P", P18, 4),
    ("Parents de la Goutte Bleue", CF, NONE, "à côté", "P", P18, 3),
    ("Coopérative Le Grain", EN, NONE, "à côté", "P", P18, 4),
    ("Centre social Les Deux Portes", AP, NONE, "avec", "P", P18, 2),
    ("Théâtre de la Ligne 12", AP, NONE, "avec", "P", P18, 5),
    ("Fab-Lab Doudeauville", TL, "Astérya;Bleu Blanc Zèbre", "à côté", "P", P18, 3),
    ("Transition Entre-Deux-Rives", AP, VTT, "à côté", "A", ALF, 1),
    ("Mairie d'Alfortville (exemple)", CO, NONE, "avec", "A", ALF, 2),
    ("Le Jardin du Confluent", AP, COL, "à côté", "A", ALF, 2),
    ("Maison de Quartier du Pont", AP, NONE, "avec", "A", ALF, 2),
    ("Collectif Digue et Berge", CF, ALT, "contre", "A", ALF, 2),
    ("Atelier Vélo du Quai", AP, ALT, "à côté", "A", ALF, 3),
    ("Cuisine Partagée d'Alfort", AP, BBZ, "avec", "A", ALF, 2),
    ("La Manufacture du Quai", TL, BBZ, "avec", "A", ALF, 3),
    ("Éco-Habitants du Grand Ensemble", CF, NONE, "à côté", "A", ALF, 4),
    ("Les Semeuses de Seine", AP, COL, "à côté", "A", "Maisons-Alfort", 3),
    ("Société Eau et Berges", EN, NONE, "avec", "A", ALF, 5),
    ("Compagnons du Réemploi", AP, VTT, "à côté", "AS", ALF, 3),
    ("École Ouverte des Berges", AP, AST, "avec", "A", ALF, 4),
    ("Bleu Blanc Zèbre (exemple)", AP, BBZ, "avec", "SPA", "Paris", 0),
    ("Département du Val-de-Marne (exemple)", CO, NONE, "avec", "SA", "Créteil", 3),
    ("Région Île-de-France (exemple)", CO, NONE, "avec", "SPA", "Saint-Ouen-sur-Seine", 5),
    ("ADEME Île-de-France (exemple)", EP, "ADEME", "avec", "SPA", "Puteaux", 0),
    ("Fondation Rives Vivantes", FI, NONE, "avec", "SPA", "Paris", 6),
];

/// A letter missing, third from the end.
pub(crate) fn slip(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let lost = letters.len().saturating_sub(3);
    letters.iter().enumerate().filter(|(i, _)| *i != lost).map(|(_, c)| c).collect()
}
