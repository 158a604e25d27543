//! The catalogue: what the knowledge holds, small enough for memory. Meetings, who spoke at them, for which county.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::IndexError;
use super::engine::State;
use super::packed::{Packed, PackedFile, Packing};
use super::record::{Participant, Record};
use super::stamp::Stamp;
use crate::gazetteer::County;
use crate::meeting::{DateRange, Meeting};

/// All knowledge files as the index knows them. What two states have in common they share: a state in which one file
/// has changed costs little more than that file.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// Files as they were when all were packed.
    packed: Arc<Packed>,
    /// Which of these still are of it.
    standing: Places,
    /// Files that are newer, each packed by itself.
    newer: BTreeMap<Arc<str>, Arc<Packed>>,
    /// In how many files each participant of the packed ones speaks.
    counts: Arc<[u32]>,
    /// Participants of newer files alone, and in how many they speak.
    others: BTreeMap<Arc<Participant>, u32>,
    len: usize,
    passages: usize,
}

/// Of so many newer files a catalogue is packed anew.
const MANY: usize = 1000;

/// A set of places.
#[derive(Clone, Debug, Default)]
struct Places(Arc<[u64]>);

impl Places {
    fn of(len: usize, holds: impl Fn(usize) -> bool) -> Places {
        let word =
            |from: usize| (from..len.min(from + 64)).fold(0, |word, at| word | u64::from(holds(at)) << (at % 64));
        Places((0..len).step_by(64).map(word).collect())
    }

    fn has(&self, at: usize) -> bool {
        self.0.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    fn remove(&mut self, at: usize) {
        if let Some(word) = Arc::make_mut(&mut self.0).get_mut(at / 64) {
            *word &= !(1 << (at % 64));
        }
    }

    /// Those that are in one of the two alone.
    fn apart<'p>(&'p self, other: &'p Places) -> impl Iterator<Item = usize> + 'p {
        let words = self
            .0
            .iter()
            .zip(other.0.iter())
            .enumerate()
            .filter(|(_, (a, b))| a != b);
        words
            .flat_map(|(index, _)| index * 64..index * 64 + 64)
            .filter(|at| self.has(*at) != other.has(*at))
    }
}

/// One knowledge file in the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct FileEntry<'c> {
    /// Path below the knowledge folder.
    pub file: &'c str,
    packed: PackedFile<'c>,
}

impl<'c> FileEntry<'c> {
    fn of(packed: PackedFile<'c>) -> FileEntry<'c> {
        FileEntry {
            file: packed.path(),
            packed,
        }
    }

    /// What it is about. A single fact is told sooner by its own method.
    pub fn meeting(&self) -> Meeting {
        self.packed.meeting()
    }

    /// Its meeting's title.
    pub fn title(&self) -> &'c str {
        self.packed.title()
    }

    /// When its meeting was held.
    pub fn dates(&self) -> Option<DateRange> {
        self.packed.dates()
    }

    /// Where its meeting was held.
    pub fn place(&self) -> Option<&'c str> {
        self.packed.place()
    }

    /// Who called its meeting.
    pub fn organizer(&self) -> Option<&'c str> {
        self.packed.organizer()
    }

    /// The county whose report it is.
    pub fn county(&self) -> Option<&'c County> {
        self.packed.county()
    }

    /// What tells what it is about: its path, and its meeting's title, place, organizer and county, where they are known.
    pub fn about(&self) -> impl Iterator<Item = &'c str> + use<'c> {
        let county = self.county().map(|county| county.name());
        let facts = [self.place(), self.organizer(), county];
        [self.file, self.title()].into_iter().chain(facts.into_iter().flatten())
    }

    /// By which a change of the file is noticed.
    pub fn stamp(&self) -> Stamp {
        self.packed.stamp()
    }

    /// How many passages it has.
    pub fn passages(&self) -> usize {
        self.packed.passages()
    }

    /// Who speaks in it, in order of their first words.
    pub fn speakers(&self) -> impl Iterator<Item = &'c Participant> + use<'c> {
        let packed = self.packed;
        packed
            .speakers()
            .filter_map(move |at| packed.participant(at))
            .map(Arc::as_ref)
    }

    /// Whether it is about the same, and the same speak in it.
    fn tells_the_same(&self, other: &FileEntry<'_>) -> bool {
        self.title() == other.title()
            && self.dates() == other.dates()
            && self.place() == other.place()
            && self.organizer() == other.organizer()
            && self.county() == other.county()
            && self.speakers().eq(other.speakers())
    }
}

