//! Whether the index on disk is what was written: Tantivy's own checksums of its segments, and ours of the list of them.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use tantivy::directory::{ManagedDirectory, MmapDirectory};
use tantivy::index::SegmentComponent;
use tantivy::{DocAddress, TantivyDocument};

use super::schema::Fields;
use crate::digest::digest;
use crate::index::fault::{IndexError, damaged};

/// The list of the segments, which has no checksum of Tantivy's.
const LIST: &str = "meta.json";
/// Its checksum.
const SUM: &str = "meta.sum";
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

/// Whether the index is what was written.
///
/// # Errors
///
/// Where it is not, with what is wrong.
pub fn check(folder: &Path, index: &tantivy::Index, fields: &Fields) -> Result<(), IndexError> {
    let kept = match fs::read_to_string(folder.join(SUM)) {
        Ok(kept) => Some(kept),
        // A state of before there was one.
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(_) => return Err(damaged(SUM)),
    };
    let known = kept.as_deref().is_some_and(|kept| kept != OPEN);
    if known && kept != Some(sum(folder)?) {
        return Err(damaged(LIST));
    }
    // Each file is looked through whole: mapped, that costs no memory.
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
            let there = folder.join(&path).exists();
            if there && !mapped.validate_checksum(&path).unwrap_or(false) {
                return Err(damaged(&path.to_string_lossy()));
            }
        }
    }
    if !known {
        every_document(index, fields)?;
        end(folder);
    }
    Ok(())
}

/// Looks at each document.
fn every_document(index: &tantivy::Index, fields: &Fields) -> Result<(), IndexError> {
    let searcher = index.reader()?.searcher();
    for (ord, segment) in searcher.segment_readers().iter().enumerate() {
        for doc in segment.doc_ids_alive() {
            let document: TantivyDocument = searcher.doc(DocAddress::new(ord as u32, doc))?;
            if fields.stored::<serde_json::Value>(&document).is_none() {
                return Err(damaged("a document"));
            }
        }
    }
    Ok(())
}

fn sum(folder: &Path) -> std::io::Result<String> {
    Ok(digest(fs::read(folder.join(LIST))?, 32))
}
