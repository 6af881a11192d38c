//! Lines of `bilan.toml` that findings propose, as TOML writes them.

/// The beginning of a `[[source]]` entry for a sheet; a delimited file has no sheet name.
pub(crate) fn source_entry(file: &str, sheet: &str) -> String {
    let mut entry = format!("[[source]]\nfichier = {}", quoted(file));
    if !sheet.is_empty() {
        entry.push_str(&format!("\nfeuille = {}", quoted(sheet)));
    }
    entry
}

/// A text as TOML writes it.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
