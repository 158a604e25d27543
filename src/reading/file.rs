//! A file becomes a [`Document`]: read within bounds, its format told by what stands in it.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::MAX_BYTES;
use super::error::ReadError;
use super::format::{self, Document};
use super::patience::{FOR_A_FILE, within};

/// Reads and decodes one file.
///
/// # Errors
///
/// Where the file is not there, not a file, too large, empty, damaged, of a format that is not read, or on a disk that
/// does not answer.
pub fn read_file(path: &Path) -> Result<Document, ReadError> {
    let place = path.parent().unwrap_or(path);
    let own = path.to_owned();
    let read = within(FOR_A_FILE, place, move || bytes_of(&own));
    read_bytes(path, &read.map_err(|_| ReadError::Stuck)??)
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, ReadError> {
    // A pipe that nobody writes into would be opened for ever: asked before.
    let meta = std::fs::metadata(path)?;
    if meta.is_dir() {
        return Err(ReadError::Directory);
    }
    if !meta.is_file() {
        return Err(ReadError::NoFile);
    }
    if !format::is_read(path) {
        return Err(ReadError::UnknownFormat);
    }
    if meta.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: meta.len() });
    }
    let mut bytes = Vec::with_capacity(meta.len() as usize);
    // The file may grow while it is read: the limit holds for what comes in.
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Decodes the bytes of a file called `path`; nothing is read from there. A fault of ours in it is an error of this file.
///
/// # Errors
///
/// As [`read_file`].
pub fn read_bytes(path: &Path, bytes: &[u8]) -> Result<Document, ReadError> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ReadError::TooLarge {
            bytes: bytes.len() as u64,
        });
    }
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let document = super::guarded(path, || format::read(path, bytes))??;
    if document.text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(document)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(name: &str, bytes: &[u8]) -> Result<String, ReadError> {
        read_bytes(Path::new(name), bytes).map(|document| document.text)
    }

    #[test]
    fn marks_and_line_ends_are_made_one() {
        assert_eq!(
            text("a.txt", "\u{feff}一\r\n二\r三\n".as_bytes()).unwrap(),
            "一\n二\n三\n"
        );
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        assert!(matches!(text("a.txt", b" \n\t"), Err(ReadError::Empty)));
        assert!(matches!(
            text("a.txt", b"\x00\x01\x02\xff\x00\x07"),
            Err(ReadError::Encoding)
        ));
        assert!(matches!(
            text("a.txt", b"{\\rtf1 text}"),
            Err(ReadError::OldFormat { format: "rtf" })
        ));
        let ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on";
        assert!(matches!(text("a.docx", ole), Err(ReadError::OldFormat { .. })));
    }

    #[test]
    fn endings_that_are_read() {
        assert!(format::is_read(Path::new("a/b.MD")) && !format::is_read(Path::new("b.exe")));
        assert!(!format::is_read(Path::new("README")));
    }
}
