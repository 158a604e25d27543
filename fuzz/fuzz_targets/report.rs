//! Any bytes whatever as a knowledge file: nothing panics, and remarks are spans of the text, in order, apart.
//!
//! `cargo +nightly fuzz run report -- -max_total_time=600`; seeds: `tests/attribution/reports`.
#![no_main]

use huiwen::reading::{decode, understand};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = decode(bytes.to_vec()) else { return };
    let report = understand(&text, "2024-03-05.txt");
    let mut at = 0;
    for remark in &report.remarks {
        assert!(remark.span.start() >= at && remark.span.end() <= text.len());
        assert!(text.get(remark.span.start()..remark.span.end()).is_some_and(|words| !words.is_empty()));
        at = remark.span.end();
    }
});
