//! Rows with more fields than the header, because a field holds the delimiter and should have been
//! quoted: `24 975,00` in a file with commas. Put together again where the columns allow exactly one
//! way; else said, never shifted in silence.

use super::cell;
use crate::ingest::{Row, Value};
use crate::schema::vocabulary::{self, Key};
use crate::schema::{Kind, TABLES};

/// Rows searched for a header.
const SEARCHED: usize = 30;
/// Rows looked at to learn what a column holds.
const SAMPLE: usize = 200;
/// More fields than this in excess are another trouble.
const MOST_EXTRA: usize = 8;
/// Wider rows are not looked into.
const WIDEST: usize = 512;

/// What was done with rows that have too many fields, by row number.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Rejoined {
    /// Put together in the only way that fits the header.
    pub(super) joined: Vec<u32>,
    /// Several ways fit: nobody can say what was meant.
    pub(super) doubtful: Vec<u32>,
    /// No way fits: kept as read.
    pub(super) kept: Vec<u32>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Number,
    Date,
    /// SIRET and the like.
    Digits,
    /// Identifiers.
    Code,
    /// Words, as the schema says.
    Text,
    /// Nobody knows.
    Any,
}

/// Puts together the fields of rows that have more than the header.
pub(super) fn rejoin(rows: &mut [Row], delimiter: u8) -> Rejoined {
    let mut done = Rejoined::default();
    let first = rows.first().map_or(0, |row| row.cells.len());
    if rows.iter().all(|row| row.cells.len() == first) {
        return done;
    }
    let Some(at) = header(rows) else { return done };
    let (head, body) = rows.split_at_mut(at + 1);
    let header = &head[at].cells;
    let width = header.len();
    let trailing = |row: &Row| row.cells.iter().skip(width).all(Value::is_blank);
    // Where most rows end with a delimiter too many, it is a habit and no field.
    let habit = body.iter().filter(|row| row.cells.len() > width && trailing(row)).count();
    let habit = habit * 2 > body.len();
    let columns = Columns::new(header, body, delimiter);
    for row in body.iter_mut().filter(|row| row.cells.len() > width) {
        let texts: Vec<_> = row.cells.iter().map(raw).collect();
        if habit && trailing(row) && columns.hold(&texts) {
            continue;
        }
        match columns.fit(&texts) {
            // One delimiter too many at the end, or one that should have been quoted.
            Fit::One(_) if trailing(row) && columns.hold(&texts) => done.doubtful.push(row.number),
            Fit::One(cells) => {
                row.cells = cells;
                done.joined.push(row.number);
            }
            Fit::Several => done.doubtful.push(row.number),
            Fit::None if trailing(row) => {}
            Fit::None => done.kept.push(row.number),
        }
    }
    done
}

/// The row that names most columns of one table, at least two.
fn header(rows: &[Row]) -> Option<usize> {
    let known = |row: &Row| {
        let keys: Vec<Key> = row.cells.iter().map(|cell| Key::new(&cell.shown())).collect();
        let of = |table| keys.iter().filter(|key| vocabulary::find(table, key).is_some()).count();
        TABLES.iter().map(|table| of(table)).max().unwrap_or(0)
    };
    let counts = rows.iter().take(SEARCHED).map(known).enumerate();
    let (at, known) = counts.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    (known >= 2).then_some(at)
}

/// The field as it stands in the file; an empty one for what is blank.
fn raw(value: &Value) -> &str {
    match value {
        Value::Text(text) => text,
        _ => "",
    }
}

struct Columns {
    classes: Vec<Class>,
    delimiter: char,
    /// Fields of the header start with a space: a space after a delimiter says nothing.
    spaced: bool,
}

/// How the fields of a row fit the columns.
enum Fit {
    One(Vec<Value>),
    Several,
    None,
}

impl Columns {
    fn new(header: &[Value], body: &[Row], delimiter: u8) -> Self {
        let whole: Vec<&Row> =
            body.iter().filter(|row| row.cells.len() == header.len()).take(SAMPLE).collect();
        let class = |(index, name): (usize, &Value)| {
            told(&name.shown()).unwrap_or_else(|| learned(&whole, index))
        };
        let spaced = header.iter().skip(1).any(|name| raw(name).starts_with(' '));
        Self {
            classes: header.iter().enumerate().map(class).collect(),
            delimiter: char::from(delimiter),
            spaced,
        }
    }

    /// Whether the fields as read are in their columns: cents fallen among words are not.
    fn hold(&self, fields: &[&str]) -> bool {
        let cents = |text: &str| text.len() <= 2 && text.parse::<u8>().is_ok();
        let mut both = self.classes.iter().zip(fields);
        both.all(|(class, text)| class.fits(text) && (*class != Class::Text || !cents(text)))
    }