impl From<Packed> for Catalogue {
    fn from(packed: Packed) -> Catalogue {
        Catalogue {
            standing: Places::of(packed.len(), |_| true),
            counts: Arc::clone(packed.counts()),
            len: packed.len(),
            passages: packed.passages(),
            packed: Arc::new(packed),
            ..Catalogue::default()
        }
    }
}

impl Catalogue {
    /// Of all the records that a state of the index holds.
    pub(super) fn of(state: &dyn State) -> Result<Catalogue, IndexError> {
        let mut packing = Packing::default();
        state.records(&mut |record| packing.add(record))?;
        Ok(packing.packed().into())
    }

    /// All its files packed together; `None` where they are.
    pub(super) fn repacked(&self) -> Option<Packed> {
        if self.newer.is_empty() && self.len == self.packed.len() {
            return None;
        }
        let mut packing = Packing::default();
        let mut known = Vec::new();
        for at in (0..self.packed.len()).filter(|at| self.standing.has(*at)) {
            packing.copy(self.packed.file(at), &mut known);
        }
        for newer in self.newer.values() {
            packing.copy(newer.file(0), &mut Vec::new());
        }
        Some(packing.packed())
    }

    /// Its files, where they are packed together.
    pub(super) fn packed(&self) -> &Packed {
        &self.packed
    }

    /// Adds a file's record, in place of one that the file had.
    pub fn add(&mut self, record: Record) {
        self.remove(&record.file);
        let mut packing = Packing::default();
        let path: Arc<str> = record.file.as_str().into();
        packing.add(record);
        let packed = Arc::new(packing.packed());
        let file = packed.file(0);
        self.count(file, true);
        self.len += 1;
        self.passages += file.passages();
        self.newer.insert(path, packed);
        if self.newer.len() > MANY
            && let Some(packed) = self.repacked()
        {
            *self = packed.into();
        }
    }

    /// Drops a file, and whoever speaks in no other.
    pub fn remove(&mut self, file: &str) {
        let newer = self.newer.remove(file);
        let packed = Arc::clone(&self.packed);
        let file = match (&newer, packed.find(file, usize::MAX)) {
            (Some(newer), _) => newer.file(0),
            (None, Ok(at)) if self.standing.has(at) => {
                self.standing.remove(at);
                packed.file(at)
            }
            _ => return,
        };
        self.count(file, false);
        self.len -= 1;
        self.passages -= file.passages();
    }

    /// Counts those who speak in a file, which comes or goes.
    fn count(&mut self, file: PackedFile<'_>, comes: bool) {
        let one = if comes { 1 } else { u32::MAX };
        for participant in file.speakers().filter_map(|at| file.participant(at)) {
            match self.packed.participants().binary_search(participant) {
                Ok(at) => {
                    let count = &mut Arc::make_mut(&mut self.counts)[at];
                    *count = count.wrapping_add(one);
                }
                Err(_) => {
                    let count = self.others.entry(Arc::clone(participant)).or_default();
                    *count = count.wrapping_add(one);
                    if *count == 0 {
                        self.others.remove(participant);
                    }
                }
            }
        }
    }

