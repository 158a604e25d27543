//! The index: opened, brought up to date file by file, and made anew where it cannot be used.

use std::any::Any;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use super::address::{Home, Place};
use super::cache;
use super::catalogue::Catalogue;
use super::embedded::Embedded;
use super::engine::{Engine, State};
use super::fault::guarded;
use super::search::Snapshot;
use super::walk::{Found, Refused, walk};
use super::{Changes, IndexError};
use crate::reading::{Document, FolderHead, ReadError, read_file};

/// Of so many new files the records are kept in memory until the catalogue has them.
pub(super) const FEW_RECORDS: usize = 1000;

/// The index of one knowledge folder.
pub struct Store {
    knowledge: PathBuf,
    pub(super) engine: Box<dyn Engine>,
    known: Mutex<Option<Known>>,
}

/// The catalogue of the state of the index that was seen last.
#[derive(Clone)]
struct Known {
    /// The file that it has on disk, named by the state.
    cached: PathBuf,
    /// Whether that file is still to be written: small changes don't wait for it.
    unwritten: bool,
    catalogue: Arc<Catalogue>,
}

/// Is told how many of the changed files have been read, and how many there are.
pub type Progress<'p> = dyn Fn(usize, usize) + Sync + 'p;

/// A file that is to be read, or was: what it was when the folder was looked through, and when.
pub(super) struct ToRead {
    pub(super) found: Found,
    pub(super) read: Option<(SystemTime, Document)>,
}

impl ToRead {
    /// The file's text and when it was read; read now where it was not.
    pub(super) fn document(&mut self) -> Result<(SystemTime, Document), ReadError> {
        if let Some(read) = self.read.take() {
            return Ok(read);
        }
        let now = SystemTime::now();
        Ok((now, read_file(&self.found.path)?))
    }
}

/// What may be new in the knowledge folder.
pub(super) struct Work {
    /// Files that may have changed, in order of their paths. Only reading them tells: that is done as they are written,
    /// so that none is decoded twice and few texts are in memory at once.
    pub(super) read: Vec<ToRead>,
    pub(super) gone: Vec<String>,
    pub(super) refused: Vec<Refused>,
}

impl Store {
    /// Opens the index of `knowledge` below `data`, and brings it up to date.
    ///
    /// One that is not what was written is left behind and made anew.
    pub fn open(knowledge: &Path, data: &Path) -> Result<(Store, Snapshot, Changes), IndexError> {
        Store::open_with(&Home::new(knowledge, data), &|_, _| {})
    }

    /// As [`Store::open`], whatever holds the index; `progress` is told how many of the changed files have been read, and how
    /// many there are.
    pub fn open_with(home: &Home, progress: &Progress<'_>) -> Result<(Store, Snapshot, Changes), IndexError> {
        match guarded(|| Store::open_as_it_is(home, false, progress)) {
            Err(error) if error.may_be_damage() => {
                tracing::warn!(%error, data = %home.data.display(), "the index is damaged: it is built anew");
                let (store, snapshot, mut changes) = Store::open_as_it_is(home, true, progress)?;
                changes.rebuilt = true;
                Ok((store, snapshot, changes))
            }
            other => other,
        }
    }

    fn open_as_it_is(
        home: &Home,
        anew: bool,
        progress: &Progress<'_>,
    ) -> Result<(Store, Snapshot, Changes), IndexError> {
        let Home { knowledge, data, .. } = home;
        // Where there is no knowledge, nothing is made.
        fs::read_dir(knowledge).map_err(|source| IndexError::Knowledge {
            path: knowledge.clone(),
            source,
        })?;
        fs::create_dir_all(data).map_err(|source| IndexError::data(data, source))?;
        let store = Store {
            knowledge: knowledge.clone(),
            engine: engine(home, anew)?,
            known: Mutex::default(),
        };
        let (snapshot, changes) = match store.update(progress) {
            // What cannot be written now may still be asked.
            Err(IndexError::Remote(why)) => {
                tracing::warn!(why, "the index cannot be brought up to date: it serves as it is");
                store.as_it_is()?
            }
            updated => updated?,
        };
        Ok((store, snapshot, changes))
    }

    /// What the index holds, whatever the folder holds.
    fn as_it_is(&self) -> Result<(Snapshot, Changes), IndexError> {
        let (state, catalogue) = self.load()?;
        let changes = Changes {
            files: catalogue.len(),
            passages: catalogue.passages(),
            unwritten: true,
            ..Changes::default()
        };
        Ok((self.snapshot(state, catalogue), changes))
    }

    /// Whether the index is what was written.
    pub fn is_sound(&self) -> bool {
        guarded(|| self.engine.check()).is_ok()
    }

