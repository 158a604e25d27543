//! Searching: what the index is asked, and the hits it gives.

use std::cmp::Ordering;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use super::catalogue::Catalogue;
use super::changed::Looked;
use super::engine::State;
use super::fault::{IndexError, damaged};
use super::paper::Paper;
use super::passage::Passage;

/// One consistent state of the index, and its catalogue.
pub struct Snapshot {
    state: Arc<dyn State>,
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) knowledge: PathBuf,
    /// Files that were written again, as they were when they were looked at, and whether they hold something else.
    pub(super) looked: Mutex<Looked>,
}

/// What the index is asked. Made from a question.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// What the passage should hold; the more of it, the better.
    pub terms: Vec<WeightedTerm>,
    /// What it must be, all of it.
    pub filters: Vec<Filter>,
    /// Whether what stands in no remark is looked through, and nothing else; otherwise it is left alone.
    pub left_out: bool,
}

/// A term with its weight.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightedTerm {
    /// In which way the text is cut.
    pub unit: Unit,
    /// As the analyzer gives it.
    pub term: String,
    /// How much it counts; 1 is a plain word.
    pub weight: f32,
}

/// How the index cuts text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Words of the passage.
    Word,
    /// Pairs of characters of the passage.
    Pair,
    /// Words that the passage stands under.
    Around,
}

/// Something that a passage must have; one of the values is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Full names of counties; somebody in the passage speaks for one.
    County(Vec<String>),
    /// Names; one of them speaks in it.
    Speaker(Vec<String>),
    /// Files.
    File(Vec<String>),
    /// Kinds of voices, as the contract calls them.
    Kind(Vec<String>),
}

/// A passage with its score.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Path of its file below the knowledge folder.
    pub file: String,
    /// The passage.
    pub passage: Passage,
    /// How well it fits; comparable within one search.
    pub score: f32,
}

impl Snapshot {
    pub(super) fn new(state: Arc<dyn State>, catalogue: Arc<Catalogue>, knowledge: PathBuf) -> Snapshot {
        Snapshot {
            state,
            catalogue,
            knowledge,
            looked: Mutex::default(),
        }
    }

    /// The state as if the files that are not seen had never been read.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn seen(&self, sees: impl Fn(&str) -> bool) -> Result<Snapshot, IndexError> {
        let catalogue = self.catalogue.seen(sees);
        let state = self.state.seen(&self.catalogue, &catalogue)?;
        Ok(Snapshot::new(state, Arc::new(catalogue), self.knowledge.clone()))
    }

    /// What the index holds.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// How many times so far a part of the index could not be asked.
    pub fn missed(&self) -> u64 {
        self.state.missed()
    }

    /// That the index still holds all of this state.
    ///
    /// # Errors
    ///
    /// [`IndexError::Outdated`] where another process has written it since, and again.
    pub fn stands(&self) -> Result<(), IndexError> {
        self.state.stands()
    }

    /// The folder that the files stand in.
    pub fn knowledge(&self) -> &std::path::Path {
        &self.knowledge
    }

    /// The best `limit` passages, best first.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn search(&self, query: &Query, limit: usize) -> Result<Vec<Hit>, IndexError> {
        self.state.search(query, limit)
    }

    /// In how many passages a term stands.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn frequency(&self, unit: Unit, term: &str) -> Result<u64, IndexError> {
        self.state.frequency(unit, term)
    }

    /// Is told of terms that [`Snapshot::frequency`] is going to be asked of, so that an engine elsewhere is asked once.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn foresee(&self, terms: &[(Unit, &str)]) -> Result<(), IndexError> {
        self.state.foresee(terms)
    }

    /// The text that a file had when it was read; `None` where the file is not known, or the text is not what was read.
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn text(&self, file: &str) -> Result<Option<String>, IndexError> {
        let Some(entry) = self.catalogue.file(file) else {
            return Ok(None);
        };
        let text = self.state.text(file)?;
        Ok(text.filter(|text| entry.stamp().is_of(text)))
    }

    /// What is ranked and shown of a file, all of it, in order.
    ///
    /// # Errors
    ///
    /// Where the index, or a part of it, cannot be read.
    pub fn passages(&self, file: &str) -> Result<Vec<Passage>, IndexError> {
        let mut passages = self.state.passages(file)?;
        passages.retain(|passage| !passage.left_out);
        passages.sort_by_key(|passage| passage.start);
        Ok(passages)
    }

    /// A whole file as it was read: its text, and who says which words of it; `None` as in [`Snapshot::text`].
    ///
    /// # Errors
    ///
    /// Where the index cannot be read.
    pub fn paper(&self, file: &str) -> Result<Option<Paper>, IndexError> {
        let (Some(text), Some(entry)) = (self.text(file)?, self.catalogue.file(file)) else {
            return Ok(None);
        };
        let outline = self.state.outline(file)?.ok_or_else(|| damaged("a file's outline"))?;
        Ok(Some(Paper::new(entry, text, self.passages(file)?, outline)))
    }
}

impl Hit {
    /// Whether it is the same passage.
    pub fn is(&self, other: &Hit) -> bool {
        self.file == other.file && self.passage.start == other.passage.start
    }

    /// The order in which hits are given: the best first, those that are as good as each other as they stand in the files.
    pub fn order(&self, other: &Hit) -> Ordering {
        let place = |hit: &Hit| hit.passage.start;
        other
            .score
            .total_cmp(&self.score)
            .then_with(|| (&self.file, place(self)).cmp(&(&other.file, place(other))))
    }
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Snapshot({} files)", self.catalogue.len())
    }
}
