//! The words people use for tables and columns, compared whatever their dress.

use crate::schema::{ColumnSpec, Kind, TABLES, TableId, TableSpec};
use crate::texts::{fold, mend};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Longer texts are sentences, not headers.
pub(crate) const LONGEST: usize = 120;

/// Headers, folded: the special categories of article 9 of the GDPR, the social security number, and
/// the *posture*, which describes organisations, never persons.
const SENSITIVE: &[&str] = &[
    "posture",
    "positionnement",
    "opinion politique",
    "parti politique",
    "parti",
    "religion",
    "syndicat",
    "appartenance syndicale",
    "etat de sante",
    "sante",
    "handicap",
    "origine ethnique",
    "orientation sexuelle",
    "numero de securite sociale",
    "n securite sociale",
    "nir",
];

/// The names of the columns of a table, made comparable once.
#[derive(Default)]
struct Columns {
    /// By folded name, with how far down its list of names the name is.
    exact: BTreeMap<String, (&'static ColumnSpec, usize)>,
    /// Bare names of each column.
    bare: Vec<(&'static ColumnSpec, Vec<String>)>,
}

static COLUMNS: LazyLock<BTreeMap<TableId, Columns>> = LazyLock::new(|| {
    TABLES
        .iter()
        .map(|table| {
            let mut columns = Columns::default();
            for column in table.columns {
                for (rank, name) in names(column).enumerate() {
                    columns.exact.entry(squash(name)).or_insert((column, rank));
                }
                columns.bare.push((column, names(column).map(bare).collect()));
            }
            (table.id, columns)
        })
        .collect()
});

/// Folded names of a table: its sheet, then its aliases.
static TABLE_NAMES: LazyLock<BTreeMap<TableId, Vec<String>>> = LazyLock::new(|| {
    let names = |t: &TableSpec| {
        std::iter::once(t.sheet).chain(t.aliases.iter().copied()).map(fold).collect()
    };
    TABLES.iter().map(|table| (table.id, names(table))).collect()
});

/// A header made comparable once, to be looked up in many tables.
#[derive(Debug, Clone, Default)]
pub(crate) struct Key {
    /// Folded, without spaces.
    pub(crate) whole: String,
    bare: String,
}

impl Key {
    pub(crate) fn new(header: &str) -> Self {
        if header.is_empty() || header.len() > LONGEST {
            return Self::default();
        }
        Self { whole: squash(header), bare: bare(header) }
    }
}

/// Names of a column: its id, its header, then its aliases.
pub(crate) fn names(column: &'static ColumnSpec) -> impl Iterator<Item = &'static str> {
    std::iter::once(column.header).chain(column.aliases.iter().copied())
}

/// Folded, without spaces: `nomBeneficiaire`, `NOM_Bénéficiaire` and `Nom bénéficiaire` are one.
pub(crate) fn squash(text: &str) -> String {
    fold(text).replace(' ', "")
}

/// A header without what people hang on it: units in parentheses, a star, a year.
pub(crate) fn bare(header: &str) -> String {
    let mut depth = 0_usize;
    let mut text = String::with_capacity(header.len());
    for c in header.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => text.push(c),
            _ => {}
        }
    }
    let folded = fold(&text);
    let year =
        |word: &str| word.len() == 4 && word.starts_with("20") && word.parse::<u16>().is_ok();
    match folded.rsplit_once(' ') {
        Some((rest, last)) if year(last) => rest.to_owned(),
        _ => folded,
    }
}

/// The column a header names exactly, and how usual the name is (0 = the header of the schema).
pub(crate) fn column(table: &TableSpec, header: &str) -> Option<(&'static ColumnSpec, usize)> {
    find(table, &Key::new(header))
}

/// [`column()`], for a header already made comparable.
pub(crate) fn find(table: &TableSpec, key: &Key) -> Option<(&'static ColumnSpec, usize)> {
    let columns = &COLUMNS.get(&table.id)?.exact;
    if key.whole.is_empty() {
        return None;
    }
    columns.get(&key.whole).copied().or_else(|| {
        // A stripped name is less sure than a whole one.
        columns.get(&key.bare.replace(' ', "")).map(|(column, rank)| (*column, rank + 20))
    })
}

/// The only name of a column or table that a text with lost letters could be.
pub(crate) fn only_one(damaged: &str) -> Option<&'static str> {
    let columns = TABLES.iter().flat_map(|table| table.columns).flat_map(names);
    let tables =
        TABLES.iter().flat_map(|t| std::iter::once(t.sheet).chain(t.aliases.iter().copied()));
    let mut could = columns.chain(tables).filter(|name| mend::could_be(damaged, name));
    let name = could.next()?;
    could.all(|other| squash(other) == squash(name)).then_some(name)
}

/// Whether a header names what must not be kept about people.
pub(crate) fn is_sensitive(header: &str) -> bool {
    SENSITIVE.contains(&fold(header).as_str())
}

/// Whether a header is a word of the trade, of any table: such a word is nobody's name.
pub(crate) fn is_known(header: &str) -> bool {
    let key = Key::new(header);
    is_sensitive(header) || TABLES.iter().any(|table| find(table, &key).is_some())
}

