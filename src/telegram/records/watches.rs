//! What chats want to be told of when it comes up again, and what they are still to be told.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use redb::{Durability, ReadableTable};
use serde::{Deserialize, Serialize};
use teloxide::types::{ChatId, MessageId, ThreadId};

use super::{Records, RecordsError, Shown, Table};
use crate::watch::Way;

/// By chat and number.
pub(super) const WATCHES: Table<(i64, i64)> = Table::new("watches");
/// What chats are still to be told, by chat and time.
pub(super) const ALERTS: Table<(i64, i64)> = Table::new("alerts");
/// Most watches of a chat, and of all.
pub const MOST: usize = 20;
const MOST_OF_ALL: usize = 5_000;

/// The number of a chat's watch: no other of the chat's ever has it, so that no button of before means another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WatchId(pub u32);

/// What a chat wants to be told of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watched {
    /// As somebody wrote it.
    pub words: String,
    /// The topic of the group that it is to be told in.
    pub topic: Option<i32>,
    /// Since when.
    pub at: DateTime<FixedOffset>,
}

/// What a chat is to be told after a reload: one message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// What was found, watch by watch.
    pub found: Vec<Found>,
    /// How many more there are.
    pub more: usize,
    /// The topic of the group that it is told in.
    pub topic: Option<i32>,
}

/// Something new that concerns a watch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// The watch's words.
    pub words: String,
    /// How it has to do with it.
    pub way: Way,
    /// The quote.
    pub shown: Shown,
}

impl Alert {
    /// The topic as Telegram takes it.
    pub fn thread(&self) -> Option<ThreadId> {
        self.topic.map(|topic| ThreadId(MessageId(topic)))
    }
}

/// What came of wanting to watch something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// It is watched from now on.
    Watched(WatchId),
    /// It was before.
    Already(WatchId),
    /// The chat, or all of them, watch as much as they may.
    Full,
}

/// A number that an alert or a watch is kept under.
pub type Key = (ChatId, i64);

impl Records {
    /// All that is watched, by chat.
    pub fn all_watches(&self) -> Result<BTreeMap<ChatId, Vec<(WatchId, Watched)>>, RecordsError> {
        let mut all: BTreeMap<ChatId, Vec<(WatchId, Watched)>> = BTreeMap::new();
        for ((chat, id), watched) in self.all::<_, _, Watched>(WATCHES, |key| key)? {
            if let Ok(id) = u32::try_from(id) {
                all.entry(ChatId(chat)).or_default().push((WatchId(id), watched));
            }
        }
        Ok(all)
    }

    /// What a chat watches, the oldest first.
    pub fn watches(&self, chat: ChatId) -> Result<Vec<(WatchId, Watched)>, RecordsError> {
        let own = self.all_of::<Watched>(WATCHES, chat)?.into_iter();
        let own = own.filter_map(|(id, watched)| Some((WatchId(u32::try_from(id).ok()?), watched)));
        Ok(own.collect())
    }

    /// Keeps what a chat wants to watch.
    pub fn keep_watch(&self, chat: ChatId, watched: &Watched) -> Result<Begun, RecordsError> {
        let own = self.watches(chat)?;
        if let Some((id, _)) = own.iter().find(|(_, known)| known.words == watched.words) {
            return Ok(Begun::Already(*id));
        }
        if own.len() >= MOST || self.count(WATCHES)? >= MOST_OF_ALL {
            return Ok(Begun::Full);
        }
        // Later than all before, also where the clock went back.
        let last = own.last().map_or(0, |(id, _)| id.0);
        let now = u32::try_from(watched.at.timestamp()).unwrap_or_default();
        let id = now.max(last.saturating_add(1));
        self.put_for_good(WATCHES, (chat.0, i64::from(id)), watched)?;
        Ok(Begun::Watched(WatchId(id)))
    }

    /// A chat no longer watches something; what it is not told yet of it is told.
    pub fn drop_watch(&self, chat: ChatId, id: WatchId) -> Result<(), RecordsError> {
        self.remove(WATCHES, (chat.0, i64::from(id.0)))
    }

    /// What chats are still to be told, in order for each.
    pub fn alerts(&self) -> Result<Vec<(Key, Alert)>, RecordsError> {
        self.all(ALERTS, |(chat, at)| (ChatId(chat), at))
    }

    /// A chat has been told, or cannot be.
    pub fn drop_alert(&self, key: Key) -> Result<(), RecordsError> {
        self.remove(ALERTS, (key.0.0, key.1))
    }

    /// A group has another number now.
    pub(super) fn migrate_watches(&self, old: ChatId, new: ChatId) -> Result<(), RecordsError> {
        self.write(Durability::Immediate, |transaction| {
            for table in [WATCHES, ALERTS] {
                let mut table = transaction.open_table(table)?;
                let mut moved = Vec::new();
                for entry in table.range((old.0, i64::MIN)..=(old.0, i64::MAX))? {
                    let (key, value) = entry?;
                    moved.push((key.value().1, value.value().to_vec()));
                }
                for (number, value) in moved {
                    table.remove((old.0, number))?;
                    table.insert((new.0, number), value.as_slice())?;
                }
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watched(words: &str) -> Watched {
        Watched {
            words: words.to_owned(),
            topic: None,
            at: crate::clock::now(),
        }
    }

    #[test]
    fn a_chat_watches_so_much_and_a_number_is_given_once() {
        let folder = tempfile::tempdir().unwrap();
        let records = Records::open(folder.path()).unwrap();
        let chat = ChatId(5);
        let Begun::Watched(first) = records.keep_watch(chat, &watched("民营经济")).unwrap() else {
            panic!("it is watched");
        };
        assert_eq!(
            records.keep_watch(chat, &watched("民营经济")).unwrap(),
            Begun::Already(first)
        );
        let mut ids = vec![first];
        for number in 1..MOST {
            match records.keep_watch(chat, &watched(&number.to_string())).unwrap() {
                Begun::Watched(id) => ids.push(id),
                other => panic!("{other:?}"),
            }
        }
        assert!(ids.windows(2).all(|two| two[0] < two[1]));
        assert_eq!(records.keep_watch(chat, &watched("防汛")).unwrap(), Begun::Full);
        assert!(matches!(
            records.keep_watch(ChatId(6), &watched("防汛")).unwrap(),
            Begun::Watched(_)
        ));
        records.drop_watch(chat, first).unwrap();
        records.drop_watch(chat, first).unwrap();
        assert_eq!(records.watches(chat).unwrap().len(), MOST - 1);
        assert!(
            matches!(records.keep_watch(chat, &watched("防汛")).unwrap(), Begun::Watched(id) if !ids.contains(&id))
        );
    }

    #[test]
    fn what_a_group_watches_goes_along() {
        let folder = tempfile::tempdir().unwrap();
        let records = Records::open(folder.path()).unwrap();
        records.keep_watch(ChatId(-5), &watched("防汛")).unwrap();
        records.migrate_chat(ChatId(-5), ChatId(-1_005)).unwrap();
        assert!(records.watches(ChatId(-5)).unwrap().is_empty());
        assert_eq!(records.watches(ChatId(-1_005)).unwrap()[0].1.words, "防汛");
    }
}
