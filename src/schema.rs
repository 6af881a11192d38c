//! The tables a programme keeps: the ONE place where tables and columns are declared. Reading,
//! checking, the data dictionary and the exported descriptors all derive from it; a new column is
//! one entry.

mod actors;
pub mod cerfa;
pub mod descriptor;
mod money;
mod records;
mod ties;
pub(crate) mod vocabulary;
mod work;

pub use money::SIGNED_STATUSES;

use serde::Serialize;

/// Every table of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is described by its entry in TABLES")]
pub enum TableId {
    Activities,
    Participants,
    Projects,
    Attendance,
    Organisations,
    Partnerships,
    Cooperations,
    Funding,
    Budget,
    ActionPlan,
    Timesheets,
    Volunteering,
    Targets,
    Treasury,
    Learning,
    Communication,
    Territories,
    Decisions,
}

impl TableId {
    /// The declaration of the table.
    pub fn spec(self) -> &'static TableSpec {
        TABLES.iter().copied().find(|t| t.id == self).unwrap_or(TABLES[0])
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Free text.
    Text,
    /// A short identifier kept as text (`12` and `12,0` are the same).
    Code,
    /// INSEE commune code or commune name.
    Commune,
    /// SIRET: 14 digits with a Luhn key.
    Siret,
    /// RNA: `W` and nine digits.
    Rna,
    /// A day.
    Date,
    /// Two days, `2026-01-01/2026-12-31`, `2026-01-01_2026-12-31`, or a year.
    Span,
    /// A year.
    Year,
    /// A number.
    Number,
    /// A whole number.
    Integer,
    /// Euros, kept in cents.
    Money,
    /// oui / non.
    Flag,
    /// Several texts separated by `;` `,` `/` or line breaks.
    List,
    /// One of a list of labels.
    Choice(&'static [Choice]),
    /// Several of a list of labels.
    Choices(&'static [Choice]),
}

impl Kind {
    /// Whether its values are quantities, which add up.
    pub(crate) fn is_quantity(self) -> bool {
        matches!(self, Self::Money | Self::Number | Self::Integer)
    }
}

/// An allowed label and the other ways people write it (compared without case, accents, plural).
#[derive(Debug, PartialEq, Eq)]
pub struct Choice {
    /// Canonical label.
    pub label: &'static str,
    /// Other spellings.
    pub aliases: &'static [&'static str],
}

/// A column of a table.
#[derive(Debug)]
pub struct ColumnSpec {
    /// English name in the code.
    pub id: &'static str,
    /// French header, as in the blank workbook.
    pub header: &'static str,
    /// Other headers it goes by.
    pub aliases: &'static [&'static str],
    /// What it holds.
    pub kind: Kind,
    /// A row without it is left out.
    pub required: bool,
    /// Holds personal data: never leaves the program, masked in findings.
    pub personal: bool,
    /// Often written once, on the first row of a block, and left blank below.
    pub once: bool,
    /// Unit of numbers.
    pub unit: &'static str,
    /// Meaning, in French.
    pub meaning: &'static str,
}

impl ColumnSpec {
    const fn required(mut self) -> Self {
        self.required = true;
        self
    }
    const fn personal(mut self) -> Self {
        self.personal = true;
        self
    }
    const fn once(mut self) -> Self {
        self.once = true;
        self
    }
    const fn unit(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }

    /// Name of the column in `donnees/tables/*.csv`: the header in unaccented snake case.
    pub fn csv_name(&self) -> String {
        crate::texts::snake(self.header)
    }
}

const fn col(
    id: &'static str,
    header: &'static str,
    kind: Kind,
    aliases: &'static [&'static str],
    meaning: &'static str,
) -> ColumnSpec {
    ColumnSpec {
        id,
        header,
        aliases,
        kind,
        required: false,
        personal: false,
        once: false,
        unit: "",
        meaning,
    }
}

const fn label(label: &'static str, aliases: &'static [&'static str]) -> Choice {
    Choice { label, aliases }
}

/// A table.
#[derive(Debug)]
pub struct TableSpec {
    /// Which table.
    pub id: TableId,
    /// Name of its sheet in the blank workbook.
    pub sheet: &'static str,
    /// Other names its sheet or file goes by.
    pub aliases: &'static [&'static str],
    /// Its columns.
    pub columns: &'static [ColumnSpec],
    /// Rows describe people: the table is never written to `donnees/tables`.
    pub people: bool,
    /// Columns that together identify a row, for duplicates; empty = the whole row.
    pub key: &'static [&'static str],
    /// Meaning, in French.
    pub meaning: &'static str,
}

impl TableSpec {
    /// The column of an id.
    pub fn column(&self, id: &str) -> Option<&'static ColumnSpec> {
        self.columns.iter().find(|c| c.id == id)
    }

    /// Name of its file in `donnees/tables`, without `.csv`: `plan_d_actions`.
    pub fn file_stem(&self) -> String {
        crate::texts::snake(self.sheet)
    }
}

/// Every table, in the order of the dictionary.
pub static TABLES: &[&TableSpec] = &[
    &work::ACTIVITIES,
    &actors::PARTICIPANTS,
    &actors::PROJECTS,
    &work::ATTENDANCE,
    &actors::ORGANISATIONS,
    &ties::PARTNERSHIPS,
    &ties::COOPERATIONS,
    &money::FUNDING,
    &money::BUDGET,
    &work::ACTION_PLAN,
    &records::TIMESHEETS,
    &records::VOLUNTEERING,
    &records::TARGETS,
    &money::TREASURY,
    &records::LEARNING,
    &records::COMMUNICATION,
    &ties::TERRITORIES,
    &ties::DECISIONS,
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_headers_and_file_names_are_unique() {
        let stems: BTreeSet<_> = TABLES.iter().map(|t| t.file_stem()).collect();
        assert_eq!(stems.len(), TABLES.len());
        for table in TABLES {
            let mut words = BTreeSet::new();
            for column in table.columns {
                assert!(words.insert(crate::texts::fold(column.header)), "{}", column.header);
                for alias in column.aliases {
                    assert!(words.insert(crate::texts::fold(alias)), "{alias} in {}", table.sheet);
                }
                assert!(!column.meaning.is_empty(), "{}", column.id);
            }
            for key in table.key {
                assert!(table.column(key).is_some(), "{key}");
            }
        }
    }
}