    /// The catalogue without the files that are gone, and with new records.
    pub fn changed<'f>(&self, gone: impl Iterator<Item = &'f str>, records: Vec<Record>) -> Catalogue {
        let mut changed = self.clone();
        gone.for_each(|file| changed.remove(file));
        records.into_iter().for_each(|record| changed.add(record));
        changed
    }

    /// The catalogue as if the files that are not seen had never been read.
    pub fn seen(&self, sees: impl Fn(&str) -> bool) -> Catalogue {
        let standing = |at: usize| self.standing.has(at) && sees(self.packed.file(at).path());
        let mut counts = vec![0; self.counts.len()];
        let mut seen = Catalogue {
            packed: Arc::clone(&self.packed),
            standing: Places::of(self.packed.len(), standing),
            ..Catalogue::default()
        };
        for at in (0..self.packed.len()).filter(|at| seen.standing.has(*at)) {
            let file = self.packed.file(at);
            for speaker in file.speakers() {
                counts[speaker] += 1;
            }
            seen.len += 1;
            seen.passages += file.passages();
        }
        seen.counts = counts.into();
        for (path, newer) in self.newer.iter().filter(|(path, _)| sees(path)) {
            seen.count(newer.file(0), true);
            seen.len += 1;
            seen.passages += newer.passages();
            seen.newer.insert(Arc::clone(path), Arc::clone(newer));
        }
        seen
    }

    /// The files in order of their paths.
    pub fn files(&self) -> impl Iterator<Item = FileEntry<'_>> {
        let standing = (0..self.packed.len()).filter(|at| self.standing.has(*at));
        let packed = standing.map(|at| FileEntry::of(self.packed.file(at)));
        let newer = self.newer.values().map(|newer| FileEntry::of(newer.file(0)));
        merged(packed, newer, |entry| entry.file)
    }

    /// One file.
    pub fn file(&self, path: &str) -> Option<FileEntry<'_>> {
        let newer = self.newer.get(path).map(|newer| newer.file(0));
        let packed = || {
            let at = self.packed.find(path, usize::MAX).ok();
            at.filter(|at| self.standing.has(*at)).map(|at| self.packed.file(at))
        };
        newer.or_else(packed).map(FileEntry::of)
    }

    /// A call of all the files.
    pub(super) fn roll(&self) -> Roll<'_> {
        Roll {
            catalogue: self,
            next: 0,
            packed: vec![false; self.packed.len()],
            newer: HashSet::new(),
        }
    }

    /// Everybody who speaks in any file, each with each office once, in an order of their own.
    pub fn participants(&self) -> impl Iterator<Item = &Arc<Participant>> {
        let packed = self.packed.participants().iter().zip(self.counts.iter());
        let packed = packed
            .filter(|(_, count)| **count > 0)
            .map(|(participant, _)| participant);
        merged(packed, self.others.keys(), |participant| *participant)
    }

    /// Each file with those who speak in it, by their places among [`Catalogue::participants`].
    pub fn speaking(&self) -> impl Iterator<Item = (FileEntry<'_>, Vec<usize>)> {
        let all: Vec<&Arc<Participant>> = self.participants().collect();
        // Those of the packed files are numbered already.
        let mut next = 0;
        let place_of: Vec<usize> = (self.packed.participants().iter())
            .map(|participant| {
                while next < all.len() && all[next] < participant {
                    next += 1;
                }
                next
            })
            .collect();
        self.files().map(move |entry| {
            let file = entry.packed;
            let of_packed = file.is_of(&self.packed);
            let place = |at: usize| match of_packed {
                true => place_of.get(at).copied(),
                false => all.binary_search(&file.participant(at)?).ok(),
            };
            (entry, file.speakers().filter_map(place).collect())
        })
    }

    /// Whether the same people speak in both, in the same papers.
    pub fn has_participants_of(&self, other: &Catalogue) -> bool {
        if self.len != other.len {
            return false;
        }
        if !Arc::ptr_eq(&self.packed, &other.packed) {
            return self
                .files()
                .zip(other.files())
                .all(|(mine, theirs)| mine.file == theirs.file && mine.tells_the_same(&theirs));
        }
        // Those that both have packed are the same.
        let same = |path: &str| match (self.file(path), other.file(path)) {
            (Some(mine), Some(theirs)) => mine.tells_the_same(&theirs),
            (mine, theirs) => mine.is_none() && theirs.is_none(),
        };
        let mut newer = self.newer.iter().chain(&other.newer);
        newer.all(|(path, of_one)| {
            let in_both = |of: &Catalogue| of.newer.get(path).is_some_and(|newer| Arc::ptr_eq(newer, of_one));
            in_both(self) && in_both(other) || same(path)
        }) && (self.standing.apart(&other.standing)).all(|at| same(self.packed.file(at).path()))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many passages all files have.
    pub fn passages(&self) -> usize {
        self.passages
    }
}

