//! The normal form of an organisation's name: what names are compared by.

use crate::texts::fold;

/// Words that say what kind of organisation it is, not which one.
const LEGAL_WORDS: [&str; 12] = [
    "association",
    "asso",
    "assoc",
    "ass",
    "collectif",
    "societe",
    "ste",
    "sarl",
    "sas",
    "scop",
    "scic",
    "eurl",
];

/// Others that do so in brackets only: outside, they may be what tells a name.
const KIND_WORDS: [&str; 12] = [
    "loi",
    "1901",
    "1908",
    "a",
    "but",
    "non",
    "lucratif",
    "interet",
    "general",
    "cooperative",
    "entreprise",
    "fondation",
];

/// Articles and such, which people drop.
const LITTLE_WORDS: [&str; 9] = ["le", "la", "les", "l", "de", "du", "des", "d", "et"];

/// Others that an acronym passes over, folded.
const PASSED_OVER: [&str; 10] = ["en", "a", "au", "aux", "pour", "par", "sur", "dan", "un", "une"];

/// The normal form: folded, without legal words, articles, and brackets that add nothing.
/// `"Asso. Astérya"`, `"ASTERYA"` and `"Astérya (collectif)"` are one; `"Ressourcerie (Lyon)"` and
/// `"Ressourcerie (Paris)"` are two.
pub(super) fn normal_form(name: &str) -> String {
    let folded = fold(&without_idle_brackets(name));
    let kept: Vec<&str> = folded
        .split(' ')
        .filter(|word| !LEGAL_WORDS.contains(word) && !LITTLE_WORDS.contains(word))
        .collect();
    let form = kept.join(" ");
    if form.is_empty() { fold(name) } else { form }
}

/// The name without the brackets that hold only the kind of organisation, words said outside, or the
/// acronym of what is outside.
fn without_idle_brackets(name: &str) -> String {
    let parts = parts(name);
    let outside: Vec<&str> =
        parts.iter().filter(|(inside, _)| !inside).map(|(_, text)| text.as_str()).collect();
    let outside = fold(&outside.join(" "));
    let kept = parts.iter().filter(|(inside, text)| !inside || tells(text, &outside));
    kept.map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" ")
}

/// The text cut at its outermost brackets, and whether each part was inside.
fn parts(name: &str) -> Vec<(bool, String)> {
    let mut parts = vec![(false, String::new())];
    let mut depth = 0usize;
    for c in name.chars() {
        let before = depth;
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if (before == 0) != (depth == 0) {
            parts.push((depth > 0, String::new()));
        } else if let Some((_, text)) = parts.last_mut() {
            text.push(c);
        }
    }
    parts
}

/// Whether what brackets hold says more than what is outside them, folded.
fn tells(inside: &str, outside: &str) -> bool {
    let inside = fold(inside);
    let said: Vec<&str> = outside.split(' ').collect();
    if inside.len() == 1 {
        // `Groupe (A)` is not `Groupe (B)`, article or not.
        return !said.contains(&&*inside);
    }
    let idle = |word: &&str| {
        LEGAL_WORDS.contains(word)
            || KIND_WORDS.contains(word)
            || LITTLE_WORDS.contains(word)
            || said.contains(word)
    };
    let more: String = inside.split(' ').filter(|word| !idle(word)).collect();
    let optional = |word: &str| {
        LITTLE_WORDS.contains(&word)
            || PASSED_OVER.contains(&word)
            || LEGAL_WORDS.contains(&word)
            || inside.split(' ').any(|other| other == word)
    };
    !more.is_empty() && !is_acronym(&more, &said, optional)
}

/// Whether a word is made of the initials of others, in order; those of some may be left out.
fn is_acronym(acronym: &str, words: &[&str], optional: impl Fn(&str) -> bool) -> bool {
    let letters: Vec<char> = acronym.chars().collect();
    // How many letters the words so far may account for.
    let mut reached = vec![0usize];
    for word in words {
        let initial = word.chars().next();
        let mut next: Vec<usize> = reached
            .iter()
            .filter(|at| letters.get(**at).copied() == initial)
            .map(|at| at + 1)
            .collect();
        if optional(word) {
            next.extend(&reached);
        }
        next.sort_unstable();
        next.dedup();
        reached = next;
    }
    letters.len() >= 2 && reached.contains(&letters.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organisation_is_one_under_all_its_dresses() {
        for name in [
            "Asso. Astérya",
            "ASTERYA",
            "Astérya (collectif)",
            "L'association Astérya",
            "Astérya (asso loi 1901)",
            "Astérya (association d'intérêt général)",
            "Astérya (Astérya",
            "Astérya ()",
        ] {
            assert_eq!(normal_form(name), "asterya", "{name}");
        }
        assert_eq!(normal_form("Association"), "association");
        assert_ne!(normal_form("Colibris 94"), normal_form("Colibris 75"));
    }

    #[test]
    fn a_bracket_counts_unless_it_is_the_acronym_of_the_name() {
        for (name, same) in [
            ("Villes et Territoires en Transition (VTT)", true),
            ("Villes et Territoires en Transition (V.T.T.)", true),
            ("Villes et Territoires en Transition (VETET)", true),
            ("(VTT) Association Villes et Territoires en Transition", true),
            ("Villes et Territoires en Transition (VTT 94)", false),
            ("Villes et Territoires en Transition (VT)", false),
            ("Villes et Territoires en Transition (V)", false),
            ("Villes et Territoires en Transition (Lyon)", false),
            ("Villes et Territoires en Transition (A)", false),
        ] {
            let form = normal_form("Villes et Territoires en Transition");
            assert_eq!(normal_form(name) == form, same, "{name}: {}", normal_form(name));
        }
        assert_eq!(normal_form("Écologie pour tous 94 (EPT 94)"), "ecologie pour tou 94");
        assert_eq!(normal_form("Ressourcerie (Lyon)"), "ressourcerie lyon");
        assert_ne!(normal_form("Ressourcerie (Lyon)"), normal_form("Ressourcerie (Paris)"));
        assert_eq!(normal_form("(Lyon)"), "lyon");
    }
}
