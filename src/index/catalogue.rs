//! The catalogue: what the knowledge holds, small enough for memory. Meetings, who spoke at them, for which county.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::IndexError;
use super::engine::State;
use super::stamp::Stamp;
use crate::gazetteer::County;
use crate::meeting::{Meeting, Report, Voice};

/// What is kept of one knowledge file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Path below the knowledge folder, with `/`.
    pub file: String,
    /// By which a change of the file is noticed.
    pub stamp: Stamp,
    /// What it is about.
    pub meeting: Meeting,
    /// How many passages it has in the index.
    pub passages: usize,
    /// Who speaks in it, in order of their first words.
    pub speakers: Vec<Participant>,
}

/// A person or group that speaks in a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Participant {
    /// Name of the person or group; `None` where the file gives an office alone.
    pub name: Option<String>,
    /// The full title as it stands.
    pub office: Option<String>,
    /// The county spoken for.
    pub county: Option<County>,
    /// Whether it is a group.
    pub group: bool,
}

impl Participant {
    /// Whose words, where anybody is named.
    pub fn of(voice: &Voice) -> Option<Participant> {
        let group = matches!(voice, Voice::Group { .. });
        let participant = Participant {
            name: voice.name().map(str::to_owned),
            office: voice.office().map(str::to_owned),
            county: voice.county().cloned(),
            group,
        };
        (participant.name.is_some() || participant.office.is_some()).then_some(participant)
    }
}

/// Those who speak in a report, each once, in order of their first words.
pub fn participants(report: &Report) -> Vec<Participant> {
    let mut found: Vec<Participant> = Vec::new();
    for participant in report.spoken().filter_map(|remark| Participant::of(&remark.voice)) {
        if !found.contains(&participant) {
            found.push(participant);
        }
    }
    found
}

/// All knowledge files as the index knows them. What two states have in common they share: a state in which one file
/// has changed costs little more than that file.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    entries: BTreeMap<Arc<str>, Arc<Entry>>,
    /// Each participant once, with the number of files that it speaks in.
    participants: BTreeMap<Arc<Participant>, usize>,
    passages: usize,
}

#[derive(Debug)]
struct Entry {
    stamp: Stamp,
    meeting: Meeting,
    passages: usize,
    speakers: Box<[Arc<Participant>]>,
}

/// One knowledge file in the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct FileEntry<'c> {
    /// Path below the knowledge folder.
    pub file: &'c str,
    entry: &'c Entry,
}

impl<'c> FileEntry<'c> {
    /// What it is about.
    pub fn meeting(&self) -> &'c Meeting {
        &self.entry.meeting
    }

    /// What tells what it is about: its path, and its meeting's title, place, organizer and county, where they are known.
    pub fn about(&self) -> impl Iterator<Item = &'c str> + use<'c> {
        let Meeting {
            title,
            place,
            organizer,
            county,
            ..
        } = self.meeting();
        let county = county.as_ref().map(|county| county.name());
        let facts = [place.as_deref(), organizer.as_deref(), county];
        [self.file, title].into_iter().chain(facts.into_iter().flatten())
    }

    /// By which a change of the file is noticed.
    pub fn stamp(&self) -> &'c Stamp {
        &self.entry.stamp
    }

    /// How many passages it has.
    pub fn passages(&self) -> usize {
        self.entry.passages
    }

    /// Who speaks in it, in order of their first words.
    pub fn speakers(&self) -> impl Iterator<Item = &'c Participant> + use<'c> {
        self.entry.speakers.iter().map(Arc::as_ref)
    }
}

impl Catalogue {
    /// Of all the records that a state of the index holds.
    pub(super) fn of(state: &dyn State) -> Result<Catalogue, IndexError> {
        let mut catalogue = Catalogue::default();
        state.records(&mut |record| catalogue.add(record))?;
        Ok(catalogue)
    }

    /// Adds a file's record, in place of one that the file had.
    pub fn add(&mut self, mut record: Record) {
        let speakers = std::mem::take(&mut record.speakers);
        let speakers = speakers.into_iter().map(|one| self.shared(one)).collect();
        self.add_of(record, speakers);
    }

    /// Adds a file's record with its speakers, who are shared with other files already.
    pub fn add_of(&mut self, record: Record, speakers: Vec<Arc<Participant>>) {
        self.remove(&record.file);
        for speaker in &speakers {
            match self.participants.get_mut(speaker) {
                Some(count) => *count += 1,
                None => {
                    self.participants.insert(Arc::clone(speaker), 1);
                }
            }
        }
        self.passages += record.passages;
        let entry = Entry {
            stamp: record.stamp,
            meeting: record.meeting,
            passages: record.passages,
            speakers: speakers.into(),
        };
        self.entries.insert(record.file.into(), Arc::new(entry));
    }

    /// Drops a file, and whoever speaks in no other.
    pub fn remove(&mut self, file: &str) {
        let Some(entry) = self.entries.remove(file) else {
            return;
        };
        self.passages -= entry.passages;
        for speaker in &entry.speakers {
            if let Some(count) = self.participants.get_mut(speaker) {
                *count -= 1;
                if *count == 0 {
                    self.participants.remove(speaker);
                }
            }
        }
    }

    /// The participant as other files have it.
    fn shared(&self, participant: Participant) -> Arc<Participant> {
        match self.participants.get_key_value(&participant) {
            Some((known, _)) => Arc::clone(known),
            None => Arc::new(participant),
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
        let mut seen = Catalogue::default();
        for (file, entry) in self.entries.iter().filter(|(file, _)| sees(file)) {
            for speaker in &entry.speakers {
                *seen.participants.entry(Arc::clone(speaker)).or_default() += 1;
            }
            seen.passages += entry.passages;
            seen.entries.insert(Arc::clone(file), Arc::clone(entry));
        }
        seen
    }

    /// The files in order of their paths.
    pub fn files(&self) -> impl Iterator<Item = FileEntry<'_>> {
        self.entries.iter().map(|(file, entry)| FileEntry { file, entry })
    }

    /// One file.
    pub fn file(&self, path: &str) -> Option<FileEntry<'_>> {
        self.entries
            .get_key_value(path)
            .map(|(file, entry)| FileEntry { file, entry })
    }

    /// Everybody who speaks in any file, each with each office once, in an order of their own.
    pub fn participants(&self) -> impl ExactSizeIterator<Item = &Arc<Participant>> {
        self.participants.keys()
    }

    /// Whether the same people speak in both, in the same papers.
    pub fn has_participants_of(&self, other: &Catalogue) -> bool {
        let same = |(a, b): (&Arc<Participant>, &Arc<Participant>)| Arc::ptr_eq(a, b) || a == b;
        let same_entry =
            |a: &Arc<Entry>, b: &Arc<Entry>| Arc::ptr_eq(a, b) || (a.meeting == b.meeting && a.speakers == b.speakers);
        self.participants.len() == other.participants.len()
            && self.participants().zip(other.participants()).all(same)
            && self.entries.len() == other.entries.len()
            && self
                .entries
                .iter()
                .zip(&other.entries)
                .all(|((a, mine), (b, theirs))| a == b && same_entry(mine, theirs))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many passages all files have.
    pub fn passages(&self) -> usize {
        self.passages
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
