//! Any bytes whatever as a knowledge file of plain text.
//!
//! `cargo +nightly fuzz run report -- -max_total_time=600`; seeds: `tests/attribution/reports`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| huiwen_fuzz::read("a.txt", bytes));
