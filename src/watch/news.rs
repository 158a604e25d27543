//! What is new in a paper, and what of it concerns a watch.

use std::collections::HashSet;

use super::{Called, Watch, Way};
use crate::answer::Quote;
use crate::digest::sha256;
use crate::index::{Paper, Piece};
use crate::text::{CharOffsets, Span, clauses, fold_str, is_clause_mark, is_closing_mark, is_sentence_mark, sentences};

/// The longest quote that tells of something new, in characters.
const QUOTE: usize = 200;

/// The number that a sentence is known by, wherever it stands.
pub fn digest_of(sentence: &str) -> u64 {
    let letters: String = fold_str(sentence).chars().filter(|c| c.is_alphanumeric()).collect();
    let [a, b, c, d, e, f, g, h, ..] = sha256(letters);
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

/// The sentences of a paper that somebody says or the reporter tells, each by its number.
pub fn sentences_of(paper: &Paper) -> Vec<u64> {
    let mut numbers: Vec<u64> = paper
        .pieces
        .iter()
        .flat_map(|piece| sentences_in(paper, piece))
        .map(|span| digest_of(span.of(&paper.text)))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Those of a piece that say anything, as bytes of the paper.
fn sentences_in<'p>(paper: &'p Paper, piece: &Piece) -> impl Iterator<Item = Span> + use<'p> {
    let start = piece.span.start();
    let spans = sentences(piece.span.of(&paper.text)).into_iter();
    spans
        .map(move |span| span.shifted(start))
        .filter(|span| span.of(&paper.text).chars().any(char::is_alphanumeric))
}

/// A piece of a paper with what is new in it.
#[derive(Debug)]
pub struct News<'p> {
    paper: &'p Paper,
    piece: &'p Piece,
    /// The new sentences, in order.
    fresh: Vec<Span>,
    /// The same, what the piece says as a whole, and what it stands under; folded.
    fresh_words: String,
    whole: String,
    around: String,
    /// What whoever speaks is called.
    called: Called,
}

/// What is new in a paper, where these sentences are known.
pub fn news<'p>(paper: &'p Paper, known: &HashSet<u64>) -> Vec<News<'p>> {
    let pieces = paper.pieces.iter().filter_map(|piece| {
        let fresh: Vec<Span> = sentences_in(paper, piece)
            .filter(|span| !known.contains(&digest_of(span.of(&paper.text))))
            .filter(|span| piece.voice.is_spoken() || tells(span.of(&paper.text)))
            .collect();
        let words: Vec<&str> = fresh.iter().map(|span| span.of(&paper.text)).collect();
        (!fresh.is_empty()).then(|| News {
            paper,
            piece,
            // No word reaches from one into the next.
            fresh_words: fold_str(&words.join("\n")),
            whole: fold_str(piece.span.of(&paper.text)),
            around: piece.section.as_deref().map(fold_str).unwrap_or_default(),
            called: Called::of(&piece.voice),
            fresh,
        })
    });
    pieces.collect()
}

/// Whether the reporter's words tell something by themselves: 王静说: and ,王静说。 only belong to what is said.
fn tells(sentence: &str) -> bool {
    let behind = |c: char| c.is_whitespace() || is_closing_mark(c);
    let begins = sentence.trim_start_matches(behind).starts_with(is_clause_mark);
    let ends = sentence.trim_end().ends_with(is_sentence_mark) || !sentence.trim_end().ends_with(is_clause_mark);
    !begins && ends
}

impl News<'_> {
    /// How it has to do with a watch, and the words that say so. `people` knows who speaks in the files.
    pub fn concerns(&self, watch: &Watch, people: impl Fn(&str) -> bool) -> Option<(Way, Quote)> {
        let way = watch.way(&self.called, &self.around, &self.whole, &self.fresh_words, people)?;
        Some((way, self.quote(watch)))
    }

    /// The new sentence that tells most of it, with those that follow.
    fn quote(&self, watch: &Watch) -> Quote {
        let text = &self.paper.text;
        let told = |span: &Span| {
            let folded = fold_str(span.of(text));
            watch
                .words()
                .iter()
                .filter(|word| folded.contains(word.as_str()))
                .count()
        };
        // The first of the best; there is one, or it would be no news.
        let most = self.fresh.iter().map(told).max().unwrap_or_default();
        let at = self
            .fresh
            .iter()
            .position(|span| told(span) == most)
            .unwrap_or_default();
        let length = |span: Span| span.of(text).chars().count();
        let mut span = self.fresh.get(at).copied().unwrap_or(self.piece.span);
        for next in self.fresh.iter().skip(at + 1) {
            let longer = Span::new(span.start(), next.end());
            let stands_between = text
                .get(span.end()..next.start())
                .is_none_or(|gap| !gap.trim().is_empty());
            if stands_between || length(longer) > QUOTE {
                break;
            }
            span = longer;
        }
        if length(span) > QUOTE {
            span = cut(text, span, told);
        }
        let span = span.trimmed(text);
        Quote::new(
            &self.paper.file,
            (&self.paper.meeting.title, self.paper.meeting.dates),
            self.piece.voice.clone(),
            self.piece.section.clone(),
            span.of(text).to_owned(),
            CharOffsets::new(text).chars_before(span.start()),
        )
    }
}

