//! `bilan` turns a folder of spreadsheets into the reports a French association owes its funder.
//!
//! One run, one direction:
//!
//! ```text
//! files ──ingest──▶ RawTable ──tables──▶ Frames ──identity──▶ Programme (nameless)
//!       ──checks──▶ Findings ──indicators──▶ Measures ──privacy──▶ publishable Measures
//!       ──report──▶ Report ──charts, publish──▶ files + manifest
//! ```
//!
//! In order: [`ingest`], [`tables`], [`programme`] (what linking makes), [`identity`], [`checks`],
//! [`indicators`], [`privacy`], [`report`], [`charts`], [`publish`]; above them [`pipeline`], the only
//! module that knows every stage, and [`cli`].
//!
//! Arrows never go back (`tests/house/arrows.rs`): a module imports only from stages before it, plus
//! the ground floor: [`schema`], [`finding`], [`period`], [`settings`], [`locale`], [`texts`],
//! [`files`], [`error`], [`assets`], [`messages`], [`parallel`], [`hashing`], [`stats`].
//!
//! Vocabulary: a *finding* is bad data, located in a cell; an *error* is when the program cannot go
//! on; a *measure* is one cell of one indicator; *evidence* are the rows a measure is folded from.

pub mod assets;
pub mod charts;
pub mod checks;
pub mod cli;
pub mod error;
pub mod files;
pub mod finding;
pub mod hashing;
pub mod identity;
pub mod indicators;
pub mod ingest;
pub mod locale;
pub mod messages;
pub mod parallel;
pub mod period;
pub mod pipeline;
pub mod privacy;
pub mod programme;
pub mod publish;
pub mod report;
pub mod schema;
pub mod settings;
pub mod stats;
pub mod tables;
pub mod texts;
