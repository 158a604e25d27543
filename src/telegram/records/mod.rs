//! What the bot keeps on disk, in one file below the data folder: updates that are not yet answered, what stands
//! behind the buttons of a message, chats' settings, who is let in and into which folders, feedback, and who did what.
//!
//! A file for each; all go through [`Records`], which knows the database. Everything in it is JSON, so that a later
//! version can read what an earlier one wrote.

mod access;
mod audit;
mod cards;
mod chats;
mod damage;
mod feedback;
mod folders;
mod heard;
mod inbox;
mod links;
mod passing;
mod watches;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicUsize;
use std::sync::{PoisonError, RwLock};

use redb::{
    Database, Durability, Key, ReadableDatabase, ReadableTable, ReadableTableMetadata, StorageError, TableDefinition,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use teloxide::types::ChatId;
use thiserror::Error;
use tokio::sync::Notify;

use crate::guard::{Broken, guarded};
pub use access::Verdict;
pub use audit::{Deed, DeedKind};
pub use cards::{AlertCard, AnswerCard, CardOf, Shown, SurveyCard, UploadCard};
pub use chats::ChatSettings;
pub use damage::Damage;
pub use feedback::{Feedback, Opinion};
pub use heard::{Heard, Outline};
pub use inbox::Left;
pub use links::LinkId;
pub use watches::{Alert, Begun, Found, Key as AlertKey, WatchId, Watched};

/// A table: keys of a type, values as JSON.
type Table<K> = TableDefinition<'static, K, &'static [u8]>;

/// Why something could not be kept, or read again.
#[derive(Debug, Error)]
pub enum RecordsError {
    /// Another bot works with the same data folder.
    #[error("{} is in use by another process", .0.display())]
    InUse(PathBuf),
    /// The file is damaged, or the disk is full or gone.
    #[error("{}: {error}", path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// What the database says.
        error: Box<redb::Error>,
    },
    /// A folder cannot be made.
    #[error("{}: {error}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// Nobody can write in the data folder.
    #[error("{}: nobody can write there", .0.display())]
    ReadOnly(PathBuf),
    /// A record is not what this version writes.
    #[error("a record cannot be read: {0}")]
    Record(#[from] serde_json::Error),
}

/// The bot's own database. Writes wait for the disk: they tell the runtime that they block.
#[derive(Debug)]
pub struct Records {
    path: PathBuf,
    /// What became of the file where it was found damaged.
    damage: Option<Damage>,
    /// Whether all is kept in memory alone, for the disk takes nothing.
    passing: bool,
    /// `None` while it is opened again after a fault of the disk.
    database: RwLock<Option<Database>>,
    /// How many cards were kept since old ones were dropped, and whoever waits for it to be many.
    cards: AtomicUsize,
    crowd: Notify,
    /// What every request asks for: it must be known even while the disk is full.
    memory: RwLock<Memory>,
}

/// Records that are few and small.
#[derive(Debug, Default)]
struct Memory {
    chats: BTreeMap<ChatId, ChatSettings>,
    verdicts: BTreeMap<ChatId, Verdict>,
    /// Groups' numbers of before, and those that they have now.
    migrated: BTreeMap<ChatId, ChatId>,
    folders: folders::Restricted,
    folders_lost: bool,
}

impl Records {
    /// Opens `bot.redb` below the data folder, or makes it.
    ///
    /// # Errors
    ///
    /// Where it cannot be used. A damaged one is set aside, and what can be read of it is saved: [`Records::damage`] tells.
    /// Where nobody can write, it is read, and what comes is kept in memory: [`Records::are_passing`] tells.
    pub fn open(data: &Path) -> Result<Records, RecordsError> {
        std::fs::create_dir_all(data).map_err(|error| RecordsError::Folder {
            path: data.to_owned(),
            error,
        })?;
        let path = data.join("bot.redb");
        match damage::open(&path) {
            Ok((database, damage)) => Records::of(path, database, damage, false),
            Err(RecordsError::Database { error, .. }) if passing::is_read_only(&error) => {
                tracing::warn!(%error, "what the bot keeps cannot be written: it is kept in memory alone");
                Records::in_memory(data)
            }
            Err(error) => Err(error),
        }
    }

    /// With what stands on the disk, of which nothing is changed.
    fn in_memory(data: &Path) -> Result<Records, RecordsError> {
        let path = data.join("bot.redb");
        match passing::open(&path) {
            Ok(database) => Records::of(path, database, None, true),
            Err(error) => Err(RecordsError::Database {
                path,
                error: Box::new(error.into()),
            }),
        }
    }

    fn of(path: PathBuf, database: Database, damage: Option<Damage>, passing: bool) -> Result<Records, RecordsError> {
        let records = Records {
            path,
            damage,
            passing,
            database: RwLock::new(Some(database)),
            cards: AtomicUsize::new(0),
            crowd: Notify::new(),
            memory: RwLock::default(),
        };
        let (folders, folders_lost) = records.stored_folders()?;
        let memory = Memory {
            chats: records.stored_chats()?,
            verdicts: records.stored_verdicts()?,
            migrated: records.stored_migrations()?,
            folders,
            folders_lost,
        };
        *records.memory.write().unwrap_or_else(PoisonError::into_inner) = memory;
        Ok(records)
    }

    /// What became of the file where it was found damaged.
    pub fn damage(&self) -> Option<&Damage> {
        self.damage.as_ref()
    }

    /// Whether what is kept is gone when the bot ends, for nobody can write in the data folder.
    pub fn are_passing(&self) -> bool {
        self.passing
    }

    fn remember<T>(&self, change: impl FnOnce(&mut Memory) -> T) -> T {
        change(&mut self.memory.write().unwrap_or_else(PoisonError::into_inner))
    }

    fn recall<T>(&self, look: impl FnOnce(&Memory) -> T) -> T {
        look(&self.memory.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks into a table; `None` where there is none yet.
    fn read<K: Key + 'static, T>(
        &self,
        table: Table<K>,
        look: impl FnOnce(redb::ReadOnlyTable<K, &'static [u8]>) -> Result<T, redb::Error>,
    ) -> Result<Option<T>, RecordsError> {
        // What is read is small and mostly in memory: no thread is given away for it.
        self.with(|database| match database.begin_read()?.open_table(table) {
            Ok(table) => look(table).map(Some),
            Err(redb::TableError::TableDoesNotExist(_)) => Ok(None),
            Err(error) => Err(error.into()),
        })
    }

    /// One value; `None` where there is none.
    fn get<K: Key + 'static, V: DeserializeOwned>(
        &self,
        table: Table<K>,
        key: K::SelfType<'_>,
    ) -> Result<Option<V>, RecordsError> {
        let bytes = self.read(table, |table| Ok(table.get(key)?.map(|value| value.value().to_vec())))?;
        let value = bytes.flatten().map(|bytes| serde_json::from_slice(&bytes));
        value.transpose().map_err(RecordsError::from)
    }

    /// All values in order of their keys; one that this version cannot read is left out, and logged.
    fn all<K: Key + 'static, O, V: DeserializeOwned>(
        &self,
        table: Table<K>,
        owned: impl Fn(K::SelfType<'_>) -> O,
    ) -> Result<Vec<(O, V)>, RecordsError> {
        let all = self.read(table, |table| readable(table.iter()?, owned))?;
        Ok(all.unwrap_or_default())
    }

    /// Those of a chat, by their numbers.
    fn all_of<V: DeserializeOwned>(
        &self,
        table: Table<(i64, i64)>,
        chat: ChatId,
    ) -> Result<Vec<(i64, V)>, RecordsError> {
        let own = (chat.0, i64::MIN)..=(chat.0, i64::MAX);
        let all = self.read(table, |table| readable(table.range(own)?, |(_, number)| number))?;
        Ok(all.unwrap_or_default())
    }

    /// How many values a table has.
    fn count<K: Key + 'static>(&self, table: Table<K>) -> Result<usize, RecordsError> {
        let count = self.read(table, |table| Ok(table.len()?))?;
        Ok(usize::try_from(count.unwrap_or_default()).unwrap_or(usize::MAX))
    }

    /// Writes on disk before it returns.
    fn put<K: Key + 'static>(
        &self,
        table: Table<K>,
        key: K::SelfType<'_>,
        value: &impl Serialize,
    ) -> Result<(), RecordsError> {
        let bytes = serde_json::to_vec(value)?;
        self.write(Durability::Immediate, |transaction| {
            transaction.open_table(table)?.insert(key, bytes.as_slice())?;
            Ok(())
        })
    }

    /// As [`Records::put`], for what somebody is told is kept.
    fn put_for_good<K: Key + 'static>(
        &self,
        table: Table<K>,
        key: K::SelfType<'_>,
        value: &impl Serialize,
    ) -> Result<(), RecordsError> {
        match self.passing {
            true => Err(RecordsError::ReadOnly(self.path.clone())),
            false => self.put(table, key, value),
        }
    }

    fn remove<K: Key + 'static>(&self, table: Table<K>, key: K::SelfType<'_>) -> Result<(), RecordsError> {
        self.write(Durability::Immediate, |transaction| {
            transaction.open_table(table)?.remove(key)?;
            Ok(())
        })
    }

    fn write(
        &self,
        durability: Durability,
        work: impl FnOnce(&redb::WriteTransaction) -> Result<(), redb::Error>,
    ) -> Result<(), RecordsError> {
        blocking(|| {
            self.with(|database| {
                let mut transaction = database.begin_write()?;
                transaction
                    .set_durability(durability)
                    .map_err(|error| redb::Error::from(StorageError::Corrupted(error.to_string())))?;
                work(&transaction)?;
                transaction.commit()?;
                Ok(())
            })
        })
    }

    fn with<T>(&self, work: impl FnOnce(&Database) -> Result<T, redb::Error>) -> Result<T, RecordsError> {
        let fault = |error: redb::Error| RecordsError::Database {
            path: self.path.clone(),
            error: Box::new(error),
        };
        let database = self.database.read().unwrap_or_else(PoisonError::into_inner);
        let done = match &*database {
            // A page that was damaged meanwhile may break the engine off: that costs this piece of work.
            Some(database) => {
                guarded(|| work(database)).unwrap_or_else(|Broken(what)| Err(redb::Error::Corrupted(what)))
            }
            None => Err(redb::Error::PreviousIo),
        };
        drop(database);
        if let Err(redb::Error::Io(_) | redb::Error::PreviousIo) = &done {
            self.reopen();
        }
        done.map_err(fault)
    }

    /// Gives back to the disk what was dropped, where that is much: the file is written anew as small as it can be.
    pub fn compact(&self) -> Result<(), RecordsError> {
        /// Smaller files are left alone.
        const SMALL: u64 = 8 * 1024 * 1024;
        let long = std::fs::metadata(&self.path).map_or(0, |meta| meta.len());
        let mut used = 0;
        self.with(|database| {
            let stats = database.begin_write()?.stats()?;
            used = stats.stored_bytes() + stats.metadata_bytes() + stats.fragmented_bytes();
            Ok(())
        })?;
        if long < SMALL || used > long / 2 {
            return Ok(());
        }
        blocking(|| {
            let mut database = self.database.write().unwrap_or_else(PoisonError::into_inner);
            let Some(open) = database.as_mut() else { return Ok(()) };
            match open.compact() {
                Ok(_) => {
                    tracing::info!(before = long, used, "what the bot keeps has been compacted");
                    Ok(())
                }
                Err(error) => Err(RecordsError::Database {
                    path: self.path.clone(),
                    error: Box::new(redb::Error::from(error)),
                }),
            }
        })
    }

    /// After a fault of the disk the database serves nothing until it is opened again.
    fn reopen(&self) {
        let mut database = self.database.write().unwrap_or_else(PoisonError::into_inner);
        *database = None;
        match damage::create(&self.path) {
            Ok(opened) => *database = Some(opened),
            Err(error) => tracing::error!(%error, "what the bot keeps cannot be written: is the disk full?"),
        }
    }
}

/// Runs what waits for the disk without holding up others on the same thread.
fn blocking<T>(work: impl FnOnce() -> T) -> T {
    match tokio::runtime::Handle::try_current().map(|handle| handle.runtime_flavor()) {
        Ok(tokio::runtime::RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        _ => work(),
    }
}
/// The values of a range that this version can read, with their keys.
fn readable<K: Key + 'static, O, V: DeserializeOwned>(
    range: redb::Range<'_, K, &'static [u8]>,
    owned: impl Fn(K::SelfType<'_>) -> O,
) -> Result<Vec<(O, V)>, redb::Error> {
    let mut found = Vec::new();
    for entry in range {
        let (key, value) = entry?;
        match serde_json::from_slice(value.value()) {
            Ok(value) => found.push((owned(key.value()), value)),
            Err(error) => tracing::warn!(%error, "a record cannot be read: it is left out"),
        }
    }
    Ok(found)
}
