//! Funding, Cerfa budget and treasury: ADEME and the reserves alone at first, six sources by the end.
//! Amounts in whole euros unless said.

use super::days::{Date, after, month_start};
use super::work::Volunteering;

/// A funding line; dates may be absent.
pub(crate) struct Aid {
    pub(crate) funder: &'static str,
    pub(crate) category: &'static str,
    pub(crate) asked: Option<i64>,
    pub(crate) granted: Option<i64>,
    pub(crate) received: Option<i64>,
    pub(crate) status: &'static str,
    pub(crate) filed: Option<Date>,
    pub(crate) decided: Option<Date>,
    pub(crate) signed: Option<Date>,
    pub(crate) payments: &'static str,
    pub(crate) year: i32,
    pub(crate) covers: Option<(Date, Date)>,
    pub(crate) reference: &'static str,
    pub(crate) purpose: &'static str,
    pub(crate) nature: &'static str,
    pub(crate) earmarked: bool,
}

fn date(text: &str) -> Option<Date> {
    text.parse().ok()
}

fn covers(from: &str, to: &str) -> Option<(Date, Date)> {
    Some((date(from)?, date(to)?))
}

const ADEME: &str = "ADEME";
const ETP: &str = "Autres établissements publics";
const OWN: &str = "Ressources propres";

/// The funding lines: obtained, then hoped for.
#[rustfmt::skip]
pub(crate) fn funding() -> Vec<Aid> {
    let aid = |funder, category, amounts: (i64, i64, i64), status, dates: [&str; 3], payments, year, span: [&str; 2], reference, purpose| {
        let some = |n: i64| (n > 0).then_some(n);
        Aid {
            funder, category, asked: some(amounts.0), granted: some(amounts.1), received: some(amounts.2), status,
            filed: date(dates[0]), decided: date(dates[1]), signed: date(dates[2]), payments, year,
            covers: covers(span[0], span[1]), reference, purpose, nature: "numéraire", earmarked: true,
        }
    };
    let mut list = vec![
        aid(ADEME, ETP, (195_000, 180_000, 144_000), "conventionné", ["2024-05-13", "2024-09-12", "2024-09-24"], "15/10/2024 ; 12/06/2025 ; 20/01/2026", 2024, ["2024-10-01", "2026-09-30"], "20IFC0161", "Boost Citoyen : accompagner la transition par la coopération locale"),
        aid("Ville de Sucy-en-Brie", "Commune", (7_500, 8_000, 8_000), "soldé", ["2025-09-30", "2025-12-15", "2026-01-12"], "20/04/2026", 2026, ["2026-01-01", "2026-12-31"], "DEL-2025-118", "Soutien au programme local"),
        aid("Cotisations et prestations", OWN, (7_200, 7_200, 5_100), "voté", ["", "2025-12-13", "2025-12-13"], "", 2026, ["2026-01-01", "2026-12-31"], "AG du 13/12/2025", "Cotisations des structures membres et journées de formation"),
        aid("Région Île-de-France", "Région", (40_000, 30_000, 15_000), "conventionné", ["2025-11-07", "2026-03-05", "2026-03-27"], "05/06/2026", 2026, ["2026-04-01", "2027-03-31"], "CP 2026-077", "Essaimage des coopérations citoyennes"),
        aid("Département du Val-de-Marne", "Département", (15_000, 12_000, 12_000), "soldé", ["2025-12-01", "2026-03-23", "2026-04-02"], "08/07/2026", 2026, ["2026-04-01", "2026-12-31"], "2026-3-41", "Lien social et transition dans les quartiers"),
        aid("Fondation Rives Vivantes", "Aides privées", (20_000, 18_000, 9_000), "conventionné", ["2026-02-16", "2026-05-28", "2026-06-19"], "18/08/2026", 2026, ["2026-07-01", "2027-06-30"], "FRV-26-014", "Berges et quartiers : agir ensemble"),
        aid("Région Île-de-France", "Région", (18_000, 0, 0), "refusé", ["2025-03-14", "2025-06-26", ""], "", 2025, ["", ""], "", "Appel à projets « quartiers en transition »"),
        aid("Fondation du Vieux Tilleul", "Aides privées", (20_000, 0, 0), "refusé", ["2025-10-02", "2025-12-09", ""], "", 2026, ["", ""], "", "Ateliers de réemploi"),
        aid(ADEME, ETP, (160_000, 0, 0), "déposé", ["2026-06-15", "", ""], "", 2026, ["2026-10-01", "2028-09-30"], "", "Boost Citoyen 2 : consolider et transmettre"),
        aid("Ville de Paris", "Commune", (15_000, 0, 0), "déposé", ["2026-07-03", "", ""], "", 2027, ["2027-01-01", "2027-12-31"], "", "Ateliers dans le 18e arrondissement"),
        aid("Métropole du Grand Paris", "Intercommunalité", (25_000, 0, 0), "en préparation", ["", "", ""], "", 2027, ["2027-01-01", "2027-12-31"], "", "Coopérations entre communes de la métropole"),
        aid("Caisse d'allocations familiales", "Organismes sociaux", (9_000, 0, 0), "en préparation", ["", "", ""], "", 2027, ["2027-01-01", "2027-12-31"], "", "Ateliers en famille"),
        aid("Ville d'Alfortville", "Commune", (6_000, 0, 0), "identifié", ["", "", ""], "", 2027, ["2027-01-01", "2027-12-31"], "", "Soutien au programme local"),
        aid("Union européenne", "Fonds européens", (40_000, 0, 0), "identifié", ["", "", ""], "", 2027, ["2027-01-01", "2028-12-31"], "", "Échanges avec d'autres territoires en transition"),
    ];
    let mut room = aid("Ville de Sucy-en-Brie", "Commune", (4_500, 4_500, 0), "voté", ["", "2025-12-15", ""], "", 2026, ["2026-01-01", "2026-12-31"], "DEL-2025-119", "Mise à disposition d'une salle");
    room.nature = "nature";
    room.earmarked = false;
    list.push(room);
    list
}

