//! The index's folder below the data folder: one for each knowledge folder and each version of the code.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::files::Files;
use crate::digest::digest;
use crate::index::IndexError;

/// Bytes of passages that are compressed together. A hit's whole block is unpacked to show it, which costs a question nothing that
/// could be measured at this size; the index is a sixth of the text larger with blocks of 4 KiB, and hardly smaller with larger ones.
const STORE_BLOCK: usize = 24 * 1024;

/// `data/index/KNOWLEDGE-FINGERPRINT`.
pub fn folder_of(knowledge: &Path, data: &Path) -> PathBuf {
    let place = fs::canonicalize(knowledge).unwrap_or_else(|_| knowledge.to_owned());
    let short = digest(place.to_string_lossy().as_bytes(), 4);
    data.join("index")
        .join(format!("{short}-{}", env!("INDEX_FINGERPRINT")))
}

/// Removes the indexes that older versions of huiwen made of the same knowledge folder.
pub fn remove_older(folder: &Path) {
    let (Some(parent), Some(name)) = (folder.parent(), folder.file_name().and_then(|name| name.to_str())) else {
        return;
    };
    let knowledge = name.split('-').next().unwrap_or(name);
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().split('-').next() == Some(knowledge)
            && let Err(error) = fs::remove_dir_all(entry.path())
        {
            tracing::warn!(%error, folder = %entry.path().display(), "an older index cannot be removed");
        }
    }
}

pub fn create(folder: &Path, schema: &tantivy::schema::Schema) -> tantivy::Result<tantivy::Index> {
    fs::create_dir_all(folder)?;
    let settings = tantivy::IndexSettings {
        docstore_blocksize: STORE_BLOCK,
        ..tantivy::IndexSettings::default()
    };
    tantivy::Index::builder()
        .schema(schema.clone())
        .settings(settings)
        .open_or_create(Files::open(folder, true)?)
}

/// Removes an index that is to be built anew. Not while nothing can be written: what looked like damage may have been
/// a full disk, and the old index is better than none.
pub fn remove(folder: &Path, data: &Path) -> Result<(), IndexError> {
    let probe = data.join("probe");
    let written = File::create(&probe).and_then(|mut file| file.write_all(&[0; 4096]).and_then(|()| file.sync_all()));
    let _ = fs::remove_file(&probe);
    written.map_err(|source| IndexError::data(folder, source))?;
    // Whatever has taken the place of the folder, or of that above it, goes too.
    for place in [Some(folder), folder.parent()].into_iter().flatten() {
        let Ok(meta) = fs::symlink_metadata(place) else {
            continue;
        };
        if !meta.is_dir() {
            fs::remove_file(place).map_err(|source| IndexError::data(place, source))?;
        } else if place == folder {
            fs::remove_dir_all(place).map_err(|source| IndexError::data(place, source))?;
        }
    }
    Ok(())
}
