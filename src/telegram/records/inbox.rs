//! Updates from the moment we have them to the moment they are answered: what a crash leaves is found again, and what
//! Telegram delivers twice is answered once.

use chrono::{DateTime, Duration, FixedOffset};
use redb::{Durability, ReadableTableMetadata};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Records, RecordsError, Table};

/// Updates that are not answered, by their numbers.
pub(super) const WAITING: Table<i64> = Table::new("waiting");
/// When updates were answered, by their numbers.
pub(super) const DONE: Table<i64> = Table::new("done");
/// The update that was left and is in hand alone.
const TOUCHED: Table<i64> = Table::new("touched");
/// How long it is remembered that an update was answered; Telegram delivers again within a day.
const REMEMBERED: Duration = Duration::hours(48);
/// How often an update that a crash left is tried at the start; after that it waits until the bot has run for a while.
const TRIES: u32 = 3;
/// How often it is tried in all; one that ended the process each time is given up. (One that was in hand when somebody else
/// ended the process, again and again at its start, is innocent, and comes through in its second chance.)
const ALL_TRIES: u32 = 6;

/// Updates that an earlier run left, in order.
#[derive(Debug, Default, PartialEq)]
pub struct Left {
    /// To be handled now.
    pub now: Vec<Value>,
    /// In hand when the process ended, too often: to be handled when the bot has run for a while.
    pub later: Vec<Value>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Waiting {
    update: Value,
    /// How often the process ended while it was in hand alone.
    tries: u32,
}

impl Records {
    /// Keeps updates, all or none of them.
    pub fn keep_updates(&self, updates: &[(i64, &Value)]) -> Result<(), RecordsError> {
        let mut entries = Vec::new();
        for (id, update) in updates {
            let waiting = Waiting {
                update: (*update).clone(),
                tries: 0,
            };
            entries.push((*id, serde_json::to_vec(&waiting)?));
        }
        self.write(Durability::Immediate, |transaction| {
            let mut table = transaction.open_table(WAITING)?;
            for (id, entry) in &entries {
                table.insert(id, entry.as_slice())?;
            }
            Ok(())
        })
    }

    /// The process ended while an update was in hand alone.
    fn count_try(&self, id: i64) -> Result<(), RecordsError> {
        let Some(waiting) = self.get::<i64, Waiting>(WAITING, id)? else {
            return Ok(());
        };
        let tries = waiting.tries + 1;
        self.put(WAITING, id, &Waiting { tries, ..waiting })
    }

    /// An update that a crash left is taken in hand, alone: should the process end now, it is known by which. `None` where
    /// none is any more.
    pub fn touch_update(&self, id: Option<i64>) -> Result<(), RecordsError> {
        match id {
            Some(id) => self.put(TOUCHED, 0, &id),
            None => self.remove(TOUCHED, 0),
        }
    }

    /// An update has been answered, or needs no answer.
    pub fn update_done(&self, id: i64) -> Result<(), RecordsError> {
        let now = serde_json::to_vec(&crate::clock::now())?;
        self.write(Durability::Immediate, |transaction| {
            transaction.open_table(WAITING)?.remove(id)?;
            transaction.open_table(DONE)?.insert(id, now.as_slice())?;
            Ok(())
        })
    }

    /// The updates that an earlier run left; those that ended it too often are given up.
    pub fn updates_left(&self) -> Result<Left, RecordsError> {
        if let Some(touched) = self.get::<i64, i64>(TOUCHED, 0)? {
            self.count_try(touched)?;
            self.touch_update(None)?;
        }
        let mut left = Left::default();
        for (id, Waiting { update, tries }) in self.all::<i64, _, Waiting>(WAITING, |id| id)? {
            match tries {
                ..TRIES => left.now.push(update),
                TRIES..ALL_TRIES => left.later.push(update),
                ALL_TRIES.. => {
                    tracing::error!(update = id, tries, "an update ended the bot each time: it is given up");
                    self.update_done(id)?;
                }
            }
        }
        Ok(left)
    }

