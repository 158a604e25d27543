//! Makes the targets' first inputs of files of any kind: `cargo run --manifest-path fuzz/Cargo.toml --bin seeds -- DIR…`
//! fills `fuzz/corpus`. Long files are no good to a fuzzer and are left out.

#[path = "../parts.rs"]
mod parts;

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use parts::{BETWEEN, PARTS};
use zip::ZipArchive;

const LONGEST: usize = 64 * 1024;

fn main() -> std::io::Result<()> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut folders: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).collect();
    let mut number = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)?.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
            for (target, seed) in seeds(&ending, &fs::read(&path)?) {
                if seed.len() <= LONGEST {
                    let folder = corpus.join(target);
                    fs::create_dir_all(&folder)?;
                    number += 1;
                    fs::write(folder.join(format!("seed-{number}")), seed)?;
                }
            }
        }
    }
    println!("{number} seeds");
    Ok(())
}

fn seeds(ending: &str, bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let with = |first: u8| [&[first], bytes].concat();
    match ending {
        "txt" => vec![("text", with(0)), ("report", bytes.to_vec())],
        "md" => vec![("text", with(1)), ("report", bytes.to_vec())],
        "csv" => vec![("text", with(2))],
        "tsv" => vec![("text", with(3))],
        "vtt" => vec![("subtitles", with(0))],
        "srt" => vec![("subtitles", with(1))],
        "html" | "htm" => vec![("html", bytes.to_vec())],
        "pdf" => vec![("pdf", bytes.to_vec())],
        "docx" => office(0, bytes),
        "xlsx" => office(1, bytes),
        "pptx" => office(2, bytes),
        _ => Vec::new(),
    }
}

/// The package itself, and its parts.
fn office(kind: u8, bytes: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let mut seeds = vec![("office", [&[3], bytes].concat())];
    let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else {
        return seeds;
    };
    let mut seed = vec![kind];
    for (number, name) in PARTS[usize::from(kind)].1.iter().enumerate() {
        if number > 0 {
            seed.extend(BETWEEN);
        }
        if let Ok(part) = zip.by_name(name) {
            // What cannot be unpacked is an empty part.
            let _ = part.take(LONGEST as u64).read_to_end(&mut seed);
        }
    }
    seeds.push(("office", seed));
    seeds
}
