//! The ways people write somebody's name in a text.

/// A way to write a name, plain; `true` when an initial stands for a first name: it only counts where it
/// is written as one (`A. Martin`, not `à Martin`).
pub(super) type Writing = (String, bool);

/// In full, with first names in one word, with initials; the first name first or last.
pub(super) fn writings(first: &[&str], last: &[&str]) -> Vec<Writing> {
    let mut written = Vec::new();
    let mut add = |first: &str, last: &str, initial: bool| {
        written.push((format!("{first} {last}"), initial));
        written.push((format!("{last} {first}"), initial));
    };
    let mut lasts = vec![last.join(" ")];
    if last.len() > 1 {
        lasts.push(last.concat());
    }
    let initial = |word: &str| word.chars().next().map(String::from);
    let initials: Vec<String> = first.iter().filter_map(|word| initial(word)).collect();
    for last in lasts.iter().filter(|last| last.len() > 1) {
        add(&first.join(" "), last, false);
        if first.len() > 1 {
            add(&first.concat(), last, false);
            add(&initials.join(" "), last, true);
            add(&initials.concat(), last, true);
        }
        if let Some(one) = initials.first() {
            add(one, last, true);
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(first: &[&str], last: &[&str]) -> Vec<String> {
        let mut all: Vec<String> =
            writings(first, last).into_iter().map(|(text, _)| text).collect();
        all.sort();
        all.dedup();
        all
    }

    #[test]
    fn initials_and_names_together_are_ways_to_write_a_name() {
        assert_eq!(of(&["zoe"], &["ba"]), ["ba z", "ba zoe", "z ba", "zoe ba"]);
        let all = of(&["jean", "eric"], &["le", "goff"]);
        for way in ["je le goff", "j e le goff", "j le goff", "jeaneric le goff", "je legoff"] {
            assert!(all.contains(&way.to_owned()), "{way}: {all:?}");
        }
        assert!(of(&["zoe"], &["b"]).is_empty(), "a letter is no name");
    }
}
