//! Updates from the moment we have them to the moment they are answered: what a crash leaves is found again, and what
//! Telegram delivers twice is answered once.

use chrono::{DateTime, Duration, FixedOffset};
use redb::Durability;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Records, RecordsError, Table};

/// By the updates' numbers.
const INBOX: Table<i64> = Table::new("inbox");
/// How long it is remembered that an update was answered; Telegram delivers again within a day.
const REMEMBERED: Duration = Duration::hours(48);
/// How often an update is begun; one that ended the process so often is given up.
const TRIES: u32 = 3;

#[derive(Debug, Serialize, Deserialize)]
enum Entry {
    Waiting { update: Value, tries: u32 },
    Done { at: DateTime<FixedOffset> },
}

impl Records {
    /// Keeps updates, all or none of them.
    pub fn keep_updates(&self, updates: &[(i64, &Value)]) -> Result<(), RecordsError> {
        let mut entries = Vec::new();
        for (id, update) in updates {
            let entry = Entry::Waiting {
                update: (*update).clone(),
                tries: 1,
            };
            entries.push((*id, serde_json::to_vec(&entry)?));
        }
        self.write(Durability::Immediate, |transaction| {
            let mut table = transaction.open_table(INBOX)?;
            for (id, entry) in &entries {
                table.insert(id, entry.as_slice())?;
            }
            Ok(())
        })
    }

    /// An update has been answered, or needs no answer.
    pub fn update_done(&self, id: i64) -> Result<(), RecordsError> {
        self.put(
            INBOX,
            id,
            &Entry::Done {
                at: crate::clock::now(),
            },
        )
    }

    /// The updates that an earlier run left, in order. Forgets what was answered long ago.
    pub fn updates_left(&self) -> Result<Vec<Value>, RecordsError> {
        let mut left = Vec::new();
        let (mut again, mut forget, mut given_up) = (Vec::new(), Vec::new(), Vec::new());
        let now = crate::clock::now();
        for (id, entry) in self.all::<i64, _, Entry>(INBOX, |id| id)? {
            match entry {
                Entry::Done { at } if now - at > REMEMBERED => forget.push(id),
                Entry::Done { .. } => {}
                Entry::Waiting { tries, .. } if tries >= TRIES => {
                    tracing::error!(update = id, tries, "an update ended the bot each time: it is given up");
                    given_up.push(id);
                }
                Entry::Waiting { update, tries } => {
                    let tries = tries + 1;
                    again.push((
                        id,
                        serde_json::to_vec(&Entry::Waiting {
                            update: update.clone(),
                            tries,
                        })?,
                    ));
                    left.push(update);
                }
            }
        }
        self.write(Durability::Immediate, |transaction| {
            let mut table = transaction.open_table(INBOX)?;
            for (id, entry) in &again {
                table.insert(id, entry.as_slice())?;
            }
            let done = serde_json::to_vec(&Entry::Done { at: now }).unwrap_or_default();
            for id in &given_up {
                table.insert(id, done.as_slice())?;
            }
            for id in &forget {
                table.remove(id)?;
            }
            Ok(())
        })?;
        Ok(left)
    }

    /// Whether an update is known, waiting or done.
    pub fn knows_update(&self, id: i64) -> Result<bool, RecordsError> {
        Ok(self.get::<i64, Entry>(INBOX, id)?.is_some())
    }

    /// How many updates wait for their answer.
    pub fn updates_waiting(&self) -> Result<usize, RecordsError> {
        let entries = self.all::<i64, _, Entry>(INBOX, |id| id)?;
        Ok(entries
            .iter()
            .filter(|(_, entry)| matches!(entry, Entry::Waiting { .. }))
            .count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_not_done_is_found_again_but_not_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (json!({"update_id": 1}), json!({"update_id": 2}));
        {
            let records = Records::open(folder.path()).unwrap();
            records.keep_updates(&[(1, &first), (2, &second)]).unwrap();
            records.update_done(1).unwrap();
            assert_eq!(records.updates_waiting().unwrap(), 1);
        }
        for _ in 1..TRIES {
            let left = Records::open(folder.path()).unwrap().updates_left().unwrap();
            assert_eq!(left.as_slice(), std::slice::from_ref(&second));
        }
        let records = Records::open(folder.path()).unwrap();
        assert!(records.updates_left().unwrap().is_empty());
        assert!(records.knows_update(1).unwrap() && records.knows_update(2).unwrap());
        assert!(!records.knows_update(3).unwrap());
    }

    #[test]
    fn two_bots_do_not_share_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let _first = Records::open(folder.path()).unwrap();
        let second = Records::open(folder.path());
        assert!(
            matches!(second, Err(super::super::RecordsError::InUse(_))),
            "{second:?}"
        );
    }
}
