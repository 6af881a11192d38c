//! Texts that a spreadsheet would take for a formula when it opens a CSV.

/// What starts a formula.
const STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The text, preceded by an apostrophe where it would be taken for a formula.
pub fn guarded(text: &str) -> String {
    if text.starts_with(STARTS) { format!("'{text}") } else { text.to_string() }
}

/// The text as it was before [`guarded`].
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(STARTS)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_guarded_is_read_back() {
        for text in ["=1+1", "-5", "+33", "@a", "\tx", "\rx", "65+", "'t Hooft", ""] {
            assert_eq!(unguarded(&guarded(text)), text);
        }
        assert_eq!(guarded("=1"), "'=1");
        assert_eq!(guarded("65+"), "65+");
    }
}
