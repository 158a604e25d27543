//! What was typed, and in which light it is to be understood.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Names;
use super::party::{Party, PartyKind};

/// A question as it reached us. Small, and it can be kept: asked again of the same files it gives the same answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// As it was typed.
    pub question: String,
    /// Questions asked before it in the same chat, the oldest first.
    pub after: Vec<String>,
    /// Which page of the answer; 0 is the first. Pages are as long as the answer's limit of quotes.
    pub page: usize,
    /// Whose words alone count, whatever the question says.
    pub only: Option<Only>,
    /// What is meant where the question doesn't say.
    pub usual: Option<Usual>,
    /// The day by which 去年 and 上个月 are reckoned; without one they are words like others.
    pub today: Option<NaiveDate>,
}

/// Whose words alone count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Only {
    /// Those of whoever speaks for the county of this full name.
    County(String),
    /// Those of a person or a group, by the full name as the files have it.
    Speaker(String),
}

/// What a chat is about, where its questions don't say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Usual {
    /// The county of this full name.
    County(String),
    /// The meeting of this title.
    Meeting(String),
}

impl Asked {
    /// How many earlier questions a question may lean on; those before them are left out.
    pub const DEPTH: usize = 6;

    /// A question after others (the oldest first).
    pub fn new(question: impl Into<String>, after: &[String]) -> Asked {
        Asked {
            question: question.into(),
            after: after[after.len().saturating_sub(Asked::DEPTH)..].to_vec(),
            ..Asked::default()
        }
    }

    /// The same, asked on a day.
    pub fn on(self, day: NaiveDate) -> Asked {
        Asked {
            today: Some(day),
            ..self
        }
    }
}

impl Usual {
    /// The county's full name, or the meeting's title.
    pub fn name(&self) -> &str {
        match self {
            Usual::County(name) | Usual::Meeting(name) => name,
        }
    }
}

impl Only {
    /// The name that is asked for.
    pub fn name(&self) -> &str {
        match self {
            Only::County(name) | Only::Speaker(name) => name,
        }
    }

    /// Who of the files that is.
    pub fn party(&self, names: &Names) -> Party {
        let voices = names.participants().iter().filter(|participant| match self {
            Only::County(name) => participant.county.as_ref().is_some_and(|county| county.name() == name),
            Only::Speaker(name) => participant.name.as_ref() == Some(name),
        });
        Party {
            label: self.name().to_owned(),
            kind: match self {
                Only::County(_) => PartyKind::County,
                Only::Speaker(_) => PartyKind::Person,
            },
            voices: voices.cloned().collect(),
        }
    }
}
