//! Every key the source asks for has a text, and every text is asked for.

use crate::source::{Source, sources};
use bilan::finding::CODES;
use bilan::indicators::{self, Family};
use bilan::report::WORDS;
use bilan::schema::{Kind, TableId};
use bilan::texts::{Lang, Texts, entries};
use std::collections::{BTreeMap, BTreeSet};

/// What personal data is kept for.
const PURPOSES: &[&str] = &[
    "engagement",
    "genre",
    "identite",
    "naissance",
    "pilotage",
    "presence",
    "reponses",
    "residence",
    "temps",
];

/// Keys with a part made at run time, as the source writes them (`{name}` as `{}`), and the words that
/// part takes. Each word stands as a literal in the source.
const MADE: &[(&str, &[&str])] = &[
    (
        "aide.arg.{}",
        &[
            "inputs",
            "period",
            "out",
            "published",
            "templates",
            "settings",
            "reading",
            "lang",
            "quiet",
            "subject",
            "territory",
            "folder",
        ],
    ),
    ("aide.mot.{}", &["arguments", "options"]),
    ("aide.{}.exemples", &["bilan", "run", "check", "explain", "schema"]),
    ("aide.{}.resume", &["bilan", "run", "check", "explain", "schema"]),
    ("annexe.methode.{}", &["fenetres", "personnes", "synergies", "financement", "secret"]),
    ("annexe.{}.titre", &["definitions", "methode", "qualite", "registre", "provenance"]),
    ("bilan.{}", &["bloquant", "a_verifier", "information"]),
    ("cerfa.phrase_{}", &["prevus", "realises"]),
    ("cerfa.total_{}", &["charges", "produits"]),
    ("cerfa.{}", &["charges", "produits"]),
    (
        "indice.{}",
        &[
            "autre_commune",
            "autre_numero",
            "autres_mots",
            "faute_de_frappe",
            "meme_commune",
            "meme_numero",
            "meme_structure",
            "memes_mots",
            "mots_en_plus",
            "sigle",
        ],
    ),
    ("rapprochement.{}", &["attente", "decision", "mail", "naissance", "nom", "numero"]),
    (
        "registre.colonne.{}",
        &[
            "activity",
            "age_band",
            "birth_date",
            "birth_year",
            "by",
            "commune",
            "date",
            "email",
            "first_name",
            "gender",
            "hours",
            "id",
            "last_name",
            "lead",
            "organisation",
            "participant",
            "projects",
            "qpv",
            "role",
            "status",
            "worker",
        ],
    ),
    ("registre.{}.pourquoi", PURPOSES),
    ("registre.{}.sortie", PURPOSES),
    (
        "classeur.{}",
        &[
            "a_surveiller",
            "anomalie_attendu",
            "anomalie_cellule",
            "anomalie_code",
            "anomalie_feuille",
            "anomalie_fichier",
            "anomalie_gravite",
            "anomalie_lu",
            "anomalie_nombre",
            "anomalie_remede",
            "anomalie_titre",
            "anomalies",
            "anomalies_sous_titre",
            "anomalies_titre",
            "borne_basse",
            "borne_haute",
            "chiffre",
            "chiffres",
            "contenu",
            "couverture",
            "decisions",
            "feuille",
            "fictif",
            "figure",
            "information",
            "lecture",
            "lecture_ecartees",
            "lecture_entete",
            "lecture_lues",
            "lecture_motifs",
            "lecture_retenues",
            "lecture_table",
            "lecture_titre",
            "nature",
            "non_renseigne",
            "notes",
            "notes_titre",
            "objectif",
            "partie",
            "point",
            "precedent",
            "precision",
            "rubrique",
            "sommaire",
            "synthese",
            "synthese_titre",
            "tables_lues",
            "texte",
            "valeur",
        ],
    ),
    ("comparaison.{}.titre", &["contexte", "taux", "evolution", "age"]),
    (
        "couverture.{}",
        &[
            "programme",
            "projet",
            "beneficiaire",
            "siret",
            "decision",
            "aide_maximale",
            "periode",
            "arrete",
            "territoires",
            "produit_par",
        ],
    ),
    ("dossier.depart.{}", &["charges", "produits", "ademe", "etpt"]),
    ("dossier.scenarios.{}", &["securise", "pondere", "tout"]),
    (
        "dimension.{}",
        &[
            "commune",
            "genre",
            "mouvement",
            "mouvement_complet",
            "posture",
            "qpv",
            "reseau",
            "reseaux",
            "role",
            "statut",
            "tranche_age",
            "transition",
            "transition_complet",
            "type_structure",
            "types",
        ],
    ),
    (
        "dossier.{}.titre",
        &[
            "situation",
            "cerfa",
            "pluriannuel",
            "pistes",
            "scenarios",
            "depart",
            "benevolat",
            "prospects",
            "utilite",
        ],
    ),
    (
        "ecart.{}",
        &[
            "titre",
            "consigne",
            "entete_repete",
            "total",
            "section",
            "note",
            "doublon",
            "anomalie_bloquante",
        ],
    ),
    ("figure.{}.alt", &["echelle", "territoires"]),
    ("figure.{}.axe", &["echelle", "territoires"]),
    ("figure.{}.titre", &["echelle", "territoires"]),
    ("financement.par_{}", &["financeur", "ligne_cerfa", "origine"]),
    ("gravite.{}", &["bloquant", "a_verifier", "information"]),
    ("statut.{}", &["valeur", "non_renseigne", "non_defini", "secret"]),
    ("synthese.{}", &["portee", "synergies", "financement"]),
    ("synthese.{}.absent", &["portee", "synergies", "financement"]),
    ("synthese.{}.secret", &["portee", "synergies", "financement"]),
    (
        "trimestriel.{}.titre",
        &[
            "synthese",
            "plan",
            "indicateurs",
            "portee",
            "synergies",
            "financement",
            "gouvernance",
            "capitalisation",
            "suite",
        ],
    ),
];