/// The only column whose name is nearly the header: a slip of the keyboard, not another word.
pub(crate) fn near_column(table: &TableSpec, key: &Key) -> Option<&'static ColumnSpec> {
    let columns = &COLUMNS.get(&table.id)?.bare;
    let mut near = columns
        .iter()
        .filter(|(_, names)| names.iter().any(|name| is_near(&key.bare, name)))
        .map(|(column, _)| *column);
    near.next().filter(|_| near.next().is_none())
}

/// Word by word, at most one letter in four and two in all differ.
pub(crate) fn is_near(a: &str, b: &str) -> bool {
    let (mut words_a, mut words_b) = (a.split(' '), b.split(' '));
    let mut distance = 0;
    loop {
        match (words_a.next(), words_b.next()) {
            (None, None) => return (1..=2).contains(&distance),
            (Some(a), Some(b)) => {
                let length = a.chars().count().min(b.chars().count());
                let apart = strsim::osa_distance(a, b);
                let digits = |word: &str| word.chars().any(|c| c.is_ascii_digit());
                if apart > length / 4 || (apart > 0 && (length < 5 || digits(a) || digits(b))) {
                    return false;
                }
                distance += apart;
            }
            _ => return false,
        }
    }
}

/// How well a sheet or file name names a table: 0 not at all, more for a whole name than for one
/// word among others.
pub(crate) fn name_score(table: &TableSpec, name: &str) -> u32 {
    let folded = fold(name);
    if folded.is_empty() {
        return 0;
    }
    let padded = format!(" {folded} ");
    TABLE_NAMES
        .get(&table.id)
        .into_iter()
        .flatten()
        .map(|alias| {
            let words = u32::try_from(alias.split(' ').count()).unwrap_or(1);
            if *alias == folded || alias.replace(' ', "") == folded.replace(' ', "") {
                12
            } else if padded.contains(&format!(" {alias} ")) {
                5 + words.min(4)
            } else {
                0
            }
        })
        .max()
        .unwrap_or(0)
}

/// The table of a name typed in the settings: `Présences`, `presences`, `Feuille de présence`.
pub(crate) fn table_named(name: &str) -> Option<TableId> {
    let squashed = squash(name);
    let find = |test: &dyn Fn(&TableSpec) -> bool| TABLES.iter().find(|t| test(t)).map(|t| t.id);
    find(&|t| squash(t.sheet) == squashed)
        .or_else(|| find(&|t| t.aliases.iter().any(|alias| squash(alias) == squashed)))
}

/// The column of a name typed in the settings: its header, an alias or its English id.
pub(crate) fn column_named(table: TableId, name: &str) -> Option<&'static ColumnSpec> {
    let spec = table.spec();
    column(spec, name).map(|(column, _)| column).or_else(|| spec.column(name))
}

/// Cells of such a column hold digits.
pub(crate) fn holds_digits(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Date
            | Kind::Span
            | Kind::Year
            | Kind::Number
            | Kind::Integer
            | Kind::Money
            | Kind::Siret
            | Kind::Rna
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sensitive_headers_are_written_as_they_are_folded() {
        for header in SENSITIVE {
            assert_eq!(fold(header), *header);
        }
    }

    fn id(table: TableId, header: &str) -> Option<&'static str> {
        column(table.spec(), header).map(|(column, _)| column.id)
    }

    #[test]
    fn headers_in_any_dress() {
        for header in ["Durée (h)", "DUREE", "durée (en heures)", "Durée *", "nb_heures"] {
            assert_eq!(id(TableId::Activities, header), Some("hours"), "{header}");
        }
        assert_eq!(id(TableId::Funding, "NOM_Beneficiaire"), Some("beneficiary"));
        assert_eq!(id(TableId::Funding, "Nom de l attribuant"), Some("funder"));
        assert_eq!(id(TableId::Funding, "Montant Demandé 2014"), Some("asked"));
        assert_eq!(id(TableId::Funding, "Montant déjà attribué 2014"), None);
        assert_eq!(id(TableId::Funding, ""), None);
    }

    #[test]
    fn slips_are_near_and_other_words_are_not() {
        let near =
            |table: TableId, header| near_column(table.spec(), &Key::new(header)).map(|c| c.id);
        assert_eq!(near(TableId::Activities, "Intitullé"), Some("title"));
        assert_eq!(near(TableId::Funding, "Financeurr"), Some("funder"));
        assert_eq!(near(TableId::Funding, "Date de début"), None);
        assert_eq!(near(TableId::Funding, "Financeur 2"), None);
        assert_eq!(near(TableId::Participants, "Nim"), None);
    }

    #[test]
    fn names_of_sheets() {
        let presences = TableId::Attendance.spec();
        assert_eq!(name_score(presences, "PRESENCES"), 12);
        assert!(name_score(presences, "2025 - présences Sucy") > 5);
        assert_eq!(name_score(presences, "Feuil1"), 0);
        let plan = name_score(TableId::ActionPlan.spec(), "plan_d_actions_2026");
        assert!(plan > name_score(TableId::Activities.spec(), "plan_d_actions_2026"));
        assert_eq!(table_named("presences"), Some(TableId::Attendance));
        assert_eq!(table_named("n'importe"), None);
        assert_eq!(only_one("Intitul\u{fffd}"), Some("Intitulé"));
        assert_eq!(only_one("Activit\u{fffd}s"), Some("Activités"));
        assert_eq!(only_one("Go\u{fffd}ter"), None);
    }
}
