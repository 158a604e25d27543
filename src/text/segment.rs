//! Words: what a text is cut into. Of all ways to cut it into words of the dictionary, the likeliest.

use super::dictionary::{UNLISTED, Word, begin};
use super::span::Span;

/// Cuts Chinese text into words. Nothing but a name for the dictionary, which lies in the program.
#[derive(Clone, Copy, Debug)]
pub struct Segmenter {
    _private: (),
}

/// A character of a run, where it begins, and the best cut from it to the run's end.
struct Step {
    character: char,
    at: usize,
    /// The step after the first word.
    next: usize,
    likelihood: f64,
}

/// How often a word was counted that is met seldom.
const RARE: f64 = 1000.0;

impl Segmenter {
    /// The one segmenter of this process.
    pub fn shared() -> Segmenter {
        Segmenter { _private: () }
    }

    /// The words of `text` with where they stand, punctuation included, covering all of it.
    pub fn words<'t>(&self, text: &'t str) -> Vec<(Span, &'t str)> {
        let mut words = Vec::with_capacity(text.len() / 4);
        let mut keep = |start: usize, end: usize| words.push((Span::new(start, end), &text[start..end]));
        let mut run = Vec::new();
        let mut characters = text.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            if is_of_words(character) {
                run.push(Step {
                    character,
                    at,
                    next: 0,
                    likelihood: 0.0,
                });
                continue;
            }
            cut(&mut run, at, &mut keep);
            run.clear();
            let end = match character == '\r' && characters.next_if(|&(_, next)| next == '\n').is_some() {
                true => at + 2,
                false => at + character.len_utf8(),
            };
            keep(at, end);
        }
        cut(&mut run, text.len(), &mut keep);
        words
    }

    /// Whether the dictionary knows `word` as one word.
    pub fn knows(&self, word: &str) -> bool {
        Word::whole(word).is_some()
    }

    /// The part of speech that the dictionary gives `word` (`ns` for a place, `nr` for a person), where it is cut as one.
    pub fn part_of_speech(&self, word: &str) -> Option<&'static str> {
        let known = Word::whole(word)?;
        (self.words(word).len() == 1).then(|| known.part_of_speech())
    }

    /// Whether the dictionary has `word`, and seldom met it in what its words were counted in: 建平, 海峰.
    pub fn is_rare(&self, word: &str) -> bool {
        Word::whole(word).is_some_and(|known| known.likelihood() - UNLISTED < RARE.ln())
    }

    /// Whether the dictionary has `word` for one that names nothing: 得到 and 参加, which stand before 县 as names do.
    pub fn is_ordinary(&self, word: &str) -> bool {
        self.part_of_speech(word)
            .is_some_and(|speech| !speech.starts_with(['n', 'j', 'i']))
    }
}

/// Cuts a run of characters that ends at `end`, and keeps its words.
fn cut(run: &mut [Step], end: usize, keep: &mut impl FnMut(usize, usize)) {
    // From the last character to the first, each knows how likely the best cut of all behind it is.
    for start in (0..run.len()).rev() {
        let behind = |next: usize| run.get(next).map_or(0.0, |step: &Step| step.likelihood);
        let mut best: Option<(f64, usize)> = None;
        let mut beginning = begin(run[start].character);
        let mut next = start + 1;
        while let Some(begun) = beginning {
            if let Some(word) = begun.word() {
                let likelihood = word.likelihood() + behind(next);
                // Of two that are as likely, the longer.
                if best.is_none_or(|(most, _)| likelihood >= most) {
                    best = Some((likelihood, next));
                }
            }
            beginning = run.get(next).and_then(|step| begun.then(step.character));
            next += 1;
        }
        (run[start].likelihood, run[start].next) = best.unwrap_or_else(|| (UNLISTED + behind(start + 1), start + 1));
    }
    let mut at = 0;
    while at < run.len() {
        let mut next = run[at].next;
        // 2023, DOCX: letters and digits that are no words of their own stay together.
        let alone = |at: usize| {
            run.get(at)
                .is_some_and(|step| step.character.is_ascii_alphanumeric() && step.next == at + 1)
        };
        if alone(at) {
            while alone(next) {
                next += 1;
            }
        }
        keep(run[at].at, run.get(next).map_or(end, |step| step.at));
        at = next;
    }
}

