//! Nothing is lost: what stands in no remark is listed, each stretch with its reason.

use super::layout::{Kind, Layout};
use crate::meeting::{LeftOut, Reason, Remark};
use crate::text::Span;

/// Every stretch of `text` from which no remark is made, but for white space, in order.
///
/// Remarks are in order and apart. Whatever the blocks say, remarks and what is returned cover the text.
pub fn left_out(text: &str, body_start: usize, layout: &Layout, remarks: &[Remark]) -> Vec<LeftOut> {
    let reasons = reasons(text, layout, body_start);
    let mut found = Vec::new();
    let mut at = 0;
    for remark in remarks {
        uncovered(text, Span::new(at, remark.span.start()), &reasons, &mut found);
        at = remark.span.end();
    }
    uncovered(text, Span::new(at, text.len()), &reasons, &mut found);
    found
}

/// Stretches with the reason for which they are in no remark, in order and apart; what lies between them is marks.
fn reasons(text: &str, layout: &Layout, body_start: usize) -> Vec<(Span, Reason)> {
    let mut found = vec![(Span::new(0, body_start), Reason::FileHead)];
    for block in &layout.blocks {
        let why = match block.kind {
            Kind::Title => Reason::Title,
            Kind::Heading => Reason::Heading,
            Kind::Furniture(why) => why,
            _ => Reason::Speaker,
        };
        // A page's foot inside a paragraph is a block of its own.
        found.extend(block.pieces(text, block.span).into_iter().map(|piece| (piece, why)));
    }
    found.sort_by_key(|(span, _)| *span);
    found
}

/// Cuts a gap between remarks where the reason changes.
fn uncovered(text: &str, gap: Span, reasons: &[(Span, Reason)], found: &mut Vec<LeftOut>) {
    let first = reasons.partition_point(|(span, _)| span.end() <= gap.start());
    let mut at = gap.start();
    let mut push = |from: usize, to: usize, why: Reason| {
        let span = Span::new(from, to).trimmed(text);
        if span.is_empty() {
            return;
        }
        // Quotation marks, bullets and rules are no words that anybody misses.
        let bare = !span.of(text).chars().any(char::is_alphanumeric);
        let why = if bare && !why.is_furniture() { Reason::Mark } else { why };
        found.push(LeftOut { span, why });
    };
    for (span, why) in reasons[first..].iter().take_while(|(span, _)| span.start() < gap.end()) {
        let (from, to) = (span.start().max(at), span.end().min(gap.end()));
        push(at, from, Reason::Mark);
        if from < to {
            push(from, to, *why);
            at = to;
        } else {
            at = at.max(from);
        }
    }
    push(at, gap.end(), Reason::Mark);
}