    /// Amounts first: their halves cannot be mistaken. Texts when no amount explains the row.
    fn fit(&self, fields: &[&str]) -> Fit {
        let extra = fields.len() - self.classes.len();
        if extra > MOST_EXTRA || fields.len() > WIDEST {
            return Fit::None;
        }
        let amounts = |left: &str, right: &str| self.delimiter == ',' && is_amount(left, right);
        match self.ways(fields, extra, &amounts) {
            Fit::None => self.ways(fields, extra, &|left, right| {
                amounts(left, right) || (!self.spaced && is_sentence(left, right))
            }),
            found => found,
        }
    }

    /// Counts the ways to join `extra` pairs of neighbours so that every column holds what it should,
    /// from the last field back.
    fn ways(&self, fields: &[&str], extra: usize, joins: &dyn Fn(&str, &str) -> bool) -> Fit {
        let n = fields.len();
        let mut ways = vec![vec![0_u8; extra + 1]; n + 2];
        ways[n][extra] = 1;
        let pair = |i: usize, column: usize| {
            let (left, right) = (fields[i], *fields.get(i + 1)?);
            let joined = joins(left, right).then(|| format!("{left}{}{right}", self.delimiter))?;
            self.classes.get(column).is_some_and(|class| class.fits(&joined)).then_some(joined)
        };
        let alone = |i: usize, column: usize| {
            self.classes.get(column).is_some_and(|class| class.fits(fields[i]))
        };
        for i in (0..n).rev() {
            for j in 0..=extra.min(i) {
                let single = if ways[i + 1][j] > 0 && alone(i, i - j) { ways[i + 1][j] } else { 0 };
                let rest = if j < extra { ways[i + 2][j + 1] } else { 0 };
                let double = if rest > 0 && pair(i, i - j).is_some() { rest } else { 0 };
                ways[i][j] = (single + double).min(2);
            }
        }
        match ways[0][0] {
            0 => return Fit::None,
            1 => {}
            _ => return Fit::Several,
        }
        let (mut cells, mut i, mut j) = (Vec::with_capacity(self.classes.len()), 0, 0);
        while i < n {
            let joined = (j < extra && ways[i + 2][j + 1] > 0).then(|| pair(i, i - j)).flatten();
            if let Some(joined) = joined {
                cells.push(cell(&joined));
                (i, j) = (i + 2, j + 1);
            } else {
                cells.push(cell(fields[i]));
                i += 1;
            }
        }
        Fit::One(cells)
    }
}

/// What the schema says of a header, when all tables that know it agree.
fn told(header: &str) -> Option<Class> {
    let key = Key::new(header);
    let mut classes = TABLES
        .iter()
        .filter_map(|table| vocabulary::find(table, &key))
        .map(|(column, _)| Class::of(column.kind));
    let first = classes.next()?;
    classes.all(|class| class == first).then_some(first)
}

/// What a column holds in the rows that have the width of the header.
fn learned(rows: &[&Row], index: usize) -> Class {
    let texts = || rows.iter().filter_map(|row| row.cells.get(index)?.words());
    let enough = texts().count() >= 3;
    let all = |class: Class| texts().all(|text| class.fits(text));
    [Class::Digits, Class::Date, Class::Number]
        .into_iter()
        .find(|class| enough && all(*class))
        .unwrap_or(Class::Any)
}

impl Class {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Number | Kind::Integer | Kind::Money | Kind::Year => Self::Number,
            Kind::Date | Kind::Span => Self::Date,
            Kind::Siret => Self::Digits,
            Kind::Code | Kind::Rna | Kind::Commune => Self::Code,
            _ => Self::Text,
        }
    }

    fn fits(self, text: &str) -> bool {
        let text = text.trim();
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        // `NC`, `-`, and cells left empty, stand in any column.
        if text.is_empty() || (digits == 0 && text.len() <= 4) {
            return true;
        }
        let number = |c: char| {
            c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ',' | '\'' | '\u{2019}')
        };
        match self {
            Self::Number => {
                let bare = text.trim_start_matches(['-', '\u{2212}', '+', '(', '€', ' ']);
                let bare = bare.trim_end_matches(|c: char| !c.is_ascii_digit());
                let zero =
                    bare.len() > 1 && bare.starts_with('0') && bare.as_bytes()[1].is_ascii_digit();
                digits > 0 && !zero && bare.chars().all(number)
            }
            Self::Date => {
                let word = |c: char| c.is_alphanumeric() || c.is_whitespace();
                let mark = |c: char| matches!(c, '/' | '-' | '.' | ':' | '_');
                let compact = text.len() == digits && matches!(digits, 4 | 5 | 8);
                let written = text.contains(mark) || text.contains(char::is_alphabetic);
                (2..=16).contains(&digits)
                    && text.chars().all(|c| word(c) || mark(c))
                    && (compact || (written && digits >= 3))
            }
            Self::Digits => digits >= 9 || (digits >= 3 && text.contains(['e', 'E'])),
            Self::Code => !text.contains(','),
            Self::Text | Self::Any => true,
        }
    }
}

