//! Quotation marks: which stretches of a paragraph stand inside them, however careless the typing.

use super::fold::fold_char;
use super::span::Span;

/// One outermost pair of quotation marks in a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// From the opening mark to behind the closing one.
    pub outer: Span,
    /// The words between the marks.
    pub inner: Span,
    /// False where the paragraph ends before the quotation does.
    pub closed: bool,
}

/// Whether `c` opens a quotation wherever it stands.
pub fn is_opening_mark(c: char) -> bool {
    matches!(fold_char(c), '“' | '‘')
}

/// Whether `c` closes a quotation wherever it stands.
pub fn is_closing_mark(c: char) -> bool {
    matches!(fold_char(c), '”' | '’')
}

/// A straight mark opens and closes: which of the two, its neighbours tell.
fn is_straight_mark(c: char) -> bool {
    fold_char(c) == '"'
}

/// The outermost quotations of one paragraph, in order.
///
/// Marks of different kinds may close each other. Inside a quotation another opening mark nests if it is
/// closed again before the sentence ends (a term); one that begins a new stretch of sentences at the
/// outermost level is taken for a slip or a new paragraph's mark and nests nothing, so that a speech which is
/// opened twice and closed once stays one quotation.
pub fn quotations(paragraph: &str) -> Vec<Quotation> {
    let mut found = Vec::new();
    // Where the outermost quotation opened: the mark's byte and the byte behind it.
    let mut open: Option<(usize, usize)> = None;
    let mut depth = 0usize;
    let mut before = None;
    for (at, c) in paragraph.char_indices() {
        let end = at + c.len_utf8();
        let opens =
            is_opening_mark(c) || (is_straight_mark(c) && (depth == 0 || straight_opens(paragraph, at, before)));
        let closes = is_closing_mark(c) || (is_straight_mark(c) && !opens);
        if opens {
            if depth == 0 {
                open = Some((at, end));
                depth = 1;
            } else if closes_as_term(&paragraph[end..]) {
                depth += 1;
            }
        } else if closes && depth > 0 {
            depth -= 1;
            if let (0, Some((mark, inner))) = (depth, open) {
                found.push(Quotation {
                    outer: Span::new(mark, end),
                    inner: Span::new(inner, at),
                    closed: true,
                });
                open = None;
            }
        }
        before = Some(c);
    }
    if let Some((mark, inner)) = open {
        found.push(Quotation {
            outer: Span::new(mark, paragraph.len()),
            inner: Span::new(inner, paragraph.len()),
            closed: false,
        });
    }
    found
}

/// Inside a quotation, whether a straight mark opens another: it follows neither the end of a sentence
/// nor, before the term's own end, nothing but words.
fn straight_opens(paragraph: &str, at: usize, before: Option<char>) -> bool {
    let after = paragraph[at + paragraph[at..].chars().next().map_or(0, char::len_utf8)..]
        .chars()
        .next();
    let behind_sentence = before.is_some_and(super::sentence::is_sentence_mark);
    let before_pause = after.is_none_or(|c| super::sentence::is_clause_mark(c) || c == '、' || c.is_whitespace());
    !behind_sentence && !before_pause && closes_as_straight_term(&paragraph[at..])
}

/// A straight term is short and has a partner before the sentence ends.
fn closes_as_straight_term(rest: &str) -> bool {
    rest.chars()
        .skip(1)
        .take(20)
        .take_while(|c| !super::sentence::is_sentence_mark(*c))
        .any(is_straight_mark)
        && rest.chars().filter(|c| is_straight_mark(*c)).nth(2).is_some()
}

/// Whether what an opening mark begins nests: it is closed before a sentence ends, or both it and the quotation
/// around it are closed later on (a nested ‘Go!’).
fn closes_as_term(rest: &str) -> bool {
    let mut depth = 1usize;
    let mut sentence_ended = false;
    for c in rest.chars().take(NESTED) {
        if is_opening_mark(c) {
            depth += 1;
        } else if is_closing_mark(c) {
            depth -= 1;
            if depth == 0 {
                break;
            }
        } else if super::sentence::is_sentence_mark(c) {
            sentence_ended = true;
        }
    }
    if depth > 0 {
        return false;
    }
    if !sentence_ended {
        return true;
    }
    let balance = rest.chars().take(FAR).fold(0i32, |balance, c| {
        balance + i32::from(is_closing_mark(c)) - i32::from(is_opening_mark(c))
    });
    balance >= 2
}

/// How far a nested quotation's end is looked for, in characters.
const NESTED: usize = 200;
/// How far the end of the quotation around it is looked for, in characters.
const FAR: usize = 2000;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn inner(text: &str) -> Vec<&str> {
        quotations(text).into_iter().map(|q| q.inner.of(text)).collect()
    }

    #[test]
    fn terms_nest_in_speech() {
        assert_eq!(
            inner("他说:“要做好“凝心”文章。也要抓“聚力”。”随后散会。"),
            ["要做好“凝心”文章。也要抓“聚力”。"]
        );
        assert_eq!(inner("「按『九項』來做。」他說"), ["按『九項』來做。"]);
    }

    #[test]
    fn marks_of_different_kinds_close_each_other() {
        assert_eq!(inner("“先修路,再通电。」村民说"), ["先修路,再通电。"]);
        assert_eq!(inner("他说:\"先修路。\"又说:\"再通电。\""), ["先修路。", "再通电。"]);
    }

    #[test]
    fn what_is_never_closed_runs_to_the_end() {
        let text = "他说:“先修路。再通电。";
        assert_eq!(inner(text), ["先修路。再通电。"]);
        assert!(!quotations(text)[0].closed);
    }

    #[test]
    fn opened_twice_and_closed_once_is_one_quotation() {
        assert_eq!(inner("他说:“要“修路。再通电。”散会。"), ["要“修路。再通电。"]);
    }

    proptest! {
        #[test]
        fn quotations_are_in_order_and_apart(text in "[“”「」‘’\"说。县,]{0,60}") {
            let mut at = 0;
            for q in quotations(&text) {
                prop_assert!(q.outer.start() >= at && q.outer.end() <= text.len());
                prop_assert!(q.outer.contains(q.inner));
                prop_assert!(text.is_char_boundary(q.inner.start()) && text.is_char_boundary(q.inner.end()));
                at = q.outer.end();
            }
        }
    }
}
