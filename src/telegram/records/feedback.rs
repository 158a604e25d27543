//! What users think of answers.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use teloxide::types::{ChatId, MessageId, UserId};

use super::{Records, RecordsError, Shown, Table};

/// By chat, message and user: whoever changes their mind has one opinion.
pub(super) const FEEDBACK: Table<(i64, i32, u64)> = Table::new("feedback");

/// What somebody thinks of an answer, with all that is needed to look into it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Whose opinion.
    pub by: UserId,
    /// What they think.
    pub opinion: Opinion,
    /// What is wrong, in their own words.
    pub comment: Option<String>,
    /// The question, and those before it.
    pub question: String,
    /// The questions before.
    pub after: Vec<String>,
    /// The quotes that they saw.
    pub shown: Vec<Shown>,
}

/// What somebody thinks of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Opinion {
    /// Good.
    Good,
    /// Bad, and not yet said why.
    Bad,
    /// It does not answer the question.
    OffTopic,
    /// The speaker is wrong.
    WrongSpeaker,
    /// The county or the office is wrong.
    WrongCounty,
    /// Something is missing.
    Incomplete,
}

impl Opinion {
    /// What may be wrong, in the order in which buttons offer it.
    pub const FAULTS: [Opinion; 4] = [
        Opinion::OffTopic,
        Opinion::WrongSpeaker,
        Opinion::WrongCounty,
        Opinion::Incomplete,
    ];
}

impl Records {
    /// Somebody's opinion of an answer.
    pub fn feedback(&self, chat: ChatId, message: MessageId, by: UserId) -> Result<Option<Feedback>, RecordsError> {
        self.get(FEEDBACK, (chat.0, message.0, by.0))
    }

    /// Keeps somebody's opinion of an answer, in place of an earlier one.
    pub fn keep_feedback(&self, chat: ChatId, message: MessageId, feedback: &Feedback) -> Result<(), RecordsError> {
        self.put_for_good(FEEDBACK, (chat.0, message.0, feedback.by.0), feedback)
    }

    /// Somebody took their opinion of an answer back.
    pub fn drop_feedback(&self, chat: ChatId, message: MessageId, by: UserId) -> Result<(), RecordsError> {
        self.remove(FEEDBACK, (chat.0, message.0, by.0))
    }

    /// All opinions, the newest first.
    pub fn all_feedback(&self) -> Result<Vec<Feedback>, RecordsError> {
        let mut all: Vec<Feedback> = self
            .all(FEEDBACK, |key| key)?
            .into_iter()
            .map(|(_, feedback)| feedback)
            .collect();
        all.sort_by_key(|feedback| std::cmp::Reverse(feedback.at));
        Ok(all)
    }
}
