//! What stands in the knowledge folder: files to read, and entries that cannot be read, with the reason.
//!
//! Regular files alone are read. What hangs (a network disk that is gone) is named and left out, and tells nothing of what
//! is below it: files that were known there are not taken for removed.

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::listing::{Listed, Listing};
use crate::reading::patience::FOR_AN_ENTRY;
use crate::reading::{FOLDER_FILE, FolderHead, ReadError, is_read};

/// A file that may be read.
#[derive(Debug)]
pub struct Found {
    /// Path below the knowledge folder, with `/`.
    pub file: String,
    /// Where it is.
    pub path: PathBuf,
    /// As it is now.
    pub meta: Metadata,
    /// What its folders say of it.
    pub folder: Arc<FolderHead>,
}

/// A file that was not read, and why.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Path below the knowledge folder, with `/`.
    pub file: String,
    /// Why.
    pub reason: Arc<ReadError>,
}

/// What was found in the knowledge folder.
#[derive(Debug, Default)]
pub struct Walked {
    /// Files that may be read and are not known, in order of their paths.
    pub found: Vec<Found>,
    /// What cannot be.
    pub refused: Vec<Refused>,
    /// Paths at which the disk did not answer: whether there is anything at them or below them is not known.
    pub unseen: Vec<String>,
}

