//! The index on disk: opened, brought up to date file by file, and made anew where it cannot be used.

use std::collections::HashSet;
use std::fs::{self};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use tantivy::indexer::NoMergePolicy;
use tantivy::{DocAddress, DocSet, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term};

use super::analyzer::{Token, pairs, words};
use super::cache;
use super::catalogue::{Catalogue, CatalogueBuilder, Record, participants};
use super::folder::{create, folder_of, lock, remove, remove_older};
use super::passage::{Passage, passages};
use super::schema::Fields;
use super::search::Snapshot;
use super::stamp::Stamp;
use super::walk::{Found, Refused, walk};
use super::{Changes, IndexError};
use crate::meeting::Meeting;
use crate::reading::{ReadError, read_file, understand};

/// Memory for new documents before they are written out, in bytes.
const WRITER_MEMORY: usize = 64 * 1024 * 1024;

/// Changes of fewer files are written without merging the index's pieces, unless these are as many.
const FEW_FILES: usize = 50;
const MOST_SEGMENTS: usize = 12;
/// Of so many new files the records are kept in memory until the catalogue has them.
const FEW_RECORDS: usize = 1000;

/// The index of one knowledge folder.
pub struct Store {
    knowledge: PathBuf,
    data: PathBuf,
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
}

/// Is told how many of the changed files have been read, and how many there are.
pub type Progress<'p> = dyn Fn(usize, usize) + Sync + 'p;

/// What is new in the knowledge folder.
struct Work {
    read: Vec<Found>,
    gone: Vec<String>,
    refused: Vec<Refused>,
}

impl Store {
    /// Opens the index of `knowledge` below `data`, and brings it up to date.
    ///
    /// The index has a folder of its own for each knowledge folder and each version of the code that decides what
    /// stands in it. One that cannot be opened is removed and made anew.
    pub fn open(knowledge: &Path, data: &Path) -> Result<(Store, Snapshot, Changes), IndexError> {
        let store = Store::open_or_create(knowledge, data)?;
        match store.update(&|_, _| {}) {
            Err(error @ (IndexError::Tantivy(_) | IndexError::Read(_))) => {
                tracing::warn!(%error, folder = %store.folder().display(), "the index is damaged: it is built anew");
                let folder = store.folder();
                drop(store);
                remove(&folder)?;
                let store = Store::open_or_create(knowledge, data)?;
                let (snapshot, mut changes) = store.update(&|_, _| {})?;
                changes.rebuilt = true;
                Ok((store, snapshot, changes))
            }
            other => other.map(|(snapshot, changes)| (store, snapshot, changes)),
        }
    }

