//! Who was let in or shut out at run time, users and groups alike.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use teloxide::types::{ChatId, UserId};

use super::{Records, RecordsError, Table};

pub(super) const ACCESS: Table<i64> = Table::new("access");

/// What an admin decided of a user or a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Let in, or shut out.
    pub allowed: bool,
    /// Which admin.
    pub by: UserId,
    /// When.
    pub at: DateTime<FixedOffset>,
}

impl Records {
    pub(super) fn stored_verdicts(&self) -> Result<BTreeMap<ChatId, Verdict>, RecordsError> {
        Ok(self.all(ACCESS, ChatId)?.into_iter().collect())
    }

    /// What was decided of a user or a group (negative numbers).
    pub fn verdict(&self, of: ChatId) -> Option<Verdict> {
        self.recall(|memory| memory.verdicts.get(&of).cloned())
    }

    /// All that was decided, in order of the numbers.
    pub fn verdicts(&self) -> Vec<(ChatId, Verdict)> {
        self.recall(|memory| memory.verdicts.clone().into_iter().collect())
    }

    /// Keeps a decision.
    pub fn keep_verdict(&self, of: ChatId, verdict: &Verdict) -> Result<(), RecordsError> {
        self.put_for_good(ACCESS, of.0, verdict)?;
        self.remember(|memory| memory.verdicts.insert(of, verdict.clone()));
        Ok(())
    }

    pub(super) fn drop_verdict(&self, of: ChatId) -> Result<(), RecordsError> {
        self.remove(ACCESS, of.0)?;
        self.remember(|memory| memory.verdicts.remove(&of));
        Ok(())
    }
}
