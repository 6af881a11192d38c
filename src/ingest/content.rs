//! What the cells of a column look like, before anything is known of it.

use super::{Row, Value};
use crate::schema::vocabulary::squash;
use crate::schema::{Choice, ColumnSpec, Kind};
use crate::texts::fold;

/// Cells looked at, and rows they are looked for in.
const SAMPLED: usize = 200;
const SEARCHED: usize = 2000;

/// Names of months, folded and cut: `févr.`, `sept`, `décembre`.
const MONTHS: &[&str] =
    &["jan", "fev", "mar", "avr", "mai", "juin", "juil", "aou", "sep", "oct", "nov", "dec"];

/// The shapes of the first filled cells of a column.
#[derive(Debug, Default)]
pub(super) struct Content {
    total: usize,
    dates: usize,
    numbers: usize,
    years: usize,
    addresses: usize,
    sirets: usize,
    flags: usize,
    /// Short texts, without accents, case or spaces.
    labels: Vec<String>,
}

impl Content {
    /// Looks at the cells of a column.
    pub(super) fn of(rows: &[Row], column: u32) -> Self {
        let mut content = Self::default();
        let cells =
            rows.iter().take(SEARCHED).map(|row| row.cell(column)).filter(|cell| !cell.is_blank());
        for cell in cells.take(SAMPLED) {
            content.total += 1;
            content.look(cell);
        }
        content
    }

    fn look(&mut self, cell: &Value) {
        match cell {
            Value::Date(_) => self.dates += 1,
            Value::Flag(_) => self.flags += 1,
            Value::Number(number) => {
                self.numbers += 1;
                let whole = number.fract() == 0.0;
                self.years += usize::from(whole && (1900.0..2100.0).contains(number));
                self.sirets += usize::from(whole && (1e12..1e14).contains(number));
            }
            Value::Text(text) => self.read(text.trim()),
            Value::Empty | Value::Error(_) => {}
        }
    }

    fn read(&mut self, text: &str) {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        self.dates += usize::from(is_date(text));
        self.addresses += usize::from(text.contains('@') && text.contains('.'));
        self.sirets += usize::from(digits == 14 && letters == 0);
        let year = digits == 4 && text.len() == 4 && text.starts_with(['1', '2']);
        self.years += usize::from(year);
        // An amount may carry a sign and its unit, and no more letters than `k€` or `EUR`.
        let amount = digits > 0 && letters <= 5 && !is_date(text);
        let dressed = text.chars().all(|c| {
            c.is_ascii_digit() || c.is_whitespace() || c.is_alphabetic() || "+-.,()%€'".contains(c)
        });
        let starts = text.starts_with(|c: char| c.is_ascii_digit() || "+-(.€".contains(c));
        self.numbers += usize::from(amount && dressed && starts);
        let squashed = squash(text);
        self.flags += usize::from(matches!(&*squashed, "oui" | "non" | "x" | "vrai" | "faux"));
        if squashed.len() <= 60 {
            self.labels.push(squashed);
        }
    }

    /// Whether the cells could be those of a column of the schema: yes, no, or nothing to say.
    pub(super) fn fits(&self, column: &ColumnSpec) -> Option<bool> {
        if self.total == 0 {
            return None;
        }
        let mostly = |count: usize| count * 10 >= self.total * 7;
        match column.kind {
            Kind::Date => Some(mostly(self.dates)),
            Kind::Year => Some(mostly(self.years)),
            Kind::Money | Kind::Number | Kind::Integer => Some(mostly(self.numbers)),
            Kind::Siret => Some(self.sirets * 2 >= self.total),
            Kind::Flag => Some(mostly(self.flags + self.numbers)),
            Kind::Choice(choices) | Kind::Choices(choices) => {
                let known = self.labels.iter().filter(|label| is_label(choices, label)).count();
                match mostly(known) {
                    true => Some(true),
                    false => (mostly(self.dates) || mostly(self.numbers)).then_some(false),
                }
            }
            Kind::Text if column.id == "email" => Some(mostly(self.addresses)),
            Kind::Text | Kind::List => {
                (mostly(self.dates) || mostly(self.numbers) || mostly(self.addresses))
                    .then_some(false)
            }
            Kind::Code | Kind::Commune | Kind::Rna | Kind::Span => None,
        }
    }
}

fn is_label(choices: &[Choice], squashed: &str) -> bool {
    choices.iter().any(|choice| {
        std::iter::once(&choice.label).chain(choice.aliases).any(|name| squash(name) == *squashed)
    })
}

/// `31/12/2026`, `2026-12-31`, `12 mars 2026`.
fn is_date(text: &str) -> bool {
    let head = text.get(..10).unwrap_or(text);
    let parts: Vec<&str> = head.trim().split(['/', '-', '.']).collect();
    let numbers = parts.iter().all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
    if parts.len() == 3 && numbers {
        return true;
    }
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let month = |word: &&str| MONTHS.iter().any(|month| word.starts_with(month));
    words.len() <= 4
        && words.iter().any(month)
        && words.iter().any(|w| w.len() == 4 && w.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::TableId;

    fn content(cells: &[&str]) -> Content {
        let rows: Vec<Row> = cells
            .iter()
            .zip(1_u32..)
            .map(|(cell, number)| Row { number, cells: vec![Value::Text((*cell).into())] })
            .collect();
        Content::of(&rows, 0)
    }

    fn fits(cells: &[&str], table: TableId, id: &str) -> Option<bool> {
        content(cells).fits(table.spec().column(id).unwrap())
    }

    #[test]
    fn cells_say_yes_no_or_nothing() {
        let (dates, amounts) = (["01/02/2026", "2026-02-01", "12 mars 2026"], ["1 200,50 €", "12"]);
        assert_eq!(fits(&dates, TableId::Activities, "date"), Some(true));
        assert_eq!(fits(&dates, TableId::Funding, "granted"), Some(false));
        assert_eq!(fits(&amounts, TableId::Funding, "granted"), Some(true));
        assert_eq!(fits(&amounts, TableId::Activities, "title"), Some(false));
        assert_eq!(fits(&["à voir"], TableId::Funding, "granted"), Some(false));
        assert_eq!(fits(&["Atelier", "stand"], TableId::Activities, "kind"), Some(true));
        assert_eq!(fits(&["a@b.fr"], TableId::Participants, "email"), Some(true));
        assert_eq!(fits(&[], TableId::Activities, "date"), None);
        assert_eq!(fits(&["Mars en fête"], TableId::Activities, "title"), None);
    }
}
