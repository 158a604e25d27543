//! The engine that needs nothing: Tantivy, in a folder on this machine. This is the only place that knows Tantivy.

mod files;
mod folder;
mod rest;
mod schema;
mod seen;
mod soundness;
mod squeezed;
mod state;
mod writer;

use std::any::Any;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::{IndexReader, ReloadPolicy};

use self::files::Files;
use self::folder::{create, folder_of, remove, remove_older};
use self::schema::Fields;
use self::soundness::Trust;
use self::state::Committed;
use self::writer::Writing;
use super::engine::{Engine, State, Writer};
use super::fault::{IndexError, damaged};
use super::folder::lock;

/// An index in a folder.
pub struct Embedded {
    data: PathBuf,
    folder: PathBuf,
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    /// The state that was looked at last, with the list of its segments.
    last: Mutex<Option<(Vec<u8>, Arc<Committed>)>>,
}

impl Embedded {
    /// Opens the index of `knowledge` below `data`; an empty one where there is none.
    ///
    /// The index has a folder of its own for each knowledge folder and each version of the code that decides what stands
    /// in it.
    ///
    /// # Errors
    ///
    /// Where it is not what was written, or nothing can be written.
    pub fn open(knowledge: &Path, data: &Path) -> Result<Embedded, IndexError> {
        let folder = folder_of(knowledge, data);
        let lock = match lock(data) {
            // Where nobody can write, nobody does.
            Err(error) if folder.exists() && error.is_read_only() => None,
            lock => Some(lock?),
        };
        let (schema, fields) = Fields::new();
        let index = if folder.exists() {
            let index = tantivy::Index::open(Files::open(&folder, lock.is_some())?)?;
            if index.schema() != schema {
                return Err(damaged("the schema"));
            }
            soundness::check(&folder, &index, &fields, Trust::Known)?;
            index
        } else {
            remove_older(&folder);
            create(&folder, &schema)?
        };
        drop(lock);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Embedded {
            data: data.to_owned(),
            folder,
            index,
            reader,
            fields,
            last: Mutex::default(),
        })
    }

    /// Removes the index of `knowledge` below `data`, so that it can be built anew.
    ///
    /// # Errors
    ///
    /// Where nothing can be written.
    pub fn remove(knowledge: &Path, data: &Path) -> Result<(), IndexError> {
        remove(&folder_of(knowledge, data), data)
    }
}

impl Engine for Embedded {
    fn state(&self) -> Result<Arc<dyn State>, IndexError> {
        let list = soundness::list(&self.folder)?;
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, state)) = &*last
            && *of == list
        {
            return Ok(Arc::clone(state) as Arc<dyn State>);
        }
        self.reader.reload()?;
        let state = Arc::new(Committed::new(self.reader.searcher(), self.fields.clone()));
        *last = Some((list, Arc::clone(&state)));
        Ok(state)
    }

    fn lock(&self) -> Result<Box<dyn Any + Send>, IndexError> {
        Ok(Box::new(lock(&self.data)?))
    }

    fn writer(&self, files: usize) -> Result<Box<dyn Writer + '_>, IndexError> {
        Ok(Box::new(Writing::begin(self, files)?))
    }

    fn check(&self) -> Result<(), IndexError> {
        let _lock = lock(&self.data)?;
        soundness::check(&self.folder, &self.index, &self.fields, Trust::Nothing)
    }

    fn folder(&self) -> &Path {
        &self.folder
    }
}

impl std::fmt::Debug for Embedded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Embedded({})", self.folder.display())
    }
}

/// The length of a document that Tantivy ranks one of this length by: it keeps longer ones rounded down.
#[cfg(feature = "sphinxql")]
pub fn rounded(length: u32) -> u32 {
    let lengths = |id| tantivy::fieldnorm::FieldNormReader::id_to_fieldnorm(id);
    let kept: Vec<u32> = (0..=u8::MAX).map(lengths).collect();
    let above = kept.partition_point(|kept| *kept <= length);
    kept[above.saturating_sub(1)]
}

impl From<tantivy::TantivyError> for IndexError {
    fn from(error: tantivy::TantivyError) -> IndexError {
        IndexError::Engine(Box::new(error))
    }
}