/// Breakdowns whose modalities are the labels of a column, and that column.
const LABELLED: &[(&str, TableId, &str)] = &[
    ("genre", TableId::Participants, "gender"),
    ("ligne_cerfa", TableId::Funding, "category"),
    ("posture", TableId::Organisations, "posture"),
    ("role", TableId::Activities, "role"),
    ("stade", TableId::Projects, "stage"),
    ("statut", TableId::Participants, "status"),
    ("tranche_age", TableId::Participants, "age_band"),
    ("type", TableId::Learning, "kind"),
    ("type_structure", TableId::Organisations, "kind"),
];

/// Other modalities of breakdowns.
const MODALITIES: &[(&str, &[&str])] = &[
    ("accord", &["accord", "desaccord", "un_seul_cote"]),
    ("base", &["financeur", "categorie"]),
    ("borne", &["basse", "haute"]),
    ("chevauchement", &["somme_territoires", "doubles", "hors_territoire", "programme"]),
    ("comptage", &["nommees", "anonymes"]),
    ("diversite", &["types", "reseaux", "structures"]),
    ("echelon", &["touches", "sensibilises", "mobilises", "engages", "accompagnes"]),
    ("lecture", &["strict", "inclusif"]),
    ("mouvement", &["nouvelles", "perdues", "relevees"]),
    ("mouvement_complet", &["nouvelles", "perdues", "relevees"]),
    ("niveau", &["1+", "2+", "3", "ponderee"]),
    ("ordre", &["0", "1", "2"]),
    ("origine", &["public", "prive", "propre", "non_renseigne"]),
    (
        "passage",
        &["idee_emergence", "emergence_co_construction", "co_construction_lance", "lance_autonome"],
    ),
    ("perimetre", &["constant", "complet"]),
    ("posture", &["plusieurs"]),
    ("qpv", &["oui", "non"]),
    ("rencontre", &["association × collectivité"]),
    ("rotation", &["presents", "entrants", "sortants"]),
    ("structures", &["a_qualifier"]),
];

/// Breakdowns by every pair of levels, `0-0` to `3-3`.
const TRANSITIONS: [&str; 2] = ["transition", "transition_complet"];

/// Keys made at run time from what the program itself lists: pattern → keys.
fn listed() -> BTreeMap<&'static str, Vec<String>> {
    let codes = |parts: &[&str]| keys_of(CODES.iter().map(|c| c.name), "anomalie", parts);
    let indicators = |parts: &[&str]| keys_of(indicators::all().map(|i| i.id), "indicateur", parts);
    let lessons = labels(TableId::Learning, "kind");
    let families = Family::ALL.iter().map(|family| format!("famille.{}", family.code()));
    BTreeMap::from([
        ("anomalie.{}.explication", codes(&["explication"])),
        ("anomalie.{}.titre", codes(&["titre"])),
        ("anomalie.{}.{}", codes(&["titre", "attendu", "remede", "explication"])),
        (
            "capitalisation.{}",
            lessons.map(|l| format!("capitalisation.{}", bilan::texts::snake(l))).collect(),
        ),
        ("famille.{}", families.collect()),
        ("indicateur.{}.nom", indicators(&["nom"])),
        ("indicateur.{}.{}", indicators(&["nom", "definition", "formule"])),
        ("mot.{}", WORDS.iter().map(|word| format!("mot.{word}")).collect()),
        ("niveau.{}", (0..4).map(|level| format!("niveau.{level}")).collect()),
    ])
}

