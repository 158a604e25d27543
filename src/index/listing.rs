//! A folder's listing: what stands in it, and what that is now. Begun before it is needed, so that the disk is asked about the next
//! folders while one is gone through.

use std::ffi::OsString;
use std::fs::{DirEntry, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::look::{Looked, look_at};
use crate::reading::FOLDER_FILE;
use crate::reading::patience::{Begun, is_stuck, start};

/// So many of its entries the thread that lists a folder looks at, too; of more of them all cores do.
const WITH_IT: usize = 1_000;

/// A listing that was begun.
pub struct Listing {
    folder: PathBuf,
    seen: Arc<Mutex<Seen>>,
    /// `None` where somebody waits for the folder already.
    begun: Option<Begun<()>>,
}

/// What the thread has come to.
#[derive(Default)]
struct Seen {
    names: Option<io::Result<Arc<Names>>>,
    looked: Vec<io::Result<Metadata>>,
}

/// What stands in a folder, with the names it has there, in order.
pub type Names = Vec<(OsString, DirEntry)>;

/// What was listed.
pub struct Listed {
    /// The folder's entries, hidden ones and its own head left out.
    pub names: Arc<Names>,
    /// What each of them is, links followed; `None` where the disk did not answer.
    pub looked: Vec<Looked>,
}

impl Listing {
    /// Begins to list a folder.
    pub fn begin(folder: &Path) -> Listing {
        let folder = folder.to_owned();
        let seen: Arc<Mutex<Seen>> = Arc::default();
        let (of_thread, own) = (Arc::clone(&seen), folder.clone());
        let begun = (!is_stuck(|| folder.clone())).then(|| {
            start(move || {
                let seen = || of_thread.lock().unwrap_or_else(PoisonError::into_inner);
                let names = names_in(&own).map(Arc::new);
                let entries = names.as_ref().map_or_else(|_| Arc::default(), Arc::clone);
                seen().names = Some(names);
                for (name, entry) in entries.iter().take(WITH_IT) {
                    if is_stuck(|| own.join(name)) {
                        return;
                    }
                    let meta = look(entry);
                    seen().looked.push(meta);
                }
            })
        });
        Listing { folder, seen, begun }
    }

    /// What stands in the folder; `None` where the disk does not answer within the limit. An entry of which it does not is passed by.
    pub fn wait(self, limit: Duration) -> Option<io::Result<Listed>> {
        let Listing { folder, seen, begun } = self;
        let seen = || seen.lock().unwrap_or_else(PoisonError::into_inner);
        // Where it hangs: at the folder, or at the entry behind those that were looked at.
        let place = || match &*seen() {
            Seen {
                names: Some(Ok(names)),
                looked,
            } => names
                .get(looked.len())
                .map_or(folder.clone(), |(name, _)| folder.join(name)),
            _ => folder.clone(),
        };
        let hung = begun?.wait(limit, place).is_err();
        let Seen { names, looked } = std::mem::take(&mut *seen());
        let names = match names? {
            Ok(names) => names,
            Err(error) => return Some(Err(error)),
        };
        let mut looked: Vec<Looked> = looked.into_iter().map(Some).collect();
        if hung && looked.len() < names.len() {
            looked.push(None);
        }
        let from = looked.len();
        if from < names.len() {
            let of_threads = Arc::clone(&names);
            let look = move |at: usize| look(&of_threads[from + at].1);
            let place = |at: usize| folder.join(&names[from + at].0);
            looked.extend(look_at(names.len() - from, limit, look, place));
        }
        Some(Ok(Listed { names, looked }))
    }
}

/// The names in a folder that count.
fn names_in(folder: &Path) -> io::Result<Names> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        // Hidden ones are left out, and a folder's head is read with the folder.
        if !name.as_encoded_bytes().starts_with(b".") && name != FOLDER_FILE {
            names.push((name, entry));
        }
    }
    names.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(names)
}

/// What a folder's entry is, links followed. Asked of the folder itself, which is there already, and not by the whole path.
fn look(entry: &DirEntry) -> io::Result<Metadata> {
    let meta = entry.metadata()?;
    if meta.is_symlink() {
        return std::fs::metadata(entry.path());
    }
    Ok(meta)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Duration = Duration::from_secs(10);

    #[test]
    fn all_entries_are_listed_in_order_however_many_there_are() {
        for count in [0, 3, WITH_IT + 7] {
            let folder = tempfile::tempdir().unwrap();
            let names: Vec<String> = (0..count).map(|number| format!("{number:05}.txt")).collect();
            for name in names.iter().rev() {
                std::fs::write(folder.path().join(name), "一").unwrap();
            }
            for hidden in [".hidden.txt", FOLDER_FILE] {
                std::fs::write(folder.path().join(hidden), "一").unwrap();
            }
            let listed = Listing::begin(folder.path()).wait(PATIENCE).unwrap().unwrap();
            let found: Vec<&str> = listed.names.iter().map(|(name, _)| name.to_str().unwrap()).collect();
            assert_eq!(found, names);
            assert_eq!(listed.looked.len(), count);
            assert!(
                listed
                    .looked
                    .iter()
                    .all(|meta| meta.as_ref().unwrap().as_ref().unwrap().len() == 3)
            );
        }
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let listed = Listing::begin(&folder.path().join("nothing")).wait(PATIENCE);
        assert!(matches!(listed, Some(Err(error)) if error.kind() == io::ErrorKind::NotFound));
    }
}
