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
