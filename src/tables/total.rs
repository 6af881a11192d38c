//! The amount by which a sheet of money is recognised: its sum, as its own total row would say it.

use super::{Column, Frame};
use crate::schema::TableId;

/// Column summed in each table of money, the first that the sheet fills.
const MAIN_AMOUNTS: &[(TableId, &[&str])] = &[
    (TableId::Funding, &["granted", "received", "asked"]),
    (TableId::Budget, &["planned", "actual"]),
    (TableId::ActionPlan, &["spending"]),
    (TableId::Treasury, &["available"]),
];

/// Header of the main amount of a sheet, and its sum in cents; `None` when its table has no amount, or
/// no row fills it.
pub(super) fn of(frame: &Frame) -> Option<(&'static str, i64)> {
    let (_, columns) = MAIN_AMOUNTS.iter().find(|(table, _)| *table == frame.spec.id)?;
    columns.iter().find_map(|id| {
        let Some(Column::Money(cents)) = frame.columns.get(id) else { return None };
        let mut filled = cents.iter().flatten().peekable();
        filled.peek()?;
        let sum = filled.fold(0_i64, |sum, cents| sum.saturating_add(*cents));
        Some((frame.spec.column(id)?.header, sum))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_amount_filled_by_the_sheet_is_summed() {
        let mut frame = Frame::empty(TableId::Funding.spec());
        frame.columns.insert("granted", Column::Money(vec![None, None]));
        frame.columns.insert("asked", Column::Money(vec![Some(250), Some(-50)]));
        assert_eq!(of(&frame), Some(("Montant demandé", 200)));
        frame.columns.insert("granted", Column::Money(vec![Some(100), None]));
        assert_eq!(of(&frame), Some(("Montant accordé", 100)));
        assert_eq!(of(&Frame::empty(TableId::Activities.spec())), None);
    }
}
