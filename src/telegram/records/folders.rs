//! Which folders are restricted, and who was let into each.
//!
//! Where that is lost, nobody may see more than before: it stands in the database, and once more in a file beside it, of
//! which it is taken where the database has lost it.

use crate::shelf::write_whole;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use teloxide::types::ChatId;

use super::{Records, RecordsError, Table};
use crate::library::{Folder, Sight};

/// All of them under one key: what is kept of one is kept of all.
pub(super) const FOLDERS: Table<i64> = Table::new("folders");
const ALL: i64 = 0;
/// The file beside the database.
const BESIDE: &str = "folders.json";

/// The restricted folders, and the users and groups that were let into each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restricted(BTreeMap<Folder, BTreeSet<i64>>);

impl Restricted {
    /// Of which nobody knows any more what was restricted: everything is.
    fn lost() -> Restricted {
        Restricted(
            Folder::named("/")
                .into_iter()
                .map(|all| (all, BTreeSet::new()))
                .collect(),
        )
    }

    /// What a user or a group sees.
    fn sight(&self, of: ChatId) -> Sight {
        Sight::of(
            self.0
                .iter()
                .map(|(folder, let_in)| (folder.clone(), let_in.contains(&of.0))),
        )
    }
}

impl Records {
    /// The restricted folders, and whether they are all because it was lost which are.
    pub(super) fn stored_folders(&self) -> Result<(Restricted, bool), RecordsError> {
        let mut lost = false;
        let stored = match self.get(FOLDERS, ALL) {
            Ok(stored) => stored,
            Err(RecordsError::Record(error)) => {
                tracing::error!(%error, "which folders are restricted cannot be read");
                None
            }
            Err(error) => return Err(error),
        };
        let path = self.beside();
        let beside = match fs::read(&path) {
            Ok(bytes) => Some(serde_json::from_slice::<Restricted>(&bytes).map_err(|error| error.to_string())),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => Some(Err(error.to_string())),
        };
        let restricted = match (stored, beside) {
            (Some(stored), beside) => {
                if beside != Some(Ok(Restricted::clone(&stored))) && !self.passing {
                    kept_beside(&path, &stored);
                }
                stored
            }
            (None, None) => Restricted::default(),
            (None, Some(beside)) => {
                let beside = beside.unwrap_or_else(|error| {
                    tracing::error!(error, path = %path.display(), "it is not known which folders are restricted: admins alone see anything until one says who sees what");
                    lost = true;
                    Restricted::lost()
                });
                if !self.passing {
                    self.put(FOLDERS, ALL, &beside)?;
                }
                beside
            }
        };
        Ok((restricted, lost))
    }

    fn beside(&self) -> PathBuf {
        self.path.with_file_name(BESIDE)
    }

    /// What a user or a group sees.
    pub fn sight(&self, of: ChatId) -> Sight {
        self.recall(|memory| memory.folders.sight(of))
    }

    /// Whether it was lost which folders are restricted, so that admins alone see anything.
    pub fn has_lost_folders(&self) -> bool {
        self.recall(|memory| memory.folders_lost)
    }

    /// Whether any folder is restricted.
    pub fn restricts(&self) -> bool {
        self.recall(|memory| !memory.folders.0.is_empty())
    }

    /// The restricted folders, and who was let into each, in order of their names.
    pub fn folders(&self) -> Vec<(Folder, Vec<ChatId>)> {
        self.recall(|memory| {
            let folders = memory.folders.0.iter();
            folders
                .map(|(folder, let_in)| (folder.clone(), let_in.iter().copied().map(ChatId).collect()))
                .collect()
        })
    }

    /// Lets somebody into a folder, which is restricted from then on; or shuts them out of it: it stays restricted.
    pub fn keep_let_in(&self, folder: &Folder, of: ChatId, let_in: bool) -> Result<(), RecordsError> {
        self.change_folders(|all| {
            let folder = all.entry(folder.clone()).or_default();
            match let_in {
                true => folder.insert(of.0),
                false => folder.remove(&of.0),
            };
        })
    }

    /// Opens a folder for everybody again, or closes it for all but the admins.
    pub fn keep_open(&self, folder: &Folder, open: bool) -> Result<(), RecordsError> {
        self.change_folders(|all| {
            match open {
                true => all.remove(folder),
                false => all.insert(folder.clone(), BTreeSet::new()),
            };
        })
    }

