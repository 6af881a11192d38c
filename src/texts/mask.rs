//! E-mail addresses and telephone numbers typed in a text, masked: they never reach what is published.

/// What stands in place of a masked address or number.
pub(crate) const MASK: &str = "[…]";

/// The text with addresses and numbers masked; `None` when there is nothing to mask.
pub fn masked(text: &str) -> Option<String> {
    if !text.contains('@') && text.bytes().filter(u8::is_ascii_digit).count() < 9 {
        return None;
    }
    let without_mail: Vec<String> = text
        .split(' ')
        .map(|word| if is_mail(word) { MASK.to_string() } else { word.to_string() })
        .collect();
    let result = mask_numbers(&without_mail.join(" "));
    (result != text).then_some(result)
}

/// The text, addresses and numbers masked if there are any.
pub fn mask(text: String) -> String {
    masked(&text).unwrap_or(text)
}

fn is_mail(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty() && host.split_once('.').is_some_and(|(a, b)| !a.is_empty() && b.len() >= 2)
    })
}

/// Masks French numbers: `06 12 34 56 78`, `06.12.34.56.78`, `+33 (0)6 12 34 56 78`, `0033612345678`,
/// `6 12 34 56 78`.
fn mask_numbers(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while at < chars.len() {
        let starts = (at == 0 || !chars[at - 1].is_alphanumeric())
            && matches!(chars[at], '0' | '+' | '6' | '7');
        match starts.then(|| number_length(&chars[at..])).flatten() {
            Some(length) => {
                out.push_str(MASK);
                at += length;
            }
            None => {
                out.push(chars[at]);
                at += 1;
            }
        }
    }
    out
}

/// What may stand for the zero of a number, the longest first.
const ABROAD: [&str; 4] = ["+33(0)", "0033(0)", "+33", "0033"];

/// Characters of the telephone number that starts here, if there is one.
fn number_length(chars: &[char]) -> Option<usize> {
    let abroad = ABROAD.iter().find_map(|prefix| skip(chars, prefix));
    let (mut at, zero) = match abroad {
        Some(length) => (length, false),
        None => (0, chars[0] == '0'),
    };
    let wanted = if zero { 10 } else { 9 };
    // Digits between two separators, as they are written.
    let mut groups = vec![String::new()];
    let mut digits = 0;
    while digits < wanted {
        let c = *chars.get(at)?;
        match c {
            '0'..='9' => {
                groups.last_mut()?.push(c);
                digits += 1;
            }
            _ if is_separator(c) => {
                if groups.last().is_some_and(|group| !group.is_empty()) {
                    groups.push(String::new());
                }
            }
            _ => return None,
        }
        at += 1;
    }
    let ends = chars.get(at).is_none_or(|c| !c.is_ascii_digit());
    let all = groups.concat();
    let area = all.as_bytes()[usize::from(zero)];
    let lengths: Vec<usize> = groups.iter().map(String::len).collect();
    // `01.02.2026 12`: a day and an hour.
    let within = |group: &str, most: u32| group.parse::<u32>().is_ok_and(|n| n <= most);
    let is_day = lengths.starts_with(&[2, 2, 4])
        && within(&groups[0], 31)
        && within(&groups[1], 12)
        && (groups[2].starts_with("19") || groups[2].starts_with("20"));
    // `01/02-03/02/26`: two days.
    let written = &chars[..at];
    let slashes = written.iter().filter(|c| **c == '/').count();
    let others = written.iter().any(|c| is_separator(*c) && *c != '/');
    if slashes > 0 && (others || slashes < 4) {
        return None;
    }
    // Without its zero, a mobile number by pairs only.
    let is_told = zero || abroad.is_some() || lengths == [1, 2, 2, 2, 2];
    (ends && area != b'0' && !is_day && is_told).then_some(at)
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '.' | '-' | '/' | '\u{a0}' | '\u{202f}')
}

/// Characters of a prefix with the separators in it and after it, if the text starts with it.
fn skip(chars: &[char], prefix: &str) -> Option<usize> {
    let mut at = 0;
    for wanted in prefix.chars() {
        while at > 0 && chars.get(at).is_some_and(|c| is_separator(*c)) {
            at += 1;
        }
        if chars.get(at) != Some(&wanted) {
            return None;
        }
        at += 1;
    }
    while chars.get(at).is_some_and(|c| is_separator(*c)) {
        at += 1;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn addresses_and_numbers_are_masked_and_nothing_else() {
        let cases = [
            ("Écrire à marie.dupont@example.org.", "Écrire à […]"),
            ("Tél. 06 12 34 56 78, merci", "Tél. […], merci"),
            ("rappeler au 06.12.34.56.78", "rappeler au […]"),
            ("+33 6 12 34 56 78", "[…]"),
            ("+33(0)6 12 34 56 78 ou +33 (0) 612345678", "[…] ou […]"),
            ("0033 6 12 34 56 78, 0033612345678", "[…], […]"),
            ("06/12/34/56/78 et 6 12 34 56 78.", "[…] et […]."),
            ("0612 34 56 78", "[…]"),
            ("06 12 3456 78", "[…]"),
        ];
        for (text, expected) in cases {
            assert_eq!(masked(text).as_deref(), Some(expected));
        }
        for text in [
            "SIRET 12345678900012",
            "2026-03-12 à 18 h",
            "01.02.2026 12 h 30",
            "01/02/2026 14 personnes",
            "Formation 01/02-03/02/26",
            "05/06/26 14-16 h",
            "20IFC0161",
            "@ADEME",
            "10 000 000 000 €",
            "612 345 678 €",
            "6 123 456 789",
        ] {
            assert_eq!(masked(text), None, "{text}");
        }
    }
}
