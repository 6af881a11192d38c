//! Whole runs of the program: on the example, on real files, shuffled, killed on the way.

mod attack;
mod decisions;
mod kill;
mod leaks;
mod real;
mod run;
mod shuffle;
mod support;
mod twins;
