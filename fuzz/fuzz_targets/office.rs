//! Office packages: the first byte says of which format, then come its parts; a fourth kind is the package's own bytes.
//!
//! `cargo +nightly fuzz run office -- -max_total_time=600`
#![no_main]

use huiwen_fuzz::{PARTS, package, pieces, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some((first, bytes)) = input.split_first() else {
        return;
    };
    match PARTS.get(usize::from(first % 4)) {
        Some((name, parts)) => read(name, &package(parts.iter().copied().zip(pieces(bytes)))),
        None => read("a.docx", bytes),
    }
});
