//! The seam: what asks an index and what writes it. Behind it stands what holds the documents; in front of it nobody knows
//! what that is.
//!
//! An [`Engine`] gives out [`State`]s, which never change and are asked, and [`Writer`]s, by which it comes to the next one. What
//! an index is worth asking for stands in front of the seam: what a passage is, what is written of it ([`Entry`]), which files
//! are to be read again, and the catalogue.

use std::any::Any;
use std::fmt::Debug;
use std::path::Path;
use std::sync::Arc;

use super::IndexError;
use super::catalogue::Catalogue;
use super::paper::Outline;
use super::passage::Passage;
use super::record::Record;
use super::search::{Hit, Query, Unit};

/// What holds the documents of one index.
pub trait Engine: Debug + Send + Sync {
    /// What was written last.
    ///
    /// # Errors
    ///
    /// Where it cannot be read.
    fn state(&self) -> Result<Arc<dyn State>, IndexError>;

    /// Waits until nobody else writes; others do as long as what is given lives.
    ///
    /// # Errors
    ///
    /// Where nobody can write.
    fn lock(&self) -> Result<Box<dyn Any + Send>, IndexError>;

    /// Begins to write some changed files, under [`Engine::lock`].
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    fn writer(&self, files: usize) -> Result<Box<dyn Writer + '_>, IndexError>;

    /// Whether all that is held is what was written.
    ///
    /// # Errors
    ///
    /// Where it is not, with what is wrong.
    fn check(&self) -> Result<(), IndexError>;

    /// The folder on this machine in which may be kept what a state tells anyhow.
    fn folder(&self) -> &Path;
}

/// One consistent state of an index.
pub trait State: Send + Sync {
    /// A name that no other state of the same engine has.
    fn name(&self) -> String;

    /// The best `limit` passages, in the order of [`Hit::order`].
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    fn search(&self, query: &Query, limit: usize) -> Result<Vec<Hit>, IndexError>;

    /// In how many passages a term stands.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    fn frequency(&self, unit: Unit, term: &str) -> Result<u64, IndexError>;

    /// Is told of terms that [`State::frequency`] is going to be asked of: an engine elsewhere finds out about all in one trip.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    fn foresee(&self, _terms: &[(Unit, &str)]) -> Result<(), IndexError> {
        Ok(())
    }

    /// The text of a file; `None` where it is not known, or is not what was written.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    fn text(&self, file: &str) -> Result<Option<String>, IndexError>;

    /// What a whole file is shown by beside its text; `None` where the file is not known.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    fn outline(&self, file: &str) -> Result<Option<Outline>, IndexError>;

    /// All passages of a file, in any order.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    fn passages(&self, file: &str) -> Result<Vec<Passage>, IndexError>;

    /// Gives the record of every file to `take`, in any order.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    fn records(&self, take: &mut dyn FnMut(Record)) -> Result<(), IndexError>;

    /// The state, of which `all` is the catalogue, as if the files that are not `seen` had never been written.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    fn seen(&self, all: &Catalogue, seen: &Catalogue) -> Result<Arc<dyn State>, IndexError>;

    /// How many times so far a part of the index could not be asked. An engine in this process has no parts.
    fn missed(&self) -> u64 {
        0
    }

    /// That the engine still holds all of the state, whatever was written since.
    ///
    /// # Errors
    ///
    /// [`IndexError::Outdated`] where it does not; others where it cannot be asked.
    fn stands(&self) -> Result<(), IndexError> {
        Ok(())
    }
}

/// By which an engine comes to its next state: by all that was written through it, or, where it is not committed, by nothing.
pub trait Writer: Sync {
    /// Drops a file.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    fn remove(&self, file: &str) -> Result<(), IndexError>;

    /// Adds a file, which is not held or was dropped before.
    ///
    /// # Errors
    ///
    /// Where it cannot be written.
    fn add(&self, entry: &Entry<'_>) -> Result<(), IndexError>;

    /// Makes what was written the next state.
    ///
    /// # Errors
    ///
    /// Where it cannot be written: the state before goes on.
    fn commit(self: Box<Self>) -> Result<(), IndexError>;
}

/// All that is written of one file.
#[derive(Debug)]
pub struct Entry<'f> {
    /// What the catalogue keeps of it.
    pub record: &'f Record,
    /// Its text.
    pub text: &'f str,
    /// What it is shown by beside its text.
    pub outline: &'f Outline,
    /// What is ranked and shown of it.
    pub passages: &'f [Passage],
}
