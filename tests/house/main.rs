//! The house rules that a compiler does not check: arrows between stages, sizes, texts, the manual.

mod arrows;
mod keys;
mod locales;
mod sizes;
mod source;
