//! What a row of Participants says of who the person is.

use crate::identity::Key;
use crate::tables::Frame;
use crate::texts::plain;
use chrono::Datelike;
use std::sync::Arc;

/// A keyed hash: of what brings rows together, and of what a person goes by.
pub(super) type Hash = [u8; 16];

/// What two rows of one name may contradict each other on: birth year, age band, commune, gender.
pub(super) type Details<T> = [Option<T>; 4];

/// What two rows are brought together on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum On {
    Mail,
    Birth,
    Id,
}

/// Who a row stands for. Nothing of it goes further than this module.
pub(super) struct Identity {
    pub(super) file: Arc<str>,
    pub(super) id: Option<String>,
    /// Name and first name, in alphabetical order.
    pub(super) name: Option<String>,
    pub(super) email: Option<String>,
    pub(super) birth: Option<String>,
    pub(super) details: Details<String>,
    /// See [`Identity::claims`].
    pub(super) claims: Vec<(On, Hash)>,
}

impl Identity {
    pub(super) fn of(frame: &Frame, row: usize, key: &Key) -> Self {
        let text = |id: &str| frame.text(id, row).map(plain).filter(|t| !t.is_empty());
        let (last, first) = (text("last_name"), text("first_name"));
        let name = match (last, &first) {
            (None, None) => None,
            (last, first) => {
                let names: Vec<&str> = [&last, first].into_iter().flatten().map(|n| &**n).collect();
                Some(sorted_words(&names.join(" ")))
            }
        };
        let birth = frame.date("birth_date", row);
        let year = frame.number("birth_year", row).map(|year| year as i32);
        let year = birth.map(|date| date.year()).or(year);
        let mut identity = Self {
            file: frame.file(row).clone(),
            id: text("id"),
            name,
            email: frame.text("email", row).map(|e| e.trim().to_lowercase()),
            birth: birth.map(|date| date.to_string()),
            details: [
                year.map(|year| year.to_string()),
                text("age_band"),
                text("commune"),
                text("gender"),
            ],
            claims: Vec::new(),
        };
        let claims = identity.claims(first.as_deref());
        identity.claims = claims.into_iter().map(|(on, text)| (on, key.hash(&text))).collect();
        identity
    }

    /// The texts that each, alone, say who it is, in every file. An id is shared only with rows of the
    /// same name, an e-mail only with rows of the same name or first name: families share one, and so
    /// do the members of an association.
    fn claims(&self, first_name: Option<&str>) -> Vec<(On, String)> {
        let mut claims = Vec::new();
        let name = self.name.as_deref().unwrap_or("");
        if let Some(email) = &self.email {
            claims.push((On::Mail, format!("mail|{email}|nom|{name}")));
            if let Some(first) = first_name {
                claims.push((On::Mail, format!("mail|{email}|prenom|{first}")));
            }
        }
        if let (Some(name), Some(birth)) = (&self.name, &self.birth) {
            claims.push((On::Birth, format!("naissance|{name}|{birth}")));
        }
        if let Some(id) = &self.id {
            claims.push((On::Id, format!("id|{id}|{name}")));
        }
        claims
    }

    /// The name of a row that has nothing else to say who it is.
    pub(super) fn bare_name(&self) -> Option<&str> {
        self.name.as_deref().filter(|_| self.claims.is_empty())
    }

    /// The details, to be compared.
    pub(super) fn said(&self) -> Details<&str> {
        self.details.each_ref().map(Option::as_deref)
    }
}

/// The words of a name in alphabetical order: `Dupont Jean` and `Jean DUPONT` are one.
pub(in crate::identity) fn sorted_words(name: &str) -> String {
    let plain = plain(name);
    let mut words: Vec<&str> = plain.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}
