//! What a question has in Latin letters: cities by their romanized names, and English phrases of the glossary.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lexicon::{Lexicon, find_part};
use super::mention::Mention;
use super::sound;
use crate::gazetteer::{Gazetteer, Level, short_form};
use crate::text::{Segmenter, Span, is_han};

/// The cities above counties by their names in Latin letters, in which the files' own names are not.
static PREFECTURES: LazyLock<HashMap<String, [&'static str; 1]>> = LazyLock::new(|| {
    let divisions = Gazetteer::shared().divisions().iter();
    let cities = divisions.filter(|division| division.level() == Level::Prefecture);
    cities
        .filter_map(|city| short_form(city.name()))
        .flat_map(|short| {
            let short: &'static str = short.leak();
            sound::romanized(short)
                .into_iter()
                .map(move |letters| (letters, [short]))
        })
        .collect()
});

/// Prefectures in Latin letters, with where they stand and their Chinese names.
pub fn prefectures(text: &str, mentions: &[Mention]) -> Vec<(Span, &'static [&'static str])> {
    if !text.contains(|c: char| c.is_ascii_alphabetic()) {
        return Vec::new();
    }
    let words: Vec<(Span, &str)> = Segmenter::shared()
        .words(text)
        .into_iter()
        .filter(|(_, word)| word.chars().all(|c| c.is_ascii_alphabetic()))
        .collect();
    let free = |span: Span| !mentions.iter().any(|mention| mention.span.overlaps(span));
    words
        .iter()
        .filter_map(|(span, word)| {
            let meant = PREFECTURES.get(*word).filter(|_| free(*span))?;
            Some((*span, meant.as_slice()))
        })
        .collect()
}

/// English phrases that the glossary knows, with where they stand and the Chinese words for them.
pub fn english(text: &str, mentions: &[Mention]) -> Vec<(Span, &'static [&'static str])> {
    let mut found: Vec<(Span, &[&str])> = Vec::new();
    // app用户有多少: Chinese with a word in Latin letters means that word.
    if text.chars().any(is_han) {
        return found;
    }
    for (phrase, meant) in &Lexicon::shared().english {
        let mut from = 0;
        while let Some((start, end)) = find_part(text, phrase, from) {
            let span = Span::new(start, end);
            let taken = found.iter().any(|(other, _)| other.overlaps(span))
                || mentions.iter().any(|mention| mention.span.overlaps(span));
            if !taken {
                found.push((span, meant));
            }
            from = end;
        }
    }
    found
}
