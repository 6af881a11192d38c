//! The forty projects, the dates of their stages, who takes part in them.

use super::cast::{ORGANISATIONS, PLACES};
use super::days::{Date, after, day};
use super::rng::Rng;

/// Names of the dated stages, in order.
pub(crate) const STAGES: [&str; 7] =
    ["idée", "émergence", "co-construction", "lancé", "autonome", "clos", "abandonné"];

/// A project.
pub(crate) struct Project {
    pub(crate) id: String,
    pub(crate) name: &'static str,
    pub(crate) theme: &'static str,
    /// Place among the territories.
    pub(crate) place: usize,
    pub(crate) holder: &'static str,
    /// Dates of the stages reached, by place in [`STAGES`].
    pub(crate) stages: [Option<Date>; 7],
    pub(crate) steering: bool,
    pub(crate) follow_up: bool,
}

impl Project {
    /// The last stage reached.
    pub(crate) fn stage(&self) -> &'static str {
        let reached = self.stages.iter().rposition(Option::is_some);
        STAGES[reached.unwrap_or(0)]
    }

    pub(crate) fn since(&self, stage: usize) -> Option<Date> {
        self.stages[stage]
    }
}

/// An organisation in a project: place of the project, organisation, role, from, to.
pub(crate) type Partnership = (usize, &'static str, &'static str, Date, Option<Date>);

