//! Texts damaged by a wrong encoding: accents read through another table (`Ã©` for `é`, even twice)
//! are put back, lost ones (`�`) are recognised. A text without a suspect sign is not touched.

use std::borrow::Cow;
use std::sync::LazyLock;

/// What stands for a letter that a program could not read.
pub const LOST: char = '\u{fffd}';

/// The upper halves of the tables that UTF-8 is wrongly read through: byte 128 + i is the i-th.
static TABLES: LazyLock<[Vec<char>; 2]> = LazyLock::new(|| {
    [encoding_rs::WINDOWS_1252, encoding_rs::MACINTOSH].map(|encoding| {
        let upper: Vec<u8> = (0x80..=0xFF).collect();
        encoding.decode_without_bom_handling(&upper).0.chars().collect()
    })
});

/// Times a text can have gone through the wrong table.
const PASSES: usize = 3;

/// Whether a letter was lost.
pub fn is_lossy(text: &str) -> bool {
    !text.is_ascii() && text.contains(LOST)
}

/// The text with its accents put back; borrowed when there was nothing to mend.
pub fn mended(text: &str) -> Cow<'_, str> {
    let mut mended = Cow::Borrowed(text);
    for _ in 0..PASSES {
        match once(&mended) {
            Some(better) => mended = Cow::Owned(better),
            None => break,
        }
    }
    mended
}

