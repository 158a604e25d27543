//! What a question is about, once names and the words of asking are taken out.

use super::lexicon::Lexicon;
use super::mention::Mention;
use crate::index::{pairs, words};
use crate::text::{Span, quotations};

/// What a question is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Topic {
    /// Its words, each once.
    pub words: Vec<TopicWord>,
    /// Pairs of characters of the same stretches, each once.
    pub pairs: Vec<String>,
    /// Places that are spoken of: one form of each must stand in the answer's passage.
    pub places: Vec<Vec<String>>,
    /// Words by which speakers answer what is asked.
    pub answers: Vec<&'static str>,
    /// The stretches of the question that it was made of, for showing.
    pub label: String,
}

/// What a number begins with.
const NUMERALS: [char; 22] = [
    '一', '二', '两', '三', '四', '五', '六', '七', '八', '九', '十', '几', '0', '1', '2', '3', '4', '5', '6', '7',
    '8', '9',
];

/// A word of the topic.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicWord {
    /// As the analyzer gives it.
    pub term: String,
    /// Whether it stands in almost every report, so that it is not missed where it doesn't occur.
    pub generic: bool,
    /// Whether the user put it in quotation marks.
    pub quoted: bool,
    /// Whether it is of the name of somebody or some place, who turned out not to be the one that speaks.
    pub name: bool,
}

impl Topic {
    /// Of the folded, lower-case question with some spans taken out (who speaks, what is asked).
    pub fn of(question: &str, without: &[Span], about: &[&Mention]) -> Topic {
        let lexicon = Lexicon::shared();
        let mut rest = blanked(question, without);
        let quoted: Vec<Span> = quotations(question)
            .into_iter()
            .map(|quotation| quotation.inner)
            .collect();
        let mut topic = Topic::default();
        let mut empty: Vec<Span> = Vec::new();
        let mut counted = None;
        for token in words(&rest) {
            let word = token.term.as_str();
            // 哪五项: how many they are, the answer need not say.
            let counts = counted == Some(token.span.start()) && word.starts_with(NUMERALS);
            counted = word.ends_with('哪').then_some(token.span.end());
            if counts {
                empty.push(token.span);
                continue;
            }
            if let Some(answers) = lexicon.asks.get(word) {
                topic.answers.extend(
                    answers
                        .iter()
                        .filter(|answer| !topic.answers.contains(answer))
                        .collect::<Vec<_>>(),
                );
            }
            let is_quoted = quoted.iter().any(|span| span.contains(token.span));
            if lexicon.stopwords.contains(word) && !is_quoted {
                empty.push(token.span);
                continue;
            }
            if !topic.words.iter().any(|known| known.term == word) {
                topic.words.push(TopicWord {
                    generic: lexicon.generic.contains(word) && !is_quoted,
                    quoted: is_quoted,
                    name: false,
                    term: token.term,
                });
            }
        }
        for (asked, answers) in &lexicon.asks {
            if question.contains(asked) {
                for answer in answers {
                    if !topic.answers.contains(answer) {
                        topic.answers.push(answer);
                    }
                }
            }
        }
        topic.answers.sort_unstable();
        rest = blanked(&rest, &empty);
        for token in pairs(&rest) {
            if !topic.pairs.contains(&token.term) {
                topic.pairs.push(token.term);
            }
        }
        topic.label = rest
            .split(|c: char| !c.is_alphanumeric())
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        topic.places = about
            .iter()
            .filter(|mention| !mention.forms.is_empty())
            .map(|mention| mention.forms.clone())
            .collect();
        topic
    }

    /// Whether there is something to look for beyond what every report holds.
    pub fn is_specific(&self) -> bool {
        self.words.iter().any(|word| !word.generic)
    }
}

/// `text` with blanks in place of some of its bytes' characters; its length stays.
fn blanked(text: &str, spans: &[Span]) -> String {
    let mut blank = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if spans.iter().any(|span| span.holds(at)) {
            blank.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            blank.push(c);
        }
    }
    blank
}
