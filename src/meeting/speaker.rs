//! Whose words: a person's, a group's, somebody's whom the file doesn't name, or the reporter's own.

use serde::{Deserialize, Serialize};

use crate::gazetteer::County;

/// Whose words a remark is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Voice {
    /// One person's.
    Person {
        /// Who.
        speaker: Speaker,
        /// Word for word or in the reporter's wording.
        manner: Manner,
        /// How sure the attribution is.
        certainty: Certainty,
    },
    /// A group's, as the file names it: 与会人员, 会议, 礼泉、乾县等五个县市.
    Group {
        /// The group's name as it stands.
        name: String,
        /// The county, where the group is an organization of one county.
        county: Option<County>,
    },
    /// Somebody's whom the file doesn't tell.
    Unknown {
        /// Word for word or not.
        manner: Manner,
    },
    /// The reporter's own.
    Narrator,
}

/// A person who speaks. At least one of name and office is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Speaker {
    /// The name; `None` where the file gives only the office (某村党支部书记).
    pub name: Option<String>,
    /// The full title as it stands, the place with it.
    pub office: Option<String>,
    /// The county that the speaker speaks for.
    pub county: Option<County>,
}

/// Direct or reported speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Manner {
    /// In quotation marks, or a turn of a transcript.
    Direct,
    /// In the reporter's wording.
    Indirect,
}

/// How an attribution was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Certainty {
    /// The text names the speaker at these words.
    Named,
    /// The speaker follows from what stands nearby: a pronoun, a continued speech.
    Inferred,
}

impl Certainty {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Certainty::Named => "named",
            Certainty::Inferred => "inferred",
        }
    }
}

impl Voice {
    /// Whether somebody said it: everything but the reporter's own words.
    pub fn is_spoken(&self) -> bool {
        !matches!(self, Voice::Narrator)
    }

    /// Whether it is the reporter's wording of what one person said.
    pub fn is_reported(&self) -> bool {
        matches!(
            self,
            Voice::Person {
                manner: Manner::Indirect,
                ..
            }
        )
    }

    /// The person, where it is one.
    pub fn speaker(&self) -> Option<&Speaker> {
        match self {
            Voice::Person { speaker, .. } => Some(speaker),
            _ => None,
        }
    }

    /// The person's name, or the group's.
    pub fn name(&self) -> Option<&str> {
        match self {
            Voice::Person { speaker, .. } => speaker.name.as_deref(),
            Voice::Group { name, .. } => Some(name),
            Voice::Unknown { .. } | Voice::Narrator => None,
        }
    }

    /// The speaker's full title.
    pub fn office(&self) -> Option<&str> {
        self.speaker().and_then(|speaker| speaker.office.as_deref())
    }

    /// The county spoken for.
    pub fn county(&self) -> Option<&County> {
        match self {
            Voice::Person { speaker, .. } => speaker.county.as_ref(),
            Voice::Group { county, .. } => county.as_ref(),
            Voice::Unknown { .. } | Voice::Narrator => None,
        }
    }

    /// By what somebody is called, and the office beside it: the office itself where there is no name. Neither where nothing is known.
    pub fn called(&self) -> (Option<&str>, Option<&str>) {
        match (self.name(), self.office()) {
            (None, office) => (office, None),
            named => named,
        }
    }

    /// How sure it is whose words these are; `None` where it is no person's.
    pub fn certainty(&self) -> Option<Certainty> {
        match self {
            Voice::Person { certainty, .. } => Some(*certainty),
            _ => None,
        }
    }

    /// The contract's word for it.
    pub fn kind(&self) -> &'static str {
        match self {
            Voice::Person {
                manner: Manner::Direct, ..
            }
            | Voice::Unknown { manner: Manner::Direct } => "direct",
            Voice::Person {
                manner: Manner::Indirect,
                ..
            }
            | Voice::Unknown {
                manner: Manner::Indirect,
            } => "indirect",
            Voice::Group { .. } => "collective",
            Voice::Narrator => "narration",
        }
    }
}
