//! The words people use for tables and columns, compared whatever their dress.

use crate::schema::{ColumnSpec, Kind, TABLES, TableId, TableSpec};
use crate::texts::fold;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Columns of a table by folded header, with how far down its list of names the header is.
type Columns = BTreeMap<String, (&'static ColumnSpec, usize)>;

static COLUMNS: LazyLock<BTreeMap<TableId, Columns>> = LazyLock::new(|| {
    TABLES
        .iter()
        .map(|table| {
            let mut columns = Columns::new();
            for column in table.columns {
                for (rank, name) in names(column).enumerate() {
                    columns.entry(squash(name)).or_insert((column, rank));
                }
            }
            (table.id, columns)
        })
        .collect()
});

/// Names of a column: its id, its header, then its aliases.
fn names(column: &'static ColumnSpec) -> impl Iterator<Item = &'static str> {
    std::iter::once(column.header).chain(column.aliases.iter().copied())
}

/// Folded, without spaces: `nomBeneficiaire`, `NOM_Bénéficiaire` and `Nom bénéficiaire` are one.
pub(super) fn squash(text: &str) -> String {
    fold(text).replace(' ', "")
}

/// A header without what people hang on it: units in parentheses, a star, a year.
fn bare(header: &str) -> String {
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
pub(super) fn column(table: &TableSpec, header: &str) -> Option<(&'static ColumnSpec, usize)> {
    let columns = COLUMNS.get(&table.id)?;
    let whole = squash(header);
    if whole.is_empty() {
        return None;
    }
    columns.get(&whole).copied().or_else(|| {
        let bare = bare(header).replace(' ', "");
        // A stripped name is less sure than a whole one.
        columns.get(&bare).map(|(column, rank)| (*column, rank + 20))
    })
}

/// The only column whose name is nearly the header: a slip of the keyboard, not another word.
pub(super) fn near_column(table: &TableSpec, header: &str) -> Option<&'static ColumnSpec> {
    let typed = bare(header);
    let near: Vec<&ColumnSpec> = table
        .columns
        .iter()
        .filter(|column| names(column).any(|name| is_near(&typed, &bare(name))))
        .collect();
    match near.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

/// Word by word, at most one letter in four and two in all differ.
pub(super) fn is_near(a: &str, b: &str) -> bool {
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
pub(super) fn name_score(table: &TableSpec, name: &str) -> u32 {
    let folded = fold(name);
    if folded.is_empty() {
        return 0;
    }
    let padded = format!(" {folded} ");
    std::iter::once(table.sheet)
        .chain(table.aliases.iter().copied())
        .map(|alias| {
            let alias = fold(alias);
            let words = u32::try_from(alias.split(' ').count()).unwrap_or(1);
            if alias == folded || alias.replace(' ', "") == folded.replace(' ', "") {
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
pub(super) fn holds_digits(kind: Kind) -> bool {
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
        let near = |table: TableId, header| near_column(table.spec(), header).map(|c| c.id);
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
    }
}