/// Name, theme, territory, holder, months from October 2024 to the idea.
type ProjectRow = (&'static str, &'static str, char, &'static str, u32);

#[rustfmt::skip]
const ROWS: &[ProjectRow] = &[
    ("Jardin partagé du Fort", "alimentation", 'S', "Les Jardins du Morbras", 0),
    ("Repair café itinérant", "déchets", 'S', "Le Repair Café de la Gare", 0),
    ("Épicerie de saison", "alimentation", 'S', "Le Panier Briard", 1),
    ("Tiers-lieu du Plateau", "tiers-lieu", 'S', "La Fabrique du Plateau", 1),
    ("Toits solaires citoyens", "énergie", 'S', "Énergie Partagée du Morbras", 2),
    ("Vélobus des écoles", "mobilité", 'S', "Collectif Vélo du Plateau", 4),
    ("Compost de quartier", "déchets", 'S', "Compost & Compagnie", 5),
    ("Bibliothèque de graines", "biodiversité", 'S', "Lire et Grandir en Brie", 6),
    ("Ressourcerie du Plateau", "déchets", 'S', "Ressourcerie La Deuxième Page", 7),
    ("Haies et mares du Morbras", "biodiversité", 'S', "Nature en Ville 94", 8),
    ("Défi familles à énergie positive", "énergie", 'S', "Sucy en Transition", 9),
    ("Atelier couture solidaire", "déchets", 'S', "Les Couturières du Lavoir", 11),
    ("Cour oasis du collège", "biodiversité", 'S', "Collège des Bruyères", 13),
    ("Autopartage entre voisins", "mobilité", 'S', "Maison des Jeunes de la Fosse Rouge", 14),
    ("Marché zéro déchet", "déchets", 'S', "Zéro Déchet Plateau Briard", 16),
    ("Menuiserie partagée", "tiers-lieu", 'S', "Atelier du Bois Clair", 18),
    ("Potager sur les toits", "alimentation", 'P', "Les Potagers de la Chapelle", 3),
    ("Café des transitions", "tiers-lieu", 'P', "Café associatif L'Escale", 3),
    ("Atelier vélo solidaire", "mobilité", 'P', "Cyclofficine des Poissonniers", 4),
    ("Cantine antigaspi", "alimentation", 'P', "Cantine Solidaire Marcadet", 5),
    ("Bibliothèque d'objets", "déchets", 'P', "Bibliothèque d'Objets Custine", 6),
    ("Rue aux enfants", "mobilité", 'P', "Les Voisins de Simplon", 7),
    ("Chaleur des voisins", "énergie", 'P', "Climat Nord-Est", 8),
    ("Compost de la Goutte d'Or", "déchets", 'P', "Sol Vivant 18", 9),
    ("Fabrique de meubles", "tiers-lieu", 'P', "Fab-Lab Doudeauville", 10),
    ("Récits de 2040", "culture", 'P', "Paroles de Quartier", 12),
    ("Coopérative d'achats", "alimentation", 'P', "Coopérative Le Grain", 13),
    ("Friche Ornano", "tiers-lieu", 'P', "Recyclerie Ornano", 15),
    ("Pieds d'arbres à adopter", "biodiversité", 'P', "Parents de la Goutte Bleue", 17),
    ("Réemploi des décors", "déchets", 'P', "Théâtre de la Ligne 12", 19),
    ("Jardin du Confluent", "alimentation", 'A', "Le Jardin du Confluent", 6),
    ("Manufacture ouverte", "tiers-lieu", 'A', "La Manufacture du Quai", 6),
    ("Berges vivantes", "biodiversité", 'A', "Collectif Digue et Berge", 7),
    ("Vélo-école du quai", "mobilité", 'A', "Atelier Vélo du Quai", 9),
    ("Cuisine partagée", "alimentation", 'A', "Cuisine Partagée d'Alfort", 10),
    ("Réno entre voisins", "énergie", 'A', "Éco-Habitants du Grand Ensemble", 12),
    ("Donnerie du Pont", "déchets", 'A', "Compagnons du Réemploi", 13),
    ("Semences de Seine", "alimentation", 'A', "Les Semeuses de Seine", 15),
    ("École dehors", "culture", 'A', "École Ouverte des Berges", 17),
    ("Eau et crues : la mémoire", "biodiversité", 'A', "Transition Entre-Deux-Rives", 20),
];

/// Projects whose story ends otherwise: place, stage of the end, months after the last stage.
const ENDS: &[(usize, usize)] = &[(7, 6), (21, 6), (32, 6), (1, 5), (18, 5)];

/// The projects.
pub(crate) fn projects(rng: &mut Rng) -> Vec<Project> {
    let last = day(2026, 9, 25);
    ROWS.iter()
        .enumerate()
        .map(|(i, (name, theme, letter, holder, months))| {
            let mut stages = [None; 7];
            let mut date = after(day(2024, 10, 3), 30 * i64::from(*months) + rng.between(0, 12));
            for (stage, slot) in stages.iter_mut().enumerate().take(5) {
                if date > last {
                    break;
                }
                *slot = Some(date);
                // Co-construction takes the year the programme expects, give or take.
                let wait = [(35, 75), (50, 110), (100, 200), (200, 330), (0, 0)][stage];
                date = after(date, rng.between(wait.0, wait.1));
            }
            if let Some((_, end)) = ENDS.iter().find(|(project, _)| *project == i) {
                let reached = stages.iter().rposition(Option::is_some).unwrap_or(0);
                let keep = if *end == 6 { reached.min(2) } else { reached.min(3) };
                for stage in stages.iter_mut().skip(keep + 1) {
                    *stage = None;
                }
                let from = stages[keep].unwrap_or(last);
                stages[*end] = Some(after(from, rng.between(90, 170)).min(last));
            }
            let launched = stages[3].is_some();
            let steering = stages[2].is_some() && (launched || rng.chance(45));
            Project {
                id: format!("PR-{:02}", i + 1),
                name,
                theme,
                place: PLACES.iter().position(|p| p.letter == *letter).unwrap_or(0),
                holder,
                stages,
                steering,
                follow_up: steering && rng.chance(if launched { 75 } else { 30 }),
            }
        })
        .collect()
}

/// Who takes part in each project: its holder, then one to four others, more from other networks as
/// time goes by.
pub(crate) fn partnerships(projects: &[Project], rng: &mut Rng) -> Vec<Partnership> {
    let mut rows = Vec::new();
    for (i, project) in projects.iter().enumerate() {
        let Some(idea) = project.since(0) else { continue };
        rows.push((i, project.holder, "porteur", idea, None));
        let Some(emergence) = project.since(1) else { continue };
        let letter = PLACES[project.place].letter;
        let local: Vec<&'static str> = ORGANISATIONS
            .iter()
            .filter(|o| o.4.contains(letter) && o.4.len() < 3 && o.0 != project.holder)
            .map(|o| o.0)
            .collect();
        let network = |name: &str| ORGANISATIONS.iter().find(|o| o.0 == name).map_or("", |o| o.2);
        let bridges: Vec<&'static str> = local
            .iter()
            .copied()
            .filter(|o| network(o) != "aucun" && network(o) != network(project.holder))
            .collect();
        // Projects born later are opened to more partners.
        let months = (idea - day(2024, 10, 1)).num_days() / 30;
        let most = (1 + months / 3).min(5);
        let mut taken: Vec<&str> = Vec::new();
        for n in 0..rng.between(1, most) {
            let bridge = months > 5 && rng.chance(65);
            let who = rng.pick(if bridge { &bridges } else { &local });
            if taken.contains(&who) {
                continue;
            }
            taken.push(who);
            let from = after(emergence, 25 + 60 * n + rng.between(0, 30));
            let row = ORGANISATIONS.iter().find(|o| o.0 == who);
            let entry = row.map_or(from, |o| super::days::quarter_start(o.6)).max(from);
            if entry > day(2026, 9, 20) {
                continue;
            }
            let public =
                row.is_some_and(|o| o.1 == "collectivité" || o.1 == "établissement public");
            let role = if public { "soutien" } else { "partenaire" };
            let left = project.since(6).filter(|end| *end > entry);
            rows.push((i, who, role, entry, left));
        }
        if project.since(3).is_some() && rng.chance(35) {
            rows.push((i, "Bleu Blanc Zèbre (exemple)", "soutien", after(emergence, 20), None));
        }
    }
    rows
}
