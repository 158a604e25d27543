//! The most memory that reading one large file takes, `inspect` and all: below [`MOST`] for each of them.
//!
//! `cargo bench --bench memory` (Linux: the figure is the kernel's own, `VmHWM`).

mod corpus;
mod papers;
mod watched;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// Bytes of memory that no file below 20 MB may take.
const MOST: u64 = 300 * 1024 * 1024;
/// Text just below the longest that is read.
const LARGE: usize = 19 * 1024 * 1024;
/// Lines of a page of [`papers`], 28 characters of three bytes each, with some to spare for short lines.
const PAGE: usize = 22 * 28 * 3;

/// Generated reports of so many bytes.
fn text(bytes: usize) -> String {
    let mut text = String::new();
    for report in (0..).map(corpus::report) {
        if text.len() + report.len() > bytes {
            break;
        }
        text.push_str(&report);
    }
    text
}

/// What is measured: a name, the file's ending, its bytes.
fn files() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let (small, large) = (text(2 * 1024 * 1024), text(LARGE));
    let paragraphs = |text: &'static str| -> Vec<&str> { text.lines().filter(|line| !line.is_empty()).collect() };
    // Leaked: a bench's texts live as long as it does.
    let (small, large) = (paragraphs(small.leak()), paragraphs(large.leak()));
    let pages: Vec<&str> = small
        .iter()
        .copied()
        .scan(0, |length, paragraph| {
            *length += paragraph.len();
            (*length < 500 * PAGE).then_some(paragraph)
        })
        .collect();
    vec![
        ("plain text of 19 MB", "txt", papers::file("txt", &large)),
        (
            "a docx of 20 MB: 2 MB of text and pictures",
            "docx",
            papers::with_pictures(&small, LARGE),
        ),
        ("a docx of 19 MB of text", "docx", papers::file("docx", &large)),
        ("an xlsx of 19 MB of text", "xlsx", papers::file("xlsx", &large)),
        (
            "a page of 13 MB",
            "html",
            papers::file("html", large.get(..large.len() / 3 * 2).unwrap_or_default()),
        ),
        ("a pdf of 500 pages", "pdf", papers::file("pdf", &pages)),
    ]
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let mut is_over = false;
    for (name, ending, bytes) in files() {
        let path = folder.path().join(format!("a.{ending}"));
        fs::write(&path, &bytes)?;
        let begun = Instant::now();
        let most = most_memory(&path)?;
        let (megabytes, took) = (most / 1024 / 1024, begun.elapsed().as_secs_f64());
        println!("{name} ({} bytes): {megabytes} MB, {took:.1} s", bytes.len());
        is_over |= most > MOST;
    }
    if is_over {
        return Err("a file took more than is promised".into());
    }
    Ok(())
}

/// Has the program inspect a file and watches its memory until it is done.
fn most_memory(path: &Path) -> Result<u64, Box<dyn Error>> {
    watched::most_memory(Command::new(env!("CARGO_BIN_EXE_huiwen")).arg("inspect").arg(path))
}
