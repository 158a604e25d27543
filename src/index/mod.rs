//! The index: passages of all knowledge files in Tantivy, on disk, and the catalogue of what they hold.
//!
//! [`Store`] keeps it up to date with the knowledge folder, [`Snapshot`] is one consistent state to be asked. This
//! is the only place that knows Tantivy.

mod analyzer;
mod cache;
mod catalogue;
mod changed;
mod files;
mod folder;
mod look;
mod paper;
mod passage;
mod schema;
mod search;
mod seen;
mod soundness;
mod stamp;
mod store;
mod walk;
mod writing;

pub use analyzer::{Token, folded, normalized, pairs, words};
pub use catalogue::{Catalogue, FileEntry, Participant, Record};
pub use paper::{Paper, Piece};
pub use passage::{Passage, Said, passages};
pub use search::{Filter, Hit, Query, Snapshot, Unit, WeightedTerm};
pub use soundness::guarded;
pub use stamp::Stamp;
pub use store::{Progress, Store};
pub use walk::Refused;

use std::path::{Path, PathBuf};

use thiserror::Error;

/// What an update of the index found and did.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Files that are new.
    pub added: Vec<String>,
    /// Files that were read again.
    pub changed: Vec<String>,
    /// Files that are gone, or can no longer be read.
    pub removed: Vec<String>,
    /// Files that could not be read, and why, in order of their paths.
    pub refused: Vec<Refused>,
    /// How many files serve now.
    pub files: usize,
    /// How many passages they hold.
    pub passages: usize,
    /// Whether a damaged index was made anew.
    pub rebuilt: bool,
    /// Whether there was something to write, and nothing can be written in the data folder: the state before serves on.
    pub unwritten: bool,
}

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
    /// Tantivy's own error.
    #[error("the index is damaged or cannot be used: {0}")]
    Tantivy(#[from] tantivy::TantivyError),
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
        !matches!(self, IndexError::Knowledge { .. } | IndexError::Data { .. })
    }

    /// Whether nothing can be written in the data folder, whoever tries.
    fn is_read_only(&self) -> bool {
        use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
        matches!(self, IndexError::Data { source, .. } if matches!(source.kind(), PermissionDenied | ReadOnlyFilesystem))
    }

    fn data(path: &Path, source: std::io::Error) -> IndexError {
        IndexError::Data {
            path: path.to_owned(),
            source,
        }
    }
}
