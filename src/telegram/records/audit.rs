//! Who did what to the knowledge and to others' access, and when.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use teloxide::types::UserId;

use super::{Records, RecordsError, Table};

/// By the time in microseconds.
pub(super) const AUDIT: Table<i64> = Table::new("audit");

/// Something that an admin did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Who.
    pub by: UserId,
    /// What.
    pub kind: DeedKind,
    /// To what: a file, a user, a group; what came of it.
    pub what: String,
}

/// Kinds of deeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeedKind {
    /// Read the files again.
    Reload,
    /// Added a file.
    Add,
    /// Put a file in another's place.
    Replace,
    /// Removed a file.
    Remove,
    /// Let somebody in.
    Allow,
    /// Shut somebody out.
    Deny,
}

impl Records {
    /// Writes down what an admin did.
    pub fn keep_deed(&self, by: UserId, kind: DeedKind, what: impl Into<String>) -> Result<(), RecordsError> {
        let at = crate::clock::now();
        let deed = Deed {
            at,
            by,
            kind,
            what: what.into(),
        };
        self.put_for_good(AUDIT, at.timestamp_micros(), &deed)
    }

    /// All that admins did, the newest first.
    pub fn deeds(&self) -> Result<Vec<Deed>, RecordsError> {
        let deeds = self.all(AUDIT, |at| at)?;
        Ok(deeds.into_iter().rev().map(|(_, deed)| deed).collect())
    }
}
