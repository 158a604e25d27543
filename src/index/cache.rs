//! The catalogue beside the index, as it was made of it: so that a start reads one small file, and not a record of every
//! file out of the whole store. It is only a cache: where it is missing or damaged, the index makes it anew.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::catalogue::Catalogue;
use super::packed::Packed;
use crate::digest::digest;

/// What the cache's file is called before the state that it belongs to.
const NAME: &str = "catalogue-";

/// The catalogue that was kept at this path.
pub fn read(path: &Path) -> Option<Catalogue> {
    let mut bytes = fs::read(path).ok()?;
    let sum = u32::from_le_bytes(*bytes.last_chunk()?);
    bytes.truncate(bytes.len() - sum.to_le_bytes().len());
    let whole = (crc32fast::hash(&bytes) == sum).then_some(bytes)?;
    Some(Packed::read(whole)?.into())
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
    let repacked = catalogue.repacked();
    let bytes = repacked.as_ref().unwrap_or(catalogue.packed()).bytes();
    let mut file = fs::File::create(&new)?;
    file.write_all(bytes)?;
    file.write_all(&crc32fast::hash(bytes).to_le_bytes())?;
    drop(file);
    fs::rename(&new, path)
}

/// The path for the catalogue of the state of this name: another state has another file.
pub fn path(folder: &Path, state: &str) -> PathBuf {
    folder.join(format!("{NAME}{}.packed", digest(state, 8)))
}
