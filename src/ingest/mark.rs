//! What a cell of a cross table says: present, absent, in which role.

use super::Value;
use crate::schema::{Choice, Kind, TableId};
use crate::texts::fold;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Longer texts are no marks.
const LONGEST: usize = 24;

/// Marks that say present, without a role. `✓` and the like fold to nothing and are listed apart.
const PRESENT: &[&str] = &["x", "1", "oui", "ok", "vrai", "present", "presente", "v"];
const TICKS: &[char] = &['✓', '✔', '☑', '×', '✗', '●', '•'];

/// Marks that say absent.
const ABSENT: &[&str] =
    &["0", "non", "absent", "absente", "ab", "abs", "faux", "excuse", "excusee", "n"];

/// What a cell of the cross says.
#[derive(Debug, PartialEq)]
pub(super) enum Mark {
    Absent,
    /// Present, with the role if the mark tells it.
    Present(Value),
    /// Something else.
    Other,
}

/// Reads a cell of the cross.
pub(super) fn mark(cell: &Value) -> Mark {
    let text = match cell {
        Value::Empty => return Mark::Absent,
        Value::Flag(present) => {
            return if *present { Mark::Present(Value::Empty) } else { Mark::Absent };
        }
        Value::Text(text) => text.trim(),
        Value::Number(_) => "",
        Value::Date(_) | Value::Error(_) => return Mark::Other,
    };
    let shown = cell.shown();
    if matches!(text, "-" | "–" | "—" | "/") || (cell.is_blank()) {
        return Mark::Absent;
    }
    if text.chars().next().is_some_and(|c| TICKS.contains(&c)) {
        return Mark::Present(Value::Empty);
    }
    if shown.len() > LONGEST {
        return Mark::Other;
    }
    let folded = fold(&shown);
    if ABSENT.contains(&folded.as_str()) {
        Mark::Absent
    } else if PRESENT.contains(&folded.as_str()) {
        Mark::Present(Value::Empty)
    } else if ROLES.contains(&folded) {
        Mark::Present(cell.clone())
    } else {
        Mark::Other
    }
}

/// Roles of the schema, whole or as their letter, folded.
static ROLES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let Some(Kind::Choice(roles)) = TableId::Attendance.spec().column("role").map(|c| c.kind)
    else {
        return BTreeSet::new();
    };
    let names =
        |role: &'static Choice| std::iter::once(role.label).chain(role.aliases.iter().copied());
    roles.iter().flat_map(names).map(fold).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks() {
        let text = |t: &str| mark(&Value::Text(t.into()));
        for present in ["x", "X", "✓", "oui", " x ", "1"] {
            assert_eq!(text(present), Mark::Present(Value::Empty), "{present}");
        }
        for absent in ["", "non", "-", "Excusée", "0"] {
            assert_eq!(text(absent), Mark::Absent, "{absent}");
        }
        assert_eq!(text("B"), Mark::Present(Value::Text("B".into())));
        assert_eq!(text("peut-être"), Mark::Other);
        assert_eq!(mark(&Value::Number(1.0)), Mark::Present(Value::Empty));
        assert_eq!(mark(&Value::Number(7.0)), Mark::Other);
    }
}
