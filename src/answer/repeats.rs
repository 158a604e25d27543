//! Repeats: one report in two files, or the same words in two reports, are shown once, with both sources.

use std::collections::HashSet;

use super::Quote;
use crate::text::fold_char;

/// How much of two quotes' pairs of characters must be the same for one to repeat the other.
const SAME: f32 = 0.8;

/// Adds a quote, unless another one has the same words: then the file is added to that one's sources.
pub fn add(quotes: &mut Vec<Quote>, one: Quote) {
    // Never one quote inside another.
    if quotes.iter().any(|other| other.overlaps(&one) && other.at != one.at) {
        return;
    }
    match quotes.iter_mut().find(|other| repeats(&one, other)) {
        Some(other) => {
            let known = other.file == one.file || other.also.contains(&one.file);
            if !known {
                other.also.push(one.file);
            }
        }
        None => quotes.push(one),
    }
}

fn repeats(one: &Quote, other: &Quote) -> bool {
    // Two who say the same are two who say it.
    if one.voice.name() != other.voice.name() {
        return false;
    }
    if one.text == other.text {
        return true;
    }
    // Different words of one file are different however alike they are, and so are 12万 and 112万, 要修 and 不要修.
    if one.file == other.file || decisive(&one.text) != decisive(&other.text) {
        return false;
    }
    let (a, b) = (pairs(&one.text), pairs(&other.text));
    let shared = a.intersection(&b).count() as f32;
    let smaller = a.len().min(b.len()) as f32;
    smaller > 0.0 && shared / smaller >= SAME
}

/// The characters that turn a sentence into another: figures and negations, in order.
pub(super) fn decisive(text: &str) -> Vec<char> {
    text.chars()
        .map(fold_char)
        .filter(|c| c.is_ascii_digit() || "零一二两三四五六七八九十百千万亿不没未无非".contains(*c))
        .collect()
}

pub(super) fn pairs(text: &str) -> HashSet<(char, char)> {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    chars.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::{Certainty, Manner, Speaker, Voice};

    fn quote(file: &str, name: &str, text: &str) -> Quote {
        let voice = Voice::Person {
            speaker: Speaker {
                name: Some(name.to_owned()),
                office: None,
                county: None,
            },
            manner: Manner::Direct,
            certainty: Certainty::Named,
        };
        Quote::new(file, Default::default(), voice, None, text.to_owned(), text.len())
    }

    #[test]
    fn the_same_words_are_shown_once_with_both_sources() {
        let mut quotes = Vec::new();
        add(&mut quotes, quote("a.txt", "王静", "先把路修好,再把电接通。"));
        add(&mut quotes, quote("b.txt", "王静", "先把路修好，再把电接通"));
        add(&mut quotes, quote("b.txt", "刘晖", "先把路修好,再把电接通吧。"));
        add(&mut quotes, quote("a.txt", "王静", "先把路修好,再把桥修好。"));
        assert_eq!(quotes.len(), 3);
        add(&mut quotes, quote("c.txt", "王静", "不先把路修好,再把电接通。"));
        add(&mut quotes, quote("a.txt", "丘福生", "先把路修好,再把桥修好。"));
        assert_eq!(quotes.len(), 5);
        assert_eq!(quotes[0].also, ["b.txt"]);
    }
}
