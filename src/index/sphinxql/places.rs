//! Which files are seen, told in few words: whole folders where all in them are.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::{folders, key};
use crate::index::catalogue::Catalogue;

/// The keys of folders and files that hold what is seen, and nothing else; `None` where that is everything.
pub fn places(all: &Catalogue, seen: &Catalogue) -> Option<Vec<i64>> {
    if all.len() == seen.len() {
        return None;
    }
    // How many files of each folder there are, less those that are seen.
    let mut hidden: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in all.files().filter(|entry| seen.file(entry.file).is_none()) {
        for folder in folders(entry.file) {
            *hidden.entry(folder).or_default() += 1;
        }
    }
    let mut places = BTreeSet::new();
    for entry in seen.files() {
        let whole = folders(entry.file).find(|folder| !hidden.contains_key(folder));
        places.insert(key(whole.unwrap_or(entry.file)));
    }
    // Nothing has the key 0: where nothing is seen, nothing is found.
    places.insert(0);
    Some(places.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::record::Record;
    use crate::index::stamp::Stamp;
    use crate::meeting::Meeting;

    fn catalogue(files: &[&str]) -> Catalogue {
        let mut catalogue = Catalogue::default();
        for file in files {
            catalogue.add(Record {
                file: (*file).to_owned(),
                stamp: Stamp::default(),
                meeting: Meeting::default(),
                passages: 1,
                speakers: Vec::new(),
            });
        }
        catalogue
    }

    #[test]
    fn whole_folders_stand_for_their_files_and_nothing_hidden_is_in_them() {
        let all = catalogue(&["a/1.txt", "a/2.txt", "b/c/3.txt", "b/c/4.txt", "b/5.txt", "6.txt"]);
        let sees = |files: &[&str]| places(&all, &catalogue(files));
        assert_eq!(
            sees(&["a/1.txt", "a/2.txt", "b/c/3.txt", "b/c/4.txt", "b/5.txt", "6.txt"]),
            None
        );
        let of = |places: &[&str]| {
            let mut keys: Vec<i64> = places.iter().map(|place| key(place)).chain([0]).collect();
            keys.sort_unstable();
            Some(keys)
        };
        assert_eq!(
            sees(&["a/1.txt", "a/2.txt", "b/c/3.txt", "b/c/4.txt"]),
            of(&["a/", "b/c/"])
        );
        assert_eq!(sees(&["a/1.txt", "6.txt"]), of(&["a/1.txt", "6.txt"]));
        assert_eq!(sees(&[]), of(&[]));
    }
}
