//! Where a piece of text stands: spans in bytes inside huiwen, in characters outside.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in one text, both ends on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// The span from byte `start` to byte `end`; the ends are swapped into order if they are not.
    pub fn new(start: usize, end: usize) -> Self {
        Span {
            start: start.min(end),
            end: start.max(end),
        }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start
    }

    /// The byte behind the last one.
    pub fn end(self) -> usize {
        self.end
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The characters it points at; empty where the span is not one of this text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `at` lies inside.
    pub fn holds(self, at: usize) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same span in a text that begins `by` bytes earlier.
    pub fn shifted(self, by: usize) -> Span {
        Span::new(self.start + by, self.end + by)
    }

    /// The span without white space at its ends.
    pub fn trimmed(self, text: &str) -> Span {
        let inner = self.of(text);
        let start = self.start + (inner.len() - inner.trim_start().len());
        Span::new(start, start + inner.trim().len())
    }
}

/// A half-open range of characters (Unicode scalar values) in a file's decoded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CharSpan {
    /// First character.
    pub start: usize,
    /// The character behind the last one.
    pub end: usize,
}

impl CharSpan {
    /// Whether the two share a character.
    pub fn overlaps(self, other: CharSpan) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Bytes to characters for one text, in constant time after one pass.
#[derive(Debug)]
pub struct CharOffsets<'t> {
    text: &'t str,
    /// Characters that begin before byte `i * STEP`.
    before: Vec<u32>,
}

const STEP: usize = 256;

impl<'t> CharOffsets<'t> {
    /// Counts the characters of `text`.
    pub fn new(text: &'t str) -> Self {
        let mut before = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0u32;
        for block in text.as_bytes().chunks(STEP) {
            before.push(count);
            count += block.iter().filter(|b| begins_char(**b)).count() as u32;
        }
        before.push(count);
        CharOffsets { text, before }
    }

    /// Characters before the byte `at`.
    pub fn chars_before(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let block = at / STEP;
        let rest = &self.text.as_bytes()[block * STEP..at];
        self.before[block] as usize + rest.iter().filter(|b| begins_char(**b)).count()
    }

    /// `span` in characters.
    pub fn chars(&self, span: Span) -> CharSpan {
        CharSpan {
            start: self.chars_before(span.start()),
            end: self.chars_before(span.end()),
        }
    }
}

/// Whether a byte is the first of a character in UTF-8 (not a continuation byte `10xxxxxx`).
fn begins_char(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_span_of_another_text_is_empty() {
        assert_eq!(Span::new(1, 2).of("县"), "");
        assert_eq!(Span::new(0, 9).of("县"), "");
    }

    proptest! {
        #[test]
        fn characters_are_counted_as_python_counts_them(text in "\\PC{0,400}") {
            let offsets = CharOffsets::new(&text);
            for (count, (at, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(offsets.chars_before(at), count);
            }
            prop_assert_eq!(offsets.chars_before(text.len()), text.chars().count());
        }
    }
}
