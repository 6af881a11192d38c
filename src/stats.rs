//! Pure statistics: slices in, numbers out, each with its source. Nothing here knows of files, names
//! or units.

pub mod diversity;
pub mod inequality;
pub mod intervals;
pub mod network;
