//! The place of a quote: the paragraphs of the report that it stands in.

use super::Quote;
use crate::text::{CharSpan, Span};

/// A stretch of a report around a quote, letter for letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The words.
    pub text: String,
    /// Where they stand in the file's decoded text, in characters.
    pub at: CharSpan,
    /// The quote in them, in bytes of `text`.
    pub quote: Span,
    /// Whether the report goes on before and behind it.
    pub cut: (bool, bool),
}

/// A quote by its place and its words, to be found again.
#[derive(Clone, Copy, Debug)]
pub struct Quoted<'q> {
    /// Path below the knowledge folder.
    pub file: &'q str,
    /// Where it stands, in characters.
    pub at: CharSpan,
    /// Its words.
    pub text: &'q str,
}

impl<'q> From<&'q Quote> for Quoted<'q> {
    fn from(quote: &'q Quote) -> Quoted<'q> {
        Quoted {
            file: &quote.file,
            at: quote.at,
            text: &quote.text,
        }
    }
}

/// The lines around a quote, as many as fit into `longest` characters, the quote's own in any case; `None` where the
/// text of its file does not hold the quote there.
pub fn place(text: &str, quoted: Quoted<'_>, longest: usize) -> Option<Excerpt> {
    let start = text.char_indices().nth(quoted.at.start).map(|(at, _)| at)?;
    let quote = Span::new(start, start + quoted.text.len());
    if text.get(quote.start()..quote.end()) != Some(quoted.text) {
        return None;
    }
    let stretch = around(text, quote, longest);
    let before = text[..stretch.start()].chars().count();
    let words = stretch.of(text);
    Some(Excerpt {
        at: CharSpan {
            start: before,
            end: before + words.chars().count(),
        },
        quote: Span::new(quote.start() - stretch.start(), quote.end() - stretch.start()),
        cut: (
            !text[..stretch.start()].trim().is_empty(),
            !text[stretch.end()..].trim().is_empty(),
        ),
        text: words.to_owned(),
    })
}

/// In which line of a text a character stands, counted from 1 without blank ones.
pub fn paragraph_of(text: &str, at: usize) -> Option<usize> {
    let mut before = 0;
    let mut count = 0;
    for line in text.split('\n') {
        let chars = line.chars().count();
        count += usize::from(!line.trim().is_empty());
        if at <= before + chars {
            return (count > 0).then_some(count);
        }
        before += chars + 1;
    }
    None
}

/// Whole lines around `quote`, in turn one before and one behind, while they fit; a part of its own line where that is
/// too long.
fn around(text: &str, quote: Span, longest: usize) -> Span {
    let line_start = |at: usize| text[..at].rfind('\n').map_or(0, |at| at + 1);
    let line_end = |at: usize| text[at..].find('\n').map_or(text.len(), |found| at + found);
    let length = |from: usize, to: usize| text[from..to].chars().count();
    let (mut start, mut end) = (line_start(quote.start()), line_end(quote.end()));
    if length(start, end) > longest {
        return clipped(text, quote, Span::new(start, end), longest);
    }
    loop {
        let earlier = start
            .checked_sub(1)
            .map(line_start)
            .filter(|at| length(*at, end) <= longest);
        start = earlier.unwrap_or(start);
        let later = (end < text.len())
            .then(|| line_end(end + 1))
            .filter(|at| length(start, *at) <= longest);
        end = later.unwrap_or(end);
        if earlier.is_none() && later.is_none() {
            break;
        }
    }
    let words = &text[start..end];
    let lead = words.len() - words.trim_start().len();
    Span::new(
        (start + lead).min(quote.start()),
        (start + words.trim_end().len()).max(quote.end()),
    )
}

/// The part of `line` around `quote` that fits: cut at characters, half of the room on each side.
fn clipped(text: &str, quote: Span, line: Span, longest: usize) -> Span {
    let room = longest.saturating_sub(quote.of(text).chars().count()) / 2;
    let before = text[line.start()..quote.start()].char_indices().rev();
    let start = before
        .take(room)
        .last()
        .map_or(quote.start(), |(at, _)| line.start() + at);
    let behind = text[quote.end()..line.end()].char_indices();
    let end = behind
        .take(room)
        .last()
        .map_or(quote.end(), |(at, c)| quote.end() + at + c.len_utf8());
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "古道会召开\n\n蒲正明说，先修路，再修亭子。\n莫春燕说，要留住年轻人。\n完。\n";

    fn excerpt(quote: &str, longest: usize) -> Option<Excerpt> {
        let start = TEXT.find(quote).map_or(3, |at| TEXT[..at].chars().count());
        let at = CharSpan {
            start,
            end: start + quote.chars().count(),
        };
        let quoted = Quoted {
            file: "a.txt",
            at,
            text: quote,
        };
        place(TEXT, quoted, longest)
    }

    #[test]
    fn a_quote_is_shown_among_its_neighbours_as_they_stand() {
        let all = excerpt("先修路", 1000).unwrap();
        assert_eq!(all.text, TEXT.trim());
        assert_eq!((all.quote.of(&all.text), all.cut), ("先修路", (false, false)));
        let line = excerpt("先修路", 20).unwrap();
        assert_eq!(line.text, "蒲正明说，先修路，再修亭子。");
        assert_eq!(line.cut, (true, true));
        let chars: String = TEXT
            .chars()
            .skip(line.at.start)
            .take(line.at.end - line.at.start)
            .collect();
        assert_eq!(chars, line.text);
        let clipped = excerpt("先修路", 7).unwrap();
        assert_eq!(clipped.text, "说，先修路，再");
    }

    #[test]
    fn what_no_longer_stands_there_has_no_place() {
        assert_eq!(excerpt("修桥", 100), None);
    }

    #[test]
    fn paragraphs_are_counted_without_blank_lines() {
        assert_eq!(paragraph_of("一\n\n二二\n三", 0), Some(1));
        assert_eq!(paragraph_of("一\n\n二二\n三", 3), Some(2));
        assert_eq!(paragraph_of("一\n\n二二\n三", 6), Some(3));
        assert_eq!(paragraph_of("一\n\n二二\n三", 60), None);
    }
}