impl Walked {
    /// Whether it could be seen that a file is there, or is not.
    pub fn has_seen(&self, file: &str) -> bool {
        !self.unseen.iter().any(|place| {
            let below = file.strip_prefix(place.as_str());
            place.is_empty() || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    fn refuse(&mut self, file: String, reason: ReadError) {
        self.refused.push(Refused {
            file,
            reason: Arc::new(reason),
        });
    }

    fn stuck(&mut self, file: String) {
        self.unseen.push(file.clone());
        self.refuse(file, ReadError::Stuck);
    }
}

/// Is asked of each file that may be read, by its path below the knowledge folder, what it is now and what its folders say of
/// it, whether it is known as it is: nothing more is done for those.
pub type IsKnown<'k> = dyn FnMut(&str, &Metadata, &FolderHead) -> bool + 'k;

/// The folder's files in order of their paths; hidden ones are left out.
pub fn walk(knowledge: &Path, is_known: &mut IsKnown<'_>) -> std::io::Result<Walked> {
    // A folder that cannot be listed is the caller's error; below it, one bad entry costs nothing else.
    let Some(listed) = Listing::begin(knowledge).wait(FOR_AN_ENTRY) else {
        return Err(std::io::Error::from(std::io::ErrorKind::TimedOut));
    };
    let listed = listed?;
    let mut walk = Walk {
        knowledge,
        folders: vec![std::fs::canonicalize(knowledge)?],
        walked: Walked::default(),
        is_known,
    };
    let head = walk.head(knowledge, &FolderHead::default());
    walk.list(knowledge, listed, &head);
    Ok(walk.walked)
}

struct Walk<'w> {
    knowledge: &'w Path,
    /// The folders on the way, by their real paths.
    folders: Vec<PathBuf>,
    walked: Walked,
    is_known: &'w mut IsKnown<'w>,
}

impl Walk<'_> {
    /// Goes through the entries of one folder, and through those below it, which are listed meanwhile.
    fn list(&mut self, folder: &Path, listed: Listed, head: &Arc<FolderHead>) {
        let Listed { names, looked } = listed;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let is_folder = |name: &OsStr, meta: &Metadata| meta.is_dir() && !is_read(Path::new(name));
        let folders = names.iter().zip(&looked);
        let folders = folders.filter(|((name, _), meta)| matches!(meta, Some(Ok(meta)) if is_folder(name, meta)));
        let folders: Vec<PathBuf> = folders.map(|((name, _), _)| folder.join(name)).collect();
        let mut folders = folders.iter();
        let mut ahead: VecDeque<Listing> = VecDeque::with_capacity(cores);
        let mut file = below(self.knowledge, folder);
        if !file.is_empty() {
            file.push('/');
        }
        let above = file.len();
        for ((name, _), meta) in names.iter().zip(looked) {
            file.truncate(above);
            file.push_str(&name.to_string_lossy());
            while ahead.len() < cores
                && let Some(next) = folders.next()
            {
                ahead.push_back(Listing::begin(next));
            }
            let format = || is_read(Path::new(name));
            match meta {
                // What hangs is passed by.
                None => self.walked.stuck(file.clone()),
                Some(Ok(meta)) if is_folder(name, &meta) => {
                    let path = folder.join(name);
                    let listing = ahead.pop_front().unwrap_or_else(|| Listing::begin(&path));
                    self.enter(&path, file.clone(), listing, head);
                }
                Some(Ok(meta)) if meta.is_dir() => self.walked.refuse(file.clone(), ReadError::Directory),
                Some(Ok(_)) if !format() => self.walked.refuse(file.clone(), ReadError::UnknownFormat),
                Some(Ok(meta)) if !meta.is_file() => self.walked.refuse(file.clone(), ReadError::NoFile),
                Some(Ok(meta)) if (self.is_known)(&file, &meta, head) => {}
                Some(Ok(meta)) => self.walked.found.push(Found {
                    file: file.clone(),
                    path: folder.join(name),
                    meta,
                    folder: Arc::clone(head),
                }),
                Some(Err(error)) => self.walked.refuse(file.clone(), error.into()),
            }
        }
    }

    /// A folder in the folder, which is being listed.
    fn enter(&mut self, path: &Path, file: String, listing: Listing, above: &Arc<FolderHead>) {
        let real = match std::fs::canonicalize(path) {
            Ok(real) => real,
            Err(error) => return self.walked.refuse(file, error.into()),
        };
        if self.folders.contains(&real) {
            return self.walked.refuse(file, link_loop());
        }
        match listing.wait(FOR_AN_ENTRY) {
            None => self.walked.stuck(file),
            Some(Err(error)) => self.walked.refuse(file, error.into()),
            Some(Ok(listed)) => {
                let head = self.head(path, above);
                self.folders.push(real);
                self.list(path, listed, &head);
                self.folders.pop();
            }
        }
    }

    /// What the files of a folder are told. A fault in its `_folder.md` costs the lines that it is in.
    fn head(&mut self, folder: &Path, above: &FolderHead) -> Arc<FolderHead> {
        let (head, fault) = above.below(folder);
        if let Some(reason) = fault {
            self.walked
                .refuse(below(self.knowledge, &folder.join(FOLDER_FILE)), reason);
        }
        Arc::new(head)
    }
}

fn link_loop() -> ReadError {
    ReadError::Io(std::io::Error::other("links run in a circle"))
}

fn below(knowledge: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(knowledge).unwrap_or(path);
    let parts: Vec<_> = relative
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_not_gone() {
        let walked = Walked {
            unseen: vec!["网盘".to_owned()],
            ..Walked::default()
        };
        assert!(!walked.has_seen("网盘/a.txt") && !walked.has_seen("网盘"));
        assert!(walked.has_seen("网盘二/a.txt") && walked.has_seen("a.txt"));
    }

    #[cfg(unix)]
    #[test]
    fn regular_files_alone_are_read_and_links_run_in_no_circle() {
        let folder = tempfile::tempdir().unwrap();
        let knowledge = folder.path();
        std::fs::create_dir(knowledge.join("五月")).unwrap();
        std::fs::write(knowledge.join("五月/a.txt"), "一").unwrap();
        std::fs::write(knowledge.join("b.txt"), "一").unwrap();
        std::os::unix::fs::symlink(knowledge, knowledge.join("五月/circle")).unwrap();
        std::os::unix::fs::symlink("/dev/zero", knowledge.join("zero.txt")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(knowledge.join("socket.txt")).unwrap();
        let pipe = std::process::Command::new("mkfifo")
            .arg(knowledge.join("pipe.txt"))
            .status();
        assert!(pipe.unwrap().success());
        let mut asked = Vec::new();
        let walked = walk(knowledge, &mut |file, _, _| {
            asked.push(file.to_owned());
            file == "五月/a.txt"
        })
        .unwrap();
        let found: Vec<&str> = walked.found.iter().map(|found| found.file.as_str()).collect();
        assert_eq!(
            (&asked[..], &found[..]),
            (&["b.txt", "五月/a.txt"].map(str::to_owned)[..], &["b.txt"][..])
        );
        let mut refused: Vec<&str> = walked.refused.iter().map(|refused| refused.file.as_str()).collect();
        refused.sort_unstable();
        assert_eq!(refused, ["pipe.txt", "socket.txt", "zero.txt", "五月/circle"]);
        for name in ["pipe.txt", "socket.txt", "zero.txt"] {
            let read = crate::reading::read_file(&knowledge.join(name));
            assert!(matches!(read, Err(ReadError::NoFile)), "{name}: {read:?}");
        }
    }
}
