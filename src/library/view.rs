//! The library as somebody sees it: whatever is asked of it, files that they do not see are not there.

use std::sync::Arc;

use super::{Changes, IndexError, Library, Refused, Sight};
use crate::answer::{Answer, Excerpt, Limits, Quote, Quoted};
use crate::index::{Catalogue, Paper};

use crate::question::{Asked, Usual};

/// The library of somebody's sight. It follows reloads: each call sees the files that serve when it is made.
#[derive(Clone, Debug)]
pub struct View {
    pub(super) library: Arc<Library>,
    pub(super) sight: Sight,
}

impl View {
    /// Of whoever has this sight.
    pub fn new(library: &Arc<Library>, sight: Sight) -> View {
        View {
            library: Arc::clone(library),
            sight,
        }
    }

    /// What is seen.
    pub fn sight(&self) -> &Sight {
        &self.sight
    }

    /// As [`Library::ask`].
    ///
    /// # Errors
    ///
    /// As [`Library::ask`].
    pub fn ask(&self, asked: &Asked, limits: Limits) -> Result<Answer, IndexError> {
        self.library.ask_seen(&self.sight, asked, limits)
    }

    /// As [`Library::with_catalogue`].
    pub fn with_catalogue<T>(&self, look: impl FnOnce(&Catalogue) -> T) -> T {
        match self.library.state(&self.sight) {
            Ok(state) => look(state.snapshot.catalogue()),
            Err(error) => {
                // Nothing is shown sooner than too much.
                tracing::error!(%error, "what somebody sees of the index cannot be read");
                look(&Catalogue::default())
            }
        }
    }

    /// As [`Library::refused`].
    pub fn refused(&self) -> Vec<Refused> {
        let all = self.library.refused();
        all.into_iter()
            .filter(|refused| self.sight.sees(&refused.file))
            .collect()
    }

    /// As [`Library::names_party`].
    pub fn names_party(&self, words: &str) -> bool {
        let state = self.library.state(&self.sight);
        state.is_ok_and(|state| super::names_party(words, &state))
    }

    /// As [`Library::usual_named`].
    pub fn usual_named(&self, words: &str) -> Option<Usual> {
        let state = self.library.state(&self.sight).ok()?;
        super::usual_named(words, &state.snapshot, &state.names)
    }

    /// As [`Library::place`].
    pub fn place(&self, quoted: Quoted<'_>, longest: usize) -> Option<Excerpt> {
        self.seen(quoted.file)?.place(quoted, longest)
    }

    /// As [`Library::paper`].
    ///
    /// # Errors
    ///
    /// As [`Library::paper`].
    pub fn paper(&self, file: &str) -> Result<Option<Paper>, IndexError> {
        self.seen(file).map_or(Ok(None), |library| library.paper(file))
    }

    /// As [`Library::paragraph`].
    pub fn paragraph(&self, quote: &Quote) -> Option<usize> {
        self.seen(&quote.file)?.paragraph(quote)
    }

    /// What of a reload's outcome is seen.
    pub fn seen_of(&self, changes: &Changes) -> Changes {
        if self.sight.is_everything() {
            return changes.clone();
        }
        let files = |files: &[String]| files.iter().filter(|file| self.sight.sees(file)).cloned().collect();
        let refused = |refused: &&Refused| self.sight.sees(&refused.file);
        let (count, passages) = self.with_catalogue(|catalogue| (catalogue.len(), catalogue.passages()));
        Changes {
            added: files(&changes.added),
            changed: files(&changes.changed),
            removed: files(&changes.removed),
            refused: changes.refused.iter().filter(refused).cloned().collect(),
            files: count,
            passages,
            ..*changes
        }
    }

    /// The library, for what is asked of one file that is seen.
    fn seen(&self, file: &str) -> Option<&Library> {
        self.sight.sees(file).then_some(&*self.library)
    }
}
