//! Which files are no longer what they were when they were read.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};
use std::time::{Duration, SystemTime};

use super::look::look_at;
use super::search::Snapshot;
use crate::reading::patience::FOR_AN_ENTRY;
use crate::reading::{ReadError, read_file};

/// How long a question waits for a disk to tell whether a file has changed.
const A_MOMENT: Duration = Duration::from_millis(500);

/// Files that were written again: what they were when they were looked at, and whether they hold something else.
pub type Looked = HashMap<String, ((u64, Option<SystemTime>), bool)>;

impl Snapshot {
    /// Which of these files are known to be no longer what they were when they were read: written again, moved, or on a
    /// disk that is gone. (Where the disk does not answer, it is not known.)
    pub fn changed<'f>(&self, files: impl IntoIterator<Item = &'f str>) -> HashSet<&'f str> {
        self.changed_within(A_MOMENT, files.into_iter().collect())
    }

    /// How many of all the files have changed.
    pub fn count_changed(&self) -> usize {
        let files = self.catalogue.files().map(|entry| entry.file).collect();
        self.changed_within(FOR_AN_ENTRY, files).len()
    }

    fn changed_within<'f>(&self, limit: Duration, files: Vec<&'f str>) -> HashSet<&'f str> {
        let paths: Arc<[PathBuf]> = files.iter().map(|file| self.knowledge.join(file)).collect();
        let of_threads = Arc::clone(&paths);
        let look = move |at: usize| std::fs::metadata(&of_threads[at]);
        // A disk that is gone costs one wait a folder.
        let folder = |at: usize| paths[at].parent().unwrap_or(Path::new("")).to_owned();
        let looked = look_at(paths.len(), limit, look, folder);
        let all = files.into_iter().zip(paths.iter().zip(looked));
        all.filter(|(file, (path, meta))| match meta {
            Some(Ok(meta)) => self.holds_something_else(file, path, meta),
            Some(Err(_)) => true,
            None => false,
        })
        .map(|(file, _)| file)
        .collect()
    }

    /// Whether a file that is there holds something else than was read of it.
    fn holds_something_else(&self, file: &str, path: &Path, meta: &std::fs::Metadata) -> bool {
        let Some(entry) = self.catalogue.file(file) else {
            return true;
        };
        if entry.stamp().resembles(meta) {
            return false;
        }
        if !meta.is_file() {
            return true;
        }
        // Touched, it may still hold what it held: that is looked at once.
        let seen = (meta.len(), meta.modified().ok());
        let known = |looked: &Looked| {
            let (of, changed) = looked.get(file)?;
            (*of == seen).then_some(*changed)
        };
        if let Some(changed) = known(&self.looked.lock().unwrap_or_else(PoisonError::into_inner)) {
            return changed;
        }
        let changed = match read_file(path) {
            Ok(document) => !entry.stamp().is_of(&document.text),
            Err(ReadError::Stuck) => return false,
            Err(_) => true,
        };
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        looked.insert(file.to_owned(), (seen, changed));
        changed
    }
}
