//! The index on disk: opened, brought up to date file by file, and made anew where it cannot be used.

use std::collections::HashSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use tantivy::{DocAddress, DocSet, IndexReader, ReloadPolicy, Searcher, TantivyDocument};

use super::cache;
use super::catalogue::{Catalogue, Record};
use super::files::Files;
use super::folder::{create, folder_of, lock, remove, remove_older};
use super::schema::Fields;
use super::search::Snapshot;
use super::soundness::{self, guarded};
use super::walk::{Found, Refused, walk};
use super::{Changes, IndexError};
use crate::reading::{Document, ReadError, read_file};

/// Of so many new files the records are kept in memory until the catalogue has them.
pub(super) const FEW_RECORDS: usize = 1000;

/// The index of one knowledge folder.
pub struct Store {
    knowledge: PathBuf,
    data: PathBuf,
    pub(super) index: tantivy::Index,
    pub(super) reader: IndexReader,
    pub(super) fields: Fields,
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
    /// The index has a folder of its own for each knowledge folder and each version of the code that decides what
    /// stands in it. One that is not what was written is removed and made anew.
    pub fn open(knowledge: &Path, data: &Path) -> Result<(Store, Snapshot, Changes), IndexError> {
        Store::open_with(knowledge, data, &|_, _| {})
    }

    /// As [`Store::open`]; `progress` is told how many of the changed files have been read, and how many there are.
    pub fn open_with(
        knowledge: &Path,
        data: &Path,
        progress: &Progress<'_>,
    ) -> Result<(Store, Snapshot, Changes), IndexError> {
        match guarded(|| Store::open_as_it_is(knowledge, data, progress)) {
            Err(error) if error.may_be_damage() => {
                let folder = folder_of(knowledge, data);
                tracing::warn!(%error, folder = %folder.display(), "the index is damaged: it is built anew");
                remove(&folder, data)?;
                let (store, snapshot, mut changes) = Store::open_as_it_is(knowledge, data, progress)?;
                changes.rebuilt = true;
                Ok((store, snapshot, changes))
            }
            other => other,
        }
    }

    fn open_as_it_is(
        knowledge: &Path,
        data: &Path,
        progress: &Progress<'_>,
    ) -> Result<(Store, Snapshot, Changes), IndexError> {
        let store = Store::open_or_create(knowledge, data)?;
        let (snapshot, changes) = store.update(progress)?;
        Ok((store, snapshot, changes))
    }

