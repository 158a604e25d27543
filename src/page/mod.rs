//! A paper as a page of HTML: as it reads, at the margin who speaks, in a colour for each; doubts marked, the quote
//! highlighted. It stands by itself: style and script are in it, nothing is fetched from anywhere.

mod body;
mod cast;
mod document;
mod escape;
mod lines;

pub use cast::{COLOURS, Cast, Speaker, is_doubtful};
pub use document::{MessagePage, message_page, policy};
pub use escape::{escaped, push_escaped};
pub use lines::{Cut, Line, LineKind, lines};

use crate::index::Paper;
use crate::text::{CharSpan, Span};
use crate::wording::Lang;

/// Most characters of a page of a long paper: a phone has to show it.
const LONGEST: usize = 150_000;

/// How a paper is shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct View<'v> {
    /// The language of what is not the paper's.
    pub lang: Lang,
    /// What is highlighted.
    pub quote: Option<Span>,
    /// Whether a quote was asked for that does not stand there any more.
    pub moved: bool,
    /// Light or dark, where that is not the reader's machine's to say.
    pub theme: Option<Theme>,
    /// Which part of a long paper, from 0; `None` for the one with the quote. And the query that leads to this page, without
    /// the part: where there is none, all is one page.
    pub part: Option<usize>,
    /// See `part`.
    pub query: Option<&'v str>,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark letters on a light ground.
    Light,
    /// Light letters on a dark ground.
    Dark,
}

impl Theme {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// That of a word.
    pub fn from_word(word: &str) -> Option<Theme> {
        [Theme::Light, Theme::Dark]
            .into_iter()
            .find(|theme| theme.word() == word)
    }
}

/// Where characters stand in a text, in bytes; `None` where it has not that many.
pub fn bytes_of(text: &str, at: CharSpan) -> Option<Span> {
    let mut ends = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
    let start = ends.nth(at.start)?;
    let length = at.end.checked_sub(at.start).filter(|length| *length > 0)?;
    Some(Span::new(start, ends.nth(length - 1)?))
}

/// The page of a paper.
pub fn page(paper: &Paper, view: &View<'_>) -> String {
    let lines = lines(paper, view.quote);
    let cast = Cast::of(paper);
    let parts = body::parts(paper, &lines, view.query.map_or(usize::MAX, |_| LONGEST));
    let part = match view.part {
        Some(part) => part.min(parts.len().saturating_sub(1)),
        None => body::part_of(&parts, view.quote.map_or(0, Span::start)),
    };
    let sheet = body::Sheet {
        paper,
        lines: &lines,
        cast: &cast,
        parts: &parts,
        part,
        view,
    };
    document::document(&sheet)
}

#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;
