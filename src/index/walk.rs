//! What stands in the knowledge folder: files to read, and entries that cannot be read, with the reason.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

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

/// The folder's files in order of their paths; hidden ones are left out.
pub fn walk(knowledge: &Path) -> std::io::Result<(Vec<Found>, Vec<Refused>)> {
    // A folder that cannot be listed is the caller's error; below it, one bad entry costs nothing else.
    std::fs::read_dir(knowledge)?;
    let mut found = Vec::new();
    let mut refused = Vec::new();
    // What the knowledge folder says, and each folder below it on the way to where the walk is.
    let mut heads = vec![head(knowledge, knowledge, &FolderHead::default(), &mut refused)];
    let mut entries = WalkDir::new(knowledge)
        .follow_links(true)
        .sort_by_file_name()
        .min_depth(1)
        .into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(knowledge).to_owned();
                let reason = error.into_io_error().map_or_else(link_loop, ReadError::from);
                refused.push(Refused {
                    file: below(knowledge, &path),
                    reason: Arc::new(reason),
                });
                continue;
            }
        };
        let is_dir = entry.file_type().is_dir();
        // A folder's head was read with the folder.
        if is_hidden(&entry) || entry.file_name() == FOLDER_FILE {
            if is_dir {
                entries.skip_current_dir();
            }
            continue;
        }
        let file = below(knowledge, entry.path());
        let known = is_read(entry.path());
        // An entry at depth 1 stands in the knowledge folder, whose head is the first.
        heads.truncate(entry.depth());
        let above = heads.last().map(Arc::clone).unwrap_or_default();
        match (is_dir, known) {
            (true, false) => heads.push(head(knowledge, entry.path(), &above, &mut refused)),
            (true, true) => {
                refused.push(Refused {
                    file,
                    reason: Arc::new(ReadError::Directory),
                });
                entries.skip_current_dir();
            }
            (false, false) => refused.push(Refused {
                file,
                reason: Arc::new(ReadError::UnknownFormat),
            }),
            (false, true) => match std::fs::metadata(entry.path()) {
                Ok(meta) => found.push(Found {
                    file,
                    path: entry.into_path(),
                    meta,
                    folder: above,
                }),
                Err(error) => refused.push(Refused {
                    file,
                    reason: Arc::new(error.into()),
                }),
            },
        }
    }
    Ok((found, refused))
}

/// What the files of a folder are told. A fault in its `_folder.md` costs the lines that it is in.
fn head(knowledge: &Path, folder: &Path, above: &FolderHead, refused: &mut Vec<Refused>) -> Arc<FolderHead> {
    let (head, fault) = above.below(folder);
    refused.extend(fault.map(|reason| Refused {
        file: below(knowledge, &folder.join(FOLDER_FILE)),
        reason: Arc::new(reason),
    }));
    Arc::new(head)
}

fn link_loop() -> ReadError {
    ReadError::Io(std::io::Error::other("links run in a circle"))
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

fn below(knowledge: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(knowledge).unwrap_or(path);
    let parts: Vec<_> = relative
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}
