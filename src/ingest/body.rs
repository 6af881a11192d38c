//! Which rows below a header are data, and why the others are not.

use super::header::Header;
use super::{LeftOut, Row, Value};
use crate::schema::vocabulary::{holds_digits, squash};
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

/// First words of a total row, folded (which takes the `s` of `sous`).
const TOTALS: &[&str] = &["total", "totau", "sou total", "s total", "consolidation"];

/// What may follow such a word in a total; otherwise it is the beginning of a name.
const AFTER_TOTAL: &[&str] = &[
    "general",
    "generale",
    "generaux",
    "cumule",
    "annuel",
    "partiel",
    "intermediaire",
    "ht",
    "ttc",
    "de",
    "du",
    "d",
    "par",
    "a",
    "pour",
    "depense",
    "recette",
    "charge",
    "produit",
    "trimestre",
    "territoire",
    "global",
];

/// The rows of a sheet below its header, sorted into data and the rest.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Data.
    pub rows: Vec<Row>,
    /// The rest, by number.
    pub left_out: Vec<(u32, LeftOut)>,
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
    let mut below = Vec::new();
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
    let notes = notes(&below, last, typical, gaps);
    let mut under = true;
    let mut kept: Vec<Row> = Vec::with_capacity(below.len());
    let mut waiting = below.into_iter().zip(notes).enumerate().peekable();
    while let Some((i, (row, note))) = waiting.next() {
        let next = waiting.peek().map(|(_, (row, _))| row);
        let reason = if is_repeated(&row, header) {
            Some(LeftOut::RepeatedHeader)
        } else if is_total(&row, typical) {
            Some(LeftOut::Total)
        } else if under && i < UNDER && is_instruction(&row, next, header) {
            Some(LeftOut::Instruction)
        } else if note {
            Some(LeftOut::Note)
        } else {
            under = false;
            None
        };
        match reason {
            Some(reason) => body.left_out.push((row.number, reason)),
            None => kept.push(row),
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
fn notes(rows: &[Row], header_number: u32, typical: usize, gaps: bool) -> Vec<bool> {
    let lone = |row: &Row| {
        let mut filled = row.filled();
        let words = filled.next().and_then(|(_, cell)| cell.words());
        words.filter(|_| filled.next().is_none()).is_some_and(|text| {
            typical >= 3 || opens_a_note(text) || (typical == 2 && text.split(' ').count() >= 4)
        })
    };
    let mut notes = vec![false; rows.len()];
    for (i, row) in rows.iter().enumerate().rev() {
        if !lone(row) {
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
        || ["extraction", "source", "note", "nb", "remarque", "export"]
            .iter()
            .any(|word| folded.split(' ').next() == Some(word))
}

/// Most of its cells say again what the header says.
fn is_repeated(row: &Row, header: &Header) -> bool {
    let (mut same, mut filled) = (0, 0);
    for (i, cell) in row.filled() {
        filled += 1;
        let text = header.texts.get(i as usize).filter(|text| !text.is_empty());
        same += usize::from(
            cell.words().zip(text).is_some_and(|(cell, text)| squash(cell) == squash(text)),
        );
    }
    same >= 2 && same * 5 >= filled * 3
}

/// Its first words say total.
pub(super) fn is_total(row: &Row, typical: usize) -> bool {
    let Some(text) = row.filled().next().and_then(|(_, cell)| cell.words()) else { return false };
    let folded = fold(text);
    TOTALS.iter().any(|word| {
        let Some(rest) = folded.strip_prefix(word) else { return false };
        let next = rest.trim_start().split(' ').next().unwrap_or("");
        rest.is_empty()
            || (rest.starts_with(' ')
                && (AFTER_TOTAL.contains(&next)
                    || next.parse::<u32>().is_ok()
                    || row.filled_count() * 2 <= typical))
    })
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
}
