//! What the programme learnt and what was said of it, quarter after quarter.

/// Day, type, text, territory, place of the project + 1 (0 = none).
pub(crate) type LearningRow = ((i32, u32, u32), &'static str, &'static str, &'static str, usize);

const S: &str = "Sucy-en-Brie";
const P: &str = "Paris 18e";
const A: &str = "Alfortville";

/// Difficulties, changes of course, lessons, successes, testimonies.
#[rustfmt::skip]
pub(crate) const LEARNING: &[LearningRow] = &[
    ((2024, 11, 21), "difficulté", "Les structures se connaissent par leurs réseaux nationaux, rarement par leur adresse : plusieurs voisines se sont rencontrées pour la première fois au premier comité de coordination.", S, 0),
    ((2024, 12, 12), "enseignement", "Commencer par un chantier concret réunit davantage qu'une présentation du programme : le jardin partagé a servi de première table commune.", S, 1),
    ((2025, 1, 28), "réussite", "Première formation complète, avec des inscrits issus de quatre réseaux différents.", S, 0),
    ((2025, 2, 20), "difficulté", "L'arrivée dans le 18e arrondissement a pris deux mois de plus que prévu : les associations y sont déjà très sollicitées et demandent ce que le programme apporte de neuf.", P, 0),
    ((2025, 3, 18), "inflexion", "Le comité de suivi se tient désormais tour à tour dans chaque territoire, et non plus au siège : la présence des élus a nettement augmenté.", "", 0),
    ((2025, 4, 24), "difficulté", "La salle prévue pour les ateliers d'Alfortville n'est libre qu'un soir par mois ; demander le calendrier à l'accueil (accueil.salles@example.org).", A, 0),
    ((2025, 5, 22), "enseignement", "Il faut compter douze à quatorze mois entre une idée et une co-construction solide : les promesses de lancement plus rapides n'ont pas tenu.", "", 0),
    ((2025, 6, 17), "réussite", "Le café associatif et le tiers-lieu ont mis en commun leur programmation ; leurs publics se croisent enfin.", P, 18),
    ((2025, 7, 8), "témoignage", "« Je venais réparer un grille-pain, je suis repartie avec une place au comité du quartier. » Une participante.", S, 2),
    ((2025, 9, 16), "difficulté", "Deux demandes de financement refusées la même année : nos dossiers décrivaient nos activités sans montrer ce qu'elles changent.", "", 0),
    ((2025, 9, 25), "inflexion", "Chaque rendez-vous de financeur est désormais préparé avec un élu du territoire concerné.", "", 0),
    ((2025, 11, 13), "enseignement", "Un plaidoyer et une mairie peuvent travailler ensemble dès lors que l'objet est borné : un diagnostic vélo partagé a précédé toute discussion de fond.", S, 6),
    ((2025, 12, 4), "témoignage", "« Avant, nous nous disputions la même salle ; maintenant, nous remplissons la même salle. » Un responsable associatif.", P, 0),
    ((2026, 1, 22), "réussite", "Première aide d'une commune, votée à l'unanimité, pour un programme jusqu'alors porté par un seul financeur.", S, 0),
    ((2026, 2, 10), "difficulté", "À l'approche des élections municipales, les services ont gelé les engagements écrits : trois conventions ont été reportées.", "", 0),
    ((2026, 3, 19), "inflexion", "Les stands ont été concentrés sur les fêtes de quartier existantes plutôt que sur des événements créés pour l'occasion.", "", 0),
    ((2026, 4, 16), "enseignement", "Les cotisations des structures membres rapportent peu, mais elles changent la conversation : les membres demandent des comptes et proposent.", "", 0),
    ((2026, 5, 28), "réussite", "La Région et le Département ont accepté de lire le même compte rendu : un seul dossier, deux financeurs.", "", 0),
    ((2026, 6, 11), "témoignage", "« Le jour où le collège, la mairie et le collectif vélo ont signé la même feuille, j'ai compris à quoi servait la coordination. » Une enseignante.", S, 13),
    ((2026, 7, 7), "réussite", "Les trois territoires ont tenu leur premier atelier commun ; les comptes rendus sont écrits par les participants eux-mêmes.", "", 0),
    ((2026, 7, 21), "difficulté", "Le guide de méthode a pris du retard : la relecture par quinze structures demande plus de temps que sa rédaction.", "", 0),
    ((2026, 8, 27), "inflexion", "Le guide paraîtra d'abord en fiches courtes, mises en ligne une à une, avant d'être relié.", "", 0),
    ((2026, 9, 10), "enseignement", "Les coopérations qui durent ne passent plus par les chargés de mission : leur rôle est de s'effacer une fois le premier budget commun signé.", "", 0),
    ((2026, 9, 17), "témoignage", "« Nous étions six associations sur la même berge ; nous sommes devenues un projet. » Une bénévole.", A, 33),
    ((2026, 9, 22), "difficulté", "La fin de l'aide principale au 30 septembre laisse trois mois sans convention signée ; la trésorerie tient, mais les recrutements attendent.", "", 0),
];

/// Day, medium, mention of ADEME, audience, link.
pub(crate) type NewsRow = ((i32, u32, u32), &'static str, bool, u32, &'static str);

/// Communications.
#[rustfmt::skip]
pub(crate) const NEWS: &[NewsRow] = &[
    ((2024, 10, 15), "Communiqué de lancement", true, 1_200, "https://www.example.org/lancement"),
    ((2024, 11, 28), "Journal municipal de Sucy-en-Brie", true, 11_000, ""),
    ((2025, 1, 20), "Page du programme", true, 850, "https://www.example.org/boost"),
    ((2025, 2, 14), "Lettre d'information n° 1", true, 640, "https://www.example.org/lettre-1"),
    ((2025, 3, 27), "Radio locale, chronique", false, 3_500, ""),
    ((2025, 5, 6), "Affiches de la fête de la nature", true, 2_000, ""),
    ((2025, 6, 24), "Lettre d'information n° 2", true, 910, "https://www.example.org/lettre-2"),
    ((2025, 9, 12), "Stand du forum de la rentrée", true, 1_800, ""),
    ((2025, 10, 9), "Reportage d'un média de quartier", true, 4_200, "https://www.example.org/reportage"),
    ((2025, 11, 18), "Lettre d'information n° 3", true, 1_150, "https://www.example.org/lettre-3"),
    ((2026, 1, 15), "Vœux : film de deux minutes", true, 2_600, "https://www.example.org/film"),
    ((2026, 2, 26), "Lettre d'information n° 4", true, 1_380, "https://www.example.org/lettre-4"),
    ((2026, 3, 31), "Article de presse départementale", false, 18_000, ""),
    ((2026, 4, 21), "Conférence de presse avec la Région", true, 300, ""),
    ((2026, 6, 9), "Lettre d'information n° 5", true, 1_620, "https://www.example.org/lettre-5"),
    ((2026, 6, 27), "Exposition « Un an de coopérations »", true, 740, ""),
    ((2026, 7, 16), "Première fiche du guide en ligne", true, 480, "https://www.example.org/guide-1"),
    ((2026, 8, 28), "Affiches de la rentrée", true, 2_400, ""),
    ((2026, 9, 9), "Lettre d'information n° 6", true, 1_790, "https://www.example.org/lettre-6"),
    ((2026, 9, 18), "Podcast « Les voisins d'en face »", false, 950, "https://www.example.org/podcast"),
];
