//! Turns of minutes and transcripts: `王静(长武县委常委):…`, `[00:12:30] 王静:…`, `发言人1 00:03`.
//!
//! - [`head`]: what one line looks like
//! - [`settle`]: what the whole file makes of it

mod head;
mod settle;

pub use head::{is_numbered, turn_head};
pub use settle::settle;

use crate::text::Span;

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
