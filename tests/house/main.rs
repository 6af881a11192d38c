//! The house rules that a compiler does not check: arrows between stages, sizes, texts, the manual.

mod arrows;
mod help;
mod keys;
mod locales;
mod manual;
mod sizes;
mod source;
