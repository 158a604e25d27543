//! The first promise, kept at the last moment: a quote is shown only if its file still holds it.

use std::collections::HashMap;
use std::fs;

use super::Quote;
use crate::index::Snapshot;
use crate::reading::read_file;

/// Drops the quotes whose files have changed since they were read, where the words no longer stand there.
pub fn standing(quotes: Vec<Quote>, snapshot: &Snapshot) -> Vec<Quote> {
    let mut texts: HashMap<String, Option<String>> = HashMap::new();
    quotes
        .into_iter()
        .filter(|quote| {
            let path = snapshot.knowledge().join(&quote.file);
            let proven = snapshot
                .catalogue()
                .file(&quote.file)
                .zip(fs::metadata(&path).ok())
                .is_some_and(|(entry, meta)| entry.stamp().proves(&meta));
            if proven {
                return true;
            }
            let text = texts
                .entry(quote.file.clone())
                .or_insert_with(|| read_file(&path).ok().map(|document| document.text));
            let stands = text.as_deref().is_some_and(|text| {
                let from = text.char_indices().nth(quote.at.start).map_or(text.len(), |(at, _)| at);
                text[from..].starts_with(&quote.text)
            });
            if !stands {
                tracing::warn!(file = %quote.file, "the file has changed since it was read: a quote is left out");
            }
            stands
        })
        .collect()
}
