//! `bilan schema`: Frictionless Table Schema descriptors of every table, made from the declarations.

use super::{ColumnSpec, Kind, TABLES, TableSpec};
use crate::error::Error;
use crate::files;
use crate::messages::Messages;
use serde_json::{Value, json};
use std::path::Path;

/// Writes one `<feuille>.schema.json` per table into the folder, or prints all of them as one JSON
/// object.
///
/// # Errors
/// When the folder cannot be made or a file cannot be written.
pub fn write(folder: Option<&Path>, talk: &Messages) -> Result<(), Error> {
    let Some(folder) = folder else {
        let all: serde_json::Map<String, Value> =
            TABLES.iter().map(|table| (table.file_stem(), descriptor(table))).collect();
        talk.print(&pretty(&Value::Object(all)));
        return Ok(());
    };
    files::create_dir_all(folder)?;
    for table in TABLES {
        let path = folder.join(format!("{}.schema.json", table.file_stem()));
        files::write(&path, pretty(&descriptor(table)).as_bytes())?;
        talk.print(&path.display().to_string());
    }
    Ok(())
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// The descriptor of a table.
pub fn descriptor(table: &TableSpec) -> Value {
    json!({
        "$schema": "https://frictionlessdata.io/schemas/table-schema.json",
        "name": table.file_stem(),
        "title": table.sheet,
        "description": table.meaning,
        "fields": table.columns.iter().map(field).collect::<Vec<_>>(),
        "missingValues": ["", "-", "NC", "néant", "#N/A"],
    })
}

fn field(column: &ColumnSpec) -> Value {
    let (kind, format) = match column.kind {
        Kind::Date => ("date", "%Y-%m-%d"),
        Kind::Year => ("year", "default"),
        Kind::Number | Kind::Money => ("number", "default"),
        Kind::Integer => ("integer", "default"),
        Kind::Flag => ("boolean", "default"),
        _ => ("string", "default"),
    };
    let mut field = json!({
        "name": column.csv_name(),
        "title": column.header,
        "description": column.meaning,
        "type": kind,
        "format": format,
        "constraints": constraints(column),
    });
    if kind == "boolean" {
        field["trueValues"] = json!(["oui", "Oui", "OUI", "x", "1", "vrai"]);
        field["falseValues"] = json!(["non", "Non", "NON", "0", "faux"]);
    }
    if !column.unit.is_empty() {
        field["unit"] = json!(column.unit);
    }
    field
}

fn constraints(column: &ColumnSpec) -> Value {
    let mut constraints = json!({ "required": column.required });
    match column.kind {
        Kind::Choice(choices) => {
            constraints["enum"] = choices.iter().map(|choice| choice.label).collect();
        }
        Kind::Siret => constraints["pattern"] = json!("^[0-9]{14}$"),
        Kind::Rna => constraints["pattern"] = json!("^W[0-9A-Z]{9}$"),
        _ => {}
    }
    constraints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_every_table_has_a_typed_field() {
        for table in TABLES {
            let descriptor = descriptor(table);
            let fields = descriptor["fields"].as_array().unwrap();
            assert_eq!(fields.len(), table.columns.len());
            assert!(
                fields.iter().all(|f| f["description"].as_str().is_some_and(|d| !d.is_empty()))
            );
        }
    }
}
