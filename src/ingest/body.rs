//! Which rows below a header are data, and why the others are not.

use super::header::Header;
use super::line::Again;
use super::section::Section;
use super::totals::{self, Sums};
use super::{LeftOut, Row, Value};
use crate::schema::vocabulary::holds_digits;
use crate::texts::fold;

/// Rows under the header that may be instructions.
const UNDER: usize = 6;

/// Words that only instructions are made of, folded.
const INSTRUCTIONS: &[&str] = &[
    "champ texte",
    "champ numerique",
    "champ date",
    "champ liste",
    "champ binaire",
    "texte libre",
    "texte court",
    "liste deroulante",
    "obligatoire",
    "facultatif",
    "optionnel",
    "format",
    "exemple",
    "ex",
    "saisissez",
    "saisir",
    "renseigner",
    "renseignez",
    "reseignez",
    "indiquer",
    "indiquez",
    "choisissez",
    "choisir",
    "presentez",
    "utilisez",
    "creez",
    "jj mm aaaa",
    "aaaa mm jj",
    "nombre entier",
    "ce champ ne sera",
    "si vos",
    "plusieurs service peuvent",
];

/// The rows of a sheet below its header, sorted into data and the rest.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Data.
    pub rows: Vec<Row>,
    /// The rest, by number.
    pub left_out: Vec<(u32, LeftOut)>,
    /// Titles of blocks, left out too.
    pub sections: Vec<Section>,
}

impl Body {
    /// How many rows were left out for a reason, and the first.
    pub(super) fn count(&self, reason: LeftOut) -> Option<(usize, u32)> {
        let mut numbers = self.left_out.iter().filter(|(_, r)| *r == reason).map(|(n, _)| *n);
        let first = numbers.next()?;
        Some((1 + numbers.count(), first))
    }
}

/// Sorts the rows of a sheet. Delimited files skip blank lines, so only workbooks show `gaps`.
pub(super) fn sort(rows: Vec<Row>, header: &Header, gaps: bool) -> Body {
    let mut body = Body::default();
    let first = header.upper.unwrap_or(header.at);
    let headers: Vec<&Row> = rows.iter().take(header.at + 1).skip(first).collect();
    let again = Again::new(&header.texts, &headers);
    let mut below = Vec::with_capacity(rows.len());
    let mut last = 0;
    for (i, row) in rows.into_iter().enumerate() {
        if i < first {
            body.left_out.push((row.number, LeftOut::Title));
        } else if i > header.at && !row.is_blank() {
            below.push(row);
        } else {
            last = row.number;
        }
    }
    let typical = typical_fill(&below);
    let notes = notes(&below, header, (last, typical), gaps);
    let mut under = true;
    let mut kept: Vec<Row> = Vec::with_capacity(below.len());
    let mut sums = Sums::under(header);
    // Something stands between the last row kept and this one.
    let mut apart = false;
    let mut waiting = below.into_iter().zip(notes).enumerate().peekable();
    while let Some((i, (row, note))) = waiting.next() {
        let next = waiting.peek().map(|(_, (row, _))| row);
        let over_data = |next: &Row| next.number == row.number + 1 && next.filled_count() >= 2;
        let reason = if again.is(&row) {
            Some(LeftOut::RepeatedHeader)
        } else if totals::is_total(&row, typical) || sums.prove(&kept, &row, typical) {
            Some(LeftOut::Total)
        } else if under && i < UNDER && is_instruction(&row, next, header) {
            Some(LeftOut::Instruction)
        } else if is_section(&row, header, typical) && (!note || next.is_some_and(over_data)) {
            Some(LeftOut::Section)
        } else if note {
            Some(LeftOut::Note)
        } else {
            under = false;
            None
        };
        let Some(reason) = reason else {
            let gap = gaps && kept.last().is_some_and(|before| row.number > before.number + 1);
            if apart || gap {
                sums.open(&kept);
            }
            apart = false;
            kept.push(row);
            continue;
        };
        apart = true;
        body.left_out.push((row.number, reason));
        if reason == LeftOut::Section
            && let Some(text) = row.filled().next().and_then(|(_, cell)| cell.words())
        {
            body.sections.push(Section { number: row.number, text: text.into() });
        }
    }
    body.rows = kept;
    body
}

