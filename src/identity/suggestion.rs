//! What identity hands to humans: pairs that may be one, and how many rows were brought together on
//! what.

use super::matching::Clue;
use crate::finding::{Finding, Place, sheet_of};
use crate::schema::TableId;

/// Two rows that may be one organisation, or one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// Structures or Participants.
    pub table: TableId,
    /// The first: the name of an organisation, the token of a person (never a name).
    pub left: String,
    /// The second.
    pub right: String,
    /// Where the two can be seen.
    pub places: [Place; 2],
    /// From 0.8 to 1.
    pub score: f64,
    /// What speaks for and against.
    pub clues: Vec<Clue>,
}

impl Suggestion {
    /// The finding that says so where the second can be seen.
    pub fn finding(&self) -> Finding {
        let place = self.places[1].clone();
        if self.table == TableId::Participants {
            let other = &self.places[0];
            let row = other.row.map(|row| row.to_string()).unwrap_or_default();
            return Finding::new("personne-proche", place, "")
                .with("lieu", sheet_of(&other.file, &other.sheet))
                .with("ligne", row);
        }
        Finding::new("structure-proche", place, &*self.right).with("autre", &*self.left)
    }
}

/// Rows brought together, by what they were brought together on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merges {
    /// Rows of Participants with an e-mail and name, or first name, met before.
    pub people_by_mail: usize,
    /// With a name and birth date met before.
    pub people_by_birth: usize,
    /// With an identifier and name met before.
    pub people_by_id: usize,
    /// With a name alone, met before in the file and contradicted by nothing.
    pub people_by_name: usize,
    /// By a row of Décisions.
    pub people_by_decision: usize,
    /// Spellings of organisations brought together by SIRET or RNA number.
    pub organisations_by_number: usize,
    /// By normal form.
    pub organisations_by_form: usize,
    /// By a row of Décisions.
    pub organisations_by_decision: usize,
}

/// How a person is spoken of to those who have the files: short, stable for one key, and no name.
pub fn token(key: &[u8; 16]) -> String {
    format!("P-{:016x}", u128::from_be_bytes(*key) >> 64)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_token_is_the_first_half_of_the_hash() {
        let hash = std::array::from_fn(|at| at as u8);
        assert_eq!(super::token(&hash), "P-0001020304050607");
    }
}
