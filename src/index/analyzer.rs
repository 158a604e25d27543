//! The analyzer: what turns text into index terms. Words from jieba and pairs of characters, side by side.
//!
//! Words carry the meaning, pairs find what jieba cuts in another way in the question than in the file. Both are
//! made of folded, lowercased text; questions go through the same code, so that the two always agree.

use crate::text::{Folded, Segmenter, Span, fold_char};

/// A term with where it stands in the text that was analyzed (bytes).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// The folded, lowercased term.
    pub term: String,
}

/// The text that terms are cut from: folded, and with words in Latin letters in one piece that some write with a hyphen
/// (Wi-Fi, wifi).
pub fn folded(text: &str) -> Folded {
    let hyphens: Vec<Span> = text
        .match_indices(['-', '－', '\u{2010}'])
        .filter(|(at, hyphen)| {
            let letter = |c: Option<char>| c.is_some_and(|c| fold_char(c).is_ascii_alphabetic());
            letter(text[..*at].chars().next_back()) && letter(text[at + hyphen.len()..].chars().next())
        })
        .map(|(at, hyphen)| Span::new(at, at + hyphen.len()))
        .collect();
    Folded::without(text, Span::new(0, text.len()), &hyphens)
}

/// The words of `text` in order, punctuation left out.
pub fn words(text: &str) -> Vec<Token> {
    let folded = folded(text);
    Segmenter::shared()
        .words(folded.text())
        .into_iter()
        .filter(|(_, word)| word.chars().any(char::is_alphanumeric) && !word.contains(char::is_whitespace))
        .map(|(span, word)| Token {
            span: folded.original(span),
            term: word.to_lowercase(),
        })
        .collect()
}

/// The pairs of neighbouring Chinese characters of `text` in order; runs of other letters and digits stay whole,
/// and a Chinese character without a Chinese neighbour stands alone.
pub fn pairs(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut run: Vec<(Span, char)> = Vec::new();
    let mut kind = Kind::Gap;
    let folded = folded(text);
    for (at, c) in folded.text().char_indices() {
        let span = folded.original(Span::new(at, at + c.len_utf8()));
        let this = Kind::of(c);
        if this != kind {
            flush(kind, &run, &mut tokens);
            run.clear();
            kind = this;
        }
        run.push((span, c));
    }
    flush(kind, &run, &mut tokens);
    tokens
}

/// A term as the index has it: folded and lowercased.
pub fn normalized(term: &str) -> String {
    folded(term).text().to_lowercase()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Han,
    Other,
    Gap,
}

impl Kind {
    fn of(c: char) -> Kind {
        match c {
            '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Kind::Han,
            c if c.is_alphanumeric() => Kind::Other,
            _ => Kind::Gap,
        }
    }
}

fn flush(kind: Kind, run: &[(Span, char)], tokens: &mut Vec<Token>) {
    let (Some((first, _)), Some((last, _))) = (run.first(), run.last()) else {
        return;
    };
    let whole = Span::new(first.start(), last.end());
    match kind {
        Kind::Gap => {}
        Kind::Other => tokens.push(Token {
            span: whole,
            term: run.iter().flat_map(|(_, c)| c.to_lowercase()).collect(),
        }),
        Kind::Han if run.len() == 1 => tokens.push(Token {
            span: whole,
            term: run.iter().map(|(_, c)| *c).collect(),
        }),
        Kind::Han => {
            for pair in run.windows(2) {
                tokens.push(Token {
                    span: Span::new(pair[0].0.start(), pair[1].0.end()),
                    term: pair.iter().map(|(_, c)| *c).collect(),
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn terms(tokens: Vec<Token>) -> Vec<String> {
        tokens.into_iter().map(|token| token.term).collect()
    }

    #[test]
    fn words_are_folded_and_without_punctuation() {
        assert_eq!(
            terms(words("Ｗｉ－Ｆｉ和wifi,K18-350")),
            ["wifi", "和", "wifi", "k18", "350"]
        );
        assert_eq!(terms(words("種植蘋果\u{ff0c}ＡＢ!")), ["种植", "苹果", "ab"]);
    }

    #[test]
    fn pairs_stay_inside_runs_of_characters() {
        assert_eq!(
            terms(pairs("修好5G路\u{ff0c}再通电")),
            ["修好", "5g", "路", "再通", "通电"]
        );
    }

    proptest! {
        #[test]
        fn tokens_stand_where_they_say(text in "[县路说ａA1,。 ]{0,40}") {
            for token in pairs(&text).into_iter().chain(words(&text)) {
                // The index takes terms apart at blanks.
                prop_assert!(!token.term.contains(char::is_whitespace));
                prop_assert_eq!(normalized(token.span.of(&text)), token.term);
            }
        }
    }
}
