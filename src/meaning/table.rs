//! Which passages there are, and where each has its vector.

use std::collections::{HashMap, HashSet};
use std::io;
use std::sync::Arc;

use super::Near;
use super::file::{Opened, Vectors};
use super::vector::Vector;
use crate::digest::sha256;
use crate::index::{IndexError, Passage, Snapshot};

/// Bytes of a digest.
pub const DIGEST: usize = 16;
/// What a passage is known by: what it says.
pub type Digest = [u8; DIGEST];

/// The digest of a passage's text.
pub fn text_digest(text: &str) -> Digest {
    let mut digest = [0; DIGEST];
    digest.copy_from_slice(&sha256(text)[..DIGEST]);
    digest
}

/// A passage of a file: where it begins, and what it says.
type Entry = (u32, Digest);

/// A file's passages.
#[derive(Debug)]
struct OfFile {
    /// Of which text.
    text: [u8; 32],
    passages: Vec<Entry>,
    /// Where each has its vector.
    records: Vec<Option<u32>>,
}

/// The passages of all files. Those of a file count as long as its text is the one they were taken from: whatever state of the
/// index is asked, none of another comes out.
#[derive(Debug, Default)]
pub struct Table {
    files: HashMap<String, Arc<OfFile>>,
    records: Option<Opened>,
}

impl Table {
    /// Of a state of the index; what has not changed since the table before is taken from it.
    pub fn following(before: &Table, snapshot: &Snapshot) -> Result<Table, IndexError> {
        let mut files = HashMap::new();
        for entry in snapshot.catalogue().files() {
            let text = entry.stamp().text();
            let known = before.files.get(entry.file).filter(|known| known.text == text);
            let of_file = match known {
                Some(known) => Arc::clone(known),
                None => {
                    let passages = snapshot.passages(entry.file)?;
                    let place = |passage: &Passage| u32::try_from(passage.start).unwrap_or(u32::MAX);
                    let of_passage = |passage: &Passage| (place(passage), text_digest(&passage.text));
                    Arc::new(OfFile {
                        text,
                        passages: passages.iter().map(of_passage).collect(),
                        records: Vec::new(),
                    })
                }
            };
            files.insert(entry.file.to_owned(), of_file);
        }
        Ok(Table { files, records: None })
    }

    /// The same with the places of vectors.
    pub fn resolved(&self, vectors: &Vectors) -> Table {
        let resolved = self.files.iter().map(|(file, of_file)| {
            let records: Vec<Option<u32>> = of_file
                .passages
                .iter()
                .map(|(_, digest)| vectors.record(digest))
                .collect();
            let of_file = match records == of_file.records {
                true => Arc::clone(of_file),
                false => Arc::new(OfFile {
                    text: of_file.text,
                    passages: of_file.passages.clone(),
                    records,
                }),
            };
            (file.clone(), of_file)
        });
        Table {
            files: resolved.collect(),
            records: vectors.opened(),
        }
    }

    /// Whether nothing is near to anything.
    pub fn is_empty(&self) -> bool {
        self.records.is_none()
    }

    /// How many passages there are.
    pub fn passages(&self) -> usize {
        self.files.values().map(|of_file| of_file.passages.len()).sum()
    }

    /// What all of them say.
    pub fn digests(&self) -> HashSet<Digest> {
        let passages = self.files.values().flat_map(|of_file| &of_file.passages);
        passages.map(|(_, digest)| *digest).collect()
    }

    /// Those without a vector, each text once, those of a file beside each other.
    pub fn missing(&self, vectors: &Vectors) -> Vec<(Digest, Near)> {
        let mut files: Vec<_> = self.files.iter().collect();
        files.sort_by_key(|(file, _)| *file);
        let mut seen = HashSet::new();
        let mut missing = Vec::new();
        for (file, of_file) in files {
            for (start, digest) in &of_file.passages {
                if vectors.record(digest).is_none() && seen.insert(*digest) {
                    let near = Near {
                        file: file.clone(),
                        start: *start as usize,
                    };
                    missing.push((*digest, near));
                }
            }
        }
        missing
    }

    /// The passages nearest to a vector, of the files that a state of the index has, or of some of them.
    pub fn nearest(
        &self,
        asked: &Vector,
        snapshot: &Snapshot,
        files: Option<&[String]>,
        most: usize,
    ) -> io::Result<Vec<Near>> {
        let Some(records) = &self.records else {
            return Ok(Vec::new());
        };
        let mut cosines: Vec<f32> = Vec::new();
        records.each(|_, _, scale, dimensions| {
            let same = dimensions.len() == asked.dimensions.len() && scale.is_normal();
            cosines.push(if same { asked.cosine(scale, dimensions) } else { -1.0 });
        })?;
        let mut found: Vec<(f32, &str, u32)> = Vec::new();
        for entry in snapshot.catalogue().files() {
            let of_file = self
                .files
                .get(entry.file)
                .filter(|known| known.text == entry.stamp().text());
            let is_meant = files.is_none_or(|files| files.iter().any(|file| file == entry.file));
            let Some(of_file) = of_file.filter(|_| is_meant) else {
                continue;
            };
            for ((start, _), record) in of_file.passages.iter().zip(&of_file.records) {
                let cosine = record.and_then(|record| cosines.get(record as usize));
                found.extend(cosine.map(|cosine| (*cosine, entry.file, *start)));
            }
        }
        let order = |one: &(f32, &str, u32), other: &(f32, &str, u32)| {
            other
                .0
                .total_cmp(&one.0)
                .then_with(|| (one.1, one.2).cmp(&(other.1, other.2)))
        };
        if found.len() > most && most > 0 {
            found.select_nth_unstable_by(most - 1, order);
        }
        found.truncate(most);
        found.sort_by(order);
        let near = found.into_iter().map(|(_, file, start)| Near {
            file: file.to_owned(),
            start: start as usize,
        });
        Ok(near.collect())
    }
}