/// A line of the budget; amounts in cents.
pub(crate) struct BudgetLine {
    pub(crate) year: i32,
    pub(crate) account: &'static str,
    pub(crate) label: &'static str,
    pub(crate) action: &'static str,
    pub(crate) planned: i64,
    pub(crate) actual: i64,
    pub(crate) eligible: Option<bool>,
    pub(crate) receipt: &'static str,
}

/// Account, label, action, (planned, actual) of 2024, 2025, 2026, eligible, receipts.
type BudgetRow =
    (&'static str, &'static str, &'static str, [(i64, i64); 3], Option<bool>, &'static str);

const YES: Option<bool> = Some(true);
const NO: Option<bool> = Some(false);

#[rustfmt::skip]
const ROWS: &[BudgetRow] = &[
    ("60", "Achats de fournitures pour les ateliers", "A01", [(1_200, 1_050), (4_600, 4_380), (5_200, 3_910)], YES, "F-60"),
    ("606", "Matériel des stands", "A05", [(0, 0), (1_800, 1_120), (2_400, 1_240)], YES, "F-606"),
    ("613", "Location de salles", "A04", [(900, 900), (3_600, 3_450), (4_200, 3_180)], YES, "F-613"),
    ("616", "Assurance", "", [(150, 150), (620, 620), (650, 650)], NO, "F-616"),
    ("622", "Intervenants et honoraires", "A02", [(1_000, 750), (5_200, 4_900), (8_400, 6_350)], YES, "F-622"),
    ("623", "Communication et impression", "A04", [(800, 640), (2_400, 2_310), (2_900, 2_050)], YES, "F-623"),
    ("623", "Maquette et impression du guide", "A12", [(0, 0), (0, 0), (4_500, 600)], YES, "F-623G"),
    ("625", "Déplacements et missions", "A08", [(950, 810), (2_880, 2_740), (3_400, 2_420)], YES, "F-625"),
    ("627", "Services bancaires", "", [(100, 100), (200, 190), (220, 160)], NO, "F-627"),
    ("63", "Impôts et taxes sur rémunération", "", [(200, 190), (850, 830), (1_080, 790)], YES, ""),
    ("64", "Charges de personnel : ateliers", "A01", [(6_100, 5_950), (21_400, 20_900), (23_900, 17_050)], YES, "Paie"),
    ("64", "Charges de personnel : formations", "A02", [(2_300, 2_250), (10_300, 9_800), (13_600, 10_450)], YES, "Paie"),
    ("64", "Charges de personnel : accompagnement", "A03", [(3_900, 3_860), (17_800, 17_650), (21_500, 16_200)], YES, "Paie"),
    ("64", "Charges de personnel : conférences", "A04", [(1_900, 1_870), (6_200, 6_150), (6_700, 5_150)], YES, "Paie"),
    ("64", "Charges de personnel : stands", "A05", [(600, 540), (3_100, 2_480), (3_600, 2_150)], YES, "Paie"),
    ("64", "Charges de personnel : coordination", "A06", [(3_200, 3_180), (11_000, 10_700), (11_300, 8_050)], YES, "Paie"),
    ("64", "Charges de personnel : suivi", "A07", [(2_500, 2_480), (9_200, 8_900), (9_600, 7_450)], YES, "Paie"),
    ("64", "Charges de personnel : élus", "A08", [(1_400, 1_360), (4_100, 4_250), (4_600, 3_900)], YES, "Paie"),
    ("64", "Charges de personnel : financements", "A09", [(1_300, 1_240), (5_150, 5_080), (5_900, 4_150)], YES, "Paie"),
    ("64", "Charges de personnel : concertation", "A10", [(600, 570), (3_000, 2_900), (3_700, 2_750)], YES, "Paie"),
    ("64", "Charges de personnel : conseil", "A11", [(600, 600), (2_000, 1_950), (2_250, 1_780)], YES, "Paie"),
    ("65", "Autres charges de gestion courante", "", [(300, 210), (600, 600), (400, 390)], NO, ""),
];