    /// The bot ends as it should: what is left did not end it.
    pub fn forgive_updates(&self) -> Result<(), RecordsError> {
        self.touch_update(None)?;
        let mut entries = Vec::new();
        for (id, waiting) in self.all::<i64, _, Waiting>(WAITING, |id| id)? {
            if waiting.tries > 0 {
                entries.push((id, serde_json::to_vec(&Waiting { tries: 0, ..waiting })?));
            }
        }
        if entries.is_empty() {
            return Ok(());
        }
        self.write(Durability::Immediate, |transaction| {
            let mut table = transaction.open_table(WAITING)?;
            for (id, entry) in &entries {
                table.insert(id, entry.as_slice())?;
            }
            Ok(())
        })
    }

    /// Forgets what was answered so long ago that Telegram does not deliver it again.
    pub fn forget_updates(&self) -> Result<(), RecordsError> {
        let now = crate::clock::now();
        self.write(Durability::Immediate, |transaction| {
            transaction.open_table(DONE)?.retain(|_, at| {
                serde_json::from_slice::<DateTime<FixedOffset>>(at).is_ok_and(|at| now - at <= REMEMBERED)
            })?;
            Ok(())
        })
    }

    /// Whether an update is known, waiting or done.
    pub fn knows_update(&self, id: i64) -> Result<bool, RecordsError> {
        Ok(self.has(WAITING, id)? || self.has(DONE, id)?)
    }

    /// How many updates wait for their answer.
    pub fn updates_waiting(&self) -> Result<u64, RecordsError> {
        self.read(WAITING, |table| Ok(table.len()?))
            .map(Option::unwrap_or_default)
    }

    fn has(&self, table: Table<i64>, id: i64) -> Result<bool, RecordsError> {
        let has = self.read(table, |table| Ok(table.get(id)?.is_some()))?;
        Ok(has.unwrap_or(false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_not_done_is_found_again_but_not_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let (first, second, third) = (
            json!({"update_id": 1}),
            json!({"update_id": 2}),
            json!({"update_id": 3}),
        );
        {
            let records = Records::open(folder.path()).unwrap();
            records.keep_updates(&[(1, &first), (2, &second), (3, &third)]).unwrap();
            records.update_done(1).unwrap();
            assert_eq!(records.updates_waiting().unwrap(), 2);
        }
        for _ in 0..TRIES {
            let records = Records::open(folder.path()).unwrap();
            assert_eq!(records.updates_left().unwrap().now, [second.clone(), third.clone()]);
            // The second ends the process each time; the third waits behind it, and is innocent.
            records.touch_update(Some(2)).unwrap();
        }
        // It has another chance, and not for ever.
        for _ in TRIES..ALL_TRIES {
            let records = Records::open(folder.path()).unwrap();
            let left = records.updates_left().unwrap();
            assert_eq!((left.now, left.later), (vec![third.clone()], vec![second.clone()]));
            records.touch_update(Some(2)).unwrap();
        }
        let records = Records::open(folder.path()).unwrap();
        let left = records.updates_left().unwrap();
        assert_eq!((left.now, left.later), (vec![third], Vec::new()));
        assert!(records.knows_update(1).unwrap() && records.knows_update(2).unwrap());
        assert!(!records.knows_update(4).unwrap());
        records.forget_updates().unwrap();
        assert!(records.knows_update(1).unwrap());
    }

    #[test]
    fn what_ends_the_process_when_it_is_looked_at_is_given_up_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (poison, innocent) = (json!({"update_id": 1}), json!({"update_id": 2}));
        Records::open(folder.path())
            .unwrap()
            .keep_updates(&[(1, &poison), (2, &innocent)])
            .unwrap();
        for _ in 0..TRIES {
            let records = Records::open(folder.path()).unwrap();
            assert_eq!(records.updates_left().unwrap().now.len(), 2);
            records.touch_update(Some(1)).unwrap();
        }
        let records = Records::open(folder.path()).unwrap();
        let left = records.updates_left().unwrap();
        assert_eq!((left.now, left.later), (vec![innocent], vec![poison]));
    }

    #[test]
    fn a_clean_end_is_no_crash() {
        let folder = tempfile::tempdir().unwrap();
        let update = json!({"update_id": 1});
        let records = Records::open(folder.path()).unwrap();
        records.keep_updates(&[(1, &update)]).unwrap();
        for _ in 0..TRIES * 2 {
            records.touch_update(Some(1)).unwrap();
            records.forgive_updates().unwrap();
            assert_eq!(records.updates_left().unwrap().now, std::slice::from_ref(&update));
        }
        assert_eq!(records.updates_left().unwrap().now, [update]);
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
