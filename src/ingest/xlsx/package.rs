//! What a workbook is made of: its sheets, and the parts that hold their cells, texts and formats.

use super::xml::{Scanner, decode};
use crate::ingest::archive::Archive;
use crate::ingest::file::Refusal;

/// Where the workbook is when nothing says so.
const WORKBOOK: &str = "xl/workbook.xml";

/// Worksheets of a workbook: nobody keeps so many.
const MAX_SHEETS: usize = 1000;

/// A worksheet.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SheetPart {
    /// Its name.
    pub name: String,
    /// It is hidden.
    pub hidden: bool,
    /// The part that holds its cells.
    pub part: String,
}

/// A workbook.
#[derive(Debug, Default)]
pub(super) struct Package {
    pub sheets: Vec<SheetPart>,
    /// The part of shared texts.
    pub strings: Option<String>,
    /// The part of formats.
    pub styles: Option<String>,
    pub epoch_1904: bool,
}

/// A link from one part to another.
struct Relation {
    id: String,
    /// Last word of its type: `worksheet`, `sharedStrings`…
    kind: String,
    target: String,
}

impl Package {
    /// Reads what a workbook says of itself.
    ///
    /// # Errors
    /// A [`Refusal`] when there is no workbook in the archive, or when it cannot be read.
    pub(super) fn open(archive: &Archive<'_>) -> Result<Self, Refusal> {
        let links = relations(archive, "")?;
        let workbook = links.into_iter().find(|link| link.kind == "officeDocument");
        let workbook = workbook.map_or_else(|| WORKBOOK.to_owned(), |link| link.target);
        let Some(bytes) = archive.part(&workbook)? else {
            return Err(Refusal::Unreadable(format!("{workbook} manque")));
        };
        let links = relations(archive, &workbook)?;
        let target = |kind: &str| {
            links.iter().find(|link| link.kind == kind).map(|link| link.target.clone())
        };
        let mut package =
            Self { strings: target("sharedStrings"), styles: target("styles"), ..Self::default() };
        Scanner::new(&decode(bytes)?).each_tag(|tag| match tag.name {
            "workbookPr" => package.epoch_1904 |= tag.says("date1904"),
            "sheet" => {
                if package.sheets.len() > MAX_SHEETS {
                    return;
                }
                let link = tag.words("id").and_then(|id| links.iter().find(|l| l.id == id));
                // Chart sheets and macros are listed among the others.
                let Some(link) = link.filter(|link| link.kind == "worksheet") else { return };
                package.sheets.push(SheetPart {
                    name: tag.words("name").unwrap_or_default(),
                    hidden: tag.attribute("state").is_some_and(|state| state != "visible"),
                    part: link.target.clone(),
                });
            }
            _ => {}
        })?;
        if package.sheets.len() > MAX_SHEETS {
            return Err(Refusal::Trapped("piege.parties-nombreuses"));
        }
        Ok(package)
    }
}

/// Links of a part; of the whole package when it has no name.
fn relations(archive: &Archive<'_>, part: &str) -> Result<Vec<Relation>, Refusal> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let Some(bytes) = archive.part(&resolve(folder, &format!("_rels/{name}.rels")))? else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    Scanner::new(&decode(bytes)?).each_tag(|tag| {
        if let (Some(id), Some(kind), Some(target)) =
            (tag.words("Id"), tag.words("Type"), tag.words("Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            found.push(Relation { id, kind, target: resolve(folder, &target) });
        }
    })?;
    Ok(found)
}

/// The part that a target names from a folder.
fn resolve(folder: &str, target: &str) -> String {
    let start = if target.starts_with('/') { "" } else { folder };
    let mut path: Vec<&str> = Vec::new();
    for step in start.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl/worksheets", "../a.xml"), "xl/a.xml");
        assert_eq!(resolve("xl", "/xl/b.xml"), "xl/b.xml");
        assert_eq!(resolve("", "_rels/.rels"), "_rels/.rels");
    }
}