/// One passage undone; `None` when there is none.
fn once(text: &str) -> Option<String> {
    if text.is_ascii() || !text.contains(is_lead) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut changed) = (text, false);
    while let Some(c) = rest.chars().next() {
        if let Some((letter, length)) = is_lead(c).then(|| hidden(rest, &out)).flatten() {
            // The mark of byte order says nothing.
            if letter != '\u{feff}' {
                out.push(letter);
            }
            rest = &rest[length..];
            changed = true;
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    changed.then_some(out)
}

/// First bytes of UTF-8 sequences that French texts hold, as the two tables show them.
fn is_lead(c: char) -> bool {
    matches!(c, 'Ã' | 'Â' | 'Å' | 'â' | 'ï' | 'ð' | '√' | '¬' | '≈' | '‚')
}

/// The letter that wrongly read signs at the start of a text stand for, and their length.
fn hidden(text: &str, before: &str) -> Option<(char, usize)> {
    let found = TABLES.iter().enumerate().find_map(|(table, upper)| {
        let mut bytes = [0_u8; 4];
        let (mut wanted, mut length) = (4, 0);
        for (at, c) in text.chars().take(4).enumerate() {
            // Controls stand for themselves: the text went through Latin-1.
            let byte = match c {
                '\u{80}'..='\u{9f}' => c as usize,
                c => 0x80 + upper.iter().position(|shown| *shown == c)?,
            };
            bytes[at] = u8::try_from(byte).ok()?;
            length += c.len_utf8();
            if at == 0 {
                wanted = match bytes[0] {
                    0xC2..=0xDF => 2,
                    0xE0..=0xEF => 3,
                    0xF0..=0xF4 => 4,
                    _ => return None,
                };
            }
            if at + 1 == wanted {
                let letter = std::str::from_utf8(&bytes[..wanted]).ok()?.chars().next()?;
                return is_plausible(letter, table == 0).then_some((letter, length));
            }
        }
        None
    });
    found.or_else(|| clipped_a_grave(text, before))
}

/// What such signs may stand for: what people type in French, and nothing that could as well be the
/// signs themselves. Through the rarer table, letters and usual punctuation only.
fn is_plausible(letter: char, usual: bool) -> bool {
    match letter {
        '\u{a0}' | 'À'..='ÿ' | 'Œ' | 'œ' | 'Ÿ' | '\u{2010}'..='\u{2026}' | '€' => true,
        '¡'..='¿' | 'Š' | 'š' | 'Ž' | 'ž' | '\u{feff}' => usual,
        // On the way to something else, when the text was misread twice.
        '\u{80}'..='\u{9f}' | 'ƒ' | 'ˆ' | '˜' => usual,
        '\u{2000}'..='\u{2BFF}' | '\u{1F300}'..='\u{1FAFF}' => usual,
        _ => false,
    }
}

/// `à` hides behind `Ã` and a no-break space, which many programs make ordinary or drop: `Ã` before a
/// space or the end is `à`, but in a word all in capitals.
fn clipped_a_grave(text: &str, before: &str) -> Option<(char, usize)> {
    let rest = text.strip_prefix('Ã')?;
    let capital = before.chars().next_back().is_some_and(char::is_uppercase);
    if capital || !rest.chars().next().is_none_or(char::is_whitespace) {
        return None;
    }
    // Of two spaces, the first was the hidden half of the letter.
    let second = rest.chars().nth(1).is_some_and(char::is_whitespace);
    let first = rest.chars().next().map_or(0, char::len_utf8);
    Some(('à', 'Ã'.len_utf8() + if second { first } else { 0 }))
}

/// Whether a text with lost letters could be another, each loss standing for one letter that is not
/// plain ASCII; case does not count.
pub fn could_be(damaged: &str, whole: &str) -> bool {
    if !is_lossy(damaged) || damaged.chars().all(|c| c == LOST) {
        return false;
    }
    let mut letters = whole.chars();
    damaged.chars().all(|c| {
        letters.next().is_some_and(|letter| match c {
            LOST => !letter.is_ascii(),
            c => c.to_lowercase().eq(letter.to_lowercase()),
        })
    }) && letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The text, its UTF-8 read through a table.
    fn misread(text: &str, encoding: &'static encoding_rs::Encoding) -> String {
        encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn accents_are_put_back() {
        for (damaged, whole) in [
            ("IntitulÃ©", "Intitulé"),
            ("IntitulÃƒÂ©", "Intitulé"),
            ("lâ€™eau", "l’eau"),
            ("l\u{c3}\u{a2}\u{c2}\u{80}\u{c2}\u{99}eau", "l’eau"),
            ("1Â\u{a0}234Â\u{a0}â‚¬", "1\u{a0}234\u{a0}€"),
            ("nÂ° 3", "n° 3"),
            ("cÅ“ur", "cœur"),
            ("ï»¿Nom", "Nom"),
            ("voilÃ\u{a0} tout", "voilà tout"),
            ("voilÃ  tout", "voilà tout"),
            ("Ã la mairie", "à la mairie"),
            ("voilÃ", "voilà"),
            ("Ã‰cole", "École"),
            ("Zo√©", "Zoé"),
            ("lÃ¢â‚¬â„¢eau", "l’eau"),
            ("1¬†234", "1\u{a0}234"),
            ("l‚Äôeau", "l’eau"),
            ("déjà rÃ©parÃ©", "déjà réparé"),
        ] {
            assert_eq!(mended(damaged), whole, "{damaged}");
        }
    }

    #[test]
    fn sound_texts_are_left_alone() {
        for text in [
            "",
            "plain",
            "Été à Noël, cœur d’îlot",
            "SÃO PAULO",
            "IRMÃ",
            "Âge",
            "ÂGE « x »",
            "âne",
            "Pâques",
            "naïf",
            "Ångström",
            "√2",
            "a ≈ b",
            "10 € ‚ici‘",
            "¬p",
            "Zo\u{fffd}",
            "ð",
        ] {
            assert!(matches!(mended(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn what_lost_letters_could_be() {
        assert!(could_be("Intitul\u{fffd}", "intitulé"));
        assert!(could_be("f\u{fffd}vrier", "FÉVRIER"));
        for (damaged, whole) in [
            ("Intitul\u{fffd}", "intitule"),
            ("Intitul\u{fffd}", "intitulés"),
            ("Intitulé", "intitulé"),
            ("\u{fffd}", "é"),
        ] {
            assert!(!could_be(damaged, whole), "{damaged} {whole}");
        }
    }

    proptest! {
        #[test]
        fn french_misread_comes_back(text in "[a-zA-Z éèêëàâçîïôöùûüÉÀÇœŒ’«»€°–…]{0,24}", times in 1usize..3) {
            // What already looks misread has no one reading.
            prop_assume!(matches!(mended(&text), Cow::Borrowed(_)));
            let once = misread(&text, encoding_rs::WINDOWS_1252);
            let damaged = if times == 2 { misread(&once, encoding_rs::WINDOWS_1252) } else { once };
            prop_assert_eq!(&*mended(&damaged), &*text, "{}", damaged);
            let mac = misread(&text, encoding_rs::MACINTOSH);
            let letters = text.chars().all(|c| !matches!(c, '«' | '»' | '°'));
            prop_assert!(!letters || mended(&mac) == *text, "{} {}", mac, text);
        }

        #[test]
        fn mending_settles_and_never_panics(text in "\\PC{0,24}") {
            let first = mended(&text).into_owned();
            let _ = could_be(&text, &first);
            prop_assert!(first.chars().count() <= text.chars().count());
        }
    }
}
