//! What can go wrong with an index.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::guard::Broken;

/// Why the index cannot be opened, updated or asked.
#[derive(Debug, Error)]
pub enum IndexError {
    /// The knowledge folder cannot be listed.
    #[error("the knowledge folder {} cannot be read: {source}", path.display())]
    Knowledge {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The data folder cannot be written.
    #[error("the data folder cannot be written: {}: {source}", path.display())]
    Data {
        /// The folder, or the file in it.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The engine's own error.
    #[error("the index is damaged or cannot be used: {0}")]
    Engine(Box<dyn std::error::Error + Send + Sync>),
    /// Servers that hold the index do not answer, or not as they are asked.
    #[error("the search engine cannot be asked: {0}")]
    Remote(String),
    /// A server that holds a part of the index does not answer, where no part may be missing.
    #[error("a part of the index cannot be searched now")]
    InPart,
    /// The state that is asked is held no more: others have written the index since, and again.
    #[error("the index was written anew meanwhile")]
    Outdated,
    /// A file of the index cannot be read.
    #[error("the index cannot be read: {0}")]
    Read(#[from] std::io::Error),
    /// A passage cannot be stored.
    #[error("the index cannot hold a passage: {0}")]
    Stored(#[from] serde_json::Error),
    /// A defect of ours, or of the engine's on what is damaged.
    #[error("a defect, please report it: {0}")]
    Defect(String),
}

impl IndexError {
    /// Whether the index itself may be damaged, so that building it anew may help.
    pub fn may_be_damage(&self) -> bool {
        !matches!(
            self,
            IndexError::Knowledge { .. }
                | IndexError::Data { .. }
                | IndexError::Remote(_)
                | IndexError::InPart
                | IndexError::Outdated
        )
    }

    /// Whether nothing can be written in the data folder, whoever tries.
    pub(super) fn is_read_only(&self) -> bool {
        use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
        matches!(self, IndexError::Data { source, .. } if matches!(source.kind(), PermissionDenied | ReadOnlyFilesystem))
    }

    pub(super) fn data(path: &Path, source: std::io::Error) -> IndexError {
        IndexError::Data {
            path: path.to_owned(),
            source,
        }
    }
}

/// What is not as it was written.
pub(super) fn damaged(what: &str) -> IndexError {
    IndexError::Engine(format!("{what} is not what was written").into())
}

/// Does `work` on the index, so that a fault of ours or of the engine's in it ends that work alone: what is damaged may
/// break off in any way. What is written counts once it is committed.
///
/// # Errors
///
/// Those of `work`; [`IndexError::Defect`] where it panics.
pub fn guarded<T>(work: impl FnOnce() -> Result<T, IndexError>) -> Result<T, IndexError> {
    crate::guard::guarded(work).unwrap_or_else(|Broken(what)| Err(IndexError::Defect(what)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_breaks_off_ends_its_work_alone() {
        let broken: Result<(), IndexError> = guarded(|| panic!("a page of {} bytes", 3));
        assert!(
            matches!(&broken, Err(IndexError::Defect(what)) if what == "a page of 3 bytes"),
            "{broken:?}"
        );
        assert!(broken.unwrap_err().may_be_damage());
        assert_eq!(guarded(|| Ok(7)).unwrap(), 7);
    }
}
