//! Writing: what is new in the knowledge folder goes into the index, file by file, on as many threads as there are.

use std::sync::{Arc, Mutex, PoisonError};

use super::catalogue::Catalogue;
use super::engine::{Entry, Writer};
use super::paper::Outline;
use super::passage::passages;
use super::record::{Record, participants};
use super::stamp::Stamp;
use super::store::{FEW_RECORDS, Progress, Store, ToRead, Work};
use super::walk::Refused;
use super::{Changes, IndexError};
use crate::reading::{Origin, ReadError, guarded, understand_from};

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
        let writer = self.engine.writer(work.read.len() + work.gone.len())?;
        for file in work.gone {
            writer.remove(&file)?;
            changes.removed.push(file);
        }
        let mut records = Vec::new();
        for (file, added) in self.add_all(writer.as_ref(), work.read, catalogue, progress) {
            let known = catalogue.file(&file).is_some();
            match added {
                Ok(Added::Unchanged) => {}
                Ok(Added::Written(record)) => {
                    records.extend(record.map(|record| *record));
                    let list = if known {
                        &mut changes.changed
                    } else {
                        &mut changes.added
                    };
                    list.push(file);
                }
                Err(AddError::Read(reason)) => {
                    // Gone since the folder was listed: removed, and nothing to be told of.
                    let vanished = reason.is_missing();
                    // Where the disk does not answer, what was read of it before serves on.
                    if known && !matches!(reason, ReadError::Stuck) {
                        writer.remove(&file)?;
                        changes.removed.push(file.clone());
                    }
                    if !vanished {
                        changes.refused.push(Refused {
                            file,
                            reason: Arc::new(reason),
                        });
                    }
                }
                Err(AddError::Index(error)) => return Err(error),
            }
        }
        changes.refused.sort_by(|a, b| a.file.cmp(&b.file));
        writer.commit()?;
        Ok((changes, records))
    }

    /// Reads and adds files on as many threads as the machine has, and tells in their order what became of each. Of very
    /// many files the records are not kept: they are read from the index again.
    fn add_all(
        &self,
        writer: &dyn Writer,
        files: Vec<ToRead>,
        catalogue: &Catalogue,
        progress: &Progress<'_>,
    ) -> Vec<(String, Result<Added, AddError>)> {
        let total = files.len();
        let keep = total <= FEW_RECORDS;
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(total);
        let files = Mutex::new(files.into_iter().enumerate());
        let done = Mutex::new(Vec::with_capacity(total));
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    loop {
                        let next = files.lock().unwrap_or_else(PoisonError::into_inner).next();
                        let Some((index, mut file)) = next else {
                            return;
                        };
                        let path = file.found.path.clone();
                        // Whatever goes wrong in one file, the others are read.
                        let added = guarded(&path, || add(writer, &mut file, catalogue));
                        let added = match added.unwrap_or_else(|fault| Err(fault.into())) {
                            Ok(Added::Written(_)) if !keep => Ok(Added::Written(None)),
                            other => other,
                        };
                        let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                        done.push((index, file.found.file, added));
                        progress(done.len(), total);
                    }
                });
            }
        });
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_by_key(|(index, _, _)| *index);
        done.into_iter().map(|(_, file, added)| (file, added)).collect()
    }
}

/// Reads a file and adds it, in place of what the index holds of it.
fn add(writer: &dyn Writer, file: &mut ToRead, catalogue: &Catalogue) -> Result<Added, AddError> {
    let (now, document) = file.document()?;
    let found = &file.found;
    let text = &document.text;
    let known = catalogue.file(&found.file);
    // A file whose stamp proves nothing may still be what it was.
    if known.is_some_and(|entry| entry.stamp().is_same(text, &found.folder)) {
        return Ok(Added::Unchanged);
    }
    let origin = Origin {
        file: &found.file,
        folder: Some(&found.folder),
    };
    let report = understand_from(&document, &origin);
    let passages = passages(text, &report);
    let record = Record {
        file: found.file.clone(),
        stamp: Stamp::new(&found.meta, text, now, &found.folder),
        meeting: report.meeting.clone(),
        passages: passages.iter().filter(|passage| !passage.left_out).count(),
        speakers: participants(&report),
    };
    if known.is_some() {
        writer.remove(&found.file)?;
    }
    writer.add(&Entry {
        record: &record,
        text,
        outline: &Outline::of(&report),
        passages: &passages,
    })?;
    Ok(Added::Written(Some(Box::new(record))))
}

/// What became of a file that was read.
enum Added {
    /// It is what the index holds.
    Unchanged,
    /// It was written; its record, unless there are very many.
    Written(Option<Box<Record>>),
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
        let mut found = super::super::walk::walk(&knowledge, &mut |_, _, _| false)
            .unwrap()
            .found;
        std::fs::remove_file(knowledge.join("a.txt")).unwrap();
        let known = found.remove(0);
        let new = super::super::walk::Found {
            file: "c.txt".to_owned(),
            path: knowledge.join("c.txt"),
            meta: known.meta.clone(),
            folder: Arc::clone(&known.folder),
        };
        let to_read = |found| ToRead { found, read: None };
        let work = Work {
            read: vec![to_read(known), to_read(new)],
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

    #[test]
    fn a_touched_file_among_new_ones_is_not_told_as_changed() {
        let folder = tempfile::tempdir().unwrap();
        let (knowledge, data) = (folder.path().join("knowledge"), folder.path().join("data"));
        std::fs::create_dir(&knowledge).unwrap();
        let write = |name: &str, words: &str| {
            let text = format!("古道会召开。\n\n青禾县副县长蒲正明说：“{words}”\n");
            std::fs::write(knowledge.join(name), text).unwrap();
        };
        write("b.txt", "先修路。");
        write("c.txt", "先架桥。");
        let (store, _, _) = Store::open(&knowledge, &data).unwrap();
        // All were just written: no time of change proves anything, and a.txt comes before them.
        write("a.txt", "先铺石板。");
        write("b.txt", "先修路。");
        write("c.txt", "先挖渠。");
        std::fs::write(knowledge.join("d.txt"), " ").unwrap();
        let (snapshot, changes) = store.update(&|_, _| {}).unwrap();
        assert_eq!(
            (&changes.added[..], &changes.changed[..]),
            (&["a.txt".to_owned()][..], &["c.txt".to_owned()][..])
        );
        assert_eq!(changes.refused.len(), 1);
        assert_eq!(snapshot.catalogue().passages(), changes.passages);
        assert_eq!(
            (changes.files, changes.passages),
            (
                3,
                Catalogue::of(store.engine.state().unwrap().as_ref())
                    .unwrap()
                    .passages()
            )
        );
    }
}
