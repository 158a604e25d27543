//! A data folder in which nobody can write: what the bot keeps is read from it, and from then on kept in memory alone, until
//! the bot ends.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use redb::backends::InMemoryBackend;
use redb::{Database, DatabaseError, StorageBackend};

use super::damage::CACHE;
use crate::guard::guarded;

/// Whether the disk lets nobody write.
pub fn is_read_only(error: &redb::Error) -> bool {
    let kinds = [ErrorKind::PermissionDenied, ErrorKind::ReadOnlyFilesystem];
    matches!(error, redb::Error::Io(error) if kinds.contains(&error.kind()))
}

/// A database in memory with what stands in the file; with nothing where there is none, or it cannot be read.
pub fn open(path: &Path) -> Result<Database, DatabaseError> {
    let known = fs::read(path).ok().filter(|bytes| !bytes.is_empty());
    let read = known.and_then(|bytes| {
        let memory = InMemoryBackend::new();
        memory.set_len(bytes.len() as u64).ok()?;
        memory.write(0, &bytes).ok()?;
        // Damaged, it may break the engine off.
        let mut database = guarded(|| over(memory)).ok()?.ok()?;
        let whole = guarded(|| database.check_integrity()).ok()?.is_ok();
        whole.then_some(database)
    });
    match read {
        Some(database) => Ok(database),
        None => over(InMemoryBackend::new()),
    }
}

fn over(memory: InMemoryBackend) -> Result<Database, DatabaseError> {
    Database::builder().set_cache_size(CACHE).create_with_backend(memory)
}

#[cfg(test)]
mod tests {
    use super::super::{ChatSettings, Records, RecordsError};
    use super::*;
    use crate::wording::Lang;
    use teloxide::types::ChatId;

    #[test]
    fn what_was_kept_is_known_and_what_comes_is_not_said_to_be_kept() {
        let folder = tempfile::tempdir().unwrap();
        let english = ChatSettings {
            lang: Some(Lang::En),
            usual: None,
        };
        Records::open(folder.path())
            .unwrap()
            .keep_chat(ChatId(5), &english)
            .unwrap();
        let records = Records::in_memory(folder.path()).unwrap();
        assert_eq!(records.chat(ChatId(5)), english);
        let update = serde_json::json!({"update_id": 1});
        records.keep_updates(&[(1, &update)]).unwrap();
        assert!(records.knows_update(1).unwrap());
        let kept = records.keep_chat(ChatId(6), &english);
        assert!(matches!(kept, Err(RecordsError::ReadOnly(_))), "{kept:?}");
        drop(records);
        // Nothing of it is on the disk.
        assert!(!Records::open(folder.path()).unwrap().knows_update(1).unwrap());
        // Nor need there be a file, nor one that can be read.
        fs::write(folder.path().join("bot.redb"), "现场会").unwrap();
        assert!(Records::in_memory(folder.path()).is_ok());
        fs::remove_file(folder.path().join("bot.redb")).unwrap();
        assert!(Records::in_memory(folder.path()).is_ok());
    }
}
