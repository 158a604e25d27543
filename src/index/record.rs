//! Records: what is kept of one knowledge file, and of those who speak in it.

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