/// Files that are called one after the other, and which of them were. Soonest in the order of their paths.
pub(super) struct Roll<'c> {
    catalogue: &'c Catalogue,
    /// Where among the packed the next one is likely to stand.
    next: usize,
    packed: Vec<bool>,
    newer: HashSet<&'c str>,
}

impl<'c> Roll<'c> {
    /// The file of this path, where there is one.
    pub fn call(&mut self, path: &str) -> Option<FileEntry<'c>> {
        let catalogue = self.catalogue;
        if let Some((path, newer)) = catalogue.newer.get_key_value(path) {
            self.newer.insert(path);
            return Some(FileEntry::of(newer.file(0)));
        }
        let at = catalogue
            .packed
            .find(path, self.next)
            .ok()
            .filter(|at| catalogue.standing.has(*at))?;
        self.next = at + 1;
        self.packed[at] = true;
        Some(FileEntry::of(catalogue.packed.file(at)))
    }

    /// The paths of those that were not called.
    pub fn absent(&self) -> impl Iterator<Item = &'c str> {
        let packed = self
            .packed
            .iter()
            .enumerate()
            .filter(|(at, called)| !**called && self.catalogue.standing.has(*at));
        let packed = packed.map(|(at, _)| self.catalogue.packed.file(at).path());
        let newer = self.catalogue.newer.keys().map(|path| &**path);
        let newer = newer.filter(|path| !self.newer.contains(path));
        merged(packed, newer, |path| *path)
    }
}

