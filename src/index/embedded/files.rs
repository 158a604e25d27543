//! The index's files, read piece by piece and never mapped.
//!
//! A file that is mapped into memory and cut short by somebody else (a backup that is played back under a running bot, `cp`
//! over it) ends the process with a signal that nobody can catch. Read with `pread` it is an error of that read, which is
//! noticed as damage and mended. It costs a question some fifty reads of a microsecond each. What is read whole for each
//! question (lengths, deletions) is held in memory; it is a few bytes a passage.
//!
//! Where nobody can write, nothing is locked: there is nothing to lock out.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, MmapDirectory, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
};
use tantivy::{Directory, HasLen};

/// Files that are held in memory.
const HELD: [&str; 3] = ["fieldnorm", "del", "fast"];

/// A folder of the index.
#[derive(Clone, Debug)]
pub struct Files {
    /// Which writes, and locks.
    folder: MmapDirectory,
    path: PathBuf,
    writable: bool,
}

impl Files {
    /// Of a folder in which can be written, or cannot.
    pub fn open(folder: &Path, writable: bool) -> tantivy::Result<Files> {
        Ok(Files {
            folder: MmapDirectory::open(folder)?,
            path: folder.to_owned(),
            writable,
        })
    }
}

impl Directory for Files {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let fault = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(path.to_owned()),
            _ => OpenReadError::wrap_io_error(error, path.to_owned()),
        };
        let opened = Pieces::open(&self.path.join(path)).map_err(fault)?;
        let is_held = path
            .extension()
            .is_some_and(|kind| HELD.iter().any(|held| kind == *held));
        match is_held {
            true => Ok(Arc::new(opened.read_bytes(0..opened.len()).map_err(fault)?)),
            false => Ok(Arc::new(opened)),
        }
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.folder.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.folder.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.folder.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.folder.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.folder.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.folder.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.writable {
            true => self.folder.acquire_lock(lock),
            false => Ok(DirectoryLock::from(Box::new(()))),
        }
    }

    fn watch(&self, changed: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.folder.watch(changed)
    }
}

/// A file of which pieces are read.
#[derive(Debug)]
struct Pieces {
    file: File,
    len: usize,
}

impl Pieces {
    fn open(path: &Path) -> io::Result<Pieces> {
        let file = File::open(path)?;
        let len = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        Ok(Pieces { file, len })
    }
}

impl FileHandle for Pieces {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut bytes = vec![0; range.len()];
        crate::index::read_at(&self.file, &mut bytes, range.start as u64)?;
        Ok(OwnedBytes::new(bytes))
    }
}

impl HasLen for Pieces {
    fn len(&self) -> usize {
        self.len
    }
}
