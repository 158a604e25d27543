//! Turns of minutes and transcripts: `王静(长武县委常委):…`, `[00:12:30] 王静:…`, `发言人1 00:03`.
//!
//! - [`head`]: what one line looks like
//! - [`settle`]: what the whole file makes of it

mod head;
mod settle;

pub use head::{is_numbered, turn_head};
pub use settle::settle;

use crate::text::{Span, fold_char};

/// The head of a turn. Spans are bytes of the file's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The name, where there is one.
    pub name: Option<Span>,
    /// The office, where one is given.
    pub office: Option<Span>,
    /// The words behind the head.
    pub words: Span,
    /// How sure it is that this is a turn.
    pub sure: bool,
}

/// Bytes of a folded line to bytes of the file.
pub struct Map {
    base: usize,
    origin: Vec<usize>,
}

impl Map {
    /// Of the line at `span`.
    pub fn new(text: &str, span: Span) -> Map {
        let mut origin = Vec::with_capacity(span.len() + 1);
        for (at, c) in span.of(text).char_indices() {
            origin.extend(std::iter::repeat_n(at, fold_char(c).len_utf8()));
        }
        origin.push(span.len());
        Map {
            base: span.start(),
            origin,
        }
    }

    /// Where a stretch of the folded line stands in the file.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let at = |byte: usize| self.base + self.origin[byte.min(self.origin.len() - 1)];
        Span::new(at(start), at(end))
    }
}
