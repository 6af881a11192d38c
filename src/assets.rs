//! What is embedded in the binary: locales, fonts, templates. A file of the same name in the user's
//! `templates/` folder replaces an embedded template.

use crate::texts::Lang;

/// The locale files of a language: (name, content).
pub fn locale(lang: Lang) -> &'static [(&'static str, &'static str)] {
    match lang {
        Lang::Fr => FR,
        Lang::En => EN,
    }
}

macro_rules! locale {
    ($lang:literal, $($name:literal),*) => {
        &[$(($name, include_str!(concat!("../templates/locales/", $lang, "/", $name, ".txt")))),*]
    };
}

macro_rules! templates {
    ($($name:literal),*) => {
        &[$(($name, include_str!(concat!("../templates/", $name)))),*]
    };
}

static FR: &[(&str, &str)] = locale!(
    "fr",
    "aide",
    "anomalies",
    "commun",
    "comparaison",
    "dossier",
    "graphiques",
    "indicateurs",
    "messages",
    "trimestriel"
);
static EN: &[(&str, &str)] = locale!(
    "en",
    "aide",
    "anomalies",
    "commun",
    "comparaison",
    "dossier",
    "graphiques",
    "indicateurs",
    "messages",
    "trimestriel"
);

/// The embedded fonts, one family: (file name, bytes).
pub static FONTS: &[(&str, &[u8])] = &[
    ("Lato-Regular.ttf", include_bytes!("../templates/fonts/Lato-Regular.ttf")),
    ("Lato-Bold.ttf", include_bytes!("../templates/fonts/Lato-Bold.ttf")),
    ("Lato-Italic.ttf", include_bytes!("../templates/fonts/Lato-Italic.ttf")),
];

/// Name of the embedded font family.
pub const FONT_FAMILY: &str = "Lato";

/// The Typst templates, with their path in the templates folder.
pub static TEMPLATES: &[(&str, &str)] = templates!(
    "comparaison-territoires.typ",
    "dossier-financement.typ",
    "rapport-trimestriel.typ",
    "theme.typ",
    "parts/blocks.typ",
    "parts/cover.typ",
    "parts/document.typ",
    "parts/figure.typ",
    "parts/key-figures.typ",
    "parts/notice.typ",
    "parts/table.typ",
    "parts/text.typ"
);

/// The embedded template of a path in the templates folder.
pub fn template(path: &str) -> Option<&'static str> {
    TEMPLATES.iter().find(|(name, _)| *name == path).map(|(_, content)| *content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    fn list(folder: &Path, prefix: &str, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                list(&entry.path(), &format!("{name}/"), found);
            } else {
                found.insert(name);
            }
        }
    }

    #[test]
    fn everything_in_the_templates_folder_is_embedded() {
        let mut found = BTreeSet::new();
        list(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"), "", &mut found);
        found.retain(|name| !name.ends_with(".md") && !name.ends_with("OFL.txt"));
        let mut embedded: BTreeSet<String> =
            TEMPLATES.iter().map(|(name, _)| (*name).to_string()).collect();
        embedded.extend(FONTS.iter().map(|(name, _)| format!("fonts/{name}")));
        for lang in [Lang::Fr, Lang::En] {
            embedded.extend(
                locale(lang).iter().map(|(name, _)| format!("locales/{}/{name}.txt", lang.code())),
            );
        }
        assert_eq!(found, embedded);
    }
}