    fn open_or_create(knowledge: &Path, data: &Path) -> Result<Store, IndexError> {
        fs::create_dir_all(data).map_err(|source| IndexError::data(data, source))?;
        let folder = folder_of(knowledge, data);
        let lock = lock(data)?;
        let (schema, fields) = Fields::new();
        let opened = if folder.exists() {
            tantivy::Index::open_in_dir(&folder)
        } else {
            remove_older(&folder);
            create(&folder, &schema)
        };
        let index = match opened {
            Ok(index) if index.schema() == schema => index,
            other => {
                let error = other.err().map(|error| error.to_string());
                tracing::warn!(error, folder = %folder.display(), "the index cannot be used: it is built anew");
                remove(&folder)?;
                create(&folder, &schema)?
            }
        };
        drop(lock);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Store {
            knowledge: knowledge.to_owned(),
            data: data.to_owned(),
            index,
            reader,
            fields,
        })
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
        if work.read.is_empty() && work.gone.is_empty() {
            let changes = Changes {
                files: catalogue.len(),
                passages: catalogue.passages(),
                refused: work.refused,
                ..Changes::default()
            };
            return Ok((self.snapshot(searcher, catalogue), changes));
        }
        let lock = lock(&self.data)?;
        // Another process may have done the work while this one waited.
        let (_, catalogue) = self.load()?;
        let work = self.work(&catalogue)?;
        let few = work.read.len() <= FEW_RECORDS;
        let (mut changes, records) = self.write(work, &catalogue, progress)?;
        let (searcher, catalogue) = if few {
            self.reader.reload()?;
            let searcher = self.reader.searcher();
            let gone = changes.removed.iter().chain(&changes.changed).map(String::as_str);
            let catalogue = catalogue.changed(gone, records);
            cache::write(&self.folder(), &searcher, &catalogue);
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

    fn snapshot(&self, searcher: Searcher, catalogue: Catalogue) -> Snapshot {
        Snapshot::new(searcher, self.fields.clone(), catalogue, self.knowledge.clone())
    }

    /// What the index holds now.
    fn load(&self) -> Result<(Searcher, Catalogue), IndexError> {
        self.reader.reload()?;
        let searcher = self.reader.searcher();
        if let Some(catalogue) = cache::read(&self.folder(), &searcher) {
            return Ok((searcher, catalogue));
        }
        let mut catalogue = CatalogueBuilder::default();
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
                        let record: Record = self.fields.stored(&document).ok_or_else(damaged)?;
                        catalogue.add(record);
                    }
                    doc = postings.advance();
                }
            }
        }
        let catalogue = catalogue.finish();
        cache::write(&self.folder(), &searcher, &catalogue);
        Ok((searcher, catalogue))
    }

    /// What is to be done for the index to hold what the folder holds.
    fn work(&self, catalogue: &Catalogue) -> Result<Work, IndexError> {
        let (found, refused) = walk(&self.knowledge).map_err(|source| IndexError::Knowledge {
            path: self.knowledge.clone(),
            source,
        })?;
        let there: HashSet<&str> = found.iter().map(|found| found.file.as_str()).collect();
        let gone = catalogue
            .files()
            .map(|entry| entry.file)
            .filter(|file| !there.contains(file))
            .map(str::to_owned)
            .collect();
        let read = found
            .into_iter()
            .filter(|found| {
                catalogue
                    .file(&found.file)
                    .is_none_or(|entry| !entry.stamp().proves(&found.meta))
            })
            .collect::<Vec<_>>();
        let mut work = Work {
            read: Vec::new(),
            gone,
            refused,
        };
        for found in read {
            // A file whose stamp proves nothing may still be what it was: only reading it tells.
            let known = catalogue.file(&found.file);
            match (known, read_file(&found.path)) {
                (Some(entry), Ok(text)) if entry.stamp().is_of(&text) => {}
                (None, Err(reason)) => work.refused.push(Refused {
                    file: found.file,
                    reason,
                }),
                _ => work.read.push(found),
            }
        }
        work.refused.sort_by(|a, b| a.file.cmp(&b.file));
        Ok(work)
    }

    /// Writes what is new, and tells what changed, with the records of the files that were read.
    fn write(
        &self,
        work: Work,
        catalogue: &Catalogue,
        progress: &Progress<'_>,
    ) -> Result<(Changes, Vec<Record>), IndexError> {
        let mut changes = Changes {
            refused: work.refused,
            ..Changes::default()
        };
        let mut writer: IndexWriter = self.index.writer_with_num_threads(1, WRITER_MEMORY)?;
        let segments = self.reader.searcher().segment_readers().len();
        if work.read.len() + work.gone.len() < FEW_FILES && segments < MOST_SEGMENTS {
            // A small change is written at once; merging waits for a larger one, or until the pieces are many.
            writer.set_merge_policy(Box::new(NoMergePolicy));
        }
        for file in work.gone {
            self.delete(&writer, &file);
            changes.removed.push(file);
        }
        for found in work.read.iter().filter(|found| catalogue.file(&found.file).is_some()) {
            self.delete(&writer, &found.file);
        }
        let mut records = Vec::new();
        for (found, added) in self.add_all(&writer, work.read, progress) {
            let known = catalogue.file(&found.file).is_some();
            match added {
                Ok(record) => {
                    records.extend(record);
                    let list = if known {
                        &mut changes.changed
                    } else {
                        &mut changes.added
                    };
                    list.push(found.file);
                }
                Err(AddError::Read(reason)) => {
                    if known {
                        changes.removed.push(found.file.clone());
                    }
                    changes.refused.push(Refused {
                        file: found.file,
                        reason,
                    });
                }
                Err(AddError::Index(error)) => return Err(error),
            }
        }
        changes.refused.sort_by(|a, b| a.file.cmp(&b.file));
        writer.commit()?;
        writer.wait_merging_threads()?;
        Ok((changes, records))
    }

    /// Reads and adds files on as many threads as the machine has, and gives them back in their order. Of very many
    /// files the records are not kept: they are read from the index again.
    fn add_all(
        &self,
        writer: &IndexWriter,
        files: Vec<Found>,
        progress: &Progress<'_>,
    ) -> Vec<(Found, Result<Option<Record>, AddError>)> {
        let keep = files.len() <= FEW_RECORDS;
        let next = AtomicUsize::new(0);
        let done = Mutex::new(Vec::with_capacity(files.len()));
        let threads = std::thread::available_parallelism()
            .map_or(1, usize::from)
            .min(files.len());
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    while let Some((index, found)) = {
                        let index = next.fetch_add(1, Ordering::Relaxed);
                        files.get(index).map(|found| (index, found))
                    } {
                        let added = self.add(writer, found).map(|record| keep.then_some(record));
                        let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                        done.push((index, added));
                        progress(done.len(), files.len());
                    }
                });
            }
        });
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_by_key(|(index, _)| *index);
        files
            .into_iter()
            .zip(done.into_iter().map(|(_, added)| added))
            .collect()
    }

    fn delete(&self, writer: &IndexWriter, file: &str) {
        for field in [self.fields.file, self.fields.record] {
            writer.delete_term(Term::from_field_text(field, file));
        }
    }

    fn add(&self, writer: &IndexWriter, found: &Found) -> Result<Record, AddError> {
        let now = SystemTime::now();
        let text = read_file(&found.path)?;
        let report = understand(&text, &found.file);
        let passages = passages(&text, &report);
        let record = Record {
            file: found.file.clone(),
            stamp: Stamp::new(&found.meta, &text, now),
            meeting: report.meeting.clone(),
            passages: passages.len(),
            speakers: participants(&report),
        };
        for passage in &passages {
            writer.add_document(self.document(&found.file, &report.meeting, passage)?)?;
        }
        let mut document = TantivyDocument::default();
        document.add_text(self.fields.record, &found.file);
        self.fields.store(&mut document, &record).map_err(IndexError::from)?;
        writer.add_document(document)?;
        Ok(record)
    }

    fn document(&self, file: &str, meeting: &Meeting, passage: &Passage) -> Result<TantivyDocument, IndexError> {
        let fields = &self.fields;
        let mut document = TantivyDocument::default();
        document.add_text(fields.file, file);
        let mut around: Vec<Token> = words(&meeting.title);
        around.extend(passage.section.iter().flat_map(|section| words(section)));
        let mut seen: HashSet<&str> = HashSet::new();
        for said in &passage.remarks {
            let voice = &said.voice;
            for (field, value) in [
                (fields.kind, Some(voice.kind())),
                (fields.county, voice.county().map(|county| county.name())),
                (fields.speaker, voice.name()),
            ] {
                if let Some(value) = value.filter(|value| seen.insert(value)) {
                    document.add_text(field, value);
                    if field != fields.kind {
                        around.extend(words(value));
                    }
                }
            }
            if let Some(office) = voice.office().filter(|office| seen.insert(office)) {
                around.extend(words(office));
            }
        }
        Fields::add_tokens(fields.words, &mut document, words(&passage.text));
        Fields::add_tokens(fields.pairs, &mut document, pairs(&passage.text));
        Fields::add_tokens(fields.around, &mut document, around);
        fields.store(&mut document, &(file, passage))?;
        Ok(document)
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.folder().display())
    }
}

/// Why a file did not come in.
enum AddError {
    /// The file's fault: the rest goes on.
    Read(ReadError),
    /// The index's fault.
    Index(IndexError),
}

impl From<ReadError> for AddError {
    fn from(error: ReadError) -> AddError {
        AddError::Read(error)
    }
}

impl From<IndexError> for AddError {
    fn from(error: IndexError) -> AddError {
        AddError::Index(error)
    }
}

impl From<tantivy::TantivyError> for AddError {
    fn from(error: tantivy::TantivyError) -> AddError {
        AddError::Index(error.into())
    }
}

fn damaged() -> IndexError {
    tantivy::TantivyError::InternalError("a file's record cannot be read".to_owned()).into()
}
