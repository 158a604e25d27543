//! Plain text in any encoding, Markdown, tables as text: the first byte says which, the others are the file.
//!
//! `cargo +nightly fuzz run text -- -max_total_time=600`
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some((first, bytes)) = input.split_first() else {
        return;
    };
    huiwen_fuzz::read(["a.txt", "a.md", "a.csv", "a.tsv"][usize::from(first % 4)], bytes);
});
