//! Parse, load settings, run, exit code. Nothing else.

fn main() {}
