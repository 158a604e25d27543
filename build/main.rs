//! What is made when huiwen is built: the dictionary's tree, and the fingerprint that names the index's folder. That is of
//! all code and data that decide what stands in the index, so that a changed analyzer, schema or rule is noticed without
//! anybody counting versions.

mod dictionary;

use std::collections::hash_map::DefaultHasher;
use std::env;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

/// What the index is made by: the stages up to it, and the locked versions of the libraries.
const MAKERS: [&str; 8] = [
    "build/dictionary.rs",
    "src/digest.rs",
    "src/text",
    "src/gazetteer",
    "src/meeting",
    "src/reading",
    "src/index",
    "Cargo.lock",
];

fn main() -> std::io::Result<()> {
    let mut files = Vec::new();
    for maker in MAKERS {
        println!("cargo:rerun-if-changed={maker}");
        collect(Path::new(maker), &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.to_string_lossy().hash(&mut hasher);
        fs::read(&file)?.hash(&mut hasher);
    }
    // Not HUIWEN_…: `cargo run` hands it on to the program, which would take it for a setting that it does not know.
    println!("cargo:rustc-env=INDEX_FINGERPRINT={:016x}", hasher.finish());

    let out = env::var_os("OUT_DIR").ok_or_else(|| std::io::Error::other("cargo gives no OUT_DIR"))?;
    dictionary::lay_out(Path::new("src/text/dictionary.tsv"), Path::new(&out))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
    } else if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    }
    Ok(())
}
