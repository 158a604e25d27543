//! Bytes become a [`Document`]: a file a format behind one small seam. What a format knows of its layout travels as
//! [`Mark`]s on the decoded text; the stage behind ([`layout`](super::layout)) makes blocks of lines and marks.

mod archive;
#[cfg(test)]
mod checked;
mod counting;
mod csv;
mod docx;
mod encoding;
mod html;
mod leftovers;
mod lines;
mod markdown;
mod old_office;
mod pdf;
mod plain;
mod pptx;
mod subtitles;
mod xlsx;
mod xml;

use std::path::Path;

use self::archive::Package;
pub use self::old_office::convert_with;
use super::error::ReadError;
pub use crate::meeting::Reason;
use crate::text::Span;

/// Endings of the files that are looked into; what is in them decides how they are read.
const ENDINGS: [&str; 25] = [
    "txt", "text", "md", "markdown", "vtt", "srt", "csv", "tsv", "html", "htm", "xhtml", "docx", "docm", "xlsx",
    "xlsm", "pptx", "pptm", "pdf", "doc", "wps", "rtf", "xls", "et", "ppt", "dps",
];

/// Whether a file called so is one that huiwen looks into.
pub fn is_read(path: &Path) -> bool {
    ENDINGS.contains(&ending(path).as_str())
}

fn ending(path: &Path) -> String {
    let ending = path.extension().unwrap_or_default();
    ending.to_string_lossy().to_ascii_lowercase()
}

/// Reads the bytes of a file called `path`. Its beginning tells the format; among formats of plain text its name does.
pub fn read(path: &Path, bytes: &[u8]) -> Result<Document, ReadError> {
    match archive::looks_like(bytes) {
        Package::Docx => return docx::read(bytes),
        Package::Xlsx => return xlsx::read(bytes),
        Package::Pptx => return pptx::read(bytes),
        Package::Encrypted => return Err(ReadError::Protected),
        Package::Ole => return old_office::read(bytes, old_format(path)),
        Package::OtherZip => return Err(ReadError::Archive),
        Package::Other if is_archive(bytes) => return Err(ReadError::Archive),
        Package::Other => {}
    }
    if bytes.starts_with(b"{\\rtf") {
        return old_office::read(bytes, "rtf");
    }
    if is_pdf(bytes) {
        return pdf::read(bytes);
    }
    if is_html(path, bytes) {
        return html::read(bytes);
    }
    let text = encoding::decode(bytes, None)?;
    let ending = ending(path);
    Ok(match ending.as_str() {
        _ if text.starts_with("WEBVTT") => subtitles::read(text),
        "vtt" | "srt" => subtitles::read(text),
        "csv" | "tsv" => csv::read(text),
        "md" | "markdown" => markdown::read(text),
        _ => plain::read(text),
    })
}

/// Whether a PDF begins within the first kilobyte, as its readers allow.
fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)]
        .windows(5)
        .any(|window| window == b"%PDF-")
}

/// Whether bytes are a page: it begins with a tag of one, or is called one and has tags at all.
fn is_html(path: &Path, bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let bare = head.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start();
    let begins = ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|tag| bare.starts_with(tag));
    begins || matches!(ending(path).as_str(), "html" | "htm" | "xhtml") && head.contains('<')
}

/// How archives begin, whatever they are called.
const ARCHIVE_STARTS: [&[u8]; 5] = [b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0"];

fn is_archive(bytes: &[u8]) -> bool {
    ARCHIVE_STARTS.iter().any(|start| bytes.starts_with(start))
}

/// What an old office program's file is called.
fn old_format(path: &Path) -> &'static str {
    match ending(path).as_str() {
        "wps" => "wps",
        "xls" | "et" => "xls",
        "ppt" | "dps" => "ppt",
        _ => "doc",
    }
}

/// The decoded text that all offsets count in, and what the format itself knows of its layout.
///
/// One line (up to `\n`) is one paragraph, heading, list item or table row; where the format wraps lines by itself (pdf) they
/// are joined already. A line break inside a paragraph (`w:br`, `<br>`) is a `\n` too. Text is what a reader of the
/// page sees, in the order of reading: numbers and bullets that the format generates stand in it (`1. `, `（一）`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The text. No `\r`, no byte order mark.
    pub text: String,
    /// In order of their beginnings. They do not overlap, but for [`MarkKind::Markup`], which may lie inside others.
    pub marks: Vec<Mark>,
}

impl Document {
    /// A text of which no format says anything.
    pub fn plain(text: impl Into<String>) -> Document {
        Document {
            text: text.into(),
            marks: Vec::new(),
        }
    }
}

/// What the format says about a stretch of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of the text, without the line's end.
    pub span: Span,
    /// What it is.
    pub kind: MarkKind,
}

/// What a stretch is, where the format says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// A heading by its style; level 0 is the document's own title.
    Heading(u8),
    /// A paragraph of its own: never joined with its neighbours. What it is besides (a label, a turn, a heading that is no
    /// more than a short bold line) is told by its words.
    Paragraph,
    /// A row of a table, as `cell\tcell\tcell` on one line, with its cells. Empty cells have empty spans.
    Row {
        /// Where the cells stand, in order.
        cells: Vec<Span>,
        /// Whether it names the columns.
        head: bool,
    },
    /// Words whose speaker the format itself tells (the voice tag of a subtitle). The span is that of the whole line: it holds
    /// the speaker's name, a full-width colon and the words.
    Turn {
        /// The name.
        speaker: Span,
        /// What was said.
        words: Span,
    },
    /// Marks that the text has and nobody reads aloud: `**`, `[^1]`, a time stamp within a cue.
    Markup,
    /// What the page has and nobody said.
    LeftOut(Reason),
}
