//! The catalogue beside the index, as it was made of it: so that a start reads one small file, and not a record of every
//! file out of the whole store. It is only a cache: where it is missing or damaged, the index makes it anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::catalogue::{Catalogue, Participant, Record};
use super::stamp::Stamp;
use crate::digest::{digest, summed, unsummed};
use crate::meeting::Meeting;

/// What the cache's file is called before the state that it belongs to.
const NAME: &str = "catalogue-";

/// The catalogue as it is kept: each participant once, and the files, which count them. Borrowed when it is written,
/// owned when it is read.
#[derive(Serialize, Deserialize)]
struct Kept<P, F, S, M> {
    participants: Vec<P>,
    files: Vec<KeptFile<F, S, M>>,
}

#[derive(Serialize, Deserialize)]
struct KeptFile<F, S, M> {
    file: F,
    stamp: S,
    meeting: M,
    passages: usize,
    /// Places in the list of participants.
    speakers: Vec<u32>,
}

/// The catalogue that was kept at this path.
pub fn read(path: &Path) -> Option<Catalogue> {
    let bytes = fs::read(path).ok()?;
    let kept: Kept<Participant, String, Stamp, Meeting> = serde_json::from_slice(unsummed(&bytes)?).ok()?;
    let mut catalogue = Catalogue::default();
    let participants: Vec<Arc<Participant>> = kept.participants.into_iter().map(Arc::new).collect();
    for file in kept.files {
        let speakers = file.speakers.iter().map(|at| participants.get(*at as usize).cloned());
        let speakers = speakers.collect::<Option<Vec<_>>>()?;
        let record = Record {
            speakers: Vec::new(),
            file: file.file,
            stamp: file.stamp,
            meeting: file.meeting,
            passages: file.passages,
        };
        catalogue.add_of(record, speakers);
    }
    Some(catalogue)
}

/// Keeps the catalogue of a state at its path, and drops those of states before. That it cannot be kept costs time at
/// the next start, and nothing else.
pub fn write(path: &Path, catalogue: &Catalogue) {
    if let Err(error) = try_write(path, catalogue) {
        tracing::warn!(%error, path = %path.display(), "the catalogue is not kept beside the index");
        return;
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        if name.to_string_lossy().starts_with(NAME) && entry.path() != path {
            // Another process may have dropped it first.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn try_write(path: &Path, catalogue: &Catalogue) -> std::io::Result<()> {
    let new = path.with_extension(format!("{}.new", std::process::id()));
    let participants: Vec<&Participant> = catalogue.participants().map(Arc::as_ref).collect();
    let files = catalogue.files().map(|entry| KeptFile {
        file: entry.file,
        stamp: entry.stamp(),
        meeting: entry.meeting(),
        passages: entry.passages(),
        speakers: entry
            .speakers()
            .filter_map(|speaker| participants.binary_search(&speaker).ok().map(|at| at as u32))
            .collect(),
    });
    let files = files.collect();
    let json = serde_json::to_vec(&Kept { participants, files })?;
    fs::write(&new, summed(&json))?;
    fs::rename(&new, path)
}

/// The path for the catalogue of the state of this name: another state has another file.
pub fn path(folder: &Path, state: &str) -> PathBuf {
    folder.join(format!("{NAME}{}.json", digest(state, 8)))
}
