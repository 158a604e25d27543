//! Whom a question is about as speakers: a county, a person, an office; and who of the files that is.

use std::sync::Arc;

use crate::index::Participant;
use crate::meeting::Voice;

/// A county, a person or an office that the question names as speaking.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    /// As the answer may call it: the county's full name, the person's name, the office as typed.
    pub label: String,
    /// What it is.
    pub kind: PartyKind,
    /// Who of the files it is; empty where nobody speaks.
    pub voices: Vec<Arc<Participant>>,
}

/// What a party is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartyKind {
    /// A county.
    County,
    /// A person by name.
    Person,
    /// An office, with or without its county.
    Office,
}

/// Who should speak in the answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scope {
    /// The parties named; empty where anybody will do.
    pub parties: Vec<Party>,
    /// Whether nobody else will do. Otherwise the parties are who probably speaks, or what is spoken of.
    pub firm: bool,
    /// Whether a group's opinion is asked for.
    pub groups: bool,
}

impl Party {
    /// Whether these are the party's words.
    pub fn speaks(&self, voice: &Voice) -> bool {
        Participant::of(voice).is_some_and(|participant| self.voices.iter().any(|voice| **voice == participant))
    }
}

impl Scope {
    /// Whether a voice is one of those that should speak.
    pub fn admits(&self, voice: &Voice) -> bool {
        self.parties.is_empty() || self.parties.iter().any(|party| party.speaks(voice))
    }
}
