//! Whom a question is about as speakers: a county, a person, an office; and who of the files that is.

use std::sync::Arc;

use crate::gazetteer::{Gazetteer, is_common, short_form};
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
    /// Whether the parties are evidence alone: whoever speaks of what is asked in their county, or of it, may answer.
    pub soft: bool,
}

impl Party {
    /// Whether these are the party's words.
    pub fn speaks(&self, voice: &Voice) -> bool {
        Participant::of(voice).is_some_and(|participant| self.voices.iter().any(|voice| **voice == participant))
    }
}

impl Party {
    /// Whether what it is called stands in some folded text.
    pub fn is_named_in(&self, text: &str) -> bool {
        self.forms().iter().any(|form| text.contains(form.as_str()))
    }

    /// What a text that speaks of it calls it; for a county its short form too, where that is no common word (兴业, 和平).
    pub fn forms(&self) -> Vec<String> {
        let mut forms = vec![self.label.clone()];
        if self.kind == PartyKind::County {
            let named = Gazetteer::shared().named(&self.label);
            let names = named.iter().flat_map(|division| division.names());
            let short = names.filter_map(short_form).chain(short_form(&self.label));
            for form in short.filter(|form| form.chars().nth(1).is_some() && !is_common(form)) {
                if !forms.contains(&form) {
                    forms.push(form);
                }
            }
        }
        forms
    }
}

impl Scope {
    /// The same parties as evidence.
    pub fn softened(&self) -> Scope {
        Scope {
            firm: false,
            soft: true,
            ..self.clone()
        }
    }

    /// Whether the parties are counties alone.
    pub fn is_of_counties(&self) -> bool {
        !self.parties.is_empty() && self.parties.iter().all(|party| party.kind == PartyKind::County)
    }

    /// Whether a voice is one of those that should speak.
    pub fn admits(&self, voice: &Voice) -> bool {
        self.soft || self.parties.is_empty() || self.parties.iter().any(|party| party.speaks(voice))
    }
}

/// 蔚县…县长: a county and a bare office besides are the county's, where somebody there holds it.
pub(super) fn of_its_county(mut parties: Vec<Party>) -> Vec<Party> {
    let [one, other] = parties.as_mut_slice() else {
        return parties;
    };
    let (county, office) = match (one.kind, other.kind) {
        (PartyKind::County, PartyKind::Office) => (one, other),
        (PartyKind::Office, PartyKind::County) => (other, one),
        _ => return parties,
    };
    let theirs: Vec<_> = office
        .voices
        .iter()
        .filter(|voice| county.voices.contains(voice))
        .cloned()
        .collect();
    if theirs.is_empty() {
        return parties;
    }
    let mut of_county = office.clone();
    of_county.voices = theirs;
    vec![of_county]
}
