//! The index: passages of all knowledge files in a search engine, and the catalogue of what they hold.
//!
//! [`Store`] keeps it up to date with the knowledge folder, [`Snapshot`] is one consistent state to be asked. Both see the
//! engine through one seam; behind it stands Tantivy, embedded, or servers that speak SphinxQL.

mod address;
mod analyzer;
mod at;
mod cache;
mod catalogue;
mod changed;
mod embedded;
mod engine;
mod fault;
mod folder;
mod listing;
mod look;
mod packed;
mod paper;
mod passage;
mod record;
mod search;
#[cfg(feature = "sphinxql")]
mod sphinxql;
mod stamp;
mod store;
mod terms;
mod walk;
mod writing;

pub use address::{Address, Home, Place, Server};
pub use analyzer::{Token, folded, normalized, pairs, words};
pub(crate) use at::read_at;
pub use catalogue::{Catalogue, FileEntry};
pub use fault::{IndexError, guarded};
pub use paper::{Paper, Piece};
pub use passage::{Passage, Said, passages};
pub use record::{Participant, Record};
pub use search::{Filter, Hit, Query, Snapshot, Unit, WeightedTerm};
pub use stamp::Stamp;
pub use store::{Progress, Store};
pub use walk::Refused;

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