/// `24 975` and `00`, `12` and `5 €`: the whole part of an amount and its decimals.
fn is_amount(left: &str, right: &str) -> bool {
    let whole = left.trim_start_matches(['-', '\u{2212}', '(', '€', ' ']);
    let groups: Vec<&str> = whole.split([' ', '\u{a0}', '\u{202f}']).collect();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let grouped = groups.len() == 1
        || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    let end = right.bytes().take_while(u8::is_ascii_digit).count();
    let unit = right[end..].trim();
    groups.iter().all(|group| digits(group))
        && grouped
        && (1..=2).contains(&end)
        && unit.len() <= 9
        && unit.chars().all(|c| c.is_alphabetic() || matches!(c, '€' | '%' | ')' | ' '))
}

/// `Atelier` and ` suite`: a sentence goes on after a delimiter and a space.
fn is_sentence(left: &str, right: &str) -> bool {
    !left.trim().is_empty()
        && right.starts_with([' ', '\u{a0}'])
        && right.contains(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows below the header once put together, and what was done.
    fn rejoined(delimiter: u8, lines: &[&str]) -> (Vec<String>, Rejoined) {
        let mut rows: Vec<Row> = (1_u32..)
            .zip(lines)
            .map(|(number, line)| Row {
                number,
                cells: line.split(char::from(delimiter)).map(cell).collect(),
            })
            .collect();
        let done = rejoin(&mut rows, delimiter);
        let shown =
            |row: &Row| row.cells.iter().map(|c| raw(c).to_owned()).collect::<Vec<_>>().join("|");
        (rows.iter().skip(1).map(shown).collect(), done)
    }

    #[test]
    fn an_amount_cut_in_two_is_put_together() {
        for (lines, expected) in [
            (
                &["Financeur,Montant accordé,Objet", "Ville,24 975,00,Fonctionnement"][..],
                "Ville|24 975,00|Fonctionnement",
            ),
            (&["Financeur,Montant accordé,Objet", "Ville,24 975,00,"], "Ville|24 975,00|"),
            (&["Financeur,Montant accordé", "Ville,500,5 €"], "Ville|500,5 €"),
            (
                &["Financeur,Montant demandé,Montant accordé", "Ville,24 975,00,12 000,50"],
                "Ville|24 975,00|12 000,50",
            ),
            // Only one of two amounts has decimals, and their zeros tell which.
            (
                &["Financeur,Montant demandé,Montant accordé", "Ville,500,00,300"],
                "Ville|500,00|300",
            ),
        ] {
            let (rows, done) = rejoined(b',', lines);
            assert_eq!(rows, [expected]);
            assert_eq!(done, Rejoined { joined: vec![2], ..Rejoined::default() });
        }
    }

    #[test]
    fn a_sentence_cut_in_two_is_put_together() {
        let header = "Id,Date,Intitulé,Durée (h)";
        let (rows, done) = rejoined(b',', &[header, "A1,01/02/2026,Atelier, suite,2"]);
        assert_eq!((&*rows[0], done.joined), ("A1|01/02/2026|Atelier, suite|2", vec![2]));
        let (rows, _) = rejoined(b';', &["Id;Date;Intitulé", "A1;01/02/2026;Atelier ; suite"]);
        assert_eq!(rows, ["A1|01/02/2026|Atelier ; suite"]);
    }

    #[test]
    fn what_has_two_ways_or_none_is_said_and_left_as_it_is() {
        let header = "Financeur,Montant demandé,Montant accordé";
        let (rows, done) = rejoined(b',', &[header, "Ville,12,50,13"]);
        assert_eq!((&*rows[0], done.doubtful), ("Ville|12|50|13", vec![2]));
        let (rows, done) = rejoined(b',', &["Id,Date,Intitulé", "A1,01/02/2026,Atelier,super"]);
        assert_eq!((&*rows[0], done.kept), ("A1|01/02/2026|Atelier|super", vec![2]));
        // Six fields too many, in a file that counts its semicolons.
        let (_, done) = rejoined(b';', &["Id;Date;Intitulé", "A1;1/2/2026;a;1;2;3;4;5;6"]);
        assert_eq!(done.kept, [2]);
    }

    #[test]
    fn sound_files_are_left_alone() {
        for lines in [
            &["Id,Date,Intitulé,", "A1,01/02/2026,Atelier,"][..],
            // A delimiter too many ends every row.
            &["Id,Nombre,Votants,Montant", "A1,500,10,3,", "A2,12,30,4,"],
            &["Id,Date,Intitulé,Durée", "A1,01/02/2026,Atelier"],
            &["Recette,Gâteau", "a,12,50"],
        ] {
            let (rows, done) = rejoined(b',', lines);
            assert_eq!(done, Rejoined::default(), "{lines:?}");
            assert_eq!(rows[0], lines[1].replace(',', "|"));
        }
    }

    #[test]
    fn columns_the_schema_does_not_know_are_learned() {
        let lines = [
            "Financeur,Objet,Enveloppe,Votants",
            "a,x,12.5,3",
            "b,y,7,4",
            "c,z,8,5",
            "d,w,24 975,00,9",
        ];
        let (rows, done) = rejoined(b',', &lines);
        assert_eq!((&*rows[3], done.joined), ("d|w|24 975,00|9", vec![5]));
    }
}