    fn open_or_create(knowledge: &Path, data: &Path) -> Result<Store, IndexError> {
        // Where there is no knowledge, nothing is made.
        fs::read_dir(knowledge).map_err(|source| IndexError::Knowledge {
            path: knowledge.to_owned(),
            source,
        })?;
        fs::create_dir_all(data).map_err(|source| IndexError::data(data, source))?;
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
                return Err(soundness::damaged("the schema"));
            }
            soundness::check(&folder, &index, &fields)?;
            index
        } else {
            remove_older(&folder);
            create(&folder, &schema)?
        };
        drop(lock);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Store {
            knowledge: knowledge.to_owned(),
            data: data.to_owned(),
            index,
            reader,
            fields,
            known: Mutex::default(),
        })
    }

    /// Whether the index on disk is what was written.
    pub fn is_sound(&self) -> bool {
        guarded(|| {
            let _lock = lock(&self.data)?;
            soundness::check(&self.folder(), &self.index, &self.fields)
        })
        .is_ok()
    }

    fn folder(&self) -> PathBuf {
        folder_of(&self.knowledge, &self.data)
    }

    /// Brings the index up to date with the knowledge folder: changed files alone are read.
    ///
    /// Where nothing changed, nothing is written and no lock is taken. Otherwise other processes that want to
    /// write wait; those that read go on with what they have. `progress` is told how many of the changed files have
    /// been read, and how many there are.
    pub fn update(&self, progress: &Progress<'_>) -> Result<(Snapshot, Changes), IndexError> {
        let (searcher, catalogue) = self.load()?;
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
            return Ok((self.snapshot(searcher, catalogue), changes));
        };
        // Another process may have done the work while this one waited.
        self.reader.reload()?;
        let (catalogue, work) =
            if cache::path(&self.folder(), &self.reader.searcher()) == cache::path(&self.folder(), &searcher) {
                (catalogue, work)
            } else {
                let (_, catalogue) = self.load()?;
                let work = self.work(&catalogue)?;
                (catalogue, work)
            };
        let few = work.read.len() <= FEW_RECORDS;
        soundness::begin(&self.folder())?;
        let (mut changes, records) = self.write(work, &catalogue, progress)?;
        soundness::end(&self.folder());
        let (searcher, catalogue) = if few {
            self.reader.reload()?;
            let searcher = self.reader.searcher();
            let gone = changes.removed.iter().chain(&changes.changed).map(String::as_str);
            let catalogue = Arc::new(catalogue.changed(gone, records));
            self.remember(Known {
                cached: cache::path(&self.folder(), &searcher),
                unwritten: true,
                catalogue: Arc::clone(&catalogue),
            });
            (searcher, catalogue)
        } else {
            self.load()?
        };
        // The catalogue belongs to what was written here: only now may others write.
        drop(lock);
        changes.files = catalogue.len();
        changes.passages = catalogue.passages();
        Ok((self.snapshot(searcher, catalogue), changes))
    }

    /// The lock that is held while the index is written; `None` where nobody can write.
    fn lock_to_write(&self) -> Result<Option<File>, IndexError> {
        match lock(&self.data) {
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

    fn snapshot(&self, searcher: Searcher, catalogue: Arc<Catalogue>) -> Snapshot {
        Snapshot::new(searcher, self.fields.clone(), catalogue, self.knowledge.clone())
    }

    /// What the index holds now.
    fn load(&self) -> Result<(Searcher, Arc<Catalogue>), IndexError> {
        self.reader.reload()?;
        let searcher = self.reader.searcher();
        let cached = cache::path(&self.folder(), &searcher);
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = known.filter(|known| known.cached == cached) {
            return Ok((searcher, known.catalogue));
        }
        let read = cache::read(&cached);
        let catalogue = match read {
            Some(catalogue) => Arc::new(catalogue),
            None => {
                let catalogue = Arc::new(self.catalogue_of(&searcher)?);
                cache::write(&cached, &catalogue);
                catalogue
            }
        };
        self.remember(Known {
            cached,
            unwritten: false,
            catalogue: Arc::clone(&catalogue),
        });
        Ok((searcher, catalogue))
    }

    /// The catalogue out of the index's own records.
    pub(super) fn catalogue_of(&self, searcher: &Searcher) -> Result<Catalogue, IndexError> {
        let mut catalogue = Catalogue::default();
        for (ord, segment) in searcher.segment_readers().iter().enumerate() {
            let inverted = segment.inverted_index(self.fields.record)?;
            let mut terms = inverted.terms().stream()?;
            while terms.advance() {
                let info = terms.value().clone();
                let mut postings = inverted
                    .read_postings_from_terminfo(&info, tantivy::schema::IndexRecordOption::Basic)
                    .map_err(tantivy::TantivyError::from)?;
                let mut doc = postings.doc();
                while doc != tantivy::TERMINATED {
                    if segment.alive_bitset().is_none_or(|alive| alive.is_alive(doc)) {
                        let document: TantivyDocument = searcher.doc(DocAddress::new(ord as u32, doc))?;
                        let record = self.fields.stored(&document);
                        let record: Record = record.ok_or_else(|| soundness::damaged("a file's record"))?;
                        catalogue.add(record);
                    }
                    doc = postings.advance();
                }
            }
        }
        Ok(catalogue)
    }

    /// What is to be done for the index to hold what the folder holds.
    fn work(&self, catalogue: &Catalogue) -> Result<Work, IndexError> {
        let walked = walk(&self.knowledge).map_err(|source| IndexError::Knowledge {
            path: self.knowledge.clone(),
            source,
        })?;
        let there: HashSet<&str> = walked.found.iter().map(|found| found.file.as_str()).collect();
        let gone = catalogue
            .files()
            .map(|entry| entry.file)
            .filter(|file| !there.contains(file) && walked.has_seen(file))
            .map(str::to_owned)
            .collect();
        let (found, refused) = (walked.found, walked.refused);
        let read = found
            .into_iter()
            .filter(|found| {
                catalogue
                    .file(&found.file)
                    .is_none_or(|entry| !entry.stamp().proves(&found.meta) || !entry.stamp().is_below(&found.folder))
            })
            .collect::<Vec<_>>();
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

impl Drop for Store {
    /// What small changes left unwritten is written for the next start, unless another process has moved on.
    fn drop(&mut self) {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(known) = known.filter(|known| known.unwritten)
            && self.reader.reload().is_ok()
            && cache::path(&self.folder(), &self.reader.searcher()) == known.cached
        {
            cache::write(&known.cached, &known.catalogue);
        }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.folder().display())
    }
}