/// Whether words are made of `character`: Han, Latin letters, digits, and what stands between these.
fn is_of_words(character: char) -> bool {
    match character {
        '\u{4E00}'..='\u{9FFF}' => true,
        _ if character.is_ascii() => {
            character.is_ascii_alphanumeric() || matches!(character, '+' | '#' | '&' | '.' | '_' | '%' | '-')
        }
        '\u{3400}'..='\u{4DBF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{2A6DF}'
        | '\u{2A700}'..='\u{2B73F}'
        | '\u{2B740}'..='\u{2B81F}'
        | '\u{2B820}'..='\u{2CEAF}'
        | '\u{2CEB0}'..='\u{2EBEF}'
        | '\u{2F800}'..='\u{2FA1F}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use jieba_rs::Jieba;
    use proptest::prelude::*;

    use super::*;

    static JIEBA: std::sync::LazyLock<Jieba> = std::sync::LazyLock::new(Jieba::new);

    fn as_jieba_cuts(text: &str) {
        let words: Vec<&str> = Segmenter::shared().words(text).iter().map(|&(_, word)| word).collect();
        let cut: Vec<&str> = JIEBA.cut(text, false).iter().map(|token| token.word).collect();
        assert_eq!(words, cut, "{text}");
    }

    #[test]
    fn texts_are_cut_as_jieba_cuts_them() {
        let papers = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
        let mut read = 0;
        for paper in std::fs::read_dir(papers).unwrap() {
            if let Ok(text) = std::fs::read_to_string(paper.unwrap().path()) {
                as_jieba_cuts(&text);
                read += 1;
            }
        }
        assert!(read > 0);
        for text in [
            "",
            "小明就职于中国科学院计算所，后在日本京都大学深造。",
            "他来到了网易杭研大厦\r\n\r\r\n\n第2次 GDP增长5.4% C++ c# AT&T 1号店 T恤 -5.4.5_b",
            "龘𠮷㐀野家，豈更！🙂é一①",
        ] {
            as_jieba_cuts(text);
        }
    }

    #[test]
    fn words_and_their_kinds_are_those_of_the_table() {
        let segmenter = Segmenter::shared();
        let mut rows = 0;
        for row in super::super::rows!("dictionary.tsv", 3) {
            assert!(segmenter.knows(row[0]), "{}", row[0]);
            let known = Word::whole(row[0]).map(Word::part_of_speech);
            assert_eq!(known, Some(row[2]), "{}", row[0]);
            rows += 1;
        }
        assert!(rows > 300_000, "{rows}");
        for no_word in ["", "的的", "中华人民共", "x", "🙂", "𠮷"] {
            assert!(!segmenter.knows(no_word), "{no_word}");
            assert_eq!(segmenter.part_of_speech(no_word), None, "{no_word}");
        }
        assert_eq!(segmenter.part_of_speech("杭州"), Some("ns"));
        assert!(segmenter.is_ordinary("参加") && !segmenter.is_ordinary("杭州") && !segmenter.is_ordinary("杭州的"));
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_cut_as_jieba_cuts_it(text in "([的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动a-z0-9.+%-]|\\PC|\r|\n){0,60}") {
            as_jieba_cuts(&text);
            let words = Segmenter::shared().words(&text);
            prop_assert_eq!(words.iter().map(|&(span, _)| span.end() - span.start()).sum::<usize>(), text.len());
            prop_assert!(words.iter().all(|&(span, word)| &text[span.start()..span.end()] == word));
        }
    }
}
