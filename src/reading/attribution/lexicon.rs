//! The data files beside this code, read once: cues, offices, surnames, and the words around them.

use std::collections::HashSet;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::FxHashMap;

use crate::text::{Rows, Span, rows};

/// A set of words that can be looked up, found in text, and matched at a place.
#[derive(Debug)]
pub struct Words {
    /// Words by their first character, the longest first. Lookups are the most frequent thing that attribution does:
    /// almost all of them end at the first character.
    by_first: FxHashMap<char, Vec<&'static str>>,
    /// Words by their last character, the longest first.
    by_last: FxHashMap<char, Vec<&'static str>>,
    finder: AhoCorasick,
}

impl Words {
    /// Of a data file's words.
    pub fn new(words: impl IntoIterator<Item = &'static str>) -> Words {
        let set: HashSet<&'static str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let mut list: Vec<_> = set.into_iter().collect();
        list.sort_unstable_by_key(|word| (std::cmp::Reverse(word.len()), *word));
        let mut by_first: FxHashMap<char, Vec<&'static str>> = FxHashMap::default();
        let mut by_last: FxHashMap<char, Vec<&'static str>> = FxHashMap::default();
        for word in &list {
            by_first.entry(first(word)).or_default().push(word);
            by_last.entry(last(word)).or_default().push(word);
        }
        // A few hundred short patterns: building cannot exceed the automaton's limits.
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&list)
            .expect("a word list fits into an automaton");
        Words {
            by_first,
            by_last,
            finder,
        }
    }

    /// Whether `word` is one of them.
    pub fn has(&self, word: &str) -> bool {
        self.by_first
            .get(&first(word))
            .is_some_and(|words| words.contains(&word))
    }

    /// Where they stand in `text`, leftmost and longest, without overlaps.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Span> + 'a {
        self.finder.find_iter(text).map(|hit| Span::new(hit.start(), hit.end()))
    }

    /// The longest of them that `text` begins with.
    pub fn prefix<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.prefix_entry(text).map(|word| &text[..word.len()])
    }

    /// The longest of them that `text` begins with, as the data file's own string.
    pub fn prefix_entry(&self, text: &str) -> Option<&'static str> {
        let words = self.by_first.get(&first(text))?;
        words.iter().copied().find(|word| text.starts_with(word))
    }

    /// The longest of them that `text` ends with.
    pub fn suffix<'t>(&self, text: &'t str) -> Option<&'t str> {
        let words = self.by_last.get(&last(text))?;
        let word = words.iter().find(|word| text.ends_with(**word))?;
        Some(&text[text.len() - word.len()..])
    }
}

/// The first character; NUL, which no word has, where there is none.
fn first(text: &str) -> char {
    text.chars().next().unwrap_or_default()
}

fn last(text: &str) -> char {
    text.chars().next_back().unwrap_or_default()
}

/// How the words follow a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// At once (表示将…) or behind a mark.
    Open,
    /// Behind a comma, a colon or a quotation mark only (介绍,…).
    Mark,
    /// Not at all: the words stand before (如是说).
    After,
    /// As a quotation behind a comma or a colon only (接过话筒,“…”).
    Quoted,
    /// At once where a meeting decides (会议同意将…), else behind a mark only.
    Decision,
}

/// A reporting word of `cues.tsv`.
#[derive(Debug)]
pub struct Cue {
    /// How its words follow.
    pub opening: Opening,
    not_before: Vec<&'static str>,
}

impl Cue {
    /// Whether what stands right behind the cue makes it another word.
    pub fn is_spoilt_by(&self, rest: &str) -> bool {
        self.not_before.iter().any(|word| rest.starts_with(word))
    }
}

/// All the words that attribution knows.
#[derive(Debug)]
pub struct Lexicon {
    cues: FxHashMap<&'static str, Cue>,
    /// Cues and what only looks like them, so that the longer wins.
    cue_finder: Words,
    /// Titles: 书记, 县长.
    pub offices: Words,
    /// Those of them, and other callings, that people type in questions.
    pub asked: AskedTitles,
    /// Titles and what only looks like them, so that the longer wins.
    office_finder: Words,
    /// Surnames of one and two characters.
    pub surnames: Words,
    /// What may stand between speaker and cue.
    pub adverbs: Words,
    /// What may stand right behind a name.
    pub followers: Words,
    /// Head nouns of groups.
    pub groups: Words,
    /// How the reporter's own sentences begin.
    pub narration: Words,
    /// What a place or an organization's own body ends with: 县, 局, 委.
    pub organs: Words,
}

static SHARED: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

