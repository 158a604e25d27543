//! A paper: a whole file as it was read, with who says which words of it. Put together from the index, so that it is what
//! quotes were taken from, and no path ever leads to the disk.

use serde::{Deserialize, Serialize};

use super::catalogue::FileEntry;
use super::passage::Passage;
use crate::meeting::{Doubt, LeftOut, Meeting, Reason, Report, Voice};
use crate::text::Span;

/// What the index keeps of a file as a whole, beside its text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    /// The headings, in order.
    pub headings: Vec<Span>,
    /// All that is in no remark, with the reason.
    pub left_out: Vec<LeftOut>,
    /// What is to be looked at.
    pub doubts: Vec<Doubt>,
}

impl Outline {
    /// Of a file that was just understood.
    pub fn of(report: &Report) -> Outline {
        Outline {
            headings: report.sections.iter().map(|section| section.heading).collect(),
            left_out: report.left_out.clone(),
            doubts: report.doubts.clone(),
        }
    }
}

/// A whole file.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    /// Path below the knowledge folder.
    pub file: String,
    /// What it is about.
    pub meeting: Meeting,
    /// Its decoded text. All spans are bytes of it.
    pub text: String,
    /// Who says what, in order, without overlaps.
    pub pieces: Vec<Piece>,
    /// The headings, in order.
    pub headings: Vec<Span>,
    /// The title, the file's own head, and what the page has and nobody said; in order.
    pub left_out: Vec<LeftOut>,
    /// What frames the remarks and stands in none: who speaks, marks, headings; in order.
    pub frames: Vec<LeftOut>,
    /// What is to be looked at.
    pub doubts: Vec<Doubt>,
}

/// Words of one voice.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Where they stand.
    pub span: Span,
    /// Whose they are.
    pub voice: Voice,
    /// The reporting word that leads over into them.
    pub cue: Option<String>,
    /// The heading that they stand under.
    pub section: Option<String>,
}

impl Paper {
    /// Of what the index keeps: the passages in order, without what was left out. A remark that was cut into several is one piece
    /// again.
    pub fn new(entry: FileEntry<'_>, text: String, passages: Vec<Passage>, outline: Outline) -> Paper {
        let mut pieces: Vec<Piece> = Vec::new();
        let (mut byte, mut char) = (0, 0);
        for passage in passages {
            // On from the passage before: characters are counted once.
            let rest = text.get(byte..).unwrap_or_default();
            let ahead = rest.char_indices().nth(passage.start.saturating_sub(char));
            byte += ahead.map_or(rest.len(), |(at, _)| at);
            char = passage.start;
            for said in passage.remarks {
                let span = said.span.shifted(byte);
                match pieces.last_mut() {
                    Some(last)
                        if last.span.end() == span.start() && last.voice == said.voice && last.cue == said.cue =>
                    {
                        last.span = Span::new(last.span.start(), span.end());
                    }
                    _ => pieces.push(Piece {
                        span,
                        voice: said.voice,
                        cue: said.cue,
                        section: passage.section.clone(),
                    }),
                }
            }
        }
        let frames = |left: &LeftOut| matches!(left.why, Reason::Speaker | Reason::Mark | Reason::Heading);
        let (frames, left_out) = outline.left_out.into_iter().partition(frames);
        Paper {
            file: entry.file.to_owned(),
            meeting: entry.meeting(),
            text,
            pieces,
            headings: outline.headings,
            left_out,
            frames,
            doubts: outline.doubts,
        }
    }

    /// The pieces that somebody says.
    pub fn spoken(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(|piece| piece.voice.is_spoken())
    }
}
