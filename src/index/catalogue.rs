//! The catalogue: what the knowledge holds, small enough for memory. Meetings, who spoke at them, for which county.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};

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

/// All knowledge files as the index knows them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Catalogue {
    entries: BTreeMap<String, Entry>,
    /// Each participant once; entries point at them.
    participants: Vec<Participant>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    stamp: Stamp,
    meeting: Meeting,
    passages: usize,
    speakers: Vec<u32>,
}

/// One knowledge file in the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct FileEntry<'c> {
    /// Path below the knowledge folder.
    pub file: &'c str,
    catalogue: &'c Catalogue,
    entry: &'c Entry,
}

impl<'c> FileEntry<'c> {
    /// What it is about.
    pub fn meeting(&self) -> &'c Meeting {
        &self.entry.meeting
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
        let all = &self.catalogue.participants;
        self.entry.speakers.iter().filter_map(move |at| all.get(*at as usize))
    }
}

/// A catalogue in the making. Records come one at a time, so that all of them are never in memory at once.
#[derive(Debug, Default)]
pub struct CatalogueBuilder {
    catalogue: Catalogue,
    known: HashMap<Participant, u32>,
}

impl CatalogueBuilder {
    /// Adds a file's record.
    pub fn add(&mut self, record: Record) {
        let participants = &mut self.catalogue.participants;
        let speakers = record
            .speakers
            .into_iter()
            .map(|participant| {
                *self.known.entry(participant).or_insert_with_key(|participant| {
                    participants.push(participant.clone());
                    participants.len() as u32 - 1
                })
            })
            .collect();
        self.catalogue.entries.insert(
            record.file,
            Entry {
                stamp: record.stamp,
                meeting: record.meeting,
                passages: record.passages,
                speakers,
            },
        );
    }

    /// The catalogue of what was added.
    pub fn finish(self) -> Catalogue {
        self.catalogue
    }
}

impl Catalogue {
    /// The catalogue without the files that are gone or have changed, and with new records.
    pub fn changed<'f>(&self, gone: impl Iterator<Item = &'f str>, records: Vec<Record>) -> Catalogue {
        let gone: HashSet<&str> = gone.collect();
        let mut builder = CatalogueBuilder::default();
        for (file, entry) in &self.entries {
            if !gone.contains(file.as_str()) {
                let speakers = entry.speakers.iter();
                builder.add(Record {
                    speakers: speakers
                        .filter_map(|at| self.participants.get(*at as usize))
                        .cloned()
                        .collect(),
                    file: file.clone(),
                    stamp: entry.stamp.clone(),
                    meeting: entry.meeting.clone(),
                    passages: entry.passages,
                });
            }
        }
        records.into_iter().for_each(|record| builder.add(record));
        builder.finish()
    }

    /// The files in order of their paths.
    pub fn files(&self) -> impl Iterator<Item = FileEntry<'_>> {
        self.entries.iter().map(|(file, entry)| FileEntry {
            file,
            catalogue: self,
            entry,
        })
    }

    /// One file.
    pub fn file(&self, path: &str) -> Option<FileEntry<'_>> {
        self.entries.get_key_value(path).map(|(file, entry)| FileEntry {
            file,
            catalogue: self,
            entry,
        })
    }

    /// Everybody who speaks in any file, each with each office once.
    pub fn participants(&self) -> &[Participant] {
        &self.participants
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
        self.entries.values().map(|entry| entry.passages).sum()
    }
}
