//! Whether the index on disk is what was written: Tantivy's own checksums of its segments, and ours of the list of them.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::path::Path;
use std::time::{Duration, SystemTime};

use tantivy::directory::{ManagedDirectory, MmapDirectory};
use tantivy::index::SegmentComponent;
use tantivy::{DocAddress, TantivyDocument};

use super::schema::Fields;
use crate::digest::digest;
use crate::index::fault::{IndexError, damaged};
use crate::index::stamp::{is_settled, since_1970};

/// The list of the segments, which has no checksum of Tantivy's.
const LIST: &str = "meta.json";
/// Its checksum.
const SUM: &str = "meta.sum";
/// The files that were looked through: their names, what they were, and when.
const LOOKED: &str = "looked";
/// So long it is believed of a file that it is what it was.
const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// What stands in place of the checksum while the index is written.
const OPEN: &str = "open";

/// Before the index is written: whatever ends the process from here on, the list is not taken for a damaged one.
pub fn begin(folder: &Path) -> Result<(), IndexError> {
    fs::write(folder.join(SUM), OPEN).map_err(|source| IndexError::data(folder, source))
}

/// Behind it.
pub fn end(folder: &Path) {
    let written = sum(folder).and_then(|sum| fs::write(folder.join(SUM), sum));
    if let Err(error) = written {
        // The next start looks into each document instead.
        tracing::warn!(%error, "the index's checksum is not written");
    }
}

/// Whether the index is what was written. Each file is looked through; where some may be trusted, those of these are not that
/// were found to be what was written before, within a day, and are as large and as old as they were then.
///
/// # Errors
///
/// Where it is not, with what is wrong.
pub fn check(folder: &Path, index: &tantivy::Index, fields: &Fields, trust: Trust) -> Result<(), IndexError> {
    let kept = match fs::read_to_string(folder.join(SUM)) {
        Ok(kept) => Some(kept),
        // A state of before there was one.
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(_) => return Err(damaged(SUM)),
    };
    let is_known = kept.as_deref().is_some_and(|kept| kept != OPEN);
    if is_known && kept != Some(sum(folder)?) {
        return Err(damaged(LIST));
    }
    let now = SystemTime::now();
    let known = match trust {
        Trust::Known => Looked::read(folder),
        Trust::Nothing => Looked::default(),
    };
    let mut looked = Looked::default();
    // Mapped, looking through all of a file costs no memory.
    let mapped = ManagedDirectory::wrap(Box::new(
        MmapDirectory::open(folder).map_err(tantivy::TantivyError::from)?,
    ))?;
    for segment in index.searchable_segment_metas()? {
        let mut parts = vec![
            SegmentComponent::Postings,
            SegmentComponent::Positions,
            SegmentComponent::Terms,
            SegmentComponent::Store,
            SegmentComponent::FastFields,
            SegmentComponent::FieldNorms,
        ];
        if segment.has_deletes() {
            parts.push(SegmentComponent::Delete);
        }
        for part in parts {
            let path = segment.relative_path(part);
            // One that must be there and is not is missed when the index is opened.
            let Ok(meta) = fs::metadata(folder.join(&path)) else {
                continue;
            };
            let name = path.to_string_lossy().into_owned();
            let before = known.0.get(&name).copied().filter(|before| before.vouches(&meta, now));
            if before.is_none() && !mapped.validate_checksum(&path).unwrap_or(false) {
                return Err(damaged(&name));
            }
            let of_now = || Look::new(&meta, now);
            looked.0.extend(before.or_else(of_now).map(|look| (name, look)));
        }
    }
    if looked != known {
        looked.write(folder);
    }
    if !is_known {
        every_document(index, fields)?;
        end(folder);
    }
    Ok(())
}

/// What is trusted without being looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Files that were found sound before.
    Known,
    /// Nothing: there is reason to doubt.
    Nothing,
}

/// The files that were found to be what was written.
#[derive(Debug, Default, PartialEq)]
struct Looked(BTreeMap<String, Look>);

/// What a file was when it was looked through, and when that was; nanoseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Look {
    bytes: u64,
    modified: u64,
    at: u64,
}

impl Look {
    /// Of a file that was looked through at `now`; `None` where its time of change tells nothing: it may be written again without
    /// another one.
    fn new(meta: &Metadata, now: SystemTime) -> Option<Look> {
        let modified = meta.modified().ok()?;
        Some(Look {
            bytes: meta.len(),
            modified: since_1970(modified)?,
            at: since_1970(now).filter(|_| is_settled(modified, now))?,
        })
    }

    /// Whether the file need not be looked through again.
    fn vouches(&self, meta: &Metadata, now: SystemTime) -> bool {
        let modified = meta.modified().ok().and_then(since_1970);
        let since = since_1970(now).and_then(|now| now.checked_sub(self.at));
        self.bytes == meta.len()
            && modified == Some(self.modified)
            && since.is_some_and(|since| Duration::from_nanos(since) < A_DAY)
    }
}

impl Looked {
    /// As it was written; of what cannot be read nothing is known.
    fn read(folder: &Path) -> Looked {
        let kept = fs::read_to_string(folder.join(LOOKED)).unwrap_or_default();
        let line = |line: &str| {
            let mut parts = line.split(' ');
            let name = parts.next()?.to_owned();
            let mut number = || parts.next()?.parse::<u64>().ok();
            let look = Look {
                bytes: number()?,
                modified: number()?,
                at: number()?,
            };
            Some((name, look))
        };
        Looked(kept.lines().filter_map(line).collect())
    }

    /// Where that fails, all is looked through again.
    fn write(&self, folder: &Path) {
        let lines = self.0.iter();
        let lines: String = lines
            .map(|(name, look)| format!("{name} {} {} {}\n", look.bytes, look.modified, look.at))
            .collect();
        if let Err(error) = fs::write(folder.join(LOOKED), lines) {
            tracing::debug!(%error, "what was looked through is not kept");
        }
    }
}

/// Looks at each document.
fn every_document(index: &tantivy::Index, fields: &Fields) -> Result<(), IndexError> {
    let searcher = index.reader()?.searcher();
    for (ord, segment) in searcher.segment_readers().iter().enumerate() {
        for doc in segment.doc_ids_alive() {
            let document: TantivyDocument = searcher.doc(DocAddress::new(ord as u32, doc))?;
            if Fields::bytes(&document, fields.stored).is_none() {
                return Err(damaged("a document"));
            }
        }
    }
    Ok(())
}

fn sum(folder: &Path) -> std::io::Result<String> {
    Ok(digest(list(folder)?, 32))
}

/// The list of the segments, and of what is deleted in them, as it stands.
pub fn list(folder: &Path) -> std::io::Result<Vec<u8>> {
    fs::read(folder.join(LIST))
}