/// Income: 2024, 2025, 2026; what is lacking is taken from the reserves (789).
#[rustfmt::skip]
const INCOME: &[BudgetRow] = &[
    ("70", "Prestations de formation", "", [(0, 0), (0, 0), (4_000, 3_000)], None, ""),
    ("74etp", "ADEME", "", [(22_500, 21_500), (87_000, 84_000), (67_500, 62_000)], None, "20IFC0161"),
    ("74region", "Région Île-de-France", "", [(0, 0), (0, 0), (22_500, 15_000)], None, "CP 2026-077"),
    ("74dep", "Département du Val-de-Marne", "", [(0, 0), (0, 0), (12_000, 8_000)], None, "2026-3-41"),
    ("74com", "Ville de Sucy-en-Brie", "", [(0, 0), (0, 0), (8_000, 6_000)], None, "DEL-2025-118"),
    ("74priv", "Fondation Rives Vivantes", "", [(0, 0), (0, 0), (9_000, 4_500)], None, "FRV-26-014"),
    ("756", "Cotisations", "", [(0, 0), (0, 0), (3_200, 2_100)], None, ""),
];

/// The budget: charges and income balanced planned and actual, account 86 equal to 87.
pub(crate) fn budget(hours: &[Volunteering]) -> Vec<BudgetLine> {
    let mut list = Vec::new();
    for (i, year) in (2024..=2026).enumerate() {
        let line = |row: &BudgetRow| BudgetLine {
            year,
            account: row.0,
            label: row.1,
            action: row.2,
            planned: row.3[i].0 * 100,
            actual: row.3[i].1 * 100,
            eligible: row.4,
            receipt: row.5,
        };
        let charges: Vec<BudgetLine> = ROWS.iter().map(line).collect();
        let income: Vec<BudgetLine> = INCOME.iter().map(line).collect();
        let lacking = |amount: fn(&BudgetLine) -> i64| {
            charges.iter().map(amount).sum::<i64>() - income.iter().map(amount).sum::<i64>()
        };
        let reserves = BudgetLine {
            year,
            account: "789",
            label: "Report de ressources non utilisées",
            action: "",
            planned: lacking(|l| l.planned),
            actual: lacking(|l| l.actual),
            eligible: None,
            receipt: "",
        };
        let unpaid: i64 = hours.iter().filter(|v| v.year() == year).map(Volunteering::value).sum();
        let room = if year == 2026 { (450_000, 337_500) } else { (0, 0) };
        let planned = [150_000, 900_000, 1_200_000][i];
        let in_kind = |account, label, planned, actual| BudgetLine {
            year,
            account,
            label,
            action: "",
            planned,
            actual,
            eligible: None,
            receipt: "",
        };
        list.extend(charges);
        list.extend(income);
        list.push(reserves);
        list.push(in_kind("864", "Personnel bénévole", planned, unpaid));
        list.push(in_kind("861", "Mise à disposition gratuite de biens", room.0, room.1));
        list.push(in_kind("870", "Bénévolat", planned, unpaid));
        list.push(in_kind("871", "Prestations en nature", room.0, room.1));
    }
    list.retain(|line| line.planned != 0 || line.actual != 0);
    list
}

