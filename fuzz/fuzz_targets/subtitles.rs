//! Subtitles: the first byte says which format's name the file has.
//!
//! `cargo +nightly fuzz run subtitles -- -max_total_time=600`
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some((first, bytes)) = input.split_first() else {
        return;
    };
    huiwen_fuzz::read(["a.vtt", "a.srt"][usize::from(first % 2)], bytes);
});
