//! Pure statistics: slices in, numbers out, each with its source. Nothing here knows of files, names
//! or units.

pub mod inequality;
pub mod intervals;
