//! Where ids and names lead. A text is looked for in its own file, then in its folder (which stands for
//! a workbook kept as delimited files), then everywhere; a text that leads to two things leads to none.

use crate::hashing::TextMap;
use std::sync::Arc;

/// Texts of one place, and what each leads to; `None` = to several.
type Scope = TextMap<Arc<str>, Option<usize>>;

/// Texts by place.
#[derive(Default)]
pub(super) struct Directory {
    everywhere: Scope,
    /// By number of the place: a file, or a folder.
    places: Vec<Scope>,
    /// Number of each place, by path of the file, or of the folder with its `/`.
    numbers: TextMap<Arc<str>, usize>,
    /// The file asked for last and the places of it and of its folder: rows come file by file.
    last: Option<(Arc<str>, [usize; 2])>,
}

/// The folder of a file, with its `/`.
fn folder(file: &str) -> String {
    format!("{}/", file.rsplit_once('/').map_or("", |(folder, _)| folder))
}

impl Directory {
    /// The scopes of a file, nearest first, made when new.
    fn scopes(&mut self, file: &Arc<str>, mut each: impl FnMut(&mut Scope)) {
        let known = self.last.as_ref().filter(|(last, _)| Arc::ptr_eq(last, file));
        let places = match known {
            Some((_, places)) => *places,
            None => [self.number(file.clone()), self.number(folder(file).into())],
        };
        self.last = Some((file.clone(), places));
        for place in places {
            each(&mut self.places[place]);
        }
        each(&mut self.everywhere);
    }

    fn number(&mut self, path: Arc<str>) -> usize {
        let next = self.places.len();
        let number = *self.numbers.entry(path).or_insert(next);
        if number == next {
            self.places.push(Scope::default());
        }
        number
    }

    /// Notes that a text leads to something, in its file, its folder and everywhere. Gives whether it
    /// leads to two things, from now on, within the file.
    pub(super) fn enroll(&mut self, text: &str, ix: usize, file: &Arc<str>) -> bool {
        let text: Arc<str> = text.into();
        let mut conflicts = Vec::with_capacity(3);
        self.scopes(file, |scope| {
            let entry = scope.entry(text.clone()).or_insert(Some(ix));
            let other = *entry != Some(ix);
            conflicts.push(other && entry.is_some());
            if other {
                *entry = None;
            }
        });
        conflicts.first().copied().unwrap_or(false)
    }

    /// Notes that a text leads to something where it leads to nothing yet, or to several things.
    pub(super) fn settle(&mut self, text: &str, ix: usize, file: &Arc<str>) {
        let text: Arc<str> = text.into();
        self.scopes(file, |scope| {
            scope.entry(text.clone()).or_default().get_or_insert(ix);
        });
    }

    /// Notes that a text leads to something where it leads to nothing yet: the first one keeps it.
    pub(super) fn claim(&mut self, text: &str, ix: usize, file: &Arc<str>) {
        let text: Arc<str> = text.into();
        self.scopes(file, |scope| {
            scope.entry(text.clone()).or_insert(Some(ix));
        });
    }

    /// What the nearest place that knows the text says.
    pub(super) fn find(&self, text: &str, file: &str) -> Option<usize> {
        let folder = folder(file);
        let near = [file, &folder].into_iter().filter_map(|place| self.numbers.get(place));
        let near = near.map(|number| &self.places[*number]);
        near.chain([&self.everywhere]).find_map(|scope| scope.get(text).copied())?
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
        assert!(directory.enroll("p1", 2, &a));
        assert_eq!(directory.find("p1", &a), None);
        directory.settle("p1", 3, &a);
        assert_eq!(directory.find("p1", &a), Some(3));
        directory.claim("p1", 4, &a);
        assert_eq!(directory.find("p1", &a), Some(3));
    }
}
