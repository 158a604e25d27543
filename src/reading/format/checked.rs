//! What holds of every reader's document, for the property tests beside the readers.

use proptest::prelude::*;

use super::{Document, MarkKind};
use crate::text::Span;

/// Marks in order, in bounds, on character boundaries, and overlapping only where they may.
pub(super) fn check(document: &Document) -> Result<(), TestCaseError> {
    let text = &document.text;
    prop_assert!(!text.contains('\r'));
    let (mut start, mut end) = (0, 0);
    for mark in &document.marks {
        let inner: Vec<Span> = match &mark.kind {
            MarkKind::Row { cells, .. } => cells.clone(),
            MarkKind::Turn { speaker, words } => vec![*speaker, *words],
            _ => vec![],
        };
        for span in inner.iter().chain([&mark.span]) {
            prop_assert!(text.get(span.start()..span.end()).is_some(), "{mark:?}");
            prop_assert!(mark.span.contains(*span), "{mark:?}");
        }
        prop_assert!(start <= mark.span.start(), "out of order: {mark:?}");
        start = mark.span.start();
        if mark.kind != MarkKind::Markup {
            prop_assert!(end <= start, "overlap: {mark:?}");
            end = mark.span.end();
        }
    }
    Ok(())
}
