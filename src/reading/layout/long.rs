//! Paragraphs that nobody reads as one: a text that lost its line breaks. They are cut where a sentence ends, so that
//! what is asked of each word of a paragraph is never asked of a whole file.

use super::block::{Block, Kind};
use crate::text::{Span, is_clause_mark, is_sentence_mark, quotations};

/// The longest paragraph, in bytes: about 5,000 Chinese characters, eight pages of an official paper.
const LONGEST: usize = 15_000;

/// The paragraphs of `blocks`, each of a length that can be read; the other blocks as they are.
pub fn without_long(text: &str, blocks: Vec<Block>) -> Vec<Block> {
    let is_long = |block: &Block| block.kind == Kind::Paragraph && block.span.len() > LONGEST;
    if !blocks.iter().any(is_long) {
        return blocks;
    }
    let mut found = Vec::with_capacity(blocks.len());
    for block in blocks {
        if is_long(&block) {
            found.extend(cut(text, &block));
        } else {
            found.push(block);
        }
    }
    found
}

fn cut(text: &str, block: &Block) -> Vec<Block> {
    let quoted: Vec<Span> = quotations(block.span.of(text))
        .into_iter()
        .map(|quotation| quotation.outer.shifted(block.span.start()))
        .collect();
    let mut found = Vec::new();
    let mut rest = block.span;
    while rest.len() > LONGEST {
        let at = place_to_cut(text, rest, &block.breaks, &quoted);
        found.push(piece(block, Span::new(rest.start(), at).trimmed(text)));
        rest = Span::new(at, rest.end()).trimmed(text);
    }
    found.push(piece(block, rest));
    found
}

fn piece(block: &Block, span: Span) -> Block {
    let from = block.breaks.partition_point(|hole| hole.end() <= span.start());
    let to = block.breaks.partition_point(|hole| hole.start() < span.end());
    Block {
        span,
        breaks: block.breaks[from..to.max(from)].to_vec(),
        kind: Kind::Paragraph,
        heads: false,
        markup: Vec::new(),
    }
}

/// Where a piece of `rest` ends: behind its last sentence outside of quotation marks, or inside of them, or behind a
/// clause, or where there is no mark at all behind as many characters as a piece may have.
fn place_to_cut(text: &str, rest: Span, breaks: &[Span], quoted: &[Span]) -> usize {
    let mut limit = rest.start() + LONGEST;
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let inside = |spans: &[Span], at: usize| {
        let next = spans.partition_point(|span| span.end() <= at);
        spans.get(next).is_some_and(|span| span.start() < at)
    };
    let (mut in_quotation, mut behind_clause) = (None, None);
    for (at, c) in text[rest.start()..limit].char_indices().rev() {
        let end = rest.start() + at + c.len_utf8();
        // A mark inside furniture is none, and marks in a row stay together.
        let apart = text[end..].chars().next().is_none_or(char::is_alphanumeric) || text[end..].starts_with('“');
        if !apart || inside(breaks, end) {
            continue;
        }
        let is_end = is_sentence_mark(c) || c == '”' || c == '\n';
        if is_end && !inside(quoted, end) {
            return end;
        }
        if is_end {
            in_quotation = in_quotation.or(Some(end));
        }
        if is_clause_mark(c) {
            behind_clause = behind_clause.or(Some(end));
        }
    }
    let whole = breaks.iter().find(|hole| hole.start() < limit && limit < hole.end());
    in_quotation
        .or(behind_clause)
        .unwrap_or(whole.map_or(limit, |hole| hole.end().min(rest.end())))
}

#[cfg(test)]
mod tests {
    use super::super::Layout;
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        let layout = Layout::of_text(text);
        layout.blocks.iter().map(|block| block.span.of(text)).collect()
    }

    #[test]
    fn a_text_without_line_breaks_is_cut_behind_sentences() {
        let sentence = "邹岚说：“路要先修，桥要后架。还有水。”大家听了。";
        let text = sentence.repeat(1000);
        let pieces = pieces(&text);
        assert!(pieces.len() >= text.len() / LONGEST && pieces.iter().all(|piece| piece.len() <= LONGEST));
        assert_eq!(pieces.concat(), text);
        assert!(
            pieces
                .iter()
                .all(|piece| piece.ends_with("”") || piece.ends_with("大家听了。"))
        );
    }

    #[test]
    fn a_text_without_any_mark_is_cut_all_the_same() {
        let text = "路".repeat(LONGEST);
        let pieces = pieces(&text);
        assert_eq!((pieces.len(), pieces.concat()), (3, text.clone()));
    }

    #[test]
    fn what_is_never_closed_is_cut_behind_a_sentence() {
        let text = format!("邹岚说：“{}", "路要先修。".repeat(2000));
        assert!(
            pieces(&text)
                .iter()
                .all(|piece| piece.ends_with('。') && piece.len() <= LONGEST)
        );
    }

    #[test]
    fn what_people_write_is_left_whole() {
        let text = "路要先修。".repeat(200);
        assert_eq!(pieces(&text), [text.as_str()]);
    }
}
