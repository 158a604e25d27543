//! What tests of reading ask of a text: who said what.

use super::{Document, understand};

/// What somebody said in a plain text, a remark a piece: `王静 好。`; `-` where nobody is named.
pub fn told(text: &str) -> Vec<String> {
    let report = understand(&Document::plain(text), "a.txt");
    report
        .spoken()
        .map(|remark| format!("{} {}", remark.voice.name().unwrap_or("-"), remark.span.of(text)))
        .collect()
}

/// Who said `words`, which must stand in a plain text.
pub fn who(text: &str, words: &str) -> Option<String> {
    let report = understand(&Document::plain(text), "a.txt");
    let at = text.find(words).unwrap();
    report
        .spoken()
        .find(|remark| remark.span.start() <= at && at < remark.span.end())
        .and_then(|remark| remark.voice.name().map(str::to_owned))
}

/// Asserts who said `words`; `None` for nobody.
#[track_caller]
pub fn says(text: &str, words: &str, name: Option<&str>) {
    assert_eq!(who(text, words).as_deref(), name, "{words}");
}