fn keys_of(ids: impl Iterator<Item = &'static str>, family: &str, parts: &[&str]) -> Vec<String> {
    ids.flat_map(|id| parts.iter().map(move |part| format!("{family}.{id}.{part}"))).collect()
}

fn labels(table: TableId, column: &str) -> impl Iterator<Item = &'static str> {
    let kind = table.spec().column(column).map(|c| c.kind);
    let Some(Kind::Choice(choices) | Kind::Choices(choices)) = kind else {
        panic!("{column} has no labels")
    };
    choices.iter().map(|choice| choice.label)
}

/// Keys asked for, with who asks.
struct Asked {
    /// Texts that must exist: keys, and keys of plurals without `.un`.
    needed: BTreeMap<String, String>,
    /// Patterns met in the source.
    patterns: BTreeMap<String, String>,
    /// Literals of the source that are one word.
    words: BTreeSet<String>,
}

/// Functions that take a key, whatever it looks like.
const ASKING: [&str; 10] = [
    "texts.get(",
    "texts.find(",
    "texts.fill(",
    "texts.plural(",
    "texts.get(&",
    "texts.find(&",
    "m.t(",
    "m.fill(",
    "self.t(",
    "self.fill(",
];

fn asked() -> Asked {
    let families = families();
    let mut asked =
        Asked { needed: BTreeMap::new(), patterns: BTreeMap::new(), words: BTreeSet::new() };
    for source in sources() {
        let code = source.shipped();
        let by = |key: &str| (key.to_string(), source.path.clone());
        for (_, literal) in &code.literals {
            asked.words.insert(literal.clone());
            let family = literal.split('.').next().unwrap_or_default();
            let key = literal.contains('.') && families.contains(family) && is_key(literal);
            if key && literal.contains('{') {
                asked.patterns.extend([by(&pattern(literal))]);
            } else if key {
                asked.needed.extend([by(literal)]);
            }
        }
        asked.needed.extend(code.after(&ASKING).map(by));
        for error in code.after(&["Error::new(", "Error::io("]) {
            asked.needed.extend([by(&format!("erreur.{error}"))]);
            asked.needed.extend([by(&format!("erreur.{error}.remede"))]);
        }
        for stage in code.after(&["talk.stage("]) {
            asked.needed.extend([by(&format!("etape.{stage}"))]);
        }
        let errors: Vec<_> = code.after(&["Error::new("]).collect();
        for reason in reasons(&source).into_iter().filter(|reason| !errors.contains(&&**reason)) {
            asked.needed.extend([by(&format!("motif.{reason}"))]);
        }
        for dimension in code.after(&[".by("]) {
            asked.needed.extend([by(&format!("dimension.{dimension}"))]);
        }
    }
    // The name of a file, which looks like a key.
    asked.needed.remove("bilan.toml");
    for known in ["erreur.{}", "erreur.{}.remede", "etape.{}", "motif.{}"] {
        asked.patterns.remove(known);
    }
    asked
}

/// Why a value is missing: the kebab-case literals of the modules that measure.
fn reasons(source: &Source) -> Vec<String> {
    let measures = ["indicators", "privacy"].contains(&source.module());
    let literals = source.shipped().literals.into_iter().map(|(_, text)| text);
    literals.filter(|text| measures && is_reason(text)).collect()
}

fn is_reason(text: &str) -> bool {
    let letters = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric());
    text.contains('-')
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.split('-').all(letters)
}

fn is_key(text: &str) -> bool {
    !text.contains(char::is_whitespace) && !text.ends_with('.')
}

/// `figure.{key}.alt` → `figure.{}.alt`.
fn pattern(literal: &str) -> String {
    let mut depth = 0;
    literal
        .chars()
        .filter(|c| {
            depth -= i32::from(*c == '}');
            let kept = depth == 0;
            depth += i32::from(*c == '{');
            kept
        })
        .collect()
}

fn texts_of(lang: Lang) -> BTreeMap<&'static str, &'static str> {
    bilan::assets::locale(lang).iter().flat_map(|(_, content)| entries(content)).collect()
}

fn families() -> BTreeSet<&'static str> {
    texts_of(Lang::Fr).keys().filter_map(|key| key.split('.').next()).collect()
}

