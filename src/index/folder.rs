//! The data folder, whatever engine holds the index.

use std::fs::File;
use std::path::Path;

use super::IndexError;

/// The lock that is held on this machine while the index is written; released when the file is dropped.
pub fn lock(data: &Path) -> Result<File, IndexError> {
    let path = data.join("lock");
    let file = File::create(&path).map_err(|source| IndexError::data(&path, source))?;
    file.lock().map_err(|source| IndexError::data(&path, source))?;
    Ok(file)
}
