//! Opening the database, damaged or not: one that is not what was written is set aside under another name, what can be
//! read of it is saved into a new one, and the bot goes on.

use std::borrow::Borrow;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use redb::{
    ConcurrencyMode, Database, DatabaseError, Key, ReadableDatabase, ReadableTable, ReadableTableMetadata, StorageError,
};

use super::{RecordsError, Table, access, audit, cards, chats, feedback, folders, inbox, links, watches};
use crate::guard::{Broken, guarded};

/// Memory for pages of the file. Without a bound it grows as the file does.
pub const CACHE: usize = 8 * 1024 * 1024;

/// What became of a damaged database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// What the damaged file is called now.
    pub aside: PathBuf,
    /// How many records could be saved.
    pub saved: usize,
}

/// A database at a path, made where there is none.
pub fn create(path: &Path) -> Result<Database, DatabaseError> {
    Database::builder().set_cache_size(CACHE).create(path)
}

/// Opens the database and looks through it.
///
/// # Errors
///
/// Where another process has it open, or the disk does not let us.
pub fn open(path: &Path) -> Result<(Database, Option<Damage>), RecordsError> {
    let refused = |error: DatabaseError| RecordsError::Database {
        path: path.to_owned(),
        error: Box::new(error.into()),
    };
    // Opening marks the file, and one that is marked and damaged is not read again: what is saved is saved of this copy.
    let before = path.with_extension("redb.before");
    let copied = fs::copy(path, &before).is_ok();
    let opened = whole(path);
    if copied && opened.as_ref().map_or_else(|error| !is_damage(error), |_| true) {
        // A start that was cut short leaves it to the next one.
        let _ = fs::remove_file(&before);
    }
    let error = match opened {
        Ok(database) => return Ok((database, None)),
        Err(DatabaseError::DatabaseAlreadyOpen) => return Err(RecordsError::InUse(path.to_owned())),
        Err(error) if !is_damage(&error) => return Err(refused(error)),
        Err(error) => error,
    };
    let time = crate::clock::now().format("%Y%m%d-%H%M%S");
    let aside = (0..)
        .map(|number| path.with_file_name(format!("bot.redb.damaged-{time}-{number}")))
        .find(|aside| !aside.exists())
        .unwrap_or_else(|| path.with_extension("damaged"));
    tracing::error!(%error, aside = %aside.display(), "what the bot keeps is damaged: it is set aside");
    let moved = match copied {
        true => fs::rename(&before, &aside).and_then(|()| fs::remove_file(path)),
        false => fs::rename(path, &aside),
    };
    moved.map_err(|error| RecordsError::Folder {
        path: path.to_owned(),
        error,
    })?;
    let database = create(path).map_err(refused)?;
    let saved = saved(&aside, &database);
    Ok((database, Some(Damage { aside, saved })))
}

/// The database, where all of it is what was written.
fn whole(path: &Path) -> Result<Database, DatabaseError> {
    let is_new = fs::metadata(path).map_or(true, |meta| meta.is_file() && meta.len() == 0);
    unpanicked(|| {
        let mut database = create(path)?;
        if !is_new && !database.check_integrity()? {
            tracing::warn!("what the bot keeps was not closed: it has been mended");
        }
        Ok(database)
    })
}

/// Damaged pages may break the engine off.
fn unpanicked<T>(work: impl FnOnce() -> Result<T, DatabaseError>) -> Result<T, DatabaseError> {
    guarded(work).unwrap_or_else(|Broken(what)| Err(DatabaseError::Storage(StorageError::Corrupted(what))))
}

/// Whether an error tells of the file itself, and not of a disk that is full or not ours.
fn is_damage(error: &DatabaseError) -> bool {
    match error {
        DatabaseError::Storage(StorageError::Io(error)) => !matches!(
            error.kind(),
            ErrorKind::PermissionDenied
                | ErrorKind::StorageFull
                | ErrorKind::QuotaExceeded
                | ErrorKind::FileTooLarge
                | ErrorKind::ReadOnlyFilesystem
                | ErrorKind::NotFound
        ),
        DatabaseError::DatabaseAlreadyOpen => false,
        _ => true,
    }
}

/// Copies what can be read, table by table; how many records that were.
fn saved(aside: &Path, to: &Database) -> usize {
    // As one of several readers: it looks at no more than it is asked for, and changes nothing.
    let reader = unpanicked(|| {
        Database::builder()
            .set_cache_size(CACHE)
            .set_concurrency_mode(ConcurrencyMode::SingleWriter)
            .open_read_only(aside)
    });
    if let Ok(from) = reader {
        let saved = saved_from(&from, to);
        // It may break off over what it cannot read; nobody needs it any more.
        let _ = guarded(|| drop(from));
        return saved;
    }
    // One that was not closed has to be mended first, which writes: what was set aside stays as it was.
    let copy = aside.with_extension("copy");
    let mut saved = 0;
    if fs::copy(aside, &copy).is_ok()
        && let Ok(from) = unpanicked(|| create(&copy))
    {
        saved = saved_from(&from, to);
        let _ = guarded(|| drop(from));
    }
    // It may not have been made.
    let _ = fs::remove_file(copy);
    saved
}

