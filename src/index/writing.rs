//! Writing: what is new in the knowledge folder goes into the index, file by file, on as many threads as there are.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use tantivy::indexer::NoMergePolicy;
use tantivy::{IndexWriter, TantivyDocument, Term};

use super::analyzer::{Token, pairs, words};
use super::catalogue::{Catalogue, Record, participants};
use super::passage::{LEFT_OUT, Passage, passages};
use super::schema::Fields;
use super::stamp::Stamp;
use super::store::{FEW_RECORDS, Progress, Store, Work};
use super::walk::{Found, Refused};
use super::{Changes, IndexError};
use crate::meeting::Meeting;
use crate::reading::{Origin, ReadError, guarded, read_file, understand_from};

/// Memory for new documents before they are written out, in bytes.
const WRITER_MEMORY: usize = 64 * 1024 * 1024;
/// Changes of fewer files are written without merging the index's pieces, unless these are as many.
const FEW_FILES: usize = 50;
const MOST_SEGMENTS: usize = 12;

impl Store {
    /// Writes what is new, and tells what changed, with the records of the files that were read.
    pub(super) fn write(
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
                    // Gone since the folder was listed: removed, and nothing to be told of.
                    let vanished = reason.is_missing();
                    if known {
                        changes.removed.push(found.file.clone());
                    }
                    if !vanished {
                        changes.refused.push(Refused {
                            file: found.file,
                            reason: Arc::new(reason),
                        });
                    }
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
        let document = read_file(&found.path)?;
        let text = &document.text;
        let (report, passages) = guarded(&found.path, || {
            let origin = Origin {
                file: &found.file,
                folder: Some(&found.folder),
            };
            let report = understand_from(&document, &origin);
            let passages = passages(text, &report);
            (report, passages)
        })?;
        let record = Record {
            file: found.file.clone(),
            stamp: Stamp::new(&found.meta, text, now, &found.folder),
            meeting: report.meeting.clone(),
            passages: passages.iter().filter(|passage| !passage.left_out).count(),
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
            let kind = if passage.left_out { LEFT_OUT } else { voice.kind() };
            for (field, value) in [
                (fields.kind, Some(kind)),
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
        Fields::add_tokens(fields.words, &mut document, &words(&passage.text));
        Fields::add_tokens(fields.pairs, &mut document, &pairs(&passage.text));
        Fields::add_tokens(fields.around, &mut document, &around);
        fields.store(&mut document, &(file, passage))?;
        Ok(document)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_vanishes_while_the_folder_is_read_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let (knowledge, data) = (folder.path().join("knowledge"), folder.path().join("data"));
        std::fs::create_dir(&knowledge).unwrap();
        for name in ["a.txt", "b.txt"] {
            std::fs::write(
                knowledge.join(name),
                "古道会召开。\n\n青禾县副县长蒲正明说：“先修路。”\n",
            )
            .unwrap();
        }
        let (store, snapshot, _) = Store::open(&knowledge, &data).unwrap();
        // Listed as changed and as new, and gone when they are read.
        let (mut found, _) = super::super::walk::walk(&knowledge).unwrap();
        std::fs::remove_file(knowledge.join("a.txt")).unwrap();
        let known = found.remove(0);
        let new = Found {
            file: "c.txt".to_owned(),
            path: knowledge.join("c.txt"),
            meta: known.meta.clone(),
            folder: Arc::clone(&known.folder),
        };
        let work = Work {
            read: vec![known, new],
            gone: Vec::new(),
            refused: Vec::new(),
        };
        let (changes, records) = store.write(work, snapshot.catalogue(), &|_, _| {}).unwrap();
        assert_eq!(changes.removed, ["a.txt"]);
        assert!(changes.added.is_empty() && changes.changed.is_empty() && changes.refused.is_empty());
        assert!(records.is_empty());
        let (snapshot, _) = store.update(&|_, _| {}).unwrap();
        assert_eq!(snapshot.catalogue().len(), 1);
    }
}
