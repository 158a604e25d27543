//! Any bytes whatever as a knowledge file: nothing panics, and remarks are spans of the text, in order, apart.
//!
//! `cargo +nightly fuzz run report -- -max_total_time=600`; seeds: `tests/attribution/reports`.
#![no_main]

use std::path::Path;

use huiwen::reading::{read_bytes, understand};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(document) = read_bytes(Path::new("a.txt"), bytes) else { return };
    let text = document.text.as_str();
    let report = understand(&document, "2024-03-05.txt");
    let mut at = 0;
    for remark in &report.remarks {
        assert!(remark.span.start() >= at && remark.span.end() <= text.len());
        assert!(text.get(remark.span.start()..remark.span.end()).is_some_and(|words| !words.is_empty()));
        at = remark.span.end();
    }
});
