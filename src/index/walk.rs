//! What stands in the knowledge folder: files to read, and entries that cannot be read, with the reason.
//!
//! Regular files alone are read. What hangs (a network disk that is gone) is named and left out, and tells nothing of what
//! is below it: files that were known there are not taken for removed.

use std::ffi::OsString;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::look::look_at;
use crate::reading::patience::{FOR_AN_ENTRY, within};
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
    /// Files that may be read, in order of their paths.
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

/// The folder's files in order of their paths; hidden ones are left out.
pub fn walk(knowledge: &Path) -> std::io::Result<Walked> {
    // A folder that cannot be listed is the caller's error; below it, one bad entry costs nothing else.
    let mut walked = Walked::default();
    match names_in(knowledge) {
        Some(names) => {
            let head = head(knowledge, knowledge, &FolderHead::default(), &mut walked);
            let mut folders = vec![std::fs::canonicalize(knowledge)?];
            list(knowledge, knowledge, &names?, &head, &mut folders, &mut walked);
            Ok(walked)
        }
        None => Err(std::io::Error::from(std::io::ErrorKind::TimedOut)),
    }
}

/// The names in a folder, in order; `None` where the disk does not answer.
fn names_in(folder: &Path) -> Option<std::io::Result<Vec<OsString>>> {
    let own = folder.to_owned();
    let listed = within(FOR_AN_ENTRY, folder, move || {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(own)? {
            names.push(entry?.file_name());
        }
        names.sort();
        Ok(names)
    });
    listed.ok()
}

/// Looks at the entries of one folder, and of those below it. `folders` are those on the way to it, by their real paths.
fn list(
    knowledge: &Path,
    folder: &Path,
    names: &[OsString],
    head: &Arc<FolderHead>,
    folders: &mut Vec<PathBuf>,
    walked: &mut Walked,
) {
    // Hidden ones are left out, and a folder's head was read with the folder.
    let shown = |name: &&OsString| !name.to_string_lossy().starts_with('.') && *name != FOLDER_FILE;
    let paths: Vec<PathBuf> = names.iter().filter(shown).map(|name| folder.join(name)).collect();
    for (path, meta) in look_at(&paths, FOR_AN_ENTRY, |path| path) {
        let file = below(knowledge, &path);
        match meta {
            // What hangs is passed by.
            None => walked.stuck(file),
            Some(Ok(meta)) if meta.is_dir() => enter(knowledge, path, file, head, folders, walked),
            Some(Ok(_)) if !is_read(&path) => walked.refuse(file, ReadError::UnknownFormat),
            Some(Ok(meta)) if !meta.is_file() => walked.refuse(file, ReadError::NoFile),
            Some(Ok(meta)) => walked.found.push(Found {
                file,
                path,
                meta,
                folder: Arc::clone(head),
            }),
            Some(Err(error)) => walked.refuse(file, error.into()),
        }
    }
}

/// A folder in the folder.
fn enter(
    knowledge: &Path,
    path: PathBuf,
    file: String,
    above: &Arc<FolderHead>,
    folders: &mut Vec<PathBuf>,
    walked: &mut Walked,
) {
    if is_read(&path) {
        return walked.refuse(file, ReadError::Directory);
    }
    let real = match std::fs::canonicalize(&path) {
        Ok(real) => real,
        Err(error) => return walked.refuse(file, error.into()),
    };
    if folders.contains(&real) {
        return walked.refuse(file, link_loop());
    }
    match names_in(&path) {
        None => walked.stuck(file),
        Some(Err(error)) => walked.refuse(file, error.into()),
        Some(Ok(names)) => {
            let head = head(knowledge, &path, above, walked);
            folders.push(real);
            list(knowledge, &path, &names, &head, folders, walked);
            folders.pop();
        }
    }
}

/// What the files of a folder are told. A fault in its `_folder.md` costs the lines that it is in.
fn head(knowledge: &Path, folder: &Path, above: &FolderHead, walked: &mut Walked) -> Arc<FolderHead> {
    let (head, fault) = above.below(folder);
    if let Some(reason) = fault {
        walked.refuse(below(knowledge, &folder.join(FOLDER_FILE)), reason);
    }
    Arc::new(head)
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
        let walked = walk(knowledge).unwrap();
        let found: Vec<&str> = walked.found.iter().map(|found| found.file.as_str()).collect();
        assert_eq!(found, ["b.txt", "五月/a.txt"]);
        let mut refused: Vec<&str> = walked.refused.iter().map(|refused| refused.file.as_str()).collect();
        refused.sort_unstable();
        assert_eq!(refused, ["pipe.txt", "socket.txt", "zero.txt", "五月/circle"]);
        for name in ["pipe.txt", "socket.txt", "zero.txt"] {
            let read = crate::reading::read_file(&knowledge.join(name));
            assert!(matches!(read, Err(ReadError::NoFile)), "{name}: {read:?}");
        }
    }
}
