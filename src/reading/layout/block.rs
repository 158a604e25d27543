//! A block: a stretch of the file that a reader sees as one.

use crate::meeting::Reason;
use crate::reading::turns::Head;
use crate::text::{Folded, Span};

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The file's own title.
    Title,
    /// A section's heading.
    Heading,
    /// Prose, an item of a list, a row of a table without speakers.
    Paragraph,
    /// A speaker's turn in minutes or a transcript.
    Turn(Head),
    /// A row of a table of remarks: who said what.
    Row {
        /// Who, and what.
        head: Head,
        /// Its other cells.
        rest: Vec<Span>,
    },
    /// `时间:…`: a fact about the meeting, or its list of those present.
    Label {
        /// The folded words before the colon.
        key: String,
        /// What stands behind it.
        value: Span,
    },
    /// Nobody's words.
    Furniture(Reason),
}

/// A stretch of the file that a reader sees as one, with its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands, from its first line to its last, without list marks.
    pub span: Span,
    /// Furniture inside it: a page's foot and head between two of its lines. In order.
    pub breaks: Vec<Span>,
    /// What it is.
    pub kind: Kind,
    /// Whether the file's format says that it is a heading: a slide's title, a style of Word's.
    pub heads: bool,
    /// Marks inside it that nobody reads, in order.
    pub(super) markup: Vec<Span>,
}

impl Block {
    /// Its words as rules read them: without furniture and marks inside.
    pub fn folded(&self, text: &str) -> Folded {
        if self.breaks.is_empty() && self.markup.is_empty() {
            return Folded::new(self.span.of(text), self.span.start());
        }
        let mut holes = [self.breaks.as_slice(), self.markup.as_slice()].concat();
        holes.sort_unstable();
        Folded::without(text, self.span, &holes)
    }

    /// Its span without the marks at its ends that nobody reads: the 礼泉县 of `## 礼泉县`.
    pub fn bare(&self, text: &str) -> Span {
        let mut bare = self.span.trimmed(text);
        for mark in &self.markup {
            if mark.start() <= bare.start() && mark.end() > bare.start() {
                bare = Span::new(mark.end().min(bare.end()), bare.end()).trimmed(text);
            }
        }
        for mark in self.markup.iter().rev() {
            if mark.end() >= bare.end() && mark.start() < bare.end() {
                bare = Span::new(bare.start(), mark.start().max(bare.start())).trimmed(text);
            }
        }
        bare
    }

    /// `span` without the furniture inside the block: one piece, or several.
    pub fn pieces(&self, text: &str, span: Span) -> Vec<Span> {
        let mut pieces = Vec::new();
        let mut at = span.start();
        for hole in self.breaks.iter().filter(|hole| hole.overlaps(span)) {
            pieces.push(Span::new(at, hole.start().max(at)).trimmed(text));
            at = hole.end().min(span.end()).max(at);
        }
        pieces.push(Span::new(at, span.end()).trimmed(text));
        pieces.retain(|piece| !piece.is_empty());
        pieces
    }
}
