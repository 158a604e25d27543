//! The vectors of passages on disk: records of one length, each behind the digest of the passage that it is of, and never
//! changed: what is embedded once is never embedded again, and whatever ends the work loses at most the last record.
//!
//! They are read where they lie, by their places, and not kept in memory.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::Arc;

use super::table::{DIGEST, Digest};
use super::vector::Vector;
use crate::index::read_at;

/// What the file begins with: a mark, and how many dimensions there are.
const MARK: &[u8; 8] = b"huiwenV1";
const HEAD: usize = MARK.len() + 4;
const SCALE: usize = 4;
/// Most dimensions that any model has.
const LONGEST: usize = 16_384;
/// Bytes that are read together.
const BLOCK: usize = 1 << 20;

/// The file, and which of its records is of which passage.
#[derive(Debug)]
pub struct Vectors {
    path: PathBuf,
    open: Option<Opened>,
    known: HashMap<Digest, u32>,
}

/// A file of records, for whoever reads them.
#[derive(Clone, Debug)]
pub struct Opened {
    file: Arc<File>,
    dimensions: usize,
    /// How many records are known to stand in it.
    records: usize,
}

impl Opened {
    fn record(&self) -> usize {
        DIGEST + SCALE + self.dimensions
    }

    /// Calls `look` with each record: its number, its digest, its scale and its dimensions.
    pub fn each(&self, mut look: impl FnMut(u32, &[u8], f32, &[u8])) -> io::Result<()> {
        let length = self.record();
        let together = (BLOCK / length).max(1);
        let mut block = vec![0; together * length];
        let mut at = 0;
        while at < self.records {
            let count = together.min(self.records - at);
            let part = &mut block[..count * length];
            read_at(&self.file, part, (HEAD + at * length) as u64)?;
            for (index, record) in part.chunks_exact(length).enumerate() {
                let (digest, rest) = record.split_at(DIGEST);
                let (scale, dimensions) = rest.split_at(SCALE);
                let scale = f32::from_le_bytes([scale[0], scale[1], scale[2], scale[3]]);
                look((at + index) as u32, digest, scale, dimensions);
            }
            at += count;
        }
        Ok(())
    }
}

impl Vectors {
    /// Of a file that may be there.
    pub fn of(path: PathBuf) -> Vectors {
        Vectors {
            path,
            open: None,
            known: HashMap::new(),
        }
    }

    /// The record of a passage.
    pub fn record(&self, digest: &Digest) -> Option<u32> {
        self.known.get(digest).copied()
    }

    /// The records, for whoever reads them.
    pub fn opened(&self) -> Option<Opened> {
        self.open.clone()
    }

    /// Looks at what stands in the file by now; another process may have written. What is no such file begins anew.
    pub fn refresh(&mut self) -> io::Result<()> {
        self.known.clear();
        self.open = None;
        let file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let Some(opened) = opened(file)? else {
            tracing::warn!(path = %self.path.display(), "what is no file of vectors is set aside: it begins anew");
            return Ok(());
        };
        let known = &mut self.known;
        opened.each(|number, digest, scale, _| {
            if let Ok(digest) = digest.try_into()
                && scale.is_normal()
            {
                known.insert(digest, number);
            }
        })?;
        self.open = Some(opened);
        Ok(())
    }

    /// Writes more behind those that are there.
    pub fn append(&mut self, records: &[(Digest, Vector)]) -> io::Result<()> {
        let Some((_, first)) = records.first() else {
            return Ok(());
        };
        let dimensions = first.dimensions.len();
        if records.iter().any(|(_, vector)| vector.dimensions.len() != dimensions) || dimensions > LONGEST {
            return Err(io::Error::other("vectors of several lengths"));
        }
        if let Some(parent) = self.path.parent() {
            fs::create_dir_all(parent)?;
        }
        let file = options().read(true).write(true).create(true).open(&self.path)?;
        // Whoever else writes waits, and sees what is written here. (Let go with this file: no copy of it may be kept.)
        file.lock()?;
        let there = match opened(File::open(&self.path)?)? {
            Some(there) if there.dimensions == dimensions => there,
            // Of a model that was exchanged under its name, or nothing yet.
            _ => {
                file.set_len(0)?;
                write_at(&file, &head(dimensions), 0)?;
                self.known.clear();
                Opened {
                    file: Arc::new(File::open(&self.path)?),
                    dimensions,
                    records: 0,
                }
            }
        };
        let mut bytes = Vec::with_capacity(records.len() * there.record());
        for record in records {
            push(&mut bytes, record);
        }
        // What a crash left half of is written over.
        write_at(&file, &bytes, (HEAD + there.records * there.record()) as u64)?;
        file.set_len((HEAD + (there.records + records.len()) * there.record()) as u64)?;
        for (index, (digest, _)) in records.iter().enumerate() {
            self.known.insert(*digest, (there.records + index) as u32);
        }
        self.open = Some(Opened {
            records: there.records + records.len(),
            ..there
        });
        Ok(())
    }

    /// Whether most of what it holds is of passages that are no more.
    pub fn holds_much_more_than(&self, passages: usize) -> bool {
        const SPARE: usize = 4096;
        self.open
            .as_ref()
            .is_some_and(|open| open.records > 2 * passages + SPARE)
    }

    /// Keeps what is of these passages and drops the rest.
    pub fn keep_only(&mut self, digests: &HashSet<Digest>) -> io::Result<()> {
        let Some(open) = self.open.clone() else { return Ok(()) };
        let aside = self.path.with_extension(format!("vectors-{}", std::process::id()));
        let mut out = BufWriter::new(options().write(true).create(true).truncate(true).open(&aside)?);
        out.write_all(&head(open.dimensions))?;
        let mut written = Ok(());
        open.each(|_, digest, scale, dimensions| {
            let is_kept = <Digest>::try_from(digest).is_ok_and(|digest| digests.contains(&digest));
            if is_kept && written.is_ok() {
                written = [digest, &scale.to_le_bytes(), dimensions]
                    .into_iter()
                    .try_for_each(|part| out.write_all(part));
            }
        })?;
        written?;
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(&aside, &self.path)?;
        self.refresh()
    }
}

/// For its owner's eyes alone, as the index is.
fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

fn write_at(mut file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    file.seek(SeekFrom::Start(at))?;
    file.write_all(bytes)
}

fn head(dimensions: usize) -> Vec<u8> {
    [MARK.as_slice(), &(dimensions as u32).to_le_bytes()].concat()
}

fn push(bytes: &mut Vec<u8>, (digest, vector): &(Digest, Vector)) {
    bytes.extend_from_slice(digest);
    bytes.extend_from_slice(&vector.scale.to_le_bytes());
    bytes.extend(vector.dimensions.iter().map(|value| *value as u8));
}

/// The records of a file; `None` where it is none of ours.
fn opened(file: File) -> io::Result<Option<Opened>> {
    let length = file.metadata()?.len();
    let mut head = [0; HEAD];
    if length < HEAD as u64 || read_at(&file, &mut head, 0).is_err() || !head.starts_with(MARK) {
        return Ok(None);
    }
    let dimensions = u32::from_le_bytes([head[8], head[9], head[10], head[11]]) as usize;
    if dimensions == 0 || dimensions > LONGEST {
        return Ok(None);
    }
    let record = (DIGEST + SCALE + dimensions) as u64;
    let records = usize::try_from((length - HEAD as u64) / record).unwrap_or(usize::MAX);
    Ok(Some(Opened {
        file: Arc::new(file),
        dimensions,
        // Their numbers are kept in four bytes.
        records: records.min(u32::MAX as usize),
    }))
}
