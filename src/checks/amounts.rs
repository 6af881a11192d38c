//! Amounts of Financements and Trésorerie that contradict one another or their status.

use super::{Context, Rule, Sink, rule};
use crate::finding::Place;
use crate::programme::Funding;
use crate::schema::TableId;
use crate::texts::fold;
use chrono::Datelike;
use std::collections::BTreeMap;

pub(super) const RULES: &[Rule] = &[
    rule("montant-negatif", negative),
    rule("accorde-superieur-demande", |context, sink| {
        above(context, sink, |f| (f.asked, f.granted), "granted");
    }),
    rule("encaisse-superieur-accorde", |context, sink| {
        above(context, sink, |f| (f.granted, f.received), "received");
    }),
    rule("convention-sans-date", |context, sink| {
        of_status(context, sink, "signed", |f, status| {
            status == "conventionné" && f.signed.is_none()
        });
    }),
    rule("convention-sans-montant", |context, sink| {
        of_status(context, sink, "granted", |f, status| {
            matches!(status, "voté" | "conventionné" | "soldé") && f.granted.is_none()
        });
    }),
    rule("refus-avec-montant", |context, sink| {
        of_status(context, sink, "granted", |f, status| {
            status == "refusé" && f.granted.or(f.received).is_some_and(|cents| cents > 0)
        });
    }),
    rule("part-publique-elevee", public_share),
    rule("aide-superieure-maximum", aid_above_maximum),
    rule("fonds-dedies-superieurs", dedicated_above_available),
];

/// Cerfa lines of public money; the rest is private or own.
const PUBLIC: &[&str] = &[
    "État",
    "Région",
    "Département",
    "Intercommunalité",
    "Commune",
    "Organismes sociaux",
    "Fonds européens",
    "Emplois aidés",
    "Autres établissements publics",
];

fn ours<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Funding> {
    context.programme.funding.iter().filter(|f| f.ours)
}

fn negative(context: &Context<'_>, sink: &mut Sink<'_>) {
    for funding in ours(context) {
        let amounts = [
            ("asked", funding.asked),
            ("granted", funding.granted),
            ("received", funding.received),
        ];
        for (column, cents) in amounts {
            if let Some(cents) = cents.filter(|c| *c < 0) {
                let place = context.place(TableId::Funding, &funding.origin, column);
                sink.put(place, context.euros(cents), Vec::new());
            }
        }
    }
    for line in &context.programme.budget {
        if let Some(cents) = line.planned.filter(|c| *c < 0) {
            let place = context.place(TableId::Budget, &line.origin, "planned");
            sink.put(place, context.euros(cents), Vec::new());
        }
    }
}

fn above(
    context: &Context<'_>,
    sink: &mut Sink<'_>,
    amounts: fn(&Funding) -> (Option<i64>, Option<i64>),
    column: &str,
) {
    for funding in ours(context) {
        if let (Some(ceiling), Some(amount)) = amounts(funding)
            && amount > ceiling
        {
            let place = context.place(TableId::Funding, &funding.origin, column);
            let details =
                vec![("montant", context.euros(amount)), ("plafond", context.euros(ceiling))];
            sink.put(place, context.euros(amount), details);
        }
    }
}

fn of_status(
    context: &Context<'_>,
    sink: &mut Sink<'_>,
    column: &str,
    wrong: fn(&Funding, &str) -> bool,
) {
    for funding in ours(context) {
        if let Some(status) = funding.status.as_deref()
            && wrong(funding, status)
        {
            let place = context.place(TableId::Funding, &funding.origin, column);
            sink.put(place, status, vec![("statut", status.to_string())]);
        }
    }
}

/// Share of public money in the cash granted, year by year. Rows without a category or a year cannot
/// be placed and are left out: other rules name them.
fn public_share(context: &Context<'_>, sink: &mut Sink<'_>) {
    let ceiling = context.settings.thresholds.public_share;
    let mut years: BTreeMap<i32, (i64, i64, Place)> = BTreeMap::new();
    for funding in ours(context).filter(|f| !f.in_kind) {
        let year = funding.year.or_else(|| funding.signed.or(funding.decided).map(|d| d.year()));
        let (Some(year), Some(category), Some(cents)) =
            (year, funding.category.as_deref(), funding.granted)
        else {
            continue;
        };
        let (file, sheet) = (funding.origin.file().clone(), funding.origin.sheet().clone());
        let entry = years.entry(year).or_insert_with(|| (0, 0, Place::sheet(file, sheet)));
        entry.0 += if PUBLIC.contains(&category) { cents } else { 0 };
        entry.1 += cents;
    }
    for (year, (public, total, place)) in years {
        let share = public as f64 / total as f64;
        if total > 0 && share > ceiling {
            let percent = |share| crate::locale::percent(context.settings.lang, share);
            let details = vec![("annee", year.to_string()), ("plafond", percent(ceiling))];
            sink.put(place, percent(share), details);
        }
    }
}

fn aid_above_maximum(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(maximum) = context.settings.aid.maximum else { return };
    for funding in ours(context) {
        let ademe = fold(&funding.funder).split(' ').any(|word| word == "ademe");
        if let Some(granted) = funding.granted.filter(|g| ademe && *g > maximum) {
            let place = context.place(TableId::Funding, &funding.origin, "granted");
            let details = vec![("plafond", context.euros(maximum))];
            sink.put(place, context.euros(granted), details);
        }
    }
}

fn dedicated_above_available(context: &Context<'_>, sink: &mut Sink<'_>) {
    for treasury in &context.programme.treasury {
        if let Some(dedicated) = treasury.dedicated.filter(|d| *d > treasury.available) {
            let place = context.place(TableId::Treasury, &treasury.origin, "dedicated");
            let details = vec![("disponible", context.euros(treasury.available))];
            sink.put(place, context.euros(dedicated), details);
        }
    }
}
