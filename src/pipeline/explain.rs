//! `bilan explain`: what an indicator means, its value in a cell, and the rows it rests on; or what a
//! finding code means.

use super::Known;
use crate::error::Error;
use crate::finding::{self, CODES};
use crate::indicators::{self, Indicator, Measure, Scope};
use crate::locale;
use crate::messages::Messages;
use crate::period::{Window, WindowKind};
use crate::report::wording;
use crate::texts::{Texts, fold, without_slots};

/// Lists what can be explained: indicators by family, then finding codes.
pub fn list_subjects(talk: &Messages) {
    let texts = &talk.texts;
    talk.print(&texts.get("explication.indicateurs"));
    for indicator in indicators::all() {
        let name = texts.get(&format!("indicateur.{}.nom", indicator.id));
        talk.print(&format!("  {:<28} {name}", indicator.id));
    }
    talk.print(&texts.get("explication.codes"));
    for code in CODES {
        let title = texts.get(&format!("anomalie.{}.titre", code.name));
        talk.print(&format!("  {:<28} {title}", code.name));
    }
}

/// Explains a finding code, if the subject is one.
pub fn explain_code(subject: &str, talk: &Messages) -> bool {
    let Some(code) = finding::code(subject) else { return false };
    let texts = &talk.texts;
    let text = |part: &str| without_slots(&texts.get(&format!("anomalie.{}.{part}", code.name)));
    let severity = texts.get(&format!("gravite.{}", code.severity.code()));
    talk.print(&format!("{} ({severity})", code.name));
    talk.print(&text("titre"));
    talk.print("");
    talk.print(&text("explication"));
    talk.print(&text("remede"));
    true
}

/// Explains an indicator in a cell: definition, value, parts, and every row of evidence.
///
/// # Errors
/// `sujet-inconnu` with the nearest known one; `territoire-inconnu` with the known ones.
pub fn explain_indicator(
    subject: &str,
    territory: Option<&str>,
    known: &Known,
    talk: &Messages,
) -> Result<(), Error> {
    let indicator = indicators::find(subject).ok_or_else(|| unknown_subject(subject))?;
    let scope = scope(territory, known)?;
    let texts = &talk.texts;
    let text = |part: &str| texts.get(&format!("indicateur.{subject}.{part}"));
    talk.print(&format!("{} ({})", text("nom"), indicator.id));
    talk.print(&text("definition"));
    talk.print(&texts.fill("explication.formule", &[("formule", text("formule"))]));
    talk.print("");
    let measures = super::measure(known);
    for kind in [WindowKind::Quarter, WindowKind::Cumulative] {
        let cell = measures.all.iter().filter(|m| {
            m.indicator.id == indicator.id && m.scope == scope && m.window.kind == kind
        });
        cell.for_each(|measure| talk.print(&line(measure, known, texts)));
    }
    print_evidence(indicator, scope, known, talk);
    Ok(())
}

fn scope(territory: Option<&str>, known: &Known) -> Result<Scope, Error> {
    let Some(name) = territory else { return Ok(Scope::Programme) };
    let territories = &known.programme.territories;
    territories.iter().position(|t| fold(&t.name) == fold(name)).map(Scope::Territory).ok_or_else(
        || {
            let names: Vec<&str> = territories.iter().map(|t| t.name.as_str()).collect();
            Error::new("territoire-inconnu").with("nom", name).with("connus", names.join(", "))
        },
    )
}

fn unknown_subject(subject: &str) -> Error {
    let names = indicators::all().map(|i| i.id).chain(CODES.iter().map(|c| c.name));
    let nearest = names
        .max_by(|a, b| {
            strsim::jaro_winkler(a, subject).total_cmp(&strsim::jaro_winkler(b, subject))
        })
        .unwrap_or_default();
    Error::new("sujet-inconnu").with("sujet", subject).with("proche", nearest)
}

/// One cell in one line: window, breakdown, value, numerator and denominator.
fn line(measure: &Measure, known: &Known, texts: &Texts) -> String {
    let window = wording::window(measure.window, texts);
    let reading = &measure.reading;
    let modality = wording::modality(reading, texts);
    let value = wording::value(measure, texts);
    let parts = match (reading.numerator, reading.denominator) {
        (Some(numerator), Some(denominator)) => format!(
            "  ({} / {})",
            wording::plain_number(numerator, texts.lang),
            wording::plain_number(denominator, texts.lang)
        ),
        _ => String::new(),
    };
    let scope = measure.scope.name(&known.programme);
    let modality = if modality.is_empty() { modality } else { format!(" · {modality}") };
    format!("{scope} · {window}{modality} : {value}{parts}")
}

fn print_evidence(indicator: &Indicator, scope: Scope, known: &Known, talk: &Messages) {
    let texts = &talk.texts;
    let window = Window::quarter(WindowKind::Quarter, known.settings.quarter());
    let rows = indicators::evidence(indicator, &known.programme, &known.settings, scope, window);
    talk.print("");
    talk.print(&texts.plural("explication.lignes", rows.len() as u64));
    for row in rows {
        let sheet = if row.origin.sheet().is_empty() {
            String::new()
        } else {
            format!(" · {}", row.origin.sheet())
        };
        let date = row.date.map(|d| format!(" · {}", locale::date(texts.lang, d)));
        let ligne = texts.fill("explication.ligne", &[("n", row.origin.row.to_string())]);
        talk.print(&format!(
            "  {}{sheet} · {ligne}{} · {}",
            row.origin.file(),
            date.unwrap_or_default(),
            wording::plain_number(row.amount, texts.lang)
        ));
    }
}