fn saved_from(from: &impl ReadableDatabase, to: &Database) -> usize {
    let mut saved = 0;
    for table in [
        access::ACCESS,
        folders::FOLDERS,
        chats::CHATS,
        chats::MIGRATED,
        inbox::WAITING,
        inbox::DONE,
        audit::AUDIT,
    ] {
        saved += saved_of(from, to, table);
    }
    saved += saved_of(from, to, feedback::FEEDBACK);
    saved += saved_of(from, to, links::LINKS);
    saved += saved_of(from, to, watches::WATCHES);
    saved += saved_of(from, to, watches::ALERTS);
    saved += saved_of(from, to, cards::CARDS);
    saved + saved_of(from, to, cards::ANSWERS)
}

/// From the front to the first record that cannot be read, and from the back to the last.
fn saved_of<K, O>(from: &impl ReadableDatabase, to: &Database, table: Table<K>) -> usize
where
    K: for<'a> Key<SelfType<'a> = O> + 'static,
    O: Copy + for<'a> Borrow<K::SelfType<'a>>,
{
    let mut found: Vec<(O, Vec<u8>)> = Vec::new();
    for backwards in [false, true] {
        // What was read before it broke off is there.
        let _ = unpanicked(|| {
            let read = from.begin_read().map_err(|error| match error {
                redb::TransactionError::Storage(error) => DatabaseError::Storage(error),
                _ => DatabaseError::TransactionInProgress,
            })?;
            let Ok(table) = read.open_table(table) else {
                return Ok(());
            };
            let mut entries = table.iter()?;
            loop {
                let entry = match backwards {
                    true => entries.next_back(),
                    false => entries.next(),
                };
                let Some(entry) = entry else { return Ok(()) };
                let (key, value) = entry?;
                let value = value.value();
                // What is no JSON is not what was written.
                if serde_json::from_slice::<serde_json::Value>(value).is_ok() {
                    found.push((key.value(), value.to_vec()));
                }
            }
        });
    }
    let written = || -> Result<(), redb::Error> {
        let transaction = to.begin_write()?;
        {
            let mut table = transaction.open_table(table)?;
            for (key, value) in &found {
                table.insert(*key, value.as_slice())?;
            }
        }
        transaction.commit()?;
        Ok(())
    };
    if let Err(error) = written() {
        tracing::error!(%error, "what was saved of a damaged database cannot be kept");
        return 0;
    }
    let count = |table: Table<K>| to.begin_read().ok()?.open_table(table).ok()?.len().ok();
    usize::try_from(count(table).unwrap_or_default()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::{Records, Verdict};
    use super::*;
    use serde_json::json;
    use teloxide::types::{ChatId, MessageId, UserId};

    /// A folder in which a bot has kept much.
    fn kept() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let records = Records::open(folder.path()).unwrap();
        for number in 0..60 {
            let verdict = Verdict {
                allowed: number % 2 == 0,
                by: UserId(1),
                at: crate::clock::now(),
            };
            records.keep_verdict(ChatId(number), &verdict).unwrap();
            let examples = cards::CardOf::Examples(vec!["青禾县说了什么？".repeat(20)]);
            records.keep_card(ChatId(number), MessageId(1), examples).unwrap();
            records
                .keep_updates(&[(number, &json!({"update_id": number}))])
                .unwrap();
        }
        assert!(records.damage().is_none());
        folder
    }

    #[test]
    fn whatever_page_is_damaged_the_records_open_and_what_can_be_read_is_there() {
        let whole = kept();
        let pages = fs::metadata(whole.path().join("bot.redb")).unwrap().len() / 4096;
        let (mut damaged, mut best) = (0, 0);
        for page in (0..pages).step_by(usize::try_from(pages / 24).unwrap().max(1)) {
            for fill in [0x00, 0xff, 0x5a] {
                let folder = tempfile::tempdir().unwrap();
                let path = folder.path().join("bot.redb");
                let mut bytes = fs::read(whole.path().join("bot.redb")).unwrap();
                let at = usize::try_from(page * 4096).unwrap();
                bytes[at..at + 4096].fill(fill);
                fs::write(&path, bytes).unwrap();
                let records = Records::open(folder.path()).unwrap();
                if let Some(damage) = records.damage() {
                    assert!(damage.aside.exists(), "page {page}");
                    (damaged, best) = (damaged + 1, damage.saved.max(best));
                } else {
                    // A page that nothing stood on.
                    assert_eq!(records.verdicts().len(), 60, "page {page}");
                    assert_eq!(records.updates_left().unwrap().now.len(), 60, "page {page}");
                }
                records.keep_updates(&[(1_000, &json!({"update_id": 1_000}))]).unwrap();
                assert!(records.knows_update(1_000).unwrap());
                drop(records);
                // It is told once.
                assert!(Records::open(folder.path()).unwrap().damage().is_none(), "page {page}");
            }
        }
        assert!(damaged >= 6, "{damaged}");
        assert!(best > 100, "{best}");
    }

    #[test]
    fn what_is_no_database_is_set_aside() {
        for (why, bytes) in [("words", "现场会".repeat(900)), ("short", "会".to_owned())] {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join("bot.redb"), &bytes).unwrap();
            let records = Records::open(folder.path()).unwrap();
            let damage = records.damage().unwrap_or_else(|| panic!("{why}"));
            assert_eq!(fs::read_to_string(&damage.aside).unwrap(), bytes);
        }
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("bot.redb")).unwrap();
        assert!(Records::open(folder.path()).unwrap().damage().is_some());
    }
}
