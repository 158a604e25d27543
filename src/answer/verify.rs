//! The first promise, kept at the last moment: a quote of a file that has changed is shown only if the text that was read
//! of it holds it, and it is said that the file has changed since.

use std::collections::{HashMap, HashSet};

use super::Quote;
use crate::index::{IndexError, Snapshot};

/// Quotes that can be proved, and files that have changed.
pub struct Standing {
    /// Those that stand in what was read of their files.
    pub quotes: Vec<Quote>,
    /// Files of theirs that have changed since.
    pub changed: Vec<String>,
    /// A file that has changed and of which a quote can be proved no more.
    pub lost: Option<String>,
}

/// Looks after the quotes' files. Until they are read again, what was read of them is what is quoted.
pub fn standing(quotes: Vec<Quote>, snapshot: &Snapshot) -> Result<Standing, IndexError> {
    // Whether each file has changed, and what was read of those that have.
    let mut texts: HashMap<String, Option<Option<String>>> = HashMap::new();
    let mut standing = Standing {
        quotes: Vec::with_capacity(quotes.len()),
        changed: Vec::new(),
        lost: None,
    };
    let changed: HashSet<String> = snapshot
        .changed(quotes.iter().map(|quote| quote.file.as_str()))
        .into_iter()
        .map(str::to_owned)
        .collect();
    for quote in quotes {
        if !texts.contains_key(&quote.file) {
            let read = match changed.contains(&quote.file) {
                true => Some(snapshot.text(&quote.file)?),
                false => None,
            };
            texts.insert(quote.file.clone(), read);
        }
        match texts.get(&quote.file).and_then(Option::as_ref) {
            // As it was when it was read.
            None => standing.quotes.push(quote),
            Some(Some(text)) if stands_in(&quote, text) => {
                if !standing.changed.contains(&quote.file) {
                    standing.changed.push(quote.file.clone());
                }
                standing.quotes.push(quote);
            }
            Some(_) => {
                tracing::warn!(file = %quote.file, "the file has changed since it was read: a quote is left out");
                standing.lost = Some(quote.file);
            }
        }
    }
    Ok(standing)
}

fn stands_in(quote: &Quote, text: &str) -> bool {
    let from = text.char_indices().nth(quote.at.start).map_or(text.len(), |(at, _)| at);
    text[from..].starts_with(&quote.text)
}
