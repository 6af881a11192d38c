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

/// How many letters set apart are one word: `S.N.S.M.`, but not the `L. A.` of `Loire-Atlantique`.
const LETTERS: usize = 3;
/// Shortest acronym that adds nothing beside its own words, outside brackets.
const ACRONYM: usize = 3;

/// The normal form: folded, without legal words, articles, the acronym of its own words, and brackets
/// that add nothing. `"Asso. Astérya"`, `"ASTERYA"` and `"Astérya (collectif)"` are one;
/// `"Ressourcerie (Lyon)"` and `"Ressourcerie (Paris)"` are two.
pub(super) fn normal_form(name: &str) -> String {
    let (words, _) = words_and_acronym(name);
    if words.is_empty() { fold(name) } else { words.join(" ") }
}

/// The acronym a name gives beside its words, folded: `"Ligue pour la protection des oiseaux (LPO)"`.
pub(super) fn acronym(name: &str) -> Option<String> {
    let mut bracket = name.split_once('(').map(|(_, rest)| words(rest)).unwrap_or_default();
    let alone = if bracket.len() == 1 { bracket.pop() } else { None };
    let alone = alone.filter(|word| !word.is_empty());
    alone.or_else(|| words_and_acronym(name).1)
}

/// A place, to be compared: `"St-Maur"` and `"SAINT MAUR"` are one.
pub(crate) fn place_form(name: &str) -> String {
    let mut words = words(name);
    words.iter_mut().filter(|word| *word == "ste").for_each(|word| *word = "sainte".to_owned());
    words.join(" ")
}

/// The words that tell a name, and the acronym of them that it begins or ends with.
fn words_and_acronym(name: &str) -> (Vec<String>, Option<String>) {
    let all = words(&without_idle_brackets(name));
    let tells = |word: &&String| {
        !LEGAL_WORDS.contains(&word.as_str()) && !LITTLE_WORDS.contains(&word.as_str())
    };
    let mut kept: Vec<String> = all.iter().filter(tells).cloned().collect();
    for at in [0, kept.len().saturating_sub(1)] {
        let Some(word) = kept.get(at).filter(|word| word.len() >= ACRONYM) else { continue };
        let others: Vec<&str> = all.iter().filter(|w| *w != word).map(String::as_str).collect();
        if is_acronym(word, &others, may_be_left_out) {
            let acronym = kept.remove(at);
            return (kept, Some(acronym));
        }
    }
    (kept, None)
}

/// The words of a name, folded; letters set apart are put together, and saints are written in full.
fn words(name: &str) -> Vec<String> {
    let folded = fold(&without_elision(name));
    let mut words: Vec<String> = Vec::new();
    for run in folded.split(' ').collect::<Vec<_>>().chunk_by(|a, b| a.len() == 1 && b.len() == 1) {
        if run.len() >= LETTERS {
            words.push(run.concat());
        } else {
            words.extend(run.iter().map(|word| (*word).to_owned()));
        }
    }
    // The first word, and the last, may be a company: `La Sté hippique`.
    let first = words.iter().position(|word| !LITTLE_WORDS.contains(&word.as_str()));
    let last = words.len().saturating_sub(1);
    for (at, word) in words.iter_mut().enumerate() {
        match word.as_str() {
            "st" => *word = "saint".to_owned(),
            "ste" if Some(at) != first && at != last => *word = "sainte".to_owned(),
            _ => {}
        }
    }
    words
}

/// The name without its `l'` and `d'`, which are no letters of the acronym they stand before.
fn without_elision(name: &str) -> String {
    let mut kept = String::with_capacity(name.len());
    let mut letters = name.chars().peekable();
    let mut apart = true;
    while let Some(c) = letters.next() {
        let elided = apart && matches!(c, 'l' | 'd' | 'L' | 'D');
        if elided && letters.next_if(|next| matches!(next, '\'' | '\u{2019}')).is_some() {
            kept.push(' ');
        } else {
            kept.push(c);
            apart = !c.is_alphanumeric();
        }
    }
    kept
}

/// Whether an acronym may pass over a word.
fn may_be_left_out(word: &str) -> bool {
    LITTLE_WORDS.contains(&word) || PASSED_OVER.contains(&word) || LEGAL_WORDS.contains(&word)
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
    let optional =
        |word: &str| may_be_left_out(word) || inside.split(' ').any(|other| other == word);
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
    fn an_acronym_beside_its_words_adds_nothing() {
        let form = normal_form("Ligue pour la protection des oiseaux");
        for name in [
            "LPO (Ligue pour la Protection des Oiseaux)",
            "Ligue pour la Protection des Oiseaux - LPO",
            "L.P.O. Ligue pour la protection des oiseaux",
            "Association Ligue pour la protection des oiseaux (L.P.O.)",
        ] {
            assert_eq!(normal_form(name), form, "{name}");
            assert_eq!(acronym(name).as_deref(), Some("lpo"), "{name}");
        }
        assert_eq!(acronym("Ligue pour la protection des oiseaux"), None);
        assert_eq!(normal_form("S.N.S.M."), normal_form("SNSM"));
        assert_eq!(normal_form("L'A.D.M.R. de Sucy"), normal_form("ADMR de Sucy"));
        // Half its letters, or two: a word of the name.
        for name in ["LPO Ligue protection", "LP Ligue protection", "Oiseaux LPO"] {
            assert_eq!(normal_form(name).split(' ').count(), name.split(' ').count(), "{name}");
        }
    }

    #[test]
    fn saints_are_one_however_short_and_a_company_is_none() {
        assert_eq!(normal_form("Mairie de St-Maur"), normal_form("MAIRIE DE SAINT MAUR"));
        assert_eq!(normal_form("OGEC Ste Marie"), normal_form("Ogec Sainte-Marie"));
        assert_ne!(normal_form("OGEC Ste Marie"), normal_form("OGEC St Marie"));
        for name in
            ["Sté hippique de Nantes", "La Sté hippique de Nantes", "Hippique de Nantes, Sté"]
        {
            assert_eq!(normal_form(name), "hippique nante", "{name}");
        }
        assert_eq!(place_form("St-Maur"), place_form("SAINT MAUR"));
        assert_eq!(place_form("Ste-Geneviève"), place_form("SAINTE GENEVIEVE"));
        assert_ne!(place_form("Le Pré"), place_form("Pré"));
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