/// Keys made at run time; the words of each are literals of the source.
fn made() -> BTreeSet<String> {
    let words = MADE
        .iter()
        .flat_map(|(pattern, words)| words.iter().map(|word| pattern.replacen("{}", word, 1)));
    let labelled = LABELLED.iter().flat_map(|(dimension, table, column)| {
        labels(*table, column).map(move |label| format!("modalite.{dimension}.{label}"))
    });
    let modalities = MODALITIES.iter().flat_map(|(dimension, words)| {
        words.iter().map(move |word| format!("modalite.{dimension}.{word}"))
    });
    let transitions = TRANSITIONS.iter().flat_map(|dimension| {
        (0..16).map(move |n| format!("modalite.{dimension}.{}-{}", n / 4, n % 4))
    });
    let always = ["modalite.non renseigné".to_string()];
    let listed = listed().into_values().flatten();
    words.chain(labelled).chain(modalities).chain(transitions).chain(always).chain(listed).collect()
}

fn said(key: &str, texts: &Texts) -> bool {
    let has = |key: &str| texts.find(key).is_some_and(|text| !text.is_empty());
    has(key) || (has(&format!("{key}.un")) && has(&format!("{key}.plusieurs")))
}

#[test]
fn every_key_of_the_source_has_a_text() {
    let asked = asked();
    let mut wanted: BTreeMap<String, String> = asked.needed;
    wanted.extend(made().into_iter().map(|key| (key, "the table of tests/house/keys.rs".into())));
    let mut missing = Vec::new();
    for texts in [Texts::new(Lang::Fr), Texts::new(Lang::En)] {
        let silent = wanted.iter().filter(|(key, _)| !said(key, &texts));
        missing.extend(silent.map(|(key, by)| format!("{} {key}, for {by}", texts.lang.code())));
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_key_made_at_run_time_is_in_the_table() {
    let asked = asked();
    // Read with `find`: a gap is no error.
    let optional = ["indicateur.{}.tete", "modalite.{}", "modalite.{}.{}"];
    let known: BTreeSet<&str> = MADE
        .iter()
        .map(|(pattern, _)| *pattern)
        .chain(listed().into_keys())
        .chain(optional)
        .collect();
    let met: BTreeSet<&str> = asked.patterns.keys().map(String::as_str).collect();
    let unknown: Vec<_> =
        asked.patterns.iter().filter(|(p, _)| !known.contains(p.as_str())).collect();
    assert!(unknown.is_empty(), "not in the table: {unknown:#?}");
    let stale: Vec<_> = known.difference(&met).collect();
    assert!(stale.is_empty(), "no longer in the source: {stale:?}");
    for (pattern, words) in MADE.iter().filter(|(p, _)| !p.starts_with("aide.")) {
        let gone: Vec<_> = words.iter().filter(|word| !asked.words.contains(**word)).collect();
        assert!(gone.is_empty(), "{pattern}: no longer in the source: {gone:?}");
    }
}

#[test]
fn every_text_is_asked_for() {
    let asked = asked();
    let made = made();
    let indicators: BTreeSet<&str> = indicators::all().map(|i| i.id).collect();
    let heading = |key: &str| {
        let id = key.strip_prefix("indicateur.").and_then(|rest| rest.strip_suffix(".tete"));
        id.is_some_and(|id| indicators.contains(id))
    };
    let unused: Vec<&str> = texts_of(Lang::Fr)
        .into_keys()
        .filter(|key| {
            let plain = key.strip_suffix(".un").or(key.strip_suffix(".plusieurs")).unwrap_or(key);
            let wanted = |key: &str| asked.needed.contains_key(key) || made.contains(key);
            !wanted(key) && !wanted(plain) && !heading(key)
        })
        .collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

#[test]
fn every_code_is_raised_and_every_code_raised_is_listed() {
    let codes: BTreeSet<&str> = CODES.iter().map(|code| code.name).collect();
    let mut raised = BTreeSet::new();
    for source in sources().iter().filter(|source| source.path != "finding.rs") {
        let code = source.shipped();
        let literals = code.literals.iter().map(|(_, text)| text.as_str());
        raised.extend(literals.filter_map(|text| codes.get(text).copied()));
        for name in code.after(&["Finding::new(", ".unresolved("]) {
            assert!(codes.contains(name), "{name}, raised by {}, is not in CODES", source.path);
        }
    }
    let idle: Vec<_> = codes.difference(&raised).collect();
    assert!(idle.is_empty(), "raised by nobody: {idle:?}");
}