/// Cells a usual row fills: the median.
fn typical_fill(rows: &[Row]) -> usize {
    let mut counts: Vec<usize> = rows.iter().map(Row::filled_count).collect();
    counts.sort_unstable();
    counts.get(counts.len() / 2).copied().unwrap_or(0)
}

/// Which rows are text beside the table: a single cell of words, at the very end or cut off from
/// the rest by a blank row.
fn notes(
    rows: &[Row],
    header: &Header,
    (header_number, typical): (u32, usize),
    gaps: bool,
) -> Vec<bool> {
    let lone = |row: &Row| {
        let mut filled = row.filled();
        let words = filled.next().and_then(|(_, cell)| cell.words());
        let words = words.filter(|text| !totals::is_figure(text));
        words.filter(|_| filled.next().is_none()).is_some_and(|text| {
            typical >= 3 || opens_a_note(text) || (typical == 2 && text.split(' ').count() >= 4)
        })
    };
    let mut notes = vec![false; rows.len()];
    for (i, row) in rows.iter().enumerate().rev() {
        if !lone(row) || is_bare_name(row, header) {
            break;
        }
        notes[i] = true;
    }
    for (i, row) in rows.iter().enumerate().filter(|_| gaps) {
        let before = if i == 0 { header_number } else { rows[i - 1].number };
        let after = rows.get(i + 1).map_or(row.number + 1, |next| next.number);
        let cut_off = row.number > before + 1 || after > row.number + 1;
        notes[i] |= cut_off && lone(row);
    }
    // A table of one row is not a note to its own header.
    if notes.iter().all(|note| *note) && typical < 2 {
        notes.fill(false);
    }
    notes
}

fn opens_a_note(text: &str) -> bool {
    let folded = fold(text);
    text.starts_with(['*', '('])
        || [
            "extraction",
            "extrait",
            "source",
            "note",
            "nb",
            "remarque",
            "export",
            "edite",
            "imprime",
        ]
        .iter()
        .any(|word| folded.split(' ').next() == Some(word))
}

/// A lone text that no row of data is made of alone, in the first column or before it.
fn is_section(row: &Row, header: &Header, typical: usize) -> bool {
    let mut filled = row.filled();
    let (Some((column, cell)), None) = (filled.next(), filled.next()) else { return false };
    let Some(text) = cell.words().filter(|_| typical >= 3) else { return false };
    // `A12` alone is the identifier of a row not filled in yet.
    let is_code = !text.contains(' ') && text.contains(|c: char| c.is_ascii_digit());
    let first = header.columns.first().is_some_and(|first| column <= first.index);
    first && !is_code && !is_enough(header, column)
}

/// A row of data may have this column and no other.
fn is_enough(header: &Header, column: u32) -> bool {
    let spec = header.table.spec();
    let mut required = header
        .columns
        .iter()
        .filter(|column| spec.column(column.id).is_some_and(|column| column.required));
    header.missing.is_empty()
        && header.columns.iter().any(|known| known.index == column)
        && required.all(|required| required.index == column)
}

/// The short name of something, in the column that identifies the rows: the last structure of a list
/// of which only the name is known, not a note.
fn is_bare_name(row: &Row, header: &Header) -> bool {
    let Some((column, cell)) = row.filled().next() else { return false };
    let key = header.table.spec().key;
    let names = header.columns.iter().any(|c| c.index == column && key.contains(&c.id));
    let short = |text: &str| !opens_a_note(text) && text.split(' ').count() <= 5;
    names && is_enough(header, column) && cell.words().is_some_and(short)
}

/// It explains the columns instead of filling them.
fn is_instruction(row: &Row, next: Option<&Row>, header: &Header) -> bool {
    let filled = row.filled_count();
    let told = row.filled().filter(|(_, cell)| cell.words().is_some_and(instructs)).count();
    if told >= 2 && told * 2 >= filled {
        return true;
    }
    // Or none of the cells that should hold digits does, while those of the next row do.
    let digits = |row: &Row| {
        let spec = header.table.spec();
        let cells = header
            .columns
            .iter()
            .filter(|c| spec.column(c.id).is_some_and(|spec| holds_digits(spec.kind)))
            .map(|c| row.cell(c.index))
            .filter(|cell| !cell.is_blank());
        let (mut with, mut without) = (0, 0);
        for cell in cells {
            let has = match cell {
                Value::Text(text) => text.chars().any(|c| c.is_ascii_digit()),
                Value::Flag(_) | Value::Error(_) | Value::Empty => false,
                Value::Number(_) | Value::Date(_) => true,
            };
            *(if has { &mut with } else { &mut without }) += 1;
        }
        (with, without)
    };
    let (with, without) = digits(row);
    with == 0 && without >= 2 && next.is_some_and(|next| digits(next).0 >= 2)
}

