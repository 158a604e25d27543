//! Any bytes as a PDF.
//!
//! `cargo +nightly fuzz run pdf -- -max_total_time=600`
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| huiwen_fuzz::read("a.pdf", bytes));
