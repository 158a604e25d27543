//! Why a file cannot be read, each with what to do about it.

use thiserror::Error;

use super::MAX_BYTES;
use crate::meeting::DoubtKind;

/// Why a file cannot be read.
#[derive(Debug, Error)]
pub enum ReadError {
    /// Nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// Bytes that are text in no encoding that is known.
    #[error("no text in an encoding that is known (UTF-8, UTF-16, GB18030, Big5): save it as UTF-8")]
    Encoding,
    /// Longer than [`MAX_BYTES`].
    #[error("too large ({} MB, at most {} MB): cut it into several files", .bytes.div_ceil(1024 * 1024), MAX_BYTES / 1024 / 1024)]
    TooLarge {
        /// Its length.
        bytes: u64,
    },
    /// It unpacks to more than is read: a bomb, or a book.
    #[error("it unpacks to more than is read ({what}): cut it into several files")]
    TooMuch {
        /// What there is too much of.
        what: &'static str,
    },
    /// A directory that is named like a file.
    #[error("a folder, not a file: rename it")]
    Directory,
    /// A pipe, a socket, a device.
    #[error("no file that can be read (a pipe, a socket or a device): remove it")]
    NoFile,
    /// The disk does not answer.
    #[error("the disk does not answer: it is left out until it does")]
    Stuck,
    /// A format that is not read.
    #[error("an unknown format: save it as .docx, .pdf or .txt")]
    UnknownFormat,
    /// An archive of other files.
    #[error("an archive: unpack it and take the files in it")]
    Archive,
    /// An old office format that another program must convert.
    #[error("an old format ({format}): save it as .docx")]
    OldFormat {
        /// `.doc`, `.wps`, `.rtf` …
        format: &'static str,
    },
    /// It asks for a password.
    #[error("protected by a password: save it without one")]
    Protected,
    /// Pages that are pictures.
    #[error("pictures of pages, without text: run text recognition (OCR) on it first")]
    NoText,
    /// Damaged, or not what it says it is.
    #[error("a damaged {format} file: {why}")]
    Broken {
        /// `docx`, `pdf` …
        format: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// Lines of a `_folder.md` that say nothing; the others count.
    #[error("lines that say nothing: {}", line_numbers(.0))]
    Lines(Vec<(usize, DoubtKind)>),
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

    /// A damaged file of a format, and what is wrong with it.
    pub fn broken(format: &'static str, why: impl std::fmt::Display) -> ReadError {
        ReadError::Broken {
            format,
            why: why.to_string(),
        }
    }
}

fn line_numbers(lines: &[(usize, DoubtKind)]) -> String {
    let numbers: Vec<String> = lines.iter().map(|(number, _)| number.to_string()).collect();
    numbers.join(", ")
}
