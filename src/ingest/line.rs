//! The rows of a sheet that may be its header, alone or joined with the row above.

use super::{Row, Sheet, groups};
use crate::schema::vocabulary::{Key, is_known, squash};

/// Rows searched for a header.
const SEARCHED: usize = 30;

/// Columns that form services add to every answer: they say that the export is theirs, and are not
/// counted when the share of known columns is.
const FORM_COLUMNS: &[&str] = &[
    "_id",
    "_uuid",
    "_submission_time",
    "_submission__id",
    "_submission__uuid",
    "_validation_status",
    "_notes",
    "_status",
    "_submitted_by",
    "__version__",
    "_tags",
    "_index",
    "_parent_index",
    "start",
    "end",
    "today",
    "deviceid",
    "username",
    "meta/instanceID",
    "meta/instanceName",
    "formhub/uuid",
];

/// A possible header: one row, or two joined.
#[derive(Debug)]
pub(super) struct Line {
    pub at: usize,
    pub upper: Option<usize>,
    /// Its lower row says nothing but names of columns: it is a header, whatever it adds.
    pub sure_below: bool,
    pub texts: Vec<String>,
    /// The texts, made comparable.
    pub keys: Vec<Key>,
    /// Of those that are numbered (`Financeur 2`), the names without the number, surest first.
    pub bases: Vec<Vec<Key>>,
}

impl Line {
    fn new(at: usize, upper: Option<usize>, texts: Vec<String>) -> Self {
        let form = is_form(&texts);
        let keys = texts.iter().map(|text| Key::new(if form { field(text) } else { text }));
        let keys = keys.collect();
        let keys_of = |names: Vec<String>| names.iter().map(|name| Key::new(name)).collect();
        let bases = groups::series(&texts).into_iter().map(keys_of).collect();
        Self { at, upper, sure_below: false, texts, keys, bases }
    }
}

/// The header is that of an export of KoboToolbox or of its kin.
pub(super) fn is_form(texts: &[String]) -> bool {
    texts.iter().filter(|text| text.starts_with('_') && is_form_column(text)).count() >= 2
}

/// A column of a form service, not of the form.
pub(super) fn is_form_column(text: &str) -> bool {
    FORM_COLUMNS.contains(&text)
}

/// The field of a form without its groups: `identite/nom` → `nom`.
pub(super) fn field(text: &str) -> &str {
    text.rsplit_once('/').map_or(text, |(_, field)| field)
}

/// The possible headers of a sheet, made comparable once for all tables.
pub(super) fn lines(sheet: &Sheet, wanted: Option<u32>) -> Vec<Line> {
    let searched = if wanted.is_some() { usize::MAX } else { SEARCHED };
    let rows = sheet.rows.iter().enumerate().take(searched);
    rows.filter(|(_, row)| wanted.is_none_or(|w| w == row.number))
        .flat_map(|(at, _)| at_row(&sheet.rows, at))
        .collect()
}

/// The possible headers that end on a row.
pub(super) fn at_row(rows: &[Row], at: usize) -> Vec<Line> {
    let Some(row) = rows.get(at) else { return Vec::new() };
    let single = texts(row);
    let upper = at.checked_sub(1).and_then(|i| rows.get(i));
    let joined =
        upper.filter(|upper| upper.number + 1 == row.number && is_wordy(row)).map(|upper| Line {
            sure_below: row.filled_count() >= 2
                && single.iter().all(|text| text.is_empty() || is_known(text)),
            ..Line::new(at, Some(at - 1), join(&texts(upper), &single))
        });
    let mut lines = vec![Line::new(at, None, single)];
    lines.extend(joined);
    lines
}

/// A row of words only: no number, date or flag.
pub(super) fn is_wordy(row: &Row) -> bool {
    row.filled().all(|(_, cell)| cell.words().is_some())
}

fn texts(row: &Row) -> Vec<String> {
    row.cells.iter().map(|cell| cell.shown().into_owned()).collect()
}

/// Upper and lower header of each column; a merged upper cell covers the blanks at its right.
fn join(upper: &[String], lower: &[String]) -> Vec<String> {
    let mut cover = "";
    (0..upper.len().max(lower.len()))
        .map(|i| {
            let above = upper.get(i).map_or("", String::as_str);
            let below = lower.get(i).map_or("", String::as_str);
            if !above.is_empty() {
                cover = above;
            }
            match (cover, below) {
                (_, "") => above.to_owned(),
                ("", below) => below.to_owned(),
                (cover, below) => format!("{cover} {below}"),
            }
        })
        .collect()
}

/// How a text begins.
type Initials = [char; 3];

/// What a header looks like when it comes again among the data: as read, and row by row when it has
/// two. Compared by its first letters first, since every row of the sheet is.
#[derive(Debug)]
pub(super) struct Again {
    forms: Vec<Vec<(Initials, String)>>,
}

impl Again {
    pub(super) fn new(texts: &[String], rows: &[&Row]) -> Self {
        let form = |texts: &mut dyn Iterator<Item = &str>| -> Vec<(Initials, String)> {
            texts.map(|text| (initials(text), squash(text))).collect()
        };
        let mut forms = vec![form(&mut texts.iter().map(String::as_str))];
        if rows.len() > 1 {
            forms.extend(rows.iter().map(|row| {
                form(&mut row.cells.iter().map(|cell| cell.words().unwrap_or_default()))
            }));
        }
        Self { forms }
    }

    /// Most cells of the row say again what the header says.
    pub(super) fn is(&self, row: &Row) -> bool {
        self.forms.iter().any(|form| {
            let same = |whole: bool| {
                let (mut same, mut filled) = (0, 0);
                for (i, cell) in row.filled() {
                    filled += 1;
                    let (Some(text), Some((first, header))) = (cell.words(), form.get(i as usize))
                    else {
                        continue;
                    };
                    let alike = *first != Initials::default()
                        && initials(text) == *first
                        && (!whole || squash(text) == *header);
                    same += usize::from(alike);
                }
                same >= 2 && same * 5 >= filled * 3
            };
            same(false) && same(true)
        })
    }
}

/// First letters and digits, in lower case and without the usual accents.
fn initials(text: &str) -> Initials {
    let mut found = Initials::default();
    let mut letters = text.chars().filter(|c| c.is_alphanumeric()).flat_map(|c| match c {
        'Œ' | 'œ' => ['o', 'e'].into_iter().take(2),
        other => [plain_letter(other), '\0'].into_iter().take(1),
    });
    for place in &mut found {
        *place = letters.next().unwrap_or_default();
    }
    found
}

fn plain_letter(c: char) -> char {
    match c {
        'À'..='Å' | 'à'..='å' => 'a',
        'Ç' | 'ç' => 'c',
        'È'..='Ë' | 'è'..='ë' => 'e',
        'Ì'..='Ï' | 'ì'..='ï' => 'i',
        'Ò'..='Ö' | 'ò'..='ö' => 'o',
        'Ù'..='Ü' | 'ù'..='ü' => 'u',
        other => other.to_lowercase().next().unwrap_or(other),
    }
}
