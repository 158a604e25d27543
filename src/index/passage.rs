//! Passages: what is indexed and ranked. A paragraph, or a piece of a long one, with the remarks in it.

use serde::{Deserialize, Serialize};

use crate::meeting::{Report, Voice};
use crate::text::{CharOffsets, CharSpan, Span, sentences};

/// The longest passage in characters; longer paragraphs are cut between sentences.
const LONGEST: usize = 1000;

/// A stretch of a knowledge file, as the index keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// The words, letter for letter.
    pub text: String,
    /// Characters of the file before it.
    pub start: usize,
    /// The heading it stands under.
    pub section: Option<String>,
    /// Who said what in it, in order, without overlaps; never empty.
    pub remarks: Vec<Said>,
    /// Whether it is what the page has and nobody said.
    pub left_out: bool,
}

/// What the index calls the kind of a passage that stands in no remark.
pub const LEFT_OUT: &str = "left out";

/// A remark, or the part of it that stands in one passage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// Bytes of the passage's text.
    pub span: Span,
    /// Whose words.
    pub voice: Voice,
    /// The reporting word that leads over into them.
    pub cue: Option<String>,
}

impl Passage {
    /// The words of one of its remarks.
    pub fn words_of(&self, said: &Said) -> &str {
        said.span.of(&self.text)
    }

    /// The characters of the file at which a stretch of the text stands.
    pub fn place_of(&self, span: Span) -> CharSpan {
        let start = self.start + self.text[..span.start()].chars().count();
        CharSpan {
            start,
            end: start + span.of(&self.text).chars().count(),
        }
    }
}

/// The passages of one file, in order.
pub fn passages(text: &str, report: &Report) -> Vec<Passage> {
    let offsets = CharOffsets::new(text);
    let mut found: Vec<Passage> = Vec::new();
    let mut at = 0;
    while let Some(first) = report.remarks.get(at) {
        let same = report.remarks[at..]
            .iter()
            .take_while(|remark| remark.paragraph == first.paragraph)
            .count();
        let remarks = &report.remarks[at..at + same];
        at += same;
        let section = first
            .section
            .and_then(|index| report.sections.get(index))
            .map(|section| section.heading.of(text).to_owned());
        for piece in pieces(text, first.paragraph) {
            let remarks: Vec<Said> = remarks
                .iter()
                .filter(|remark| remark.span.overlaps(piece))
                .map(|remark| Said {
                    span: Span::new(
                        remark.span.start().max(piece.start()) - piece.start(),
                        remark.span.end().min(piece.end()) - piece.start(),
                    ),
                    voice: remark.voice.clone(),
                    cue: remark.cue.clone(),
                })
                .collect();
            if !remarks.is_empty() {
                found.push(Passage {
                    text: piece.of(text).to_owned(),
                    start: offsets.chars_before(piece.start()),
                    section: section.clone(),
                    remarks,
                    left_out: false,
                });
            }
        }
    }
    found.extend(left_out(text, report, &offsets));
    found.sort_by_key(|passage| passage.start);
    found
}

/// What is in no remark, but for what frames remarks and single marks.
fn left_out(text: &str, report: &Report, offsets: &CharOffsets<'_>) -> Vec<Passage> {
    let furniture = report.left_out.iter().filter(|left| left.why.is_furniture());
    let pieces = furniture.flat_map(|left| pieces(text, left.span));
    pieces
        .filter(|piece| piece.of(text).chars().filter(|c| c.is_alphabetic()).count() >= FEWEST_LETTERS)
        .map(|piece| Passage {
            text: piece.of(text).to_owned(),
            start: offsets.chars_before(piece.start()),
            section: None,
            remarks: vec![Said {
                span: Span::new(0, piece.len()),
                voice: Voice::Narrator,
                cue: None,
            }],
            left_out: true,
        })
        .collect()
}

/// Fewest letters of a line that anybody may look for.
const FEWEST_LETTERS: usize = 4;

/// `paragraph` in one piece, or cut between sentences into pieces of at most [`LONGEST`] characters; a sentence
/// that is longer itself is cut where it must be.
fn pieces(text: &str, paragraph: Span) -> Vec<Span> {
    let words = paragraph.of(text);
    if words.len() <= LONGEST || words.chars().count() <= LONGEST {
        return vec![paragraph];
    }
    let mut pieces: Vec<Span> = Vec::new();
    let mut open: Option<(Span, usize)> = None;
    let parts = sentences(words)
        .into_iter()
        .flat_map(|sentence| hard_cut(words, sentence));
    for part in parts {
        let length = part.of(words).chars().count();
        open = match open {
            Some((span, count)) if count + length <= LONGEST => {
                Some((Span::new(span.start(), part.end()), count + length))
            }
            Some((span, _)) => {
                pieces.push(span);
                Some((part, length))
            }
            None => Some((part, length)),
        };
    }
    pieces.extend(open.map(|(span, _)| span));
    pieces
        .into_iter()
        .map(|piece| piece.shifted(paragraph.start()))
        .collect()
}

fn hard_cut(words: &str, sentence: Span) -> Vec<Span> {
    let mut cuts: Vec<usize> = sentence
        .of(words)
        .char_indices()
        .step_by(LONGEST)
        .map(|(at, _)| sentence.start() + at)
        .collect();
    cuts.push(sentence.end());
    cuts.windows(2).map(|pair| Span::new(pair[0], pair[1])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::{Document, understand};
    use proptest::prelude::*;

    fn of(text: &str) -> Vec<Passage> {
        passages(text, &understand(&Document::plain(text), "a.txt"))
    }

    #[test]
    fn a_paragraph_is_a_passage_with_its_remarks() {
        let text = "3月5日\u{ff0c}会议召开。\n长汀县副县长蓝秀珍表示\u{ff0c}先修路。\n";
        let passages = of(text);
        assert_eq!(passages.len(), 2);
        assert_eq!(passages[1].start, 11);
        let said = passages[1].remarks.iter().find(|said| said.voice.is_spoken()).unwrap();
        assert_eq!(said.voice.name(), Some("蓝秀珍"));
        assert_eq!(passages[1].words_of(said), "先修路。");
    }

    #[test]
    fn long_paragraphs_are_cut_between_sentences() {
        let text = "今年先把路修好。".repeat(400);
        let passages = of(&text);
        assert_eq!(passages.len(), 4);
        assert!(passages.iter().all(|passage| passage.text.ends_with('。')));
        let text = "路".repeat(2500);
        assert_eq!(of(&text).len(), 3);
    }

    proptest! {
        #[test]
        fn passages_are_verbatim_and_in_order(text in "[县长王说表示\u{ff0c}。:“”\n 1]{0,300}") {
            let mut at = 0;
            for passage in of(&text) {
                prop_assert!(passage.start >= at);
                let length = passage.text.chars().count();
                let there: String = text.chars().skip(passage.start).take(length).collect();
                prop_assert_eq!(&there, &passage.text);
                at = passage.start + length;
                let mut inner = 0;
                for said in &passage.remarks {
                    prop_assert!(said.span.start() >= inner && !passage.words_of(said).is_empty());
                    inner = said.span.end();
                }
            }
        }
    }
}
