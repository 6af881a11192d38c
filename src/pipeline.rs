//! The chain: the only file that knows every stage.

mod account;
mod explain;
mod period;
mod redact;

pub use account::account;
pub use explain::{explain_code, explain_indicator, list_subjects};

use crate::error::Error;
use crate::finding::Finding;
use crate::identity::{self, Key, Merges, Suggestion};
use crate::indicators::{self, Measures};
use crate::ingest::{self, InputFile};
use crate::messages::Messages;
use crate::parallel;
use crate::privacy::Published;
use crate::programme::Programme;
use crate::publish::{self, Publication, Staging, Written};
use crate::report::{self, Block, Figure, Report};
use crate::settings::Settings;
use crate::tables::{self, Tables};
use crate::{charts, checks, privacy};
use std::collections::BTreeMap;

/// What reading gives: everything known of the programme, and what is wrong with it.
#[derive(Debug)]
pub struct Known {
    /// Settings, with the period settled.
    pub settings: Settings,
    /// Every input file.
    pub files: Vec<InputFile>,
    /// Typed tables, nameless.
    pub tables: Tables,
    /// The programme.
    pub programme: Programme,
    /// Findings of every stage, sorted by severity and place.
    pub findings: Vec<Finding>,
    /// Pairs that may be one, to be decided by a human.
    pub suggestions: Vec<Suggestion>,
    /// How many rows were brought together, on what.
    pub merges: Merges,
    /// What earlier reports have told.
    pub published: Published,
}

/// Reads, links and checks.
///
/// # Errors
/// When the folder is missing or empty, the identity key cannot be read or made, or the reports
/// published earlier are not where they are said to be.
pub fn read(settings: Settings, key: Option<&str>, talk: &mut Messages) -> Result<Known, Error> {
    talk.stage("lecture");
    let ingested = ingest::read_folder(&settings)?;
    talk.stage("tables");
    let (tables, typing) = tables::build(&ingested, &settings);
    talk.stage("identite");
    let key = Key::load(key, &settings.key_file)?;
    let linked = identity::link(tables, &settings, &key);
    let (mut tables, programme) = (linked.tables, linked.programme);
    talk.stage("controles");
    let settings = period::settle(settings, &programme);
    let mut findings = ingested.findings;
    findings.extend(typing);
    findings.extend(linked.findings);
    findings.extend(checks::run(&tables, &programme, &settings));
    findings.sort_by(|a, b| (a.severity(), a).cmp(&(b.severity(), b)));
    findings.dedup();
    let (mut suggestions, merges) = (linked.suggestions, linked.merges);
    let mut files = ingested.files;
    redact::places(&linked.names, &mut findings, &mut tables, &mut suggestions, &mut files);
    let mut known = Known {
        settings,
        files,
        tables,
        programme,
        findings,
        suggestions,
        merges,
        published: Published::default(),
    };
    if let Some(folder) = &known.settings.published {
        let (start, quarter) = (period::start(&known), known.settings.quarter());
        known.published = Published::read(folder, &known.programme, start, quarter)?;
    }
    Ok(known)
}

/// Measures every indicator, small groups withheld.
pub fn measure(known: &Known) -> Measures {
    privacy::protect(compute(known), &known.published, &known.settings)
}

/// Measures every indicator, for the windows of this report and of those already published.
fn compute(known: &Known) -> Measures {
    let start = period::start(known);
    let windows = privacy::windows(known.settings.quarter(), start, &known.published);
    indicators::compute(&known.programme, &known.settings, &windows)
}

/// The whole way: reads, measures, composes, draws, writes.
///
/// # Errors
/// When reading fails, a template is broken, or the reports cannot be written.
pub fn run(
    settings: Settings,
    key: Option<&str>,
    talk: &mut Messages,
) -> Result<(Known, Vec<Written>), Error> {
    let known = read(settings, key, talk)?;
    // Before the long part: a folder that cannot be written is said now.
    let staging = Staging::begin(&known.settings.out, &known.settings.quarter().to_string())?;
    talk.stage("indicateurs");
    let measures = compute(&known);
    talk.stage("secret");
    let measures = privacy::protect(measures, &known.published, &known.settings);
    talk.stage("rapport");
    let report = report::compose(&report::Material {
        settings: &known.settings,
        texts: &talk.texts,
        programme: &known.programme,
        tables: &known.tables,
        measures: &measures,
        findings: &known.findings,
        files: &known.files,
        suggestions: &known.suggestions,
        merges: &known.merges,
    });
    talk.stage("graphiques");
    let (drawings, pictures) = draw(&report, &known.settings)?;
    talk.stage("publication");
    let publication = Publication {
        report: &report,
        measures: &measures,
        tables: &known.tables,
        programme: &known.programme,
        findings: &known.findings,
        suggestions: &known.suggestions,
        files: &known.files,
        settings: &known.settings,
        texts: &talk.texts,
        drawings: &drawings,
        pictures: &pictures,
    };
    let written = publish::publish(&publication, staging)?;
    Ok((known, written))
}

type Drawings = BTreeMap<&'static str, String>;
type Pictures = BTreeMap<&'static str, Vec<u8>>;

/// Every figure of every document, once, as SVG and as PNG; figures are drawn side by side.
fn draw(report: &Report, settings: &Settings) -> Result<(Drawings, Pictures), Error> {
    let blocks = report.documents.iter().flat_map(|d| &d.sections).flat_map(|s| &s.blocks);
    let figures: BTreeMap<&'static str, &Figure> = blocks
        .filter_map(|block| match block {
            Block::Figure(figure) => Some((figure.id, &**figure)),
            _ => None,
        })
        .collect();
    let draw = |figure: &Figure| -> Result<(String, Vec<u8>), Error> {
        let svg = charts::draw(&figure.drawing, settings.lang)?;
        let png = charts::png(&svg, 2.0)?;
        Ok((svg, png))
    };
    let figures: Vec<_> = figures.into_iter().collect();
    let drawn = parallel::map("graphiques", &figures, |_| 1, |(id, figure)| (*id, draw(figure)));
    let mut drawings = Drawings::new();
    let mut pictures = Pictures::new();
    for (id, done) in drawn {
        let (svg, png) = done?;
        drawings.insert(id, svg);
        pictures.insert(id, png);
    }
    Ok((drawings, pictures))
}