    /// Brings the index up to date with the knowledge folder: changed files alone are read.
    ///
    /// Where nothing changed, nothing is written and no lock is taken. Otherwise other processes that want to
    /// write wait; those that read go on with what they have. `progress` is told how many of the changed files have
    /// been read, and how many there are.
    pub fn update(&self, progress: &Progress<'_>) -> Result<(Snapshot, Changes), IndexError> {
        let (state, catalogue) = self.load()?;
        let work = self.work(&catalogue)?;
        let nothing = work.read.is_empty() && work.gone.is_empty();
        let lock = match nothing {
            true => None,
            false => self.lock_to_write()?,
        };
        let Some(lock) = lock else {
            let changes = Changes {
                files: catalogue.len(),
                passages: catalogue.passages(),
                refused: work.refused,
                unwritten: !nothing,
                ..Changes::default()
            };
            return Ok((self.snapshot(state, catalogue), changes));
        };
        // Another process may have done the work while this one waited.
        let (catalogue, work) = if self.engine.state()?.name() == state.name() {
            (catalogue, work)
        } else {
            let (_, catalogue) = self.load()?;
            let work = self.work(&catalogue)?;
            (catalogue, work)
        };
        let few = work.read.len() <= FEW_RECORDS;
        let (mut changes, records) = self.write(work, &catalogue, progress)?;
        let (state, catalogue) = if few {
            let state = self.engine.state()?;
            let gone = changes.removed.iter().chain(&changes.changed).map(String::as_str);
            let catalogue = Arc::new(catalogue.changed(gone, records));
            self.remember(Known {
                cached: self.cached(state.as_ref()),
                unwritten: true,
                catalogue: Arc::clone(&catalogue),
            });
            (state, catalogue)
        } else {
            self.load()?
        };
        // The catalogue belongs to what was written here: only now may others write.
        drop(lock);
        changes.files = catalogue.len();
        changes.passages = catalogue.passages();
        Ok((self.snapshot(state, catalogue), changes))
    }

    /// The lock that is held while the index is written; `None` where nobody can write.
    fn lock_to_write(&self) -> Result<Option<Box<dyn Any + Send>>, IndexError> {
        match self.engine.lock() {
            Err(error) if error.is_read_only() => {
                tracing::warn!(%error, "the index cannot be brought up to date: it serves as it is");
                Ok(None)
            }
            lock => lock.map(Some),
        }
    }

    fn remember(&self, known: Known) {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(known);
    }

    fn snapshot(&self, state: Arc<dyn State>, catalogue: Arc<Catalogue>) -> Snapshot {
        Snapshot::new(state, catalogue, self.knowledge.clone())
    }

    /// Where the catalogue of a state is kept.
    fn cached(&self, state: &dyn State) -> PathBuf {
        cache::path(self.engine.folder(), &state.name())
    }

    /// What the index holds now.
    fn load(&self) -> Result<(Arc<dyn State>, Arc<Catalogue>), IndexError> {
        let state = self.engine.state()?;
        let cached = self.cached(state.as_ref());
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = known.filter(|known| known.cached == cached) {
            return Ok((state, known.catalogue));
        }
        let read = cache::read(&cached);
        let catalogue = match read {
            Some(catalogue) => Arc::new(catalogue),
            None => {
                let catalogue = Arc::new(Catalogue::of(state.as_ref())?);
                cache::write(&cached, &catalogue);
                catalogue
            }
        };
        self.remember(Known {
            cached,
            unwritten: false,
            catalogue: Arc::clone(&catalogue),
        });
        Ok((state, catalogue))
    }

    /// What is to be done for the index to hold what the folder holds.
    fn work(&self, catalogue: &Catalogue) -> Result<Work, IndexError> {
        let mut roll = catalogue.roll();
        let mut is_known = |file: &str, meta: &Metadata, folder: &FolderHead| {
            let stamp = roll.call(file).map(|entry| entry.stamp());
            stamp.is_some_and(|stamp| stamp.proves(meta) && stamp.is_below(folder))
        };
        let walked = walk(&self.knowledge, &mut is_known).map_err(|source| IndexError::Knowledge {
            path: self.knowledge.clone(),
            source,
        })?;
        let gone = roll
            .absent()
            .filter(|file| walked.has_seen(file))
            .map(str::to_owned)
            .collect();
        let (read, refused) = (walked.found, walked.refused);
        let mut work = Work {
            read: Vec::new(),
            gone,
            refused,
        };
        for found in read {
            let mut to_read = ToRead { found, read: None };
            if !work.read.is_empty() || !work.gone.is_empty() {
                work.read.push(to_read);
                continue;
            }
            // Up to the first that has to be written it must be told that nothing has.
            let known = catalogue.file(&to_read.found.file);
            match (known, to_read.document()) {
                (Some(entry), Ok((_, document))) if entry.stamp().is_same(&document.text, &to_read.found.folder) => {}
                (None, Err(reason)) if reason.is_missing() => {}
                // Where the disk does not answer, what was read of it before serves on.
                (Some(_), Err(reason @ ReadError::Stuck)) | (None, Err(reason)) => work.refused.push(Refused {
                    file: to_read.found.file,
                    reason: Arc::new(reason),
                }),
                (_, read) => {
                    to_read.read = read.ok();
                    work.read.push(to_read);
                }
            }
        }
        work.refused.sort_by(|a, b| a.file.cmp(&b.file));
        Ok(work)
    }
}

/// What holds the index; `anew` where what it holds is to be left behind.
fn engine(home: &Home, anew: bool) -> Result<Box<dyn Engine>, IndexError> {
    let Home { knowledge, data, .. } = home;
    match &home.engine {
        Place::Embedded => {
            if anew {
                Embedded::remove(knowledge, data)?;
            }
            Ok(Box::new(Embedded::open(knowledge, data)?))
        }
        #[cfg(feature = "sphinxql")]
        Place::Sphinxql(address) => Ok(Box::new(super::sphinxql::Sphinx::open(address, data, anew)?)),
        #[cfg(not(feature = "sphinxql"))]
        Place::Sphinxql(_) => Err(IndexError::Remote("huiwen was built without SphinxQL".to_owned())),
    }
}

impl Drop for Store {
    /// What small changes left unwritten is written for the next start, unless another process has moved on.
    fn drop(&mut self) {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(known) = known.filter(|known| known.unwritten)
            && let Ok(state) = self.engine.state()
            && self.cached(state.as_ref()) == known.cached
        {
            cache::write(&known.cached, &known.catalogue);
        }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({:?})", self.engine)
    }
}