/// An instruction of ADEME's template left in a row of data.
pub(super) fn is_hint(text: &str) -> bool {
    text.starts_with('➔') || fold(text).starts_with("ce champ ne sera")
}

fn instructs(text: &str) -> bool {
    let padded = format!(" {} ", fold(text));
    INSTRUCTIONS.iter().any(|word| padded.contains(&format!(" {} ", fold(word))))
}

#[cfg(test)]
mod tests {
    use super::super::header::{Names, candidates, test_sheet};
    use super::*;

    fn sorted(name: &str, rows: &[&[&str]]) -> (Vec<u32>, Vec<(u32, LeftOut)>) {
        let sheet = test_sheet(name, rows);
        let names = Names { sheet: name, file: "f", alone: false };
        let header = candidates(&sheet, names, None).remove(0);
        let body = sort(sheet.rows, &header, true);
        (body.rows.iter().map(|row| row.number).collect(), body.left_out)
    }

    #[test]
    fn titles_totals_repeats_and_notes_are_left_out() {
        let (kept, left_out) = sorted(
            "Financements",
            &[
                &["Nos financements"],
                &["Financeur", "Montant demandé", "Montant accordé"],
                &["ADEME", "10", "8"],
                &["Total Direct", "10", "8"],
                &["Sous-total", "20", "16"],
                &[],
                &["FINANCEUR", "MONTANT DEMANDE", "Montant accordé"],
                &["Région", "5", "5"],
                &["", "TOTAL GENERAL", "21"],
                &[],
                &["Montants votés en commission"],
            ],
        );
        assert_eq!(kept, [3, 4, 8]);
        assert_eq!(
            left_out,
            [
                (1, LeftOut::Title),
                (5, LeftOut::Total),
                (7, LeftOut::RepeatedHeader),
                (9, LeftOut::Total),
                (11, LeftOut::Note)
            ]
        );
    }

    #[test]
    fn instructions_under_the_header() {
        let header: &[&str] = &["N°", "Date", "Intitulé", "Durée (h)"];
        let data: &[&str] = &["A1", "01/02/2026", "Atelier", "2"];
        for hint in [
            &["texte (obligatoire)", "JJ/MM/AAAA", "texte libre", "nombre entier"][..],
            &["court", "jour", "quoi", "heures"][..],
        ] {
            let (kept, left_out) = sorted("Activités", &[header, hint, data, data]);
            assert_eq!(kept, [3, 4], "{hint:?}");
            assert_eq!(left_out, [(2, LeftOut::Instruction)]);
        }
        let (kept, _) = sorted("Activités", &[header, data, data]);
        assert_eq!(kept, [2, 3]);
    }

    #[test]
    fn a_short_table_is_not_a_note() {
        let (kept, left_out) =
            sorted("Territoires", &[&["Nom"], &["Sucy-en-Brie"], &["Alfortville"]]);
        assert_eq!((kept.len(), left_out.len()), (2, 0));
    }

    #[test]
    fn a_dated_or_numbered_row_is_never_a_sum() {
        let sheet = test_sheet(
            "Présences",
            &[
                &["Activité", "Participant", "Rôle"],
                &["1", "2", "b"],
                &["2", "3", "b"],
                &["3", "5"],
            ],
        );
        let names = Names { sheet: "Présences", file: "f", alone: false };
        let header = candidates(&sheet, names, None).remove(0);
        let mut dated = sheet.clone();
        let body = sort(sheet.rows, &header, true);
        assert_eq!((body.rows.len(), body.left_out.len()), (3, 0));
        let day =
            chrono::NaiveDate::from_ymd_opt(2026, 3, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
        dated.rows.iter_mut().skip(1).for_each(|row| row.cells[0] = Value::Date(day));
        assert_eq!(sort(dated.rows, &header, true).rows.len(), 3);
    }
}
