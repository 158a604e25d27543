//! Who said how much at a meeting.

use super::tally::{Tally, most_first};
use super::topic::Heard;
use crate::index::{IndexError, Snapshot};
use crate::meeting::DateRange;

/// A meeting, and how much each said there.
#[derive(Clone, Debug, Default)]
pub struct Shares {
    /// Its file.
    pub file: String,
    /// Its title.
    pub title: String,
    /// When.
    pub dates: Option<DateRange>,
    /// Each who speaks, whoever says most first.
    pub speakers: Vec<(Heard, Tally)>,
}

/// Of one file; `None` where no such file serves.
pub fn shares(snapshot: &Snapshot, file: &str) -> Result<Option<Shares>, IndexError> {
    let Some(paper) = snapshot.paper(file)? else {
        return Ok(None);
    };
    let mut speakers: Vec<(Heard, Tally)> = Vec::new();
    for piece in paper.spoken() {
        let heard = Heard::by(&piece.voice);
        let chars = piece.span.of(&paper.text).chars().count();
        let at = speakers
            .iter()
            .position(|(known, _)| *known == heard)
            .unwrap_or_else(|| {
                speakers.push((heard, Tally::default()));
                speakers.len() - 1
            });
        let tally = &mut speakers[at].1;
        tally.remarks += 1;
        tally.chars += chars;
    }
    let mut speakers = most_first(speakers);
    speakers.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.chars));
    Ok(Some(Shares {
        file: paper.file,
        title: paper.meeting.title,
        dates: paper.meeting.dates,
        speakers,
    }))
}
