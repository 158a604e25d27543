//! Sentences and clauses, as Chinese punctuation makes them, in full and half width.

use super::fold::fold_char;
use super::quotation::is_closing_mark;
use super::span::Span;

/// Whether `c` ends a sentence by itself. A line break does not: where lines are sentences of their own, they are blocks
/// of their own.
pub fn is_sentence_mark(c: char) -> bool {
    matches!(fold_char(c), '。' | '!' | '?' | '…')
}

/// Whether `c` ends a clause: a comma, a semicolon, a colon, or the end of a sentence.
pub fn is_clause_mark(c: char) -> bool {
    is_sentence_mark(c) || matches!(fold_char(c), ',' | ';' | ':')
}

/// Whether `text` ends as a sentence does, closing quotation marks aside.
pub fn ends_sentence(text: &str) -> bool {
    text.trim_end()
        .trim_end_matches(|c| is_closing_mark(c) || matches!(fold_char(c), ')' | '"' | '〕'))
        .ends_with(is_sentence_mark)
}

/// The sentences of `text` in order; each takes along its mark and the closing quotation marks behind it.
///
/// Together they cover all of `text` but white space. A full stop in half width ends a sentence only
/// before white space and behind a character that is no digit (`3.5`, `qq.com`).
pub fn sentences(text: &str) -> Vec<Span> {
    split(text, |text, at, c| {
        is_sentence_mark(c) || fold_char(c) == ';' || (c == '.' && is_full_stop(text, at))
    })
}

/// The clauses of `text` in order, cut at commas too.
pub fn clauses(text: &str) -> Vec<Span> {
    split(text, |text, at, c| {
        is_clause_mark(c) && !(matches!(c, ',' | ':') && between_digits(text, at))
            || (c == '.' && is_full_stop(text, at))
    })
}

/// Characters of the longest clause.
const LONGEST_CLAUSE: usize = 1000;

/// The byte of `text` where its last clause begins: behind the last mark that ends one.
pub fn last_clause(text: &str) -> usize {
    // A text without any mark is looked at no further than anybody speaks in one breath: this is asked at each verb in it.
    let mut start = 0;
    for (at, c) in text.char_indices().rev().take(LONGEST_CLAUSE) {
        if is_clause_mark(c) {
            return at + c.len_utf8();
        }
        start = at;
    }
    start
}

fn split(text: &str, ends: impl Fn(&str, usize, char) -> bool) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !ends(text, at, c) {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some(&(next, tail)) = chars.peek() {
            let goes_along = is_closing_mark(tail) || fold_char(tail) == ')' || ends(text, next, tail);
            if !goes_along {
                break;
            }
            end = next + tail.len_utf8();
            chars.next();
        }
        push(text, start, end, &mut pieces);
        start = end;
    }
    push(text, start, text.len(), &mut pieces);
    pieces
}

fn push(text: &str, start: usize, end: usize, pieces: &mut Vec<Span>) {
    let piece = Span::new(start, end).trimmed(text);
    if !piece.is_empty() {
        pieces.push(piece);
    }
}

fn is_full_stop(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + 1..].chars().next();
    before.is_some_and(|c| !c.is_ascii_digit()) && after.is_none_or(char::is_whitespace)
}

fn between_digits(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + 1..].chars().next();
    before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str, by: fn(&str) -> Vec<Span>) -> Vec<&str> {
        by(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn a_sentence_takes_its_marks_along() {
        assert_eq!(
            cut("他说:“路通了!”大家鼓掌。还要修桥?……对", sentences),
            ["他说:“路通了!”", "大家鼓掌。", "还要修桥?……", "对"]
        );
    }

    #[test]
    fn the_last_clause_begins_behind_the_last_mark() {
        let text = "会上,县长说:先修路";
        assert_eq!(&text[last_clause(text)..], "先修路");
        assert_eq!((last_clause("先修路"), last_clause("修好。")), (0, "修好。".len()));
    }

    #[test]
    fn numbers_and_addresses_are_not_cut() {
        assert_eq!(
            cut("增长3.5%,达1,200万元. 好", clauses),
            ["增长3.5%,", "达1,200万元.", "好"]
        );
        assert_eq!(cut("a@qq.com", sentences), ["a@qq.com"]);
    }

    proptest! {
        #[test]
        fn pieces_are_in_order_and_leave_out_white_space_only(text in "[县说,。!“”\n a.1]{0,80}") {
            for by in [sentences, clauses] {
                let mut at = 0;
                for piece in by(&text) {
                    prop_assert!(piece.start() >= at);
                    prop_assert!(text[at..piece.start()].trim().is_empty());
                    at = piece.end();
                }
                prop_assert!(text[at..].trim().is_empty());
            }
        }
    }
}