/// Two that are in order, in one order.
fn merged<T, K: Ord>(
    one: impl Iterator<Item = T>,
    other: impl Iterator<Item = T>,
    key: impl Fn(&T) -> K,
) -> impl Iterator<Item = T> {
    let (mut one, mut other) = (one.peekable(), other.peekable());
    std::iter::from_fn(move || match (one.peek(), other.peek()) {
        (Some(first), Some(second)) if key(second) < key(first) => other.next(),
        (Some(_), _) => one.next(),
        (None, _) => other.next(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn record(file: &str, names: &[&str]) -> Record {
        let speakers = names.iter().map(|name| Participant {
            name: Some((*name).to_owned()),
            office: None,
            county: None,
            group: false,
        });
        Record {
            file: file.to_owned(),
            stamp: Stamp::default(),
            meeting: Meeting::default(),
            passages: names.len(),
            speakers: speakers.collect(),
        }
    }

    fn names(catalogue: &Catalogue) -> Vec<&str> {
        catalogue.participants().filter_map(|one| one.name.as_deref()).collect()
    }

    #[test]
    fn a_changed_catalogue_is_as_one_made_anew() {
        let mut before = Catalogue::default();
        before.add(record("a.txt", &["蒲正明", "欧阳竹"]));
        before.add(record("b.txt", &["欧阳竹"]));
        let after = before.changed(["a.txt"].into_iter(), vec![record("c.txt", &["莫春燕"])]);
        assert_eq!(names(&after), ["欧阳竹", "莫春燕"]);
        assert_eq!((after.len(), after.passages()), (2, 2));
        assert!(after.file("a.txt").is_none());
        // The state before is what it was.
        assert_eq!((names(&before).len(), before.len(), before.passages()), (2, 2, 3));
        assert!(!after.has_participants_of(&before));
        let same = after.changed(["c.txt"].into_iter(), vec![record("c.txt", &["莫春燕"])]);
        assert!(same.has_participants_of(&after));
    }

    #[test]
    fn what_is_seen_is_as_if_the_rest_had_never_been_read() {
        let mut whole = Catalogue::default();
        whole.add(record("a/a.txt", &["蒲正明", "欧阳竹"]));
        whole.add(record("b.txt", &["欧阳竹"]));
        let mut alone = Catalogue::default();
        alone.add(record("b.txt", &["欧阳竹"]));
        let seen = whole.seen(|file| !file.starts_with("a/"));
        assert_eq!(names(&seen), ["欧阳竹"]);
        assert_eq!((seen.len(), seen.passages()), (alone.len(), alone.passages()));
        // Dropping the file that is seen leaves nobody: hidden files do not count a speaker.
        let after = seen.changed(["b.txt"].into_iter(), Vec::new());
        assert_eq!((names(&after).len(), after.passages()), (0, 0));
    }

    #[derive(Clone, Debug)]
    enum Change {
        Add(usize, Vec<usize>),
        Remove(usize),
        Pack,
        Hide(usize),
    }

    fn change() -> impl Strategy<Value = Change> {
        prop_oneof![
            4 => (0..70usize, proptest::collection::vec(0..6usize, 0..4)).prop_map(|(file, who)| Change::Add(file, who)),
            2 => (0..70usize).prop_map(Change::Remove),
            1 => Just(Change::Pack),
            1 => (0..70usize).prop_map(Change::Hide),
        ]
    }

    proptest! {
        #[test]
        fn whatever_changed_it_is_as_one_made_of_what_is_left(changes in proptest::collection::vec(change(), 0..60)) {
            const NAMES: [&str; 6] = ["蒲正明", "欧阳竹", "莫春燕", "a", "b", "c"];
            let path = |file: usize| format!("{file:02}.txt");
            let mut left: BTreeMap<String, Record> = BTreeMap::new();
            let mut catalogue = Catalogue::default();
            for change in changes {
                match change {
                    Change::Add(file, mut who) => {
                        who.sort_unstable();
                        who.dedup();
                        let who: Vec<&str> = who.iter().map(|one| NAMES[*one]).collect();
                        let record = record(&path(file), &who);
                        left.insert(path(file), record.clone());
                        catalogue = catalogue.changed(std::iter::once(path(file).as_str()), vec![record]);
                    }
                    Change::Remove(file) => {
                        left.remove(&path(file));
                        catalogue.remove(&path(file));
                    }
                    Change::Pack => {
                        if let Some(packed) = catalogue.repacked() {
                            catalogue = packed.into();
                        }
                    }
                    Change::Hide(file) => {
                        left.remove(&path(file));
                        catalogue = catalogue.seen(|seen| seen != path(file));
                    }
                }
                let mut anew = Packing::default();
                left.values().for_each(|record| anew.add(record.clone()));
                let anew: Catalogue = anew.packed().into();
                prop_assert!(catalogue.has_participants_of(&anew) && anew.has_participants_of(&catalogue));
                prop_assert!(catalogue.has_participants_of(&catalogue.clone()));
                let paths = |of: &Catalogue| of.files().map(|entry| entry.file.to_owned()).collect::<Vec<_>>();
                prop_assert_eq!(paths(&catalogue), paths(&anew));
                prop_assert_eq!(
                    catalogue.participants().collect::<Vec<_>>(),
                    anew.participants().collect::<Vec<_>>()
                );
                prop_assert_eq!((catalogue.len(), catalogue.passages()), (anew.len(), anew.passages()));
                let mut roll = catalogue.roll();
                for file in (0..70).step_by(2) {
                    let called = roll.call(&path(file)).map(|entry| entry.file.to_owned());
                    prop_assert_eq!(called, left.get(&path(file)).map(|record| record.file.clone()));
                }
                let absent = left.keys().filter(|path| path.as_bytes()[1] % 2 == 1);
                prop_assert_eq!(roll.absent().collect::<Vec<_>>(), absent.collect::<Vec<_>>());
                let all: Vec<_> = catalogue.participants().collect();
                for (entry, speakers) in catalogue.speaking() {
                    let told: Vec<&Participant> = speakers.iter().map(|at| &**all[*at]).collect();
                    prop_assert_eq!(told, entry.speakers().collect::<Vec<_>>());
                    prop_assert_eq!(catalogue.file(entry.file).map(|found| found.passages()), Some(entry.passages()));
                }
            }
        }
    }
}