    /// A group has another number now.
    pub(super) fn migrate_folders(&self, old: ChatId, new: ChatId) -> Result<(), RecordsError> {
        let has = self.recall(|memory| memory.folders.0.values().any(|let_in| let_in.contains(&old.0)));
        if !has {
            return Ok(());
        }
        self.change_folders(|all| {
            for let_in in all.values_mut() {
                if let_in.remove(&old.0) {
                    let_in.insert(new.0);
                }
            }
        })
    }

    fn change_folders(&self, change: impl FnOnce(&mut BTreeMap<Folder, BTreeSet<i64>>)) -> Result<(), RecordsError> {
        let mut changed = self.recall(|memory| memory.folders.clone());
        change(&mut changed.0);
        self.put_for_good(FOLDERS, ALL, &changed)?;
        self.remember(|memory| memory.folders = changed.clone());
        kept_beside(&self.beside(), &changed);
        Ok(())
    }
}

/// Keeps it once more, whole or not at all. The database has it: that it cannot be kept twice is logged.
fn kept_beside(path: &Path, restricted: &Restricted) {
    let json = serde_json::to_vec(restricted).map_err(std::io::Error::from);
    let written = json.and_then(|json| write_whole(path, &json));
    if let Err(error) = written {
        tracing::error!(%error, path = %path.display(), "which folders are restricted is not kept twice");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> Folder {
        Folder::named(name).unwrap()
    }

    fn sees(records: &Records, of: i64, file: &str) -> bool {
        records.sight(ChatId(of)).sees(file)
    }

    #[test]
    fn a_folder_is_restricted_once_somebody_was_let_in_and_until_it_is_opened() {
        let home = tempfile::tempdir().unwrap();
        let united = folder("统战");
        {
            let records = Records::open(home.path()).unwrap();
            assert!(sees(&records, 6, "统战/a.txt") && !records.restricts());
            records.keep_let_in(&united, ChatId(5), true).unwrap();
        }
        let records = Records::open(home.path()).unwrap();
        assert!(sees(&records, 5, "统战/a.txt") && !sees(&records, 6, "统战/a.txt") && sees(&records, 6, "a.txt"));
        // Whoever is shut out last leaves it restricted.
        records.keep_let_in(&united, ChatId(5), false).unwrap();
        assert!(!sees(&records, 5, "统战/a.txt") && !sees(&records, 6, "统战/a.txt"));
        records.keep_open(&united, true).unwrap();
        assert!(sees(&records, 6, "统战/a.txt"));
        records.keep_open(&united, false).unwrap();
        assert!(!sees(&records, 5, "统战/a.txt"));
    }

    #[test]
    fn a_groups_new_number_is_let_in_for_the_old_one() {
        let home = tempfile::tempdir().unwrap();
        let records = Records::open(home.path()).unwrap();
        records.keep_let_in(&folder("统战"), ChatId(-5), true).unwrap();
        records.migrate_chat(ChatId(-5), ChatId(-1_005)).unwrap();
        records.migrate_chat(ChatId(-5), ChatId(-1_005)).unwrap();
        assert!(sees(&records, -1_005, "统战/a.txt") && !sees(&records, -5, "统战/a.txt"));
    }

    #[test]
    fn what_the_database_loses_stays_restricted() {
        let home = tempfile::tempdir().unwrap();
        let keep = || {
            let records = Records::open(home.path()).unwrap();
            records.keep_let_in(&folder("统战"), ChatId(5), true).unwrap();
        };
        let database = home.path().join("bot.redb");
        keep();
        fs::remove_file(&database).unwrap();
        let records = Records::open(home.path()).unwrap();
        assert!(sees(&records, 5, "统战/a.txt") && !sees(&records, 6, "统战/a.txt") && sees(&records, 6, "a.txt"));
        drop(records);
        // With both lost nobody but admins sees anything, until somebody says what.
        fs::write(&database, "现场会".repeat(900)).unwrap();
        fs::write(home.path().join(BESIDE), "{").unwrap();
        let records = Records::open(home.path()).unwrap();
        assert!(records.damage().is_some() && records.has_lost_folders());
        assert!(!sees(&records, 5, "统战/a.txt") && !sees(&records, 5, "a.txt"));
        records.keep_open(&folder("/"), true).unwrap();
        assert!(sees(&records, 5, "a.txt"));
        drop(records);
        assert!(sees(&Records::open(home.path()).unwrap(), 5, "a.txt"));
    }
}
