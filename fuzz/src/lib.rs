//! What all targets ask of whatever is read, and packages as the fuzzer writes them.

mod parts;

use std::io::{Cursor, Write};
use std::path::Path;

use huiwen::reading::{Document, MarkKind, read_bytes, understand};
pub use parts::{BETWEEN, PARTS};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// A text that is longer is read and no more: understanding it is what takes the time.
const UNDERSTOOD: usize = 4096;

/// Reads the bytes as a file of this name. A fault that the reader caught is a fault.
pub fn read(name: &str, bytes: &[u8]) {
    match read_bytes(Path::new(name), bytes) {
        Ok(document) => check(&document),
        Err(fault @ huiwen::reading::ReadError::Fault(_)) => panic!("{fault}"),
        Err(_) => {}
    }
}

/// Marks and cells stand where text is and do not overlap; what is understood covers the text.
pub fn check(document: &Document) {
    let text = document.text.as_str();
    assert!(!text.contains('\r') && !text.starts_with('\u{feff}'));
    let mut at = 0;
    for mark in &document.marks {
        let _ = mark.span.of(text);
        if mark.kind == MarkKind::Markup {
            continue;
        }
        assert!(mark.span.start() >= at, "{mark:?} overlaps what ends at {at}");
        at = mark.span.end();
        if let MarkKind::Row { cells, .. } = &mark.kind {
            for cell in cells {
                let _ = cell.of(text);
                assert!(mark.span.contains(*cell), "{cell:?} is outside of {mark:?}");
            }
        }
    }
    if text.len() > UNDERSTOOD {
        return;
    }
    let report = understand(document, "2024-03-05.txt");
    let mut spans: Vec<_> = report.remarks.iter().map(|remark| remark.span).collect();
    spans.extend(report.left_out.iter().map(|left| left.span));
    spans.sort();
    let mut at = 0;
    for span in spans {
        assert!(span.start() >= at, "{span:?} overlaps what ends at {at}");
        assert!(
            text[at..span.start()].trim().is_empty(),
            "lost: {:?}",
            &text[at..span.start()]
        );
        at = span.end();
    }
    assert!(text[at..].trim().is_empty(), "lost: {:?}", &text[at..]);
}

/// A package of parts that are not packed, so that the fuzzer changes XML and no Deflate.
pub fn package<'p>(parts: impl Iterator<Item = (&'p str, &'p [u8])>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts {
        zip.start_file(name, stored).expect("memory can be written");
        zip.write_all(content).expect("memory can be written");
    }
    zip.finish().expect("memory can be written").into_inner()
}

/// The pieces of an input that [`BETWEEN`] parts.
pub fn pieces(input: &[u8]) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    let mut rest = input;
    while let Some(at) = rest.windows(BETWEEN.len()).position(|window| window == BETWEEN) {
        pieces.push(&rest[..at]);
        rest = &rest[at + BETWEEN.len()..];
    }
    pieces.push(rest);
    pieces
}
