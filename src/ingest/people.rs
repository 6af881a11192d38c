//! People named in two columns: `Nom` and `Prénom` become one participant.

use super::groups::Group;
use super::header::Header;
use super::{RawColumn, Row, Value};
use crate::schema::TableId;
use crate::schema::vocabulary;

/// Where the names of people are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names {
    last: u32,
    first: Option<u32>,
}

/// Attendance by names: the column of last names becomes the one of participants.
pub(super) fn find(header: &mut Header, groups: &[Group]) -> Option<Names> {
    let grouped = groups.first().is_some_and(|group| group.contains_key("last_name"));
    let told = header.index("participant").is_some() && !grouped;
    if header.table != TableId::Attendance || told {
        return None;
    }
    header.columns.retain(|column| column.id != "participant");
    let people = TableId::Participants.spec();
    let find = |id: &str| {
        let grouped = groups.first().and_then(|group| group.get(id)).copied();
        grouped.or_else(|| {
            let mut places = header.texts.iter().zip(0_u32..);
            let named = |text: &str| vocabulary::column(people, text).is_some_and(|c| c.0.id == id);
            places.find(|(text, _)| named(text)).map(|(_, column)| column)
        })
    };
    let first = find("first_name");
    let (last, first) = match find("last_name") {
        Some(last) => (last, first),
        // `Prénom 1`, `Prénom 2`: the first name is all that is asked.
        None => (first.filter(|_| !groups.is_empty())?, None),
    };
    let text = header.texts.get(last as usize).cloned().unwrap_or_default();
    header.columns.push(RawColumn { id: "participant", header: text, index: last });
    header.columns.sort_by_key(|column| column.index);
    header.unknown.retain(|(column, _)| *column != last && Some(*column) != first);
    header.missing.retain(|column| column.id != "participant");
    Some(Names { last, first })
}

impl Names {
    /// Puts the whole name in the column of last names.
    pub(super) fn join(self, rows: &mut [Row]) {
        let Some(first) = self.first else { return };
        for row in rows {
            let name = full_name(row.cell(self.last), row.cell(first));
            row.put(self.last, name);
        }
    }
}

/// `Nom Prénom`, or whichever is given.
pub(super) fn full_name(last: &Value, first: &Value) -> Value {
    let name = format!("{} {}", last.shown(), first.shown());
    if name.trim().is_empty() { Value::Empty } else { Value::Text(name.trim().into()) }
}