/// Planned spending of an action over the programme, in cents.
pub(crate) fn spending(budget: &[BudgetLine], action: &str) -> i64 {
    budget.iter().filter(|line| line.action == action).map(|line| line.planned).sum()
}

/// Month end, available, dedicated funds, debts: in cents.
pub(crate) fn treasury(budget: &[BudgetLine]) -> Vec<(Date, i64, i64, i64)> {
    const PAYMENTS: &[(u32, i64)] = &[
        (0, 54_000),
        (8, 45_000),
        (15, 45_000),
        (18, 8_000),
        (20, 15_000),
        (21, 12_000),
        (22, 9_000),
        (16, 2_000),
        (19, 1_600),
        (23, 1_500),
    ];
    let mut cash = 7_600_000;
    (0..24)
        .map(|month| {
            let end = after(month_start(month + 1), 0).pred_opt().expect("a day before");
            let (year, months) = match month {
                0..=2 => (2024, 3),
                3..=14 => (2025, 12),
                _ => (2026, 9),
            };
            let spent: i64 = budget
                .iter()
                .filter(|l| l.year == year && l.account.starts_with('6'))
                .map(|l| l.actual)
                .sum();
            // Salaries weigh on some months more than on others.
            let uneven = [-41_250, 12_730, 28_520][month as usize % 3];
            let paid: i64 = PAYMENTS.iter().filter(|p| p.0 == month).map(|p| p.1 * 100).sum();
            cash += paid - spent / months - uneven;
            let dedicated = if month >= 20 { 1_200_000 } else { 0 };
            (end, cash, dedicated, 310_000 + 21_500 * i64::from(month % 5))
        })
        .collect()
}

/// Check used by the test: charges equal income, 86 equals 87, each year, planned and actual.
pub(crate) fn is_balanced(budget: &[BudgetLine]) -> bool {
    (2024..=2026).all(|year| {
        let sum = |from: &[&str], amount: fn(&BudgetLine) -> i64| -> i64 {
            let ours =
                |l: &&BudgetLine| l.year == year && from.iter().any(|a| l.account.starts_with(a));
            budget.iter().filter(ours).map(amount).sum()
        };
        [(|l: &BudgetLine| l.planned) as fn(&BudgetLine) -> i64, |l| l.actual].iter().all(
            |amount| {
                sum(&["6"], *amount) == sum(&["7"], *amount)
                    && sum(&["86"], *amount) == sum(&["87"], *amount)
            },
        )
    })
}

/// Own reserves used when the year's line 789 is computed must not be negative.
pub(crate) fn reserves_hold(budget: &[BudgetLine]) -> bool {
    budget.iter().filter(|l| l.account == "789").all(|l| l.planned >= 0 && l.actual >= 0)
}
