//! Identifiers that cannot be anybody's: SIREN beginning with 000 and department 999 are not given.

use super::cast::ORGANISATIONS;

/// Organisation whose SIRET has a wrong key, on purpose.
pub(crate) const WRONG_KEY: &str = "Zéro Déchet Plateau Briard";

/// SIRET of the beneficiary.
pub(crate) fn beneficiary() -> String {
    siret(55)
}

/// SIRET of an organisation; collectives have none.
pub(crate) fn of_organisation(name: &str) -> Option<String> {
    let place = ORGANISATIONS.iter().position(|o| o.0 == name)?;
    if ORGANISATIONS[place].1 == "collectif" {
        return None;
    }
    let mut siret = siret(place);
    if name == WRONG_KEY {
        let last = siret.pop().and_then(|c| c.to_digit(10)).unwrap_or(0);
        siret.push_str(&((last + 1) % 10).to_string());
    }
    Some(siret)
}

/// RNA of an association.
pub(crate) fn rna(place: usize) -> Option<String> {
    ORGANISATIONS[place]
        .1
        .starts_with("association")
        .then(|| format!("W999{:06}", 100 + 37 * place))
}

/// A valid SIRET: SIREN `000` + 5 digits + key, establishment `0001` + key.
pub(crate) fn siret(n: usize) -> String {
    let siren = with_key(&format!("000{:05}", 10_400 + 271 * n));
    with_key(&format!("{siren}0001"))
}

/// Adds the digit that makes the Luhn sum a multiple of ten.
fn with_key(digits: &str) -> String {
    let sum: u32 = digits
        .chars()
        .rev()
        .filter_map(|c| c.to_digit(10))
        .enumerate()
        .map(|(i, d)| if i % 2 == 0 { 2 * d / 10 + 2 * d % 10 } else { d })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}
