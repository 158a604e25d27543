//! A file's bytes become text: the seam for formats. Plain text and Markdown so far.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use thiserror::Error;

/// The longest file that is read, in bytes.
pub const MAX_BYTES: u64 = 20 * 1024 * 1024;

/// A file format by its name's ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `.txt`, `.text`
    Plain,
    /// `.md`, `.markdown`
    Markdown,
}

impl Format {
    /// The format of a file called so; `None` where it is none that huiwen reads.
    pub fn of(path: &Path) -> Option<Format> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Format::Plain),
            "md" | "markdown" => Some(Format::Markdown),
            _ => None,
        }
    }
}

/// Why a file cannot be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// Nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// Bytes that are no UTF-8.
    #[error("not UTF-8 (line {line}, byte {column}): save it as UTF-8")]
    NotUtf8 {
        /// Line, counted from 1.
        line: usize,
        /// Byte in the line, counted from 1.
        column: usize,
    },
    /// Longer than [`MAX_BYTES`].
    #[error("too large ({} MB, at most {} MB): cut it into several files", .bytes.div_ceil(1024 * 1024), MAX_BYTES / 1024 / 1024)]
    TooLarge {
        /// Its length.
        bytes: u64,
    },
    /// A directory that is named like a file.
    #[error("a folder, not a file: rename it")]
    Directory,
    /// A format that is not read.
    #[error("an unknown format: .txt and .md are read")]
    UnknownFormat,
    /// A fault of huiwen's own, which must cost this file alone.
    #[error("huiwen failed on this file ({0}): please report it; the other files serve")]
    Fault(String),
    /// The operating system refused.
    #[error("cannot be read: {0}")]
    Io(#[from] std::io::Error),
}

impl ReadError {
    /// Whether the file is not there.
    pub fn is_missing(&self) -> bool {
        matches!(self, ReadError::Io(error) if error.kind() == std::io::ErrorKind::NotFound)
    }
}

/// Reads and decodes one file.
///
/// # Errors
///
/// Where the file is not there, not a file, too large, empty, or not UTF-8.
pub fn read_file(path: &Path) -> Result<String, ReadError> {
    let file = File::open(path)?;
    let meta = file.metadata()?;
    if meta.is_dir() {
        return Err(ReadError::Directory);
    }
    if Format::of(path).is_none() {
        return Err(ReadError::UnknownFormat);
    }
    if meta.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: meta.len() });
    }
    let mut bytes = Vec::with_capacity(meta.len() as usize);
    // The file may grow while it is read: the limit holds for what comes in.
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(ReadError::TooLarge {
            bytes: bytes.len() as u64,
        });
    }
    decode(bytes)
}

/// Decodes UTF-8: without byte order mark, and with `\n` alone for line ends.
///
/// # Errors
///
/// Where the bytes are no UTF-8, or hold nothing but white space.
pub fn decode(bytes: Vec<u8>) -> Result<String, ReadError> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line_start = good.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        ReadError::NotUtf8 {
            line: good.iter().filter(|byte| **byte == b'\n').count() + 1,
            column: good.len() - line_start + 1,
        }
    })?;
    let text = text
        .strip_prefix('\u{feff}')
        .map_or_else(|| text.clone(), str::to_owned);
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_line_ends_are_made_one() {
        assert_eq!(decode("\u{feff}一\r\n二\r三\n".into()).unwrap(), "一\n二\n三\n");
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        assert!(matches!(decode(b" \n\t".to_vec()), Err(ReadError::Empty)));
        let error = decode(b"ok\nno\xff".to_vec()).unwrap_err();
        assert!(matches!(error, ReadError::NotUtf8 { line: 2, column: 3 }), "{error}");
    }

    #[test]
    fn formats_go_by_the_ending() {
        assert_eq!(Format::of(Path::new("a/b.MD")), Some(Format::Markdown));
        assert_eq!(Format::of(Path::new("b.pdf")), None);
    }
}
