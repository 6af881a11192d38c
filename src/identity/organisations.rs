//! Territories and organisations: made from their own tables first, so that their spelling wins.

use super::form::{acronym, normal_form};
use super::matching::{self, Named, Pair};
use super::registry::{Numbers, On, Registry};
use super::suggestion::Suggestion;
use crate::finding::{Finding, Place};
use crate::programme::{Organisation, OrganisationIx, Programme, Territory};
use crate::schema::TableId;
use crate::tables::{Frame, Tables};
use crate::texts::plain;
use std::collections::BTreeMap;

/// Reads Territoires.
pub(super) fn territories(tables: &Tables, registry: &mut Registry) {
    let Some(frame) = tables.get(TableId::Territories) else { return };
    for row in 0..frame.len() {
        let Some(ix) = registry.territory(frame.text("name", row)) else { continue };
        if registry.territories[ix].origin.is_some() {
            continue; // the first row of a territory wins; checks name the second
        }
        let name = registry.territories[ix].name.clone();
        registry.territories[ix] = Territory {
            name,
            codes: frame.list("codes", row).iter().map(ToString::to_string).collect(),
            population: frame.number("population", row),
            vintage: frame.text("vintage", row).map(str::to_string),
            host: frame.text("host", row).map(str::to_string),
            start: frame.date("start", row),
            fte: frame.number("fte", row),
            origin: Some(frame.origin(row)),
        };
    }
}

/// Reads Structures: rows of one SIRET, else of one RNA number, else of one normal form, are one
/// organisation, unless an answer says otherwise. Rows with numbers come first, in the order of these:
/// which organisation a bare name leads to does not depend on the order of the rows.
pub(super) fn organisations(tables: &Tables, registry: &mut Registry) {
    let Some(frame) = tables.get(TableId::Organisations) else { return };
    let numbers =
        |row: usize| Numbers { siret: frame.text("siret", row), rna: frame.text("rna", row) };
    let mut rows: Vec<usize> = (0..frame.len()).collect();
    rows.sort_by_key(|row| {
        let Numbers { siret, rna } = numbers(*row);
        (siret.is_none(), siret, rna.is_none(), rna)
    });
    for row in rows {
        let Some(name) = frame.text("name", row) else { continue };
        let Some((ix, on)) = registry.listed(name, &numbers(row)) else { continue };
        if let Some(id) = frame.text("id", row) {
            registry.identify_organisation(id, frame.file(row), ix);
        }
        if let (Some(on), true) = (on, registry.organisations[ix].origin.is_some()) {
            let merges = &mut registry.merges;
            *match on {
                On::Number => &mut merges.organisations_by_number,
                On::Decision => &mut merges.organisations_by_decision,
                On::Form => &mut merges.organisations_by_form,
            } += 1;
        }
        describe(frame, row, ix, name, registry);
    }
}

/// Fills what the organisation does not know yet; says when two spellings were brought together.
fn describe(frame: &Frame, row: usize, ix: OrganisationIx, name: &str, registry: &mut Registry) {
    let territories: Vec<_> = frame
        .list("territory", row)
        .iter()
        .filter_map(|name| registry.territory(Some(name)))
        .collect();
    let organisation = &mut registry.organisations[ix];
    if organisation.origin.is_none() {
        organisation.origin = Some(frame.origin(row));
        organisation.name = name.to_string();
    } else if organisation.name != name {
        let finding = Finding::new("structure-rapprochee", frame.place(row, "name"), name)
            .with("nom", organisation.name.clone());
        registry.findings.push(finding);
    }
    let text = |id: &str| frame.text(id, row).map(str::to_string);
    let fill = |slot: &mut Option<String>, id: &str| {
        if slot.is_none() {
            *slot = text(id);
        }
    };
    fill(&mut organisation.kind, "kind");
    fill(&mut organisation.posture, "posture");
    fill(&mut organisation.siret, "siret");
    fill(&mut organisation.rna, "rna");
    fill(&mut organisation.commune, "commune");
    organisation.joined = match (organisation.joined, frame.date("joined", row)) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    for network in frame.list("networks", row) {
        let none = ["aucun", "aucune", "neant"].contains(&crate::texts::fold(network).as_str());
        let known = organisation
            .networks
            .iter()
            .any(|n| crate::texts::fold(n) == crate::texts::fold(network));
        if !none && !known {
            organisation.networks.push(network.to_string());
        }
    }
    for territory in territories {
        organisation.territories.insert(territory);
    }
}

/// Pairs of organisations whose names are alike, and that nobody has decided of.
pub(super) fn suggest(
    tables: &Tables,
    registry: &Registry,
    programme: &Programme,
) -> Vec<Suggestion> {
    let organisations = &programme.organisations;
    let named: Vec<Named<'_>> = organisations.iter().map(named).collect();
    let form = |ix: usize| registry.decisions.form(&organisations[ix].name);
    let mut bearers: BTreeMap<String, usize> = BTreeMap::new();
    for ix in 0..organisations.len() {
        *bearers.entry(form(ix)).or_default() += 1;
    }
    // Answers speak of homonyms by their numbers: their name leads to the first of them.
    let label = |ix: usize| {
        let Organisation { name, siret, rna, .. } = &organisations[ix];
        match siret.as_ref().or(rna.as_ref()) {
            Some(number) if bearers[&form(ix)] > 1 => format!("{name} ({number})"),
            _ => name.clone(),
        }
    };
    let suggestion = |pair: Pair| {
        let places = [pair.left, pair.right].map(|ix| spotted(tables, &organisations[ix]));
        let (left, right) = (label(pair.left), label(pair.right));
        let Pair { score, clues, .. } = pair;
        Suggestion { table: TableId::Organisations, left, right, places, score, clues }
    };
    let open = |pair: &Pair| !registry.told_apart(pair.left, pair.right);
    matching::suggest(&named).into_iter().filter(open).map(suggestion).collect()
}

/// An organisation as names are compared.
pub fn named(organisation: &Organisation) -> Named<'_> {
    Named {
        words: normal_form(&organisation.name).split(' ').map(str::to_owned).collect(),
        acronym: acronym(&organisation.name),
        numbers: [
            organisation.siret.as_deref().map(|siret| siret.get(..9).unwrap_or(siret)),
            organisation.rna.as_deref(),
        ],
        place: organisation.commune.as_deref().map(plain),
        circle: None,
    }
}

/// Where an organisation can be seen: in Structures, else wherever its name is.
fn spotted(tables: &Tables, organisation: &Organisation) -> Place {
    if let Some(origin) = &organisation.origin {
        let sources = tables.get(TableId::Organisations).map_or(&[][..], |frame| &frame.sources);
        let source = sources.iter().find(|source| source.at == origin.at);
        let column = source.and_then(|source| source.columns.get("name").copied());
        return Place { column, ..origin.place() };
    }
    let named = tables.iter().find_map(|frame| {
        ["organisation", "a", "b", "holder"].into_iter().find_map(|column| {
            let row = (0..frame.len())
                .find(|row| frame.text(column, *row) == Some(&organisation.name))?;
            Some(frame.place(row, column))
        })
    });
    named.unwrap_or_default()
}
