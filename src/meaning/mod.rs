//! What texts mean, as a server of embeddings tells it: passages near to a question that share no word with it.
//!
//! - [`Embedder`]: whoever turns texts into vectors; the core knows no server
//! - `vector`: a vector in 8 bits a dimension; `file`: the vectors of passages, kept by what the passages say
//! - `table`: where the passages of each file have theirs
//!
//! All of it is beside the index: what is missing, damaged or late costs a question nothing but this.

mod file;
mod table;
mod vector;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;

use crate::digest::digest;
use crate::index::{IndexError, Passage, Progress, Snapshot};
use file::Vectors;
use table::{Digest, Table};
use vector::Vector;

/// So long a question waits for what it means.
pub const PATIENCE: Duration = Duration::from_millis(300);
/// So long a server is left alone that did not answer a question.
const LEFT_ALONE: Duration = Duration::from_secs(30);
/// So long it may take for a batch of passages.
const A_BATCH: Duration = Duration::from_secs(120);
/// Texts of a batch, and of how many the table is made new meanwhile.
const BATCH: usize = 32;
const STEP: usize = 1024;

/// What a text is to a server that tells the two apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What is asked.
    Question,
    /// What may answer.
    Passage,
}

/// Why there are no vectors.
#[derive(Clone, Debug, thiserror::Error)]
pub enum EmbedError {
    /// No answer in time.
    #[error("no answer within {0:?}")]
    Late(Duration),
    /// No answer at all, or one that says no.
    #[error("{0}")]
    Refused(String),
    /// An answer that is not what was asked for.
    #[error("not embeddings: {0}")]
    Garbled(String),
}

/// Why passages have no vectors yet.
#[derive(Debug, thiserror::Error)]
pub enum MeaningError {
    /// The server.
    #[error("the embeddings' server: {0}")]
    Embed(#[from] EmbedError),
    /// The index.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The file.
    #[error("the file of vectors: {0}")]
    File(#[from] std::io::Error),
}

/// Turns texts into vectors.
pub trait Embedder: Send + Sync + std::fmt::Debug {
    /// What tells its vectors from those of others.
    fn called(&self) -> &str;

    /// A vector for each text, all of one length.
    ///
    /// # Errors
    ///
    /// Where there are none `within` so long.
    fn embed(&self, texts: &[String], role: Role, within: Duration) -> Result<Vec<Vec<f32>>, EmbedError>;
}

/// A passage that is near to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    /// Its file.
    pub file: String,
    /// Characters of the file before it.
    pub start: usize,
}

/// What the passages of a knowledge folder mean, as far as it is known.
#[derive(Debug)]
pub struct Meaning {
    embedder: Box<dyn Embedder>,
    /// Written by one at a time.
    vectors: Mutex<Vectors>,
    /// What is looked at; put in place whole.
    table: ArcSwap<Table>,
    /// When a question was not answered last.
    failed: Mutex<Option<Instant>>,
}

impl Meaning {
    /// With the vectors that are kept below a data folder, and whoever makes the others.
    pub fn open(data: &Path, embedder: Box<dyn Embedder>) -> Meaning {
        let file = format!("{}.vectors", digest(embedder.called(), 8));
        Meaning {
            vectors: Mutex::new(Vectors::of(data.join("meaning").join(file))),
            embedder,
            table: ArcSwap::default(),
            failed: Mutex::default(),
        }
    }

    /// Takes up what is kept, and has the passages that have no vectors yet embedded; what is done stays done, however it ends.
    /// `progress` is told how many of how many are; `is_outdated`, whether to stop because there is a newer state. How many
    /// were embedded.
    ///
    /// # Errors
    ///
    /// Where the server does not answer, or the index or the vectors cannot be read or written.
    pub fn catch_up(
        &self,
        snapshot: &Snapshot,
        progress: &Progress<'_>,
        is_outdated: &dyn Fn() -> bool,
    ) -> Result<usize, MeaningError> {
        let mut vectors = self.vectors.lock().unwrap_or_else(PoisonError::into_inner);
        vectors.refresh()?;
        let before = self.table.load_full();
        let table = Arc::new(Table::following(&before, snapshot)?);
        // A state that is no longer held gives less than there is.
        snapshot.stands()?;
        self.table.store(Arc::new(table.resolved(&vectors)));
        let missing = table.missing(&vectors);
        let mut done = 0;
        // The file that was read last, with its passages.
        let mut read = (String::new(), Vec::new());
        for step in missing.chunks(STEP) {
            for batch in step.chunks(BATCH) {
                if is_outdated() {
                    return Ok(done);
                }
                done += self.embed_passages(&mut vectors, snapshot, batch, &mut read)?;
                progress(done, missing.len());
            }
            self.table.store(Arc::new(table.resolved(&vectors)));
        }
        if missing.is_empty() && vectors.holds_much_more_than(table.passages()) {
            vectors.keep_only(&table.digests())?;
            self.table.store(Arc::new(table.resolved(&vectors)));
        }
        Ok(done)
    }

    fn embed_passages(
        &self,
        vectors: &mut Vectors,
        snapshot: &Snapshot,
        batch: &[(Digest, Near)],
        read: &mut (String, Vec<Passage>),
    ) -> Result<usize, MeaningError> {
        let mut texts: Vec<(Digest, String)> = Vec::with_capacity(batch.len());
        for (digest, near) in batch {
            // Those of one file stand beside each other.
            if read.0 != near.file {
                *read = (near.file.clone(), snapshot.passages(&near.file)?);
            }
            if let Ok(at) = read.1.binary_search_by_key(&near.start, |passage| passage.start) {
                texts.push((*digest, read.1[at].text.clone()));
            }
        }
        let (digests, texts): (Vec<Digest>, Vec<String>) = texts.into_iter().unzip();
        let embedded = self.embedder.embed(&texts, Role::Passage, A_BATCH)?;
        let records: Option<Vec<(Digest, Vector)>> = digests
            .into_iter()
            .zip(&embedded)
            .map(|(digest, vector)| Some((digest, Vector::of(vector)?)))
            .collect();
        let records = records.filter(|records| records.len() == texts.len());
        let records = records.ok_or_else(|| EmbedError::Garbled("vectors without a direction".to_owned()))?;
        vectors.append(&records)?;
        Ok(batch.len())
    }

    /// What some words mean; `None` where that is not told in time.
    fn of_words(&self, words: &str) -> Option<Vector> {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        if failed.is_some_and(|at| at.elapsed() < LEFT_ALONE) {
            return None;
        }
        drop(failed);
        match self.embedder.embed(&[words.to_owned()], Role::Question, PATIENCE) {
            Ok(vectors) => vectors.first().and_then(|vector| Vector::of(vector)),
            Err(error) => {
                tracing::warn!(%error, "what a question means was not told: it is answered without");
                failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
                *failed = Some(Instant::now());
                None
            }
        }
    }

    /// The passages of a state of the index that are nearest to some words, at most `most`, the nearest first; only those of
    /// some `files`, where they are named. Nothing where it is not known.
    pub fn nearest(&self, words: &str, snapshot: &Snapshot, files: Option<&[String]>, most: usize) -> Vec<Near> {
        let table = self.table.load();
        if table.is_empty() {
            return Vec::new();
        }
        let Some(asked) = self.of_words(words) else {
            return Vec::new();
        };
        table.nearest(&asked, snapshot, files, most).unwrap_or_else(|error| {
            tracing::warn!(%error, "the vectors of passages cannot be read");
            Vec::new()
        })
    }
}

#[cfg(test)]
mod tests;
