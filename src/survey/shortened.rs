//! The part of a long remark that is shown where there is little room: whole sentences, from the one with the first word that is
//! looked for.

use crate::answer::Quote;
use crate::text::{CharSpan, Span, sentences};

/// A quote of at most `longest` characters, and whether it is less than the whole remark.
pub fn shortened(quote: &Quote, longest: usize) -> (Quote, bool) {
    if quote.at.end - quote.at.start <= longest {
        return (quote.clone(), false);
    }
    let length = |span: &Span| span.of(&quote.text).chars().count();
    let sentences = sentences(&quote.text);
    let word = quote.matched.first().map_or(0, |span| span.start());
    let first = sentences.iter().position(|sentence| sentence.end() > word).unwrap_or(0);
    let begins = sentences.get(first).map_or(0, |sentence| sentence.start());
    let fits = |sentence: &&Span| length(&Span::new(begins, sentence.end())) <= longest;
    let last = sentences[first..].iter().take_while(fits).last();
    let span = match last {
        Some(last) => Span::new(begins, last.end()),
        None => {
            // One sentence that is longer by itself.
            let begins = if length(&Span::new(begins, word)) < longest {
                begins
            } else {
                word
            };
            let rest = &quote.text[begins..];
            let end = rest.char_indices().nth(longest).map_or(rest.len(), |(at, _)| at);
            Span::new(begins, begins + end)
        }
    };
    let start = quote.at.start + quote.text[..span.start()].chars().count();
    let within = quote.matched.iter().filter(|word| span.contains(**word));
    let part = Quote {
        matched: within
            .map(|word| Span::new(word.start() - span.start(), word.end() - span.start()))
            .collect(),
        at: CharSpan {
            start,
            end: start + length(&span),
        },
        text: span.of(&quote.text).to_owned(),
        ..quote.clone()
    };
    (part, true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::Voice;

    fn quote(text: &str, word: &str) -> Quote {
        let at = text.find(word).unwrap();
        Quote {
            matched: vec![Span::new(at, at + word.len())],
            ..Quote::new("", Default::default(), Voice::Narrator, None, text.to_owned(), 10)
        }
    }

    #[test]
    fn whole_sentences_from_the_word_on_with_their_place() {
        let text = "先说水。再说路要修好。最后说桥。";
        let (part, cut) = shortened(&quote(text, "路"), 8);
        assert_eq!((part.text.as_str(), cut), ("再说路要修好。", true));
        assert_eq!((part.at.start, part.at.end), (14, 21));
        assert_eq!(part.matched[0].of(&part.text), "路");
        assert!(!shortened(&quote(text, "路"), 100).1);
        // A sentence without an end is cut where it must be, and holds the word.
        let long = format!("{}路{}", "水".repeat(50), "桥".repeat(50));
        let (part, _) = shortened(&quote(&long, "路"), 10);
        assert!(part.text.starts_with('路') && part.text.chars().count() == 10);
        let there: String = long.chars().skip(part.at.start - 10).take(10).collect();
        assert_eq!(part.text, there);
    }
}