/// Of a sentence that is too long, the clause that tells most of it, with as many behind it as there is room for.
fn cut(text: &str, long: Span, told: impl Fn(&Span) -> usize) -> Span {
    let clauses: Vec<Span> = clauses(long.of(text))
        .into_iter()
        .map(|clause| clause.shifted(long.start()))
        .collect();
    let most = clauses.iter().map(&told).max().unwrap_or_default();
    let start = clauses
        .iter()
        .find(|clause| told(clause) == most)
        .map_or(long.start(), |clause| clause.start());
    let rest = &text[start..long.end()];
    let end = rest.char_indices().nth(QUOTE).map_or(long.end(), |(at, _)| start + at);
    let whole = clauses
        .iter()
        .map(|clause| clause.end())
        .filter(|at| (start + 1..=end).contains(at))
        .max();
    Span::new(start, whole.unwrap_or(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::{Meeting, Voice};

    fn paper(text: &str) -> Paper {
        Paper {
            file: "a.txt".to_owned(),
            meeting: Meeting::default(),
            text: text.to_owned(),
            pieces: vec![Piece {
                span: Span::new(0, text.len()),
                voice: Voice::Group {
                    name: "刘晖".to_owned(),
                    county: None,
                },
                cue: None,
                section: None,
            }],
            headings: Vec::new(),
            left_out: Vec::new(),
            frames: Vec::new(),
            doubts: Vec::new(),
        }
    }

    fn told(paper: &Paper, known: &[&str], watch: &str) -> Option<String> {
        let known = known.iter().map(|sentence| digest_of(sentence)).collect();
        let news = news(paper, &known);
        let watch = Watch::of(watch).unwrap();
        let told: Vec<Quote> = news
            .iter()
            .filter_map(|news| news.concerns(&watch, |_| false))
            .map(|(_, quote)| quote)
            .collect();
        assert!(told.len() <= 1);
        let quote = told.into_iter().next()?;
        let stands: String = paper
            .text
            .chars()
            .skip(quote.at.start)
            .take(quote.at.end - quote.at.start)
            .collect();
        assert_eq!(stands, quote.text);
        Some(quote.text)
    }

    #[test]
    fn a_quote_is_the_new_sentence_that_tells_it_with_those_that_follow() {
        let paper = paper("先说老话。要修桥。桥要修三座,年内完成。 再修路。");
        assert_eq!(told(&paper, &[], "修三座").unwrap(), "桥要修三座,年内完成。 再修路。");
        assert_eq!(told(&paper, &["再修路。"], "修三座").unwrap(), "桥要修三座,年内完成。");
        assert_eq!(told(&paper, &["桥要修三座，年内完成"], "修三座"), None);
        assert_eq!(told(&paper, &["要修桥。"], "刘晖").unwrap(), "先说老话。");
    }

    #[test]
    fn a_sentence_without_end_is_cut_at_a_clause() {
        let long = format!("{}要修桥,{}", "先看一看,".repeat(60), "再想一想,".repeat(60));
        let told = told(&paper(&long), &[], "修桥").unwrap();
        assert!(told.starts_with("要修桥,") && told.ends_with("再想一想,"), "{told}");
        assert!(told.chars().count() <= QUOTE);
    }

    #[test]
    fn what_only_frames_speech_tells_nothing() {
        for frame in ["丹溪县副县长欧阳竹说:", "他表示，", "，王静说。", "”，王静说。"] {
            assert!(!tells(frame), "{frame}");
        }
        for told in ["王静出席会议。", "一、王静的发言", "会议听取了“王静经验”的汇报。"]
        {
            assert!(tells(told), "{told}");
        }
    }

    #[test]
    fn sentences_are_known_whatever_marks_they_have() {
        assert_eq!(digest_of("先修路，再修桥。"), digest_of(" 先修路,再修橋"));
        assert_ne!(digest_of("先修路"), digest_of("先修桥"));
    }
}
