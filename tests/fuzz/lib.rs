//! The stages of `bilan` that read, and what they stand on, from its own sources.

#[path = "../../src"]
mod sources {
    pub mod assets;
    pub mod error;
    pub mod files;
    pub mod finding;
    pub mod hashing;
    pub mod ingest;
    pub mod locale;
    pub mod messages;
    pub mod parallel;
    pub mod period;
    pub mod schema;
    pub mod settings;
    pub mod tables;
    pub mod texts;
}

pub use sources::*;
