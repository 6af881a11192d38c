//! E-mail addresses and telephone numbers typed in a text, masked: they never reach what is published.

/// What stands in place of a masked address or number.
pub(crate) const MASK: &str = "[…]";

/// The text with addresses and numbers masked; `None` when there is nothing to mask.
pub fn masked(text: &str) -> Option<String> {
    if !text.contains('@') && text.bytes().filter(u8::is_ascii_digit).count() < 10 {
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

/// Masks French numbers: `06 12 34 56 78`, `06.12.34.56.78`, `+33 6 12 34 56 78`, `0612345678`.
fn mask_numbers(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while at < chars.len() {
        let starts =
            (at == 0 || !chars[at - 1].is_alphanumeric()) && (chars[at] == '0' || chars[at] == '+');
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

/// Characters of the telephone number that starts here, if there is one.
fn number_length(chars: &[char]) -> Option<usize> {
    let international = chars.first() == Some(&'+');
    let wanted = if international { 11 } else { 10 };
    let mut digits = String::new();
    for (index, c) in chars.iter().enumerate() {
        match c {
            '0'..='9' => digits.push(*c),
            ' ' | '.' | '-' | '\u{a0}' | '\u{202f}' => continue,
            '+' if index == 0 => continue,
            _ => return None,
        }
        if digits.len() == wanted {
            let ends = chars.get(index + 1).is_none_or(|c| !c.is_ascii_digit());
            let valid =
                if international { digits.starts_with("33") } else { digits.as_bytes()[1] != b'0' };
            return (ends && valid).then_some(index + 1);
        }
    }
    None
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
        ];
        for (text, expected) in cases {
            assert_eq!(masked(text).as_deref(), Some(expected));
        }
        for text in
            ["SIRET 12345678900012", "2026-03-12 à 18 h", "20IFC0161", "@ADEME", "10 000 000 000 €"]
        {
            assert_eq!(masked(text), None, "{text}");
        }
    }
}