fn column(rows: Rows) -> impl Iterator<Item = &'static str> {
    rows.map(|row| row[0])
}

/// What papers take for titles, and what questions do.
fn offices() -> (Vec<&'static str>, AskedTitles) {
    let mut offices = Vec::new();
    let mut asked = AskedTitles::default();
    for row in rows!("offices.tsv", 1..=2) {
        match row.as_slice() {
            [word] => offices.push(*word),
            [word, "title"] => {
                offices.push(word);
                asked.titles.push(word);
            }
            [word, "calling"] => {
                offices.push(word);
                asked.callings.push(word);
            }
            [word, "asked"] => asked.callings.push(word),
            _ => row.wrong("neither title, calling nor asked"),
        }
    }
    (offices, asked)
}

/// Titles as people type them in questions.
#[derive(Debug, Default)]
pub struct AskedTitles {
    /// Ends of offices that somebody holds.
    pub titles: Vec<&'static str>,
    /// What many are called by what they do.
    pub callings: Vec<&'static str>,
}

impl Lexicon {
    /// The one lexicon of this process.
    pub fn shared() -> &'static Lexicon {
        &SHARED
    }

    fn load() -> Lexicon {
        let cues: FxHashMap<_, _> = rows!("cues.tsv", 2..=3)
            .filter_map(|row| {
                let opening = match row[1] {
                    "open" => Opening::Open,
                    "mark" => Opening::Mark,
                    "after" => Opening::After,
                    "quoted" => Opening::Quoted,
                    "decision" => Opening::Decision,
                    _ => row.wrong("no such way to open"),
                };
                let not_before = row
                    .get(2)
                    .map_or_else(Vec::new, |words| words.split(' ').filter(|w| !w.is_empty()).collect());
                Some((*row.first()?, Cue { opening, not_before }))
            })
            .collect();
        let not_cues = column(rows!("not_cues.tsv", 1));
        let (offices, asked) = offices();
        Lexicon {
            cue_finder: Words::new(cues.keys().copied().chain(not_cues)),
            cues,
            office_finder: Words::new(offices.iter().copied().chain(column(rows!("not_offices.tsv", 1)))),
            offices: Words::new(offices),
            asked,
            surnames: Words::new(column(rows!("surnames.tsv", 1))),
            adverbs: Words::new(column(rows!("adverbs.tsv", 1))),
            followers: Words::new(column(rows!("followers.tsv", 1))),
            groups: Words::new(column(rows!("groups.tsv", 1))),
            narration: Words::new(column(rows!("narration.tsv", 1))),
            organs: Words::new(column(rows!("organs.tsv", 1))),
        }
    }

    /// The cues in `text`, with where they stand; words that only look like cues are left out.
    pub fn cues_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Span, &'a Cue)> + 'a {
        self.cue_finder.find(text).filter_map(move |span| {
            let cue = self.cues.get(span.of(text))?;
            (!cue.is_spoilt_by(&text[span.end()..])).then_some((span, cue))
        })
    }

    /// The titles in `text`, with where they stand; words that only begin like them are left out.
    pub fn titles_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Span> + 'a {
        self.office_finder
            .find(text)
            .filter(move |span| self.offices.has(span.of(text)))
    }

    /// The cue that `text` begins with.
    pub fn cue_at<'t>(&self, text: &'t str) -> Option<&'t str> {
        let word = self.cue_finder.prefix(text)?;
        let cue = self.cues.get(word)?;
        (!cue.is_spoilt_by(&text[word.len()..])).then_some(word)
    }

    /// Whether `word` is a cue.
    pub fn is_cue(&self, word: &str) -> bool {
        self.cues.contains_key(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_hold_a_cue_are_none() {
        let lexicon = Lexicon::shared();
        let cues = |text: &str| -> Vec<String> {
            lexicon
                .cues_in(text)
                .map(|(span, _)| span.of(text).to_owned())
                .collect()
        };
        assert_eq!(cues("这部小说是一种说法,他说"), ["说"]);
        assert_eq!(cues("要求的信,表示感谢,指出口在东边"), [""; 0]);
        assert_eq!(cues("他一再强调,并要求"), ["强调", "要求"]);
    }

    #[test]
    fn words_match_at_both_ends() {
        let lexicon = Lexicon::shared();
        assert_eq!(lexicon.offices.prefix("副书记李"), Some("副书记"));
        assert_eq!(lexicon.offices.suffix("县委统战部部长"), Some("部长"));
        assert_eq!(lexicon.surnames.prefix("欧阳明"), Some("欧阳"));
    }
}
