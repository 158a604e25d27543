//! Lines: what the file has between line breaks, with what the format says of each and how wide it is.

use crate::reading::format::{Document, MarkKind};
use crate::text::{Span, fold_char};

/// A line of the file that is not blank.
#[derive(Clone, Debug)]
pub struct Line<'d> {
    /// Its words, trimmed.
    pub span: Span,
    /// Columns of white space before them.
    pub indent: usize,
    /// Columns up to its end, the indent with it; a Chinese character takes two.
    pub width: usize,
    /// Whether a blank line stands before it.
    pub after_blank: bool,
    /// Whether a page begins with it.
    pub after_page: bool,
    /// What the format says that it is.
    pub mark: Option<&'d MarkKind>,
}

/// The lines of `document` from the byte `from` on, blank ones left out.
pub fn lines<'d>(document: &'d Document, from: usize) -> Vec<Line<'d>> {
    let text = document.text.as_str();
    let mut marks = document
        .marks
        .iter()
        .filter(|mark| mark.kind != MarkKind::Markup)
        .peekable();
    let mut found = Vec::new();
    let mut at = from;
    let (mut after_blank, mut after_page) = (true, false);
    for raw in text[from..].split_inclusive('\n') {
        let whole = Span::new(at, at + raw.len());
        at = whole.end();
        let span = whole.trimmed(text);
        after_page |= raw.starts_with('\u{c}');
        if span.is_empty() {
            after_blank = true;
            continue;
        }
        while marks.next_if(|mark| mark.span.end() <= span.start()).is_some() {}
        let mark = marks
            .peek()
            .filter(|mark| mark.span.overlaps(span))
            .map(|mark| &mark.kind);
        let indent = columns(&text[whole.start()..span.start()]);
        found.push(Line {
            span,
            indent,
            width: indent + columns(span.of(text)),
            after_blank,
            after_page,
            mark,
        });
        (after_blank, after_page) = (false, false);
    }
    found
}

/// How many columns words take on a page.
pub fn columns(words: &str) -> usize {
    words.chars().map(column).sum()
}

fn column(c: char) -> usize {
    match c {
        '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\n' | '\u{c}' => 0,
        '\u{2014}' | '\u{2018}'..='\u{201d}' | '\u{2026}' => 2,
        _ if c as u32 >= 0x2e80 || fold_char(c) != c => 2,
        _ => 1,
    }
}

/// The columns of what cannot be parted from the beginning of `words`: a Chinese character with the marks that may not
/// begin a line, or a word in Latin letters.
pub fn first_token(words: &str) -> usize {
    let mut chars = words.chars();
    let Some(first) = chars.next() else { return 0 };
    let wide = |c: char| column(c) == 2;
    let rest = chars.as_str();
    let more = if wide(first) {
        rest.find(|c| !NEVER_FIRST.contains(c))
    } else {
        rest.find(|c: char| wide(c) || c.is_whitespace())
    };
    column(first) + columns(&rest[..more.unwrap_or(rest.len())]).min(LONGEST_TOKEN)
}

/// Marks that begin no line of well-set text.
pub const NEVER_FIRST: &str = "，。、；：？！”’）》】」』,.;:?!)";
/// Most columns of a word that is moved to the next line rather than parted.
const LONGEST_TOKEN: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_their_width_and_what_stands_before_them() {
        let document = Document {
            text: "一行AB\n\n\u{3000}\u{3000}二行\n".to_owned(),
            marks: Vec::new(),
        };
        let lines = lines(&document, 0);
        let seen: Vec<_> = lines
            .iter()
            .map(|line| (line.indent, line.width, line.after_blank))
            .collect();
        assert_eq!(seen, [(0, 6, true), (4, 8, true)]);
    }

    #[test]
    fn what_cannot_be_parted_moves_as_one() {
        assert_eq!(first_token("修”。路"), 6);
        assert_eq!(first_token("meeting on 5月"), 7);
        assert_eq!(first_token("5G基站"), 2);
    }
}
