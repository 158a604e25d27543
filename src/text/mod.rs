//! Characters: what every later stage does with text before it knows what the text is about.
//!
//! Nothing here copies or edits: a [`Span`] points into one text, and a quote is read through it.
//! Inside huiwen spans count bytes (so that slicing is free); [`CharOffsets`] turns them into the
//! characters that the JSON contract counts in.

mod dictionary;
mod fold;
mod quotation;
mod segment;
mod sentence;
mod span;
mod table;

pub use fold::{Folded, fold_char, fold_lines, fold_str, is_han, plain, read_on};
pub use quotation::{Quotation, is_closing_mark, is_opening_mark, quotations};
pub use segment::Segmenter;
pub use sentence::{clauses, ends_sentence, is_clause_mark, is_sentence_mark, last_clause, sentences};
pub use span::{CharOffsets, CharSpan, Span};
pub use table::{Row, Rows};
pub(crate) use table::{rows, words_by_kind};
