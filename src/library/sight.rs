//! Who sees which folders of the knowledge.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What somebody sees of the knowledge: all of it, but for folders that are kept from them.
///
/// A file belongs to the nearest restricted folder that it is in, and is seen by those who see that folder; what is in none
/// is seen by everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sight {
    /// The restricted folders, and whether they are seen; empty where all are.
    folders: BTreeMap<Folder, bool>,
}

/// A folder below the knowledge folder: with `/` between its parts and at its end; empty for the knowledge folder itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Folder(String);

impl Folder {
    /// As somebody writes it: `统战`, `/统战/`, `统战/2024/`; `/` alone is the knowledge folder. `None` where it is no path
    /// below it.
    pub fn named(words: &str) -> Option<Folder> {
        let words = words.trim();
        if words.is_empty() {
            return None;
        }
        let mut path = String::new();
        for part in words.split(['/', '\u{ff0f}', '\\']) {
            match part.trim() {
                "" | "." => {}
                ".." => return None,
                part => {
                    path.push_str(part);
                    path.push('/');
                }
            }
        }
        Some(Folder(path))
    }

    /// With its slash; `/` for the knowledge folder itself.
    pub fn name(&self) -> &str {
        if self.0.is_empty() { "/" } else { &self.0 }
    }

    /// Whether a file is in it or below it.
    pub fn holds(&self, file: &str) -> bool {
        file.starts_with(&self.0)
    }
}

impl Sight {
    /// Of somebody who sees everything.
    pub fn everything() -> Sight {
        Sight::default()
    }

    /// Of somebody who sees some of the restricted folders, and others not.
    pub fn of(folders: impl IntoIterator<Item = (Folder, bool)>) -> Sight {
        let folders: BTreeMap<Folder, bool> = folders.into_iter().collect();
        if folders.values().all(|seen| *seen) {
            return Sight::everything();
        }
        Sight { folders }
    }

    /// Whether all is seen.
    pub fn is_everything(&self) -> bool {
        self.folders.is_empty()
    }

    /// Whether a file is seen, there or not, by its path below the knowledge folder.
    pub fn sees(&self, file: &str) -> bool {
        let nearest = self.folders.iter().filter(|(folder, _)| folder.holds(file));
        let nearest = nearest.max_by_key(|(folder, _)| folder.0.len());
        nearest.is_none_or(|(_, seen)| *seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sight(folders: &[(&str, bool)]) -> Sight {
        Sight::of(folders.iter().map(|(name, seen)| (Folder::named(name).unwrap(), *seen)))
    }

    #[test]
    fn the_nearest_folder_decides() {
        let sight = sight(&[("统战", false), ("统战/公开", true), ("财政", true)]);
        for (file, seen) in [
            ("a.txt", true),
            ("统战/a.txt", false),
            ("统战/2024/a.txt", false),
            ("统战/公开/a.txt", true),
            ("财政/a.txt", true),
            // Another folder, and a file, whose names begin alike.
            ("统战部/a.txt", true),
            ("统战.txt", true),
        ] {
            assert_eq!(sight.sees(file), seen, "{file}");
        }
    }

    #[test]
    fn the_knowledge_folder_is_a_folder() {
        let sight = sight(&[("/", false), ("公开/", true)]);
        assert!(!sight.sees("a.txt") && !sight.sees("统战/a.txt") && sight.sees("公开/a.txt"));
    }

    #[test]
    fn who_sees_every_restricted_folder_sees_everything() {
        assert_eq!(sight(&[("统战", true), ("财政", true)]), Sight::everything());
        assert!(!sight(&[("统战", false)]).is_everything());
    }

    #[test]
    fn folders_are_named_in_many_ways_and_never_lead_out() {
        for words in ["统战", "统战/", "/统战/", "./统战", " 统战 / ", "统战／"] {
            assert_eq!(Folder::named(words).unwrap().name(), "统战/", "{words}");
        }
        assert_eq!(Folder::named("/").unwrap().name(), "/");
        for words in ["", "  ", "..", "统战/../财政", "../统战"] {
            assert_eq!(Folder::named(words), None, "{words}");
        }
    }
}
