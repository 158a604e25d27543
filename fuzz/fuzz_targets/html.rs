//! Any bytes as a page.
//!
//! `cargo +nightly fuzz run html -- -max_total_time=600`
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| huiwen_fuzz::read("a.html", bytes));
