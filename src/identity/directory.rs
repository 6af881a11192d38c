//! Where ids and names lead. A text is looked for in its own file, then in its folder (which stands for
//! a workbook kept as delimited files), then everywhere; a text that leads to two things leads to none.

use crate::hashing::{NumberMap, TextMap};
use std::sync::Arc;

/// Number of the place that holds all others.
const EVERYWHERE: usize = 0;

/// Texts by place, and what each leads to.
#[derive(Default)]
pub(super) struct Directory {
    /// Number of each text: it is looked for once, whatever the places.
    texts: TextMap<Box<str>, usize>,
    /// By place and text; `None` = to several things.
    leads: NumberMap<(usize, usize), Option<usize>>,
    /// By path of a file: its number, and that of its folder.
    files: TextMap<Arc<str>, [usize; 2]>,
    /// Number of each folder, by path.
    folders: TextMap<Box<str>, usize>,
}

/// The folder of a file.
fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

impl Directory {
    /// A text in its file, its folder and everywhere, in this order.
    fn keys(&mut self, text: &str, file: &Arc<str>) -> [(usize, usize); 3] {
        let [own, around] = self.places(file);
        let next = self.texts.len();
        let text = match self.texts.get(text) {
            Some(text) => *text,
            None => *self.texts.entry(text.into()).or_insert(next),
        };
        [own, around, EVERYWHERE].map(|place| (place, text))
    }

    /// Numbers of a file and of its folder.
    fn places(&mut self, file: &Arc<str>) -> [usize; 2] {
        if let Some(places) = self.files.get(file) {
            return *places;
        }
        let next = |files: usize, folders: usize| EVERYWHERE + 1 + files + folders;
        let (files, folders) = (self.files.len(), self.folders.len());
        let around =
            *self.folders.entry(folder(file).into()).or_insert_with(|| next(files, folders));
        let places = [next(files, self.folders.len()), around];
        self.files.insert(file.clone(), places);
        places
    }

    /// Notes that a text leads to something, in its file, its folder and everywhere. Gives whether it
    /// leads to two things, from now on, within the file.
    pub(super) fn enroll(&mut self, text: &str, ix: usize, file: &Arc<str>) -> bool {
        let [in_file, ..] = self.keys(text, file).map(|key| {
            let leads = self.leads.entry(key).or_insert(Some(ix));
            let other = *leads != Some(ix);
            let conflict = other && leads.is_some();
            if other {
                *leads = None;
            }
            conflict
        });
        in_file
    }

    /// Notes that a text leads to something where it leads to nothing yet, or to several things.
    pub(super) fn settle(&mut self, text: &str, ix: usize, file: &Arc<str>) {
        for key in self.keys(text, file) {
            self.leads.entry(key).or_default().get_or_insert(ix);
        }
    }

    /// Notes that a text leads to something where it leads to nothing yet: the first one keeps it.
    pub(super) fn claim(&mut self, text: &str, ix: usize, file: &Arc<str>) {
        for key in self.keys(text, file) {
            self.leads.entry(key).or_insert(Some(ix));
        }
    }

    /// What the nearest place that knows the text says.
    pub(super) fn find(&self, text: &str, file: &str) -> Option<usize> {
        self.nearest(text, file).flatten()
    }

    /// Whether the nearest place that knows the text has several things of that name.
    pub(super) fn is_shared(&self, text: &str, file: &str) -> bool {
        self.nearest(text, file) == Some(None)
    }

    fn nearest(&self, text: &str, file: &str) -> Option<Option<usize>> {
        let text = *self.texts.get(text)?;
        let near = match self.files.get(file) {
            Some(places) => places.map(Some),
            None => [None, self.folders.get(folder(file)).copied()],
        };
        let places = near.into_iter().flatten().chain([EVERYWHERE]);
        places.into_iter().find_map(|place| self.leads.get(&(place, text)).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_place_that_knows_a_text_says_where_it_leads() {
        let (a, b, c): (Arc<str>, Arc<str>, Arc<str>) =
            ("x/a.csv".into(), "x/b.csv".into(), "y/c.csv".into());
        let mut directory = Directory::default();
        assert!(!directory.enroll("p1", 0, &a));
        assert!(!directory.enroll("p1", 1, &b), "in another file it may be somebody else");
        assert_eq!(directory.find("p1", &a), Some(0));
        assert_eq!(directory.find("p1", &b), Some(1));
        assert_eq!(directory.find("p1", &c), None, "two lead there");
        assert!(directory.is_shared("p1", &c) && !directory.is_shared("p1", &a));
        assert!(directory.enroll("p1", 2, &a));
        assert_eq!(directory.find("p1", &a), None);
        directory.settle("p1", 3, &a);
        assert_eq!(directory.find("p1", &a), Some(3));
        directory.claim("p1", 4, &a);
        assert_eq!(directory.find("p1", &a), Some(3));
        directory.enroll("p2", 5, &a);
        directory.enroll("p2", 6, &c);
        assert_eq!(directory.find("p2", "x/other.csv"), Some(5), "that of its folder");
        assert_eq!(directory.find("p2", "z/other.csv"), None);
        assert_eq!(directory.find("p3", &a), None);
    }
}
