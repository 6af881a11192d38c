//! The house rules that a compiler does not check: arrows between stages, sizes, texts, the manual.

mod arrows;
mod sizes;
mod source;
