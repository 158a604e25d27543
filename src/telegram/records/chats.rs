//! What a chat has set for itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use teloxide::types::ChatId;

use super::{Records, RecordsError, Table};
use crate::question::Usual;
use crate::wording::Lang;

pub(super) const CHATS: Table<i64> = Table::new("chats");
/// The new number of a group, by its old one.
pub(super) const MIGRATED: Table<i64> = Table::new("migrated");

/// What a chat has set for itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatSettings {
    /// Its language; the bot's own where it is not set.
    pub lang: Option<Lang>,
    /// What its questions are about where they don't say.
    pub usual: Option<Usual>,
}

impl Records {
    pub(super) fn stored_chats(&self) -> Result<BTreeMap<ChatId, ChatSettings>, RecordsError> {
        Ok(self.all(CHATS, ChatId)?.into_iter().collect())
    }

    pub(super) fn stored_migrations(&self) -> Result<BTreeMap<ChatId, ChatId>, RecordsError> {
        Ok(self.all(MIGRATED, ChatId)?.into_iter().collect())
    }

    /// The number that a group has now.
    pub fn migrated(&self, chat: ChatId) -> ChatId {
        self.recall(|memory| memory.migrated.get(&chat).copied().unwrap_or(chat))
    }

    /// A chat's settings; the defaults where it has none.
    pub fn chat(&self, chat: ChatId) -> ChatSettings {
        self.recall(|memory| memory.chats.get(&chat).cloned().unwrap_or_default())
    }

    /// Keeps a chat's settings.
    pub fn keep_chat(&self, chat: ChatId, settings: &ChatSettings) -> Result<(), RecordsError> {
        self.put_for_good(CHATS, chat.0, settings)?;
        self.remember(|memory| memory.chats.insert(chat, settings.clone()));
        Ok(())
    }

    /// A group has become a supergroup with another number: what it has set, and whether it is let in, go along.
    /// Telegram says so twice; the second time there is nothing left to move.
    pub fn migrate_chat(&self, old: ChatId, new: ChatId) -> Result<(), RecordsError> {
        self.put(MIGRATED, old.0, &new)?;
        self.remember(|memory| memory.migrated.insert(old, new));
        if let Some(settings) = self.recall(|memory| memory.chats.get(&old).cloned()) {
            self.keep_chat(new, &settings)?;
            self.remove(CHATS, old.0)?;
            self.remember(|memory| memory.chats.remove(&old));
        }
        if let Some(verdict) = self.verdict(old) {
            self.keep_verdict(new, &verdict)?;
            self.drop_verdict(old)?;
        }
        self.migrate_watches(old, new)?;
        self.migrate_folders(old, new)
    }
}
