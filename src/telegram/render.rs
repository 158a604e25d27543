//! An answer as one message: quotes as blockquotes with their sources, or why there are none. As many quotes as fit;
//! a quote is shown whole with its source, or not at all.

use super::rich::{LONGEST_MESSAGE, Rich};
use crate::answer::{Answer, Body, Quote};
use crate::wording::{Lang, refusal_lines, source_line, speaker_line, taken_line};

/// A quote that is longer, in characters, is shown folded.
const FOLDED: usize = 150;

/// The message that shows an answer.
pub fn answer(answer: &Answer, lang: Lang) -> Rich {
    let mut heads: Vec<String> = answer.taken.iter().map(|taken| taken_line(lang, taken)).collect();
    match &answer.body {
        Body::Found { quotes, .. } => {
            let mut message = lines(&heads);
            for one in quotes {
                let block = quote(one, lang);
                let gap = if message.is_empty() { "" } else { "\n\n" };
                if message.units() + gap.len() + block.units() > LONGEST_MESSAGE {
                    break;
                }
                message.text(gap).append(&block);
            }
            message
        }
        Body::NoAnswer(refusal) => {
            heads.extend(refusal_lines(lang, refusal));
            lines(&heads)
        }
    }
}

/// Lines of plain words, as many as fit.
pub fn lines(lines: &[String]) -> Rich {
    let mut message = Rich::default();
    for line in lines {
        let gap = if message.is_empty() { "" } else { "\n" };
        let units = line.encode_utf16().count();
        if message.units() + gap.len() + units > LONGEST_MESSAGE {
            break;
        }
        message.text(gap).text(line);
    }
    message
}

fn quote(quote: &Quote, lang: Lang) -> Rich {
    let mut block = Rich::default();
    block
        .blockquote(&marked(quote), quote.text.chars().count() > FOLDED)
        .text("\n")
        .bold(&speaker_line(lang, quote))
        .text("\n")
        .italic(&source_line(quote));
    block
}

/// The quote's words with those that matched in bold.
fn marked(quote: &Quote) -> Rich {
    let mut words = Rich::default();
    let mut at = 0;
    for span in &quote.matched {
        if let (Some(before), Some(matched)) = (
            quote.text.get(at..span.start()),
            quote.text.get(span.start()..span.end()),
        ) {
            words.text(before).bold(matched);
            at = span.end();
        }
    }
    words.text(quote.text.get(at..).unwrap_or_default());
    words
}
