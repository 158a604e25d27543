//! The package of parts that the office formats are.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A package of parts, each by its name.
pub fn packed(parts: &[(&str, &str)]) -> std::io::Result<Vec<u8>> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        package.start_file(*name, SimpleFileOptions::default())?;
        package.write_all(part.as_bytes())?;
    }
    Ok(package.finish()?.into_inner())
}
